//! What a structured view says about a message.

use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::payload::pretty::{
    BodyLength, ChunksEnd, ExpectedJson, HeadFault, JsonError, JsonProblem, Note, PduRole,
    PrettyError, Tag,
};

phrases! {
    /// A message as JSON, XML, HTTP/1 or Modbus TCP.
    Structure {
        one_line(what: &str, at: usize) = "{what}: 1 line, at byte {at}";
        lines(what: &str, count: &str, first: usize) = "{what}: {count} lines, the first at byte {first}";
        at_byte(problem: &str, at: usize) = "{problem} at byte {at}";
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
    }
}

kinds! {
    /// Why a message has no structure of a kind.
    Misfits for PrettyError as misfits |language| {
        Json(error: &JsonError) = { format!("Not JSON: {}", json(*error, language)) };
        NoTag = "Not XML: there is no tag, comment or declaration";
        NoStartLine(at: &usize) = "Not HTTP/1: there is no request or status line at byte {at}";
        NoHeader(len: &usize) = "Not Modbus TCP: a header has 7 bytes, the message has {len}";
        OtherProtocol(protocol: &u16) = "Not Modbus TCP: the protocol at byte 2 is {protocol}, not 0";
    }

    /// What a structured view says about a part of a message.
    Notes for Note as notes_of_structure |language| {
        More(count: &u64) = { format!("… {} more", language.counts.bytes(*count)) };
        ByteOrderMark = "Byte order mark";
        Json(error: &JsonError) = { format!("Invalid JSON: {}", json(*error, language)) };
        TooDeep { limit: &usize, at: &usize } = "More than {limit} levels of nesting at byte {at}";
        StrayAngle(at: &usize) = "The < at byte {at} does not begin a tag";
        UnendedTag(at: &usize) = "The tag at byte {at} does not end";
        NotClosed(tag: &Tag) = { format!("<{}> at byte {} is not closed", tag.name, tag.at) };
        NotClosedBefore { start: &Tag, end: &Tag } = { format!("<{}> at byte {} is not closed before </{}> at byte {}", start.name, start.at, end.name, end.at) };
        ClosesNothing(tag: &Tag) = { format!("</{}> at byte {} closes nothing", tag.name, tag.at) };
        BlankLines = "Empty lines before the start line";
        UnfinishedHead = "The head is incomplete: no empty line ends it";
        OddLines { fault: &HeadFault, count: &u64, first: &usize } = { odd_lines(*fault, *count, *first, language) };
        Body { length: &BodyLength, rest: &u64, ignores_length: &bool, is_encoded: &bool } = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error: &PrettyError) = { format!("The body is not what Content-Type says. {}", error.in_words(language)) };
        BehindBody(count: &u64) = { format!("{} after the body", language.counts.bytes(*count)) };
        Message { number: &u64, at: &usize } = "Message {number}, at byte {at}";
        NoMessage(at: &usize) = "No Modbus TCP header at byte {at}";
        WrongLength { least: &usize, most: &usize } = "The length must be {least} to {most}";
        Missing(count: &u64) = { format!("{} missing", language.counts.bytes(*count)) };
        NoFunction = "No function code";
        Exception = "exception";
        Pdu { role: &PduRole, is_odd: &bool } = { format!("{}{}", role.in_words(language), if *is_odd { "; a value is not allowed" } else { "" }) };
        On = "on";
        Off = "off";
        NeitherOnNorOff = "neither on (0xFF00) nor off (0x0000)";
        BitsOn(places: &str) = { if places.is_empty() { "all off".to_owned() } else { format!("on: {places}") } };
    }

    /// What is wrong with JSON.
    Json for JsonProblem as json |language| {
        Expected(expected: &ExpectedJson) = { format!("expected {}", expected.in_words(language)) };
        Unfinished = "the message ends within a value,";
        Control = "unescaped control character in a string";
        Escape = "unknown escape in a string";
        Number = "malformed number";
        Word = "unknown word (only true, false and null are allowed)";
        Depth(limit: &usize) = "more than {limit} levels of nesting";
    }

    /// What should stand in JSON.
    JsonTokens for ExpectedJson as json_tokens |language| {
        Value = "a value";
        ValueOrEnd = "a value or ]";
        KeyOrEnd = "a key or }";
        Key = "a key";
        Colon = "a colon";
        CommaOrBrace = "a comma or }";
        CommaOrBracket = "a comma or ]";
    }

    /// What is wrong with lines of a head.
    HeadLines for HeadFault as head_lines |language| {
        BareLf = "Line endings are LF instead of CR LF (RFC 9112, 2.2)";
        Folded = "Folded lines, which are obsolete (RFC 9112, 5.2)";
        Unnamed = "Lines without a name and a colon (RFC 9112, 5)";
    }

    /// What a Modbus message can be.
    PduRoles for PduRole as pdu_roles |language| {
        Request = "Request";
        Response = "Response";
        Either = "Request or response: they are alike";
        RequestOfBoth = "Request or response: both fit, shown as a request";
        Neither = "Fits neither a request nor a response";
    }
}

fn json(error: JsonError, language: &Language) -> String {
    let problem = error.problem.in_words(language);
    language.structure.at_byte(&problem, error.at)
}

fn odd_lines(fault: HeadFault, count: u64, first: usize, language: &Language) -> String {
    let (what, words) = (fault.in_words(language), &language.structure);
    match count {
        1 => words.one_line(&what, first),
        _ => words.lines(&what, &language.numbers.grouped(count), first),
    }
}

fn whole_body(
    length: BodyLength,
    rest: u64,
    ignores_length: bool,
    is_encoded: bool,
    language: &Language,
) -> String {
    let words = &language.structure;
    let mut parts = vec![body(length, rest, language)];
    parts.extend(ignores_length.then(|| words.ignores_length.to_owned()));
    parts.extend(is_encoded.then(|| words.encoded.to_owned()));
    parts.join(language.common.semicolon)
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
        let expected = JsonProblem::Expected(ExpectedJson::CommaOrBrace);
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
