//! What happened, in words: for the timeline, for screen readers, and for JSON.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::entry::Entry;
use crate::net::{self, Backlog, Closed, ClosedBy, Direction, Event, EventKind, NetError, Payload};
use crate::payload::{Carry, StreamEnd, VisibleText};
use crate::words::number;

/// Returns what happened, as the timeline tells it. Of bytes it says how many, not which.
///
/// What came from outside (a host name) stands in it as it is; see [`VisibleText::plain`].
pub fn words(entry: &Entry) -> String {
    let event = &entry.event;
    let peer = event.link.as_ref().map(|link| link.peer);
    match &event.kind {
        EventKind::Listening {
            local,
            backlog,
            dual_stack,
        } => listening(*local, *backlog, *dual_stack),
        EventKind::LookingUp { host, .. } => format!("looking up {host}"),
        EventKind::Connecting => with("connecting to ", peer, "connecting"),
        EventKind::Connected { took } => connected(event, *took),
        EventKind::ConnectFailed { error, last: true } | EventKind::Failed { error } => {
            advised(error)
        }
        EventKind::ConnectFailed { error, last: false } => {
            format!("{error}; trying the next address")
        }
        EventKind::Accepted => with("accepted ", peer, "accepted"),
        EventKind::Received { payload } => {
            let size = chunk(entry, payload);
            format!("received {size}{}", with(" from ", peer, ""))
        }
        EventKind::Sent { payload, .. } => {
            let size = chunk(entry, payload);
            format!("sent {size}{}", with(" to ", peer, ""))
        }
        EventKind::PeerFinished => {
            let peer = with(" ", peer, "");
            format!("half-closed by the peer{peer} (FIN)")
        }
        EventKind::WeFinished => whose(peer) + "half-closed by us (FIN)",
        EventKind::Closed(closed) => whose(peer) + &self::closed(closed) + &unfinished(entry),
        EventKind::Reset { unsent_bytes } => reset(entry, peer, *unsent_bytes),
        EventKind::AcceptPaused { error } => format!("accepting paused: {}", cause(error)),
        EventKind::AcceptResumed => "accepting resumed".to_owned(),
        EventKind::Missing { direction, bytes } => whose(peer) + &missing(*direction, *bytes),
        EventKind::NotRecorded { entries } => not_recorded(*entries),
        EventKind::ClockAdjusted { by_nanos } => clock_adjusted(*by_nanos),
        EventKind::Stopped => "server stopped".to_owned(),
    }
}

/// Returns why, in a few words, where an event has a reason: how a connection ended, or what failed.
pub fn reason(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::Closed(closed) => Some(self::closed(closed)),
        EventKind::Reset { unsent_bytes } => {
            Some(format!("reset by the peer (RST){}", unsent(*unsent_bytes)))
        }
        EventKind::PeerFinished => Some("half-closed by the peer (FIN)".to_owned()),
        EventKind::WeFinished => Some("half-closed by us (FIN)".to_owned()),
        EventKind::ConnectFailed { error, .. }
        | EventKind::AcceptPaused { error }
        | EventKind::Failed { error } => Some(cause(error)),
        EventKind::Listening { .. }
        | EventKind::LookingUp { .. }
        | EventKind::Connecting
        | EventKind::Connected { .. }
        | EventKind::Accepted
        | EventKind::Received { .. }
        | EventKind::Sent { .. }
        | EventKind::AcceptResumed
        | EventKind::Missing { .. }
        | EventKind::NotRecorded { .. }
        | EventKind::ClockAdjusted { .. }
        | EventKind::Stopped => None,
    }
}

/// Writes the size of a chunk, and how much of it was kept if not all: `2,000 bytes (the first 512 kept)`.
fn chunk(entry: &Entry, payload: &Payload) -> String {
    let size = number::count(entry.size_bytes, "byte");
    match payload.bytes.len() as u64 {
        kept if kept < entry.size_bytes => {
            format!("{size} (the first {} kept)", number::grouped(kept))
        }
        _ => size,
    }
}

fn missing(direction: Direction, count: u64) -> String {
    let way = match direction {
        Direction::Received => "received",
        Direction::Sent => "sent",
    };
    let verb = if count == 1 { "is" } else { "are" };
    format!(
        "{} of what was {way} {verb} missing in the file",
        number::count(count, "byte")
    )
}

fn not_recorded(entries: u64) -> String {
    let verb = if entries == 1 { "was" } else { "were" };
    let entries = number::count(entries, "entry");
    format!("{entries} {verb} not recorded before this")
}

/// Returns the peer's address before what happened to its connection.
fn whose(peer: Option<SocketAddr>) -> String {
    peer.map_or_else(String::new, |peer| format!("{peer} "))
}

fn with(before: &str, peer: Option<SocketAddr>, otherwise: &str) -> String {
    peer.map_or_else(|| otherwise.to_owned(), |peer| format!("{before}{peer}"))
}

fn listening(local: SocketAddr, backlog: Backlog, dual_stack: bool) -> String {
    let asked = backlog.requested;
    let backlog = match backlog.effective {
        Some(effective) if effective != asked => format!("{effective} of {asked} asked for"),
        _ => asked.to_string(),
    };
    let families = if dual_stack { ", IPv4 and IPv6" } else { "" };
    format!("listening on {local}, backlog {backlog}{families}")
}

fn connected(event: &Event, took: Duration) -> String {
    let link = event.link.as_deref();
    let peer = with(" to ", link.map(|link| link.peer), "");
    let from = with(", from ", link.and_then(|link| link.local), "");
    format!("connected{peer} in {}{from}", number::duration(took))
}

fn closed(closed: &Closed) -> String {
    let by = match &closed.by {
        ClosedBy::Us => "closed by us".to_owned(),
        ClosedBy::Stop => "closed: server stopped".to_owned(),
        ClosedBy::Reply => "closed after the reply".to_owned(),
        ClosedBy::Peer => "closed by the peer (FIN)".to_owned(),
        ClosedBy::Failure(error) if is_time_out(error) => "timed out".to_owned(),
        ClosedBy::Failure(error) => format!("closed: {error}"),
    };
    let unread = if closed.unread {
        ", received bytes left unread (the system resets: RST, inferred)"
    } else {
        ""
    };
    by + &unsent(closed.unsent_bytes) + unread
}

fn reset(entry: &Entry, peer: Option<SocketAddr>, unsent_bytes: u64) -> String {
    let peer = with(" ", peer, "");
    let received = number::count(entry.streams.received.offset, "byte");
    let unsent = unsent(unsent_bytes);
    let unfinished = unfinished(entry);
    format!("reset by the peer{peer} (RST) after {received} received{unsent}{unfinished}")
}

fn unsent(count: u64) -> String {
    if count == 0 {
        return String::new();
    }
    format!(", {} unsent", number::count(count, "byte"))
}

/// The characters inside which the streams of a closing entry ended, which no row before it could show.
fn unfinished(entry: &Entry) -> String {
    let tell = |stream: &str, carry: Carry| {
        if carry.is_empty() {
            return String::new();
        }
        let bytes = VisibleText::decode(carry, &[], None, StreamEnd::Ended).text;
        format!("; {stream} ended inside a character: {bytes}")
    };
    tell("the stream", entry.streams.received.carry)
        + &tell("what was sent", entry.streams.sent.carry)
}

/// What failed, with what to do next.
fn advised(error: &NetError) -> String {
    match error.advice() {
        Some(advice) => format!("{error}. {advice}"),
        None => error.to_string(),
    }
}

/// Why something failed, without what failed.
fn cause(error: &NetError) -> String {
    match error {
        NetError::Listen { source, .. }
        | NetError::Connect { source, .. }
        | NetError::Accept { source, .. }
        | NetError::Receive { source, .. }
        | NetError::Send { source, .. }
        | NetError::Start { source } => net::reason(source),
        NetError::LookUp { source, .. } => net::lookup_reason(source),
        NetError::ConnectTimeout { timeout, .. } => {
            format!("timed out after {} s", timeout.as_secs_f64())
        }
        _ => error.to_string(),
    }
}

fn is_time_out(error: &NetError) -> bool {
    matches!(
        error,
        NetError::Receive { source, .. } | NetError::Send { source, .. }
            if source.kind() == io::ErrorKind::TimedOut
    )
}

fn clock_adjusted(by_nanos: i64) -> String {
    let sign = if by_nanos < 0 { '-' } else { '+' };
    let jump = number::duration(Duration::from_nanos(by_nanos.unsigned_abs()));
    format!("clock adjusted by {sign}{jump}")
}

/// Returns how a connection ended and whether that was other than in order; none when the event is no end.
pub(super) fn ending(kind: &EventKind) -> Option<(String, bool)> {
    let bad = match kind {
        EventKind::Closed(closed) => {
            closed.unread || closed.unsent_bytes > 0 || matches!(closed.by, ClosedBy::Failure(_))
        }
        EventKind::Reset { .. } => true,
        _ => return None,
    };
    reason(kind).map(|words| (words, bad))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::capture::synthetic::{
        accepted, connect_error, entries, event, listening, local, peer, received, sent,
    };

    /// The words and the reason of the last of these, which happen on one connection.
    fn told(kinds: Vec<EventKind>) -> (String, Option<String>) {
        let entries = entries(kinds.into_iter().map(|kind| event(1, 1, 7, kind)));
        let last = entries.last().unwrap();
        (words(last), reason(&last.event.kind))
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
            "listening on 127.0.0.1:9000, backlog 128 of 4096 asked for",
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
            None,
        );
        check(EventKind::Connecting, "connecting to 127.0.0.1:53122", None);
        check(
            EventKind::Connected {
                took: Duration::from_micros(80),
            },
            "connected to 127.0.0.1:53122 in 0.08 ms, from 127.0.0.1:9000",
            None,
        );
        check(accepted(), "accepted 127.0.0.1:53122", None);
        check(EventKind::Stopped, "server stopped", None);
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
             what was sent ended inside a character: \\xE6",
            Some("reset by the peer (RST), 2 bytes unsent"),
        );
    }

    #[test]
    fn errors_are_told_with_what_to_do() {
        let failed = |last| EventKind::ConnectFailed {
            error: connect_error(io::ErrorKind::ConnectionRefused),
            last,
        };
        let reason = Some("refused (nobody listens there)");
        check(
            failed(true),
            "cannot connect to 127.0.0.1:53122: refused (nobody listens there). \
             Start the server, or check the port",
            reason,
        );
        check(
            failed(false),
            "cannot connect to 127.0.0.1:53122: refused (nobody listens there); trying the next address",
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
             Check the address and the firewall on the way, or allow more time",
            Some("timed out after 2.5 s"),
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
        let jump = |by_nanos, expected| {
            check(EventKind::ClockAdjusted { by_nanos }, expected, None);
        };
        jump(1_200_000_000, "clock adjusted by +1.20 s");
        jump(-12_300_000, "clock adjusted by -12 ms");
        jump(i64::MIN, "clock adjusted by -106751 d 23 h");
    }
}
