//! Why a session did not do what it was asked to.

use std::io;
use std::path::Path;

use super::kinds::kinds;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::capture::LibraryError;
use crate::capture::import::ImportFailure;
use crate::net::CommandError;
use crate::payload::DraftError;
use crate::session::{JobRefused, MAX_OPENED, OpeningError, SessionError};
use crate::workspace::{
    DocumentFileError, DocumentSaveError, EditError, FieldError, FileProblem, FormField,
    PacketFileError, SequenceError, TemplateFileError,
};

phrases! {
    /// Files and threads of a session.
    Session {
        file(path: &str, reason: &str) = "Cannot read {path}: {reason}";
        no_thread(reason: &str) = "The system could not start a thread: {reason}";
    }
}

kinds! {
    /// Why a session did not do what it was asked to.
    SessionErrors for SessionError as session_errors |language|, advice: advice {
        Closing = "Bothends is closing";
        Command(error: &CommandError) = { error.in_words(language) };
        Field(error: &FieldError) = { wrong_field(error, language) };
        Edit(error: &EditError) = { error.in_words(language) };
        Message(error: &DraftError) = { error.in_words(language) };
        NoSequence = "This sequence was deleted";
        Sequence(error: &SequenceError) = { error.in_words(language) };
        NothingToSend = "There is nothing to send: write a message first";
        Void = "There is nothing to send: the fields of this message produce no bytes";
        NotApproved = "Templates of this document cannot read files until you approve it";
        NoTarget = "There is nobody to send to: add a client";
        NoPeer { server: &str } = "{server} has no peer to send to: wait for one to connect";
        NoPeerSelected = "No peer is selected: select one, or send to all peers";
        NotOneConnection = "A file goes to one connection: choose a client, or select one peer";
        NotConnected = "The client is not connected: connect it first";
        SendingFile = "A file is being sent already: cancel it, or wait";
        Repeating = "A message is being repeated already: stop that first";
        TemplateFile(error: &TemplateFileError) = { error.in_words(language) };
        File { path: &Path, source: &FileProblem } = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error: &io::Error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error: &JobRefused) = { error.in_words(language) };
        TooManyOpen = { format!("{MAX_OPENED} captures are open: close one first") };
        FileAtWork = "Another file is being read or written: wait, or cancel that";
        NoHome = "There is no home directory to keep captures in: set BOTHENDS_DATA_DIR to a folder";
        RelativePath = "Enter an absolute path";
        Library(error: &LibraryError) = { error.in_words(language) };
        Opening(error: &OpeningError) = { error.in_words(language) };
        Document(error: &DocumentFileError) = { error.in_words(language) };
        DocumentSave(error: &DocumentSaveError) = { error.in_words(language) };
        Import(error: &ImportFailure) = { error.in_words(language) };
        Packets(error: &PacketFileError) = { error.in_words(language) };
    }

    /// Why a worker took no job.
    Jobs for JobRefused as jobs |language| {
        Busy = "Earlier work is not finished: try again in a moment";
        NoThread(error: &io::Error) = { language.session.no_thread(&error.in_words(language)) };
    }
}

/// Returns what is wrong with a field; not which one where that is to be seen, because it stands where the client says
/// whom it follows.
fn wrong_field(error: &FieldError, language: &Language) -> String {
    match error.field {
        FormField::Server => error.problem.in_words(language),
        _ => error.in_words(language),
    }
}

fn advice(error: &SessionError, language: &Language) -> Option<String> {
    match error {
        SessionError::Command(error) => error.advice(language),
        SessionError::DocumentSave(error) => error.advice(language),
        _ => None,
    }
}
