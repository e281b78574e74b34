//! One row of the timeline, painted.

use std::sync::Arc;
use std::time::Duration;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Rect, Ui, pos2, vec2};

use super::super::widgets::row_list::RowPlace;
use super::super::widgets::{Sign, paint_sign, sign_and_color, visible};
use super::super::{Tokens, clock};
use super::columns::{Columns, char_width};
use crate::capture::{Row, RowKind, Say as _};
use crate::model::{Model, Now};
use crate::net::{Address, UnixName};
use crate::words::Language;
use crate::words::number::Numbers;

/// The width of the bar at the left of a selected row.
const SELECTION_BAR: f32 = 3.0;

/// How strong the mark of a row is that was just sent.
const JUST_SENT: f32 = 0.16;

/// The room of the sign that says whether a frame is good.
const JUDGED: f32 = 18.0;

/// Paints a row; returns what a screen reader says.
pub(super) fn row_ui(
    ui: &Ui,
    words: &Language,
    place: &RowPlace,
    columns: &Columns,
    row: &Row,
    name: Option<&str>,
) -> String {
    let tokens = Tokens::of(ui);
    ground_ui(ui, place, row.number);
    // On the ground of the selection the faint grey would be too faint.
    let quiet = if place.is_selected {
        tokens.muted_text
    } else {
        tokens.faint_text
    };
    times_ui(ui, &words.numbers, place, columns, row, quiet);
    if let (Some((at, width)), Some(name)) = (columns.name, name) {
        let galley = elided(ui, name, Tokens::body(), tokens.muted_text, width);
        put(ui, place, (at, columns.words_shift), galley);
    }
    if let (Some(at), Some(peer)) = (columns.peer, &row.peer) {
        put(ui, place, (at, 0.0), data(ui, short(peer), quiet));
    }
    let (sign, color) = sign_and_color(row.kind, tokens);
    let center = pos2(place.rect.left() + columns.sign, place.rect.center().y);
    paint_sign(ui.painter(), center, sign, tokens);
    if let Some(size) = row.kind.data_bytes() {
        let size = words.numbers.size(size);
        put_right(ui, place, columns.size_end, size, tokens.muted_text);
    }
    let shift = if is_data(row.kind) {
        0.0
    } else {
        columns.words_shift
    };
    let (mut left, right) = columns.text;
    let mut color = color;
    if let Some(frame) = row.frame.filter(|frame| frame.is_judged) {
        let sign;
        (sign, color) = if frame.is_good {
            (Sign::Good, tokens.text)
        } else {
            (Sign::Bad, tokens.error)
        };
        let center = pos2(place.rect.left() + left + 5.0, place.rect.center().y);
        paint_sign(ui.painter(), center, sign, tokens);
        left += JUDGED;
    }
    let text = text(ui, words, row, (right - left).max(0.0), color);
    put(ui, place, (left, shift), text);
    words.row(row, name)
}

/// Returns the entries that were just sent, and paints again once they no longer are.
pub(super) fn just_sent<'a>(ui: &Ui, model: &'a Model, now: Now) -> &'a [u64] {
    let Some((entries, seconds)) = model.just_sent(now) else {
        return &[];
    };
    ui.request_repaint_after(Duration::from_secs_f64(seconds));
    entries
}

/// Marks a row as just sent, over its ground.
pub(super) fn just_sent_ui(ui: &Ui, place: &RowPlace) {
    let tint = Tokens::of(ui).sent.gamma_multiply(JUST_SENT);
    ui.painter().rect_filled(place.rect, 0, tint);
}

/// Paints the row that stands for those that are not kept.
pub(super) fn notice_ui(ui: &Ui, place: &RowPlace, words: String) -> String {
    let tokens = Tokens::of(ui);
    ground_ui(ui, place, 0);
    let width = place.rect.width() - 2.0 * Tokens::SIDE_MARGIN;
    let galley = elided(ui, &words, Tokens::body(), tokens.muted_text, width);
    put(ui, place, (Tokens::SIDE_MARGIN, 0.0), galley);
    words
}

/// Paints a row that is not in hand yet.
pub(super) fn placeholder_ui(
    ui: &Ui,
    words: &Language,
    place: &RowPlace,
    columns: &Columns,
) -> String {
    let tokens = Tokens::of(ui);
    ground_ui(ui, place, place.row);
    let center = place.rect.center().y;
    let bar = |from: f32, width: f32| {
        let min = pos2(place.rect.left() + from, center - 3.0);
        ui.painter()
            .rect_filled(Rect::from_min_size(min, vec2(width, 6.0)), 3, tokens.hover);
    };
    bar(columns.time, 80.0);
    bar(columns.text.0, 120.0);
    words.timeline.loading.to_owned()
}

fn ground_ui(ui: &Ui, place: &RowPlace, number: u64) {
    let tokens = Tokens::of(ui);
    // By the entry's own number: the stripes move with the rows.
    place.ground(ui, (number % 2 == 1).then_some(tokens.stripe));
    if place.is_selected {
        let bar = place.rect.with_max_x(place.rect.left() + SELECTION_BAR);
        ui.painter().rect_filled(bar, 0, tokens.accent);
    }
}

fn times_ui(
    ui: &Ui,
    words: &Numbers,
    place: &RowPlace,
    columns: &Columns,
    row: &Row,
    quiet: Color32,
) {
    let tokens = Tokens::of(ui);
    let (millis, micros) = clock::millis_and_micros(row.time);
    put(
        ui,
        place,
        (columns.time, 0.0),
        data(ui, millis, tokens.muted_text),
    );
    if let Some(at) = columns.micros {
        put(ui, place, (at, 0.0), data(ui, micros, quiet));
    }
    if let (Some(end), Some(since)) = (columns.delta_end, row.since_previous) {
        put_right(ui, place, end, format!("+{}", words.duration(since)), quiet);
    }
}

/// Lays a row's text out, cut at a width.
fn text(ui: &Ui, words: &Language, row: &Row, width: f32, color: Color32) -> Arc<Galley> {
    let tokens = Tokens::of(ui);
    let shown = words.row_text(row);
    if is_data(row.kind) && shown.text.is_empty() {
        let part = words.timeline.part_of_a_character;
        return elided(ui, part, Tokens::body(), tokens.faint_text, width);
    }
    let font = if is_data(row.kind) {
        Tokens::data()
    } else {
        Tokens::body()
    };
    // What cannot fit even in the smallest font is not laid out.
    let smallest = char_width(ui, &FontId::monospace(Tokens::MARK_SIZE)) / 2.0;
    let most = (width / smallest.max(1.0)) as usize + 1;
    let end = shown.text.char_indices().nth(most);
    let end = end.map_or(shown.text.len(), |(at, _)| at);
    let mut job = LayoutJob {
        wrap: TextWrapping::truncate_at_width(width),
        ..LayoutJob::default()
    };
    visible::append(&mut job, &shown, 0..end, (&font, color), tokens);
    ui.painter().layout_job(job)
}

fn elided(ui: &Ui, words: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

fn data(ui: &Ui, words: String, color: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(words, Tokens::data(), color)
}

fn is_data(kind: RowKind) -> bool {
    matches!(kind, RowKind::Received(_) | RowKind::Sent(_))
}

/// Puts a text into a row: so far from its left edge, and moved down so far from its middle.
fn put(ui: &Ui, place: &RowPlace, (at, shift): (f32, f32), galley: Arc<Galley>) {
    let pixels = ui.pixels_per_point();
    let half = (galley.size().y / 2.0 * pixels).round() / pixels;
    let top = place.rect.center().y.floor() - half + shift;
    let position = pos2(place.rect.left() + at, top);
    ui.painter().galley(position, galley, Color32::PLACEHOLDER);
}

fn put_right(ui: &Ui, place: &RowPlace, end: f32, words: String, color: Color32) {
    let galley = ui.painter().layout_no_wrap(words, Tokens::data(), color);
    put(ui, place, (end - galley.size().x, 0.0), galley);
}

/// Returns what tells a peer from the others in a narrow column: its port, or its process.
fn short(peer: &Address) -> String {
    match peer {
        Address::Ip(address) => format!(":{}", address.port()),
        Address::Unix(UnixName::Process(process)) => format!("[{}]", process.pid),
        Address::Unix(_) => String::new(),
    }
}
