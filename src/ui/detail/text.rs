//! A payload as text: wrapped once for each width, and only the lines in sight are laid out.

use std::ops::Range;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Ui};

use super::super::Tokens;
use super::super::widgets::row_list::{RowList, Rows};
use super::super::widgets::{small_label, visible};
use super::chosen::ChosenBytes;
use crate::capture::Detail;
use crate::payload::{StreamEnd, TextMap, VisibleText};
use crate::words::detail::Detail as Words;

/// The most bytes of a payload that are shown as text; the dump shows all.
const LIMIT_BYTES: usize = 2 * 1024 * 1024;
/// The most bytes of a payload whose text is mapped to them.
const MAPPED_BYTES: usize = 64 * 1024;
/// How many characters are looked at for one without a glyph.
const MAX_LOOKED_AT: usize = 2_000;
/// How far back from the end of a line a space is looked for, in characters.
const WORD_LOOK_BACK: usize = 24;

/// The text of a payload.
#[derive(Debug, Default)]
pub(super) struct TextView {
    list: RowList,
    decoded: Option<Decoded>,
    /// The lines, and the number of columns that they were wrapped at.
    lines: (usize, Vec<Range<usize>>),
}

impl TextView {
    /// Shows the text in all the space that is left; returns whether a copy is wanted.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        detail: &Detail,
        payload: &[u8],
        (chosen, found, reveal): (&mut ChosenBytes, &[Range<usize>], Option<usize>),
    ) -> bool {
        let tokens = Tokens::of(ui);
        let font = Tokens::data();
        let char_width = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
        let width = ui.available_width() - Tokens::SCROLL_BAR_WIDTH - 4.0;
        let columns = ((width / char_width) as usize).max(8);
        let decoded = self
            .decoded
            .get_or_insert_with(|| Decoded::new(ui, detail, payload));
        let Decoded { visible, map, .. } = &*decoded;
        if let Some(c) = decoded.unseen {
            small_label(ui, words.no_glyph(c));
        }
        let pointer = chosen.pointer(ui);
        let mapped = map.as_ref().filter(|_| !chosen.range().is_empty());
        let marked = mapped.map(|map| map.text_of(&chosen.range()));
        let mut hit = None;
        if self.lines.0 != columns {
            self.lines = (columns, wrap(visible, columns));
        }
        let lines = &self.lines.1;
        let rows = Rows::lines(words.text, lines.len());
        if let (Some(byte), Some(map)) = (reveal, map) {
            let at = map.text_of(&(byte..byte + 1)).start;
            let line = lines.partition_point(|line| line.end <= at);
            self.list.reveal(line as u64);
        }
        let output = self.list.ui(ui, &rows, |ui, place| {
            let Some(line) = place.of(lines) else {
                return String::new();
            };
            let mut job = LayoutJob::default();
            let format = (&font, tokens.text);
            visible::append(&mut job, visible, line.clone(), format, tokens);
            let galley = ui.painter().layout_job(job);
            let corner = place.text_corner(&galley);
            let text = visible.text.get(line.clone()).unwrap_or_default();
            for found in map.iter().flat_map(|map| found_in(map, line, found)) {
                mark(ui, &galley, corner, (text, line), &found, tokens.found);
            }
            if let Some(marked) = &marked {
                mark(ui, &galley, corner, (text, line), marked, tokens.selection);
            }
            if let Some(at) = pointer.filter(|at| place.rect.contains(*at)) {
                let cursor = galley.cursor_from_pos(at - corner);
                let characters = text.char_indices().map(|(at, _)| at);
                let passed = characters.take(usize::from(cursor.index));
                let offset = line.start + passed.last().unwrap_or(0);
                hit = map.as_ref().and_then(|map| map.bytes_at(offset));
            }
            place.text(ui, galley);
            text.to_owned()
        });
        chosen.point(ui, hit);
        output.copy
    }
}

/// A payload as text.
#[derive(Debug)]
struct Decoded {
    visible: VisibleText,
    /// The bytes that each part stands for, where there are not too many.
    map: Option<TextMap>,
    /// A character that no font here can show.
    unseen: Option<char>,
}

impl Decoded {
    fn new(ui: &Ui, detail: &Detail, payload: &[u8]) -> Self {
        let (visible, map) = if payload.len() <= MAPPED_BYTES {
            let (visible, map) = TextMap::decode(detail.start, payload);
            (visible, Some(map))
        } else {
            let limit = Some(LIMIT_BYTES);
            let visible = detail.start.decode(payload, limit, StreamEnd::Open);
            (visible, None)
        };
        Self {
            unseen: unseen(ui, &Tokens::data(), &visible.text),
            visible,
            map,
        }
    }
}

/// Returns the first character that no font here can show.
fn unseen(ui: &Ui, font: &FontId, text: &str) -> Option<char> {
    // What the program's own fonts hold need not be asked for.
    let others = text.chars().filter(|c| *c >= '\u{2000}');
    let mut others = others.take(MAX_LOOKED_AT);
    others.find(|c| !ui.fonts_mut(|fonts| fonts.has_glyph(font, *c)))
}

/// Returns the parts of the text that stand for what was found, as far as they touch a line.
fn found_in<'a>(
    map: &'a TextMap,
    line: &Range<usize>,
    found: &'a [Range<usize>],
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let first = map.bytes_at(line.start).map_or(0, |bytes| bytes.start);
    let last = line.end.checked_sub(1).and_then(|at| map.bytes_at(at));
    let end = last.map_or(0, |bytes| bytes.end);
    let near = found.partition_point(|range| range.end <= first);
    let near = found.get(near..).unwrap_or_default().iter();
    near.take_while(move |range| range.start < end)
        .map(|range| map.text_of(range))
}

/// Paints the ground of the part of a line that is marked.
fn mark(
    ui: &Ui,
    galley: &Galley,
    corner: egui::Pos2,
    (text, line): (&str, &Range<usize>),
    marked: &Range<usize>,
    color: Color32,
) {
    let start = marked.start.clamp(line.start, line.end) - line.start;
    let end = marked.end.clamp(line.start, line.end) - line.start;
    if start < end {
        let count = |offset: usize| text.get(..offset).unwrap_or(text).chars().count();
        visible::ground(
            ui.painter(),
            galley,
            corner,
            count(start)..count(end),
            color,
        );
    }
}

/// Cuts a text into lines of at most `columns` columns: after a newline's mark, at a space where one is near, and
/// never inside a mark's escape. Every byte of the text is in exactly one line.
fn wrap(visible: &VisibleText, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Lines {
        columns,
        ..Lines::default()
    };
    let mut done = 0;
    for mark in &visible.marks {
        lines.words(visible.text.get(done..mark.range.start).unwrap_or_default());
        for escape in visible::escapes(visible.text.get(mark.range.clone()).unwrap_or_default()) {
            lines.escape(escape);
        }
        done = mark.range.end;
    }
    lines.words(visible.text.get(done..).unwrap_or_default());
    lines.end();
    lines.done
}

#[derive(Default)]
struct Lines {
    done: Vec<Range<usize>>,
    columns: usize,
    /// Where the present line begins, and where the text stands.
    start: usize,
    at: usize,
    /// The columns that the present line takes.
    width: usize,
    /// Where the line could be cut at a space, and its width up to there.
    space: Option<(usize, usize)>,
}

impl Lines {
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            self.push(c.len_utf8(), columns_of(c));
            if c == ' ' {
                self.space = Some((self.at, self.width));
            }
        }
    }

    fn escape(&mut self, escape: &str) {
        self.push(escape.len(), escape.chars().count());
        if escape == r"\n" {
            self.cut(self.at);
        }
    }

    fn push(&mut self, len: usize, width: usize) {
        if self.width + width > self.columns && self.at > self.start {
            let (at, before) = self.space.unwrap_or((self.at, 0));
            let kept = self.width - before;
            if self.space.is_some() && kept < WORD_LOOK_BACK {
                self.cut(at);
                self.width = kept;
            } else {
                self.cut(self.at);
            }
        }
        self.at += len;
        self.width += width;
    }

    fn cut(&mut self, at: usize) {
        self.done.push(self.start..at);
        self.start = at;
        self.width = 0;
        self.space = None;
    }

    fn end(&mut self) {
        if self.at > self.start {
            self.cut(self.at);
        }
    }
}

/// Returns the columns that a character takes: two from the first script of wide characters on.
fn columns_of(c: char) -> usize {
    if c < '\u{1100}' { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payload::TextStart;

    fn visible(bytes: &[u8]) -> VisibleText {
        TextStart::default().decode(bytes, None, StreamEnd::Ended)
    }

    #[test]
    fn lines_end_at_newlines_and_spaces_and_never_inside_an_escape() {
        let check = |bytes: &[u8], columns: usize, expected: &[&str]| {
            let visible = visible(bytes);
            let lines = wrap(&visible, columns);
            let lines: Vec<&str> = lines.into_iter().map(|line| &visible.text[line]).collect();
            assert_eq!(lines, expected);
        };
        check(b"", 10, &[]);
        check(
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            40,
            &[r"GET / HTTP/1.1\r\n", r"Host: x\r\n", r"\r\n"],
        );
        check(b"one two three", 8, &["one two ", "three"]);
        check(b"abcdefghij", 4, &["abcd", "efgh", "ij"]);
        check(b"ab\x01\x02", 4, &["ab", r"\x01", r"\x02"]);
        check("日本語日本語".as_bytes(), 6, &["日本語", "日本語"]);
        check(br"a\nb", 10, &[r"a\nb"]);
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_line(bytes in proptest::collection::vec(any::<u8>(), 0..200), columns in 8..40_usize) {
            let visible = visible(&bytes);
            let mut at = 0;
            for line in wrap(&visible, columns) {
                prop_assert_eq!(line.start, at);
                prop_assert!(line.end > at);
                at = line.end;
            }
            prop_assert_eq!(at, visible.text.len());
        }
    }
}
