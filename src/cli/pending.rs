//! Entries that wait to be written to standard output: on record, which they are read from, or in memory, with a bound.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

use crate::capture::{Depth, Entry, Record};
use crate::net::Stamp;

/// How much may wait in memory, in bytes of entries and payloads. See [`WhenFull`].
const CAPACITY_BYTES: usize = 64 * 1024 * 1024;
/// How much is handed out at once.
const TAKE_BYTES: usize = 1024 * 1024;
/// How many entries are read from the record at once.
const TAKE_ENTRIES: u64 = 1024;

/// What to do with entries for which there is no room in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhenFull {
    /// Drop and count them until half of the memory is free again.
    Drop,
    /// Wait for room, and so hold up the endpoints.
    Wait,
}

/// What is to be written next.
#[derive(Debug)]
pub(super) enum Next {
    /// These entries.
    Entries(Vec<Entry>),
    /// Nothing: entries are missing here.
    Gap(Gap),
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

/// Makes both ends.
pub(super) fn pending(when_full: WhenFull) -> (PendingSender, PendingReceiver) {
    let state = State {
        when_full,
        recorded: 0,
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
    Gap(Gap),
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
    /// Takes the next entries, of which the first `recorded` of the session are on record.
    pub(super) fn note(&self, entries: &mut Vec<Entry>, recorded: u64) {
        if recorded > 0 {
            self.note_recorded(recorded);
        }
        let on_record = entries.partition_point(|entry| entry.number < recorded);
        if on_record < entries.len() {
            self.push(entries.split_off(on_record));
        }
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
            state.waiting.push_back(Waiting::Gap(gap));
        }
        let bytes = entries.iter().map(cost).sum();
        state.waiting.push_back(Waiting::Entries(entries, bytes));
        state.bytes += bytes;
        state.is_full = state.bytes >= CAPACITY_BYTES;
        drop(state);
        self.0.changed.notify_all();
    }

    /// Notes that the endpoints are about to stop: their last entries are taken whatever the bound, unless what finds no
    /// room is dropped anyway.
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
        let may_wait = self.when_full == WhenFull::Wait && self.phase == Phase::Running;
        self.is_full && may_wait && !self.is_gone
    }

    fn drops(&self) -> bool {
        self.is_full && self.when_full == WhenFull::Drop
    }

    /// Takes what has waited longest.
    fn take(&mut self) -> Option<Next> {
        if let Some(Waiting::Gap(gap)) = self.waiting.front() {
            let gap = *gap;
            self.waiting.pop_front();
            return Some(Next::Gap(gap));
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
        self.is_full &= self.bytes > CAPACITY_BYTES / 2;
        if taken.is_empty() {
            return self.gap.take().map(Next::Gap);
        }
        Some(Next::Entries(taken))
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
    pub(super) fn next(&mut self, deadline: Option<Instant>) -> Next {
        if !self.ahead.is_empty() {
            return Next::Entries(std::mem::take(&mut self.ahead));
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
                return Next::Ended;
            }
            state =
                match deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
                    None => {
                        let waited = shared.changed.wait(state);
                        waited.unwrap_or_else(PoisonError::into_inner)
                    }
                    Some(left) if left.is_zero() => return Next::Paused,
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
    fn read(&mut self, until: u64) -> Next {
        let Some(record) = &self.record else {
            self.at = until;
            return Next::Paused;
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
            return Next::Entries(std::mem::take(&mut self.ahead));
        }
        Next::Gap(Gap {
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
mod tests {
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::capture::EventKind;
    use crate::capture::store::{AtLimit, Keep, Store};
    use crate::capture::synthetic::{DEADLINE, accepted, entries, event, received};

    const PIECE_BYTES: usize = 1024 * 1024;

    /// An entry of a megabyte.
    fn large(number: u64) -> Vec<Entry> {
        let kind = received(number, &vec![b'x'; PIECE_BYTES]);
        let mut entries = entries([event(number, 1, 1, kind)]);
        entries[0].number = number;
        entries
    }

    fn numbers(next: &Next) -> Vec<u64> {
        match next {
            Next::Entries(entries) => entries.iter().map(|entry| entry.number).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_finds_no_room_is_a_gap_where_it_would_have_been() {
        let (sender, mut receiver) = pending(WhenFull::Drop);
        let capacity = (CAPACITY_BYTES / PIECE_BYTES) as u64;
        for number in 0..capacity + 10 {
            sender.note(&mut large(number), 0);
        }
        let mut taken = 0;
        while taken <= capacity / 2 {
            taken += numbers(&receiver.next(None)).len() as u64;
        }
        // As soon as there is room, the gap is known, and others follow it.
        sender.note(&mut large(1_000), 0);
        let gap = loop {
            match receiver.next(None) {
                Next::Entries(entries) => taken += entries.len() as u64,
                Next::Gap(gap) => break gap,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(taken + gap.entries, capacity + 10);
        assert_eq!(gap.stamp, Stamp(taken * 1_000));
        assert_eq!(numbers(&receiver.next(None)), [1_000]);
        receiver.note_written(taken + 1);
        assert_eq!(sender.not_written(), gap.entries);
        sender.end();
        assert!(matches!(receiver.next(None), Next::Ended));
    }

    #[test]
    fn a_gap_at_the_end_is_handed_out_too() {
        let (sender, mut receiver) = pending(WhenFull::Drop);
        for number in 0..100 {
            sender.note(&mut large(number), 0);
        }
        sender.end();
        let mut taken = 0;
        loop {
            match receiver.next(None) {
                Next::Entries(entries) => taken += entries.len() as u64,
                Next::Gap(gap) => taken += gap.entries,
                Next::Ended => break,
                Next::Paused => panic!("there was no deadline"),
            }
        }
        assert_eq!(taken, 100);
    }

    #[test]
    fn who_waits_for_room_waits_until_there_is_some_or_the_end_comes_or_the_reader_goes() {
        type Release = fn(&PendingSender, PendingReceiver) -> Option<PendingReceiver>;
        let releases: [Release; 3] = [
            |_, mut receiver| {
                for _ in 0..CAPACITY_BYTES / PIECE_BYTES / 2 + 2 {
                    receiver.next(None);
                }
                Some(receiver)
            },
            |sender, receiver| {
                sender.expect_last();
                Some(receiver)
            },
            |_, _receiver| None,
        ];
        for release in releases {
            let (sender, receiver) = pending(WhenFull::Wait);
            let filling = sender.clone();
            let filler = thread::Builder::new().spawn(move || {
                for number in 0..80 {
                    filling.note(&mut large(number), 0);
                }
            });
            let until = Instant::now() + DEADLINE;
            while !sender.is_held_up() {
                assert!(Instant::now() < until, "it is never full");
                thread::yield_now();
            }
            let receiver = release(&sender, receiver);
            filler.unwrap().join().unwrap();
            if let Some(receiver) = receiver {
                sender.end();
                drop(receiver);
            }
        }
    }

    #[test]
    fn a_deadline_passes_when_nothing_comes() {
        let (_sender, mut receiver) = pending(WhenFull::Drop);
        let soon = Instant::now() + Duration::from_millis(1);
        assert!(matches!(receiver.next(Some(soon)), Next::Paused));
    }

    /// A capture that records events as a session does, and the ends of what is pending.
    fn recorded(
        keep: Keep,
    ) -> (
        tempfile::TempDir,
        Arc<Store>,
        PendingSender,
        PendingReceiver,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("capture");
        let store = Arc::new(Store::create(&dir, keep, SystemTime::now()).unwrap());
        let (sender, mut receiver) = pending(WhenFull::Drop);
        receiver.read_from(Record::new(Arc::clone(&store)));
        (folder, store, sender, receiver)
    }

    #[test]
    fn what_is_on_record_is_read_from_it_and_what_is_not_comes_after_it() {
        let (_folder, store, sender, mut receiver) = recorded(Keep::up_to(0));
        let mut all =
            entries((0..40).map(|at| event(at, 1, 1, received(at, &vec![b'x'; 100_000]))));
        let status = store.append(&mut all);
        assert!(status.entries > 0 && status.entries < 40);
        sender.note(&mut all, status.entries);
        assert_eq!(all.len() as u64, status.entries, "the others were taken");
        sender.end();
        let mut read = Vec::new();
        loop {
            match receiver.next(None) {
                Next::Entries(entries) => {
                    receiver.note_written(entries.len() as u64);
                    read.extend(entries.into_iter().map(|it| it.event.stamp.0 / 1_000));
                }
                Next::Ended => break,
                other => panic!("{other:?}"),
            }
        }
        assert!(read.into_iter().eq(0..40));
        assert_eq!(sender.not_written(), 0);
    }

    #[test]
    fn what_a_ring_gave_up_before_it_was_read_is_a_gap() {
        let keep = Keep {
            at_limit: AtLimit::GiveUpOldest,
            ..Keep::up_to(0)
        };
        let (_folder, store, sender, mut receiver) = recorded(keep);
        let append = |from: u64, count: u64| {
            let events =
                (from..from + count).map(|at| event(at, 1, 1, received(at, &vec![b'x'; 50_000])));
            let mut all = entries(events);
            let status = store.append(&mut all);
            sender.note(&mut all, status.entries);
            status
        };
        append(0, 1);
        assert_eq!(numbers(&receiver.next(None)), [0]);
        let status = append(1, 99);
        let Next::Gap(gap) = receiver.next(None) else {
            panic!("nothing is missing");
        };
        assert_eq!(gap.entries, status.first_kept - 1);
        assert_eq!(gap.stamp, Stamp(0));
        let first = numbers(&receiver.next(None))[0];
        assert_eq!(first, status.first_kept);
    }

    #[test]
    fn a_record_that_cannot_be_read_any_more_is_a_gap() {
        let (folder, store, sender, mut receiver) =
            recorded(Keep::everything(std::env::temp_dir().as_path()));
        let mut all = entries((0..3).map(|at| event(at, 1, 1, accepted())));
        let status = store.append(&mut all);
        sender.note(&mut all, status.entries);
        drop(folder);
        sender.end();
        let Next::Gap(gap) = receiver.next(None) else {
            panic!("it was read");
        };
        assert_eq!(gap.entries, 3);
        assert!(matches!(receiver.next(None), Next::Ended));
        assert!(matches!(all[0].event.kind, EventKind::Accepted { .. }));
    }
}
