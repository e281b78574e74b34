//! Templates and checks: what their fields mean, and what is wrong with them.

use super::kinds::kinds;
use super::phrases::phrases;
use super::typed::{reason, wrong_at};
use super::{InWords, Language};
use crate::payload::checksum::UnknownChecksum;
use crate::payload::groups::RegexProblem;
use crate::payload::template::{
    CheckError, Completed, FieldKind, Mismatch, Names, RenderProblem, RequestProblem,
    TemplateProblem, Unchecked, Verdict,
};
use crate::payload::{Encoding, HexProblem, Position, escape, hex};

phrases! {
    /// Templates.
    Templates {
        check_value(value: &str) = "123456789 gives {value}";
        alias_check_value(name: &str, value: &str) = "{name}, 123456789 gives {value}";
        no_checksum(name: &str) = "there is no checksum {name:?}: use the catalogue name of a CRC, such as CRC-16/MODBUS, or sum, xor, lrc, fletcher16, adler32 or internet";
        piece = "piece of the request";
        similar_checksum(name: &str, similar: &str) = "there is no checksum {name:?}. Did you mean {similar}?";
    }
}

kinds! {
    /// What the fields of templates stand for.
    Meanings for FieldKind as meanings |language| {
        Counter = "number of messages sent on the connection";
        Time = "current time as text";
        Unix = "time since 1970";
        Random = "random bytes or a random number";
        Uuid = "random UUID";
        File = "contents of a file";
        Len = "number of bytes after it, or in a range";
        Crc = "CRC of all bytes before it, or of a range";
        Sum = "sum of the bytes modulo 256";
        Xor = "all bytes XORed";
        Lrc = "two's complement of the sum";
        Fletcher16 = "Fletcher's checksum";
        Adler32 = "Adler's checksum";
        Internet = "Internet checksum";
        Sha1 = "SHA-1 of all bytes before it, or of a range";
        Base64 = "all bytes before it, or a range, in Base64";
        Begin = "start of a range; hidden: it is not sent";
        End = "end of a range";
        Peer = "the peer's address";
        Local = "the connection's own address";
        Connection = "the connection's number";
        Request = "what is answered, or a part of it; in replies only";
        Memory = "what the endpoint remembers";
        Times = "number of times that the rule has applied";
        Upper = "the request or a piece in upper case";
        Lower = "the request or a piece in lower case";
        Number = "a number computed from a piece";
        Unmask = "a piece XORed with another one, as WebSocket masks";
        Braces = "two opening braces";
    }

    /// What is wrong with a field of a template.
    TemplateFields for TemplateProblem as template_fields |language| {
        Open = "'{{' without '}}' (write {{braces}} for two literal braces)";
        Empty = "this field is empty; write counter, time, uuid or another field";
        Unknown(name: &str) = { format!("there is no field {name:?}; the fields are {}", fields()) };
        UnknownInRule { name: &str, pieces: &Names } = { unknown_in_rule(name, pieces) };
        Piece(name: &str) = "no condition of the rule finds a piece {name:?} in the request";
        AfterPiece(word: &str) = "nothing can follow the name of a piece: remove {word:?}";
        OnlyInRules(field: &FieldKind) = { format!("{} can be used only in the rules of an endpoint", field.name()) };
        Word { field: &FieldKind, word: &str } = { format!("{} does not take {word:?}: write {}", field.name(), field.usage()) };
        Missing(field: &FieldKind) = { format!("{} is incomplete: write {}", field.name(), field.usage()) };
        Checksum(unknown: &UnknownChecksum) = { no_checksum(language, unknown) };
        Time(reason: &str) = "the time format is invalid: {reason}";
        Range(name: &str) = "there is no range {name:?}: write {{{{begin {name}}}}} before it and {{{{end {name}}}}} after it";
        TwoRanges(name: &str) = "there are two ranges named {name:?}";
        HalfHidden(name: &str) = "the range {name:?} has one end in a hidden range and one outside";
        Regex(problem: &RegexProblem) = { problem.in_words(language) };
    }

    /// What is wrong with a regular expression over requests.
    Regexes for RegexProblem as regexes |language| {
        Invalid(error: &regex_syntax::Error) = { format!("the regular expression is invalid: {}", reason(error)) };
        TooLarge = "the regular expression is too complex: shorten it, or repeat less in it";
        Name(name: &str) = "a group cannot be named {name:?}: use letters, digits and _, beginning with a letter";
    }

    /// Why a request does not have what a template takes from it.
    Requests for RequestProblem as requests |language| {
        Range { from: &i64, to: &i64, len: &usize } = { format!("the range {from}..{to} is not inside the request, which has {}", language.counts.bytes(*len as u64)) };
        NoHeader(name: &str) = "the request has no field {name:?}";
        NoMatch = "the regular expression does not match the request";
    }

    /// Why a field has no bytes when a template is sent.
    Renders for RenderProblem as renders |language| {
        TooWide(value: &i128) = "{value} does not fit: use a wider number";
        Negative(len: &i128) = "the length would be {len}: check adjust";
        Range { from: &i64, to: &i64, len: &usize } = { format!("the range {from}..{to} is not inside the message, which has {}", language.counts.bytes(*len as u64)) };
        Unstable = "the digits of this length change the length itself: set width=N";
        Cycle = "this field and another one each cover the other";
        Digits(problem: &HexProblem) = { format!("the range must hold hex digits only: {}", problem.in_words(language)) };
        Time(reason: &str) = "the time format is invalid: {reason}";
        Encoding { encoding: &Encoding, character: &char } = { language.typed.unencodable(*encoding, *character) };
        NoFile = "the file has not been read";
        TooLong = "the message would be longer than 16 MiB";
        NoRequest = "{{request}} can be used only in replies: remove it, or make this an endpoint's reply";
        Request(problem: &RequestProblem) = { problem.in_words(language) };
        NoPiece(name: &str) = "the request has no piece {name:?}";
        NoMemory = "{{memory}} can be used only in the rules of an endpoint";
        Place = "a number of this field is below zero or too large, or the request does not have its piece";
        NotRemembered(key: &Vec<u8>) = { format!("nothing is remembered as \"{}\"", escape::render(key)) };
        BeyondMemory { from: &usize, len: &Option<usize>, remembered: &usize } = { beyond(language, *from, *len, *remembered) };
        NoKey = "the piece to unmask with is empty";
        NoIp = "a Unix socket has no IP address and no port: leave out ip or port";
    }

    /// What is wrong with a check.
    Checks for CheckError as checks |language| {
        Field { position: &Position, problem: &TemplateProblem } = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "A check is a checksum or a length, such as 'crc CRC-16/MODBUS le', 'sum', 'xor HEX over=1..-3 at=-2' or 'len u16be at=4'";
        Width = "A length to check needs a width: add u16be or width=N";
    }

    /// What a check says of a frame.
    Verdicts for Verdict as verdicts |language| {
        Good = "good";
        Bad(wrong: &Mismatch) = { format!("{} is {}, expected {}", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why: &Unchecked) = { why.in_words(language) };
    }

    /// Why a frame cannot be checked.
    Obstacles for Unchecked as obstacles |language| {
        TooShort(len: &usize) = { format!("too short for its check ({})", language.counts.bytes(*len as u64)) };
        Field(problem: &RenderProblem) = { problem.in_words(language) };
    }
}

/// Returns the names of all fields outside of rules.
fn fields() -> String {
    let kinds = FieldKind::ALL
        .iter()
        .filter(|kind| !kind.is_only_in_rules());
    let names: Vec<_> = kinds.map(|kind| kind.name()).collect();
    names.join(", ")
}

fn unknown_in_rule(name: &str, pieces: &Names) -> String {
    let fields: Vec<_> = FieldKind::ALL.iter().map(|kind| kind.name()).collect();
    let fields = fields.join(", ");
    let pieces: Vec<_> = pieces.iter().map(|piece| &**piece).collect();
    let pieces = match pieces[..] {
        [] => "the conditions of the rule find none".to_owned(),
        _ => format!("the pieces are {}", pieces.join(", ")),
    };
    format!("there is no piece and no field {name:?}; {pieces}, and the fields are {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!("the place is {len} from byte {from} on, and {remembered} are remembered")
        }
        None => format!("the place begins at byte {from}, and {remembered} are remembered"),
    }
}

fn no_checksum(language: &Language, unknown: &UnknownChecksum) -> String {
    match unknown.similar.as_slice() {
        [] => language.templates.no_checksum(&unknown.name),
        similar => language
            .templates
            .similar_checksum(&unknown.name, &similar.join(language.common.comma)),
    }
}

impl InWords for Completed {
    /// What it means; of a CRC what it gives for the digits 1 to 9, which catalogues call its check value, behind its
    /// name in the catalogue where that is another one.
    fn in_words(&self, language: &Language) -> String {
        let (name, crc) = match self {
            Self::Field(kind) => return kind.in_words(language),
            Self::Crc(name, crc) => (*name, crc),
            Self::Piece(_) => return language.templates.piece.to_owned(),
        };
        let digits = 2 * crc.len_bytes();
        let value = format!("{:0digits$X}", crc.of(b"123456789"));
        match crc.name() {
            same if same == name => language.templates.check_value(&value),
            catalogued => language.templates.alias_check_value(catalogued, &value),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::payload::template::{Check, Names, RenderProblem, complete};
    use crate::payload::{Draft, Encoding};
    use crate::words::{ENGLISH, InWords as _};

    #[test]
    fn a_field_is_explained_and_a_crc_known_by_its_check_value() {
        let check = |text: &str, expected: &str| {
            let first = complete(text, text.len(), &Names::none()).remove(0);
            assert_eq!(first.what.in_words(&ENGLISH), expected);
        };
        check("{{uu", "random UUID");
        check("{{crc 16/mod", "123456789 gives 4B37");
        check("{{crc crc32", "CRC-32/ISO-HDLC, 123456789 gives CBF43926");
    }

    #[test]
    fn a_wrong_field_says_where_and_how_it_is_written() {
        let check = |text: &str, expected: &str| {
            let draft = Draft {
                text: text.to_owned(),
                template: true,
                ..Draft::default()
            };
            let error = draft.compile(Encoding::UTF_8).unwrap_err();
            let words = error.in_words(&ENGLISH);
            assert!(words.starts_with(expected), "{words}");
        };
        check(
            "a{{b",
            "Column 2: '{{' without '}}' (write {{braces}} for two literal braces)",
        );
        check(
            "{{nope}}",
            "Column 3: there is no field \"nope\"; the fields are counter, time,",
        );
        check(
            "{{uuid 4}}",
            "Column 8: uuid does not take \"4\": write {{uuid}}",
        );
        check(
            "{{times}}",
            "Column 3: times can be used only in the rules of an endpoint",
        );
        check(
            "{{sum x}}",
            "Column 7: sum does not take \"x\": write {{sum [le]",
        );
        check(
            "{{file}}",
            "Column 3: file is incomplete: write {{file PATH}}",
        );
        check(
            "{{crc modbus}}",
            "Column 7: there is no checksum \"modbus\". Did you mean CRC-16/MODBUS?",
        );
        check(
            "{{crc md5}}",
            "Column 7: there is no checksum \"md5\": use the catalogue name",
        );
        check(
            "{{request /(/}}",
            "Column 11: the regular expression is invalid: unclosed group",
        );
        check(
            "{{begin a}}",
            "Column 1: there is no range \"a\": write {{begin a}} before it and {{end a}} after it",
        );
    }

    #[test]
    fn a_field_of_a_rule_says_what_the_rule_lacks() {
        let check = |text: &str, names: &[&str], expected: &str| {
            let draft = Draft {
                text: text.to_owned(),
                template: true,
                ..Draft::default()
            };
            let names: Names = names.iter().copied().collect();
            let error = draft.compile_with(Encoding::UTF_8, &names).unwrap_err();
            let words = error.in_words(&ENGLISH);
            assert!(words.starts_with(expected), "{words}");
        };
        check(
            "{{n}}",
            &["id", "1"],
            "Column 3: there is no piece and no field \"n\"; the pieces are id, 1, and the fields are counter, ",
        );
        check(
            "{{n}}",
            &[],
            "Column 3: there is no piece and no field \"n\"; the conditions of the rule find none, and the fields",
        );
        check(
            "{{memory of=n}}",
            &["id"],
            "Column 10: no condition of the rule finds a piece \"n\" in the request",
        );
        check(
            "{{id hex}}",
            &["id"],
            "Column 6: nothing can follow the name of a piece: remove \"hex\"",
        );
    }

    #[test]
    fn what_is_not_remembered_says_why() {
        let check = |problem: RenderProblem, expected: &str| {
            assert_eq!(problem.in_words(&ENGLISH), expected);
        };
        check(
            RenderProblem::NotRemembered(b"a\0".to_vec()),
            "nothing is remembered as \"a\\0\"",
        );
        let (from, remembered) = (4, 3);
        check(
            RenderProblem::BeyondMemory {
                from,
                len: Some(2),
                remembered,
            },
            "the place is 2 bytes from byte 4 on, and 3 bytes are remembered",
        );
        check(
            RenderProblem::BeyondMemory {
                from,
                len: None,
                remembered,
            },
            "the place begins at byte 4, and 3 bytes are remembered",
        );
    }

    #[test]
    fn a_frame_is_good_or_says_what_is_not() {
        let check = |written: &str, frame: &[u8], expected: &str| {
            let verdict = written.parse::<Check>().unwrap().verify(frame);
            assert_eq!(verdict.in_words(&ENGLISH), expected);
        };
        check("sum", b"\x01\x02\x03", "good");
        check("sum", b"\x01\x02\x04", "sum is 04, expected 03");
        check("sum", b"", "too short for its check (0 bytes)");
        check(
            "sum over=4..",
            b"\x01",
            "the range 4..1 is not inside the message, which has 1 byte",
        );
        check(
            "lrc HEX over=1..-2 decode",
            b":0x\xFFF2",
            "the range must hold hex digits only: '\u{FFFD}' is not a hex digit",
        );
    }

    #[test]
    fn a_wrong_check_says_what_it_takes() {
        let check = |written: &str, expected: &str| {
            let words = written.parse::<Check>().unwrap_err().in_words(&ENGLISH);
            assert!(words.starts_with(expected), "{words}");
        };
        check("uuid", "A check is a checksum or a length, such as");
        check("sum; xor at=z", "Column 10: xor does not take \"at=z\"");
        check("len", "A length to check needs a width");
    }
}
