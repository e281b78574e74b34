//! What can be wrong with what was recorded, and where.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

impl ReadError {
    /// Returns whether another error says nothing new beside this one: it is of the same place, or of a file that is
    /// known not to be there, not to be this one, or not to be whole.
    pub(in crate::capture) fn covers(&self, other: &Self) -> bool {
        let is_of_file = match (self, other) {
            (
                Self::Damaged { position, what, .. },
                Self::Damaged {
                    position: at,
                    what: other,
                    ..
                },
            ) => {
                let is_of_all = matches!(what, Damage::Missing | Damage::Foreign | Damage::Short);
                is_of_all || (position, what) == (at, other)
            }
            (Self::Io { .. }, _) => true,
            (Self::Damaged { .. }, Self::Io { .. }) => false,
        };
        is_of_file && self.path() == other.path()
    }
}

/// Consecutive entries that cannot be read, and why the first of them cannot.
#[derive(Clone, Debug)]
pub(crate) struct UnreadRun {
    /// The number of the first.
    pub(crate) first: u64,
    /// How many there are.
    pub(crate) count: u64,
    /// Why.
    pub(crate) why: Arc<ReadError>,
}

impl UnreadRun {
    /// Adds entries if they follow and the same file is to blame. Returns whether they were added.
    pub(crate) fn join(&mut self, first: u64, count: u64, why: &ReadError) -> bool {
        let follows = self.end() == first && self.why.path() == why.path();
        if follows {
            self.count = self.count.saturating_add(count);
        }
        follows
    }

    /// Returns the number after the last.
    pub(crate) fn end(&self) -> u64 {
        self.first.saturating_add(self.count)
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
    /// One bit has changed; the checksum says which, so nothing is lost.
    Bit,
    /// The file is too short.
    Short,
    /// The file goes on after what was written.
    Long,
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
