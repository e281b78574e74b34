//! The dialog about the captures on disk: the list, open, save, delete.

use std::path::{Path, PathBuf};

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::widgets::{alert, button, field, small_label};
use super::{Action, Cx, Tokens, clock, path_field};
use crate::capture::{ListedCapture, SessionKind, SessionState, UNSAVED_DAYS, UNSAVED_KEPT};
use crate::model::{FileChoice, Model};
use crate::session::LibraryTask;
use crate::words::InWords as _;

/// The dialog's own state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SessionsDialog {
    /// The path to open, as it is being typed.
    path_text: String,
    edit: Edit,
    /// Whether opening a capture was requested; the dialog closes once it is open.
    is_opening: bool,
    /// Whether a field takes the keyboard focus next.
    wants_focus: bool,
}

/// The height of a session's two lines, in points.
const LINE: f32 = 36.0;

/// What is being done with a session of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Edit {
    #[default]
    Nothing,
    /// A name is being typed, or saving is under way.
    Name {
        folder: PathBuf,
        text: String,
        is_saving: bool,
    },
    /// Asks whether to delete it.
    Delete(PathBuf),
}

impl SessionsDialog {
    /// Makes the dialog that asks whether to delete a session.
    pub(super) fn deleting(folder: PathBuf) -> Self {
        Self {
            edit: Edit::Delete(folder),
            ..Self::default()
        }
    }

    /// Makes the dialog with the field for the live session's name.
    pub(super) fn saving(model: &Model) -> Self {
        let folder = model.library.live_folder.as_deref();
        Self {
            edit: folder.map_or(Edit::Nothing, Edit::naming),
            wants_focus: true,
            ..Self::default()
        }
    }

    /// Shows the list.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.is_opening && !cx.library.is_busy() {
            self.is_opening = false;
            // If it failed to open, the dialog stays and shows why.
            if cx.library.problem(LibraryTask::Open).is_none() {
                return ui.close();
            }
        }
        self.settle_save(cx);
        self.open_ui(ui, cx);
        ui.add_space(6.0);
        self.list_ui(ui, cx);
        ui.add_space(4.0);
        rule_ui(ui, cx);
        button::row(ui, |ui| button::closing(ui, cx.words.common.close));
    }

    fn open(&mut self, ui: &Ui, cx: &Cx<'_>, path: PathBuf) {
        cx.push(Action::Open(path));
        self.is_opening = true;
        ui.ctx().request_repaint();
    }

    /// Closes the name field once the session is saved.
    fn settle_save(&mut self, model: &Model) {
        let Edit::Name { is_saving, .. } = &mut self.edit else {
            return;
        };
        if !*is_saving || model.library.is_busy() {
            return;
        }
        *is_saving = false;
        if model.library.problem(LibraryTask::Save).is_none() {
            self.edit = Edit::Nothing;
        }
    }

    fn open_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.sessions;
        ui.horizontal(|ui| {
            let label = ui.label(words.path).id;
            let open_width = button::width(ui, words.open) + ui.spacing().item_spacing.x;
            let width = (ui.available_width() - open_width).max(80.0);
            let text = &mut self.path_text;
            let response =
                path_field::input(ui, cx, words.path, text, FileChoice::OpenFolder, width);
            let response = response.labelled_by(label);
            let path = path_field::typed(&self.path_text);
            let can_open = path.is_some() && !cx.library.is_busy();
            let open = ui.add_enabled_ui(can_open, |ui| {
                button::plain(ui, words.open).accessible_name(words.open_path)
            });
            let is_asked = open.inner.clicked() || field::is_confirmed(ui, &response);
            if let Some(path) = path.filter(|_| can_open && is_asked) {
                self.open(ui, cx, path);
            }
        });
        if cx.library.problem(LibraryTask::Open).is_none() {
            small_label(ui, words.about_path);
        }
        problem_ui(ui, cx, LibraryTask::Open);
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let tokens = Tokens::of(ui);
        let Some(sessions) = &cx.library.sessions else {
            ui.colored_label(tokens.muted_text, cx.words.sessions.looking);
            return;
        };
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 420.0);
        let area = ScrollArea::vertical().max_height(height);
        area.auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            // The live session comes first: it is the one most often saved.
            let (first, rest): (Vec<_>, Vec<_>) =
                sessions.iter().partition(|session| is_live(cx, session));
            for session in first.into_iter().chain(rest) {
                let group = UiBuilder::new()
                    .id_salt(&session.folder)
                    .accessibility_role(egui::accesskit::Role::Group)
                    .accessibility_label(title(cx, session));
                ui.scope_builder(group, |ui| self.session_ui(ui, cx, session));
            }
            if sessions.is_empty() {
                ui.colored_label(tokens.muted_text, cx.words.sessions.none);
            }
        });
    }

    fn session_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, session: &ListedCapture) {
        let tokens = Tokens::of(ui);
        let frame = egui::Frame::new()
            .fill(tokens.window)
            .stroke(egui::Stroke::new(1.0, tokens.border))
            .corner_radius(Tokens::CARD_RADIUS)
            .inner_margin(egui::Margin::symmetric(10, 6));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let size = vec2(ui.available_width(), LINE);
            let line = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(size, line, |ui| {
                self.buttons_ui(ui, cx, session);
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let title = RichText::new(title(cx, session)).family(Tokens::semibold());
                    ui.add(Label::new(title).truncate());
                    small_label(ui, state_words(cx, session));
                });
            });
            self.edit_ui(ui, cx, session);
        });
    }

    /// Shows what can be done with a session, from the right.
    fn buttons_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, session: &ListedCapture) {
        let is_live = is_live(cx, session);
        let is_recording = session.state == SessionState::Recording;
        let title = title(cx, session);
        let words = &cx.words.sessions;
        if !is_recording {
            let delete = button::quiet(ui, words.delete);
            let delete = delete.accessible_name(words.delete_session(&title));
            if delete.clicked() {
                self.edit = Edit::Delete(session.folder.clone());
                cx.push(Action::ForgetLibraryProblem);
            }
        }
        if session.kind == SessionKind::Unsaved && (is_live || !is_recording) {
            let save = button::quiet(ui, words.save_as);
            let save = save.accessible_name(words.save_session(&title));
            if save.clicked() {
                self.edit = Edit::naming(&session.folder);
                self.wants_focus = true;
                cx.push(Action::ForgetLibraryProblem);
            }
        }
        if !is_live {
            let open = button::quiet(ui, words.open);
            let open = open.accessible_name(words.open_session(&title));
            if open.clicked() {
                self.open(ui, cx, session.folder.clone());
            }
        }
    }

    /// Shows what is being done with the session, below it.
    fn edit_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, session: &ListedCapture) {
        let words = &cx.words.sessions;
        let mut is_over = false;
        match &mut self.edit {
            Edit::Name {
                folder,
                text,
                is_saving,
            } if *folder == session.folder => {
                ui.horizontal(|ui| {
                    let label = ui.label(words.name).id;
                    let buttons = [words.save, cx.words.common.cancel];
                    let gap = ui.spacing().item_spacing.x;
                    let buttons = buttons.map(|it| button::width(ui, it) + gap);
                    let buttons: f32 = buttons.iter().sum();
                    let width = (ui.available_width() - buttons).max(80.0);
                    let response = field::input(ui, words.name, text, width).labelled_by(label);
                    if std::mem::take(&mut self.wants_focus) {
                        response.request_focus();
                    }
                    let entered = field::is_confirmed(ui, &response);
                    if button::primary(ui, words.save).clicked() || entered {
                        cx.push(Action::SaveSession(folder.clone(), text.clone()));
                        *is_saving = true;
                    }
                    is_over = button::plain(ui, cx.words.common.cancel).clicked();
                });
                problem_ui(ui, cx, LibraryTask::Save);
            }
            Edit::Delete(folder) if *folder == session.folder => {
                let question = words.delete_question(session.size_bytes);
                ui.add(Label::new(question).wrap());
                ui.horizontal(|ui| {
                    if button::primary(ui, words.delete_now).clicked() {
                        cx.push(Action::DeleteSession(folder.clone()));
                    }
                    is_over = button::plain(ui, words.keep).clicked();
                });
                problem_ui(ui, cx, LibraryTask::Delete);
            }
            _ => {}
        }
        if is_over {
            self.edit = Edit::Nothing;
        }
    }
}

/// Shows why a task of the library failed.
pub(super) fn problem_ui(ui: &mut Ui, model: &Model, task: LibraryTask) {
    if let Some(problem) = model.library.problem(task) {
        alert::problem(ui, model.words, problem);
    }
}

impl Edit {
    fn naming(folder: &Path) -> Self {
        Self::Name {
            folder: folder.to_owned(),
            text: String::new(),
            is_saving: false,
        }
    }
}

fn is_live(model: &Model, session: &ListedCapture) -> bool {
    model.library.live_folder.as_ref() == Some(&session.folder)
}

/// Returns the name under which a session was saved, or else when it began.
fn title(model: &Model, session: &ListedCapture) -> String {
    match session.kind {
        SessionKind::Saved => session.title(),
        SessionKind::Unsaved => clock::rewritten(model.words, session.title()),
    }
}

/// Returns when a saved session began, its size and its state: `2026-11-23 04:15  ·  saved  ·  3.2 GiB`.
fn state_words(model: &Model, session: &ListedCapture) -> String {
    let is_live = is_live(model, session);
    let bytes = if is_live {
        model.record.kept_bytes
    } else {
        session.size_bytes
    };
    let words = &model.words.sessions;
    let created = clock::day_and_minute(model.words, session.created);
    let mut parts = match session.kind {
        SessionKind::Saved => vec![created, words.saved.to_owned()],
        // Its title is its time.
        SessionKind::Unsaved => vec![words.unsaved.to_owned()],
    };
    parts.push(model.words.numbers.size(bytes));
    parts.extend(match &session.state {
        SessionState::Closed => None,
        SessionState::Interrupted => Some(words.interrupted.to_owned()),
        SessionState::Recording if is_live => Some(words.live.to_owned()),
        SessionState::Recording => Some(words.in_another_window.to_owned()),
        SessionState::Damaged(why) => Some(why.error().in_words(model.words)),
    });
    parts.join("  ·  ")
}

/// Shows which sessions are deleted automatically.
fn rule_ui(ui: &mut Ui, model: &Model) {
    let words = &model.words.sessions;
    let pruned = model.library.pruned;
    let sentences = [
        Some(words.rule(UNSAVED_DAYS, UNSAVED_KEPT as u64)),
        (pruned > 0).then(|| words.pruned(pruned as u64)),
        Some(words.saved_stay.to_owned()),
    ];
    let text = model.words.joined(sentences.into_iter().flatten());
    let text = RichText::new(text).small();
    ui.add(Label::new(text.color(Tokens::of(ui).muted_text)).wrap());
}
