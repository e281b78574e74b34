//! Tasks on the captures on disk, on a thread that a slow disk may block.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::{Opening, Session, SessionError, Update};
use crate::capture::store::{Keep, StopCause, Store};
use crate::capture::{Current, Library, ListedCapture, begin_at};
use crate::workspace::{ReadDocument, ReadMessages, Recording, read_packets};

/// A task of the library, as far as it decides where its problem is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibraryTask {
    /// Opening a capture or a file.
    Open,
    /// Importing another tool's messages.
    Import,
    /// Saving a session.
    Save,
    /// Deleting a session.
    Delete,
    /// Resuming the recording, here or in another folder.
    Resume,
    /// A background task that nobody waits for.
    Aside,
}

/// The current captures of the library.
#[derive(Debug)]
pub struct Listing {
    /// All of them, newest first.
    pub sessions: Vec<ListedCapture>,
    /// How many old ones were deleted; counted in the first list only.
    pub pruned: usize,
    /// An interrupted session that has not been offered to the user before.
    pub offer: Option<Offer>,
    /// The folder of the live session.
    pub live_folder: PathBuf,
    /// How much is kept by default.
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

/// The outcome of a job.
pub(super) enum LibraryOutcome {
    /// The library may have changed.
    Listed(Listing),
    /// A capture has been opened.
    Opened(Arc<Store>),
    /// The path to open is another tool's file, which must be imported.
    IsFile(PathBuf),
    /// A document has been read.
    Read(Box<ReadDocument>),
    /// Messages of another tool have been read.
    Messages(ReadMessages),
    /// These files cannot be opened, as it seems.
    Missing(BTreeMap<PathBuf, io::ErrorKind>),
    /// The session is now recorded into another capture; this is the previous one.
    Moved(Arc<Store>),
    /// The state of the record has changed: the recorder must report it.
    RecordChanged,
    /// Nothing more.
    Done,
}

/// The state that the jobs work on.
pub(super) struct Desk {
    pub(super) library: Option<Library>,
    pub(super) current: Current,
}

impl Session {
    /// Refreshes the list of captures.
    pub fn list_captures(&mut self) {
        self.work(LibraryTask::Aside, |desk| Ok(desk.list(0)));
    }

    /// Deletes captures that need not be kept, and makes the first list.
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

    /// Deletes a session; if it is open, it is closed.
    pub fn delete_capture(&mut self, folder: PathBuf) {
        self.work(LibraryTask::Delete, move |desk| {
            desk.library()?.delete(&folder)?;
            Ok(desk.list(0))
        });
    }

    /// Notes that an interrupted session has been offered to the user.
    pub fn note_offered(&mut self, folder: PathBuf) {
        self.work(LibraryTask::Aside, move |desk| {
            desk.library()?.note_offered(&folder)?;
            Ok(desk.list(0))
        });
    }

    /// Changes how much is kept of what is recorded from now on.
    pub fn keep(&mut self, recording: Recording) {
        self.work(LibraryTask::Aside, move |desk| {
            Ok(desk.keep(recording, false))
        });
    }

    /// Resumes recording where it stopped; if the recording could not begin before, it begins now.
    pub fn resume(&mut self, recording: Recording) {
        self.work(LibraryTask::Resume, move |desk| desk.resume(recording));
    }

    /// Resumes recording in another folder.
    pub fn resume_at(&mut self, dir: PathBuf, recording: Recording) {
        self.work(LibraryTask::Resume, move |desk| {
            desk.resume_at(&dir, recording)
        });
    }

    /// Opens a path: a document, a capture's folder, or another tool's file.
    pub(super) fn open_path(&mut self, path: PathBuf) {
        let ids = self.document.ids().clone();
        self.work(LibraryTask::Open, move |_| {
            Ok(match Opening::of(&path)? {
                Opening::Document(path) => {
                    LibraryOutcome::Read(Box::new(ReadDocument::open(&path, ids)?))
                }
                Opening::Capture(path) => LibraryOutcome::Opened(Arc::new(Store::open(&path)?)),
                Opening::CapturedFile(path) => LibraryOutcome::IsFile(path),
                Opening::Messages(path) => LibraryOutcome::Messages(read_packets(&path)?),
            })
        });
    }

    /// Imports the messages of another tool's file into the document; [`Update::MessagesImported`] follows.
    pub fn import_messages(&mut self, path: PathBuf) {
        self.work(LibraryTask::Import, move |_| {
            Ok(LibraryOutcome::Messages(read_packets(&path)?))
        });
    }

    /// Looks which of these files there are; [`Update::Missing`] follows.
    pub fn look_at(&mut self, paths: Vec<PathBuf>) {
        self.work(LibraryTask::Aside, move |_| {
            let looked = paths.into_iter().map(|path| (fs::metadata(&path), path));
            let missing = looked.filter_map(|(found, path)| Some((path, found.err()?.kind())));
            Ok(LibraryOutcome::Missing(missing.collect()))
        });
    }

    /// Deletes a capture that was imported from another tool's file and has been closed.
    pub(super) fn discard(&mut self, store: Arc<Store>) {
        if store.manifest().origin().is_some() {
            // If the queue is full, it is deleted at the next start.
            self.work(LibraryTask::Aside, move |desk| {
                desk.library()?.discard(&store)?;
                Ok(LibraryOutcome::Done)
            });
        }
    }

    /// Saves the endpoints' names, and how their bytes are read, with the record if they have changed.
    pub(super) fn keep_facts(&mut self) {
        if self.are_facts_due {
            let (desk, facts) = (Arc::clone(&self.desk), Arc::clone(&self.facts));
            let ordered = self.librarian.order(move |_| {
                // If recording has stopped, they cannot be saved either; the window already shows that.
                desk.current.store().describe_endpoints(&facts).ok();
                (LibraryTask::Aside, Ok(LibraryOutcome::Done))
            });
            // If the queue is full, it is tried again.
            self.are_facts_due = ordered.is_err();
        }
    }

    fn work(
        &mut self,
        task: LibraryTask,
        job: impl FnOnce(&Desk) -> Result<LibraryOutcome, SessionError> + Send + 'static,
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

    fn list(&self, pruned: usize) -> LibraryOutcome {
        let library = self.library.as_ref();
        LibraryOutcome::Listed(Listing {
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
    ) -> Result<LibraryOutcome, SessionError> {
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

    fn keep(&self, recording: Recording, is_resumed: bool) -> LibraryOutcome {
        let store = self.current.store();
        let keep = recording.keep(self.default_keep(&store.dir()));
        let is_off = store.status().stopped == Some(StopCause::Off);
        match keep {
            None => store.switch_off(),
            Some(keep) if is_resumed || is_off => store.resume(keep),
            Some(keep) => store.set_keep(keep),
        }
        LibraryOutcome::RecordChanged
    }

    fn resume(&self, recording: Recording) -> Result<LibraryOutcome, SessionError> {
        let is_nowhere = self.current.store().dir().as_os_str().is_empty();
        if !is_nowhere {
            return Ok(self.keep(recording, true));
        }
        let library = self.library()?;
        let default = library.default_keep();
        let keep = recording.keep(default).unwrap_or(default);
        let store = library.begin(keep, SystemTime::now())?;
        Ok(LibraryOutcome::Moved(
            self.current.continue_in(Arc::new(store)),
        ))
    }

    fn resume_at(&self, dir: &Path, recording: Recording) -> Result<LibraryOutcome, SessionError> {
        if !dir.is_absolute() {
            return Err(SessionError::RelativePath);
        }
        let default = self.default_keep(dir);
        let keep = recording.keep(default).unwrap_or(default);
        let store = begin_at(dir, keep, SystemTime::now())?;
        // They only help the reader; the entries are complete without them.
        store
            .describe_endpoints(&self.current.store().manifest().endpoints().collect())
            .ok();
        Ok(LibraryOutcome::Moved(
            self.current.continue_in(Arc::new(store)),
        ))
    }
}

fn offer(library: &Library) -> Option<Offer> {
    let session = library.interrupted()?;
    let entries = match Store::open(&session.folder) {
        Ok(store) => {
            let status = store.status();
            status.entries - status.first_kept
        }
        // Opening it will report the error.
        Err(_) => 0,
    };
    Some(Offer { session, entries })
}
