//! The samples of a segment: what the kernel said, beside the entries, in a file of its own and with a bound of its own.

use std::io;
use std::sync::Arc;

use super::appender::Appender;
use super::body;
use super::format::{HEAD_BYTES, RowLocation, SampleRow, SegmentFile};
use super::segment::{Segment, damaged, open, read_vec};
use crate::capture::damage::{Damage, ReadError};
use crate::net::Stamp;
use crate::net::kernel::Sampled;

/// How many bytes are read at a time. No sample is longer.
const READ_BYTES: u64 = 256 * 1024;
/// How many damaged samples of a segment are passed over: to find where one ends takes time.
const MAX_DAMAGED: u32 = 1_024;

/// The samples of the segment that is being written.
#[derive(Debug, Default)]
pub(super) struct SampleDraft {
    /// There is a file only if there are samples.
    file: Option<Appender>,
    rows: u32,
    /// The length of the file with what waits, including its head.
    bytes: u64,
    /// Whether the bound was reached: no more follow.
    is_full: bool,
}

impl SampleDraft {
    /// Adds a sample of this flow; with it, the file takes `limit_bytes` at most, apart from the note that there are more.
    pub(super) fn stage(
        &mut self,
        segment: &Segment,
        (flow, stamp): (u32, Stamp),
        sampled: &Sampled,
        limit_bytes: u64,
    ) -> io::Result<()> {
        let Some((kind, body)) = body::encode_sample(sampled).filter(|_| !self.is_full) else {
            return Ok(());
        };
        if self.file.is_none() {
            self.bytes = HEAD_BYTES as u64;
            self.file = Some(Appender::create(segment, SegmentFile::Samples)?);
        }
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let before = file.waiting.len();
        let mut row = SampleRow {
            kind,
            flow,
            stamp,
            body: &body,
        };
        if self.bytes + row.len_bytes() > limit_bytes {
            self.is_full = true;
            row = SampleRow {
                kind: body::NO_MORE_SAMPLES,
                body: &[],
                ..row
            };
        }
        row.encode(segment.head().place(self.rows), &mut file.waiting);
        self.bytes += (file.waiting.len() - before) as u64;
        self.rows += 1;
        Ok(())
    }

    /// Returns the length of the file, including its head and what waits; 0 if there is none.
    pub(super) fn disk_bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn waiting_bytes(&self) -> usize {
        self.file.as_ref().map_or(0, |file| file.waiting.len())
    }

    /// Writes what is staged and makes it visible to readers.
    pub(super) fn commit(&mut self, segment: &Segment) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.write_out()?;
            segment.publish_samples(self.bytes, self.rows);
        }
        Ok(())
    }

    /// Truncates the file to what has been committed.
    pub(super) fn abandon(&self, segment: &Segment) {
        if let Some(file) = &self.file {
            file.file.set_len(segment.samples_bytes()).ok();
        }
    }
}

/// Where a reader of samples is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SampleCursor {
    position: u64,
    row: u32,
    /// How many damaged ones were passed over.
    damaged: u32,
}

impl Default for SampleCursor {
    fn default() -> Self {
        Self {
            position: HEAD_BYTES as u64,
            row: 0,
            damaged: 0,
        }
    }
}

/// Samples that were read together.
#[derive(Debug, Default)]
pub(crate) struct SampleBlock {
    pub(crate) samples: Vec<StoredSample>,
    /// Why some are missing behind them.
    pub(crate) damage: Option<ReadError>,
}

impl SampleBlock {
    fn damaged(error: ReadError) -> Self {
        Self {
            samples: Vec::new(),
            damage: Some(error),
        }
    }
}

/// A sample as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredSample {
    /// Its flow: a row of the segment's flows.
    pub(crate) flow: u32,
    pub(crate) stamp: Stamp,
    pub(crate) kind: StoredKind,
}

/// What a stored sample is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StoredKind {
    Sampled(Sampled),
    /// The bound of the segment was reached here.
    NoMore,
    /// Only a newer version knows it.
    Unknown,
}

impl SampleCursor {
    /// Returns whether samples follow.
    pub(crate) fn is_behind(&self, segment: &Segment) -> bool {
        self.position < segment.samples_bytes()
    }

    /// Reads the next samples of a segment, a few hundred KiB of them.
    ///
    /// A damaged one costs itself if the one after it shows where it ends; otherwise those after it are lost too. In a
    /// segment whose writer was killed, a last one that is cut off is none.
    pub(crate) fn read(&mut self, segment: &Arc<Segment>) -> SampleBlock {
        let end = segment.samples_bytes();
        let length = end.saturating_sub(self.position).min(READ_BYTES) as usize;
        let path = segment.path(SegmentFile::Samples);
        let read = segment
            .held(SegmentFile::Samples, open)
            .and_then(|file| read_vec(&file, &path, length, self.position));
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(error) => {
                self.position = end;
                return SampleBlock::damaged(error);
            }
        };
        let place = segment.head().place(0);
        let (samples, rest) = self.decode(place, &bytes);
        if !samples.is_empty() || rest.is_empty() {
            return SampleBlock {
                samples,
                damage: None,
            };
        }
        let is_cut = SampleRow::len_of(rest).is_none_or(|length| length > rest.len());
        let position = self.position;
        if let Some(length) = self.damaged_bytes(place, rest, end) {
            self.position += length as u64;
            self.row = self.row.wrapping_add(1);
            self.damaged += 1;
        } else {
            self.position = end;
            if is_cut && !segment.is_sealed() {
                return SampleBlock::default();
            }
        }
        SampleBlock::damaged(damaged(&path, position, Damage::Checksum))
    }

    /// Returns the length of a damaged sample at the beginning of `bytes`: as it says, or if one bit of that has changed,
    /// as the one behind it or the `end` of the file shows.
    fn damaged_bytes(&self, place: RowLocation, bytes: &[u8], end: u64) -> Option<usize> {
        if self.damaged >= MAX_DAMAGED {
            return None;
        }
        let mut lengths = SampleRow::lens_of(bytes);
        lengths.find(|&length| {
            let next = place.at(self.row.wrapping_add(1));
            let behind = bytes.get(length..);
            self.position + length as u64 == end
                || behind.is_some_and(|behind| SampleRow::decode(next, behind).is_some())
        })
    }

    /// Decodes whole samples from the beginning, and returns what follows them.
    fn decode<'a>(&mut self, place: RowLocation, bytes: &'a [u8]) -> (Vec<StoredSample>, &'a [u8]) {
        let mut samples = Vec::new();
        let mut rest = bytes;
        while let Some((row, after)) = SampleRow::decode(place.at(self.row), rest) {
            let kind = match (row.kind, body::decode_sample(row.kind, row.body)) {
                (body::NO_MORE_SAMPLES, _) => StoredKind::NoMore,
                (_, Some(what)) => StoredKind::Sampled(what),
                (_, None) => StoredKind::Unknown,
            };
            samples.push(StoredSample {
                flow: row.flow,
                stamp: row.stamp,
                kind,
            });
            self.row = self.row.wrapping_add(1);
            self.position += (rest.len() - after.len()) as u64;
            rest = after;
        }
        (samples, rest)
    }
}
