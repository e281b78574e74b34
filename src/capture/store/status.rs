//! The state of a recording. Plain data for the window.

use super::error::StopCause;

/// The state of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordStatus {
    /// How many entries were ever recorded, which is the next entry's number.
    pub entries: u64,
    /// The number of the oldest kept entry, which is also how many are no longer kept.
    pub first_kept: u64,
    /// The size of the kept entries on disk, in bytes.
    pub kept_bytes: u64,
    /// The limit on `kept_bytes`; 0 for a capture that is only read.
    pub limit_bytes: u64,
    /// Why recording has stopped, if it has.
    pub stopped: Option<StopCause>,
    /// How many entries have not been recorded since then.
    pub unrecorded: u64,
}
