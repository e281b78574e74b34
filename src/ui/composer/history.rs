//! Earlier messages: walked through as in a shell's history, or searched for.

use egui::{Key, Modifiers, Popup, RectAlign, Response, ScrollArea, Ui};

use super::super::widgets::{button, field, muted_label, popup};
use super::super::{Cx, commands};
use crate::payload::{Draft, VisibleText};

/// The width of the list of sent messages, and its height at most, in points.
const WIDTH: f32 = 420.0;
const MAX_HEIGHT: f32 = 300.0;
/// How many characters of a message the list shows.
const SHOWN_CHARS: usize = 120;

/// The list of sent messages, which can be searched.
#[derive(Debug, Default)]
pub(super) struct HistorySearch {
    query: String,
    /// The place among the matches of the one that the keys select.
    chosen: usize,
    /// Whether the list was open in the last frame.
    was_open: bool,
    /// Whether a command asked for it.
    opens: bool,
}

impl HistorySearch {
    /// Opens the list at the next frame.
    pub(super) fn open(&mut self) {
        self.opens = true;
    }

    /// Shows the button and its list. Returns the chosen message.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Draft> {
        let words = &cx.words.composer;
        let button = button::quiet(ui, words.history);
        let button = button.on_hover_text(commands::HISTORY.hover(ui, cx.words));
        self.popup_ui(popup::above(&button, RectAlign::TOP_START), cx)
    }

    /// Shows the list above a button of a menu. Returns the chosen message.
    pub(super) fn above_ui(&mut self, button: &Response, cx: &Cx<'_>) -> Option<Draft> {
        let id = button.id.with("history");
        let popup = popup::above_menu(button, id, RectAlign::TOP_END);
        self.popup_ui(popup, cx)
    }

    fn popup_ui(&mut self, popup: Popup<'_>, cx: &Cx<'_>) -> Option<Draft> {
        if std::mem::take(&mut self.opens) {
            Popup::open_id(popup.ctx(), popup.get_id());
        }
        let mut chosen = None;
        let shown = popup.show(|ui| {
            ui.set_width(WIDTH);
            chosen = self.list_ui(ui, cx);
            if chosen.is_some() {
                ui.close();
            }
        });
        self.was_open = shown.is_some() && chosen.is_none();
        chosen
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Draft> {
        let words = &cx.words.composer;
        let is_new = !self.was_open;
        if is_new {
            self.query.clear();
        }
        // Before the field sees them.
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
        let is_confirmed = pressed(Key::Enter);
        let (name, width) = (words.search_history, ui.available_width());
        let query = field::input_with_hint(ui, name, &mut self.query, width, name);
        if is_new {
            query.request_focus();
        }
        if is_new || query.changed() {
            self.chosen = 0;
        }
        let sought = self.query.to_lowercase();
        let is_sought = |draft: &&Draft| draft.text.to_lowercase().contains(&sought);
        let history = &cx.preferences.composer.history;
        let matches: Vec<&Draft> = history.iter().rev().filter(is_sought).collect();
        if matches.is_empty() {
            let none = if history.is_empty() {
                words.history_empty
            } else {
                words.history_no_match
            };
            muted_label(ui, none);
            return None;
        }
        let last = matches.len() - 1;
        self.chosen = match (up, down) {
            (true, _) => self.chosen.saturating_sub(1),
            (_, true) => (self.chosen + 1).min(last),
            _ => self.chosen.min(last),
        };
        let clicked = self.matches_ui(ui, &matches, up || down);
        let taken = clicked.or(is_confirmed.then_some(self.chosen))?;
        matches.get(taken).copied().cloned()
    }

    /// Shows the messages; returns the place of the one that was clicked.
    fn matches_ui(&self, ui: &mut Ui, matches: &[&Draft], has_moved: bool) -> Option<usize> {
        let mut clicked = None;
        ScrollArea::vertical()
            .max_height(MAX_HEIGHT)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (place, draft) in matches.iter().enumerate() {
                    let item = button::line(ui, &on_one_line(draft), place == self.chosen);
                    if has_moved && place == self.chosen {
                        item.scroll_to_me(None);
                    }
                    if item.clicked() {
                        clicked = Some(place);
                    }
                }
            });
        clicked
    }
}

/// Returns how a message reads on one line.
fn on_one_line(draft: &Draft) -> String {
    let text: String = draft.text.chars().take(SHOWN_CHARS).collect();
    VisibleText::plain(text).text
}

/// Where the user is in the history.
#[derive(Debug, Default)]
pub(super) struct History {
    /// How many steps back from the newest, from 1; 0 is the message being written.
    back: usize,
    /// The message being written, while an older one stands in its place.
    unsent: Option<Draft>,
}

impl History {
    /// Returns the message before the one shown; none when there is none.
    pub(super) fn older(&mut self, sent: &[Draft], shown: &Draft) -> Option<Draft> {
        // The message just sent is still in the field: recalling it would change nothing.
        let skip = usize::from(self.back == 0 && sent.last() == Some(shown));
        let back = self.back + 1 + skip;
        let older = sent.iter().nth_back(back - 1)?;
        if self.back == 0 {
            self.unsent = Some(shown.clone());
        }
        self.back = back;
        Some(older.clone())
    }

    /// Returns the message after the one shown; finally the one that was being written.
    pub(super) fn newer(&mut self, sent: &[Draft]) -> Option<Draft> {
        let back = self.back.checked_sub(1)?;
        let is_unsent = back == 0 || (back == 1 && self.unsent.as_ref() == sent.last());
        self.back = if is_unsent { 0 } else { back };
        if is_unsent {
            return self.unsent.take();
        }
        sent.iter().nth_back(back - 1).cloned()
    }

    /// Makes the message in the field the one being written.
    pub(super) fn leave(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        Draft {
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn going_back_and_forth_returns_to_what_was_being_written() {
        let sent = [draft("one"), draft("two")];
        let mut history = History::default();
        let mut shown = draft("three, unsent");
        let mut seen = Vec::new();
        while let Some(older) = history.older(&sent, &shown) {
            seen.push(older.text.clone());
            shown = older;
        }
        while let Some(newer) = history.newer(&sent) {
            seen.push(newer.text);
        }
        assert_eq!(seen, ["two", "one", "two", "three, unsent"]);
    }

    #[test]
    fn what_was_just_sent_is_not_shown_again() {
        let sent = [draft("one"), draft("two")];
        let mut history = History::default();
        let first = history.older(&sent, &draft("two")).unwrap();
        assert_eq!(first.text, "one");
        assert_eq!(history.newer(&sent).unwrap().text, "two");
        assert_eq!(history.newer(&sent), None);
    }

    #[test]
    fn an_empty_history_leaves_the_message_alone() {
        let mut history = History::default();
        assert_eq!(history.older(&[], &draft("x")), None);
        assert_eq!(history.newer(&[]), None);
    }
}
