//! A row of the list: a message on two lines.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::Tokens;
use super::super::widgets::list_row;
use crate::payload::VisibleText;
use crate::workspace::SavedMessage;

/// The height of a message's two lines, in points.
pub(super) const ROW_HEIGHT: f32 = 42.0;

/// Shows a message on two lines: its name and key, and what it is.
pub(super) fn row_ui(
    ui: &mut Ui,
    message: &SavedMessage,
    kind: &str,
    key: Option<&str>,
    is_selected: bool,
) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    // Named after the message, so that the keyboard stays with it when it moves.
    let id = ui.scope_id().with(("message", &message.name));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let about = match &*message.note {
        "" => kind.to_owned(),
        note => format!("{kind} · {}", VisibleText::plain(note).text),
    };
    let name = VisibleText::plain(&message.name).text;
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, is_selected, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(about.as_str());
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    list_row::paint_ground(ui, rect, &response, is_selected);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let quiet = if is_selected {
        tokens.muted_text
    } else {
        tokens.faint_text
    };
    let mut right = rect.right() - 8.0;
    if let Some(key) = key {
        let galley = painter.layout_no_wrap(key.to_owned(), Tokens::small(), quiet);
        right -= galley.size().x + 8.0;
        let at = pos2(right + 8.0, rect.top() + 7.0);
        painter.galley(at, galley, quiet);
    }
    let left = rect.left() + 8.0;
    let put = |text: String, font, color, top: f32, right: f32| {
        let mut job = LayoutJob::simple_singleline(text, font, color);
        job.wrap = TextWrapping::truncate_at_width((right - left).max(0.0));
        painter.galley(pos2(left, rect.top() + top), painter.layout_job(job), color);
    };
    put(name, Tokens::body(), tokens.text, 4.0, right);
    put(
        about,
        Tokens::small(),
        tokens.muted_text,
        22.0,
        rect.right() - 8.0,
    );
    response
}
