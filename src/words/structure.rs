//! What a structured view says about a message.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::pretty::{
    BodyLength, ChunksEnd, Expected, HeadFault, JsonError, JsonProblem, Note, PduRole, PrettyError,
    Tag,
};

phrases! {
    /// A message as JSON, XML, HTTP/1 or Modbus TCP.
    Structure {
        not_json(problem: &str) = "Not JSON: {problem}";
        invalid_json(problem: &str) = "Invalid JSON: {problem}";
        json_end(at: usize) = "the message ends within a value, at byte {at}";
        json_control(at: usize) = "unescaped control character in a string at byte {at}";
        json_escape(at: usize) = "unknown escape in a string at byte {at}";
        json_number(at: usize) = "malformed number at byte {at}";
        json_word(at: usize) = "unknown word at byte {at} (only true, false and null are allowed)";
        json_depth(at: usize, limit: usize) = "more than {limit} levels of nesting at byte {at}";
        expected(at: usize, what: &str) = "expected {what} at byte {at}";
        value = "a value";
        value_or_end = "a value or ]";
        key_or_end = "a key or }";
        key = "a key";
        colon = "a colon";
        comma_or_brace = "a comma or }";
        comma_or_bracket = "a comma or ]";
        not_xml = "Not XML: there is no tag, comment or declaration";
        too_deep(at: usize, limit: usize) = "More than {limit} levels of nesting at byte {at}";
        stray_angle(at: usize) = "The < at byte {at} does not begin a tag";
        unended_tag(at: usize) = "The tag at byte {at} does not end";
        not_closed(name: &str, at: usize) = "<{name}> at byte {at} is not closed";
        not_closed_before(name: &str, at: usize, end: &str, end_at: usize) = "<{name}> at byte {at} is not closed before </{end}> at byte {end_at}";
        closes_nothing(name: &str, at: usize) = "</{name}> at byte {at} closes nothing";
        not_http(at: usize) = "Not HTTP/1: there is no request or status line at byte {at}";
        blank_lines = "Empty lines before the start line";
        unfinished_head = "The head is incomplete: no empty line ends it";
        bare_lf = "Line endings are LF instead of CR LF (RFC 9112, 2.2)";
        folded = "Folded lines, which are obsolete (RFC 9112, 5.2)";
        unnamed = "Lines without a name and a colon (RFC 9112, 5)";
        one_line(what: &str, at: usize) = "{what}: 1 line, at byte {at}";
        lines(what: &str, count: &str, first: usize) = "{what}: {count} lines, the first at byte {first}";
        no_body = "No body";
        no_body_with(code: u16) = "No body, as status {code} requires";
        bytes_without_body(follow: &str, code: u16) = "{follow} more, although status {code} allows no body";
        chunked(follow: &str, bytes: &str, chunks: &str) = "Chunked body of {follow}: {bytes} in {chunks}";
        last_chunk_missing = "the last chunk is missing";
        no_chunk(at: usize) = "no chunk at byte {at}";
        coded(follow: &str) = "Body of {follow}, in a Transfer-Encoding without chunks";
        as_long_as_said(follow: &str) = "Body of {follow}, as Content-Length says";
        shorter_than_said(follow: &str, length: &str) = "Body of {follow}, but Content-Length says {length}";
        longer_than_said(length: &str, more: &str) = "Body of {length}, as Content-Length says, then {more} more";
        bad_length(follow: &str) = "Body of {follow}; Content-Length is not a single number";
        until_close(follow: &str) = "Body of {follow}, which ends with the connection";
        unsaid(follow: &str) = "{follow} more, without Content-Length or Transfer-Encoding";
        ignores_length = "Content-Length is ignored beside Transfer-Encoding (RFC 9112, 6.3)";
        encoded = "encoded, not shown";
        other_body(problem: &str) = "The body is not what Content-Type says. {problem}";
        behind_body(bytes: &str) = "{bytes} after the body";
        no_header(len: usize) = "Not Modbus TCP: a header has 7 bytes, the message has {len}";
        other_protocol(protocol: u16) = "Not Modbus TCP: the protocol at byte 2 is {protocol}, not 0";
        message(number: u64, at: usize) = "Message {number}, at byte {at}";
        no_message(at: usize) = "No Modbus TCP header at byte {at}";
        wrong_length(least: usize, most: usize) = "The length must be {least} to {most}";
        missing(bytes: &str) = "{bytes} missing";
        no_function = "No function code";
        exception = "exception";
        request = "Request";
        response = "Response";
        either = "Request or response: they are alike";
        request_of_both = "Request or response: both fit, shown as a request";
        neither = "Fits neither a request nor a response";
        odd(role: &str) = "{role}; a value is not allowed";
        on = "on";
        off = "off";
        neither_on_nor_off = "neither on (0xFF00) nor off (0x0000)";
        all_off = "all off";
        bits_on(places: &str) = "on: {places}";
        more(bytes: &str) = "… {bytes} more";
        byte_order_mark = "Byte order mark";
    }
}

impl InWords for PrettyError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.structure;
        match *self {
            Self::Json(error) => words.not_json(&json(error, words)),
            Self::NoTag => words.not_xml.to_owned(),
            Self::NoStartLine(at) => words.not_http(at),
            Self::NoHeader(len) => words.no_header(len),
            Self::OtherProtocol(protocol) => words.other_protocol(protocol),
        }
    }
}

impl InWords for Note {
    fn in_words(&self, language: &Language) -> String {
        let (words, bytes) = (&language.structure, |count| language.counts.bytes(count));
        let fixed = match self {
            Self::ByteOrderMark => words.byte_order_mark,
            Self::BlankLines => words.blank_lines,
            Self::UnfinishedHead => words.unfinished_head,
            Self::NoFunction => words.no_function,
            Self::Exception => words.exception,
            Self::On => words.on,
            Self::Off => words.off,
            Self::NeitherOnNorOff => words.neither_on_nor_off,
            Self::BitsOn(places) if places.is_empty() => words.all_off,
            Self::Json(error) => return words.invalid_json(&json(*error, words)),
            Self::TooDeep { limit, at } => return words.too_deep(*at, *limit),
            Self::StrayAngle(at) => return words.stray_angle(*at),
            Self::UnendedTag(at) => return words.unended_tag(*at),
            Self::NotClosed(Tag { name, at }) => return words.not_closed(name, *at),
            Self::NotClosedBefore { start, end } => {
                return words.not_closed_before(&start.name, start.at, &end.name, end.at);
            }
            Self::ClosesNothing(Tag { name, at }) => return words.closes_nothing(name, *at),
            Self::OddLines {
                fault,
                count,
                first,
            } => {
                return odd_lines(*fault, *count, *first, language);
            }
            Self::Body {
                length,
                rest,
                ignores_length,
                is_encoded,
            } => {
                let mut parts = vec![body(*length, *rest, language)];
                parts.extend(ignores_length.then(|| words.ignores_length.to_owned()));
                parts.extend(is_encoded.then(|| words.encoded.to_owned()));
                return parts.join("; ");
            }
            Self::OtherBody(error) => return words.other_body(&error.in_words(language)),
            Self::BehindBody(count) => return words.behind_body(&bytes(*count)),
            Self::Message { number, at } => return words.message(*number, *at),
            Self::NoMessage(at) => return words.no_message(*at),
            Self::WrongLength { least, most } => return words.wrong_length(*least, *most),
            Self::Missing(count) => return words.missing(&bytes(*count)),
            Self::More(count) => return words.more(&bytes(*count)),
            Self::BitsOn(places) => return words.bits_on(places),
            Self::Pdu { role, is_odd } => {
                let role = match role {
                    PduRole::Request => words.request,
                    PduRole::Response => words.response,
                    PduRole::Either => words.either,
                    PduRole::RequestOfBoth => words.request_of_both,
                    PduRole::Neither => words.neither,
                };
                return if *is_odd {
                    words.odd(role)
                } else {
                    role.to_owned()
                };
            }
        };
        fixed.to_owned()
    }
}

fn json(error: JsonError, words: &Structure) -> String {
    let JsonError { at, problem } = error;
    let expected = match problem {
        JsonProblem::Unfinished => return words.json_end(at),
        JsonProblem::Control => return words.json_control(at),
        JsonProblem::Escape => return words.json_escape(at),
        JsonProblem::Number => return words.json_number(at),
        JsonProblem::Word => return words.json_word(at),
        JsonProblem::Depth(limit) => return words.json_depth(at, limit),
        JsonProblem::Expected(expected) => expected,
    };
    let what = match expected {
        Expected::Value => words.value,
        Expected::ValueOrEnd => words.value_or_end,
        Expected::KeyOrEnd => words.key_or_end,
        Expected::Key => words.key,
        Expected::Colon => words.colon,
        Expected::CommaOrBrace => words.comma_or_brace,
        Expected::CommaOrBracket => words.comma_or_bracket,
    };
    words.expected(at, what)
}

fn odd_lines(fault: HeadFault, count: u64, first: usize, language: &Language) -> String {
    let words = &language.structure;
    let what = match fault {
        HeadFault::BareLf => words.bare_lf,
        HeadFault::Folded => words.folded,
        HeadFault::Unnamed => words.unnamed,
    };
    match count {
        1 => words.one_line(what, first),
        _ => words.lines(what, &language.numbers.grouped(count), first),
    }
}

/// Returns what the head says about the body, and the `rest` bytes behind it.
fn body(length: BodyLength, rest: u64, language: &Language) -> String {
    let (words, counts) = (&language.structure, &language.counts);
    let follow = counts.bytes(rest);
    match length {
        BodyLength::NoBody(code) if rest == 0 => words.no_body_with(code),
        BodyLength::NoBody(code) => words.bytes_without_body(&follow, code),
        BodyLength::Chunked {
            chunks, bytes, end, ..
        } => {
            let chunked = words.chunked(&follow, &counts.bytes(bytes), &counts.chunks(chunks));
            match end {
                ChunksEnd::Last(_) => chunked,
                ChunksEnd::Cut => format!("{chunked}; {}", words.last_chunk_missing),
                ChunksEnd::Wrong(at) => format!("{chunked}; {}", words.no_chunk(at)),
            }
        }
        BodyLength::Coded => words.coded(&follow),
        BodyLength::Length(len) if len == rest => words.as_long_as_said(&follow),
        BodyLength::Length(len) if len > rest => {
            words.shorter_than_said(&follow, &language.numbers.grouped(len))
        }
        BodyLength::Length(len) => {
            words.longer_than_said(&counts.bytes(len), &counts.bytes(rest - len))
        }
        BodyLength::BadLength => words.bad_length(&follow),
        BodyLength::Close => words.until_close(&follow),
        BodyLength::Unsaid if rest == 0 => words.no_body.to_owned(),
        BodyLength::Unsaid => words.unsaid(&follow),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;
    use crate::payload::pretty::Pretty;

    #[test]
    fn what_cannot_be_read_says_so_once() {
        let check = |pretty: Pretty, bytes: &[u8], expected: &str| {
            let error = pretty.render(bytes).unwrap_err();
            assert_eq!(error.in_words(&ENGLISH), expected);
        };
        check(Pretty::Json, b"}", "Not JSON: expected a value at byte 0");
        check(
            Pretty::Xml,
            b"a",
            "Not XML: there is no tag, comment or declaration",
        );
        check(
            Pretty::Http,
            b"\r\na",
            "Not HTTP/1: there is no request or status line at byte 2",
        );
        check(
            Pretty::Modbus,
            b"a",
            "Not Modbus TCP: a header has 7 bytes, the message has 1",
        );
        let head = "POST / HTTP/1.1\r\nContent-Type: a/json\r\nContent-Length: 1\r\n\r\n";
        let lines = Pretty::Http.render(format!("{head}}}").as_bytes()).unwrap();
        let note = lines.last().and_then(|line| line.note.as_ref()).unwrap();
        let expected =
            "The body is not what Content-Type says. Not JSON: expected a value at byte 60";
        assert_eq!(note.in_words(&ENGLISH), expected);
    }

    #[test]
    fn notes_are_sentences() {
        let check = |note: Note, expected: &str| assert_eq!(note.in_words(&ENGLISH), expected);
        let error = |problem| Note::Json(JsonError { at: 7, problem });
        check(
            error(JsonProblem::Unfinished),
            "Invalid JSON: the message ends within a value, at byte 7",
        );
        let expected = JsonProblem::Expected(Expected::CommaOrBrace);
        check(
            error(expected),
            "Invalid JSON: expected a comma or } at byte 7",
        );
        let tag = |name: &str, at| Tag {
            name: name.to_owned(),
            at,
        };
        check(
            Note::NotClosedBefore {
                start: tag("b", 3),
                end: tag("a", 7),
            },
            "<b> at byte 3 is not closed before </a> at byte 7",
        );
        let odd = |count| Note::OddLines {
            fault: HeadFault::Folded,
            count,
            first: 21,
        };
        check(
            odd(1),
            "Folded lines, which are obsolete (RFC 9112, 5.2): 1 line, at byte 21",
        );
        check(
            odd(1_234),
            "Folded lines, which are obsolete (RFC 9112, 5.2): 1,234 lines, the first at byte 21",
        );
        let read = |is_odd| Note::Pdu {
            role: PduRole::Response,
            is_odd,
        };
        check(read(false), "Response");
        check(read(true), "Response; a value is not allowed");
        check(Note::BitsOn(String::new()), "all off");
        check(Note::BitsOn("19 21".to_owned()), "on: 19 21");
    }

    #[test]
    fn a_body_says_how_long_it_is_and_why() {
        let check = |length, rest, expected: &str| {
            let note = Note::Body {
                length,
                rest,
                ignores_length: false,
                is_encoded: false,
            };
            assert_eq!(note.in_words(&ENGLISH), expected);
        };
        check(
            BodyLength::Length(3),
            3,
            "Body of 3 bytes, as Content-Length says",
        );
        check(
            BodyLength::Length(1_234),
            3,
            "Body of 3 bytes, but Content-Length says 1,234",
        );
        check(
            BodyLength::Length(1),
            3,
            "Body of 1 byte, as Content-Length says, then 2 bytes more",
        );
        check(
            BodyLength::BadLength,
            3,
            "Body of 3 bytes; Content-Length is not a single number",
        );
        check(
            BodyLength::Close,
            3,
            "Body of 3 bytes, which ends with the connection",
        );
        check(BodyLength::Unsaid, 0, "No body");
        check(
            BodyLength::Unsaid,
            3,
            "3 bytes more, without Content-Length or Transfer-Encoding",
        );
        check(
            BodyLength::NoBody(204),
            0,
            "No body, as status 204 requires",
        );
        check(
            BodyLength::NoBody(304),
            3,
            "3 bytes more, although status 304 allows no body",
        );
        let chunked = |chunks, bytes, end| BodyLength::Chunked {
            is_coded: false,
            chunks,
            bytes,
            end,
        };
        let whole = chunked(2, 11, ChunksEnd::Last(90));
        check(whole, 40, "Chunked body of 40 bytes: 11 bytes in 2 chunks");
        let wrong = chunked(1, 3, ChunksEnd::Wrong(6));
        check(
            wrong,
            9,
            "Chunked body of 9 bytes: 3 bytes in 1 chunk; no chunk at byte 6",
        );
        let note = Note::Body {
            length: BodyLength::Coded,
            rest: 3,
            ignores_length: true,
            is_encoded: true,
        };
        let expected = "Body of 3 bytes, in a Transfer-Encoding without chunks; \
                        Content-Length is ignored beside Transfer-Encoding (RFC 9112, 6.3); encoded, not shown";
        assert_eq!(note.in_words(&ENGLISH), expected);
    }
}
