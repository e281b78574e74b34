//! The program with a window: wires engine, capture, model and ui, and carries out what the user wants.

mod carry_out;
mod close;
mod exchange;
mod file_send;
mod librarian;
mod saver;
mod sessions;
mod startup;
mod task;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::Receiver;
use directories::UserDirs;

use crate::capture::store::{StopCause, Store};
use crate::capture::{COPY_LIMIT_BYTES, Capture, DATA_DIR_VARIABLE, Encodings, Library, Update};
use crate::model::{CaptureId, Model, Now, Place, WindowProblem};
use crate::net::{Clock, Engine, Observe};
use crate::ui::{Action, Theme, Window};
use crate::words::ENGLISH;
use crate::workspace::{ConfigFolder, Loaded, Recording, WindowGeometry};
use close::CloseState;
use exchange::Exchange;
use file_send::FileUnderWay;
use librarian::{Job, Librarian};
use saver::Saver;
use sessions::Opened;
pub use startup::run;

/// How long after an update the window paints: a burst makes one frame.
const WAKE_DELAY: Duration = Duration::from_millis(16);
/// The time that one frame may spend folding updates; the rest waits for the next frame.
const FOLD_BUDGET: Duration = Duration::from_millis(8);
/// How long after a change document and preferences are saved.
const SAVE_DELAY: Duration = Duration::from_millis(800);

/// How often the window is told how far a file is that is being sent.
const FILE_INTERVAL: Duration = Duration::from_millis(100);

/// The application behind the window.
pub struct App {
    engine: Option<Engine>,
    capture: Option<Capture>,
    updates: Receiver<Update>,
    library: Option<Library>,
    librarian: Librarian,
    /// The captures that are open beside the live session.
    beside: Vec<Opened>,
    /// Another tool's file that is being read or written.
    exchange: Option<Exchange>,
    /// How many captures were opened so far.
    ever_opened: u32,
    /// Whether the endpoints' names are to be kept with the session.
    are_names_due: bool,
    /// How far the file is that is being sent.
    file_under_way: Option<FileUnderWay>,
    /// What the reader of each capture was told to read text in.
    encodings: HashMap<CaptureId, Encodings>,
    model: Model,
    window: Window,
    actions: Vec<Action>,
    saver: Saver,
    save_due: Option<Instant>,
    close: CloseState,
    opened: Instant,
    shown: startup::Shown,
    /// Whether it was seen to that the window stands on a screen.
    is_placed: bool,
}

/// Begins a session on record; where that cannot be, on one that says why.
fn begin_session(library: Option<&Library>, recording: Recording) -> Arc<Store> {
    let begun = match library {
        Some(library) => {
            let default = library.default_keep();
            let keep = recording.keep(default);
            let begun = library.begin(keep.unwrap_or(default), SystemTime::now());
            begun
                .inspect(|store| {
                    if keep.is_none() {
                        store.switch_off();
                    }
                })
                .map_err(|error| error.to_string())
        }
        None => Err(format!(
            "there is no home directory: set {DATA_DIR_VARIABLE} to a directory"
        )),
    };
    Arc::new(begun.unwrap_or_else(|why| Store::nowhere(StopCause::Failed(why))))
}

impl App {
    /// Starts the engine and the record, and shows the document that was loaded.
    ///
    /// Where no capture can be made in `library`, or there is none, nothing is recorded, and the window says so.
    ///
    /// # Errors
    ///
    /// The system cannot start a thread.
    pub fn new(
        ctx: &egui::Context,
        folder: ConfigFolder,
        loaded: Loaded,
        library: Option<&Library>,
    ) -> std::io::Result<Self> {
        Theme::install(ctx);
        let clock = Clock::start();
        let (engine, events) = Engine::new(clock, Observe::Everything);
        let wake = {
            let ctx = ctx.clone();
            move || ctx.request_repaint_after_for(WAKE_DELAY, egui::ViewportId::ROOT)
        };
        let store = begin_session(library, loaded.preferences.recording);
        let (capture, updates) = Capture::start(events, clock, store, &ENGLISH, wake.clone())?;
        let librarian = Librarian::start(library.cloned(), capture.current().clone(), wake)?;
        librarian.take(Job::Tidy);
        let mut model = Model::new(loaded.document, loaded.preferences, Vec::new());
        for notice in loaded.notices {
            model.notices.push(Place::Document, Arc::new(notice));
        }
        model.library.documents = documents();
        Theme::choose(ctx, model.preferences.theme);
        ctx.set_zoom_factor(model.preferences.zoom);
        Ok(Self {
            engine: Some(engine),
            capture: Some(capture),
            updates,
            library: library.cloned(),
            librarian,
            beside: Vec::new(),
            exchange: None,
            ever_opened: 0,
            are_names_due: true,
            file_under_way: None,
            encodings: HashMap::new(),
            model,
            window: Window::default(),
            actions: Vec::new(),
            saver: Saver::start(folder)?,
            save_due: None,
            close: CloseState::default(),
            opened: Instant::now(),
            shown: startup::Shown::default(),
            is_placed: false,
        })
    }

    /// What the window shows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn now(&self) -> Now {
        Now(self.opened.elapsed().as_secs_f64())
    }

    /// Folds the updates that wait, within the budget of a frame.
    fn fold_updates(&mut self, ctx: &egui::Context) {
        let started = Instant::now();
        self.fold_opened();
        while let Ok(update) = self.updates.try_recv() {
            let now = self.now();
            self.model.fold(update, now);
            if started.elapsed() > FOLD_BUDGET {
                ctx.request_repaint_of(egui::ViewportId::ROOT);
                break;
            }
        }
    }

    /// Puts on the clipboard what the reader wrote for it.
    fn take_copied(&mut self, ctx: &egui::Context) {
        let Some(copied) = self.model.take_copied() else {
            return;
        };
        if copied.cut {
            let kept_bytes = COPY_LIMIT_BYTES as u64;
            let problem = Arc::new(WindowProblem::CopyCut { kept_bytes });
            self.model.notices.push(Place::Copy, problem);
        }
        ctx.copy_text(copied.text);
    }

    /// Carries out what the views asked for.
    fn carry_out_all(&mut self, ctx: &egui::Context) {
        for action in std::mem::take(&mut self.actions) {
            self.carry_out(ctx, action);
        }
        self.model.follow_frames();
        self.follow_encodings();
        if self.follow_file() {
            ctx.request_repaint_after(FILE_INTERVAL);
        }
    }

    /// Notes that the document or the preferences changed and are to be saved soon.
    fn document_changed(&mut self) {
        self.are_names_due = true;
        self.save_due
            .get_or_insert_with(|| Instant::now() + SAVE_DELAY);
    }

    fn save_if_due(&mut self, ctx: &egui::Context) {
        if let Some(problem) = self.saver.problem() {
            let problem = Arc::new(WindowProblem::NotSaved(Arc::new(problem)));
            self.model.notices.push(Place::Document, problem);
        }
        let Some(due) = self.save_due else { return };
        let wait = due.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            self.save_due = None;
            self.saver
                .save(self.model.document.clone(), self.model.preferences.clone());
        } else {
            ctx.request_repaint_after_for(wait, egui::ViewportId::ROOT);
        }
    }

    /// Remembers where the window is and how it looks.
    fn remember_window(&mut self, ctx: &egui::Context) {
        let preferences = &mut self.model.preferences;
        let before = (preferences.zoom, preferences.window);
        let window = geometry(ctx, preferences.window).or(preferences.window);
        let now = (ctx.zoom_factor(), window);
        if now != before {
            (preferences.zoom, preferences.window) = now;
            self.document_changed();
        }
    }
}

/// Returns the user's folder for documents, or the home directory where there is none of its own.
fn documents() -> Option<PathBuf> {
    let user = UserDirs::new()?;
    let folder = user.document_dir().unwrap_or(user.home_dir());
    Some(folder.to_owned())
}

/// Reads where the window is; none while it is minimised or the system does not tell.
fn geometry(ctx: &egui::Context, known: Option<WindowGeometry>) -> Option<WindowGeometry> {
    let zoom = ctx.zoom_factor();
    ctx.input(|input| {
        let viewport = input.viewport();
        if viewport.minimized == Some(true) {
            return None;
        }
        let inner = viewport.inner_rect?;
        // On macOS the state is read once, when the window is made, and would be kept for ever.
        let is_told = !cfg!(target_os = "macos");
        let is_large = viewport.maximized == Some(true) || viewport.fullscreen == Some(true);
        let maximized = is_told && is_large;
        if let (true, Some(known)) = (maximized, known) {
            // The size to return to from the maximised state is the one before it.
            return Some(WindowGeometry { maximized, ..known });
        }
        let corner = viewport.outer_rect.map(|rect| rect.min * zoom);
        Some(WindowGeometry {
            x: corner.map(|corner| corner.x),
            y: corner.map(|corner| corner.y),
            width: inner.width() * zoom,
            height: inner.height() * zoom,
            maximized,
        })
    })
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if !std::mem::replace(&mut self.is_placed, true) {
            startup::bring_on_screen(frame);
        }
        self.fold_updates(ctx);
        self.fold_outcomes(ctx);
        self.fold_exchange(ctx);
        self.keep_names();
        self.take_copied(ctx);
        self.decide_close(ctx);
        self.remember_window(ctx);
        self.save_if_due(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let now = self.now();
        self.window.ui(ui, &self.model, now, &mut self.actions);
        let ctx = ui.ctx().clone();
        self.carry_out_all(&ctx);
        self.shown.note();
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.shut_down();
    }
}

impl App {
    /// Ends what runs: endpoints first, then the librarian, then the record, which they feed, then the file.
    ///
    /// Each step is bounded: see [`Engine::shutdown`], [`Librarian::finish`], [`Capture::shutdown`] and [`Saver::finish`].
    fn shut_down(&mut self) {
        if let Some(engine) = self.engine.take() {
            engine.shutdown();
        }
        if let Some(mut exchange) = self.exchange.take() {
            exchange.finish();
        }
        self.close_all();
        self.librarian.finish();
        if let Some(capture) = self.capture.take() {
            let store = capture.current().store();
            capture.shutdown();
            self.end_session(&store);
        }
        self.saver
            .finish(self.model.document.clone(), self.model.preferences.clone());
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.shut_down();
    }
}
