//! Templates and checks: what their fields mean, and what is wrong with them.

use super::phrases::phrases;
use super::typed::{shown, wrong_at};
use super::{InWords, Language};
use crate::payload::checksum::{Checksum, UnknownChecksum};
use crate::payload::hex;
use crate::payload::template::{
    CheckError, Completed, FieldError, FieldKind, FieldProblem, Mismatch, RenderError,
    RenderProblem, Unchecked, Verdict,
};

phrases! {
    /// Templates.
    Templates {
        counter = "number of messages sent on the connection";
        time = "current time as text";
        unix = "time since 1970";
        random = "random bytes or a random number";
        uuid = "random UUID";
        file = "contents of a file";
        len = "number of bytes after it, or in a range";
        crc = "CRC of all bytes before it, or of a range";
        sum = "sum of the bytes modulo 256";
        xor = "all bytes XORed";
        lrc = "two's complement of the sum";
        fletcher16 = "Fletcher's checksum";
        adler32 = "Adler's checksum";
        internet = "Internet checksum";
        begin = "start of a range";
        end = "end of a range";
        peer = "the peer's address";
        local = "the connection's own address";
        connection = "the connection's number";
        braces = "two opening braces";
        check_value(value: &str) = "123456789 gives {value}";
        alias_check_value(name: &str, value: &str) = "{name}, 123456789 gives {value}";

        open = "'{{' without '}}' (write {{braces}} for two literal braces)";
        empty(fields: &str) = "this field is empty; the fields are {fields}";
        unknown(name: &str, fields: &str) = "there is no field '{name}'; the fields are {fields}";
        word(field: &str, word: &str, usage: &str) = "{field} does not take '{word}': write {usage}";
        missing(field: &str, usage: &str) = "{field} is incomplete: write {usage}";
        no_checksum(name: &str) = "there is no checksum '{name}': use the catalogue name of a CRC, such as CRC-16/MODBUS, or sum, xor, lrc, fletcher16, adler32 or internet";
        similar_checksum(name: &str, similar: &str) = "there is no checksum '{name}'. Did you mean {similar}?";
        time_format(reason: &str) = "the time format is invalid: {reason}";
        no_range(name: &str) = "there is no range '{name}': write {{{{begin {name}}}}} before it and {{{{end {name}}}}} after it";
        two_ranges(name: &str) = "there are two ranges named '{name}'";

        too_wide(value: i128) = "{value} does not fit: use a wider number";
        negative(len: i128) = "the length would be {len}: check adjust";
        outside(from: i64, to: i64, len: &str) = "the range {from}..{to} is not inside the message, which has {len}";
        unstable = "the digits of this length change the length itself: set width=N";
        cycle = "this checksum and another one each cover the other";
        no_digits(problem: &str) = "the range must hold hex digits only: {problem}";
        no_file = "the file has not been read";
        too_long = "the message would be longer than 16 MiB";
    }
}

phrases! {
    /// Checks of frames.
    Checks {
        kind = "A check is a checksum or a length, such as 'crc CRC-16/MODBUS le', 'sum', 'xor HEX over=1..-3 at=-2' or 'len u16be at=4'";
        width = "A length to check needs a width: add u16be or width=N";
        good = "good";
        mismatch(name: &str, found: &str, expected: &str) = "{name} is {found}, expected {expected}";
        too_short(len: &str) = "too short for its check ({len})";
    }
}

impl Language {
    /// Returns what a field of a template stands for.
    fn field_meaning(&self, kind: FieldKind) -> &'static str {
        let words = &self.templates;
        match kind {
            FieldKind::Counter => words.counter,
            FieldKind::Time => words.time,
            FieldKind::Unix => words.unix,
            FieldKind::Random => words.random,
            FieldKind::Uuid => words.uuid,
            FieldKind::File => words.file,
            FieldKind::Len => words.len,
            FieldKind::Crc => words.crc,
            FieldKind::Sum => words.sum,
            FieldKind::Xor => words.xor,
            FieldKind::Lrc => words.lrc,
            FieldKind::Fletcher16 => words.fletcher16,
            FieldKind::Adler32 => words.adler32,
            FieldKind::Internet => words.internet,
            FieldKind::Begin => words.begin,
            FieldKind::End => words.end,
            FieldKind::Peer => words.peer,
            FieldKind::Local => words.local,
            FieldKind::Connection => words.connection,
            FieldKind::Braces => words.braces,
        }
    }
}

impl InWords for Completed {
    /// What it means; of a CRC what it gives for the digits 1 to 9, which catalogues call its check value, behind its
    /// name in the catalogue where that is another one.
    fn in_words(&self, language: &Language) -> String {
        let (name, crc) = match *self {
            Self::Field(kind) => return language.field_meaning(kind).to_owned(),
            Self::Crc(name, crc) => (name, crc),
        };
        let value = check_value(crc);
        match crc.name() {
            same if same == name => language.templates.check_value(&value),
            catalogued => language.templates.alias_check_value(catalogued, &value),
        }
    }
}

fn check_value(crc: Checksum) -> String {
    let digits = 2 * crc.len_bytes();
    format!("{:0digits$X}", crc.of(b"123456789"))
}

impl InWords for FieldError {
    fn in_words(&self, language: &Language) -> String {
        wrong_at(language, &self.position, &self.problem.in_words(language))
    }
}

impl InWords for FieldProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.templates;
        let typed = |text: &str| text.escape_debug().to_string();
        let fields = || {
            let names = FieldKind::ALL.iter().map(|kind| kind.name());
            names.collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Open => words.open.to_owned(),
            Self::Empty => words.empty(&fields()),
            Self::Unknown(name) => words.unknown(&typed(name), &fields()),
            Self::Word { field, word } => words.word(field.name(), &typed(word), field.usage()),
            Self::Missing(field) => words.missing(field.name(), field.usage()),
            Self::Checksum(UnknownChecksum { name, similar }) if similar.is_empty() => {
                words.no_checksum(&typed(name))
            }
            Self::Checksum(UnknownChecksum { name, similar }) => {
                words.similar_checksum(&typed(name), &similar.join(", "))
            }
            Self::Time(reason) => words.time_format(reason),
            Self::Range(name) => words.no_range(&typed(name)),
            Self::TwoRanges(name) => words.two_ranges(&typed(name)),
        }
    }
}

impl InWords for RenderError {
    fn in_words(&self, language: &Language) -> String {
        wrong_at(language, &self.position, &self.problem.in_words(language))
    }
}

impl InWords for RenderProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.templates;
        match self {
            Self::TooWide(value) => words.too_wide(*value),
            Self::Negative(len) => words.negative(*len),
            Self::Range { from, to, len } => {
                words.outside(*from, *to, &language.counts.bytes(*len as u64))
            }
            Self::Unstable => words.unstable.to_owned(),
            Self::Cycle => words.cycle.to_owned(),
            Self::Digits(problem) => words.no_digits(&problem.in_words(language)),
            Self::Time(reason) => words.time_format(reason),
            Self::Encoding {
                encoding,
                character,
            } => language
                .typed
                .unencodable(encoding.name(), &shown(*character)),
            Self::NoFile => words.no_file.to_owned(),
            Self::TooLong => words.too_long.to_owned(),
        }
    }
}

impl InWords for CheckError {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Field { position, problem } => {
                wrong_at(language, position, &problem.in_words(language))
            }
            Self::Kind => language.checks.kind.to_owned(),
            Self::Width => language.checks.width.to_owned(),
        }
    }
}

impl InWords for Verdict {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Good => language.checks.good.to_owned(),
            Self::Bad(Mismatch {
                name,
                found,
                expected,
                ..
            }) => {
                let (found, expected) = (hex::render(found), hex::render(expected));
                language.checks.mismatch(name, &found, &expected)
            }
            Self::Impossible(why) => why.in_words(language),
        }
    }
}

impl InWords for Unchecked {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::TooShort(len) => {
                let len = language.counts.bytes(*len as u64);
                language.checks.too_short(&len)
            }
            Self::Field(problem) => problem.in_words(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::payload::template::{Check, complete};
    use crate::payload::{Draft, Encoding};
    use crate::words::{ENGLISH, InWords as _};

    #[test]
    fn a_field_is_explained_and_a_crc_known_by_its_check_value() {
        let check = |text: &str, expected: &str| {
            let first = complete(text, text.len()).remove(0);
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
            "Column 3: there is no field 'nope'; the fields are counter, time,",
        );
        check(
            "{{uuid 4}}",
            "Column 8: uuid does not take '4': write {{uuid}}",
        );
        check(
            "{{sum x}}",
            "Column 7: sum does not take 'x': write {{sum [le]",
        );
        check(
            "{{file}}",
            "Column 3: file is incomplete: write {{file PATH}}",
        );
        check(
            "{{crc modbus}}",
            "Column 7: there is no checksum 'modbus'. Did you mean CRC-16/MODBUS?",
        );
        check(
            "{{crc md5}}",
            "Column 7: there is no checksum 'md5': use the catalogue name",
        );
        check(
            "{{begin a}}",
            "Column 1: there is no range 'a': write {{begin a}} before it and {{end a}} after it",
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
        check("sum; xor at=z", "Column 10: xor does not take 'at=z'");
        check("len", "A length to check needs a width");
    }
}
