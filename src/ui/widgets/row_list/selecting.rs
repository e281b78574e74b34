//! How the keys and the pointer select rows and move through a list.

use egui::{Event, Id, InputState, Key, Modifiers, Ui};

use super::super::list_row;
use super::{RowList, Rows};

impl RowList {
    /// Acts on the keys; returns whether a copy is wanted.
    pub(super) fn keys(&mut self, ui: &Ui, id: Id, rows: &Rows<'_>) -> bool {
        list_row::keep_arrows(ui, id);
        if rows.len == 0 {
            return false;
        }
        for key in [
            Key::ArrowUp,
            Key::ArrowDown,
            Key::PageUp,
            Key::PageDown,
            Key::Home,
            Key::End,
        ] {
            // The key with Shift first: the one without takes it too.
            for modifiers in [Modifiers::SHIFT, Modifiers::NONE] {
                let presses = ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
                for _ in 0..presses {
                    self.key(key, modifiers.shift, rows);
                }
            }
        }
        let select_all = |input: &mut InputState| input.consume_key(Modifiers::COMMAND, Key::A);
        if rows.selectable && ui.input_mut(select_all) {
            self.select_range(0, rows.len - 1);
        }
        let wanted = ui.input(|input| input.events.contains(&Event::Copy));
        wanted && (!rows.selectable || self.selected().is_some())
    }

    fn key(&mut self, key: Key, extend: bool, rows: &Rows<'_>) {
        let page = (self.page.floor() as u64).saturating_sub(1).max(1);
        if !rows.selectable {
            let top = match key {
                Key::ArrowUp => self.top - 1.0,
                Key::ArrowDown => self.top + 1.0,
                Key::PageUp => self.top - page as f64,
                Key::PageDown => self.top + page as f64,
                Key::Home => 0.0,
                _ => self.max_top(rows),
            };
            self.scroll_to(top, rows);
            return;
        }
        let last = rows.len - 1;
        // Without a cursor the keys begin at what is in sight.
        let upwards = matches!(key, Key::ArrowUp | Key::PageUp);
        let in_sight = if upwards {
            self.top + self.page - 1.0
        } else {
            self.top
        };
        let from = self.cursor.unwrap_or(in_sight.max(0.0).ceil() as u64);
        let step = u64::from(self.cursor.is_some());
        let to = match key {
            Key::ArrowUp => from.saturating_sub(step),
            Key::ArrowDown => from.saturating_add(step),
            Key::PageUp => from.saturating_sub(page),
            Key::PageDown => from.saturating_add(page),
            Key::Home => 0,
            _ => last,
        };
        self.move_cursor(to.min(last), extend, rows);
        // What is selected stays where it is; End goes to the newest row, and stays with it.
        self.is_held = key != Key::End;
    }

    fn move_cursor(&mut self, to: u64, extend: bool, rows: &Rows<'_>) {
        self.cursor = Some(to);
        if !extend || self.anchor.is_none() {
            self.anchor = Some(to);
        }
        let row = to as f64;
        let top = self.top.min(row).max((row + 1.0 - self.page).ceil());
        self.top = top.clamp(0.0, self.max_top(rows));
    }
}
