//! Whether to record, and how much to keep.

use std::path::{Path, PathBuf};

use clap::Args;

use super::value::keep_size;
use crate::capture::store::{AtLimit, Keep};

#[derive(Debug, Args)]
pub(in crate::cli) struct RecordArgument {
    /// Record a capture into DIR, which must not exist or be empty; it can be shown, exported or opened in the window
    #[arg(long, value_name = "DIR", default_value = "none")]
    record: PathBuf,
    /// Stop recording when the capture has this size [default: 10g, or a tenth of the free space if that is less]
    #[arg(long, value_name = "SIZE", value_parser = keep_size, requires = "record", conflicts_with = "keep_newest", allow_hyphen_values = true)]
    keep: Option<u64>,
    /// Keep the newest entries within this size, and drop the oldest for them
    #[arg(long, value_name = "SIZE", value_parser = keep_size, requires = "record", allow_hyphen_values = true)]
    keep_newest: Option<u64>,
}

impl RecordArgument {
    /// Returns the folder to record into, if any.
    pub(in crate::cli) fn dir(&self) -> Option<&PathBuf> {
        (self.record != Path::new("none")).then_some(&self.record)
    }

    /// Returns how much is kept in the folder to record into.
    pub(in crate::cli) fn keep(&self, dir: &Path) -> Keep {
        match (self.keep, self.keep_newest) {
            (Some(bytes), _) => Keep::up_to(bytes),
            (None, Some(bytes)) => Keep {
                at_limit: AtLimit::GiveUpOldest,
                ..Keep::up_to(bytes)
            },
            (None, None) => Keep::everything(dir),
        }
    }
}
