//! The message being written: its recipients, its format, and the exact bytes that will be sent.

mod completion;
mod file;
mod history;
mod paste;
mod payloads;
mod preview;

use egui::text::CCursorRange;
use egui::text_edit::TextEditOutput;
use egui::{Align, ComboBox, Id, Key, Layout, Margin, Modifiers, ScrollArea, TextEdit, Ui, vec2};

use super::widgets::{button, choice};
use super::{Action, Cx, Tokens, commands};
use crate::model::Recipients;
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

/// The width of the button, in points.
const SEND_WIDTH: f32 = 84.0;

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
    /// Whether a command asked to send the message.
    send: bool,
}

impl Composer {
    /// Replaces the message in the field.
    pub(super) fn replace(&mut self, draft: Draft, cx: &Cx<'_>) {
        cx.push(Action::EditDraft(draft.clone()));
        self.draft = Some(draft);
        self.history.leave();
        self.select_all = true;
    }

    /// Sends the message at the next frame.
    pub(super) fn send(&mut self) {
        self.send = true;
    }

    /// Shows the composer.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let saved = || cx.preferences.composer.draft.clone();
        let mut draft = self.draft.take().unwrap_or_else(saved);
        let before = draft.clone();
        self.choices_ui(ui, cx, &mut draft);
        let send = self.message_ui(ui, cx, &mut draft);
        file::progress_ui(ui, cx);
        self.paste.look(ui, &draft);
        self.paste.ui(ui, cx, &mut draft);
        self.preview.follow(&draft, cx);
        self.preview.ui(ui, cx, &mut draft);
        if draft != before {
            cx.push(Action::EditDraft(draft.clone()));
        }
        if send {
            self.history.leave();
            self.select_all = true;
            cx.push(Action::Send);
        }
        self.draft = Some(draft);
    }

    /// Shows the recipients and the format of the message.
    fn choices_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
        let words = &cx.words.composer;
        let is_narrow = ui.available_width() < NARROW;
        ui.horizontal(|ui| {
            recipients_ui(ui, cx, is_narrow);
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
            if !is_narrow {
                self.switches_ui(ui, cx, draft);
            }
        });
        if is_narrow {
            ui.horizontal(|ui| self.switches_ui(ui, cx, draft));
        }
    }

    /// Shows the switches for escapes and templates, and the menus.
    fn switches_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
        let words = &cx.words.composer;
        if draft.format == Format::Text {
            ui.checkbox(&mut draft.escapes, words.escapes)
                .on_hover_text(words.escapes_why);
        }
        ui.checkbox(&mut draft.template, words.template)
            .on_hover_text(words.template_why);
        if let Some(saved) = self.payloads.ui(ui, cx, draft) {
            *draft = saved;
            self.history.leave();
            self.select_all = true;
        }
        self.file.ui(ui, cx);
    }

    /// Shows the field and the button; returns whether to send the message.
    fn message_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) -> bool {
        let id = ui.make_persistent_id("message");
        let mut is_recalled = false;
        let mut completed = None;
        if ui.memory(|memory| memory.has_focus(id)) {
            completed = self.completion.keys(ui, id, draft);
            let history = &cx.preferences.composer.history;
            is_recalled = completed.is_none() && self.recall(ui, history, draft);
        }
        let mut send = std::mem::take(&mut self.send);
        let is_next = cx.next_server_to_start().is_none();
        let size = vec2(ui.available_width(), field_height(draft));
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Max), |ui| {
            let words = &cx.words.composer;
            let response = button::wide(ui, words.send, SEND_WIDTH, is_next);
            let hover = commands::SEND.hover(ui, cx.words);
            send |= response.on_hover_text(hover).clicked();
            let output = field_ui(ui, words, id, draft, self.completion.is_open());
            let field = output.response.response.clone();
            let is_typed = field.accessible_name(words.message).changed();
            if is_typed {
                // Then the message no longer belongs to the history.
                self.history.leave();
            }
            completed = completed.or(self.completion.ui(ui, &output, draft, cx.words));
            let wanted = if std::mem::take(&mut self.select_all) {
                ui.memory_mut(|memory| memory.request_focus(id));
                Some(CCursorRange::select_all_str(&draft.text))
            } else if let Some(cursor) = completed {
                ui.memory_mut(|memory| memory.request_focus(id));
                Some(CCursorRange::one(cursor))
            } else {
                // The cursor goes to the end of a recalled message.
                let end = CCursorRange::one(output.galley.end());
                (is_recalled && !is_typed).then_some(end)
            };
            self.after_field(ui, id, output, wanted);
        });
        send
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
            (false, true) => self.history.newer(history),
            (false, false) => None,
        };
        let is_recalled = recalled.is_some();
        *draft = recalled.unwrap_or_else(|| std::mem::take(draft));
        is_recalled
    }

    /// Moves the cursor or selects text if that is due, and remembers where the cursor is.
    fn after_field(
        &mut self,
        ui: &Ui,
        id: Id,
        mut output: TextEditOutput,
        wanted: Option<CCursorRange>,
    ) {
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
fn field_height(draft: &Draft) -> f32 {
    let rows = draft.text.split('\n').count().clamp(1, MAX_ROWS);
    Tokens::CONTROL_HEIGHT + 2.0 + (rows as f32 - 1.0) * Tokens::TEXT_LINE_HEIGHT
}

fn field_ui(
    ui: &mut Ui,
    words: &Words,
    id: Id,
    draft: &mut Draft,
    takes_tab: bool,
) -> TextEditOutput {
    let height = field_height(draft);
    let hint = match draft.format {
        Format::Text => words.text_hint,
        Format::Hex => words.hex_hint,
    };
    ScrollArea::vertical()
        .id_salt("message scroll")
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            TextEdit::multiline(&mut draft.text)
                .id(id)
                .lock_focus(takes_tab)
                .font(Tokens::data())
                .desired_rows(1)
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, Tokens::CONTROL_HEIGHT + 2.0))
                .margin(Margin::symmetric(9, 5))
                .hint_text(hint)
                .show(ui)
        })
        .inner
}

fn recipients_ui(ui: &mut Ui, cx: &Cx<'_>, is_narrow: bool) {
    let tokens = Tokens::of(ui);
    let words = &cx.words.composer;
    let label = ui.colored_label(tokens.muted_text, words.to);
    let named = |recipients: Recipients| {
        let name = cx.recipients_label(recipients);
        match (recipients, cx.target_label(recipients.endpoint())) {
            (Recipients::Client(_), Some(target)) => words.to_address(&name, &target),
            _ => name,
        }
    };
    let shown = cx.send_to.map_or_else(|| words.nobody.to_owned(), named);
    // The rest of the line needs this much.
    let others = if is_narrow { 190.0 } else { 670.0 };
    let width = (ui.available_width() - others).clamp(96.0, 280.0);
    let combo = ComboBox::from_id_salt("send to")
        .selected_text(shown)
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            for recipients in cx.possible_recipients() {
                let selected = cx.send_to == Some(recipients);
                let name = cx.recipients_label(recipients);
                let response = ui.selectable_label(selected, named(recipients));
                if response.accessible_name(name).clicked() {
                    cx.push(Action::SendTo(recipients));
                    ui.close();
                }
            }
        });
    let combo = combo.response.labelled_by(label.id);
    combo.accessible_name(words.send_to);
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
