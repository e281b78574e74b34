//! The parts that the panels are made of. They know no model.

pub(in crate::ui) mod alert;
pub(in crate::ui) mod button;
pub(in crate::ui) mod choice;
pub(in crate::ui) mod field;
pub(in crate::ui) mod row_list;
mod scroll_bar;
mod sign;
pub(in crate::ui) mod visible;

pub(in crate::ui) use sign::{Sign, paint_sign, sign_and_color, sign_ui};

/// Shows a label that a screen reader says in other words.
pub(in crate::ui) fn spoken_label(
    ui: &mut egui::Ui,
    label: egui::Label,
    spoken: &str,
) -> egui::Response {
    let response = ui.add(label);
    // A label's words are its value, not its name.
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(spoken));
    response
}

/// Shows secondary words on one line, cut at the edge.
pub(in crate::ui) fn small_label(ui: &mut egui::Ui, words: impl Into<String>) -> egui::Response {
    let tokens = super::theme::Tokens::of(ui);
    let text = tokens.small_words(words, tokens.muted_text);
    ui.add(egui::Label::new(text).truncate())
}
