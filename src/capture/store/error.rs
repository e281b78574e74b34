//! What can go wrong with a capture's files, with the place.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was tried with a file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAction {
    /// To make it.
    Make,
    /// To open it.
    Open,
    /// To lock it against other processes.
    Lock,
    /// To read from it.
    Read,
    /// To write to it.
    Write,
    /// To give it another name.
    Rename,
    /// To delete it.
    Delete,
}

/// Why a capture could not be made, opened or changed.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum StoreError {
    /// A file or a folder could not be made, opened, read, written or renamed.
    Io {
        /// What was tried.
        action: FileAction,
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A capture is made in a folder of its own.
    NotEmpty(PathBuf),
    /// The folder holds no capture.
    NoCapture {
        /// The folder.
        path: PathBuf,
    },
    /// Another process records there.
    Locked(PathBuf),
    /// The manifest cannot be understood.
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it, as the parser describes it.
        problem: String,
    },
    /// A newer version wrote it.
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its format.
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

/// Why something on record could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum ReadError {
    /// The system did not give it.
    Io {
        /// The file.
        path: PathBuf,
        /// Where in it.
        position: u64,
        /// The system's error.
        source: io::Error,
    },
    /// What stands there is not what was written.
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it.
        position: u64,
        /// What is wrong.
        what: Damage,
    },
}

/// What is wrong with a place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The file does not begin as its kind does.
    Head,
    /// A checksum does not fit.
    Checksum,
    /// The file ends before.
    Short,
    /// A place outside of the file is named.
    Reference,
    /// The details of an event cannot be understood.
    Details,
    /// A segment does not follow on the one before.
    Order,
}

/// Why recording stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopCause {
    /// It was switched off.
    Off,
    /// The bound that was set is reached.
    Bound {
        /// The bound.
        limit_bytes: u64,
    },
    /// The volume has no room left.
    Full,
    /// The folder is gone.
    Gone(PathBuf),
    /// The capture could not be made or written.
    Failed(Failure),
    /// An event cannot be written in the capture's format.
    Unwritable,
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
}

/// What failed with a capture, shared: equal to itself alone.
#[derive(Clone, Debug)]
pub struct Failure(Arc<StoreError>);

impl Failure {
    /// Returns what failed.
    pub fn error(&self) -> &StoreError {
        &self.0
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(Arc::new(error))
    }
}

impl PartialEq for Failure {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Failure {}
