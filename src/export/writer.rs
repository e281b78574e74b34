//! What all formats have in common.

use std::io;

use super::summary::Unfaithful;
use crate::capture::Entry;

/// Writes entries in a format, in the order of the record.
pub(super) trait EntryWriter {
    /// Writes an entry, and takes note of what the format alone leaves out of it.
    fn write(&mut self, entry: &Entry, unfaithful: &mut Unfaithful) -> io::Result<()>;

    /// Writes what is still held back.
    fn finish(self) -> io::Result<()>
    where
        Self: Sized,
    {
        Ok(())
    }
}
