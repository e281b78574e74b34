//! Errors of a capture's files, with their location.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::format::Ended;
use crate::capture::damage::ReadError;

/// What was attempted on a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAction {
    /// Creating it.
    Make,
    /// Opening it.
    Open,
    /// Locking it against other processes.
    Lock,
    /// Reading from it.
    Read,
    /// Writing to it.
    Write,
    /// Renaming it.
    Rename,
    /// Deleting it.
    Delete,
}

/// Why a capture could not be created, opened or changed.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum StoreError {
    /// A file or folder operation failed.
    Io {
        /// What was attempted.
        action: FileAction,
        /// The file or folder.
        path: PathBuf,
        /// The OS error.
        source: io::Error,
    },
    /// The folder for a new capture is not empty.
    NotEmpty(PathBuf),
    /// The folder does not contain a capture.
    NoCapture {
        /// The folder.
        path: PathBuf,
    },
    /// Another process is recording there.
    Locked(PathBuf),
    /// The manifest cannot be parsed.
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// The parser's error message.
        problem: String,
    },
    /// It was written by a newer version.
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its format version.
        format: u32,
    },
    /// A file of the capture is damaged.
    Damaged(#[from] ReadError),
}

impl StoreError {
    pub(in crate::capture) fn io(
        action: FileAction,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

/// Why recording stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopCause {
    /// The user switched it off.
    Off,
    /// The size limit has been reached.
    Bound {
        /// The limit.
        limit_bytes: u64,
    },
    /// The volume is full.
    Full,
    /// The folder no longer exists.
    Gone(PathBuf),
    /// The capture could not be created or written.
    Failed(StoreFailure),
    /// There is no home directory to record in.
    NoHome,
}

impl StopCause {
    /// Returns why writing to `path` failed.
    pub(super) fn of(action: FileAction, path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::NotFound => Self::Gone(path.parent().unwrap_or(path).to_owned()),
            kind => {
                let code = error.raw_os_error();
                let source = code.map_or_else(|| kind.into(), io::Error::from_raw_os_error);
                Self::Failed(StoreError::io(action, path)(source).into())
            }
        }
    }

    /// Returns how recording ends because of it.
    pub(super) fn ended(&self) -> Ended {
        match self {
            Self::Bound { .. } => Ended::Bound,
            Self::Full => Ended::Full,
            Self::Off => Ended::Off,
            Self::Gone(_) | Self::Failed(_) | Self::NoHome => Ended::Failed,
        }
    }
}

/// A capture's error, shared. Equal only to itself.
#[derive(Clone, Debug)]
pub struct StoreFailure(Arc<StoreError>);

impl StoreFailure {
    /// Returns the error.
    pub fn error(&self) -> &StoreError {
        &self.0
    }
}

impl From<StoreError> for StoreFailure {
    fn from(error: StoreError) -> Self {
        Self(Arc::new(error))
    }
}

impl PartialEq for StoreFailure {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for StoreFailure {}
