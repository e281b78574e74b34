//! The grid of what is known of a connection.

use egui::{Grid, Ui};

use super::super::super::widgets::text_width;
use crate::words::Language;

/// Returns the grid of what is known of a connection: those below each other have the same first column, as far as the
/// names go that always stand there.
pub(super) fn grid(ui: &Ui, language: &Language, name: &'static str) -> Grid {
    let (words, tcp) = (&language.endpoints, &language.tcp);
    let names = [
        words.local_address,
        words.peer_address,
        words.opened,
        words.received,
        words.sent,
        tcp.this_end,
        tcp.peer,
    ];
    let widths = names.map(|it| text_width(ui, it));
    let widest = widths.into_iter().fold(0.0, f32::max);
    let grid = Grid::new(name).num_columns(2).spacing([10.0, 2.0]);
    grid.min_col_width(widest)
}
