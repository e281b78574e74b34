//! The captures on disk: what the librarian is asked to do, and what comes of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossbeam_channel::Receiver;

use super::carry_out::as_problem;
use super::librarian::{Job, Outcome};
use super::{App, WAKE_DELAY};
use crate::capture::store::Store;
use crate::capture::{Reading, Request, Update, title};
use crate::model::{CaptureId, LibraryTask, MAX_OPENED, OpenedModel, Place};
use crate::workspace::Recording;

/// A capture that is open beside the live session.
pub(super) struct Opened {
    id: CaptureId,
    store: Arc<Store>,
    reading: Reading,
    updates: Receiver<Update>,
}

impl App {
    pub(super) fn recording(&self) -> Recording {
        self.model.preferences.recording
    }

    /// Hands a job to the librarian.
    pub(super) fn order(&mut self, job: Job) {
        let task = job.task();
        self.model.library.began(task);
        if !self.librarian.take(job) {
            let busy = "earlier work on the sessions is still going on: try again in a moment";
            self.model
                .library
                .ended(task, Some(as_problem(busy.to_owned())));
        }
    }

    /// Opens a capture; one that is open already is shown.
    pub(super) fn open_capture(&mut self, path: PathBuf) {
        self.model.library.forget_problem();
        if self.model.library.live_folder.as_ref() == Some(&path) {
            self.model.show(CaptureId::Live);
        } else if let Some(opened) = self.opened_in(&path) {
            let id = opened.id;
            self.model.show(id);
        } else if self.beside.len() >= MAX_OPENED {
            let words = format!("{MAX_OPENED} captures are open: close one first");
            self.model
                .library
                .ended(LibraryTask::Open, Some(as_problem(words)));
        } else {
            self.order(Job::Open(path));
        }
    }

    pub(super) fn save_session(&mut self, folder: PathBuf, name: String) {
        let opened = self.opened_in(&folder).map(|it| Arc::clone(&it.store));
        self.order(Job::Save {
            folder,
            name,
            opened,
        });
    }

    pub(super) fn delete_session(&mut self, folder: PathBuf) {
        if let Some(id) = self.opened_in(&folder).map(|it| it.id) {
            self.close_capture(id);
        }
        self.order(Job::Delete(folder));
    }

    /// Notes that the user was told of the interrupted session.
    pub(super) fn settle_offer(&mut self) {
        if let Some(offer) = self.model.library.offer.take() {
            self.order(Job::NoteOffered(offer.session.folder));
        }
    }

    /// Puts a capture away; its reader ends by itself.
    pub(super) fn close_capture(&mut self, id: CaptureId) {
        let closed: Vec<_> = self.beside.extract_if(.., |it| it.id == id).collect();
        for opened in closed {
            self.discard(opened.store);
        }
        self.model.close_opened(id);
    }

    fn opened_in(&self, folder: &Path) -> Option<&Opened> {
        self.beside.iter().find(|it| it.store.dir() == folder)
    }

    /// Returns the capture that is shown.
    pub(super) fn shown_store(&self) -> Option<Arc<Store>> {
        let shown = self.model.shown();
        let opened = self.beside.iter().find(|opened| opened.id == shown);
        match opened {
            Some(opened) => Some(Arc::clone(&opened.store)),
            None => self.capture.as_ref().map(|it| it.current().store()),
        }
    }

    /// Asks the reader of the capture that is shown; gives the request back when it has too much to do.
    pub(super) fn ask_shown(&self, request: Request) -> Result<(), Box<Request>> {
        let shown = self.model.shown();
        let opened = self.beside.iter().find(|opened| opened.id == shown);
        match (opened, &self.capture) {
            (Some(opened), _) => opened.reading.request(request),
            (None, Some(capture)) => capture.request(request),
            (None, None) => Err(Box::new(request)),
        }
    }

    /// Folds what the readers of opened captures answered.
    pub(super) fn fold_opened(&mut self) {
        for opened in &self.beside {
            for update in opened.updates.try_iter() {
                if let Update::Answer(answer) = update {
                    self.model.fold_answer(opened.id, answer);
                }
            }
        }
    }

    /// Folds what came of the librarian's jobs.
    pub(super) fn fold_outcomes(&mut self, ctx: &egui::Context) {
        while let Some((task, outcome)) = self.librarian.outcome() {
            let problem = self.fold_outcome(ctx, outcome).err().map(as_problem);
            if let Some(problem) = problem.as_ref().filter(|_| task == LibraryTask::Aside) {
                self.model
                    .notices
                    .push(Place::Sessions, Arc::clone(problem));
            }
            self.model.library.ended(task, problem);
        }
    }

    fn fold_outcome(&mut self, ctx: &egui::Context, outcome: Outcome) -> Result<(), String> {
        match outcome {
            Outcome::Tidied {
                sessions,
                pruned,
                offer,
                live_folder,
                default_keep,
            } => {
                let library = &mut self.model.library;
                library.sessions = Some(sessions);
                library.pruned += pruned;
                library.offer = offer;
                library.live_folder = Some(live_folder);
                library.default_keep = default_keep;
            }
            Outcome::Opened(store) => {
                let place = store.dir();
                self.add_opened(ctx, store, place)?;
            }
            Outcome::IsFile(path) => self.import(ctx, path),
            Outcome::Moved(before) => {
                self.model.restart_live();
                self.stir();
                if before.status().entries > 0 {
                    let place = before.dir();
                    self.add_opened(ctx, before, place)?;
                    // What happens now is in the live session, not in what was before.
                    self.model.show(CaptureId::Live);
                }
                self.order(Job::List);
            }
            Outcome::RecordChanged => self.stir(),
            Outcome::Done => {}
            Outcome::Failed(words) => return Err(words),
        }
        Ok(())
    }

    /// Lets the recorder tell how the record stands now.
    fn stir(&self) {
        if let Some(engine) = &self.engine {
            engine.stir();
        }
    }

    /// Shows a capture that was opened, with a reader of its own; `place` is what the user opened.
    pub(super) fn add_opened(
        &mut self,
        ctx: &egui::Context,
        store: Arc<Store>,
        place: PathBuf,
    ) -> Result<(), String> {
        let ctx = ctx.clone();
        let wake = move || ctx.request_repaint_after_for(WAKE_DELAY, egui::ViewportId::ROOT);
        let (reading, updates) = Reading::open(Arc::clone(&store), self.model.words, wake)
            .map_err(|error| error.to_string())?;
        self.ever_opened += 1;
        let id = CaptureId::Opened(self.ever_opened);
        self.model.add_opened(OpenedModel {
            id,
            name: title(&store),
            place,
            record: store.status(),
            names: store.manifest().names(),
            protocol: None,
        });
        self.beside.push(Opened {
            id,
            store,
            reading,
            updates,
        });
        Ok(())
    }

    /// Puts away all captures beside the live session.
    pub(super) fn close_all(&mut self) {
        for opened in std::mem::take(&mut self.beside) {
            self.discard(opened.store);
        }
    }

    /// Keeps the endpoints' names with the session, when they may have changed.
    pub(super) fn keep_names(&mut self) {
        if self.are_names_due && self.librarian.take(Job::Name(self.model.names())) {
            self.are_names_due = false;
        }
    }

    /// Ends the session in order; one in which nothing happened leaves nothing behind.
    pub(super) fn end_session(&self, store: &Arc<Store>) {
        if let Some(library) = &self.library {
            // Nobody is left to be told: without the manifest's word it counts as interrupted, and is whole.
            library.end(store).ok();
        }
    }
}
