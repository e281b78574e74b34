//! Long work with other tools' files: what is being read or written, and what came of an export.

use std::path::PathBuf;

use crate::capture::{Filter, Progress};
use crate::export::{Format as ExportFormat, Summary};
use crate::net::EndpointId;
use crate::words::Problem;

/// Long work that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What is done.
    pub kind: WorkKind,
    /// The other tool's file.
    pub path: PathBuf,
    /// How far it is.
    pub progress: Progress,
}

/// What is done with another tool's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkKind {
    /// It is read.
    Reading,
    /// It is written.
    Writing,
}

impl Work {
    /// Makes the model of work that has just begun.
    pub fn new(kind: WorkKind, path: PathBuf) -> Self {
        Self {
            kind,
            path,
            progress: Progress::default(),
        }
    }
}

/// What is to be exported of the capture that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOrder {
    /// In which format.
    pub format: ExportFormat,
    /// Where to.
    pub path: PathBuf,
    /// Whether a file that is there already is replaced.
    pub replace: bool,
    /// Which entries.
    pub extent: Extent,
    /// Only this endpoint's.
    pub endpoint: Option<EndpointId>,
}

/// Which entries are exported.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// All of them.
    Whole,
    /// Those that a view shows.
    View(Filter),
    /// Of those, the ones from one number to another, both taken.
    Selection(Filter, (u64, u64)),
}

/// What came of an export.
#[derive(Debug)]
pub(crate) enum Exported {
    /// It is there.
    Written {
        /// How much, and where it does not hold what was on the wire.
        summary: Summary,
        /// Where to.
        path: PathBuf,
    },
    /// It could not be written.
    Failed(Problem),
}
