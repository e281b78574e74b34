//! Errors where they belong: in words, announced to screen readers.

use egui::{Label, Ui, UiBuilder};

use super::super::Tokens;
use crate::words::{InWords, Language, ended, sentence};

/// Shows an error on one line, cut at the edge; the whole text is its tooltip.
pub(in crate::ui) fn line(ui: &mut Ui, words: &str) {
    let words = &sentence(words);
    announce(ui, words, |ui| {
        let tokens = Tokens::of(ui);
        let text = Tokens::small_words(words, tokens.error);
        ui.add(Label::new(text).truncate());
    });
}

/// Shows what went wrong in full, with what to do next.
pub(in crate::ui) fn problem(ui: &mut Ui, language: &Language, problem: &dyn InWords) {
    let advice = problem.advice(language);
    block(ui, &problem.in_words(language), advice.as_deref());
}

/// Shows an error in full, with what to do next.
pub(in crate::ui) fn block(ui: &mut Ui, words: &str, advice: Option<&str>) {
    let words = &ended(&sentence(words));
    announce(ui, words, |ui| {
        let tokens = Tokens::of(ui);
        ui.add(Label::new(Tokens::small_words(words, tokens.error)).wrap());
        if let Some(advice) = advice.map(ended) {
            ui.add(Label::new(Tokens::small_words(advice, tokens.muted_text)).wrap());
        }
    });
}

fn announce(ui: &mut Ui, words: &str, content: impl FnOnce(&mut Ui)) {
    let role = UiBuilder::new()
        .accessibility_role(egui::accesskit::Role::Alert)
        .accessibility_label(words);
    ui.scope_builder(role, content);
}
