//! Finds which entries of a recording a filter shows.

mod sift;

use std::collections::VecDeque;
use std::mem;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::criteria::Filter;
use super::crossings::Crossings;
use super::damage::UnreadRun;
use super::entry::StreamId;
use super::hits::Hits;
use super::kind::RowKind;
use super::pass::{Flows, PassStep, Walk};
use super::say::Say;
use super::search::{EntrySearch, FreshPlace, SearchChunk, SearchReport, Slot, StreamIn};
use super::search_encodings::SearchEncodings;
use super::store::{Class, EntryRecord, Lane, OpenSegment, ReadError, RecordBlock, parts};
use crate::net::{ByDirection, Direction, EndpointId};
use crate::payload::Pattern;
use sift::Sifting;

/// How many records are examined between looks at the time.
const SLICE_ENTRIES: u32 = 8_192;
/// How many records are examined together if there is a pattern: each stream is searched once for all of its bytes in
/// them.
const SLICE_ENTRIES_WITH_BYTES: u32 = 32_768;
/// How many records are read at a time: few enough to stay in the processor's cache.
const BLOCK_ENTRIES: u32 = 1_024;
/// From how many records on it pays to have a thread read them ahead.
const AHEAD_ENTRIES: usize = 8_192;
/// A larger payload file, which only a shortage of descriptors produces, is not read as a whole.
const MAX_WHOLE_BYTES: u64 = 96 * 1024 * 1024;
/// How many bytes of single entries are read before they are searched.
const MAX_SINGLE_BYTES: u64 = 4 * 1024 * 1024;
/// How many runs of unreadable entries are remembered.
const MAX_UNREAD: usize = 100;
/// How many bytes are searched between looks at the requests.
const MAX_SLICE_BYTES: u64 = 16 * 1024 * 1024;

/// A pass that finds which entries a filter shows.
pub(crate) type Chosen = Walk<Choice>;

/// The entries chosen by a filter.
#[derive(Debug)]
pub(crate) struct Choice {
    filter: Filter,
    /// The words of entries, which patterns are searched in.
    say: &'static dyn Say,
    /// The patterns of the filter, if it has any.
    patterns: Vec<Pattern>,
    encodings: SearchEncodings,
    streams: EntrySearch,
    /// Where the bytes of each flow of the segment are collected for the search, received and sent.
    places: Vec<[Option<FreshPlace>; 2]>,
    hits: Hits,
    /// What of the last pattern's matches no entry shows by itself.
    crossings: Arc<Crossings>,
    /// The first entry of the current segment.
    segment: u64,
    /// Whether the filter accepts the entries of a flow.
    taken: Flows<bool>,
    /// Whether the buffer holds the whole payload of the segment.
    has_payload: bool,
    /// What of the segment may matter to the search, as far as it has not been looked at. `None` unless that is known.
    sifted: Option<VecDeque<(u32, EntryRecord)>>,
    /// Matching entries that are not among the hits yet.
    found: Vec<u64>,
    unread: Unread,
}

/// Entries that could not be read, and why. They are not among the chosen ones.
#[derive(Debug, Default)]
pub(crate) struct Unread(pub(crate) Vec<UnreadRun>);

impl Unread {
    /// Notes an entry.
    fn push(&mut self, entry: u64, error: ReadError) {
        self.push_run(UnreadRun {
            first: entry,
            count: 1,
            why: Arc::new(error),
        });
    }

    /// Notes entries. Beyond [`MAX_UNREAD`], further ones are skipped.
    fn push_run(&mut self, run: UnreadRun) {
        let last = self.0.last_mut();
        let is_joined = last.is_some_and(|last| last.join(run.first, run.count, &run.why));
        if !is_joined && self.0.len() < MAX_UNREAD {
            self.0.push(run);
        }
    }

    /// Returns them in the order of the record, as far as they touch these entries.
    #[must_use]
    pub(crate) fn within(mut self, entries: Range<u64>) -> Self {
        self.0.sort_by_key(|run| run.first);
        let mut all = Self::default();
        let touches = |run: &UnreadRun| run.first < entries.end && run.end() > entries.start;
        for run in self.0.into_iter().filter(touches) {
            all.push_run(run);
        }
        all
    }
}

impl Chosen {
    /// Starts a pass. If `also` is given, an entry must match it too.
    pub(crate) fn new(filter: &Filter, also: Option<&Pattern>, say: &'static dyn Say) -> Self {
        let patterns: Vec<_> = filter.pattern.iter().chain(also).cloned().collect();
        let encodings = SearchEncodings::new(&filter.encodings);
        let choice = Choice {
            filter: filter.clone(),
            say,
            streams: EntrySearch::new(encodings.patterns(&patterns)),
            places: Vec::new(),
            encodings,
            patterns,
            hits: Hits::default(),
            crossings: Arc::default(),
            segment: 0,
            taken: Flows::default(),
            has_payload: false,
            sifted: None,
            found: Vec::new(),
            unread: Unread::default(),
        };
        Self::from(filter.from_entry, choice)
    }

    /// Returns and forgets the entries that could not be read.
    pub(crate) fn take_unread(&mut self) -> Unread {
        mem::take(&mut self.step.unread)
    }

    pub(crate) fn hits(&self) -> &Hits {
        &self.step.hits
    }

    /// Returns the matches that cross from chunk to chunk.
    pub(crate) fn crossings(&self) -> &Arc<Crossings> {
        &self.step.crossings
    }
}

impl PassStep for Choice {
    fn begin(&mut self, first_entry: u64) {
        self.segment = first_entry;
        self.taken.clear();
        self.forget_payload();
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let filter = &self.filter;
        let learned = self.taken.learn(open, |flow| {
            filter.takes_flow(flow.endpoint, flow.link.as_deref())
        });
        let segment = open.segment();
        let is_whole = segment.is_sealed() && range == (0..segment.len());
        // Where something is damaged, each record is looked at by itself.
        if is_whole
            && learned.is_ok()
            && self.patterns.is_empty()
            && self.filter.is_of_lanes()
            && let Ok(entries) = self.by_lanes(open)
        {
            self.hits.add(self.segment, entries);
            return Ok(range.end);
        }
        if is_whole && !self.patterns.is_empty() {
            self.has_payload = segment.payload_bytes() <= MAX_WHOLE_BYTES;
            if self.has_payload {
                let buffer = self.streams.buffer();
                buffer.clear();
                self.has_payload = open.payload_into(buffer).is_ok();
                self.sift(open);
            }
        }
        let is_to_end = range.end == open.segment().len();
        Ok(match self.sifted.take().filter(|_| is_to_end) {
            Some(sifted) => self.look_at_sifted(open, sifted, range),
            None => self.look_at_records(open, range),
        })
    }

    // What cannot be read is not shown here; the timeline explains it in its own row.
    fn skip_rest(&mut self, entries: Range<u64>, why: ReadError) {
        self.forget_payload();
        self.unread.push_run(UnreadRun {
            first: entries.start,
            count: entries.end.saturating_sub(entries.start),
            why: Arc::new(why),
        });
    }

    fn is_undecided(&self) -> bool {
        self.streams.is_pending()
    }

    fn decide(&mut self) {
        self.streams.search_one(|report| match report {
            SearchReport::Entry(entry) => self.found.push(entry),
            SearchReport::Crossing {
                stream,
                range,
                last_entry,
            } => Arc::make_mut(&mut self.crossings).add(stream, range, last_entry),
        });
        if !self.streams.is_pending() {
            self.keep_found();
        }
    }

    fn give_up(&mut self, first_kept: u64) {
        self.hits.drop_before(first_kept);
        if self.crossings.has_before(first_kept) {
            Arc::make_mut(&mut self.crossings).drop_before(first_kept);
        }
    }

    fn finish(&mut self, _end: u64) {
        if self.streams.looks_around() {
            self.streams.end_all();
        }
    }

    fn free_memory(&mut self) {
        // What is in the buffer is searched first.
        while self.is_undecided() {
            self.decide();
        }
        self.streams.free_memory();
        self.forget_payload();
    }
}

impl Choice {
    fn forget_payload(&mut self) {
        self.has_payload = false;
        self.sifted = None;
    }

    /// Determines what of the segment may matter to the search, if the buffer shows that.
    fn sift(&mut self, open: &mut OpenSegment) {
        let Some(sieve) = self.streams.sieve().filter(|_| self.has_payload) else {
            return;
        };
        let rows = (0..open.flow_count()).filter(|_| self.streams.has_tails());
        let tails: Vec<_> = rows.map(|row| self.has_tails(open, row)).collect();
        let continues = |row: u32, way| {
            let tails = tails.get(row as usize);
            tails.is_some_and(|tails| *tails.of(way))
        };
        let sifting = Sifting {
            records: open.records(),
            payload: self.streams.filled(),
            sieve: &sieve,
            taken: &self.taken,
        };
        let Some(kept) = sifting.sift(open.segment().len(), continues) else {
            return;
        };
        for (entry, error) in kept.damaged {
            self.unread.push(self.segment + u64::from(entry), error);
        }
        self.sifted = Some(kept.records.into());
    }

    /// Returns in which directions of a flow a match may have started that continues.
    fn has_tails(&self, open: &mut OpenSegment, row: u32) -> ByDirection<bool> {
        let flow = open.flow(row).ok();
        let known = flow.and_then(|flow| Some((flow.endpoint, flow.link.as_deref()?.connection)));
        let Some((endpoint, connection)) = known else {
            return ByDirection::default();
        };
        let has_tail = |way| {
            let id = StreamId::new(connection, way);
            self.streams.has_tail(self.stream(endpoint, id))
        };
        ByDirection {
            received: has_tail(Direction::Received),
            sent: has_tail(Direction::Sent),
        }
    }

    /// Examines some of these records, which are all that may matter of the rest of a segment. Returns the entry to
    /// continue with.
    fn look_at_sifted(
        &mut self,
        open: &mut OpenSegment,
        mut sifted: VecDeque<(u32, EntryRecord)>,
        range: Range<u32>,
    ) -> u32 {
        self.places.clear();
        let mut bytes = 0;
        while bytes <= MAX_SLICE_BYTES
            && let Some((entry, record)) = sifted.pop_front()
        {
            if range.contains(&entry) {
                self.look_at(open, entry, &record);
                bytes += u64::from(record.kept_bytes);
            }
        }
        if !self.streams.is_pending() {
            self.keep_found();
        }
        let Some((next, _)) = sifted.front() else {
            return range.end;
        };
        let next = *next;
        self.sifted = Some(sifted);
        next
    }

    /// Examines a slice of these records.
    fn look_at_records(&mut self, open: &mut OpenSegment, range: Range<u32>) -> u32 {
        if !self.has_payload {
            self.streams.buffer().clear();
        }
        self.places.clear();
        let has_pattern = !self.patterns.is_empty();
        // One payload may serve many entries: what counts is the bytes searched, not the bytes read.
        let (most_entries, most_bytes) = match (has_pattern, self.has_payload) {
            (false, _) => (SLICE_ENTRIES, u64::MAX),
            (true, false) => (SLICE_ENTRIES_WITH_BYTES, MAX_SINGLE_BYTES),
            (true, true) => (SLICE_ENTRIES_WITH_BYTES, MAX_SLICE_BYTES),
        };
        let mut end = range.end.min(range.start.saturating_add(most_entries));
        let mut bytes = 0;
        let records = Arc::clone(open.records());
        let range = range.start..end;
        let mut take = |block: &mut RecordBlock| {
            for (entry, error) in block.damaged.drain(..) {
                self.unread.push(self.segment + u64::from(entry), error);
            }
            for &(entry, record) in &block.records {
                self.look_at(open, entry, &record);
                bytes += u64::from(record.kept_bytes);
                if bytes > most_bytes {
                    end = entry + 1;
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        };
        if range.len() >= AHEAD_ENTRIES {
            records.read_ahead(range, BLOCK_ENTRIES, take);
        } else {
            let mut block = RecordBlock::default();
            for part in parts(range, BLOCK_ENTRIES) {
                records.read_block(part, &mut block);
                if take(&mut block).is_break() {
                    break;
                }
            }
        }
        if !self.streams.is_pending() {
            self.keep_found();
        }
        end
    }

    fn look_at(&mut self, open: &mut OpenSegment, entry: u32, record: &EntryRecord) {
        let number = self.segment + u64::from(entry);
        if self.taken.of(record.flow).is_none()
            && let Err(error) = open.flow(record.flow)
        {
            self.unread.push(number, error);
        } else if !self.patterns.is_empty() {
            self.gather(open, entry, record);
        } else if self.is_shown(open, entry, record) {
            self.found.push(number);
        }
    }

    /// Returns whether an entry meets all criteria except the pattern.
    fn is_shown(&self, open: &OpenSegment, entry: u32, record: &EntryRecord) -> bool {
        self.takes(record)
            && self
                .filter
                .takes_record(self.segment + u64::from(entry), record, open)
    }

    fn takes(&self, record: &EntryRecord) -> bool {
        self.taken.of(record.flow) == Some(true)
    }

    /// Adds the bytes of an entry to its stream, or searches its words.
    fn gather(&mut self, open: &mut OpenSegment, entry: u32, record: &EntryRecord) {
        if !self.takes(record) {
            return;
        }
        let is_wanted = self.is_shown(open, entry, record);
        let Some(direction) = record.class.direction() else {
            self.read_words(open, entry, is_wanted);
            return;
        };
        if !self.filter.kinds.takes(kind(record)) {
            return;
        }
        let number = self.segment + u64::from(entry);
        if let Some(piece) = self.piece(open, number, record)
            && let Some(place) = self.place(open, record.flow, direction)
        {
            let chunk = SearchChunk {
                piece,
                offset: record.offset,
                entry: number,
                is_wanted,
                touched_by: 0,
            };
            self.streams.push(place, chunk);
        }
    }

    /// Returns where the bytes of a stream are collected.
    fn place(&mut self, open: &mut OpenSegment, row: u32, way: Direction) -> Option<FreshPlace> {
        let index = usize::from(way == Direction::Sent);
        let known = self.places.get(row as usize);
        if let Some(place) = known.and_then(|known| known[index]) {
            return Some(place);
        }
        let flow = open.flow(row).ok()?;
        let link = flow.link.as_deref()?;
        let id = StreamId::new(link.connection, way);
        let stream = self.stream(flow.endpoint, id);
        let place = self.streams.place(stream);
        // Nothing continues after a datagram: no match spans two, and no end of one needs to be kept.
        if link.peer.is_udp() {
            self.streams.end(stream);
        }
        if self.places.len() <= row as usize {
            self.places.resize(row as usize + 1, [None; 2]);
        }
        if let Some(known) = self.places.get_mut(row as usize) {
            known[index] = Some(place);
        }
        Some(place)
    }

    fn stream(&self, endpoint: EndpointId, id: StreamId) -> StreamIn {
        let encoding = self.filter.encodings.of(endpoint, id.direction);
        StreamIn {
            id,
            encoding_index: self.encodings.index_of(encoding),
        }
    }

    /// Returns where an entry's bytes are in the buffer, reading them if necessary.
    fn piece(&mut self, open: &mut OpenSegment, number: u64, record: &EntryRecord) -> Option<Slot> {
        let len = record.kept_bytes;
        let start = record.position as usize;
        let stored = self.streams.buffer().get(start..start + len as usize);
        if self.has_payload && stored.is_some_and(|stored| record.is_sound(stored)) {
            let start = record.position;
            return Some(Slot { start, len });
        }
        let bytes = open.bytes(record, usize::MAX);
        let bytes = bytes
            .map_err(|error| self.unread.push(number, error))
            .ok()?;
        let buffer = self.streams.buffer();
        let start = u32::try_from(buffer.len()).ok()?;
        buffer.extend_from_slice(&bytes);
        Some(Slot { start, len })
    }

    /// Searches the words of a lifecycle entry, and notes which streams end with it.
    fn read_words(&mut self, open: &mut OpenSegment, entry: u32, is_wanted: bool) {
        if !is_wanted && !self.streams.looks_around() {
            return;
        }
        let entry = match open.entry(entry, usize::MAX) {
            Ok(entry) => entry,
            Err(error) => return self.unread.push(self.segment + u64::from(entry), error),
        };
        if is_wanted {
            let words = self.say.entry(&entry).text;
            if self.patterns.iter().all(|it| it.is_in(words.as_bytes())) {
                self.found.push(entry.number);
            }
        }
        if self.streams.looks_around() {
            for id in entry.ended_streams() {
                self.streams.end(self.stream(entry.event.endpoint, id));
            }
        }
    }

    /// Moves the matching entries to the hits.
    fn keep_found(&mut self) {
        let mut here: Vec<u32> = Vec::new();
        for entry in self.found.drain(..) {
            match entry.checked_sub(self.segment) {
                Some(within) => here.push(within as u32),
                None => self.hits.insert(entry),
            }
        }
        here.sort_unstable();
        self.hits.add(self.segment, here.into_iter().collect());
    }

    /// Chooses entries by the index alone.
    fn by_lanes(&self, open: &OpenSegment) -> Result<RoaringBitmap, ReadError> {
        let kinds = self.filter.kinds;
        let index = open.index()?;
        let mut bits = vec![0_u8; open.segment().len().div_ceil(8) as usize];
        for lane in index.lanes() {
            let is_taken = self.taken.of(lane.flow) == Some(true)
                && match lane.lane {
                    Lane::Received => kinds.received,
                    Lane::Sent => kinds.sent,
                    Lane::Lifecycle => kinds.lifecycle,
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
    /// Returns whether a segment's index can answer it, apart from the start of the range.
    fn is_of_lanes(&self) -> bool {
        self.rule.is_none()
            && self.size.is_none()
            && self.time.is_none()
            && self.kinds.lifecycle == self.kinds.problems
    }

    /// Returns whether a record is shown, given that its flow is accepted.
    pub(super) fn takes_record(
        &self,
        number: u64,
        record: &EntryRecord,
        open: &OpenSegment,
    ) -> bool {
        self.takes(number, kind(record), record.by, || open.time(record))
    }
}

fn kind(record: &EntryRecord) -> RowKind {
    let size_bytes = record.size_bytes.into();
    match record.class {
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
