//! The parts that the panels are made of. They know no model.

pub(in crate::ui) mod alert;
pub(in crate::ui) mod button;
pub(in crate::ui) mod choice;
pub(in crate::ui) mod field;
pub(in crate::ui) mod list_row;
pub(in crate::ui) mod popup;
pub(in crate::ui) mod row_list;
mod scroll_bar;
mod sign;
pub(in crate::ui) mod visible;

use egui::{Align, Label, Layout, Rect, Response, RichText, TextStyle, Ui, UiBuilder};

use super::Tokens;
pub(in crate::ui) use sign::{Sign, paint_chevron, paint_sign, sign_and_color, sign_ui};

/// Shows a label that a screen reader says in other words.
pub(in crate::ui) fn spoken_label(ui: &mut Ui, label: Label, spoken: &str) -> Response {
    let response = ui.add(label);
    // A label's words are its value, not its name.
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(spoken));
    response
}

/// Lays what follows out from the left in a place of its own.
pub(in crate::ui) fn line(rect: Rect) -> UiBuilder {
    let layout = Layout::left_to_right(Align::Center);
    UiBuilder::new().max_rect(rect).layout(layout)
}

/// The width of the lines of a hint at most, in points.
const HINT_WIDTH: f32 = 420.0;

/// Returns how wide words are on one line.
pub(in crate::ui) fn text_width(ui: &Ui, words: &str) -> f32 {
    let color = Tokens::of(ui).text;
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(words.to_owned(), Tokens::body(), color);
    galley.size().x
}

/// Shows words in the middle of the space that is left: why there is nothing else.
pub(in crate::ui) fn hint(ui: &mut Ui, words: &str) {
    hint_above(ui, words, 0.0, |_| {});
}

/// Shows words, and below them what they lead to, which is so high, as one block in the middle of the space that is left.
pub(in crate::ui) fn hint_above(
    ui: &mut Ui,
    words: &str,
    height: f32,
    below: impl FnOnce(&mut Ui),
) {
    let color = Tokens::of(ui).muted_text;
    let width = ui.available_width().min(HINT_WIDTH);
    let font = TextStyle::Body.resolve(ui.style());
    let text = ui.painter().layout(words.to_owned(), font, color, width);
    let above = (ui.available_height() - text.size().y - height) / 2.0;
    ui.add_space(above.max(0.0));
    ui.vertical_centered(|ui| {
        ui.scope(|ui| {
            ui.set_max_width(width);
            ui.add(Label::new(RichText::new(words).color(color)).wrap());
        });
        below(ui);
    });
}

/// Explains why something is disabled to the pointer that rests on it, unless a dialog stands before it.
pub(in crate::ui) fn explain_disabled(response: Response, why: &str) -> Response {
    let layer = response.layer_id;
    if response
        .ctx
        .memory(|memory| memory.allows_interaction(layer))
    {
        response.on_disabled_hover_text(why)
    } else {
        response
    }
}

/// Makes the lists that follow show by a bar that they go on, wherever the pointer is.
pub(in crate::ui) fn scrolls_in_sight(ui: &mut Ui) {
    let scroll = &mut ui.spacing_mut().scroll;
    scroll.floating_width = Tokens::SCROLL_BAR_WIDTH / 2.0;
    scroll.floating_allocated_width = Tokens::SCROLL_BAR_WIDTH;
    scroll.dormant_handle_opacity = 0.4;
}

/// Shows words that are read second, in full.
pub(in crate::ui) fn muted_label(ui: &mut Ui, words: impl Into<String>) {
    let color = Tokens::of(ui).muted_text;
    ui.add(Label::new(RichText::new(words).color(color)).wrap());
}

/// Shows secondary words on one line, cut at the edge.
pub(in crate::ui) fn small_label(ui: &mut Ui, words: impl Into<String>) -> Response {
    let tokens = Tokens::of(ui);
    let text = Tokens::small_words(words, tokens.muted_text);
    ui.add(Label::new(text).truncate())
}
