//! Hex digits, parsed tolerantly and written in one form.

use std::fmt::Write as _;
use std::ops::Range;

use super::position::{Position, WrongAt};

/// Invalid hex digits and their position.
pub type HexError = WrongAt<HexProblem>;

/// What can be wrong with hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexProblem {
    /// A digit without its partner.
    OddDigit(char),
    /// A character that is neither a digit nor a separator.
    WrongCharacter(char),
    /// `0x` or `\x` without digits.
    MissingDigits,
}

/// Returns the bytes that pairs of hex digits stand for.
///
/// Digits may be upper or lower case. White space, `,`, `;`, `:` and `-` may separate bytes, and `0x` or `\x` may
/// precede them: `0A 0b`, `0A0B`, `0x0A,0x0B`, `\x0A`, `0A-0B`.
pub fn parse(text: &str) -> Result<Vec<u8>, HexError> {
    parse_in(text, 0..text.len())
}

/// As [`parse`], for a part of a text.
pub(super) fn parse_in(text: &str, part: Range<usize>) -> Result<Vec<u8>, HexError> {
    let mut bytes = Vec::with_capacity(part.len() / 2);
    parse_with(text, part, |rest| {
        let (byte, len) = next(rest)?;
        bytes.extend(byte);
        Ok(len)
    })?;
    Ok(bytes)
}

/// As [`parse`], for a pattern in which `??` stands for any byte.
pub fn parse_pattern(text: &str) -> Result<Vec<Option<u8>>, HexError> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    parse_with(text, 0..text.len(), |rest| {
        if rest.starts_with("??") {
            bytes.push(None);
            return Ok(2);
        }
        let (byte, len) = next(rest)?;
        bytes.extend(byte.map(Some));
        Ok(len)
    })?;
    Ok(bytes)
}

/// Parses a part of `text` with `take`, which reads off its front and returns how much.
fn parse_with(
    text: &str,
    part: Range<usize>,
    mut take: impl FnMut(&str) -> Result<usize, WrongHex>,
) -> Result<(), HexError> {
    let mut at = part.start;
    while let Some(rest) = text.get(at..part.end).filter(|rest| !rest.is_empty()) {
        at += take(rest).map_err(|(problem, start, len)| HexError {
            position: Position::of(text, at + start..at + start + len),
            problem,
        })?;
    }
    Ok(())
}

/// Returns the digits of `bytes` in upper case, a space between bytes: `48 65 6C`.
pub fn render(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(3 * bytes.len());
    for byte in bytes {
        if !text.is_empty() {
            text.push(' ');
        }
        // Writing to a string cannot fail.
        write!(text, "{byte:02X}").ok();
    }
    text
}

/// Returns the digits of `bytes` in lower case without spaces: `48656c`.
pub fn render_compact(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    render_compact_into(&mut text, bytes);
    text.into_iter().map(char::from).collect()
}

/// Appends the digits of `bytes` in lower case without spaces: `48656c`.
pub fn render_compact_into(text: &mut Vec<u8>, bytes: &[u8]) {
    text.reserve(2 * bytes.len());
    for byte in bytes {
        text.extend_from_slice(&digits(*byte));
    }
}

/// Returns both digits of a byte in lower case.
pub(super) fn digits(byte: u8) -> [u8; 2] {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    [byte >> 4, byte & 0xF].map(|digit| DIGITS[usize::from(digit)])
}

/// Returns whether `c` may separate two bytes.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-')
}

/// A problem, where it begins, and its length, in bytes.
pub(super) type WrongHex = (HexProblem, usize, usize);

/// Reads one byte or separator off the front of `text`. Returns the byte, and the length of what was read.
pub(super) fn next(text: &str) -> Result<(Option<u8>, usize), WrongHex> {
    let prefixes = ["0x", "0X", r"\x", r"\X"];
    let has_prefix = prefixes.iter().any(|prefix| text.starts_with(prefix));
    let prefix = if has_prefix { 2 } else { 0 };
    let mut characters = text.get(prefix..).unwrap_or_default().chars();
    let digit = |c: Option<char>| (c, c.and_then(|c| c.to_digit(16)));
    match (digit(characters.next()), digit(characters.next())) {
        // Two digits always fit into a byte.
        ((_, Some(high)), (_, Some(low))) => Ok((Some((high * 16 + low) as u8), prefix + 2)),
        ((_, Some(_)), (Some(wrong), _)) if !is_separator(wrong) && wrong != '\\' => {
            let problem = HexProblem::WrongCharacter(wrong);
            Err((problem, prefix + 1, wrong.len_utf8()))
        }
        ((Some(odd), Some(_)), _) => Err((HexProblem::OddDigit(odd), prefix, 1)),
        ((Some(c), None), _) if is_separator(c) && !has_prefix => Ok((None, c.len_utf8())),
        ((Some(wrong), None), _) if !is_separator(wrong) => {
            let problem = HexProblem::WrongCharacter(wrong);
            Err((problem, prefix, wrong.len_utf8()))
        }
        _ => Err((HexProblem::MissingDigits, 0, prefix)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_are_parsed_in_any_style() {
        let check = |text: &str, expected: &[u8]| assert_eq!(parse(text).unwrap(), expected);
        check("", b"");
        check(" \t\r\n", b"");
        check("0A 0b", b"\x0A\x0B");
        check("0A0B", b"\x0A\x0B");
        check("0x0A,0x0B", b"\x0A\x0B");
        check("0x0A, 0X0b,", b"\x0A\x0B");
        check("0x0A0B", b"\x0A\x0B");
        check("0A0x0B", b"\x0A\x0B");
        check(r"\x0A\x0B", b"\x0A\x0B");
        check("0A-0B", b"\x0A\x0B");
        check("0A:0B;0C", b"\x0A\x0B\x0C");
        check("0A\n\t0B\u{A0}0C", b"\x0A\x0B\x0C");
        check("00 ff FF", b"\x00\xFF\xFF");
    }

    #[test]
    fn invalid_digits_are_an_error_with_their_position() {
        let check = |text: &str, range: std::ops::Range<usize>, problem: HexProblem| {
            let error = parse(text).unwrap_err();
            assert_eq!(
                (error.position.range, error.problem),
                (range, problem),
                "{text}"
            );
        };
        check("A", 0..1, HexProblem::OddDigit('A'));
        check("0A B 0C", 3..4, HexProblem::OddDigit('B'));
        check("0A0B0", 4..5, HexProblem::OddDigit('0'));
        check("01\n2", 3..4, HexProblem::OddDigit('2'));
        check("0x5", 2..3, HexProblem::OddDigit('5'));
        check(r"5\x01", 0..1, HexProblem::OddDigit('5'));
        check("0G", 1..2, HexProblem::WrongCharacter('G'));
        check("0A zz", 3..4, HexProblem::WrongCharacter('z'));
        check("日", 0..3, HexProblem::WrongCharacter('日'));
        check(r"\n", 0..1, HexProblem::WrongCharacter('\\'));
        check("0xg", 2..3, HexProblem::WrongCharacter('g'));
        check("0x", 0..2, HexProblem::MissingDigits);
        check("0x 0A", 0..2, HexProblem::MissingDigits);
    }

    #[test]
    fn a_pattern_has_wildcards() {
        let check = |text: &str, expected: &[Option<u8>]| {
            assert_eq!(parse_pattern(text).unwrap(), expected);
        };
        check("0A ?? 0B", &[Some(10), None, Some(11)]);
        check("0A????0x0B", &[Some(10), None, None, Some(11)]);
        let error = parse_pattern("?? 0?").unwrap_err();
        assert_eq!(error.problem, HexProblem::WrongCharacter('?'));
        assert!(parse("??").is_err());
    }

    #[test]
    fn digits_are_rendered_in_one_style() {
        assert_eq!(render(b"Hel\xFF"), "48 65 6C FF");
        assert_eq!(render(b""), "");
        assert_eq!(render_compact(b"Hel\xFF"), "48656cff");
    }

    proptest! {
        #[test]
        fn rendered_bytes_parse_back(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(parse(&render(&bytes)).unwrap(), bytes.clone());
            prop_assert_eq!(parse(&render_compact(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn any_text_is_bytes_or_an_error_within_it(text in r"[0-9a-gxX\\ ,\n日]{0,12}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.position.range).is_some_and(|wrong| !wrong.is_empty()));
            }
        }
    }
}
