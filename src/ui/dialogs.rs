//! Dialogs: the question before closing, the lists of problems and keys, the sessions, recording.

use egui::{Frame, Id, Label, Modal, RichText, ScrollArea, Ui};

use super::documents::{self, OpenDialog, SaveDialog};
use super::export::ExportForm;
use super::palette::Palette;
use super::picture::PictureForm;
use super::presets::PresetList;
use super::recording::RecordingForm;
use super::sessions::SessionsDialog;
use super::widgets::{button, scrolls_in_sight};
use super::{Action, Cx, Tokens, about, clock, diagnosis, keys};
use crate::model::{Model, Notice, NoticePlace};
use crate::net::EndpointId;
use crate::words::{InWords as _, sentence};

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Dialog {
    /// Asks whether to quit while connections are live.
    Quit {
        /// Whether to ask again next time.
        ask_again: bool,
    },
    /// The list of all commands.
    Commands(Palette),
    /// The list of problems.
    Problems,
    /// The keyboard shortcuts.
    Keys,
    /// What the program is, and under which licences.
    About,
    /// A path to open.
    Open(OpenDialog),
    /// A file to save the document in.
    Save(SaveDialog),
    /// Asks before the document is left.
    Leave,
    /// The sessions on disk.
    Sessions(SessionsDialog),
    /// How much is recorded.
    Recording(RecordingForm),
    /// An export for other tools.
    Export(ExportForm),
    /// The presets to choose from.
    Presets(PresetList),
    /// A picture to save.
    Picture(Box<PictureForm>),
}

impl Dialog {
    /// Returns its name, and how wide it may be, in points.
    fn name_and_width(&self, model: &Model) -> (String, f32) {
        let words = model.words;
        let (name, width) = match self {
            Self::Leave => return (documents::leave_title(model), 420.0),
            Self::Open(dialog) => (dialog.title(words), 520.0),
            Self::Quit { .. } => (words.dialogs.quit_title, 440.0),
            Self::Commands(_) => (words.menus.find_command, 520.0),
            Self::Problems => (words.dialogs.problems, 480.0),
            Self::Keys => (words.dialogs.keys, 600.0),
            Self::About => (words.dialogs.about, 520.0),
            Self::Save(_) => (words.documents.save_title, 520.0),
            Self::Sessions(_) => (words.dialogs.sessions, 640.0),
            Self::Recording(_) => (words.common.recording_settings, 480.0),
            Self::Export(_) => (words.dialogs.export, 520.0),
            Self::Presets(_) => (words.rules.presets, 520.0),
            Self::Picture(_) => (words.lifecycles.save_title, 520.0),
        };
        (name.to_owned(), width)
    }

    /// Returns whether its first control gets the keyboard: it chooses none itself.
    pub(super) fn begins_with_first(&self) -> bool {
        matches!(
            self,
            Self::Sessions(_) | Self::Recording(_) | Self::Export(_)
        )
    }

    /// Shows the dialog; returns it while it stays open.
    pub(super) fn ui(mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Self> {
        let frame = Frame::window(ui.style()).inner_margin(Tokens::DIALOG_MARGIN);
        let (name, max_width) = self.name_and_width(cx);
        let id = Id::unique(("dialog", std::mem::discriminant(&self)));
        let area = Modal::default_area(id).accessible_name(&name);
        let dialog = Modal::new(id).area(area).frame(frame);
        let shown = dialog.show(ui.ctx(), |ui| {
            ui.set_max_width(max_width);
            ui.label(RichText::new(name).heading());
            ui.add_space(4.0);
            match &mut self {
                Self::Quit { ask_again } => quit_ui(ui, cx, ask_again),
                Self::Commands(palette) => palette.ui(ui, cx),
                Self::Problems => problems_ui(ui, cx),
                Self::Keys => keys::ui(ui, cx),
                Self::About => about::ui(ui, cx),
                Self::Open(dialog) => dialog.ui(ui, cx),
                Self::Save(dialog) => dialog.ui(ui, cx),
                Self::Leave => match &cx.documents.leaving {
                    Some(leaving) => documents::leave_ui(ui, cx, leaving),
                    None => ui.close(),
                },
                Self::Sessions(sessions) => sessions.ui(ui, cx),
                Self::Recording(form) => form.ui(ui, cx),
                Self::Export(form) => form.ui(ui, cx),
                Self::Presets(list) => list.ui(ui, cx),
                Self::Picture(form) => form.ui(ui, cx),
            }
        });
        let is_over = shown.should_close();
        if is_over && cx.documents.leaving.is_some() {
            match self {
                Self::Leave => cx.push(Action::Stay),
                Self::Save(_) => cx.push(Action::AskToLeave),
                _ => {}
            }
        }
        (!is_over).then_some(self)
    }
}

fn quit_ui(ui: &mut Ui, cx: &Cx<'_>, ask_again: &mut bool) {
    let words = &cx.words.dialogs;
    ui.label(words.quit(cx.live_connections));
    ui.add_space(8.0);
    let mut never = !*ask_again;
    ui.checkbox(&mut never, words.never_ask);
    *ask_again = !never;
    button::row(ui, |ui| {
        let quit = button::primary(ui, words.quit_button);
        if ui.memory(|memory| memory.focused().is_none()) {
            quit.request_focus();
        }
        if quit.clicked() {
            let ask_again = *ask_again;
            cx.push(Action::Quit { ask_again });
            ui.close();
        }
        button::closing(ui, cx.words.common.cancel);
    });
}

fn problems_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = Tokens::of(ui);
    scrolls_in_sight(ui);
    let area = ScrollArea::vertical().max_height(320.0);
    area.auto_shrink([false, true]).show(ui, |ui| {
        let mut helped = Vec::new();
        for notice in cx.notices.newest_first() {
            notice_ui(ui, cx, notice, &mut helped);
        }
        if cx.notices.is_empty() {
            ui.colored_label(tokens.muted_text, cx.words.notices.none);
        }
    });
    button::row(ui, |ui| {
        if button::primary(ui, cx.words.common.close).clicked() {
            ui.close();
        }
        if !cx.notices.is_empty() && button::plain(ui, cx.words.notices.clear).clicked() {
            cx.push(Action::ClearNotices);
        }
    });
}

/// Shows where and when something went wrong, what, and what can be done about it; one that is solved needs no advice.
/// `helped` are the endpoints whose newest problem stands above.
fn notice_ui(ui: &mut Ui, cx: &Cx<'_>, notice: &Notice, helped: &mut Vec<EndpointId>) {
    let (tokens, words) = (Tokens::of(ui), &cx.words.notices);
    let mut place = notice.place.in_words(cx.words);
    if let Some(at) = notice.at {
        place = words.placed(&place, &clock::seconds(at));
    }
    if notice.is_solved {
        place = words.solved(&place);
    }
    ui.label(Tokens::small_words(place, tokens.muted_text));
    let newest = notice.endpoint.filter(|it| !helped.contains(it));
    helped.extend(newest);
    let newest = newest.filter(|_| !notice.is_solved);
    let is_shown = newest.is_some_and(|endpoint| {
        // As it stands at the endpoint.
        let shown = ui.push_id(endpoint, |ui| diagnosis::failure_ui(ui, cx, endpoint));
        shown.inner
    });
    if !is_shown {
        problem_ui(ui, cx, notice);
    }
    ui.add_space(8.0);
}

fn problem_ui(ui: &mut Ui, cx: &Cx<'_>, notice: &Notice) {
    let tokens = Tokens::of(ui);
    let color = if notice.is_solved {
        tokens.muted_text
    } else {
        tokens.text
    };
    let mut say = |text: String, color| {
        ui.add(Label::new(RichText::new(text).color(color)).wrap());
    };
    say(sentence(&notice.problem.in_words(cx.words)), color);
    if notice.is_solved {
        return;
    }
    if let Some(advice) = notice.problem.advice(cx.words) {
        say(advice, tokens.muted_text);
    }
    let is_unsaved = notice.place == NoticePlace::Document && cx.documents.problem.is_some();
    if is_unsaved && button::plain(ui, cx.words.documents.save_as).clicked() {
        cx.push(Action::AskSaveAs);
        ui.close();
    }
}
