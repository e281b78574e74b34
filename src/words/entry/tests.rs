//! What rows say of entries, in English.

use std::num::NonZeroU16;
use std::sync::Arc;

use super::super::ENGLISH;
use super::*;
use crate::capture::synthetic::{
    accepted, connect_error, entries, event, listening, local, peer, received, sent,
};
use crate::net::Requester;
use crate::script::RuleNumber;

/// The words and the reason of the last of these, which happen on one connection.
fn told(kinds: Vec<EventKind>) -> (String, Option<String>) {
    let entries = entries(kinds.into_iter().map(|kind| event(1, 1, 7, kind)));
    let last = entries.last().unwrap();
    (ENGLISH.happened(last), ENGLISH.reason_of(last))
}

fn check_all(kinds: Vec<EventKind>, expected: &str, expected_reason: Option<&str>) {
    let (words, reason) = told(kinds);
    assert_eq!(words, expected);
    assert_eq!(reason.as_deref(), expected_reason, "{expected}");
}

fn check(kind: EventKind, expected: &str, expected_reason: Option<&str>) {
    check_all(vec![kind], expected, expected_reason);
}

fn closed(by: ClosedBy, unsent_bytes: u64, unread: bool) -> EventKind {
    EventKind::Closed(Closed {
        by,
        unsent_bytes,
        unread,
    })
}

fn receive_failed(kind: io::ErrorKind) -> ClosedBy {
    ClosedBy::Failure(Arc::new(NetError::Receive {
        peer: peer(),
        source: kind.into(),
    }))
}

#[test]
fn beginnings_are_told() {
    let listening_with = |requested, effective, dual_stack| EventKind::Listening {
        local: local(),
        backlog: Backlog {
            requested,
            effective,
        },
        dual_stack,
    };
    check(
        listening(),
        "listening on 127.0.0.1:9000, backlog 128",
        None,
    );
    check(
        listening_with(4096, Some(128), false),
        "listening on 127.0.0.1:9000, backlog 128 of 4,096 requested",
        None,
    );
    check(
        listening_with(50, None, true),
        "listening on 127.0.0.1:9000, backlog 50, IPv4 and IPv6",
        None,
    );
    let host = "example.org".to_owned();
    check(
        EventKind::LookingUp { host, port: 80 },
        "looking up example.org",
        Some("looking up example.org"),
    );
    check(EventKind::Connecting, "connecting to 127.0.0.1:53122", None);
    check(
        EventKind::Connected {
            took: Duration::from_micros(80),
            process: None,
        },
        "connected to 127.0.0.1:53122 in 80 µs, from 127.0.0.1:9000",
        None,
    );
    check(accepted(), "accepted 127.0.0.1:53122", None);
    check(EventKind::Stopped, "server stopped", None);
}

#[test]
fn what_chance_did_is_told_with_its_rule() {
    let told = |disturbance: Disturbance| {
        let mut event = event(1, 1, 7, EventKind::Disturbed(disturbance));
        event.by = Requester::Rule(RuleNumber(NonZeroU16::new(2).unwrap()));
        ENGLISH.happened(&entries([event])[0])
    };
    assert_eq!(
        told(Disturbance::Dropped { bytes: 14 }),
        "127.0.0.1:53122 by rule 2: 14 bytes dropped instead of sent"
    );
    let corrupted = Disturbance::Corrupted {
        bytes: 14,
        at: 3,
        from: 0x41,
        to: 0x0A,
    };
    assert_eq!(
        told(corrupted),
        "127.0.0.1:53122 by rule 2: byte 3 of 14 bytes corrupted: 41 became 0A"
    );
}

#[test]
fn an_attempt_to_connect_again_is_told_with_its_wait() {
    let told = |attempts: Option<NonZeroU32>, expected: &str| {
        let again = EventKind::Reconnecting {
            after: Duration::from_secs(2),
            attempt: 3,
            attempts,
        };
        check(again, expected, None);
    };
    told(None, "connecting again in 2.00 s, attempt 3");
    let of = NonZeroU32::new(10);
    told(of, "connecting again in 2.00 s, attempt 3 of 10");
}

#[test]
fn data_is_told_by_its_size() {
    check(
        received(1, b"x"),
        "received 1 byte from 127.0.0.1:53122",
        None,
    );
    check(
        sent(1, &vec![0; 1_234_567]),
        "sent 1,234,567 bytes to 127.0.0.1:53122",
        None,
    );
}

#[test]
fn orderly_ends_are_told() {
    check(
        EventKind::PeerFinished,
        "half-closed by the peer 127.0.0.1:53122 (FIN)",
        Some("half-closed by the peer (FIN)"),
    );
    let same = |kind: EventKind, expected: &str| {
        let words = format!("127.0.0.1:53122 {expected}");
        check(kind, &words, Some(expected));
    };
    same(EventKind::WeFinished, "half-closed by us (FIN)");
    same(closed(ClosedBy::Us, 0, false), "closed by us");
    same(closed(ClosedBy::Peer, 0, false), "closed by the peer (FIN)");
    same(closed(ClosedBy::Stop, 0, false), "closed: server stopped");
    same(closed(ClosedBy::Reply, 0, false), "closed after the reply");
}

#[test]
fn lost_bytes_and_failures_are_told() {
    let same = |kind: EventKind, expected: &str| {
        let words = format!("127.0.0.1:53122 {expected}");
        check(kind, &words, Some(expected));
    };
    same(
        closed(ClosedBy::Us, 1_234, false),
        "closed by us, 1,234 bytes unsent",
    );
    same(
        closed(ClosedBy::Us, 0, true),
        "closed by us, received bytes left unread (the system resets: RST, inferred)",
    );
    same(
        closed(receive_failed(io::ErrorKind::TimedOut), 0, false),
        "timed out",
    );
    same(
        closed(receive_failed(io::ErrorKind::HostUnreachable), 1, false),
        "closed: cannot receive from 127.0.0.1:53122: host unreachable, 1 byte unsent",
    );
    check_all(
        vec![
            received(1, b"123456789"),
            EventKind::Reset { unsent_bytes: 0 },
        ],
        "reset by the peer 127.0.0.1:53122 (RST) after 9 bytes received",
        Some("reset by the peer (RST)"),
    );
    check(
        EventKind::Reset { unsent_bytes: 7 },
        "reset by the peer 127.0.0.1:53122 (RST) after 0 bytes received, 7 bytes unsent",
        Some("reset by the peer (RST), 7 bytes unsent"),
    );
}

#[test]
fn a_stream_that_ends_inside_a_character_shows_its_last_bytes() {
    check_all(
        vec![received(1, b"a\xE6\x97"), closed(ClosedBy::Peer, 0, false)],
        r"127.0.0.1:53122 closed by the peer (FIN); the stream ended inside a character: \xE6\x97",
        Some("closed by the peer (FIN)"),
    );
    check_all(
        vec![sent(1, b"\xE6"), EventKind::Reset { unsent_bytes: 2 }],
        "reset by the peer 127.0.0.1:53122 (RST) after 0 bytes received, 2 bytes unsent; \
         the sent stream ended inside a character: \\xE6",
        Some("reset by the peer (RST), 2 bytes unsent"),
    );
}

#[test]
fn errors_are_told_with_what_to_do() {
    let failed = |last| EventKind::ConnectFailed {
        error: connect_error(io::ErrorKind::ConnectionRefused),
        last,
    };
    let reason = Some("refused (nothing accepts connections there)");
    check(
        failed(true),
        "cannot connect to 127.0.0.1:53122: refused (nothing accepts connections there). \
         Check that a server listens at this address and port",
        reason,
    );
    check(
        failed(false),
        "cannot connect to 127.0.0.1:53122: refused (nothing accepts connections there); trying the next address",
        reason,
    );
    let failed = |error| EventKind::Failed {
        error: Arc::new(error),
    };
    check(
        failed(NetError::NoPeers { bytes: 3 }),
        "3 bytes not sent: no peer is connected. Choose a connected peer, or wait for one",
        Some("3 bytes not sent: no peer is connected"),
    );
    check(
        failed(NetError::ConnectTimeout {
            address: peer(),
            timeout: Duration::from_millis(2_500),
        }),
        "cannot connect to 127.0.0.1:53122: timed out after 2.5 s. \
         Check the address, and any firewalls on the way, or allow more time",
        Some("cannot connect to 127.0.0.1:53122: timed out after 2.5 s"),
    );
}

#[test]
fn pauses_and_clock_jumps_are_told() {
    let paused = EventKind::AcceptPaused {
        error: Arc::new(NetError::Accept {
            address: local(),
            source: io::ErrorKind::OutOfMemory.into(),
        }),
    };
    check(
        paused,
        "accepting paused: out of memory",
        Some("out of memory"),
    );
    check(EventKind::AcceptResumed, "accepting resumed", None);
    let aborted = |connections| EventKind::AcceptAborted { connections };
    let one = "1 connection ended before it was accepted";
    check(aborted(1), one, Some(one));
    let two = "2 connections ended before they were accepted";
    check(aborted(2), two, Some(two));
    let jump = |by_nanos, expected| {
        check(
            EventKind::ClockAdjusted { by_nanos },
            expected,
            Some(expected),
        );
    };
    jump(1_200_000_000, "clock adjusted by +1.20 s");
    jump(-12_300_000, "clock adjusted by -12 ms");
    jump(i64::MIN, "clock adjusted by -106751 d 23 h");
}
