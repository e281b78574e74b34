//! A popup with fields and lists of its own, as opposed to a menu of commands.

use egui::{Frame, Margin, Popup, PopupCloseBehavior, RectAlign, Response};

/// The space within a popup.
const MARGIN: Margin = Margin::same(12);
/// The space between a popup and its button, in points.
const GAP: f32 = 6.0;

/// Returns the popup of a button at the bottom of the window: it opens above it, and closes with a click outside.
pub(in crate::ui) fn above(button: &Response, align: RectAlign) -> Popup<'_> {
    let style = button.ctx.style_of(button.ctx.theme());
    Popup::from_toggle_button_response(button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(align)
        .gap(GAP)
        .frame(Frame::popup(&style).inner_margin(MARGIN))
}
