//! A pass that gathers what the trace of one connection is derived from.

use std::ops::Range;

use super::event::EventKind;
use super::pass::{Flows, PassStep, Walk};
use super::store::{Flow, OpenSegment, ReadError};
use super::trace::{Fact, Facts};
use crate::net::FlowId;
use crate::net::kernel::{SavedSyn, Syn};

/// How many entries are examined at a time.
const SLICE_ENTRIES: u32 = 8_192;

/// Gathers the facts of one end of a connection. It goes on from where it was, so a longer recording costs only what is new.
pub(super) type Tracing = Walk<Gathering>;

/// An end of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    TheOne,
    Other,
}

/// The facts found so far.
#[derive(Debug)]
pub(super) struct Gathering {
    of: FlowId,
    /// Whether each flow of the segment is the one, or the other end of its connection.
    ends: Flows<Option<Which>>,
    facts: Facts,
    /// The SYN that arrived at the other end, if that is ours too.
    syn: Option<SavedSyn>,
    /// Whether entries could not be read, or are no longer kept.
    is_cut: bool,
}

impl Tracing {
    /// Starts with the oldest entry.
    pub(super) fn of(connection: FlowId) -> Self {
        let step = Gathering {
            of: connection,
            ends: Flows::default(),
            facts: Facts::up_to(Facts::USUAL),
            syn: None,
            is_cut: false,
        };
        Self::from(0, step)
    }

    /// Returns the connection.
    pub(super) fn connection(&self) -> FlowId {
        self.step.of
    }

    /// Returns the facts, in their order.
    pub(super) fn facts(&mut self) -> &[Fact] {
        self.step.facts.finish()
    }

    /// Returns the SYN that arrived at the other end, if that is ours too.
    pub(super) fn syn(&self) -> Option<Syn> {
        self.step.syn.as_ref().and_then(SavedSyn::parse)
    }

    /// Returns whether some of the connection's entries may be missing.
    pub(super) fn is_cut(&self) -> bool {
        self.step.is_cut
    }
}

impl PassStep for Gathering {
    fn begin(&mut self, _first_entry: u64) {
        self.ends.clear();
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let end = range.end.min(range.start.saturating_add(SLICE_ENTRIES));
        let of = self.of;
        let which = |flow: &Flow| match flow.link.as_deref()?.connection {
            connection if connection == of => Some(Which::TheOne),
            connection if connection == of.other_end() => Some(Which::Other),
            _ => None,
        };
        self.is_cut |= self.ends.learn(open, which).is_err();
        let records = open.whole_records(range.start..end);
        self.is_cut |= records.len() < (end - range.start) as usize;
        for (entry, record) in records {
            let Some(Some(which)) = self.ends.of(record.flow) else {
                continue;
            };
            if which == Which::Other && (record.class.is_data() || self.syn.is_some()) {
                continue;
            }
            // None of its bytes are needed.
            let entry = open.entry_of(entry, &record, 0);
            if which == Which::TheOne {
                self.is_cut |= entry.damage.is_some() && entry.size_bytes == 0;
                self.facts.push_some(Fact::of(&entry));
            } else if let EventKind::Accepted { syn, .. } = entry.event.kind {
                self.syn = syn;
            }
        }
        Ok(end)
    }

    fn skip_rest(&mut self, _entries: Range<u64>, _why: ReadError) {
        self.is_cut = true;
    }

    fn give_up(&mut self, first_kept: u64) {
        self.is_cut |= first_kept > 0 && self.facts.is_empty();
    }
}
