//! Lanes: what the timeline shows as arrows between two lifelines, the clients' ends left and the servers' right.
//!
//! Each row of the view is a row here too, at its own time, so places, selection and scrolling mean the same in both
//! forms. With several connections in view the two lifelines stand for all of them and each row has its number: time
//! stays one order, and ten thousand peers need no more room than two.
//!
//! It is laid out anew in each frame from the rows that are loaded: three screens of them.

mod header;
mod label;
mod layout;
mod life;
mod paint;
mod sheet;
mod step;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Key, Modifiers, Rect, Ui, pos2, vec2};

use super::widgets::row_list::{RowList, RowOutput, RowPlace};
use super::{Action, Cx, Tokens, clock};
use crate::capture::{Row, Say as _};
use layout::LaneDrawing;
use life::Life;
use sheet::Sheet;
use step::LaneStep;

/// Lays the bytes of a row out as the timeline shows them: as text or hex, so wide at most, in a colour. Returns also which
/// characters were found.
pub(super) type PayloadText<'a> =
    &'a dyn Fn(&Ui, &Row, f32, Color32) -> (Arc<Galley>, Vec<Range<usize>>);

/// The lanes of one frame.
pub(super) struct Lanes<'a> {
    cx: &'a Cx<'a>,
    payload: PayloadText<'a>,
    /// The row of the list that the first loaded row stands in.
    first: u64,
    steps: Vec<LaneStep>,
    drawing: LaneDrawing,
    lives: Option<[Life; 2]>,
    sheet: Sheet,
    /// The rows in sight.
    places: RefCell<Vec<RowPlace>>,
}

impl<'a> Lanes<'a> {
    /// Lays out the rows that are loaded; `notice` rows of the list stand before the view's own.
    pub(super) fn new(ui: &Ui, cx: &'a Cx<'a>, notice: u64, payload: PayloadText<'a>) -> Self {
        let timeline = &cx.timeline;
        let steps: Vec<_> = timeline.loaded_rows().iter().map(LaneStep::of).collect();
        let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&Tokens::data(), '0'));
        let has_numbers = timeline.filter().connection.is_none();
        Self {
            cx,
            payload,
            first: notice + timeline.loaded_from(),
            drawing: layout::lay_out(&steps),
            lives: life::lives(&steps).filter(|_| !has_numbers),
            steps,
            sheet: Sheet::fit(ui.available_width(), char_width, has_numbers),
            places: RefCell::default(),
        }
    }

    fn rows(&self) -> &'a [Row] {
        self.cx.timeline.loaded_rows()
    }

    /// Returns the index among the loaded rows of a row of the list, and the row.
    fn loaded(&self, row: u64) -> Option<(usize, &'a Row)> {
        let index = usize::try_from(row.checked_sub(self.first)?).ok()?;
        Some((index, self.rows().get(index)?))
    }

    /// Paints the ground and the columns of a row; returns its entry, and what a screen reader says. What stands between
    /// the lifelines is painted by [`finish`](Self::finish), above all grounds.
    pub(super) fn row_ui(&self, ui: &Ui, place: &RowPlace) -> (Option<u64>, String) {
        self.places.borrow_mut().push(*place);
        let tokens = Tokens::of(ui);
        place.ground(ui, None);
        if place.is_selected {
            let bar = place.rect.with_max_x(place.rect.left() + 3.0);
            ui.painter().rect_filled(bar, 0, tokens.accent);
        }
        let words = self.cx.words;
        let Some((_, row)) = self.loaded(place.row) else {
            let min = pos2(
                place.rect.left() + self.sheet.time,
                place.rect.center().y - 3.0,
            );
            let bar = Rect::from_min_size(min, vec2(80.0, 6.0));
            ui.painter().rect_filled(bar, 3, tokens.hover);
            return (None, words.timeline.loading.to_owned());
        };
        self.columns_ui(ui, place, row);
        let name = row.endpoint.and_then(|id| self.cx.shown_name(id));
        let spoken = words.row(row, name);
        let spoken = match row.bundle {
            Some(bundle) => words
                .lanes
                .bundle_row(&label::bundle(words, &bundle), &spoken),
            None => spoken,
        };
        (Some(row.entry), spoken)
    }

    fn columns_ui(&self, ui: &Ui, place: &RowPlace, row: &Row) {
        let tokens = Tokens::of(ui);
        let quiet = if place.is_selected {
            tokens.muted_text
        } else {
            tokens.faint_text
        };
        let put = |at: f32, text: String, color: Color32, font: FontId, is_end: bool| {
            let galley = ui.painter().layout_no_wrap(text, font, color);
            let left = if is_end { at - galley.size().x } else { at };
            let top = place.rect.center().y - galley.size().y / 2.0;
            let corner = pos2(place.rect.left() + left, top.round());
            ui.painter().galley(corner, galley, color);
        };
        let (millis, micros) = clock::millis_and_micros(row.time);
        let data = Tokens::data;
        put(self.sheet.time, millis, tokens.muted_text, data(), false);
        if let Some(at) = self.sheet.micros {
            put(at, micros, quiet, data(), false);
        }
        if let (Some(at), Some(since)) = (self.sheet.gap_end, row.since_previous) {
            let since = format!("+{}", self.cx.words.numbers.duration(since));
            put(at, since, quiet, data(), true);
        }
        if let (Some(at), Some(connection)) = (self.sheet.number, row.connection) {
            let words = &self.cx.words.timeline;
            let number = words.sign_of_connection(connection.number);
            put(at, number, tokens.muted_text, data(), false);
        }
    }

    /// Paints what stands between the lifelines, and acts on what is asked of a bundle.
    pub(super) fn finish(&self, ui: &mut Ui, output: &RowOutput, list: &mut RowList) {
        self.paint(ui, output);
        let has_focus = ui.memory(|memory| memory.has_focus(output.response.id));
        let cursor = list.cursor();
        let is_bundle = |row: &u64| {
            let row = self.loaded(*row);
            row.is_some_and(|(_, row)| row.bundle.is_some())
        };
        let opened = self.open_ui(ui, output);
        let by_key = || {
            let is_pressed =
                has_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            cursor.filter(is_bundle).filter(|_| is_pressed)
        };
        if let Some(row) = opened.or_else(by_key) {
            list.select(row);
            self.cx.push(Action::Bundle(false));
        }
        // The toolkit takes the focus away with Esc; here the key lets go of the selection first.
        let is_aimed_at = has_focus || output.response.lost_focus();
        let escape =
            |ui: &Ui| ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if is_aimed_at && list.selected().is_some() && escape(ui) {
            list.deselect();
            output.response.request_focus();
        }
    }
}
