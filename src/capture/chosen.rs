//! Which entries of a record a filter shows, found out segment by segment, a slice at a time.

use std::mem;
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use roaring::RoaringBitmap;

use super::criteria::Filter;
use super::entry::StreamId;
use super::hits::Hits;
use super::languages::{Languages, StreamIn};
use super::record::Record;
use super::row::RowKind;
use super::say::Say;
use super::search::{Chunk, Piece, Streams};
use super::store::{Class, EntryRecord, Lane, OpenSegment, ReadError};
use crate::net::{ConnectionId, Direction, EndpointId, EventKind};
use crate::payload::Pattern;

/// How many records are looked at before the time is.
const SLICE_ENTRIES: u32 = 8_192;
/// How many records are looked at together where there is a pattern: a stream is looked through once for all of its
/// bytes in them.
const SLICE_ENTRIES_WITH_BYTES: u32 = 32_768;
/// A larger payload file, which only a shortage of descriptors makes, is not read whole.
const MAX_WHOLE_BYTES: u64 = 96 * 1024 * 1024;
/// How many bytes are read of entries one by one before they are looked through.
const MAX_SINGLE_BYTES: u64 = 4 * 1024 * 1024;
/// How many places are remembered that could not be looked at.
const MAX_UNREAD: usize = 100;
/// How many bytes are looked through before requests are.
const MAX_SLICE_BYTES: u64 = 16 * 1024 * 1024;

/// The entries that a filter chooses.
#[derive(Debug)]
pub(crate) struct Chosen {
    filter: Filter,
    /// The words of entries that patterns are looked for in.
    say: &'static dyn Say,
    /// Where the filter has a pattern, or more of them.
    patterns: Vec<Pattern>,
    languages: Languages,
    streams: Streams<StreamIn>,
    hits: Hits,
    /// The first entry that was not taken up yet.
    next: u64,
    /// The first entry that is not decided while streams are pending.
    undecided: u64,
    at_hand: Option<AtHand>,
    /// Entries of the segment at hand that were found and are not among the hits yet.
    found: Vec<u64>,
    unread: Unread,
}

/// Entries that could not be looked at, and why: they are not among those that were chosen.
#[derive(Debug, Default)]
pub(crate) struct Unread(pub(crate) Vec<(u64, Arc<ReadError>)>);

impl Unread {
    /// Takes note of an entry. What is damaged beyond [`MAX_UNREAD`] places needs no further one to be told.
    fn push(&mut self, entry: u64, error: ReadError) {
        if self.0.len() < MAX_UNREAD {
            self.0.push((entry, Arc::new(error)));
        }
    }
}

/// The segment that is looked through.
#[derive(Debug)]
struct AtHand {
    open: OpenSegment,
    /// For each party that is known so far: whether the filter takes its entries.
    taken: Vec<bool>,
    /// Whether the whole payload is in the buffer.
    has_payload: bool,
}

impl Chosen {
    /// Begins; an entry must fulfil `also` too, if that is given.
    pub(crate) fn new(filter: &Filter, also: Option<&Pattern>, say: &'static dyn Say) -> Self {
        let patterns: Vec<_> = filter.pattern.iter().chain(also).cloned().collect();
        let languages = Languages::new(&filter.encodings);
        Self {
            filter: filter.clone(),
            say,
            streams: Streams::new(languages.patterns(&patterns)),
            languages,
            patterns,
            hits: Hits::default(),
            next: filter.from_entry,
            undecided: filter.from_entry,
            at_hand: None,
            found: Vec::new(),
            unread: Unread::default(),
        }
    }

    /// Returns the entries that could not be looked at, and forgets them.
    pub(crate) fn take_unread(&mut self) -> Unread {
        mem::take(&mut self.unread)
    }

    pub(crate) fn hits(&self) -> &Hits {
        &self.hits
    }

    /// The first entry that was not looked at yet.
    pub(crate) fn next(&self) -> u64 {
        if self.streams.is_pending() {
            self.undecided
        } else {
            self.next
        }
    }

    /// Returns whether all entries before `end` were looked at.
    pub(crate) fn has_reached(&self, end: u64) -> bool {
        self.next >= end && !self.streams.is_pending()
    }

    /// Looks at entries before `end` until the deadline, or until there are none left. Always gets on a little.
    pub(crate) fn work(&mut self, record: &Record, end: u64, deadline: Option<Instant>) {
        while !self.has_reached(end) {
            self.step(record, end);
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                break;
            }
        }
        self.hits.drop_before(record.status().first_kept);
        if self.has_reached(end) {
            self.rest();
        }
    }

    /// Lets go of all that is not needed until somebody asks again: of memory, and of open files.
    pub(crate) fn let_go(&mut self) {
        self.rest();
        self.at_hand = None;
    }

    /// Lets go of memory that is not needed for a while.
    fn rest(&mut self) {
        // What waits in the buffer is looked through first.
        while self.streams.is_pending() {
            self.streams.search_one(|entry| self.found.push(entry));
        }
        self.keep_found();
        self.streams.rest();
        if let Some(at_hand) = &mut self.at_hand {
            at_hand.has_payload = false;
        }
    }

    fn step(&mut self, record: &Record, end: u64) {
        if self.streams.is_pending() {
            self.streams.search_one(|entry| self.found.push(entry));
            if !self.streams.is_pending() {
                self.keep_found();
            }
            return;
        }
        self.next = self.next.max(record.status().first_kept);
        if self.next >= end {
            return;
        }
        self.undecided = self.next;
        // What cannot be read is shown nowhere; the timeline says why in its own row.
        let until = self.look(record, end).unwrap_or_else(|unreadable| {
            self.at_hand = None;
            let segment = record.store().segment_of(self.next);
            segment.map_or(end, |segment| {
                self.unread.push(self.next, unreadable);
                segment.end_entry()
            })
        });
        self.next = until.max(self.next + 1).min(end);
        let is_last = self.next >= record.status().entries && !record.store().can_grow();
        if is_last && self.streams.looks_around() {
            self.streams.end_all();
        }
    }

    /// Looks at the next entries of the segment that holds the next one. Returns the number after them.
    fn look(&mut self, record: &Record, end: u64) -> Result<u64, ReadError> {
        let next = self.next;
        if !self
            .at_hand
            .as_ref()
            .is_some_and(|it| it.open.segment().holds(next))
        {
            let Some(segment) = record.store().segment_of(next) else {
                // It was given up just now, or the record ends here.
                return Ok(end.min(record.status().first_kept.max(next + 1)));
            };
            self.at_hand = Some(AtHand::new(OpenSegment::new(segment)?));
        }
        let Some(at_hand) = &mut self.at_hand else {
            return Ok(end);
        };
        let segment = at_hand.open.segment();
        let first = segment.first_entry();
        let from = u32::try_from(next - first).unwrap_or(u32::MAX);
        let len = segment.len();
        let until = len.min(u32::try_from(end - first).unwrap_or(u32::MAX));
        let is_whole = segment.is_sealed() && from == 0 && until == len;
        at_hand.know_parties(&self.filter)?;
        if is_whole && self.patterns.is_empty() && self.filter.is_of_lanes() {
            let entries = at_hand.by_lanes(&self.filter)?;
            self.hits.set(first, entries);
            return Ok(first + u64::from(until));
        }
        if is_whole && !self.patterns.is_empty() {
            let buffer = self.streams.buffer();
            buffer.clear();
            at_hand.has_payload = at_hand.open.segment().payload_bytes() <= MAX_WHOLE_BYTES;
            if at_hand.has_payload {
                at_hand.open.payload_into(buffer)?;
            }
        }
        Ok(self.look_at_records(from..until))
    }

    /// Looks at the records of these entries, a slice of them.
    fn look_at_records(&mut self, range: Range<u32>) -> u64 {
        let Some(mut at_hand) = self.at_hand.take() else {
            return self.next;
        };
        if !at_hand.has_payload {
            self.streams.buffer().clear();
        }
        let first = at_hand.open.segment().first_entry();
        let has_pattern = !self.patterns.is_empty();
        let count = if has_pattern {
            SLICE_ENTRIES_WITH_BYTES
        } else {
            SLICE_ENTRIES
        };
        let mut end = range.end.min(range.start.saturating_add(count));
        // The same payload may stand for many entries: what is looked through counts, not what was read.
        let mut bytes = 0;
        let most = if at_hand.has_payload {
            MAX_SLICE_BYTES
        } else {
            MAX_SINGLE_BYTES
        };
        let records = at_hand
            .open
            .whole_records(range.start..end, |entry, error| {
                self.unread.push(first + u64::from(entry), error);
            });
        for (entry, record) in records {
            if has_pattern {
                self.gather(&mut at_hand, entry, &record);
            } else if self.is_shown(&at_hand, entry, &record) {
                self.found.push(first + u64::from(entry));
            }
            bytes += u64::from(record.kept_bytes);
            if has_pattern && bytes > most {
                end = entry + 1;
                break;
            }
        }
        self.at_hand = Some(at_hand);
        if !self.streams.is_pending() {
            self.keep_found();
        }
        first + u64::from(end)
    }

    /// Whether all but the pattern is true of an entry.
    fn is_shown(&self, at_hand: &AtHand, entry: u32, record: &EntryRecord) -> bool {
        let number = at_hand.open.segment().first_entry() + u64::from(entry);
        let size_bytes = record.size_bytes.into();
        let kind = kind(record.class, size_bytes);
        at_hand.takes(record)
            && self
                .filter
                .takes(number, kind, size_bytes, || at_hand.open.time(record))
    }

    /// Puts the bytes of an entry to its stream's, or looks at its words.
    fn gather(&mut self, at_hand: &mut AtHand, entry: u32, record: &EntryRecord) {
        if !at_hand.takes(record) {
            return;
        }
        let is_wanted = self.is_shown(at_hand, entry, record);
        let Some(direction) = record.class.direction() else {
            self.read_words(at_hand, entry, is_wanted);
            return;
        };
        let is_taken = match direction {
            Direction::Received => self.filter.kinds.received,
            Direction::Sent => self.filter.kinds.sent,
        };
        let number = at_hand.open.segment().first_entry() + u64::from(entry);
        if !is_taken {
            return;
        }
        if let Some(piece) = self.piece(at_hand, number, record)
            && let Some((endpoint, connection)) = at_hand.whose(record)
        {
            let key = self.stream(
                endpoint,
                StreamId {
                    connection,
                    direction,
                },
            );
            let chunk = Chunk {
                piece,
                offset: record.offset,
                entry: number,
                is_wanted,
                touched_by: 0,
            };
            self.streams.push(key, chunk);
        }
    }

    fn stream(&self, endpoint: EndpointId, id: StreamId) -> StreamIn {
        StreamIn {
            id,
            language: self.languages.of(endpoint, &self.filter.encodings),
        }
    }

    /// Returns where the bytes of an entry stand in the buffer, into which they are read if they are not there.
    fn piece(&mut self, at_hand: &AtHand, number: u64, record: &EntryRecord) -> Option<Piece> {
        let len = record.kept_bytes;
        if at_hand.has_payload {
            let start = record.position;
            return Some(Piece { start, len });
        }
        let bytes = at_hand.open.bytes(record, usize::MAX);
        let bytes = bytes
            .map_err(|error| self.unread.push(number, error))
            .ok()?;
        let buffer = self.streams.buffer();
        let start = u32::try_from(buffer.len()).ok()?;
        buffer.extend_from_slice(&bytes);
        Some(Piece { start, len })
    }

    /// Looks for the patterns in the words of a lifecycle entry, and notes which streams end with it.
    fn read_words(&mut self, at_hand: &mut AtHand, entry: u32, is_wanted: bool) {
        if !is_wanted && !self.streams.looks_around() {
            return;
        }
        let entry = match at_hand.open.entry(entry, usize::MAX) {
            Ok(entry) => entry,
            Err(error) => {
                let first = at_hand.open.segment().first_entry();
                return self.unread.push(first + u64::from(entry), error);
            }
        };
        if is_wanted {
            let words = self.say.entry(&entry).text;
            if self.patterns.iter().all(|it| it.is_in(words.as_bytes())) {
                self.found.push(entry.number);
            }
        }
        let Some(link) = &entry.event.link else {
            return;
        };
        let [received, sent] = StreamId::both(link.connection);
        let ended: &[StreamId] = match entry.event.kind {
            EventKind::Closed(_) | EventKind::Reset { .. } => &[received, sent],
            EventKind::PeerFinished => &[received],
            EventKind::WeFinished => &[sent],
            _ => &[],
        };
        if self.streams.looks_around() {
            for id in ended {
                let key = self.stream(entry.event.endpoint, *id);
                self.streams.end(key);
            }
        }
    }

    /// Puts what was found among the hits.
    fn keep_found(&mut self) {
        let Some(at_hand) = &self.at_hand else {
            for entry in self.found.drain(..) {
                self.hits.insert(entry);
            }
            return;
        };
        let first = at_hand.open.segment().first_entry();
        let (here, earlier): (Vec<u64>, Vec<u64>) =
            self.found.drain(..).partition(|entry| *entry >= first);
        for entry in earlier {
            self.hits.insert(entry);
        }
        let mut here: Vec<u32> = here.iter().map(|entry| (entry - first) as u32).collect();
        here.sort_unstable();
        let mut entries: RoaringBitmap = here.into_iter().collect();
        if let Some(known) = self.hits.of_segment(first) {
            if entries.is_subset(known) {
                return;
            }
            entries |= known;
        }
        self.hits.set(first, entries);
    }
}

impl AtHand {
    fn new(open: OpenSegment) -> Self {
        Self {
            open,
            taken: Vec::new(),
            has_payload: false,
        }
    }

    /// Finds out of the parties that came whether the filter takes their entries.
    fn know_parties(&mut self, filter: &Filter) -> Result<(), ReadError> {
        let known = self.taken.len();
        let parties = self.open.parties()?.iter().skip(known);
        let takes = parties.map(|it| filter.takes_party(it.endpoint, it.link.as_deref()));
        self.taken.extend(takes);
        Ok(())
    }

    fn takes(&self, record: &EntryRecord) -> bool {
        self.taken
            .get(record.party as usize)
            .copied()
            .unwrap_or(false)
    }

    fn whose(&mut self, record: &EntryRecord) -> Option<(EndpointId, ConnectionId)> {
        let party = self.open.party(record.party).ok()?;
        Some((party.endpoint, party.link.as_ref()?.connection))
    }

    /// Chooses entries by the index alone.
    fn by_lanes(&self, filter: &Filter) -> Result<RoaringBitmap, ReadError> {
        let index = self.open.index()?;
        let mut bits = vec![0_u8; self.open.segment().len().div_ceil(8) as usize];
        for lane in index.lanes() {
            let is_taken = self.taken.get(lane.party as usize).copied() == Some(true)
                && match lane.lane {
                    Lane::Received => filter.kinds.received,
                    Lane::Sent => filter.kinds.sent,
                    Lane::Lifecycle => filter.kinds.lifecycle,
                };
            for entry in lane.entries.iter().filter(|_| is_taken) {
                if let Some(byte) = bits.get_mut((entry / 8) as usize) {
                    *byte |= 1 << (entry % 8);
                }
            }
        }
        Ok(RoaringBitmap::from_lsb0_bytes(0, &bits))
    }
}

impl Filter {
    /// Whether it asks only what the index of a segment tells, but for where it begins.
    fn is_of_lanes(&self) -> bool {
        self.size.is_none() && self.time.is_none() && self.kinds.lifecycle == self.kinds.problems
    }
}

fn kind(class: Class, size_bytes: u64) -> RowKind {
    match class {
        Class::Received => RowKind::Received(size_bytes),
        Class::Sent => RowKind::Sent(size_bytes),
        Class::Quiet => RowKind::Quiet,
        Class::Good => RowKind::Good,
        Class::Ended => RowKind::Ended,
        Class::Caution => RowKind::Caution,
        Class::Bad => RowKind::Bad,
    }
}

#[cfg(test)]
mod tests;
