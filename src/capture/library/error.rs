//! What can go wrong with the captures of the library.

use std::path::PathBuf;

use crate::capture::store::StoreError;

/// Why a capture could not be saved or deleted.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum LibraryError {
    /// The name cannot be a folder's on every system.
    Name(#[from] NameProblem),
    /// Another capture has the name.
    Taken(String),
    /// The folder is not one of the library's.
    Foreign(PathBuf),
    /// Another window records there.
    BeingRecorded,
    /// What is being recorded on another volume cannot be moved from under the recorder.
    OtherVolume,
    /// A file or a folder did not do as it should.
    Store(#[from] StoreError),
}

/// What is wrong with a capture's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum NameProblem {
    /// There is none.
    Empty,
    /// It is too long.
    TooLong,
    /// It holds a character that some system does not take.
    Character(char),
    /// It begins or ends with a dot.
    Dot,
    /// Windows keeps it for a device.
    Device,
}
