//! Why an export did not come to its end.

use std::io;
use std::path::{Path, PathBuf};

use crate::capture::store::{ReadError, io_words};

/// Why an export did not come to its end. What was there before is then still there, and nothing half-written beside it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    /// A file or a folder could not be made, written or renamed.
    #[error("cannot {operation} {}: {}", path.display(), io_words(source))]
    Io {
        /// What was tried: `make`, `write`, `rename`.
        operation: &'static str,
        /// The file or folder as the user named it.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A stream, such as standard output, took no more.
    #[error("cannot write the output: {}", io_words(.0))]
    Stream(#[source] io::Error),
    /// The capture could not be read on.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// There is a file already, and it was not to be replaced.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A folder stands where a file is to be written.
    #[error("{} is a folder: name a file", .0.display())]
    IsFolder(PathBuf),
    /// The folder for raw streams holds something.
    #[error("{} is not empty: raw streams need a new or an empty folder", .0.display())]
    NotEmpty(PathBuf),
    /// Raw streams are several files, which no stream can take.
    #[error("raw streams are a folder of files: name a folder")]
    NeedsFolder,
    /// The user cancelled it.
    #[error("the export was cancelled")]
    Cancelled,
}

impl ExportError {
    pub(super) fn io(
        operation: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io {
            operation,
            path,
            source,
        }
    }
}
