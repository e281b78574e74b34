//! Wraps payloads into rows by rules that need only the payload's bytes and their offset in the stream, so that every
//! reader gets the same rows.

use std::ops::{Range, RangeInclusive};

use super::dump;
use super::encoding::Encoding;

/// How payloads are wrapped into rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowRule {
    /// Visible text: a row ends after a newline, and before it exceeds the columns.
    Text {
        /// The number of columns.
        columns: u16,
        /// The encoding.
        encoding: Encoding,
    },
    /// Escaped text: a row ends before it exceeds the columns.
    Escaped {
        /// The number of columns.
        columns: u16,
        /// The encoding.
        encoding: Encoding,
    },
    /// A hex dump with rows of [`dump::BYTES_PER_LINE`] bytes, or half of that.
    Hex {
        /// Whether a row has only half as many bytes.
        short: bool,
    },
}

impl RowRule {
    /// Returns how many rows `len` bytes have, if the rule does not depend on the bytes themselves.
    pub fn count_of_len(self, len: u64) -> Option<u64> {
        let bytes = self.bytes_per_row()? as u64;
        Some(len.div_ceil(bytes))
    }

    /// Returns how many rows a payload that begins at `offset` in its stream has; an empty one has none.
    pub fn count(self, offset: u64, bytes: &[u8]) -> u64 {
        self.count_of_len(bytes.len() as u64)
            .unwrap_or_else(|| self.rows(offset, bytes).count() as u64)
    }

    /// Returns the rows of a payload that begins at `offset` in its stream: each byte is in exactly one. No row has
    /// more bytes than columns (UTF-16: twice as many), except to complete a character.
    ///
    /// If the payload begins inside a character, a row may also end inside one: show it where it completes.
    pub fn rows(self, offset: u64, bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
            let start = at;
            at += self.first_row(offset.wrapping_add(start as u64), rest);
            Some(start..at)
        })
    }

    fn bytes_per_row(self) -> Option<usize> {
        match self {
            Self::Hex { short: false } => Some(dump::BYTES_PER_LINE),
            Self::Hex { short: true } => Some(dump::BYTES_PER_LINE / 2),
            Self::Text { .. } | Self::Escaped { .. } => None,
        }
    }

    /// Returns the length of the first row of a non-empty payload.
    fn first_row(self, offset: u64, bytes: &[u8]) -> usize {
        let (columns, encoding, is_visible) = match self {
            Self::Text { columns, encoding } => (columns, encoding, true),
            Self::Escaped { columns, encoding } => (columns, encoding, false),
            Self::Hex { .. } => return bytes.len().min(self.bytes_per_row().unwrap_or(1)),
        };
        if encoding.is_utf8() {
            first_row_in_utf8(usize::from(columns.max(1)), is_visible, bytes)
        } else {
            first_row_in(encoding, usize::from(columns), is_visible, offset, bytes)
        }
    }
}

/// Returns the length of the first row of text that is not in UTF-8, character by character.
fn first_row_in(
    encoding: Encoding,
    most: usize,
    is_visible: bool,
    offset: u64,
    bytes: &[u8],
) -> usize {
    let (mut at, mut width) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (len, character) = encoding.first_character(offset.wrapping_add(at as u64), rest);
        width += character.map_or(BYTE_ESCAPE * len, |it| columns_of(it, len, is_visible));
        if width > most && at > 0 {
            return at;
        }
        at += len;
        if is_visible && character == Some('\n') {
            return at;
        }
    }
    bytes.len()
}

/// Returns how many columns a character of `len` bytes has: multi-byte ones beyond ASCII can be wide.
fn columns_of(character: char, len: usize, is_visible: bool) -> usize {
    match character {
        '\n' | '\r' | '\t' | '\0' => 2,
        '\\' if !is_visible => 2,
        ' '..='~' => 1,
        it if it.is_ascii() => BYTE_ESCAPE,
        it if it.is_control() => BYTE_ESCAPE + 2,
        _ => len.min(2),
    }
}

/// The columns of an escape of a byte: `\x1B`.
const BYTE_ESCAPE: usize = 4;
/// The bytes of a character after its first one, with some exceptions for the second.
const CONTINUATION: RangeInclusive<u8> = 0x80..=0xBF;

/// Returns the length of the first row of UTF-8, byte by byte. The row never takes more columns than counted, except for
/// invisible characters, whose escapes take eight or nine.
fn first_row_in_utf8(most: usize, is_visible: bool, bytes: &[u8]) -> usize {
    let mut width = 0;
    // How many bytes of the current character have been read, how many it lacks, and what can come next in it.
    let (mut begun, mut missing, mut next) = (0, 0, CONTINUATION);
    for (index, &byte) in bytes.iter().enumerate() {
        if missing > 0 && next.contains(&byte) {
            (begun, missing, next) = (begun + 1, missing - 1, CONTINUATION);
            width += 1;
            continue;
        }
        if missing > 0 {
            // What seemed to be a character is shown as bytes.
            width += begun * (BYTE_ESCAPE - 1);
        }
        // Table 3-7 of the Unicode Standard: well-formed UTF-8.
        (begun, missing, next) = match byte {
            0xC2..=0xDF => (1, 1, CONTINUATION),
            0xE0 => (1, 2, 0xA0..=0xBF),
            0xED => (1, 2, 0x80..=0x9F),
            0xE1..=0xEF => (1, 2, CONTINUATION),
            0xF0 => (1, 3, 0x90..=0xBF),
            0xF1..=0xF3 => (1, 3, CONTINUATION),
            0xF4 => (1, 3, 0x80..=0x8F),
            _ => (0, 0, CONTINUATION),
        };
        width += match byte {
            _ if missing > 0 => 1,
            b'\n' | b'\r' | b'\t' | b'\0' => 2,
            b'\\' if !is_visible => 2,
            b' '..=b'~' => 1,
            _ => BYTE_ESCAPE,
        };
        if width > most && index > 0 {
            return index;
        }
        if is_visible && byte == b'\n' {
            return index + 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payload::visible::tests::mostly_text;

    const fn text(columns: u16) -> RowRule {
        RowRule::Text {
            columns,
            encoding: Encoding::UTF_8,
        }
    }

    const fn escaped(columns: u16) -> RowRule {
        RowRule::Escaped {
            columns,
            encoding: Encoding::UTF_8,
        }
    }

    const RULES: [RowRule; 5] = [
        text(4),
        text(40),
        escaped(10),
        RowRule::Hex { short: false },
        RowRule::Hex { short: true },
    ];

    #[test]
    fn rows_end_at_newlines_and_at_the_edge_but_never_inside_a_character() {
        let check = |rule: RowRule, bytes: &[u8], expected: &[&[u8]]| {
            let rows: Vec<&[u8]> = rule.rows(0, bytes).map(|row| &bytes[row]).collect();
            assert_eq!(rows, expected, "{rule:?}");
        };
        check(text(40), b"", &[]);
        check(
            text(40),
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            &[b"GET / HTTP/1.1\r\n", b"Host: x\r\n", b"\r\n"],
        );
        check(text(4), b"abcdefghij", &[b"abcd", b"efgh", b"ij"]);
        check(
            text(3),
            "日本".as_bytes(),
            &["日".as_bytes(), "本".as_bytes()],
        );
        check(text(8), b"ab\x01\x02", &[b"ab\x01", b"\x02"]);
        check(text(2), b"\x01\x02", &[b"\x01", b"\x02"]);
        check(text(8), b"\xFF\xFE\xFD", &[b"\xFF\xFE", b"\xFD"]);
        check(text(8), b"\xE6\x97a", &[b"\xE6\x97", b"a"]);
        // An overlong sequence is not a character.
        check(text(8), b"\xE0\x80\x80", &[b"\xE0\x80", b"\x80"]);
        check(escaped(8), b"a\nb\nc\nd", &[b"a\nb\nc", b"\nd"]);
        check(escaped(4), b"\\\\\\", &[b"\\\\", b"\\"]);
        check(
            RowRule::Hex { short: false },
            &[7; 20],
            &[&[7; 16], &[7; 4]],
        );
        check(RowRule::Hex { short: true }, &[7; 9], &[&[7; 8], &[7]]);
    }

    #[test]
    fn rows_of_other_encodings_end_at_their_newlines_and_between_their_characters() {
        let check = |label: &str, columns: u16, offset: u64, bytes: &[u8], expected: &[&[u8]]| {
            let encoding = label.parse().unwrap();
            let rule = RowRule::Text { columns, encoding };
            let rows = rule.rows(offset, bytes).map(|row| &bytes[row]);
            assert_eq!(rows.collect::<Vec<_>>(), expected, "{label}");
            assert_eq!(rule.count(offset, bytes), expected.len() as u64);
        };
        check("latin1", 40, 0, b"\xE9\nb", &[b"\xE9\n", b"b"]);
        check("latin1", 2, 0, b"\xE9\xE9\xE9", &[b"\xE9\xE9", b"\xE9"]);
        check(
            "gbk",
            4,
            0,
            b"a\xC4\xE3\xBA\xC3",
            &[b"a\xC4\xE3", b"\xBA\xC3"],
        );
        check("gbk", 40, 0, b"\xC4\xE3\n\xBA", &[b"\xC4\xE3\n", b"\xBA"]);
        check(
            "gb18030",
            3,
            0,
            b"\x94\x39\xFC\x36!!",
            &[b"\x94\x39\xFC\x36!", b"!"],
        );
        // 0x5C, a backslash elsewhere, is the second byte of a character here.
        check(
            "shift_jis",
            2,
            0,
            b"\x83\x5C\x83\x5C",
            &[b"\x83\x5C", b"\x83\x5C"],
        );
        check("utf-16le", 40, 0, b"a\0\n\0b\0", &[b"a\0\n\0", b"b\0"]);
        check("utf-16be", 40, 4, b"\0\n\0b", &[b"\0\n", b"\0b"]);
        // A chunk that begins with the second byte of a character; U+0A00 is no newline.
        check("utf-16le", 40, 3, b"\0\n\0b\0", &[b"\0\n\0", b"b\0"]);
        check("utf-16le", 40, 1, b"\0\0\na\0", &[b"\0\0\na\0"]);
        check(
            "utf-16le",
            3,
            0,
            b"\x3D\xD8\x00\xDEa\0b\0",
            &[b"\x3D\xD8\x00\xDEa\0", b"b\0"],
        );
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_row_of_a_bounded_length_in_any_encoding(
            index in 0..Encoding::all().count(),
            bytes in proptest::collection::vec(any::<u8>(), 0..80),
            offset in 0..4_u64,
        ) {
            let encoding = Encoding::all().nth(index).unwrap();
            let mut at = 0;
            for row in (RowRule::Text { columns: 10, encoding }).rows(offset, &bytes) {
                prop_assert_eq!(row.start, at);
                prop_assert!(row.end > at && row.len() <= 2 * 10 + 4, "{:?}", row);
                at = row.end;
            }
            prop_assert_eq!(at, bytes.len());
        }

        #[test]
        fn every_byte_is_in_one_row_of_a_bounded_length(bytes in mostly_text(64), rule in 0..RULES.len()) {
            let rule = RULES[rule];
            let mut at = 0;
            for row in rule.rows(0, &bytes) {
                prop_assert_eq!(row.start, at);
                prop_assert!(row.end > at && row.len() <= 40 + 3);
                at = row.end;
            }
            prop_assert_eq!(at, bytes.len());
            prop_assert_eq!(rule.count(0, &bytes), rule.rows(0, &bytes).count() as u64);
        }

        #[test]
        fn bytes_that_are_not_text_stay_within_the_columns(bytes in any::<Vec<u8>>()) {
            use crate::payload::{StreamEnd, TextStart};
            for row in text(40).rows(0, &bytes) {
                let row = &bytes[row];
                let text = TextStart::default().decode(row, None, StreamEnd::Ended);
                if !text.text.contains("\\u{") {
                    prop_assert!(text.text.chars().count() <= 40 + 3 * BYTE_ESCAPE, "{}", text.text);
                }
            }
        }
    }
}
