//! A pass that gathers what the trace of one connection is derived from.

use std::ops::Range;

use super::pass::{Flows, Step, Walk};
use super::store::{Flow, OpenSegment, ReadError};
use super::trace::{Fact, Facts};
use crate::net::FlowId;

/// How many entries are examined at a time.
const SLICE_ENTRIES: u32 = 8_192;

/// Gathers the facts of one end of a connection. It goes on from where it was, so a longer recording costs only what is new.
pub(super) type Tracing = Walk<Gathering>;

/// The facts found so far.
#[derive(Debug)]
pub(super) struct Gathering {
    of: FlowId,
    /// Whether each flow of the segment is the one.
    is_it: Flows<bool>,
    facts: Facts,
    /// Whether entries could not be read, or are no longer kept.
    is_cut: bool,
}

impl Tracing {
    /// Starts with the oldest entry.
    pub(super) fn of(connection: FlowId) -> Self {
        let step = Gathering {
            of: connection,
            is_it: Flows::default(),
            facts: Facts::up_to(Facts::USUAL),
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

    /// Returns whether some of the connection's entries may be missing.
    pub(super) fn is_cut(&self) -> bool {
        self.step.is_cut
    }
}

impl Step for Gathering {
    fn begin(&mut self, _first_entry: u64) {
        self.is_it.clear();
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let end = range.end.min(range.start.saturating_add(SLICE_ENTRIES));
        let of = self.of;
        let is_it = |flow: &Flow| flow.link.as_deref().is_some_and(|it| it.connection == of);
        self.is_cut |= self.is_it.learn(open, is_it).is_err();
        let records = open.whole_records(range.start..end);
        self.is_cut |= records.len() < (end - range.start) as usize;
        for (entry, record) in records {
            if self.is_it.of(record.flow) == Some(true) {
                // None of its bytes are needed.
                let entry = open.entry_of(entry, &record, 0);
                self.is_cut |= entry.damage.is_some() && entry.size_bytes == 0;
                self.facts.push_some(Fact::of(&entry));
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
