//! The keys of a line: which there are, in which order, and what they say.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::FrameKeys;
use super::tls_keys::TlsKeys;
use super::udp_keys::UdpKeys;
use crate::capture::{Entry, EventKind, SESSION};
use crate::export::event_names::{local, requester_name};
use crate::export::{summary, time};
use crate::net::Address;
use crate::net::kernel::SynOption;
use crate::payload::{VisibleText, hex};
use crate::script::sequence::SequenceOutcome;

/// The keys before the bytes, in the order in which they are written.
#[derive(Serialize)]
pub(super) struct LineHead<'a> {
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

impl<'a> LineHead<'a> {
    pub(super) fn of(entry: &'a Entry, event: &'a str, endpoint: Option<&'a str>) -> Self {
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
pub(super) struct Tail<'a> {
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

impl<'a> Tail<'a> {
    /// Returns the keys of an entry that it has, if it has any.
    pub(super) fn of(
        entry: &'a Entry,
        reason: Option<&'a str>,
        frame: Option<&'a FrameKeys>,
    ) -> Option<Self> {
        let kind = &entry.event.kind;
        let tail = Self {
            frame,
            reason,
            entries: missing_entries(kind),
            requested_by: requester_name(entry.event.by),
            sequence: SequenceKeys::of(kind),
            process: ProcessKeys::of(kind),
            tls: TlsKeys::of(kind),
            syn: SynKeys::of(kind),
            udp: UdpKeys::of(kind),
            damaged: entry.damage.is_some(),
        };
        (!tail.is_empty()).then_some(tail)
    }

    fn is_empty(&self) -> bool {
        let Self {
            frame,
            reason,
            entries,
            requested_by,
            sequence,
            process,
            tls,
            syn,
            udp,
            damaged,
        } = self;
        let says = frame.is_some() || reason.is_some() || entries.is_some();
        let says = says || requested_by.is_some() || sequence.is_some() || process.is_some();
        let says = says || tls.is_some() || syn.is_some() || udp.is_some();
        !says && !damaged
    }
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
                SequenceOutcome::Passed => "passed",
                SequenceOutcome::Failed { .. } => "failed",
                SequenceOutcome::Cancelled { .. } => "cancelled",
            }),
            step: outcome.and_then(SequenceOutcome::step).map(|it| it.0),
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

/// Returns how many entries are missing where this stands.
fn missing_entries(kind: &EventKind) -> Option<u64> {
    match kind {
        EventKind::NotRecorded { entries } => Some(*entries),
        _ => None,
    }
}
