//! A file, and the thread that writes it, which a slow disk may block.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Wake;
use super::worker::{JobRefused, JobThread};
use crate::workspace::{SaveError, SavedFile};

/// Saves a file in the background, one save at a time; each returns a `T`.
pub(crate) struct Saver<T> {
    /// The thread holds the lock while it writes.
    file: Arc<Mutex<SavedFile>>,
    worker: JobThread<Result<T, SaveError>>,
}

impl<T: Send + 'static> Saver<T> {
    /// Makes a saver that calls `wake` after each save.
    pub(crate) fn new(file: SavedFile, wake: Wake) -> Self {
        Self {
            file: Arc::new(Mutex::new(file)),
            worker: JobThread::new("saver", wake),
        }
    }

    /// Submits a job on the file, behind those that wait.
    pub(crate) fn order(
        &mut self,
        job: impl FnOnce(&mut SavedFile) -> Result<T, SaveError> + Send + 'static,
    ) -> Result<(), JobRefused> {
        let file = Arc::clone(&self.file);
        self.worker.order(move |_| job(&mut held(&file)))
    }

    /// Returns whether jobs wait or run, or outcomes have not been taken.
    pub(crate) fn is_busy(&self) -> bool {
        self.worker.progress().is_some()
    }

    /// Begins to save; returns whether it could. While an earlier outcome has not been taken, it cannot.
    pub(crate) fn save(
        &mut self,
        save: impl FnOnce(&mut SavedFile) -> Result<T, SaveError> + Send + 'static,
    ) -> bool {
        !self.is_busy() && self.order(save).is_ok()
    }

    /// Returns the outcome of the last save, once it has ended.
    pub(crate) fn outcome(&mut self) -> Option<Result<T, SaveError>> {
        self.worker.outcome()
    }

    /// Waits for a save in progress, and saves on this thread.
    pub(crate) fn save_now(
        &mut self,
        save: impl FnOnce(&mut SavedFile) -> Result<T, SaveError>,
    ) -> Result<T, SaveError> {
        self.worker.finish();
        save(&mut held(&self.file))
    }
}

fn held(file: &Mutex<SavedFile>) -> MutexGuard<'_, SavedFile> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}
