//! The sessions on disk as the window shows them: the list, the offer of an interrupted one, problems.

use std::path::PathBuf;

use crate::capture::ListedCapture;
use crate::capture::store::Keep;
use crate::session::{LibraryTask, Listing, Offer};
use crate::words::{InWords, Problem};

/// The sessions on disk.
#[derive(Debug, Default)]
pub struct LibraryModel {
    /// All of them, newest first, as of the last refresh; `None` before the first.
    pub sessions: Option<Vec<ListedCapture>>,
    /// How many unsaved sessions were deleted at this start.
    pub pruned: usize,
    /// The folder of the live session.
    pub live_folder: Option<PathBuf>,
    /// The user's documents folder, where exports go by default.
    pub documents_folder: Option<PathBuf>,
    /// How much is kept by default, once it is known.
    pub default_keep: Option<Keep>,
    /// An interrupted session of an earlier run that is offered.
    pub offer: Option<Offer>,
    problem: Option<(LibraryTask, Problem)>,
    /// How many tasks that the user waits for are in progress.
    pending: usize,
}

impl LibraryModel {
    /// Returns the title of the live session.
    pub fn live_title(&self) -> Option<String> {
        let name = self.live_folder.as_ref()?.file_name()?;
        Some(ListedCapture::title_of(&name.to_string_lossy()))
    }

    /// Takes the current list of the library.
    pub fn fold(&mut self, listing: Listing) {
        self.sessions = Some(listing.sessions);
        self.pruned += listing.pruned;
        self.offer = listing.offer;
        self.live_folder = Some(listing.live_folder);
        self.default_keep = listing.default_keep;
    }

    /// Notes that a task has begun, and clears the last problem.
    pub fn began(&mut self, task: LibraryTask) {
        if task != LibraryTask::Aside {
            self.pending += 1;
            self.problem = None;
        }
    }

    /// Notes that a task is done, or why it failed.
    pub fn ended(&mut self, task: LibraryTask, problem: Option<Problem>) {
        if task != LibraryTask::Aside {
            self.pending = self.pending.saturating_sub(1);
        }
        if let Some(problem) = problem {
            self.problem = Some((task, problem));
        }
    }

    /// Returns whether a task is in progress.
    pub fn is_busy(&self) -> bool {
        self.pending > 0
    }

    /// Returns the last problem, if it came from this task.
    pub fn problem(&self, task: LibraryTask) -> Option<&dyn InWords> {
        let (failed, problem) = self.problem.as_ref()?;
        (*failed == task).then_some(problem.as_ref())
    }

    /// Clears the last problem.
    pub fn forget_problem(&mut self) {
        self.problem = None;
    }
}
