//! The common interface of all formats.

use std::io;

use super::summary::Unfaithful;
use crate::capture::store::CutShort;
use crate::capture::{Entry, Remark, UnreadRun};

/// Writes entries in a format, in record order.
pub(super) trait EntryWriter {
    /// Writes an entry, and notes anything that only this format leaves out. Returns how many bytes of payload were
    /// written.
    fn write(&mut self, entry: &Entry, unfaithful: &mut Unfaithful) -> io::Result<u64>;

    /// Writes that entries cannot be read, where they would stand.
    fn unreadable(&mut self, run: &UnreadRun) -> io::Result<()>;

    /// Writes, behind the last entry, that recording was cut short. `next` is the number of the entry that is missing.
    fn cut_short(&mut self, cut: CutShort, next: u64) -> io::Result<()>;

    /// Writes anything still buffered.
    fn finish(self) -> io::Result<()>
    where
        Self: Sized,
    {
        Ok(())
    }
}

/// Returns the note for entries that cannot be read.
pub(super) fn remark(run: &UnreadRun) -> Remark<'_> {
    Remark::Unreadable {
        first: run.first,
        entries: run.count,
        why: &run.why,
    }
}

/// Returns how many bytes of payload an entry has.
pub(super) fn payload_len(entry: &Entry) -> u64 {
    entry
        .payload()
        .map_or(0, |payload| payload.bytes.len() as u64)
}
