//! The body after the head of an HTTP/1 message: how long it should be (RFC 9112, 6), and its JSON or XML.

use std::ops::Range;

use super::fields::{HeaderFields, number_of};
use super::page::{Origin, PrettyPage};
use super::text_line::TextLine;
use super::{BodyLength, ChunksEnd, Note, Pretty};

/// Draws what is known of the body that begins at `start`, after a head with these fields. A request has no `code`.
pub(super) fn draw(
    page: &mut PrettyPage<'_>,
    code: Option<u16>,
    fields: &HeaderFields,
    start: usize,
) {
    let bytes = page.bytes;
    let rest = page.message_len.saturating_sub(start);
    let (length, body) = read(page, code, fields, start);
    let (is_transfer, is_coded) = match length {
        BodyLength::Coded => (true, true),
        BodyLength::Chunked { is_coded, .. } => (true, is_coded),
        _ => (false, false),
    };
    let is_encoded = is_coded || is_encoded(bytes, fields);
    let has_length = !fields.values(bytes, "content-length").is_empty();
    let note = Note::Body {
        length,
        rest: rest as u64,
        ignores_length: is_transfer && has_length,
        is_encoded: is_encoded && rest > 0,
    };
    page.note(note, start..start + rest);
    if let Some(view) = view_of(bytes, fields).filter(|_| !is_encoded) {
        body.draw(page, view);
    }
    if let BodyLength::Chunked {
        end: ChunksEnd::Last(at),
        ..
    } = length
    {
        let end = HeaderFields::default().draw(page, at);
        let behind = end.map_or(0, |end| page.message_len.saturating_sub(end));
        if let Some(end) = end.filter(|_| behind > 0) {
            page.note(Note::BehindBody(behind as u64), end..end + behind);
        }
    }
}

/// Determines where the body ends (RFC 9112, 6.3), and reads it from `start` on.
fn read(
    page: &PrettyPage<'_>,
    code: Option<u16>,
    fields: &HeaderFields,
    start: usize,
) -> (BodyLength, Body) {
    let bytes = page.bytes;
    let of = |len: usize, is_cut| Body::of(bytes, start..start + len, is_cut);
    if let Some(code @ (100..=199 | 204 | 304)) = code {
        return (BodyLength::NoBody(code), of(0, false));
    }
    let codings = list(&fields.values(bytes, "transfer-encoding"));
    match codings.last() {
        Some(last) if last.eq_ignore_ascii_case(b"chunked") => {
            return Body::of_chunks(bytes, start, codings.len() > 1);
        }
        Some(_) => return (BodyLength::Coded, of(0, false)),
        None => {}
    }
    let rest = bytes.len().saturating_sub(start);
    let values = fields.values(bytes, "content-length");
    match code {
        _ if !values.is_empty() => {}
        Some(_) => return (BodyLength::Close, of(rest, page.is_cut)),
        None => return (BodyLength::Unsaid, of(rest, page.is_cut)),
    }
    let mut lengths = list(&values);
    lengths.dedup();
    let only = <[_; 1]>::try_from(lengths).ok();
    match only.and_then(|[length]| number_of(length)) {
        Some(len) => {
            let most = usize::try_from(len).unwrap_or(usize::MAX);
            (BodyLength::Length(len), of(most.min(rest), most > rest))
        }
        None => (BodyLength::BadLength, of(0, false)),
    }
}

/// Returns the members of a list field (RFC 9110, 5.6.1).
fn list<'a>(values: &[&'a [u8]]) -> Vec<&'a [u8]> {
    let members = values
        .iter()
        .flat_map(|value| value.split(|&byte| byte == b','));
    let members = members.map(<[u8]>::trim_ascii);
    members.filter(|member| !member.is_empty()).collect()
}

/// Returns whether the content is encoded: compressed, in most cases (RFC 9110, 8.4).
fn is_encoded(bytes: &[u8], fields: &HeaderFields) -> bool {
    let codings = fields.values(bytes, "content-encoding");
    let is_coding = |coding: &&[u8]| !coding.eq_ignore_ascii_case(b"identity");
    list(&codings).iter().any(is_coding)
}

/// Returns the view for the media type.
fn view_of(bytes: &[u8], fields: &HeaderFields) -> Option<Pretty> {
    let values = fields.values(bytes, "content-type");
    let media = values.first()?.split(|&byte| byte == b';').next()?;
    let media = media.trim_ascii().to_ascii_lowercase();
    let is_one = |endings: &[&str]| endings.iter().any(|end| media.ends_with(end.as_bytes()));
    // The suffix names the syntax (RFC 6839, 3.1, and RFC 7303).
    if is_one(&["/json", "+json", "/x-ndjson", "/ndjson", "/jsonl"]) {
        return Some(Pretty::Json);
    }
    is_one(&["/xml", "+xml"]).then_some(Pretty::Xml)
}

/// A body with its transfer coding removed.
struct Body {
    data: Vec<u8>,
    origin: Origin,
    is_cut: bool,
}

impl Body {
    fn of(bytes: &[u8], range: Range<usize>, is_cut: bool) -> Self {
        let mut origin = Origin::default();
        origin.push(0, range.start);
        Self {
            data: bytes.get(range).unwrap_or_default().to_vec(),
            origin,
            is_cut,
        }
    }

    /// Reads chunks (RFC 9112, 7.1).
    fn of_chunks(bytes: &[u8], start: usize, is_coded: bool) -> (BodyLength, Self) {
        let mut body = Self::of(bytes, start..start, true);
        let mut at = start;
        let mut chunks = 0;
        let end = loop {
            let line = TextLine::at(bytes, at);
            if !line.is_ended() {
                break ChunksEnd::Cut;
            }
            let Some(size) = chunk_size(bytes.get(line.text).unwrap_or_default()) else {
                break ChunksEnd::Wrong(at);
            };
            if size == 0 {
                break ChunksEnd::Last(line.end);
            }
            let rest = bytes.get(line.end..).unwrap_or_default();
            let chunk = rest.get(..size).unwrap_or(rest);
            body.origin.push(body.data.len(), line.end);
            body.data.extend_from_slice(chunk);
            chunks += 1;
            let ending = TextLine::at(bytes, line.end + chunk.len());
            if !ending.is_ended() && ending.text.len() < 2 {
                break ChunksEnd::Cut;
            }
            if !ending.text.is_empty() {
                break ChunksEnd::Wrong(ending.text.start);
            }
            at = ending.end;
        };
        body.is_cut = end == ChunksEnd::Cut;
        let length = BodyLength::Chunked {
            is_coded,
            chunks,
            bytes: body.data.len() as u64,
            end,
        };
        (length, body)
    }

    fn draw(&self, page: &mut PrettyPage<'_>, view: Pretty) {
        if self.data.is_empty() {
            return;
        }
        let about = self.origin.range(0..self.data.len());
        let mut part = PrettyPage::part(&self.data, self.is_cut, self.origin.clone());
        match view.draw(&mut part) {
            Ok(()) => page.append(part.finish()),
            Err(error) => page.note(Note::OtherBody(error), about),
        }
    }
}

/// Returns the size in the first line of a chunk, which extensions may follow.
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let text = std::str::from_utf8(digits).ok()?;
    // `from_str_radix` allows a sign.
    let size = usize::from_str_radix(text, 16).ok();
    size.filter(|_| !text.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown_line;
    use super::super::{ExpectedJson, JsonError, JsonProblem, PrettyError};
    use super::*;

    /// Checks the note about the body and the lines after it, whose positions count from the body.
    fn check(head: &str, body: &str, note: &Note, expected: &[&str]) {
        let head = format!("{head}\r\n\r\n");
        let message = head.clone() + body;
        let mut lines = Pretty::Http.render(message.as_bytes()).unwrap();
        lines.retain(|line| line.source.start >= head.len());
        for line in &mut lines {
            line.source = line.source.start - head.len()..line.source.end - head.len();
        }
        let about = lines.remove(0);
        assert_eq!(
            (about.source, about.note.as_ref()),
            (0..body.len(), Some(note)),
            "{head}"
        );
        let lines: Vec<_> = lines.iter().map(shown_line).collect();
        assert_eq!(lines, expected, "{head}");
    }

    fn note(length: BodyLength, rest: u64) -> Note {
        Note::Body {
            length,
            rest,
            ignores_length: false,
            is_encoded: false,
        }
    }

    #[test]
    fn the_head_determines_where_the_body_ends() {
        let ok = "HTTP/1.1 200 OK";
        let check = |start: &str, fields: &str, length| {
            check(
                &format!("{start}\r\n{fields}"),
                "abc",
                &note(length, 3),
                &[],
            );
        };
        check(ok, "Content-Length: 3", BodyLength::Length(3));
        check(ok, "content-length: 3, 3", BodyLength::Length(3));
        check(ok, "Content-Length: 1234", BodyLength::Length(1234));
        check(ok, "Content-Length: 1", BodyLength::Length(1));
        for wrong in [
            "",
            "+3",
            "3, 4",
            "3\r\nContent-Length: 4",
            "99999999999999999999",
        ] {
            check(
                ok,
                &format!("Content-Length: {wrong}"),
                BodyLength::BadLength,
            );
        }
        check(ok, "A: b", BodyLength::Close);
        check("GET / HTTP/1.1", "A: b", BodyLength::Unsaid);
        let code = 304;
        check(
            "HTTP/1.1 304 x",
            "Content-Length: 3",
            BodyLength::NoBody(code),
        );
    }

    #[test]
    fn a_transfer_encoding_overrides_the_length() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 3";
        let note = Note::Body {
            length: BodyLength::Coded,
            rest: 3,
            ignores_length: true,
            is_encoded: true,
        };
        check(head, "abc", &note, &[]);
    }

    #[test]
    fn json_and_xml_bodies_are_shown_with_their_ranges() {
        let head = |media: &str, len: usize| {
            format!("POST / HTTP/1.1\r\nContent-Type: {media}\r\nContent-Length: {len}")
        };
        check(
            &head("application/problem+JSON; a=b", 7),
            "{\"a\":1}",
            &note(BodyLength::Length(7), 7),
            &["0..1 {", "1..6   \"a\": 1", "6..7 }"],
        );
        let seven = note(BodyLength::Length(7), 7);
        check(&head("text/xml", 7), "<a></a>", &seven, &["0..7 <a></a>"]);
        let cut = ["0..1 [", "1..2   1"];
        check(
            &head("application/json", 9),
            "[1",
            &note(BodyLength::Length(9), 2),
            &cut,
        );
        check(
            &head("text/plain", 2),
            "[]",
            &note(BodyLength::Length(2), 2),
            &[],
        );
        let json = head("application/json", 1);
        let wrong = Note::OtherBody(PrettyError::Json(JsonError {
            at: json.len() + "\r\n\r\n".len(),
            problem: JsonProblem::Expected(ExpectedJson::Value),
        }));
        check(
            &json,
            "}",
            &note(BodyLength::Length(1), 1),
            &[&format!("0..1 # {wrong:?}")],
        );
        let encoded = Note::Body {
            length: BodyLength::Length(2),
            rest: 2,
            ignores_length: false,
            is_encoded: true,
        };
        let head = head("text/json", 2) + "\r\nContent-Encoding: gzip";
        check(&head, "[]", &encoded, &[]);
    }

    #[test]
    fn chunks_are_joined() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/json\r\nTransfer-Encoding: chunked";
        let start = head.len() + "\r\n\r\n".len();
        let length = BodyLength::Chunked {
            is_coded: false,
            chunks: 2,
            bytes: 11,
            end: ChunksEnd::Last(start + 28),
        };
        let unfinished = Note::Json(JsonError {
            at: start + 23,
            problem: JsonProblem::Unfinished,
        });
        check(
            head,
            "5\r\n[\"abc\r\n6;x=y\r\n\", 12 \r\n0\r\nT: v\r\n\r\nmore",
            &note(length, 40),
            &[
                "3..4 [",
                "4..19   \"abc\",",
                "20..22   12",
                &format!("23..23 # {unfinished:?}"),
                "28..34 T: v",
                "34..36 ",
                "36..40 # BehindBody(4)",
            ],
        );
    }

    #[test]
    fn invalid_chunks_are_noted() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked";
        let check = |body: &str, chunks, bytes, end| {
            let length = BodyLength::Chunked {
                is_coded: false,
                chunks,
                bytes,
                end,
            };
            check(head, body, &note(length, body.len() as u64), &[]);
        };
        let wrong = |offset: usize| ChunksEnd::Wrong(head.len() + "\r\n\r\n".len() + offset);
        check("3\r\nab", 1, 2, ChunksEnd::Cut);
        check("3\r\nabc\r", 1, 3, ChunksEnd::Cut);
        check("3\r\nabc\r\n", 1, 3, ChunksEnd::Cut);
        check("3\r\nabcd\r\n", 1, 3, wrong(6));
        check("+3\r\nabc", 0, 0, wrong(0));
        check("FFFFFFFFFFFFFFFFF\r\n", 0, 0, wrong(0));
        check("FFFFFFFFFFFFFFFF\r\na", 1, 1, ChunksEnd::Cut);
    }
}
