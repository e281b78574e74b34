//! The segment being written: entries are staged in memory, then committed to its files together.

use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::appender::{Appender, create};
use super::body;
use super::error::{FileAction, StopCause};
use super::facts::{EndpointFacts, encode_names};
use super::folder::Folder;
use super::format::{
    Class, Ended, EntryRecord, FLOW_BYTES, Flow, FlowBody, HEAD_BYTES, Head, MAX_DRIFT,
    MAX_ENTRIES, MAX_PAYLOAD_BYTES, MAX_SAMPLES_BYTES, RECORD_BYTES, Seal, SegmentFile, sum,
};
use super::id_map::IdMap;
use super::index::{Index, LaneKey};
use super::recent::Recent;
use super::samples::SampleDraft;
use super::segment::{Committed, INDEX_START, Segment};
use crate::capture::anchor;
use crate::capture::entry::Entry;
use crate::capture::event::EventKind;
use crate::capture::kind::RowKind;
use crate::capture::sample::Sample;
use crate::net::{EndpointId, FlowId, Link, Payload};

/// A payload of this size or more is written directly instead of being copied first.
const DIRECT_BYTES: usize = 32 * 1024;

/// A segment being written.
#[derive(Debug)]
pub(super) struct SegmentDraft {
    segment: Arc<Segment>,
    entries: Appender,
    payload: Appender,
    flows: Appender,
    samples: SampleDraft,
    /// What is staged, including what has been committed.
    extent: Committed,
    /// The rows of the flows that may recur.
    rows: IdMap<FlowKey, (u32, Flow)>,
    /// The flow of the last entry, and its row: usually the next entry has the same.
    last: Option<(Flow, u32)>,
    /// The endpoints whose facts are stored as they are now.
    described: HashSet<EndpointId>,
    /// The lane of each entry.
    lanes: Vec<LaneKey>,
    /// The oldest segment that is kept, and its first entry.
    oldest: (u32, u64),
    recent: Recent,
}

type FlowKey = (EndpointId, Option<FlowId>);

/// Bytes in the payload file.
#[derive(Clone, Copy, Debug)]
struct Stored {
    position: u32,
    len: u32,
    sum: u32,
}

impl SegmentDraft {
    /// What each entry takes on disk besides its bytes, including its place in the index.
    pub(super) const ENTRY_BYTES: u64 = RECORD_BYTES as u64 + 4;

    /// Starts a segment with this first entry. `oldest` is the oldest segment that is kept, if any, and its first entry.
    pub(super) fn begin(
        folder: &Folder,
        (capture, number): (Uuid, u32),
        first: &Entry,
        oldest: Option<(u32, u64)>,
    ) -> Result<Self, io::Error> {
        let segment = Segment::new(
            folder.clone(),
            Head {
                capture,
                segment: number,
                first_entry: first.number,
                base_nanos: base_nanos(first),
            },
        );
        let oldest = oldest.unwrap_or((number, first.number));
        // The entries come last: without them a segment is nothing.
        let files = || -> io::Result<_> {
            // Closed again: descriptors may be short.
            create(&segment, SegmentFile::Index)?.write_all(&open_seal(oldest).encode())?;
            let payload = Appender::create(&segment, SegmentFile::Payload)?;
            let flows = Appender::create(&segment, SegmentFile::Flows)?;
            Ok((
                payload,
                flows,
                Appender::create(&segment, SegmentFile::Entries)?,
            ))
        };
        match files() {
            Ok((payload, flows, entries)) => {
                let extent = segment.extent();
                Ok(Self {
                    segment: Arc::new(segment),
                    entries,
                    payload,
                    flows,
                    samples: SampleDraft::default(),
                    extent,
                    rows: IdMap::default(),
                    last: None,
                    described: HashSet::new(),
                    lanes: Vec::new(),
                    oldest,
                    recent: Recent::default(),
                })
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::AlreadyExists {
                    // A segment that holds nothing is ignored, so this need not succeed.
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

    /// Returns the deviation of the wall clock from the segment's base in microseconds, if it can be stored.
    fn drift(&self, entry: &Entry) -> Option<i32> {
        let base = base_nanos(entry);
        let drift = base.checked_sub(self.segment.head().base_nanos)?;
        let micros = i32::try_from(drift.div_euclid(1_000)).ok()?;
        (-MAX_DRIFT..=MAX_DRIFT).contains(&micros).then_some(micros)
    }

    /// Returns the most bytes that an entry takes on disk, including its place in the index.
    pub(super) fn cost(entry: &Entry, chunk_limit_bytes: Option<u32>) -> u64 {
        /// The most for the body of a lifecycle entry, and for the facts of its endpoint: names and error texts are
        /// short; what TLS shows is not.
        const BODY_BYTES: u64 = 1024;
        /// A new flow may need two rows and lanes: its own and its endpoint's.
        const FLOW_COST: u64 = 2 * (FLOW_BYTES as u64 + 8);
        let bytes = match entry.payload() {
            Some(payload) => kept(payload, chunk_limit_bytes).len() as u64,
            None => BODY_BYTES + body::tls_bytes(&entry.event.kind),
        };
        Self::ENTRY_BYTES + FLOW_COST + bytes
    }

    /// Adds an entry. Readers see it after the next [`commit`](Self::commit).
    pub(super) fn stage(
        &mut self,
        entry: &Entry,
        chunk_limit_bytes: Option<u32>,
        facts: &HashMap<EndpointId, EndpointFacts>,
    ) -> Result<(), StopCause> {
        let class = class(entry);
        let data = entry.payload().zip(class.direction());
        let (kind, stored) = if let Some((payload, direction)) = data {
            let stored = self.store(payload, kept(payload, chunk_limit_bytes))?;
            (body::data_kind(direction), stored)
        } else {
            let (kind, body) = body::encode(&entry.event.kind, &entry.streams);
            (kind, self.append(&body)?)
        };
        let flow = self.flow(entry.event.endpoint, entry.event.link.as_ref(), facts)?;
        let took = match entry.event.kind {
            EventKind::Sent { took, .. } => took.as_nanos(),
            _ => 0,
        };
        let stream = entry.stream();
        let record = EntryRecord {
            kind,
            class,
            carry: stream.carry,
            drift_micros: self.drift(entry).unwrap_or(0),
            flow,
            by: entry.event.by,
            stamp: entry.event.stamp,
            offset: stream.offset,
            position: stored.position,
            kept_bytes: stored.len,
            size_bytes: u32::try_from(entry.size_bytes).unwrap_or(u32::MAX),
            sum: stored.sum,
            took_nanos: u32::try_from(took).unwrap_or(u32::MAX),
            wire_bytes: entry.payload().and_then(|payload| payload.wire_bytes),
        };
        let place = self.segment.head().place(self.extent.entries);
        let record = record.encode(place);
        self.entries.waiting.extend_from_slice(&record);
        self.lanes.push(LaneKey::new(flow, class));
        self.extent.entries += 1;
        Ok(())
    }

    /// Stores bytes unless they are already stored, and returns their location.
    fn store(&mut self, payload: &Payload, bytes: &[u8]) -> Result<Stored, StopCause> {
        let len = bytes.len() as u64;
        if let Some((position, known)) = self.recent.find(payload, len) {
            return Ok(Stored {
                position,
                len: len as u32,
                sum: known.unwrap_or_else(|| sum(bytes)),
            });
        }
        let stored = self.append(bytes)?;
        self.recent
            .remember(payload, len, stored.position, stored.sum);
        Ok(stored)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<Stored, StopCause> {
        let stored = Stored {
            position: self.extent.payload_bytes as u32,
            len: bytes.len() as u32,
            // While the bytes are hot.
            sum: sum(bytes),
        };
        if bytes.len() < DIRECT_BYTES {
            self.payload.waiting.extend_from_slice(bytes);
        } else {
            self.payload
                .write_out()
                .and_then(|()| self.payload.file.write_all(bytes))
                .map_err(|error| self.stop_cause(SegmentFile::Payload, &error))?;
        }
        self.extent.payload_bytes += bytes.len() as u64;
        Ok(stored)
    }

    /// Adds a sample, within a bound of its own. Readers see it after the next [`commit`](Self::commit).
    pub(super) fn stage_sample(
        &mut self,
        sample: &Sample,
        limit_bytes: u64,
        facts: &HashMap<EndpointId, EndpointFacts>,
    ) -> Result<(), StopCause> {
        let flow = self.flow(sample.endpoint, sample.link.as_ref(), facts)?;
        let place = (flow, sample.stamp);
        let limit_bytes = limit_bytes.min(MAX_SAMPLES_BYTES);
        self.samples
            .stage(&self.segment, place, &sample.what, limit_bytes)
            .map_err(|error| self.stop_cause(SegmentFile::Samples, &error))
    }

    /// Returns the row of the flow of an entry or a sample.
    fn flow(
        &mut self,
        endpoint: EndpointId,
        link: Option<&Arc<Link>>,
        facts: &HashMap<EndpointId, EndpointFacts>,
    ) -> Result<u32, StopCause> {
        if let Some((flow, row)) = &self.last
            && flow.is_same(endpoint, link)
        {
            return Ok(*row);
        }
        if self.described.insert(endpoint)
            && let Some(facts) = facts.get(&endpoint)
        {
            let body = self.append_body(&facts.encode())?;
            let flow = Flow {
                endpoint,
                link: None,
            };
            self.rows
                .insert((endpoint, None), (self.extent.flows, flow.clone()));
            self.add_row(&flow, body);
        }
        let connection = link.map(|link| link.connection);
        let flow = || Flow {
            endpoint,
            link: link.cloned(),
        };
        let next = self.extent.flows;
        let row = match self.rows.entry((endpoint, connection)) {
            Slot::Vacant(slot) => slot.insert((next, flow())).0,
            // A connection's ends become known as it is established; then it gets another row.
            Slot::Occupied(mut slot) if slot.get().1.link.as_ref() != link => {
                slot.insert((next, flow()));
                next
            }
            Slot::Occupied(slot) => slot.get().0,
        };
        if row == next {
            let names = link.map(|link| encode_names(link)).unwrap_or_default();
            let body = self.append_body(&names)?;
            self.add_row(&flow(), body);
        }
        self.last = Some((flow(), row));
        Ok(row)
    }

    /// Stores the body of a flow's row.
    fn append_body(&mut self, bytes: &[u8]) -> Result<FlowBody, StopCause> {
        if bytes.is_empty() {
            return Ok(FlowBody::default());
        }
        let stored = self.append(bytes)?;
        Ok(FlowBody {
            position: stored.position,
            len: stored.len,
            sum: stored.sum,
            unknown_fields: 0,
        })
    }

    fn add_row(&mut self, flow: &Flow, body: FlowBody) {
        let place = self.segment.head().place(self.extent.flows);
        self.flows.waiting.extend(flow.encode(place, body));
        self.extent.flows += 1;
    }

    /// Notes that what is known of endpoints has changed: their next entries store it again.
    pub(super) fn describe_anew(&mut self) {
        self.described.clear();
        self.last = None;
    }

    /// Returns the size on disk if it were committed and sealed now.
    pub(super) fn disk_bytes(&self) -> u64 {
        /// The heads of the entries and the flows, and what an index has without lanes.
        const FIXED: u64 = 2 * HEAD_BYTES as u64 + INDEX_START + 12;
        let Committed {
            entries,
            flows,
            payload_bytes,
        } = self.extent;
        // Three lanes a flow at most.
        let rows = u64::from(flows) * (FLOW_BYTES as u64 + 3 * 8);
        let rest = payload_bytes + self.samples.disk_bytes();
        FIXED + u64::from(entries) * Self::ENTRY_BYTES + rows + rest
    }

    /// Returns how many bytes are waiting to be committed.
    pub(super) fn waiting_bytes(&self) -> usize {
        self.entries.waiting.len()
            + self.payload.waiting.len()
            + self.flows.waiting.len()
            + self.samples.waiting_bytes()
    }

    /// Writes what is staged and makes it visible to readers.
    pub(super) fn commit(&mut self) -> Result<(), StopCause> {
        self.payload
            .write_out()
            .map_err(|error| self.stop_cause(SegmentFile::Payload, &error))?;
        self.flows
            .write_out()
            .map_err(|error| self.stop_cause(SegmentFile::Flows, &error))?;
        self.entries
            .write_out()
            .map_err(|error| self.stop_cause(SegmentFile::Entries, &error))?;
        self.segment.publish(self.extent);
        self.samples
            .commit(&self.segment)
            .map_err(|error| self.stop_cause(SegmentFile::Samples, &error))?;
        Ok(())
    }

    /// States which segments are kept. A ring does so before it deletes the others.
    pub(super) fn keep_from(&mut self, oldest: (u32, u64)) -> io::Result<()> {
        write_seal(&mut open_index(&self.segment)?, &open_seal(oldest))?;
        self.oldest = oldest;
        Ok(())
    }

    /// Seals the segment: it will not grow any more. Without an index, readers build their own.
    pub(super) fn seal(self, ended: Ended, unrecorded: u64) -> io::Result<Seal> {
        let Self {
            segment,
            entries,
            payload,
            flows,
            samples,
            mut lanes,
            oldest,
            ..
        } = self;
        // Closing these frees the descriptor that the index needs.
        drop([entries, payload, flows]);
        drop(samples);
        let Committed {
            entries,
            flows,
            payload_bytes,
        } = segment.extent();
        lanes.truncate(entries as usize);
        let lanes = Index::build(&lanes).encode();
        let mut index = open_index(&segment)?;
        let written = index
            .seek(SeekFrom::Start(INDEX_START))
            .and_then(|_| index.write_all(&lanes));
        if written.is_err() {
            // A partial index is useless.
            index.set_len(INDEX_START).ok();
        }
        let lanes_bytes = if written.is_ok() { lanes.len() } else { 0 };
        let seal = Seal {
            ended,
            entries,
            flows,
            payload_bytes,
            oldest,
            lanes_bytes: lanes_bytes as u32,
            unrecorded,
            samples: segment.samples(),
            samples_bytes: u32::try_from(segment.samples_bytes()).unwrap_or(0),
        };
        // The seal has had its room from the beginning.
        write_seal(&mut index, &seal)?;
        segment.seal(INDEX_START + lanes_bytes as u64);
        Ok(seal)
    }

    /// Truncates the files to what has been committed.
    pub(super) fn abandon(&self) {
        self.samples.abandon(&self.segment);
        let Committed {
            entries,
            flows,
            payload_bytes,
        } = self.segment.extent();
        let head = HEAD_BYTES as u64;
        let lengths = [
            (
                &self.entries,
                head + u64::from(entries) * RECORD_BYTES as u64,
            ),
            (&self.flows, head + u64::from(flows) * FLOW_BYTES as u64),
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

    /// Returns a file that is no longer where it was created, if there is one: the entries before all others.
    pub(super) fn out_of_place(&self) -> Option<SegmentFile> {
        let is_gone = |part: &SegmentFile| !self.segment.held(*part, Path::exists);
        SegmentFile::ALL.into_iter().find(is_gone)
    }

    /// Returns whether the files were deleted, not moved; `false` where that cannot be determined.
    pub(super) fn is_deleted(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let metadata = self.entries.file.metadata();
            metadata.is_ok_and(|metadata| metadata.nlink() == 0)
        }
        #[cfg(not(unix))]
        false
    }

    fn stop_cause(&self, part: SegmentFile, error: &io::Error) -> StopCause {
        StopCause::of(FileAction::Write, &self.segment.path(part), error)
    }
}

/// Returns the wall-clock time at stamp 0, as of an entry.
fn base_nanos(entry: &Entry) -> i64 {
    let base = anchor::base_nanos(entry.time, entry.event.stamp);
    i64::try_from(base).unwrap_or(if base < 0 { i64::MIN } else { i64::MAX })
}

impl Flow {
    /// Returns whether something is of this flow for certain: it shares the same ends.
    fn is_same(&self, endpoint: EndpointId, link: Option<&Arc<Link>>) -> bool {
        let is_same_link = match (self.link.as_ref(), link) {
            (Some(link), Some(other)) => Arc::ptr_eq(link, other),
            (None, None) => true,
            _ => false,
        };
        is_same_link && self.endpoint == endpoint
    }
}

fn open_seal(oldest: (u32, u64)) -> Seal {
    Seal {
        oldest,
        ..Seal::default()
    }
}

/// Opens the index of a segment to change its seal.
pub(super) fn open_index(segment: &Segment) -> io::Result<File> {
    let open = |path: &Path| OpenOptions::new().write(true).open(path);
    segment.held(SegmentFile::Index, open)
}

/// Replaces the seal of an index.
pub(super) fn write_seal(index: &mut File, seal: &Seal) -> io::Result<()> {
    index.seek(SeekFrom::Start(HEAD_BYTES as u64))?;
    index.write_all(&seal.encode())
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
