//! Entries that wait to be written to standard output: on record, which they are read from, or in memory, with a bound.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

use super::error::CliError;
use crate::capture::store::StopCause;
use crate::capture::{Depth, Entry, Record, RecordStatus};
use crate::net::Stamp;

/// How much may wait in memory, in bytes of entries and payloads. See [`WhenFull`].
const CAPACITY_BYTES: usize = 256 * 1024 * 1024;
/// How much is handed out at once.
const TAKE_BYTES: usize = 1024 * 1024;
/// How many entries are read from the record at once.
const TAKE_ENTRIES: u64 = 1024;

/// What to do with entries for which there is no room in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhenFull {
    /// Drop and count them until half of the memory is free again: nothing holds up the endpoints.
    Drop,
    /// Wait for room, and so hold up the endpoints.
    Wait,
}

/// What is to be written next.
#[derive(Debug)]
pub(super) enum NextLine {
    /// These entries.
    Entries(Vec<Entry>),
    /// Nothing: entries are missing here.
    Gap(Gap),
    /// Nothing: from here on, entries are not recorded, or this many were not.
    Unrecorded(Shortfall),
    /// Nothing happened in time.
    Paused,
    /// There are no more entries.
    Ended,
}

/// Entries that could not be kept until they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// How many.
    pub(super) entries: u64,
    /// When the first of them happened, as far as that is known.
    pub(super) stamp: Stamp,
    pub(super) time: SystemTime,
}

/// What a record lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shortfall {
    /// How many entries; `None` if that is not over yet.
    pub(super) entries: Option<u64>,
    /// Why.
    pub(super) cause: Option<StopCause>,
    /// When the first of them happened; `None` at the end.
    pub(super) first: Option<(Stamp, SystemTime)>,
}

/// Makes both ends.
pub(super) fn pending(when_full: WhenFull) -> (PendingSender, PendingReceiver) {
    let state = State {
        when_full,
        recorded: 0,
        has_stopped: false,
        waiting: VecDeque::new(),
        bytes: 0,
        is_full: false,
        gap: None,
        phase: Phase::Running,
        is_gone: false,
        given: 0,
        written: 0,
    };
    let shared = Arc::new(Shared {
        state: Mutex::new(state),
        changed: Condvar::new(),
        room: Condvar::new(),
    });
    let receiver = PendingReceiver {
        shared: Arc::clone(&shared),
        record: None,
        at: 0,
        ahead: Vec::new(),
        newest: (Stamp(0), SystemTime::now()),
    };
    (PendingSender(shared), receiver)
}

struct Shared {
    state: Mutex<State>,
    /// Notified when there is more to write.
    changed: Condvar,
    /// Notified when there is room again.
    room: Condvar,
}

struct State {
    when_full: WhenFull,
    /// How many entries are on record.
    recorded: u64,
    /// Whether recording has stopped.
    has_stopped: bool,
    /// What is on no record.
    waiting: VecDeque<Waiting>,
    bytes: usize,
    is_full: bool,
    /// What was dropped since the last waiting entry.
    gap: Option<Gap>,
    phase: Phase,
    /// Whether nobody writes any more.
    is_gone: bool,
    /// How many entries there were.
    given: u64,
    /// How many of them have been written.
    written: u64,
}

/// How long entries still come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Running,
    /// Only the last entries are still coming, whose number is bounded.
    Ending,
    Ended,
}

enum Waiting {
    Entries(Vec<Entry>, usize),
    /// What carries no entries.
    Note(NextLine),
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked while it held the lock left complete values behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where entries are handed in.
#[derive(Clone)]
pub(super) struct PendingSender(Arc<Shared>);

impl PendingSender {
    /// Takes the next entries, of which some are on record.
    pub(super) fn note(&self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        let recorded = record.entries;
        if recorded > 0 {
            self.note_recorded(recorded);
        }
        let on_record = entries.partition_point(|entry| entry.number < recorded);
        if let Some(cause) = &record.stopped {
            self.note_stopped(cause, entries.get(on_record));
        }
        if on_record < entries.len() {
            self.push(entries.split_off(on_record));
        }
    }

    /// Notes once that recording has stopped, before the `first` entry that is not recorded.
    fn note_stopped(&self, cause: &StopCause, first: Option<&Entry>) {
        let mut state = self.0.state();
        if std::mem::replace(&mut state.has_stopped, true) {
            return;
        }
        let shortfall = Shortfall {
            entries: None,
            cause: Some(cause.clone()),
            first: first.map(|entry| (entry.event.stamp, entry.time)),
        };
        let note = Waiting::Note(NextLine::Unrecorded(shortfall));
        state.waiting.push_back(note);
        drop(state);
        self.0.changed.notify_all();
    }

    /// Notes at the end how many entries were not recorded, if some were not.
    pub(super) fn note_record(&self, recorded: &Result<(), CliError>) {
        let Err(
            CliError::NotRecorded {
                unrecorded: entries,
            }
            | CliError::RecordingStuck { entries },
        ) = *recorded
        else {
            return;
        };
        let mut state = self.0.state();
        let gap = state.gap.take().map(NextLine::Gap);
        state.waiting.extend(gap.map(Waiting::Note));
        let note = Waiting::Note(NextLine::Unrecorded(Shortfall {
            entries: Some(entries),
            cause: None,
            first: None,
        }));
        state.waiting.push_back(note);
        drop(state);
        self.0.changed.notify_all();
    }

    fn note_recorded(&self, entries: u64) {
        let mut state = self.0.state();
        state.given += entries.saturating_sub(state.recorded);
        state.recorded = state.recorded.max(entries);
        drop(state);
        self.0.changed.notify_all();
    }

    /// Takes entries that are on no record.
    fn push(&self, entries: Vec<Entry>) {
        let Some(first) = entries.first() else {
            return;
        };
        let mut state = self.0.state();
        let count = entries.len() as u64;
        state.given += count;
        while state.has_to_wait() {
            let waited = self.0.room.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        if state.is_gone {
            return;
        }
        if state.drops() {
            let gap = state.gap.get_or_insert(Gap {
                entries: 0,
                stamp: first.event.stamp,
                time: first.time,
            });
            gap.entries += count;
            return;
        }
        if let Some(gap) = state.gap.take() {
            state.waiting.push_back(Waiting::Note(NextLine::Gap(gap)));
        }
        let bytes = entries.iter().map(cost).sum();
        state.waiting.push_back(Waiting::Entries(entries, bytes));
        state.bytes += bytes;
        state.is_full = state.bytes >= CAPACITY_BYTES;
        drop(state);
        self.0.changed.notify_all();
    }

    /// Notes that the endpoints are about to stop: their last entries wait for nothing.
    pub(super) fn expect_last(&self) {
        let mut state = self.0.state();
        state.phase = Phase::Ending;
        drop(state);
        self.0.room.notify_all();
    }

    /// Notes that there are no more entries.
    pub(super) fn end(&self) {
        self.0.state().phase = Phase::Ended;
        self.0.changed.notify_all();
    }

    /// Returns whether the endpoints are held up until there is room.
    pub(super) fn is_held_up(&self) -> bool {
        self.0.state().has_to_wait()
    }

    /// Returns how many entries have not been written.
    pub(super) fn not_written(&self) -> u64 {
        let state = self.0.state();
        state.given.saturating_sub(state.written)
    }
}

impl State {
    fn has_to_wait(&self) -> bool {
        self.is_full && self.phase == Phase::Running && !self.is_gone && !self.drops()
    }

    fn drops(&self) -> bool {
        self.is_full && self.when_full == WhenFull::Drop
    }

    /// Takes what has waited longest.
    fn take(&mut self) -> Option<NextLine> {
        if let Some(Waiting::Note(_)) = self.waiting.front()
            && let Some(Waiting::Note(note)) = self.waiting.pop_front()
        {
            return Some(note);
        }
        let mut taken = Vec::new();
        let mut taken_bytes = 0;
        while taken_bytes < TAKE_BYTES
            && let Some(Waiting::Entries(..)) = self.waiting.front()
            && let Some(Waiting::Entries(mut entries, bytes)) = self.waiting.pop_front()
        {
            taken.append(&mut entries);
            taken_bytes += bytes;
        }
        self.bytes -= taken_bytes;
        if self.is_full && self.bytes <= CAPACITY_BYTES / 2 {
            self.is_full = false;
        }
        if taken.is_empty() {
            return self.gap.take().map(NextLine::Gap);
        }
        Some(NextLine::Entries(taken))
    }
}

/// Where entries are handed out. Once dropped, entries that come are dropped too, and hold up nobody.
pub(super) struct PendingReceiver {
    shared: Arc<Shared>,
    record: Option<Record>,
    /// The number of the next entry on record.
    at: u64,
    /// Entries behind the last gap.
    ahead: Vec<Entry>,
    /// When the newest entry read from the record happened.
    newest: (Stamp, SystemTime),
}

impl PendingReceiver {
    /// Reads what is on record from there.
    pub(super) fn read_from(&mut self, record: Record) {
        self.record = Some(record);
    }

    /// Waits until there is something to write, or until `deadline`.
    pub(super) fn next(&mut self, deadline: Option<Instant>) -> NextLine {
        if !self.ahead.is_empty() {
            return NextLine::Entries(std::mem::take(&mut self.ahead));
        }
        let shared = Arc::clone(&self.shared);
        let mut state = shared.state();
        loop {
            if self.at < state.recorded {
                let until = state.recorded;
                drop(state);
                return self.read(until);
            }
            if let Some(next) = state.take() {
                drop(state);
                shared.room.notify_all();
                return next;
            }
            if state.phase == Phase::Ended {
                return NextLine::Ended;
            }
            state =
                match deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
                    None => {
                        let waited = shared.changed.wait(state);
                        waited.unwrap_or_else(PoisonError::into_inner)
                    }
                    Some(left) if left.is_zero() => return NextLine::Paused,
                    Some(left) => {
                        let waited = shared.changed.wait_timeout(state, left);
                        waited.unwrap_or_else(PoisonError::into_inner).0
                    }
                };
        }
    }

    /// Notes that this many entries have been written.
    pub(super) fn note_written(&self, entries: u64) {
        self.shared.state().written += entries;
    }

    /// Reads the next entries on record, of which there are `until`. Those that cannot be read any more are a gap.
    fn read(&mut self, until: u64) -> NextLine {
        let Some(record) = &self.record else {
            self.at = until;
            return NextLine::Paused;
        };
        let begin = self.at;
        let kept = begin.max(record.status().first_kept).min(until);
        let numbers = kept..until.min(kept.saturating_add(TAKE_ENTRIES));
        let (mut bytes, mut end) = (0, kept);
        let mut first = None;
        let ahead = &mut self.ahead;
        record.visit(numbers.clone(), Depth::Whole, |number, entry| {
            // What cannot be read has been lost with the record; it costs a line, and nothing else.
            let Some(entry) = entry.ok().filter(|entry| entry.damage.is_none()) else {
                return ControlFlow::Continue(());
            };
            if number != *first.get_or_insert(number) + ahead.len() as u64 {
                return ControlFlow::Break(());
            }
            bytes += cost(&entry);
            end = number + 1;
            ahead.push(entry);
            if bytes < TAKE_BYTES {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        self.at = if first.is_some() { end } else { numbers.end };
        let missing = first.unwrap_or(numbers.end) - begin;
        let (stamp, time) = self.newest;
        if let Some(newest) = self.ahead.last() {
            self.newest = (newest.event.stamp, newest.time);
        }
        if missing == 0 {
            return NextLine::Entries(std::mem::take(&mut self.ahead));
        }
        NextLine::Gap(Gap {
            entries: missing,
            stamp,
            time,
        })
    }
}

impl Drop for PendingReceiver {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.is_gone = true;
        state.waiting.clear();
        drop(state);
        self.shared.room.notify_all();
    }
}

/// Returns how much memory an entry occupies.
fn cost(entry: &Entry) -> usize {
    size_of::<Entry>() + entry.payload().map_or(0, |payload| payload.bytes.len())
}

#[cfg(test)]
mod tests;
