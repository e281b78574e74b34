//! The bytes of streams that are not part of a frame yet, limited in size.

use std::collections::HashMap;

use bytes::{Buf as _, BytesMut};

use super::framer::CutFrame;
use crate::capture::entry::{Entry, StreamId};
use crate::net::FlowId;

/// How many bytes are kept for all streams. Beyond it, only the first bytes of a frame are kept, or none.
const KEPT_BYTES: usize = 256 * 1024 * 1024;

/// Keeps the bytes of open frames until a [`Framer`](super::Framer) has cut them.
#[derive(Debug, Default)]
pub struct OpenBytes {
    streams: HashMap<StreamId, Open>,
    kept_bytes: usize,
}

#[derive(Debug, Default)]
struct Open {
    start: u64,
    bytes: BytesMut,
}

impl Open {
    /// Skips the bytes before an offset and returns how many there were.
    fn skip_to(&mut self, offset: u64) -> usize {
        let skipped = offset.saturating_sub(self.start);
        let skipped = (skipped as usize).min(self.bytes.len());
        self.bytes.advance(skipped);
        self.start += skipped as u64;
        skipped
    }
}

impl OpenBytes {
    /// Keeps the bytes of a data entry. Call it before the framer takes the entry.
    pub fn push(&mut self, entry: &Entry) {
        let Some((stream, payload)) = entry.stream_id().zip(entry.payload()) else {
            return;
        };
        let offset = entry.stream().offset;
        let open = self.streams.entry(stream).or_insert_with(|| Open {
            start: offset,
            bytes: BytesMut::new(),
        });
        if open.bytes.is_empty() {
            open.start = offset;
        }
        // If bytes are missing before these, the open frame ends there, and these belong to the next one.
        if offset != open.start + open.bytes.len() as u64 {
            self.kept_bytes -= open.bytes.len();
            open.bytes.clear();
            open.start = offset;
        }
        let room = KEPT_BYTES.saturating_sub(self.kept_bytes);
        let kept = payload.bytes.get(..room).unwrap_or(&payload.bytes);
        open.bytes.extend_from_slice(kept);
        self.kept_bytes += kept.len();
    }

    /// Hands out the bytes of a frame and drops them. There are fewer than its length if not all were kept.
    pub fn take<T>(&mut self, frame: &CutFrame, read: impl FnOnce(&[u8]) -> T) -> T {
        let Some(open) = self.streams.get_mut(&frame.stream) else {
            return read(&[]);
        };
        let skipped = open.skip_to(frame.range.start);
        let is_there = open.start == frame.range.start;
        let wanted = if is_there {
            frame.len_bytes() as usize
        } else {
            0
        };
        let len = wanted.min(open.bytes.len());
        let result = read(open.bytes.get(..len).unwrap_or_default());
        open.bytes.advance(len);
        self.kept_bytes -= skipped + len;
        open.start += len as u64;
        result
    }

    /// Drops the bytes of a stream before an offset.
    pub fn forget_before(&mut self, stream: StreamId, offset: u64) {
        if let Some(open) = self.streams.get_mut(&stream) {
            self.kept_bytes -= open.skip_to(offset);
        }
    }

    /// Forgets a connection that has ended.
    pub fn forget(&mut self, connection: FlowId) {
        for stream in StreamId::both(connection) {
            if let Some(open) = self.streams.remove(&stream) {
                self.kept_bytes -= open.bytes.len();
            }
        }
    }
}
