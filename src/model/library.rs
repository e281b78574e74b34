//! The captures on disk as the window shows them: the list, an interrupted one that is offered, what went wrong.

use std::path::PathBuf;

use crate::capture::Session;
use crate::capture::store::Keep;
use crate::session::{LibraryTask, Listing, Offer};
use crate::words::{InWords, Problem};

/// The captures on disk.
#[derive(Debug, Default)]
pub struct LibraryModel {
    /// All of them, newest first, as they were when the list was last made; none before that.
    pub sessions: Option<Vec<Session>>,
    /// How many sessions that were not saved went at this start.
    pub pruned: usize,
    /// The folder of the session under way.
    pub live_folder: Option<PathBuf>,
    /// The user's folder for documents, where exports go unless another place is named.
    pub documents: Option<PathBuf>,
    /// What is kept where nothing else is set, once it is known.
    pub default_keep: Option<Keep>,
    /// An interrupted session of an earlier run, to be decided on.
    pub offer: Option<Offer>,
    problem: Option<(LibraryTask, Problem)>,
    /// How many things that the user waits for are being done.
    pending: usize,
}

impl LibraryModel {
    /// Returns what the session under way is called.
    pub fn live_title(&self) -> Option<String> {
        let name = self.live_folder.as_ref()?.file_name()?;
        Some(Session::title_of(&name.to_string_lossy()))
    }

    /// Takes over how the library stands.
    pub fn fold(&mut self, listing: Listing) {
        self.sessions = Some(listing.sessions);
        self.pruned += listing.pruned;
        self.offer = listing.offer;
        self.live_folder = Some(listing.live_folder);
        self.default_keep = listing.default_keep;
    }

    /// Notes that something is being done; what went wrong before is forgotten.
    pub fn began(&mut self, task: LibraryTask) {
        if task != LibraryTask::Aside {
            self.pending += 1;
            self.problem = None;
        }
    }

    /// Notes that it is done, or why it could not be.
    pub fn ended(&mut self, task: LibraryTask, problem: Option<Problem>) {
        if task != LibraryTask::Aside {
            self.pending = self.pending.saturating_sub(1);
        }
        if let Some(problem) = problem {
            self.problem = Some((task, problem));
        }
    }

    /// Returns whether something is being done.
    pub fn is_busy(&self) -> bool {
        self.pending > 0
    }

    /// Returns what went wrong with the last thing wanted, if it was this.
    pub fn problem(&self, task: LibraryTask) -> Option<&dyn InWords> {
        let (failed, problem) = self.problem.as_ref()?;
        (*failed == task).then_some(problem.as_ref())
    }

    /// Forgets what went wrong.
    pub fn forget_problem(&mut self) {
        self.problem = None;
    }
}
