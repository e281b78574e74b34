//! Received bytes as a terminal shows them: nothing in them can drive it.

use crate::payload::{Encoding, StreamEnd, TextStart, VisibleMarkKind, VisibleText};

/// The escape of a line feed.
const LINE_FEED: &str = r"\n";

/// Makes a stream visible, chunk by chunk, as the window shows it: control, bidi and zero-width characters and what is no
/// text are escaped, and a line ends after each line feed.
pub(super) struct Visible {
    text: TextStart,
    /// Whether the last line has something in it.
    is_within_line: bool,
}

impl Visible {
    /// Starts at the beginning of a stream.
    pub(super) fn new(encoding: Encoding) -> Self {
        Self {
            text: encoding.into(),
            is_within_line: false,
        }
    }

    /// Appends what the next chunk adds. A character that it only begins is left to the chunk that completes it.
    pub(super) fn push(&mut self, chunk: &[u8], output: &mut Vec<u8>) {
        let visible = self.text.decode(chunk, None, StreamEnd::Open);
        self.text = self.text.advance(chunk);
        self.push_lines(&visible, output);
    }

    /// Appends what is still unfinished: no character continues from one datagram into the next.
    pub(super) fn end_message(&mut self, output: &mut Vec<u8>) {
        let visible = self.text.decode(&[], None, StreamEnd::Ended);
        self.text = self.text.encoding.into();
        self.push_lines(&visible, output);
    }

    /// Appends what is still unfinished, and ends the last line.
    pub(super) fn end(&mut self, output: &mut Vec<u8>) {
        self.end_message(output);
        if self.is_within_line {
            output.push(b'\n');
            self.is_within_line = false;
        }
    }

    fn push_lines(&mut self, visible: &VisibleText, output: &mut Vec<u8>) {
        let text = visible.text.as_str();
        let mut done = 0;
        let controls = visible.marks.iter();
        for mark in controls.filter(|mark| mark.kind == VisibleMarkKind::Control) {
            let escapes = text.get(mark.range.clone()).unwrap_or_default();
            for (at, found) in escapes.match_indices(LINE_FEED) {
                let end = mark.range.start + at + found.len();
                output.extend_from_slice(text.get(done..end).unwrap_or_default().as_bytes());
                output.push(b'\n');
                done = end;
            }
        }
        let rest = text.get(done..).unwrap_or_default();
        output.extend_from_slice(rest.as_bytes());
        if !text.is_empty() {
            self.is_within_line = !rest.is_empty();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(encoding: &str, chunks: &[&[u8]]) -> String {
        let mut visible = Visible::new(encoding.parse().unwrap());
        let mut output = Vec::new();
        for chunk in chunks {
            visible.push(chunk, &mut output);
        }
        visible.end(&mut output);
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn what_could_drive_a_terminal_is_escaped_and_lines_end_where_they_did() {
        let check = |chunks: &[&[u8]], expected: &str| {
            assert_eq!(shown("utf-8", chunks), expected, "{chunks:?}");
        };
        check(&[], "");
        check(&[b"a"], "a\n");
        check(&[b"a\r\nb\n", b""], "a\\r\\n\nb\\n\n");
        check(&[b"\r\n\r\n"], "\\r\\n\n\\r\\n\n");
        check(&[b"a\\nb"], "a\\nb\n");
        check(&[b"\x1B[2J\x07\x9B"], "\\x1B[2J\\x07\\x9B\n");
        check(
            &["\u{9B}1m\u{202E}\u{200B}".as_bytes()],
            "\\u{9B}1m\\u{202E}\\u{200B}\n",
        );
        check(&[b"\xE6", b"\x97\xA5\xE6"], "日\\xE6\n");
    }

    #[test]
    fn no_character_continues_from_one_datagram_into_the_next() {
        let mut visible = Visible::new("utf-8".parse().unwrap());
        let mut output = Vec::new();
        for datagram in [b"\xE6\x97".as_slice(), b"\xA5\n"] {
            visible.push(datagram, &mut output);
            visible.end_message(&mut output);
        }
        visible.end(&mut output);
        assert_eq!(output, b"\\xE6\\x97\\xA5\\n\n");
    }

    #[test]
    fn text_is_read_in_its_encoding() {
        assert_eq!(shown("gbk", &[b"\xC4", b"\xE3\n"]), "你\\n\n");
    }
}
