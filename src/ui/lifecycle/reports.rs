//! What is reported of a connection: by its client's end, by its server's, or by both.

use std::ops::Range;
use std::sync::Arc;

use crate::capture::Traced;
use crate::capture::trace::{TraceEvent, TraceKind};
use crate::net::{Direction, Role, Stamp};

/// An end, and its lifeline: the client's stands left, the server's right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ReportSide {
    Client,
    Server,
}

impl ReportSide {
    pub(super) const BOTH: [Self; 2] = [Self::Client, Self::Server];

    pub(super) const fn of(role: Role) -> Self {
        match role {
            Role::Client => Self::Client,
            Role::Server => Self::Server,
        }
    }

    pub(super) const fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

/// What is reported of a connection: by its client's end, by its server's, or by both.
#[derive(Clone, Debug, Default)]
pub(super) struct KernelReports([Option<Arc<Traced>>; 2]);

impl KernelReports {
    /// Takes what was reported; an end that reports nothing is not there.
    pub(super) fn of(traces: impl IntoIterator<Item = Arc<Traced>>) -> Self {
        let mut reports = Self::default();
        for traced in traces {
            if !traced.trace.events.is_empty() {
                let side = ReportSide::of(traced.connection.role);
                reports.0[side as usize] = Some(traced);
            }
        }
        reports
    }

    pub(super) fn events(&self, side: ReportSide) -> &[TraceEvent] {
        let traced = self.0[side as usize].as_ref();
        traced.map_or(&[], |it| &it.trace.events)
    }

    pub(super) fn has(&self, side: ReportSide) -> bool {
        self.0[side as usize].is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        ReportSide::BOTH.iter().all(|side| !self.has(*side))
    }

    /// Returns the lifecycles themselves.
    pub(super) fn traces(&self) -> impl Iterator<Item = &Arc<Traced>> {
        self.0.iter().flatten()
    }

    /// Returns whether it says the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let pairs = self.0.iter().zip(&other.0);
        pairs.into_iter().all(|pair| match pair {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one.trace == other.trace,
            (one, other) => one.is_none() && other.is_none(),
        })
    }
}

/// An event, reported by the end at a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beat {
    pub(super) side: ReportSide,
    /// Its place in what that end reports.
    pub(super) index: usize,
    /// When it took its place in the order.
    pub(super) at: Stamp,
}

/// Returns which bytes an event sends.
pub(super) fn sent_range(event: &TraceEvent) -> Option<&Range<u64>> {
    match (&event.kind, event.direction) {
        (TraceKind::Data { range }, Direction::Sent) => Some(range),
        (TraceKind::Run { sent, writes, .. }, _) if *writes > 0 => Some(sent),
        _ => None,
    }
}

/// Returns which bytes an event receives.
pub(super) fn received_range(event: &TraceEvent) -> Option<&Range<u64>> {
    match (&event.kind, event.direction) {
        (TraceKind::Data { range }, Direction::Received) => Some(range),
        (
            TraceKind::Run {
                received, reads, ..
            },
            _,
        ) if *reads > 0 => Some(received),
        _ => None,
    }
}

/// Returns the offset from which on marks were watched; `None` if they never were.
pub(super) fn watched_from(events: &[TraceEvent]) -> Option<u64> {
    events.iter().find_map(|it| match it.kind {
        TraceKind::Left { end }
        | TraceKind::Scheduled { end }
        | TraceKind::Acknowledged { end } => it.evidence.is_seen().then_some(end),
        _ => None,
    })
}
