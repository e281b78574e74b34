//! The saved messages: a list in folders, and what is known of the selected one.

mod places;
mod row;
mod typed;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Button, Key, KeyboardShortcut, Label, Modifiers, Popup, ScrollArea, Ui};

use super::widgets::{button, field, list_row, muted_label};
use super::{Action, Cx, Tokens, Wish, key_text};
use crate::payload::{Draft, Encoding, Format, VisibleText};
use crate::words::{InWords as _, Language};
use crate::workspace::{Document, MessageEdit, SavedMessage};
use places::MessagePlaces;
use row::{ROW_HEIGHT, row_ui};
use typed::TypedMessage;

/// How many messages are found without a filter.
const FEW: usize = 8;
/// The height of a line between two parts, with the space around it, in points.
const SEPARATOR: f32 = 14.0;

/// How many lines what came of an import may take.
const MOST_LINES: usize = 5;

/// The least width of a message's menu, in points.
const MENU_WIDTH: f32 = 160.0;

/// The keys that send the first saved messages.
const KEYS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// Takes the key of a saved message if one was pressed; returns the message's place in the list.
pub(super) fn key_pressed(ui: &Ui) -> Option<usize> {
    let pressed = |key: &Key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, *key));
    KEYS.iter().position(pressed)
}

/// Returns the key that sends a saved message by its place in the list, as this system and a language write it.
fn key_text(ui: &Ui, words: &Language, place: usize) -> Option<String> {
    let key = *KEYS.get(place)?;
    let key = KeyboardShortcut::new(Modifiers::COMMAND, key);
    Some(key_text::written(ui, words, key))
}

/// The list's own state.
#[derive(Default)]
pub(super) struct MessagesView {
    filter_text: String,
    /// The folders that are folded.
    folded: BTreeSet<String>,
    /// The name of the selected message.
    selected: Option<String>,
    /// Its name, folder and note as they are being typed.
    typed: Option<TypedMessage>,
    /// The name to save the message in the composer under.
    name_text: String,
    /// The message that has the keyboard, in this frame.
    has_focus: Option<String>,
    /// The message that the keyboard goes to at the next frame.
    focus: Option<String>,
    /// What the second line of each message says of its bytes, for this document.
    kinds: Kinds,
}

#[derive(Default)]
struct Kinds {
    document: Option<Arc<Document>>,
    by_place: Vec<String>,
}

impl MessagesView {
    /// Shows the list in all the room that there is.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        imported_ui(ui, cx);
        let below = self.height_below(cx);
        let height = (ui.available_height() - below).max(ROW_HEIGHT * 2.0);
        self.parts_ui(ui, cx, height);
    }

    /// Applies what was typed about a message whose fields are no longer shown.
    pub(super) fn leave(&mut self, cx: &Cx<'_>) {
        let typed = self.typed.take();
        let is_there =
            |typed: &TypedMessage| cx.document.message(&typed.of.name) == Some(&typed.of);
        let edits = typed.filter(is_there).map(TypedMessage::edits);
        for edit in edits.into_iter().flatten() {
            self.edit(edit, cx);
        }
    }

    /// Asks for a change. A message that gets another name stays selected.
    fn edit(&mut self, edit: MessageEdit, cx: &Cx<'_>) {
        if let MessageEdit::Rename(name, to) = &edit
            && self.selected.as_ref() == Some(name)
            && cx.document.is_free_message_name(to)
        {
            self.selected = Some(to.trim().to_owned());
        }
        cx.push(Action::EditMessages(edit));
    }

    fn parts_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, height: f32) {
        let words = &cx.words.messages;
        if cx.document.messages.len() > FEW {
            let width = ui.available_width();
            field::input_with_hint(ui, words.filter, &mut self.filter_text, width, words.filter);
        } else {
            self.filter_text.clear();
        }
        self.kinds.follow(cx);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink(false)
            .show(ui, |ui| self.list_ui(ui, cx));
        self.deleted_ui(ui, cx);
        self.selected_ui(ui, cx);
        ui.separator();
        self.save_ui(ui, cx);
    }

    /// Returns how much room what stands around the list takes.
    fn height_below(&self, cx: &Cx<'_>) -> f32 {
        let line = Tokens::CONTROL_HEIGHT + 6.0;
        let parts = [
            (cx.document.messages.len() > FEW, line),
            (cx.document.deleted_message().is_some(), line),
            (self.selected(cx).is_some(), 4.0 * line + SEPARATOR),
        ];
        let shown = parts.iter().filter(|(is_shown, _)| *is_shown);
        shown.map(|(_, height)| height).sum::<f32>() + line + SEPARATOR
    }

    fn selected<'a>(&self, cx: &'a Cx<'_>) -> Option<&'a SavedMessage> {
        cx.document.message(self.selected.as_deref()?)
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.messages;
        ui.spacing_mut().item_spacing.y = 0.0;
        let sought = self.filter_text.trim().to_lowercase();
        let is_sought = |it: &SavedMessage| {
            let texts = [&it.name, &it.folder, &it.note];
            let mut texts = texts.into_iter().map(|text| text.to_lowercase());
            sought.is_empty() || texts.any(|text| text.contains(&sought))
        };
        let (mut number, mut shown) = (0, 0);
        let mut places = MessagePlaces::default();
        let mut listed: Vec<&SavedMessage> = Vec::new();
        for (folder, messages) in cx.document.messages_by_folder() {
            let numbered: Vec<_> = messages.into_iter().zip(number..).collect();
            number += numbered.len();
            let sought_here = numbered.iter().filter(|(it, _)| is_sought(it));
            let sought_here: Vec<_> = sought_here.collect();
            shown += sought_here.len();
            let top = ui.cursor().top();
            let is_open = folder.is_empty() || sought_here.is_empty() || {
                let count = cx.words.numbers.grouped(sought_here.len() as u64);
                self.folder_ui(ui, folder, count, !sought.is_empty())
            };
            places.begin(folder, top, is_open);
            for (message, place) in sought_here.into_iter().filter(|_| is_open) {
                places.add(folder, &message.name, ui.cursor().top());
                self.message_ui(ui, cx, message, *place);
                listed.push(message);
            }
            places.end(folder, ui.cursor().top());
        }
        self.keys(ui, cx, &listed);
        // Among some of them only, there is no saying what a place would be.
        if sought.is_empty() {
            places.drag_ui(ui, cx);
        }
        if shown == 0 {
            let none = if number == 0 {
                words.none_saved
            } else {
                words.none_sought
            };
            muted_label(ui, none);
        }
    }

    /// Shows a folder; returns whether its messages are shown. A filter opens all folders.
    fn folder_ui(&mut self, ui: &mut Ui, folder: &str, count: String, is_filtered: bool) -> bool {
        let tokens = Tokens::of(ui);
        let is_open = is_filtered || !self.folded.contains(folder);
        let shown = VisibleText::plain(folder).text;
        let response = button::fold(ui, &shown, is_open, |ui| {
            ui.label(Tokens::small_words(count, tokens.faint_text));
        });
        if response.clicked() && !self.folded.remove(folder) {
            self.folded.insert(folder.to_owned());
        }
        is_open
    }

    fn message_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, message: &SavedMessage, place: usize) {
        let is_selected = self.selected.as_deref() == Some(&message.name);
        let kind = self.kinds.of(cx, message);
        let key = key_text(ui, cx.words, place);
        let response = row_ui(ui, message, &kind, key.as_deref(), is_selected);
        places::set_dragged(&response, &message.name);
        if response.clicked() || response.drag_started() || response.secondary_clicked() {
            self.selected = Some(message.name.clone());
            response.request_focus();
        }
        if response.double_clicked() {
            cx.push(Action::SendSaved(message.name.clone()));
        }
        if self.focus.take_if(|it| *it == message.name).is_some() {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            list_row::keep_arrows(ui, response.id);
            self.has_focus = Some(message.name.clone());
        }
        response.context_menu(|ui| {
            ui.set_min_width(MENU_WIDTH);
            let words = &cx.words.messages;
            if button::menu_item(ui, cx.words.composer.send) {
                cx.push(Action::SendSaved(message.name.clone()));
            }
            if button::menu_item(ui, words.edit) {
                cx.wish(Wish::Edit(message.draft.clone()));
            }
            ui.separator();
            menu_ui(ui, cx, &message.name);
        });
    }

    /// Moves the selection with the arrows, and with Alt the message.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, listed: &[&SavedMessage]) {
        let Some(name) = self.has_focus.take() else {
            return;
        };
        let pressed = |modifiers, key| ui.input_mut(|it| it.consume_key(modifiers, key));
        for (key, is_down) in [(Key::ArrowUp, false), (Key::ArrowDown, true)] {
            if pressed(Modifiers::ALT, key) {
                if let Some(step) = cx.document.message_step(&name, is_down) {
                    self.open_for(&step);
                    cx.push(Action::EditMessages(step));
                    self.focus = Some(name);
                }
                return;
            }
            if pressed(Modifiers::NONE, key) {
                let place = listed.iter().position(|it| it.name == name);
                let next = place.and_then(|it| it.checked_add_signed(if is_down { 1 } else { -1 }));
                if let Some(next) = next.and_then(|next| listed.get(next)) {
                    self.selected = Some(next.name.clone());
                    self.focus = Some(next.name.clone());
                }
                return;
            }
        }
    }

    /// Unfolds the folder that a message goes to, so that it stays in sight.
    fn open_for(&mut self, edit: &MessageEdit) {
        if let MessageEdit::Place { folder, .. } = edit {
            self.folded.remove(folder);
        }
    }

    /// Shows what can be done with the selected message, and what is known of it.
    fn selected_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.messages;
        let Some(message) = self.selected(cx) else {
            self.leave(cx);
            return;
        };
        ui.separator();
        ui.horizontal_wrapped(|ui| {
            let send = button::plain(ui, cx.words.composer.send);
            let send = send.on_hover_text(words.send_why);
            if send.accessible_name(words.send(&message.name)).clicked() {
                cx.push(Action::SendSaved(message.name.clone()));
            }
            let edit_it = button::quiet(ui, words.edit).on_hover_text(words.edit_why);
            if edit_it
                .accessible_name(words.edit_named(&message.name))
                .clicked()
            {
                cx.wish(Wish::Edit(message.draft.clone()));
            }
            let more = button::more(ui).accessible_name(words.more(&message.name));
            Popup::menu(&more).show(|ui| {
                ui.set_min_width(MENU_WIDTH);
                menu_ui(ui, cx, &message.name);
            });
        });
        if self.typed.as_ref().is_some_and(|it| it.of != *message) {
            self.leave(cx);
        }
        let mut typed = self
            .typed
            .take()
            .unwrap_or_else(|| TypedMessage::of(message));
        if typed.ui(ui, cx) {
            for edit in typed.edits() {
                self.edit(edit, cx);
            }
            typed = TypedMessage::of(message);
        }
        self.typed = Some(typed);
    }

    /// Offers to bring a message back that was deleted.
    fn deleted_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.messages;
        let Some(name) = cx.document.deleted_message() else {
            return;
        };
        ui.horizontal(|ui| {
            if button::small(ui, words.undo).clicked() {
                cx.push(Action::EditMessages(MessageEdit::Restore));
                self.selected = Some(name.to_owned());
            }
            let deleted = words.deleted(&VisibleText::plain(name).text);
            ui.add(Label::new(Tokens::small_words(deleted, Tokens::of(ui).muted_text)).truncate());
        });
    }

    /// Shows the field to save the message in the composer under a name.
    fn save_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.messages;
        ui.horizontal(|ui| {
            let width = ui.available_width() - button::width(ui, words.save) - 8.0;
            let name = &mut self.name_text;
            let input = field::input_with_hint(ui, words.name, name, width, words.name_hint);
            let can_save = !name.trim().is_empty();
            let is_confirmed = field::is_confirmed(ui, &input) && can_save;
            let button = ui.add_enabled_ui(can_save, |ui| button::plain(ui, words.save));
            if is_confirmed || button.inner.clicked() {
                let name = std::mem::take(name);
                self.selected = Some(name.trim().to_owned());
                let draft = cx.preferences.composer.draft.clone();
                cx.push(Action::EditMessages(MessageEdit::Save(name, draft)));
            }
        });
    }
}

/// Says what came of the last import, and offers to take it back.
fn imported_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(import) = &cx.imported else {
        return;
    };
    let words = &cx.words.imported;
    let (font, color) = (Tokens::small(), Tokens::of(ui).muted_text);
    let width = ui.available_width();
    let mut job = LayoutJob::simple(import.in_words(cx.words), font, color, width);
    job.wrap.max_rows = MOST_LINES;
    ui.add(Label::new(ui.painter().layout_job(job)));
    ui.horizontal(|ui| {
        if button::small(ui, words.undo).clicked() {
            cx.push(Action::UndoImport);
        }
        let close = button::close(ui).on_hover_text(words.forget);
        if close.accessible_name(words.forget).clicked() {
            cx.push(Action::ForgetImport);
        }
    });
    ui.separator();
}

/// Shows what can be done with a message in the list.
fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str) {
    let words = &cx.words.messages;
    let steps = [
        (words.move_up, Key::ArrowUp, false),
        (words.move_down, Key::ArrowDown, true),
    ];
    for (label, key, is_down) in steps {
        let step = cx.document.message_step(name, is_down);
        let key = key_text::written(ui, cx.words, KeyboardShortcut::new(Modifiers::ALT, key));
        let item = Button::new(label).shortcut_text(key);
        let response = ui.add_enabled(step.is_some(), item).accessible_name(label);
        if let Some(step) = step.filter(|_| response.clicked()) {
            cx.push(Action::EditMessages(step));
            ui.close();
        }
    }
    ui.separator();
    if button::menu_item(ui, words.duplicate) {
        cx.push(Action::EditMessages(MessageEdit::Duplicate(
            name.to_owned(),
        )));
    }
    if button::menu_item(ui, words.delete) {
        cx.push(Action::EditMessages(MessageEdit::Delete(name.to_owned())));
    }
}

impl Kinds {
    /// Keeps what was made of a document as long as it is the same.
    fn follow(&mut self, cx: &Cx<'_>) {
        let is_same = |it: &Arc<Document>| Arc::ptr_eq(it, &cx.document);
        if self.document.as_ref().is_some_and(is_same) {
            return;
        }
        let kind = |message: &SavedMessage| kind_of(cx, &message.draft);
        self.by_place = cx.document.messages.iter().map(kind).collect();
        self.document = Some(Arc::clone(&cx.document));
    }

    fn of(&self, cx: &Cx<'_>, message: &SavedMessage) -> String {
        let place = cx
            .document
            .messages
            .iter()
            .position(|it| it.name == message.name);
        let kind = place.and_then(|place| self.by_place.get(place));
        kind.cloned().unwrap_or_default()
    }
}

/// Returns what a message is, in a few words: its size and format.
fn kind_of(cx: &Cx<'_>, draft: &Draft) -> String {
    let words = &cx.words.composer;
    let format = match draft.format {
        Format::Text => words.text,
        Format::Hex => words.hex,
    };
    let size = match draft.compile(Encoding::default()) {
        _ if draft.template => words.template.to_owned(),
        Ok(template) => cx.words.counts.bytes(template.least_len_bytes() as u64),
        Err(_) => cx.words.messages.unusable.to_owned(),
    };
    format!("{size} · {format}")
}
