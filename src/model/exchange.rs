//! Long work with other tools' files: what is being read or written, and what came of an export.

use std::path::PathBuf;

use crate::capture::{ExportFormat, Filter};
use crate::net::EndpointId;

/// Long work that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What it is: `Reading trace.pcapng`.
    pub words: String,
    /// How much is done, and of how much; of nothing before that is known.
    pub progress: (u64, u64),
}

impl Work {
    /// Makes the model of work that has just begun.
    pub fn new(words: String) -> Self {
        Self {
            words,
            progress: (0, 0),
        }
    }

    /// Returns how far it is, from 0 to 1.
    pub fn fraction(&self) -> f32 {
        match self.progress {
            (_, 0) => 0.0,
            (done, total) => (done as f32 / total as f32).clamp(0.0, 1.0),
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
