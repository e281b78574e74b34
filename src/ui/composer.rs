//! The message being written: its recipients, its format, and the exact bytes that will be sent.

mod answer;
mod choices;
mod edit;
mod file;
mod history;
mod paste;
mod preview;
mod recipients;
mod repeat;
mod send_button;

use egui::text::CCursorRange;
use egui::text_edit::TextEditOutput;
use egui::{Align, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, RectAlign, Ui, vec2};

use super::completion::CompletionPopup;
use super::room::is_compact;
use super::widgets::button;
use super::wish::LeftTab;
use super::{Action, Cx, Tokens, Wish, messages};
use crate::payload::Draft;
use crate::payload::template::Names;
use crate::session::lesson::LessonControl;
use file::FileMenu;
use history::{History, HistorySearch};
use paste::PasteOffer;
use preview::ComposerPreview;
use repeat::RepeatMenu;

/// The width below which the answer stands beside the bytes instead of the choices, in points.
const NARROW: f32 = 900.0;

/// The width below which a low window has the composer on one line, in points.
const ONE_LINE: f32 = 680.0;
/// The height of the window below which the composer takes no more lines than it must, in points.
const LOW: f32 = 680.0;

/// The most lines that the field grows to in a low window.
const COMPACT_LINES: usize = 2;

/// The composer's own state.
#[derive(Default)]
pub(super) struct Composer {
    /// The content of the field: taken from the model once, then handed back with every change.
    draft: Option<Draft>,
    preview: ComposerPreview,
    history: History,
    search: HistorySearch,
    completion: CompletionPopup,
    paste: PasteOffer,
    file: FileMenu,
    repeat: RepeatMenu,
    /// How many lines the message took in the last frame.
    lines: usize,
    /// The cursor's line in the last frame, and the number of lines.
    cursor: Option<(usize, usize)>,
    /// Whether to select the whole message at the next frame, so that typing replaces it.
    select_all: bool,
    /// Whether the message had the keyboard in the last frame.
    has_keyboard: bool,
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

    /// Shows the messages sent before at the next frame.
    pub(super) fn search_history(&mut self) {
        self.search.open();
    }

    /// Shows the composer. `was_typing` says whether a text field of the window had the keyboard in the last frame.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, was_typing: bool) {
        let saved = || cx.preferences.composer.draft.clone();
        let mut draft = self.draft.take().unwrap_or_else(saved);
        let before = draft.clone();
        self.take_keys(ui, cx, was_typing && !self.has_keyboard);
        let is_narrow = ui.available_width() < NARROW;
        let is_compact = is_compact(ui, cx) && ui.available_width() < ONE_LINE;
        let send = if is_compact {
            let line = |ui: &mut Ui| {
                recipients::ui(ui, cx, true);
                self.more_ui(ui, cx, &mut draft, true);
                self.message_ui(ui, cx, &mut draft, COMPACT_LINES)
            };
            ui.horizontal(line).inner
        } else {
            ui.horizontal_wrapped(|ui| self.choices_ui(ui, cx, &mut draft, is_narrow));
            self.message_ui(ui, cx, &mut draft, edit::MAX_LINES)
        };
        // In a low window what is under way takes the place of the bytes.
        let is_low = ui.ctx().content_rect().height() < LOW;
        let is_under_way = cx.repeated.is_some() || cx.file_send.is_some();
        let hides_bytes = is_low && is_narrow && is_under_way;
        if !hides_bytes {
            progress_ui(ui, cx);
        }
        self.paste.look(ui, &draft);
        self.paste.ui(ui, cx, &mut draft);
        self.preview.follow(&draft, cx);
        let is_typing = self.completion.is_open() || has_open_field(&draft);
        ui.horizontal(|ui| {
            ui.set_min_height(Tokens::SMALL_LINE_HEIGHT);
            if is_narrow {
                answer::beside_ui(ui, cx, |ui| {
                    if hides_bytes && !self.preview.is_problem() {
                        return progress_ui(ui, cx);
                    }
                    self.preview.ui(ui, cx, &mut draft, is_typing);
                });
                return;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.menus_ui(ui, cx, &mut draft);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    self.preview.ui(ui, cx, &mut draft, is_typing);
                });
            });
        });
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

    /// Shows the line above the field. What the line has no room for stands in one menu.
    fn choices_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, is_narrow: bool) {
        choices::ui(ui, cx, draft, is_narrow);
        let words = &cx.words.composer;
        let gap = ui.spacing().item_spacing.x;
        let takes = |words: &str| button::width(ui, words) + gap;
        let saved = takes(cx.words.messages.saved_short);
        let menus = takes(words.history) + takes(words.file);
        let room = ui.available_size_before_wrap().x;
        let has_menus = is_narrow && room >= saved + menus;
        if has_menus || room >= saved + Tokens::CONTROL_HEIGHT + gap {
            saved_ui(ui, cx);
        }
        if has_menus {
            self.menus_ui(ui, cx, draft);
        } else if is_narrow {
            self.more_ui(ui, cx, draft, false);
        } else {
            answer::ui(ui, cx);
        }
    }

    /// Takes the keys that work wherever the focus is; Esc belongs to another text field that had the keyboard.
    fn take_keys(&mut self, ui: &Ui, cx: &Cx<'_>, is_typing_elsewhere: bool) {
        if let Some(place) = messages::key_pressed(ui) {
            let folders = cx.document.messages_by_folder();
            let mut saved = folders.iter().flat_map(|(_, messages)| messages);
            cx.extend(
                saved
                    .nth(place)
                    .map(|it| Action::SendSaved(it.name.clone())),
            );
        }
        let has_list = Popup::is_any_open(ui.ctx()) || self.completion.is_open();
        let is_free = !has_list && !is_typing_elsewhere;
        let escape = |input: &mut egui::InputState| input.consume_key(Modifiers::NONE, Key::Escape);
        if cx.is_repeating() && is_free && ui.input_mut(escape) {
            cx.push(Action::StopRepeating);
        }
    }

    /// Shows one menu for what there is no room for on the line: with how the message is written, where that has none
    /// either.
    fn more_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, has_choices: bool) {
        let words = &cx.words.composer;
        let more = button::more(ui).accessible_name(words.more);
        // Before the menu, so that what is chosen in it opens at the next frame.
        let earlier = self.search.above_ui(&more, cx);
        self.recalled(earlier, draft);
        self.file.above_ui(&more, cx);
        let menu = Popup::menu(&more).align(RectAlign::TOP_END);
        let menu = menu.close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        menu.show(|ui| {
            if has_choices {
                choices::in_menu_ui(ui, cx, draft);
                ui.separator();
            }
            let mut is_chosen = button::menu_item(ui, cx.words.messages.saved);
            if is_chosen {
                cx.wish(Wish::Left(LeftTab::Messages));
            }
            if button::menu_item(ui, words.history) {
                self.search.open();
                is_chosen = true;
            }
            if button::menu_item(ui, words.file) {
                self.file.open();
                is_chosen = true;
            }
            if is_chosen {
                ui.ctx().request_repaint();
            }
        });
    }

    /// Puts an earlier message into the field.
    fn recalled(&mut self, earlier: Option<Draft>, draft: &mut Draft) {
        if let Some(earlier) = earlier {
            *draft = earlier;
            self.history.leave();
            self.select_all = true;
        }
    }

    /// Shows the menus of messages sent before, and of files.
    fn menus_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
        let earlier = self.search.ui(ui, cx);
        self.recalled(earlier, draft);
        self.file.ui(ui, cx);
    }

    /// Shows the field and the buttons; returns whether to send the message.
    fn message_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        draft: &mut Draft,
        most_lines: usize,
    ) -> bool {
        let id = ui.make_persistent_id("message");
        let mut is_recalled = false;
        let mut completed = None;
        if ui.memory(|memory| memory.has_focus(id)) {
            completed = self.completion.keys(ui, id, &mut draft.text);
            let history = &cx.preferences.composer.history;
            is_recalled = completed.is_none() && self.recall(ui, history, draft);
        }
        let mut send = std::mem::take(&mut self.send);
        let lines = self.lines.clamp(1, most_lines);
        let size = vec2(ui.available_width(), edit::height(lines));
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Max), |ui| {
            let is_next = match cx.lesson {
                Some(_) => cx.lesson_control() == Some(LessonControl::Send),
                None => cx.next_server_to_start().is_none(),
            };
            let is_empty = self.preview.is_empty() && cx.sends_datagrams();
            let (button, more) = send_button::ui(ui, cx.words, is_next, is_empty);
            self.repeat.ui(&more, cx);
            send |= button.clicked();
            let output = edit::ui(ui, cx.words, id, draft, lines, self.completion.is_open());
            let field = output.response.response.clone();
            self.has_keyboard = field.has_focus();
            let is_typed = field.accessible_name(cx.words.composer.message).changed();
            if is_typed {
                // Then the message no longer belongs to the history.
                self.history.leave();
            }
            if draft.template {
                let text = &mut draft.text;
                let with = (&Names::none(), cx.words);
                completed = completed.or(self.completion.ui(ui, &output, text, with));
            } else {
                self.completion.leave();
            }
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
        let lines = output.galley.rows.len().max(1);
        if std::mem::replace(&mut self.lines, lines) != lines {
            // The field has another height now.
            ui.ctx().request_repaint();
        }
        self.cursor = output.cursor_range.map(|range| {
            let line = output.galley.layout_from_cursor(range.primary).row;
            (line, lines)
        });
    }
}

/// Returns whether a field of a template has begun and not ended: it is still being typed.
fn has_open_field(draft: &Draft) -> bool {
    let text = &draft.text;
    let ends_before = |begin: usize| text.rfind("}}").is_none_or(|end| end < begin);
    draft.template && text.rfind("{{").is_some_and(ends_before)
}

/// Shows what is under way.
fn progress_ui(ui: &mut Ui, cx: &Cx<'_>) {
    repeat::progress_ui(ui, cx);
    file::progress_ui(ui, cx);
}

/// Shows the button that shows the saved messages.
fn saved_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.messages;
    let saved = button::quiet(ui, words.saved_short).on_hover_text(words.saved_why);
    if saved.accessible_name(words.saved).clicked() {
        cx.wish(Wish::Left(LeftTab::Messages));
    }
}
