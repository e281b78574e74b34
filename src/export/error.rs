//! Why an export failed.

use std::io;
use std::path::{Path, PathBuf};

use crate::capture::store::{FileAction, ReadError};

/// Why an export failed. An existing target is then unchanged, and no partial file is left beside it.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub(crate) enum ExportError {
    /// A file or folder could not be created, written or renamed.
    Io {
        /// The failed operation.
        action: FileAction,
        /// The file or folder as the user named it.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A stream, such as standard output, could not be written.
    Stream(#[source] io::Error),
    /// The capture could not be read.
    Read(#[from] ReadError),
    /// The file exists, and may not be replaced.
    Exists(PathBuf),
    /// The target of a file is a folder.
    IsFolder(PathBuf),
    /// The target is inside the capture that is read.
    InsideCapture(PathBuf),
    /// The folder for raw streams is not empty.
    NotEmpty(PathBuf),
    /// Raw streams are several files, which cannot be written to a stream.
    NeedsFolder,
    /// A picture has too many dots.
    PictureTooLarge,
    /// A picture could not be encoded.
    Picture(#[source] image::ImageError),
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
