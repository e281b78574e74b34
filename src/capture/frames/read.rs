//! Reads the bytes of a frame back from its chunks.

use std::ops::ControlFlow;

use super::mark::StoredFrame;
use crate::capture::entry::Entry;
use crate::capture::record::{Depth, Record};
use crate::capture::row::FramePiece;
use crate::capture::store::ReadError;

/// How many chunks are read for the preview of a frame.
pub(crate) const PREVIEW_ENTRIES: u64 = 512;
/// How many chunks are read for a whole frame.
pub(crate) const WHOLE_ENTRIES: u64 = 1_000_000;

/// A frame that has been read.
#[derive(Debug)]
pub(crate) struct ReadFrame {
    /// Its bytes, as far as requested and readable.
    pub(crate) bytes: Vec<u8>,
    pub(crate) pieces: Vec<FramePiece>,
    /// The entry with its last byte.
    pub(crate) last: Entry,
}

/// Reads a frame, up to a number of bytes and of chunks.
///
/// # Errors
///
/// The last entry cannot be read or is no longer kept. Other chunks that cannot be read are left out.
pub(crate) fn read_frame(
    record: &Record,
    frame: &StoredFrame,
    limit_bytes: usize,
    limit_entries: u64,
) -> Result<Option<ReadFrame>, ReadError> {
    let Some(last) = record.entry(frame.last_entry, Depth::Head)? else {
        return Ok(None);
    };
    let mut read = ReadFrame {
        bytes: Vec::new(),
        pieces: Vec::new(),
        last,
    };
    let wanted = limit_bytes.min(usize::try_from(frame.len_bytes()).unwrap_or(usize::MAX));
    let numbers = if frame.chunks <= 1 {
        vec![frame.last_entry]
    } else {
        let ends = (frame.first_entry, frame.last_entry);
        record.stream_entries(frame.stream, ends, limit_entries)
    };
    record.visit(numbers, Depth::Whole, |_, entry| {
        if let Ok(entry) = entry
            && entry.damage.is_none()
        {
            read.take(frame, &entry, wanted);
        }
        if read.bytes.len() < wanted {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    Ok(Some(read))
}

impl ReadFrame {
    /// Takes the part of the frame that is in a chunk.
    fn take(&mut self, frame: &StoredFrame, entry: &Entry, wanted: usize) {
        let is_ours = entry.stream_id() == Some(frame.stream);
        let Some(payload) = entry.payload().filter(|_| is_ours) else {
            return;
        };
        let offset = entry.stream().offset;
        let skipped = frame.range.start.saturating_sub(offset);
        let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
        let rest = payload.bytes.get(skipped..).unwrap_or_default();
        let start = self.bytes.len();
        let room = wanted.saturating_sub(start);
        let part = rest.get(..room).unwrap_or(rest);
        if part.is_empty() {
            return;
        }
        self.bytes.extend_from_slice(part);
        self.pieces.push(FramePiece {
            entry: entry.number,
            time: entry.time,
            range: start..self.bytes.len(),
        });
    }
}
