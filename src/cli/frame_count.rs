//! Counts received frames as they arrive, for `send --frames`.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::Arc;

use crate::capture::frames::{CutFrame, FrameRule, FrameRules, Framer};
use crate::capture::{Entry, EventKind, StreamId};
use crate::net::{ByDirection, Direction, Stamp};

/// Counts the received frames of one endpoint. Malformed ones do not count.
pub(super) struct FrameCount {
    /// How many to wait for.
    pub(super) wanted: NonZeroU64,
    rules: ByDirection<Option<FrameRule>>,
    /// Made with the first entry, which names the endpoint.
    framer: Option<Framer>,
    newest: Option<StreamId>,
    complete: u64,
    /// Whether each datagram is a frame.
    counts_datagrams: bool,
}

impl FrameCount {
    /// Counts from the beginning of the streams.
    pub(super) fn new(wanted: NonZeroU64, rules: ByDirection<Option<FrameRule>>) -> Self {
        Self {
            wanted,
            rules,
            framer: None,
            newest: None,
            complete: 0,
            counts_datagrams: false,
        }
    }

    /// Counts datagrams.
    pub(super) fn of_datagrams(wanted: NonZeroU64) -> Self {
        Self {
            counts_datagrams: true,
            ..Self::new(wanted, ByDirection::default())
        }
    }

    /// Takes the next entry.
    pub(super) fn push(&mut self, entry: &Entry) {
        if self.counts_datagrams {
            let is_received = matches!(entry.event.kind, EventKind::Received { .. });
            self.complete += u64::from(is_received);
            return;
        }
        if let Some(stream) = entry.stream_id()
            && stream.direction == Direction::Received
        {
            self.newest = Some(stream);
        }
        let framer = self.framer.get_or_insert_with(|| {
            let rules = BTreeMap::from([(entry.event.endpoint, self.rules.clone())]);
            Framer::new(Arc::new(FrameRules(rules)))
        });
        framer.push(entry, &mut counting(&mut self.complete));
    }

    /// Notes that nothing happened before `now`: silence may end a frame.
    pub(super) fn pass(&mut self, now: Stamp) {
        if let Some(framer) = &mut self.framer {
            framer.pass(now.0, &mut counting(&mut self.complete));
        }
    }

    /// Returns when silence ends a frame.
    pub(super) fn deadline(&self) -> Option<Stamp> {
        let nanos = self.framer.as_ref()?.deadline_nanos()?;
        Some(Stamp(nanos))
    }

    /// Returns how many frames have been received. A line that ends in CR is one before it is known whether LF follows.
    pub(super) fn received(&self) -> u64 {
        let framer = self.framer.as_ref().zip(self.newest);
        let is_whole = framer.is_some_and(|(framer, stream)| framer.is_whole(stream));
        self.complete + u64::from(is_whole)
    }

    /// Returns whether there were enough.
    pub(super) fn is_reached(&self) -> bool {
        self.received() >= self.wanted.get()
    }
}

fn counting(complete: &mut u64) -> impl FnMut(&CutFrame) {
    move |frame| {
        let is_received = frame.stream.direction == Direction::Received;
        *complete += u64::from(is_received && frame.fault.is_none());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{entries, event, received, sent};
    use crate::workspace::{ProtocolForm, ReadingForm};

    fn count(framing: &str) -> FrameCount {
        let protocol = ProtocolForm::both(ReadingForm {
            framing_text: framing.to_owned(),
            ..ReadingForm::default()
        });
        FrameCount::new(NonZeroU64::MIN, protocol.rules())
    }

    #[test]
    fn received_frames_are_counted_and_no_others() {
        let check = |framing: &str, chunks: &[&[u8]], expected: u64| {
            let mut count = count(framing);
            let events = (0..).zip(chunks);
            let events = events.map(|(at, chunk)| event(at, 1, 1, received(at, chunk)));
            for entry in entries(events.collect::<Vec<_>>()) {
                count.push(&entry);
            }
            for entry in entries([event(9, 1, 1, sent(9, b"a\nb\n"))]) {
                count.push(&entry);
            }
            assert_eq!(count.received(), expected, "{framing}");
        };
        check("lf", &[b"a\nb", b"\nc"], 2);
        check("line", &[b"a\r"], 1);
        check("line", &[b"a\r", b"\nb"], 1);
        check("length:u8,at=1", &[b"\x00\x01a\x00"], 1);
        // A malformed frame, of which there may be any number.
        check("between:02,03", &[b"noise\x02a\x03"], 1);
    }

    #[test]
    fn silence_ends_a_frame() {
        let mut count = count("silence:1ms");
        for entry in entries([event(0, 1, 1, received(1, b"a"))]) {
            count.push(&entry);
        }
        assert!(!count.is_reached());
        count.pass(count.deadline().unwrap());
        assert!(count.is_reached());
    }
}
