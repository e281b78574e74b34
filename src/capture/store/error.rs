//! What can go wrong with a capture's files, with the place.

use std::io;
use std::path::{Path, PathBuf};

/// Why a capture could not be made, opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file or a folder could not be made, opened, read, written or renamed.
    #[error("cannot {operation} {}: {}", path.display(), io_words(source))]
    Io {
        /// What was tried: `make`, `open`, `read`, `write`, `rename`, `delete`.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A capture is made in a folder of its own.
    #[error("{} is not empty: a capture needs a new or an empty folder", .0.display())]
    NotEmpty(PathBuf),
    /// The folder holds no capture.
    #[error("{} is no capture: it has no {manifest}", path.display(), manifest = super::manifest::FILE_NAME)]
    NoCapture {
        /// The folder.
        path: PathBuf,
    },
    /// Another process records there.
    #[error("{} is being recorded by another window", .0.display())]
    Locked(PathBuf),
    /// The manifest cannot be understood.
    #[error("{} is damaged: {words}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        words: String,
    },
    /// A newer version wrote it.
    #[error("{} is of format {format}, which a newer Bothends wrote (this one reads {})", path.display(), super::format::VERSION)]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its format.
        format: u32,
    },
    /// A file of the capture is damaged.
    #[error(transparent)]
    Damaged(#[from] ReadError),
}

impl StoreError {
    pub(in crate::capture) fn io(
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

/// Why something on record could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system did not give it.
    #[error("cannot read {} at byte {position}: {}", path.display(), io_words(source))]
    Io {
        /// The file.
        path: PathBuf,
        /// Where in it.
        position: u64,
        /// The system's error.
        source: io::Error,
    },
    /// What stands there is not what was written.
    #[error("{} is damaged at byte {position}: {what}", path.display())]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The file does not begin as its kind does.
    #[error("its head is not that of a capture's file")]
    Head,
    /// A checksum does not fit.
    #[error("the checksum is wrong")]
    Checksum,
    /// The file ends before.
    #[error("the file is too short")]
    Short,
    /// A place outside of the file is named.
    #[error("it refers to bytes that are not there")]
    Reference,
    /// The details of an event cannot be understood.
    #[error("the details of the entry cannot be understood")]
    Details,
    /// A segment does not follow on the one before.
    #[error("its entries do not follow on those before")]
    Order,
}

/// Why recording stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StopCause {
    /// It was switched off.
    #[error("recording is switched off")]
    Off,
    /// The bound that was set is reached.
    #[error("the bound of {} is reached", size(*limit_bytes))]
    Bound {
        /// The bound.
        limit_bytes: u64,
    },
    /// The volume has no room left.
    #[error("the disk is full")]
    Full,
    /// The folder is gone.
    #[error("the capture's folder is gone: {}", .0.display())]
    Gone(PathBuf),
    /// Writing failed.
    #[error("{0}")]
    Failed(String),
    /// There is no home directory to record in.
    #[error("there is no home directory: set BOTHENDS_DATA_DIR to a directory")]
    NoHome,
}

impl StopCause {
    /// Tells why writing to `path` failed.
    pub(super) fn of(operation: &'static str, path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::NotFound => Self::Gone(path.parent().unwrap_or(path).to_owned()),
            _ => {
                let words = io_words(error);
                Self::Failed(format!("cannot {operation} {}: {words}", path.display()))
            }
        }
    }

    /// Returns what to do about it: a sentence without full stop.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Off => "Switch recording on to keep what happens from then on",
            Self::Bound { .. } => "Raise the bound, or let the oldest entries go, then resume",
            Self::Full => "Make room and resume, or resume in another folder",
            Self::Gone(_) | Self::Failed(_) | Self::NoHome => "Resume in another folder",
        }
    }
}

/// Writes a size in binary units: `10 GiB`, `1.5 MiB`, `512 bytes`.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    for (name, unit) in UNITS {
        if bytes >= unit {
            let tenths = bytes / (unit / 10).max(1);
            return match tenths % 10 {
                _ if bytes.is_multiple_of(unit) => format!("{} {name}", bytes / unit),
                rest => format!("{}.{rest} {name}", tenths / 10),
            };
        }
    }
    format!("{bytes} bytes")
}

/// The system's words for an error, without its number.
pub(crate) fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "not permitted".to_owned(),
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the volume is read-only".to_owned(),
        _ => error.to_string(),
    }
}
