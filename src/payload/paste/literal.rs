//! String and character literals of C, and of languages that adopted them.

use super::cursor::{CODE_LIMIT_BYTES, PasteCursor};
use crate::payload::MESSAGE_LIMIT_BYTES;

/// Prefixes of a quotation mark that name the literal's type. `r` is missing: raw strings have no escapes.
const PREFIXES: [&str; 7] = ["", "b", "B", "u8", "L", "u", "U"];

/// Returns the bytes of consecutive string literals, if at least one of them contains a `\x`.
///
/// Blanks, comments, `+`, and a `\` that continues the line may separate literals. A `\x` takes one or two digits: more
/// do not fit into a byte, and Python, Rust and Wireshark stop there.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let (before, _) = text.split_once(['"', '\''])?;
    if !is_start_of_value(before) {
        return None;
    }
    let mut cursor = PasteCursor::new(text.get(before.len()..)?);
    let quote = cursor.bump()?;
    let mut bytes = Vec::new();
    let mut has_hex = false;
    loop {
        has_hex |= string(&mut cursor, quote, &mut bytes)?;
        let end = cursor;
        if !goes_on(&mut cursor, quote) {
            return (has_hex && end.is_at_end_of_value()).then_some(bytes);
        }
    }
}

/// Returns whether a literal may follow `before`: nothing, an assignment, or a call.
fn is_start_of_value(before: &str) -> bool {
    let before = before.trim_start();
    let prefix_start = before
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + 1);
    // The character that `rfind` found may be longer than a byte: then it is not one of the allowed ones.
    let Some((code, prefix)) = before.split_at_checked(prefix_start) else {
        return false;
    };
    let code = code.trim_end();
    before.len() <= CODE_LIMIT_BYTES
        && PREFIXES.contains(&prefix)
        && (code.is_empty() || code.ends_with(['=', '(', ',', ':', '&']))
}

/// Skips the gap between two literals and the mark that begins the second; returns false if there is none.
fn goes_on(cursor: &mut PasteCursor<'_>, quote: char) -> bool {
    loop {
        cursor.skip_gap();
        if !cursor.eat("\\") && !cursor.eat("+") {
            break;
        }
    }
    PREFIXES.contains(&cursor.word()) && cursor.bump() == Some(quote)
}

/// Reads up to the mark that ends a string, and returns whether the string contains a `\x`.
fn string(cursor: &mut PasteCursor<'_>, quote: char, bytes: &mut Vec<u8>) -> Option<bool> {
    let mut has_hex = false;
    loop {
        match cursor.bump()? {
            '\r' | '\n' => return None,
            '\\' => {
                has_hex |= cursor.peek() == Some('x');
                bytes.push(escape(cursor)?);
            }
            end if end == quote => return Some(has_hex),
            c => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        if bytes.len() > MESSAGE_LIMIT_BYTES {
            return None;
        }
    }
}

/// Reads a character literal of one byte, from its first mark on.
pub(super) fn character(cursor: &mut PasteCursor<'_>) -> Option<u8> {
    if !cursor.eat("'") {
        return None;
    }
    let byte = match cursor.bump()? {
        '\\' => escape(cursor)?,
        c @ ' '..='~' if c != '\'' => u8::try_from(c).ok()?,
        _ => return None,
    };
    cursor.eat("'").then_some(byte)
}

/// Reads an escape after its `\`: C11, 6.4.4.4, and `\e`, which GCC and Clang accept. Not `\u`: it is not a byte.
fn escape(cursor: &mut PasteCursor<'_>) -> Option<u8> {
    Some(match cursor.bump()? {
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'a' => 0x07,
        'b' => 0x08,
        'v' => 0x0B,
        'f' => 0x0C,
        'e' => 0x1B,
        c @ ('\\' | '\'' | '"' | '?') => u8::try_from(c).ok()?,
        'x' => number(cursor, 0, 0, 16, 2)?,
        c => number(cursor, c.to_digit(8)?, 1, 8, 3)?,
    })
}

/// Continues a number of which `count` digits have been read, up to `limit` digits.
fn number(
    cursor: &mut PasteCursor<'_>,
    start: u32,
    count: u32,
    radix: u32,
    limit: u32,
) -> Option<u8> {
    let (mut value, mut count) = (start, count);
    while count < limit
        && let Some(digit) = cursor.peek().and_then(|c| c.to_digit(radix))
    {
        // At most three octal or two hex digits.
        value = value * radix + digit;
        count += 1;
        cursor.bump();
    }
    (count > 0).then(|| u8::try_from(value).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consecutive_literals_are_joined() {
        let check =
            |text: &str, expected: &[u8]| assert_eq!(read(text).unwrap(), expected, "{text}");
        check(r#""\x48\x65llo\0""#, b"Hello\0");
        check(r#"  "\x48" "e" "#, b"He");
        check(r#""\x48" /* a */ "e" // b"#, b"He");
        check("\"\\x48\\x65\" \\\n\"\\x6c\"\n", b"Hel");
        check("\"\\x48\\x65\" \\\r\n\"\\x6C\"\r\n", b"Hel");
        check("\"\\x48\" +\n  \"\\x65\";", b"He");
        check(r#"const char *a = "\x48\101\7\12z";"#, b"HA\x07\nz");
        check(r#"send(fd, "\x01\x02", 2, 0);"#, b"\x01\x02");
        check(r#"let a = b"\xFF\n\r\t\\\"";"#, b"\xFF\n\r\t\\\"");
        check(r"b'Hello\n\x01\x02\''", b"Hello\n\x01\x02'");
        check(r"data: b'\x01\x02'", b"\x01\x02");
        check(
            r#""\x5g\a\b\v\f\e\?'é""#,
            b"\x05g\x07\x08\x0B\x0C\x1B?'\xC3\xA9",
        );
        check(r#""\x48656""#, b"H656");
        check(r#"b"\x48" b"e""#, b"He");
    }

    #[test]
    fn other_quotations_stay_text() {
        let check = |text: &str| assert_eq!(read(text), None, "{text}");
        check("");
        check("\"");
        check(r#""Hello\n""#);
        check(r#""Hello""#);
        check(r#""\x48"#);
        check(r#""\xg""#);
        check(r#""\777\x01""#);
        check(r#""\u0041\x41""#);
        check("\"\\x48\n\"");
        check("\"\\x48\\\n\"");
        check(r#"he said "\x48""#);
        check(r#""\x48" is an escape"#);
        check(r#"{"a": "\x48"}"#);
        check(r#"r"\x48""#);
        check(r"don't write \x48 here, it's wrong");
        check(r#"é"\x48""#);
        check(&format!("{}=\"\\x48\"", "a".repeat(CODE_LIMIT_BYTES)));
    }

    #[test]
    fn a_character_literal_is_one_byte() {
        let check = |text: &str, expected: Option<u8>| {
            assert_eq!(character(&mut PasteCursor::new(text)), expected, "{text}");
        };
        check("'A'", Some(b'A'));
        check("'\"'", Some(b'"'));
        check(r"'\''", Some(b'\''));
        check(r"'\0'", Some(0));
        check(r"'\xff'", Some(0xFF));
        check("''", None);
        check("'AB'", None);
        check("'é'", None);
        check("'\n'", None);
        check("A", None);
        check("'", None);
    }
}
