//! Imports and exports: what is being read or written, and the outcome of the last export.

use std::path::PathBuf;

use crate::capture::{Filter, Progress};
use crate::export::{ExportFormat, ExportSummary};
use crate::net::EndpointId;
use crate::words::Problem;

/// An import or export in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Which of the two.
    pub kind: WorkKind,
    /// The other tool's file.
    pub path: PathBuf,
    /// Its progress.
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
    /// Makes the model of work that has just started.
    pub fn new(kind: WorkKind, path: PathBuf) -> Self {
        Self {
            kind,
            path,
            progress: Progress::default(),
        }
    }
}

/// What to export of the capture in view.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOrder {
    /// In which format.
    pub format: ExportFormat,
    /// Where to.
    pub path: PathBuf,
    /// Whether to overwrite an existing file.
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
    /// Of those, the ones between two entry numbers, inclusive.
    Selection(Filter, (u64, u64)),
}

/// The outcome of an export.
#[derive(Debug)]
pub(crate) enum Exported {
    /// It was written.
    Written {
        /// How much, and where it is incomplete.
        summary: ExportSummary,
        /// Where to.
        path: PathBuf,
    },
    /// It could not be written.
    Failed(Problem),
}
