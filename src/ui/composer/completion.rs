//! What can go on at the cursor of a template, offered above the field.

use egui::text::CCursor;
use egui::text_edit::TextEditOutput;
use egui::{
    Align, Id, Key, Layout, Modifiers, Popup, PopupAnchor, PopupKind, RectAlign, RichText, Ui,
};

use super::super::theme::Tokens;
use crate::payload::Draft;
use crate::payload::template::{self, USAGES};

/// The completions on offer.
#[derive(Default)]
pub(super) struct Completion {
    offered: Vec<template::Completion>,
    /// The one that the keys choose.
    chosen: usize,
    /// The text for which the list was sent away.
    dismissed: Option<String>,
}

impl Completion {
    /// Acts on the keys while there is a list, before the field sees them. Returns the cursor behind what was completed.
    pub(super) fn keys(&mut self, ui: &Ui, field: Id, draft: &mut Draft) -> Option<CCursor> {
        if self.offered.is_empty() {
            return None;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Escape) {
            self.dismissed = Some(draft.text.clone());
            self.offered.clear();
            // The key that sends the list away does not leave the field.
            ui.memory_mut(|memory| memory.request_focus(field));
            return None;
        }
        let last = self.offered.len() - 1;
        if pressed(Key::ArrowDown) {
            self.chosen = if self.chosen == last {
                0
            } else {
                self.chosen + 1
            };
        }
        if pressed(Key::ArrowUp) {
            self.chosen = self.chosen.checked_sub(1).unwrap_or(last);
        }
        if pressed(Key::Tab) || pressed(Key::Enter) {
            return self.complete(self.chosen, draft);
        }
        None
    }

    /// Returns whether there is a list, so that Tab is for it.
    pub(super) fn is_open(&self) -> bool {
        !self.offered.is_empty()
    }

    /// Shows the list above the field. Returns the cursor behind what was completed by a click.
    pub(super) fn ui(
        &mut self,
        ui: &Ui,
        output: &TextEditOutput,
        draft: &mut Draft,
    ) -> Option<CCursor> {
        self.look(output, draft);
        if self.offered.is_empty() {
            return None;
        }
        let mut clicked = None;
        let anchor = PopupAnchor::ParentRect(output.response.response.rect);
        let id = output.response.response.id.with("completions");
        Popup::new(
            id,
            ui.ctx().clone(),
            anchor,
            output.response.response.layer_id,
        )
        .kind(PopupKind::Tooltip)
        .align(RectAlign::TOP_START)
        .layout(Layout::top_down_justified(Align::Min))
        .accessible_name("Completions")
        .show(|ui| clicked = self.list_ui(ui, draft));
        clicked.and_then(|index| self.complete(index, draft))
    }

    fn list_ui(&self, ui: &mut Ui, draft: &Draft) -> Option<usize> {
        let tokens = Tokens::of(ui);
        let mut clicked = None;
        for (index, completion) in self.offered.iter().enumerate() {
            let name = completion.text.trim_end_matches("}}").trim_end();
            let response = ui.horizontal(|ui| {
                let words = RichText::new(name).font(tokens.data());
                let response = ui.selectable_label(index == self.chosen, words);
                let hint = RichText::new(completion.hint).size(tokens.small_size);
                ui.label(hint.color(tokens.muted_text));
                response
            });
            if response.inner.accessible_name(name).clicked() {
                clicked = Some(index);
            }
        }
        if let Some(usage) = usage_at(draft, &self.offered) {
            ui.separator();
            let words = RichText::new(usage)
                .font(tokens.data())
                .size(tokens.small_size);
            ui.label(words.color(tokens.muted_text));
        }
        clicked
    }

    /// Finds what goes on at the cursor.
    fn look(&mut self, output: &TextEditOutput, draft: &Draft) {
        let cursor = output.cursor_range.and_then(|range| range.single());
        let has_focus = output.response.response.has_focus();
        let offered = match cursor.filter(|_| has_focus && draft.template) {
            Some(cursor) if self.dismissed.as_ref() != Some(&draft.text) => {
                template::complete(&draft.text, byte_of(&draft.text, cursor))
            }
            _ => Vec::new(),
        };
        if offered != self.offered {
            self.chosen = 0;
            self.offered = offered;
        }
        if self.dismissed.as_ref().is_some_and(|it| *it != draft.text) {
            self.dismissed = None;
        }
    }

    fn complete(&mut self, index: usize, draft: &mut Draft) -> Option<CCursor> {
        let completion = self.offered.get(index)?;
        let range = completion.range.clone();
        draft.text.get(range.clone())?;
        draft.text.replace_range(range.clone(), &completion.text);
        let end = range.start + completion.cursor;
        let characters = draft.text.get(..end)?.chars().count();
        self.offered.clear();
        Some(CCursor::new(characters))
    }
}

/// Returns how the only field on offer is written, or the one whose checksum is chosen.
fn usage_at(draft: &Draft, offered: &[template::Completion]) -> Option<&'static str> {
    let first = offered.first()?;
    let is_name = draft.text.get(..first.range.start)?.ends_with("{{");
    let name = match offered {
        _ if !is_name => "crc",
        [only] => only.text.trim_end_matches("}}").trim_end(),
        _ => return None,
    };
    let known = USAGES.iter().find(|known| known.name == name)?;
    Some(known.usage)
}

/// Returns the place of a cursor in bytes.
fn byte_of(text: &str, cursor: CCursor) -> usize {
    let characters = text.char_indices().map(|(at, _)| at);
    characters
        .chain([text.len()])
        .nth(cursor.index.into())
        .unwrap_or(text.len())
}
