//! Hex digits, parsed tolerantly and written in one form.

use std::fmt::Write as _;

use super::position::{Position, WrongAt};

/// Invalid hex digits and their position.
pub type HexError = WrongAt<HexProblem>;

/// What can be wrong with hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    let mut bytes = Vec::with_capacity(text.len() / 2);
    parse_with(text, next, |byte| bytes.push(byte))?;
    Ok(bytes)
}

/// As [`parse`], for a pattern in which `??` stands for any byte.
pub fn parse_pattern(text: &str) -> Result<Vec<Option<u8>>, HexError> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let next_or_any = |text: &str| {
        if text.starts_with("??") {
            return Ok(Read::Byte {
                value: None,
                len: 2,
            });
        }
        next(text).map(|read| match read {
            Read::Byte { value, len } => Read::Byte {
                value: Some(value),
                len,
            },
            Read::Separator { len } => Read::Separator { len },
        })
    };
    parse_with(text, next_or_any, |byte| bytes.push(byte))?;
    Ok(bytes)
}

fn parse_with<B>(
    text: &str,
    next: impl Fn(&str) -> Result<Read<B>, Wrong>,
    mut push: impl FnMut(B),
) -> Result<(), HexError> {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let read = next(rest).map_err(|(problem, start, len)| HexError {
            position: Position::of(text, at + start..at + start + len),
            problem,
        })?;
        match read {
            Read::Byte { value, len } => {
                push(value);
                at += len;
            }
            Read::Separator { len } => at += len,
        }
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
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        write!(text, "{byte:02x}").ok();
    }
    text
}

/// Returns whether `c` may separate two bytes.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-')
}

/// Returns the length of the prefix (`0x` or `\x`) at the front of `text`; 0 without one.
fn prefix_len(text: &str) -> usize {
    let has_prefix = ["0x", "0X", r"\x", r"\X"]
        .iter()
        .any(|prefix| text.starts_with(prefix));
    if has_prefix { 2 } else { 0 }
}

enum Read<B> {
    Byte { value: B, len: usize },
    Separator { len: usize },
}

/// A problem, where it begins, and its length, in bytes.
type Wrong = (HexProblem, usize, usize);

/// Reads one byte or separator off the front of `text`.
fn next(text: &str) -> Result<Read<u8>, Wrong> {
    let prefix = prefix_len(text);
    let digits = text.get(prefix..).unwrap_or_default();
    let mut characters = digits.chars();
    let (first, second) = (characters.next(), characters.next());
    let high = first.and_then(|c| c.to_digit(16));
    let low = second.and_then(|c| c.to_digit(16));
    match (high, low, first, second) {
        // Two digits always fit into a byte.
        (Some(high), Some(low), ..) => Ok(Read::Byte {
            value: (high * 16 + low) as u8,
            len: prefix + 2,
        }),
        (Some(_), None, _, Some(wrong)) if !is_separator(wrong) && wrong != '\\' => Err((
            HexProblem::WrongCharacter(wrong),
            prefix + 1,
            wrong.len_utf8(),
        )),
        (Some(_), None, Some(odd), _) => Err((HexProblem::OddDigit(odd), prefix, 1)),
        (None, _, Some(separator), _) if prefix == 0 && is_separator(separator) => {
            Ok(Read::Separator {
                len: separator.len_utf8(),
            })
        }
        (None, _, Some(wrong), _) if !is_separator(wrong) => {
            Err((HexProblem::WrongCharacter(wrong), prefix, wrong.len_utf8()))
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
