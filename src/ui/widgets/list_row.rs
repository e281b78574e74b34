//! A row of a short list: its ground, and the arrow keys that stay in the list.

use egui::{EventFilter, Id, Rect, Response, Stroke, StrokeKind, Ui};

use super::super::Tokens;

/// Paints the ground of a row: that of the selected one, or of the one that the pointer or the keyboard is on.
pub(in crate::ui) fn paint_ground(ui: &Ui, rect: Rect, response: &Response, is_selected: bool) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let ground = if is_selected {
        Some(tokens.selection)
    } else if response.hovered() || response.has_focus() {
        Some(tokens.hover)
    } else {
        None
    };
    if let Some(ground) = ground {
        painter.rect_filled(rect, Tokens::CONTROL_RADIUS, ground);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.0, tokens.accent);
        painter.rect_stroke(rect, Tokens::CONTROL_RADIUS, stroke, StrokeKind::Inside);
    }
}

/// Keeps the arrows up and down for the list that has the keyboard, where they would move the focus elsewhere.
pub(in crate::ui) fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}
