//! A session: the engine, the running document, the record and other open captures, behind one type. Knows no window.
//!
//! Its driver, the window or the command line, calls its methods, which never block, and takes its [`Update`]s.
//!
//! ```text
//! start, send, open … ──▶ Session ──▶ endpoints ──▶ recorder, reader ──────────▶ Update
//!                            └──────▶ jobs on threads of their own ──────────────▶ Update
//! ```

mod answers;
pub mod diagnose;
mod document;
mod endpoints;
mod error;
mod files;
pub mod lesson;
mod library;
mod made_rule;
mod opened;
mod opening;
mod parcel;
mod repeat;
mod rules;
pub(crate) mod saver;
mod sending;
mod sequences;
mod sight;
#[cfg(test)]
mod tests;
mod tls;
mod unsaved;
mod waiting;
mod watching;
mod why;
pub(crate) mod worker;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, never};

pub use answers::{Answered, MAX_REPLIES, ProblemPlace, SendProblem};
pub use endpoints::Configured;
pub use error::SessionError;
pub use library::{LibraryTask, Listing, Offer};
pub use made_rule::MadeRule;
pub use opened::{CaptureId, ImportLacks, MAX_OPENED, OpenedCapture};
pub use opening::{OpenFiles, Opening, OpeningError, OpeningProblem};
pub use parcel::{Parcel, SendTarget};
pub use repeat::{RepeatEnd, RepeatStatus, Schedule};
pub use rules::RuleCounts;
pub use tls::{KeyLog, user_tls};
pub use why::{Explained, RequestSeen, WhyOrder};
pub use worker::JobRefused;

use crate::capture::packets::PacketFile;
use crate::capture::store::{EndpointFacts, StopCause, Store};
use crate::capture::{
    Answer, Capture, Current, EndpointStatus, Library, RecordUpdate, Say, Unrecorded, Voice, Watch,
};
use crate::net::kernel::{LocalProcess, NoProcess};
use crate::net::tls::TlsHome;
use crate::net::{Clock, EndpointId, Engine, EventCount, EventReceiver, Fed, FlowId, Observe};
use crate::workspace::{
    Document, DocumentFile, DocumentFileError, DocumentHash, MessageImport, Outside, ReadDocument,
    Recording, SaveError, SavedFile, UnsavedChanges,
};
use answers::Answers;
use document::Filing;
use endpoints::Preparing;
use lesson::{Lessons, RunningLesson};
use library::Desk;
use opened::{Import, OpenedReader, Told};
use repeat::Repeater;
use rules::RulesAtWork;
use sending::FileSend;
use waiting::Waiting;
use watching::{FoundProcess, WatchedEnds};
use worker::JobThread;

/// Wakes the session's driver: there are updates to take.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The configuration of a session.
pub struct SessionConfig {
    /// Which events of the endpoints are reported.
    pub observe: Observe,
    /// The document that it works on.
    pub document: Document,
    /// The document's own file; none while it is untitled.
    pub document_file: Option<DocumentFile>,
    /// The file that an untitled document is saved to by itself.
    pub untitled_file: SavedFile,
    /// The capture that it is recorded into.
    pub store: Arc<Store>,
    /// The user's captures, if there is a folder for them.
    pub library: Option<Library>,
    /// What the TLS of its endpoints shares.
    pub tls: TlsHome,
    /// The language of lifecycle entries when they are searched and copied.
    pub say: &'static dyn Say,
}

/// A running engine with its document and its record, and other open captures.
///
/// Dropping it shuts it down.
pub struct Session {
    wake: Wake,
    /// What everything is said in.
    voice: Voice,
    live_told: Told,
    /// The capture that is shown.
    looked_at: CaptureId,
    clock: Clock,
    observe: Observe,
    document: Arc<Document>,
    filing: Filing,
    engine: Option<Engine>,
    events: EventCount,
    keeper: Option<Keeper>,
    live: Receiver<RecordUpdate>,
    /// The status of the endpoints, as of the last update taken.
    endpoints: BTreeMap<EndpointId, EndpointStatus>,
    /// The endpoints whose files are being read.
    preparing: BTreeMap<EndpointId, Preparing>,
    /// The clients that begin once servers listen.
    waiting: BTreeMap<EndpointId, Waiting>,
    /// The rules that endpoints follow, or followed last.
    rules_at_work: BTreeMap<EndpointId, RulesAtWork>,
    /// How often sequences were cancelled on an endpoint.
    cancelled_runs: BTreeMap<EndpointId, u64>,
    /// What comes of the last message.
    answers: Answers,
    /// The message that is being repeated.
    repeater: Option<Repeater>,
    /// How many messages wait for their files to be read.
    outgoing: usize,
    file: Option<FileSend>,
    /// The newest feed; they count from 1.
    feeds: u64,
    /// The captures that are open besides the live one.
    opened: Vec<OpenedReader>,
    ever_opened: u32,
    live_folder: Option<PathBuf>,
    /// The files that are being imported, one after another.
    importing: VecDeque<PathBuf>,
    /// What the record keeps of the endpoints; of removed ones, as they were.
    facts: Arc<HashMap<EndpointId, EndpointFacts>>,
    /// Whether they still have to be saved with the record.
    are_facts_due: bool,
    desk: Arc<Desk>,
    librarian: JobThread<(LibraryTask, Result<library::LibraryOutcome, SessionError>)>,
    importer: JobThread<Import>,
    files: JobThread<files::FilesOutcome>,
    feeder: JobThread<()>,
    processes: JobThread<FoundProcess>,
    watching: WatchedEnds,
    diagnoser: JobThread<diagnose::Diagnosis>,
    explainer: JobThread<Explained>,
    /// How far the lesson has come.
    lessons: Lessons,
    lesson: Option<RunningLesson>,
    /// How keys of TLS are logged, as reported last.
    key_log: KeyLog,
    /// Updates from calls and jobs that have not been taken yet.
    updates: VecDeque<Update>,
}

/// Who takes the events of the endpoints.
enum Keeper {
    /// The record.
    Record(Capture),
    /// Only whoever watches the session.
    Watch(Unrecorded),
}

/// Something that happened in a session.
#[derive(Debug)]
pub enum Update {
    /// The status of endpoints, connections and the record, or an answer of the live record's reader.
    Live(RecordUpdate),
    /// An answer of an opened capture's reader.
    Answer(CaptureId, Answer),
    /// How far the lesson has come.
    Lesson(lesson::LessonProgress),
    /// What explains a failure was looked for.
    Diagnosed(Arc<diagnose::Diagnosis>),
    /// What the rules of an endpoint would do with a request was found out.
    Explained(Arc<Explained>),
    /// The captures of the library.
    Listed(Listing),
    /// A capture was opened.
    Opened(OpenedCapture),
    /// This capture should be shown.
    Shown(CaptureId),
    /// Another tool's file was imported, except for these parts.
    Imported(ImportLacks),
    /// Another tool's messages were imported into the document, except for some.
    MessagesImported(MessageImport),
    /// The session is now recorded into another capture, whose entries count from 0.
    Moved,
    /// A task of the library is done or has failed.
    Ended {
        /// The task.
        task: LibraryTask,
        /// Why it failed.
        problem: Option<SessionError>,
    },
    /// An endpoint could not carry out an order.
    Refused(EndpointId, SessionError),
    /// A message or a file could not be sent.
    NotSent(SessionError),
    /// What came of the last message so far.
    Answered(Answered),
    /// How far the repeated message has come, and why it ended.
    Repeating(RepeatStatus),
    /// How often the rules of an endpoint applied has changed, or which rules it follows.
    RulesApplied(EndpointId, RuleCounts),
    /// Where keys of TLS are logged to has changed, or how many of them could not be written.
    KeysLogged(KeyLog),
    /// The document was saved, and as this person approves it.
    Approved(DocumentHash),
    /// The untitled document could not be saved.
    NotSaved(SaveError),
    /// A document was read: [`Session::adopt`] takes it in place of the running one.
    Read(Box<ReadDocument>),
    /// Of the files that were looked at, these are missing, or cannot be looked at.
    Missing(BTreeMap<PathBuf, io::ErrorKind>),
    /// An untitled document was kept here when another one took its place, and as this person approves it.
    SetAside(PathBuf, Option<DocumentHash>),
    /// The document is about to have another file of its own; the one before stays as it is, and as it was approved.
    FileLeft,
    /// The document was saved in this file, which is its own.
    Saved(PathBuf),
    /// The document was not saved in its file.
    SaveFailed(SessionError),
    /// An earlier window left changes of the document that it could not save: [`Session::restore`] takes them,
    /// [`Session::discard_unsaved`] deletes them.
    Unsaved(Box<UnsavedChanges>),
    /// Such changes cannot be read. They stay where they are.
    Unreadable(DocumentFileError),
    /// All edits of the document were taken back.
    Unedited,
    /// The document's own file was changed outside.
    Outside(Outside),
    /// Sending a file has begun.
    FileBegun {
        /// The file.
        path: PathBuf,
        /// Its size.
        total_bytes: u64,
    },
    /// So much of the file has been sent; whether and how it ended.
    FileProgress(Fed),
    /// Which process the peer of a TCP connection is.
    Process {
        /// Our end of the connection.
        connection: FlowId,
        /// The process, or why it is not known.
        process: Result<LocalProcess, NoProcess>,
    },
}

/// Begins a record in a library with the user's settings; on failure, returns one that records nothing and says why.
pub fn begin_record(library: Option<&Library>, recording: Recording) -> Arc<Store> {
    let Some(library) = library else {
        return Arc::new(Store::nowhere(StopCause::NoHome));
    };
    let default = library.default_keep();
    let keep = recording.keep(default);
    let begun = library.begin(keep.unwrap_or(default), SystemTime::now());
    Arc::new(match begun {
        Ok(store) => {
            if keep.is_none() {
                store.switch_off();
            }
            store
        }
        Err(error) => Store::nowhere(StopCause::Failed(error.into())),
    })
}

impl Session {
    /// Starts the engine and the record. `wake` is called whenever there is something to take with [`Self::update`].
    ///
    /// # Errors
    ///
    /// The system cannot start a thread.
    pub fn start(
        config: SessionConfig,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::start_watched(config, wake, None)
    }

    /// As [`Self::start`]; `watch` sees the entries after they have been recorded.
    ///
    /// # Errors
    ///
    /// The system cannot start a thread.
    pub fn start_watched(
        config: SessionConfig,
        wake: impl Fn() + Send + Sync + 'static,
        watch: Option<Box<dyn Watch>>,
    ) -> io::Result<Self> {
        let (store, say) = (Arc::clone(&config.store), config.say);
        let answers = Answers::default();
        let seen = answers.clone();
        let lessons = Lessons::default();
        let followed = lessons.clone();
        let mut session = Self::with(config, Arc::new(wake), answers, |events, clock, wake| {
            let waker = Arc::clone(wake);
            let watch = Some(followed.watch(Arc::clone(wake), watch));
            let watch = Some(seen.watch(Arc::clone(wake), watch));
            let (capture, live) =
                Capture::start_watched(events, clock, store, say, move || waker(), watch)?;
            let current = capture.current().clone();
            Ok((Keeper::Record(capture), current, live))
        })?;
        session.lessons = lessons;
        Ok(session)
    }

    /// Starts the engine without a record: only `watch` sees what happens, and it may hold up the endpoints. There are
    /// no updates on their status.
    ///
    /// # Errors
    ///
    /// The system cannot start a thread.
    pub fn start_unrecorded(
        config: SessionConfig,
        wake: impl Fn() + Send + Sync + 'static,
        watch: Box<dyn Watch>,
    ) -> io::Result<Self> {
        let current = Current::new(Arc::clone(&config.store));
        let answers = Answers::default();
        Self::with(config, Arc::new(wake), answers, |events, clock, _| {
            let unrecorded = Unrecorded::start(events, clock, watch)?;
            Ok((Keeper::Watch(unrecorded), current, never()))
        })
    }

    fn with(
        config: SessionConfig,
        wake: Wake,
        answers: Answers,
        keep: impl FnOnce(
            EventReceiver,
            Clock,
            &Wake,
        ) -> io::Result<(Keeper, Current, Receiver<RecordUpdate>)>,
    ) -> io::Result<Self> {
        let clock = Clock::start();
        let (engine, receiver) = Engine::new(clock);
        let engine = engine.with_tls(config.tls);
        let events = receiver.count();
        let (keeper, current, live) = keep(receiver, clock, &wake)?;
        if matches!(keeper, Keeper::Record(_)) {
            let file = PacketFile::new(current.clone());
            engine.lab().set_sink(Arc::new(file));
        }
        let desk = Desk {
            library: config.library,
            current,
        };
        let mut session = Self {
            voice: Voice(config.say),
            live_told: Told::new(Voice(config.say)),
            looked_at: CaptureId::Live,
            clock,
            observe: config.observe,
            document: Arc::new(config.document),
            filing: Filing::new(
                config.untitled_file,
                config.document_file,
                Arc::clone(&wake),
            ),
            engine: Some(engine),
            events,
            keeper: Some(keeper),
            live,
            endpoints: BTreeMap::new(),
            preparing: BTreeMap::new(),
            waiting: BTreeMap::new(),
            rules_at_work: BTreeMap::new(),
            cancelled_runs: BTreeMap::new(),
            answers,
            repeater: None,
            outgoing: 0,
            file: None,
            feeds: 0,
            opened: Vec::new(),
            ever_opened: 0,
            live_folder: None,
            importing: VecDeque::new(),
            facts: Arc::default(),
            are_facts_due: false,
            desk: Arc::new(desk),
            librarian: JobThread::new("librarian", Arc::clone(&wake)),
            importer: JobThread::new("importer", Arc::clone(&wake)),
            files: JobThread::new("files", Arc::clone(&wake)),
            feeder: JobThread::new("feeder", Arc::clone(&wake)),
            processes: JobThread::new("processes", Arc::clone(&wake)),
            watching: WatchedEnds::default(),
            diagnoser: JobThread::new("diagnoser", Arc::clone(&wake)),
            explainer: JobThread::new("explainer", Arc::clone(&wake)),
            lessons: Lessons::default(),
            lesson: None,
            key_log: KeyLog::default(),
            updates: VecDeque::new(),
            wake,
        };
        session.follow_facts();
        session.report_key_log();
        Ok(session)
    }

    /// Returns what the TLS of its endpoints shares: the own authority and the key log. `None` once it is shut down.
    pub fn tls(&self) -> Option<&TlsHome> {
        self.engine.as_ref().map(Engine::tls)
    }

    /// Returns the clock of the events' timestamps.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Goes on with what is under way, and returns the next update, if there is one. Whoever drives the session calls it
    /// until there is none, whenever it is woken: clients connect and connect again, jobs are taken and lessons go on only
    /// here.
    pub fn update(&mut self) -> Option<Update> {
        self.keep_facts();
        self.take_outcomes();
        self.take_files();
        self.take_saved();
        self.take_processes();
        self.take_diagnosed();
        self.take_explained();
        if let (Some(problem), Some(server)) = (self.go_on_with_lesson(), self.lesson_server()) {
            self.updates.push_back(Update::Refused(server, problem));
        }
        let waiting = self.updates.pop_front().or_else(|| self.opened_answer());
        let waiting = waiting.or_else(|| self.take_repeated().map(Update::Repeating));
        let waiting = waiting.or_else(|| self.lessons.take().map(Update::Lesson));
        let answered = || self.answers.take().map(Update::Answered);
        if let Some(update) = waiting.or_else(answered) {
            return Some(update);
        }
        let update = self.live.try_recv().ok()?;
        if let RecordUpdate::Status(status) = &update {
            let begun = self.begun(status);
            let stand = status.endpoints.iter().cloned();
            self.endpoints.extend(stand.map(|it| (it.endpoint, it)));
            self.follow_ends(status);
            self.follow_servers(status);
            self.reconnect_to(&begun);
            for fed in &status.fed {
                self.fed(fed);
            }
            self.note_lesson_port();
            self.report_rules();
            self.report_key_log();
        }
        Some(Update::Live(update))
    }

    /// Stops all endpoints and waits for their threads, as [`Engine::shutdown`] does; the last events are recorded.
    pub fn stop_all(&mut self) {
        self.repeater = None;
        if let Some(engine) = self.engine.take() {
            engine.shutdown();
        }
    }

    /// Shuts everything down, in this order. Every wait is bounded, but for the record, which takes as long as it makes
    /// progress.
    ///
    /// 1. The endpoints: see [`Engine::shutdown`]. The reader of a file being sent loses its receiver and ends.
    /// 2. The import, which is cancelled and ends at its next step; then the jobs on captures: renames and deletions of
    ///    folders, and at worst the copy of one capture across volumes, which must not be left half done.
    /// 3. The record, which the endpoints feed: see [`Capture::shutdown`]. It is closed; an empty one in the library is
    ///    deleted.
    /// 4. The jobs on files, which read at most what a template may name; the search for a process in `/proc`; the look at
    ///    this machine that explains a failure, which takes milliseconds; and what rules would do with a request.
    ///
    /// Returns how many events were given up because the record, or whoever watches, took nothing any more.
    pub fn shut_down(&mut self) -> u64 {
        self.stop_all();
        self.feeder.finish();
        self.importer.cancel();
        self.importer.finish();
        for opened in std::mem::take(&mut self.opened) {
            self.discard(opened.store);
        }
        self.librarian.finish();
        let given_up = match self.keeper.take() {
            Some(Keeper::Record(capture)) => self.end_record(capture),
            Some(Keeper::Watch(unrecorded)) => {
                self.events.emitted().saturating_sub(unrecorded.shutdown())
            }
            None => 0,
        };
        self.files.finish();
        self.processes.finish();
        self.diagnoser.finish();
        self.explainer.finish();
        given_up
    }

    fn end_record(&self, capture: Capture) -> u64 {
        let given_up = self.events.emitted().saturating_sub(capture.shutdown());
        // A recorder that is stuck holds on to its capture.
        if given_up == 0
            && let Some(library) = &self.desk.library
        {
            // Nobody is left to report this to. Without the manifest's entry the capture counts as interrupted, but it
            // is complete.
            library.end(&self.desk.current.store()).ok();
        }
        given_up
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.shut_down();
    }
}
