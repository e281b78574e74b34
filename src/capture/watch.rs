//! Sees entries on their way, beside the record.

use std::time::Duration;

use super::entry::Entry;
use super::store::RecordStatus;

/// Sees each entry once, in order, on the thread that takes the events: without a record, `unrecorded`.
pub trait Watch: Send + 'static {
    /// Takes note of entries. As many of the session's as `record` says are on record, and can be read there; the others
    /// are on no record, and may be taken away.
    ///
    /// The recorder waits for this, and the endpoints wait for the recorder. So it must not block while there is a
    /// record.
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus);

    /// Returns how long events may wait where there is no record, so that many are taken at once and no endpoint has to
    /// wake a thread for each.
    fn patience(&self) -> Duration {
        Duration::ZERO
    }
}
