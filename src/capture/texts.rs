//! Where the text of streams stands, in encodings of which an entry does not know it: checkpoints, made in the
//! background, from which the text before any entry is near.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::time::Instant;

use super::entry::{Entry, StreamId};
use super::record::{Depth, Record};
use crate::net::EndpointId;
use crate::payload::{Encoding, TextStart, TextState};

/// How many bytes of a stream are decoded at most from a checkpoint on.
const CHECKPOINT_BYTES: u64 = 64 * 1024;
/// How many chunks at most.
const CHECKPOINT_CHUNKS: u32 = 1_024;
/// How many entries are looked at before the time is.
const SLICE_ENTRIES: u64 = 1_024;

/// The encodings of the endpoints; one that is missing has UTF-8.
pub type Encodings = BTreeMap<EndpointId, Encoding>;

/// Where the texts of the streams stand.
#[derive(Debug, Default)]
pub(super) struct Texts {
    encodings: Encodings,
    /// The streams that may go on.
    live: HashMap<StreamId, Live>,
    /// For each stream, entries and where its text stood before them.
    checkpoints: HashMap<StreamId, Vec<(u64, TextState)>>,
    /// The first entry that was not looked at.
    next: u64,
    /// Where the segment ends that was looked at last: the way back to a checkpoint does not leave its segment.
    segment_end: u64,
}

#[derive(Debug, Default)]
struct Live {
    state: TextState,
    /// What came since the last checkpoint; none before the first one of a segment.
    since: Option<(u64, u32)>,
}

impl Texts {
    /// Begins with these encodings.
    pub(super) fn new(encodings: Encodings) -> Self {
        Self {
            encodings,
            ..Self::default()
        }
    }

    /// Begins with another record.
    pub(super) fn begin_anew(&mut self) {
        *self = Self::new(std::mem::take(&mut self.encodings));
    }

    /// Returns whether entries before `end` are still to be looked at.
    pub(super) fn is_behind(&self, end: u64) -> bool {
        self.next < end && self.encodings.values().any(|it| it.has_state())
    }

    /// Looks at entries before `end` until the deadline.
    pub(super) fn work(&mut self, record: &Record, end: u64, deadline: Instant) {
        while self.is_behind(end) {
            self.next = self.next.max(record.status().first_kept);
            let until = end.min(self.next.saturating_add(SLICE_ENTRIES));
            for number in self.next..until {
                self.look(record, number);
            }
            self.next = until;
            if Instant::now() >= deadline {
                return;
            }
        }
    }

    fn look(&mut self, record: &Record, number: u64) {
        if number >= self.segment_end {
            let segment = record.store().segment_of(number);
            self.segment_end = segment.map_or(number + 1, |segment| {
                // The segment that is written goes on: its end is not known yet.
                if segment.is_sealed() {
                    segment.end_entry()
                } else {
                    number + 1
                }
            });
            for live in self.live.values_mut() {
                live.since = None;
            }
        }
        // Whose an entry is tells much faster than all of it. What cannot be read leaves the text where it stood.
        let encoding = record.party(number).ok().flatten();
        let encoding = encoding.and_then(|party| self.encodings.get(&party.endpoint).copied());
        let Some(encoding) = encoding.filter(|encoding| encoding.has_state()) else {
            return;
        };
        record.visit([number], Depth::Whole, |_, entry| {
            if let Ok(entry) = entry {
                self.take(&entry, encoding);
            }
            ControlFlow::Break(())
        });
    }

    fn take(&mut self, entry: &Entry, encoding: Encoding) {
        let Some((key, payload)) = entry.stream_id().zip(entry.payload()) else {
            if let Some(connection) = entry.ended_connection() {
                for stream in StreamId::both(connection) {
                    self.live.remove(&stream);
                }
            }
            return;
        };
        let bytes = &payload.bytes;
        let live = self.live.entry(key).or_default();
        let is_due =
            |(bytes, chunks): (u64, u32)| bytes >= CHECKPOINT_BYTES || chunks >= CHECKPOINT_CHUNKS;
        let (bytes_since, chunks_since) = match live.since {
            Some(since) if !is_due(since) => since,
            _ => {
                let checkpoints = self.checkpoints.entry(key).or_default();
                checkpoints.push((entry.number, live.state));
                (0, 0)
            }
        };
        live.since = Some((bytes_since + bytes.len() as u64, chunks_since + 1));
        live.state = after(live.state, encoding, entry, bytes);
    }

    /// Returns how an entry's bytes are read as text.
    pub(super) fn start(&self, entry: &Entry, record: &Record) -> TextStart {
        let Some(&encoding) = self.encodings.get(&entry.event.endpoint) else {
            return entry.stream().carry.into();
        };
        if encoding.is_utf8() {
            return entry.stream().carry.into();
        }
        let state = self.state(entry, encoding, record).unwrap_or_default();
        TextStart { encoding, state }
    }

    /// Returns where the text stood before an entry; none where that is not known yet.
    fn state(&self, entry: &Entry, encoding: Encoding, record: &Record) -> Option<TextState> {
        let key = entry.stream_id().filter(|_| encoding.has_state())?;
        let checkpoints = self.checkpoints.get(&key)?;
        let place = checkpoints.partition_point(|(number, _)| *number <= entry.number);
        let (from, mut state) = *checkpoints.get(place.checked_sub(1)?)?;
        let mut chunks = Vec::new();
        let mut number = entry.number;
        while number > from && chunks.len() <= CHECKPOINT_CHUNKS as usize {
            number = record.previous(number).ok().flatten()?;
            chunks.push(number);
        }
        record.visit(chunks.into_iter().rev(), Depth::Whole, |_, entry| {
            if let Ok(entry) = entry
                && let Some(payload) = entry.payload()
            {
                state = after(state, encoding, &entry, &payload.bytes);
            }
            ControlFlow::Continue(())
        });
        Some(state)
    }
}

/// Where the texts of a record stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextsOf<'a> {
    pub(super) texts: &'a Texts,
    pub(super) record: &'a Record,
}

impl TextsOf<'_> {
    /// Returns how an entry's bytes are read as text.
    pub(super) fn start(self, entry: &Entry) -> TextStart {
        self.texts.start(entry, self.record)
    }
}

/// Where the text of live streams stands, for those that are inside a character; and before which byte.
#[derive(Debug, Default)]
pub(crate) struct TextStates(HashMap<StreamId, (u64, TextState)>);

impl TextStates {
    /// Moves a stream on by a data entry; returns where its text stood before.
    pub(crate) fn advance(&mut self, entry: &Entry, encoding: Encoding) -> TextState {
        let Some((stream, payload)) = entry.stream_id().zip(entry.payload()) else {
            return TextState::default();
        };
        let offset = entry.stream().offset;
        // No character goes on over a gap.
        let known = self.0.remove(&stream).filter(|(next, _)| *next == offset);
        let state = known.map(|(_, state)| state).unwrap_or_default();
        let after = after(state, encoding, entry, &payload.bytes);
        if after != TextState::default() {
            let next = offset.saturating_add(entry.size_bytes);
            self.0.insert(stream, (next, after));
        }
        state
    }

    /// Forgets a stream, which has ended; returns where its text stood, if that is inside a character.
    pub(crate) fn end(&mut self, stream: StreamId) -> Option<TextState> {
        self.0.remove(&stream).map(|(_, state)| state)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Returns where the text stands behind a chunk. No character goes on over bytes that were not kept.
fn after(state: TextState, encoding: Encoding, entry: &Entry, bytes: &[u8]) -> TextState {
    if (bytes.len() as u64) < entry.size_bytes {
        return TextState::default();
    }
    state.advance(encoding, bytes)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::capture::synthetic::{event, received, record};
    use crate::payload::StreamEnd;

    fn texts(label: &str, record: &Record) -> Texts {
        let encoding = label.parse().unwrap();
        let mut texts = Texts::new(Encodings::from([(EndpointId(1), encoding)]));
        let end = record.status().entries;
        let mut rounds = 0;
        while texts.is_behind(end) {
            texts.work(record, end, Instant::now() + Duration::from_millis(1));
            rounds += 1;
            assert!(rounds < 100_000, "it does not get on");
        }
        texts
    }

    fn text(texts: &Texts, record: &Record, number: u64) -> String {
        let entry = record.entry(number, Depth::Whole).unwrap().unwrap();
        let bytes = &entry.payload().unwrap().bytes;
        let start = texts.start(&entry, record);
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
        let told: Vec<_> = (0..5).map(|number| text(&texts, &record, number)).collect();
        assert_eq!(told, ["", "", "你!你", "好", r"\xC4"]);
        let latin = self::texts("latin1", &record);
        assert_eq!(text(&latin, &record, 0), "Ä");
    }

    #[test]
    fn any_entry_of_a_long_stream_is_reached_from_a_checkpoint() {
        // Every chunk ends inside a character.
        let bytes = [b"\xE3".as_slice(), &b"\xC4\xE3".repeat(40), b"\xC4"].concat();
        let bytes: &'static [u8] = Box::leak(bytes.into_boxed_slice());
        let count = 3_000;
        let record = record((0..count).map(|n| {
            let bytes = if n == 0 { b"\xC4" } else { bytes };
            event(n, 1, 7, received(n + 1, bytes))
        }));
        let texts = texts("gbk", &record);
        let checkpoints: usize = texts.checkpoints.values().map(Vec::len).sum();
        assert!(checkpoints > 2, "{checkpoints}");
        for number in [1, 2, 500, 811, 812, 1_023, 1_024, 1_025, 2_999] {
            let expected = "你".repeat(41);
            assert_eq!(text(&texts, &record, number), expected, "{number}");
        }
    }
}
