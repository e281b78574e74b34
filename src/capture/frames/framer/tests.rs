//! Tests frames that span chunks.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use super::*;
use crate::capture::entry::{StreamPosition, StreamPositions};
use crate::capture::event::{Event, EventKind};
use crate::capture::frame_rules::FrameRule;
use crate::capture::synthetic::{entries, event, received, sent};
use crate::net::{
    ByDirection, Closed, ClosedBy, Direction, FlowId, Link, Payload, PayloadId, Requester, Stamp,
};
use crate::payload::Encoding;

const MILLISECOND: u64 = 1_000_000;

/// A session of one endpoint, built entry by entry.
struct Session {
    framer: Framer,
    numbers: u64,
    offsets: HashMap<(u64, Direction), u64>,
    emitted: Vec<(u64, String)>,
}

impl Session {
    fn new(framing: &str) -> Self {
        Self::by_direction(Some(framing), Some(framing))
    }

    fn by_direction(received: Option<&str>, sent: Option<&str>) -> Self {
        let rule = |framing: &str| FrameRule {
            framing: Some(framing.parse().unwrap()),
            check: None,
            encoding: Encoding::UTF_8,
        };
        let rules = ByDirection {
            received: received.map(rule),
            sent: sent.map(rule),
        };
        let rules = FrameRules(BTreeMap::from([(EndpointId(1), rules)]));
        Self {
            framer: Framer::new(Arc::new(rules)),
            numbers: 0,
            offsets: HashMap::new(),
            emitted: Vec::new(),
        }
    }

    fn push(&mut self, connection: u64, millis: u64, kind: EventKind) {
        let (direction, bytes) = match &kind {
            EventKind::Sent { payload, .. } => (Direction::Sent, payload.bytes.len()),
            EventKind::Received { payload } => (Direction::Received, payload.bytes.len()),
            _ => (Direction::Received, 0),
        };
        let offset = self.offsets.entry((connection, direction)).or_default();
        let position = StreamPosition {
            offset: *offset,
            ..StreamPosition::default()
        };
        *offset += bytes as u64;
        let entry = Entry {
            number: self.numbers,
            time: SystemTime::UNIX_EPOCH,
            event: Event {
                stamp: Stamp(millis * MILLISECOND),
                endpoint: EndpointId(1),
                link: Some(Arc::new(Link {
                    connection: FlowId::server(connection),
                    local: None,
                    peer: ([127, 0, 0, 1], 1).into(),
                })),
                by: Requester::Nobody,
                kind,
            },
            size_bytes: bytes as u64,
            damage: None,
            streams: StreamPositions {
                received: position,
                sent: position,
            },
        };
        self.numbers += 1;
        let emitted = &mut self.emitted;
        self.framer.push(&entry, &mut |frame| {
            emitted.push((entry.number, words(frame)));
        });
    }

    fn receive(&mut self, connection: u64, millis: u64, bytes: &'static [u8]) {
        let payload = Payload::new(PayloadId(1), Bytes::from_static(bytes));
        self.push(connection, millis, EventKind::Received { payload });
    }

    fn send(&mut self, connection: u64, millis: u64, bytes: &'static [u8]) {
        let payload = Payload::new(PayloadId(1), Bytes::from_static(bytes));
        let took = Duration::ZERO;
        self.push(connection, millis, EventKind::Sent { payload, took });
    }

    fn close(&mut self, connection: u64, millis: u64) {
        let closed = Closed {
            by: ClosedBy::Us,
            unsent_bytes: 0,
            unread: false,
        };
        self.push(connection, millis, EventKind::Closed(closed));
    }

    /// Checks the frames so far, each with the entry that completed it.
    fn check(&self, expected: &[(u64, &str)]) {
        let emitted: Vec<_> = self
            .emitted
            .iter()
            .map(|it| (it.0, it.1.as_str()))
            .collect();
        assert_eq!(emitted, expected);
    }
}

fn words(frame: &CutFrame) -> String {
    let direction = match frame.stream.direction {
        Direction::Received => "<",
        Direction::Sent => ">",
    };
    let fault = if frame.fault.is_some() { " !" } else { "" };
    format!(
        "{}{direction} {}..{} of entries {}..={} at {}..={} ms in {}{fault}",
        frame.stream.connection,
        frame.range.start,
        frame.range.end,
        frame.first.entry,
        frame.last.entry,
        frame.first.nanos / MILLISECOND,
        frame.last.nanos / MILLISECOND,
        frame.chunk_count(),
    )
}

#[test]
fn frames_know_the_chunks_they_span() {
    let mut session = Session::new("crlf");
    session.receive(1, 0, b"ab");
    session.send(1, 1, b"x\r\n");
    session.receive(1, 2, b"c\r");
    session.receive(2, 3, b"other\r\n");
    session.receive(1, 4, b"\nd\r\ne");
    session.close(1, 5);
    session.check(&[
        (1, "1> 0..3 of entries 1..=1 at 1..=1 ms in 1"),
        (3, "2< 0..7 of entries 3..=3 at 3..=3 ms in 1"),
        (4, "1< 0..5 of entries 0..=4 at 0..=4 ms in 3"),
        (4, "1< 5..8 of entries 4..=4 at 4..=4 ms in 1"),
        (5, "1< 8..9 of entries 4..=4 at 4..=4 ms in 1 !"),
    ]);
}

#[test]
fn a_response_is_cut_as_its_request_asked() {
    let mut session = Session::new("http");
    session.send(1, 0, b"HEAD / HTTP/1.1\r\n\r\n");
    session.receive(1, 1, b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    session.send(1, 2, b"GET / HTTP/1.1\r\nUpgrade: a\r\n\r\n");
    session.receive(1, 3, b"HTTP/1.1 101 Switching Protocols\r\n\r\nGET");
    session.send(1, 4, b"\x81\x00");
    session.receive(1, 5, b" / HTTP/1.1\r\n\r\n");
    session.close(1, 6);
    session.check(&[
        (0, "1> 0..19 of entries 0..=0 at 0..=0 ms in 1"),
        (1, "1< 0..38 of entries 1..=1 at 1..=1 ms in 1"),
        (2, "1> 19..49 of entries 2..=2 at 2..=2 ms in 1"),
        (3, "1< 38..74 of entries 3..=3 at 3..=3 ms in 1"),
        (6, "1> 49..51 of entries 4..=4 at 4..=4 ms in 1"),
        (6, "1< 74..92 of entries 3..=5 at 3..=5 ms in 2"),
    ]);
}

#[test]
fn a_delimiter_across_two_chunks_starts_its_frame_in_the_first() {
    let mut session = Session::new("between:0102,03");
    session.receive(1, 0, b"ab\x01");
    session.receive(1, 1, b"\x02c\x03");
    session.check(&[
        (1, "1< 0..2 of entries 0..=0 at 0..=0 ms in 1 !"),
        (1, "1< 2..6 of entries 0..=1 at 0..=1 ms in 2"),
    ]);
}

#[test]
fn any_later_entry_ends_a_silence() {
    let mut session = Session::new("silence:20ms");
    session.receive(1, 0, b"a");
    session.receive(1, 10, b"b");
    session.receive(2, 15, b"c");
    assert_eq!(session.framer.deadline_nanos(), Some(30 * MILLISECOND));
    session.send(2, 32, b"d");
    session.check(&[(3, "1< 0..2 of entries 0..=1 at 0..=10 ms in 2")]);
    let emitted = &mut session.emitted;
    session.framer.pass(60 * MILLISECOND, &mut |frame| {
        emitted.push((99, words(frame)));
    });
    assert_eq!(session.framer.deadline_nanos(), None);
    session.receive(2, 70, b"e");
    session.close(2, 71);
    assert_eq!(session.framer.deadline_nanos(), None);
    session.check(&[
        (3, "1< 0..2 of entries 0..=1 at 0..=10 ms in 2"),
        (99, "2< 0..1 of entries 2..=2 at 15..=15 ms in 1"),
        (99, "2> 0..1 of entries 3..=3 at 32..=32 ms in 1"),
        (5, "2< 1..2 of entries 4..=4 at 70..=70 ms in 1"),
    ]);
}

#[test]
fn the_end_emits_open_frames_in_order_of_time() {
    let mut session = Session::new("fixed:4");
    session.receive(1, 0, b"ab");
    session.send(1, 1, b"x");
    session.send(2, 2, b"y");
    session.receive(2, 3, b"z");
    session.close(2, 4);
    session.check(&[
        (4, "2> 0..1 of entries 2..=2 at 2..=2 ms in 1 !"),
        (4, "2< 0..1 of entries 3..=3 at 3..=3 ms in 1 !"),
    ]);
    let mut emitted = Vec::new();
    session.framer.end(&mut |frame| emitted.push(words(frame)));
    assert_eq!(
        emitted,
        [
            "1< 0..2 of entries 0..=0 at 0..=0 ms in 1 !",
            "1> 0..1 of entries 1..=1 at 1..=1 ms in 1 !"
        ]
    );
}

#[test]
fn each_direction_is_cut_by_its_own_rule() {
    let mut session = Session::by_direction(Some("line"), Some("fixed:2"));
    session.receive(1, 0, b"a\nbc");
    session.send(1, 1, b"abc");
    session.receive(1, 2, b"\n");
    session.send(1, 3, b"d");
    session.check(&[
        (0, "1< 0..2 of entries 0..=0 at 0..=0 ms in 1"),
        (1, "1> 0..2 of entries 1..=1 at 1..=1 ms in 1"),
        (2, "1< 2..5 of entries 0..=2 at 0..=2 ms in 2"),
        (3, "1> 2..4 of entries 1..=3 at 1..=3 ms in 2"),
    ]);
}

#[test]
fn a_direction_without_a_rule_is_not_cut() {
    let mut session = Session::by_direction(None, Some("line"));
    session.receive(1, 0, b"a\n");
    session.send(1, 1, b"b\n");
    session.check(&[(1, "1> 0..2 of entries 1..=1 at 1..=1 ms in 1")]);
    let both = entries([
        event(0, 1, 1, received(1, b"a\n")),
        event(1, 1, 1, sent(2, b"b\n")),
    ]);
    let cuts: Vec<_> = both.iter().map(|it| session.framer.cuts(it)).collect();
    assert_eq!(cuts, [false, true]);
}
