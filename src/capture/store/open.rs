//! A segment open for reading: records, parties, payloads and whole entries, by their number in the segment.

use std::fs::File;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use super::details::Details;
use super::error::{Damage, ReadError};
use super::format::{Class, EntryRecord, HEADER_BYTES, PARTY_BYTES, Part, Party, RECORD_BYTES};
use super::index::{Index, Lane, LaneKey};
use super::position::open_file;
use super::segment::{Segment, damaged, read, read_header, read_whole, record_position};
use crate::capture::entry::{Entry, StreamId, StreamPosition, StreamPositions};
use crate::net::{Direction, Event, EventKind, Payload, PayloadId, Stamp};

/// The most bytes of one entry: more than we ever write at once.
const MAX_ENTRY_BYTES: u32 = 256 * 1024 * 1024;
/// How many records are read at a time.
const BLOCK_ENTRIES: u32 = 512;

/// A segment's open files, with the data read last.
#[derive(Debug)]
pub(crate) struct OpenSegment {
    segment: Arc<Segment>,
    entries: File,
    payload: File,
    parties: File,
    known_parties: Vec<Party>,
    /// If a party row is damaged, the rows after it are read one at a time; this is the last one read.
    lone_party: Option<Party>,
    /// The number of the block's first record, and the block.
    block: (u32, Vec<EntryRecord>),
}

impl OpenSegment {
    pub(crate) fn new(segment: Arc<Segment>) -> Result<Self, ReadError> {
        let open = |part| {
            let path = segment.path(part);
            let file = segment
                .held(part, open_file)
                .map_err(|source| ReadError::Io {
                    path: path.clone(),
                    position: 0,
                    source,
                })?;
            if read_header(&file, &path, part)? == *segment.header() {
                Ok(file)
            } else {
                Err(damaged(&path, 0, Damage::Head))
            }
        };
        Ok(Self {
            entries: open(Part::Entries)?,
            payload: open(Part::Payload)?,
            parties: open(Part::Parties)?,
            segment,
            known_parties: Vec::new(),
            lone_party: None,
            block: (0, Vec::new()),
        })
    }

    pub(crate) fn segment(&self) -> &Arc<Segment> {
        &self.segment
    }

    /// Reads these records, as far as they are committed.
    pub(crate) fn records(&self, range: Range<u32>) -> Result<Vec<EntryRecord>, ReadError> {
        let end = range.end.min(self.segment.len());
        let count = end.saturating_sub(range.start);
        let mut bytes = vec![0; count as usize * RECORD_BYTES];
        let position = record_position(range.start);
        read(
            &self.entries,
            &self.path(Part::Entries),
            &mut bytes,
            position,
        )?;
        let first = self
            .segment
            .first_entry()
            .saturating_add(range.start.into());
        let records = bytes.chunks_exact(RECORD_BYTES).zip(first..);
        records
            .map(|(bytes, number)| {
                let record = bytes
                    .first_chunk()
                    .and_then(|it| EntryRecord::decode(number, it));
                record.ok_or_else(|| {
                    let within = number - self.segment.first_entry();
                    let position = record_position(u32::try_from(within).unwrap_or(u32::MAX));
                    damaged(&self.path(Part::Entries), position, Damage::Checksum)
                })
            })
            .collect()
    }

    /// Reads these records with their numbers. A damaged one does not affect its neighbours, and is reported.
    pub(crate) fn whole_records(
        &self,
        range: Range<u32>,
        mut report: impl FnMut(u32, ReadError),
    ) -> Vec<(u32, EntryRecord)> {
        if let Ok(records) = self.records(range.clone()) {
            return range.zip(records).collect();
        }
        let range = range.start..range.end.min(self.segment.len());
        let one = |entry: u32| {
            let records = self.records(entry..entry.saturating_add(1));
            let records = records.map_err(|error| report(entry, error)).ok()?;
            Some((entry, *records.first()?))
        };
        range.filter_map(one).collect()
    }

    /// Reads one record, and caches its neighbours.
    pub(crate) fn record(&mut self, entry: u32) -> Result<EntryRecord, ReadError> {
        if let Some(record) = self.in_block(entry) {
            return Ok(record);
        }
        let first = entry - entry % BLOCK_ENTRIES;
        match self.records(first..first.saturating_add(BLOCK_ENTRIES)) {
            Ok(records) => self.block = (first, records),
            // A bad record does not affect its neighbours.
            Err(_) => self.block = (entry, self.records(entry..entry.saturating_add(1))?),
        }
        self.in_block(entry).ok_or_else(|| {
            let position = record_position(entry);
            damaged(&self.path(Part::Entries), position, Damage::Short)
        })
    }

    fn in_block(&self, entry: u32) -> Option<EntryRecord> {
        let (first, records) = &self.block;
        let place = entry.checked_sub(*first)?;
        records.get(place as usize).copied()
    }

    /// Reads a party.
    pub(crate) fn party(&mut self, row: u32) -> Result<&Party, ReadError> {
        let is_known = |known: &[Party]| (row as usize) < known.len();
        if !is_known(&self.known_parties)
            && (self.lone_party.is_some() || self.read_parties().is_err())
            && !is_known(&self.known_parties)
        {
            self.lone_party = Some(self.lone_party(row)?);
            return self.lone_party.as_ref().ok_or_else(|| self.no_party(row));
        }
        let party = self.known_parties.get(row as usize);
        party.ok_or_else(|| self.no_party(row))
    }

    fn lone_party(&self, row: u32) -> Result<Party, ReadError> {
        if row >= self.segment.extent().parties {
            return Err(self.no_party(row));
        }
        let path = self.path(Part::Parties);
        let position = party_position(row);
        let mut bytes = [0; PARTY_BYTES];
        read(&self.parties, &path, &mut bytes, position)?;
        Party::decode(&bytes).ok_or_else(|| damaged(&path, position, Damage::Checksum))
    }

    fn no_party(&self, row: u32) -> ReadError {
        let position = party_position(row);
        damaged(&self.path(Part::Parties), position, Damage::Reference)
    }

    /// Returns how many parties are committed.
    pub(crate) fn party_count(&self) -> u32 {
        self.segment.extent().parties
    }

    /// Reads all committed parties.
    pub(crate) fn parties(&mut self) -> Result<&[Party], ReadError> {
        self.read_parties()?;
        Ok(&self.known_parties)
    }

    fn read_parties(&mut self) -> Result<(), ReadError> {
        let known = self.known_parties.len() as u32;
        let count = self.segment.extent().parties.saturating_sub(known);
        let path = self.path(Part::Parties);
        let mut bytes = vec![0; count as usize * PARTY_BYTES];
        read(&self.parties, &path, &mut bytes, party_position(known))?;
        for (row, bytes) in (known..).zip(bytes.chunks_exact(PARTY_BYTES)) {
            let party = bytes.first_chunk().and_then(Party::decode);
            let wrong = || damaged(&path, party_position(row), Damage::Checksum);
            self.known_parties.push(party.ok_or_else(wrong)?);
        }
        Ok(())
    }

    /// Reads the bytes of a record, at most `limit_bytes`.
    pub(crate) fn bytes(
        &self,
        record: &EntryRecord,
        limit_bytes: usize,
    ) -> Result<Bytes, ReadError> {
        let position = u64::from(record.position);
        let end = position + u64::from(record.kept_bytes);
        let is_there = record.kept_bytes <= MAX_ENTRY_BYTES
            && record.position as usize >= HEADER_BYTES
            && end <= self.segment.extent().payload_bytes;
        let path = self.path(Part::Payload);
        if !is_there {
            return Err(damaged(&path, position, Damage::Reference));
        }
        let mut bytes = vec![0; limit_bytes.min(record.kept_bytes as usize)];
        read(&self.payload, &path, &mut bytes, position)?;
        Ok(Bytes::from(bytes))
    }

    /// Reads the committed part of the payload file, including its header, so that a record's position is an index into
    /// `buffer`.
    pub(crate) fn payload_into(&self, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        let len = self.segment.extent().payload_bytes;
        buffer.resize(usize::try_from(len).unwrap_or(usize::MAX), 0);
        read(&self.payload, &self.path(Part::Payload), buffer, 0)
    }

    /// Reads an entry, with at most `limit_bytes` of its payload.
    pub(crate) fn entry(&mut self, entry: u32, limit_bytes: usize) -> Result<Entry, ReadError> {
        let record = self.record(entry)?;
        self.entry_of(entry, &record, limit_bytes)
    }

    /// Reads the rest of an entry, given its record.
    pub(crate) fn entry_of(
        &mut self,
        entry: u32,
        record: &EntryRecord,
        limit_bytes: usize,
    ) -> Result<Entry, ReadError> {
        let party = self.party(record.party)?.clone();
        let (kind, streams) = match record.class {
            Class::Received | Class::Sent => self.data(record, limit_bytes)?,
            _ => self.lifecycle(record)?,
        };
        Ok(Entry {
            number: self.segment.first_entry() + u64::from(entry),
            time: self.time(record),
            size_bytes: record.size_bytes.into(),
            streams,
            event: Event {
                stamp: record.stamp,
                endpoint: party.endpoint,
                link: party.link,
                kind,
            },
        })
    }

    fn data(
        &self,
        record: &EntryRecord,
        limit_bytes: usize,
    ) -> Result<(EventKind, StreamPositions), ReadError> {
        let payload = Payload::new(PayloadId::UNKNOWN, self.bytes(record, limit_bytes)?);
        let mut streams = StreamPositions::default();
        let stream = StreamPosition {
            offset: record.offset,
            carry: record.carry,
        };
        Ok(if record.class == Class::Received {
            streams.received = stream;
            (EventKind::Received { payload }, streams)
        } else {
            streams.sent = stream;
            let took = Duration::from_nanos(record.took_nanos.into());
            (EventKind::Sent { payload, took }, streams)
        })
    }

    fn lifecycle(&self, record: &EntryRecord) -> Result<(EventKind, StreamPositions), ReadError> {
        let bytes = self.bytes(record, usize::MAX)?;
        Details::decode(&bytes).ok_or_else(|| {
            let position = record.position.into();
            damaged(&self.path(Part::Payload), position, Damage::Details)
        })
    }

    /// Returns the wall-clock time of an entry.
    pub(crate) fn time(&self, record: &EntryRecord) -> SystemTime {
        time(
            self.segment.header().base_nanos,
            record.stamp,
            record.drift_nanos,
        )
    }

    /// Returns the last data entry of a stream.
    pub(crate) fn last_of(&mut self, stream: StreamId) -> Result<Option<u32>, ReadError> {
        let lane = match stream.direction {
            Direction::Received => Lane::Received,
            Direction::Sent => Lane::Sent,
        };
        let index = self.index()?;
        let parties = (0..).zip(self.parties()?);
        let ours = parties.filter(|(_, party)| {
            let link = party.link.as_deref();
            link.is_some_and(|link| link.connection == stream.connection)
        });
        let newest = ours.filter_map(|(row, _)| index.lane(row, lane).last().copied());
        Ok(newest.max())
    }

    /// Reads the index. Builds it from the records if it has not been written or is damaged.
    pub(crate) fn index(&self) -> Result<Index, ReadError> {
        if self.segment.is_sealed() {
            let extent = self.segment.extent();
            let limit = 64 + 4 * u64::from(extent.entries) + 24 * u64::from(extent.parties);
            let written = read_whole(&self.path(Part::Index), limit).ok();
            let header = self.segment.header();
            let index = written
                .and_then(|bytes| Index::decode(&bytes, header, extent.entries, extent.parties));
            if let Some(index) = index {
                return Ok(index);
            }
        }
        let records = self.records(0..self.segment.len())?;
        let parties = self.segment.extent().parties;
        if let Some((entry, _)) = (0..).zip(&records).find(|(_, it)| it.party >= parties) {
            let path = self.path(Part::Entries);
            return Err(damaged(&path, record_position(entry), Damage::Reference));
        }
        let keys = records.iter().map(|it| LaneKey::new(it.party, it.class));
        let keys: Vec<_> = keys.collect();
        Ok(Index::build(&keys))
    }

    fn path(&self, part: Part) -> PathBuf {
        self.segment.path(part)
    }
}

fn party_position(row: u32) -> u64 {
    HEADER_BYTES as u64 + u64::from(row) * PARTY_BYTES as u64
}

fn time(base_nanos: i64, stamp: Stamp, drift_nanos: i64) -> SystemTime {
    let stamp = i128::from(stamp.0);
    let nanos = i128::from(base_nanos) + stamp + i128::from(drift_nanos);
    let distance = u64::try_from(nanos.unsigned_abs()).unwrap_or(u64::MAX);
    let distance = Duration::from_nanos(distance);
    let time = if nanos < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    };
    time.unwrap_or(UNIX_EPOCH)
}

/// Returns the wall-clock time at stamp 0 in nanoseconds since 1970, given an entry's time and stamp.
pub(super) fn base_nanos(time: SystemTime, stamp: Stamp) -> i64 {
    let nanos = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos().cast_signed(),
        Err(before) => -before.duration().as_nanos().cast_signed(),
    };
    let base = nanos - i128::from(stamp.0);
    i64::try_from(base).unwrap_or(if base < 0 { i64::MIN } else { i64::MAX })
}
