//! Dumps with an offset before each line.

use super::PasteKind;
use super::column::TextStyle;
use super::line::{DumpLine, OffsetNotation, guess_bytes, read_bytes};
use crate::payload::MESSAGE_LIMIT_BYTES;

/// The fewest bytes in a line without text, to distinguish it from a table of numbers.
const CERTAIN_LINE_BYTES: usize = 8;

/// Returns which tool wrote the dump `text`, and the bytes it shows.
pub(super) fn read(text: &str) -> Option<(PasteKind, Vec<u8>)> {
    // Only od has octal offsets, and only by default; `xxd -d` and `od -A d` have decimal ones.
    [16, 10, 8].into_iter().find_map(|radix| {
        let dump = Dump::read(text, radix)?;
        let kind = dump.kind();
        dump.is_credible().then_some((kind, dump.bytes))
    })
}

/// The part of a dump read so far.
#[derive(Default)]
struct Dump {
    bytes: Vec<u8>,
    /// How many of them the last line shows.
    last_len: usize,
    first_offset: u64,
    /// The offset of the next line.
    next_offset: u64,
    layout: OffsetNotation,
    /// How many blanks separate the first offset from its bytes.
    gap: usize,
    /// How many bytes each line except the last shows, once it is known.
    width: Option<usize>,
    /// How the lines show text, once it is known.
    style: Option<TextStyle>,
    lines: usize,
    has_end: bool,
    shown: usize,
    wrong: usize,
}

impl Dump {
    fn read(text: &str, radix: u32) -> Option<Self> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let mut lines = lines.map(|line| DumpLine::read(line, radix)).peekable();
        // A dump begins with bytes: a `*` at its front would repeat nothing.
        let &DumpLine::Data {
            offset,
            layout,
            rest,
        } = lines.peek()?.as_ref()?
        else {
            return None;
        };
        let mut dump = Self {
            first_offset: offset,
            next_offset: offset,
            layout,
            gap: rest.len() - rest.trim_start().len(),
            ..Self::default()
        };
        while let Some(line) = lines.next() {
            // An invalid line ends the reading before its neighbour is interpreted.
            let next = match lines.peek() {
                Some(next) => Some((*next)?),
                None => None,
            };
            dump.push(line?, next)?;
        }
        Some(dump)
    }

    fn push(&mut self, line: DumpLine<'_>, next: Option<DumpLine<'_>>) -> Option<()> {
        match line {
            DumpLine::Data {
                offset,
                layout,
                rest,
            } => {
                let OffsetNotation { digits, .. } = self.layout;
                let is_same = OffsetNotation { digits, ..layout } == self.layout;
                (offset == self.next_offset && is_same).then_some(())?;
                self.push_data(rest, next)
            }
            DumpLine::Repeated => self.push_repeated(next?.offset()?),
            DumpLine::End { offset } => {
                self.has_end = true;
                (offset == self.next_offset && next.is_none()).then_some(())
            }
        }
    }

    /// Takes the bytes of a line, as many as the next offset implies.
    fn push_data(&mut self, rest: &str, next: Option<DumpLine<'_>>) -> Option<()> {
        let count = match next {
            Some(DumpLine::Repeated) => self.width,
            Some(next) => {
                let count = next.offset()?.checked_sub(self.next_offset)?;
                Some(usize::try_from(count).ok()?)
            }
            None => None,
        };
        let is_grouped = self.layout.has_colon;
        let (line, column) = match count {
            Some(count) => read_bytes(rest, is_grouped, count)?,
            None => guess_bytes(rest, is_grouped, self.style)?,
        };
        let is_full = matches!(next, Some(DumpLine::Data { .. } | DumpLine::Repeated));
        let width = self.width.unwrap_or(line.len());
        if line.len() > width || is_full && line.len() != width {
            return None;
        }
        if is_full {
            self.width = Some(width);
        }
        self.shown += column.shown;
        self.wrong += column.wrong;
        // A line of only spaces is inconclusive; later lines decide.
        if !column.is_lost(&line) && *self.style.get_or_insert(column.style) != column.style {
            return None;
        }
        self.lines += 1;
        self.last_len = line.len();
        self.bytes.extend_from_slice(&line);
        self.advance(line.len())
    }

    /// Repeats the last line up to `offset`, which must be a whole number of times.
    fn push_repeated(&mut self, offset: u64) -> Option<()> {
        let gap = usize::try_from(offset.checked_sub(self.next_offset)?).ok()?;
        let is_whole = gap.checked_rem(self.last_len) == Some(0);
        if gap == 0 || gap > MESSAGE_LIMIT_BYTES || !is_whole {
            return None;
        }
        let last = self.bytes.len().saturating_sub(self.last_len);
        let last = self.bytes.get(last..).unwrap_or_default();
        let repeated = last.repeat(gap / self.last_len);
        self.bytes.extend(repeated);
        self.advance(gap)
    }

    fn advance(&mut self, len: usize) -> Option<()> {
        self.next_offset = self.next_offset.checked_add(len as u64)?;
        (self.bytes.len() <= MESSAGE_LIMIT_BYTES).then_some(())
    }

    fn kind(&self) -> PasteKind {
        let layout = self.layout;
        match self.style {
            _ if layout.has_prefix => PasteKind::Tcpdump,
            _ if layout.has_colon => PasteKind::Xxd,
            Some(TextStyle::Bars) => PasteKind::Hexdump,
            Some(TextStyle::Angles) => PasteKind::Od,
            _ if layout.digits <= 5 => PasteKind::Wireshark,
            _ if layout.digits <= 7 => PasteKind::Od,
            _ => PasteKind::HexDump,
        }
    }

    /// Returns whether this is a dump, and not a table of numbers or a line that begins with a number.
    fn is_credible(&self) -> bool {
        let OffsetNotation {
            digits, has_colon, ..
        } = self.layout;
        // Text that does not match the bytes: `xxd -e` swaps them, `xxd -b` writes bits.
        if self.wrong > self.shown / 2 {
            return false;
        }
        let is_at_start = self.first_offset == 0;
        let has_some = self.bytes.len() >= 4;
        // The last offset equals the number of bytes before it.
        if self.has_end && digits >= 6 && (is_at_start || has_some) {
            return true;
        }
        if !matches!(self.style, None | Some(TextStyle::Bare)) {
            return has_some || digits >= 8 || is_at_start;
        }
        let is_wide = self.last_len.max(self.width.unwrap_or(0)) >= CERTAIN_LINE_BYTES;
        // Wireshark's short offsets are set off from the bytes; numbers in a sentence are not.
        let is_set_off = has_colon || digits >= 6 || self.gap >= 2;
        let is_enough = match self.lines {
            1 if is_at_start => has_some,
            1 => has_colon && digits >= 8 && is_wide,
            _ => is_wide || is_at_start,
        };
        is_set_off && is_enough
    }
}
