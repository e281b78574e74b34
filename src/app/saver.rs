//! The thread that writes the document and the preferences, so that a slow disk never holds the window up.

use std::io;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{ConfigFolder, Document, Preferences, SaveError};

/// What is written together.
type Job = Box<(Document, Preferences)>;

/// Writes documents and preferences, one after the other.
pub(super) struct Saver {
    /// Room for one: what still waits is replaced by what is newer.
    queue: Option<Sender<Job>>,
    /// The same queue from the other end, to take back what is replaced.
    waiting: Receiver<Job>,
    problems: Receiver<SaveError>,
    thread: Option<JoinHandle<()>>,
}

impl Saver {
    /// Starts the thread.
    pub(super) fn start(mut folder: ConfigFolder) -> io::Result<Self> {
        let (queue, waiting) = bounded::<Job>(1);
        // A problem that finds no room repeats one that was not read yet.
        let (report, problems) = bounded(4);
        let jobs = waiting.clone();
        let thread = std::thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || {
                for job in jobs {
                    if let Err(error) = folder.save(&job.0, &job.1) {
                        // Full: the same problem waits to be read already. Closed: nobody reads any more.
                        report.try_send(error).ok();
                    }
                }
            })?;
        Ok(Self {
            queue: Some(queue),
            waiting,
            problems,
            thread: Some(thread),
        })
    }

    /// Saves soon; what still waits is replaced.
    pub(super) fn save(&self, document: Document, preferences: Preferences) {
        let Some(queue) = &self.queue else { return };
        if let Err(TrySendError::Full(job)) = queue.try_send(Box::new((document, preferences))) {
            // Empty by now: the thread has just taken the older one, and there is room as well.
            self.waiting.try_recv().ok();
            // Only this method fills the queue, so the place that was made is still free.
            queue.try_send(job).ok();
        }
    }

    /// Returns why the last save failed, once.
    pub(super) fn problem(&self) -> Option<SaveError> {
        self.problems.try_iter().last()
    }

    /// Saves a last time and ends the thread.
    ///
    /// Bounded by the write of two small files, or four when two are under way.
    pub(super) fn finish(&mut self, document: Document, preferences: Preferences) {
        let Some(thread) = self.thread.take() else {
            return;
        };
        self.save(document, preferences);
        self.queue = None;
        // Hanging up ends the loop after the last file; a panic in it has been reported already.
        thread.join().ok();
        if let Some(problem) = self.problem() {
            report_last(&problem.in_words(&ENGLISH));
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "the window that would show it is closed"
)]
fn report_last(problem: &str) {
    eprintln!("bothends: {problem}");
}
