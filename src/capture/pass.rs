//! The one way to traverse a recording: a pass examines its entries, driven in small steps.
//!
//! ```text
//! reader ──▶ Pass::work(record, end, turn)          one budget for each turn, whatever the pass
//!              └▶ Walk: segment by segment ──▶ Step: a slice of entries ──▶ what the step keeps
//! ```
//!
//! Filters ([`Chosen`](super::chosen::Chosen)), finds (filters with an additional pattern), frames, bundles, texts and
//! the plot are walks. A followed connection is a pass in both directions, over the entries that filters choose.
//! The samples of a connection stand beside the entries, and have a pass of their own.
//!
//! A pass always makes progress: what cannot be read is reported to it and skipped, and so is what is dropped before it
//! was examined.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::record::Record;
use super::store::{Flow, OpenSegment, ReadError};

/// How long a turn lasts. Requests are handled in between.
const TURN: Duration = Duration::from_millis(8);

/// A limited time to work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn(Instant);

impl Turn {
    /// Starts a turn.
    pub(crate) fn begin() -> Self {
        Self(Instant::now() + TURN)
    }

    /// Returns a turn that is over after the first step.
    #[cfg(test)]
    pub(crate) fn one_step() -> Self {
        Self(Instant::now())
    }

    /// Returns whether it is over.
    pub(crate) fn is_over(self) -> bool {
        Instant::now() >= self.0
    }
}

/// Something that traverses the entries of a recording.
pub(crate) trait Pass {
    /// Returns whether entries before `end` remain to be examined.
    fn is_behind(&self, end: u64) -> bool;

    /// Examines some entries before `end`, for a short time.
    fn step(&mut self, record: &Record, end: u64);

    /// Notes that entries before this one are no longer kept.
    fn give_up(&mut self, first_kept: u64);

    /// Notes that nothing follows the entries before `end`. May be called repeatedly.
    fn finish(&mut self, _end: u64) {}

    /// Frees what is not needed until more entries arrive.
    fn free_memory(&mut self) {}

    /// Works until the turn is over, but at least one step, or until nothing remains. Returns whether nothing remains.
    fn work(&mut self, record: &Record, end: u64, turn: Turn) -> bool {
        while self.is_behind(end) {
            self.step(record, end);
            if turn.is_over() {
                break;
            }
        }
        let status = record.status();
        if !self.is_behind(status.entries) && !record.store().can_grow() {
            self.finish(status.entries);
        }
        self.give_up(status.first_kept);
        let is_done = !self.is_behind(end);
        if is_done {
            self.free_memory();
        }
        is_done
    }
}

/// What a [`Walk`] does with entries.
pub(crate) trait PassStep {
    /// Returns whether there is anything to do.
    fn is_needed(&self) -> bool {
        true
    }

    /// Notes that a segment was opened, and its first entry.
    fn begin(&mut self, _first_entry: u64) {}

    /// Examines entries of a segment, numbered within it, or the first of them. Returns the entry to continue with.
    ///
    /// # Errors
    ///
    /// The segment cannot be read. The step itself notes what is damaged in it.
    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError>;

    /// Notes that the rest of a segment, these entries, cannot be read.
    fn skip_rest(&mut self, _entries: Range<u64>, _why: ReadError) {}

    /// Returns whether some examined entries remain undecided.
    fn is_undecided(&self) -> bool {
        false
    }

    /// Decides some of them.
    fn decide(&mut self) {}

    /// See [`Pass::give_up`].
    fn give_up(&mut self, _first_kept: u64) {}

    /// See [`Pass::finish`].
    fn finish(&mut self, _end: u64) {}

    /// See [`Pass::free_memory`].
    fn free_memory(&mut self) {}
}

/// A pass from the oldest entry to the newest.
#[derive(Debug)]
pub(crate) struct Walk<S> {
    pub(crate) step: S,
    /// The first entry that has not been examined.
    pub(super) next: u64,
    /// The first undecided entry, while the step is undecided.
    undecided: u64,
    pub(super) open: Option<OpenSegment>,
}

impl<S: PassStep + Default> Default for Walk<S> {
    fn default() -> Self {
        Self::from(0, S::default())
    }
}

impl<S: PassStep> Walk<S> {
    /// Starts at an entry.
    pub(crate) fn from(next: u64, step: S) -> Self {
        Self {
            step,
            next,
            undecided: next,
            open: None,
        }
    }

    /// Returns the first entry that has not been examined or decided.
    pub(crate) fn examined_to(&self) -> u64 {
        if self.step.is_undecided() {
            self.undecided
        } else {
            self.next
        }
    }

    /// Frees all memory and closes all files that are not needed until the pass is used again.
    pub(crate) fn release(&mut self) {
        self.step.free_memory();
        self.open = None;
    }

    /// Examines entries of the segment that holds the next entry. Returns the number after them.
    fn look(&mut self, record: &Record, end: u64) -> Result<u64, ReadError> {
        let next = self.next;
        let is_open = |open: &OpenSegment| open.segment().holds(next);
        if !self.open.as_ref().is_some_and(is_open) {
            self.open = None;
            let Some(segment) = record.store().segment_of(next) else {
                // It has just been dropped, or the recording ends here.
                return Ok(end.min(record.status().first_kept.max(next + 1)));
            };
            self.step.begin(segment.first_entry());
            self.open = Some(OpenSegment::new(segment)?);
        }
        let Some(open) = &mut self.open else {
            return Ok(end);
        };
        let first = open.segment().first_entry();
        let within = |entry: u64| u32::try_from(entry - first).unwrap_or(u32::MAX);
        let until = open.segment().len().min(within(end));
        let until = self.step.look(open, within(next)..until)?;
        Ok(first + u64::from(until))
    }
}

impl<S: PassStep> Pass for Walk<S> {
    fn is_behind(&self, end: u64) -> bool {
        (self.next < end && self.step.is_needed()) || self.step.is_undecided()
    }

    fn step(&mut self, record: &Record, end: u64) {
        if self.step.is_undecided() {
            return self.step.decide();
        }
        self.next = self.next.max(record.status().first_kept);
        if self.next >= end {
            return;
        }
        self.undecided = self.next;
        let until = self.look(record, end).unwrap_or_else(|why| {
            self.open = None;
            let segment = record.store().segment_of(self.next);
            segment.map_or(end, |segment| {
                let rest_end = segment.end_entry();
                self.step.skip_rest(self.next..rest_end, why);
                rest_end
            })
        });
        self.next = until.max(self.next + 1).min(end);
    }

    fn give_up(&mut self, first_kept: u64) {
        self.step.give_up(first_kept);
    }

    fn finish(&mut self, end: u64) {
        self.step.finish(end);
        while self.step.is_undecided() {
            self.step.decide();
        }
    }

    fn free_memory(&mut self) {
        self.step.free_memory();
    }
}

/// What a step knows of a segment's flows, determined once for each.
#[derive(Debug)]
pub(crate) struct Flows<T>(Vec<Option<T>>);

impl<T> Default for Flows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> Flows<T> {
    /// Starts another segment.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Determines the value of each new flow.
    ///
    /// # Errors
    ///
    /// Some cannot be read; their values are unknown.
    pub(crate) fn learn(
        &mut self,
        open: &mut OpenSegment,
        find_out: impl Fn(&Flow) -> T,
    ) -> Result<(), ReadError> {
        let mut problem = Ok(());
        for row in self.0.len() as u32..open.flow_count() {
            let flow = open.flow(row);
            self.0.push(flow.as_ref().ok().map(|flow| find_out(flow)));
            problem = problem.and(flow.map(|_| ()));
        }
        problem
    }

    /// Returns what is known of a flow.
    pub(crate) fn of(&self, row: u32) -> Option<T> {
        self.0.get(row as usize).copied().flatten()
    }
}
