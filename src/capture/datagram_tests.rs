//! A datagram keeps its edges everywhere behind the engine: nothing continues from one into the next.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use proptest::prelude::*;

use super::bundles::Bundles;
use super::chosen::Chosen;
use super::conversation::{ConversationQuery, LineClipping, LineText, Transcript};
use super::criteria::Filter;
use super::ends::ends;
use super::entry::{Entry, StreamPositions};
use super::event::{Event, EventKind};
use super::frames::{FrameRule, FrameRules, Framer};
use super::item::{detail, visit};
use super::page::Span;
use super::pass::{Pass, Turn};
use super::record::{Depth, Record};
use super::say::Say as _;
use super::search_encodings::Encodings;
use super::store::Keep;
use super::synthetic::{
    TestRecord, VariantNames, accepted, closed, empty_record_of, entries, received, record, sent,
    udp_event,
};
use super::tally::Tally;
use super::texts::{TextStates, Texts};
use super::view::View;
use crate::net::{ByDirection, EndpointId, FlowId, NetError, Role};
use crate::payload::{Encoding, Pattern, RowRule, StreamEnd, TextState};

/// What peer 7 sends, a datagram for each; other peers' datagrams stand between them.
fn datagrams(all: &[&'static [u8]]) -> Vec<Event> {
    let events = (0_u64..).zip(all).flat_map(|(n, bytes)| {
        let other = udp_event(2 * n + 1, 1, 8, received(1_000 + n, b"\xA5"));
        [udp_event(2 * n, 1, 7, received(n + 1, bytes)), other]
    });
    events.collect()
}

fn worked(pass: &mut impl Pass, record: &Record) {
    while !pass.work(record, record.status().entries, Turn::one_step()) {}
}

#[test]
fn a_datagram_has_no_place_in_a_stream() {
    let mut events = datagrams(&[b"ab\xE6", b"", b"\x97"]);
    events.push(udp_event(90, 1, 7, closed()));
    for entry in entries(events) {
        assert_eq!(entry.streams, StreamPositions::default(), "{entry:?}");
    }
}

#[test]
fn the_text_of_a_datagram_neither_waits_nor_continues() {
    let check = |label: &str, all: &[&'static [u8]], expected: &[&str]| {
        let record = record(datagrams(all));
        let encoding: Encoding = label.parse().unwrap();
        let encodings = [(EndpointId(1), ByDirection::both(encoding))];
        let mut texts = Texts::new(Encodings(encodings.into()));
        worked(&mut texts, &record);
        let mut states = TextStates::default();
        for (n, expected) in (0..).zip(expected) {
            let entry = record.entry(2 * n, Depth::Whole).unwrap().unwrap();
            let bytes = &entry.payload().unwrap().bytes;
            let (start, end) = texts.of(&record).shown(&entry);
            assert_eq!(start.decode(bytes, None, end).text, *expected, "{label}");
            assert_eq!(end, StreamEnd::Ended);
            // Exports read entries one after another.
            assert_eq!(states.advance(&entry, encoding), TextState::default());
        }
        assert_eq!(states.len(), 0);
    };
    check(
        "utf-8",
        &[b"a\xE6\x97", b"\xA5b"],
        &[r"a\xE6\x97", r"\xA5b"],
    );
    check("utf-8", &[b"\xE6", b"", b"!"], &[r"\xE6", "", "!"]);
    check("gbk", &[b"\xC4", b"\xE3!"], &[r"\xC4", r"\xE3!"]);
    check("utf-16le", &[b"A\0B", b"\0"], &[r"A\x42", r"\x00"]);
}

fn found(typed: &str, events: Vec<Event>, segment_entries: u32) -> Vec<u64> {
    let record = empty_record_of(Keep::up_to(u64::MAX), segment_entries);
    record.store().append(&mut entries(events));
    record.store().close().unwrap();
    let filter = Filter {
        pattern: Some(Pattern::parse(typed).unwrap()),
        connection: Some(FlowId::server(7)),
        ..Filter::default()
    };
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    worked(&mut chosen, &record);
    let hits = chosen.hits();
    (0..hits.len()).filter_map(|row| hits.number(row)).collect()
}

#[test]
fn a_match_never_spans_two_datagrams() {
    let all: &[&'static [u8]] = &[b"on", b"e", b"", b"one", b"", b"on", b"", b"e one"];
    let check = |typed: &str, expected: &[u64]| {
        for segment_entries in [1, 3, 262_144] {
            let found = found(typed, datagrams(all), segment_entries);
            assert_eq!(found, expected, "{typed} {segment_entries}");
        }
    };
    check("one", &[6, 14]);
    // Each datagram begins and ends by itself.
    check("regex:^on$", &[0, 10]);
    check("regex:^e", &[2, 14]);
    check("regex:e$", &[2, 6, 14]);
}

proptest! {
    #[test]
    fn a_search_finds_the_datagrams_that_hold_the_text(
        all in proptest::collection::vec("[ab]{0,5}", 0..40),
        segment_entries in 1..9_u32,
    ) {
        let events = (0_u64..).zip(&all);
        let events = events.map(|(n, text)| udp_event(n, 1, 7, received(n + 1, text.as_bytes())));
        let holds = (0_u64..).zip(&all).filter(|(_, text)| text.contains("ab"));
        let expected: Vec<_> = holds.map(|(n, _)| n).collect();
        prop_assert_eq!(found("ab", events.collect(), segment_entries), expected);
    }
}

fn rules(framing: &str, check: &str) -> Arc<FrameRules> {
    let rule = FrameRule {
        framing: (!framing.is_empty()).then(|| framing.parse().unwrap()),
        check: (!check.is_empty()).then(|| check.parse().unwrap()),
        encoding: Encoding::UTF_8,
    };
    let rules = ByDirection::both(Some(rule));
    Arc::new(FrameRules(BTreeMap::from([(EndpointId(1), rules)])))
}

#[test]
fn each_datagram_is_a_frame_whatever_the_framing() {
    let all = entries(datagrams(&[b"a\nb", b"", b"c\n", b"\x02\xFF"]));
    for framing in [
        "lf",
        "silence:1ms",
        "between:02,03",
        "length:u16be",
        "http",
        "",
    ] {
        let mut framer = Framer::new(rules(framing, "sum"));
        for entry in &all {
            let mut cut = Vec::new();
            framer.push(entry, &mut |frame| cut.push(frame.clone()));
            let [frame] = &cut[..] else {
                panic!("{framing}: {cut:?}");
            };
            assert_eq!(frame.range, 0..entry.size_bytes, "{framing}");
            assert_eq!((frame.fault, frame.chunk_count()), (None, 1), "{framing}");
            assert_eq!(frame.complete_nanos, entry.event.stamp.0, "{framing}");
        }
        assert_eq!(framer.deadline_nanos(), None, "{framing}");
        framer.end(&mut |frame| panic!("{framing}: {frame:?}"));
    }
}

#[test]
fn datagrams_are_checked_as_they_are_and_streams_without_a_framing_are_not_cut() {
    let mut events = datagrams(&[b"\x01\x02\x03", b"", b"\x01\x02\x04", b"\x05\x05"]);
    events.push(super::synthetic::event(90, 1, 9, received(90, b"\x05\x05")));
    let record = record(events);
    let spoken = |framing: &str| {
        let filter = Filter {
            frames: Some(rules(framing, "sum")),
            ..Filter::default()
        };
        let mut view = View::of(filter, &VariantNames);
        while !view.work(&record, record.status().entries, Turn::begin()) {}
        let (mut rows, texts) = (Vec::new(), Texts::default());
        visit(
            &view,
            texts.of(&record),
            0..view.len(),
            Depth::Head,
            |item| {
                let row = item.row(None);
                rows.push(VariantNames.row(&row, None));
                let detail = detail(row.number, view.frames(), texts.of(&record)).unwrap();
                let is_udp = row.peer.is_some_and(|peer| peer.is_udp());
                if let Some(frame) = detail.frame.filter(|_| is_udp) {
                    assert_eq!(frame.rule.framing, None);
                }
                ControlFlow::Continue(())
            },
        );
        let counts = view.frames().unwrap().counts(&record);
        (rows, (counts.frames, counts.good, counts.bad))
    };
    let (rows, counts) = spoken("");
    assert_eq!(
        rows,
        [
            r"good Received(3) \x01\x02\x03",
            r"bad Received(1) \xA5",
            "bad Received(0) ",
            r"bad Received(1) \xA5",
            r"bad Received(3) \x01\x02\x04",
            r"bad Received(1) \xA5",
            r"good Received(2) \x05\x05",
            r"bad Received(1) \xA5",
            // A chunk of a stream.
            r"Received(2) \x05\x05",
        ]
    );
    assert_eq!(counts, (8, 2, 6));
    assert_eq!(spoken("fixed:2").0[..8], rows[..8]);
}

#[test]
fn datagrams_of_one_peer_make_no_bundle() {
    let events = (0..100).map(|n| udp_event(n, 1, 7, received(n + 1, b"abc")));
    let record = record(events.collect::<Vec<_>>());
    let mut bundles = Bundles::new(&Filter::default());
    worked(&mut bundles, &record);
    assert_eq!(bundles.starts().len(), 100);
}

fn transcript(record: &Record, rule: RowRule, only: bool) -> Transcript {
    let query = ConversationQuery {
        connection: FlowId::server(7),
        rules: ByDirection::both(rule),
        only: only.then_some(crate::net::Direction::Received),
    };
    let mut transcript = Transcript::new(query, record, &VariantNames);
    worked(&mut transcript, record);
    transcript
}

fn conversation(segment_entries: u32) -> TestRecord {
    let record = empty_record_of(Keep::up_to(u64::MAX), segment_entries);
    let events = [
        udp_event(0, 1, 7, accepted()),
        udp_event(1, 1, 7, received(1, b"a\nb\xE6")),
        udp_event(2, 1, 7, received(2, b"")),
        udp_event(3, 1, 7, received(3, b"\x97\xA5c\n")),
        udp_event(4, 1, 7, sent(4, b"")),
        udp_event(5, 1, 7, received(5, b"d")),
        udp_event(6, 1, 7, received(6, b"e")),
        udp_event(7, 1, 7, closed()),
    ];
    record.store().append(&mut entries(events));
    record
}

const TEXT: RowRule = RowRule::Text {
    columns: 20,
    encoding: Encoding::UTF_8,
};

#[test]
fn a_followed_conversation_shows_each_datagram_by_itself() {
    for segment_entries in [2, 262_144] {
        let record = conversation(segment_entries);
        let texts = Texts::default();
        let mut transcript = transcript(&record, TEXT, false);
        let span = Span::Newest { count: 100 };
        let page = transcript.page(span, texts.of(&record));
        let rows = page.rows.iter().map(|line| match &line.text {
            LineText::Text { text, .. } => format!("{} {}", line.entry, text.text),
            LineText::Words(words) => {
                let words = VariantNames.happening(words).text;
                format!("{} {:?} {words}", line.entry, line.kind)
            }
            other => panic!("{other:?}"),
        });
        let expected = [
            "0 Good Accepted udp://127.0.0.1:53122",
            r"1 a\n",
            r"1 b\xE6",
            "2 Received(0) Received udp://127.0.0.1:53122",
            r"3 \x97\xA5c\n",
            "4 Sent(0) Sent udp://127.0.0.1:53122",
            "5 d",
            "6 e",
        ];
        assert_eq!(rows.collect::<Vec<_>>()[..8], expected);
        let facts = page.about;
        assert_eq!((facts.received_bytes, facts.sent_bytes), (10, 0));
    }
}

#[test]
fn each_datagram_of_a_copy_begins_a_line() {
    let record = conversation(262_144);
    let texts = Texts::default();
    let mut transcript = transcript(&record, TEXT, true);
    let span = Span::Newest { count: 1 };
    let extent = transcript.page(span, texts.of(&record));
    let mut copy = LineClipping::new(*transcript.query(), (extent.gone, extent.end - 1));
    while !copy.work(
        &mut transcript,
        texts.of(&record),
        &VariantNames,
        Turn::begin(),
    ) {}
    assert_eq!(copy.take().text, "a\nb\\xE6\n\n\\x97\\xA5c\nd\ne");
}

/// An event of the client, endpoint 1, or the server, endpoint 2.
fn of_end(at: u64, role: Role, kind: EventKind) -> Event {
    let endpoint = if role == Role::Client { 1 } else { 2 };
    let mut event = udp_event(at, endpoint, 1, kind);
    let mut link = (**event.link.as_ref().unwrap()).clone();
    if role == Role::Client {
        link.connection = FlowId::client(1);
    }
    event.link = Some(Arc::new(link));
    event
}

#[test]
fn what_one_end_sent_is_found_at_the_other_unless_it_was_lost() {
    let record = record([
        of_end(0, Role::Client, sent(1, b"lost")),
        of_end(1, Role::Client, sent(2, b"ping")),
        of_end(2, Role::Client, sent(3, b"")),
        of_end(3, Role::Server, received(4, b"ping")),
        of_end(4, Role::Server, received(5, b"")),
    ]);
    let seen = |number: u64| {
        let entry: Entry = record.entry(number, Depth::Whole).unwrap().unwrap();
        let ends = ends(&record, number, &(0..entry.size_bytes)).unwrap();
        let entries = |chunks: &[super::EndChunk]| -> Vec<u64> {
            chunks.iter().map(|chunk| chunk.entry).collect()
        };
        (entries(&ends.wrote.chunks), entries(&ends.read.chunks))
    };
    assert_eq!(seen(0), (vec![0], vec![]));
    assert_eq!(seen(1), (vec![1], vec![3]));
    assert_eq!(seen(3), (vec![1], vec![3]));
    assert_eq!(seen(4), (vec![2], vec![4]));
}

#[test]
fn a_peer_that_cannot_be_reached_is_no_error_of_its_server() {
    let failed = || EventKind::Failed {
        error: Arc::new(NetError::Undelivered {
            peer: None,
            source: std::io::ErrorKind::ConnectionRefused.into(),
            icmp: None,
        }),
    };
    for (role, has_error) in [(Role::Server, false), (Role::Client, true)] {
        let mut tally = Tally::default();
        let began = of_end(0, role, accepted());
        for entry in entries([began, of_end(1, role, failed())]) {
            tally.fold(&entry);
        }
        let endpoints = tally.changes().endpoints;
        assert_eq!(endpoints[0].error.is_some(), has_error, "{role:?}");
        assert_eq!(endpoints[0].open_connections, 1);
    }
}
