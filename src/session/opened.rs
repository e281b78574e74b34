//! The captures that are open beside the session's own record: opened from disk, or imported from another tool's file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::Receiver;

use super::library::Outcome;
use super::{LibraryTask, Session, SessionError, Update};
use crate::capture::import::{ImportFailure, Imported, import};
use crate::capture::pcap::{ImportError, Summary};
use crate::capture::store::Store;
use crate::capture::{self, Progress, Reading, RecordStatus, Request, title};
use crate::net::EndpointId;

/// How many captures can be open beside the session's own record.
pub const MAX_OPENED: usize = 16;

/// A capture that can be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaptureId {
    /// The record of the session under way.
    #[default]
    Live,
    /// One that was opened; a number is never used twice.
    Opened(u32),
}

/// A capture that was opened, as it stands.
#[derive(Debug)]
pub struct OpenedCapture {
    /// Which one.
    pub id: CaptureId,
    /// What it is called.
    pub name: String,
    /// What was opened: the capture's folder, or another tool's file.
    pub place: PathBuf,
    /// How much is on record.
    pub record: RecordStatus,
    /// The names of its endpoints.
    pub names: HashMap<EndpointId, String>,
}

/// What could not be taken over of another tool's file.
#[derive(Debug)]
pub struct ImportLacks {
    /// What was found in it.
    pub summary: Summary,
    /// Why its end is missing, where it was cut off or is damaged.
    pub cut: Option<ImportError>,
}

/// A capture that is open, with a reader of its own.
pub(super) struct Opened {
    pub(super) id: CaptureId,
    pub(super) store: Arc<Store>,
    reading: Reading,
    updates: Receiver<capture::Update>,
}

/// A file, and what came of reading it.
pub(super) type Import = (PathBuf, Result<Imported, ImportFailure>);

impl Session {
    /// Opens what stands at a path, a capture's folder or another tool's file. [`Update::Opened`] follows, or
    /// [`Update::Shown`] when it is open already.
    pub fn open(&mut self, path: PathBuf) {
        let is_live = self.live_folder.as_ref() == Some(&path);
        let open = self.open_in(&path).or(is_live.then_some(CaptureId::Live));
        match open {
            Some(id) => {
                self.updates.push_back(Update::Shown(id));
                self.end(LibraryTask::Open, None);
            }
            None if self.opened.len() >= MAX_OPENED => {
                self.end(LibraryTask::Open, Some(SessionError::TooManyOpen));
            }
            None => self.open_path(path),
        }
    }

    /// Puts a capture away that was opened; its reader ends by itself.
    pub fn close(&mut self, id: CaptureId) {
        let closed: Vec<_> = self.opened.extract_if(.., |it| it.id == id).collect();
        for opened in closed {
            self.discard(opened.store);
        }
    }

    /// Returns which of the opened captures stands in this folder.
    pub fn open_in(&self, folder: &Path) -> Option<CaptureId> {
        self.opened_in(folder).map(|it| it.id)
    }

    pub(super) fn opened_in(&self, folder: &Path) -> Option<&Opened> {
        self.opened.iter().find(|it| it.store.dir() == folder)
    }

    /// Returns a capture; none of one that was closed.
    pub fn store(&self, id: CaptureId) -> Option<Arc<Store>> {
        match id {
            CaptureId::Live => Some(self.desk.current.store()),
            CaptureId::Opened(_) => {
                let opened = self.opened.iter().find(|it| it.id == id);
                opened.map(|it| Arc::clone(&it.store))
            }
        }
    }

    /// Asks the reader of a capture; never blocks. Gives the request back when too many of them wait.
    pub fn request(&self, id: CaptureId, request: Request) -> Result<(), Box<Request>> {
        let opened = self.opened.iter().find(|it| it.id == id);
        match (opened, &self.capture) {
            (Some(opened), _) => opened.reading.request(request),
            (None, Some(capture)) if id == CaptureId::Live => capture.request(request),
            _ => Err(Box::new(request)),
        }
    }

    /// Returns the next answer of an opened capture's reader.
    pub(super) fn opened_answer(&self) -> Option<Update> {
        self.opened.iter().find_map(|opened| {
            let mut updates = opened.updates.try_iter();
            updates.find_map(|update| match update {
                capture::Update::Answer(answer) => Some(Update::Answer(opened.id, answer)),
                capture::Update::Status(_) => None,
            })
        })
    }

    /// Looks at a capture; `place` is what the user opened.
    pub(super) fn add_opened(
        &mut self,
        store: Arc<Store>,
        place: PathBuf,
    ) -> Result<(), SessionError> {
        let wake = Arc::clone(&self.wake);
        let reading = Reading::open(Arc::clone(&store), self.say, move || wake());
        let (reading, updates) = reading.map_err(SessionError::NoThread)?;
        self.ever_opened += 1;
        let id = CaptureId::Opened(self.ever_opened);
        self.updates.push_back(Update::Opened(OpenedCapture {
            id,
            name: title(&store),
            place,
            record: store.status(),
            names: store.manifest().names(),
        }));
        self.opened.push(Opened {
            id,
            store,
            reading,
            updates,
        });
        Ok(())
    }

    /// Returns which file is being imported, and how far that is.
    pub fn import_progress(&self) -> Option<(&Path, Progress)> {
        let path = self.importing.as_deref()?;
        Some((path, self.importer.progress()?))
    }

    /// Breaks the import off that is under way.
    pub fn cancel_import(&self) {
        self.importer.cancel();
    }

    /// Imports a file into a capture of its own, which is deleted when it is closed.
    fn import(&mut self, path: PathBuf) -> Result<(), SessionError> {
        if self.importing.is_some() {
            return Err(SessionError::FileAtWork);
        }
        let library = self.desk.library.as_ref().ok_or(SessionError::NoHome)?;
        let dir = library.place_for_import(SystemTime::now());
        let file = path.clone();
        self.importer.order(move |progress| {
            let imported = import(&path, &dir, progress);
            match &imported {
                // While it is looked at, no other window takes it for a leftover; where there is no lock, it may.
                Ok(imported) => drop(imported.store.hold()),
                // A leftover is deleted at the next start at the latest.
                Err(_) => drop(std::fs::remove_dir_all(&dir)),
            }
            (path, imported)
        })?;
        self.importing = Some(file);
        Ok(())
    }

    /// Takes in what came of the jobs on captures.
    pub(super) fn take_outcomes(&mut self) {
        while let Some((task, outcome)) = self.librarian.outcome() {
            match outcome {
                Ok(Outcome::IsFile(path)) => {
                    if let Err(error) = self.import(path) {
                        self.end(task, Some(error));
                    }
                }
                outcome => {
                    let problem = outcome.and_then(|outcome| self.take_outcome(outcome)).err();
                    self.end(task, problem);
                }
            }
        }
        while let Some((path, imported)) = self.importer.outcome() {
            self.importing = None;
            let problem = self.take_import(path, imported).err();
            self.end(LibraryTask::Open, problem);
        }
    }

    fn take_outcome(&mut self, outcome: Outcome) -> Result<(), SessionError> {
        match outcome {
            Outcome::Listed(listing) => {
                self.live_folder = Some(listing.live_folder.clone());
                self.updates.push_back(Update::Listed(listing));
            }
            Outcome::Opened(store) => {
                let place = store.dir();
                self.add_opened(store, place)?;
            }
            Outcome::Moved(before) => {
                self.updates.push_back(Update::Moved);
                self.stir();
                if before.status().entries > 0 {
                    let place = before.dir();
                    self.add_opened(before, place)?;
                    // What happens now is in the live session, not in what was before.
                    self.updates.push_back(Update::Shown(CaptureId::Live));
                }
                self.list_captures();
            }
            Outcome::RecordChanged => self.stir(),
            // A file is imported before.
            Outcome::Done | Outcome::IsFile(_) => {}
        }
        Ok(())
    }

    fn take_import(
        &mut self,
        path: PathBuf,
        imported: Result<Imported, ImportFailure>,
    ) -> Result<(), SessionError> {
        let Imported {
            store,
            cut,
            summary,
        } = imported?;
        let lacks = ImportLacks { summary, cut };
        self.updates.push_back(Update::Imported(lacks));
        self.add_opened(Arc::new(store), path)
    }

    /// Lets the recorder report how the record stands now.
    fn stir(&self) {
        if let Some(engine) = &self.engine {
            engine.stir();
        }
    }
}
