//! Escapes in text: `\n \r \t \0 \\ \xNN \u{…}`. The window, the command line and the record share this one syntax.

use std::ops::Range;
use std::str;

use super::position::{Position, WrongAt};
#[cfg(doc)]
use super::visible::VisibleText;
use super::visible::is_hidden;

/// An invalid escape and its position.
pub type EscapeError = WrongAt<EscapeProblem>;

/// What can be wrong with an escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EscapeProblem {
    /// No escape begins with this character.
    Unknown(char),
    /// The text ends after a backslash.
    Incomplete,
    /// `\x` without two digits.
    Byte,
    /// `\u` without one to six digits in braces.
    Unicode,
    /// `\u{…}` with a number that is not a character.
    NotACharacter(u32),
}

/// Returns the bytes that `text` stands for.
pub fn parse(text: &str) -> Result<Vec<u8>, EscapeError> {
    let mut bytes = Vec::with_capacity(text.len());
    parse_with(text, 0..text.len(), |piece| {
        match piece {
            EscapePiece::Plain(plain, _) => bytes.extend_from_slice(plain.as_bytes()),
            EscapePiece::Byte(byte) => bytes.push(byte),
            EscapePiece::Character(c, _) => {
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        Ok::<(), EscapeError>(())
    })?;
    Ok(bytes)
}

/// Returns any bytes in escaped form; UTF-8 stays readable. [`parse`] restores the bytes.
pub fn render(bytes: &[u8]) -> String {
    let mut escaped = Vec::with_capacity(bytes.len());
    render_into(&mut escaped, bytes);
    // What is appended is UTF-8.
    String::from_utf8(escaped).unwrap_or_default()
}

/// Appends any bytes in escaped form, as UTF-8. This is what [`VisibleText::escaped`] returns for them, without a detour
/// through marks.
pub fn render_into(escaped: &mut Vec<u8>, bytes: &[u8]) {
    let mut block = [0; 4 * TOGETHER];
    let mut rest = bytes;
    while !rest.is_empty() {
        let taken = if begins_character(rest) {
            push_character(escaped, rest)
        } else {
            let is_itself = |byte: &u8| matches!(byte, b' '..=b'[' | b']'..=b'~');
            let plain = rest.iter().position(|byte| !is_itself(byte));
            let plain = plain.unwrap_or(rest.len());
            if plain >= LEAST_PLAIN {
                escaped.extend_from_slice(rest.get(..plain).unwrap_or_default());
                plain
            } else {
                push_bytes(escaped, rest, &mut block)
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
}

/// Returns whether bytes may begin with a character of several bytes.
fn begins_character(bytes: &[u8]) -> bool {
    let [lead, next, ..] = bytes else {
        return false;
    };
    WRITTEN[usize::from(*lead)].is_lead && next & 0xC0 == 0x80
}

/// From how many bytes on it pays to copy those that stand for themselves.
const LEAST_PLAIN: usize = 16;
/// How many other bytes are written together.
const TOGETHER: usize = 32;

/// How a byte is written that is no part of a character of several bytes.
#[derive(Clone, Copy)]
struct Written {
    bytes: [u8; 4],
    len: u8,
    /// Whether it begins such a character, if that goes on.
    is_lead: bool,
}

impl Written {
    const fn new(byte: u8) -> Self {
        let letter = match byte {
            b'\0' => b'0',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            b'\\' => b'\\',
            _ => 0,
        };
        let (bytes, len) = match byte {
            _ if letter != 0 => ([b'\\', letter, 0, 0], 2),
            0x20..=0x7E => ([byte, 0, 0, 0], 1),
            _ => (
                [
                    b'\\',
                    b'x',
                    DIGITS[(byte >> 4) as usize],
                    DIGITS[(byte & 0xF) as usize],
                ],
                4,
            ),
        };
        Self {
            bytes,
            len,
            is_lead: matches!(byte, 0xC2..=0xF4),
        }
    }
}

const DIGITS: [u8; 16] = *b"0123456789ABCDEF";

static WRITTEN: [Written; 256] = {
    let mut written = [Written::new(0); 256];
    let mut byte = 0;
    while byte < 256 {
        written[byte] = Written::new(byte as u8);
        byte += 1;
    }
    written
};

/// Appends bytes up to the next one that may begin a character of several, by way of a block. Returns how many.
fn push_bytes(escaped: &mut Vec<u8>, bytes: &[u8], block: &mut [u8; 4 * TOGETHER]) -> usize {
    let (mut filled, mut taken) = (0, 0);
    while let Some(rest) = bytes.get(taken..).filter(|_| taken < TOGETHER)
        && let Some(byte) = rest.first()
        && !begins_character(rest)
    {
        let written = &WRITTEN[usize::from(*byte)];
        if let Some(room) = block.get_mut(filled..filled + 4) {
            room.copy_from_slice(&written.bytes);
        }
        filled += usize::from(written.len);
        taken += 1;
    }
    escaped.extend_from_slice(block.get(..filled).unwrap_or_default());
    taken
}

/// Appends the character at the front of `bytes`, which is not ASCII, or the first byte if it does not begin one.
/// Returns the length of what was read.
fn push_character(escaped: &mut Vec<u8>, bytes: &[u8]) -> usize {
    let first = bytes.first().copied().unwrap_or_default();
    // The first byte says how long it is (RFC 3629).
    let len = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let is_continued = bytes.get(1).is_some_and(|byte| byte & 0xC0 == 0x80);
    let character = bytes.get(..len).filter(|_| len > 1 && is_continued);
    let character = character.and_then(|bytes| str::from_utf8(bytes).ok()?.chars().next());
    let Some(character) = character else {
        escaped.extend_from_slice(&WRITTEN[usize::from(first)].bytes);
        return 1;
    };
    if is_hidden(character) {
        let number = format!("\\u{{{:X}}}", u32::from(character));
        escaped.extend_from_slice(number.as_bytes());
    } else {
        escaped.extend_from_slice(bytes.get(..len).unwrap_or_default());
    }
    len
}

/// A piece of text with escapes.
pub(super) enum EscapePiece<'a> {
    /// Text between two escapes, and where it begins.
    Plain(&'a str, usize),
    /// A byte.
    Byte(u8),
    /// A character given by its number, and its position.
    Character(char, Range<usize>),
}

/// Parses a part of `text`, and passes its pieces to `put`, which may refuse one.
pub(super) fn parse_with<E: From<EscapeError>>(
    text: &str,
    part: Range<usize>,
    mut put: impl FnMut(EscapePiece<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let end = part.end;
    let mut rest = text.get(part).unwrap_or_default();
    while let Some((before, after)) = rest.split_once('\\') {
        let start = end - after.len() - 1;
        put(EscapePiece::Plain(before, start - before.len()))?;
        let (value, len) = escape(after).map_err(|(problem, len)| EscapeError {
            position: Position::of(text, start..start + 1 + len),
            problem,
        })?;
        put(match value {
            Value::Byte(byte) => EscapePiece::Byte(byte),
            Value::Character(c) => EscapePiece::Character(c, start..start + 1 + len),
        })?;
        rest = after.get(len..).unwrap_or_default();
    }
    put(EscapePiece::Plain(rest, end - rest.len()))
}

enum Value {
    Byte(u8),
    Character(char),
}

/// Reads the escape at the front of `text`, after its backslash. Returns its length in bytes too, even for an invalid
/// one.
fn escape(text: &str) -> Result<(Value, usize), (EscapeProblem, usize)> {
    let Some(letter) = text.chars().next() else {
        return Err((EscapeProblem::Incomplete, 0));
    };
    let byte = match letter {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        '0' => 0,
        '\\' => b'\\',
        'x' => return byte_escape(text),
        'u' => return unicode_escape(text),
        _ => return Err((EscapeProblem::Unknown(letter), letter.len_utf8())),
    };
    Ok((Value::Byte(byte), 1))
}

/// Reads `xNN`.
fn byte_escape(text: &str) -> Result<(Value, usize), (EscapeProblem, usize)> {
    let digits = text.get(1..3).filter(|digits| is_hex(digits));
    match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
        Some(byte) => Ok((Value::Byte(byte), 3)),
        None => Err((EscapeProblem::Byte, 1)),
    }
}

/// Reads `u{…}`.
fn unicode_escape(text: &str) -> Result<(Value, usize), (EscapeProblem, usize)> {
    let digits = text
        .strip_prefix("u{")
        .and_then(|braced| braced.split_once('}'))
        .map(|(digits, _after)| digits)
        .filter(|digits| (1..=6).contains(&digits.len()) && is_hex(digits));
    let Some(digits) = digits else {
        return Err((EscapeProblem::Unicode, 1));
    };
    let len = "u{}".len() + digits.len();
    // Six hex digits always fit.
    let number = u32::from_str_radix(digits, 16).unwrap_or(u32::MAX);
    match char::from_u32(number) {
        Some(c) => Ok((Value::Character(c), len)),
        None => Err((EscapeProblem::NotACharacter(number), len)),
    }
}

fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payload::visible::tests::mostly_text;
    use crate::payload::{Carry, StreamEnd, TextStart};

    #[test]
    fn escapes_stand_for_bytes() {
        let check = |text: &str, expected: &[u8]| assert_eq!(parse(text).unwrap(), expected);
        check("", b"");
        check("plain", b"plain");
        check(r"a\r\n\t\0\\", b"a\r\n\t\0\\");
        check(r"\x00\xfF\x0A", b"\x00\xFF\x0A");
        check(r"\01", b"\x001");
        check(r"\u{65E5}\u{a}\u{10FFFF}", "日\n\u{10FFFF}".as_bytes());
        check(r"\\n", b"\\n");
        check("日\\n本", "日\n本".as_bytes());
    }

    #[test]
    fn an_invalid_escape_is_an_error_with_its_position() {
        let check = |text: &str, range: std::ops::Range<usize>, problem: EscapeProblem| {
            let error = parse(text).unwrap_err();
            assert_eq!(
                (error.position.range, error.problem),
                (range, problem),
                "{text}"
            );
        };
        check(r"ab\q", 2..4, EscapeProblem::Unknown('q'));
        check("日\\日", 3..7, EscapeProblem::Unknown('日'));
        check("\\\n", 0..2, EscapeProblem::Unknown('\n'));
        check("a\\", 1..2, EscapeProblem::Incomplete);
        check("a\nb\\x1", 3..5, EscapeProblem::Byte);
        check(r"\x+1", 0..2, EscapeProblem::Byte);
        check(r"\x1日", 0..2, EscapeProblem::Byte);
        for text in [
            r"\u",
            r"\u{",
            r"\u{}",
            r"\u{12",
            r"\u0041",
            r"\u{1234567}",
            r"\u{x}",
            r"\u{+1}",
        ] {
            check(text, 0..2, EscapeProblem::Unicode);
        }
        check(r"\u{D800}", 0..8, EscapeProblem::NotACharacter(0xD800));
    }

    #[test]
    fn text_stays_readable() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(render(bytes), expected);
        check("日本\r\n".as_bytes(), r"日本\r\n");
        check(b"C:\\n", r"C:\\n");
        check(b"\xE6\x97\xFF", r"\xE6\x97\xFF");
    }

    proptest! {
        #[test]
        fn rendered_bytes_parse_back(bytes in mostly_text(16)) {
            prop_assert_eq!(parse(&render(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn chunks_are_escaped_as_they_are_shown(
            before in mostly_text(3), bytes in mostly_text(12), is_open in any::<bool>(),
        ) {
            let start = TextStart::from(Carry::default().advance(&before));
            let end = if is_open { StreamEnd::Open } else { StreamEnd::Ended };
            let mut escaped = Vec::new();
            start.escape_into(&mut escaped, &bytes, end);
            let visible = start.decode(&bytes, None, end);
            prop_assert_eq!(String::from_utf8(escaped).unwrap(), visible.escaped());
        }

        #[test]
        fn any_bytes_survive_a_round_trip(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(parse(&render(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn any_text_is_bytes_or_an_error_within_it(text in r"[ux{}0-9a-f\\\n日]{0,12}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.position.range).is_some());
            }
        }
    }
}
