//! The lines of a view while they are written, and all limits on them. Knows no format.

use std::ops::Range;

use super::text_line::TextLine;
use super::{Ink, Note, PrettyLine};
use crate::payload::decode::TextStart;
use crate::payload::visible::{StreamEnd, VisibleText};

/// The most bytes of a message that are read; a note says how many follow.
pub(super) const INPUT_BYTES: usize = 1 << 20;
/// The most lines of a view; a note says how many bytes follow.
pub(super) const LINES: usize = 20_000;
/// The most bytes of text in a line, including the `…` of a truncated one.
pub(super) const TEXT_BYTES: usize = 4096;
/// The deepest nesting of a structure.
pub(super) const DEPTH: usize = 128;
/// The most bytes of a name that a note repeats.
const WORD_BYTES: usize = 64;

const CUT: &str = "…";

/// The lines of some bytes; the last one may still be open.
#[derive(Default)]
pub(super) struct PrettyPage<'a> {
    /// The bytes to read.
    pub(super) bytes: &'a [u8],
    /// The length of the message, including bytes that are not read.
    pub(super) message_len: usize,
    /// Whether the message continues after the bytes to read.
    pub(super) is_cut: bool,
    origin: Origin,
    lines: Vec<PrettyLine>,
    open: Option<PrettyLine>,
    /// Where the first line begins that did not fit.
    dropped_at: Option<usize>,
}

/// Maps the bytes of a page to the message: runs of (offset in the page, offset in the message), in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    runs: Vec<(usize, usize)>,
}

impl<'a> PrettyPage<'a> {
    /// Makes an empty page for a message, of which at most [`INPUT_BYTES`] are read.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut end = bytes.len().min(INPUT_BYTES);
        // Leave out a character that crosses the limit: at most three of its bytes are before it.
        for _ in 0..3 {
            if bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
                end = end.saturating_sub(1);
            }
        }
        let read = bytes.get(..end).unwrap_or_default();
        let mut page = Self::part(read, end < bytes.len(), Origin::default());
        page.message_len = bytes.len();
        page
    }

    /// Makes an empty page for a part of a message. If the part is truncated, its end is not an error.
    pub(super) fn part(bytes: &'a [u8], is_cut: bool, origin: Origin) -> Self {
        Self {
            bytes,
            message_len: bytes.len(),
            is_cut,
            origin,
            ..Self::default()
        }
    }

    /// Returns whether a line did not fit: nothing after it is kept.
    pub(super) fn is_full(&self) -> bool {
        self.dropped_at.is_some()
    }

    /// Returns the offset in the message of an offset in the bytes.
    pub(super) fn place(&self, at: usize) -> usize {
        self.origin.place(at)
    }

    /// Returns a short piece of the bytes to name in a note.
    pub(super) fn word(&self, range: Range<usize>) -> String {
        let mut line = PrettyLine::default();
        let bytes = self.bytes.get(range).unwrap_or_default();
        line.write(bytes, None, WORD_BYTES);
        line.text
    }

    /// Begins a line at an offset of the bytes, and ends the previous one.
    pub(super) fn begin(&mut self, at: usize, depth: usize) {
        self.end();
        if self.lines.len() >= LINES {
            self.dropped_at.get_or_insert(at);
            return;
        }
        self.open = Some(PrettyLine {
            text: "  ".repeat(depth.min(DEPTH)),
            source: at..at,
            ..PrettyLine::default()
        });
    }

    /// Shows bytes of the message on the open line.
    pub(super) fn put(&mut self, range: Range<usize>, ink: impl Into<Option<Ink>>) {
        self.show(self.bytes.get(range.clone()).unwrap_or_default(), ink);
        self.cover(range.end);
    }

    /// Shows bytes on the open line.
    pub(super) fn show(&mut self, text: impl AsRef<[u8]>, ink: impl Into<Option<Ink>>) {
        if let Some(line) = &mut self.open {
            line.write(text.as_ref(), ink.into(), TEXT_BYTES);
        }
    }

    /// Extends the source of the open line up to `end`.
    pub(super) fn cover(&mut self, end: usize) {
        if let Some(line) = &mut self.open {
            line.source.end = line.source.end.max(end);
        }
    }

    /// Adds a line with a note about some bytes.
    pub(super) fn note(&mut self, note: Note, about: Range<usize>) {
        self.begin(about.start, 0);
        self.remark(note);
        self.cover(about.end);
    }

    /// Adds a note after the text of the open line.
    pub(super) fn remark(&mut self, note: Note) {
        if let Some(line) = &mut self.open {
            line.note = Some(note);
        }
    }

    /// Adds the bytes from `start` on as lines without structure.
    pub(super) fn plain(&mut self, start: usize) {
        let mut at = start;
        while at < self.bytes.len() && !self.is_full() {
            let line = TextLine::at(self.bytes, at);
            self.begin(at, 0);
            self.put(line.text, None);
            self.cover(line.end);
            at = line.end;
        }
    }

    /// Adds finished lines.
    pub(super) fn append(&mut self, lines: Vec<PrettyLine>) {
        self.end();
        for line in lines {
            if self.lines.len() >= LINES {
                self.dropped_at.get_or_insert(line.source.start);
                return;
            }
            self.lines.push(line);
        }
    }

    /// Returns the lines, with a note about the bytes that they do not show.
    pub(super) fn finish(mut self) -> Vec<PrettyLine> {
        self.end();
        let end = self.dropped_at.unwrap_or(self.bytes.len());
        let rest = self.message_len.saturating_sub(end);
        if rest > 0 {
            self.lines.push(PrettyLine {
                note: Some(Note::More(rest as u64)),
                source: self.origin.range(end..self.message_len),
                ..PrettyLine::default()
            });
        }
        self.lines
    }

    fn end(&mut self) {
        if let Some(mut line) = self.open.take() {
            line.source = self.origin.range(line.source);
            self.lines.push(line);
        }
    }
}

impl Origin {
    /// Notes that the bytes from `at` on are at `place` in the message. Must be called in order.
    pub(super) fn push(&mut self, at: usize, place: usize) {
        self.runs.push((at, place));
    }

    fn place(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|&(start, _)| start <= at);
        let run = after
            .checked_sub(1)
            .and_then(|before| self.runs.get(before));
        run.map_or(at, |&(start, place)| place + (at - start))
    }

    /// Returns the range in the message of bytes of the page.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The end is after the last byte, which may be in another run than the byte that follows.
        start..self.place(range.end - 1) + 1
    }
}

impl PrettyLine {
    /// Writes bytes as text that is safe to show, and truncates the line at `limit`.
    fn write(&mut self, bytes: &[u8], ink: Option<Ink>, limit: usize) {
        let is_cut = self.spans.last().is_some_and(|(_, ink)| *ink == Ink::Sign);
        if is_cut || bytes.is_empty() {
            return;
        }
        let room = limit.saturating_sub(CUT.len() + self.text.len());
        // Escaped text is never shorter than its bytes, so no more of them can fit.
        let (first, end) = match bytes.get(..room) {
            Some(first) if first.len() < bytes.len() => (first, StreamEnd::Open),
            _ => (bytes, StreamEnd::Ended),
        };
        let visible = TextStart::default().decode(first, None, end);
        let kept = cut_at(&visible, room);
        self.push(visible.text.get(..kept).unwrap_or_default(), ink);
        if end == StreamEnd::Open || kept < visible.text.len() {
            self.push(CUT, Some(Ink::Sign));
        }
    }

    fn push(&mut self, text: &str, ink: Option<Ink>) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        let Some(ink) = ink.filter(|_| start < end) else {
            return;
        };
        match self.spans.last_mut() {
            Some((last, same)) if *same == ink && last.end == start => last.end = end,
            _ => self.spans.push((start..end, ink)),
        }
    }
}

/// Returns how much of a text fits into `room` without splitting a character or an escape.
fn cut_at(visible: &VisibleText, room: usize) -> usize {
    let text = &visible.text;
    if text.len() <= room {
        return text.len();
    }
    let cut = text.floor_char_boundary(room);
    if text.get(cut..).is_some_and(|rest| rest.starts_with('\\')) {
        return cut;
    }
    let within =
        |mark: &&crate::payload::VisibleMark| mark.range.start < cut && cut < mark.range.end;
    let Some(mark) = visible.marks.iter().find(within) else {
        return cut;
    };
    // A mark is a sequence of escapes, each with a single backslash at its beginning.
    let escapes = text.get(mark.range.start..cut).unwrap_or_default();
    mark.range.start + escapes.rfind('\\').unwrap_or(0)
}
