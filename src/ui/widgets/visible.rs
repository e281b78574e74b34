//! Received text in a layout: what stands for something else is smaller, muted and on a faint ground, so that it
//! cannot be mistaken for typed text.

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Rect, pos2, vec2};

use super::super::Tokens;
use crate::payload::VisibleText;

/// The height of the ground of a part of a line, in points.
const GROUND_HEIGHT: f32 = 17.0;

/// Appends the part `range` of a text. Words are set in `font`, marks in the smaller font of data.
pub(in crate::ui) fn append(
    job: &mut LayoutJob,
    visible: &VisibleText,
    range: std::ops::Range<usize>,
    (font, color): (&FontId, Color32),
    tokens: &Tokens,
) {
    let words = TextFormat {
        valign: Align::Center,
        ..TextFormat::simple(font.clone(), color)
    };
    let mark = TextFormat {
        background: tokens.mark,
        expand_bg: 0.5,
        valign: Align::Center,
        ..TextFormat::simple(FontId::monospace(Tokens::MARK_SIZE), tokens.muted_text)
    };
    let mut done = range.start;
    let first = visible
        .marks
        .partition_point(|it| it.range.end <= range.start);
    for it in visible.marks.get(first..).unwrap_or_default() {
        let start = it.range.start.max(range.start);
        let end = it.range.end.min(range.end);
        if start >= range.end {
            break;
        }
        append_words(job, visible.text.get(done..start), &words);
        for escape in escapes(visible.text.get(start..end).unwrap_or_default()) {
            job.append(escape, 2.0, mark.clone());
        }
        done = end;
    }
    append_words(job, visible.text.get(done..range.end), &words);
}

fn append_words(job: &mut LayoutJob, words: Option<&str>, format: &TextFormat) {
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        let after_mark = job
            .sections
            .last()
            .is_some_and(|it| it.format.background != Color32::TRANSPARENT);
        job.append(words, if after_mark { 2.0 } else { 0.0 }, format.clone());
    }
}

/// Paints the ground of a part of a line that was laid out; `chars` counts its characters.
pub(in crate::ui) fn ground(
    painter: &Painter,
    galley: &Galley,
    corner: Pos2,
    chars: std::ops::Range<usize>,
    color: Color32,
) {
    let x = |index| galley.pos_from_cursor(CCursor::new(index)).left();
    let (left, right) = (x(chars.start), x(chars.end));
    if right > left {
        // Taller than a mark, whose own ground is painted over this one.
        let middle = corner.y + galley.size().y / 2.0;
        let center = pos2(corner.x + f32::midpoint(left, right), middle);
        let rect = Rect::from_center_size(center, vec2(right - left + 1.0, GROUND_HEIGHT));
        painter.rect_filled(rect, 2, color);
    }
}

/// Splits a mark into its escapes: `\r\n` into `\r` and `\n`.
pub(in crate::ui) fn escapes(mark: &str) -> impl Iterator<Item = &str> {
    let mut rest = mark;
    std::iter::from_fn(move || {
        let next = rest.get(1..)?.find('\\').map_or(rest.len(), |at| at + 1);
        let (escape, after) = rest.split_at_checked(next)?;
        rest = after;
        Some(escape)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_split_into_its_escapes() {
        let check = |mark: &str, expected: &[&str]| {
            assert_eq!(escapes(mark).collect::<Vec<_>>(), expected);
        };
        check("", &[]);
        check(r"\n", &[r"\n"]);
        check(
            r"\r\n\x1B\u{200B}\0",
            &[r"\r", r"\n", r"\x1B", r"\u{200B}", r"\0"],
        );
    }
}
