//! The head of an HTTP/1 message (RFC 9112): its start line and fields, and what they say about the body.
//!
//! `httparse` reads whole, valid heads. This one shows a head that is cut or wrong too, and keeps the range of every part.

use std::ops::Range;

use memchr::memchr;

use super::body;
use super::fields::{HeaderFields, is_token, number_of};
use super::page::PrettyPage;
use super::text_line::TextLine;
use super::{Ink, Note, PrettyError};

/// Draws the head, and the body if it is JSON or XML.
pub(super) fn draw(page: &mut PrettyPage<'_>) -> Result<(), PrettyError> {
    let bytes = page.bytes;
    let start = blank_len(bytes);
    let line = TextLine::at(bytes, start);
    let Some((parts, code)) = start_line(bytes, &line.text) else {
        return Err(PrettyError::NoStartLine(start));
    };
    if start > 0 {
        page.note(Note::BlankLines, 0..start);
    }
    page.begin(line.text.start, 0);
    let mut at = line.text.start;
    for (part, ink) in parts {
        page.put(at..part.start, None);
        at = part.end;
        page.put(part, ink);
    }
    page.cover(line.end);
    let mut fields = HeaderFields::default();
    fields.see(&line);
    match fields.draw(page, line.end) {
        Some(at) => body::draw(page, code, &fields, at),
        None if page.is_full() || page.is_cut => {}
        None => {
            let len = bytes.len();
            page.note(Note::UnfinishedHead, len..len);
        }
    }
    Ok(())
}

/// Returns whether the bytes begin with a complete start line.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let line = TextLine::at(bytes, blank_len(bytes));
    line.is_ended() && start_line(bytes, &line.text).is_some()
}

/// Returns the length of the empty lines before the start line, which a server ignores (RFC 9112, 2.2).
fn blank_len(bytes: &[u8]) -> usize {
    let is_blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
    bytes.iter().take_while(is_blank).count()
}

/// The three parts of a start line, and the status code of a response.
type StartLine = ([(Range<usize>, Ink); 3], Option<u16>);

fn start_line(bytes: &[u8], line: &Range<usize>) -> Option<StartLine> {
    let text = bytes.get(line.clone())?;
    let first = memchr(b' ', text)?;
    let first_part = (line.start..line.start + first, Ink::Keyword);
    let start = line.start + first + 1;
    if is_version(text.get(..first)?) {
        let rest = text.get(first + 1..)?;
        let len = memchr(b' ', rest).unwrap_or(rest.len());
        let status = rest.get(..len).filter(|status| status.len() == 3)?;
        let code = u16::try_from(number_of(status)?).ok()?;
        let status = (start..start + len, Ink::Number);
        let reason = ((status.0.end + 1).min(line.end)..line.end, Ink::String);
        return Some(([first_part, status, reason], Some(code)));
    }
    let last = memchr::memrchr(b' ', text)?;
    let is_request = is_token(text.get(..first)?) && is_version(text.get(last + 1..)?);
    let target = (start..line.start + last, Ink::String);
    let version = (line.start + last + 1..line.end, Ink::Keyword);
    (is_request && first + 1 < last).then_some(([first_part, target, version], None))
}

fn is_version(text: &[u8]) -> bool {
    matches!(text, [b'H', b'T', b'T', b'P', b'/', b'1', b'.', minor] if minor.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::Pretty;
    use super::super::PrettyError;
    use super::super::tests::shown;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(shown(Pretty::Http, bytes), expected);
    }

    #[test]
    fn a_head_has_a_line_for_each_field() {
        check(
            b"GET /a?b c HTTP/1.1\r\nHost: x\r\nA:b:c \r\n\r\n",
            &[
                "0..21 GET /a?b c HTTP/1.1",
                "21..30 Host: x",
                "30..38 A:b:c ",
                "38..40 ",
                "40..40 # Body { length: Unsaid, rest: 0, ignores_length: false, is_encoded: false }",
            ],
        );
        check(
            b"\r\nHTTP/1.0 204\r\n\r\n",
            &[
                "0..2 # BlankLines",
                "2..16 HTTP/1.0 204",
                "16..18 ",
                "18..18 # Body { length: NoBody(204), rest: 0, ignores_length: false, is_encoded: false }",
            ],
        );
        check(
            b"HTTP/1.1 200 OK\r\nA",
            &[
                "0..17 HTTP/1.1 200 OK",
                "17..18 A",
                "17..18 # OddLines { fault: Unnamed, count: 1, first: 17 }",
                "18..18 # UnfinishedHead",
            ],
        );
    }

    #[test]
    fn tolerated_faults_are_noted() {
        check(
            b"GET / HTTP/1.1\nA: b\r\n  c\r\nD : e\n\n",
            &[
                "0..15 GET / HTTP/1.1",
                "15..21 A: b",
                "21..26   c",
                "26..32 D : e",
                "32..33 ",
                "0..15 # OddLines { fault: BareLf, count: 3, first: 0 }",
                "21..24 # OddLines { fault: Folded, count: 1, first: 21 }",
                "26..31 # OddLines { fault: Unnamed, count: 1, first: 26 }",
                "33..33 # Body { length: Unsaid, rest: 0, ignores_length: false, is_encoded: false }",
            ],
        );
    }

    #[test]
    fn without_a_start_line_there_is_an_error() {
        let check = |bytes: &[u8], at: usize| {
            let error = PrettyError::NoStartLine(at);
            assert_eq!(Pretty::Http.render(bytes), Err(error));
        };
        check(b"", 0);
        check(b"\r\nhello", 2);
        check(b"GET / HTTP/2.0\r\n", 0);
        check(b"GET HTTP/1.1\r\n", 0);
        check(b"G@T / HTTP/1.1\r\n", 0);
        check(b"HTTP/1.1 20 OK\r\n", 0);
        check(b"HTTP/1.x 200 OK\r\n", 0);
        check(b"HTTP/1.1\r\n", 0);
    }
}
