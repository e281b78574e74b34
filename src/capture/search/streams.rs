//! Searches many streams at once, segment by segment. Keeps the end of each stream, where a match may have started.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::run::{Before, Slot, StreamRun};
use super::sieve::Sieve;
use super::stream::{StreamSearch, Touch};
use crate::capture::entry::StreamId;
use crate::payload::Pattern;

/// How many bytes are kept of all streams for matches that continue. Beyond it, those of the streams that have been
/// silent longest are dropped, and a match that starts there and ends in a later segment is missed.
const MAX_KEPT_BYTES: usize = 16 * 1024 * 1024;

/// How many streams' memory is kept to be used again while a search goes on.
const MAX_SPARE: usize = 64;

/// Stands for an unknown byte: neither part of a word nor the end of a line.
const UNKNOWN: u8 = 0xFF;

/// A data entry: its location in the buffer and in its stream.
#[derive(Clone, Copy, Debug)]
pub(in crate::capture) struct SearchChunk {
    /// Its location in the buffer.
    pub(in crate::capture) piece: Slot,
    /// Its offset in the stream.
    pub(in crate::capture) offset: u64,
    /// Its number.
    pub(in crate::capture) entry: u64,
    /// Whether it is reported if a match touches it.
    pub(in crate::capture) is_wanted: bool,
    /// The patterns that have touched it so far, one bit each.
    pub(in crate::capture) touched_by: u8,
}

impl SearchChunk {
    fn end(&self) -> u64 {
        self.offset.saturating_add(self.piece.len.into())
    }
}

/// A stream, and the index of its text encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::capture) struct StreamIn {
    pub(in crate::capture) id: StreamId,
    pub(in crate::capture) encoding_index: usize,
}

/// Searches streams for entries that every one of some patterns touches.
#[derive(Debug)]
pub(in crate::capture) struct EntrySearch {
    /// The patterns in each encoding.
    searches: Vec<Vec<StreamSearch>>,
    looks_around: bool,
    buffer: Vec<u8>,
    /// The chunks added since the last search, by stream.
    fresh: Vec<Fresh>,
    /// The place of each stream in `fresh`.
    places: HashMap<StreamIn, FreshPlace>,
    /// Memory of chunks that have been searched, to be used again.
    spare: Vec<Vec<SearchChunk>>,
    tails: Tails,
    /// Consecutive chunks.
    run: Vec<SearchChunk>,
    pieces: Vec<Slot>,
}

/// What a search reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::capture) enum SearchReport {
    /// An entry that every pattern touches.
    Entry(u64),
    /// A match of the last pattern that crosses from one chunk into others.
    Crossing {
        /// The stream.
        stream: StreamId,
        /// The offsets in it.
        range: Range<u64>,
        /// The entry of the last chunk.
        last_entry: u64,
    },
}

/// Where the chunks of a stream are collected until they are searched.
pub(in crate::capture) type FreshPlace = usize;

#[derive(Debug)]
struct Fresh {
    key: StreamIn,
    chunks: Vec<SearchChunk>,
    has_ended: bool,
}

impl EntrySearch {
    /// Searches for entries that all patterns touch. There are at most eight patterns, given in each encoding.
    pub(in crate::capture) fn new(patterns: Vec<Vec<Pattern>>) -> Self {
        let search = |patterns: Vec<Pattern>| patterns.into_iter().map(StreamSearch::new).collect();
        Self {
            looks_around: patterns.iter().flatten().any(Pattern::looks_around),
            searches: patterns.into_iter().map(search).collect(),
            buffer: Vec::new(),
            fresh: Vec::new(),
            places: HashMap::new(),
            spare: Vec::new(),
            tails: Tails::default(),
            run: Vec::new(),
            pieces: Vec::new(),
        }
    }

    /// Returns whether the end of a stream matters.
    pub(in crate::capture) fn looks_around(&self) -> bool {
        self.looks_around
    }

    /// Returns what is in the buffer.
    pub(in crate::capture) fn filled(&self) -> &[u8] {
        &self.buffer
    }

    /// Returns what decides which pieces in the buffer matter, if that can be decided. See [`Sieve`].
    pub(in crate::capture) fn sieve(&self) -> Option<Sieve> {
        let literals = self
            .searches
            .iter()
            .map(|patterns| match patterns.as_slice() {
                [pattern] => pattern.literal(),
                _ => None,
            });
        Sieve::new(literals.collect::<Option<Vec<_>>>()?, &self.buffer)
    }

    /// Returns whether the end of a stream is kept, where a match may have started.
    pub(in crate::capture) fn has_tail(&self, key: StreamIn) -> bool {
        self.tails.of.contains_key(&key)
    }

    /// Returns whether the end of any stream is kept.
    pub(in crate::capture) fn has_tails(&self) -> bool {
        !self.tails.of.is_empty()
    }

    /// Returns the buffer that holds the chunks. Fill it while nothing is pending.
    pub(in crate::capture) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Returns where the next chunks of a stream are collected. It holds until anything is searched.
    pub(in crate::capture) fn place(&mut self, key: StreamIn) -> FreshPlace {
        *self.places.entry(key).or_insert_with(|| {
            self.fresh.push(Fresh {
                key,
                chunks: self.spare.pop().unwrap_or_default(),
                has_ended: false,
            });
            self.fresh.len() - 1
        })
    }

    /// Adds the next chunk of the stream at a place.
    pub(in crate::capture) fn push(&mut self, place: FreshPlace, chunk: SearchChunk) {
        if let Some(fresh) = self.fresh.get_mut(place) {
            fresh.chunks.push(chunk);
        }
    }

    /// Notes that a stream has ended.
    pub(in crate::capture) fn end(&mut self, key: StreamIn) {
        let place = self.place(key);
        if let Some(fresh) = self.fresh.get_mut(place) {
            fresh.has_ended = true;
        }
    }

    /// Notes that all streams have ended.
    pub(in crate::capture) fn end_all(&mut self) {
        let keys: Vec<_> = self.tails.of.keys().copied().collect();
        for key in keys {
            self.end(key);
        }
    }

    /// Returns whether streams are waiting to be searched.
    pub(in crate::capture) fn is_pending(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// Searches one of the waiting streams and reports the entries that are touched, in no particular order, and what
    /// crosses from chunk to chunk; all of it possibly repeatedly.
    pub(in crate::capture) fn search_one(&mut self, mut report: impl FnMut(SearchReport)) {
        let Some(mut fresh) = self.fresh.pop() else {
            return;
        };
        let key = fresh.key;
        self.places.remove(&key);
        let filled = self.buffer.len();
        let tail = self.tails.take(key);
        let mut before = Before::Nothing;
        self.run.clear();
        if let Some(tail) = tail {
            before = tail.before;
            for mut chunk in tail.chunks {
                chunk.piece.start = chunk.piece.start.saturating_add(filled as u32);
                self.run.push(chunk);
            }
            self.buffer.extend_from_slice(&tail.bytes);
        } else if let Some(first) = fresh.chunks.first().filter(|it| it.offset > 0) {
            before = Before::Unknown;
            self.run.push(SearchChunk {
                piece: Slot {
                    start: filled as u32,
                    len: 1,
                },
                offset: first.offset - 1,
                is_wanted: false,
                ..*first
            });
            self.buffer.push(UNKNOWN);
        }
        for chunk in fresh.chunks.drain(..) {
            let end = self.run.last().map(SearchChunk::end);
            if end.is_some_and(|end| end != chunk.offset) {
                self.search_run(key, before, true, &mut report);
                self.run.clear();
                before = Before::Nothing;
            }
            self.run.push(chunk);
        }
        if self.spare.len() < MAX_SPARE {
            self.spare.push(fresh.chunks);
        }
        self.search_run(key, before, fresh.has_ended, &mut report);
        if !fresh.has_ended {
            self.keep_tail(key, before);
        }
        self.buffer.truncate(filled);
    }

    fn search_run(
        &mut self,
        key: StreamIn,
        before: Before,
        ends: bool,
        report: &mut impl FnMut(SearchReport),
    ) {
        let Some(first) = self.run.first() else {
            return;
        };
        self.pieces.clear();
        self.pieces.extend(self.run.iter().map(|it| it.piece));
        let run = StreamRun {
            buffer: &self.buffer,
            pieces: &self.pieces,
            offset: first.offset,
            before,
            ends,
        };
        let mut all = 0;
        let searches = self.searches.get_mut(key.encoding_index);
        let searches = searches.map(Vec::as_mut_slice).unwrap_or_default();
        let last = searches.len().saturating_sub(1);
        for (index, search) in searches.iter_mut().enumerate() {
            let bit = 1 << index;
            all |= bit;
            search.search(&run, |touch| match touch {
                Touch::Piece(piece) => {
                    if let Some(chunk) = self.run.get_mut(piece) {
                        chunk.touched_by |= bit;
                    }
                }
                Touch::Crossing { range, last_piece } if index == last => {
                    let chunk = self.run.get(last_piece);
                    report(SearchReport::Crossing {
                        stream: key.id,
                        range,
                        last_entry: chunk.map_or(0, |chunk| chunk.entry),
                    });
                }
                Touch::Crossing { .. } => {}
            });
        }
        let is_reported = |chunk: &&SearchChunk| chunk.is_wanted && chunk.touched_by == all;
        self.run
            .iter()
            .filter(is_reported)
            .for_each(|it| report(SearchReport::Entry(it.entry)));
    }

    /// Keeps the bytes that affect matches that continue.
    fn keep_tail(&mut self, key: StreamIn, before: Before) {
        let Some(last) = self.run.last() else {
            return;
        };
        let end = last.end();
        let searches = self.searches.get(key.encoding_index).into_iter();
        let needed = searches.flatten().map(|it| it.bytes_before(end)).max();
        let from = end.saturating_sub(needed.unwrap_or(0));
        let first = self.run.partition_point(|chunk| chunk.end() <= from);
        let is_whole = self.run.first().is_none_or(|it| it.offset >= from);
        let mut tail = Tail {
            before: if is_whole { before } else { Before::Seen },
            bytes: Vec::new(),
            chunks: Vec::new(),
        };
        for chunk in self.run.iter().skip(first) {
            let mut chunk = *chunk;
            let cut = u32::try_from(from.saturating_sub(chunk.offset)).unwrap_or(u32::MAX);
            let start = chunk.piece.start.saturating_add(cut) as usize;
            let len = chunk.piece.len.saturating_sub(cut);
            let bytes = self.buffer.get(start..start.saturating_add(len as usize));
            let bytes = bytes.unwrap_or_default();
            chunk.offset = chunk.offset.saturating_add(cut.into());
            chunk.piece = Slot {
                start: tail.bytes.len() as u32,
                len: bytes.len() as u32,
            };
            tail.bytes.extend_from_slice(bytes);
            tail.chunks.push(chunk);
        }
        self.tails.keep(key, tail);
    }

    /// Frees memory that is not needed until more chunks arrive.
    pub(in crate::capture) fn free_memory(&mut self) {
        self.buffer = Vec::new();
        self.spare = Vec::new();
        self.run = Vec::new();
        self.pieces = Vec::new();
    }
}

/// The last bytes of a stream.
#[derive(Debug)]
struct Tail {
    before: Before,
    bytes: Vec<u8>,
    /// The chunks that they belong to.
    chunks: Vec<SearchChunk>,
}

impl Tail {
    fn size(&self) -> usize {
        size_of::<Self>() + self.bytes.len() + size_of_val(self.chunks.as_slice())
    }
}

#[derive(Debug, Default)]
struct Tails {
    of: HashMap<StreamIn, (u64, Tail)>,
    /// The streams in the order in which they last grew.
    order: BTreeMap<u64, StreamIn>,
    next: u64,
    bytes: usize,
}

impl Tails {
    fn take(&mut self, key: StreamIn) -> Option<Tail> {
        let (order, tail) = self.of.remove(&key)?;
        self.order.remove(&order);
        self.bytes -= tail.size();
        Some(tail)
    }

    fn keep(&mut self, key: StreamIn, tail: Tail) {
        self.bytes += tail.size();
        self.order.insert(self.next, key);
        self.of.insert(key, (self.next, tail));
        self.next += 1;
        while self.bytes > MAX_KEPT_BYTES {
            let Some((_, oldest)) = self.order.pop_first() else {
                return;
            };
            if let Some((_, tail)) = self.of.remove(&oldest) {
                self.bytes -= tail.size();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::FlowId;
    use crate::payload::{Case, SPAN_BYTES};

    fn key(connection: u64) -> StreamIn {
        let [id, _] = StreamId::both(FlowId::server(connection));
        StreamIn {
            id,
            encoding_index: 0,
        }
    }

    fn streams(typed: &[&str]) -> EntrySearch {
        let pattern = |typed: &&str| Pattern::parse_find(typed, Case::Exact).unwrap();
        EntrySearch::new(vec![typed.iter().map(pattern).collect()])
    }

    /// Adds chunks of streams (key, offset, bytes), numbered from `entry` on, and searches them all.
    fn look(streams: &mut EntrySearch, entry: u64, chunks: &[(u64, u64, &[u8])]) -> Vec<u64> {
        streams.buffer().clear();
        for (entry, (connection, offset, bytes)) in (entry..).zip(chunks) {
            let start = streams.buffer().len() as u32;
            streams.buffer().extend_from_slice(bytes);
            let len = bytes.len() as u32;
            let chunk = SearchChunk {
                piece: Slot { start, len },
                offset: *offset,
                entry,
                is_wanted: true,
                touched_by: 0,
            };
            let place = streams.place(key(*connection));
            streams.push(place, chunk);
        }
        finish(streams)
    }

    fn finish(streams: &mut EntrySearch) -> Vec<u64> {
        let mut found = Vec::new();
        while streams.is_pending() {
            streams.search_one(|report| {
                if let SearchReport::Entry(entry) = report {
                    found.push(entry);
                }
            });
        }
        found.sort_unstable();
        found
    }

    #[test]
    fn a_match_can_continue_in_a_later_segment_of_the_stream() {
        let mut it = streams(&["needle"]);
        assert!(look(&mut it, 0, &[(1, 0, b"nee"), (2, 0, b"nee")]).is_empty());
        assert!(look(&mut it, 2, &[(3, 0, b"dle")]).is_empty());
        assert_eq!(look(&mut it, 3, &[(2, 3, b"d")]), [0_u64; 0]);
        assert_eq!(look(&mut it, 4, &[(2, 4, b"le")]), [1, 3, 4]);
        assert_eq!(look(&mut it, 5, &[(1, 3, b"dle")]), [0, 5]);
    }

    #[test]
    fn what_crosses_from_chunk_to_chunk_is_reported_with_its_offsets() {
        let mut it = streams(&["aaa"]);
        let check =
            |it: &mut EntrySearch, chunks: &[&[u8]], offset: u64, expected: &[(u64, u64)]| {
                it.buffer().clear();
                let mut at = offset;
                for (entry, bytes) in (0..).zip(chunks) {
                    let (start, len) = (it.buffer().len() as u32, bytes.len() as u32);
                    it.buffer().extend_from_slice(bytes);
                    let place = it.place(key(1));
                    let chunk = SearchChunk {
                        piece: Slot { start, len },
                        offset: at,
                        entry,
                        is_wanted: true,
                        touched_by: 0,
                    };
                    it.push(place, chunk);
                    at += u64::from(len);
                }
                let mut crossings = crate::capture::crossings::Crossings::default();
                while it.is_pending() {
                    it.search_one(|report| {
                        if let SearchReport::Crossing {
                            stream,
                            range,
                            last_entry,
                        } = report
                        {
                            crossings.add(stream, range, last_entry);
                        }
                    });
                }
                let found = crossings.within(key(1).id, 0..1_000);
                let expected = expected.iter().map(|it| it.0 as usize..it.1 as usize);
                assert_eq!(found, expected.collect::<Vec<_>>());
            };
        check(&mut it, &[b"xaaax", b"aaa"], 0, &[]);
        // The first one begins in what was searched before.
        check(
            &mut it,
            &[b"a.aa", b"", b"a", b"aaa."],
            8,
            &[(6, 9), (10, 15)],
        );
    }

    #[test]
    fn no_match_crosses_a_gap() {
        let mut it = streams(&["needle"]);
        assert!(look(&mut it, 0, &[(1, 0, b"nee"), (1, 4, b"dle")]).is_empty());
        assert!(look(&mut it, 2, &[(1, 7, b"nee")]).is_empty());
        assert!(look(&mut it, 3, &[(1, 11, b"dle")]).is_empty());
    }

    #[test]
    fn what_the_end_decides_is_reported_at_the_end_or_at_a_gap() {
        let mut it = streams(&["regex:^ab$"]);
        assert!(look(&mut it, 0, &[(1, 0, b"a"), (1, 1, b"b")]).is_empty());
        it.end(key(1));
        assert_eq!(finish(&mut it), [0, 1]);
        assert!(look(&mut it, 2, &[(2, 0, b"ab")]).is_empty());
        assert_eq!(look(&mut it, 3, &[(2, 5, b"ab")]), [2]);
        assert_eq!(look(&mut it, 4, &[(2, 9, b"x")]), [3]);
    }

    #[test]
    fn all_patterns_must_touch_an_entry() {
        let mut it = streams(&["ab", "bc"]);
        let chunks: [(u64, u64, &[u8]); 4] =
            [(1, 0, b"ab"), (1, 2, b"c"), (1, 3, b"ab."), (1, 6, b"abc")];
        assert_eq!(look(&mut it, 0, &chunks), [0, 3]);
    }

    #[test]
    fn the_patterns_may_touch_an_entry_at_different_times() {
        let mut it = streams(&["AAA", "xyz"]);
        let mut long = b"AAA".to_vec();
        long.resize(2 * SPAN_BYTES, b'.');
        long.extend_from_slice(b"xy");
        assert!(look(&mut it, 0, &[(1, 0, &long)]).is_empty());
        let next = long.len() as u64;
        assert_eq!(look(&mut it, 1, &[(1, next, b"z")]), [0]);
    }

    #[test]
    fn a_stream_known_from_its_middle_does_not_start_there() {
        let mut it = streams(&["regex:^GET"]);
        assert_eq!(look(&mut it, 0, &[(1, 0, b"GET /")]), [0]);
        assert!(look(&mut it, 1, &[(2, 40, b"GET /"), (2, 45, b"GET /")]).is_empty());
        // After a gap it does start afresh, and matches are found from the first byte on.
        assert_eq!(look(&mut it, 3, &[(2, 90, b"GET /")]), [3]);
        let mut it = streams(&["regex:GET$"]);
        it.end(key(3));
        assert_eq!(look(&mut it, 4, &[(3, 40, b"GET")]), [4]);
    }

    #[test]
    fn kept_bytes_are_bounded() {
        let mut it = streams(&["regex:a.*b"]);
        let long = vec![b'a'; SPAN_BYTES];
        for connection in 0..400 {
            look(&mut it, 0, &[(connection, 0, &long)]);
        }
        assert!(it.tails.bytes <= MAX_KEPT_BYTES);
        assert!(it.tails.of.len() > 200);
        assert_eq!(it.tails.of.len(), it.tails.order.len());
        assert_eq!(look(&mut it, 9, &[(399, SPAN_BYTES as u64, b"b")]), [0, 9]);
        assert!(look(&mut it, 9, &[(0, SPAN_BYTES as u64, b"b")]).is_empty());
    }
}
