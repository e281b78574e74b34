//! How much of a session is kept.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// How much a capture keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// The most bytes that the capture may occupy on disk.
    pub limit_bytes: u64,
    /// What to do at the limit.
    pub at_limit: AtLimit,
    /// How many bytes of each chunk are kept; `None` means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chunk_limit_bytes: Option<u32>,
}

/// What to do when a capture reaches its limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtLimit {
    /// Stop recording, as on a full disk.
    #[default]
    Stop,
    /// Drop the oldest entries to make room for new ones (a ring).
    GiveUpOldest,
}

impl Keep {
    /// The smallest limit.
    pub const MIN_LIMIT_BYTES: u64 = 1024 * 1024;
    /// The default limit, unless the volume has less free space.
    pub const DEFAULT_LIMIT_BYTES: u64 = 10 * 1024 * 1024 * 1024;

    /// Keeps everything up to 10 GiB or a tenth of the free space at `dir`, whichever is less. `dir` need not exist
    /// yet.
    pub fn everything(dir: &Path) -> Self {
        let existing = dir.ancestors().find(|dir| dir.exists());
        let free = existing.and_then(|dir| fs4::available_space(dir).ok());
        let tenth = free.map_or(Self::DEFAULT_LIMIT_BYTES, |free| free / 10);
        Self::up_to(tenth.min(Self::DEFAULT_LIMIT_BYTES))
    }

    /// Keeps everything up to a limit of at least [`MIN_LIMIT_BYTES`](Self::MIN_LIMIT_BYTES).
    pub fn up_to(limit_bytes: u64) -> Self {
        Self {
            limit_bytes: limit_bytes.max(Self::MIN_LIMIT_BYTES),
            at_limit: AtLimit::Stop,
            chunk_limit_bytes: None,
        }
    }
}
