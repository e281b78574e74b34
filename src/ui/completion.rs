//! Completions at the cursor of a template, offered above the field.

use egui::text::CCursor;
use egui::text_edit::TextEditOutput;
use egui::{
    Align, Id, Key, Layout, Modifiers, Popup, PopupAnchor, PopupKind, RectAlign, RichText,
    ScrollArea, Ui,
};

use super::Tokens;
use super::widgets::button;
use crate::payload::template::{self, Names};
use crate::words::{InWords as _, Language};

/// The completions on offer.
#[derive(Default)]
pub(super) struct CompletionPopup {
    offered: Vec<template::Completion>,
    /// The text and the cursor position that they are for.
    offered_for: Option<(String, usize)>,
    /// The one that the keys select.
    chosen: usize,
    /// Whether the selection has moved and must be scrolled into view.
    has_moved: bool,
    /// The text for which the list was dismissed.
    dismissed: Option<String>,
}

impl CompletionPopup {
    /// Handles the keys while there is a list, before the field sees them. Returns the cursor after the completed text.
    pub(super) fn keys(&mut self, ui: &Ui, field: Id, text: &mut String) -> Option<CCursor> {
        if self.offered.is_empty() {
            return None;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Escape) {
            self.dismissed = Some(text.clone());
            self.offered.clear();
            // The key that dismisses the list does not leave the field.
            ui.memory_mut(|memory| memory.request_focus(field));
            return None;
        }
        let last = self.offered.len() - 1;
        let before = self.chosen;
        if pressed(Key::ArrowDown) {
            self.chosen = (self.chosen + 1) % self.offered.len();
        }
        if pressed(Key::ArrowUp) {
            self.chosen = self.chosen.checked_sub(1).unwrap_or(last);
        }
        self.has_moved |= self.chosen != before;
        if pressed(Key::Tab) || pressed(Key::Enter) {
            return self.complete(self.chosen, text);
        }
        None
    }

    /// Forgets the list: the text is no template.
    pub(super) fn leave(&mut self) {
        self.offered.clear();
        self.offered_for = None;
    }

    /// Returns whether there is a list, which then takes Tab.
    pub(super) fn is_open(&self) -> bool {
        !self.offered.is_empty()
    }

    /// Shows the list above the field. Returns the cursor after the text that a click completed.
    pub(super) fn ui(
        &mut self,
        ui: &Ui,
        output: &TextEditOutput,
        text: &mut String,
        (names, words): (&Names, &Language),
    ) -> Option<CCursor> {
        self.look(output, text, names);
        if self.offered.is_empty() {
            return None;
        }
        let mut clicked = None;
        let field = &output.response.response;
        let anchor = PopupAnchor::ParentRect(field.rect);
        // A list of another length is another popup: egui places a known popup by its last size.
        let id = field.id.with(("completions", self.offered.len()));
        Popup::new(id, ui.ctx().clone(), anchor, field.layer_id)
            .kind(PopupKind::Tooltip)
            .align(RectAlign::TOP_START)
            .layout(Layout::top_down_justified(Align::Min))
            .accessible_name(words.composer.completions)
            .show(|ui| clicked = self.list_ui(ui, words));
        clicked.and_then(|index| self.complete(index, text))
    }

    fn list_ui(&mut self, ui: &mut Ui, words: &Language) -> Option<usize> {
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .max_height(LIST_HEIGHT)
            .min_scrolled_height(LIST_HEIGHT)
            .show(ui, |ui| clicked = self.items_ui(ui, words));
        if let Some(chosen) = self.offered.get(self.chosen) {
            ui.separator();
            let usage = RichText::new(chosen.what.usage()).font(Tokens::data());
            let color = Tokens::of(ui).muted_text;
            ui.label(usage.size(Tokens::SMALL_SIZE).color(color));
        }
        clicked
    }

    fn items_ui(&mut self, ui: &mut Ui, words: &Language) -> Option<usize> {
        let widths = self.offered.iter().map(|it| it.what.name().len());
        let width = widths.max().unwrap_or_default();
        let mut clicked = None;
        for (index, completion) in self.offered.iter().enumerate() {
            let name = completion.what.name();
            let is_chosen = index == self.chosen;
            let item = button::ready(ui, name, width, &completion.what.in_words(words), is_chosen);
            if is_chosen && std::mem::take(&mut self.has_moved) {
                item.scroll_to_me(None);
            }
            if item.accessible_name(name).clicked() {
                clicked = Some(index);
            }
        }
        clicked
    }

    /// Looks up the completions at the cursor.
    fn look(&mut self, output: &TextEditOutput, text: &str, names: &Names) {
        let cursor = output.cursor_range.and_then(|range| range.single());
        let has_focus = output.response.response.has_focus();
        let is_dismissed = self.dismissed.as_deref() == Some(text);
        let cursor = cursor.filter(|_| has_focus && !is_dismissed);
        let wanted = cursor.map(|cursor| (text, byte_of(text, cursor)));
        let looked_at = self.offered_for.as_ref();
        if wanted != looked_at.map(|(text, cursor)| (&**text, *cursor)) {
            self.chosen = 0;
            self.has_moved = true;
            self.offered = match wanted {
                Some((text, cursor)) => template::complete(text, cursor, names),
                None => Vec::new(),
            };
            self.offered_for = wanted.map(|(text, cursor)| (text.to_owned(), cursor));
        }
        if !is_dismissed {
            self.dismissed = None;
        }
    }

    fn complete(&mut self, index: usize, text: &mut String) -> Option<CCursor> {
        let completion = self.offered.get(index)?;
        let range = completion.range.clone();
        text.get(range.clone())?;
        text.replace_range(range.clone(), &completion.text);
        let end = range.start + completion.cursor;
        let characters = text.get(..end)?.chars().count();
        self.offered.clear();
        Some(CCursor::new(characters))
    }
}

/// Room for ten completions.
const LIST_HEIGHT: f32 = 260.0;

/// Returns the byte offset of a cursor.
fn byte_of(text: &str, cursor: CCursor) -> usize {
    let characters = text.char_indices().map(|(at, _)| at);
    characters
        .chain([text.len()])
        .nth(cursor.index.into())
        .unwrap_or(text.len())
}
