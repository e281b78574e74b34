//! The bytes that one connection still has to send.

use std::collections::VecDeque;

use super::event::Payload;

/// How much a user may queue on one connection. A payload beyond it is refused.
const QUEUE_BYTES: usize = 64 * 1024 * 1024;
/// How many payloads may be queued on one connection. Any more are refused.
const QUEUE_CHUNKS: usize = 64 * 1024;
/// How much replies may occupy before the connection is no longer read. Reading resumes when they drain below it.
const REPLY_BYTES: usize = 1024 * 1024;
/// What a queued payload costs besides its bytes: a million one-byte replies take more than a megabyte.
const CHUNK_BYTES: usize = size_of::<Chunk>() + 64;
/// How much capacity an emptied queue may keep, in payloads.
const KEPT_CHUNKS: usize = 8;

struct Chunk {
    payload: Payload,
    is_reply: bool,
}

/// A queue of payloads that knows its size.
#[derive(Default)]
pub(super) struct SendQueue {
    chunks: VecDeque<Chunk>,
    bytes: usize,
    reply_bytes: usize,
}

impl SendQueue {
    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Returns the queued bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes as u64
    }

    /// Returns whether the user may still queue a payload of `bytes`.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.bytes.saturating_add(bytes) <= QUEUE_BYTES && self.chunks.len() < QUEUE_CHUNKS
    }

    /// Returns whether so many replies are queued that requests must wait.
    ///
    /// What a user queued does not count. An endpoint that stopped reading while it has much to send would deadlock
    /// with an echoing peer.
    pub(super) fn is_over_reply_bound(&self) -> bool {
        self.reply_bytes > REPLY_BYTES
    }

    /// Queues a user's payload. The caller has checked [`Self::has_room`].
    pub(super) fn push(&mut self, payload: Payload) {
        self.push_chunk(payload, false);
    }

    /// Queues a reply. Not reading further requests keeps replies bounded.
    pub(super) fn push_reply(&mut self, payload: Payload) {
        self.push_chunk(payload, true);
    }

    /// Returns the next bytes to write.
    pub(super) fn front(&self) -> Option<&[u8]> {
        self.chunks.front().map(|chunk| &*chunk.payload.bytes)
    }

    /// Removes `count` bytes from the queue, at most those of the front payload.
    pub(super) fn take(&mut self, count: usize) -> Option<Payload> {
        let chunk = self.chunks.front_mut()?;
        let taken = chunk.payload.split_to(count);
        let is_reply = chunk.is_reply;
        let is_spent = chunk.payload.bytes.is_empty();
        self.bytes -= taken.bytes.len();
        if is_reply {
            self.reply_bytes -= taken.bytes.len();
        }
        if is_spent {
            self.chunks.pop_front();
            if is_reply {
                self.reply_bytes -= CHUNK_BYTES;
            }
            if self.chunks.is_empty() {
                self.chunks.shrink_to(KEPT_CHUNKS);
            }
        }
        Some(taken)
    }

    fn push_chunk(&mut self, payload: Payload, is_reply: bool) {
        let bytes = payload.bytes.len();
        if bytes == 0 {
            return;
        }
        self.bytes += bytes;
        if is_reply {
            self.reply_bytes += bytes + CHUNK_BYTES;
        }
        self.chunks.push_back(Chunk { payload, is_reply });
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::net::PayloadId;

    fn payload(bytes: usize) -> Payload {
        Payload::new(PayloadId(1), Bytes::from(vec![b'x'; bytes]))
    }

    #[test]
    fn a_queue_counts_its_remaining_bytes() {
        let mut queue = SendQueue::default();
        queue.push(payload(10));
        queue.push_reply(payload(5));
        let taken = queue.take(4).unwrap();
        assert_eq!((taken.start, taken.bytes.len()), (0, 4));
        let taken = queue.take(100).unwrap();
        assert_eq!((taken.start, taken.bytes.len()), (4, 6));
        assert_eq!(queue.bytes(), 5);
        assert_eq!(queue.front(), Some(&b"xxxxx"[..]));
        assert_eq!(queue.take(5).unwrap().bytes.len(), 5);
        assert!(queue.is_empty());
        assert_eq!((queue.bytes, queue.reply_bytes), (0, 0));
        assert!(queue.take(1).is_none());
    }

    #[test]
    fn a_user_may_queue_up_to_the_limit() {
        let mut queue = SendQueue::default();
        assert!(queue.has_room(QUEUE_BYTES));
        assert!(!queue.has_room(QUEUE_BYTES + 1));
        queue.push(payload(1));
        assert!(!queue.has_room(QUEUE_BYTES));
        assert!(queue.has_room(QUEUE_BYTES - 1));
    }

    #[test]
    fn only_replies_stop_reading() {
        let mut queue = SendQueue::default();
        queue.push(payload(2 * REPLY_BYTES));
        assert!(!queue.is_over_reply_bound());
        for _ in 0..=REPLY_BYTES / CHUNK_BYTES {
            queue.push_reply(payload(1));
        }
        assert!(queue.is_over_reply_bound());
    }
}
