//! Entries as JSON lines: one object per line, without keys that do not apply.

use std::collections::HashMap;
use std::io::{self, Write};
use std::net::SocketAddr;

use serde::Serialize;

use super::names::Names;
use super::summary::{self, Unfaithful};
use super::texts::ChunkTexts;
use super::time;
use super::writer::EntryWriter;
use crate::capture::{Encodings, Entry, SESSION, Say};
use crate::net::{EndpointId, EventKind};
use crate::payload::{StreamEnd, TextStart, hex};

/// Makes the lines of a session's entries, in order.
#[derive(Debug)]
pub(crate) struct JsonLines {
    texts: ChunkTexts,
    say: &'static dyn Say,
}

/// The keys of a frame besides those of its bytes.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct FrameKeys {
    /// Its offset in the stream.
    pub(crate) offset: u64,
    /// When its first byte was read or written.
    pub(crate) began_ns: u64,
    /// How many reads or writes it spans.
    pub(crate) chunks: u64,
    /// Whether it passed its check; `None` without a check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) good: Option<bool>,
    /// Why it did not.
    #[serde(skip)]
    pub(crate) fault: Option<String>,
}

impl JsonLines {
    /// Starts the lines of a session with its endpoints' encodings; `say` provides the text of `reason`.
    pub(crate) fn new(encodings: Encodings, say: &'static dyn Say) -> Self {
        Self {
            texts: ChunkTexts::new(encodings),
            say,
        }
    }

    /// Returns the line of a frame; `entry` holds its bytes instead of a chunk's.
    pub(crate) fn frame(
        &self,
        entry: &Entry,
        endpoint: Option<&str>,
        keys: &FrameKeys,
    ) -> Option<String> {
        let bytes = &entry.payload()?.bytes;
        let start = TextStart::from(self.texts.encoding(entry));
        let text = start.decode(bytes, None, StreamEnd::Ended);
        let reason = keys.fault.clone();
        line(entry, endpoint, Some(text.escaped()), reason, Some(keys))
    }

    /// Returns the line of an entry, with its line feed; `None` if the format has no event for it.
    pub(crate) fn line(&mut self, entry: &Entry, endpoint: Option<&str>) -> Option<String> {
        let text = self.texts.of(entry);
        let reason = self.say.reason(entry);
        line(entry, endpoint, text, reason, None)
    }
}

/// Writes JSON lines.
pub(super) struct JsonWriter<W> {
    output: W,
    names: Names,
    lines: JsonLines,
}

impl<W: Write> JsonWriter<W> {
    pub(super) fn new(
        output: W,
        names: &HashMap<EndpointId, String>,
        encodings: Encodings,
        say: &'static dyn Say,
    ) -> Self {
        Self {
            output,
            names: Names::new(names),
            lines: JsonLines::new(encodings, say),
        }
    }
}

impl<W: Write> EntryWriter for JsonWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<()> {
        let name = self.names.get(entry.event.endpoint);
        match self.lines.line(entry, name.as_deref()) {
            Some(line) => self.output.write_all(line.as_bytes()),
            None => Ok(()),
        }
    }
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
    /// The size of a chunk.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// How many of its bytes were kept, unless all were.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
    #[serde(flatten)]
    frame: Option<&'a FrameKeys>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn line(
    entry: &Entry,
    endpoint: Option<&str>,
    text: Option<String>,
    reason: Option<String>,
    frame: Option<&FrameKeys>,
) -> Option<String> {
    let kind = &entry.event.kind;
    if matches!(kind, EventKind::LookingUp { .. } | EventKind::WeFinished) {
        return None;
    }
    let link = entry.event.link.as_deref();
    let payload = entry.payload();
    let kept_bytes = payload.map(|payload| payload.bytes.len() as u64);
    let object = Object {
        event: event_name(kind),
        time: time::utc(entry.time),
        elapsed_ns: entry.event.stamp.0,
        endpoint: endpoint.filter(|_| entry.event.endpoint != SESSION),
        connection: link.map(|link| link.connection.0),
        local: local(entry),
        peer: link.map(|link| link.peer),
        direction: kind.direction().map(summary::name),
        bytes: payload.map(|_| entry.size_bytes),
        kept_bytes: kept_bytes.filter(|&kept| kept < entry.size_bytes),
        text,
        hex: payload.map(|payload| hex::render_compact(&payload.bytes)),
        frame,
        reason,
    };
    let json = serde_json::to_string(&object).ok()?;
    Some(json + "\n")
}

/// Returns the local address, if known: of the connection, or of the listener.
pub(super) fn local(entry: &Entry) -> Option<SocketAddr> {
    match &entry.event.kind {
        EventKind::Listening { local, .. } => Some(*local),
        _ => entry.event.link.as_deref()?.local,
    }
}

/// Returns the formats' name for an event.
pub(super) fn event_name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Listening { .. } => "listening",
        EventKind::LookingUp { .. } => "looking_up",
        EventKind::Connecting => "connecting",
        EventKind::Connected { .. } => "connected",
        EventKind::ConnectFailed { .. } => "connect_failed",
        EventKind::Accepted => "accepted",
        EventKind::Received { .. } => "received",
        EventKind::Sent { .. } => "sent",
        EventKind::PeerFinished => "peer_finished",
        EventKind::WeFinished => "we_finished",
        EventKind::Closed(_) => "closed",
        EventKind::Reset { .. } => "reset",
        EventKind::AcceptPaused { .. } => "accept_paused",
        EventKind::AcceptResumed => "accept_resumed",
        EventKind::ClockAdjusted { .. } => "clock_adjusted",
        EventKind::Failed { .. } => "error",
        EventKind::Stopped => "stopped",
        EventKind::AcceptAborted { .. } => "accept_aborted",
        EventKind::Missing { .. } => "missing",
        EventKind::NotRecorded { .. } => "not_recorded",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use bytes::Bytes;

    use super::*;
    use crate::capture::StreamPositions;
    use crate::capture::synthetic::VariantNames;
    use crate::net::{
        Backlog, Closed, ClosedBy, ConnectionId, Event, Link, Payload, PayloadId, Stamp,
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

    fn lines() -> JsonLines {
        JsonLines::new(Encodings::default(), &VariantNames)
    }

    fn check(entry: &Entry, expected: &str) {
        let line = lines().line(entry, Some("Server 1"));
        assert_eq!(line.unwrap(), format!("{expected}\n"));
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
    fn a_chunk_that_was_cut_has_both_sizes() {
        let payload = Payload::new(PayloadId(1), Bytes::from_static(b"abc"));
        let took = Duration::ZERO;
        let mut cut = entry(true, EventKind::Sent { payload, took });
        cut.size_bytes = 2_000;
        check(
            &cut,
            r#"{"event":"sent","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","direction":"sent","bytes":2000,"kept_bytes":3,"text":"abc","hex":"616263"}"#,
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
            r#"{"event":"listening","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","local":"[::1]:9000","reason":"Listening"}"#,
        );
        check(
            &entry(
                false,
                EventKind::ClockAdjusted {
                    by_nanos: -20_000_000,
                },
            ),
            r#"{"event":"clock_adjusted","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"reason":"ClockAdjusted"}"#,
        );
    }

    #[test]
    fn a_closed_event_has_its_reason() {
        let closed = Closed {
            by: ClosedBy::Peer,
            unsent_bytes: 0,
            unread: false,
        };
        check(
            &entry(true, EventKind::Closed(closed)),
            r#"{"event":"closed","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122","text":"\\xE6\\x97","reason":"Closed"}"#,
        );
    }

    #[test]
    fn an_incomplete_character_is_reported_once() {
        let closed = || {
            EventKind::Closed(Closed {
                by: ClosedBy::Stop,
                unsent_bytes: 0,
                unread: false,
            })
        };
        let check = |kinds: Vec<EventKind>, expected: &[Option<&str>]| {
            let mut lines = lines();
            let texts: Vec<_> = kinds
                .into_iter()
                .map(|kind| lines.texts.of(&entry(true, kind)))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|text| text.map(str::to_owned))
                .collect();
            assert_eq!(texts, expected);
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
    fn lookups_and_our_own_fin_have_no_event_in_the_format() {
        let host = "example.org".to_owned();
        let looking_up = entry(false, EventKind::LookingUp { host, port: 80 });
        assert_eq!(lines().line(&looking_up, None), None);
        let finished = entry(true, EventKind::WeFinished);
        assert_eq!(lines().line(&finished, None), None);
    }
}
