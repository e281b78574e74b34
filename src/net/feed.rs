//! A long payload, such as a file of any size, sent piece by piece as fast as the peer reads or at a set pace.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use crossbeam_channel::{Receiver, TryRecvError};

/// How many bytes of a feed are queued at a time.
pub(super) const QUEUED_BYTES: u64 = 256 * 1024;
/// How often to check for room and for the next piece.
pub(super) const POLL_INTERVAL: Duration = Duration::from_millis(1);

/// Pieces to send on one connection, at most one write each.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The pieces, read ahead by another thread. When the channel closes, the payload is complete.
    pub pieces: Receiver<io::Result<Bytes>>,
    /// The pause between two writes.
    pub delay: Duration,
    /// The progress of the feed.
    pub progress: Arc<FeedProgress>,
}

/// The progress of a feed.
#[derive(Debug, Default)]
pub struct FeedProgress {
    queued_bytes: AtomicU64,
    end: Mutex<Option<FeedEnd>>,
}

/// How a feed ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedEnd {
    /// All of it was passed to the system.
    Sent,
    /// It was cancelled.
    Cancelled,
    /// The connection can no longer send.
    NotOpen,
    /// The next piece could not be read; holds the system's error text.
    Unread(String),
}

/// The next step of a feed.
pub(super) enum Step {
    /// Queue this piece.
    Piece(Bytes),
    /// Check again later.
    Wait,
    /// All of it is queued.
    AllQueued,
    /// It is over.
    End(FeedEnd),
}

impl FeedProgress {
    /// Returns how many bytes have been queued.
    pub fn queued_bytes(&self) -> u64 {
        self.queued_bytes.load(Ordering::Relaxed)
    }

    /// Returns how it ended, once it has.
    pub fn end(&self) -> Option<FeedEnd> {
        let end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        end.clone()
    }

    pub(super) fn set_end(&self, how: FeedEnd) {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        *end = Some(how);
    }
}

impl Feed {
    /// Returns the next step.
    pub(super) fn step(&self) -> Step {
        match self.pieces.try_recv() {
            Ok(Ok(piece)) => {
                let bytes = piece.len() as u64;
                self.progress
                    .queued_bytes
                    .fetch_add(bytes, Ordering::Relaxed);
                Step::Piece(piece)
            }
            Ok(Err(error)) => Step::End(FeedEnd::Unread(error.to_string())),
            Err(TryRecvError::Empty) => Step::Wait,
            Err(TryRecvError::Disconnected) => Step::AllQueued,
        }
    }
}
