//! How much is on record. Plain data for the window.

use super::error::StopCause;

/// How much is on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordStatus {
    /// The entries ever recorded; the next entry's number.
    pub entries: u64,
    /// The number of the oldest entry that is kept: as many older ones are not.
    pub first_kept: u64,
    /// What the kept entries take on disk, in bytes.
    pub kept_bytes: u64,
    /// The bound on `kept_bytes`; 0 for a capture that is only read.
    pub limit_bytes: u64,
    /// Why nothing is recorded, if so.
    pub stopped: Option<StopCause>,
    /// How many entries there would have been since then.
    pub unrecorded: u64,
}
