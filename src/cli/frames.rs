//! Frames of live traffic: assembled, checked and counted.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::capture::EventKind;
use crate::capture::frames::{CutFrame, FrameRule, FrameRules, Framer, OpenBytes};
use crate::capture::{Entry, StreamId};
use crate::export::FrameKeys;
use crate::net::{Direction, Payload, PayloadId, Stamp};
use crate::payload::framing::Fault;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::EndpointForm;

/// A frame as an entry that holds its bytes, and what else there is to say about it.
pub(super) type Framed = (Entry, FrameKeys);

/// Assembles frames.
pub(super) struct ReceivedFrames {
    rules: Arc<FrameRules>,
    framer: Framer,
    /// The newest data entry of each stream, without its bytes.
    newest: HashMap<StreamId, Entry>,
    open: OpenBytes,
    /// How many received frames were good and bad.
    received: Counts,
}

/// How many checked frames were good and bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) good: u64,
    /// Including those that are unfinished.
    pub(super) bad: u64,
    /// Frames that the end of their stream cut off.
    unfinished: u64,
}

impl Counts {
    /// Returns how many there were.
    pub(super) fn all(self) -> u64 {
        self.good + self.bad
    }

    /// Returns the counts without frames that the end of their stream cut off.
    #[must_use]
    pub(super) fn finished(self) -> Self {
        Self {
            bad: self.bad - self.unfinished,
            unfinished: 0,
            ..self
        }
    }
}

impl ReceivedFrames {
    /// Starts before the first entry of these endpoints; `None` if no direction of any has a framing or a check.
    pub(super) fn new(endpoints: &[EndpointForm]) -> Option<Self> {
        let rules = endpoints.iter().map(|it| (it.id, it.protocol().rules()));
        let rules = Arc::new(FrameRules(rules.collect()));
        let has_rule = rules.iter().next().is_some();
        has_rule.then(|| Self {
            framer: Framer::new(Arc::clone(&rules)),
            rules,
            newest: HashMap::new(),
            open: OpenBytes::default(),
            received: Counts::default(),
        })
    }

    /// Returns whether the bytes of an entry are cut into frames.
    pub(super) fn cuts(&self, entry: &Entry) -> bool {
        self.framer.cuts(entry)
    }

    /// Takes the next entry; returns the frames that it completes.
    pub(super) fn push(&mut self, entry: &Entry) -> Vec<Framed> {
        self.keep(entry);
        let framed = self.cut(|framer, emit| framer.push(entry, emit));
        if let Some(connection) = entry.ended_connection() {
            self.open.forget(connection);
            for stream in StreamId::both(connection) {
                self.newest.remove(&stream);
            }
        }
        framed
    }

    /// Notes the time; returns the frames ended by silence.
    pub(super) fn pass(&mut self, now: Stamp) -> Vec<Framed> {
        self.cut(|framer, emit| framer.pass(now.0, emit))
    }

    /// Notes that the streams have ended; returns the last frames.
    pub(super) fn end(&mut self) -> Vec<Framed> {
        self.cut(|framer, emit| framer.end(emit))
    }

    /// Notes that entries are missing; returns the frames that end there. The streams begin anew behind the gap.
    pub(super) fn skip(&mut self) -> Vec<Framed> {
        let framed = self.cut(|framer, emit| framer.skip(emit));
        self.open = OpenBytes::default();
        self.newest.clear();
        framed
    }

    /// Returns when silence ends the next frame.
    pub(super) fn deadline(&self) -> Option<Stamp> {
        self.framer.deadline_nanos().map(Stamp)
    }

    /// Returns the counts of checked frames, if what is received is checked. Without a framing, only datagrams are.
    pub(super) fn checked(&self) -> Option<Counts> {
        let mut received = self.rules.0.values().map(|rules| &rules.received);
        let is_checked = |rule: &Option<FrameRule>| {
            let rule = rule.as_ref().filter(|it| it.check.is_some());
            rule.is_some_and(|it| it.framing.is_some() || self.received.all() > 0)
        };
        received.any(is_checked).then_some(self.received)
    }

    fn keep(&mut self, entry: &Entry) {
        if !self.cuts(entry) {
            return;
        }
        self.open.push(entry);
        if let Some(stream) = entry.stream_id() {
            self.newest.insert(stream, without_bytes(entry));
        }
    }

    fn cut(&mut self, cut: impl FnOnce(&mut Framer, &mut dyn FnMut(&CutFrame))) -> Vec<Framed> {
        let mut taken = Vec::new();
        cut(&mut self.framer, &mut |frame| taken.push(frame.clone()));
        let framed = taken.iter().filter_map(|frame| self.framed(frame));
        framed.collect()
    }

    fn framed(&mut self, frame: &CutFrame) -> Option<Framed> {
        let bytes = self.open.take(frame, Bytes::copy_from_slice);
        let newest = self.newest.get(&frame.stream)?;
        let entry = framed_entry(newest, frame, bytes.clone());
        let is_whole = bytes.len() as u64 == frame.len_bytes();
        let rule = self.rules.of_entry(newest).map(Cow::into_owned);
        let (good, fault) = self.judge(rule.as_ref(), frame, is_whole.then_some(&bytes));
        let keys = FrameKeys {
            offset: frame.range.start,
            began_ns: frame.first.nanos,
            chunks: frame.chunk_count(),
            good,
            fault,
        };
        Some((entry, keys))
    }

    /// Returns whether a frame is good, and if not, why.
    fn judge(
        &mut self,
        rule: Option<&FrameRule>,
        frame: &CutFrame,
        bytes: Option<&Bytes>,
    ) -> (Option<bool>, Option<String>) {
        let fault = frame.fault.map(|fault| fault.in_words(&ENGLISH));
        let Some(rule) = rule.filter(|rule| rule.check.is_some()) else {
            return (None, fault);
        };
        let wrong = match (fault, bytes) {
            (Some(fault), _) => Some(fault),
            (None, None) => Some("not checked: too many bytes are in open frames".to_owned()),
            (None, Some(bytes)) => {
                let verdict = rule.verify(bytes).filter(|verdict| !verdict.is_good());
                verdict.map(|verdict| verdict.in_words(&ENGLISH))
            }
        };
        let is_good = wrong.is_none();
        if frame.stream.direction == Direction::Received {
            self.received.good += u64::from(is_good);
            self.received.bad += u64::from(!is_good);
            let is_unfinished = frame.fault == Some(Fault::Unfinished);
            self.received.unfinished += u64::from(is_unfinished);
        }
        (Some(is_good), wrong)
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let grouped = |count| ENGLISH.numbers.grouped(count);
        let frames = ENGLISH.counts.received_frames(self.all());
        write!(f, "{frames}: {} good, ", grouped(self.good))?;
        write!(f, "{} bad", grouped(self.bad))
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

/// Makes the entry of a frame from the newest entry of its stream.
fn framed_entry(newest: &Entry, frame: &CutFrame, bytes: Bytes) -> Entry {
    let mut entry = newest.clone();
    let since = frame.complete_nanos.saturating_sub(newest.event.stamp.0);
    let time = newest.time.checked_add(Duration::from_nanos(since));
    entry.time = time.unwrap_or(newest.time);
    entry.number = frame.last.entry;
    entry.event.stamp = Stamp(frame.complete_nanos);
    entry.size_bytes = frame.len_bytes();
    match &mut entry.event.kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
            *payload = Payload::new(PayloadId::UNKNOWN, bytes);
        }
        _ => {}
    }
    entry
}
