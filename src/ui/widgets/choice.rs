//! A choice between a few words that all stand in sight.

use egui::{Button, Role, Ui, UiBuilder};

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
            let button = Button::selectable(is_chosen, *words);
            let response = ui.add(button);
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

/// Returns how wide the choices are.
pub(in crate::ui) fn width<T>(ui: &Ui, choices: &[(T, &str)]) -> f32 {
    let words = choices.iter().map(|(_, words)| *words);
    let gaps = choices.len().saturating_sub(1) as f32 * GAP;
    words.map(|words| button::width(ui, words)).sum::<f32>() + gaps
}
