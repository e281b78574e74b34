//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::paste::PasteKind;
use crate::payload::{
    DraftError, EscapeError, EscapeProblem, HexError, HexProblem, PatternError, Position,
    SPAN_BYTES, UnknownEncoding,
};

phrases! {
    /// Typed text.
    Typed {
        column(column: usize) = "Column {column}";
        line(line: usize, column: usize) = "Line {line}, column {column}";
        wrong_at(place: &str, problem: &str) = "{place}: {problem}";

        escape_unknown(letter: &str) = "unknown escape \\{letter} (use \\n \\r \\t \\0 \\xNN \\u{{…}}, or \\\\ for a backslash)";
        escape_incomplete = "nothing follows this backslash (write \\\\ for a backslash)";
        escape_byte = "\\x needs two hex digits, as in \\x0A";
        escape_unicode = "\\u needs one to six hex digits in braces, as in \\u{65E5}";
        escape_no_character(number: u32) = "\\u{{{number:X}}} is not a character (valid: 0 to 10FFFF, except D800 to DFFF)";

        hex_odd(digit: char) = "'{digit}' is only half a byte: write two hex digits for each byte";
        hex_wrong(character: &str) = "'{character}' is not a hex digit";
        hex_missing = "two hex digits must follow this prefix";

        unencodable(encoding: &str, character: &str) = "{encoding} cannot encode '{character}'";
        no_encoding(name: &str) = "There is no encoding '{name}'. Use UTF-8, ISO-8859-1, windows-1252, GBK, Shift_JIS, EUC-KR, UTF-16LE or another name from the Encoding Standard";
        too_long(len: &str) = "The message has {len}, and at most 16 MiB can be typed. Send longer data from a file";

        pattern_missing = "Nothing to look for: write text:…, regex:…, hex:… or a word";
        pattern_kind(word: &str) = "'{word}:' is not a kind of pattern. Write text:, regex: or hex: before it";
        pattern_too_long(most: &str) = "A pattern can have at most {most}";
        pattern_regex(reason: &str) = "The regular expression is invalid: {reason}";
        pattern_too_large = "The pattern is too complex: shorten it, or repeat less in it";

        paste_xxd = "xxd output";
        paste_hexdump = "hexdump -C output";
        paste_od = "od output";
        paste_tcpdump = "tcpdump output";
        paste_wireshark = "a Wireshark hex dump";
        paste_hex_dump = "a hex dump";
        paste_array = "an array of bytes";
        paste_string = "a string with hex escapes";
        paste_digits = "hex digits";
    }
}

/// Returns a problem behind the place that it is at: `Column 19: '{' is not a hex digit`.
pub(super) fn wrong_at(language: &Language, position: &Position, problem: &str) -> String {
    let typed = &language.typed;
    let place = match position.line {
        1 => typed.column(position.column),
        line => typed.line(line, position.column),
    };
    typed.wrong_at(&place, problem)
}

/// Returns a character as it can be shown in a line of text.
pub(super) fn shown(character: char) -> String {
    character.escape_debug().to_string()
}

impl InWords for EscapeError {
    fn in_words(&self, language: &Language) -> String {
        wrong_at(language, &self.position, &self.problem.in_words(language))
    }
}

impl InWords for EscapeProblem {
    fn in_words(&self, language: &Language) -> String {
        let typed = &language.typed;
        match *self {
            Self::Unknown(letter) => typed.escape_unknown(&shown(letter)),
            Self::Incomplete => typed.escape_incomplete.to_owned(),
            Self::Byte => typed.escape_byte.to_owned(),
            Self::Unicode => typed.escape_unicode.to_owned(),
            Self::NotACharacter(number) => typed.escape_no_character(number),
        }
    }
}

impl InWords for HexError {
    fn in_words(&self, language: &Language) -> String {
        wrong_at(language, &self.position, &self.problem.in_words(language))
    }
}

impl InWords for HexProblem {
    fn in_words(&self, language: &Language) -> String {
        let typed = &language.typed;
        match *self {
            Self::OddDigit(digit) => typed.hex_odd(digit),
            Self::WrongCharacter(character) => typed.hex_wrong(&shown(character)),
            Self::MissingDigits => typed.hex_missing.to_owned(),
        }
    }
}

impl InWords for DraftError {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Escape(error) => error.in_words(language),
            Self::Hex(error) => error.in_words(language),
            Self::Field(error) => error.in_words(language),
            Self::Encoding {
                position,
                encoding,
                character,
            } => {
                let typed = &language.typed;
                let problem = typed.unencodable(encoding.name(), &shown(*character));
                wrong_at(language, position, &problem)
            }
            Self::TooLong { len_bytes } => {
                let len = language.counts.bytes(*len_bytes as u64);
                language.typed.too_long(&len)
            }
        }
    }
}

impl InWords for UnknownEncoding {
    fn in_words(&self, language: &Language) -> String {
        language
            .typed
            .no_encoding(&self.0.escape_debug().to_string())
    }
}

impl InWords for PatternError {
    fn in_words(&self, language: &Language) -> String {
        let typed = &language.typed;
        match self {
            Self::Empty => typed.pattern_missing.to_owned(),
            Self::Kind(word) => typed.pattern_kind(word),
            Self::TooLong => typed.pattern_too_long(&language.counts.bytes(SPAN_BYTES as u64)),
            Self::Escape(error) => error.in_words(language),
            Self::Hex(error) => error.in_words(language),
            Self::Regex(error) => {
                // The parser draws its errors over several lines, the last of which says what is wrong.
                let drawn = error.to_string();
                let last = drawn.lines().last().unwrap_or_default();
                typed.pattern_regex(last.strip_prefix("error: ").unwrap_or(last))
            }
            Self::TooLarge(_) => typed.pattern_too_large.to_owned(),
        }
    }
}

impl InWords for PasteKind {
    fn in_words(&self, language: &Language) -> String {
        let typed = &language.typed;
        let words = match self {
            Self::Xxd => typed.paste_xxd,
            Self::Hexdump => typed.paste_hexdump,
            Self::Od => typed.paste_od,
            Self::Tcpdump => typed.paste_tcpdump,
            Self::Wireshark => typed.paste_wireshark,
            Self::HexDump => typed.paste_hex_dump,
            Self::CArray => typed.paste_array,
            Self::CString => typed.paste_string,
            Self::HexDigits => typed.paste_digits,
        };
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::payload::{Draft, Format, Pattern, hex};
    use crate::words::{ENGLISH, InWords as _};

    #[test]
    fn a_wrong_message_says_where_and_what_in_the_whole_of_it() {
        let check = |text: &str, format: Format, label: &str, expected: &str| {
            let draft = Draft {
                text: text.to_owned(),
                format,
                template: true,
                ..Draft::default()
            };
            let error = draft.compile(label.parse().unwrap()).unwrap_err();
            assert_eq!(error.in_words(&ENGLISH), expected);
            assert!(text.get(error.position().unwrap().range.clone()).is_some());
        };
        check(
            "{{uuid}} 0G",
            Format::Hex,
            "utf-8",
            "Column 11: 'G' is not a hex digit",
        );
        check(
            "{{uuid}}\n\\xZ",
            Format::Text,
            "utf-8",
            "Line 2, column 1: \\x needs two hex digits, as in \\x0A",
        );
        check(
            "{{uuid}} é日",
            Format::Text,
            "latin1",
            "Column 11: windows-1252 cannot encode '日'",
        );
        check(
            r"a\u{65E5}",
            Format::Text,
            "latin1",
            "Column 2: windows-1252 cannot encode '日'",
        );
    }

    #[test]
    fn hex_digits_are_named_where_they_are_wrong() {
        let check = |text: &str, expected: &str| {
            assert_eq!(hex::parse(text).unwrap_err().in_words(&ENGLISH), expected);
        };
        check(
            "0A B 0C",
            "Column 4: 'B' is only half a byte: write two hex digits for each byte",
        );
        check("01\nG", "Line 2, column 1: 'G' is not a hex digit");
        check(r"\n", r"Column 1: '\\' is not a hex digit");
        check("0x", "Column 1: two hex digits must follow this prefix");
    }

    #[test]
    fn a_wrong_pattern_is_explained_in_one_line() {
        let check = |typed: &str, expected: &str| {
            let words = Pattern::parse(typed).unwrap_err().in_words(&ENGLISH);
            assert!(words.contains(expected) && !words.contains('\n'), "{words}");
        };
        check("", "Nothing to look for");
        check(r"a\q", r"Column 2: unknown escape \q (use \n");
        check("hex:0", "half a byte");
        check("regexp:x", "'regexp:' is not a kind of pattern");
        check("regex:(", "is invalid: unclosed group");
        check(&"x".repeat(65_537), "at most 65,536 bytes");
    }
}
