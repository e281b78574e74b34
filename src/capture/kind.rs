//! The kinds of entries, for filters, signs and colours.

use super::entry::Entry;
use super::event::EventKind;
use crate::net::tls::{ChainCheck, TlsReport};
use crate::net::{ClosedBy, NetError};
use crate::script::sequence::SequenceOutcome;

/// The kind of an entry, which determines its sign and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Received this many bytes.
    Received(u64),
    /// Sent this many bytes.
    Sent(u64),
    /// A neutral event: looking up, connecting, stopped, accepting resumed.
    Quiet,
    /// A success: listening, connected, accepted.
    Good,
    /// A normal end: finished (FIN), closed.
    Ended,
    /// A warning: accepting paused, bytes unread or unsent at close, a clock jump.
    Caution,
    /// A failure: refused, reset, timed out, an error.
    Bad,
}

impl RowKind {
    /// Returns how many bytes were received or sent; `None` for other kinds.
    pub fn data_bytes(self) -> Option<u64> {
        match self {
            Self::Received(size) | Self::Sent(size) => Some(size),
            _ => None,
        }
    }

    pub(super) fn of(entry: &Entry) -> Self {
        if entry.damage.is_some() {
            return Self::Bad;
        }
        match &entry.event.kind {
            EventKind::Received { .. } => Self::Received(entry.size_bytes),
            EventKind::Sent { .. } => Self::Sent(entry.size_bytes),
            EventKind::LookingUp { .. }
            | EventKind::Connecting
            | EventKind::Reconnecting { .. }
            | EventKind::AcceptResumed
            | EventKind::AcceptingChanged { .. }
            | EventKind::Waiting { .. }
            | EventKind::ReadingStopped
            | EventKind::ReadingResumed
            | EventKind::PaceChanged { .. }
            | EventKind::SequenceBegan { .. }
            | EventKind::Upgraded
            | EventKind::Stopped
            | EventKind::Unread { .. }
            | EventKind::Unknown { .. } => Self::Quiet,
            EventKind::Listening { .. }
            | EventKind::Bound { .. }
            | EventKind::Connected { .. }
            | EventKind::Accepted { .. } => Self::Good,
            EventKind::AcceptPaused { .. }
            | EventKind::AcceptAborted { .. }
            | EventKind::Cancelled { .. }
            | EventKind::QueueCancelled { .. }
            | EventKind::Unanswered { .. }
            | EventKind::Disturbed(_)
            | EventKind::Truncated { .. }
            | EventKind::Dropped { .. }
            | EventKind::Missing { .. }
            | EventKind::NotRecorded { .. }
            | EventKind::ClockAdjusted { .. } => Self::Caution,
            EventKind::Tls(report) => Self::of_tls(report),
            EventKind::SequenceEnded { end, .. } => match end.outcome {
                SequenceOutcome::Passed => Self::Good,
                SequenceOutcome::Failed { .. } => Self::Bad,
                SequenceOutcome::Cancelled { .. } => Self::Ended,
            },
            EventKind::Closed(closed) if matches!(closed.by, ClosedBy::Failure(_)) => Self::Bad,
            EventKind::Closed(closed) if closed.unread || closed.unsent_bytes > 0 => Self::Caution,
            EventKind::PeerFinished | EventKind::WeFinished | EventKind::Closed(_) => Self::Ended,
            EventKind::ConnectFailed { error, .. } if is_given_up(error) => Self::Ended,
            EventKind::Reset { .. }
            | EventKind::ConnectFailed { .. }
            | EventKind::Failed { .. } => Self::Bad,
        }
    }

    fn of_tls(report: &TlsReport) -> Self {
        match report {
            TlsReport::Agreed(agreed) if agreed.check == ChainCheck::Unchecked => Self::Caution,
            TlsReport::Agreed(_) => Self::Good,
            TlsReport::Refused { .. } | TlsReport::Alert { is_fatal: true, .. } => Self::Bad,
            // Whoever has the secrets can read everything.
            TlsReport::Alert { .. } | TlsReport::Cut | TlsReport::Secrets(_) => Self::Caution,
            TlsReport::CloseNotify { .. } => Self::Ended,
            TlsReport::Hello(_) => Self::Quiet,
        }
    }
}

/// A connect that the user cancelled is not a failure.
pub(super) fn is_given_up(error: &NetError) -> bool {
    matches!(error, NetError::ConnectGivenUp { .. })
}
