//! The message being written: its recipients, its format, and the exact bytes that will be sent.

mod completion;
mod file;
mod history;
mod paste;
mod payloads;
mod preview;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditOutput;
use egui::{
    Align, ComboBox, FontId, Id, Key, Layout, Margin, Modifiers, ScrollArea, TextEdit, Ui, vec2,
};

use super::action::Action;
use super::keys;
use super::theme::Tokens;
use super::widgets::{button, choice};
use crate::model::{Model, Recipients};
use crate::payload::{Draft, Format, LineEnding};
use crate::words::composer::Composer as Words;
use completion::Completion;
use file::FileMenu;
use history::History;
use paste::PasteOffer;
use payloads::Payloads;
use preview::Preview;

/// The most lines that the message field grows to; a longer message scrolls.
const MAX_ROWS: usize = 6;
/// The width below which the choices are shown without labels, in points.
const NARROW: f32 = 860.0;

/// The composer's own state.
#[derive(Default)]
pub(super) struct Composer {
    /// The content of the field: taken from the model once, then handed back with every change.
    draft: Option<Draft>,
    preview: Preview,
    history: History,
    completion: Completion,
    payloads: Payloads,
    paste: PasteOffer,
    file: FileMenu,
    /// The cursor's line in the last frame, and the number of lines.
    cursor: Option<(usize, usize)>,
    /// Whether to select the whole message at the next frame, so that typing replaces it.
    select_all: bool,
}

impl Composer {
    /// Replaces the message in the field.
    pub(super) fn replace(&mut self, draft: Draft, actions: &mut Vec<Action>) {
        actions.push(Action::EditDraft(draft.clone()));
        self.draft = Some(draft);
        self.history.leave();
        self.select_all = true;
    }

    /// Shows the composer.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        let saved = || model.preferences.composer.draft.clone();
        let mut draft = self.draft.take().unwrap_or_else(saved);
        let mut recalled = None;
        let chose = choices_ui(ui, model, &mut draft, actions, |ui, draft, actions| {
            recalled = self.payloads.ui(ui, model, draft, actions);
            self.file.ui(ui, model.words, actions);
        });
        let chose = match recalled {
            Some(saved) => {
                draft = saved;
                self.history.leave();
                self.select_all = true;
                true
            }
            None => chose,
        };
        let (typed, send) = self.message_ui(ui, model, &mut draft);
        file::progress_ui(ui, model, actions);
        self.paste.look(ui, &draft);
        let as_hex = self.paste.ui(ui, model, &draft);
        let is_taken = as_hex.is_some();
        draft = as_hex.unwrap_or(draft);
        self.preview.follow(&draft, model);
        let plain = self.preview.ui(ui, model);
        if plain {
            draft.escapes = false;
        }
        if chose || typed || plain || is_taken {
            actions.push(Action::EditDraft(draft.clone()));
        }
        if send {
            self.history.leave();
            self.select_all = true;
            actions.push(Action::Send);
        }
        self.draft = Some(draft);
    }

    /// Shows the field and the button; returns whether the message changed and whether to send it.
    fn message_ui(&mut self, ui: &mut Ui, model: &Model, draft: &mut Draft) -> (bool, bool) {
        let id = ui.make_persistent_id("message");
        let mut changed = false;
        let mut completed = None;
        if ui.memory(|memory| memory.has_focus(id)) {
            completed = self.completion.keys(ui, id, draft);
            let history = &model.preferences.composer.history;
            changed = completed.is_some() || self.recall(ui, history, draft);
        }
        let mut send = keys::SEND.pressed(ui);
        let is_next = model.next_server_to_start().is_none();
        let size = vec2(ui.available_width(), field_height(ui, draft));
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Max), |ui| {
            let words = &model.words.composer;
            let response = button::action(ui, words.send, is_next);
            let hover = keys::SEND.hover(ui, model.words);
            send |= response.on_hover_text(hover).clicked();
            let output = field_ui(ui, words, id, draft, self.completion.is_open());
            let field = output.response.response.clone();
            field.accessible_name(words.message);
            changed |= self.typed(&output);
            completed = completed.or(self.completion.ui(ui, &output, draft, model.words));
            changed |= completed.is_some();
            self.after_field(ui, id, output, draft, changed, completed);
        });
        (changed, send)
    }

    /// Recalls an earlier or later message if its key was pressed.
    fn recall(&mut self, ui: &Ui, history: &[Draft], draft: &mut Draft) -> bool {
        let (line, lines) = self.cursor.unwrap_or((0, 1));
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let older = pressed(Modifiers::ALT, Key::ArrowUp)
            || (line == 0 && pressed(Modifiers::NONE, Key::ArrowUp));
        let newer = pressed(Modifiers::ALT, Key::ArrowDown)
            || (line + 1 == lines && pressed(Modifiers::NONE, Key::ArrowDown));
        let recalled = match (older, newer) {
            (true, _) => self.history.older(history, draft),
            (false, true) => self.history.newer(history, draft),
            (false, false) => None,
        };
        let Some(recalled) = recalled else {
            return false;
        };
        *draft = recalled;
        true
    }

    /// Returns whether the user typed; then the message no longer belongs to the history.
    fn typed(&mut self, output: &TextEditOutput) -> bool {
        let typed = output.response.response.changed();
        if typed {
            self.history.leave();
        }
        typed
    }

    /// Remembers where the cursor is, and moves it or selects text if that is due.
    fn after_field(
        &mut self,
        ui: &Ui,
        id: Id,
        mut output: TextEditOutput,
        draft: &Draft,
        changed: bool,
        completed: Option<CCursor>,
    ) {
        let text = &draft.text;
        let typed = output.response.response.changed();
        let wanted = if std::mem::take(&mut self.select_all) {
            ui.memory_mut(|memory| memory.request_focus(id));
            Some(CCursorRange::select_all_str(text))
        } else if let Some(cursor) = completed {
            ui.memory_mut(|memory| memory.request_focus(id));
            Some(CCursorRange::one(cursor))
        } else if changed && !typed {
            // A recalled message: the cursor goes to its end.
            Some(CCursorRange::one(output.galley.end()))
        } else {
            None
        };
        if let Some(range) = wanted {
            output.state.cursor.set_char_range(Some(range));
            output.state.store(ui.ctx(), id);
            ui.ctx().request_repaint();
        }
        self.cursor = output.cursor_range.map(|range| {
            let line = output.galley.layout_from_cursor(range.primary).row;
            (line, output.galley.rows.len().max(1))
        });
    }
}

/// Returns the height of the field: it grows with the message, up to a bound.
fn field_height(ui: &Ui, draft: &Draft) -> f32 {
    let tokens = Tokens::of(ui);
    let rows = draft.text.split('\n').count().clamp(1, MAX_ROWS);
    tokens.control_height + 2.0 + (rows as f32 - 1.0) * tokens.text_line_height
}

fn field_ui(
    ui: &mut Ui,
    words: &Words,
    id: Id,
    draft: &mut Draft,
    takes_tab: bool,
) -> TextEditOutput {
    let tokens = Tokens::of(ui);
    let height = field_height(ui, draft);
    let draft_format = draft.format;
    ScrollArea::vertical()
        .id_salt("message scroll")
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            TextEdit::multiline(&mut draft.text)
                .id(id)
                .lock_focus(takes_tab)
                .font(FontId::monospace(tokens.data_size))
                .desired_rows(1)
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, tokens.control_height + 2.0))
                .margin(Margin::symmetric(9, 5))
                .hint_text(match draft_format {
                    Format::Text => words.text_hint,
                    Format::Hex => words.hex_hint,
                })
                .show(ui)
        })
        .inner
}

/// Shows the recipients and the format of the message; returns whether the draft changed.
fn choices_ui(
    ui: &mut Ui,
    model: &Model,
    draft: &mut Draft,
    actions: &mut Vec<Action>,
    more: impl FnOnce(&mut Ui, &Draft, &mut Vec<Action>),
) -> bool {
    let before = (
        draft.format,
        draft.line_ending,
        draft.escapes,
        draft.template,
    );
    let words = &model.words.composer;
    let is_narrow = ui.available_width() < NARROW;
    let mut more = Some(more);
    ui.horizontal(|ui| {
        recipients_ui(ui, model, is_narrow, actions);
        let formats = [(Format::Text, words.text), (Format::Hex, words.hex)];
        choice_ui(ui, words.format, is_narrow, &mut draft.format, &formats);
        if draft.format == Format::Text {
            let endings = [
                (LineEnding::None, words.no_ending),
                (LineEnding::Lf, words.lf),
                (LineEnding::Cr, words.cr),
                (LineEnding::CrLf, words.crlf),
            ];
            let chosen = &mut draft.line_ending;
            choice_ui(ui, words.line_ending, is_narrow, chosen, &endings);
        }
        if !is_narrow && let Some(more) = more.take() {
            switches_ui(ui, words, draft, actions, more);
        }
    });
    if let Some(more) = more {
        ui.horizontal(|ui| switches_ui(ui, words, draft, actions, more));
    }
    before
        != (
            draft.format,
            draft.line_ending,
            draft.escapes,
            draft.template,
        )
}

/// Shows the switches for escapes and templates, and more buttons.
fn switches_ui(
    ui: &mut Ui,
    words: &Words,
    draft: &mut Draft,
    actions: &mut Vec<Action>,
    more: impl FnOnce(&mut Ui, &Draft, &mut Vec<Action>),
) {
    if draft.format == Format::Text {
        ui.checkbox(&mut draft.escapes, words.escapes)
            .on_hover_text(words.escapes_why);
    }
    ui.checkbox(&mut draft.template, words.template)
        .on_hover_text(words.template_why);
    more(ui, draft, actions);
}

fn recipients_ui(ui: &mut Ui, model: &Model, is_narrow: bool, actions: &mut Vec<Action>) {
    let tokens = Tokens::of(ui);
    let words = &model.words.composer;
    let label = ui.colored_label(tokens.muted_text, words.to);
    let named = |recipients: Recipients| {
        let name = model.recipients_label(recipients);
        match (recipients, model.target_label(recipients.endpoint())) {
            (Recipients::Client(_), Some(target)) => words.to_address(&name, &target),
            _ => name,
        }
    };
    let shown = model.send_to.map_or_else(|| words.nobody.to_owned(), named);
    // The rest of the line needs this much.
    let others = if is_narrow { 190.0 } else { 670.0 };
    let width = (ui.available_width() - others).clamp(96.0, 280.0);
    let combo = ComboBox::from_id_salt("send to")
        .selected_text(shown)
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            for recipients in model.possible_recipients() {
                let selected = model.send_to == Some(recipients);
                let name = model.recipients_label(recipients);
                let response = ui.selectable_label(selected, named(recipients));
                if response.accessible_name(name).clicked() {
                    actions.push(Action::SendTo(recipients));
                    ui.close();
                }
            }
        });
    combo
        .response
        .labelled_by(label.id)
        .accessible_name(words.send_to);
}

/// Shows a labelled choice of a few values.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    is_narrow: bool,
    value: &mut T,
    choices: &[(T, &str)],
) {
    if !is_narrow {
        ui.add_space(6.0);
        ui.colored_label(Tokens::of(ui).muted_text, name);
    }
    choice::list(ui, name, 64.0, value, choices).on_hover_text(name);
}
