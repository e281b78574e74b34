//! A thread that takes an engine's events, and is waited for as long as it makes progress.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::{HangUp, spawn};
use crate::net::STALL_LIMIT;

/// How long to wait for a thread to which nothing happens: its source has not ended.
const IDLE_LIMIT: Duration = Duration::from_secs(2);

/// How far a thread has got; it is shared with those who wait for it.
#[derive(Debug, Default)]
pub(super) struct Headway {
    done: AtomicU64,
    is_idle: AtomicBool,
}

impl Headway {
    /// Notes that these many entries more have been dealt with.
    pub(super) fn add(&self, entries: u64) {
        self.done.fetch_add(entries, Ordering::Relaxed);
    }

    /// Notes whether the thread waits for events.
    pub(super) fn set_idle(&self, is_idle: bool) {
        self.is_idle.store(is_idle, Ordering::Relaxed);
    }

    fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

/// A running thread. Once dropped, it ends by itself with its source.
pub(super) struct Keeping {
    headway: Arc<Headway>,
    ended: Receiver<HangUp>,
    thread: JoinHandle<()>,
}

impl Keeping {
    /// Starts a thread of this name.
    pub(super) fn start(
        name: &str,
        body: impl FnOnce(&Headway) + Send + 'static,
    ) -> io::Result<Self> {
        let headway = Arc::new(Headway::default());
        let shared = Arc::clone(&headway);
        let (ending, ended) = bounded(0);
        let thread = spawn(name, move || {
            body(&shared);
            drop::<Sender<HangUp>>(ending);
        })?;
        Ok(Self {
            headway,
            ended,
            thread,
        })
    }

    /// Waits for the thread as long as it makes progress. Otherwise leaves it to itself: two seconds later if it
    /// waits for events, [`STALL_LIMIT`] later if it is stuck.
    ///
    /// Returns how many entries it has dealt with.
    pub(super) fn finish(self) -> u64 {
        loop {
            let done = self.headway.done();
            let is_idle = self.headway.is_idle.load(Ordering::Relaxed);
            let patience = if is_idle { IDLE_LIMIT } else { STALL_LIMIT };
            match self.ended.recv_timeout(patience) {
                Err(RecvTimeoutError::Timeout) if self.headway.done() == done => {
                    // One that has just become idle, or busy, is given the time for that.
                    if self.headway.is_idle.load(Ordering::Relaxed) == is_idle {
                        return done;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) | Ok(_) => break,
            }
        }
        // A thread that panicked has nothing left to clean up.
        self.thread.join().ok();
        self.headway.done()
    }
}
