//! Recycled read buffers: bytes that fill at least half of one become a payload without a copy.

use std::mem;
use std::ops::Range;

use bytes::Bytes;
use crossbeam_channel::{Receiver, Sender, bounded};

/// How many free buffers are kept. Others are freed, so that a burst does not hold on to memory.
const MAX_FREE: usize = 64;

/// The read buffers of one worker. A large chunk takes the current buffer with it; a small one is copied out of it. So
/// no payload occupies more than twice its size in memory.
#[derive(Debug)]
pub(super) struct Buffers {
    current: Vec<u8>,
    free: Receiver<Vec<u8>>,
    give_back: Sender<Vec<u8>>,
}

impl Default for Buffers {
    fn default() -> Self {
        let (give_back, free) = bounded(MAX_FREE);
        Self {
            current: Vec::new(),
            free,
            give_back,
        }
    }
}

impl Buffers {
    /// Sets the length of the buffers from now on.
    pub(super) fn resize(&mut self, len: usize) {
        self.current.resize(len, 0);
    }

    /// Returns the buffer that the next read fills.
    pub(super) fn current(&mut self) -> &mut [u8] {
        &mut self.current
    }

    /// Returns the first `count` bytes of the current buffer.
    pub(super) fn filled(&self, count: usize) -> &[u8] {
        self.current.get(..count).unwrap_or(&self.current)
    }

    /// Turns a range of the current buffer into a payload. The current buffer may be replaced.
    pub(super) fn take(&mut self, range: Range<usize>) -> Bytes {
        let len = self.current.len();
        if range.len() < len.div_ceil(2) {
            return Bytes::copy_from_slice(self.current.get(range).unwrap_or_default());
        }
        let free = self.free.try_recv().ok().filter(|free| free.len() == len);
        let next = free.unwrap_or_else(|| vec![0; len]);
        Bytes::from_owner(Lent {
            buffer: mem::replace(&mut self.current, next),
            range,
            give_back: self.give_back.clone(),
        })
    }
}

/// A buffer on loan to a payload.
struct Lent {
    buffer: Vec<u8>,
    range: Range<usize>,
    give_back: Sender<Vec<u8>>,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        self.buffer.get(self.range.clone()).unwrap_or_default()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // If enough buffers are free, or the worker has ended, this one is freed.
        self.give_back.try_send(mem::take(&mut self.buffer)).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(buffers: &mut Buffers, bytes: &[u8]) -> Bytes {
        buffers.current()[..bytes.len()].copy_from_slice(bytes);
        buffers.take(0..bytes.len())
    }

    #[test]
    fn payloads_keep_their_bytes_while_buffers_are_reused() {
        let mut buffers = Buffers::default();
        buffers.resize(4);
        let kept: Vec<Bytes> = (0..200_u8).map(|n| fill(&mut buffers, &[n; 3])).collect();
        let small = fill(&mut buffers, b"s");
        for (n, bytes) in (0..200_u8).zip(&kept) {
            assert_eq!(**bytes, [n; 3]);
        }
        drop(kept);
        assert_eq!(buffers.free.len(), MAX_FREE);
        let again = fill(&mut buffers, b"abcd");
        assert_eq!(buffers.free.len(), MAX_FREE - 1);
        assert_eq!((&*again, &*small), (&b"abcd"[..], &b"s"[..]));
    }

    #[test]
    fn a_payload_is_the_part_that_was_asked_for() {
        let mut buffers = Buffers::default();
        buffers.resize(4);
        buffers.current().copy_from_slice(b"abcd");
        assert_eq!(buffers.take(3..4), b"d"[..]);
        assert_eq!(buffers.take(1..4), b"bcd"[..]);
        assert_eq!(buffers.current(), [0; 4]);
    }

    #[test]
    fn buffers_of_another_length_are_not_reused() {
        let mut buffers = Buffers::default();
        buffers.resize(4);
        drop(fill(&mut buffers, b"abcd"));
        buffers.resize(2);
        assert_eq!(fill(&mut buffers, b"xy"), &b"xy"[..]);
        assert_eq!(buffers.current().len(), 2);
    }
}
