//! Work that would hold its caller up, in a named thread of its own: one job after the other, with progress, a way to
//! cancel, and outcomes to take when there is time. Knows nothing of the jobs.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::Wake;
use crate::capture::Progress;
use crate::capture::progress::OnProgress;

/// How many jobs may wait, be under way, or have an outcome that was not taken; one more is refused.
const MAX_JOBS: u64 = 32;
/// How often progress wakes whoever watches it.
const WAKE_EVERY: Duration = Duration::from_millis(100);

type Job<T> = Box<dyn FnOnce(&mut OnProgress<'_>) -> T + Send>;

/// A thread that does jobs in their order. It starts with the first one.
pub(crate) struct Worker<T> {
    name: &'static str,
    wake: Wake,
    running: Option<Running<T>>,
    shared: Arc<Shared>,
    /// How many jobs were taken so far, and how many of their outcomes.
    jobs: u64,
    outcomes: u64,
}

struct Running<T> {
    jobs: Sender<Job<T>>,
    outcomes: Receiver<T>,
    thread: JoinHandle<()>,
}

/// What the thread and the handle on it both see.
#[derive(Default)]
struct Shared {
    /// Jobs up to this one, counted from 1, are to end at their next step.
    cancelled: AtomicU64,
    done: AtomicU64,
    total: AtomicU64,
}

/// Why a job was not taken.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum JobRefused {
    /// Too many jobs wait.
    Busy,
    /// The system could not start the thread.
    NoThread(#[source] io::Error),
}

impl<T: Send + 'static> Worker<T> {
    /// Makes a worker that calls `wake` after each outcome, and now and then while there is progress.
    pub(crate) fn new(name: &'static str, wake: Wake) -> Self {
        Self {
            name,
            wake,
            running: None,
            shared: Arc::default(),
            jobs: 0,
            outcomes: 0,
        }
    }

    /// Hands a job over; never blocks.
    pub(crate) fn order(
        &mut self,
        job: impl FnOnce(&mut OnProgress<'_>) -> T + Send + 'static,
    ) -> Result<(), JobRefused> {
        if self.jobs - self.outcomes >= MAX_JOBS {
            return Err(JobRefused::Busy);
        }
        let running = match self.running.take() {
            Some(running) => running,
            None => self.start().map_err(JobRefused::NoThread)?,
        };
        let sent = running.jobs.try_send(Box::new(job));
        self.running = Some(running);
        // There is room for as many as are counted, so only a thread that panicked takes none.
        sent.map_err(|_ended| JobRefused::Busy)?;
        self.jobs += 1;
        Ok(())
    }

    fn start(&self) -> io::Result<Running<T>> {
        let (jobs, waiting) = bounded::<Job<T>>(MAX_JOBS as usize);
        let (ended, outcomes) = bounded(MAX_JOBS as usize);
        let (shared, wake) = (Arc::clone(&self.shared), Arc::clone(&self.wake));
        let before = self.jobs;
        let thread = thread::Builder::new().name(self.name.to_owned());
        let thread = thread.spawn(move || {
            for (job, number) in waiting.into_iter().zip(before + 1..) {
                let outcome = job(&mut watch(&shared, number, &wake));
                // There is room, as for the jobs; an outcome that nobody is there to take is nobody's.
                ended.try_send(outcome).ok();
                wake();
            }
        })?;
        Ok(Running {
            jobs,
            outcomes,
            thread,
        })
    }

    /// Returns what came of a job, in the order of the jobs.
    pub(crate) fn outcome(&mut self) -> Option<T> {
        let outcome = self.running.as_ref()?.outcomes.try_recv().ok()?;
        self.outcomes += 1;
        Some(outcome)
    }

    /// Returns how far the job under way is; none when nothing is to be done or taken.
    pub(crate) fn progress(&self) -> Option<Progress> {
        let load = |number: &AtomicU64| number.load(Ordering::Relaxed);
        (self.jobs > self.outcomes).then(|| Progress {
            done: load(&self.shared.done),
            total: load(&self.shared.total),
        })
    }

    /// Returns how many jobs were taken so far.
    #[cfg(test)]
    pub(super) fn jobs(&self) -> u64 {
        self.jobs
    }

    /// Asks all jobs so far to end at their next step.
    pub(crate) fn cancel(&self) {
        self.shared.cancelled.store(self.jobs, Ordering::Relaxed);
    }

    /// Ends the thread after the jobs that wait, and waits for it: as long as they take, or until the next step of each
    /// when they are cancelled before. Outcomes that were not taken are lost.
    pub(crate) fn finish(&mut self) {
        if let Some(Running { jobs, thread, .. }) = self.running.take() {
            drop(jobs);
            // A panic in it has been reported already.
            thread.join().ok();
        }
        self.outcomes = self.jobs;
    }
}

/// Returns what a job reports its progress to: it wakes now and then, and breaks off when the job is cancelled.
fn watch(shared: &Shared, number: u64, wake: &Wake) -> impl FnMut(Progress) -> ControlFlow<()> {
    let mut woken = Instant::now();
    move |progress| {
        shared.done.store(progress.done, Ordering::Relaxed);
        shared.total.store(progress.total, Ordering::Relaxed);
        if woken.elapsed() >= WAKE_EVERY {
            woken = Instant::now();
            wake();
        }
        if shared.cancelled.load(Ordering::Relaxed) >= number {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    /// A worker, and how often it woke its owner.
    fn worker<T: Send + 'static>() -> (Worker<T>, Receiver<()>) {
        let (woken, wakes) = bounded(1_000);
        let wake: Wake = Arc::new(move || {
            woken.try_send(()).ok();
        });
        (Worker::new("worker", wake), wakes)
    }

    #[test]
    fn jobs_are_done_in_their_order_and_each_outcome_wakes() {
        let (mut worker, wakes) = worker();
        for number in 0..5 {
            worker.order(move |_| number).unwrap();
        }
        for number in 0..5 {
            wakes.recv_timeout(PATIENCE).unwrap();
            assert_eq!(worker.outcome(), Some(number));
        }
        assert_eq!(worker.progress(), None);
    }

    #[test]
    fn jobs_are_bounded_until_their_outcomes_are_taken() {
        let (mut worker, wakes) = worker();
        for _ in 0..MAX_JOBS {
            worker.order(|_| ()).unwrap();
        }
        assert!(matches!(worker.order(|_| ()), Err(JobRefused::Busy)));
        wakes.recv_timeout(PATIENCE).unwrap();
        assert_eq!(worker.outcome(), Some(()));
        worker.order(|_| ()).unwrap();
        worker.finish();
        worker.order(|_| ()).unwrap();
        worker.finish();
    }

    #[test]
    fn cancelling_ends_the_jobs_so_far_and_no_later_one() {
        let (mut worker, wakes) = worker();
        let (begun, beginning) = bounded(1);
        worker
            .order(move |progress| {
                begun.send(()).unwrap();
                let step = Progress { done: 1, total: 3 };
                while progress(step).is_continue() {
                    thread::yield_now();
                }
                "cancelled"
            })
            .unwrap();
        beginning.recv_timeout(PATIENCE).unwrap();
        worker.cancel();
        worker
            .order(|progress| match progress(Progress { done: 2, total: 3 }) {
                ControlFlow::Continue(()) => "done",
                ControlFlow::Break(()) => "cancelled too",
            })
            .unwrap();
        let mut outcomes = Vec::new();
        while outcomes.len() < 2 {
            wakes.recv_timeout(PATIENCE).unwrap();
            outcomes.extend(worker.outcome());
        }
        assert_eq!(outcomes, ["cancelled", "done"]);
    }
}
