//! What happened, in words: for the timeline, for screen readers, and for JSON.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::entry::Entry;
use crate::net::{self, Backlog, Closed, ClosedBy, Event, EventKind, NetError};
use crate::payload::{Carry, StreamEnd, VisibleText};

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
        EventKind::Connecting => with("connecting to ", peer, "connecting"),
        EventKind::Connected { took } => connected(event, *took),
        EventKind::ConnectFailed { error, last: true } => advised(error),
        EventKind::ConnectFailed { error, last: false } => {
            format!("{error}; trying the next address")
        }
        EventKind::Accepted => with("accepted ", peer, "accepted"),
        EventKind::Received { payload } => {
            let size = bytes(payload.bytes.len() as u64);
            format!("received {size}{}", with(" from ", peer, ""))
        }
        EventKind::Sent { payload, .. } => {
            let size = bytes(payload.bytes.len() as u64);
            format!("sent {size}{}", with(" to ", peer, ""))
        }
        EventKind::PeerFinished => {
            let peer = with(" ", peer, "");
            format!("half-closed by the peer{peer} (FIN)")
        }
        EventKind::WeFinished => "half-closed by us (FIN)".to_owned(),
        EventKind::Closed(closed) => self::closed(closed) + &unfinished(entry),
        EventKind::Reset { unsent_bytes } => reset(entry, peer, *unsent_bytes),
        EventKind::AcceptPaused { error } => format!("accepting paused: {}", cause(error)),
        EventKind::AcceptResumed => "accepting resumed".to_owned(),
        EventKind::ClockAdjusted { by_nanos } => clock_adjusted(*by_nanos),
        EventKind::Failed { error } => advised(error),
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
        | EventKind::Connecting
        | EventKind::Connected { .. }
        | EventKind::Accepted
        | EventKind::Received { .. }
        | EventKind::Sent { .. }
        | EventKind::AcceptResumed
        | EventKind::ClockAdjusted { .. }
        | EventKind::Stopped => None,
    }
}

/// Writes a number of bytes: `1 byte`, `1,234 bytes`.
pub fn bytes(count: u64) -> String {
    let unit = if count == 1 { "byte" } else { "bytes" };
    format!("{} {unit}", grouped(count))
}

/// Writes a number with its thousands apart: `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Writes a duration with about three digits: `0.08 ms`, `12.3 ms`, `1.2 s`.
fn duration(duration: Duration) -> String {
    let millis = duration.as_secs_f64() * 1_000.0;
    match duration.as_millis() {
        0 => format!("{millis:.2} ms"),
        1..100 => format!("{millis:.1} ms"),
        100..1_000 => format!("{millis:.0} ms"),
        _ => format!("{:.1} s", duration.as_secs_f64()),
    }
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
    format!("connected{peer} in {}{from}", duration(took))
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
    let received = bytes(entry.streams.received.offset);
    let unsent = unsent(unsent_bytes);
    let unfinished = unfinished(entry);
    format!("reset by the peer{peer} (RST) after {received} received{unsent}{unfinished}")
}

fn unsent(count: u64) -> String {
    if count == 0 {
        return String::new();
    }
    format!(", {} unsent", bytes(count))
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
    let jump = duration(Duration::from_nanos(by_nanos.unsigned_abs()));
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
