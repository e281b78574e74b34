//! A choice between a few words: all in sight, or in a list that drops down.

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Button, Color32, Popup, RectAlign, Response, Role, ScrollArea, TextWrapMode, Ui, UiBuilder,
    Vec2, pos2, vec2,
};

use super::super::Tokens;
use super::{button, paint_chevron, popup, scrolls_in_sight};

/// The space between two choices, in points.
const GAP: f32 = 2.0;

/// Shows the choices side by side; returns whether another one was chosen.
///
/// `name` is what a screen reader calls the group.
pub(in crate::ui) fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: &mut T,
    choices: &[(T, &str)],
) -> bool {
    let group = UiBuilder::new()
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(name)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let before = *chosen;
    ui.scope_builder(group, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (value, words) in choices {
            let is_chosen = *chosen == *value;
            let response = ui.add(Button::selectable(is_chosen, *words));
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_role(Role::RadioButton);
            });
            if response.clicked() {
                *chosen = *value;
            }
        }
    });
    *chosen != before
}

/// Shows a list that drops down from the chosen one of the choices.
pub(in crate::ui) fn list<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut T,
    choices: &[(T, &str)],
) -> Response {
    drop_list(ui, (name, width), RectAlign::BOTTOM_START, chosen, choices)
}

/// Shows a choice at the bottom of the window: its list stands above it.
pub(in crate::ui) fn list_above<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut T,
    choices: &[(T, &str)],
) -> Response {
    drop_list(ui, (name, width), RectAlign::TOP_START, chosen, choices)
}

fn drop_list<T: Clone + PartialEq>(
    ui: &mut Ui,
    (name, width): (&str, f32),
    align: RectAlign,
    chosen: &mut T,
    choices: &[(T, &str)],
) -> Response {
    let shown = choices.iter().find(|(value, _)| value == chosen);
    let response = drop_button(ui, name, width, shown.map_or("", |(_, words)| *words));
    let max_height = ui.spacing().combo_height;
    popup::list(&response, align).show(|ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        scrolls_in_sight(ui);
        ScrollArea::vertical()
            .max_height(max_height)
            .show(ui, |ui| {
                for (value, words) in choices {
                    if ui.selectable_value(chosen, value.clone(), *words).clicked() {
                        ui.close();
                    }
                }
            });
    });
    response
}

/// Shows the button of a list that drops down, with what is chosen, cut at its edge.
pub(in crate::ui) fn drop_button(ui: &mut Ui, name: &str, width: f32, shown: &str) -> Response {
    drop_button_with_end(ui, name, width, shown, "")
}

/// As [`drop_button`], but cut in the middle where there is no room, so that its `end` stays in sight.
pub(in crate::ui) fn drop_button_with_end(
    ui: &mut Ui,
    name: &str,
    width: f32,
    shown: &str,
    end: &str,
) -> Response {
    let size = vec2(width, Tokens::CONTROL_HEIGHT);
    let response = ui.add_sized(size, Button::new(""));
    let rect = response.rect;
    let color = ui.style().interact(&response).text_color();
    let room = rect.width() - 2.0 * SIDE - CHEVRON;
    let painted = cut_before(ui, shown, end, room);
    let mut job = LayoutJob::simple_singleline(painted, Tokens::body(), color);
    job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
    let galley = ui.painter().layout_job(job);
    let top = (rect.center().y - galley.size().y / 2.0).round();
    ui.painter()
        .galley(pos2(rect.left() + SIDE, top), galley, color);
    let center = pos2(rect.right() - SIDE - CHEVRON / 2.0 + 3.0, rect.center().y);
    paint_chevron(ui.painter(), center, Vec2::DOWN, Tokens::of(ui).muted_text);
    let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::ComboBox);
        node.set_value(shown);
        node.set_expanded(is_open);
    });
    response.accessible_name(name)
}

/// Returns the width of a button that shows this much of `shown` before its `end` at least.
pub(in crate::ui) fn width_with_end(ui: &Ui, start: &str, end: &str) -> f32 {
    words_width(ui, &format!("{start}…{end}")) + 2.0 * SIDE + CHEVRON + 1.0
}

/// Returns the width of a list that shows each of its choices whole.
pub(in crate::ui) fn list_width<T>(ui: &Ui, choices: &[(T, &str)]) -> f32 {
    let widths = choices.iter().map(|(_, words)| words_width(ui, words));
    widths.fold(0.0, f32::max) + 2.0 * SIDE + CHEVRON + 1.0
}

/// Returns whether a button of this width shows these words whole.
pub(in crate::ui) fn fits(ui: &Ui, width: f32, shown: &str) -> bool {
    words_width(ui, shown) + 2.0 * SIDE + CHEVRON <= width
}

/// Cuts words before their `end`, so that they fit in `room`.
fn cut_before(ui: &Ui, words: &str, end: &str, room: f32) -> String {
    let Some(start) = words.strip_suffix(end).filter(|_| !end.is_empty()) else {
        return words.to_owned();
    };
    if words_width(ui, words) <= room {
        return words.to_owned();
    }
    let cut = |(at, _): (usize, char)| {
        format!("{}…{end}", start.get(..at).unwrap_or_default().trim_end())
    };
    let mut shorter = start.char_indices().rev().map(cut);
    let fitting = shorter.find(|it| words_width(ui, it) <= room);
    fitting.unwrap_or_else(|| format!("…{end}"))
}

fn words_width(ui: &Ui, words: &str) -> f32 {
    let galley =
        ui.painter()
            .layout_no_wrap(words.to_owned(), Tokens::body(), Color32::PLACEHOLDER);
    galley.size().x
}

/// The space beside the words, and the room of the sign, in points.
const SIDE: f32 = 10.0;
const CHEVRON: f32 = 14.0;

/// Returns how wide the choices are.
pub(in crate::ui) fn width<T>(ui: &Ui, choices: &[(T, &str)]) -> f32 {
    let words = choices.iter().map(|(_, words)| *words);
    let gaps = choices.len().saturating_sub(1) as f32 * GAP;
    words.map(|words| button::width(ui, words)).sum::<f32>() + gaps
}
