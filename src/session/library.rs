//! The captures on disk: what there is to do with them, on a thread that a slow disk may hold up.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::{Session, SessionError, Update};
use crate::capture::store::{Keep, StopCause, Store};
use crate::capture::{Current, Library, ListedCapture, begin_at};
use crate::workspace::Recording;

/// What somebody wants of the library: where its problem is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibraryTask {
    /// To open a capture or a file.
    Open,
    /// To save a session.
    Save,
    /// To delete a session.
    Delete,
    /// To record on, or elsewhere.
    Resume,
    /// Something that nobody waits for.
    Aside,
}

/// The captures of the library, as they stand.
#[derive(Debug)]
pub struct Listing {
    /// All of them, newest first.
    pub sessions: Vec<ListedCapture>,
    /// How many were deleted because they were old, where this is the first list.
    pub pruned: usize,
    /// An interrupted session that the user has not been shown.
    pub offer: Option<Offer>,
    /// The folder of the session under way.
    pub live_folder: PathBuf,
    /// What is kept where nothing else is set.
    pub default_keep: Option<Keep>,
}

/// An interrupted session that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which one.
    pub session: ListedCapture,
    /// How many entries it holds.
    pub entries: u64,
}

/// What came of a job.
pub(super) enum Outcome {
    /// The library may have changed.
    Listed(Listing),
    /// A capture can be looked at.
    Opened(Arc<Store>),
    /// What was to be opened is a file, which is to be imported.
    IsFile(PathBuf),
    /// The session is recorded into another capture now; this is the one before.
    Moved(Arc<Store>),
    /// How the record stands has changed: the recorder is to report it.
    RecordChanged,
    /// Nothing more.
    Done,
}

/// What the jobs work with.
pub(super) struct Desk {
    pub(super) library: Option<Library>,
    pub(super) current: Current,
}

impl Session {
    /// Makes the list of captures anew.
    pub fn list_captures(&mut self) {
        self.work(LibraryTask::Aside, |desk| Ok(desk.list(0)));
    }

    /// Deletes what need not be kept, and makes the first list.
    pub fn tidy(&mut self) {
        self.work(LibraryTask::Aside, |desk| {
            let library = desk.library.as_ref();
            Ok(desk.list(library.map_or(0, |it| it.prune(SystemTime::now()).len())))
        });
    }

    /// Saves a session under a name.
    pub fn save_capture(&mut self, folder: PathBuf, name: String) {
        let opened = self.opened_in(&folder).map(|it| Arc::clone(&it.store));
        self.work(LibraryTask::Save, move |desk| {
            desk.save(&folder, &name, opened.as_deref())
        });
    }

    /// Deletes a session; where it is open, it is closed.
    pub fn delete_capture(&mut self, folder: PathBuf) {
        self.work(LibraryTask::Delete, move |desk| {
            desk.library()?.delete(&folder)?;
            Ok(desk.list(0))
        });
    }

    /// Notes that the user was shown an interrupted session.
    pub fn note_offered(&mut self, folder: PathBuf) {
        self.work(LibraryTask::Aside, move |desk| {
            desk.library()?.note_offered(&folder)?;
            Ok(desk.list(0))
        });
    }

    /// Keeps so much of what is recorded from now on.
    pub fn keep(&mut self, recording: Recording) {
        self.work(LibraryTask::Aside, move |desk| {
            Ok(desk.keep(recording, false))
        });
    }

    /// Goes on recording where it stopped; a session that could not begin does so now.
    pub fn resume(&mut self, recording: Recording) {
        self.work(LibraryTask::Resume, move |desk| desk.resume(recording));
    }

    /// Goes on recording in another folder.
    pub fn resume_at(&mut self, dir: PathBuf, recording: Recording) {
        self.work(LibraryTask::Resume, move |desk| {
            desk.resume_at(&dir, recording)
        });
    }

    /// Opens what stands at a path, a capture's folder or another tool's file.
    pub(super) fn open_path(&mut self, path: PathBuf) {
        self.work(LibraryTask::Open, move |_| {
            if path.is_file() {
                return Ok(Outcome::IsFile(path));
            }
            Ok(Outcome::Opened(Arc::new(Store::open(&path)?)))
        });
    }

    /// Deletes a capture that was made of another tool's file, and is not looked at any more.
    pub(super) fn discard(&mut self, store: Arc<Store>) {
        if store.manifest().origin().is_some() {
            // With a full queue, it is deleted at the next start.
            self.work(LibraryTask::Aside, move |desk| {
                desk.library()?.discard(&store)?;
                Ok(Outcome::Done)
            });
        }
    }

    /// Keeps the endpoints' names with the record, where they changed.
    pub(super) fn keep_names(&mut self) {
        if self.are_names_due {
            let (desk, names) = (Arc::clone(&self.desk), Arc::clone(&self.names));
            let ordered = self.librarian.order(move |_| {
                // Where recording has stopped, so have the names; that it did is shown.
                desk.current.store().name_endpoints(&names).ok();
                (LibraryTask::Aside, Ok(Outcome::Done))
            });
            // With a full queue, it is tried again.
            self.are_names_due = ordered.is_err();
        }
    }

    fn work(
        &mut self,
        task: LibraryTask,
        job: impl FnOnce(&Desk) -> Result<Outcome, SessionError> + Send + 'static,
    ) {
        let desk = Arc::clone(&self.desk);
        if let Err(refused) = self.librarian.order(move |_| (task, job(&desk))) {
            self.end(task, Some(refused.into()));
        }
    }

    pub(super) fn end(&mut self, task: LibraryTask, problem: Option<SessionError>) {
        if problem.is_some() || task != LibraryTask::Aside {
            self.updates.push_back(Update::Ended { task, problem });
        }
    }
}

impl Desk {
    fn library(&self) -> Result<&Library, SessionError> {
        self.library.as_ref().ok_or(SessionError::NoHome)
    }

    fn list(&self, pruned: usize) -> Outcome {
        let library = self.library.as_ref();
        Outcome::Listed(Listing {
            sessions: library.map(Library::sessions).unwrap_or_default(),
            pruned,
            offer: library.and_then(offer),
            live_folder: self.current.store().dir(),
            default_keep: library.map(Library::default_keep),
        })
    }

    fn save(
        &self,
        folder: &Path,
        name: &str,
        opened: Option<&Store>,
    ) -> Result<Outcome, SessionError> {
        let library = self.library()?;
        let live = self.current.store();
        if live.dir() == folder {
            library.save_live(&live, name)?;
            return Ok(self.list(0));
        }
        let place = library.save(folder, name)?;
        if let Some(opened) = opened {
            opened.relocate(|_| Ok(place))?;
        }
        Ok(self.list(0))
    }

    fn default_keep(&self, dir: &Path) -> Keep {
        match &self.library {
            Some(library) if dir.as_os_str().is_empty() => library.default_keep(),
            _ => Keep::everything(dir),
        }
    }

    fn keep(&self, recording: Recording, is_resumed: bool) -> Outcome {
        let store = self.current.store();
        let keep = recording.keep(self.default_keep(&store.dir()));
        let is_off = store.status().stopped == Some(StopCause::Off);
        match keep {
            None => store.switch_off(),
            Some(keep) if is_resumed || is_off => store.resume(keep),
            Some(keep) => store.set_keep(keep),
        }
        Outcome::RecordChanged
    }

    fn resume(&self, recording: Recording) -> Result<Outcome, SessionError> {
        let is_nowhere = self.current.store().dir().as_os_str().is_empty();
        if !is_nowhere {
            return Ok(self.keep(recording, true));
        }
        let library = self.library()?;
        let default = library.default_keep();
        let keep = recording.keep(default).unwrap_or(default);
        let store = library.begin(keep, SystemTime::now())?;
        Ok(Outcome::Moved(self.current.go_on_in(Arc::new(store))))
    }

    fn resume_at(&self, dir: &Path, recording: Recording) -> Result<Outcome, SessionError> {
        if !dir.is_absolute() {
            return Err(SessionError::RelativePath);
        }
        let default = self.default_keep(dir);
        let keep = recording.keep(default).unwrap_or(default);
        let store = begin_at(dir, keep, SystemTime::now())?;
        // Names are a help for the reader; the entries are whole without them.
        store
            .name_endpoints(&self.current.store().manifest().names())
            .ok();
        Ok(Outcome::Moved(self.current.go_on_in(Arc::new(store))))
    }
}

fn offer(library: &Library) -> Option<Offer> {
    let session = library.interrupted()?;
    let entries = match Store::open(&session.folder) {
        Ok(store) => {
            let status = store.status();
            status.entries - status.first_kept
        }
        // Opening it will say why.
        Err(_) => 0,
    };
    Some(Offer { session, entries })
}
