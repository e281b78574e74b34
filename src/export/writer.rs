//! The common interface of all formats.

use std::io;

use super::summary::Unfaithful;
use crate::capture::Entry;

/// Writes entries in a format, in record order.
pub(super) trait EntryWriter {
    /// Writes an entry, and notes anything that only this format leaves out.
    fn write(&mut self, entry: &Entry, unfaithful: &mut Unfaithful) -> io::Result<()>;

    /// Writes anything still buffered.
    fn finish(self) -> io::Result<()>
    where
        Self: Sized,
    {
        Ok(())
    }
}
