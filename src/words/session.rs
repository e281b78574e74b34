//! Why a session did not do what it was asked to.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::session::{JobRefused, MAX_OPENED, SessionError};
use crate::workspace::Field;

phrases! {
    /// Why a session did not do what it was asked to.
    Session {
        closing = "Bothends is closing";
        nothing_to_send = "There is nothing to send: write a message first";
        not_approved = "Templates of this document cannot read files until you approve it";
        no_target = "There is nobody to send to: add a client";
        no_peer(server: &str) = "{server} has no peer to send to: wait for one to connect";
        no_peer_selected = "No peer is selected: select one, or send to all peers";
        not_one_connection = "A file goes to one connection: choose a client, or select one peer";
        not_connected = "The client is not connected: connect it first";
        sending_file = "A file is being sent already: cancel it, or wait";
        file(path: &str, reason: &str) = "Cannot read {path}: {reason}";
        no_thread(reason: &str) = "The system could not start a thread: {reason}";
        busy = "Earlier work is not finished: try again in a moment";
        too_many_open(limit: usize) = "{limit} captures are open: close one first";
        file_at_work = "Another file is being read or written: wait, or cancel that";
        no_home = "There is no home directory to keep captures in: set BOTHENDS_DATA_DIR to a folder";
        relative_path = "Enter an absolute path";
    }
}

impl InWords for SessionError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.session;
        let text = match self {
            Self::Closing => words.closing,
            Self::NothingToSend => words.nothing_to_send,
            Self::NotApproved => words.not_approved,
            Self::NoTarget => words.no_target,
            Self::NoPeer { server } => return words.no_peer(server),
            Self::NoPeerSelected => words.no_peer_selected,
            Self::NotOneConnection => words.not_one_connection,
            Self::NotConnected => words.not_connected,
            Self::SendingFile => words.sending_file,
            Self::File { path, source } => {
                return words.file(&path.display().to_string(), &source.in_words(language));
            }
            Self::NoThread(error) => return words.no_thread(&error.in_words(language)),
            Self::Job(refused) => return refused.in_words(language),
            Self::TooManyOpen => return words.too_many_open(MAX_OPENED),
            Self::FileAtWork => words.file_at_work,
            Self::NoHome => words.no_home,
            Self::RelativePath => words.relative_path,
            // That the field has this problem is to be seen: it stands where the client says whom it follows.
            Self::Field(error) if error.field == Field::Server => {
                return error.problem.in_words(language);
            }
            Self::Field(error) => return error.in_words(language),
            Self::Command(error) => return error.in_words(language),
            Self::TemplateFile(error) => return error.in_words(language),
            Self::Library(error) => return error.in_words(language),
            Self::Import(error) => return error.in_words(language),
        };
        text.to_owned()
    }

    fn advice(&self, language: &Language) -> Option<String> {
        match self {
            Self::Field(error) => error.advice(language),
            Self::Command(error) => error.advice(language),
            Self::TemplateFile(error) => error.advice(language),
            Self::Library(error) => error.advice(language),
            Self::Import(error) => error.advice(language),
            _ => None,
        }
    }
}

impl InWords for JobRefused {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.session;
        match self {
            Self::Busy => words.busy.to_owned(),
            Self::NoThread(error) => words.no_thread(&error.in_words(language)),
        }
    }
}
