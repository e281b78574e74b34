//! Tests the capture on disk as a whole: what is written is read back, despite kills, full disks, limits and damage.

use std::fs;
use std::ops::ControlFlow;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::capture::Say as _;
use crate::capture::event::{Event, EventKind};
use crate::capture::record::{Depth, Record};
use crate::capture::synthetic::{
    VariantNames, accepted, closed, empty_record, empty_record_of, entries, event, listening,
    received, ring, sent,
};
use crate::net::{Payload, PayloadId};

fn everything() -> Keep {
    Keep::up_to(u64::MAX)
}

/// Summarises an entry, without payload ids, which are not stored.
fn described(entry: &Entry) -> String {
    let bytes = entry.payload().map(|payload| payload.bytes.clone());
    let event = &entry.event;
    let kind = match entry.payload() {
        Some(_) => VariantNames.entry(entry).text,
        None => format!("{:?}", event.kind),
    };
    let streams = match entry.payload() {
        Some(_) => format!("{:?}", entry.stream()),
        None => format!("{:?}", entry.streams),
    };
    format!(
        "{} {:?} {:?} {:?} {:?} {kind} {bytes:?} {} {streams}",
        entry.number, entry.time, event.stamp, event.endpoint, event.link, entry.size_bytes
    )
}

fn server_1() -> HashMap<EndpointId, EndpointFacts> {
    let facts = EndpointFacts::named("Server 1".to_owned());
    HashMap::from([(EndpointId(1), facts)])
}

fn all(record: &Record) -> Vec<String> {
    let RecordStatus {
        entries,
        first_kept,
        ..
    } = record.status();
    let mut all = Vec::new();
    record.visit(first_kept..entries, Depth::Whole, |_, entry| {
        all.push(described(&entry.unwrap()));
        ControlFlow::Continue(())
    });
    all
}

fn open(dir: &Path) -> Record {
    Record::new(Arc::new(Store::open(dir).unwrap()))
}

/// A conversation of `count` exchanges on two connections, in which all bytes are distinguishable.
fn conversation(count: u64) -> Vec<Event> {
    let mut events = vec![event(0, 1, 0, listening()), event(1, 1, 7, accepted())];
    for n in 0..count {
        let bytes = format!("message {n}");
        events.push(event(10 + n, 1, 7, received(n + 1, bytes.as_bytes())));
        events.push(event(10 + n, 1, 7, sent(n + 1, bytes.as_bytes())));
        events.push(event(10 + n, 2, 8, sent(1_000_000 + n, b"\xE6\x97")));
    }
    events.push(event(20 + count, 1, 7, closed()));
    events
}

#[test]
fn appended_entries_round_trip_across_many_segments() {
    let record = empty_record_of(everything(), 16);
    let mut expected = entries(conversation(50));
    for batch in expected.chunks_mut(7) {
        record.store().append(batch);
    }
    let expected: Vec<_> = expected.iter().map(described).collect();
    assert_eq!(all(&record), expected);
    assert!(record.store().segments().len() > 8);
    // Another handle on the folder sees the same, while it is being recorded and after it is closed.
    let dir = record.store().dir();
    assert!(Store::is_being_recorded(&dir));
    assert_eq!(all(&open(&dir)), expected);
    record.store().close().unwrap();
    assert!(!Store::is_being_recorded(&dir));
    assert!(Store::manifest_of(&dir).unwrap().is_closed());
    assert_eq!(all(&open(&dir)), expected);
}

#[test]
fn every_entry_is_found_by_its_number() {
    let record = empty_record_of(everything(), 4);
    let mut expected = entries(conversation(20));
    record.store().append(&mut expected);
    for number in [40, 0, 3, 4, 62, 17] {
        let entry = record.entry(number, Depth::Whole).unwrap().unwrap();
        assert_eq!(described(&entry), described(&expected[number as usize]));
    }
    assert!(record.entry(63, Depth::Whole).unwrap().is_none());
    assert!(record.entry(u64::MAX, Depth::Whole).unwrap().is_none());
}

#[test]
fn only_the_head_of_a_payload_is_read_for_a_row() {
    let record = empty_record();
    let long = vec![b'x'; 100_000];
    let mut long = entries([event(0, 1, 7, received(1, &long))]);
    record.store().append(&mut long);
    let head = record.entry(0, Depth::Head).unwrap().unwrap();
    assert_eq!(head.size_bytes, 100_000);
    assert!(head.payload().unwrap().bytes.len() < 4_096);
}

#[test]
fn an_echo_is_stored_once() {
    let record = empty_record();
    let bytes = vec![0x5A; 1_000_000];
    let before = record.status().kept_bytes;
    let mut echo = entries([
        event(0, 1, 7, received(1, &bytes)),
        event(1, 1, 7, sent(1, &bytes)),
    ]);
    record.store().append(&mut echo);
    let taken = record.status().kept_bytes - before;
    assert!((1_000_000..1_001_000).contains(&taken), "{taken} bytes");
    assert_eq!(all(&record).len(), 2);
}

#[test]
fn a_small_message_takes_at_most_64_bytes_besides_its_payload() {
    const COUNT: u64 = 20_000;
    let record = empty_record();
    let message = [0x5A; 10];
    for first in (0..COUNT).step_by(1_000) {
        let events = (first..first + 1_000).map(|n| event(n, 1, 7, received(n, &message)));
        record.store().append(&mut entries(events));
    }
    let dir = record.store().dir();
    record.store().close().unwrap();
    let files = fs::read_dir(dir).unwrap();
    let taken: u64 = files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    let each = (taken as f64 - (COUNT * 10) as f64) / COUNT as f64;
    assert!(each <= 64.0, "{each} bytes each");
}

#[test]
fn a_capture_stops_at_its_limit_and_can_be_resumed() {
    let limit_bytes = 40_000;
    let keep = Keep {
        limit_bytes,
        ..everything()
    };
    let record = empty_record_of(keep, 64);
    let events =
        |from: u64| (from..from + 1_000).map(|n| event(n, 1, 7, received(n, b"0123456789")));
    let status = record.store().append(&mut entries(events(0)));
    assert_eq!(status.stopped, Some(StopCause::Bound { limit_bytes }));
    assert!(
        status.kept_bytes <= limit_bytes,
        "{} bytes",
        status.kept_bytes
    );
    assert_eq!(status.entries + status.unrecorded, 1_000);
    assert!(status.entries > 400, "{} entries", status.entries);
    record.store().append(&mut entries(events(1_000)));
    record.store().resume(everything());
    let before = record.status().entries;
    let status = record.store().append(&mut entries(events(2_000)));
    assert_eq!((status.stopped, status.unrecorded), (None, 0));
    assert_eq!(status.entries, before + 1_001);
    let gap = record.entry(before, Depth::Whole).unwrap().unwrap();
    let lost = 2_000 - before;
    assert!(matches!(gap.event.kind, EventKind::NotRecorded { entries } if entries == lost));
    // A new reader sees the same on disk.
    assert_eq!(all(&open(&record.store().dir())), all(&record));
}

#[test]
fn a_ring_drops_its_oldest_segments() {
    let record = ring(100);
    let limit_bytes = record.status().limit_bytes;
    for n in 0..1_000 {
        let status = record
            .store()
            .append(&mut entries([event(n, 1, 7, accepted())]));
        assert!(status.kept_bytes <= limit_bytes);
        assert_eq!((status.entries, status.stopped), (n + 1, None));
    }
    let RecordStatus { first_kept, .. } = record.status();
    assert!((850..960).contains(&first_kept), "{first_kept}");
    assert!(
        record
            .entry(first_kept - 1, Depth::Whole)
            .unwrap()
            .is_none()
    );
    assert_eq!(all(&record).len() as u64, 1_000 - first_kept);
    assert_eq!(all(&open(&record.store().dir())), all(&record));
}

#[test]
fn the_first_bytes_of_each_chunk_are_kept_with_its_size() {
    let keep = Keep {
        chunk_limit_bytes: Some(4),
        ..everything()
    };
    let record = empty_record_of(keep, 64);
    let mut chunks = entries([
        event(0, 1, 7, received(1, b"0123456789")),
        event(1, 1, 7, received(2, b"abc")),
        event(2, 1, 7, sent(1, b"0123456789")),
    ]);
    record.store().append(&mut chunks);
    let kept = |number| {
        let entry = record.entry(number, Depth::Whole).unwrap().unwrap();
        let bytes = entry.payload().unwrap().bytes.clone();
        (bytes, entry.size_bytes, entry.stream().offset)
    };
    assert_eq!(kept(0), (Bytes::from_static(b"0123"), 10, 0));
    assert_eq!(kept(1), (Bytes::from_static(b"abc"), 3, 10));
    assert_eq!(kept(2), (Bytes::from_static(b"0123"), 10, 0));
}

#[test]
fn nothing_is_recorded_without_a_folder() {
    let store = Store::nowhere(StopCause::NoHome);
    let status = store.append(&mut entries(conversation(3)));
    assert_eq!(status.stopped, Some(StopCause::NoHome));
    assert_eq!((status.entries, status.unrecorded), (0, 12));
    store.resume(everything());
    let status = store.append(&mut entries(conversation(3)));
    assert_eq!((status.entries, status.unrecorded), (0, 24));
    let names = HashMap::from([(EndpointId(1), "Server 1".to_owned())]);
    store.describe_endpoints(&server_1()).unwrap();
    assert_eq!(store.manifest().names(), names);
    store.close().unwrap();
    for name in [manifest::FILE_NAME, "00000000.entries"] {
        assert!(!Path::new(name).exists(), "{name} in the working folder");
    }
}

#[test]
fn a_folder_that_vanished_stops_recording() {
    let record = empty_record_of(everything(), 4);
    record
        .store()
        .append(&mut entries([event(0, 1, 7, accepted())]));
    let dir = record.store().dir();
    fs::remove_dir_all(&dir).unwrap();
    // The next segment has no folder to go into.
    let status = record.store().append(&mut entries(conversation(3)));
    assert_eq!(status.stopped, Some(StopCause::Gone(dir)));
    // What went into its deleted files is not on record either.
    let lost = if cfg!(unix) { 13 } else { 13 - status.entries };
    assert_eq!(status.unrecorded, lost);
}

#[test]
fn a_file_that_was_deleted_while_recording_stops_it() {
    for part in ["payload", "flows", "index"] {
        let record = empty_record_of(everything(), 1_000);
        let store = record.store();
        store.append(&mut entries(conversation(3)));
        let path = store.dir().join(format!("00000000.{part}"));
        fs::remove_file(&path).unwrap();
        let status = store.check_folder();
        let Some(StopCause::Failed(failure)) = status.stopped else {
            panic!("{part}: {status:?}");
        };
        let StoreError::Damaged(error) = failure.error() else {
            panic!("{part}: {failure:?}");
        };
        assert_eq!(error.path(), path);
        // What comes later is counted.
        let status = store.append(&mut entries(conversation(1)));
        assert!(status.unrecorded > 0, "{part}: {status:?}");
    }
}

#[test]
fn a_capture_that_was_not_closed_says_how_many_entries_are_missing_at_least() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let store = Store::create(&dir, everything(), UNIX_EPOCH).unwrap();
    store.append(&mut entries(conversation(3)));
    store.switch_off();
    let later = entries(conversation(2));
    store.append(&mut later.clone());
    let found = || {
        let store = Store::open(&dir).unwrap();
        let soundness = store.soundness();
        (
            soundness.ended,
            soundness.unrecorded,
            store.manifest().is_closed(),
        )
    };
    // At once, and then once a second.
    let first = later.len() as u64;
    assert_eq!(found(), (Ended::Off, first, false));
    store.append(&mut later.clone());
    let (_, least, _) = found();
    assert!((first..=2 * first).contains(&least), "{least}");
    store.close().unwrap();
    assert_eq!(found(), (Ended::Off, 2 * first, true));
}

#[test]
fn names_are_stored_in_the_capture() {
    let record = empty_record();
    let names = HashMap::from([(EndpointId(1), "Server 1".to_owned())]);
    record.store().describe_endpoints(&server_1()).unwrap();
    let manifest = Store::manifest_of(&record.store().dir()).unwrap();
    assert_eq!(manifest.names(), names);
    assert!(!manifest.is_closed());
}

#[test]
fn a_capture_is_created_only_in_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), everything(), UNIX_EPOCH).unwrap();
    let again = Store::create(folder.path(), everything(), UNIX_EPOCH);
    assert!(matches!(again, Err(StoreError::NotEmpty(_))), "{again:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(store.dir()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    drop(store);
    let other = folder.path().join("nothing");
    let missing = Store::open(&other);
    assert!(
        matches!(missing, Err(StoreError::NoCapture { .. })),
        "{missing:?}"
    );
}

#[test]
fn a_capture_can_move_while_it_is_being_recorded() {
    let record = empty_record_of(everything(), 4);
    let mut first = entries(conversation(3));
    record.store().append(&mut first);
    let target = record.dir.path().join("saved");
    let relocate = |from: &Path| {
        fs::rename(from, &target).map_err(StoreError::io(FileAction::Rename, from))?;
        Ok(target.clone())
    };
    record.store().relocate(relocate).unwrap();
    record.store().append(&mut entries(conversation(3)));
    assert_eq!(all(&record).len(), 24);
    record.store().close().unwrap();
    assert_eq!(all(&open(&target)), all(&record));
}

#[test]
fn a_distant_time_starts_a_segment_and_is_exact() {
    let record = empty_record_of(everything(), 1_000);
    let mut jump = entries([event(0, 1, 7, accepted()), event(1, 1, 7, closed())]);
    jump[1].time += Duration::from_hours(50 * 365 * 24);
    record.store().append(&mut jump);
    assert_eq!(record.store().segments().len(), 2);
    let expected: Vec<_> = jump.iter().map(described).collect();
    assert_eq!(all(&record), expected);
}

#[test]
fn a_small_ring_wraps_with_entries_that_store_nothing() {
    let keep = Keep {
        at_limit: AtLimit::GiveUpOldest,
        ..Keep::up_to(0)
    };
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("ring"), keep, UNIX_EPOCH).unwrap();
    let mut total = 0;
    for _ in 0..30 {
        let canned = (0..2_000).map(|n| event(n, 1, 7, sent(1, b"the same every time")));
        let status = store.append(&mut entries(canned));
        total += 2_000;
        assert_eq!((status.stopped, status.entries), (None, total));
        assert!(status.kept_bytes <= keep.limit_bytes);
    }
    let kept = total - store.status().first_kept;
    assert!(kept > 14_000, "{kept} entries");
}

#[test]
fn a_gap_is_reported_once_if_recording_stops_again_in_the_same_batch() {
    let record = empty_record();
    let store = record.store();
    store.append(&mut entries([event(0, 1, 7, accepted())]));
    store.switch_off();
    let quiet = |micros| event(micros, 1, 7, EventKind::PeerFinished);
    store.append(&mut entries([quiet(1), quiet(2), quiet(3)]));
    assert_eq!(store.status().unrecorded, 3);
    // More than is staged at once, and more than one segment holds. The second segment finds its place taken.
    let bytes = vec![0x5A; 30_000];
    let mut many = entries((0..1_200).map(|n| event(4 + n, 1, 7, received(n, &bytes))));
    store.resume(everything());
    fs::create_dir(store.dir().join("00000002.entries")).unwrap();
    let status = store.append(&mut many);
    assert!(matches!(status.stopped, Some(StopCause::Failed(_))));
    assert!(status.entries > 2, "{status:?}");
    // The first one, the one that reports the gap, and these.
    assert_eq!(status.entries + status.unrecorded, 1 + 1 + 1_200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_batches_round_trip(
        lens in proptest::collection::vec((0..3_000_usize, 0..4_u64, any::<bool>()), 1..80),
        batch in 1..20_usize,
        segment_entries in 1..40_u32,
    ) {
        let events = lens.iter().enumerate().map(|(n, &(len, id, is_sent))| {
            let bytes: Vec<u8> = (0..len).map(|place| (place as u64 * 31 + id) as u8).collect();
            let mut payload = Payload::new(PayloadId(id * 3_000 + len as u64), Bytes::from(bytes));
            let payload = payload.split_to(len - len % 7);
            let kind = if is_sent {
                EventKind::Sent { payload, took: Duration::from_nanos(5) }
            } else {
                EventKind::Received { payload }
            };
            event(n as u64, 1, 1 + id, kind)
        });
        let mut expected = entries(events);
        let record = empty_record_of(everything(), segment_entries);
        for batch in expected.chunks_mut(batch) {
            record.store().append(batch);
        }
        let expected: Vec<_> = expected.iter().map(described).collect();
        prop_assert_eq!(all(&record), &expected[..]);
        prop_assert_eq!(all(&open(&record.store().dir())), expected);
    }
}
