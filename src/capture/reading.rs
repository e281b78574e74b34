//! A running reader thread, of the live session or of a capture opened for viewing.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::current::Current;
use super::reader::Reader;
use super::say::Say;
use super::store::Store;
use super::{HangUp, MAX_REQUESTS, MAX_UPDATES, RecordUpdate, Request, Wake, spawn};
use crate::net::Clock;

/// A handle to the thread `reader`. Once dropped, the thread ends by itself.
pub struct Reading {
    requests: Sender<Request>,
    hang_up: Sender<HangUp>,
    reader: JoinHandle<()>,
}

impl Reading {
    /// Starts reading a capture that nobody is recording here. `say` provides the words for finds and copies; `wake` is
    /// called after each answer that is sent.
    pub fn open(
        store: Arc<Store>,
        say: &'static dyn Say,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<(Self, Receiver<RecordUpdate>)> {
        let (updates, receiver) = bounded(MAX_UPDATES);
        let (reading, _end) = Self::start(None, Current::new(store), say, updates, Arc::new(wake))?;
        Ok((reading, receiver))
    }

    /// Starts reading. Also returns the end of a channel that hangs up when this is dropped.
    pub(super) fn start(
        clock: Option<Clock>,
        current: Current,
        say: &'static dyn Say,
        updates: Sender<RecordUpdate>,
        wake: Wake,
    ) -> io::Result<(Self, Receiver<HangUp>)> {
        let (requests, waiting) = bounded(MAX_REQUESTS);
        let (hang_up, end) = bounded(0);
        let reader = Reader::new(clock, current, say, waiting, updates, end.clone(), wake);
        let reader = spawn("reader", move || reader.run())?;
        let reading = Self {
            requests,
            hang_up,
            reader,
        };
        Ok((reading, end))
    }

    /// Sends a request to the reader thread. Never blocks.
    ///
    /// # Errors
    ///
    /// Returns the request if too many are waiting (the window has not taken its answers), or if the reader has ended
    /// because the receiver of its updates was dropped.
    pub fn request(&self, request: Request) -> Result<(), Box<Request>> {
        self.requests
            .try_send(request)
            .map_err(|refused| Box::new(refused.into_inner()))
    }

    /// Ends the thread and waits for it, at most until its current slice or copy (up to 16 MiB) is done.
    pub fn shutdown(self) {
        drop(self.hang_up);
        drop(self.requests);
        // A thread that panicked has nothing left to clean up.
        self.reader.join().ok();
    }
}
