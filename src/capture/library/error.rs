//! Errors of the library of captures.

use std::path::PathBuf;

use crate::capture::store::StoreError;

/// Why a capture could not be saved or deleted.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum LibraryError {
    /// The name is not a valid folder name on every system.
    Name(#[from] NameProblem),
    /// Another capture already has this name.
    Taken(String),
    /// The folder does not belong to the library.
    Foreign(PathBuf),
    /// Another window is recording into it.
    BeingRecorded,
    /// A capture cannot be moved to another volume while it is being recorded.
    OtherVolume,
    /// An operation on a file or folder failed.
    Store(#[from] StoreError),
}

/// What is wrong with a capture's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum NameProblem {
    /// It is empty.
    Empty,
    /// It is too long.
    TooLong,
    /// It contains a character that some system does not allow.
    Character(char),
    /// It starts or ends with a dot.
    Dot,
    /// Windows reserves it for a device.
    Device,
}
