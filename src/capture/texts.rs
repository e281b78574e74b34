//! The state of the streams' text, in encodings for which entries do not record it. A background pass makes
//! checkpoints, so that the state before any entry can be computed from one nearby.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use bytes::Bytes;

use super::entry::{Entry, StreamId};
use super::pass::{Flows, PassStep, Walk};
use super::record::{Depth, Record};
use super::search_encodings::Encodings;
use super::store::{Flow, OpenSegment, ReadError};
use crate::net::ByDirection;
use crate::payload::{Encoding, StreamEnd, TextStart, TextState};

/// The most bytes of a stream that are decoded from a checkpoint.
const CHECKPOINT_BYTES: u64 = 64 * 1024;
/// The most chunks.
const CHECKPOINT_CHUNKS: u32 = 1_024;
/// How many checkpoints are kept, in about 50 MiB. Beyond it, those of the older half of the entries are dropped: there, a
/// chunk is read as if no character had begun before it.
const MAX_CHECKPOINTS: usize = 1 << 20;
/// How many entries are examined between looks at the time.
const SLICE_ENTRIES: u32 = 1_024;

/// A pass that tracks the state of the streams' text.
pub(super) type Texts = Walk<TextPlaces>;

/// The state of the streams' text.
#[derive(Debug, Default)]
pub(super) struct TextPlaces {
    encodings: Encodings,
    /// The text encodings of each flow.
    flows: Flows<ByDirection<Encoding>>,
    states: TextStates,
    /// What a stream has carried since its last checkpoint. A stream has no value before its first checkpoint in a
    /// segment, because the way back to a checkpoint stays within the segment.
    since: HashMap<StreamId, (u64, u32)>,
    /// For each stream, entries and the text state before them.
    checkpoints: HashMap<StreamId, Vec<(u64, TextState)>>,
    /// How many there are.
    count: usize,
    first_kept: u64,
}

impl PassStep for TextPlaces {
    fn is_needed(&self) -> bool {
        self.encodings.iter().any(Encoding::has_state)
    }

    fn begin(&mut self, _first_entry: u64) {
        self.flows.clear();
        self.since.clear();
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let end = range.end.min(range.start.saturating_add(SLICE_ENTRIES));
        let encodings = &self.encodings.0;
        let find_out = |flow: &Flow| encodings.get(&flow.endpoint).copied().unwrap_or_default();
        // What cannot be read leaves the text state unchanged.
        self.flows.learn(open, find_out).ok();
        for (entry, record) in open.whole_records(range.start..end) {
            let encodings = self.flows.of(record.flow).unwrap_or_default();
            let direction = record.class.direction();
            // An event that ends streams has no encoding of its own.
            let is_needed = match direction {
                Some(direction) => encodings.of(direction).has_state(),
                None => encodings.iter().any(|it| it.has_state()),
            };
            if is_needed && let Ok(entry) = open.entry_of(entry, &record, usize::MAX).whole() {
                self.take(&entry, encodings);
            }
        }
        Ok(end)
    }

    fn give_up(&mut self, first_kept: u64) {
        if self.first_kept < first_kept {
            self.first_kept = first_kept;
            self.checkpoints.retain(|_, checkpoints| {
                let gone = checkpoints.partition_point(|(entry, _)| *entry < first_kept);
                checkpoints.drain(..gone);
                self.count -= gone;
                !checkpoints.is_empty()
            });
        }
    }
}

impl TextPlaces {
    fn take(&mut self, entry: &Entry, encodings: ByDirection<Encoding>) {
        let Some((stream, payload)) = entry.stream_id().zip(entry.payload()) else {
            for stream in entry.ended_streams() {
                self.states.end(stream);
                self.since.remove(&stream);
            }
            return;
        };
        if entry.is_datagram() {
            return;
        }
        let before = self.states.advance(entry, *encodings.of(stream.direction));
        let is_due =
            |(bytes, chunks): (u64, u32)| bytes >= CHECKPOINT_BYTES || chunks >= CHECKPOINT_CHUNKS;
        let since = self.since.get(&stream).copied().filter(|it| !is_due(*it));
        if since.is_none() {
            let checkpoints = self.checkpoints.entry(stream).or_default();
            checkpoints.push((entry.number, before));
            self.count += 1;
            self.keep(MAX_CHECKPOINTS, entry.number);
        }
        let (bytes, chunks) = since.unwrap_or_default();
        let since = (bytes + payload.bytes.len() as u64, chunks + 1);
        self.since.insert(stream, since);
    }

    /// Keeps at most this many checkpoints, of which the newest is of the entry `newest`.
    fn keep(&mut self, most: usize, newest: u64) {
        while self.count > most && self.first_kept < newest {
            self.give_up(self.first_kept + (newest - self.first_kept).div_ceil(2));
        }
    }
}

impl Texts {
    /// Starts with these encodings.
    pub(super) fn new(encodings: Encodings) -> Self {
        let checkpoints = TextPlaces {
            encodings,
            ..TextPlaces::default()
        };
        Self::from(0, checkpoints)
    }

    /// Starts over with another recording.
    pub(super) fn restart(&mut self) {
        *self = Self::new(std::mem::take(&mut self.step.encodings));
    }

    /// Returns the state of this recording's text.
    pub(super) fn of<'a>(&'a self, record: &'a Record) -> TextsOf<'a> {
        TextsOf {
            texts: self,
            record,
        }
    }

    /// Returns the text state before an entry, or `None` if it is not known yet.
    fn state(&self, entry: &Entry, encoding: Encoding, record: &Record) -> Option<TextState> {
        let key = entry.stream_id().filter(|_| encoding.has_state())?;
        let checkpoints = self.step.checkpoints.get(&key)?;
        let place = checkpoints.partition_point(|(number, _)| *number <= entry.number);
        let (from, mut state) = *checkpoints.get(place.checked_sub(1)?)?;
        let mut chunks =
            record.stream_entries(key, (from, entry.number), u64::from(CHECKPOINT_CHUNKS) + 1);
        chunks.retain(|number| *number < entry.number);
        record.visit(chunks, Depth::Whole, |_, entry| {
            if let Ok(entry) = entry
                && let Some(payload) = entry.payload().filter(|_| entry.stream_id() == Some(key))
            {
                state = after(state, encoding, &entry, &payload.bytes);
            }
            ControlFlow::Continue(())
        });
        Some(state)
    }
}

/// The state of a recording's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextsOf<'a> {
    pub(super) texts: &'a Texts,
    pub(super) record: &'a Record,
}

/// How far the next chunks of a stream are looked for, in entries, step by step.
const LOOK_AHEAD: [u64; 3] = [64, 1_024, 16_384];
/// How many chunks a character can take after the one that it begins in: it has four bytes at most.
const MORE_CHUNKS: usize = 3;

impl TextsOf<'_> {
    /// Returns how an entry's bytes are shown as text, and how they end.
    ///
    /// A byte waits for a later chunk only if what really came completes a character. Otherwise it is shown where it is,
    /// and the next chunk begins anew. A datagram waits for nothing.
    pub(super) fn shown(self, entry: &Entry) -> (TextStart, StreamEnd) {
        let start = self.start(entry);
        if entry.is_datagram() {
            return (start, StreamEnd::Ended);
        }
        match (entry.stream_id(), entry.payload()) {
            (Some(stream), Some(payload)) => {
                let is_whole = payload.bytes.len() as u64 == entry.size_bytes;
                self.settled(stream, entry.number, start, (&payload.bytes, is_whole))
            }
            _ => (start, StreamEnd::Open),
        }
    }

    /// Settles what becomes of the bytes that wait before and after a chunk. Without all of its bytes, a chunk ends
    /// where they do.
    pub(super) fn settled(
        self,
        stream: StreamId,
        number: u64,
        mut start: TextStart,
        (bytes, is_whole): (&[u8], bool),
    ) -> (TextStart, StreamEnd) {
        if !start.state.pending().is_empty() {
            let is_complete = match start.completes(bytes) {
                None if is_whole => self.is_completed(stream, number, start.advance(bytes)),
                completes => completes == Some(true),
            };
            if !is_complete {
                start = start.encoding.into();
            }
        }
        let after = start.advance(bytes);
        let waits = !after.state.pending().is_empty();
        let end = if !waits || (is_whole && self.is_completed(stream, number, after)) {
            StreamEnd::Open
        } else {
            StreamEnd::Ended
        };
        (start, end)
    }

    /// Returns whether the chunks after an entry complete the character that it ends within.
    fn is_completed(self, stream: StreamId, number: u64, mut at: TextStart) -> bool {
        for chunk in self.chunks_after(stream, number) {
            match at.completes(&chunk) {
                Some(completes) => return completes,
                None => at = at.advance(&chunk),
            }
        }
        false
    }

    /// Returns the next few chunks of a stream, as far as they are near.
    fn chunks_after(self, stream: StreamId, number: u64) -> Vec<Bytes> {
        let first = number.saturating_add(1);
        let end = self.record.status().entries;
        let mut numbers = Vec::new();
        for ahead in LOOK_AHEAD {
            let last = first.saturating_add(ahead).min(end);
            if let Some(last) = last.checked_sub(1).filter(|last| *last >= first) {
                numbers = self.record.stream_entries(stream, (first, last), ahead);
            }
            if !numbers.is_empty() {
                break;
            }
        }
        let mut chunks = Vec::new();
        self.record.visit(numbers, Depth::Head, |_, entry| {
            match entry {
                Ok(entry) if entry.stream_id() == Some(stream) => {
                    chunks.extend(entry.payload().map(|payload| payload.bytes.clone()));
                }
                Ok(_) => {}
                Err(_) => return ControlFlow::Break(()),
            }
            if chunks.len() < MORE_CHUNKS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        chunks
    }

    /// Returns how an entry's bytes are decoded as text.
    pub(super) fn start(self, entry: &Entry) -> TextStart {
        let encodings = &self.texts.step.encodings;
        let direction = entry.event.kind.direction();
        let encoding = direction.map(|it| encodings.of(entry.event.endpoint, it));
        let Some(encoding) = encoding.filter(|encoding| !encoding.is_utf8()) else {
            return entry.stream().carry.into();
        };
        let state = self.texts.state(entry, encoding, self.record);
        TextStart {
            encoding,
            state: state.unwrap_or_default(),
        }
    }
}

/// The text state of live streams that are inside a character, and its offset.
#[derive(Debug, Default)]
pub(crate) struct TextStates(HashMap<StreamId, (u64, TextState)>);

impl TextStates {
    /// Advances a stream by a data entry, and returns the text state before it.
    pub(crate) fn advance(&mut self, entry: &Entry, encoding: Encoding) -> TextState {
        let Some((stream, payload)) = entry.stream_id().zip(entry.payload()) else {
            return TextState::default();
        };
        if entry.is_datagram() {
            return TextState::default();
        }
        let offset = entry.stream().offset;
        // A character does not continue across a gap.
        let known = self.0.remove(&stream).filter(|(next, _)| *next == offset);
        let state = known.map(|(_, state)| state).unwrap_or_default();
        let after = after(state, encoding, entry, &payload.bytes);
        if after != TextState::default() {
            let next = offset.saturating_add(entry.size_bytes);
            self.0.insert(stream, (next, after));
        }
        state
    }

    /// Forgets a stream that has ended. Returns its text state if it is inside a character.
    pub(crate) fn end(&mut self, stream: StreamId) -> Option<TextState> {
        self.0.remove(&stream).map(|(_, state)| state)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Returns the text state after a chunk. A character does not continue across bytes that were not kept.
fn after(state: TextState, encoding: Encoding, entry: &Entry, bytes: &[u8]) -> TextState {
    if (bytes.len() as u64) < entry.size_bytes {
        return TextState::default();
    }
    state.advance(encoding, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::pass::{Pass, Turn};
    use crate::capture::synthetic::{entries, event, received, record, ring};
    use crate::net::EndpointId;

    fn texts(label: &str, record: &Record) -> Texts {
        let encoding = label.parse().unwrap();
        let encodings = [(EndpointId(1), ByDirection::both(encoding))];
        let mut texts = Texts::new(Encodings(encodings.into()));
        let end = record.status().entries;
        let mut turns = 0;
        while !texts.work(record, end, Turn::one_step()) {
            turns += 1;
            assert!(turns < 100_000, "it makes no progress");
        }
        texts
    }

    fn text(texts: &Texts, record: &Record, number: u64) -> String {
        let entry = record.entry(number, Depth::Whole).unwrap().unwrap();
        let bytes = &entry.payload().unwrap().bytes;
        let start = texts.of(record).start(&entry);
        start.decode(bytes, None, StreamEnd::Open).text
    }

    #[test]
    fn a_character_is_shown_where_it_completes_in_any_encoding() {
        let record = record([
            event(0, 1, 7, received(1, b"\xC4")),
            event(1, 1, 8, received(2, b"\xC4")),
            event(2, 1, 7, received(3, b"\xE3!\xC4\xE3\xBA")),
            event(3, 1, 7, received(4, b"\xC3")),
            event(4, 2, 9, received(5, b"\xC4\xE3")),
        ]);
        let texts = texts("gbk", &record);
        let shown: Vec<_> = (0..5).map(|number| text(&texts, &record, number)).collect();
        assert_eq!(shown, ["", "", "你!你", "好", r"\xC4"]);
        let latin = self::texts("latin1", &record);
        assert_eq!(text(&latin, &record, 0), "Ä");
    }

    #[test]
    fn a_byte_waits_only_for_what_really_completes_its_character() {
        let check = |chunks: &[&'static [u8]], expected: &[&str]| {
            // Another connection's chunks stand between them.
            let events = (0_u64..).zip(chunks).flat_map(|(n, bytes)| {
                let other = event(2 * n + 1, 1, 8, received(100 + n, b"\xA5"));
                [event(2 * n, 1, 7, received(n + 1, bytes)), other]
            });
            let record = record(events.collect::<Vec<_>>());
            let texts = Texts::default();
            let shown = (0..chunks.len() as u64).map(|n| {
                let entry = record.entry(2 * n, Depth::Whole).unwrap().unwrap();
                let (start, end) = texts.of(&record).shown(&entry);
                let bytes = &entry.payload().unwrap().bytes;
                start.decode(bytes, None, end).text
            });
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{chunks:?}");
        };
        check(&[b"\x02\xC4", b"\x01\x03"], &[r"\x02\xC4", r"\x01\x03"]);
        check(&[b"\x02\xC4"], &[r"\x02\xC4"]);
        check(&[b"a\xE6\x97", b"\xA5b"], &["a", "日b"]);
        check(&[b"\xE6", b"\x97", b"\xA5"], &["", "", "日"]);
        check(&[b"\xE6", b"\x97", b"!"], &[r"\xE6", r"\x97", "!"]);
        check(&[b"\xE6", b"\x97"], &[r"\xE6", r"\x97"]);
        check(&[b"\xF0", b"\x9F", b"\x98", b"\x80"], &["", "", "", "😀"]);
        check(&[b"\xE6", b"\xE6\x97", b"\xA5"], &[r"\xE6", "", "日"]);
        check(&[b"\xE6\x97", b"\xC4", b"x"], &[r"\xE6\x97", r"\xC4", "x"]);
    }

    #[test]
    fn any_entry_of_a_long_stream_is_decoded_from_a_checkpoint() {
        // Every chunk ends inside a character.
        let bytes = [b"\xE3".as_slice(), &b"\xC4\xE3".repeat(40), b"\xC4"].concat();
        let bytes: &'static [u8] = Box::leak(bytes.into_boxed_slice());
        let count = 3_000;
        let record = record((0..count).map(|n| {
            let bytes = if n == 0 { b"\xC4" } else { bytes };
            event(n, 1, 7, received(n + 1, bytes))
        }));
        let texts = texts("gbk", &record);
        let checkpoints: usize = texts.step.checkpoints.values().map(Vec::len).sum();
        assert!(checkpoints > 2, "{checkpoints}");
        for number in [1, 2, 500, 811, 812, 1_023, 1_024, 1_025, 2_999] {
            let expected = "你".repeat(41);
            assert_eq!(text(&texts, &record, number), expected, "{number}");
        }
    }

    #[test]
    fn checkpoints_are_bounded() {
        let record = record((0..1_000).map(|n| event(n, 1, n + 1, received(n + 1, b"\xC4"))));
        let mut texts = texts("gbk", &record);
        assert_eq!(texts.step.count, 1_000);
        texts.step.keep(600, 999);
        assert_eq!((texts.step.count, texts.step.first_kept), (500, 500));
        texts.step.keep(100, 999);
        let kept: usize = texts.step.checkpoints.values().map(Vec::len).sum();
        assert_eq!((texts.step.count, kept), (63, 63));
    }

    #[test]
    fn checkpoints_of_dropped_entries_are_dropped() {
        let record = ring(20);
        let mut texts = texts("gbk", &record);
        for from in (0..400).step_by(4) {
            let events = (from..from + 4).map(|n| event(n, 1, n, received(n + 1, b"\xC4")));
            record.store().append(&mut entries(events));
            texts.work(&record, from + 4, Turn::begin());
        }
        let first_kept = record.status().first_kept;
        assert!(first_kept > 300);
        let kept: Vec<u64> = texts
            .step
            .checkpoints
            .values()
            .flatten()
            .map(|(entry, _)| *entry)
            .collect();
        assert_eq!(kept.len() as u64, 400 - first_kept);
        assert!(kept.iter().all(|entry| *entry >= first_kept));
    }
}
