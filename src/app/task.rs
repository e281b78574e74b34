//! Long work in a thread of its own, with its progress and a way to cancel it.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use crate::capture::Progress;
use crate::capture::progress::OnProgress;

/// How often the window is woken to show how far it is.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Work that is under way, and what comes of it.
pub(super) struct Task<T> {
    shared: Arc<Shared>,
    outcome: Receiver<T>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    is_cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl<T: Send + 'static> Task<T> {
    /// Starts `work` in a thread of this name; `wake` is called when there is progress to show and when it is over.
    pub(super) fn start(
        name: &str,
        wake: impl Fn() + Send + 'static,
        work: impl FnOnce(&mut OnProgress<'_>) -> T + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (tell, outcome) = bounded(1);
        let told = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let mut woken = Instant::now();
                let outcome = work(&mut |progress: Progress| {
                    told.done.store(progress.done, Ordering::Relaxed);
                    told.total.store(progress.total, Ordering::Relaxed);
                    if woken.elapsed() >= TELL_EVERY {
                        woken = Instant::now();
                        wake();
                    }
                    if told.is_cancelled.load(Ordering::Relaxed) {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                });
                // The window may be gone; there is room for the one outcome.
                tell.try_send(outcome).ok();
                wake();
            })?;
        Ok(Self {
            shared,
            outcome,
            thread: Some(thread),
        })
    }

    /// Asks the work to end at its next step.
    pub(super) fn cancel(&self) {
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Returns how far it is.
    pub(super) fn progress(&self) -> Progress {
        let load = |number: &AtomicU64| number.load(Ordering::Relaxed);
        Progress {
            done: load(&self.shared.done),
            total: load(&self.shared.total),
        }
    }

    /// Returns what came of it, once.
    pub(super) fn outcome(&self) -> Option<T> {
        self.outcome.try_recv().ok()
    }

    /// Cancels the work and waits for its thread: at most for the step that it is at.
    pub(super) fn finish(&mut self) {
        self.cancel();
        if let Some(thread) = self.thread.take() {
            // A panic in it has been reported already.
            thread.join().ok();
        }
    }
}
