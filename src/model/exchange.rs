//! Long work with other tools' files: what is being read or written, and what came of an export.

use std::path::PathBuf;

use crate::capture::{Filter, Progress};
use crate::export::Format as ExportFormat;
use crate::net::EndpointId;

/// Long work that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What it is: `Reading trace.pcapng`.
    pub words: String,
    /// How far it is.
    pub progress: Progress,
}

impl Work {
    /// Makes the model of work that has just begun.
    pub fn new(words: String) -> Self {
        Self {
            words,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// It is there.
    Written {
        /// How much, and where.
        words: String,
        /// Where it does not hold what was on the wire, the first places.
        lacks: Vec<String>,
        /// How many more of these places there are.
        more_lacks: u64,
    },
    /// It could not be written, and why.
    Failed(String),
}
