//! The captures that are open besides the live one: opened from disk, or imported from another tool's file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::Receiver;

use super::library::LibraryOutcome;
use super::{Keeper, LibraryTask, Session, SessionError, Update};
use crate::capture::import::{ImportFailure, Imported, import};
use crate::capture::pcap::{ImportError, ImportSummary};
use crate::capture::store::{ReadError, Store};
use crate::capture::{
    Encodings, Progress, Reading, RecordStatus, RecordUpdate, Request, Say, Voice, title,
};
use crate::net::EndpointId;
use crate::workspace::{FieldError, ProtocolForm, RecordedEndpoints};

/// The most captures that can be open besides the live one.
pub const MAX_OPENED: usize = 16;

/// A capture that can be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaptureId {
    /// The record of the live session.
    #[default]
    Live,
    /// An opened one; numbers are never reused.
    Opened(u32),
}

/// An opened capture.
#[derive(Debug)]
pub struct OpenedCapture {
    /// Which one.
    pub id: CaptureId,
    /// Its name.
    pub name: String,
    /// What was opened: the capture's folder, or another tool's file.
    pub place: PathBuf,
    /// How much is on record.
    pub record: RecordStatus,
    /// The names of its endpoints.
    pub names: HashMap<EndpointId, String>,
    /// How their bytes were read when they were recorded.
    pub protocols: HashMap<EndpointId, ProtocolForm>,
    /// What of that cannot be used by this version, and the endpoint's name: the first of it.
    pub unknown: Option<(String, FieldError)>,
    /// What is damaged or missing, as far as opening it shows.
    pub damage: Vec<Arc<ReadError>>,
}

/// The parts of another tool's file that were not imported.
#[derive(Debug)]
pub struct ImportLacks {
    /// What was found in the file.
    pub summary: ImportSummary,
    /// Why its end is missing, if it is truncated or damaged.
    pub cut: Option<ImportError>,
}

/// An open capture with its own reader.
pub(super) struct OpenedReader {
    pub(super) id: CaptureId,
    pub(super) store: Arc<Store>,
    reading: Reading,
    updates: Receiver<RecordUpdate>,
    told: Told,
}

/// What the reader of a capture was told.
pub(super) struct Told {
    /// What it says things in.
    voice: Voice,
    /// What it reads text in.
    encodings: Encodings,
}

/// A file, and the outcome of importing it.
pub(super) type Import = (PathBuf, Result<Imported, ImportFailure>);

impl Told {
    pub(super) fn new(voice: Voice) -> Self {
        Self {
            voice,
            encodings: Encodings::default(),
        }
    }
}

impl Session {
    /// Opens a path: a capture's folder, or another tool's file. [`Update::Opened`] follows, or [`Update::Shown`] if it
    /// is already open. A document is only read: [`Update::Read`] follows. Another tool's messages are imported:
    /// [`Update::MessagesImported`] follows.
    pub fn open(&mut self, path: PathBuf) {
        let is_live = self.live_folder.as_ref() == Some(&path);
        let open = self.open_in(&path).or(is_live.then_some(CaptureId::Live));
        match open {
            Some(id) => {
                self.updates.push_back(Update::Shown(id));
                self.end(LibraryTask::Open, None);
            }
            None => self.open_path(path),
        }
    }

    /// Closes an opened capture; its reader ends by itself.
    pub fn close(&mut self, id: CaptureId) {
        let closed: Vec<_> = self.opened.extract_if(.., |it| it.id == id).collect();
        for opened in closed {
            self.discard(opened.store);
        }
    }

    /// Returns the opened capture in this folder.
    pub fn open_in(&self, folder: &Path) -> Option<CaptureId> {
        self.opened_in(folder).map(|it| it.id)
    }

    pub(super) fn opened_in(&self, folder: &Path) -> Option<&OpenedReader> {
        self.opened.iter().find(|it| it.store.dir() == folder)
    }

    /// Returns a capture; `None` if it has been closed.
    pub fn store(&self, id: CaptureId) -> Option<Arc<Store>> {
        match id {
            CaptureId::Live => Some(self.desk.current.store()),
            CaptureId::Opened(_) => {
                let opened = self.opened.iter().find(|it| it.id == id);
                opened.map(|it| Arc::clone(&it.store))
            }
        }
    }

    /// Asks the reader of a capture; never blocks. Returns the request if the reader's queue is full.
    pub fn request(&self, id: CaptureId, request: Request) -> Result<(), Box<Request>> {
        let opened = self.opened.iter().find(|it| it.id == id);
        match (opened, &self.keeper) {
            (Some(opened), _) => opened.reading.request(request),
            (None, Some(Keeper::Record(capture))) if id == CaptureId::Live => {
                capture.request(request)
            }
            _ => Err(Box::new(request)),
        }
    }

    /// Has everything said in this language from now on. Returns the captures whose readers learned it just now; one that
    /// is too busy learns it when this is called again.
    pub fn speak_in(&mut self, say: &'static dyn Say) -> Vec<CaptureId> {
        let voice = Voice(say);
        self.voice = voice;
        let opened = self.opened.iter().map(|it| it.id);
        let mut learned: Vec<_> = std::iter::once(CaptureId::Live).chain(opened).collect();
        learned.retain(|id| {
            let request = Request::SpeakIn(voice);
            let is_new = self.told(*id).is_some_and(|it| it.voice != voice);
            let has_learned = is_new && self.request(*id, request).is_ok();
            if let Some(told) = self.told_mut(*id).filter(|_| has_learned) {
                told.voice = voice;
            }
            has_learned
        });
        learned
    }

    /// Has the reader of a capture read text in these encodings from now on. Returns whether it learned them just now; one
    /// that is too busy learns them when this is called again.
    pub fn read_text_in(&mut self, id: CaptureId, encodings: &Encodings) -> bool {
        let request = || Request::ReadTextIn(encodings.clone());
        let is_new = self.told(id).is_some_and(|it| it.encodings != *encodings);
        let has_learned = is_new && self.request(id, request()).is_ok();
        if let Some(told) = self.told_mut(id).filter(|_| has_learned) {
            told.encodings = encodings.clone();
        }
        has_learned
    }

    /// Notes which capture is shown: the reader of the one that was makes no more rows. One that is too busy learns it when
    /// this is called again.
    pub fn show(&mut self, id: CaptureId) {
        let before = self.looked_at;
        if before == id {
            return;
        }
        let is_closed = self.told(before).is_none();
        if is_closed || self.request(before, Request::LookAway).is_ok() {
            self.looked_at = id;
        }
    }

    fn told(&self, id: CaptureId) -> Option<&Told> {
        match id {
            CaptureId::Live => Some(&self.live_told),
            CaptureId::Opened(_) => {
                let opened = self.opened.iter().find(|it| it.id == id);
                opened.map(|it| &it.told)
            }
        }
    }

    fn told_mut(&mut self, id: CaptureId) -> Option<&mut Told> {
        match id {
            CaptureId::Live => Some(&mut self.live_told),
            CaptureId::Opened(_) => {
                let opened = self.opened.iter_mut().find(|it| it.id == id);
                opened.map(|it| &mut it.told)
            }
        }
    }

    /// Returns the next answer of an opened capture's reader.
    pub(super) fn opened_answer(&self) -> Option<Update> {
        self.opened.iter().find_map(|opened| {
            let mut updates = opened.updates.try_iter();
            updates.find_map(|update| match update {
                RecordUpdate::Answer(answer) => Some(Update::Answer(opened.id, answer)),
                RecordUpdate::Status(_) => None,
            })
        })
    }

    /// Adds a capture to the opened ones; `place` is the path that the user opened.
    pub(super) fn add_opened(
        &mut self,
        store: Arc<Store>,
        place: PathBuf,
    ) -> Result<(), SessionError> {
        let wake = Arc::clone(&self.wake);
        let reading = Reading::open(Arc::clone(&store), self.voice.0, move || wake());
        let (reading, updates) = reading.map_err(SessionError::NoThread)?;
        self.ever_opened += 1;
        let id = CaptureId::Opened(self.ever_opened);
        let endpoints = RecordedEndpoints::of(&store);
        let mut opened = OpenedCapture {
            id,
            name: title(&store),
            place,
            record: store.status(),
            names: endpoints.names,
            protocols: endpoints.protocols,
            unknown: endpoints.unknown.into_iter().next(),
            damage: store.soundness().damage.clone(),
        };
        opened.damage.retain(|error| !store.has_given_up(error));
        self.updates.push_back(Update::Opened(opened));
        self.opened.push(OpenedReader {
            id,
            store,
            reading,
            updates,
            told: Told::new(self.voice),
        });
        Ok(())
    }

    /// Returns the file that is being imported, and the progress.
    pub fn import_progress(&self) -> Option<(&Path, Progress)> {
        let path = self.importing.front()?;
        Some((path, self.importer.progress()?))
    }

    /// Cancels the imports in progress.
    pub fn cancel_import(&self) {
        self.importer.cancel();
    }

    /// Imports a file into its own capture, which is deleted when it is closed.
    fn import(&mut self, path: PathBuf) -> Result<(), SessionError> {
        if self.desk.library.is_none() {
            return Err(SessionError::NoHome);
        }
        let (desk, file) = (Arc::clone(&self.desk), path.clone());
        self.importer.order(move |progress| {
            let library = desk.library.as_ref();
            let dir = library.map(|library| library.place_for_import(SystemTime::now()));
            // There is a library: see above.
            let dir = dir.unwrap_or_default();
            let imported = import(&path, &dir, progress);
            match &imported {
                // While it is open, the lock keeps other windows from taking it for a leftover; if there is no lock,
                // they may.
                Ok(imported) => drop(imported.store.hold()),
                // If this fails, the leftover is deleted at the next start.
                Err(_) => drop(std::fs::remove_dir_all(&dir)),
            }
            (path, imported)
        })?;
        self.importing.push_back(file);
        Ok(())
    }

    /// Handles the outcomes of jobs on captures.
    pub(super) fn take_outcomes(&mut self) {
        while let Some((task, outcome)) = self.librarian.outcome() {
            match outcome {
                Ok(LibraryOutcome::IsFile(path)) => {
                    let begun = self.check_room().and_then(|()| self.import(path));
                    if let Err(error) = begun {
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
            self.importing.pop_front();
            let problem = self.take_import(path, imported).err();
            self.end(LibraryTask::Open, problem);
        }
    }

    fn check_room(&self) -> Result<(), SessionError> {
        if self.opened.len() < MAX_OPENED {
            return Ok(());
        }
        Err(SessionError::TooManyOpen)
    }

    fn take_outcome(&mut self, outcome: LibraryOutcome) -> Result<(), SessionError> {
        match outcome {
            LibraryOutcome::Listed(listing) => {
                self.live_folder = Some(listing.live_folder.clone());
                self.updates.push_back(Update::Listed(listing));
            }
            LibraryOutcome::Missing(missing) => self.updates.push_back(Update::Missing(missing)),
            LibraryOutcome::Read(read) => self.updates.push_back(Update::Read(read)),
            LibraryOutcome::Messages(read) => {
                let import = self.edit(|document| document.import_messages(read));
                self.updates.push_back(Update::MessagesImported(import));
            }
            LibraryOutcome::Opened(store) => {
                self.check_room()?;
                let place = store.dir();
                self.add_opened(store, place)?;
            }
            LibraryOutcome::Moved(before) => {
                self.updates.push_back(Update::Moved);
                self.are_facts_due = true;
                self.refresh_record();
                if before.status().entries > 0 {
                    let place = before.dir();
                    self.add_opened(before, place)?;
                    // New events go to the live session, not to the earlier record.
                    self.updates.push_back(Update::Shown(CaptureId::Live));
                }
                self.list_captures();
            }
            LibraryOutcome::RecordChanged => self.refresh_record(),
            // Files have been imported by now.
            LibraryOutcome::Done | LibraryOutcome::IsFile(_) => {}
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
        if let Err(full) = self.check_room() {
            self.discard(Arc::new(store));
            return Err(full);
        }
        let lacks = ImportLacks { summary, cut };
        self.updates.push_back(Update::Imported(lacks));
        self.add_opened(Arc::new(store), path)
    }

    /// Makes the recorder report the state of the record.
    fn refresh_record(&self) {
        if let Some(engine) = &self.engine {
            engine.stir();
        }
    }
}
