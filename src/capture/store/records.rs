//! The records of a segment, read and checked in blocks. Knows nothing of what they refer to, so that a thread of its own
//! can read them ahead.

use std::fs::File;
use std::ops::{ControlFlow, Range};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::bounded;

use super::format::{EntryRecord, RECORD_BYTES, SegmentFile};
use super::segment::{Segment, damaged, open, read, read_vec, record_position};
use crate::capture::damage::{Damage, ReadError};

/// How many blocks may be read ahead.
const BLOCKS_AHEAD: usize = 2;

/// The records of a segment.
#[derive(Debug)]
pub(crate) struct Records {
    segment: Arc<Segment>,
    entries: File,
}

/// Records read together, and their memory, to be used again.
#[derive(Debug, Default)]
pub(crate) struct RecordBlock {
    bytes: Vec<u8>,
    /// The whole ones, with their numbers.
    pub(crate) records: Vec<(u32, EntryRecord)>,
    /// The others, and what is wrong with them.
    pub(crate) damaged: Vec<(u32, ReadError)>,
}

impl Records {
    pub(super) fn new(segment: Arc<Segment>) -> Result<Self, ReadError> {
        let entries = segment.held(SegmentFile::Entries, open)?;
        Ok(Self { segment, entries })
    }

    /// Reads these records, as far as they are committed.
    pub(super) fn read(&self, range: Range<u32>) -> Result<Vec<EntryRecord>, ReadError> {
        let end = range.end.min(self.segment.len());
        let count = end.saturating_sub(range.start);
        let len = count as usize * RECORD_BYTES;
        let position = record_position(range.start);
        let bytes = read_vec(&self.entries, &self.path(), len, position)?;
        let place = self.segment.head().place(range.start);
        let records = bytes.chunks_exact(RECORD_BYTES).zip(range.start..);
        records
            .map(|(bytes, entry)| {
                let record = bytes.first_chunk();
                let record = record.and_then(|it| EntryRecord::decode(place.at(entry), it));
                record.ok_or_else(|| self.wrong(entry))
            })
            .collect()
    }

    /// Reads these records into a block. A damaged one does not affect its neighbours.
    pub(crate) fn read_block(&self, range: Range<u32>, block: &mut RecordBlock) {
        let RecordBlock {
            bytes,
            records,
            damaged,
        } = block;
        records.clear();
        damaged.clear();
        self.visit(range, bytes, |entry, record| match record {
            Ok(record) => records.push((entry, record)),
            Err(error) => damaged.push((entry, error)),
        });
    }

    /// Shows these records one by one, after they are read into `bytes` together. A damaged one does not affect its
    /// neighbours.
    pub(crate) fn visit(
        &self,
        range: Range<u32>,
        bytes: &mut Vec<u8>,
        mut show: impl FnMut(u32, Result<EntryRecord, ReadError>),
    ) {
        let end = range.end.min(self.segment.len());
        let count = end.saturating_sub(range.start);
        bytes.resize(count as usize * RECORD_BYTES, 0);
        let position = record_position(range.start);
        if read(&self.entries, &self.path(), bytes, position).is_err() {
            // The file is too short, or a part of it cannot be read.
            for entry in range.start..end {
                let read = self.read(entry..entry.saturating_add(1));
                let read =
                    read.and_then(|read| read.first().copied().ok_or_else(|| self.wrong(entry)));
                show(entry, read);
            }
            return;
        }
        let place = self.segment.head().place(range.start);
        for (entry, bytes) in (range.start..end).zip(bytes.chunks_exact(RECORD_BYTES)) {
            let bytes = bytes.first_chunk();
            let record = bytes.and_then(|bytes| EntryRecord::decode(place.at(entry), bytes));
            show(entry, record.ok_or_else(|| self.wrong(entry)));
        }
    }

    /// Reads these records in blocks of so many, and hands each block to `take` until that breaks. A thread of its own
    /// reads and checks the next blocks meanwhile.
    pub(crate) fn read_ahead(
        &self,
        range: Range<u32>,
        block_entries: u32,
        mut take: impl FnMut(&mut RecordBlock) -> ControlFlow<()>,
    ) {
        thread::scope(|scope| {
            let (fill, filled) = bounded(BLOCKS_AHEAD);
            let (empty, emptied) = bounded(BLOCKS_AHEAD + 1);
            for _ in 0..=BLOCKS_AHEAD {
                // There is room for all of them.
                empty.try_send(RecordBlock::default()).ok();
            }
            let parts = parts(range.clone(), block_entries);
            let thread = thread::Builder::new().name("records".to_owned());
            // It ends with its range, or with this call; the scope waits for that.
            let started = thread.spawn_scoped(scope, move || {
                for (part, mut block) in parts.zip(emptied) {
                    self.read_block(part, &mut block);
                    if fill.send(block).is_err() {
                        return;
                    }
                }
            });
            if started.is_err() {
                let mut block = RecordBlock::default();
                for part in self::parts(range, block_entries) {
                    self.read_block(part, &mut block);
                    if take(&mut block).is_break() {
                        return;
                    }
                }
            }
            for mut block in filled {
                if take(&mut block).is_break() {
                    return;
                }
                // It fails once everything has been read.
                empty.try_send(block).ok();
            }
        });
    }

    fn wrong(&self, entry: u32) -> ReadError {
        damaged(&self.path(), record_position(entry), Damage::Checksum)
    }

    fn path(&self) -> PathBuf {
        self.segment.path(SegmentFile::Entries)
    }
}

/// Divides a range into parts of this length.
pub(crate) fn parts(range: Range<u32>, len: u32) -> impl Iterator<Item = Range<u32>> + Send {
    let Range { start, end } = range;
    let starts = (start..end).step_by(len.max(1) as usize);
    starts.map(move |start| start..end.min(start.saturating_add(len)))
}
