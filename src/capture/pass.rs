//! The one way to go through a record: a pass looks at its entries, and is driven in small steps.
//!
//! ```text
//! reader ──▶ Pass::work(record, end, turn)          one budget for each turn, whatever the pass
//!              └▶ Walk: segment by segment ──▶ Step: a slice of entries ──▶ what the step keeps
//! ```
//!
//! A filter ([`Chosen`](super::chosen::Chosen)), a find (a filter with one more pattern), frames, texts and the plot are
//! walks; a followed connection is a pass that goes in both directions.
//!
//! A pass always gets on: what cannot be read is reported to it and passed over, and so is what is given up before
//! it was looked at.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::record::Record;
use super::store::{OpenSegment, Party, ReadError};

/// How long a turn lasts: requests are looked for in between.
const TURN: Duration = Duration::from_millis(8);

/// A bounded time to work in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn(Instant);

impl Turn {
    /// Begins a turn.
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

/// Something that goes through the entries of a record.
pub(crate) trait Pass {
    /// Returns whether entries before `end` are still to be looked at.
    fn is_behind(&self, end: u64) -> bool;

    /// Looks at some entries before `end`: as many as take a moment.
    fn step(&mut self, record: &Record, end: u64);

    /// Takes note that the entries before this one are not kept any more.
    fn give_up(&mut self, first_kept: u64);

    /// Takes note that nothing follows the entries before `end`. Called again when that was taken note of already.
    fn finish(&mut self, _end: u64) {}

    /// Lets go of what is not needed until more entries come.
    fn rest(&mut self) {}

    /// Works until the turn is over, at least one step, or until nothing is left. Returns whether nothing is left.
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
            self.rest();
        }
        is_done
    }
}

/// What a [`Walk`] does with the entries.
pub(crate) trait Step {
    /// Returns whether there is anything to look for.
    fn is_needed(&self) -> bool {
        true
    }

    /// Takes note that a segment was opened, whose first entry is this one.
    fn begin(&mut self, _first_entry: u64) {}

    /// Looks at entries of a segment, numbered within it, or at the first of them; returns the one to go on with.
    ///
    /// # Errors
    ///
    /// The segment cannot be read. Of what is damaged in it, the step takes note itself.
    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError>;

    /// Takes note that the rest of a segment cannot be read, from this entry on.
    fn pass_over(&mut self, _entry: u64, _why: ReadError) {}

    /// Returns whether something of the entries that were looked at is still to be decided.
    fn is_undecided(&self) -> bool {
        false
    }

    /// Decides some of it.
    fn decide(&mut self) {}

    /// See [`Pass::give_up`].
    fn give_up(&mut self, _first_kept: u64) {}

    /// See [`Pass::finish`].
    fn finish(&mut self, _end: u64) {}

    /// See [`Pass::rest`].
    fn rest(&mut self) {}
}

/// A pass from the oldest entry to the newest one.
#[derive(Debug)]
pub(crate) struct Walk<S> {
    pub(crate) step: S,
    /// The first entry that was not looked at.
    pub(super) next: u64,
    /// The first entry that is not decided while the step is undecided.
    undecided: u64,
    pub(super) open: Option<OpenSegment>,
}

impl<S: Step> Walk<S> {
    /// Begins at an entry.
    pub(crate) fn from(next: u64, step: S) -> Self {
        Self {
            step,
            next,
            undecided: next,
            open: None,
        }
    }

    /// Returns the first entry that was not looked at, or is not decided.
    pub(crate) fn looked_at(&self) -> u64 {
        if self.step.is_undecided() {
            self.undecided
        } else {
            self.next
        }
    }

    /// Lets go of all that is not needed until somebody asks again: of memory, and of open files.
    pub(crate) fn let_go(&mut self) {
        self.step.rest();
        self.open = None;
    }

    /// Looks at entries of the segment that holds the next one. Returns the number after them.
    fn look(&mut self, record: &Record, end: u64) -> Result<u64, ReadError> {
        let next = self.next;
        let is_open = |open: &OpenSegment| open.segment().holds(next);
        if !self.open.as_ref().is_some_and(is_open) {
            self.open = None;
            let Some(segment) = record.store().segment_of(next) else {
                // It was given up just now, or the record ends here.
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

impl<S: Step> Pass for Walk<S> {
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
                self.step.pass_over(self.next, why);
                segment.end_entry()
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

    fn rest(&mut self) {
        self.step.rest();
    }
}

/// What a step knows of the parties of a segment, found out once for each.
#[derive(Debug)]
pub(crate) struct Parties<T>(Vec<Option<T>>);

impl<T> Default for Parties<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> Parties<T> {
    /// Begins with another segment.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Finds out about the parties that came since.
    ///
    /// # Errors
    ///
    /// Some cannot be read; nothing is known of these.
    pub(crate) fn learn(
        &mut self,
        open: &mut OpenSegment,
        find_out: impl Fn(&Party) -> T,
    ) -> Result<(), ReadError> {
        let mut problem = Ok(());
        for row in self.0.len() as u32..open.party_count() {
            let party = open.party(row);
            self.0
                .push(party.as_ref().ok().map(|party| find_out(party)));
            problem = problem.and(party.map(|_| ()));
        }
        problem
    }

    /// Returns what is known of a party.
    pub(crate) fn of(&self, row: u32) -> Option<T> {
        self.0.get(row as usize).copied().flatten()
    }
}
