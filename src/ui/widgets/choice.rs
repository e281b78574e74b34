//! A choice between a few words that all stand in sight.

use egui::{Button, Role, Ui, UiBuilder};

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
        ui.spacing_mut().item_spacing.x = 2.0;
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
