//! Payloads formatted for the clipboard.

use super::decode::TextStart;
use super::visible::{StreamEnd, VisibleMark, VisibleMarkKind, VisibleText};
use super::{escape, hex};

/// How a payload is formatted for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyFormat {
    /// Text, with undecodable bytes as `\xNN`.
    Text,
    /// Hex digits: `48 65 6C`.
    Hex,
    /// An escaped string that the composer reads back.
    Escaped,
    /// A C array initialiser.
    CArray,
    /// The timeline's rows: time, endpoint, direction, size and text, one line each.
    Rows,
}

/// How many bytes a line of a C array holds.
const C_BYTES_PER_LINE: usize = 12;

/// Formats one payload; `start` is the state of the text before it, `end` how it ends.
///
/// [`CopyFormat::Text`] reads like the payload's row, with real line breaks and tabs: a character that began before it
/// is complete, one that is incomplete at an open end is left to the next payload. All other formats hold exactly the
/// payload's bytes. [`CopyFormat::Rows`] needs data that only the record has; for a payload alone it is the text.
pub fn write(format: CopyFormat, start: TextStart, bytes: &[u8], end: StreamEnd) -> String {
    match format {
        CopyFormat::Text | CopyFormat::Rows => plain(&start.decode(bytes, None, end)),
        CopyFormat::Hex => hex::render(bytes),
        CopyFormat::Escaped => escape::render(bytes),
        CopyFormat::CArray => c_array(bytes),
    }
}

/// Returns visible text with real line breaks and tabs. Other control characters stay escaped: pasted into a terminal,
/// they must have no effect.
pub fn plain(visible: &VisibleText) -> String {
    let mut text = String::with_capacity(visible.text.len());
    let mut done = 0;
    let is_control = |mark: &&VisibleMark| mark.kind == VisibleMarkKind::Control;
    for mark in visible.marks.iter().filter(is_control) {
        text.push_str(visible.text.get(done..mark.range.start).unwrap_or_default());
        let escapes = visible.text.get(mark.range.clone()).unwrap_or_default();
        let broken = escapes.replace(r"\r\n", "\r\n").replace(r"\n", "\n");
        text.push_str(&broken.replace(r"\t", "\t"));
        done = mark.range.end;
    }
    text.push_str(visible.text.get(done..).unwrap_or_default());
    text
}

fn c_array(bytes: &[u8]) -> String {
    let numbers = |line| format!("\n    0x{}", hex::render(line).replace(' ', ", 0x"));
    let lines: Vec<String> = bytes.chunks(C_BYTES_PER_LINE).map(numbers).collect();
    let end = if bytes.is_empty() { "" } else { "\n" };
    let start = format!("unsigned char payload[{}] = {{", bytes.len());
    start + &lines.join(",") + end + "};\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Carry;

    #[test]
    fn each_format_is_written() {
        let check = |format: CopyFormat, bytes: &[u8], expected: &str| {
            assert_eq!(
                write(format, TextStart::default(), bytes, StreamEnd::Open),
                expected
            );
        };
        check(CopyFormat::Text, b"a\tb\r\nc\n\xFF", "a\tb\r\nc\n\\xFF");
        check(
            CopyFormat::Text,
            b"\x1B[1m\r\0\n\n\t",
            "\\x1B[1m\\r\\0\n\n\t",
        );
        check(CopyFormat::Text, b"C:\\new", "C:\\new");
        check(CopyFormat::Text, b"\xE2\x80\xAE", r"\u{202E}");
        check(CopyFormat::Hex, b"Hel", "48 65 6C");
        check(CopyFormat::Escaped, b"C:\\\r\n\xE6", r"C:\\\r\n\xE6");
        check(CopyFormat::CArray, b"", "unsigned char payload[0] = {};\n");
        check(
            CopyFormat::CArray,
            b"Hello, server!",
            "unsigned char payload[14] = {\n    \
             0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x2C, 0x20, 0x73, 0x65, 0x72, 0x76, 0x65,\n    \
             0x72, 0x21\n};\n",
        );
    }

    #[test]
    fn text_continues_a_character_and_other_formats_hold_only_the_bytes() {
        let carry: TextStart = Carry::new(b"\xE6\x97").unwrap().into();
        assert_eq!(
            write(CopyFormat::Text, carry, b"\xA5!\xE6", StreamEnd::Open),
            "日!"
        );
        let ended = write(CopyFormat::Text, carry, b"\xA5!\xE6", StreamEnd::Ended);
        assert_eq!(ended, r"日!\xE6");
        assert_eq!(
            write(CopyFormat::Hex, carry, b"\xA5!", StreamEnd::Open),
            "A5 21"
        );
        assert_eq!(
            write(CopyFormat::Escaped, carry, b"\xA5!", StreamEnd::Open),
            r"\xA5!"
        );
    }
}
