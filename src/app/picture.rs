//! Saves pictures, on a thread of their own.

use std::path::PathBuf;

use super::App;
use super::carry_out::as_problem;
use crate::export::ExportError;
use crate::export::picture::PictureJob;
use crate::session::SessionError;
use crate::session::worker::JobThread;

/// The outcome of a picture: its file, or why there is none.
pub(super) type Pictures = JobThread<Result<PathBuf, ExportError>>;

impl App {
    /// Saves a picture.
    pub(super) fn save_picture(&mut self, job: PictureJob) {
        self.model.picture = None;
        if !job.path.is_absolute() {
            self.model.picture = Some(Err(as_problem(SessionError::RelativePath)));
            return;
        }
        let path = job.path.clone();
        let ordered = self.pictures.order(move |_| job.write().map(|_| path));
        if let Err(refused) = ordered {
            self.model.picture = Some(Err(as_problem(SessionError::from(refused))));
        }
    }

    /// Notes what became of a picture.
    pub(super) fn follow_pictures(&mut self) {
        if let Some(outcome) = self.pictures.outcome() {
            self.model.picture = Some(outcome.map_err(as_problem));
        }
    }
}
