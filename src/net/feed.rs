//! A long payload, such as a file of any size, sent piece by piece as fast as the peer reads or at a set pace.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, SendError, Sender, TryRecvError, bounded};

use super::event::{Fed, FeedEnd, FeedId};
use super::poller::Waker;

/// How many pieces are read ahead.
const PIECES: usize = 8;

/// Pieces to send on one connection, at most one write each.
#[derive(Clone, Debug)]
pub struct Feed {
    pub(super) id: FeedId,
    pieces: Receiver<io::Result<Bytes>>,
    /// The pause between two pieces.
    pub(super) pause: Duration,
    shared: Arc<Shared>,
    /// When the next piece may be sent.
    pub(super) next_at: Option<Instant>,
    /// How many bytes of it have been handed to the connection.
    pub(super) taken_bytes: u64,
    /// When its progress was last reported.
    pub(super) reported: Option<Instant>,
}

/// The end of a feed that another thread fills. Dropping it completes the payload.
#[derive(Debug)]
pub struct FeedSender {
    pieces: Sender<io::Result<Bytes>>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    waker: OnceLock<Waker>,
    /// Whether the connection waits for a piece.
    is_awaited: AtomicBool,
}

/// The next step of a feed.
pub(super) enum NextPiece {
    /// Send this piece.
    Piece(Bytes),
    /// Another is being read; the worker is woken.
    Awaited,
    /// There is no other.
    End(FeedEnd),
}

impl Feed {
    /// Makes a feed and the end that fills it.
    pub fn new(id: FeedId, pause: Duration) -> (FeedSender, Self) {
        let (sender, pieces) = bounded(PIECES);
        let shared = Arc::new(Shared::default());
        let feed = Self {
            id,
            pieces,
            pause,
            shared: Arc::clone(&shared),
            next_at: None,
            taken_bytes: 0,
            reported: None,
        };
        let pieces = sender;
        (FeedSender { pieces, shared }, feed)
    }

    /// Takes the pieces that there are, without an engine.
    #[cfg(test)]
    pub(crate) fn pieces(&mut self) -> impl Iterator<Item = io::Result<Bytes>> + '_ {
        self.pieces.try_iter()
    }

    /// Has the worker woken when a piece arrives that it waits for.
    pub(super) fn wake(&self, waker: Waker) {
        // A feed is given to one worker.
        self.shared.waker.set(waker).ok();
    }

    /// Returns the end of a feed for which there is no connection.
    pub(super) fn refused(&self) -> Fed {
        Fed {
            feed: self.id,
            sent_bytes: 0,
            end: Some(FeedEnd::NotOpen),
        }
    }

    /// Returns whether a piece of it was taken.
    pub(super) fn has_begun(&self) -> bool {
        self.taken_bytes > 0
    }

    /// Takes the next piece.
    pub(super) fn next(&mut self) -> NextPiece {
        let piece = self.pieces.try_recv().or_else(|error| match error {
            TryRecvError::Empty => {
                self.shared.is_awaited.store(true, Ordering::SeqCst);
                // One that arrived before the mark would wake nobody.
                self.pieces.try_recv()
            }
            TryRecvError::Disconnected => Err(error),
        });
        match piece {
            Ok(Ok(piece)) => {
                self.taken_bytes += piece.len() as u64;
                NextPiece::Piece(piece)
            }
            Ok(Err(error)) => NextPiece::End(FeedEnd::Unread(error.to_string())),
            Err(TryRecvError::Empty) => NextPiece::Awaited,
            Err(TryRecvError::Disconnected) => NextPiece::End(FeedEnd::Sent),
        }
    }
}

impl FeedSender {
    /// Hands over the next piece, or why it could not be read. Waits while enough pieces are read ahead.
    ///
    /// # Errors
    /// The feed has ended: nobody takes pieces any more.
    pub fn send(&self, piece: io::Result<Bytes>) -> Result<(), FeedOver> {
        self.pieces
            .send(piece)
            .map_err(|SendError(_piece)| FeedOver)?;
        self.wake();
        Ok(())
    }

    fn wake(&self) {
        if self.shared.is_awaited.swap(false, Ordering::SeqCst)
            && let Some(waker) = self.shared.waker.get()
        {
            waker.wake();
        }
    }
}

impl Drop for FeedSender {
    fn drop(&mut self) {
        // The worker sees the closed channel only after the sender is gone, so it is replaced before the wake.
        self.pieces = bounded(0).0;
        self.shared.is_awaited.store(true, Ordering::SeqCst);
        self.wake();
    }
}

/// A feed has ended before all of it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct FeedOver;
