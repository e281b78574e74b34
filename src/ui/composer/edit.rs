//! The field of the message: it grows with its text, up to a bound, and scrolls within its border beyond that.

use egui::text_edit::TextEditOutput;
use egui::{Frame, Id, Margin, ScrollArea, Stroke, TextEdit, Ui, vec2};

use super::super::Tokens;
use crate::payload::{Draft, Format};
use crate::words::Language;

/// The most lines that the field grows to.
pub(super) const MAX_LINES: usize = 8;
/// The space around the text.
const MARGIN: Margin = Margin::symmetric(9, 5);
/// The width of the border, in points.
const BORDER: f32 = 1.0;

/// Returns the height of a field with this many lines.
pub(super) fn height(lines: usize) -> f32 {
    Tokens::CONTROL_HEIGHT + 4.0 + (lines as f32 - 1.0) * Tokens::TEXT_LINE_HEIGHT
}

/// Shows the field with this many lines.
pub(super) fn ui(
    ui: &mut Ui,
    words: &Language,
    id: Id,
    draft: &mut Draft,
    lines: usize,
    takes_tab: bool,
) -> TextEditOutput {
    let hint = match draft.format {
        Format::Text => words.composer.text_hint,
        Format::Hex => words.composer.hex_hint,
    };
    let widgets = &ui.visuals().widgets;
    let is_focused = ui.memory(|memory| memory.has_focus(id));
    let look = if is_focused {
        widgets.active
    } else {
        widgets.inactive
    };
    let inner = height(lines) - MARGIN.sum().y - 2.0 * BORDER;
    Frame::new()
        .fill(Tokens::of(ui).field)
        .stroke(Stroke::new(BORDER, look.bg_stroke.color))
        .corner_radius(Tokens::CONTROL_RADIUS)
        .inner_margin(MARGIN)
        .show(ui, |ui| {
            ui.set_height(inner);
            ScrollArea::vertical()
                .id_salt("message scroll")
                .max_height(inner)
                .min_scrolled_height(inner)
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    TextEdit::multiline(&mut draft.text)
                        .id(id)
                        .frame(Frame::NONE)
                        .lock_focus(takes_tab)
                        .font(Tokens::data())
                        .desired_rows(1)
                        .desired_width(f32::INFINITY)
                        .min_size(vec2(0.0, inner))
                        .hint_text(hint)
                        .show(ui)
                })
                .inner
        })
        .inner
}
