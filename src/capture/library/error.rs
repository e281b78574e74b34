//! What can go wrong with the captures of the library.

use std::path::PathBuf;

use super::MAX_NAME_CHARS;
use crate::capture::store::StoreError;

/// Why a capture could not be saved or deleted.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The name cannot be a folder's on every system.
    #[error(transparent)]
    Name(#[from] NameProblem),
    /// Another capture has the name.
    #[error("there is a capture named {0} already: choose another name")]
    Taken(String),
    /// The folder is not one of the library's.
    #[error("{} is not in the list of sessions", .0.display())]
    Foreign(PathBuf),
    /// Another window records there.
    #[error("another window is recording it: close that window first")]
    BeingRecorded,
    /// What is being recorded on another volume cannot be moved from under the recorder.
    #[error("it is being recorded on another volume: save it when recording has ended")]
    OtherVolume,
    /// A file or a folder did not do as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is wrong with a capture's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// There is none.
    #[error("type a name")]
    Empty,
    /// It is too long.
    #[error("a name has at most {MAX_NAME_CHARS} characters")]
    TooLong,
    /// It holds a character that some system does not take.
    #[error("a name cannot hold {0:?}")]
    Character(char),
    /// It begins or ends with a dot.
    #[error("a name cannot begin or end with a dot")]
    Dot,
    /// Windows keeps it for a device.
    #[error("this name is one that Windows keeps for a device")]
    Device,
}
