//! What the chosen bytes can stand for, beside the payload.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::super::theme::Tokens;
use crate::payload::inspector::inspect;
use crate::words::{InWords as _, Language};

/// The width of the column, in points.
pub(super) const WIDTH: f32 = 330.0;

/// Shows the readings of the bytes from a place on.
pub(super) fn inspector_ui(ui: &mut Ui, language: &Language, payload: &[u8], at: usize) {
    let words = &language.detail;
    let tokens = Tokens::of(ui);
    let rest = payload.get(at..).unwrap_or_default();
    let small = |words: &str| tokens.small_words(words, tokens.muted_text);
    let data = |words: &str| RichText::new(words).font(tokens.data()).color(tokens.text);
    ScrollArea::vertical()
        .id_salt("inspector")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.label(small(&words.byte_as(at)));
            ui.spacing_mut().interact_size.y = 0.0;
            Grid::new("readings")
                .num_columns(2)
                .min_row_height(tokens.small_line_height)
                .spacing([12.0, 2.0])
                .show(ui, |ui| {
                    for reading in inspect(rest) {
                        let name = reading.kind.in_words(language);
                        let is_same = reading
                            .big_endian
                            .as_ref()
                            .is_none_or(|be| *be == reading.little_endian);
                        if is_same {
                            ui.label(small(&name));
                            ui.label(data(&reading.little_endian));
                            ui.end_row();
                            continue;
                        }
                        ui.label(small(&words.little_endian(&name)));
                        ui.label(data(&reading.little_endian));
                        ui.end_row();
                        ui.label(small(&words.big_endian(&name)));
                        ui.label(data(reading.big_endian.as_deref().unwrap_or_default()));
                        ui.end_row();
                    }
                });
        });
}
