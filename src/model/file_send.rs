//! A file that is being sent or has been sent.

use std::path::Path;

use crate::net::FeedEnd;

/// A file sent on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSendModel {
    /// The file's name.
    pub name: String,
    /// Its size.
    pub total_bytes: u64,
    /// How many bytes have been queued on the connection.
    pub sent_bytes: u64,
    /// How it ended, once it has.
    pub end: Option<FeedEnd>,
}

impl FileSendModel {
    /// Makes the model of a file before anything is sent.
    pub fn new(path: &Path, total_bytes: u64) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self {
            name: name.to_string_lossy().into_owned(),
            total_bytes,
            sent_bytes: 0,
            end: None,
        }
    }

    /// Returns how much of it has been queued on the connection, in percent.
    pub fn percent(&self) -> u64 {
        let total = self.total_bytes.max(1);
        (self.sent_bytes.min(total).saturating_mul(100)) / total
    }
}
