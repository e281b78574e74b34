//! Entries that wait, and those that cannot.

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

fn numbers(next: &NextLine) -> Vec<u64> {
    match next {
        NextLine::Entries(entries) => entries.iter().map(|entry| entry.number).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_finds_no_room_is_a_gap_where_it_would_have_been() {
    let (sender, mut receiver) = pending(WhenFull::Drop);
    let capacity = (CAPACITY_BYTES / PIECE_BYTES) as u64;
    for number in 0..capacity + 10 {
        sender.note(&mut large(number), &RecordStatus::default());
    }
    let mut taken = 0;
    while taken <= capacity / 2 {
        taken += numbers(&receiver.next(None)).len() as u64;
    }
    // As soon as there is room, the gap is known, and others follow it.
    sender.note(&mut large(1_000), &RecordStatus::default());
    let gap = loop {
        match receiver.next(None) {
            NextLine::Entries(entries) => taken += entries.len() as u64,
            NextLine::Gap(gap) => break gap,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(taken + gap.entries, capacity + 10);
    assert_eq!(gap.stamp, Stamp(taken * 1_000));
    assert_eq!(numbers(&receiver.next(None)), [1_000]);
    receiver.note_written(taken + 1);
    assert_eq!(sender.not_written(), gap.entries);
    sender.end();
    assert!(matches!(receiver.next(None), NextLine::Ended));
}

#[test]
fn a_gap_at_the_end_is_handed_out_too() {
    let (sender, mut receiver) = pending(WhenFull::Drop);
    let count = 2 * (CAPACITY_BYTES / PIECE_BYTES) as u64;
    for number in 0..count {
        sender.note(&mut large(number), &RecordStatus::default());
    }
    sender.end();
    let mut taken = 0;
    loop {
        match receiver.next(None) {
            NextLine::Entries(entries) => taken += entries.len() as u64,
            NextLine::Gap(gap) => taken += gap.entries,
            NextLine::Ended => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(taken, count);
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
            for number in 0..(CAPACITY_BYTES / PIECE_BYTES) as u64 + 16 {
                filling.note(&mut large(number), &RecordStatus::default());
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
    assert!(matches!(receiver.next(Some(soon)), NextLine::Paused));
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
    let mut all = entries((0..40).map(|at| event(at, 1, 1, received(at, &vec![b'x'; 100_000]))));
    let status = store.append(&mut all);
    assert!(status.entries > 0 && status.entries < 40);
    sender.note(&mut all, &status);
    assert_eq!(all.len() as u64, status.entries, "the others were taken");
    let unrecorded = 40 - status.entries;
    sender.note_record(&Err(CliError::NotRecorded { unrecorded }));
    sender.end();
    let (mut read, mut lacks) = (Vec::new(), Vec::new());
    loop {
        match receiver.next(None) {
            NextLine::Entries(entries) => {
                receiver.note_written(entries.len() as u64);
                read.extend(entries.into_iter().map(|it| it.event.stamp.0 / 1_000));
            }
            NextLine::Unrecorded(what) => lacks.push((read.len() as u64, what)),
            NextLine::Ended => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(read.into_iter().eq(0..40));
    let [(stopped_at, stopped), (counted_at, counted)] = &lacks[..] else {
        panic!("{lacks:?}");
    };
    assert_eq!((*stopped_at, *counted_at), (status.entries, 40));
    assert_eq!((&stopped.cause, stopped.entries), (&status.stopped, None));
    let first = stopped.first.map(|(stamp, _)| stamp.0 / 1_000);
    assert_eq!(first, Some(status.entries));
    assert_eq!((&counted.cause, counted.entries), (&None, Some(unrecorded)));
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
        sender.note(&mut all, &status);
        status
    };
    append(0, 1);
    assert_eq!(numbers(&receiver.next(None)), [0]);
    let status = append(1, 99);
    let NextLine::Gap(gap) = receiver.next(None) else {
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
    sender.note(&mut all, &status);
    drop(folder);
    sender.end();
    let NextLine::Gap(gap) = receiver.next(None) else {
        panic!("it was read");
    };
    assert_eq!(gap.entries, 3);
    assert!(matches!(receiver.next(None), NextLine::Ended));
    assert!(matches!(all[0].event.kind, EventKind::Accepted { .. }));
}
