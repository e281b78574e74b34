//! Why a session did not carry out an order.

use std::io;
use std::path::PathBuf;

use super::opening::OpeningError;
use super::worker::JobRefused;
use crate::capture::LibraryError;
use crate::capture::import::ImportFailure;
use crate::capture::store::StoreError;
use crate::net::CommandError;
use crate::payload::DraftError;
use crate::workspace::{
    DocumentFileError, DocumentSaveError, EditError, FieldError, FileProblem, PacketFileError,
    SequenceError, TemplateFileError,
};

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum SessionError {
    /// The session has been shut down.
    Closing,
    /// The endpoint did not accept a command.
    Command(#[from] CommandError),
    /// A field of the endpoint's setup is invalid.
    Field(#[from] FieldError),
    /// The document did not take a change.
    Edit(#[from] EditError),
    /// What was written stands for no message.
    Message(#[from] DraftError),
    /// The client has no sequence of this name.
    NoSequence,
    /// A sequence cannot run.
    Sequence(#[from] SequenceError),
    /// The message has neither bytes nor fields.
    NothingToSend,
    /// The message has fields, and they stand for no bytes.
    Void,
    /// The document may not read files until the user approves it.
    NotApproved,
    /// There is no recipient.
    NoTarget,
    /// A server has no connection to send on.
    NoPeer {
        /// The server.
        server: String,
    },
    /// No peer is selected.
    NoPeerSelected,
    /// A file goes to exactly one connection, but none or several are chosen.
    NotOneConnection,
    /// The client is not connected.
    NotConnected,
    /// Another file is being sent.
    SendingFile,
    /// Another message is being repeated.
    Repeating,
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
    /// A worker did not accept a job.
    Job(#[from] JobRefused),
    /// The limit on open captures is reached.
    TooManyOpen,
    /// Another import or export is in progress.
    FileAtWork,
    /// There is no folder for captures.
    NoHome,
    /// The path is not absolute.
    RelativePath,
    /// A capture could not be saved, deleted or opened.
    Library(#[from] LibraryError),
    /// A path is nothing that can be opened.
    Opening(#[from] OpeningError),
    /// A document could not be read.
    Document(#[from] DocumentFileError),
    /// A document could not be saved in its file.
    DocumentSave(#[from] DocumentSaveError),
    /// Another tool's file could not be imported.
    Import(#[from] ImportFailure),
    /// Another tool's messages could not be imported.
    Packets(#[from] PacketFileError),
}

impl From<StoreError> for SessionError {
    fn from(error: StoreError) -> Self {
        LibraryError::from(error).into()
    }
}
