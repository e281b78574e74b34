//! A payload as a hex dump: offset, bytes, printable column.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Ui};

use super::super::theme::Tokens;
use super::super::widgets::row_list::{RowList, Rows};
use crate::payload::HexLine;
use crate::payload::dump::BYTES_PER_LINE;

/// The dump of a payload.
#[derive(Debug, Default)]
pub(super) struct HexView {
    list: RowList,
}

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
    let tokens = Tokens::of(ui);
    let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&tokens.data(), '0'));
    (line_chars(BYTES_PER_LINE) as f32 * char_width).ceil() + tokens.scroll_bar_width + 6.0
}

impl HexView {
    /// Shows the dump in all the space that is left; returns whether a copy is wanted.
    pub(super) fn ui(&mut self, ui: &mut Ui, payload: &[u8]) -> bool {
        let tokens = Tokens::of(ui);
        let is_full = ui.available_width() >= full_width(ui);
        let per_line = if is_full {
            BYTES_PER_LINE
        } else {
            BYTES_PER_SHORT_LINE
        };
        let rows = Rows {
            name: "Hex dump",
            len: payload.len().div_ceil(per_line) as u64,
            gone: 0,
            row_height: tokens.line_height,
            selectable: false,
            can_follow: false,
        };
        let output = self.list.ui(ui, &rows, |ui, place| {
            let start = usize::try_from(place.row)
                .unwrap_or(usize::MAX)
                .saturating_mul(per_line);
            let rest = payload.get(start..).unwrap_or_default();
            let bytes = rest.get(..per_line).unwrap_or(rest);
            let line = HexLine::new(start as u64, bytes);
            let galley = ui.painter().layout_job(job(&line, bytes, per_line, tokens));
            let top = place.rect.center().y - galley.size().y / 2.0;
            let position = egui::pos2(place.rect.left(), top);
            ui.painter().galley(position, galley, Color32::PLACEHOLDER);
            line.to_string()
        });
        output.copy
    }
}

fn job(line: &HexLine, bytes: &[u8], per_line: usize, tokens: &Tokens) -> LayoutJob {
    let format = |color| TextFormat::simple(tokens.data(), color);
    let mut job = LayoutJob::default();
    job.append(&line.offset, 0.0, format(tokens.faint_text));
    let hex_chars = line_chars(per_line) - OFFSET_CHARS - 2 * GAP_CHARS - per_line;
    let hex = line.hex.get(..hex_chars).unwrap_or(&line.hex);
    job.append(&format!("  {hex}  "), 0.0, format(tokens.text));
    // What is no character of ASCII stands there as a faint dot, unlike a dot that was sent.
    let is_shown = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let mut at = 0;
    for run in bytes.chunk_by(|a, b| is_shown(a) == is_shown(b)) {
        let shown = run.first().is_some_and(is_shown);
        let color = if shown {
            tokens.text
        } else {
            tokens.faint_text
        };
        let end = at + run.len();
        job.append(
            line.printable.get(at..end).unwrap_or_default(),
            0.0,
            format(color),
        );
        at = end;
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
            let text = job(&line, &bytes, per_line, Tokens::dark()).text;
            assert_eq!(text.len(), line_chars(per_line));
            assert!(
                text.ends_with(&format!("2E  {}", ".".repeat(per_line))),
                "{text}"
            );
        }
    }
}
