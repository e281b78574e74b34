//! Dialogs about documents: open, save, and the question before one is left; and what is about to be dropped.

use std::path::{Path, PathBuf};

use egui::{Align2, CornerRadius, Id, Label, LayerId, Order, ScrollArea, Ui};

use super::path_field;
use super::sessions::problem_ui;
use super::widgets::{alert, button, explain_disabled, field, muted_label, small_label};
use super::{Action, Cx, Tokens};
use crate::model::{FileChoice, Leaving, Model, Next, document_name, expected};
use crate::session::{LibraryTask, Opening};
use crate::words::{InWords as _, Language};
use crate::workspace::DOCUMENT_ENDING;

/// The least width of the menu of recent documents, in points.
const MENU_WIDTH: f32 = 220.0;
/// The most files that are opened when they are dropped together.
pub(super) const MAX_DROPPED: usize = 16;

/// Where the desktop has no file dialog, or a path could not be opened: a field for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenDialog {
    /// To open something, or to import its messages.
    choice: FileChoice,
    path_text: String,
    /// Whether opening was requested; the dialog closes once it is done.
    is_opening: bool,
    had_focus: bool,
}

impl OpenDialog {
    /// Makes the dialog for a file to open, or for one whose messages are imported.
    pub(super) fn new(choice: FileChoice) -> Self {
        Self {
            choice,
            path_text: String::new(),
            is_opening: false,
            had_focus: false,
        }
    }

    /// Returns what the path is for.
    pub(super) fn choice(&self) -> FileChoice {
        self.choice
    }

    /// Returns its title.
    pub(super) fn title(&self, words: &Language) -> &'static str {
        match self.choice {
            FileChoice::Messages => words.documents.import_title,
            _ => words.documents.open_title,
        }
    }

    fn task(&self) -> LibraryTask {
        match self.choice {
            FileChoice::Messages => LibraryTask::Import,
            _ => LibraryTask::Open,
        }
    }

    /// Shows the field, and the recent documents where one of them can be opened.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.is_opening && !cx.library.is_busy() {
            self.is_opening = false;
            // If it failed to open, the dialog stays and shows why.
            if cx.library.problem(self.task()).is_none() {
                return ui.close();
            }
        }
        let words = &cx.words.documents;
        let is_import = self.choice == FileChoice::Messages;
        let (about, name, verb) = if is_import {
            (words.about_import, words.import_path, words.import)
        } else {
            (words.about_open, words.open_path, words.open)
        };
        muted_label(ui, about);
        field::label(ui, name);
        let width = ui.available_width();
        let text = &mut self.path_text;
        let response = path_field::input(ui, cx, name, text, self.choice, width);
        if !std::mem::replace(&mut self.had_focus, true) {
            response.request_focus();
        }
        no_dialogs_ui(ui, cx);
        problem_ui(ui, cx, self.task());
        ui.add_space(6.0);
        if !is_import {
            self.recent_ui(ui, cx);
        }
        let path = path_field::typed(&self.path_text);
        let is_ready = path.is_some() && !cx.library.is_busy();
        let is_confirmed = field::is_confirmed(ui, &response);
        button::row(ui, |ui| {
            let open = ui.add_enabled_ui(is_ready, |ui| button::primary(ui, verb));
            if let Some(path) = path.filter(|_| is_ready && (open.inner.clicked() || is_confirmed))
            {
                self.open(ui, cx, path);
            }
            button::closing(ui, cx.words.common.cancel);
        });
    }

    fn open(&mut self, ui: &Ui, cx: &Cx<'_>, path: PathBuf) {
        cx.push(match self.choice {
            FileChoice::Messages => Action::ImportMessages(path),
            _ => Action::Open(path),
        });
        self.is_opening = true;
        ui.ctx().request_repaint();
    }

    fn recent_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if cx.preferences.recent.is_empty() {
            return;
        }
        small_label(ui, cx.words.documents.recent);
        let area = ScrollArea::vertical().max_height(200.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            if let Some(path) = recent_rows_ui(ui, cx) {
                self.path_text = path.display().to_string();
                self.open(ui, cx, path);
            }
        });
    }
}

/// Shows the recent documents as a menu.
pub(super) fn recent_menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.set_min_width(MENU_WIDTH);
    if cx.preferences.recent.is_empty() {
        ui.add_enabled(false, button::item(cx.words.menus.no_recent, None));
    }
    if let Some(path) = recent_rows_ui(ui, cx) {
        cx.push(Action::Open(path));
        ui.close();
    }
}

/// Shows the recent documents, a row each; returns the one that was clicked. One that cannot be opened is grey, with the
/// reason.
pub(super) fn recent_rows_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<PathBuf> {
    let words = &cx.words.documents;
    let mut clicked = None;
    for path in &cx.preferences.recent {
        let name = document_name(Some(path), cx.words);
        let missing = cx.documents.missing.get(path);
        let text = match missing {
            Some(kind) => {
                let why = std::io::Error::from(*kind).in_words(cx.words);
                words.recent_missing(&name, &why)
            }
            None => name.clone(),
        };
        ui.horizontal(|ui| {
            let row = ui.add_enabled_ui(missing.is_none(), |ui| button::quiet(ui, text));
            let folder = path.display().to_string();
            let row = row.inner.on_hover_text(&folder);
            let row = explain_disabled(row, &folder);
            if row.accessible_name(words.open_recent(&name)).clicked() {
                clicked = Some(path.clone());
            }
            if missing.is_some() {
                let forget = button::close(ui).on_hover_text(words.forget_recent(&name));
                if forget.accessible_name(words.forget_recent(&name)).clicked() {
                    cx.push(Action::ForgetRecent(path.clone()));
                }
            }
            let folder = path.parent().unwrap_or(path).display();
            small_label(ui, folder.to_string());
        });
    }
    clicked
}

/// Where the desktop has no file dialog: a field for the file to save in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SaveDialog {
    path_text: String,
    may_replace: bool,
    is_saving: bool,
    had_focus: bool,
}

impl SaveDialog {
    /// Makes the dialog, with a file beside the document's own or in the user's documents folder.
    pub(super) fn new(model: &Model) -> Self {
        let path = proposed_document(model);
        Self {
            path_text: path.map_or_else(String::new, |path| path.display().to_string()),
            ..Self::default()
        }
    }

    /// Shows the field.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.is_saving && !cx.documents.is_saving {
            self.is_saving = false;
            if cx.documents.problem.is_none() {
                return ui.close();
            }
        }
        let words = &cx.words.documents;
        muted_label(ui, words.about_save);
        let (text, choice) = (&mut self.path_text, FileChoice::SaveDocument);
        // The desktop's dialog asks itself before it returns a file that exists.
        self.may_replace |= cx.documents.chosen_for(choice).is_some();
        let response = path_field::row(ui, cx, words.save_path, text, choice);
        if !std::mem::replace(&mut self.had_focus, true) {
            response.request_focus();
        }
        field::tick(ui, &mut self.may_replace, cx.words.common.replace);
        no_dialogs_ui(ui, cx);
        if let Some(problem) = &cx.documents.problem {
            alert::problem(ui, cx.words, problem.as_ref());
        }
        let path = path_field::typed(&self.path_text);
        let is_ready = path.is_some() && !cx.documents.is_saving;
        let is_confirmed = field::is_confirmed(ui, &response);
        button::row(ui, |ui| {
            let save = ui.add_enabled_ui(is_ready, |ui| button::primary(ui, words.save));
            if let Some(path) = path.filter(|_| is_ready && (save.inner.clicked() || is_confirmed))
            {
                let may_replace = self.may_replace;
                cx.push(Action::SaveDocumentIn { path, may_replace });
                self.is_saving = true;
                ui.ctx().request_repaint();
            }
            button::closing(ui, cx.words.common.cancel);
        });
    }
}

/// Returns a file to save the document in.
pub fn proposed_document(model: &Model) -> Option<PathBuf> {
    let own = model.documents.path.clone();
    own.or_else(|| {
        let folder = model.library.documents_folder.as_ref()?;
        let name = model.document_name();
        Some(folder.join(format!("{name}.{DOCUMENT_ENDING}")))
    })
}

fn no_dialogs_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.documents.lacks_dialogs {
        small_label(ui, cx.words.documents.no_dialogs);
    }
}

/// Returns the title of the question before the document is left.
pub(super) fn leave_title(model: &Model) -> String {
    let words = &model.words.documents;
    let name = |path: &Path| document_name(Some(path), model.words);
    match &model.documents.leaving {
        Some(leaving) if !leaving.loses_changes => match &leaving.next {
            Next::New => words.stop_title_new.to_owned(),
            Next::Open(path) => words.stop_title_open(&name(path)),
            Next::Reload(path) => words.stop_title_reload(&name(path)),
            Next::Quit => model.words.dialogs.quit_title.to_owned(),
        },
        _ => words.leave_title(&model.document_name()),
    }
}

/// Asks before the document is left: once, about everything that would be lost.
pub(super) fn leave_ui(ui: &mut Ui, cx: &Cx<'_>, leaving: &Leaving) {
    let words = &cx.words.documents;
    if leaving.loses_changes {
        ui.add(Label::new(words.leave_unsaved).wrap());
    }
    match leaving.next {
        Next::Quit if cx.live_connections > 0 => {
            ui.add(Label::new(words.leave_quit(cx.live_connections)).wrap());
        }
        Next::Quit => {}
        _ if leaving.running > 0 => {
            ui.add(Label::new(words.leave_stop(leaving.running)).wrap());
        }
        _ => {}
    }
    button::row(ui, |ui| {
        ui.add_enabled_ui(!leaving.is_saving, |ui| {
            let (main, save) = match &leaving.next {
                // It has no file yet.
                _ if leaving.loses_changes && cx.documents.path.is_none() => (words.save_as, true),
                _ if leaving.loses_changes => (words.save, true),
                Next::New => (words.stop_new, false),
                Next::Open(_) => (words.stop_open, false),
                Next::Reload(_) => (words.stop_reload, false),
                Next::Quit => (cx.words.dialogs.quit_button, false),
            };
            let main = button::primary(ui, main);
            if ui.memory(|memory| memory.focused().is_none()) {
                main.request_focus();
            }
            if main.clicked() {
                cx.push(Action::Leave { save });
            }
            if save && button::plain(ui, words.dont_save).clicked() {
                cx.push(Action::Leave { save: false });
            }
        });
        button::closing(ui, cx.words.common.cancel);
    });
}

/// Says over everything what a drop would open, while files are held over the window.
pub(super) fn hover_ui(ui: &Ui, cx: &Cx<'_>) {
    let hovered = ui.input(|input| input.raw.hovered_files.clone());
    if hovered.is_empty() {
        return;
    }
    let words = &cx.words.documents;
    let first = hovered.first().and_then(|file| file.path.as_deref());
    let name = document_name(first, cx.words);
    let text = match first.and_then(expected) {
        _ if hovered.len() > 1 => words.drop_many(hovered.len() as u64),
        Some(Opening::Document(_)) => words.drop_document(&name),
        Some(Opening::CapturedFile(_)) => words.drop_captured(&name),
        Some(Opening::Messages(_)) => words.drop_messages(&name),
        Some(Opening::Capture(_)) | None => words.drop_any(&name),
    };
    let tokens = Tokens::of(ui);
    let rect = ui.ctx().content_rect();
    let layer = LayerId::new(Order::Foreground, Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_filled(rect, CornerRadius::ZERO, tokens.window.gamma_multiply(0.85));
    let frame = rect.shrink(12.0);
    let stroke = egui::Stroke::new(2.0, tokens.accent);
    painter.rect_stroke(frame, Tokens::CARD_RADIUS, stroke, egui::StrokeKind::Inside);
    let font = egui::FontId::new(20.0, Tokens::semibold());
    let galley = painter.layout(text, font, tokens.text, frame.width() - 48.0);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), frame);
    painter.galley(at.min, galley, tokens.text);
}
