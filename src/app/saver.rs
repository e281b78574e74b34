//! The thread that writes the workspace file, so that a slow disk never holds the window up.

use std::io;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::workspace::{Workspace, WorkspaceFile};

/// Writes workspaces, one after the other.
pub(super) struct Saver {
    /// Room for one: a workspace that still waits is replaced by a newer one.
    queue: Option<Sender<Workspace>>,
    /// The same queue from the other end, to take back what a newer one replaces.
    waiting: Receiver<Workspace>,
    problems: Receiver<String>,
    thread: Option<JoinHandle<()>>,
    can_save: bool,
}

impl Saver {
    /// Starts the thread; without a file nothing is saved.
    pub(super) fn start(file: Option<WorkspaceFile>) -> io::Result<Self> {
        let (queue, waiting) = bounded::<Workspace>(1);
        // A problem that finds no room repeats one that was not read yet.
        let (tell, problems) = bounded(4);
        let can_save = file.is_some();
        let jobs = waiting.clone();
        let thread = std::thread::Builder::new()
            .name("saver".to_owned())
            .spawn(move || {
                let Some(file) = file else { return };
                for workspace in jobs {
                    if let Err(error) = file.save(&workspace) {
                        // Full: the same problem waits to be read already. Closed: nobody reads any more.
                        tell.try_send(error.to_string()).ok();
                    }
                }
            })?;
        Ok(Self {
            queue: Some(queue),
            waiting,
            problems,
            thread: Some(thread),
            can_save,
        })
    }

    /// Saves a workspace soon; a newer one replaces one that waits.
    pub(super) fn save(&self, workspace: Workspace) {
        let Some(queue) = self.queue.as_ref().filter(|_| self.can_save) else {
            return;
        };
        if let Err(TrySendError::Full(workspace)) = queue.try_send(workspace) {
            // Empty by now: the thread has just taken the older one, and there is room as well.
            self.waiting.try_recv().ok();
            // Only this method fills the queue, so the place that was made is still free.
            queue.try_send(workspace).ok();
        }
    }

    /// Returns why the last save failed, once.
    pub(super) fn problem(&self) -> Option<String> {
        self.problems.try_iter().last()
    }

    /// Saves a last time and ends the thread.
    ///
    /// Bounded by the write of one small file, or two when one is under way.
    pub(super) fn finish(&mut self, workspace: Workspace) {
        let Some(thread) = self.thread.take() else {
            return;
        };
        self.save(workspace);
        self.queue = None;
        // Hanging up ends the loop after the last file; a panic in it has been reported already.
        thread.join().ok();
        if let Some(problem) = self.problem() {
            tell_last(&problem);
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "the window that would show it is closed"
)]
fn tell_last(problem: &str) {
    eprintln!("bothends: {problem}");
}
