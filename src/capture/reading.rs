//! A reader thread at work: of the live session, or of a capture that was opened to look at it.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::current::Current;
use super::reader::Reader;
use super::say::Say;
use super::store::Store;
use super::{HangUp, MAX_REQUESTS, MAX_UPDATES, Request, Update, Wake, spawn};
use crate::net::Clock;

/// The thread `reader`, and the way to ask it. Dropping it lets the thread end by itself.
pub struct Reading {
    requests: Sender<Request>,
    hang_up: Sender<HangUp>,
    reader: JoinHandle<()>,
}

impl Reading {
    /// Starts to read a capture that nobody records here. `say` has the words that finds look through and copies hold;
    /// `wake` is called after each answer was sent.
    pub fn open(
        store: Arc<Store>,
        say: &'static dyn Say,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<(Self, Receiver<Update>)> {
        let (updates, receiver) = bounded(MAX_UPDATES);
        let (reading, _end) = Self::start(None, Current::new(store), say, updates, Arc::new(wake))?;
        Ok((reading, receiver))
    }

    /// Starts to read; returns also the end of the channel whose other end hangs up with this.
    pub(super) fn start(
        clock: Option<Clock>,
        current: Current,
        say: &'static dyn Say,
        updates: Sender<Update>,
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

    /// Asks the reader thread; never blocks.
    ///
    /// # Errors
    ///
    /// Gives the request back when too many of them wait (the window has not taken its answers), or when the reader
    /// has ended because the receiver of its updates was dropped.
    pub fn request(&self, request: Request) -> Result<(), Box<Request>> {
        self.requests
            .try_send(request)
            .map_err(|refused| Box::new(refused.into_inner()))
    }

    /// Ends the thread and waits for it, at most for the slice or the copy (16 MiB at most) that it is at.
    pub fn shutdown(self) {
        drop(self.hang_up);
        drop(self.requests);
        // A thread that panicked has nothing left to clean up.
        self.reader.join().ok();
    }
}
