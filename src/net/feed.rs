//! A long payload that is sent piece by piece, as fast as the peer takes it or at a pace: a file, of any size.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use crossbeam_channel::{Receiver, TryRecvError};

/// How many bytes of a feed are queued at once.
pub(super) const QUEUED_BYTES: u64 = 256 * 1024;
/// How soon it is looked whether there is room, or a further piece.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(1);

/// Pieces to send on one connection, one write each at most.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The pieces, read ahead by somebody else; the end of the channel is the end of the payload.
    pub pieces: Receiver<io::Result<Bytes>>,
    /// The time from one write to the next.
    pub delay: Duration,
    /// How far it is.
    pub progress: Arc<FeedProgress>,
}

/// How far a feed is.
#[derive(Debug, Default)]
pub struct FeedProgress {
    queued_bytes: AtomicU64,
    end: Mutex<Option<FeedEnd>>,
}

/// How a feed ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedEnd {
    /// The system took all of it.
    Sent,
    /// It was cancelled.
    Cancelled,
    /// The connection can no longer send.
    NotOpen,
    /// A further piece could not be read; the system's words.
    Unread(String),
}

/// What a feed wants next.
pub(super) enum Step {
    /// Queue this piece.
    Piece(Bytes),
    /// Look again later.
    Wait,
    /// All of it is queued.
    AllQueued,
    /// It is over.
    End(FeedEnd),
}

impl FeedProgress {
    /// Returns how many bytes were queued so far.
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
    /// Says what is next.
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
