//! One row of the timeline, painted.

use std::sync::Arc;
use std::time::Duration;

use egui::{Color32, Galley, Pos2, Rect, Ui, pos2, vec2};

use super::super::highlights::Highlights;
use super::super::widgets::row_list::RowPlace;
use super::super::widgets::{Sign, paint_sign, sign_and_color, visible};
use super::super::{Tokens, clock};
use super::columns::{ColumnSpan, Columns};
use super::text::{self, elided};
use crate::capture::{Row, RowKind, Say as _};
use crate::model::{Model, Now};
use crate::words::Language;
use crate::words::number::Numbers;
use crate::workspace::{PayloadForm, TimelineColumn};

/// The width of the bar at the left of a selected row.
const SELECTION_BAR: f32 = 3.0;

/// How strong the mark of a row is that was just sent.
const JUST_SENT: f32 = 0.16;

/// The room of the sign that says whether a frame is good.
const JUDGED: f32 = 18.0;

/// How rows are painted.
pub(super) struct Look<'a> {
    pub(super) words: &'static Language,
    pub(super) columns: &'a Columns,
    pub(super) payloads: PayloadForm,
}

/// Paints a row in the colour of a kind, with the matches of what is looked for; returns what a screen reader says.
pub(super) fn row_ui(
    ui: &Ui,
    look: &Look<'_>,
    place: &RowPlace,
    row: &Row,
    (name, kind): (Option<&str>, RowKind),
    highlights: Option<&mut Highlights<'_>>,
) -> String {
    let tokens = Tokens::of(ui);
    let Look { words, columns, .. } = *look;
    ground_ui(ui, place, row.number);
    // On the ground of the selection the faint grey would be too faint.
    let quiet = if place.is_selected {
        tokens.muted_text
    } else {
        tokens.faint_text
    };
    times_ui(ui, &words.numbers, place, columns, row, quiet);
    who_ui(ui, words, place, columns, row, (name, quiet));
    let (sign, color) = sign_and_color(kind, tokens);
    if let Some(span) = columns.span(TimelineColumn::Direction) {
        let x = place.rect.left() + f32::midpoint(span.left, span.right);
        let center = pos2(x, place.rect.center().y);
        paint_sign(ui.painter(), center, sign, tokens);
    }
    if let (Some(span), Some(size)) = (columns.span(TimelineColumn::Bytes), row.kind.data_bytes()) {
        bytes_ui(ui, &words.numbers, place, span, size);
    }
    text_ui(ui, look, place, row, color, highlights);
    words.row(row, name)
}

/// Paints what a row shows, after the sign of a frame's judgement.
fn text_ui(
    ui: &Ui,
    look: &Look<'_>,
    place: &RowPlace,
    row: &Row,
    mut color: Color32,
    highlights: Option<&mut Highlights<'_>>,
) {
    let tokens = Tokens::of(ui);
    let ColumnSpan { mut left, right } = look.columns.text;
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
    let shift = if is_data(row.kind) {
        0.0
    } else {
        look.columns.words_shift
    };
    let width = (right - left).max(0.0);
    let shown = (look.payloads, highlights);
    let text = text::lay_out(ui, look.words, row, shown, (width, color));
    let corner = corner(ui, place, (left, shift), &text.galley);
    for found in text.found {
        visible::ground(ui.painter(), &text.galley, corner, found, tokens.found);
    }
    ui.painter()
        .galley(corner, text.galley, Color32::PLACEHOLDER);
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
    if let Some(time) = columns.span(TimelineColumn::Time) {
        bar(time.left, time.width().min(80.0));
    }
    bar(columns.text.left, 120.0);
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
    if let Some(time) = columns.span(TimelineColumn::Time) {
        let galley = elided(ui, &millis, Tokens::data(), tokens.muted_text, time.width());
        put(ui, place, (time.left, 0.0), galley);
    }
    if let Some(at) = columns.micros {
        put(ui, place, (at, 0.0), data(ui, micros, quiet));
    }
    if let (Some(gap), Some(since)) = (columns.span(TimelineColumn::Gap), row.since_previous) {
        let since = format!("+{}", words.duration(since));
        put_right(ui, place, gap, &since, quiet);
    }
}

/// Paints the connection's number and the endpoint's name.
fn who_ui(
    ui: &Ui,
    words: &Language,
    place: &RowPlace,
    columns: &Columns,
    row: &Row,
    (name, quiet): (Option<&str>, Color32),
) {
    let connection = columns.span(TimelineColumn::Connection).zip(row.connection);
    if let Some((span, connection)) = connection {
        let number = words.timeline.sign_of_connection(connection.number);
        let galley = elided(ui, &number, Tokens::data(), quiet, span.width());
        put(ui, place, (span.left, 0.0), galley);
    }
    if let (Some(span), Some(name)) = (columns.span(TimelineColumn::Endpoint), name) {
        let color = Tokens::of(ui).muted_text;
        let galley = elided(ui, name, Tokens::body(), color, span.width());
        put(ui, place, (span.left, columns.words_shift), galley);
    }
}

/// Paints how many bytes there are: exactly, or rounded where there is no room for all digits.
fn bytes_ui(ui: &Ui, words: &Numbers, place: &RowPlace, span: ColumnSpan, bytes: u64) {
    let color = Tokens::of(ui).muted_text;
    let exact = data(ui, words.grouped(bytes), color);
    if exact.size().x <= span.width() + 1.0 {
        return put(ui, place, (span.right - exact.size().x, 0.0), exact);
    }
    put_right(ui, place, span, &words.size(bytes), color);
}

fn data(ui: &Ui, words: String, color: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(words, Tokens::data(), color)
}

fn is_data(kind: RowKind) -> bool {
    matches!(kind, RowKind::Received(_) | RowKind::Sent(_))
}

/// Puts a text into a row: so far from its left edge, and moved down so far from its middle.
fn put(ui: &Ui, place: &RowPlace, at: (f32, f32), galley: Arc<Galley>) {
    let corner = corner(ui, place, at, &galley);
    ui.painter().galley(corner, galley, Color32::PLACEHOLDER);
}

/// Returns where a text begins that is put into a row.
fn corner(ui: &Ui, place: &RowPlace, (at, shift): (f32, f32), galley: &Galley) -> Pos2 {
    let pixels = ui.pixels_per_point();
    let half = (galley.size().y / 2.0 * pixels).round() / pixels;
    let top = place.rect.center().y.floor() - half + shift;
    pos2(place.rect.left() + at, top)
}

fn put_right(ui: &Ui, place: &RowPlace, span: ColumnSpan, words: &str, color: Color32) {
    let galley = elided(ui, words, Tokens::data(), color, span.width() + 1.0);
    put(ui, place, (span.right - galley.size().x, 0.0), galley);
}
