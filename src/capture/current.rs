//! The capture that the session is recorded into. It can be replaced while the recorder and the reader are running.

use std::sync::{Arc, PoisonError, RwLock};

use super::entry::Entry;
use super::sample::Sample;
use super::store::{RecordStatus, Store};

/// The current capture. Clones share it.
#[derive(Clone, Debug)]
pub struct Current(Arc<RwLock<Arc<Store>>>);

impl Current {
    /// Starts with this capture.
    pub fn new(store: Arc<Store>) -> Self {
        Self(Arc::new(RwLock::new(store)))
    }

    /// Returns the current capture.
    pub fn store(&self) -> Arc<Store> {
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&store)
    }

    /// Records entries. A change of capture waits for this.
    pub(super) fn append(&self, entries: &mut [Entry]) -> RecordStatus {
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        store.append(entries)
    }

    /// Puts samples beside the entries. A change of capture waits for this.
    pub(super) fn append_samples(&self, samples: &[Sample]) {
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        store.append_samples(samples);
    }

    /// Counts entries that were lost before they could be recorded.
    pub(super) fn note_unrecorded(&self, entries: u64) {
        self.store().note_unrecorded(entries);
    }

    /// Continues in another capture, whose first entry says how many entries the present one failed to record. The
    /// present one is closed and returned.
    ///
    /// Waits for entries that are being written, so it must not be called on a thread that may not block.
    pub fn continue_in(&self, next: Arc<Store>) -> Arc<Store> {
        let mut store = self.0.write().unwrap_or_else(PoisonError::into_inner);
        next.note_unrecorded(store.status().unrecorded);
        let before = std::mem::replace(&mut *store, next);
        drop(store);
        // The capture is complete without this mark in its manifest, and if recording has failed, this may fail too.
        before.close().ok();
        before
    }
}
