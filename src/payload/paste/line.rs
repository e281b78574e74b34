//! One line of a dump: offset, bytes, text.

use super::column::{Column, TextStyle};
use super::pair;

/// The most bytes in a line: the limit of `xxd -c`.
const LINE_LIMIT_BYTES: usize = 256;
/// The byte, counted from one, before which many tools leave two blanks.
const MIDDLE: usize = 9;
/// The most blanks between two bytes.
const GAP_LIMIT: usize = 2;
/// The longest line: enough for that many bytes with blanks and text.
const LINE_LIMIT_TEXT_BYTES: usize = 16 * LINE_LIMIT_BYTES;
/// The number of digits of an offset: Wireshark writes at least four, and sixteen are enough for any.
const OFFSET_DIGITS: std::ops::RangeInclusive<usize> = 4..=16;

/// A line of a dump.
#[derive(Clone, Copy)]
pub(super) enum DumpLine<'a> {
    Data {
        offset: u64,
        layout: OffsetNotation,
        /// The rest of the line after the offset, including the blank.
        rest: &'a str,
    },
    /// `*`: lines equal to the last one are omitted up to the next offset.
    Repeated,
    /// The offset after the last byte.
    End { offset: u64 },
}

/// The notation of an offset.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct OffsetNotation {
    pub(super) digits: usize,
    pub(super) has_prefix: bool,
    pub(super) has_colon: bool,
}

impl<'a> DumpLine<'a> {
    pub(super) fn read(line: &'a str, radix: u32) -> Option<Self> {
        if line.len() > LINE_LIMIT_TEXT_BYTES {
            return None;
        }
        let line = line.trim_start();
        if line.trim_end() == "*" {
            return Some(Self::Repeated);
        }
        let unprefixed = line.strip_prefix("0x");
        let digits_on = unprefixed.unwrap_or(line);
        let end = digits_on
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(digits_on.len());
        let (digits, rest) = digits_on.split_at_checked(end)?;
        if !OFFSET_DIGITS.contains(&digits.len()) {
            return None;
        }
        let offset = u64::from_str_radix(digits, radix).ok()?;
        let after_colon = rest.strip_prefix(':');
        let layout = OffsetNotation {
            digits: digits.len(),
            has_prefix: unprefixed.is_some(),
            has_colon: after_colon.is_some(),
        };
        let rest = after_colon.unwrap_or(rest);
        if rest.trim().is_empty() {
            return Some(Self::End { offset });
        }
        rest.starts_with([' ', '\t']).then_some(Self::Data {
            offset,
            layout,
            rest,
        })
    }

    pub(super) fn offset(self) -> Option<u64> {
        match self {
            Self::Data { offset, .. } | Self::End { offset } => Some(offset),
            Self::Repeated => None,
        }
    }
}

/// Reads the `count` bytes of a line, and the text beside them.
pub(super) fn read_bytes(rest: &str, is_grouped: bool, count: usize) -> Option<(Vec<u8>, Column)> {
    if !(1..=LINE_LIMIT_BYTES).contains(&count) {
        return None;
    }
    let mut bytes = Vec::with_capacity(count);
    let mut after = rest;
    for _ in 0..count {
        after = next_byte(after, is_grouped, &mut bytes)?;
    }
    is_end_of_bytes(after).then_some(())?;
    let column = Column::read(after, &bytes)?;
    Some((bytes, column))
}

/// Reads the bytes of a line whose count is unknown: as many as the text column has characters.
///
/// If digits could be bytes or text, chooses the count for which the text matches the bytes. `style` is that of earlier
/// lines, if any: without it, text that does not match is not accepted as text.
pub(super) fn guess_bytes(
    rest: &str,
    is_grouped: bool,
    style: Option<TextStyle>,
) -> Option<(Vec<u8>, Column)> {
    let mut bytes = Vec::new();
    let mut after = rest;
    let mut best: Option<(usize, Column)> = None;
    let mut has_gap = false;
    while bytes.len() < LINE_LIMIT_BYTES
        && let Some(next) = next_byte(after, is_grouped, &mut bytes)
    {
        // Digits after a gap are text, even if they do not match these bytes.
        has_gap |= !matches!(bytes.len(), 1 | MIDDLE) && gap_len(after) > 1;
        after = next;
        let column = is_end_of_bytes(after).then(|| Column::read(after, &bytes));
        let Some(column) = column.flatten() else {
            continue;
        };
        let is_allowed = match style {
            _ if has_gap && column.style == TextStyle::Bare => false,
            // Trailing spaces may have been lost.
            Some(style) => column.style == style || column.is_lost(&bytes),
            None => column.wrong == 0,
        };
        if is_allowed && best.is_none_or(|(_, best)| column.wrong < best.wrong) {
            best = Some((bytes.len(), column));
        }
    }
    let (count, column) = best?;
    bytes.truncate(count);
    Some((bytes, column))
}

/// Takes the next byte off the front of `text`. Bytes are separated by few blanks; more mean numbers of a fixed width,
/// as `od -t u1` writes them. Groups of several bytes are accepted only if a colon follows the offset: elsewhere they
/// are machine words, whose bytes are swapped.
fn next_byte<'a>(text: &'a str, is_grouped: bool, bytes: &mut Vec<u8>) -> Option<&'a str> {
    let digits = text.trim_start_matches([' ', '\t']);
    let gap = text.len() - digits.len();
    if gap == 0 && !is_grouped || gap > GAP_LIMIT && !bytes.is_empty() {
        return None;
    }
    let (byte, rest) = pair(digits)?;
    bytes.push(byte);
    Some(rest)
}

fn gap_len(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn is_end_of_bytes(after: &str) -> bool {
    after.is_empty() || after.starts_with([' ', '\t'])
}
