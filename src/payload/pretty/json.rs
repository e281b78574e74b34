//! JSON by RFC 8259, shown as it was written: numbers and strings are not converted, and members are neither dropped
//! nor reordered.

use super::page::PrettyPage;
use super::tokens::{Token, TokenReader, TokenRole, wrong};
use super::{ExpectedJson, Ink, JsonError, JsonProblem, Note, note_mark};

/// Draws documents one after another; from an error on, the bytes are shown unchanged.
pub(super) fn draw(page: &mut PrettyPage<'_>) -> Result<(), JsonError> {
    let mut reader = TokenReader::new(page.bytes);
    note_mark(page);
    let mut last = None;
    while !page.is_full() {
        let error = match reader.next() {
            Ok(Some(token)) => {
                draw_token(page, &token, last);
                last = Some(token.role);
                continue;
            }
            Ok(None) if last.is_some() => break,
            // On an empty page, the error is where the value should be.
            Ok(None) => wrong(reader.at, JsonProblem::Expected(ExpectedJson::Value)),
            Err(error) => error,
        };
        if last.is_none() {
            return Err(JsonError {
                at: page.place(error.at),
                ..error
            });
        }
        if error.problem != JsonProblem::Unfinished || !page.is_cut {
            let about = error.at..page.bytes.len().min(error.at + 1);
            let at = page.place(error.at);
            page.note(Note::Json(JsonError { at, ..error }), about);
        }
        page.plain(reader.at);
        break;
    }
    Ok(())
}

fn draw_token(page: &mut PrettyPage<'_>, token: &Token, last: Option<TokenRole>) {
    let (begins, ink) = match token.role {
        TokenRole::Key => (true, Ink::Key),
        TokenRole::Value(ink) => (last != Some(TokenRole::Colon), ink),
        TokenRole::Open => (last != Some(TokenRole::Colon), Ink::Punctuation),
        TokenRole::Close => (last != Some(TokenRole::Open), Ink::Punctuation),
        TokenRole::Colon | TokenRole::Comma => (false, Ink::Punctuation),
    };
    if begins {
        page.begin(token.range.start, token.depth);
    }
    page.put(token.range.clone(), ink);
    if token.role == TokenRole::Colon {
        page.show(" ", None);
    }
}

/// Returns whether the bytes are an object or an array, possibly truncated.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    // Many log lines also begin with an opening bracket and a number.
    const TOKENS: usize = 3;
    let mut reader = TokenReader::new(bytes);
    reader.skip_space();
    if !matches!(bytes.get(reader.at), Some(b'{' | b'[')) {
        return false;
    }
    let mut tokens = 0_usize;
    loop {
        match reader.next() {
            Ok(Some(_)) => tokens += 1,
            Ok(None) => return true,
            Err(error) => return error.problem == JsonProblem::Unfinished && tokens >= TOKENS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::super::{Pretty, PrettyError};
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(shown(Pretty::Json, bytes), expected);
    }

    #[test]
    fn documents_are_shown_as_they_were_written() {
        check(
            b" {\"a\" : 1.50e+3,\"a\":[], \"b\":[true,null,\"\\u0041\\\"\"],\"c\":{}}\n{\"d\":{\"e\":-0}} 12",
            &[
                "1..2 {",
                "2..16   \"a\": 1.50e+3,",
                "16..23   \"a\": [],",
                "24..29   \"b\": [",
                "29..34     true,",
                "34..39     null,",
                "39..49     \"\\u0041\\\"\"",
                "49..51   ],",
                "51..57   \"c\": {}",
                "57..58 }",
                "59..60 {",
                "60..65   \"d\": {",
                "65..71     \"e\": -0",
                "71..72   }",
                "72..73 }",
                "74..76 12",
            ],
        );
        check(
            b"123456789012345678901234567890.10",
            &["0..33 123456789012345678901234567890.10"],
        );
        check(b"\xEF\xBB\xBF[]", &["0..3 # ByteOrderMark", "3..5 []"]);
        let hidden = "\"\u{202E}\u{200B}é\"".as_bytes();
        check(hidden, &["0..10 \"\\u{202E}\\u{200B}é\""]);
        check(b"\"\xFF\"", &["0..3 \"\\xFF\""]);
    }

    #[test]
    fn parts_have_inks() {
        use super::Ink::{Key, Keyword, Number, Punctuation, String};
        let inks = |bytes: &[u8]| {
            let lines = Pretty::Json.render(bytes).unwrap();
            let spans = lines.iter().flat_map(|line| {
                let text = |range: &std::ops::Range<usize>| line.text[range.clone()].to_owned();
                line.spans
                    .iter()
                    .map(move |(range, ink)| (text(range), *ink))
            });
            spans.collect::<Vec<_>>()
        };
        let check = |bytes: &[u8], expected: &[(&str, super::Ink)]| {
            let expected = expected.iter().map(|&(text, ink)| (text.to_owned(), ink));
            assert_eq!(inks(bytes), expected.collect::<Vec<_>>());
        };
        check(
            b"{\"a\":[1,true,\"b\"]}",
            &[
                ("{", Punctuation),
                ("\"a\"", Key),
                (":", Punctuation),
                ("[", Punctuation),
                ("1", Number),
                (",", Punctuation),
                ("true", Keyword),
                (",", Punctuation),
                ("\"b\"", String),
                ("]", Punctuation),
                ("}", Punctuation),
            ],
        );
    }

    #[test]
    fn bytes_after_an_error_are_plain() {
        check(
            b"[1,]\nfoo\r\n",
            &[
                "0..1 [",
                "1..3   1,",
                "3..4 # Json(JsonError { at: 3, problem: Expected(Value) })",
                "3..5 ]",
                "5..10 foo",
            ],
        );
        let note = |bytes: &[u8], expected: &str| {
            let lines = shown(Pretty::Json, bytes);
            let note = lines.iter().find(|line| line.contains(" # "));
            assert_eq!(note.map(String::as_str), Some(expected), "{lines:?}");
        };
        note(
            b"{",
            "1..1 # Json(JsonError { at: 1, problem: Unfinished })",
        );
        note(
            b"{]",
            "1..2 # Json(JsonError { at: 1, problem: Expected(KeyOrEnd) })",
        );
        note(
            b"{\"a\"1",
            "4..5 # Json(JsonError { at: 4, problem: Expected(Colon) })",
        );
        note(
            b"{\"a\":1]",
            "6..7 # Json(JsonError { at: 6, problem: Expected(CommaOrBrace) })",
        );
        note(
            b"{\"a\":1,}",
            "7..8 # Json(JsonError { at: 7, problem: Expected(Key) })",
        );
        note(
            b"[}",
            "1..2 # Json(JsonError { at: 1, problem: Expected(ValueOrEnd) })",
        );
        note(
            b"[1}",
            "2..3 # Json(JsonError { at: 2, problem: Expected(CommaOrBracket) })",
        );
        note(
            b"[\"a\nb\"",
            "3..4 # Json(JsonError { at: 3, problem: Control })",
        );
        note(
            b"[\"a\\x\"",
            "3..4 # Json(JsonError { at: 3, problem: Escape })",
        );
        note(
            b"[\"\\u12G4\"",
            "2..3 # Json(JsonError { at: 2, problem: Escape })",
        );
        note(
            b"[\"\\u12",
            "6..6 # Json(JsonError { at: 6, problem: Unfinished })",
        );
        note(
            b"[\"a\\",
            "4..4 # Json(JsonError { at: 4, problem: Unfinished })",
        );
        note(
            b"[tru",
            "4..4 # Json(JsonError { at: 4, problem: Unfinished })",
        );
        note(b"[True", "1..2 # Json(JsonError { at: 1, problem: Word })");
        for (number, at) in [
            ("01", 2),
            ("1.x", 3),
            ("1e+]", 4),
            ("-a", 2),
            ("1_0", 2),
            ("1-2", 2),
        ] {
            let words = format!(
                "{at}..{} # Json(JsonError {{ at: {at}, problem: Number }})",
                at + 1
            );
            note(format!("[{number}").as_bytes(), &words);
        }
        let deep = "[".repeat(200);
        note(
            deep.as_bytes(),
            "128..129 # Json(JsonError { at: 128, problem: Depth(128) })",
        );
    }

    #[test]
    fn without_a_value_there_is_an_error() {
        let check = |bytes: &[u8], at, problem| {
            let error = PrettyError::Json(JsonError { at, problem });
            assert_eq!(Pretty::Json.render(bytes), Err(error));
        };
        check(b"", 0, JsonProblem::Expected(ExpectedJson::Value));
        check(b" \n", 2, JsonProblem::Expected(ExpectedJson::Value));
        check(b"}", 0, JsonProblem::Expected(ExpectedJson::Value));
        check(b"hello", 0, JsonProblem::Word);
        check(b"\"abc", 4, JsonProblem::Unfinished);
    }
}
