//! The body behind the head of an HTTP/1 message: how long it should be (RFC 9112, 6), and its JSON or XML.

use std::ops::Range;

use super::Pretty;
use super::fields::Fields;
use super::http::number_of;
use super::page::{Origin, Page};
use super::text_line::{Ending, TextLine};
use crate::words::number;

/// Draws what is known of the body that begins at `start`, behind a head with these fields. A request has no `code`.
pub(super) fn draw(page: &mut Page<'_>, code: Option<u16>, fields: &Fields, start: usize) {
    let bytes = page.bytes();
    let rest = page.message_len().saturating_sub(start);
    let framing = Framing::of(bytes, code, fields);
    let body = framing.body(bytes, start, page.is_cut());
    let is_encoded = framing.is_coded() || is_encoded(bytes, fields);
    let mut words = framing.words(rest as u64, &body);
    if framing.is_transfer() && !fields.values(bytes, "content-length").is_empty() {
        words += "; Content-Length does not count beside it (RFC 9112, 6.3)";
    }
    if is_encoded && rest > 0 {
        words += "; encoded, so not shown";
    }
    page.note(&words, start..start + rest);
    if let Some(view) = view_of(bytes, fields).filter(|_| !is_encoded) {
        body.draw(page, view);
    }
    if let End::Chunk { at } = body.end {
        let end = Fields::default().draw(page, at);
        let behind = end.map_or(0, |end| page.message_len().saturating_sub(end));
        if let Some(end) = end.filter(|_| behind > 0) {
            let words = format!("{} behind the body", count(behind as u64));
            page.note(&words, end..end + behind);
        }
    }
}

fn count(bytes: u64) -> String {
    number::count(bytes, "byte")
}

/// What says where the body ends (RFC 9112, 6.3).
#[derive(Clone, Copy)]
enum Framing {
    /// No body goes with this status.
    None(u16),
    /// `Transfer-Encoding` with chunks, and maybe with another coding within them.
    Chunked { is_coded: bool },
    /// `Transfer-Encoding` without chunks.
    Coded,
    /// `Content-Length`.
    Length(u64),
    /// `Content-Length` without one number.
    BadLength,
    /// The end of the connection: a response that says nothing.
    Close,
    /// Nothing: a request that says nothing has no body.
    Unsaid,
}

impl Framing {
    fn of(bytes: &[u8], code: Option<u16>, fields: &Fields) -> Self {
        if let Some(code @ (100..=199 | 204 | 304)) = code {
            return Self::None(code);
        }
        let codings = list(&fields.values(bytes, "transfer-encoding"));
        if let Some(last) = codings.last() {
            let is_coded = codings.len() > 1;
            let is_chunked = last.eq_ignore_ascii_case(b"chunked");
            return if is_chunked {
                Self::Chunked { is_coded }
            } else {
                Self::Coded
            };
        }
        let values = fields.values(bytes, "content-length");
        let lengths = list(&values);
        match (lengths.first(), code) {
            (Some(&first), _) if lengths.iter().all(|&length| length == first) => {
                number_of(first).map_or(Self::BadLength, Self::Length)
            }
            (Some(_), _) => Self::BadLength,
            (None, _) if !values.is_empty() => Self::BadLength,
            (None, Some(_)) => Self::Close,
            (None, None) => Self::Unsaid,
        }
    }

    fn is_transfer(self) -> bool {
        matches!(self, Self::Chunked { .. } | Self::Coded)
    }

    fn is_coded(self) -> bool {
        matches!(self, Self::Chunked { is_coded: true } | Self::Coded)
    }

    /// Returns the body in what was read behind the head.
    fn body(self, bytes: &[u8], start: usize, is_cut: bool) -> Body {
        let rest = bytes.len().saturating_sub(start);
        match self {
            Self::Chunked { .. } => Body::of_chunks(bytes, start),
            Self::Length(len) => {
                let len = usize::try_from(len).unwrap_or(usize::MAX);
                Body::of(bytes, start..start + len.min(rest), len > rest)
            }
            Self::Close | Self::Unsaid => Body::of(bytes, start..start + rest, is_cut),
            Self::None(_) | Self::Coded | Self::BadLength => Body::of(bytes, start..start, false),
        }
    }

    /// Returns what it says of the `rest` bytes that follow the head.
    fn words(self, rest: u64, body: &Body) -> String {
        let follow = count(rest);
        match self {
            Self::None(code) if rest == 0 => format!("no body, as goes with {code}"),
            Self::None(code) => format!("no body goes with {code}, but {follow} more"),
            Self::Chunked { .. } => {
                let chunks = number::count(body.chunks, "chunk");
                let len = count(body.data.len() as u64);
                let end = match body.end {
                    End::Chunk { .. } => String::new(),
                    End::Cut => ", the last chunk is missing".to_owned(),
                    End::Wrong { at } => format!(", no chunk at byte {at}"),
                };
                format!("{follow} of a chunked body: {len} in {chunks}{end}")
            }
            Self::Coded => format!("{follow} of body, in a Transfer-Encoding without chunks"),
            Self::Length(len) if len == rest => format!("{follow} of body, as Content-Length says"),
            Self::Length(len) if len > rest => {
                format!(
                    "{follow} of body, Content-Length says {}",
                    number::grouped(len)
                )
            }
            Self::Length(len) => {
                let more = count(rest - len);
                format!(
                    "{} of body, as Content-Length says, and {more} behind it",
                    count(len)
                )
            }
            Self::BadLength => format!("{follow} of body, Content-Length is not one number"),
            Self::Close => format!("{follow} of body, which ends where the connection does"),
            Self::Unsaid if rest == 0 => "no body".to_owned(),
            Self::Unsaid => {
                format!("{follow} more, but neither Content-Length nor Transfer-Encoding")
            }
        }
    }
}

/// Returns the members of a field that is a list (RFC 9110, 5.6.1).
fn list<'a>(values: &[&'a [u8]]) -> Vec<&'a [u8]> {
    let members = values
        .iter()
        .flat_map(|value| value.split(|&byte| byte == b','));
    let members = members.map(<[u8]>::trim_ascii);
    members.filter(|member| !member.is_empty()).collect()
}

/// Returns whether the content is encoded: compressed, in most cases (RFC 9110, 8.4).
fn is_encoded(bytes: &[u8], fields: &Fields) -> bool {
    let codings = fields.values(bytes, "content-encoding");
    let is_coding = |coding: &&[u8]| !coding.eq_ignore_ascii_case(b"identity");
    list(&codings).iter().any(is_coding)
}

/// Returns the view that the media type asks for.
fn view_of(bytes: &[u8], fields: &Fields) -> Option<Pretty> {
    let values = fields.values(bytes, "content-type");
    let media = values.first()?.split(|&byte| byte == b';').next()?;
    let media = media.trim_ascii().to_ascii_lowercase();
    let is_one = |endings: &[&str]| endings.iter().any(|end| media.ends_with(end.as_bytes()));
    // The suffix tells the syntax (RFC 6839, 3.1, and RFC 7303).
    if is_one(&["/json", "+json", "/x-ndjson", "/ndjson", "/jsonl"]) {
        return Some(Pretty::Json);
    }
    is_one(&["/xml", "+xml"]).then_some(Pretty::Xml)
}

/// A body without its transfer coding.
struct Body {
    data: Vec<u8>,
    origin: Origin,
    chunks: u64,
    is_cut: bool,
    end: End,
}

/// How a body ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Where the bytes do.
    Cut,
    /// With the last chunk; `at` is behind it.
    Chunk { at: usize },
    /// With something that is no chunk.
    Wrong { at: usize },
}

impl Body {
    fn of(bytes: &[u8], range: Range<usize>, is_cut: bool) -> Self {
        let mut origin = Origin::default();
        origin.push(0, range.start);
        Self {
            data: bytes.get(range).unwrap_or_default().to_vec(),
            origin,
            chunks: 0,
            is_cut,
            end: End::Cut,
        }
    }

    /// Reads chunks (RFC 9112, 7.1).
    fn of_chunks(bytes: &[u8], start: usize) -> Self {
        let mut body = Self::of(bytes, start..start, true);
        let mut at = start;
        body.end = loop {
            let line = TextLine::at(bytes, at);
            if line.ending == Ending::Missing {
                break End::Cut;
            }
            let Some(size) = chunk_size(bytes.get(line.text).unwrap_or_default()) else {
                break End::Wrong { at };
            };
            if size == 0 {
                break End::Chunk { at: line.end };
            }
            let rest = bytes.get(line.end..).unwrap_or_default();
            let chunk = rest.get(..size).unwrap_or(rest);
            body.origin.push(body.data.len(), line.end);
            body.data.extend_from_slice(chunk);
            body.chunks += 1;
            let ending = TextLine::at(bytes, line.end + chunk.len());
            if ending.ending == Ending::Missing && ending.text.len() < 2 {
                break End::Cut;
            }
            if !ending.text.is_empty() {
                break End::Wrong {
                    at: ending.text.start,
                };
            }
            at = ending.end;
        };
        body.is_cut = body.end == End::Cut;
        body
    }

    fn draw(&self, page: &mut Page<'_>, view: Pretty) {
        if self.data.is_empty() {
            return;
        }
        let about = self.origin.range(0..self.data.len());
        let mut part = Page::part(&self.data, self.is_cut, self.origin.clone());
        match view.draw(&mut part) {
            Ok(()) => page.append(part.finish()),
            Err(error) => page.note(&format!("the body is {error}"), about),
        }
    }
}

/// Returns the size in the first line of a chunk, which extensions may follow.
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_hex)?;
    usize::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::super::Pretty;

    /// Checks the lines behind a head, the places of which are counted from the body.
    fn check(head: &str, body: &str, expected: &[&str]) {
        let head = format!("{head}\r\n\r\n");
        let lines = Pretty::Http
            .render((head.clone() + body).as_bytes())
            .unwrap();
        let behind = lines.iter().filter(|line| line.source.start >= head.len());
        let behind = behind.map(|line| {
            let source = line.source.start - head.len()..line.source.end - head.len();
            format!("{source:?} {}", line.text)
        });
        assert_eq!(behind.collect::<Vec<_>>(), expected, "{head}");
    }

    #[test]
    fn the_head_says_where_the_body_ends() {
        let ok = "HTTP/1.1 200 OK";
        let check = |start: &str, fields: &str, words: &str| {
            check(
                &format!("{start}\r\n{fields}"),
                "abc",
                &[&format!("0..3 {words}")],
            );
        };
        check(
            ok,
            "Content-Length: 3",
            "3 bytes of body, as Content-Length says",
        );
        check(
            ok,
            "content-length: 3, 3",
            "3 bytes of body, as Content-Length says",
        );
        check(
            ok,
            "Content-Length: 1234",
            "3 bytes of body, Content-Length says 1,234",
        );
        check(
            ok,
            "Content-Length: 1",
            "1 byte of body, as Content-Length says, and 2 bytes behind it",
        );
        for wrong in [
            "",
            "+3",
            "3, 4",
            "3\r\nContent-Length: 4",
            "99999999999999999999",
        ] {
            let words = "3 bytes of body, Content-Length is not one number";
            check(ok, &format!("Content-Length: {wrong}"), words);
        }
        check(
            ok,
            "A: b",
            "3 bytes of body, which ends where the connection does",
        );
        check(
            "GET / HTTP/1.1",
            "A: b",
            "3 bytes more, but neither Content-Length nor Transfer-Encoding",
        );
        check(
            "HTTP/1.1 304 x",
            "Content-Length: 3",
            "no body goes with 304, but 3 bytes more",
        );
        check(
            ok,
            "Transfer-Encoding: gzip\r\nContent-Length: 3",
            "3 bytes of body, in a Transfer-Encoding without chunks; Content-Length does not count beside it (RFC 9112, 6.3); encoded, so not shown",
        );
    }

    #[test]
    fn json_and_xml_are_shown_with_their_places() {
        let head = |media: &str, len: usize| {
            format!("POST / HTTP/1.1\r\nContent-Type: {media}\r\nContent-Length: {len}")
        };
        check(
            &head("application/problem+JSON; a=b", 7),
            "{\"a\":1}",
            &[
                "0..7 7 bytes of body, as Content-Length says",
                "0..1 {",
                "1..6   \"a\": 1",
                "6..7 }",
            ],
        );
        check(
            &head("text/xml", 7),
            "<a></a>",
            &[
                "0..7 7 bytes of body, as Content-Length says",
                "0..7 <a></a>",
            ],
        );
        let cut = [
            "0..2 2 bytes of body, Content-Length says 9",
            "0..1 [",
            "1..2   1",
        ];
        check(&head("application/json", 9), "[1", &cut);
        check(
            &head("text/plain", 2),
            "[]",
            &["0..2 2 bytes of body, as Content-Length says"],
        );
        let at = head("application/json", 1).len() + "\r\n\r\n".len();
        let wrong = format!("0..1 the body is no JSON: expected a value at byte {at}");
        check(
            &head("application/json", 1),
            "}",
            &["0..1 1 byte of body, as Content-Length says", &wrong],
        );
        check(
            &(head("text/json", 2) + "\r\nContent-Encoding: gzip"),
            "[]",
            &["0..2 2 bytes of body, as Content-Length says; encoded, so not shown"],
        );
    }

    #[test]
    fn chunks_are_put_together() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/json\r\nTransfer-Encoding: chunked";
        let end = head.len() + "\r\n\r\n".len() + 22;
        check(
            head,
            "5\r\n[\"abc\r\n6;x=y\r\n\", 12 \r\n0\r\nT: v\r\n\r\nmore",
            &[
                "0..40 40 bytes of a chunked body: 11 bytes in 2 chunks",
                "3..4 [",
                "4..19   \"abc\",",
                "20..22   12",
                &format!("23..23 ends unfinished at byte {}", end + 1),
                "28..34 T: v",
                "34..36 ",
                "36..40 4 bytes behind the body",
            ],
        );
    }

    #[test]
    fn wrong_chunks_are_told() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked";
        let at = |offset: usize| head.len() + 4 + offset;
        let check = |body: &str, words: &str| {
            check(
                head,
                body,
                &[&format!(
                    "0..{} {} bytes of a chunked body: {words}",
                    body.len(),
                    body.len()
                )],
            );
        };
        check("3\r\nab", "2 bytes in 1 chunk, the last chunk is missing");
        check(
            "3\r\nabc\r",
            "3 bytes in 1 chunk, the last chunk is missing",
        );
        check(
            "3\r\nabc\r\n",
            "3 bytes in 1 chunk, the last chunk is missing",
        );
        check(
            "3\r\nabcd\r\n",
            &format!("3 bytes in 1 chunk, no chunk at byte {}", at(6)),
        );
        check(
            "+3\r\nabc",
            &format!("0 bytes in 0 chunks, no chunk at byte {}", at(0)),
        );
        check(
            "FFFFFFFFFFFFFFFFF\r\n",
            &format!("0 bytes in 0 chunks, no chunk at byte {}", at(0)),
        );
        check(
            "FFFFFFFFFFFFFFFF\r\na",
            "1 byte in 1 chunk, the last chunk is missing",
        );
    }
}
