//! Dialogs: the question before closing, the lists of problems and keys, the sessions, recording.

use egui::{Frame, Grid, Id, Modal, RichText, ScrollArea, Ui};

use super::action::Action;
use super::export::ExportForm;
use super::keys;
use super::recording::RecordingForm;
use super::sessions::SessionsDialog;
use super::theme::Tokens;
use super::widgets::button;
use crate::model::Model;
use crate::words::{InWords as _, Language, sentence};

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Dialog {
    /// Asks whether to quit while connections are live.
    Quit {
        /// Whether to ask again next time.
        ask_again: bool,
    },
    /// The list of problems.
    Problems,
    /// The keyboard shortcuts.
    Keys,
    /// The sessions on disk.
    Sessions(SessionsDialog),
    /// How much is recorded.
    Recording(RecordingForm),
    /// An export for other tools.
    Export(ExportForm),
}

impl Dialog {
    fn name(&self, words: &Language) -> &'static str {
        match self {
            Self::Quit { .. } => words.dialogs.quit_title,
            Self::Problems => words.dialogs.problems,
            Self::Keys => words.dialogs.keys,
            Self::Sessions(_) => words.dialogs.sessions,
            Self::Recording(_) => words.common.recording_settings,
            Self::Export(_) => words.dialogs.export,
        }
    }

    /// Returns how wide the dialog may be, in points.
    fn max_width(&self) -> f32 {
        match self {
            Self::Quit { .. } => 400.0,
            Self::Problems => 480.0,
            Self::Keys | Self::Sessions(_) => 640.0,
            Self::Recording(_) => 440.0,
            Self::Export(_) => 520.0,
        }
    }

    /// Shows the dialog; returns it while it stays open.
    pub(super) fn ui(
        mut self,
        ui: &mut Ui,
        model: &Model,
        actions: &mut Vec<Action>,
    ) -> Option<Self> {
        let mut done = false;
        let frame = Frame::window(ui.style()).inner_margin(Tokens::of(ui).dialog_margin);
        let name = self.name(model.words);
        let id = Id::unique(("dialog", std::mem::discriminant(&self)));
        let area = Modal::default_area(id).accessible_name(name);
        let dialog = Modal::new(id).area(area).frame(frame);
        let shown = dialog.show(ui.ctx(), |ui| {
            ui.set_max_width(self.max_width());
            ui.label(RichText::new(name).heading());
            ui.add_space(4.0);
            done = match &mut self {
                Self::Quit { ask_again } => quit_ui(ui, model, ask_again, actions),
                Self::Problems => problems_ui(ui, model, actions),
                Self::Keys => keys_ui(ui, model),
                Self::Sessions(sessions) => sessions.ui(ui, model, actions),
                Self::Recording(form) => form.ui(ui, model, actions),
                Self::Export(form) => form.ui(ui, model, actions),
            };
        });
        (!done && !shown.should_close()).then_some(self)
    }
}

fn quit_ui(ui: &mut Ui, model: &Model, ask_again: &mut bool, actions: &mut Vec<Action>) -> bool {
    let words = &model.words.dialogs;
    ui.label(words.quit(model.live_connections()));
    ui.add_space(8.0);
    let mut never = !*ask_again;
    ui.checkbox(&mut never, words.never_ask);
    *ask_again = !never;
    ui.add_space(8.0);
    let mut done = false;
    button::row(ui, |ui| {
        let quit = button::primary(ui, words.quit_button);
        if ui.memory(|memory| memory.focused().is_none()) {
            quit.request_focus();
        }
        if quit.clicked() {
            actions.push(Action::Quit {
                ask_again: *ask_again,
            });
            done = true;
        }
        done |= button::plain(ui, model.words.common.cancel).clicked();
    });
    done
}

fn problems_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) -> bool {
    let tokens = Tokens::of(ui);
    ScrollArea::vertical()
        .max_height(320.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for notice in model.notices.newest_first() {
                ui.label(tokens.small_words(notice.place.in_words(model.words), tokens.muted_text));
                ui.label(sentence(&notice.problem.in_words(model.words)));
                if let Some(advice) = notice.problem.advice(model.words) {
                    ui.colored_label(tokens.muted_text, advice);
                }
                ui.add_space(8.0);
            }
            if model.notices.is_empty() {
                ui.colored_label(tokens.muted_text, model.words.notices.none);
            }
        });
    ui.add_space(8.0);
    let mut done = false;
    button::row(ui, |ui| {
        done = button::primary(ui, model.words.common.close).clicked();
        if !model.notices.is_empty() && button::plain(ui, model.words.notices.clear).clicked() {
            actions.push(Action::ClearNotices);
        }
    });
    done
}

fn keys_ui(ui: &mut Ui, model: &Model) -> bool {
    let keys = keys::list(ui, model.words);
    let height = ui.ctx().content_rect().height() - 180.0;
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = Tokens::of(ui).text_line_height;
        Grid::new("keys")
            .num_columns(2)
            .spacing([24.0, 8.0])
            .show(ui, |ui| {
                for (key, does) in keys {
                    ui.label(RichText::new(key).monospace());
                    ui.label(does);
                    ui.end_row();
                }
            });
    });
    ui.add_space(8.0);
    let mut done = false;
    button::row(ui, |ui| {
        done = button::primary(ui, model.words.common.close).clicked();
    });
    done
}
