//! One row of a followed connection, painted: sent rows stand further in, and each direction has its arrow and colour.

use egui::text::LayoutJob;
use egui::{Align2, Color32, Rect, Ui, pos2, vec2};

use super::super::highlights::Highlights;
use super::super::widgets::row_list::RowPlace;
use super::super::widgets::{paint_sign, sign_and_color, visible};
use super::super::{Tokens, clock};
use super::matches::matches;
use crate::capture::{LineText, RowKind, Say as _, TranscriptLine};
use crate::net::FlowId;
use crate::payload::HexLine;
use crate::payload::dump::BYTES_PER_LINE;
use crate::words::Language;
use crate::words::conversation::Conversation;

/// Where the columns of a row stand, as distances from its left edge, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TranscriptColumns {
    time: Option<f32>,
    sign: f32,
    text: f32,
    right: f32,
    /// How many characters of text a row holds.
    pub(super) chars: u16,
    /// Whether there is room for half a line of the dump only.
    pub(super) is_short: bool,
}

/// The width from which on the time is shown.
const MIN_WITH_TIME: f32 = 620.0;
/// The characters of the time: `12:01:05.871`.
const TIME_CHARS: f32 = 12.0;
const GAP: f32 = 14.0;
const SIGN: f32 = 12.0;
/// How much further in sent rows stand.
const INDENT: f32 = 22.0;
/// The widths that text is cut to: few, so that a window that is being resized rarely has to be counted anew.
const WIDTHS: [u16; 10] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160];
/// The characters of a line of the dump: `00000000  48 65 …  He…`.
const DUMP_CHARS: f32 = 8.0 + 2.0 + 48.0 + 2.0 + BYTES_PER_LINE as f32;
/// The characters of the bytes in half a line of the dump.
const SHORT_HEX_CHARS: usize = BYTES_PER_LINE / 2 * 3 - 1;

impl TranscriptColumns {
    pub(super) fn new(ui: &Ui) -> Self {
        let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&Tokens::data(), '0'));
        let right = ui.available_width() - Tokens::SCROLL_BAR_WIDTH - 2.0;
        Self::fit(Tokens::SIDE_MARGIN, right, char_width)
    }

    fn fit(left: f32, right: f32, char_width: f32) -> Self {
        let has_time = right >= MIN_WITH_TIME;
        let time = has_time.then_some(left);
        let before = if has_time {
            TIME_CHARS * char_width + GAP
        } else {
            0.0
        };
        let sign = left + before + SIGN / 2.0;
        let text = sign + SIGN / 2.0 + GAP / 2.0;
        let room = (right - text - INDENT) / char_width.max(1.0);
        let fits = |chars: &u16| f32::from(*chars) <= room;
        Self {
            time,
            sign,
            text,
            right,
            chars: WIDTHS.into_iter().rev().find(fits).unwrap_or(WIDTHS[0]),
            is_short: DUMP_CHARS > room,
        }
    }
}

/// Paints a row; returns what a screen reader says. The arrow stands at a piece's first row, and at the first in sight.
pub(super) fn row_ui(
    ui: &Ui,
    words: &Language,
    place: &RowPlace,
    columns: &TranscriptColumns,
    (line, is_top): (Option<&TranscriptLine>, bool),
    highlights: Option<(&mut Highlights<'_>, FlowId)>,
) -> String {
    let tokens = Tokens::of(ui);
    place.ground(ui, None);
    let Some(line) = line else {
        let left = place.rect.left() + columns.text;
        let min = pos2(left, place.rect.center().y - 3.0);
        let bar = Rect::from_min_size(min, vec2(120.0, 6.0));
        ui.painter().rect_filled(bar, 3, tokens.hover);
        return words.timeline.loading.to_owned();
    };
    let (indent, color) = match line.kind {
        RowKind::Received(_) => (0.0, tokens.received),
        RowKind::Sent(_) => (INDENT, tokens.sent),
        kind => (0.0, sign_and_color(kind, tokens).1),
    };
    if let (Some(at), true) = (columns.time, line.is_first) {
        let quiet = if place.is_selected {
            tokens.muted_text
        } else {
            tokens.faint_text
        };
        let (millis, _) = clock::millis_and_micros(line.time);
        let left = pos2(place.rect.left() + at, place.rect.center().y);
        let (painter, font) = (ui.painter(), Tokens::data());
        painter.text(left, Align2::LEFT_CENTER, millis, font, quiet);
    }
    if line.is_first || is_top {
        let x = place.rect.left() + columns.sign + indent;
        let center = pos2(x, place.rect.center().y);
        let (sign, _) = sign_and_color(line.kind, tokens);
        paint_sign(ui.painter(), center, sign, tokens);
    }
    let (job, text) = job(line, words, columns.is_short, color, tokens);
    let left = place.rect.left() + columns.text + indent;
    let right = place.rect.left() + columns.right;
    let clip = place.rect.with_min_x(left).with_max_x(right);
    let galley = ui.painter().layout_job(job);
    let corner = pos2(left, place.rect.center().y - galley.size().y / 2.0);
    let painter = ui.painter().with_clip_rect(clip.intersect(ui.clip_rect()));
    for found in highlights.map_or_else(Vec::new, |highlights| matches(line, &text, highlights)) {
        visible::ground(&painter, &galley, corner, found, tokens.found);
    }
    painter.galley(corner, galley, Color32::PLACEHOLDER);
    spoken(line, &words.conversation, &text)
}

/// Lays a row's text out; returns its words too.
fn job(
    line: &TranscriptLine,
    language: &Language,
    is_short: bool,
    color: Color32,
    tokens: &Tokens,
) -> (LayoutJob, String) {
    let mut job = LayoutJob::default();
    let words = match &line.text {
        LineText::Escaped(text) => {
            job.append(text, 0.0, egui::TextFormat::simple(Tokens::data(), color));
            text.clone()
        }
        LineText::Text { text, .. } => {
            let whole = 0..text.text.len();
            visible::append(&mut job, text, whole, (&Tokens::data(), color), tokens);
            text.text.clone()
        }
        LineText::Bytes(row) => {
            let dump = HexLine::new(row.offset(), row.bytes());
            let format = |color| egui::TextFormat::simple(Tokens::data(), color);
            let hex = if is_short {
                dump.hex.get(..SHORT_HEX_CHARS).unwrap_or(&dump.hex)
            } else {
                &dump.hex
            };
            job.append(&dump.offset, 0.0, format(tokens.faint_text));
            job.append(&format!("  {hex}  "), 0.0, format(color));
            job.append(&dump.printable, 0.0, format(tokens.muted_text));
            dump.to_string()
        }
        LineText::NotKept(bytes) => {
            let words = language.conversation.not_kept(*bytes);
            let format = egui::TextFormat::simple(Tokens::small(), tokens.muted_text);
            job.append(&words, 0.0, format);
            words
        }
        LineText::Words(happening) => {
            let text = language.happening(happening);
            let whole = 0..text.text.len();
            visible::append(&mut job, &text, whole, (&Tokens::small(), color), tokens);
            text.text
        }
    };
    (job, words)
}

/// What a screen reader says: the direction in words.
fn spoken(line: &TranscriptLine, words: &Conversation, text: &str) -> String {
    match line.kind {
        RowKind::Received(_) => words.received_row(text),
        RowKind::Sent(_) => words.sent_row(text),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_window_has_shorter_rows_and_then_no_time() {
        let check = |width: f32, has_time: bool, chars: u16, is_short: bool| {
            let columns = TranscriptColumns::fit(16.0, width, 7.5);
            let found = (columns.time.is_some(), columns.chars, columns.is_short);
            assert_eq!(found, (has_time, chars, is_short), "{width}");
        };
        check(976.0, true, 96, false);
        check(700.0, true, 64, true);
        check(496.0, false, 56, true);
        check(200.0, false, 32, true);
    }
}
