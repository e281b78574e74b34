//! What can be wrong with what was recorded, and where.

use std::io;
use std::path::{Path, PathBuf};

/// Why something recorded could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum ReadError {
    /// A read failed.
    Io {
        /// The file.
        path: PathBuf,
        /// The position in the file.
        position: u64,
        /// The OS error.
        source: io::Error,
    },
    /// The data is not what was written.
    Damaged {
        /// The file.
        path: PathBuf,
        /// The position in the file.
        position: u64,
        /// What is wrong.
        what: Damage,
    },
}

impl ReadError {
    /// Returns the file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. } | Self::Damaged { path, .. } => path,
        }
    }
}

/// What is wrong with the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The file is missing.
    Missing,
    /// The file belongs to another segment or another capture.
    Foreign,
    /// The file's head is invalid.
    Head,
    /// A checksum does not match.
    Checksum,
    /// The file is too short.
    Short,
    /// It refers to a position outside of the file.
    Reference,
    /// The body of an entry or a flow does not consist of fields.
    Body,
    /// A segment does not continue the one before.
    Order,
    /// The manifest is missing or cannot be parsed; what it says was rebuilt from the segments.
    Manifest,
    /// The index is not the one of the entries.
    Index,
}
