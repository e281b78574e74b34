//! Hex digits with nothing else around them.

use super::pair;
use crate::payload::MESSAGE_LIMIT_BYTES;

/// The fewest bytes in a run of digits without separators.
const RUN_BYTES: usize = 16;
/// The fewest bytes in the first of several lines of digits: `xxd -p` writes 30.
const LINE_BYTES: usize = 8;
/// As [`LINE_BYTES`], if there is no letter among the digits: lines of decimal numbers are shorter.
const DECIMAL_LINE_BYTES: usize = 20;
/// The fewest bytes with separators between them.
const PAIRS: usize = 4;
/// As [`PAIRS`] on the first line, if there is no letter among the digits: telephone numbers and lottery draws are
/// shorter.
const DECIMAL_PAIRS: usize = 8;
/// As [`DECIMAL_PAIRS`] for pairs with colons, so that a MAC address is read, and a time with hundredths is not.
const DECIMAL_COLON_PAIRS: usize = 6;

/// Returns the bytes of a text of hex digits: in one run, in lines, or in pairs.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let bytes = run(text).or_else(|| Pairs::read(text)?.bytes())?;
    (bytes.len() <= MESSAGE_LIMIT_BYTES).then_some(bytes)
}

/// Reads digits without separators, in lines of equal length except the last, as `xxd -p` writes them.
fn run(text: &str) -> Option<Vec<u8>> {
    let has_prefix = text.starts_with("0x") || text.starts_with("0X");
    let text = if has_prefix { text.get(2..)? } else { text };
    let is_decimal = !text.contains(|c: char| c.is_ascii_alphabetic());
    let first = text.lines().next()?.trim_end().len() / 2;
    let is_broken = text.contains('\n');
    let least = match (has_prefix, is_broken, is_decimal) {
        (true, ..) => PAIRS,
        (.., true) => DECIMAL_LINE_BYTES,
        (_, true, _) => LINE_BYTES,
        (_, false, _) => RUN_BYTES,
    };
    if first < least || has_prefix && is_broken {
        return None;
    }
    let mut bytes = Vec::new();
    let mut is_last = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if is_last || line.len() > 2 * first {
            return None;
        }
        is_last = line.len() < 2 * first;
        let mut rest = line;
        while !rest.is_empty() {
            let (byte, next) = pair(rest)?;
            bytes.push(byte);
            rest = next;
        }
    }
    Some(bytes)
}

/// The form of a text of pairs.
struct Pairs {
    bytes: Vec<u8>,
    /// The prefix of each pair.
    prefix: Prefix,
    /// The separator between pairs; a blank for any blanks.
    separator: Option<char>,
    /// How many pairs the first line has.
    first_line: usize,
    /// Whether there are only the digits 0 to 9.
    is_decimal: bool,
    /// Whether each pair is two letters and none is `ff`, as in short words.
    is_wordy: bool,
}

impl Pairs {
    /// Reads pairs with the same prefix and separator throughout.
    fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let (prefix, sign) = prefix(text);
        let mut pairs = Self {
            bytes: Vec::new(),
            prefix,
            separator: None,
            first_line: 0,
            is_decimal: true,
            is_wordy: true,
        };
        let mut has_line_ended = false;
        let mut before = "";
        while !rest.is_empty() {
            rest = pairs.push(rest.strip_prefix(sign)?)?;
            pairs.first_line += usize::from(!has_line_ended);
            let end = rest.find(|c| !is_separator(c)).unwrap_or(rest.len());
            let (between, next) = rest.split_at_checked(end)?;
            rest = next;
            // Most separators equal the one before. The text may end with one or without.
            if between == before && pairs.separator.is_some()
                || rest.is_empty() && between.is_empty()
            {
                continue;
            }
            let separator = separator(between)?;
            if *pairs.separator.get_or_insert(separator) != separator {
                return None;
            }
            has_line_ended |= between.contains('\n');
            before = between;
        }
        Some(pairs)
    }

    /// Takes a pair of digits off the front of `text`; after a `0x`, also a single digit.
    fn push<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let end = text
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(text.len());
        let len = if self.prefix == Prefix::Escape {
            end.min(2)
        } else {
            end
        };
        let (digits, rest) = text.split_at_checked(len)?;
        if len != 2 && !(len == 1 && self.prefix == Prefix::Zero)
            || self.bytes.len() > MESSAGE_LIMIT_BYTES
        {
            return None;
        }
        self.bytes.push(u8::from_str_radix(digits, 16).ok()?);
        self.is_decimal &= digits.bytes().all(|digit| digit.is_ascii_digit());
        self.is_wordy &= digits.bytes().all(|digit| digit.is_ascii_alphabetic())
            && !digits.eq_ignore_ascii_case("ff");
        Some(rest)
    }

    /// Returns the bytes, unless the text may equally be numbers, a date or words.
    fn bytes(self) -> Option<Vec<u8>> {
        let least = match (self.prefix, self.separator?) {
            (Prefix::Escape, NOTHING) => 0,
            (Prefix::Escape, _) | (_, NOTHING) => return None,
            (Prefix::Zero, _) => 0,
            _ if self.is_wordy => return None,
            (_, ',' | ';') if self.is_decimal => return None,
            (_, ':') if self.is_decimal => DECIMAL_COLON_PAIRS,
            _ if self.is_decimal => DECIMAL_PAIRS,
            _ => 0,
        };
        (self.bytes.len() >= PAIRS && self.first_line >= least).then_some(self.bytes)
    }
}

/// The separator of pairs with nothing between them.
const NOTHING: char = '\0';

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-')
}

/// Returns the separator in `between`, a blank if it is only blanks; `None` if there are several.
///
/// No blanks may surround a colon or a hyphen, but a line may end after one, as in OpenSSL's output.
fn separator(between: &str) -> Option<char> {
    if between.is_empty() {
        return Some(NOTHING);
    }
    let sign = between.trim();
    let mut characters = sign.chars();
    match (characters.next(), characters.next()) {
        (None, _) => Some(' '),
        (Some(sign @ (',' | ';')), None) => Some(sign),
        (Some(c), None) if between == sign || between.contains('\n') => Some(c),
        _ => None,
    }
}

/// The prefix of each pair of digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    None,
    /// `0x`.
    Zero,
    /// `\x`.
    Escape,
}

/// Returns the prefix of the first pair, and its spelling.
fn prefix(text: &str) -> (Prefix, &'static str) {
    let prefixes = [
        (Prefix::Zero, "0x"),
        (Prefix::Zero, "0X"),
        (Prefix::Escape, r"\x"),
        (Prefix::Escape, r"\X"),
    ];
    prefixes
        .into_iter()
        .find(|(_, sign)| text.starts_with(sign))
        .unwrap_or((Prefix::None, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_digits_are_bytes() {
        let check = |text: &str, expected: &[u8]| {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
            let crlf = format!("\r\n {} \r\n", text.replace('\n', "\r\n"));
            assert_eq!(read(&crlf).as_deref(), Some(expected), "{text}");
        };
        check("01 03 00 00 00 0A", &[1, 3, 0, 0, 0, 10]);
        check("01:03:00:ff", &[1, 3, 0, 255]);
        check("00:1b:44:11:3a:b7", &[0, 0x1B, 0x44, 0x11, 0x3A, 0xB7]);
        check("00:11:22:33:44:55", &[0, 0x11, 0x22, 0x33, 0x44, 0x55]);
        check("00-1B-44-11-3A-B7", &[0, 0x1B, 0x44, 0x11, 0x3A, 0xB7]);
        check("0x01,0x03,0x00,0x10", &[1, 3, 0, 16]);
        check("0X01 0X03 0X00 0X10", &[1, 3, 0, 16]);
        check("0x1 0x3\n0x0 0x10", &[1, 3, 0, 16]);
        check("0x01, 0x03,\n 0x00, 0x10,", &[1, 3, 0, 16]);
        check("00:1b:\n    44:3a", &[0, 0x1B, 0x44, 0x3A]);
        check(r"\x01\x03\x00\xff", &[1, 3, 0, 255]);
        check("0xdeadbeef", &[0xDE, 0xAD, 0xBE, 0xEF]);
        check("ff FF ff FF", &[255; 4]);
        check("48 65 6c 6c\n6f", b"Hello");
        check(
            "10 20 30 40 50 60 70 80",
            &[16, 32, 48, 64, 80, 96, 112, 128],
        );
        check("48656c6c6f2c20776f726c642e0a686f", b"Hello, world.\nho");
        check("48656C6C6F2C2077\n6f726c", b"Hello, worl");
    }

    #[test]
    fn words_numbers_and_times_stay_text() {
        let check = |text: &str| assert_eq!(read(text), None, "{text}");
        check("");
        check("deadbeef");
        check("face cafe");
        check("face\ncafe\nbabe\n");
        check("10 20 30 40");
        check("10 20 30 40 50 60 70");
        check("05 12 23 34 41 07\n05 12 23 34 41 07");
        check("10\n20\n30\n40\n50\n60\n70\n80\n90");
        check("10,20,30,40,50,60,70,80,90");
        check("10;20;30;40;50;60;70;80;90");
        check("2026-11-23");
        check("26-11-23");
        check("12:01:05");
        check("12:01:05:10");
        check("12:01:05 13:01:05");
        check("12:01:05\n13:01:05\n");
        check("0123456789");
        check("+49 89 12 34 56 78");
        check("01 23 45 67 89");
        check("01-23-45-67-89");
        check("1234 5678 9012 3456");
        check("4111111111111111\n5500000000000004\n");
        check("12345678901234567890123456789012");
        check("550e8400-e29b-41d4-a716-446655440000");
        check("fe80:0000:0000:0000");
        check("192.168.0.1");
        check("be da ed ad");
        check("01 03 0A");
        check("01 03 0A 0");
        check("01 03 0A 0G");
        check("01 03,0A 0B");
        check("01:03: 0A:0B");
        check("01  03--0A 0B");
        check("0x01,03,0x0A,0x0B");
        check("0x010x030x0A0x0B");
        check("0x01");
        check(r"\x01 \x03 \x00 \xff");
        check("48656c6c6f2c20776f726c642e0a686");
        check("48656c6c6f2c2077\n6f7\n");
        check("48656c6c6f2c2077\n6f\n6f");
        check("48656c6c6f2c2077\n6f726c642e0a686f77");
        check("日本語日本語日本語日本語日本語日本語");
    }
}
