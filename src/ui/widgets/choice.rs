//! A choice between a few words: all in sight, or in a list that drops down.

use egui::{Button, ComboBox, Response, Role, Ui, UiBuilder};

use super::button;

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
    let shown = choices.iter().find(|(value, _)| value == chosen);
    let combo = ComboBox::from_id_salt(name)
        .selected_text(shown.map_or("", |(_, words)| *words))
        .width(width)
        .show_ui(ui, |ui| {
            for (value, words) in choices {
                if ui.selectable_value(chosen, value.clone(), *words).clicked() {
                    ui.close();
                }
            }
        });
    combo.response.accessible_name(name)
}

/// Returns how wide the choices are.
pub(in crate::ui) fn width<T>(ui: &Ui, choices: &[(T, &str)]) -> f32 {
    let words = choices.iter().map(|(_, words)| *words);
    let gaps = choices.len().saturating_sub(1) as f32 * GAP;
    words.map(|words| button::width(ui, words)).sum::<f32>() + gaps
}
