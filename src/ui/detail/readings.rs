//! What the chosen bytes can stand for, beside the payload or below it. The room for it is always kept, so
//! that nothing moves when bytes are chosen; where there is none, they stand over the payload.

use egui::text::{LayoutJob, TextFormat};
use egui::{Grid, Label, PopupAnchor, Rect, RichText, ScrollArea, Stroke, Tooltip, Ui};

use super::super::Tokens;
use super::super::widgets::{line, muted_label};
use super::{GAP, column};
use crate::payload::inspector::{ByteReading, inspect};
use crate::words::detail::Detail as Words;
use crate::words::{InWords as _, Language};

/// The width of the column, in points.
const WIDTH: f32 = 330.0;
/// The lines below a payload with so many lines of its own, and below a shorter one.
const LINES: usize = 3;
const ROOMY: usize = 11;
/// The space around the line between a payload and the readings below it.
const EDGE: f32 = 4.0;

/// Where the readings stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ReadingsPlace {
    Beside(Rect),
    Below(Rect),
    /// There is no room for them but over the payload, while the pointer is there.
    Over(Rect),
}

impl ReadingsPlace {
    /// Takes room from that of a payload that wants to be so wide and needs so many lines. It depends on the room
    /// alone.
    pub(super) fn take(area: &mut Rect, payload_width: f32, payload_lines: usize) -> Self {
        if area.width() >= payload_width + GAP + WIDTH {
            let at = area.right() - WIDTH;
            let place = area.with_min_x(at);
            area.max.x = at - GAP;
            return Self::Beside(place);
        }
        let all = ((area.height() - 2.0 * EDGE) / Tokens::LINE_HEIGHT).max(0.0) as usize;
        let lines = if all >= ROOMY { LINES } else { 1 };
        if all < payload_lines + lines {
            return Self::Over(*area);
        }
        let at = area.bottom() - lines as f32 * Tokens::LINE_HEIGHT;
        let place = area.with_min_y(at);
        area.max.y = at - 2.0 * EDGE;
        Self::Below(place)
    }
}

/// Shows the readings of the bytes from a place on, or how to get any.
pub(super) fn ui(
    ui: &mut Ui,
    language: &Language,
    place: ReadingsPlace,
    payload: &[u8],
    chosen: Option<usize>,
) {
    let words = &language.detail;
    let stroke = Stroke::new(1.0, Tokens::of(ui).border);
    match place {
        ReadingsPlace::Over(rect) => {
            if let Some(at) = chosen.filter(|_| ui.rect_contains_pointer(rect)) {
                let (ctx, layer) = (ui.ctx().clone(), ui.layer_id());
                let id = ui.scope_id().with("readings");
                Tooltip::always_open(ctx, layer, id, PopupAnchor::Pointer)
                    .gap(12.0)
                    .show(|ui| table_ui(ui, language, at, payload));
            }
        }
        ReadingsPlace::Beside(rect) => {
            let x = rect.left() - GAP / 2.0;
            ui.painter().vline(x, rect.y_range(), stroke);
            let ui = &mut column(ui, rect);
            match chosen {
                None => muted_label(ui, words.choose_byte),
                Some(at) => {
                    let area = ScrollArea::vertical().id_salt("readings");
                    area.auto_shrink([false, false])
                        .show(ui, |ui| table_ui(ui, language, at, payload));
                }
            }
        }
        ReadingsPlace::Below(rect) => {
            let y = rect.top() - EDGE;
            ui.painter().hline(rect.x_range(), y, stroke);
            let mut ui = ui.new_child(line(rect));
            match chosen {
                None => muted_label(&mut ui, words.choose_byte),
                Some(at) => below_ui(&mut ui, language, rect, at, payload),
            }
        }
    }
}

/// Shows as many readings as there is room for; all of them under the pointer.
fn below_ui(ui: &mut Ui, language: &Language, rect: Rect, at: usize, payload: &[u8]) {
    let mut job = job(ui, language, at, payload);
    job.wrap.max_width = rect.width();
    job.wrap.max_rows = (rect.height() / Tokens::LINE_HEIGHT).round().max(1.0) as usize;
    let galley = ui.painter().layout_job(job);
    let response = ui.add(Label::new(galley));
    Tooltip::for_enabled(&response).show(|ui| table_ui(ui, language, at, payload));
}

fn job(ui: &Ui, language: &Language, at: usize, payload: &[u8]) -> LayoutJob {
    let tokens = Tokens::of(ui);
    let format = |font, color| TextFormat {
        line_height: Some(Tokens::LINE_HEIGHT),
        ..TextFormat::simple(font, color)
    };
    let mut job = LayoutJob::default();
    let small = format(Tokens::small(), tokens.muted_text);
    let data = format(Tokens::data(), tokens.text);
    job.append(&language.detail.byte_as(at), 0.0, small.clone());
    for reading in inspect(payload.get(at..).unwrap_or_default()) {
        for (name, value) in named(&reading, language, true) {
            // A line ends between two readings.
            job.append(" ", 8.0, small.clone());
            job.append(&name, 0.0, small.clone());
            job.append(value, 6.0, data.clone());
        }
    }
    job
}

fn table_ui(ui: &mut Ui, language: &Language, at: usize, payload: &[u8]) {
    let words = &language.detail;
    let tokens = Tokens::of(ui);
    let small = |words: &str| Tokens::small_words(words, tokens.muted_text);
    let data = |words: &str| RichText::new(words).font(Tokens::data()).color(tokens.text);
    ui.label(small(&words.byte_as(at)));
    ui.spacing_mut().interact_size.y = 0.0;
    let grid = Grid::new("readings")
        .num_columns(2)
        .min_row_height(Tokens::SMALL_LINE_HEIGHT)
        .spacing([12.0, 2.0]);
    grid.show(ui, |ui| {
        for reading in inspect(payload.get(at..).unwrap_or_default()) {
            for (name, value) in named(&reading, language, false) {
                ui.label(small(&name));
                ui.label(data(value));
                ui.end_row();
            }
        }
    });
}

/// Returns a reading's values, each with its name; where byte order matters, there are two.
fn named<'a>(
    reading: &'a ByteReading,
    language: &Language,
    is_short: bool,
) -> Vec<(String, &'a str)> {
    let words: &Words = &language.detail;
    let name = reading.kind.in_words(language);
    let little = reading.little_endian.as_str();
    match reading.big_endian.as_deref().filter(|big| *big != little) {
        None => vec![(name, little)],
        Some(big) if is_short => vec![
            (words.little_endian_short(&name), little),
            (words.big_endian_short(&name), big),
        ],
        Some(big) => vec![
            (words.little_endian(&name), little),
            (words.big_endian(&name), big),
        ],
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn readings_stand_beside_a_payload_or_else_below_it() {
        let check = |width: f32, height: f32, expected: &str| {
            let mut area = Rect::from_min_size(pos2(10.0, 10.0), vec2(width, height));
            let whole = area;
            let (found, place) = match ReadingsPlace::take(&mut area, 586.0, 2) {
                ReadingsPlace::Beside(place) => ("beside", place),
                ReadingsPlace::Below(place) if place.height() > 40.0 => ("three lines", place),
                ReadingsPlace::Below(place) => ("one line", place),
                ReadingsPlace::Over(place) => ("over", place),
            };
            assert_eq!(found, expected, "{width} × {height}");
            assert!(whole.contains_rect(area) && whole.contains_rect(place));
            assert!(found == "over" || !area.intersects(place));
        };
        check(936.0, 40.0, "beside");
        check(930.0, 220.0, "three lines");
        check(600.0, 120.0, "one line");
        check(600.0, 62.0, "one line");
        check(600.0, 60.0, "over");
        check(600.0, 0.0, "over");
    }
}
