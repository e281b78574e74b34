//! The program with a window: an adapter between egui and a session. Actions of the views become calls to the session,
//! and its updates are folded into the model.

mod asking;
mod carry_out;
mod code;
mod documents;
mod exporting;
mod file_dialog;
mod fonts;
mod importing;
mod language;
mod lessons;
mod picture;
mod placement;
mod rules;
mod sending;
mod startup;
mod watching;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use directories::UserDirs;

use crate::capture::store::ReadError;
use crate::capture::{self, COPY_LIMIT_BYTES, ExchangeOf, Library, RecordUpdate};
use crate::export::{ExportError, ExportSummary};
use crate::model::{FileSendModel, Model, NoticePlace, Now, WindowProblem};
use crate::net::{EndpointId, Fed, Observe};
use crate::session::saver::Saver;
use crate::session::worker::JobThread;
use crate::session::{
    ImportLacks, KeyLog, LibraryTask, Session, SessionConfig, SessionError, Update, begin_record,
    user_tls,
};
use crate::ui::{Action, Theme, Window};
use crate::words::{InWords as _, Language, Spoken};
use crate::workspace::{ConfigFolder, Document, LanguageId, LoadNotice, Loaded, SaveError};
use carry_out::as_problem;
use documents::UnderWay;
use file_dialog::FileDialogs;
pub use file_dialog::{Ask, DialogAnswer, Service};
use fonts::SystemFonts;
use picture::Pictures;
pub use startup::run;

/// How long after an update the window repaints, so that a burst costs one frame.
const WAKE_DELAY: Duration = Duration::from_millis(16);
/// The time that one frame may spend folding updates; the rest wait for the next frame.
const FOLD_BUDGET: Duration = Duration::from_millis(8);
/// How long after a change the document and the preferences are saved.
const SAVE_DELAY: Duration = Duration::from_millis(800);

/// The application behind the window.
pub struct App {
    ctx: egui::Context,
    session: Session,
    file_dialogs: FileDialogs,
    under_way: UnderWay,
    exporter: JobThread<Result<ExportSummary, ExportError>>,
    pictures: Pictures,
    /// The file that is being exported.
    exporting: Option<PathBuf>,
    model: Model,
    window: Window,
    actions: Vec<Action>,
    /// Saves the preferences.
    saver: Saver<()>,
    /// The rule that is being made: whose, and from what.
    making: Option<(EndpointId, ExchangeOf)>,
    save_due: Option<Instant>,
    is_shut_down: bool,
    /// Whether the window may close without asking.
    may_close: bool,
    opened: Instant,
    shown: startup::WindowShown,
    /// How often in a row updates were folded without anything being painted.
    unpainted: u32,
    fonts: Option<Arc<SystemFonts>>,
    /// What new endpoints and documents are named in.
    language: LanguageId,
    /// The language of which it is not known yet whether there are fonts for it.
    unseen: Option<Spoken>,
    /// Whether the window has been moved onto a screen, if it was off all of them.
    is_placed: bool,
}

impl App {
    /// Starts a session, and shows the loaded document in a language.
    ///
    /// If no capture can be created in `library`, or there is no library, nothing is recorded, and the window says so.
    ///
    /// # Errors
    ///
    /// The system cannot start a thread.
    pub fn new(
        ctx: &egui::Context,
        words: &'static Language,
        folder: ConfigFolder,
        loaded: Loaded,
        library: Option<&Library>,
    ) -> std::io::Result<Self> {
        Theme::install(ctx);
        let wake = {
            let ctx = ctx.clone();
            move || ctx.request_repaint_after_for(WAKE_DELAY, egui::ViewportId::ROOT)
        };
        let config = SessionConfig {
            observe: Observe::Everything,
            document: loaded.document,
            document_file: loaded.file,
            untitled_file: folder.document,
            store: begin_record(library, loaded.preferences.recording),
            library: library.cloned(),
            tls: user_tls(folder.authority.as_deref()),
            say: words,
        };
        let mut session = Session::start(config, wake.clone())?;
        session.tidy();
        session.find_unsaved();
        let mut model = Model::new(Arc::clone(session.document()), loaded.preferences);
        model.words = words;
        if let Some(tls) = session.tls() {
            model.authority = tls.certificate_path();
        }
        model.notices.set_time(SystemTime::now());
        for notice in loaded.notices {
            model.notices.push(NoticePlace::Document, Arc::new(notice));
        }
        model.library.documents_folder = documents();
        Theme::choose(ctx, model.preferences.theme);
        ctx.set_zoom_factor(model.preferences.zoom);
        let file_dialogs = FileDialogs::none(Arc::new(wake.clone()));
        Ok(Self {
            ctx: ctx.clone(),
            session,
            file_dialogs,
            under_way: UnderWay::default(),
            exporter: JobThread::new("exporter", Arc::new(wake.clone())),
            pictures: JobThread::new("picture", Arc::new(wake.clone())),
            exporting: None,
            model,
            window: Window::default(),
            actions: Vec::new(),
            saver: Saver::new(folder.preferences, Arc::new(wake)),
            making: None,
            save_due: None,
            is_shut_down: false,
            may_close: false,
            opened: Instant::now(),
            shown: startup::WindowShown::default(),
            unpainted: 0,
            fonts: None,
            language: LanguageId::English,
            unseen: None,
            is_placed: false,
        })
    }

    /// Makes `service` show the dialogs for files; without it there are none, and paths are typed.
    pub fn serve_file_dialogs(&mut self, service: Box<file_dialog::Service>) {
        self.file_dialogs.serve(service);
    }

    /// Returns the state that the window shows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn now(&self) -> Now {
        Now(self.opened.elapsed().as_secs_f64())
    }

    /// Folds the pending updates, within the budget of a frame.
    fn fold_updates(&mut self, ctx: &egui::Context) {
        let started = Instant::now();
        self.model.notices.set_time(SystemTime::now());
        while let Some(update) = self.session.update() {
            self.fold(update);
            if started.elapsed() > FOLD_BUDGET {
                ctx.request_repaint_of(egui::ViewportId::ROOT);
                break;
            }
        }
    }

    fn fold(&mut self, update: Update) {
        match update {
            Update::Live(RecordUpdate::Answer(capture::Answer::Exchange(of, exchange)))
            | Update::Answer(_, capture::Answer::Exchange(of, exchange)) => {
                self.take_exchange(&of, exchange.as_deref());
            }
            Update::Live(update) => {
                let now = self.now();
                self.model.fold(update, now);
            }
            Update::Answer(id, answer) => self.model.fold_answer(id, answer),
            Update::Lesson(progress) => self.follow_lesson(progress),
            Update::Diagnosed(diagnosis) => self.model.diagnoses.fold(diagnosis),
            Update::Explained(explained) => self.model.fold_why(explained),
            Update::Listed(listing) => self.model.library.fold(listing),
            Update::Opened(mut capture) => {
                if let Some((endpoint, problem)) = capture.unknown.take() {
                    let problem = WindowProblem::NotReadAsRecorded { endpoint, problem };
                    self.model
                        .notices
                        .push(NoticePlace::OpenedFile, Arc::new(problem));
                }
                self.report_damage(&capture.damage);
                self.model.add_opened(capture);
            }
            Update::Shown(id) => self.model.show(id),
            Update::Imported(ImportLacks { summary, cut }) => {
                let lacks = Some(summary).filter(|summary| !summary.is_whole());
                let problems = [lacks.map(as_problem), cut.map(as_problem)];
                for problem in problems.into_iter().flatten() {
                    self.model.notices.push(NoticePlace::OpenedFile, problem);
                }
            }
            Update::MessagesImported(import) => self.messages_imported(import),
            Update::Moved => self.model.restart_live(),
            Update::Ended { task, problem } => self.library_ended(task, problem),
            Update::Refused(id, problem) => self.endpoint_problem(id, Some(as_problem(problem))),
            Update::NotSent(problem) => {
                self.model.answer = None;
                self.model.send_problem = Some(as_problem(problem));
            }
            Update::Answered(answered) => {
                let now = self.now();
                self.model.fold_answered(answered, now);
            }
            Update::Repeating(status) => self.model.repeated = Some(status),
            Update::RulesApplied(id, counts) => {
                if let Some(endpoint) = self.model.endpoints.get_mut(&id) {
                    endpoint.rules = counts;
                }
            }
            Update::KeysLogged(KeyLog { path, errors }) => {
                (self.model.key_log, self.model.key_log_errors) = (path, errors);
            }
            Update::Approved(hash) => {
                self.model.preferences.approve(hash);
                // At once, so that the saved document is not asked about after a crash.
                self.save_due = Some(Instant::now());
            }
            Update::FileLeft => self.model.preferences.keep_approved(),
            Update::NotSaved(problem) => self.not_saved(problem),
            Update::Read(read) => self.take_read(*read),
            Update::Missing(missing) => self.model.documents.missing = missing,
            Update::SetAside(path, hash) => self.set_aside(&path, hash),
            Update::Saved(path) => self.saved(&path),
            Update::SaveFailed(problem) => self.save_failed(problem),
            Update::Outside(outside) => self.changed_outside(outside),
            Update::Unsaved(found) => self.model.documents.unsaved = Some(found),
            Update::Unreadable(problem) => {
                let notice = LoadNotice::NotReopened(problem);
                self.model
                    .notices
                    .push(NoticePlace::Document, Arc::new(notice));
            }
            // The title is followed anyway.
            Update::Unedited => {}
            Update::FileBegun { path, total_bytes } => {
                self.model.file_send = Some(FileSendModel::new(&path, total_bytes));
            }
            Update::Process {
                connection,
                process,
            } => self.model.processes.fold(&connection, process),
            Update::FileProgress(Fed {
                sent_bytes, end, ..
            }) => {
                if let Some(file) = &mut self.model.file_send {
                    (file.sent_bytes, file.end) = (sent_bytes, end);
                }
            }
        }
    }

    /// Reports what is damaged in a capture that was opened: the first places, and how many more there are.
    fn report_damage(&mut self, damage: &[Arc<ReadError>]) {
        const MOST: usize = 3;
        for error in damage.iter().take(MOST) {
            self.model
                .notices
                .push(NoticePlace::OpenedFile, Arc::<ReadError>::clone(error));
        }
        if damage.len() > MOST {
            let more = WindowProblem::MoreDamage((damage.len() - MOST) as u64);
            self.model
                .notices
                .push(NoticePlace::OpenedFile, Arc::new(more));
        }
    }

    fn not_saved(&mut self, problem: SaveError) {
        let problem = WindowProblem::NotSaved(as_problem(problem));
        self.model
            .notices
            .push(NoticePlace::Document, Arc::new(problem));
    }

    fn library_ended(&mut self, task: LibraryTask, problem: Option<SessionError>) {
        let problem = problem.map(as_problem);
        if let (LibraryTask::Aside, Some(problem)) = (task, &problem) {
            self.model
                .notices
                .push(NoticePlace::Sessions, Arc::clone(problem));
        }
        self.model.library.ended(task, problem.clone());
        match (task, problem) {
            (LibraryTask::Open, Some(problem)) => self.opening_failed(problem),
            (LibraryTask::Import, Some(problem)) => self.import_failed(problem),
            _ => {}
        }
    }

    /// Puts the text that the reader copied on the clipboard.
    fn take_copied(&mut self, ctx: &egui::Context) {
        let Some(copied) = self.model.take_copied() else {
            return;
        };
        if copied.cut {
            let kept_bytes = COPY_LIMIT_BYTES as u64;
            let problem = Arc::new(WindowProblem::CopyCut { kept_bytes });
            self.model.notices.push(NoticePlace::Copy, problem);
        }
        ctx.copy_text(copied.text);
    }

    /// Carries out the actions of the views.
    fn carry_out_all(&mut self, ctx: &egui::Context) {
        for action in std::mem::take(&mut self.actions) {
            self.carry_out(ctx, action);
        }
        self.model.follow_frames();
        self.model.follow_lanes();
        self.follow_encodings();
        self.follow_language();
        self.session.show(self.model.shown());
    }

    /// Applies what is still being typed in the document.
    fn apply_typed(&mut self) {
        let (ctx, now) = (self.ctx.clone(), self.now());
        for action in self.window.leave(&self.model, now) {
            self.carry_out(&ctx, action);
        }
    }

    /// Edits the document.
    fn edit_document<T>(&mut self, edit: impl FnOnce(&mut Document) -> T) -> T {
        let edited = self.session.edit(edit);
        self.document_changed();
        edited
    }

    /// Shows the document, which the session changed, and saves it soon.
    fn document_changed(&mut self) {
        self.model
            .show_document(Arc::clone(self.session.document()));
        self.save_soon();
    }

    /// Saves the document and the preferences soon, as far as they changed.
    fn save_soon(&mut self) {
        self.save_due
            .get_or_insert_with(|| Instant::now() + SAVE_DELAY);
    }

    fn save_if_due(&mut self, ctx: &egui::Context) {
        if let Some(Err(problem)) = self.saver.outcome() {
            self.not_saved(problem);
        }
        let Some(due) = self.save_due else { return };
        let mut wait = due.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            let preferences = self.model.preferences.clone();
            let is_begun = self
                .saver
                .save(move |file| file.save_preferences(&preferences));
            if self.session.save() && is_begun {
                self.save_due = None;
                return;
            }
            wait = SAVE_DELAY;
        }
        ctx.request_repaint_after_for(wait, egui::ViewportId::ROOT);
    }

    /// Lets a close request through; while connections are live, asks first, once.
    fn decide_close(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        self.apply_typed();
        let live = self.model.live_connections;
        let asks = self.asks_before_close();
        if asks || live > 0 && self.model.preferences.ask_before_quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            // The question must be visible, even if the window was minimised when the request came.
            ctx.send_viewport_cmd(egui::ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
            if !asks {
                self.window.ask_quit();
            }
            ctx.request_repaint_of(egui::ViewportId::ROOT);
        }
    }

    /// Closes the window without asking.
    fn quit(&mut self, ctx: &egui::Context, ask_again: bool) {
        self.model.preferences.ask_before_quit = ask_again;
        self.may_close = true;
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    /// Cancels the export, which ends at its next step, shuts the session down (see [`Session::shut_down`]), and saves
    /// a last time, which is bounded by the writes of two small files, or four while others are being saved.
    fn shut_down(&mut self) {
        if std::mem::replace(&mut self.is_shut_down, true) {
            return;
        }
        self.exporter.cancel();
        self.exporter.finish();
        self.pictures.finish();
        self.session.shut_down();
        let preferences = &mut self.model.preferences;
        let saved = self.session.save_now().map(|hash| {
            if let Some(hash) = hash {
                preferences.approve(hash);
            }
        });
        let also_saved = self
            .saver
            .save_now(|file| file.save_preferences(preferences));
        if let Err(error) = saved.and(also_saved) {
            report_last(&error.in_words(self.model.words));
        }
    }
}

/// Returns the user's documents folder, or the home directory if there is none.
fn documents() -> Option<PathBuf> {
    let user = UserDirs::new()?;
    let folder = user.document_dir().unwrap_or(user.home_dir());
    Some(folder.to_owned())
}

#[expect(
    clippy::print_stderr,
    reason = "the window that would show it is closed"
)]
fn report_last(problem: &str) {
    eprintln!("bothends: {problem}");
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        if !std::mem::replace(&mut self.is_placed, true) {
            placement::bring_on_screen(frame);
        }
        self.fold_updates(ctx);
        self.rest_while_hidden(ctx);
        self.follow_work();
        self.follow_pictures();
        self.take_copied(ctx);
        self.follow_dialogs();
        self.follow_focus(ctx);
        self.follow_title(ctx);
        self.decide_close(ctx);
        if std::mem::take(&mut self.under_way.close_due) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.remember_window(ctx);
        self.save_if_due(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let now = self.now();
        self.unpainted = 0;
        let ctx = ui.ctx().clone();
        self.look_for_fonts(&ctx);
        self.window.ui(ui, &self.model, now, &mut self.actions);
        self.carry_out_all(&ctx);
        // The first frame may take several passes, and its painting comes after them.
        if ctx.cumulative_frame_nr() > 0
            && let Some(fonts) = &self.fonts
        {
            fonts.begin();
        }
        self.shown.note();
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.shut_down();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.shut_down();
    }
}
