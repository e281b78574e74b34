//! Compares transcripts with naive ones, over arbitrary entries, segments and rings.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::transcript::Transcript;
use super::*;
use crate::capture::Encodings;
use crate::capture::clipboard::Copied;
use crate::capture::event::{Event, EventKind};
use crate::capture::page::{MAX_ROWS, Page, Span};
use crate::capture::pass::{Pass, Turn};
use crate::capture::record::{Depth, Record};
use crate::capture::say::Say as _;
use crate::capture::store::{AtLimit, Keep};
use crate::capture::synthetic::{
    TestRecord, VariantNames, accepted, closed, empty_record_of, entries, event, received, record,
    ring, sent,
};
use crate::capture::texts::{Texts, TextsOf};
use crate::net::{ByDirection, EndpointId};
use crate::payload::{Encoding, HexLine, StreamEnd, TextStart};

const CONNECTION: FlowId = FlowId::server(7);
const TEXT: RowRule = RowRule::Text {
    columns: 20,
    encoding: Encoding::UTF_8,
};
const ESCAPED: RowRule = RowRule::Escaped {
    columns: 12,
    encoding: Encoding::UTF_8,
};
const HEX: RowRule = RowRule::Hex { short: false };

fn query(rule: RowRule, only: Option<Direction>) -> ConversationQuery {
    ConversationQuery {
        connection: CONNECTION,
        rules: ByDirection::both(rule),
        only,
    }
}

fn counted(transcript: &mut Transcript, record: &Record) {
    let mut turns = 0;
    while !transcript.work(record, record.status().entries, Turn::one_step()) {
        turns += 1;
        assert!(turns < 10_000, "counting does not end");
    }
}

fn opened(query: ConversationQuery, record: &Record) -> Transcript {
    let mut transcript = Transcript::new(query, record, &VariantNames);
    counted(&mut transcript, record);
    transcript
}

/// Texts in UTF-8, whose position every entry records.
fn utf8(record: &Record) -> TextsOf<'_> {
    static TEXTS: LazyLock<Texts> = LazyLock::new(Texts::default);
    let texts = &TEXTS;
    TextsOf { texts, record }
}

/// What a row shows, abbreviated.
fn shown(line: &TranscriptLine) -> String {
    let sign = match line.kind {
        RowKind::Received(_) => '<',
        RowKind::Sent(_) => '>',
        _ => '*',
    };
    let text = match &line.text {
        LineText::Text { text, .. } => text.text.clone(),
        LineText::Escaped(text) => text.clone(),
        LineText::Words(words) => VariantNames.happening(words).text,
        LineText::Bytes(row) => HexLine::new(row.offset(), row.bytes()).to_string(),
        LineText::NotKept(bytes) => format!("{bytes} not kept"),
    };
    format!("{}{sign}{text}", line.entry)
}

fn page(transcript: &mut Transcript, span: Span, record: &Record) -> Page<ConversationQuery> {
    transcript.page(span, utf8(record))
}

fn newest(transcript: &mut Transcript, record: &Record) -> Page<ConversationQuery> {
    page(transcript, Span::Newest { count: 1 }, record)
}

fn from(first: u64, count: usize) -> Span {
    Span::From { first, count }
}

fn all(transcript: &mut Transcript, record: &Record) -> Vec<String> {
    let extent = newest(transcript, record);
    let mut row = extent.gone;
    let mut found = Vec::new();
    while row < extent.end {
        let page = page(transcript, from(row, MAX_ROWS), record);
        assert_eq!(page.first, row);
        assert!(!page.rows.is_empty());
        row += page.rows.len() as u64;
        found.extend(page.rows.iter().map(shown));
    }
    found
}

/// Builds the same transcript naively, from the whole payload of every kept entry.
fn naive(query: ConversationQuery, record: &Record) -> Vec<String> {
    let status = record.status();
    let mut found = Vec::new();
    for number in status.first_kept..status.entries {
        let entry = record.entry(number, Depth::Whole).unwrap().unwrap();
        let link = entry.event.link.as_ref();
        if link.is_none_or(|link| link.connection != query.connection) {
            continue;
        }
        let Some(payload) = entry.payload() else {
            found.push(format!("{number}*{}", VariantNames.entry(&entry).text));
            continue;
        };
        let (direction, sign) = match entry.event.kind {
            EventKind::Received { .. } => (Direction::Received, '<'),
            _ => (Direction::Sent, '>'),
        };
        if query.only.is_some_and(|only| only != direction) {
            continue;
        }
        let (start, end) = utf8(record).shown(&entry);
        let mut carry = start.state;
        let mut offset = entry.stream().offset;
        let direction = entry.event.kind.direction().unwrap();
        let rule = *query.rules.of(direction);
        for row in rule.rows(entry.stream().offset, &payload.bytes) {
            let bytes = &payload.bytes[row];
            let is_last = std::ptr::eq(bytes.as_ptr_range().end, payload.bytes.as_ptr_range().end);
            let end = if is_last { end } else { StreamEnd::Open };
            let at = TextStart {
                state: carry,
                ..TextStart::default()
            };
            let text = at.decode(bytes, None, end);
            found.push(match rule {
                RowRule::Text { .. } => format!("{number}{sign}{}", text.text),
                RowRule::Escaped { .. } => format!("{number}{sign}{}", text.escaped()),
                RowRule::Hex { .. } => format!("{number}{sign}{}", HexLine::new(offset, bytes)),
            });
            carry = carry.advance(at.encoding, bytes);
            offset += bytes.len() as u64;
        }
        let missing = entry.size_bytes - payload.bytes.len() as u64;
        if missing > 0 {
            found.push(format!("{number}{sign}{missing} not kept"));
        }
    }
    found
}

fn exchange() -> TestRecord {
    record([
        event(0, 1, 7, accepted()),
        event(1, 1, 7, received(1, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")),
        event(2, 2, 8, received(2, b"another one's")),
        event(3, 1, 7, sent(3, b"HTTP/1.1 200 OK and so on\r\n")),
        event(4, 1, 7, closed()),
    ])
}

#[test]
fn a_transcript_has_the_rows_of_its_connection_in_order() {
    let record = exchange();
    let check = |query: ConversationQuery, expected: &[&str]| {
        assert_eq!(all(&mut opened(query, &record), &record), expected);
    };
    check(
        query(TEXT, None),
        &[
            "0*Accepted 127.0.0.1:53122",
            r"1<GET / HTTP/1.1\r\n",
            r"1<Host: x\r\n",
            r"1<\r\n",
            "3>HTTP/1.1 200 OK and ",
            r"3>so on\r\n",
            "4*Closed 127.0.0.1:53122",
        ],
    );
    check(
        query(HEX, Some(Direction::Sent)),
        &[
            "0*Accepted 127.0.0.1:53122",
            "3>00000000  48 54 54 50 2F 31 2E 31  20 32 30 30 20 4F 4B 20  HTTP/1.1 200 OK ",
            "3>00000010  61 6E 64 20 73 6F 20 6F  6E 0D 0A                 and so on..",
            "4*Closed 127.0.0.1:53122",
        ],
    );
    check(
        query(ESCAPED, Some(Direction::Received)),
        &[
            "0*Accepted 127.0.0.1:53122",
            "1<GET / HTTP/1",
            r"1<.1\r\nHost: ",
            r"1<x\r\n\r\n",
            "4*Closed 127.0.0.1:53122",
        ],
    );
}

#[test]
fn a_transcript_knows_its_ends_and_sizes() {
    let record = exchange();
    let mut transcript = opened(query(TEXT, None), &record);
    let around = Span::Around { entry: 3, count: 3 };
    let page = page(&mut transcript, around, &record);
    let facts = &page.about;
    assert_eq!((facts.received_bytes, facts.sent_bytes), (27, 27));
    let peer = facts.link.as_ref().unwrap().peer.clone();
    assert_eq!(peer.to_string(), "127.0.0.1:53122");
    assert_eq!((page.len(), facts.unread_entries), (7, 0));
    let place = page.place;
    assert_eq!(place, Some(page.first + 1));
    assert_eq!(shown(&page.rows[1]), "3>HTTP/1.1 200 OK and ");
    assert_eq!(transcript.row_of(99), Some(page.end - 1));
    assert_eq!(
        transcript.row_of(2),
        place,
        "the next one after a foreign entry"
    );
}

#[test]
fn rows_keep_their_coordinates_while_the_transcript_grows_at_both_ends() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 4);
    let data = |n: u64| event(n, 1, 7, received(n, format!("line {n}\n").as_bytes()));
    record.store().append(&mut entries((0..40).map(data)));
    let mut transcript = Transcript::new(query(TEXT, None), &record, &VariantNames);
    transcript.work(&record, 40, Turn::one_step());
    let early = newest(&mut transcript, &record);
    assert!(early.about.unread_entries > 0 && !early.is_empty());
    assert_eq!(shown(&early.rows[0]), r"39<line 39\n");
    assert_eq!(transcript.row_of(2), None, "not counted yet");

    record.store().append(&mut entries((40..60).map(data)));
    counted(&mut transcript, &record);
    let page = page(&mut transcript, from(early.end - 1, 2), &record);
    assert_eq!(page.len(), 60);
    assert_eq!(page.end, early.end + 20);
    let lines: Vec<_> = page.rows.iter().map(shown).collect();
    assert_eq!(lines, [r"39<line 39\n", r"40<line 40\n"]);
}

#[test]
fn dropping_rows_does_not_move_the_others() {
    let record = ring(40);
    let data = |n: u64| event(n, 1, 7, accepted());
    record.store().append(&mut entries((0..30).map(data)));
    let mut transcript = opened(query(TEXT, None), &record);
    let before = newest(&mut transcript, &record);
    for from in (30..90).step_by(3) {
        record
            .store()
            .append(&mut entries((from..from + 3).map(data)));
        counted(&mut transcript, &record);
    }
    assert!(record.status().first_kept > 0);
    let after = newest(&mut transcript, &record);
    assert_eq!(after.end, before.end + 60);
    let kept = record.status().entries - record.status().first_kept;
    assert_eq!(after.len(), kept);
    assert_eq!(
        all(&mut transcript, &record),
        naive(query(TEXT, None), &record)
    );
}

#[test]
fn the_part_of_a_chunk_that_was_not_kept_is_a_row() {
    let keep = Keep {
        chunk_limit_bytes: Some(4),
        ..Keep::up_to(u64::MAX)
    };
    let record = empty_record_of(keep, 100);
    let event = event(1, 1, 7, received(1, b"abcdefgh"));
    record.store().append(&mut entries([event]));
    for (rule, first) in [
        (TEXT, "0<abcd".to_owned()),
        (HEX, format!("0<{}", HexLine::new(0, b"abcd"))),
    ] {
        let expected = [first, "0<4 not kept".to_owned()];
        assert_eq!(
            all(&mut opened(query(rule, None), &record), &record),
            expected
        );
    }
}

/// Copies all rows, one step per turn.
fn copied(transcript: &mut Transcript, limit_bytes: usize, texts: TextsOf<'_>) -> Copied {
    let rows = transcript.page(Span::Newest { count: 0 }, texts);
    let clipping = LineClipping::new(rows.of, (rows.gone, rows.end.saturating_sub(1)));
    let mut clipping = clipping.limited(limit_bytes);
    while !clipping.work(transcript, texts, &VariantNames, Turn::one_step()) {}
    clipping.take()
}

#[test]
fn a_copy_of_one_direction_is_the_stream_itself() {
    let record = exchange();
    let check = |query: ConversationQuery, expected: &str, entries: u64| {
        let mut transcript = opened(query, &record);
        let copied = copied(&mut transcript, 1_000, utf8(&record));
        let cut = false;
        let text = expected.to_owned();
        assert_eq!(copied, Copied { text, entries, cut });
    };
    let stream = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    check(query(TEXT, Some(Direction::Received)), stream, 3);
    let escaped = r"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    check(query(ESCAPED, Some(Direction::Received)), escaped, 3);
    let both = "  Accepted 127.0.0.1:53122\n← GET / HTTP/1.1\n← Host: x\n← \n→ HTTP/1.1 200 OK and \n→ so on\n  Closed 127.0.0.1:53122\n";
    check(query(TEXT, None), both, 4);
}

#[test]
fn a_copy_is_cut_at_its_limit() {
    let record = exchange();
    let mut transcript = opened(query(TEXT, Some(Direction::Received)), &record);
    let copied = copied(&mut transcript, 20, utf8(&record));
    assert_eq!(
        (copied.text.as_str(), copied.cut),
        ("GET / HTTP/1.1\r\n", true)
    );
}

#[test]
fn an_unreadable_payload_is_a_row_that_explains_why() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 100);
    let data = |n: u64| event(n, 1, 7, received(n, b"twelve bytes"));
    record.store().append(&mut entries((0..3).map(data)));
    let payload = record.dir.path().join("capture").read_dir().unwrap();
    let payload = payload
        .map(|file| file.unwrap().path())
        .find(|path| path.extension().is_some_and(|it| it == "payload"))
        .unwrap();
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(payload)
        .unwrap();
    file.set_len(64 + 12).unwrap();
    for rule in [TEXT, HEX] {
        let rows = all(&mut opened(query(rule, None), &record), &record);
        assert_eq!(rows.len(), 3);
        assert!(
            rows[0].starts_with("0<") && rows[1].starts_with("1*"),
            "{rows:?}"
        );
    }
}

#[test]
fn an_unreadable_segment_is_reported() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 4);
    let data = |n: u64| event(n, 1, 7, received(n, b"x"));
    record.store().append(&mut entries((0..12).map(data)));
    let files = record.dir.path().join("capture").read_dir().unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "entries"));
    files.sort();
    std::fs::remove_file(&files[1]).unwrap();
    let mut transcript = opened(query(TEXT, None), &record);
    assert_eq!(all(&mut transcript, &record).len(), 8);
    let problem = newest(&mut transcript, &record).about.problem.unwrap();
    assert_eq!(problem.path(), files[1]);
}

/// An event of connection 7 or 8: data in either direction, or a lifecycle event.
fn any_event() -> impl Strategy<Value = (u64, u8, Vec<u8>)> {
    let bytes = prop_oneof![
        3 => "[a-z \n\r日é]{0,40}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..60),
    ];
    (7..=8_u64, 0..5_u8, bytes)
}

fn events(from: u64, parts: &[(u64, u8, Vec<u8>)]) -> Vec<Event> {
    let kind = |n: u64, (_, kind, bytes): &(u64, u8, Vec<u8>)| match kind {
        0 => accepted(),
        1 | 2 => received(n, bytes),
        _ => sent(n, bytes),
    };
    let numbered = (from..).zip(parts);
    numbered
        .map(|(n, part)| event(n, 1, part.0, kind(n, part)))
        .collect()
}

#[test]
fn text_in_any_encoding_is_intact_across_pieces_and_rows() {
    let check = |label: &str, bytes: &[u8], expected: &[&str]| {
        let encoding: Encoding = label.parse().unwrap();
        let events = (1..)
            .zip(bytes.chunks(3))
            .map(|(n, chunk)| event(n, 1, 7, received(n, chunk)));
        let record = record(events);
        let end = record.status().entries;
        let encodings = [(EndpointId(1), ByDirection::both(encoding))];
        let mut texts = Texts::new(Encodings(encodings.into()));
        while !texts.work(&record, end, Turn::begin()) {}
        let rule = RowRule::Text {
            columns: 20,
            encoding,
        };
        let query = query(rule, Some(Direction::Received));
        let texts = TextsOf {
            texts: &texts,
            record: &record,
        };
        let mut transcript = Transcript::new(query, &record, &VariantNames);
        let early = copied(&mut transcript, 1_000, texts);
        assert_eq!(early.text, "", "nothing is counted yet");
        counted(&mut transcript, &record);
        let text = copied(&mut transcript, 1_000, texts).text;
        let whole = TextStart::from(encoding).decode(bytes, None, StreamEnd::Open);
        assert_eq!(text, crate::payload::copy::plain(&whole), "{label}");
        let page = transcript.page(Span::Newest { count: 9 }, texts);
        let lines: Vec<_> = page.rows.iter().map(shown).collect();
        assert_eq!(lines, expected, "{label}");
    };
    check(
        "gbk",
        b"\xC4\xE3\xBA\xC3\n\xC4\xE3!",
        &["0<你", r"1<好\n", "2<你!"],
    );
    check(
        "utf-16le",
        b"\x60\x4F\x7D\x59\n\0\x60\x4F",
        &["0<你", r"1<好\n", "2<你"],
    );
    check("latin1", b"\xE9t\xE9\n!", &["0<été", r"1<\n", "1<!"]);
    check(
        "iso-2022-jp",
        b"\x1B$BF|K\\\x1B(Ba",
        &["0<", "1<日", "2<本", "3<a"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_transcript_equals_the_naive_one_over_any_segments(
        before in proptest::collection::vec(any_event(), 0..40),
        after in proptest::collection::vec(any_event(), 0..40),
        rule in prop_oneof![Just(TEXT), Just(ESCAPED), Just(HEX)],
        only in prop_oneof![Just(None), Just(Some(Direction::Received)), Just(Some(Direction::Sent))],
        segment in 1..9_u32,
        is_ring in any::<bool>(),
        chunk_limit_bytes in prop_oneof![Just(None), Just(Some(16))],
        slices in 0..4_usize,
    ) {
        let keep = Keep {
            limit_bytes: if is_ring { 6_000 } else { u64::MAX },
            at_limit: AtLimit::GiveUpOldest,
            chunk_limit_bytes,
        };
        let record = empty_record_of(keep, segment);
        let all_events = entries(events(0, &[before.clone(), after.clone()].concat()));
        let mut first: Vec<_> = all_events[..before.len()].to_vec();
        record.store().append(&mut first);
        let query = query(rule, only);
        let mut transcript = Transcript::new(query, &record, &VariantNames);
        for _ in 0..slices {
            transcript.work(&record, record.status().entries, Turn::one_step());
        }
        let mut second: Vec<_> = all_events[before.len()..].to_vec();
        record.store().append(&mut second);
        counted(&mut transcript, &record);
        let expected = naive(query, &record);
        prop_assert_eq!(&all(&mut transcript, &record), &expected);
        let first = newest(&mut transcript, &record).gone;
        for (row, expected) in (first..).zip(&expected) {
            let page = page(&mut transcript, from(row, 1), &record);
            prop_assert_eq!(&page.rows.iter().map(shown).collect::<Vec<_>>(), std::slice::from_ref(expected));
        }
    }
}
