//! Lists of bytes in braces or brackets: C, C++, Rust, Java, Go, Python and their kin.

use super::cursor::{CODE_LIMIT_BYTES, PasteCursor};
use super::literal;
use crate::payload::MESSAGE_LIMIT_BYTES;

/// Types of a byte or of a container of bytes, in lower case: a list after one of them holds bytes, even if all of its
/// numbers are decimal.
const BYTE_TYPES: [&str; 18] = [
    "buffer",
    "byte",
    "bytearray",
    "bytes",
    "char",
    "i8",
    "int8",
    "int8_t",
    "int8array",
    "sbyte",
    "u8",
    "u_char",
    "ubyte",
    "uchar",
    "uint8",
    "uint8_t",
    "uint8array",
    "uint8clampedarray",
];

/// Suffixes that may follow the digits of a number, in lower case.
const SUFFIXES: [&str; 11] = [
    "", "u", "l", "ul", "lu", "ll", "ull", "llu", "u8", "i8", "uy",
];

/// The longest number, with its prefix and suffix.
const NUMBER_LIMIT_BYTES: usize = 32;

/// Returns the bytes of the first list of numbers in a declaration.
///
/// The numbers of a list are bytes if one of them is hex, binary or octal, or if a byte type precedes the list: `[72,
/// 101]` alone is JSON. Numbers range from -128 to 255.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let mut cursor = PasteCursor::new(text.trim_start());
    let mut before = String::new();
    while let Some(c) = cursor.peek() {
        if cursor.skip_comment() {
            continue;
        }
        // A list after a string is JSON, or an argument of something else.
        if before.len() > CODE_LIMIT_BYTES || c == '"' {
            return None;
        }
        cursor.bump();
        match read_at(c, &before, cursor) {
            Ok(bytes) => return Some(bytes),
            Err(Misfit::Range) => return None,
            Err(Misfit::Syntax) if !c.is_whitespace() => before.push(c),
            Err(Misfit::Syntax) if before.ends_with(' ') => {}
            Err(Misfit::Syntax) => before.push(' '),
        }
    }
    None
}

/// Reads the list that begins after `open`, with `cursor` after it.
fn read_at(open: char, before: &str, mut cursor: PasteCursor<'_>) -> Result<Vec<u8>, Misfit> {
    let is_behind_name = before.ends_with(|c: char| c.is_alphanumeric() || "_])".contains(c));
    let close = match open {
        '{' => "}",
        // A bracket after a name holds a size or an index: `payload[14]`.
        '[' if !is_behind_name => "]",
        _ => return Err(Misfit::Syntax),
    };
    let (bytes, is_marked) = list(&mut cursor, close)?;
    // A bracket before a type or a name holds a size: `[3]byte{…}`.
    let is_size = bytes.len() == 1
        && cursor
            .peek()
            .is_some_and(|c| c.is_alphanumeric() || "_*[{=".contains(c));
    if bytes.is_empty() || is_size {
        return Err(Misfit::Syntax);
    }
    let is_typed = has_byte_type(before);
    let before = before.trim_end();
    let is_behind_word = before.ends_with(|c: char| c.is_alphanumeric());
    let is_certain = (is_marked || is_typed && bytes.len() > 1)
        && (is_typed || !is_behind_word || before.ends_with("return"))
        && cursor.is_at_end_of_value();
    is_certain.then_some(bytes).ok_or(Misfit::Range)
}

fn has_byte_type(code: &str) -> bool {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| BYTE_TYPES.contains(&word.to_ascii_lowercase().as_str()))
}

/// Why something is not a list of bytes.
enum Misfit {
    /// It is not a list of numbers.
    Syntax,
    /// Its numbers are not bytes, or not necessarily.
    Range,
}

/// Reads a list through `close`, which a comma may precede. Returns its bytes, and whether the base of a number suggests
/// bytes: any base but ten.
fn list(cursor: &mut PasteCursor<'_>, close: &str) -> Result<(Vec<u8>, bool), Misfit> {
    let (mut bytes, mut is_marked) = (Vec::new(), false);
    loop {
        cursor.skip_gap();
        if cursor.eat(close) {
            return Ok((bytes, is_marked));
        }
        let (byte, suggests_bytes) = element(cursor)?;
        bytes.push(byte);
        is_marked |= suggests_bytes;
        if bytes.len() > MESSAGE_LIMIT_BYTES {
            return Err(Misfit::Range);
        }
        cursor.skip_gap();
        if !cursor.eat(",") {
            let is_end = cursor.eat(close);
            return is_end.then_some((bytes, is_marked)).ok_or(Misfit::Syntax);
        }
    }
}

/// Reads a number or a character, and whether its base suggests bytes.
///
/// A character suggests nothing: `['a', 'b']` is a list of strings in many languages.
fn element(cursor: &mut PasteCursor<'_>) -> Result<(u8, bool), Misfit> {
    skip_cast(cursor);
    let is_negative = cursor.eat("-");
    let word = cursor.word();
    if cursor.peek() == Some('\'') && matches!(word, "" | "b" | "u8" | "L") {
        let byte = literal::character(cursor).ok_or(Misfit::Syntax)?;
        return Ok((byte, false));
    }
    let (value, is_marked) = number(word)?;
    let value = if is_negative { -value } else { value };
    // The lowest byte of a negative number is its two's complement.
    let is_byte = (i8::MIN.into()..=u8::MAX.into()).contains(&value);
    is_byte
        .then_some((value as u8, is_marked))
        .ok_or(Misfit::Range)
}

/// Skips `(byte)`, which Java requires before numbers over 127.
fn skip_cast(cursor: &mut PasteCursor<'_>) {
    let mut behind = *cursor;
    if !behind.eat("(") {
        return;
    }
    if has_byte_type(behind.word()) && behind.eat(")") {
        behind.skip_gap();
        *cursor = behind;
    }
}

/// Parses `word` as a number; returns it, and whether its base is not ten. `_` may separate digits.
fn number(word: &str) -> Result<(i32, bool), Misfit> {
    if word.len() > NUMBER_LIMIT_BYTES {
        return Err(Misfit::Syntax);
    }
    if word.contains('_') {
        return number(&word.replace('_', ""));
    }
    let (radix, digits) = radix(word);
    let end = digits
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(digits.len());
    let (digits, suffix) = digits.split_at_checked(end).unwrap_or_default();
    let mut known = SUFFIXES.iter();
    if digits.is_empty() || !known.any(|known| known.eq_ignore_ascii_case(suffix)) {
        return Err(Misfit::Syntax);
    }
    let value = i32::from_str_radix(digits, radix).map_err(|_too_large| Misfit::Range)?;
    Ok((value, radix != 10))
}

/// Returns the base of a number, and its digits without the prefix for the base.
fn radix(word: &str) -> (u32, &str) {
    let after = |len: usize| word.get(len..).unwrap_or_default();
    match word.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, after(2)),
        [b'0', b'b' | b'B', ..] => (2, after(2)),
        [b'0', b'o' | b'O', ..] => (8, after(2)),
        [b'0', b'0'..=b'9', ..] => (8, after(1)),
        _ => (10, word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_lists_of_many_languages_are_recognised() {
        let check = |text: &str, expected: &[u8]| {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
            let crlf = format!("\r\n {} \r\n", text.replace('\n', "\r\n"));
            assert_eq!(read(&crlf).as_deref(), Some(expected), "{text}");
        };
        check("{0x48, 101, 'A', '\\n', '\\0'}", b"HeA\n\0");
        check("[0x48, 0x65]", b"He");
        check("{0x48}", b"H");
        check("[0X4, 0xfF,]", b"\x04\xFF");
        check("{ 0b0100_1000, 0145, 0o154, 0x6cu, 111UL }", b"Hello");
        check(
            "unsigned char a[] = { 0x48, 0x65 }; unsigned int a_len = 2;",
            b"He",
        );
        check("unsigned char payload[2] = {\n    0x48, 0x65\n};\n", b"He");
        check("static const uint8_t a[0x2] = {72, 101};", b"He");
        check("std::array<uint8_t, 2> a = {{72, 101}};", b"He");
        check("a := []byte{72, 101,\n}", b"He");
        check("a := [2]byte{0x48, 0x65}", b"He");
        check("var a [2]uint8 = [2]uint8{0x48, 0x65}", b"He");
        check(
            "byte[] a = new byte[] {72, -128, (byte) 0x89, (byte)-1};",
            b"H\x80\x89\xFF",
        );
        check("byte a[] = {-1, 255}", b"\xFF\xFF");
        check("let a: [u8; 2] = [72, 101];", b"He");
        check(
            "const A: &'static [u8] = &[b'H', b'\\'', 0x6Cu8, 1_u8];",
            b"H'l\x01",
        );
        check("let a = vec![0x48, 0x65].into_iter();", b"He");
        check("send(bytes([72, 101]))", b"He");
        check("a = [0x48, # H\n 0x65] # e", b"He");
        check("new Uint8Array([72, 101])", b"He");
        check(
            "// a, of 1\n/* {1, 2} */ a = {0x48, // H\n /* e */ 0x65 /* ] */ };",
            b"He",
        );
        check(
            "#include <stdint.h>\n\nstatic uint8_t a[] = {72, 101};",
            b"He",
        );
        check("return [0x48, 0x65]", b"He");
        check("{0x48, 0x65} // He", b"He");
        check("bytes: [72, 101]", b"He");
    }

    #[test]
    fn other_lists_stay_text() {
        let check = |text: &str| assert_eq!(read(text), None, "{text}");
        check("");
        check("{}");
        check("[]");
        check("[[[[{{{{");
        check("[72, 101]");
        check("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
        check(r#"{"bytes": [1, 2, 3]}"#);
        check(r#"{"type":"Buffer","data":[72,101]}"#);
        check("{0x48, 256}");
        check("{0x48, 0x100}");
        check("{0x48, 99999999999}");
        check("byte a[] = {-129, 1}");
        check("int a[] = {1, 300}; char b[] = {1, 2};");
        check("{0x48, 0x65");
        check("{0x48 0x65}");
        check("{0x48, 0x65]");
        check("{0x48,, 0x65}");
        check("{0x48, 08}");
        check("{0x48, 1.5}");
        check("{0x48, 0x}");
        check("{0x48, 0b2}");
        check("{0x48, 'AB'}");
        check("{0x48, x}");
        check("['a', 'b', 'c']");
        check("char a[16] = {0};");
        check("a = b[0x10];");
        check("a[0x10] = b");
        check("the values [0x10, 0x20] are reserved");
        check("see: [0x10, 0x20] are reserved");
        check("a{2,3}");
        check(r#"s = "{0x48, 0x65}""#);
        check("let a = [0x48; 4];");
        check("// {0x48, 0x65}");
        check(&format!("{} = {{0x48}}", "a".repeat(CODE_LIMIT_BYTES + 1)));
        check(&format!("{{0x48}};{}", "a".repeat(CODE_LIMIT_BYTES + 1)));
    }
}
