//! Flow control of the input: how much is in flight, read but not yet written.

use std::collections::VecDeque;

use super::input::PIECE_BYTES;

/// The most bytes in flight.
const LIMIT_BYTES: u64 = 1024 * 1024;
/// The most pieces in flight; the engine's queue takes twice as many commands.
const LIMIT_PIECES: usize = 128;

/// Counts queued bytes against sent bytes.
#[derive(Debug, Default)]
pub(super) struct InputFlow {
    /// Whether each piece is a datagram: it is sent whole, and may be empty.
    keeps_edges: bool,
    queued_bytes: u64,
    sent_bytes: u64,
    /// The stream offset at which each piece in flight ends.
    ends: VecDeque<u64>,
    queued_pieces: u64,
    /// How many pieces were queued when each message in flight ended.
    message_ends: VecDeque<u64>,
    sent_messages: u64,
}

impl InputFlow {
    pub(super) fn new(keeps_edges: bool) -> Self {
        Self {
            keeps_edges,
            ..Self::default()
        }
    }

    /// Returns whether datagrams are sent.
    pub(super) fn keeps_edges(&self) -> bool {
        self.keeps_edges
    }

    /// Returns whether one more piece may be read.
    pub(super) fn has_room(&self) -> bool {
        self.unsent_bytes() + PIECE_BYTES as u64 <= LIMIT_BYTES && self.ends.len() < LIMIT_PIECES
    }

    /// Returns how many bytes were read but not yet written.
    pub(super) fn unsent_bytes(&self) -> u64 {
        self.queued_bytes - self.sent_bytes
    }

    /// Returns how many bytes were read.
    pub(super) fn queued_bytes(&self) -> u64 {
        self.queued_bytes
    }

    /// Returns how many bytes were written.
    pub(super) fn sent_bytes(&self) -> u64 {
        self.sent_bytes
    }

    /// Returns whether nothing is in flight.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Notes that a piece was queued.
    pub(super) fn queued(&mut self, len: usize) {
        self.queued_bytes += len as u64;
        self.queued_pieces += 1;
        self.ends.push_back(self.queued_bytes);
    }

    /// Notes that a message ends with the last piece.
    pub(super) fn message_ended(&mut self) {
        self.message_ends.push_back(self.queued_pieces);
        self.settle();
    }

    /// Returns how many messages were written to their ends.
    pub(super) fn sent_messages(&self) -> u64 {
        self.sent_messages
    }

    /// Notes that bytes were written, with this many writes or datagrams.
    pub(super) fn sent(&mut self, len: u64, writes: u64) {
        self.sent_bytes = self.queued_bytes.min(self.sent_bytes.saturating_add(len));
        if self.keeps_edges {
            let count = usize::try_from(writes).unwrap_or(usize::MAX);
            self.ends.drain(..count.min(self.ends.len()));
        } else {
            while self.ends.front().is_some_and(|&end| end <= self.sent_bytes) {
                self.ends.pop_front();
            }
        }
        self.settle();
    }

    /// Counts the messages whose last piece was sent.
    fn settle(&mut self) {
        let sent_pieces = self.queued_pieces - self.ends.len() as u64;
        while self
            .message_ends
            .front()
            .is_some_and(|&end| end <= sent_pieces)
        {
            self.message_ends.pop_front();
            self.sent_messages += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_flight_are_bounded() {
        let mut flow = InputFlow::default();
        for _ in 0..LIMIT_BYTES / PIECE_BYTES as u64 {
            assert!(flow.has_room());
            flow.queued(PIECE_BYTES);
        }
        assert!(!flow.has_room());
        flow.sent(PIECE_BYTES as u64 - 1, 1);
        assert!(!flow.has_room());
        flow.sent(1, 1);
        assert!(flow.has_room());
        assert!(!flow.is_empty());
        assert_eq!(flow.unsent_bytes(), LIMIT_BYTES - PIECE_BYTES as u64);
        flow.sent(u64::MAX, 1);
        assert!(flow.is_empty());
    }

    #[test]
    fn a_message_is_sent_with_its_last_byte() {
        let mut flow = InputFlow::default();
        for _ in 0..2 {
            flow.queued(2);
            flow.queued(1);
            flow.message_ended();
        }
        for expected in [0, 0, 1, 1, 1, 2] {
            flow.sent(1, 1);
            assert_eq!(flow.sent_messages(), expected);
        }
        flow.queued(1);
        flow.sent(1, 1);
        flow.message_ended();
        assert_eq!(flow.sent_messages(), 3);
    }

    #[test]
    fn datagrams_are_sent_one_by_one_and_may_be_empty() {
        let mut flow = InputFlow::new(true);
        for len in [0, 3, 0] {
            flow.queued(len);
            flow.message_ended();
        }
        for (bytes, expected) in [(0, 1), (3, 2), (0, 3)] {
            assert!(!flow.is_empty());
            flow.sent(bytes, 1);
            assert_eq!(flow.sent_messages(), expected);
        }
        assert!(flow.is_empty());
    }

    #[test]
    fn small_pieces_in_flight_are_bounded() {
        let mut flow = InputFlow::default();
        for _ in 0..LIMIT_PIECES {
            assert!(flow.has_room());
            flow.queued(1);
        }
        assert!(!flow.has_room());
        flow.sent(1, 1);
        assert!(flow.has_room());
    }
}
