//! A segment open for reading: records, flows, payloads and whole entries, by their number in the segment.

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::ops::{Range, RangeInclusive};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use super::body::{self, Body};
use super::facts::{EndpointFacts, with_names};
use super::format::{
    EntryRecord, FLOW_BYTES, Flow, FlowBody, HEAD_BYTES, RowLocation, SegmentFile, sum,
};
use super::index::{Index, Lane, LaneKey};
use super::records::{RecordBlock, Records};
use super::segment::{
    INDEX_START, Segment, damaged, flow_position, length, open, read, read_vec, read_whole,
    record_position,
};
use crate::capture::anchor::time_at;
use crate::capture::damage::{Damage, ReadError};
use crate::capture::entry::{Entry, SESSION, StreamId, StreamPosition, StreamPositions};
use crate::capture::event::{Event, EventKind};
use crate::net::{Direction, EndpointId, Payload, PayloadId};

/// The most bytes of one entry: more than we ever write at once.
const MAX_ENTRY_BYTES: u32 = 256 * 1024 * 1024;
/// How many records are read at a time.
const BLOCK_ENTRIES: u32 = 512;
/// How many blocks of records are kept: the chunks of a frame lie among those of other connections, and the frames of
/// neighbouring rows among the same.
const MAX_BLOCKS: usize = 8;
/// In how many damaged rows of flows one changed bit is looked for: that takes time.
const MAX_REPAIRS: usize = 1_024;
/// Bytes up to this length are checked even if only their beginning is asked for.
const CHECKED_BYTES: usize = 64 * 1024;

/// A segment's open files, with the data read last.
#[derive(Debug)]
pub(crate) struct OpenSegment {
    segment: Arc<Segment>,
    records: Arc<Records>,
    /// `None` if a file cannot be opened: opening it again says why.
    payload: Option<File>,
    flows: Option<File>,
    known_flows: Vec<(Flow, FlowBody)>,
    /// The damaged rows in which one changed bit was looked for, and what they say if it was found.
    repairs: BTreeMap<u32, Option<(Flow, FlowBody)>>,
    /// If a row is damaged, the rows after it are read one at a time; this is the last one read.
    lone_flow: Option<Flow>,
    /// The blocks of records read last, newest first: the number of the first record, and the block.
    blocks: VecDeque<(u32, Vec<EntryRecord>)>,
    /// The index, and how many entries it covers.
    index: Option<(Arc<Index>, u32)>,
    ahead: Ahead,
}

/// How much of a payload file is read at once for entries in a row.
const AHEAD_BYTES: usize = 64 * 1024;

/// What was read of a payload file for the entries that follow.
#[derive(Debug, Default)]
struct Ahead {
    begin: u64,
    block: Vec<u8>,
    /// Where the bytes of the next entry begin, if entries are read in a row.
    follows_at: u64,
}

impl Ahead {
    fn bytes(&self, begin: u64, len: usize) -> Option<&[u8]> {
        let start = usize::try_from(begin.checked_sub(self.begin)?).ok()?;
        self.block.get(start..start.checked_add(len)?)
    }
}

impl OpenSegment {
    pub(crate) fn new(segment: Arc<Segment>) -> Result<Self, ReadError> {
        let path = segment.path(SegmentFile::Entries);
        if segment.is_lost() {
            return Err(damaged(&path, 0, Damage::Missing));
        }
        Ok(Self {
            records: Arc::new(Records::new(Arc::clone(&segment))?),
            payload: segment.held(SegmentFile::Payload, open).ok(),
            flows: segment.held(SegmentFile::Flows, open).ok(),
            segment,
            known_flows: Vec::new(),
            repairs: BTreeMap::new(),
            lone_flow: None,
            ahead: Ahead::default(),
            blocks: VecDeque::new(),
            index: None,
        })
    }

    pub(crate) fn segment(&self) -> &Arc<Segment> {
        &self.segment
    }

    /// Returns the records.
    pub(crate) fn records(&self) -> &Arc<Records> {
        &self.records
    }

    /// Reads these records with their numbers. A damaged one does not affect its neighbours, and is left out.
    pub(crate) fn whole_records(&self, range: Range<u32>) -> Vec<(u32, EntryRecord)> {
        let mut block = RecordBlock::default();
        self.records.read_block(range, &mut block);
        block.records
    }

    /// Reads one record, and caches its neighbours.
    pub(crate) fn record(&mut self, entry: u32) -> Result<EntryRecord, ReadError> {
        if let Some(record) = self.in_block(entry) {
            return Ok(record);
        }
        let first = entry - entry % BLOCK_ENTRIES;
        let block = match self
            .records
            .read(first..first.saturating_add(BLOCK_ENTRIES))
        {
            Ok(records) => (first, records),
            // A bad record does not affect its neighbours.
            Err(_) => (entry, self.records.read(entry..entry.saturating_add(1))?),
        };
        // A block of a growing segment is read again once more of it is needed.
        self.blocks.retain(|(first, _)| *first != block.0);
        self.blocks.truncate(MAX_BLOCKS - 1);
        self.blocks.push_front(block);
        self.in_block(entry).ok_or_else(|| {
            let position = record_position(entry);
            damaged(&self.path(SegmentFile::Entries), position, Damage::Short)
        })
    }

    fn in_block(&self, entry: u32) -> Option<EntryRecord> {
        self.blocks.iter().find_map(|(first, records)| {
            let place = entry.checked_sub(*first)?;
            records.get(place as usize).copied()
        })
    }

    /// Reads a flow.
    pub(crate) fn flow(&mut self, row: u32) -> Result<&Flow, ReadError> {
        let is_known = |known: &[_]| (row as usize) < known.len();
        if !is_known(&self.known_flows)
            && (self.lone_flow.is_some() || self.read_flows().is_err())
            && !is_known(&self.known_flows)
        {
            self.lone_flow = Some(self.lone_flow(row)?);
            return self.lone_flow.as_ref().ok_or_else(|| self.no_flow(row));
        }
        let flow = self.known_flows.get(row as usize);
        flow.map(|(flow, _)| flow).ok_or_else(|| self.no_flow(row))
    }

    fn lone_flow(&mut self, row: u32) -> Result<Flow, ReadError> {
        if row >= self.segment.extent().flows {
            return Err(self.no_flow(row));
        }
        let path = self.path(SegmentFile::Flows);
        let position = flow_position(row);
        let mut bytes = [0; FLOW_BYTES];
        read(self.file(SegmentFile::Flows)?, &path, &mut bytes, position)?;
        let place = self.segment.head().place(row);
        let flow = self.decode_flow(place, row, &bytes);
        let (flow, body) = flow.ok_or_else(|| damaged(&path, position, Damage::Checksum))?;
        self.named(flow, &body)
    }

    /// Decodes a row, even if one bit of it has changed.
    fn decode_flow(
        &mut self,
        place: RowLocation,
        row: u32,
        bytes: &[u8; FLOW_BYTES],
    ) -> Option<(Flow, FlowBody)> {
        let whole = Flow::decode(place, bytes);
        if whole.is_some() {
            return whole;
        }
        if self.repairs.len() >= MAX_REPAIRS {
            return self.repairs.get(&row).cloned().flatten();
        }
        let repaired = self.repairs.entry(row);
        repaired
            .or_insert_with(|| Flow::repaired(place, bytes))
            .clone()
    }

    /// Returns the rows, of those that have been read, of which one bit had changed.
    pub(super) fn repaired(&self) -> impl Iterator<Item = u32> {
        let repaired = self.repairs.iter().filter(|(_, it)| it.is_some());
        repaired.map(|(row, _)| *row)
    }

    /// Returns a connection's flow with the addresses that have no room in its row.
    fn named(&self, flow: Flow, body: &FlowBody) -> Result<Flow, ReadError> {
        let Some(link) = flow.link.as_deref().filter(|_| body.len > 0) else {
            return Ok(flow);
        };
        let path = || self.path(SegmentFile::Payload);
        let bytes = self.body_of(body)?.unwrap_or_default();
        let named = with_names(link, &bytes);
        let link =
            named.ok_or_else(|| damaged(&path(), body.position.into(), Damage::Reference))?;
        Ok(Flow {
            link: Some(Arc::new(link)),
            ..flow
        })
    }

    fn no_flow(&self, row: u32) -> ReadError {
        let position = flow_position(row);
        damaged(&self.path(SegmentFile::Flows), position, Damage::Reference)
    }

    /// Returns how many flows are committed.
    pub(crate) fn flow_count(&self) -> u32 {
        self.segment.extent().flows
    }

    /// Reads all committed flows.
    pub(crate) fn flows(&mut self) -> Result<impl Iterator<Item = &Flow>, ReadError> {
        self.read_flows()?;
        Ok(self.known_flows.iter().map(|(flow, _)| flow))
    }

    /// Reads what is stored of the endpoints. What is damaged is left out.
    pub(super) fn facts(&mut self) -> Vec<(EndpointId, EndpointFacts)> {
        // Those before a damaged row count.
        self.read_flows().ok();
        let facts = |(flow, body): &(Flow, FlowBody)| {
            if flow.link.is_some() {
                return None;
            }
            let bytes = self.body_of(body).ok()??;
            Some((flow.endpoint, EndpointFacts::decode(&bytes)?))
        };
        self.known_flows.iter().filter_map(facts).collect()
    }

    /// Reads the body of a flow's row; `None` if it has none.
    pub(super) fn body_of(&self, body: &FlowBody) -> Result<Option<Vec<u8>>, ReadError> {
        if body.len == 0 {
            return Ok(None);
        }
        let bytes = self.stored(body.position, body.len, body.len as usize)?;
        if sum(&bytes) == body.sum {
            Ok(Some(bytes))
        } else {
            let path = self.path(SegmentFile::Payload);
            Err(damaged(&path, body.position.into(), Damage::Checksum))
        }
    }

    /// Returns the rows of the flows that have been read, with where their bodies are.
    pub(super) fn rows(&mut self) -> (&[(Flow, FlowBody)], Result<(), ReadError>) {
        let outcome = self.read_flows();
        (&self.known_flows, outcome)
    }

    fn read_flows(&mut self) -> Result<(), ReadError> {
        let known = self.known_flows.len() as u32;
        let count = self.segment.extent().flows.saturating_sub(known);
        if count == 0 {
            return Ok(());
        }
        let path = self.path(SegmentFile::Flows);
        let file = self.file(SegmentFile::Flows)?;
        let len = count as usize * FLOW_BYTES;
        let bytes = read_vec(file, &path, len, flow_position(known))?;
        for (row, bytes) in (known..).zip(bytes.chunks_exact(FLOW_BYTES)) {
            let place = self.segment.head().place(row);
            let flow = bytes.first_chunk();
            let flow = flow.and_then(|it| self.decode_flow(place, row, it));
            let wrong = || damaged(&path, flow_position(row), Damage::Checksum);
            let (flow, body) = flow.ok_or_else(wrong)?;
            let flow = self.named(flow, &body)?;
            self.known_flows.push((flow, body));
        }
        Ok(())
    }

    fn file(&self, part: SegmentFile) -> Result<&File, ReadError> {
        let file = match part {
            SegmentFile::Payload => &self.payload,
            SegmentFile::Flows => &self.flows,
            SegmentFile::Entries | SegmentFile::Index | SegmentFile::Samples => &None,
        };
        let missing = || match self.segment.held(part, open) {
            Err(error) => error,
            Ok(_) => damaged(&self.path(part), 0, Damage::Missing),
        };
        file.as_ref().ok_or_else(missing)
    }

    /// Reads the bytes of a record, at most `limit_bytes`.
    ///
    /// They are compared with the record's checksum, unless only the beginning of a long payload is asked for.
    pub(crate) fn bytes(
        &mut self,
        record: &EntryRecord,
        limit_bytes: usize,
    ) -> Result<Bytes, ReadError> {
        let kept = record.kept_bytes as usize;
        let is_checked = limit_bytes >= kept || kept <= CHECKED_BYTES;
        let wanted = if is_checked { kept } else { limit_bytes };
        let mut bytes = self.stored_in_row(record.position, record.kept_bytes, wanted)?;
        if is_checked {
            self.require_sound(record, &bytes)?;
        }
        bytes.truncate(limit_bytes);
        Ok(Bytes::from(bytes))
    }

    fn require_sound(&self, record: &EntryRecord, bytes: &[u8]) -> Result<(), ReadError> {
        if record.is_sound(bytes) {
            return Ok(());
        }
        let path = self.path(SegmentFile::Payload);
        Err(damaged(&path, record.position.into(), Damage::Checksum))
    }

    /// Reads the beginning of what is stored at `position`, which is `kept` bytes long. Whoever reads entries in a row gets
    /// those of a block from one read.
    fn stored_in_row(
        &mut self,
        position: u32,
        kept: u32,
        wanted: usize,
    ) -> Result<Vec<u8>, ReadError> {
        self.require_there(position, kept)?;
        let begin = u64::from(position);
        let wanted = wanted.min(kept as usize);
        let follows_at = begin + u64::from(kept);
        let is_in_row = std::mem::replace(&mut self.ahead.follows_at, follows_at) == begin;
        if !is_in_row || wanted >= AHEAD_BYTES {
            return self.stored(position, kept, wanted);
        }
        if self.ahead.bytes(begin, wanted).is_none() {
            let there = self.segment.payload_bytes();
            let len = there.saturating_sub(begin).min(AHEAD_BYTES as u64) as usize;
            let file = self.file(SegmentFile::Payload)?;
            // Of a file that is too short, what is there is read below.
            if let Ok(block) = read_vec(file, &self.path(SegmentFile::Payload), len, begin) {
                (self.ahead.begin, self.ahead.block) = (begin, block);
            }
        }
        match self.ahead.bytes(begin, wanted) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.stored(position, kept, wanted),
        }
    }

    /// Reads the beginning of what is stored at `position`, which is `kept` bytes long.
    fn stored(&self, position: u32, kept: u32, wanted: usize) -> Result<Vec<u8>, ReadError> {
        self.require_there(position, kept)?;
        let (file, path) = (
            self.file(SegmentFile::Payload)?,
            self.path(SegmentFile::Payload),
        );
        read_vec(file, &path, wanted.min(kept as usize), position.into())
    }

    fn require_there(&self, position: u32, kept: u32) -> Result<(), ReadError> {
        let end = u64::from(position) + u64::from(kept);
        let is_there = kept <= MAX_ENTRY_BYTES
            && position as usize >= HEAD_BYTES
            && end <= self.segment.payload_bytes();
        if is_there {
            return Ok(());
        }
        let path = self.path(SegmentFile::Payload);
        Err(damaged(&path, position.into(), Damage::Reference))
    }

    /// Reads the committed part of the payload file, including its head, so that a record's position is an index into
    /// `buffer`. Of a file that is too short, reads what is there. Whoever uses bytes from it must check that they are
    /// [sound](EntryRecord::is_sound).
    pub(crate) fn payload_into(&self, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        let file = self.file(SegmentFile::Payload)?;
        let len = self.segment.payload_bytes().min(length(file));
        buffer.resize(usize::try_from(len).unwrap_or(usize::MAX), 0);
        read(file, &self.path(SegmentFile::Payload), buffer, 0)
    }

    /// Reads an entry, with at most `limit_bytes` of its payload.
    pub(crate) fn entry(&mut self, entry: u32, limit_bytes: usize) -> Result<Entry, ReadError> {
        let record = self.record(entry)?;
        Ok(self.entry_of(entry, &record, limit_bytes))
    }

    /// Reads the rest of an entry, given its record. What cannot be read of it is missing, and the entry says why.
    pub(crate) fn entry_of(
        &mut self,
        entry: u32,
        record: &EntryRecord,
        limit_bytes: usize,
    ) -> Entry {
        let mut damage = None;
        let (kind, streams) = match record.class.direction() {
            Some(direction) => {
                let bytes = self.bytes(record, limit_bytes);
                let bytes = bytes.unwrap_or_else(|error| {
                    damage = Some(error);
                    Bytes::new()
                });
                data(record, direction, bytes)
            }
            None => self.lifecycle(record).unwrap_or_else(|error| {
                damage = Some(error);
                (body::unread(record.kind), StreamPositions::default())
            }),
        };
        let flow = match self.flow(record.flow) {
            Ok(flow) => flow.clone(),
            Err(error) => {
                damage = damage.or(Some(error));
                Flow {
                    endpoint: SESSION,
                    link: None,
                }
            }
        };
        Entry {
            number: self.segment.first_entry() + u64::from(entry),
            time: self.time(record),
            size_bytes: record.size_bytes.into(),
            streams,
            event: Event {
                stamp: record.stamp,
                endpoint: flow.endpoint,
                link: flow.link,
                by: record.by,
                kind,
            },
            damage: damage.map(Arc::new),
        }
    }

    fn lifecycle(&self, record: &EntryRecord) -> Result<(EventKind, StreamPositions), ReadError> {
        let Body { kind, streams, .. } = self.body(record)?;
        Ok((kind, streams))
    }

    /// Reads and decodes the body of a lifecycle entry.
    pub(super) fn body(&self, record: &EntryRecord) -> Result<Body, ReadError> {
        let bytes = self.stored(record.position, record.kept_bytes, usize::MAX)?;
        self.require_sound(record, &bytes)?;
        body::decode(record.kind, &bytes).ok_or_else(|| {
            let position = record.position.into();
            damaged(&self.path(SegmentFile::Payload), position, Damage::Body)
        })
    }

    /// Returns the wall-clock time of an entry.
    pub(crate) fn time(&self, record: &EntryRecord) -> SystemTime {
        let drift = i128::from(record.drift_micros) * 1_000;
        time_at(
            i128::from(self.segment.head().base_nanos) + drift,
            record.stamp,
        )
    }

    /// Returns the data entries of a stream between two of the segment, inclusive; the first `most` of them.
    pub(crate) fn stream_entries(
        &mut self,
        stream: StreamId,
        range: RangeInclusive<u32>,
        most: usize,
    ) -> Result<Vec<u32>, ReadError> {
        let lane = match stream.direction {
            Direction::Received => Lane::Received,
            Direction::Sent => Lane::Sent,
        };
        let index = self.index_of(*range.end())?;
        let is_ours = |flow: &Flow| {
            let link = flow.link.as_deref();
            link.is_some_and(|link| link.connection == stream.connection)
        };
        let rows = (0..).zip(self.flows()?);
        let rows = rows.filter(|(_, flow)| is_ours(flow));
        let mut entries = Vec::new();
        for (row, _) in rows {
            let lane = index.lane(row, lane);
            let first = lane.partition_point(|entry| entry < range.start());
            let end = lane.partition_point(|entry| entry <= range.end());
            let end = end.min(first.saturating_add(most));
            entries.extend_from_slice(lane.get(first..end).unwrap_or_default());
        }
        entries.sort_unstable();
        entries.truncate(most);
        Ok(entries)
    }

    /// Returns an index that covers at least this entry.
    fn index_of(&mut self, entry: u32) -> Result<Arc<Index>, ReadError> {
        if let Some((index, _)) = self.index.as_ref().filter(|(_, covered)| entry < *covered) {
            return Ok(Arc::clone(index));
        }
        let len = self.segment.len();
        let index = Arc::new(self.index()?);
        self.index = Some((Arc::clone(&index), len));
        Ok(index)
    }

    /// Reads the index. Builds it from the records if it has not been written or is damaged.
    pub(crate) fn index(&self) -> Result<Index, ReadError> {
        if let Some(index) = self.written_index() {
            return Ok(index);
        }
        self.built_index()
    }

    /// Reads the index that was written when the segment was sealed; `None` if it is missing or damaged.
    pub(super) fn written_index(&self) -> Option<Index> {
        if !self.segment.is_sealed() {
            return None;
        }
        let extent = self.segment.extent();
        Index::decode(&self.lanes()?, extent.entries, extent.flows)
    }

    /// Returns whether the lanes are as they were written, even if flows that they refer to are not there any more.
    pub(super) fn has_whole_lanes(&self) -> bool {
        self.lanes().is_some_and(|lanes| Index::is_whole(&lanes))
    }

    fn lanes(&self) -> Option<Vec<u8>> {
        let extent = self.segment.extent();
        let most = 64 + 4 * u64::from(extent.entries) + 24 * u64::from(extent.flows);
        let end = self.segment.index_bytes().min(INDEX_START + most);
        let mut written = read_whole(&self.path(SegmentFile::Index), end).ok()?;
        (written.len() >= INDEX_START as usize).then(|| written.split_off(INDEX_START as usize))
    }

    /// Builds the index from the records.
    pub(super) fn built_index(&self) -> Result<Index, ReadError> {
        let records = self.records.read(0..self.segment.len())?;
        let flows = self.segment.extent().flows;
        if let Some((entry, _)) = (0..).zip(&records).find(|(_, it)| it.flow >= flows) {
            let path = self.path(SegmentFile::Entries);
            return Err(damaged(&path, record_position(entry), Damage::Reference));
        }
        let keys = records.iter().map(|it| LaneKey::new(it.flow, it.class));
        let keys: Vec<_> = keys.collect();
        Ok(Index::build(&keys))
    }

    pub(super) fn path(&self, part: SegmentFile) -> PathBuf {
        self.segment.path(part)
    }
}

fn data(record: &EntryRecord, direction: Direction, bytes: Bytes) -> (EventKind, StreamPositions) {
    let mut payload = Payload::new(PayloadId::UNKNOWN, bytes);
    payload.wire_bytes = record.wire_bytes;
    let mut streams = StreamPositions::default();
    let stream = StreamPosition {
        offset: record.offset,
        carry: record.carry,
    };
    match direction {
        Direction::Received => {
            streams.received = stream;
            (EventKind::Received { payload }, streams)
        }
        Direction::Sent => {
            streams.sent = stream;
            let took = Duration::from_nanos(record.took_nanos.into());
            (EventKind::Sent { payload, took }, streams)
        }
    }
}
