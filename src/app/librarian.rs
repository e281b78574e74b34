//! The thread that works on the captures on disk, so that no slow disk ever holds the window up.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::capture::store::{Keep, StopCause, Store, StoreError};
use crate::capture::{Current, Library, LibraryError, Session, begin_at};
use crate::model::{LibraryTask, Offer};
use crate::net::EndpointId;
use crate::workspace::Recording;

/// How many jobs may wait; one more is refused, and the user is told.
const MAX_JOBS: usize = 32;

/// What there is to do.
#[derive(Debug)]
pub(super) enum Job {
    /// Let old sessions go, look for an interrupted one, and make the list.
    Tidy,
    /// Make the list anew.
    List,
    /// Open a capture's folder to look at it.
    Open(PathBuf),
    /// Save a session under a name.
    Save {
        /// Where it is.
        folder: PathBuf,
        /// What it is to be called.
        name: String,
        /// The capture, when it is open here.
        opened: Option<Arc<Store>>,
    },
    /// Delete a session.
    Delete(PathBuf),
    /// Note that the user was told of an interrupted session.
    NoteOffered(PathBuf),
    /// Keep so much of the session under way from now on.
    Keep(Recording),
    /// Go on recording where it stopped.
    Resume(Recording),
    /// Go on recording in another folder.
    ResumeAt(PathBuf, Recording),
    /// Keep the endpoints' names with the session.
    Name(HashMap<EndpointId, String>),
}

impl Job {
    /// Returns what the user wanted with it.
    pub(super) fn task(&self) -> LibraryTask {
        match self {
            Self::Open(_) => LibraryTask::Open,
            Self::Save { .. } => LibraryTask::Save,
            Self::Delete(_) => LibraryTask::Delete,
            Self::Resume(_) | Self::ResumeAt(..) => LibraryTask::Resume,
            Self::Tidy | Self::List | Self::NoteOffered(_) | Self::Keep(_) | Self::Name(_) => {
                LibraryTask::Aside
            }
        }
    }
}

/// What came of a job.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The list, with how many sessions went.
    Tidied {
        /// All sessions.
        sessions: Vec<Session>,
        /// How many went at this start, where that was the job.
        pruned: usize,
        /// An interrupted session that the user was not told of.
        offer: Option<Offer>,
        /// The folder of the session under way.
        live_folder: PathBuf,
        /// What is kept where nothing else is set.
        default_keep: Option<Keep>,
    },
    /// A capture is there to be looked at.
    Opened(Arc<Store>),
    /// The session is recorded into another capture now; this is the one before.
    Moved(Arc<Store>),
    /// How the record stands changed: the recorder is to tell.
    RecordChanged,
    /// Nothing that the window must know.
    Done,
    /// It could not be done, and why.
    Failed(String),
}

/// Works on the captures on disk, one job after the other.
pub(super) struct Librarian {
    jobs: Option<Sender<Job>>,
    outcomes: Receiver<(LibraryTask, Outcome)>,
    thread: Option<JoinHandle<()>>,
}

impl Librarian {
    /// Starts the thread; `wake` is called after each outcome. Without a library, there is no list.
    pub(super) fn start(
        library: Option<Library>,
        current: Current,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, waiting) = bounded::<Job>(MAX_JOBS);
        // One more than jobs can wait and be under way: an outcome always finds room unless the window has stopped to
        // take them, and then waiting is right.
        let (tell, outcomes) = bounded(MAX_JOBS + 1);
        let desk = Desk { library, current };
        let thread = std::thread::Builder::new()
            .name("librarian".to_owned())
            .spawn(move || {
                for job in waiting {
                    let task = job.task();
                    let outcome = desk.work(job).unwrap_or_else(Outcome::Failed);
                    if tell.send((task, outcome)).is_err() {
                        return;
                    }
                    wake();
                }
            })?;
        Ok(Self {
            jobs: Some(jobs),
            outcomes,
            thread: Some(thread),
        })
    }

    /// Hands a job over; never blocks. Returns false when too many wait.
    pub(super) fn take(&self, job: Job) -> bool {
        let jobs = self.jobs.as_ref();
        jobs.is_some_and(|jobs| jobs.try_send(job).is_ok())
    }

    /// Returns what came of a job, in their order, with what was wanted.
    pub(super) fn outcome(&self) -> Option<(LibraryTask, Outcome)> {
        self.outcomes.try_recv().ok()
    }

    /// Ends the thread after the jobs that wait.
    ///
    /// Bounded by these jobs: renames and deletes of folders, and at worst the copy of one capture across volumes, which
    /// must not be left half done.
    pub(super) fn finish(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // The thread must not wait for room to tell what nobody reads any more.
            while !thread.is_finished() {
                let outcome = self.outcomes.recv();
                if outcome.is_err() {
                    break;
                }
            }
            // A panic in it has been reported already.
            thread.join().ok();
        }
    }
}

/// What the thread works with.
struct Desk {
    library: Option<Library>,
    current: Current,
}

impl Desk {
    fn work(&self, job: Job) -> Result<Outcome, String> {
        match job {
            Job::Tidy => Ok(self.tidied(true)),
            Job::List => Ok(self.tidied(false)),
            Job::Open(path) => open(&path).map(Outcome::Opened).map_err(words),
            Job::Save {
                folder,
                name,
                opened,
            } => self.save(&folder, &name, opened.as_deref()),
            Job::Delete(folder) => {
                self.library()?.delete(&folder).map_err(words)?;
                Ok(self.tidied(false))
            }
            Job::NoteOffered(folder) => {
                self.library()?.note_offered(&folder).map_err(words)?;
                Ok(self.tidied(false))
            }
            Job::Keep(recording) => Ok(self.keep(recording, false)),
            Job::Resume(recording) => self.resume(recording),
            Job::ResumeAt(dir, recording) => self.resume_at(&dir, recording),
            Job::Name(names) => {
                let store = self.current.store();
                // Where recording has stopped, so have the names; that it did is shown.
                store.name_endpoints(&names).ok();
                Ok(Outcome::Done)
            }
        }
    }

    fn library(&self) -> Result<&Library, String> {
        let library = self.library.as_ref();
        library.ok_or_else(|| "there is no home directory".to_owned())
    }

    fn tidied(&self, is_start: bool) -> Outcome {
        let library = self.library.as_ref();
        let pruned = match library {
            Some(library) if is_start => library.prune(SystemTime::now()).len(),
            _ => 0,
        };
        Outcome::Tidied {
            sessions: library.map(Library::sessions).unwrap_or_default(),
            pruned,
            offer: library.and_then(offer),
            live_folder: self.current.store().dir(),
            default_keep: library.map(Library::default_keep),
        }
    }

    fn save(&self, folder: &Path, name: &str, opened: Option<&Store>) -> Result<Outcome, String> {
        let library = self.library()?;
        let live = self.current.store();
        if live.dir() == folder {
            library.save_live(&live, name).map_err(words)?;
            return Ok(self.tidied(false));
        }
        let place = library.save(folder, name).map_err(words)?;
        if let Some(opened) = opened {
            opened.relocate(|_| Ok(place)).map_err(words)?;
        }
        Ok(self.tidied(false))
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

    /// Goes on where recording stopped; a session that could not begin does so now.
    fn resume(&self, recording: Recording) -> Result<Outcome, String> {
        let is_nowhere = self.current.store().dir().as_os_str().is_empty();
        if !is_nowhere {
            return Ok(self.keep(recording, true));
        }
        let library = self.library()?;
        let default = library.default_keep();
        let keep = recording.keep(default).unwrap_or(default);
        let store = library.begin(keep, SystemTime::now()).map_err(words)?;
        Ok(Outcome::Moved(self.current.go_on_in(Arc::new(store))))
    }

    fn resume_at(&self, dir: &Path, recording: Recording) -> Result<Outcome, String> {
        if !dir.is_absolute() {
            return Err("type the whole path of a folder".to_owned());
        }
        let default = self.default_keep(dir);
        let keep = recording.keep(default).unwrap_or(default);
        let store = begin_at(dir, keep, SystemTime::now()).map_err(words)?;
        // Names are a help for the reader; the entries are whole without them.
        store
            .name_endpoints(&self.current.store().manifest().names())
            .ok();
        Ok(Outcome::Moved(self.current.go_on_in(Arc::new(store))))
    }
}

/// Opens a capture to look at it.
fn open(path: &Path) -> Result<Arc<Store>, StoreError> {
    Store::open(path).map(Arc::new)
}

fn offer(library: &Library) -> Option<Offer> {
    let session = library.interrupted()?;
    let entries = match Store::open(&session.folder) {
        Ok(store) => {
            let status = store.status();
            status.entries - status.first_kept
        }
        // Opening it will tell why.
        Err(_) => 0,
    };
    Some(Offer { session, entries })
}

fn words(error: impl Into<LibraryError>) -> String {
    error.into().to_string()
}
