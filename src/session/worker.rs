//! Work that would block its caller, on its own named thread: one job after another, with progress, cancellation, and
//! outcomes to take later. Knows nothing of the jobs.

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

/// How many jobs may be waiting, running, or finished with an outcome not yet taken; one more is refused.
const MAX_JOBS: u64 = 32;
/// The least time between two wake-ups for progress.
const WAKE_EVERY: Duration = Duration::from_millis(100);

type Job<T> = Box<dyn FnOnce(&mut OnProgress<'_>) -> T + Send>;

/// A thread that runs jobs in order. It starts with the first one.
pub(crate) struct JobThread<T> {
    name: &'static str,
    wake: Wake,
    running: Option<Running<T>>,
    shared: Arc<Shared>,
    /// How many jobs have been accepted, and how many of their outcomes have been taken.
    jobs: u64,
    outcomes: u64,
}

struct Running<T> {
    jobs: Sender<Job<T>>,
    outcomes: Receiver<T>,
    thread: JoinHandle<()>,
}

/// The state shared by the thread and its handle.
#[derive(Default)]
struct Shared {
    /// Jobs up to this number, counted from 1, must end at their next step.
    cancelled: AtomicU64,
    done: AtomicU64,
    total: AtomicU64,
}

/// Why a job was not accepted.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum JobRefused {
    /// Too many jobs are waiting.
    Busy,
    /// The system could not start the thread.
    NoThread(#[source] io::Error),
}

impl<T: Send + 'static> JobThread<T> {
    /// Makes a worker that calls `wake` after each outcome, and at intervals while there is progress.
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

    /// Submits a job; never blocks.
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
        // The channel has room for all counted jobs, so this fails only if the thread panicked.
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
                // The channel has room, as for the jobs; without a receiver the outcome is dropped.
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

    /// Returns the next outcome, in the order of the jobs.
    pub(crate) fn outcome(&mut self) -> Option<T> {
        let outcome = self.running.as_ref()?.outcomes.try_recv().ok()?;
        self.outcomes += 1;
        Some(outcome)
    }

    /// Returns the progress of the running job; `None` if there are neither jobs nor outcomes.
    pub(crate) fn progress(&self) -> Option<Progress> {
        let load = |number: &AtomicU64| number.load(Ordering::Relaxed);
        (self.jobs > self.outcomes).then(|| Progress {
            done: load(&self.shared.done),
            total: load(&self.shared.total),
        })
    }

    /// Returns how many jobs have been accepted so far.
    #[cfg(test)]
    pub(super) fn jobs(&self) -> u64 {
        self.jobs
    }

    /// Asks all jobs so far to end at their next step.
    pub(crate) fn cancel(&self) {
        self.shared.cancelled.store(self.jobs, Ordering::Relaxed);
    }

    /// Ends the thread after the waiting jobs, and joins it: this takes as long as the jobs, or until each one's next
    /// step if they were cancelled. Outcomes not taken are lost.
    pub(crate) fn finish(&mut self) {
        if let Some(Running { jobs, thread, .. }) = self.running.take() {
            drop(jobs);
            // A panic in the thread has already been reported.
            thread.join().ok();
        }
        self.outcomes = self.jobs;
    }
}

/// Returns the progress callback of a job: it wakes the owner at intervals, and breaks when the job is cancelled.
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
    fn worker<T: Send + 'static>() -> (JobThread<T>, Receiver<()>) {
        let (woken, wakes) = bounded(1_000);
        let wake: Wake = Arc::new(move || {
            woken.try_send(()).ok();
        });
        (JobThread::new("worker", wake), wakes)
    }

    #[test]
    fn jobs_run_in_order_and_each_outcome_wakes_the_owner() {
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
    fn cancelling_ends_earlier_jobs_but_no_later_one() {
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
