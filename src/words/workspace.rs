//! The document and the preferences: what was wrong with a file, with a field, with a change.

use std::io;
use std::path::Path;

use super::kinds::kinds;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::payload::Position;
use crate::workspace::{
    CONFIG_DIR_VARIABLE, DocumentError, DocumentFileError, DocumentProblem, DocumentSaveError,
    EditError, ExpectedValue, FILE_LIMIT_BYTES, HISTORY_MESSAGE_BYTES, LoadNotice, LoadProblem,
    MAX_ENDPOINTS, MAX_MESSAGES, MAX_NAME_CHARS, MAX_NOTE_CHARS, MAX_SEQUENCES, PresetError,
    SaveError, UnknownKey,
};

phrases! {
    /// Documents and preferences as files.
    Files {
        not_text = "this is not text in UTF-8";
        not_opened(path: &str, problem: &str) = "{path} cannot be opened: {problem}";
        unknown_key(key: &str, position: &str) = "{key} ({position})";
        at(position: &str, problem: &str) = "{position}: {problem}";
        position(line: usize, column: usize) = "line {line}, column {column}";
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

kinds! {
    /// Why a change to the document was not made.
    Edits for EditError as edits |language| {
        TooMany = { format!("A document has at most {MAX_ENDPOINTS} endpoints. Remove one first") };
        Gone = "This endpoint was removed";
        NameEmpty = "Type a name";
        NameTooLong = { format!("A name has at most {MAX_NAME_CHARS} characters") };
        NameControl = "A name cannot contain line breaks or control characters";
        NameColon = "A name cannot contain a colon, so that it is never taken for an address";
        MessageGone = "This message was deleted";
        NoteTooLong = { format!("A note has at most {MAX_NOTE_CHARS} characters") };
        MessageTooLong = { format!("A saved message has at most {}. Keep longer ones in a file", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "This sequence was deleted";
        TooManySequences = { format!("A client has at most {MAX_SEQUENCES} sequences. Delete one first") };
        TooManyMessages = { format!("A document has at most {MAX_MESSAGES} messages. Delete one first") };
        NameTaken { name: &str } = "{name} is already used. Type another name";
    }

    /// What loading the document or the preferences met with.
    LoadNotices for LoadNotice as load_notices |language| {
        SetAside { path: &Path, problem: &LoadProblem, kept_as: &Path } = { format!("{} cannot be used: {}. It was kept as {}; a new one takes its place", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys { path: &Path, keys: &[UnknownKey] } = { format!("{} has keys that this version does not know: {}. They are kept", shown(path), listed(keys, language)) };
        NotReopened(error: &DocumentFileError) = { error.in_words(language) };
        NoHome = { format!("There is no home folder, so nothing will be saved. Set {CONFIG_DIR_VARIABLE} to a folder") };
        Blocked { path: &Path, problem: &LoadProblem, source: &io::Error } = { format!("{} cannot be used: {}. It could not be renamed either ({}), so nothing will be saved to it. Move it away and start again", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    /// Why a file cannot be used.
    LoadProblems for LoadProblem as load_problems |language| {
        Read(source: &io::Error) = { format!("it cannot be read ({})", source.in_words(language)) };
        Folder = "it is a folder";
        NotPlain = "it is not a regular file";
        TooLarge = { format!("it is larger than {}", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at: &Position) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error: &DocumentError) = { error.in_words(language) };
        Preferences(at: &Option<Position>, error: &str) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    /// What is wrong with a document.
    DocumentProblems for DocumentProblem as document_problems |language| {
        Syntax(error: &str) = { on_one_line(error) };
        NoFormat = "a document begins with its format, as in format = 1";
        Newer { format: &i64 } = "format {format} is from a newer version of Bothends; update it to open this file";
        Missing(key: &str) = "{key} is missing here";
        Type { key: &str, expected: &ExpectedValue } = { format!("{key} has to be {}", expected.in_words(language)) };
        Value { key: &str, value: &str, choices: &[&str] } = { if choices.is_empty() { format!("{key} cannot be {value:?}") } else { format!("{key} cannot be {value:?}; it is one of {}", choices.join(", ")) } };
        TextAndHex = "a message has either text or hex, not both";
        Act { choices: &[&str] } = { format!("there is no such act; an act is one of {}", choices.join(", ")) };
        TwoActs(keys: &[&'static str; 2]) = { format!("{} and {} are two acts; write each in braces of its own", keys[0], keys[1]) };
        Step { choices: &[&str] } = { format!("there is no such step; a step is one of {}", choices.join(", ")) };
        TwoSteps(keys: &[&'static str; 2]) = { format!("{} and {} are two steps; write each in braces of its own", keys[0], keys[1]) };
        UnknownServer(name: &str) = "there is no server called {name:?}; write a server's name, or an address with a port such as 127.0.0.1:9000";
        Edit(error: &EditError) = { error.in_words(language) };
    }

    /// What a value in a document has to be.
    ExpectedValues for ExpectedValue as expected_values |language| {
        Text = "text in quotes";
        Flag = "true or false";
        Amount = "a number, or text in quotes";
        Table = "a table in braces";
        List = "a list in brackets";
        Tables = "given under headings in double brackets";
    }

    /// Why a document was not saved in its file.
    DocumentSaves for DocumentSaveError as document_saves |language|, advice: save_advice {
        ChangedOutside { path: &Path } = { format!("{} was changed outside Bothends, so it was not overwritten", shown(path)) };
        Exists { path: &Path } = { format!("{} already exists", shown(path)) };
        ReadOnly { path: &Path } = { format!("{} is write-protected", shown(path)) };
        TooLarge { path: &Path, len_bytes: &usize } = { format!("{} would have {}, more than {}", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write { path: &Path, source: &io::Error } = { format!("{} cannot be saved: {}", shown(path), source.in_words(language)) };
    }

    /// Why a file was not saved.
    Saves for SaveError as saves |language| {
        Encode(..) = "The preferences cannot be written as TOML";
        TooLarge { path: &Path, len_bytes: &usize } = { format!("{} would have {}, more than {}. Shorten its messages", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write { path: &Path, source: &io::Error } = { format!("{} cannot be saved: {}", shown(path), source.in_words(language)) };
    }
}

impl InWords for DocumentFileError {
    fn in_words(&self, language: &Language) -> String {
        let problem = self.problem.in_words(language);
        language.files.not_opened(&shown(&self.path), &problem)
    }
}

fn save_advice(error: &DocumentSaveError, language: &Language) -> String {
    let words = &language.documents;
    let advice = match error {
        DocumentSaveError::ChangedOutside { .. } => words.advice_changed,
        DocumentSaveError::Exists { .. } => words.advice_exists,
        DocumentSaveError::ReadOnly { .. } | DocumentSaveError::Write { .. } => {
            words.advice_elsewhere
        }
        DocumentSaveError::TooLarge { .. } => words.advice_shorten,
    };
    advice.to_owned()
}

fn position(position: &Position, language: &Language) -> String {
    language.files.position(position.line, position.column)
}

impl InWords for DocumentError {
    fn in_words(&self, language: &Language) -> String {
        let problem = self.problem.in_words(language);
        at_position(Some(&self.position), problem, language)
    }
}

impl InWords for PresetError {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Text(error) => error.in_words(language),
            Self::Room(error) => error.in_words(language),
        }
    }
}

fn listed(keys: &[UnknownKey], language: &Language) -> String {
    let name = |it: &UnknownKey| {
        let position = position(&it.position, language);
        language.files.unknown_key(&it.key, &position)
    };
    keys.iter()
        .map(name)
        .collect::<Vec<_>>()
        .join(language.common.comma)
}

/// Returns a problem behind the place that it is at, where that is known.
fn at_position(at: Option<&Position>, problem: String, language: &Language) -> String {
    match at {
        Some(at) => language.files.at(&position(at, language), &problem),
        None => problem,
    }
}

/// Returns what a parser says, which has lines.
fn on_one_line(error: &str) -> String {
    error.replace('\n', ", ")
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
            &with("reply = 'rule'"),
            "line 5, column 9: reply cannot be \"rule\"; it is one of echo, message, rules, none",
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
