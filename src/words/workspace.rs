//! The document and the preferences: what was wrong with a file, with a field, with a change.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::Position;
use crate::workspace::{
    CONFIG_DIR_VARIABLE, DocumentError, DocumentProblem, EditError, Expected, FILE_LIMIT_BYTES,
    HISTORY_MESSAGE_BYTES, LoadNotice, LoadProblem, MAX_ENDPOINTS, MAX_MESSAGES, MAX_NAME_CHARS,
    SaveError,
};

phrases! {
    /// Documents and preferences as files.
    Files {
        set_aside(path: &str, problem: &str, kept_as: &str) = "{path} cannot be used: {problem}. It was kept as {kept_as}; a new one takes its place";
        unknown_keys(path: &str, keys: &str) = "{path} has keys that this version does not know: {keys}. They are kept";
        unknown_key(key: &str, position: &str) = "{key} ({position})";
        no_home(variable: &str) = "There is no home folder, so nothing will be saved. Set {variable} to a folder";
        blocked(path: &str, problem: &str, source: &str) = "{path} cannot be used: {problem}. It could not be renamed either ({source}), so nothing will be saved to it. Move it away and start again";
        read(source: &str) = "it cannot be read ({source})";
        larger(limit: &str) = "it is larger than {limit}";
        at(position: &str, problem: &str) = "{position}: {problem}";
        position(line: usize, column: usize) = "line {line}, column {column}";
        no_format = "a document begins with its format, as in format = 1";
        newer(format: i64) = "format {format} is from a newer version of Bothends; update it to open this file";
        missing(key: &str) = "{key} is missing here";
        wrong_type(key: &str, expected: &str) = "{key} has to be {expected}";
        expected_text = "text in quotes";
        expected_flag = "true or false";
        expected_amount = "a number, or text in quotes";
        expected_table = "a table in braces";
        expected_tables = "given under headings in double brackets";
        wrong_value(key: &str, value: &str) = "{key} cannot be {value:?}";
        wrong_choice(key: &str, value: &str, choices: &str) = "{key} cannot be {value:?}; it is one of {choices}";
        text_and_hex = "a message has either text or hex, not both";
        unknown_server(name: &str) = "there is no server called {name:?}; write a server's name, or an address with a port such as 127.0.0.1:9000";
        encode = "The preferences cannot be written as TOML";
        too_large(path: &str, size: &str, limit: &str) = "{path} would have {size}, more than {limit}. Shorten its messages";
        write(path: &str, source: &str) = "{path} cannot be saved: {source}";
    }
}

phrases! {
    /// A document that was not approved.
    Approval {
        name = "Document not approved";
        title = "This document was not saved on this computer";
        what = "Until you approve it, its servers do not reply and its templates read no files. Approve it only if you trust where it comes from.";
        approve = "Approve document";
        later = "Not now";
    }
}

phrases! {
    /// Why a change to the document was not made.
    Edits {
        too_many(limit: usize) = "A document has at most {limit} endpoints. Remove one first";
        gone = "This endpoint was removed";
        name_empty = "Type a name";
        name_too_long(limit: usize) = "A name has at most {limit} characters";
        name_control = "A name cannot contain line breaks or control characters";
        name_colon = "A name cannot contain a colon, so that it is never taken for an address";
        name_taken(name: &str) = "{name} is already used. Type another name";
        message_too_long(limit: &str) = "A saved message has at most {limit}. Keep longer ones in a file";
        too_many_messages(limit: usize) = "A document has at most {limit} messages. Delete one first";
    }
}

impl InWords for LoadNotice {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::SetAside {
                path,
                problem,
                kept_as,
            } => {
                let problem = problem.in_words(language);
                words.set_aside(
                    &path.to_string_lossy(),
                    &problem,
                    &kept_as.to_string_lossy(),
                )
            }
            Self::UnknownKeys { path, keys } => {
                let named = keys
                    .iter()
                    .map(|it| words.unknown_key(&it.key, &position(&it.position, language)));
                let keys: Vec<_> = named.collect();
                words.unknown_keys(&path.to_string_lossy(), &keys.join(", "))
            }
            Self::NoHome => words.no_home(CONFIG_DIR_VARIABLE),
            Self::Blocked {
                path,
                problem,
                source,
            } => {
                let problem = problem.in_words(language);
                words.blocked(&path.to_string_lossy(), &problem, &source.to_string())
            }
        }
    }
}

impl InWords for LoadProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::Read(source) => words.read(&source.to_string()),
            Self::TooLarge => words.larger(&language.numbers.size(FILE_LIMIT_BYTES as u64)),
            Self::Document(error) => error.in_words(language),
            Self::Preferences(at, error) => {
                let error = error.replace('\n', ", ");
                match at {
                    Some(at) => words.at(&position(at, language), &error),
                    None => error,
                }
            }
        }
    }
}

fn position(position: &Position, language: &Language) -> String {
    language.files.position(position.line, position.column)
}

impl InWords for DocumentError {
    fn in_words(&self, language: &Language) -> String {
        let problem = self.problem.in_words(language);
        language
            .files
            .at(&position(&self.position, language), &problem)
    }
}

impl InWords for DocumentProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::Syntax(error) => error.replace('\n', ", "),
            Self::NoFormat => words.no_format.to_owned(),
            Self::Newer { format } => words.newer(*format),
            Self::Missing(key) => words.missing(key),
            Self::Type { key, expected } => words.wrong_type(
                key,
                match expected {
                    Expected::Text => words.expected_text,
                    Expected::Flag => words.expected_flag,
                    Expected::Amount => words.expected_amount,
                    Expected::Table => words.expected_table,
                    Expected::Tables => words.expected_tables,
                },
            ),
            Self::Value {
                key,
                value,
                choices,
            } if choices.is_empty() => words.wrong_value(key, value),
            Self::Value {
                key,
                value,
                choices,
            } => words.wrong_choice(key, value, &choices.join(", ")),
            Self::TextAndHex => words.text_and_hex.to_owned(),
            Self::UnknownServer(name) => words.unknown_server(name),
            Self::Edit(error) => error.in_words(language),
        }
    }
}

impl InWords for EditError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.edits;
        match self {
            Self::TooMany => words.too_many(MAX_ENDPOINTS),
            Self::Gone => words.gone.to_owned(),
            Self::NameEmpty => words.name_empty.to_owned(),
            Self::NameTooLong => words.name_too_long(MAX_NAME_CHARS),
            Self::NameControl => words.name_control.to_owned(),
            Self::NameColon => words.name_colon.to_owned(),
            Self::NameTaken { name } => words.name_taken(name),
            Self::MessageTooLong => {
                words.message_too_long(&language.numbers.size(HISTORY_MESSAGE_BYTES as u64))
            }
            Self::TooManyMessages => words.too_many_messages(MAX_MESSAGES),
        }
    }
}

impl InWords for SaveError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::Encode(_) => words.encode.to_owned(),
            Self::TooLarge { path, len_bytes } => words.too_large(
                &path.to_string_lossy(),
                &language.numbers.size(*len_bytes as u64),
                &language.numbers.size(FILE_LIMIT_BYTES as u64),
            ),
            Self::Write { path, source } => {
                words.write(&path.to_string_lossy(), &source.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::EndpointIds;
    use crate::words::ENGLISH;
    use crate::workspace::Document;

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_column() {
        let check = |text: &str, expected: &str| {
            let error = Document::parse(text, EndpointIds::default()).unwrap_err();
            assert_eq!(error.in_words(&ENGLISH), expected, "{text}");
        };
        let server = "[[server]]\nname = 'a'\nlisten = ':1'\n";
        let with = |more: &str| format!("format = 1\n{server}{more}");
        check(
            "",
            "line 1, column 1: a document begins with its format, as in format = 1",
        );
        check(
            "format = 'x'",
            "line 1, column 10: a document begins with its format, as in format = 1",
        );
        check(
            "format = 2",
            "line 1, column 10: format 2 is from a newer version of Bothends; update it to open this file",
        );
        check(
            &with("reply = 5"),
            "line 5, column 9: reply has to be text in quotes",
        );
        check(
            &with("reply = 'rules'"),
            "line 5, column 9: reply cannot be \"rules\"; it is one of echo, message, none",
        );
        check(
            &with("encoding = 'x'"),
            "line 5, column 12: encoding cannot be \"x\"",
        );
        check(
            &with("dual_stack = 1"),
            "line 5, column 14: dual_stack has to be true or false",
        );
        check(
            &with("message = {}"),
            "line 5, column 11: text is missing here",
        );
        check(
            &with("message = { text = 'a', hex = '00' }"),
            "line 5, column 31: a message has either text or hex, not both",
        );
        check(
            &with("[[server]]\nname = 'b'"),
            "line 5, column 1: listen is missing here",
        );
        check(
            &with("[[client]]\nconnect = 'a'"),
            "line 5, column 1: name is missing here",
        );
        check(
            &with(server),
            "line 6, column 8: a is already used. Type another name",
        );
        check(
            &with("[[client]]\nname = 'a:1'\nconnect = 'a'"),
            "line 6, column 8: A name cannot contain a colon, so that it is never taken for an address",
        );
        check(
            &with("[[client]]\nname = 'b'\nconnect = 'c'"),
            "line 7, column 11: there is no server called \"c\"; write a server's name, or an address with a port such as 127.0.0.1:9000",
        );
        check(
            "format = 1\nserver = []",
            "line 2, column 10: server has to be given under headings in double brackets",
        );
        let syntax = Document::parse("format = 1\nx = ", EndpointIds::default()).unwrap_err();
        assert_eq!((syntax.position.line, syntax.position.column), (2, 5));
    }
}
