//! The record: what the recorder appends to and the reader reads from.
//!
//! This is the seam to where entries are kept. Today that is `memory.rs`, behind a lock that is held only for a
//! bounded number of entries; the window never takes it. A capture in files takes its place behind these functions:
//! append a batch, how much is on record, entries by number. A payload comes with its entry.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::entry::Entry;
use super::memory::Memory;
use super::status::RecordStatus;

/// How many entries a reader visits while it holds the record.
pub(super) const MAX_VISIT: u64 = 8_192;

/// The session's entries, numbered without gaps. Clones are the same record.
#[derive(Clone, Debug)]
pub(super) struct Record {
    memory: Arc<Mutex<Memory>>,
}

impl Record {
    /// Makes an empty record that keeps at most `limit_bytes`.
    pub(super) fn new(limit_bytes: u64) -> Self {
        let memory = Arc::new(Mutex::new(Memory::new(limit_bytes)));
        Self { memory }
    }

    /// Puts a batch of entries on record, whose numbers follow on what is there.
    pub(super) fn append(&self, entries: impl IntoIterator<Item = Entry>) -> RecordStatus {
        let mut memory = self.memory();
        for entry in entries {
            memory.append(entry);
        }
        memory.status()
    }

    /// Returns how much is on record.
    pub(super) fn status(&self) -> RecordStatus {
        self.memory().status()
    }

    /// Returns an entry, unless it is not kept.
    pub(super) fn entry(&self, number: u64) -> Option<Entry> {
        self.memory().entry(number).cloned()
    }

    /// Visits these entries in this order until `visit` breaks off; what is not kept is passed over.
    /// Nothing is appended meanwhile, so that callers ask for at most [`MAX_VISIT`] of them at once.
    pub(super) fn visit(
        &self,
        numbers: impl IntoIterator<Item = u64>,
        mut visit: impl FnMut(&Entry) -> ControlFlow<()>,
    ) {
        let memory = self.memory();
        for entry in numbers
            .into_iter()
            .filter_map(|number| memory.entry(number))
        {
            if visit(entry).is_break() {
                return;
            }
        }
    }

    /// Returns those of these entries that are kept.
    pub(super) fn entries(&self, numbers: impl IntoIterator<Item = u64>) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.visit(numbers, |entry| {
            entries.push(entry.clone());
            ControlFlow::Continue(())
        });
        entries
    }

    /// A thread that panicked while it held the lock left whole entries behind.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
