//! Hex digits with nothing else around them.

use crate::payload::MESSAGE_LIMIT_BYTES;
use crate::payload::hex::{self, is_separator};

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
    let bytes = run(text)
        .or_else(|| escapes(text))
        .or_else(|| pairs(text))?;
    (bytes.len() <= MESSAGE_LIMIT_BYTES).then_some(bytes)
}

/// Reads digits without separators, in lines of equal length except the last, as `xxd -p` writes them.
fn run(text: &str) -> Option<Vec<u8>> {
    let bare = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = bare.unwrap_or(text);
    let is_decimal = !digits.contains(|c: char| c.is_ascii_alphabetic());
    let is_broken = digits.contains('\n');
    let least = match (bare.is_some(), is_broken, is_decimal) {
        (true, true, _) => return None,
        (true, ..) => PAIRS,
        (.., true) => DECIMAL_LINE_BYTES,
        (_, true, _) => LINE_BYTES,
        (_, false, _) => RUN_BYTES,
    };
    let mut lines = digits.lines().map(str::trim).filter(|it| !it.is_empty());
    let first = lines.next()?;
    let mut len = first.len();
    let is_run = |line: &str| is_hex(line) && line.len().is_multiple_of(2);
    let is_right = is_run(first)
        && lines.all(|line| {
            // Only the last line may be shorter.
            let follows_whole = len == first.len();
            len = line.len();
            is_run(line) && follows_whole && len <= first.len()
        });
    let is_long = first.len() / 2 >= least;
    (is_long && is_right)
        .then(|| hex::parse(digits).ok())
        .flatten()
}

/// Reads pairs of digits that each follow `\x`, with nothing between them.
fn escapes(text: &str) -> Option<Vec<u8>> {
    let sign = [r"\x", r"\X"].into_iter().find(|it| text.starts_with(it))?;
    let mut pairs = text.split(sign).skip(1);
    let is_right = pairs.all(|pair| pair.len() == 2 && is_hex(pair));
    let bytes = is_right.then(|| hex::parse(text).ok()).flatten()?;
    (bytes.len() >= PAIRS).then_some(bytes)
}

/// Reads pairs of digits with the same prefix and separator throughout, unless the text may equally be numbers, a date
/// or words. After `0x`, a single digit is enough.
fn pairs(text: &str) -> Option<Vec<u8>> {
    let prefixes = ["0x", "0X"];
    let prefix = prefixes.into_iter().find(|it| text.starts_with(it));
    let mut bytes = Vec::new();
    // Whether there are only the digits 0 to 9, or only pairs of letters other than `ff`, as in short words.
    let (mut is_decimal, mut is_wordy) = (true, true);
    for word in words(text) {
        let digits = word.strip_prefix(prefix.unwrap_or_default())?;
        let is_pair = digits.len() == 2 || digits.len() == 1 && prefix.is_some();
        if !is_pair || !is_hex(digits) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        is_decimal &= digits.bytes().all(|digit| digit.is_ascii_digit());
        is_wordy &= digits.bytes().all(|digit| digit.is_ascii_alphabetic())
            && !digits.eq_ignore_ascii_case("ff");
    }
    let mut gaps = text.split(|c| !is_separator(c)).filter(|it| !it.is_empty());
    let sign = separator(gaps.next()?)?;
    let least = match sign {
        _ if prefix.is_some() => 0,
        _ if is_wordy => return None,
        ',' | ';' if is_decimal => return None,
        ':' if is_decimal => DECIMAL_COLON_PAIRS,
        _ if is_decimal => DECIMAL_PAIRS,
        _ => 0,
    };
    let is_right = !text.starts_with(is_separator)
        && bytes.len() >= PAIRS
        && words(text.lines().next()?).count() >= least
        && gaps.all(|gap| separator(gap) == Some(sign));
    is_right.then_some(bytes)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_separator).filter(|word| !word.is_empty())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// Returns the separator in `between`, a blank if it is only blanks; `None` if there are several.
///
/// No blanks may surround a colon or a hyphen, but a line may end after one, as in OpenSSL's output.
fn separator(between: &str) -> Option<char> {
    let sign = between.trim();
    let mut characters = sign.chars();
    match (characters.next(), characters.next()) {
        (None, _) => Some(' '),
        (Some(sign @ (',' | ';')), None) => Some(sign),
        (Some(c), None) if between == sign || between.contains('\n') => Some(c),
        _ => None,
    }
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
