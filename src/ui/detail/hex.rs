//! A payload as a hex dump: offset, bytes, printable column.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Ui};

use super::super::Tokens;
use super::super::widgets::row_list::{RowList, Rows};
use super::chosen::ChosenBytes;
use crate::payload::HexLine;
use crate::payload::dump::BYTES_PER_LINE;

/// The bytes of a line where there is no room for [`BYTES_PER_LINE`].
const BYTES_PER_SHORT_LINE: usize = BYTES_PER_LINE / 2;
/// The characters of the offset, and of the space between two columns.
const OFFSET_CHARS: usize = 8;
const GAP_CHARS: usize = 2;

/// Returns the characters of a line of so many bytes: `00000000  48 65 …  He…`.
const fn line_chars(bytes: usize) -> usize {
    let hex = bytes * 3 - 1 + if bytes > BYTES_PER_SHORT_LINE { 1 } else { 0 };
    OFFSET_CHARS + GAP_CHARS + hex + GAP_CHARS + bytes
}

/// Returns the width of the dump with full lines.
pub(super) fn full_width(ui: &Ui) -> f32 {
    width(ui, BYTES_PER_LINE)
}

/// Returns the width of the dump with the lines that it has where there is no room for full ones.
pub(in crate::ui) fn short_width(ui: &Ui) -> f32 {
    width(ui, BYTES_PER_SHORT_LINE)
}

fn width(ui: &Ui, bytes: usize) -> f32 {
    let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&Tokens::data(), '0'));
    (line_chars(bytes) as f32 * char_width).ceil() + Tokens::SCROLL_BAR_WIDTH + 6.0
}

/// Returns how many bytes a line has in the width that is left.
pub(in crate::ui) fn per_line(ui: &Ui) -> usize {
    if ui.available_width() >= full_width(ui) {
        BYTES_PER_LINE
    } else {
        BYTES_PER_SHORT_LINE
    }
}

/// Shows the dump in all the space that is left; returns whether a copy is wanted. Some bytes have a ground of this
/// colour: ascending ranges that were found, or that differ from another payload's.
pub(in crate::ui) fn hex_ui(
    list: &mut RowList,
    ui: &mut Ui,
    name: &str,
    payload: &[u8],
    chosen: &mut ChosenBytes,
    (marked, color): (&[Range<usize>], Color32),
) -> bool {
    let tokens = Tokens::of(ui);
    let per_line = per_line(ui);
    let rows = Rows::lines(name, payload.len().div_ceil(per_line));
    let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&Tokens::data(), '0'));
    let pointer = chosen.pointer(ui);
    let selected = chosen.range();
    let mut hit = None;
    let output = list.ui(ui, &rows, |ui, place| {
        let start = place.row as usize * per_line;
        let rest = payload.get(start..).unwrap_or_default();
        let bytes = rest.get(..per_line).unwrap_or(rest);
        if let Some(at) = pointer.filter(|at| place.rect.contains(*at)) {
            let column = ((at.x - place.rect.left()) / char_width) as usize;
            hit = byte_at(column, per_line, bytes.len()).map(|byte| start + byte);
        }
        let line = HexLine::new(start as u64, bytes);
        let ground = |byte: usize| {
            let at = start + byte;
            if selected.contains(&at) {
                return tokens.selection;
            }
            let near = marked.partition_point(|range| range.end <= at);
            match marked.get(near) {
                Some(range) if range.contains(&at) => color,
                _ => Color32::TRANSPARENT,
            }
        };
        let job = job(&line, bytes, per_line, ground, tokens);
        place.text(ui, ui.painter().layout_job(job));
        line.to_string()
    });
    chosen.point(ui, hit.map(|byte| byte..byte + 1));
    output.copy
}

/// Returns the column of a byte's digits, in characters from the first digit of the line.
fn digits_column(byte: usize) -> usize {
    3 * byte + usize::from(byte >= BYTES_PER_SHORT_LINE)
}

/// Returns the byte of a line at a column of the dump, of its digits or of what they stand for.
fn byte_at(column: usize, per_line: usize, len: usize) -> Option<usize> {
    let hex = column.checked_sub(OFFSET_CHARS + GAP_CHARS)?;
    let printable = line_chars(per_line) - per_line;
    if let Some(byte) = column.checked_sub(printable) {
        return (byte < len).then_some(byte);
    }
    (0..len).find(|&byte| (digits_column(byte)..digits_column(byte) + 3).contains(&hex))
}

fn job(
    line: &HexLine,
    bytes: &[u8],
    per_line: usize,
    ground: impl Fn(usize) -> Color32,
    tokens: &Tokens,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut put = |words: &str, color, background| {
        let format = TextFormat {
            background,
            ..TextFormat::simple(Tokens::data(), color)
        };
        match job.sections.last_mut().filter(|it| it.format == format) {
            // One run of a kind is one section.
            Some(section) => {
                job.text.push_str(words);
                section.byte_range.end = job.text.len().into();
            }
            None => job.append(words, 0.0, format),
        }
    };
    let none = Color32::TRANSPARENT;
    put(&line.offset, tokens.faint_text, none);
    put("  ", tokens.text, none);
    let hex_chars = line_chars(per_line) - OFFSET_CHARS - 2 * GAP_CHARS - per_line;
    let hex = |range: Range<usize>| line.hex.get(range).unwrap_or_default();
    let mut done = 0;
    for byte in 0..bytes.len() {
        let (from, to) = (digits_column(byte), digits_column(byte) + 2);
        // The space between two bytes of one ground has it, too.
        let before = byte.checked_sub(1).map(&ground);
        let between = before.filter(|it| *it == ground(byte)).unwrap_or(none);
        put(hex(done..from), tokens.text, between);
        put(hex(from..to), tokens.text, ground(byte));
        done = to;
    }
    put(hex(done..hex_chars), tokens.text, none);
    put("  ", tokens.text, none);
    // What is no character of ASCII stands there as a faint dot, unlike a dot that was sent.
    let is_shown = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    for (at, byte) in bytes.iter().enumerate() {
        let color = if is_shown(byte) {
            tokens.text
        } else {
            tokens.faint_text
        };
        let shown = line.printable.get(at..=at).unwrap_or_default();
        put(shown, color, ground(at));
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_long_as_it_was_measured() {
        for per_line in [BYTES_PER_LINE, BYTES_PER_SHORT_LINE] {
            let bytes = vec![b'.'; per_line];
            let line = HexLine::new(0, &bytes);
            let text = job(
                &line,
                &bytes,
                per_line,
                |_| Color32::TRANSPARENT,
                Tokens::dark(),
            )
            .text;
            assert_eq!(text.len(), line_chars(per_line));
            assert!(
                text.ends_with(&format!("2E  {}", ".".repeat(per_line))),
                "{text}"
            );
        }
    }
}
