//! A file that is being sent, or was.

use crate::net::FeedEnd;

/// A file that is sent on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSendModel {
    /// The file's name.
    pub name: String,
    /// How many bytes it has.
    pub total_bytes: u64,
    /// How many bytes were handed to the connection.
    pub sent_bytes: u64,
    /// How it ended, once it has.
    pub end: Option<FeedEnd>,
}

impl FileSendModel {
    /// Returns how much of it was handed to the connection, in percent.
    pub fn percent(&self) -> u64 {
        let total = self.total_bytes.max(1);
        (self.sent_bytes.min(total).saturating_mul(100)) / total
    }
}
