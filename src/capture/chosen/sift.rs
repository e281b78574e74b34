//! Leaves out of a segment what cannot matter to a search: on several threads, each with a part of the segment.

use std::mem;
use std::ops::Range;
use std::thread;

use crate::capture::pass::Flows;
use crate::capture::search::{Sieve, Sifted};
use crate::capture::store::{EntryRecord, RecordBlock, Records, parts};
use crate::net::{ByDirection, Direction};

/// More threads than this are not faster: all of them read the same memory.
const MAX_THREADS: usize = 4;
/// From how many records on it pays to have another thread.
const THREAD_ENTRIES: u32 = 8_192;
/// How many records are read at a time: few enough to stay in the processor's nearest cache.
const BLOCK_ENTRIES: u32 = 256;
/// How many payloads are remembered, so that those of many entries are looked at once.
const REMEMBERED: usize = 64;
/// How many times the length of the payload file a thread looks at, at most: entries may share payloads in other ways.
const MOST_TIMES: usize = 2;

/// What a segment is sifted by.
#[derive(Clone, Copy)]
pub(super) struct Sifting<'a> {
    pub(super) records: &'a Records,
    /// The payload file.
    pub(super) payload: &'a [u8],
    pub(super) sieve: &'a Sieve,
    /// Whether the filter accepts the entries of a flow.
    pub(super) taken: &'a Flows<bool>,
}

/// What is known of a stream in a part of a segment.
#[derive(Clone, Copy, Debug, Default)]
struct StreamPart {
    has_pieces: bool,
    /// Its first piece, if it was left out: it matters if the piece before it is open.
    first: Option<(u32, EntryRecord)>,
    /// Whether its last piece is open.
    is_open: bool,
}

/// A payload, and what was found in it.
#[derive(Clone, Copy, Debug)]
struct Looked {
    record: EntryRecord,
    found: Sifted,
}

/// A part of a segment, sifted.
struct Part {
    kept: RecordBlock,
    /// By row of the flow.
    streams: Vec<ByDirection<StreamPart>>,
    looked: [Option<Looked>; REMEMBERED],
    looked_bytes: usize,
}

impl Sifting<'_> {
    /// Returns the records that may matter, and what is damaged; `None` if finding out takes too long. `continues` says
    /// whether a match may have started in a stream, by its row and direction, before the segment.
    pub(super) fn sift(
        self,
        entries: u32,
        continues: impl Fn(u32, Direction) -> bool,
    ) -> Option<RecordBlock> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let most = (entries / THREAD_ENTRIES).clamp(1, threads.min(MAX_THREADS) as u32);
        self.sift_in(entries, most, continues)
    }

    fn sift_in(
        self,
        entries: u32,
        threads: u32,
        continues: impl Fn(u32, Direction) -> bool,
    ) -> Option<RecordBlock> {
        let ranges = parts(0..entries, entries.div_ceil(threads.max(1)));
        let sifted = thread::scope(|scope| {
            let started = ranges.map(|range| {
                let thread = thread::Builder::new().name("records".to_owned());
                let own = range.clone();
                (range, thread.spawn_scoped(scope, move || self.part(own)))
            });
            let started: Vec<_> = started.collect();
            let ended = started.into_iter().map(|(range, thread)| {
                let ended = thread.ok().and_then(|thread| thread.join().ok());
                ended.unwrap_or_else(|| self.part(range))
            });
            ended.collect::<Option<Vec<_>>>()
        });
        let mut whole = Part::new();
        for part in sifted? {
            whole.append(part, &continues);
        }
        whole.kept.records.sort_unstable_by_key(|(entry, _)| *entry);
        Some(whole.kept)
    }

    /// Sifts some of the records.
    fn part(self, range: Range<u32>) -> Option<Part> {
        let mut part = Part::new();
        let mut bytes = Vec::new();
        for range in parts(range, BLOCK_ENTRIES) {
            self.records
                .visit(range, &mut bytes, |entry, record| match record {
                    Ok(record) if self.is_kept(&mut part, entry, &record) => {
                        part.kept.records.push((entry, record));
                    }
                    Ok(_) => {}
                    Err(error) => part.kept.damaged.push((entry, error)),
                });
            if part.looked_bytes > self.payload.len().saturating_mul(MOST_TIMES) {
                return None;
            }
        }
        Some(part)
    }

    fn is_kept(self, part: &mut Part, entry: u32, record: &EntryRecord) -> bool {
        let Some(is_taken) = self.taken.of(record.flow) else {
            // Its flow is damaged, which is reported.
            return true;
        };
        let Some(way) = record.class.direction().filter(|_| is_taken) else {
            return is_taken;
        };
        let found = self.look(part, record);
        let matters = found.is_match || found.is_open;
        let stream = part.stream(record.flow, way);
        if !stream.has_pieces && !matters {
            stream.first = Some((entry, *record));
        }
        stream.has_pieces = true;
        let was_open = mem::replace(&mut stream.is_open, found.is_open);
        matters || was_open
    }

    fn look(self, part: &mut Part, record: &EntryRecord) -> Sifted {
        let place = record.position as usize % REMEMBERED;
        if let Some(looked) = part.looked[place].filter(|it| it.record.shares_bytes_with(record)) {
            return looked.found;
        }
        part.looked_bytes += record.kept_bytes as usize;
        let start = record.position as usize;
        let range = start..start + record.kept_bytes as usize;
        let stored = self.payload.get(range.clone());
        let Some(_) = stored.filter(|stored| record.is_sound(stored)) else {
            // It is damaged, which is reported.
            return Sifted::UNKNOWN;
        };
        let found = self.sieve.look(self.payload, range);
        part.looked[place] = Some(Looked {
            record: *record,
            found,
        });
        found
    }
}

impl Part {
    fn new() -> Self {
        Self {
            kept: RecordBlock::default(),
            streams: Vec::new(),
            looked: [None; REMEMBERED],
            looked_bytes: 0,
        }
    }

    fn stream(&mut self, row: u32, way: Direction) -> &mut StreamPart {
        let row = row as usize;
        if self.streams.len() <= row {
            self.streams.resize(row + 1, ByDirection::default());
        }
        self.streams[row].of_mut(way)
    }

    /// Adds the part after this one.
    fn append(&mut self, next: Self, continues: &impl Fn(u32, Direction) -> bool) {
        self.kept.damaged.extend(next.kept.damaged);
        self.kept.records.extend(next.kept.records);
        for (row, streams) in (0..).zip(next.streams) {
            for way in [Direction::Received, Direction::Sent] {
                let next = *streams.of(way);
                if !next.has_pieces {
                    continue;
                }
                let stream = self.stream(row, way);
                let was_open = if stream.has_pieces {
                    stream.is_open
                } else {
                    continues(row, way)
                };
                *stream = next;
                self.kept.records.extend(next.first.filter(|_| was_open));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::capture::event::Event;
    use crate::capture::search::EntrySearch;
    use crate::capture::store::{Keep, OpenSegment};
    use crate::capture::synthetic::{empty_record_of, entries, event, received, sent};
    use crate::payload::Pattern;

    const NEEDLE: &str = "abab";

    /// The entries that matches touch, of pieces of two connections in both directions.
    fn touched(pieces: &[(u8, String)]) -> Vec<u32> {
        let mut touched = Vec::new();
        for stream in 0..4 {
            let own = (0_u32..).zip(pieces).filter(|(_, (of, _))| *of == stream);
            let bytes = own.flat_map(|(entry, (_, text))| text.bytes().map(move |it| (it, entry)));
            let bytes: Vec<_> = bytes.collect();
            for window in bytes.windows(NEEDLE.len()) {
                if window.iter().map(|it| it.0).eq(NEEDLE.bytes()) {
                    touched.extend(window.iter().map(|it| it.1));
                }
            }
        }
        touched
    }

    fn sifted(pieces: &[(u8, String)], threads: u32) -> Vec<u32> {
        let events = (0_u64..).zip(pieces).map(|(n, (stream, text))| -> Event {
            let kind = match stream % 2 {
                0 => received(n + 1, text.as_bytes()),
                _ => sent(n + 1, text.as_bytes()),
            };
            event(n, 1, u64::from(stream / 2) + 7, kind)
        });
        let record = empty_record_of(Keep::up_to(u64::MAX), 64);
        record.store().append(&mut entries(events));
        record.store().close().unwrap();
        let mut open = OpenSegment::new(record.store().segment_of(0).unwrap()).unwrap();
        let mut search = EntrySearch::new(vec![vec![Pattern::parse(NEEDLE).unwrap()]]);
        open.payload_into(search.buffer()).unwrap();
        let mut taken = Flows::default();
        taken.learn(&mut open, |_| true).unwrap();
        let sifting = Sifting {
            records: open.records(),
            payload: search.filled(),
            sieve: &search.sieve().unwrap(),
            taken: &taken,
        };
        let kept = sifting.sift_in(pieces.len() as u32, threads, |_, _| false);
        let kept = kept.unwrap();
        assert!(kept.damaged.is_empty());
        kept.records.into_iter().map(|(entry, _)| entry).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_a_match_touches_is_kept_however_many_threads_there_are(
            pieces in proptest::collection::vec((0..4_u8, "[abx]{1,6}"), 1..60),
            threads in 1..6_u32,
        ) {
            let kept = sifted(&pieces, threads);
            for entry in touched(&pieces) {
                prop_assert!(kept.contains(&entry), "{entry} of {pieces:?} in {threads}");
            }
            prop_assert!(kept.is_sorted_by(|one, next| one < next), "{kept:?}");
        }
    }

    #[test]
    fn what_cannot_matter_is_left_out() {
        let of = |texts: &[&str]| {
            texts
                .iter()
                .map(|it| (0, (*it).to_owned()))
                .collect::<Vec<_>>()
        };
        let pieces = of(&["xxxxx", "xxabab", "xxxxx", "xxxxaba", "bxxxx", "xxxxx"]);
        for threads in 1..=6 {
            assert_eq!(sifted(&pieces, threads), [1, 2, 3, 4], "in {threads}");
        }
    }
}
