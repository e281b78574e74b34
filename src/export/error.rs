//! Why an export did not come to its end.

use std::io;
use std::path::{Path, PathBuf};

use crate::capture::store::{FileAction, ReadError};

/// Why an export did not come to its end. What was there before is then still there, and nothing half-written beside it.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub(crate) enum ExportError {
    /// A file or a folder could not be made, written or renamed.
    Io {
        /// What was tried.
        action: FileAction,
        /// The file or folder as the user named it.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A stream, such as standard output, took no more.
    Stream(#[source] io::Error),
    /// The capture could not be read on.
    Read(#[from] ReadError),
    /// There is a file already, and it was not to be replaced.
    Exists(PathBuf),
    /// A folder stands where a file is to be written.
    IsFolder(PathBuf),
    /// The folder for raw streams holds something.
    NotEmpty(PathBuf),
    /// Raw streams are several files, which no stream can take.
    NeedsFolder,
    /// The user cancelled it.
    Cancelled,
}

impl ExportError {
    pub(super) fn io(action: FileAction, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}
