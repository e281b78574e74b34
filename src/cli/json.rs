//! What happens, as one JSON object a line. Keys that do not apply are left out.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::Serialize;

use super::error::CliError;
use super::output::Output;
use crate::capture::{Entry, SESSION, words};
use crate::net::{ConnectionId, EventKind};
use crate::payload::{StreamEnd, VisibleText, hex};

/// Writes entries to standard output.
pub(super) struct JsonLines {
    endpoint: &'static str,
    /// The live connections whose received stream ended inside a character, which was told with the peer's FIN.
    told_ends: BTreeSet<ConnectionId>,
}

impl JsonLines {
    /// Begins the lines of a session with one endpoint.
    pub(super) fn new(endpoint: &'static str) -> Self {
        Self {
            endpoint,
            told_ends: BTreeSet::new(),
        }
    }

    /// Writes the lines of these entries.
    pub(super) fn write(&mut self, entries: &[Entry], output: &mut Output) -> Result<(), CliError> {
        for entry in entries {
            let text = text(entry, &mut self.told_ends);
            if let Some(line) = line(self.endpoint, entry, text) {
                output.write(line.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// Returns the text of a data entry, or of the character inside which the received stream ended.
fn text(entry: &Entry, told_ends: &mut BTreeSet<ConnectionId>) -> Option<String> {
    if let Some(payload) = entry.payload() {
        let carry = entry.stream().carry;
        let visible = VisibleText::decode(carry, &payload.bytes, None, StreamEnd::Open);
        return Some(visible.escaped());
    }
    let connection = entry.event.link.as_deref()?.connection;
    let carry = entry.streams.received.carry;
    let is_first = match entry.event.kind {
        EventKind::PeerFinished if carry.is_empty() => return None,
        EventKind::PeerFinished => told_ends.insert(connection),
        EventKind::Closed(_) | EventKind::Reset { .. } => !told_ends.remove(&connection),
        _ => return None,
    };
    let unfinished = VisibleText::decode(carry, &[], None, StreamEnd::Ended);
    (is_first && !carry.is_empty()).then(|| unfinished.escaped())
}

/// The keys, in the order in which they are written.
#[derive(Serialize)]
struct Object<'a> {
    event: &'a str,
    time: String,
    elapsed_ns: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Returns the line of an entry; none for what the format has no event for.
fn line(endpoint: &'static str, entry: &Entry, text: Option<String>) -> Option<String> {
    let kind = &entry.event.kind;
    let link = entry.event.link.as_deref();
    let payload = entry.payload();
    let local = match kind {
        EventKind::Listening { local, .. } => Some(*local),
        _ => link.and_then(|link| link.local),
    };
    let event = event_name(kind)?;
    let object = Object {
        event,
        time: time(entry.time),
        elapsed_ns: entry.event.stamp.0,
        endpoint: (entry.event.endpoint != SESSION).then_some(endpoint),
        connection: link.map(|link| link.connection.0),
        local,
        peer: link.map(|link| link.peer),
        direction: payload.map(|_| event),
        bytes: payload.map(|_| entry.size_bytes),
        text,
        hex: payload.map(|payload| hex::render_compact(&payload.bytes)),
        reason: reason(entry),
    };
    let json = serde_json::to_string(&object).ok()?;
    Some(json + "\n")
}

fn event_name(kind: &EventKind) -> Option<&'static str> {
    Some(match kind {
        EventKind::Listening { .. } => "listening",
        EventKind::Connecting => "connecting",
        EventKind::Connected { .. } => "connected",
        EventKind::ConnectFailed { .. } => "connect_failed",
        EventKind::Accepted => "accepted",
        EventKind::Received { .. } => "received",
        EventKind::Sent { .. } => "sent",
        EventKind::PeerFinished => "peer_finished",
        EventKind::Closed(_) => "closed",
        EventKind::Reset { .. } => "reset",
        EventKind::AcceptPaused { .. } => "accept_paused",
        EventKind::AcceptResumed => "accept_resumed",
        EventKind::ClockAdjusted { .. } => "clock_adjusted",
        EventKind::Failed { .. } => "error",
        EventKind::Stopped => "stopped",
        EventKind::Missing { .. } => "missing",
        EventKind::NotRecorded { .. } => "not_recorded",
        EventKind::LookingUp { .. } | EventKind::WeFinished => return None,
    })
}

fn reason(entry: &Entry) -> Option<String> {
    match &entry.event.kind {
        // The words of the whole error name the address, which no other key of an error does.
        EventKind::Failed { error } => Some(error.to_string()),
        EventKind::ClockAdjusted { .. }
        | EventKind::Missing { .. }
        | EventKind::NotRecorded { .. } => Some(words::words(entry)),
        kind => words::reason(kind),
    }
}

/// Writes a time as RFC 3339 in UTC, with microseconds.
fn time(time: SystemTime) -> String {
    // A wall clock outside of the years -9999 to 9999 has no such form.
    let timestamp = Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{timestamp:.6}")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;

    use super::*;
    use crate::capture::StreamPositions;
    use crate::net::{
        Backlog, Closed, ClosedBy, ConnectionId, EndpointId, Event, Link, Payload, PayloadId, Stamp,
    };
    use crate::payload::Carry;

    fn entry(link: bool, kind: EventKind) -> Entry {
        let link = link.then(|| Link {
            connection: ConnectionId(1),
            local: Some("127.0.0.1:9000".parse().unwrap()),
            peer: "127.0.0.1:53122".parse().unwrap(),
        });
        let mut streams = StreamPositions::default();
        streams.received.carry = Carry::new(b"\xE6\x97").unwrap();
        let size_bytes = match &kind {
            EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
                payload.bytes.len() as u64
            }
            _ => 0,
        };
        Entry {
            number: 0,
            time: SystemTime::UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_789),
            event: Event {
                stamp: Stamp(42),
                endpoint: match kind {
                    EventKind::ClockAdjusted { .. } => SESSION,
                    _ => EndpointId(1),
                },
                link: link.map(Arc::new),
                kind,
            },
            streams,
            size_bytes,
        }
    }

    fn check(entry: &Entry, expected: &str) {
        let text = text(entry, &mut BTreeSet::new());
        assert_eq!(
            line("Server 1", entry, text).unwrap(),
            format!("{expected}\n")
        );
    }

    #[test]
    fn a_data_entry_has_its_bytes_in_both_forms() {
        let payload = Payload::new(PayloadId(1), Bytes::from_static(b"\xA5\\\r\n\xFF"));
        check(
            &entry(true, EventKind::Received { payload }),
            r#"{"event":"received","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","direction":"received","bytes":5,"text":"日\\\\\\r\\n\\xFF","hex":"a55c0d0aff"}"#,
        );
    }

    #[test]
    fn keys_that_do_not_apply_are_left_out() {
        let local = "[::1]:9000".parse().unwrap();
        let backlog = Backlog {
            requested: 128,
            effective: None,
        };
        let dual_stack = false;
        check(
            &entry(
                false,
                EventKind::Listening {
                    local,
                    backlog,
                    dual_stack,
                },
            ),
            r#"{"event":"listening","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","local":"[::1]:9000"}"#,
        );
        check(
            &entry(
                false,
                EventKind::ClockAdjusted {
                    by_nanos: -20_000_000,
                },
            ),
            r#"{"event":"clock_adjusted","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"reason":"clock adjusted by -20.0 ms"}"#,
        );
    }

    #[test]
    fn an_end_has_its_reason() {
        let closed = Closed {
            by: ClosedBy::Peer,
            unsent_bytes: 0,
            unread: false,
        };
        check(
            &entry(true, EventKind::Closed(closed)),
            r#"{"event":"closed","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","text":"\\xE6\\x97","reason":"closed by the peer (FIN)"}"#,
        );
    }

    #[test]
    fn a_character_that_stays_unfinished_is_told_once() {
        let closed = || {
            EventKind::Closed(Closed {
                by: ClosedBy::Stop,
                unsent_bytes: 0,
                unread: false,
            })
        };
        let check = |kinds: Vec<EventKind>, expected: &[Option<&str>]| {
            let mut told_ends = BTreeSet::new();
            let texts: Vec<_> = kinds
                .into_iter()
                .map(|kind| text(&entry(true, kind), &mut told_ends))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|text| text.map(str::to_owned))
                .collect();
            assert_eq!(texts, expected);
            assert!(told_ends.is_empty());
        };
        let unfinished = Some(r"\xE6\x97");
        check(vec![closed()], &[unfinished]);
        check(vec![EventKind::Reset { unsent_bytes: 0 }], &[unfinished]);
        check(
            vec![EventKind::PeerFinished, EventKind::WeFinished, closed()],
            &[unfinished, None, None],
        );
    }

    #[test]
    fn a_look_up_and_our_own_finish_are_no_events_of_the_format() {
        let host = "example.org".to_owned();
        let looking_up = entry(false, EventKind::LookingUp { host, port: 80 });
        assert_eq!(line("Client 1", &looking_up, None), None);
        let finished = entry(true, EventKind::WeFinished);
        assert_eq!(line("Server 1", &finished, None), None);
    }
}
