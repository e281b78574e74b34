//! Why a session did not do what it was asked to.

use std::io;
use std::path::PathBuf;

use super::worker::JobRefused;
use crate::capture::LibraryError;
use crate::capture::import::ImportFailure;
use crate::capture::store::StoreError;
use crate::net::CommandError;
use crate::workspace::{FieldError, FileProblem, TemplateFileError};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum SessionError {
    /// The session has been shut down.
    Closing,
    /// The endpoint did not take a command.
    Command(#[from] CommandError),
    /// A field of the endpoint's setup holds something that cannot be used.
    Field(#[from] FieldError),
    /// The message has neither bytes nor fields.
    NothingToSend,
    /// The document may not read files before this person approves it.
    NotApproved,
    /// There is nobody to send to.
    NoTarget,
    /// A server has no connection to send on.
    NoPeer {
        /// The server.
        server: String,
    },
    /// No peer is selected.
    NoPeerSelected,
    /// A file goes to one connection, and another number of them was chosen.
    NotOneConnection,
    /// The client is not connected.
    NotConnected,
    /// Another file is being sent.
    SendingFile,
    /// A file of a template could not be read.
    TemplateFile(#[from] TemplateFileError),
    /// The file to be sent could not be read.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: FileProblem,
    },
    /// The system could not start a thread.
    NoThread(#[source] io::Error),
    /// A thread did not take a job.
    Job(#[from] JobRefused),
    /// As many captures are open as can be.
    TooManyOpen,
    /// Another tool's file is being read or written already.
    FileAtWork,
    /// There is no folder for captures.
    NoHome,
    /// A path is not a whole one.
    RelativePath,
    /// A capture could not be saved, deleted or opened.
    Library(#[from] LibraryError),
    /// Another tool's file could not be read.
    Import(#[from] ImportFailure),
}

impl From<StoreError> for SessionError {
    fn from(error: StoreError) -> Self {
        LibraryError::from(error).into()
    }
}
