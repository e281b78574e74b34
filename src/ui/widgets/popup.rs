//! A popup with fields and lists of its own, as opposed to a menu of commands.

use egui::{Align, Frame, Id, Layout, Margin, Popup, PopupCloseBehavior, RectAlign, Response};

/// The space within a popup.
const MARGIN: Margin = Margin::same(12);
/// The space within a popup that is only a list.
const LIST_MARGIN: Margin = Margin::same(6);
/// The space between a popup and its button, in points.
const GAP: f32 = 6.0;

/// Returns the popup of a button at the bottom of the window: it opens above it, and closes with a click outside.
pub(in crate::ui) fn above(button: &Response, align: RectAlign) -> Popup<'_> {
    framed(button, align, MARGIN)
}

/// Returns the popup of a button at the top of a pane: it opens below it, and closes with a click outside.
pub(in crate::ui) fn below(button: &Response, align: RectAlign) -> Popup<'_> {
    framed(button, align, MARGIN)
}

/// Returns a popup that opens above a button of a menu, once its `id` is opened.
pub(in crate::ui) fn above_menu(button: &Response, id: Id, align: RectAlign) -> Popup<'_> {
    framed(button, align, MARGIN).open_memory(None).id(id)
}

/// Returns the popup of a button that is only a list, as wide as the button at least.
pub(in crate::ui) fn list(button: &Response, align: RectAlign) -> Popup<'_> {
    let layout = Layout::top_down_justified(Align::Min);
    let popup = framed(button, align, LIST_MARGIN).layout(layout);
    popup.width(button.rect.width())
}

fn framed(button: &Response, align: RectAlign, margin: Margin) -> Popup<'_> {
    let style = button.ctx.style_of(button.ctx.theme());
    Popup::from_toggle_button_response(button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(align)
        .gap(GAP)
        .frame(Frame::popup(&style).inner_margin(margin))
}
