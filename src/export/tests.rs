//! Exports of real records, read back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::source::AtPlace;
use super::*;
use crate::capture::Filter;
use crate::capture::Record;
use crate::capture::import::import;
use crate::capture::store::{AtLimit, Keep, Store};
use crate::capture::synthetic::{
    TestRecord, VariantNames, accepted, closed, empty_record_of, entries, event, received, record,
    ring, sent, udp_event,
};
use crate::capture::{Event, EventKind};
use crate::net::Address;
use crate::net::{ByDirection, FlowId, Link};
use crate::payload::Pattern;

/// A stream whose contents a test can read.
#[derive(Clone, Debug, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that accepts nothing.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn job(format: ExportFormat, target: ExportTarget) -> ExportJob {
    ExportJob {
        format,
        target,
        access: Access::PRIVATE,
        names: HashMap::from([(EndpointId(1), "Server 1".to_owned())]),
        encodings: Encodings::default(),
        packet_origin: PacketOrigin::Real,
        say: &VariantNames,
    }
}

fn to(path: &Path) -> ExportTarget {
    ExportTarget::Path {
        path: path.to_owned(),
        replace: false,
    }
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn export(
    source: &ExportSource,
    format: ExportFormat,
    path: &Path,
) -> Result<ExportSummary, ExportError> {
    run(source, job(format, to(path)), &mut go_on)
}

fn whole(record: &TestRecord) -> ExportSource {
    ExportSource::whole(Record::clone(record))
}

fn names_in(dir: &Path) -> Vec<String> {
    let files = fs::read_dir(dir).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn read(dir: &Path, name: &str) -> Vec<u8> {
    fs::read(dir.join(name)).unwrap()
}

fn places(summary: &ExportSummary) -> Vec<String> {
    let places = summary.unfaithful.first.iter();
    places
        .map(|place| format!("{} {:?}", place.entry, place.lack))
        .collect()
}

fn conversation() -> Vec<Event> {
    vec![
        event(0, 1, 7, accepted()),
        event(1, 1, 7, received(1, b"Hel")),
        event(2, 2, 8, received(2, b"other")),
        event(3, 1, 7, sent(3, b"Hi\r\n")),
        event(4, 1, 7, received(4, b"lo")),
        event(5, 1, 7, closed()),
    ]
}

#[test]
fn each_format_is_written_completely_and_leaves_nothing_else() {
    let record = record(conversation());
    let check = |format: ExportFormat, lines: usize| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let summary = export(&whole(&record), format, &path).unwrap();
        assert_eq!((summary.entries, summary.bytes), (6, 14));
        assert_eq!(summary.unfaithful.count, 0);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), lines);
        assert_eq!(names_in(folder.path()), ["out"]);
    };
    check(ExportFormat::Text, 6);
    check(ExportFormat::Csv, 7);
    check(ExportFormat::JsonLines, 6);
}

#[test]
fn text_is_in_the_encoding_of_its_endpoint() {
    let record = record([
        event(0, 1, 7, received(1, b"\xC4")),
        event(1, 1, 8, received(2, b"a\xBA")),
        event(2, 1, 7, received(3, b"\xE3!")),
        event(3, 2, 9, received(4, b"\xC4\xE3.")),
        event(4, 1, 7, sent(5, b"\xBA\xC3\xBA")),
        event(5, 1, 8, EventKind::PeerFinished),
        event(6, 1, 8, closed()),
        event(7, 1, 7, closed()),
    ]);
    let texts = |format: ExportFormat| {
        let shared = Shared::default();
        let job = ExportJob {
            encodings: Encodings(BTreeMap::from([(
                EndpointId(1),
                ByDirection::both("gbk".parse().unwrap()),
            )])),
            ..job(format, ExportTarget::Stream(Box::new(shared.clone())))
        };
        run(&whole(&record), job, &mut go_on).unwrap();
        shared.text()
    };
    let lines = texts(ExportFormat::JsonLines);
    let lines = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["text"].as_str().map(str::to_owned)
    });
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            text(""),
            text("a"),
            text("你!"),
            text(r"\xC4\xE3."),
            text("好"),
            text(r"\xBA"),
            None,
            None,
        ]
    );
    let csv = texts(ExportFormat::Csv);
    let cells: Vec<_> = csv
        .lines()
        .map(|line| line.rsplit(',').nth(2).unwrap())
        .collect();
    assert_eq!(cells[1..6], ["", "a", "你!", r"\xC4\xE3.", "好"]);
    // Its escapes restore the exact bytes.
    assert!(texts(ExportFormat::Text).contains(r": \xE3!"));
}

#[test]
fn packets_contain_each_connection_once() {
    let (client, server) = (FlowId::client(1), FlowId::server(1));
    let ends = |endpoint, connection, local: u16, peer: u16, kind| {
        let address = |port: u16| Address::from(([127, 0, 0, 1], port));
        let mut event = event(u64::from(3 - endpoint), endpoint, 1, kind);
        event.link = Some(Arc::new(Link {
            connection,
            local: Some(address(local)),
            peer: address(peer),
        }));
        event
    };
    let took = Duration::from_micros(1);
    let record = record([
        ends(
            2,
            client,
            50_000,
            9_000,
            EventKind::Connected {
                took,
                process: None,
            },
        ),
        ends(1, server, 9_000, 50_000, accepted()),
        ends(2, client, 50_000, 9_000, sent(1, b"ping")),
        ends(1, server, 9_000, 50_000, received(2, b"ping")),
    ]);
    let check = |source: ExportSource, expected: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.pcapng");
        let summary = export(&source, ExportFormat::Pcapng, &path).unwrap();
        assert_eq!(summary.unfaithful.count, 0);
        let read = import(&path, &folder.path().join("capture"), &mut go_on).unwrap();
        assert!(read.cut.is_none());
        let shared = Shared::default();
        let target = ExportTarget::Stream(Box::new(shared.clone()));
        let source = ExportSource::whole(Record::new(Arc::new(read.store)));
        run(&source, job(ExportFormat::Csv, target), &mut go_on).unwrap();
        let lines = shared.text();
        let data = lines.lines().filter(|line| line.contains(",70696e67,"));
        let data: Vec<_> = data.map(|line| line.split(',').nth(5).unwrap()).collect();
        assert_eq!(data, [expected], "{lines}");
    };
    // Imported as the accepting side, whichever end was written.
    check(whole(&record), "127.0.0.1:50000");
    let server = whole(&record).of_endpoints([EndpointId(1)].into());
    check(server, "127.0.0.1:50000");
}

#[test]
fn raw_streams_are_the_exact_bytes() {
    let record = record(conversation());
    let folder = tempfile::tempdir().unwrap();
    // The folder may already exist if it is empty.
    let path = folder.path().join("out");
    fs::create_dir(&path).unwrap();
    let summary = export(&whole(&record), ExportFormat::Raw, &path).unwrap();
    assert_eq!(summary.unfaithful.count, 0);
    assert_eq!(
        names_in(&path),
        [
            "7-received.bin",
            "7-sent.bin",
            "8-received.bin",
            "8-sent.bin"
        ]
    );
    assert_eq!(read(&path, "7-received.bin"), b"Hello");
    assert_eq!(read(&path, "7-sent.bin"), b"Hi\r\n");
    assert_eq!(read(&path, "8-received.bin"), b"other");
    assert_eq!(read(&path, "8-sent.bin"), b"");
    assert_eq!(names_in(folder.path()), ["out"]);
    let new = folder.path().join("new");
    export(&whole(&record), ExportFormat::Raw, &new).unwrap();
    assert_eq!(names_in(&new), names_in(&path));
    assert_eq!(read(&new, "7-received.bin"), b"Hello");
}

#[test]
fn each_raw_datagram_has_a_file() {
    let truncated = EventKind::Truncated {
        read_bytes: 3,
        bytes: Some(9),
    };
    let mut events = conversation();
    events.extend([
        udp_event(90, 1, 9, received(90, b"one")),
        udp_event(91, 1, 9, received(91, b"")),
        udp_event(92, 1, 9, sent(92, b"answer")),
        udp_event(93, 1, 9, truncated),
        udp_event(94, 1, 9, received(93, b"all")),
        udp_event(95, 1, 9, closed()),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    export(&whole(&record(events)), ExportFormat::Raw, &path).unwrap();
    let names = names_in(&path);
    assert_eq!(names[4..], ["9-received", "9-sent", "notes.txt"]);
    let received = path.join("9-received");
    assert_eq!(
        names_in(&received),
        ["000001.bin", "000002.bin", "000003.bin"]
    );
    assert_eq!(read(&received, "000001.bin"), b"one");
    assert_eq!(read(&received, "000002.bin"), b"");
    assert_eq!(read(&received, "000003.bin"), b"all");
    assert_eq!(read(&path.join("9-sent"), "000001.bin"), b"answer");
    let notes = read(&path, "notes.txt");
    let notes = String::from_utf8(notes).unwrap();
    assert!(
        notes.contains("9-received/000003.bin") && notes.contains("bytes: 6"),
        "{notes}"
    );
}

#[test]
fn raw_streams_of_a_connection_of_ours_are_told_apart_by_their_ends() {
    let of = |micros: u64, id: FlowId, kind: EventKind| {
        let mut event = event(micros, 1, 7, kind);
        let mut link = Link::clone(event.link.as_deref().unwrap());
        link.connection = id;
        event.link = Some(Arc::new(link));
        event
    };
    let (client, server) = (FlowId::client(7), FlowId::server(7));
    let record = record([
        of(1, client, sent(1, b"question")),
        of(2, server, received(2, b"question")),
        of(3, server, sent(3, b"answer")),
        of(4, client, received(4, b"answer")),
        event(5, 2, 8, received(5, b"stranger")),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("streams");
    export(&whole(&record), ExportFormat::Raw, &path).unwrap();
    assert_eq!(read(&path, "7-client-sent.bin"), b"question");
    assert_eq!(read(&path, "7-server-received.bin"), b"question");
    assert_eq!(read(&path, "7-server-sent.bin"), b"answer");
    assert_eq!(read(&path, "7-client-received.bin"), b"answer");
    assert_eq!(read(&path, "8-received.bin"), b"stranger");
}

#[test]
fn an_export_can_go_to_a_stream_but_raw_streams_need_a_folder() {
    let record = record(conversation());
    let shared = Shared::default();
    let target = ExportTarget::Stream(Box::new(shared.clone()));
    run(
        &whole(&record),
        job(ExportFormat::JsonLines, target),
        &mut go_on,
    )
    .unwrap();
    assert_eq!(shared.text().lines().count(), 6);
    let target = ExportTarget::Stream(Box::new(shared));
    let refused = run(&whole(&record), job(ExportFormat::Raw, target), &mut go_on);
    assert!(matches!(refused, Err(ExportError::NeedsFolder)));
}

#[test]
fn only_chosen_entries_are_exported() {
    let record = record(conversation());
    let shared = Shared::default();
    let target = || ExportTarget::Stream(Box::new(shared.clone()));
    let chosen = [2_u64, 3, 4];
    let source = ExportSource::chosen(Record::clone(&record), 3, move |place| {
        chosen.get(place as usize).copied()
    });
    let summary = run(&source, job(ExportFormat::Csv, target()), &mut go_on).unwrap();
    assert_eq!((summary.entries, summary.bytes), (3, 11));
    let source = source.of_endpoints([EndpointId(1)].into());
    let summary = run(&source, job(ExportFormat::Csv, target()), &mut go_on).unwrap();
    assert_eq!((summary.entries, summary.bytes), (2, 6));
    assert_eq!(summary.unfaithful.count, 0);
}

#[test]
fn a_raw_export_notes_missing_bytes() {
    let mut recorded = entries([
        event(1, 1, 7, received(1, b"abcdef")),
        event(
            2,
            1,
            7,
            EventKind::Missing {
                direction: Direction::Received,
                bytes: 4,
            },
        ),
        event(3, 1, 7, received(2, b"klm")),
        event(4, 1, 7, received(3, b"nop")),
        event(5, 1, 7, received(4, b"qr")),
    ]);
    let keep = Keep {
        chunk_limit_bytes: Some(3),
        ..Keep::up_to(u64::MAX)
    };
    let record = empty_record_of(keep, 4);
    record.store().append(&mut recorded);
    let numbers = [0_u64, 1, 2, 4];
    let source = ExportSource::chosen(Record::clone(&record), 4, move |place| {
        numbers.get(place as usize).copied()
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let summary = export(&source, ExportFormat::Raw, &path).unwrap();
    assert_eq!(read(&path, "7-received.bin"), b"abcklmqr");
    assert_eq!(
        String::from_utf8(read(&path, "notes.txt")).unwrap(),
        "[Gap { file: \"7-received.bin\", file_offset: 3, offset: 3, bytes: 3, why: NotKept }]\n\
         [Gap { file: \"7-received.bin\", file_offset: 3, offset: 6, bytes: 4, why: NotCaptured }]\n\
         [Gap { file: \"7-received.bin\", file_offset: 6, offset: 13, bytes: 3, why: NotExported }]\n"
    );
    assert_eq!(
        places(&summary),
        [
            "0 Cut { direction: Received, kept_bytes: 3, size_bytes: 6 }",
            "1 Missing { direction: Received, bytes: 4 }",
            "4 LeftOut { direction: Received, offset: 13, bytes: 3 }",
        ]
    );
}

#[test]
fn entries_dropped_by_a_ring_are_reported() {
    let record = ring(8);
    for micros in 0..100 {
        let mut one = entries([event(micros, 1, 0, EventKind::AcceptResumed)]);
        record.store().append(&mut one);
    }
    let first = record.status().first_kept;
    assert!(first > 0);
    let filter = Filter {
        endpoint: Some(EndpointId(1)),
        ..Filter::default()
    };
    let view = ExportSource::of_view(
        Record::clone(&record),
        &filter,
        None,
        &VariantNames,
        &mut go_on,
    );
    assert_eq!(view.unwrap().given_up(), first);
    let source = whole(&record);
    for micros in 100..200 {
        let mut one = entries([event(micros, 1, 0, EventKind::AcceptResumed)]);
        record.store().append(&mut one);
    }
    let shared = Shared::default();
    let target = ExportTarget::Stream(Box::new(shared.clone()));
    let summary = run(&source, job(ExportFormat::Text, target), &mut go_on).unwrap();
    let expected = "0 GivenUp { entries: 100 }";
    assert_eq!(places(&summary), [expected]);
    assert_eq!((summary.unfaithful.count, summary.entries), (1, 0));
    assert_eq!(shared.text(), "");
}

#[test]
fn entries_dropped_by_another_process_meanwhile_are_reported() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 2);
    record.store().append(&mut entries(conversation()));
    let store = Store::open(&record.store().dir()).unwrap();
    let source = ExportSource::whole(Record::new(Arc::new(store)));
    for part in ["entries", "payload", "flows"] {
        fs::remove_file(record.store().dir().join(format!("00000000.{part}"))).unwrap();
    }
    let shared = Shared::default();
    let target = ExportTarget::Stream(Box::new(shared.clone()));
    let summary = run(&source, job(ExportFormat::Text, target), &mut go_on).unwrap();
    let expected = "0 GivenUp { entries: 2 }";
    assert_eq!(places(&summary), [expected]);
    assert_eq!(summary.entries, 4);
}

#[test]
fn a_damaged_entry_is_reported_and_those_after_it_are_exported() {
    let record = record(conversation());
    record.store().close().unwrap();
    let file = record.store().dir().join("00000000.entries");
    let mut bytes = fs::read(&file).unwrap();
    // Somewhere in the second record.
    let second = bytes.len() - 5 * 56 + 20;
    bytes[second] ^= 1;
    fs::write(&file, bytes).unwrap();
    let store = Store::open(&record.store().dir()).unwrap();
    let record = Record::new(Arc::new(store));
    let filter = Filter {
        pattern: Some(Pattern::parse("regex:.").unwrap()),
        ..Filter::default()
    };
    let view =
        ExportSource::of_view(record.clone(), &filter, None, &VariantNames, &mut go_on).unwrap();
    for source in [ExportSource::whole(record), view] {
        let text = Shared::default();
        let target = ExportTarget::Stream(Box::new(text.clone()));
        let summary = run(&source, job(ExportFormat::Text, target), &mut go_on).unwrap();
        assert_eq!((summary.entries, summary.unfaithful.count), (5, 1));
        let reported = places(&summary).concat();
        let begin = "1 Unreadable { entries: 1, why: Damaged {";
        assert!(reported.starts_with(begin), "{reported}");
        let text = text.text();
        let second = text.lines().nth(1).unwrap();
        assert!(
            second.starts_with("[Unreadable { first: 1, entries: 1, "),
            "{text}"
        );
    }
}

/// Opens a capture again after something happened to its files.
fn reopened(record: &TestRecord, happen: impl FnOnce(&Path)) -> Record {
    record.store().close().unwrap();
    let dir = record.store().dir();
    happen(&dir);
    Record::new(Arc::new(Store::open(&dir).unwrap()))
}

#[test]
fn a_run_of_unreadable_entries_is_reported_once_where_it_stood() {
    let recorded = record(conversation());
    let record = reopened(&recorded, |dir| {
        let path = dir.join("00000000.entries");
        let mut bytes = fs::read(&path).unwrap();
        for entry in 2..4 {
            bytes[64 + entry * 56 + 20] ^= 1;
        }
        fs::write(&path, bytes).unwrap();
    });
    let lines = |format: ExportFormat| {
        let output = Shared::default();
        let job = job(format, ExportTarget::Stream(Box::new(output.clone())));
        let summary = run(&ExportSource::whole(record.clone()), job, &mut go_on).unwrap();
        assert_eq!((summary.entries, summary.unfaithful.damaged), (4, 2));
        assert_eq!(summary.unfaithful.count, 1);
        let lines: Vec<_> = output.text().lines().map(str::to_owned).collect();
        lines
    };
    let json = lines(ExportFormat::JsonLines);
    assert_eq!(json.len(), 5);
    let expected = r#"{"event":"damaged","entries":2,"reason":"Damaged"}"#;
    assert_eq!(json[2], expected);
    let csv = lines(ExportFormat::Csv);
    assert_eq!(csv.len(), 6);
    assert!(
        csv[3].starts_with(",,,,,,,damaged,,,\"[Unreadable { first: 2, entries: 2, "),
        "{csv:?}"
    );
    assert!(csv[3].ends_with(",2,1"), "{csv:?}");
    let text = lines(ExportFormat::Text);
    assert!(
        text[2].starts_with("[Unreadable { first: 2, entries: 2, "),
        "{text:?}"
    );
}

#[test]
fn a_summary_counts_what_was_written() {
    let recorded = record(conversation());
    let record = reopened(&recorded, |dir| {
        fs::remove_file(dir.join("00000000.flows")).unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let check = |format: ExportFormat, expected: (u64, u64)| {
        let path = folder.path().join(format.name());
        let source = ExportSource::whole(record.clone());
        let summary = export(&source, format, &path).unwrap();
        let counted = (summary.entries, summary.bytes);
        assert_eq!(counted, expected, "{format:?}");
        assert_eq!(summary.unfaithful.damaged, 6, "{format:?}");
        path
    };
    check(ExportFormat::Text, (4, 14));
    check(ExportFormat::Csv, (0, 0));
    check(ExportFormat::Pcapng, (0, 0));
    let streams = check(ExportFormat::Raw, (0, 0));
    assert_eq!(names_in(&streams), ["notes.txt"]);
    let notes = String::from_utf8(read(&streams, "notes.txt")).unwrap();
    assert!(
        notes.starts_with("[Unreadable { first: 1, entries: 4, why: "),
        "{notes}"
    );
    assert_eq!(notes.lines().count(), 1);
}

#[test]
fn damaged_bytes_are_noted_where_they_are_missing() {
    let recorded = record(conversation());
    let record = reopened(&recorded, |dir| {
        let path = dir.join("00000000.payload");
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.windows(3).position(|it| it == b"Hel").unwrap();
        bytes[at] ^= 1;
        fs::write(&path, bytes).unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("streams");
    let summary = export(&ExportSource::whole(record), ExportFormat::Raw, &path).unwrap();
    assert_eq!((summary.entries, summary.bytes), (5, 11));
    let notes = String::from_utf8(read(&path, "notes.txt")).unwrap();
    let expected =
        "[Gap { file: \"7-received.bin\", file_offset: 0, offset: 0, bytes: 3, why: Damaged }]\n";
    assert_eq!(notes, expected);
}

#[test]
fn places_beyond_the_listed_ones_are_counted() {
    let mut unfaithful = summary::Unfaithful::default();
    for entry in (0..300).step_by(2) {
        let lack = OmissionKind::GivenUp { entries: 1 };
        unfaithful.note(entry, Some(FlowId::server(1)), lack);
    }
    assert_eq!(unfaithful.count, 150);
    assert_eq!(unfaithful.first.len(), summary::MAX_PLACES);
}

#[test]
fn a_cancelled_export_leaves_nothing() {
    let record = record((0..2_000).map(|micros| event(micros, 1, 7, received(micros, b"x"))));
    for format in ExportFormat::ALL {
        let folder = tempfile::tempdir().unwrap();
        let mut calls = Vec::new();
        let mut cancel = |progress: Progress| {
            calls.push(progress.done);
            match progress.done {
                0..1_000 => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        };
        let target = to(&folder.path().join("out"));
        let cancelled = run(&whole(&record), job(format, target), &mut cancel);
        assert!(matches!(cancelled, Err(ExportError::Cancelled)));
        let expected: &[u64] = &[0, 256, 512, 768, 1_024];
        assert_eq!(calls, expected);
        assert!(names_in(folder.path()).is_empty());
    }
}

#[test]
fn progress_is_reported_by_bytes_too() {
    let big = vec![b'x'; 600 * 1024];
    let record = record((0..4).map(|micros| event(micros, 1, 7, received(micros, &big))));
    let mut calls = Vec::new();
    let mut note = |progress: Progress| {
        calls.push((progress.done, progress.total));
        ControlFlow::Continue(())
    };
    let target = ExportTarget::Stream(Box::new(io::sink()));
    run(&whole(&record), job(ExportFormat::Text, target), &mut note).unwrap();
    assert_eq!(calls, [(0, 4), (2, 4)]);
}

#[test]
fn a_full_disk_is_an_error_that_says_so() {
    let record = record(conversation());
    for format in [
        ExportFormat::Text,
        ExportFormat::Csv,
        ExportFormat::JsonLines,
    ] {
        let target = ExportTarget::Stream(Box::new(Full));
        let error = run(&whole(&record), job(format, target), &mut go_on).unwrap_err();
        assert!(
            matches!(&error, ExportError::Stream(why) if why.kind() == io::ErrorKind::StorageFull),
            "{error}"
        );
    }
}

/// A device is written to directly: this one is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_replaced() {
    let record = record(conversation());
    let full = Path::new("/dev/full");
    let error = export(&whole(&record), ExportFormat::Text, full).unwrap_err();
    let expected = r#"Io { action: Write, path: "/dev/full""#;
    assert!(error.to_string().starts_with(expected), "{error}");
    let nowhere = export(&whole(&record), ExportFormat::Text, Path::new("/dev/null"));
    assert_eq!(nowhere.unwrap().entries, 6);
    let kind = fs::metadata("/dev/null").unwrap().file_type();
    assert!(!kind.is_file());
}

#[test]
fn existing_files_are_replaced_only_on_request() {
    let record = record(conversation());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.txt");
    fs::write(&path, "precious").unwrap();
    let refused = export(&whole(&record), ExportFormat::Text, &path);
    assert!(matches!(refused, Err(ExportError::Exists(there)) if there == path));
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    let target = ExportTarget::Path {
        path: path.clone(),
        replace: true,
    };
    run(&whole(&record), job(ExportFormat::Text, target), &mut go_on).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 6);
    assert_eq!(names_in(folder.path()), ["out.txt"]);
}

#[test]
fn a_file_that_appears_during_the_export_is_not_replaced() {
    let record = record(conversation());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.txt");
    let mut appear = |_| {
        fs::write(&path, "precious").unwrap();
        ControlFlow::Continue(())
    };
    let refused = run(
        &whole(&record),
        job(ExportFormat::Text, to(&path)),
        &mut appear,
    );
    assert!(matches!(refused, Err(ExportError::Exists(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    assert_eq!(names_in(folder.path()), ["out.txt"]);
}

#[test]
fn an_impossible_target_is_an_error_before_anything_is_read() {
    let record = record(conversation());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let check = |format: ExportFormat, path: PathBuf, expected: String| {
        let source = ExportSource::chosen(Record::clone(&record), 1, |_| panic!("read"));
        let error = export(&source, format, &path).unwrap_err();
        assert!(error.to_string().starts_with(&expected), "{error}");
    };
    let dir = folder.path().to_owned();
    check(
        ExportFormat::Text,
        dir.clone(),
        format!("IsFolder({dir:?})"),
    );
    check(ExportFormat::Raw, dir.clone(), format!("NotEmpty({dir:?})"));
    check(ExportFormat::Raw, file.clone(), format!("Exists({file:?})"));
    let nowhere = dir.join("no").join("out");
    for format in [ExportFormat::Text, ExportFormat::Raw] {
        check(
            format,
            nowhere.clone(),
            format!("Io {{ action: Make, path: {nowhere:?}, source: "),
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let record = record(conversation());
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let target = ExportTarget::Path {
        path: link.clone(),
        replace: true,
    };
    run(&whole(&record), job(ExportFormat::Text, target), &mut go_on).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let exported = fs::metadata(&file).unwrap();
    assert!(exported.len() > 3);
}

#[test]
fn formats_have_names() {
    for format in ExportFormat::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    assert_eq!("xml".parse::<ExportFormat>(), Err(FormatError));
}

#[test]
fn a_vanished_capture_is_an_error() {
    let keep = Keep {
        at_limit: AtLimit::Stop,
        ..Keep::up_to(u64::MAX)
    };
    let record = empty_record_of(keep, 4);
    record.store().append(&mut entries(conversation()));
    fs::remove_dir_all(record.store().dir()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let error = export(
        &whole(&record),
        ExportFormat::Text,
        &folder.path().join("out"),
    );
    assert!(matches!(error, Err(ExportError::Read(_))));
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_selection_has_its_part_of_a_match_that_extends_beyond_it() {
    let record = record([
        event(0, 1, 7, accepted()),
        event(1, 1, 7, received(1, b"HEL")),
        event(2, 1, 7, received(2, b"LO")),
        event(3, 1, 7, received(3, b"x")),
    ]);
    let filter = Filter {
        pattern: Some(Pattern::parse("text:HELLO").unwrap()),
        ..Filter::default()
    };
    let check = |entries: Option<(u64, u64)>, expected: &[u64]| {
        let source = ExportSource::of_view(
            Record::clone(&record),
            &filter,
            entries,
            &VariantNames,
            &mut go_on,
        );
        let source = source.unwrap();
        let numbers = (0..source.places()).filter_map(|place| match source.entry(place) {
            Ok(AtPlace::Here(entry)) => Some(entry.number),
            _ => None,
        });
        let numbers: Vec<_> = numbers.collect();
        assert_eq!(numbers, expected, "{entries:?}");
    };
    check(None, &[1, 2]);
    check(Some((2, 3)), &[2]);
    check(Some((0, 1)), &[1]);
    check(Some((3, 3)), &[]);
}

#[test]
fn bytes_missing_at_the_end_of_a_stream_are_noted() {
    let record = record([
        event(0, 1, 7, accepted()),
        event(1, 1, 7, received(1, b"abc")),
        event(2, 1, 7, received(2, b"defg")),
        event(3, 1, 7, closed()),
    ]);
    let numbers = [0, 1, 3];
    let number = move |place: u64| numbers.get(place as usize).copied();
    let source = ExportSource::chosen(Record::clone(&record), 3, number);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("streams");
    let summary = export(&source, ExportFormat::Raw, &path).unwrap();
    assert_eq!(read(&path, "7-received.bin"), b"abc");
    let notes = String::from_utf8(read(&path, "notes.txt")).unwrap();
    let expected = "[Gap { file: \"7-received.bin\", file_offset: 3, offset: 3, bytes: 4, why: NotExported }]\n";
    assert_eq!(notes, expected);
    assert_eq!(summary.unfaithful.count, 1);
}
