//! Entries as JSON lines: one object per line, without keys that do not apply.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::time::SystemTime;

use serde::{Serialize, Serializer};

use super::both_ends::BothEnds;
use super::json_udp::UdpKeys;
use super::names::Names;
use super::summary::{self, Unfaithful};
use super::texts::ChunkTexts;
use super::time;
use super::tls_keys::TlsKeys;
use super::writer::{EntryWriter, payload_len};
use crate::capture::{Encodings, Entry, EventKind, LifecycleKind, SESSION, Say, UnreadRun};
use crate::net::kernel::SynOption;
use crate::net::{Address, EndpointId, Requester, Stamp};
use crate::payload::{StreamEnd, TextStart, VisibleText, hex};
use crate::script::sequence::Outcome;

/// Makes the lines of a session's entries, in order.
#[derive(Debug)]
pub(crate) struct JsonLines {
    texts: ChunkTexts,
    /// The ends of connections that have begun.
    ends: BothEnds,
    /// The text of the current entry; kept to use its memory again.
    text: Vec<u8>,
    say: &'static dyn Say,
}

/// What a stream of lines lacks, or the record behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonLack<'a> {
    /// Whether lines are missing here. Otherwise what follows is not recorded.
    pub(crate) is_gap: bool,
    /// When the first of the entries happened.
    pub(crate) stamp: Stamp,
    /// When the first of the entries happened.
    pub(crate) time: SystemTime,
    /// How many entries, if that is known.
    pub(crate) entries: Option<u64>,
    /// Why.
    pub(crate) reason: Option<&'a str>,
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
            ends: BothEnds::default(),
            text: Vec::new(),
            say,
        }
    }

    /// Appends the line of a frame; `entry` holds its bytes instead of a chunk's.
    pub(crate) fn frame(
        &mut self,
        entry: &Entry,
        endpoint: Option<&str>,
        keys: &FrameKeys,
        output: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        let Some(payload) = entry.payload() else {
            return Ok(());
        };
        self.text.clear();
        let start = TextStart::from(self.texts.encoding(entry));
        start.escape_into(&mut self.text, &payload.bytes, StreamEnd::Ended);
        let (text, reason) = (Some(self.text.as_slice()), keys.fault.as_deref());
        push_line(output, entry, endpoint, text, reason, Some(keys))
    }

    /// Appends the line of an entry, with its line feed, if the format has an event for it.
    pub(crate) fn line(
        &mut self,
        entry: &Entry,
        endpoint: Option<&str>,
        output: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        self.text.clear();
        let has_text = self.texts.push(entry, &mut self.text);
        if !has_event(&entry.event.kind) {
            return Ok(());
        }
        let text = has_text.then_some(self.text.as_slice());
        // It may quote what another program or another capture called something.
        let reason = self.say.reason(entry);
        let reason = reason.map(|reason| VisibleText::plain(reason).text);
        push_line(output, entry, endpoint, text, reason.as_deref(), None)?;
        if self.ends.begins_pair(entry) {
            serde_json::to_writer(&mut *output, &Head::of(entry, "paired", endpoint))?;
            output.push(b'\n');
        }
        Ok(())
    }

    /// Appends the line that says that entries cannot be read.
    fn unreadable(&mut self, run: &UnreadRun, output: &mut Vec<u8>) -> serde_json::Result<()> {
        #[derive(Serialize)]
        struct Damaged<'a> {
            event: &'static str,
            entries: u64,
            reason: &'a str,
        }

        // The state of the text before what follows is not known.
        self.texts.skip();
        let object = Damaged {
            event: "damaged",
            entries: run.count,
            reason: &self.say.unreadable(&run.why).text,
        };
        serde_json::to_writer(&mut *output, &object)?;
        output.push(b'\n');
        Ok(())
    }

    /// Appends the line that says that entries could not be written, or are not on record.
    pub(crate) fn lack(
        &mut self,
        lack: &JsonLack<'_>,
        output: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        #[derive(Serialize)]
        struct Object<'a> {
            event: &'static str,
            time: String,
            elapsed_ns: u64,
            #[serde(skip_serializing_if = "Option::is_none")]
            entries: Option<u64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            reason: Option<&'a str>,
        }

        if lack.is_gap {
            // The state of the text before what follows is not known.
            self.texts.skip();
        }
        let object = Object {
            event: if lack.is_gap {
                "not_written"
            } else {
                "not_recorded"
            },
            time: time::utc(lack.time),
            elapsed_ns: lack.stamp.0,
            entries: lack.entries,
            reason: lack.reason,
        };
        serde_json::to_writer(&mut *output, &object)?;
        output.push(b'\n');
        Ok(())
    }
}

/// Writes JSON lines.
pub(super) struct JsonWriter<W> {
    output: W,
    names: Names,
    lines: JsonLines,
    /// The current line; kept to use its memory again.
    line: Vec<u8>,
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
            line: Vec::new(),
        }
    }
}

impl<W: Write> EntryWriter for JsonWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<u64> {
        let name = self.names.get(entry.event.endpoint);
        self.line.clear();
        self.lines.line(entry, name.as_deref(), &mut self.line)?;
        self.output.write_all(&self.line)?;
        Ok(payload_len(entry))
    }

    fn unreadable(&mut self, run: &UnreadRun) -> io::Result<()> {
        self.line.clear();
        self.lines.unreadable(run, &mut self.line)?;
        self.output.write_all(&self.line)
    }
}

/// The keys before the bytes, in the order in which they are written.
#[derive(Serialize)]
struct Head<'a> {
    event: &'a str,
    time: String,
    elapsed_ns: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    local: Option<Shown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<Shown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'a str>,
    /// The size of a chunk.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// How many of its bytes were kept, unless all were.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_bytes: Option<u64>,
    /// How many they were on the wire, if they were encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    wire_bytes: Option<u32>,
}

impl<'a> Head<'a> {
    fn of(entry: &'a Entry, event: &'a str, endpoint: Option<&'a str>) -> Self {
        let link = entry.event.link.as_deref();
        let payload = entry.payload();
        let kept_bytes = payload.map(|payload| payload.bytes.len() as u64);
        Self {
            event,
            time: time::utc(entry.time),
            elapsed_ns: entry.event.stamp.0,
            endpoint: endpoint.filter(|_| entry.event.endpoint != SESSION),
            connection: link.map(|link| link.connection.number),
            local: local(entry).map(Shown),
            peer: link.map(|link| Shown(&link.peer)),
            direction: entry.event.kind.direction().map(summary::name),
            bytes: payload.map(|_| entry.size_bytes),
            kept_bytes: kept_bytes.filter(|&kept| kept < entry.size_bytes),
            wire_bytes: payload.and_then(|payload| payload.wire_bytes),
        }
    }
}

/// An address as it is typed.
struct Shown<'a>(&'a Address);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// The keys after the bytes.
#[derive(Serialize)]
struct Tail<'a> {
    #[serde(flatten)]
    frame: Option<&'a FrameKeys>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// How many entries are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<u64>,
    /// Who requested it; nobody requests what a peer or the system does.
    #[serde(skip_serializing_if = "Option::is_none")]
    requested_by: Option<Cow<'a, str>>,
    #[serde(flatten)]
    sequence: Option<SequenceKeys<'a>>,
    #[serde(flatten)]
    process: Option<ProcessKeys>,
    #[serde(flatten)]
    tls: Option<TlsKeys>,
    /// The SYN of the peer of an accepted connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    syn: Option<SynKeys>,
    #[serde(flatten)]
    udp: Option<UdpKeys>,
    /// Whether part of the entry could not be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    damaged: bool,
}

/// What a sequence did.
#[derive(Serialize)]
struct SequenceKeys<'a> {
    sequence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// The step that was not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u16>,
}

impl<'a> SequenceKeys<'a> {
    fn of(kind: &'a EventKind) -> Option<Self> {
        let (sequence, outcome) = match kind {
            EventKind::SequenceBegan { name } => (name, None),
            EventKind::SequenceEnded { name, end } => (name, Some(&end.outcome)),
            _ => return None,
        };
        Some(Self {
            sequence,
            outcome: outcome.map(|it| match it {
                Outcome::Passed => "passed",
                Outcome::Failed { .. } => "failed",
                Outcome::Cancelled { .. } => "cancelled",
            }),
            step: outcome.and_then(Outcome::step).map(|it| it.0),
        })
    }
}

/// The process at the other end of a Unix socket.
#[derive(Serialize)]
struct ProcessKeys {
    pid: u32,
    uid: u32,
    command: String,
}

impl ProcessKeys {
    fn of(kind: &EventKind) -> Option<Self> {
        let (EventKind::Accepted { process, .. } | EventKind::Connected { process, .. }) = kind
        else {
            return None;
        };
        process.as_ref().map(|process| Self {
            pid: process.pid,
            uid: process.uid,
            command: VisibleText::plain(&process.command).text,
        })
    }
}

/// The SYN with which a peer asked for a connection.
#[derive(Serialize)]
struct SynKeys {
    /// TTL, or hop limit.
    hops: u8,
    window: u16,
    sequence_number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    mss: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window_scale: Option<u8>,
    sack_permitted: bool,
    timestamps: bool,
    ecn: bool,
    /// The kinds of the options, in their order.
    options: Vec<u8>,
    /// The headers, from the IP header on.
    hex: String,
}

impl SynKeys {
    fn of(kind: &EventKind) -> Option<Self> {
        let EventKind::Accepted {
            syn: Some(saved), ..
        } = kind
        else {
            return None;
        };
        let syn = saved.parse()?;
        Some(Self {
            hops: syn.hops,
            window: syn.window,
            sequence_number: syn.sequence_number,
            mss: syn.mss(),
            window_scale: syn.window_scale(),
            sack_permitted: syn.permits_sack(),
            timestamps: syn.has_timestamps(),
            ecn: syn.has_ecn,
            options: syn.options.iter().map(SynOption::kind).collect(),
            hex: hex::render_compact(saved.bytes()),
        })
    }
}

/// Appends an object with these keys to a line. The bytes are appended in both forms without a detour through strings.
fn push_line(
    output: &mut Vec<u8>,
    entry: &Entry,
    endpoint: Option<&str>,
    text: Option<&[u8]>,
    reason: Option<&str>,
    frame: Option<&FrameKeys>,
) -> serde_json::Result<()> {
    let kind = &entry.event.kind;
    let payload = entry.payload();
    let head = Head::of(entry, event_name(kind), endpoint);
    serde_json::to_writer(&mut *output, &head)?;
    // The object continues.
    output.pop();
    if let Some(text) = text {
        output.extend_from_slice(br#","text":""#);
        push_quoted(output, text);
        output.push(b'"');
    }
    if let Some(payload) = payload {
        output.extend_from_slice(br#","hex":""#);
        hex::render_compact_into(output, &payload.bytes);
        output.push(b'"');
    }
    let requested_by = requester_name(entry.event.by);
    let sequence = SequenceKeys::of(kind);
    let process = ProcessKeys::of(kind);
    let syn = SynKeys::of(kind);
    let tls = TlsKeys::of(kind);
    let entries = missing_entries(kind);
    let has_tail =
        sequence.is_some() || frame.is_some() || reason.is_some() || entry.damage.is_some();
    let udp = UdpKeys::of(&entry.event.kind);
    let has_tail = has_tail || tls.is_some() || udp.is_some() || syn.is_some() || process.is_some();
    if has_tail || entries.is_some() || requested_by.is_some() {
        let begin = output.len();
        serde_json::to_writer(
            &mut *output,
            &Tail {
                frame,
                reason,
                entries,
                requested_by,
                sequence,
                process,
                tls,
                syn,
                udp,
                damaged: entry.damage.is_some(),
            },
        )?;
        // Its opening brace.
        if let Some(brace) = output.get_mut(begin) {
            *brace = b',';
        }
    } else {
        output.push(b'}');
    }
    output.push(b'\n');
    Ok(())
}

/// Appends escaped text as the content of a JSON string. It has no control characters left.
fn push_quoted(line: &mut Vec<u8>, text: &[u8]) {
    let mut done = 0;
    for special in memchr::memchr2_iter(b'"', b'\\', text) {
        line.extend_from_slice(text.get(done..special).unwrap_or_default());
        line.push(b'\\');
        done = special;
    }
    line.extend_from_slice(text.get(done..).unwrap_or_default());
}

/// Returns whether the format has an event for it.
fn has_event(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::LookingUp { .. } | EventKind::WeFinished)
}

/// Returns the local address, if known: of the connection, or of the listener.
pub(super) fn local(entry: &Entry) -> Option<&Address> {
    match &entry.event.kind {
        EventKind::Listening { local, .. } | EventKind::Bound { local, .. } => Some(local),
        _ => entry.event.link.as_deref()?.local.as_ref(),
    }
}

/// Returns how many entries are missing where this stands.
fn missing_entries(kind: &EventKind) -> Option<u64> {
    match kind {
        EventKind::NotRecorded { entries } => Some(*entries),
        _ => None,
    }
}

/// Returns the formats' name for who requested something.
fn requester_name(by: Requester) -> Option<Cow<'static, str>> {
    let name = match by {
        Requester::Nobody => return None,
        Requester::User => "user",
        Requester::Responder => "responder",
        Requester::Relay => "relay",
        Requester::Sequence => "sequence",
        Requester::Rule(rule) => return Some(format!("rule {}", rule.0).into()),
    };
    Some(name.into())
}

/// Returns the formats' name for an event.
pub(super) fn event_name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Received { .. } => "received",
        EventKind::Sent { .. } => "sent",
        _ => kind.lifecycle().map_or("unknown", lifecycle_name),
    }
}

fn lifecycle_name(kind: LifecycleKind) -> &'static str {
    match kind {
        LifecycleKind::Listening => "listening",
        LifecycleKind::Bound => "bound",
        LifecycleKind::Truncated => "truncated",
        LifecycleKind::Dropped => "dropped",
        LifecycleKind::Upgraded => "upgraded",
        LifecycleKind::TlsHello => "tls_hello",
        LifecycleKind::TlsAgreed => "tls_agreed",
        LifecycleKind::TlsRefused => "tls_refused",
        LifecycleKind::TlsAlert => "tls_alert",
        LifecycleKind::TlsCloseNotify => "tls_close_notify",
        LifecycleKind::TlsCut => "tls_cut",
        LifecycleKind::TlsSecrets => "tls_secrets",
        LifecycleKind::LookingUp => "looking_up",
        LifecycleKind::Connecting => "connecting",
        LifecycleKind::Connected => "connected",
        LifecycleKind::ConnectFailed => "connect_failed",
        LifecycleKind::Accepted => "accepted",
        LifecycleKind::PeerFinished => "peer_finished",
        LifecycleKind::WeFinished => "we_finished",
        LifecycleKind::Closed => "closed",
        LifecycleKind::Reset => "reset",
        LifecycleKind::AcceptPaused => "accept_paused",
        LifecycleKind::AcceptResumed => "accept_resumed",
        LifecycleKind::Missing => "missing",
        LifecycleKind::NotRecorded => "not_recorded",
        LifecycleKind::ClockAdjusted => "clock_adjusted",
        LifecycleKind::Failed => "error",
        LifecycleKind::Stopped => "stopped",
        LifecycleKind::AcceptAborted => "accept_aborted",
        LifecycleKind::AcceptingChanged => "accepting_changed",
        LifecycleKind::Waiting => "waiting",
        LifecycleKind::ReadingStopped => "reading_stopped",
        LifecycleKind::ReadingResumed => "reading_resumed",
        LifecycleKind::PaceChanged => "pace_changed",
        LifecycleKind::Cancelled => "cancelled",
        LifecycleKind::Disturbed => "disturbed",
        LifecycleKind::Reconnecting => "reconnecting",
        LifecycleKind::SequenceBegan => "sequence_began",
        LifecycleKind::SequenceEnded => "sequence_ended",
        LifecycleKind::QueueCancelled => "queue_cancelled",
        LifecycleKind::Unanswered => "unanswered",
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use bytes::Bytes;

    use super::*;
    use crate::capture::synthetic::{VariantNames, syn};
    use crate::capture::{Event, StreamPositions};
    use crate::net::Direction;
    use crate::net::tls::{Secrets, TlsReport};
    use crate::net::{
        Backlog, Closed, ClosedBy, FlowId, Link, Payload, PayloadId, Process, SequenceEnd, Stamp,
    };
    use crate::payload::Carry;
    use crate::script::RuleNumber;
    use crate::script::sequence::StepNumber;

    fn entry(link: bool, kind: EventKind) -> Entry {
        let link = link.then(|| Link {
            connection: FlowId::server(1),
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
                by: Requester::Nobody,
                kind,
            },
            streams,
            size_bytes,
            damage: None,
        }
    }

    fn lines() -> JsonLines {
        JsonLines::new(Encodings::default(), &VariantNames)
    }

    fn line(entry: &Entry, endpoint: Option<&str>) -> String {
        let mut line = Vec::new();
        lines().line(entry, endpoint, &mut line).unwrap();
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn a_connection_between_two_ends_of_ours_is_paired_once() {
        let end = |connection: FlowId, kind: EventKind| {
            let mut entry = entry(true, kind);
            let link = entry.event.link.take().map(|link| Link {
                connection,
                ..(*link).clone()
            });
            entry.event.link = link.map(Arc::new);
            entry
        };
        let (client, server) = (FlowId::client(1), FlowId::server(1));
        let connected = EventKind::Connected {
            took: Duration::ZERO,
            process: None,
        };
        let accepted = || EventKind::Accepted {
            process: None,
            syn: None,
        };
        let mut lines = lines();
        let mut output = Vec::new();
        for entry in [
            end(client, EventKind::Connecting),
            end(FlowId::server(2), accepted()),
            end(server, accepted()),
            end(client, connected),
        ] {
            lines.line(&entry, Some("Server 1"), &mut output).unwrap();
        }
        let output = String::from_utf8(output).unwrap();
        let paired: Vec<_> = output.lines().skip(3).collect();
        assert_eq!(
            paired[0],
            r#"{"event":"paired","time":"2023-11-14T22:13:20.123456Z","elapsed_ns":42,"endpoint":"Server 1","connection":1,"local":"127.0.0.1:9000","peer":"127.0.0.1:53122"}"#
        );
        assert_eq!(paired.len(), 2, "{output}");
        assert!(paired[1].contains(r#""event":"connected""#), "{output}");
    }

    fn check(entry: &Entry, expected: &str) {
        let line = line(entry, Some("Server 1"));
        assert_eq!(line, format!("{expected}\n"));
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
    fn what_a_rule_requested_has_its_number() {
        let mut finished = entry(true, EventKind::Stopped);
        let rule = RuleNumber(NonZeroU16::new(2).unwrap());
        finished.event.by = Requester::Rule(rule);
        let line = line(&finished, None);
        assert!(line.ends_with(",\"requested_by\":\"rule 2\"}\n"), "{line}");
    }

    #[test]
    fn a_sequence_has_its_name_and_its_outcome() {
        let name = || "log in".to_owned();
        let began = entry(true, EventKind::SequenceBegan { name: name() });
        let began = line(&began, None);
        assert!(began.ends_with(",\"sequence\":\"log in\"}\n"), "{began}");
        let outcome = Outcome::Cancelled {
            step: StepNumber(2),
        };
        let end = Arc::new(SequenceEnd { outcome, others: 0 });
        let ended = EventKind::SequenceEnded { name: name(), end };
        let ended = line(&entry(true, ended), None);
        let keys = ",\"sequence\":\"log in\",\"outcome\":\"cancelled\",\"step\":2}\n";
        assert!(ended.ends_with(keys), "{ended}");
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
    fn what_was_encrypted_has_its_size_on_the_wire() {
        let mut payload = Payload::new(PayloadId(1), Bytes::from_static(b"abc"));
        payload.wire_bytes = Some(25);
        let line = line(&entry(true, EventKind::Received { payload }), None);
        assert!(
            line.contains(r#""bytes":3,"wire_bytes":25,"text""#),
            "{line}"
        );
    }

    #[test]
    fn what_another_program_is_called_cannot_drive_a_terminal() {
        let process = Process {
            pid: 7,
            uid: 0,
            command: "\u{9B}1m\u{202E}".into(),
        };
        let process = Some(process);
        let line = line(
            &entry(false, EventKind::Accepted { process, syn: None }),
            None,
        );
        assert!(line.contains(r#""command":"\\u{9B}1m\\u{202E}""#), "{line}");
    }

    #[test]
    fn an_accepted_connection_has_the_syn_of_its_peer() {
        let syn = Some(syn());
        let accepted = entry(false, EventKind::Accepted { process: None, syn });
        let line = line(&accepted, None);
        let expected = r#","syn":{"hops":64,"window":65495,"sequence_number":1812005379,"mss":65495,"window_scale":7,"sack_permitted":true,"timestamps":true,"ecn":false,"options":[2,4,8,1,3],"hex":"4500003c"#;
        assert!(line.contains(expected), "{line}");
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
                .map(|kind| {
                    let mut text = Vec::new();
                    let has_text = lines.texts.push(&entry(true, kind), &mut text);
                    has_text.then(|| String::from_utf8(text).unwrap())
                })
                .collect();
            let texts: Vec<_> = texts.iter().map(Option::as_deref).collect();
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
    fn what_tls_reports_has_its_own_events() {
        let tls = |report| entry(true, EventKind::Tls(Arc::new(report)));
        let direction = Direction::Received;
        let closing = line(&tls(TlsReport::CloseNotify { direction }), None);
        assert!(
            closing.contains(r#""event":"tls_close_notify""#),
            "{closing}"
        );
        let tail = r#","direction":"received","reason":"Tls"}"#;
        let tail = [tail, r#","reason":"Tls","direction":"received"}"#]
            .into_iter()
            .any(|it| closing.trim_end().ends_with(it));
        assert!(tail, "{closing}");
        serde_json::from_str::<serde_json::Value>(&closing).unwrap();
        let lines = vec!["CLIENT_RANDOM 00 c0ffee".to_owned()];
        let secrets = line(&tls(TlsReport::Secrets(Secrets { lines })), None);
        assert!(secrets.contains(r#""event":"tls_secrets""#), "{secrets}");
        assert!(!secrets.contains("c0ffee"), "{secrets}");
        serde_json::from_str::<serde_json::Value>(&secrets).unwrap();
    }

    #[test]
    fn lookups_and_our_own_fin_have_no_event_in_the_format() {
        let host = "example.org".to_owned();
        let looking_up = entry(false, EventKind::LookingUp { host, port: 80 });
        assert_eq!(line(&looking_up, None), "");
        let finished = entry(true, EventKind::WeFinished);
        assert_eq!(line(&finished, None), "");
    }
}
