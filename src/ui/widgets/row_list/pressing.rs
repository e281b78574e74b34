//! How a press on a row selects it: at once, and where it stands. Under a flood the rows of the next frame are others, so
//! a press is about what the last frame showed, and from then on nothing moves.

use egui::{Event, Modifiers, PointerButton, Response, Ui};

use super::{RowList, Rows, slot_id};

impl RowList {
    /// Acts on the pointer, before anything moves in this frame; returns the row whose menu is wanted.
    pub(super) fn pointer(&mut self, ui: &Ui, list: &Response, rows: &Rows<'_>) -> Option<u64> {
        let newest = rows.len.checked_sub(1).filter(|_| rows.selectable)?;
        let pressed = ui.input(|input| {
            let mut events = input.events.iter();
            events.find_map(modifiers_of_press)
        });
        let mut menu = None;
        let mut is_new = false;
        for slot in 0..self.slots {
            let Some(response) = ui.ctx().read_response(slot_id(list.id, slot)) else {
                continue;
            };
            let row = (self.first_shown + slot).min(newest);
            let clicked = response.clicked();
            let is_down = response.is_pointer_button_down_on() || clicked;
            if let Some(modifiers) = pressed.filter(|_| is_down) {
                self.press(list, row, modifiers.shift);
                is_new = true;
            } else if clicked && !self.is_pressed {
                // A click without a press: by the keyboard or a screen reader.
                self.press(list, row, false);
            } else if clicked {
                // A click beside the list itself took the focus from it.
                list.request_focus();
            }
            if response.secondary_clicked() {
                menu = Some(row);
                if !self.selected().is_some_and(|rows| rows.contains(&row)) {
                    self.press(list, row, false);
                }
            }
        }
        self.is_pressed = is_new || (self.is_pressed && ui.input(|it| it.pointer.any_down()));
        menu
    }

    /// Selects a row, or the rows up to it. It stays where it is.
    fn press(&mut self, list: &Response, row: u64, extend: bool) {
        list.request_focus();
        self.is_held = true;
        self.cursor = Some(row);
        if !extend || self.anchor.is_none() {
            self.anchor = Some(row);
        }
    }
}

fn modifiers_of_press(event: &Event) -> Option<Modifiers> {
    match event {
        Event::PointerButton {
            button: PointerButton::Primary,
            pressed: true,
            modifiers,
            ..
        } => Some(*modifiers),
        _ => None,
    }
}
