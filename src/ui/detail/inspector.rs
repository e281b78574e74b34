//! What the chosen bytes can stand for, beside the payload.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::super::Tokens;
use crate::payload::inspector::inspect;
use crate::words::{InWords as _, Language};

/// The width of the column, in points.
pub(super) const WIDTH: f32 = 330.0;

/// Shows the readings of the bytes from a place on.
pub(super) fn inspector_ui(ui: &mut Ui, language: &Language, payload: &[u8], at: usize) {
    let words = &language.detail;
    let tokens = Tokens::of(ui);
    let rest = payload.get(at..).unwrap_or_default();
    let small = |words: &str| Tokens::small_words(words, tokens.muted_text);
    let data = |words: &str| RichText::new(words).font(Tokens::data()).color(tokens.text);
    let area = ScrollArea::vertical().id_salt("inspector");
    area.auto_shrink([false, false]).show(ui, |ui| {
        ui.label(small(&words.byte_as(at)));
        ui.spacing_mut().interact_size.y = 0.0;
        let grid = Grid::new("readings")
            .num_columns(2)
            .min_row_height(Tokens::SMALL_LINE_HEIGHT)
            .spacing([12.0, 2.0]);
        grid.show(ui, |ui| {
            let mut row = |name: &str, value: &str| {
                ui.label(small(name));
                ui.label(data(value));
                ui.end_row();
            };
            for reading in inspect(rest) {
                let name = reading.kind.in_words(language);
                let little = &reading.little_endian;
                match reading.big_endian.as_ref().filter(|big| *big != little) {
                    None => row(&name, little),
                    Some(big) => {
                        row(&words.little_endian(&name), little);
                        row(&words.big_endian(&name), big);
                    }
                }
            }
        });
    });
}
