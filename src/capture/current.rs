//! The capture that the session is recorded into. Another one can take its place while recorder and reader are at work.

use std::sync::{Arc, PoisonError, RwLock};

use super::entry::Entry;
use super::store::{RecordStatus, Store};

/// The capture under way; clones see the same one.
#[derive(Clone, Debug)]
pub struct Current(Arc<RwLock<Arc<Store>>>);

impl Current {
    /// Begins with this one.
    pub(super) fn new(store: Arc<Store>) -> Self {
        Self(Arc::new(RwLock::new(store)))
    }

    /// Returns the capture of this moment.
    pub fn store(&self) -> Arc<Store> {
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&store)
    }

    /// Puts entries on record; a change of the capture waits until they are.
    pub(super) fn append(&self, entries: &mut [Entry]) -> RecordStatus {
        let store = self.0.read().unwrap_or_else(PoisonError::into_inner);
        store.append(entries)
    }

    /// Goes on in another capture, which records first how many entries were not recorded in the present one; that one is
    /// ended in order and returned.
    ///
    /// Waits for the entries that are just being put on record: not for a thread that must not wait for a disk.
    pub fn go_on_in(&self, next: Arc<Store>) -> Arc<Store> {
        let mut store = self.0.write().unwrap_or_else(PoisonError::into_inner);
        next.note_unrecorded(store.status().unrecorded);
        let before = std::mem::replace(&mut *store, next);
        drop(store);
        // It is whole without the manifest's word, and where recording has failed that word may fail as well.
        before.close().ok();
        before
    }
}
