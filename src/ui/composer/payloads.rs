//! Messages saved under a name: chosen, saved, deleted.

use egui::{Popup, PopupCloseBehavior, RichText, ScrollArea, Ui};

use super::super::widgets::{button, field};
use super::super::{Action, Cx, Tokens};
use crate::payload::Draft;

/// The menu of saved messages.
#[derive(Default)]
pub(super) struct Payloads {
    /// The name to save the message under.
    name_text: String,
}

/// The height of the list at most, in points.
const MAX_LIST: f32 = 320.0;
/// The width of the menu, in points.
const WIDTH: f32 = 260.0;

impl Payloads {
    /// Shows the button and its menu. Returns the chosen message.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &Draft) -> Option<Draft> {
        let words = &cx.words.composer;
        let button = button::quiet(ui, words.saved).on_hover_text(words.saved_why);
        let mut chosen = None;
        Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_width(WIDTH);
                chosen = list_ui(ui, cx);
                ui.separator();
                self.save_ui(ui, cx, draft);
                if chosen.is_some() {
                    ui.close();
                }
            });
        chosen
    }

    fn save_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, draft: &Draft) {
        let words = &cx.words.composer;
        ui.horizontal(|ui| {
            let width = ui.available_width() - button::width(ui, words.save) - 8.0;
            let name = &mut self.name_text;
            field::input_with_hint(ui, words.message_name, name, width, words.name_hint);
            let can_save = !self.name_text.trim().is_empty();
            ui.add_enabled_ui(can_save, |ui| {
                if button::plain(ui, words.save).clicked() {
                    let name = std::mem::take(&mut self.name_text);
                    cx.push(Action::SavePayload(name, draft.clone()));
                }
            });
        });
    }
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>) -> Option<Draft> {
    let words = &cx.words.composer;
    let payloads = &cx.document.messages;
    if payloads.is_empty() {
        ui.label(RichText::new(words.none_saved).color(Tokens::of(ui).muted_text));
        return None;
    }
    let mut chosen = None;
    ScrollArea::vertical().max_height(MAX_LIST).show(ui, |ui| {
        for saved in payloads {
            ui.horizontal(|ui| {
                let width = ui.available_width() - Tokens::CONTROL_HEIGHT - 8.0;
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    if button::menu_item(ui, &saved.name) {
                        chosen = Some(saved.draft.clone());
                    }
                });
                let delete = button::close(ui).accessible_name(words.delete_message(&saved.name));
                if delete.on_hover_text(words.delete).clicked() {
                    cx.push(Action::DeletePayload(saved.name.clone()));
                }
            });
        }
    });
    chosen
}
