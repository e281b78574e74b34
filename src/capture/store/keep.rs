//! How much is kept of what happens.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// How much a capture keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// The most bytes that the capture may take on disk.
    pub limit_bytes: u64,
    /// What happens there.
    pub at_limit: AtLimit,
    /// How many bytes of each chunk are kept; none means all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chunk_limit_bytes: Option<u32>,
}

/// What happens when a capture reaches its bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtLimit {
    /// Recording stops, as on a full disk.
    #[default]
    Stop,
    /// The oldest entries are given up for the newest (a ring).
    GiveUpOldest,
}

impl Keep {
    /// The least bound.
    pub const MIN_LIMIT_BYTES: u64 = 1024 * 1024;
    /// The bound where nothing else is said, unless the volume has less room.
    pub const DEFAULT_LIMIT_BYTES: u64 = 10 * 1024 * 1024 * 1024;

    /// Everything, up to 10 GiB or a tenth of the room that is free where `dir` is or will be, whichever is less.
    pub fn everything(dir: &Path) -> Self {
        let existing = dir.ancestors().find(|dir| dir.exists());
        let free = existing.and_then(|dir| fs4::available_space(dir).ok());
        let tenth = free.map_or(Self::DEFAULT_LIMIT_BYTES, |free| free / 10);
        Self::up_to(tenth.min(Self::DEFAULT_LIMIT_BYTES))
    }

    /// Everything, up to a bound (at least [`MIN_LIMIT_BYTES`](Self::MIN_LIMIT_BYTES)).
    pub fn up_to(limit_bytes: u64) -> Self {
        Self {
            limit_bytes: limit_bytes.max(Self::MIN_LIMIT_BYTES),
            at_limit: AtLimit::Stop,
            chunk_limit_bytes: None,
        }
    }
}
