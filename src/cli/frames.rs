//! Frames of what passes: their bytes put together, checked, and counted.

use std::collections::HashMap;
use std::time::Duration;

use bytes::{Buf as _, Bytes, BytesMut};

use super::args::FrameArguments;
use crate::capture::Entry;
use crate::capture::export::FrameKeys;
use crate::capture::frames::{CutFrame, Framer};
use crate::net::{ConnectionId, Direction, EndpointId, EventKind, Payload, PayloadId, Stamp};
use crate::number;
use crate::payload::framing::Framing;
use crate::payload::template::{Check, Verdict};

/// How many bytes of open frames are kept, over all connections. Of a frame beyond it, its size is told.
const KEPT_BYTES: usize = 256 * 1024 * 1024;

/// A frame, with its bytes as an entry would have them.
pub(super) struct Framed {
    pub(super) entry: Entry,
    pub(super) keys: FrameKeys,
}

/// Puts frames together.
pub(super) struct Frames {
    framing: Framing,
    check: Option<Check>,
    framer: Framer,
    streams: HashMap<(ConnectionId, Direction), Open>,
    kept_bytes: usize,
    /// How many received frames were good, and how many were not.
    received: Counts,
    told: Vec<CutFrame>,
}

/// How many frames were checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) good: u64,
    pub(super) bad: u64,
}

/// The bytes of a stream that are in no frame yet.
struct Open {
    /// The newest data entry, without its bytes.
    newest: Entry,
    start: u64,
    bytes: BytesMut,
}

impl Frames {
    /// Begins before the first entry of an endpoint; none where the arguments name no framing.
    pub(super) fn new(arguments: &FrameArguments, endpoint: EndpointId) -> Option<Self> {
        let framing = arguments.framing.clone()?;
        Some(Self {
            framer: Framer::new(HashMap::from([(endpoint, framing.clone())])),
            framing,
            check: arguments.check.clone(),
            streams: HashMap::new(),
            kept_bytes: 0,
            received: Counts::default(),
            told: Vec::new(),
        })
    }

    /// Takes the next entry; returns the frames that it completes.
    pub(super) fn push(&mut self, entry: &Entry) -> Vec<Framed> {
        self.keep(entry);
        let told = &mut self.told;
        self.framer.push(entry, &mut |frame| told.push(frame));
        let framed = self.take_told();
        if matches!(
            entry.event.kind,
            EventKind::Closed(_) | EventKind::Reset { .. }
        ) && let Some(link) = entry.event.link.as_deref()
        {
            for direction in [Direction::Received, Direction::Sent] {
                self.streams.remove(&(link.connection, direction));
            }
        }
        framed
    }

    /// Notes the time; returns the frames that silence has ended.
    pub(super) fn pass(&mut self, now: Stamp) -> Vec<Framed> {
        let told = &mut self.told;
        self.framer.pass(now.0, &mut |frame| told.push(frame));
        self.take_told()
    }

    /// Notes that nothing more comes.
    pub(super) fn end(&mut self) -> Vec<Framed> {
        let told = &mut self.told;
        self.framer.end(&mut |frame| told.push(frame));
        self.take_told()
    }

    /// Returns when the next silence ends.
    pub(super) fn deadline(&self) -> Option<Stamp> {
        self.framer.deadline_nanos().map(Stamp)
    }

    /// Returns how many received frames were checked, where there is a check.
    pub(super) fn checked(&self) -> Option<Counts> {
        self.check.as_ref().map(|_| self.received)
    }

    fn keep(&mut self, entry: &Entry) {
        let Some(link) = entry.event.link.as_deref() else {
            return;
        };
        let (direction, payload) = match &entry.event.kind {
            EventKind::Received { payload } => (Direction::Received, payload),
            EventKind::Sent { payload, .. } => (Direction::Sent, payload),
            _ => return,
        };
        let key = (link.connection, direction);
        let newest = without_bytes(entry);
        let open = self.streams.entry(key).or_insert_with(|| Open {
            newest: newest.clone(),
            start: entry.stream().offset,
            bytes: BytesMut::new(),
        });
        open.newest = newest;
        // Beyond the bound the bytes behind are not kept: those at the front belong to the frame that is open.
        let room = KEPT_BYTES.saturating_sub(self.kept_bytes);
        let kept = payload.bytes.get(..room).unwrap_or(&payload.bytes);
        if entry.stream().offset == open.start + open.bytes.len() as u64 {
            open.bytes.extend_from_slice(kept);
            self.kept_bytes += kept.len();
        }
    }

    fn take_told(&mut self) -> Vec<Framed> {
        let told = std::mem::take(&mut self.told);
        told.into_iter()
            .filter_map(|frame| self.framed(&frame))
            .collect()
    }

    fn framed(&mut self, frame: &CutFrame) -> Option<Framed> {
        let key = (frame.connection, frame.direction);
        let open = self.streams.get_mut(&key)?;
        let skipped = frame.range.start.saturating_sub(open.start);
        let skipped = (skipped as usize).min(open.bytes.len());
        open.bytes.advance(skipped);
        let len = (frame.len_bytes() as usize).min(open.bytes.len());
        let bytes = open.bytes.split_to(len).freeze();
        self.kept_bytes -= skipped + len;
        open.start = frame.range.end;
        let entry = framed_entry(&open.newest, frame, bytes.clone());
        let is_whole = bytes.len() as u64 == frame.len_bytes();
        let (good, fault) = self.judge(frame, is_whole.then_some(&bytes));
        Some(Framed {
            entry,
            keys: FrameKeys {
                offset: frame.range.start,
                began_ns: frame.first.nanos,
                chunks: frame.chunk_count(),
                good,
                fault,
            },
        })
    }

    /// Returns whether a frame is good, and what is wrong with it.
    fn judge(&mut self, frame: &CutFrame, bytes: Option<&Bytes>) -> (Option<bool>, Option<String>) {
        let fault = frame.fault.map(|fault| fault.to_string());
        let Some(check) = &self.check else {
            return (None, fault);
        };
        let verdict = match (fault, bytes) {
            (Some(fault), _) => Verdict::Impossible(fault),
            (None, None) => Verdict::Impossible("not checked: too much is open".to_owned()),
            (None, Some(bytes)) => check.verify(&self.framing.checked(bytes)),
        };
        let is_good = verdict.is_good();
        if frame.direction == Direction::Received {
            let count = if is_good {
                &mut self.received.good
            } else {
                &mut self.received.bad
            };
            *count += 1;
        }
        (Some(is_good), (!is_good).then(|| verdict.to_string()))
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let frames = number::count(self.good + self.bad, "received frame");
        write!(f, "{frames}: {} good, ", number::grouped(self.good))?;
        write!(f, "{} bad", number::grouped(self.bad))
    }
}

fn without_bytes(entry: &Entry) -> Entry {
    let mut bare = entry.clone();
    match &mut bare.event.kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
            payload.bytes = Bytes::new();
        }
        _ => {}
    }
    bare
}

/// Makes the entry of a frame from the newest one of its stream.
fn framed_entry(newest: &Entry, frame: &CutFrame, bytes: Bytes) -> Entry {
    let mut entry = newest.clone();
    let ago = newest.event.stamp.0.saturating_sub(frame.last.nanos);
    let time = newest.time.checked_sub(Duration::from_nanos(ago));
    entry.time = time.unwrap_or(newest.time);
    entry.number = frame.last.entry;
    entry.event.stamp = Stamp(frame.last.nanos);
    entry.size_bytes = frame.len_bytes();
    match &mut entry.event.kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
            *payload = Payload::new(PayloadId::UNKNOWN, bytes);
        }
        _ => {}
    }
    entry
}
