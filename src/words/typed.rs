//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::paste::PasteKind;
use crate::payload::{
    DraftError, Encoding, EscapeError, EscapeProblem, HexError, HexProblem, PatternError, Position,
    UnknownEncoding, WrongAt,
};

phrases! {
    /// Typed text.
    Typed {
        column(column: usize) = "Column {column}";
        line(line: usize, column: usize) = "Line {line}, column {column}";
        wrong_at(place: &str, problem: &str) = "{place}: {problem}";
        unencodable(encoding: Encoding, character: char) = "{encoding} cannot encode {character:?}";
        no_encoding(name: &str) = "There is no encoding {name:?}. Use UTF-8, windows-1252, ISO-8859-1-strict, GBK, Shift_JIS, EUC-KR, UTF-16LE or another name from the Encoding Standard";
    }
}

kinds! {
    /// What is wrong with an escape.
    Escapes for EscapeProblem as escapes |language| {
        Unknown(letter: &char) = { format!("unknown escape \\{} (use \\n \\r \\t \\0 \\xNN \\u{{…}}, or \\\\ for a backslash)", letter.escape_debug()) };
        Incomplete = "nothing follows this backslash (write \\\\ for a backslash)";
        Byte = "\\x needs two hex digits, as in \\x0A";
        Unicode = "\\u needs one to six hex digits in braces, as in \\u{65E5}";
        NotACharacter(number: &u32) = "\\u{{{number:X}}} is not a character (valid: 0 to 10FFFF, except D800 to DFFF)";
    }

    /// What is wrong with hex digits.
    Hex for HexProblem as hex |language| {
        OddDigit(digit: &char) = "{digit:?} is only half a byte: write two hex digits for each byte";
        WrongCharacter(character: &char) = "{character:?} is not a hex digit";
        MissingDigits = "two hex digits must follow this prefix";
    }

    /// What is wrong with a message.
    Drafts for DraftError as drafts |language| {
        Escape(error: &EscapeError) = { error.in_words(language) };
        Hex(error: &HexError) = { error.in_words(language) };
        Field(error: &crate::payload::template::TemplateError) = { error.in_words(language) };
        Encoding { position: &Position, encoding: &Encoding, character: &char } = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong { len_bytes: &usize } = { format!("The message has {}, and at most 16 MiB can be typed. Send longer data from a file", language.counts.bytes(*len_bytes as u64)) };
    }

    /// What is wrong with a pattern.
    Patterns for PatternError as patterns |language| {
        Empty = "Nothing to look for: write text:…, regex:…, hex:… or a word";
        Kind(word: &str) = "'{word}:' is not a kind of pattern. Write text:, regex: or hex: before it";
        TooLong = "A pattern can be at most 64 KiB long";
        Escape(error: &EscapeError) = { error.in_words(language) };
        Hex(error: &HexError) = { error.in_words(language) };
        Regex(error: &regex_syntax::Error) = { format!("The regular expression is invalid: {}", reason(error)) };
        TooLarge(..) = "The pattern is too complex: shorten it, or repeat less in it";
    }

    /// What pasted text is.
    Pastes for PasteKind as pastes |language| {
        Xxd = "xxd output";
        Hexdump = "hexdump -C output";
        Od = "od output";
        Tcpdump = "tcpdump output";
        Wireshark = "a Wireshark hex dump";
        HexDump = "a hex dump";
        CArray = "an array of bytes";
        CString = "a string with hex escapes";
        HexDigits = "hex digits";
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

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
pub(super) fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

impl<P: InWords> InWords for WrongAt<P> {
    fn in_words(&self, language: &Language) -> String {
        wrong_at(language, &self.position, &self.problem.in_words(language))
    }
}

impl InWords for UnknownEncoding {
    fn in_words(&self, language: &Language) -> String {
        language.typed.no_encoding(&self.0)
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
        check(&"x".repeat(65_537), "at most 64 KiB");
    }
}
