//! Tests what damage to a capture's files costs: what it touches and no more, and never in silence.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use proptest::prelude::*;

use super::format::{FLOW_BYTES, HEAD_BYTES, Head, RECORD_BYTES, SEAL_BYTES, Seal, SegmentFile};
use super::writer::SegmentSize;
use super::{
    Damage, Ended, EndpointFacts, EntryRecord, Keep, OpenSegment, PacketCheck, ReadError, Store,
    StoreError,
};
use crate::capture::entry::Entry;
use crate::capture::event::{Event, EventKind};
use crate::capture::record::{Depth, Record};
use crate::capture::sample::Sample;
use crate::capture::synthetic::{accepted, closed, entries, event, listening, received, sent};
use crate::net::kernel::{Mark, MarkKind, Sampled};
use crate::net::{EndpointId, Link, Stamp};

/// A capture in a folder of its own.
struct Specimen {
    folder: tempfile::TempDir,
    /// Its entries as they were recorded.
    whole: Vec<String>,
}

/// A conversation on two connections, in which all bytes are distinguishable.
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

/// Returns samples of a connection.
fn marks(count: u64, link: Option<&Arc<Link>>) -> Vec<Sample> {
    let mark = |n| Sample {
        stamp: Stamp(n),
        endpoint: EndpointId(1),
        link: link.cloned(),
        what: Sampled::Mark(Mark {
            kind: MarkKind::Left,
            end: n,
            at: Stamp(n),
        }),
    };
    (1..=count).map(mark).collect()
}

/// Describes an entry, without payload ids, which are not stored.
fn described(entry: &Entry) -> String {
    let bytes = entry.payload().map(|payload| payload.bytes.clone());
    let kind = match entry.payload() {
        Some(_) => format!("{:?} {:?}", entry.event.kind.direction(), entry.stream()),
        None => format!("{:?} {:?}", entry.event.kind, entry.streams),
    };
    let Event {
        stamp,
        endpoint,
        link,
        ..
    } = &entry.event;
    format!(
        "{} {:?} {stamp:?} {endpoint:?} {link:?} {kind} {bytes:?} {}",
        entry.number, entry.time, entry.size_bytes
    )
}

impl Specimen {
    /// Records a conversation in segments of 16 entries.
    fn new(is_closed: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("capture");
        let size = SegmentSize {
            entries: 16,
            payload_bytes: u64::MAX,
        };
        let keep = Keep::up_to(u64::MAX);
        let store = Store::create_sized(&dir, keep, size, UNIX_EPOCH).unwrap();
        let facts = EndpointFacts::named("Server 1".to_owned());
        let facts = HashMap::from([(EndpointId(1), facts)]);
        store.describe_endpoints(&facts).unwrap();
        let mut recorded = entries(conversation(20));
        let link = recorded[1].event.link.clone();
        for part in recorded.chunks_mut(40) {
            store.append(part);
            store.append_samples(&marks(5, link.as_ref()));
        }
        let whole = recorded.iter().map(described).collect();
        if is_closed {
            store.close().unwrap();
        } else {
            // A copy, as a killed recorder would have left it behind.
            let copy = folder.path().join("killed");
            copy_files(&dir, &copy);
            fs::remove_dir_all(&dir).ok();
            drop(store);
            fs::rename(copy, &dir).unwrap();
        }
        Self { folder, whole }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("capture")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir().join(name)
    }

    fn open(&self) -> Record {
        Record::new(Arc::new(Store::open(&self.dir()).unwrap()))
    }

    /// Opens it, and returns the numbers of the entries that are damaged or missing. All others must be as recorded.
    fn lost(&self) -> Vec<u64> {
        let record = self.open();
        let mut lost: Vec<u64> = Vec::new();
        let mut seen = 0;
        for (number, whole) in (0..).zip(&self.whole) {
            match record.entry(number, Depth::Whole) {
                Ok(Some(entry)) if entry.damage.is_none() => {
                    assert_eq!(described(&entry), *whole, "entry {number}");
                    seen += 1;
                }
                _ => lost.push(number),
            }
        }
        assert_eq!(seen + lost.len(), self.whole.len());
        lost
    }

    /// Returns what is reported without looking at the entries.
    fn reported(&self) -> Vec<String> {
        let record = self.open();
        let damage = &record.store().soundness().damage;
        let name = |error: &Arc<ReadError>| {
            let file = error
                .path()
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            match &**error {
                ReadError::Damaged { what, .. } => format!("{file} {what:?}"),
                ReadError::Io { .. } => format!("{file} Io"),
            }
        };
        damage.iter().map(name).collect()
    }

    fn verified(&self) -> (bool, u64) {
        let verified = self
            .open()
            .store()
            .verify(|_| ControlFlow::Continue(()))
            .unwrap();
        (verified.is_sound(), verified.damaged_entries)
    }

    /// Returns whether `show` and `export` would find nothing wrong: they open it, and read its entries, then what no
    /// entry is read for.
    fn is_shown_as_sound(&self) -> bool {
        let record = self.open();
        let store = record.store();
        let packets = store.check_packets();
        let end = (store.soundness().ended, store.soundness().unrecorded);
        self.lost().is_empty()
            && store.soundness().damage.is_empty()
            && store.damaged_samples().is_empty()
            && matches!(packets, PacketCheck::Whole)
            && end == (Ended::Closed, 0)
    }

    fn flip(&self, name: &str, at: u64) {
        let path = self.path(name);
        let mut bytes = fs::read(&path).unwrap();
        bytes[at as usize] ^= 0x20;
        fs::write(path, bytes).unwrap();
    }

    fn cut(&self, name: &str, len: u64) {
        let file = OpenOptions::new().write(true).open(self.path(name));
        file.unwrap().set_len(len).unwrap();
    }
}

fn copy_files(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_name() != "lock" {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

const HEAD: u64 = HEAD_BYTES as u64;
const RECORD: u64 = RECORD_BYTES as u64;

#[test]
fn a_closed_capture_is_sound() {
    let specimen = Specimen::new(true);
    assert_eq!(specimen.reported(), [""; 0]);
    assert_eq!(specimen.lost(), [0; 0]);
    assert_eq!(specimen.verified(), (true, 0));
    let soundness = specimen.open().store().soundness().clone();
    assert_eq!((soundness.ended, soundness.unrecorded), (Ended::Closed, 0));
}

#[test]
fn an_interrupted_capture_is_whole_and_says_so() {
    let specimen = Specimen::new(false);
    assert_eq!(specimen.reported(), [""; 0]);
    assert_eq!(specimen.lost(), [0; 0]);
    assert_eq!(specimen.open().store().soundness().ended, Ended::Open);
    assert!(!specimen.open().store().manifest().is_closed());
    // A record that was half written does not count; one that was written whole and is damaged does.
    let last = "00000003.entries";
    let len = fs::metadata(specimen.path(last)).unwrap().len();
    specimen.cut(last, len - 1);
    assert_eq!(specimen.open().status().entries, 62);
    assert_eq!(specimen.reported(), [""; 0]);
    specimen.cut(last, len - RECORD);
    specimen.cut(last, len);
    assert_eq!(specimen.lost(), [62]);
    assert_eq!(specimen.verified(), (false, 1));
}

#[test]
fn a_damaged_record_costs_itself() {
    let specimen = Specimen::new(true);
    specimen.flip("00000001.entries", HEAD + 3 * RECORD + 20);
    assert_eq!(specimen.lost(), [19]);
    assert_eq!(specimen.verified(), (false, 1));
    let error = specimen.open().entry(19, Depth::Whole).unwrap_err();
    let expected = ReadError::Damaged {
        path: specimen.path("00000001.entries"),
        position: HEAD + 3 * RECORD,
        what: Damage::Checksum,
    };
    assert_eq!(error.to_string(), expected.to_string());
}

#[test]
fn altered_bytes_never_come_out_as_true() {
    let specimen = Specimen::new(true);
    let name = "00000001.payload";
    let bytes = fs::read(specimen.path(name)).unwrap();
    let at = bytes.windows(9).position(|it| it == b"message 7").unwrap();
    specimen.flip(name, at as u64);
    // An echo is stored once, so the damage costs both.
    assert_eq!(specimen.lost(), [23, 24]);
    assert_eq!(specimen.verified(), (false, 2));
    // What is known besides the bytes is still there.
    for depth in [Depth::Head, Depth::Whole] {
        let entry = specimen.open().entry(23, depth).unwrap().unwrap();
        assert_eq!(entry.size_bytes, 9);
        assert!(entry.damage.is_some() && entry.event.link.is_some());
        assert!(entry.payload().unwrap().bytes.is_empty());
    }
}

#[test]
fn zeroed_payload_costs_no_lifecycle_entry_in_silence() {
    let specimen = Specimen::new(true);
    let name = "00000000.payload";
    let len = fs::metadata(specimen.path(name)).unwrap().len();
    specimen.cut(name, HEAD);
    specimen.cut(name, len);
    // That a connection was accepted needs no bytes.
    let lost: Vec<u64> = (0..16).filter(|entry| *entry != 1).collect();
    assert_eq!(specimen.lost(), lost);
    assert_eq!(specimen.verified(), (false, 15));
}

#[test]
fn a_damaged_flow_costs_its_entries() {
    let specimen = Specimen::new(true);
    // The endpoint with its name, its connection, the other endpoint's connection.
    for at in [30, 31] {
        specimen.flip("00000000.flows", HEAD + FLOW_BYTES as u64 + at);
    }
    let lost = specimen.lost();
    assert!(
        lost.contains(&1) && !lost.contains(&0) && !lost.contains(&4),
        "{lost:?}"
    );
    assert!(lost.iter().all(|&entry| entry < 16));
    assert!(!specimen.verified().0);
}

#[test]
fn one_changed_bit_of_a_flow_costs_nothing_and_is_reported() {
    let specimen = Specimen::new(true);
    let path = specimen.path("00000000.flows");
    let whole = fs::read(&path).unwrap();
    let row = HEAD as usize + FLOW_BYTES;
    for bit in 0..FLOW_BYTES * 8 {
        let mut bytes = whole.clone();
        bytes[row + bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, bytes).unwrap();
        assert_eq!(specimen.lost(), [0; 0], "bit {bit}");
        assert_eq!(specimen.reported(), ["00000000.flows Bit"], "bit {bit}");
        let verified = specimen
            .open()
            .store()
            .verify(|_| ControlFlow::Continue(()));
        let verified = verified.unwrap();
        let found: Vec<_> = verified.damage.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        let (what, place) = ("what: Bit", format!("position: {row},"));
        assert!(
            found[0].contains(what) && found[0].contains(&place),
            "{found:?}"
        );
    }
}

/// As a newer version may write them: these bytes never change.
fn samples(specimen: &Specimen) -> Vec<u8> {
    let head = fs::read(specimen.path("00000000.entries")).unwrap();
    let head: &[u8; HEAD_BYTES] = head.first_chunk().unwrap();
    let head = Head::decode(SegmentFile::Entries, head).unwrap();
    let mut bytes = head.encode(SegmentFile::Samples).to_vec();
    for (row, body) in (0_u32..).zip([&b"\x01\x02\x00ab"[..], b""]) {
        // Kind 7, the length of the body, flow 1, stamp 0x0102.
        let mut behind = vec![7, 0, body.len() as u8, 0, 1, 0, 0, 0];
        behind.extend([2, 1, 0, 0, 0, 0, 0, 0]);
        behind.extend(body);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(head.capture.as_bytes());
        hasher.update(&head.first_entry.to_le_bytes());
        hasher.update(&row.to_le_bytes());
        hasher.update(&behind);
        bytes.extend(hasher.finalize().to_le_bytes());
        bytes.extend(behind);
    }
    bytes
}

#[test]
fn samples_of_a_newer_version_are_skipped_and_counted() {
    let specimen = Specimen::new(true);
    let whole = samples(&specimen);
    assert_eq!(&whole[..4], b"BEsa");
    let check = |bytes: &[u8], is_sound: bool, expected: u64| {
        fs::write(specimen.path("00000000.samples"), bytes).unwrap();
        assert_eq!(specimen.lost(), [0; 0]);
        let verified = specimen
            .open()
            .store()
            .verify(|_| ControlFlow::Continue(()));
        let verified = verified.unwrap();
        assert_eq!(
            (verified.is_sound(), verified.unknown_samples),
            (is_sound, expected)
        );
    };
    check(&whole, true, 2);
    check(&whole[..whole.len() - 1], false, 1);
    check(&whole[..30], false, 0);
    let mut changed = whole.clone();
    changed[HEAD_BYTES + 10] ^= 1;
    // The one behind it shows where it ends.
    check(&changed, false, 1);
}

#[test]
fn damage_of_a_sample_costs_itself_and_one_that_was_cut_off_is_none() {
    // Each has a kind, an offset and a time of one byte.
    const SAMPLE: usize = 20 + 3 * 4;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let store = Store::create(&dir, Keep::up_to(u64::MAX), UNIX_EPOCH).unwrap();
    let mut recorded = entries([event(1, 1, 7, accepted())]);
    store.append(&mut recorded);
    let link = recorded[0].event.link.clone();
    let samples = marks(10, link.as_ref());
    store.append_samples(&samples);
    let file = dir.join("00000000.samples");
    let copy = folder.path().join("killed");
    copy_files(&dir, &copy);
    store.close().unwrap();
    let whole = fs::read(&file).unwrap();
    assert_eq!(whole.len(), HEAD_BYTES + 10 * SAMPLE);
    let check = |dir: &Path, bytes: Option<&[u8]>, expected: (bool, u64, u64)| {
        let path = dir.join("00000000.samples");
        match bytes {
            Some(bytes) => fs::write(path, bytes).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        let store = Store::open(dir).unwrap();
        let verified = store.verify(|_| ControlFlow::Continue(())).unwrap();
        let found = (
            verified.is_sound(),
            verified.samples,
            verified.damaged_samples,
        );
        assert_eq!(found, expected);
        assert_eq!(verified.entries, 1);
    };
    check(&dir, Some(&whole), (true, 10, 0));
    // In the first, the fifth, the last: in its body, its checksum, its length.
    for row in [0, 4, 9] {
        for at in [25, 1, 6] {
            let mut changed = whole.clone();
            changed[HEAD_BYTES + row * SAMPLE + at] ^= 1;
            check(&dir, Some(&changed), (false, 9, 1));
            // Whoever wrote this was killed while it did: what its last one says may be the torn end.
            let is_torn = row == 9 && at == 6;
            if !is_torn {
                check(&copy, Some(&changed), (false, 9, 1));
            }
        }
    }
    let cut = &whole[..whole.len() - 3];
    check(&dir, Some(cut), (false, 9, 1));
    check(&dir, Some(&whole[..HEAD_BYTES + 2 * SAMPLE]), (false, 2, 8));
    check(&dir, Some(&[&whole[..], b"more"].concat()), (false, 10, 0));
    check(&copy, Some(cut), (true, 9, 0));
    check(&dir, None, (false, 0, 10));
}

#[test]
fn the_seal_of_an_earlier_version_says_nothing_of_its_samples() {
    let specimen = Specimen::new(true);
    let path = specimen.path("00000002.index");
    let mut bytes = fs::read(&path).unwrap();
    let place: &mut [u8; SEAL_BYTES] = bytes[HEAD_BYTES..].first_chunk_mut().unwrap();
    let seal = Seal::decode(place).unwrap();
    assert_eq!(seal.samples, 5);
    *place = Seal {
        samples: 0,
        samples_bytes: 0,
        ..seal
    }
    .encode();
    fs::write(path, bytes).unwrap();
    assert_eq!(specimen.reported(), [""; 0]);
    assert_eq!(specimen.verified(), (true, 0));
    assert!(specimen.is_shown_as_sound());
}

#[test]
fn a_closed_capture_without_its_last_seal_was_closed_and_says_what_is_missing() {
    let check = |names: &[&str], lost: std::ops::Range<u64>| {
        let specimen = Specimen::new(true);
        for name in names {
            fs::remove_file(specimen.path(name)).unwrap();
        }
        let lost: Vec<u64> = lost.collect();
        assert_eq!(specimen.lost(), lost, "{names:?}");
        let record = specimen.open();
        assert_eq!(record.store().soundness().ended, Ended::Closed);
        assert_eq!(record.status().entries, 63);
        assert_eq!(specimen.verified(), (false, lost.len() as u64));
        assert!(!specimen.is_shown_as_sound());
    };
    check(&["00000003.index"], 0..0);
    let last = ["entries", "payload", "flows", "index", "samples"];
    let last = last.map(|part| format!("00000003.{part}"));
    let last: Vec<&str> = last.iter().map(String::as_str).collect();
    check(&last, 48..63);
    let specimen = Specimen::new(true);
    specimen.flip("00000003.index", HEAD + 20);
    assert_eq!(specimen.open().store().soundness().ended, Ended::Closed);
    assert_eq!(specimen.reported(), ["00000003.index Checksum"]);
    // All segments are gone: the manifest knows from where to where they went.
    let specimen = Specimen::new(true);
    for file in fs::read_dir(specimen.dir()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|it| it != "toml") {
            fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(specimen.lost(), (0..63).collect::<Vec<_>>());
    assert_eq!(specimen.verified(), (false, 63));
}

#[test]
fn a_peer_of_an_unknown_family_costs_only_its_address() {
    let specimen = Specimen::new(true);
    let path = specimen.path("00000001.flows");
    let mut bytes = fs::read(&path).unwrap();
    let head = *specimen.open().store().segments()[1].head();
    let rows = bytes[HEAD_BYTES..].as_chunks_mut::<FLOW_BYTES>().0;
    let mut changed = 0;
    for (row, bytes) in (0..).zip(rows) {
        // A connection, of a peer with an IP address.
        if bytes[4] == 2 {
            bytes[48] = 99;
            let sum = head.place(row).sum(bytes);
            bytes[..4].copy_from_slice(&sum.to_le_bytes());
            changed += 1;
        }
    }
    assert!(changed > 0);
    fs::write(path, bytes).unwrap();
    let store = Store::open(&specimen.dir()).unwrap();
    let verified = store.verify(|_| ControlFlow::Continue(())).unwrap();
    assert!(verified.is_sound(), "{:?}", verified.damage);
    assert_eq!(verified.unknown_fields, changed);
    let before = Specimen::new(true);
    let whole = before.open();
    let record = specimen.open();
    for number in 16..32 {
        let link = |record: &Record| {
            let entry = record.entry(number, Depth::Whole).unwrap().unwrap();
            let link = entry.event.link.unwrap();
            (link.connection, link.local.clone())
        };
        assert_eq!(link(&record), link(&whole), "entry {number}");
    }
}

#[test]
fn a_ring_deletes_samples_with_their_segment() {
    let specimen = Specimen::new(true);
    fs::write(specimen.path("00000000.samples"), samples(&specimen)).unwrap();
    let segments = specimen.open().store().segments();
    segments[0].delete().unwrap();
    let left = fs::read_dir(specimen.dir()).unwrap();
    let names = left.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with("00000000")).count(), 0);
}

#[test]
fn one_head_is_enough() {
    let specimen = Specimen::new(true);
    for part in ["entries", "payload", "flows"] {
        specimen.flip(&format!("00000001.{part}"), 30);
        assert_eq!(specimen.lost(), [0; 0], "{part}");
    }
    let expected = [
        "00000001.entries Head",
        "00000001.payload Head",
        "00000001.flows Head",
    ];
    assert_eq!(specimen.reported(), expected);
    // Without any, the place of the segment remains.
    specimen.flip("00000001.index", 30);
    assert_eq!(specimen.lost(), (16..32).collect::<Vec<_>>());
}

#[test]
fn a_missing_file_costs_what_it_held() {
    let check = |name: &str, expected: &[u64]| {
        let specimen = Specimen::new(true);
        fs::remove_file(specimen.path(name)).unwrap();
        assert_eq!(specimen.lost(), expected, "{name}");
        let reported = specimen.reported();
        assert_eq!(reported, [format!("{name} Missing")]);
        assert!(!specimen.verified().0, "{name}");
    };
    let middle: Vec<u64> = (16..32).collect();
    check("00000001.entries", &middle);
    check("00000001.payload", &middle);
    check("00000001.flows", &middle);
    check("00000001.index", &[]);
    check("00000000.entries", &(0..16).collect::<Vec<_>>());
    check("00000003.entries", &(48..63).collect::<Vec<_>>());
}

#[test]
fn a_missing_segment_is_noticed_wherever_it_was() {
    let check = |number: u32, expected: &[u64]| {
        let specimen = Specimen::new(true);
        for part in ["entries", "payload", "flows", "index"] {
            fs::remove_file(specimen.path(&format!("{number:08}.{part}"))).unwrap();
        }
        assert_eq!(specimen.lost(), expected, "segment {number}");
        let reported = specimen.reported();
        assert_eq!(reported, [format!("{number:08}.entries Missing")]);
        assert!(!specimen.verified().0, "segment {number}");
    };
    check(0, &(0..16).collect::<Vec<_>>());
    check(1, &(16..32).collect::<Vec<_>>());
    check(2, &(32..48).collect::<Vec<_>>());
    check(3, &(48..63).collect::<Vec<_>>());
}

#[test]
fn a_truncated_file_is_noticed() {
    let specimen = Specimen::new(true);
    specimen.cut("00000001.flows", HEAD);
    assert_eq!(specimen.lost(), (16..32).collect::<Vec<_>>());
    assert_eq!(specimen.reported(), ["00000001.flows Short"]);
    specimen.cut("00000002.entries", HEAD + 2 * RECORD);
    assert_eq!(specimen.lost(), (16..32).chain(34..48).collect::<Vec<_>>());
}

#[test]
fn bytes_that_were_cut_off_cost_those_who_need_them() {
    let specimen = Specimen::new(true);
    let name = "00000001.payload";
    let len = fs::metadata(specimen.path(name)).unwrap().len();
    specimen.cut(name, HEAD + (len - HEAD) / 2);
    let lost = specimen.lost();
    assert!((1..16).contains(&lost.len()), "{lost:?}");
    assert_eq!(specimen.verified(), (false, lost.len() as u64));
}

#[test]
fn flows_that_are_not_there_are_not_counted() {
    let specimen = Specimen::new(true);
    let path = specimen.path("00000001.index");
    let mut bytes = fs::read(&path).unwrap();
    let place: &mut [u8; SEAL_BYTES] = bytes[HEAD_BYTES..].first_chunk_mut().unwrap();
    let seal = Seal::decode(place).unwrap();
    let flows = u32::MAX;
    *place = Seal { flows, ..seal }.encode();
    fs::write(path, bytes).unwrap();
    assert_eq!(specimen.reported(), ["00000001.flows Short"]);
    assert_eq!(specimen.lost(), [0; 0]);
    let store = Store::open(&specimen.dir()).unwrap();
    let open = OpenSegment::new(Arc::clone(&store.segments()[1])).unwrap();
    assert_eq!(open.flow_count(), seal.flows);
    assert!(!specimen.verified().0);
}

#[test]
fn a_segment_that_claims_to_be_far_from_the_others_has_no_place() {
    let specimen = Specimen::new(true);
    let head = *specimen.open().store().segments()[3].head();
    let far = Head {
        first_entry: 1 << 60,
        ..head
    };
    for part in SegmentFile::ALL {
        let path = specimen.path(&format!("00000003.{}", part.extension()));
        let mut bytes = fs::read(&path).unwrap();
        bytes[..HEAD_BYTES].copy_from_slice(&far.encode(part));
        fs::write(path, bytes).unwrap();
    }
    // Their place remains: the manifest knows of them.
    assert_eq!(specimen.open().status().entries, 63);
    assert_eq!(specimen.lost(), (48..63).collect::<Vec<_>>());
    let reported = specimen.reported();
    assert!(
        reported.contains(&"00000003.entries Order".to_owned()),
        "{reported:?}"
    );
}

#[test]
fn a_file_of_another_segment_is_foreign() {
    let specimen = Specimen::new(true);
    let (from, to) = ("00000002.payload", "00000001.payload");
    fs::copy(specimen.path(from), specimen.path(to)).unwrap();
    assert_eq!(specimen.reported(), ["00000001.payload Foreign"]);
    let lost = specimen.lost();
    assert!(
        lost.iter().all(|entry| (16..32).contains(entry)),
        "{lost:?}"
    );
    assert!(!specimen.verified().0);
}

#[test]
fn the_manifest_is_rebuilt() {
    let check = |text: Option<&[u8]>| {
        let specimen = Specimen::new(true);
        let path = specimen.path("capture.toml");
        match text {
            Some(text) => fs::write(path, text).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        assert_eq!(specimen.reported(), ["capture.toml Manifest"]);
        assert_eq!(specimen.lost(), [0; 0]);
        let manifest = specimen.open().store().manifest();
        assert!(manifest.is_closed());
        assert_eq!(manifest.names()[&EndpointId(1)], "Server 1");
        assert_eq!(manifest.created(), UNIX_EPOCH);
    };
    check(None);
    check(Some(b""));
    check(Some(b"format = ["));
    check(Some(b"\xFF\xFE"));
    let claims = Specimen::new(true);
    let path = claims.path("capture.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text.replace("format = 2", "format = 3")).unwrap();
    assert_eq!(claims.reported(), ["capture.toml Manifest"]);
    let newer = Specimen::new(true);
    fs::write(newer.path("capture.toml"), "format = 99\n").unwrap();
    let opened = Store::open(&newer.dir());
    assert!(
        matches!(opened, Err(StoreError::Newer { format: 99, .. })),
        "{opened:?}"
    );
}

#[test]
fn a_damaged_index_is_rebuilt_and_reported() {
    let specimen = Specimen::new(true);
    let index = || {
        let store = Store::open(&specimen.dir()).unwrap();
        let open = OpenSegment::new(Arc::clone(&store.segments()[1])).unwrap();
        open.index().unwrap()
    };
    let written = index();
    specimen.flip("00000001.index", 140);
    assert_eq!(index(), written);
    assert_eq!(specimen.lost(), [0; 0]);
    assert_eq!(specimen.verified(), (false, 0));
}

#[test]
fn what_is_appended_to_a_sealed_segment_is_found() {
    for part in ["entries", "flows", "payload", "index"] {
        let name = &format!("00000001.{part}");
        let specimen = Specimen::new(true);
        assert_eq!(specimen.verified(), (true, 0));
        let len = fs::metadata(specimen.path(name)).unwrap().len();
        specimen.cut(name, len + 40);
        assert_eq!(specimen.verified(), (false, 0), "{name}");
        assert_eq!(specimen.lost(), [0; 0], "{name}");
        assert_eq!(specimen.reported(), [format!("{name} Long")]);
    }
    // What a killed recorder had begun to write is no damage.
    let killed = Specimen::new(false);
    let last = fs::read_dir(killed.dir()).unwrap();
    let names = last.map(|it| it.unwrap().file_name().into_string().unwrap());
    let last = names.filter(|it| it.ends_with(".entries")).max().unwrap();
    let len = fs::metadata(killed.path(&last)).unwrap().len();
    killed.cut(&last, len + 40);
    assert_eq!(killed.verified(), (true, 0));
}

#[test]
fn a_reference_to_nothing_is_damage() {
    let specimen = Specimen::new(true);
    let path = specimen.path("00000000.entries");
    let mut bytes = fs::read(&path).unwrap();
    let place: &mut [u8; RECORD_BYTES] = bytes[(HEAD + 5 * RECORD) as usize..]
        .first_chunk_mut()
        .unwrap();
    let head = *specimen.open().store().segments()[0].head();
    let record = EntryRecord::decode(head.place(5), place).unwrap();
    for flow in [9, u32::MAX / 3 + 1, u32::MAX] {
        *place = EntryRecord { flow, ..record }.encode(head.place(5));
        let record = place.to_vec();
        let mut file = OpenOptions::new().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(HEAD + 5 * RECORD)).unwrap();
        file.write_all(&record).unwrap();
        assert!(
            specimen
                .open()
                .entry(5, Depth::Whole)
                .unwrap()
                .unwrap()
                .damage
                .is_some()
        );
    }
}

/// A file can claim to be huge but occupy nothing on disk.
#[test]
fn huge_files_are_read_up_to_the_bounds_of_a_segment() {
    let specimen = Specimen::new(false);
    for part in ["entries", "flows", "payload"] {
        let name = format!("00000003.{part}");
        specimen.cut(&name, 1 << 40);
    }
    let record = specimen.open();
    assert_eq!(specimen.lost(), [0; 0]);
    let mut seen = 0;
    record.visit(0..200, Depth::Whole, |_, _| {
        seen += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(seen, 200);
}

#[test]
fn what_only_a_newer_version_knows_is_skipped_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let store = Store::create(&dir, Keep::up_to(u64::MAX), UNIX_EPOCH).unwrap();
    let unknown = EventKind::Unknown { kind: 4_711 };
    store.append(&mut entries([
        event(0, 1, 7, accepted()),
        event(1, 1, 7, unknown),
    ]));
    store.close().unwrap();
    fs::write(dir.join("00000000.later"), b"of a later version").unwrap();
    let store = Store::open(&dir).unwrap();
    let verified = store.verify(|_| ControlFlow::Continue(())).unwrap();
    assert!(verified.is_sound());
    assert_eq!((verified.entries, verified.unknown_kinds), (2, 1));
    let record = Record::new(Arc::new(store));
    let entry = record.entry(1, Depth::Whole).unwrap().unwrap();
    assert!(matches!(
        entry.event.kind,
        EventKind::Unknown { kind: 4_711 }
    ));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_is_refused() {
    let check = |name: &str, lost: &[u64]| {
        let specimen = Specimen::new(true);
        let path = specimen.path(name);
        fs::remove_file(&path).ok();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        assert!(!Store::is_being_recorded(&specimen.dir()));
        assert_eq!(specimen.lost(), lost, "{name}");
    };
    let first: Vec<u64> = (0..16).collect();
    check("capture.toml", &[]);
    check("lock", &[]);
    check("00000000.entries", &first);
    check("00000000.index", &[]);
    check("00000000.flows", &first);
    check("00000000.payload", &first);
}

/// What may happen to a capture's folder.
#[derive(Clone, Debug)]
enum Harm {
    Flip { file: usize, at: u64, bit: u8 },
    Cut { file: usize, len: u64 },
    Remove { file: usize },
    Zero { file: usize, at: u64 },
    Append { file: usize, len: usize },
    Swap { one: usize, other: usize },
}

fn harm() -> impl Strategy<Value = Harm> {
    let file = 0..20_usize;
    prop_oneof![
        6 => (file.clone(), any::<u64>(), 0..8_u8)
            .prop_map(|(file, at, bit)| Harm::Flip { file, at, bit }),
        2 => (file.clone(), any::<u64>()).prop_map(|(file, len)| Harm::Cut { file, len }),
        1 => file.clone().prop_map(|file| Harm::Remove { file }),
        1 => (file.clone(), any::<u64>()).prop_map(|(file, at)| Harm::Zero { file, at }),
        1 => (file.clone(), 1..100_usize).prop_map(|(file, len)| Harm::Append { file, len }),
        1 => (file.clone(), file).prop_map(|(one, other)| Harm::Swap { one, other }),
    ]
}

/// Does it. Returns whether anything changed.
fn inflict(dir: &Path, harm: &Harm) -> bool {
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name != "lock"))
        .collect();
    files.sort();
    let path = |file: &usize| files[file % files.len()].clone();
    let change = |file: &usize, change: &dyn Fn(&mut Vec<u8>)| {
        let path = path(file);
        let before = fs::read(&path).unwrap();
        if before.is_empty() {
            return false;
        }
        let mut bytes = before.clone();
        change(&mut bytes);
        fs::write(path, &bytes).unwrap();
        bytes != before
    };
    match harm {
        Harm::Flip { file, at, bit } => change(file, &|bytes| {
            let len = bytes.len() as u64;
            bytes[(at % len) as usize] ^= 1 << bit;
        }),
        Harm::Cut { file, len } => change(file, &|bytes| {
            bytes.truncate((len % bytes.len() as u64) as usize);
        }),
        Harm::Zero { file, at } => change(file, &|bytes| {
            let at = (at % bytes.len() as u64) as usize;
            bytes.iter_mut().skip(at).take(64).for_each(|it| *it = 0);
        }),
        Harm::Append { file, len } => change(file, &|bytes| {
            bytes.resize(bytes.len() + len, 0xA5);
        }),
        Harm::Remove { file } => fs::remove_file(path(file)).is_ok(),
        Harm::Swap { one, other } => {
            let (one, other) = (path(one), path(other));
            let (a, b) = (fs::read(&one).unwrap(), fs::read(&other).unwrap());
            fs::write(&one, &b).unwrap();
            fs::write(&other, &a).unwrap();
            a != b
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_happens_to_its_files_a_capture_tells_the_truth(harm in harm()) {
        let specimen = Specimen::new(true);
        let is_changed = inflict(&specimen.dir(), &harm);
        // An entry that is not lost is as it was recorded: `lost` checks that.
        let lost = specimen.lost();
        let (is_sound, _) = specimen.verified();
        prop_assert_eq!(is_sound, !is_changed, "{:?}", lost);
        prop_assert_eq!(specimen.is_shown_as_sound(), !is_changed, "{:?}", lost);
        prop_assert!(is_changed || lost.is_empty());
    }

    #[test]
    fn whatever_else_happens_nothing_false_comes_out(harms in proptest::collection::vec(harm(), 2..6)) {
        let specimen = Specimen::new(true);
        for harm in &harms {
            inflict(&specimen.dir(), harm);
        }
        if Store::open(&specimen.dir()).is_ok() {
            specimen.lost();
            specimen.verified();
            specimen.is_shown_as_sound();
        }
    }
}
