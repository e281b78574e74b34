//! Read buffers that become payloads and come back: a chunk that fills most of one is not copied.

use std::mem;

use bytes::Bytes;
use crossbeam_channel::{Receiver, Sender, bounded};

/// How many buffers may wait to be used again. More are freed, so that a burst does not stay in memory.
const KEPT: usize = 64;

/// The buffers of one worker. Each read fills the one at hand; large chunks take it along, small ones are copied out
/// of it exactly, so that no payload keeps more than twice its bytes in memory.
#[derive(Debug)]
pub(super) struct Buffers {
    at_hand: Vec<u8>,
    free: Receiver<Vec<u8>>,
    give_back: Sender<Vec<u8>>,
}

impl Default for Buffers {
    fn default() -> Self {
        let (give_back, free) = bounded(KEPT);
        Self {
            at_hand: Vec::new(),
            free,
            give_back,
        }
    }
}

impl Buffers {
    /// Makes the buffers this long from now on.
    pub(super) fn resize(&mut self, len: usize) {
        self.at_hand.resize(len, 0);
    }

    /// Returns the buffer that the next read fills.
    pub(super) fn at_hand(&mut self) -> &mut [u8] {
        &mut self.at_hand
    }

    /// Returns the first `count` bytes of the buffer at hand.
    pub(super) fn filled(&self, count: usize) -> &[u8] {
        self.at_hand.get(..count).unwrap_or(&self.at_hand)
    }

    /// Makes the first `count` bytes of the buffer at hand a payload's bytes; what is at hand then may be another one.
    pub(super) fn take(&mut self, count: usize) -> Bytes {
        let len = self.at_hand.len();
        if count < len.div_ceil(2) {
            return Bytes::copy_from_slice(self.filled(count));
        }
        let free = self.free.try_recv().ok().filter(|free| free.len() == len);
        let next = free.unwrap_or_else(|| vec![0; len]);
        Bytes::from_owner(Lent {
            buffer: mem::replace(&mut self.at_hand, next),
            count,
            give_back: self.give_back.clone(),
        })
    }
}

/// A buffer that is a payload for now.
struct Lent {
    buffer: Vec<u8>,
    count: usize,
    give_back: Sender<Vec<u8>>,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        self.buffer.get(..self.count).unwrap_or(&self.buffer)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // When enough of them wait, or the worker has ended, this one is freed.
        self.give_back.try_send(mem::take(&mut self.buffer)).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(buffers: &mut Buffers, bytes: &[u8]) -> Bytes {
        buffers.at_hand()[..bytes.len()].copy_from_slice(bytes);
        buffers.take(bytes.len())
    }

    #[test]
    fn payloads_keep_their_bytes_while_buffers_are_used_again() {
        let mut buffers = Buffers::default();
        buffers.resize(4);
        let kept: Vec<Bytes> = (0..200_u8).map(|n| fill(&mut buffers, &[n; 3])).collect();
        let small = fill(&mut buffers, b"s");
        for (n, bytes) in (0..200_u8).zip(&kept) {
            assert_eq!(**bytes, [n; 3]);
        }
        drop(kept);
        assert_eq!(buffers.free.len(), KEPT);
        let again = fill(&mut buffers, b"abcd");
        assert_eq!(buffers.free.len(), KEPT - 1);
        assert_eq!((&*again, &*small), (&b"abcd"[..], &b"s"[..]));
    }

    #[test]
    fn buffers_of_another_length_are_not_used_again() {
        let mut buffers = Buffers::default();
        buffers.resize(4);
        drop(fill(&mut buffers, b"abcd"));
        buffers.resize(2);
        assert_eq!(fill(&mut buffers, b"xy"), &b"xy"[..]);
        assert_eq!(buffers.at_hand().len(), 2);
    }
}
