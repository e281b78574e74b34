//! The segment being written: entries are staged in memory, then committed to its files together.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::details::Details;
use super::error::{FileAction, StopCause};
use super::folder::Folder;
use super::format::{
    Class, EntryRecord, HEADER_BYTES, Header, MAX_DRIFT, MAX_ENTRIES, MAX_PAYLOAD_BYTES, NONE,
    PARTY_BYTES, Part, Party, RECORD_BYTES,
};
use super::index::{Index, LaneKey};
use super::open::base_nanos;
use super::recent::Recent;
use super::segment::{Committed, Segment};
use crate::capture::entry::Entry;
use crate::capture::kind::RowKind;
use crate::net::{ConnectionId, EndpointId, EventKind, Payload};

/// A payload of this size or more is written directly instead of being copied first.
const DIRECT_BYTES: usize = 32 * 1024;

/// A segment being written.
#[derive(Debug)]
pub(super) struct SegmentDraft {
    segment: Arc<Segment>,
    entries: Appender,
    payload: Appender,
    parties: Appender,
    /// What is staged, including what has been committed.
    extent: Committed,
    /// The rows of the parties that may recur.
    rows: HashMap<PartyKey, (u32, Party)>,
    /// The last entry of each lane.
    last: Vec<u32>,
    /// The lane of each entry.
    lanes: Vec<LaneKey>,
    recent: Recent,
}

type PartyKey = (EndpointId, Option<ConnectionId>);

/// An append-only file, with data waiting to be written.
#[derive(Debug)]
struct Appender {
    file: File,
    waiting: Vec<u8>,
}

impl Appender {
    fn create(segment: &Segment, part: Part) -> Result<Self, (Part, io::Error)> {
        // Not in append mode: on Windows a file opened only for appending cannot be truncated.
        let create = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
        let created = segment.held(part, create);
        Ok(Self {
            file: created.map_err(|error| (part, error))?,
            waiting: segment.header().encode(part).to_vec(),
        })
    }

    fn write_out(&mut self) -> io::Result<()> {
        self.file.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

impl SegmentDraft {
    /// What each entry takes on disk besides its bytes, including its place in the index.
    pub(super) const ENTRY_BYTES: u64 = RECORD_BYTES as u64 + 4;

    /// Starts a segment with this first entry.
    pub(super) fn begin(folder: &Folder, number: u32, first: &Entry) -> Result<Self, io::Error> {
        let header = Header {
            first_entry: first.number,
            base_nanos: base_nanos(first.time, first.event.stamp),
        };
        let segment = Segment::new(folder.clone(), number, header);
        let create = || {
            Ok((
                Appender::create(&segment, Part::Entries)?,
                Appender::create(&segment, Part::Payload)?,
                Appender::create(&segment, Part::Parties)?,
            ))
        };
        match create() {
            Ok((entries, payload, parties)) => {
                let extent = segment.extent();
                Ok(Self {
                    segment: Arc::new(segment),
                    entries,
                    payload,
                    parties,
                    extent,
                    rows: HashMap::new(),
                    last: Vec::new(),
                    lanes: Vec::new(),
                    recent: Recent::default(),
                })
            }
            Err((part, error)) => {
                if part != Part::Entries {
                    // Files of an incomplete segment are ignored, so this need not succeed.
                    segment.delete().ok();
                }
                Err(error)
            }
        }
    }

    pub(super) fn segment(&self) -> &Arc<Segment> {
        &self.segment
    }

    pub(super) fn extent(&self) -> Committed {
        self.extent
    }

    /// Returns whether the segment can hold the entry: its time and its payload must fit.
    pub(super) fn has_room(&self, entry: &Entry) -> bool {
        let bytes = entry.payload().map_or(0, |payload| payload.bytes.len());
        let payload_bytes = self.extent.payload_bytes + bytes as u64;
        self.drift(entry).is_some()
            && payload_bytes < MAX_PAYLOAD_BYTES
            && self.extent.entries < MAX_ENTRIES
    }

    fn drift(&self, entry: &Entry) -> Option<i64> {
        let base = base_nanos(entry.time, entry.event.stamp);
        let drift = base.checked_sub(self.segment.header().base_nanos)?;
        (-MAX_DRIFT..=MAX_DRIFT).contains(&drift).then_some(drift)
    }

    /// Returns the most bytes that an entry takes on disk, including its place in the index.
    pub(super) fn cost(entry: &Entry, chunk_limit_bytes: Option<u32>) -> u64 {
        /// The most for the details of a lifecycle entry: names and error texts are short.
        const DETAILS_BYTES: u64 = 512;
        /// A new party may need a row and a lane.
        const PARTY_COST: u64 = PARTY_BYTES as u64 + 8;
        let bytes = match entry.payload() {
            Some(payload) => kept(payload, chunk_limit_bytes).len() as u64,
            None => DETAILS_BYTES,
        };
        Self::ENTRY_BYTES + PARTY_COST + bytes
    }

    /// Adds an entry. Readers see it after the next [`commit`](Self::commit).
    pub(super) fn stage(
        &mut self,
        entry: &Entry,
        chunk_limit_bytes: Option<u32>,
    ) -> Result<(), StopCause> {
        let class = class(entry);
        let (position, kept_bytes) = match entry.payload() {
            Some(payload) => self.store(payload, kept(payload, chunk_limit_bytes))?,
            None => self.details(entry)?,
        };
        let party = self.party(entry);
        let lane = LaneKey::new(party, class);
        if self.last.len() <= lane.place() {
            self.last.resize(lane.place() + 1, NONE);
        }
        let number = self.extent.entries;
        let previous = self.last.get_mut(lane.place());
        let previous = previous.map_or(NONE, |last| std::mem::replace(last, number));
        let took = match entry.event.kind {
            EventKind::Sent { took, .. } => took.as_nanos(),
            _ => 0,
        };
        let stream = entry.stream();
        let record = EntryRecord {
            class,
            carry: stream.carry,
            drift_nanos: self.drift(entry).unwrap_or(0),
            party,
            stamp: entry.event.stamp,
            offset: stream.offset,
            position,
            kept_bytes,
            size_bytes: u32::try_from(entry.size_bytes).unwrap_or(u32::MAX),
            previous,
            took_nanos: u32::try_from(took).unwrap_or(u32::MAX),
        };
        self.entries.waiting.extend(record.encode(entry.number));
        self.lanes.push(lane);
        self.extent.entries += 1;
        Ok(())
    }

    /// Stores bytes unless they are already stored, and returns their location.
    fn store(&mut self, payload: &Payload, bytes: &[u8]) -> Result<(u32, u32), StopCause> {
        let len = bytes.len() as u64;
        if let Some(position) = self.recent.find(payload, len) {
            return Ok((position, len as u32));
        }
        let (position, len) = self.append(bytes)?;
        self.recent.remember(payload, len.into(), position);
        Ok((position, len))
    }

    fn details(&mut self, entry: &Entry) -> Result<(u32, u32), StopCause> {
        let details = Details::encode(&entry.event.kind, &entry.streams);
        let details = details.ok_or(StopCause::Unwritable)?;
        self.append(&details)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(u32, u32), StopCause> {
        let position = self.extent.payload_bytes as u32;
        if bytes.len() < DIRECT_BYTES {
            self.payload.waiting.extend_from_slice(bytes);
        } else {
            self.payload
                .write_out()
                .and_then(|()| self.payload.file.write_all(bytes))
                .map_err(|error| self.stop_cause(Part::Payload, &error))?;
        }
        self.extent.payload_bytes += bytes.len() as u64;
        Ok((position, bytes.len() as u32))
    }

    /// Returns the row of an entry's party.
    fn party(&mut self, entry: &Entry) -> u32 {
        let link = &entry.event.link;
        let connection = link.as_ref().map(|link| link.connection);
        let party = || Party {
            endpoint: entry.event.endpoint,
            link: link.clone(),
        };
        let next = self.extent.parties;
        let row = match self.rows.entry((entry.event.endpoint, connection)) {
            Slot::Vacant(slot) => slot.insert((next, party())).0,
            // A connection's ends become known as it is established; then it gets another row.
            Slot::Occupied(mut slot) if slot.get().1.link != *link => {
                slot.insert((next, party()));
                next
            }
            Slot::Occupied(slot) => slot.get().0,
        };
        if row == next {
            self.parties.waiting.extend(party().encode());
            self.extent.parties += 1;
        }
        row
    }

    /// Returns the size on disk if it were committed and sealed now.
    pub(super) fn disk_bytes(&self) -> u64 {
        /// The headers of the files and the counts of the index.
        const FIXED: u64 = 4 * HEADER_BYTES as u64 + 12;
        let Committed {
            entries,
            parties,
            payload_bytes,
        } = self.extent;
        let rows = u64::from(parties) * PARTY_BYTES as u64 + self.last.len() as u64 * 8;
        FIXED + u64::from(entries) * Self::ENTRY_BYTES + rows + payload_bytes
    }

    /// Returns how many bytes are waiting to be committed.
    pub(super) fn waiting_bytes(&self) -> usize {
        self.entries.waiting.len() + self.payload.waiting.len() + self.parties.waiting.len()
    }

    /// Writes what is staged and makes it visible to readers.
    pub(super) fn commit(&mut self) -> Result<(), StopCause> {
        self.payload
            .write_out()
            .map_err(|error| self.stop_cause(Part::Payload, &error))?;
        self.parties
            .write_out()
            .map_err(|error| self.stop_cause(Part::Parties, &error))?;
        self.entries
            .write_out()
            .map_err(|error| self.stop_cause(Part::Entries, &error))?;
        self.segment.publish(self.extent);
        Ok(())
    }

    /// Seals the segment by writing the index: it will not grow any more. Without an index, readers build their own.
    pub(super) fn seal(self) -> io::Result<()> {
        let Self {
            segment,
            entries,
            payload,
            parties,
            lanes,
            ..
        } = self;
        // Closing these frees the descriptor that the index needs.
        drop([entries, payload, parties]);
        let index = Index::build(&lanes).encode(segment.header());
        let create = |path: &Path| File::create(path)?.write_all(&index);
        let written = segment.held(Part::Index, create);
        match written {
            Ok(()) => segment.seal(index.len() as u64),
            // A partial index is useless, but recognised as such when it is opened.
            Err(_) => segment
                .held(Part::Index, |path| fs::remove_file(path))
                .unwrap_or(()),
        }
        written
    }

    /// Truncates the files to what has been committed.
    pub(super) fn abandon(self) {
        let Committed {
            entries,
            parties,
            payload_bytes,
        } = self.segment.extent();
        let header = HEADER_BYTES as u64;
        let lengths = [
            (
                &self.entries,
                header + u64::from(entries) * RECORD_BYTES as u64,
            ),
            (
                &self.parties,
                header + u64::from(parties) * PARTY_BYTES as u64,
            ),
            (&self.payload, payload_bytes),
        ];
        for (appender, len) in lengths {
            // Readers do not look beyond what is committed, and opening cuts off a torn tail: this only saves space.
            let is_longer = |written: fs::Metadata| written.len() > len;
            if appender.file.metadata().is_ok_and(is_longer) {
                appender.file.set_len(len).ok();
            }
        }
    }

    /// Returns whether the files are still where they were created.
    pub(super) fn is_in_place(&self) -> bool {
        self.segment.held(Part::Entries, Path::exists)
    }

    fn stop_cause(&self, part: Part, error: &io::Error) -> StopCause {
        StopCause::of(FileAction::Write, &self.segment.path(part), error)
    }
}

fn kept(payload: &Payload, limit_bytes: Option<u32>) -> &[u8] {
    let limit = limit_bytes.map_or(usize::MAX, |limit| limit as usize);
    payload.bytes.get(..limit).unwrap_or(&payload.bytes)
}

fn class(entry: &Entry) -> Class {
    match RowKind::of(entry) {
        RowKind::Received(_) => Class::Received,
        RowKind::Sent(_) => Class::Sent,
        RowKind::Quiet => Class::Quiet,
        RowKind::Good => Class::Good,
        RowKind::Ended => Class::Ended,
        RowKind::Caution => Class::Caution,
        RowKind::Bad => Class::Bad,
    }
}
