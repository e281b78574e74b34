//! The running document: edits, what they change in what runs, and another document in its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::saver::Saver;
use super::{Session, SessionError, Update, Wake};
use crate::net::EndpointId;
use crate::workspace::{
    Document, DocumentFile, DocumentFileError, DocumentHash, DocumentSaveError, EndpointKind,
    LanguageId, Outside, ReadDocument, SaveError, SavedFile, UnsavedChanges,
};

/// No edit has this number: nothing was saved.
const NEVER: u64 = u64::MAX;

/// The running document's place on disk, and how what it holds there differs.
pub(super) struct Filing {
    pub(super) saver: Saver<DocumentOutcome>,
    /// Whether an untitled document has a place to be saved in.
    keeps_untitled: bool,
    /// Its own file; none while it is untitled.
    pub(super) file: Option<DocumentFile>,
    /// How many documents there were before it, and how many edits of it.
    pub(super) stand: Stand,
    /// How many edits there were when it began.
    begun: u64,
    /// The edits that were saved last.
    pub(super) saved: u64,
    /// The edits that were last compared with the file.
    compared: u64,
    /// Whether a save that the user asked for is under way.
    is_saving: bool,
    /// Whether it is to be looked what became of its file, once nothing else is done with it.
    is_look_due: bool,
    /// The documents that were open lately.
    recent: Vec<PathBuf>,
    /// What to save once that has ended well: only then it is known what the file holds.
    again: Option<SaveOrder>,
}

/// A save that the user asked for.
enum SaveOrder {
    /// In the document's own file.
    Own { may_overwrite: bool },
    /// In another file.
    In { path: PathBuf, may_replace: bool },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stand {
    documents: u64,
    pub(super) edits: u64,
}

/// What a job on the document's file led to.
pub(super) enum DocumentOutcome {
    /// The untitled document was saved, and as this person approves it.
    Autosaved(Stand, Option<DocumentHash>),
    /// An untitled document was kept, if it was worth it, when another one took its place; and as this person approves
    /// it.
    SetAside(Option<(PathBuf, Option<DocumentHash>)>),
    /// The document is as its file was last seen, or is not.
    Compared(Stand, bool),
    /// The document was saved in its own file as it was then, or could not be.
    Saved(Stand, Result<DocumentFile, DocumentSaveError>),
    /// What became of its file.
    Looked(Stand, DocumentFile, Option<Outside>),
    /// What an earlier window left of it that was not saved.
    Found(
        Stand,
        Result<Option<Box<UnsavedChanges>>, DocumentFileError>,
    ),
    /// Nothing is left to do.
    Done,
}

impl Filing {
    pub(super) fn new(untitled: SavedFile, file: Option<DocumentFile>, wake: Wake) -> Self {
        Self {
            keeps_untitled: untitled.is_kept(),
            saver: Saver::new(untitled, wake),
            // An untitled document is saved even if nothing changes: there may be no file for it yet.
            saved: if file.is_some() { 0 } else { NEVER },
            file,
            stand: Stand::default(),
            begun: 0,
            compared: 0,
            is_saving: false,
            is_look_due: false,
            recent: Vec::new(),
            again: None,
        }
    }

    fn is_saved(&self) -> bool {
        self.saved == self.stand.edits
    }
}

impl Session {
    /// Returns the document as it stands. Whoever shows it keeps this; it never changes, each edit makes another one.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Returns the document's own file; `None` while it is untitled.
    pub fn document_path(&self) -> Option<&Path> {
        self.filing.file.as_ref().map(DocumentFile::path)
    }

    /// Returns whether the document saves itself: it is untitled, and there is a place for it.
    pub fn is_autosaved(&self) -> bool {
        self.filing.file.is_none() && self.filing.keeps_untitled
    }

    /// Returns whether the document's own file does not hold what was edited. An untitled one saves itself.
    pub fn is_unsaved(&self) -> bool {
        self.filing.file.is_some() && !self.filing.is_saved()
    }

    /// Returns whether the document is kept nowhere, and somebody set up something in it.
    pub fn is_unkept(&self) -> bool {
        let filing = &self.filing;
        let has_place = filing.file.is_some() || filing.keeps_untitled;
        !has_place && filing.stand.edits != filing.begun && !self.document.is_blank()
    }

    /// Returns whether a save that the user asked for is under way, or waits for one.
    pub fn is_saving(&self) -> bool {
        self.filing.is_saving
    }

    /// Edits the document. What runs stays as it is, except by [`set_up`](Self::set_up), [`approve`](Self::approve) and
    /// [`remove`](Self::remove).
    pub fn edit<T>(&mut self, edit: impl FnOnce(&mut Document) -> T) -> T {
        let edited = edit(Arc::make_mut(&mut self.document));
        self.filing.stand.edits += 1;
        self.follow_facts();
        edited
    }

    /// Replaces the setup of an endpoint. A listening server applies what may change while it runs.
    pub fn set_up(&mut self, id: EndpointId, kind: EndpointKind) -> Result<(), SessionError> {
        let form = self.document.endpoint(id);
        let is_same = form.is_some_and(|form| form.kind == kind);
        if !is_same {
            self.edit(|document| {
                if let Some(form) = document.endpoint_mut(id) {
                    form.kind = kind;
                }
            });
        }
        self.configure(id)
    }

    /// Lets replies run and templates read files; servers that already listen begin to reply.
    pub fn approve(&mut self) {
        Arc::make_mut(&mut self.document).is_approved = true;
        match &self.filing.file {
            // As it stands in the file; edits are approved when they are saved.
            Some(file) => self
                .updates
                .push_back(Update::Approved(file.hash().clone())),
            None => self.filing.saved = NEVER,
        }
        for form in &Arc::clone(&self.document).endpoints {
            if let Err(problem) = self.configure(form.id) {
                self.updates.push_back(Update::Refused(form.id, problem));
            }
        }
    }

    /// Has the names of the endpoints, and how their bytes are read, saved with the record if they changed.
    pub(super) fn follow_facts(&mut self) {
        for form in &self.document.endpoints {
            let facts = form.facts();
            if self.facts.get(&form.id) != Some(&facts) {
                Arc::make_mut(&mut self.facts).insert(form.id, facts);
                self.are_facts_due = true;
            }
        }
    }

    /// Stops and removes all endpoints, and takes a document that was read in place of the running one; an untitled one
    /// is kept: [`Update::SetAside`] follows.
    pub fn adopt(&mut self, read: ReadDocument, is_approved: bool) {
        let mut document = read.document;
        document.is_approved = is_approved;
        self.replace(document, Some(read.file));
    }

    /// Stops and removes all endpoints, and begins an untitled document in a language.
    pub fn begin_document(&mut self, language: LanguageId) {
        let document = Document::first(self.document.ids().clone(), language);
        self.replace(document, None);
    }

    /// Notes which documents were open lately: those of them that were untitled are kept, however many there are.
    pub fn note_recent(&mut self, recent: Vec<PathBuf>) {
        self.filing.recent = recent;
    }

    fn replace(&mut self, document: Document, file: Option<DocumentFile>) {
        self.remove_all_running();
        let is_untitled = self.filing.file.is_none();
        if is_untitled || file.is_none() {
            let before = is_untitled.then(|| Arc::clone(&self.document));
            let mut in_use = self.filing.recent.clone();
            let files = [&self.filing.file, &file].into_iter().flatten();
            in_use.extend(files.map(|file| file.path().to_owned()));
            self.order_saver(move |saved| {
                saved.note_in_use(in_use);
                let kept = saved.set_aside(before.as_deref())?;
                let approved = before.filter(|before| before.is_approved);
                let hash = approved.map(|before| DocumentHash::of(&before.to_text()));
                Ok(DocumentOutcome::SetAside(kept.map(|kept| (kept, hash))))
            });
        }
        if !is_untitled {
            // Its user has saved its changes, or given them up.
            self.order_saver(|saved| {
                saved.unsaved.forget();
                Ok(DocumentOutcome::Done)
            });
        }
        self.take_place(document);
        let stand = &mut self.filing.stand;
        stand.documents += 1;
        self.filing.begun = stand.edits;
        self.filing.saved = if file.is_some() { stand.edits } else { NEVER };
        self.filing.file = file;
        (self.filing.is_saving, self.filing.again) = (false, None);
        self.find_unsaved();
    }

    /// Ends a lesson, and stops and removes all endpoints.
    pub(super) fn remove_all_running(&mut self) {
        self.end_lesson();
        for form in &Arc::clone(&self.document).endpoints {
            self.remove_running(form.id);
        }
    }

    pub(super) fn take_place(&mut self, mut document: Document) {
        document.succeed(&self.document);
        self.document = Arc::new(document);
        self.follow_facts();
    }

    /// Saves the document in its own file, as its user asks. [`Update::Saved`] or [`Update::SaveFailed`] follows. A file
    /// that was changed outside is overwritten only if `may_overwrite`. While a save is under way, the document is saved
    /// again after it, as it stands then.
    pub fn save_document(&mut self, may_overwrite: bool) {
        if self.filing.is_saving {
            // A save in another file saves the same document, and is not forgotten for this one.
            let again = self.filing.again.take();
            let elsewhere = again.filter(|again| matches!(again, SaveOrder::In { .. }));
            self.filing.again = elsewhere.or(Some(SaveOrder::Own { may_overwrite }));
            return;
        }
        let Some(mut file) = self.filing.file.clone() else {
            return;
        };
        let (document, stand) = (Arc::clone(&self.document), self.filing.stand);
        self.filing.is_saving = self.order_saver(move |untitled| {
            let saved = file.save(&document, may_overwrite);
            if saved.is_ok() {
                untitled.unsaved.forget();
            }
            Ok(DocumentOutcome::Saved(stand, saved.map(|()| file)))
        });
    }

    /// Saves the document in another file, which is its own from then on; one that exists is replaced only if
    /// `may_replace`. While a save is under way, this one follows it.
    pub fn save_document_as(&mut self, path: PathBuf, may_replace: bool) {
        if self.filing.is_saving {
            self.filing.again = Some(SaveOrder::In { path, may_replace });
            return;
        }
        let (document, stand) = (Arc::clone(&self.document), self.filing.stand);
        let own = self.filing.file.clone().filter(|file| file.path() == path);
        let is_untitled = self.filing.file.is_none();
        self.filing.is_saving = self.order_saver(move |saved| {
            let file = match own {
                Some(mut own) => own.save(&document, may_replace).map(|()| own),
                None => DocumentFile::create(&path, &document, may_replace),
            };
            if file.is_ok() {
                saved.unsaved.forget();
            }
            if is_untitled && file.is_ok() {
                // It has a file of its own now; if this one stays, it is kept as an untitled one later.
                saved.discard();
            }
            Ok(DocumentOutcome::Saved(stand, file))
        });
    }

    /// Keeps the document as it is here, whatever became of its file; it counts as not saved.
    pub fn keep_mine(&mut self) {
        let Some(mut file) = self.filing.file.clone() else {
            return;
        };
        (self.filing.saved, self.filing.compared) = (NEVER, NEVER);
        let stand = self.filing.stand;
        self.order_saver(move |_| {
            file.accept();
            Ok(DocumentOutcome::Looked(stand, file, None))
        });
    }

    /// Looks whether the document's own file was changed outside; [`Update::Outside`] follows if it was.
    pub fn look_outside(&mut self) {
        let Some(mut file) = self.filing.file.clone() else {
            return;
        };
        // What another job makes of the file has to be known first.
        self.filing.is_look_due = self.filing.saver.is_busy();
        if self.filing.is_look_due {
            return;
        }
        let stand = self.filing.stand;
        self.order_saver(move |_| {
            let outside = file.look();
            Ok(DocumentOutcome::Looked(stand, file, outside))
        });
    }

    /// Begins to save an untitled document if it has changed since the last time; returns whether it is saved or about
    /// to be. [`Update::Approved`] or [`Update::NotSaved`] follows.
    ///
    /// One with a file of its own is compared with it: whoever takes an edit back has nothing to save. What its file does
    /// not hold is kept elsewhere until it does, or until it is given up.
    pub fn save(&mut self) -> bool {
        if self.filing.is_saved() {
            return true;
        }
        let (document, stand) = (Arc::clone(&self.document), self.filing.stand);
        if self.filing.is_saving {
            // Until it has ended, it is not known what the file holds.
            return false;
        }
        if let Some(file) = self.filing.file.clone() {
            if self.filing.compared != stand.edits {
                self.filing.compared = stand.edits;
                self.order_saver(move |saved| {
                    let is_same = file.holds(&document);
                    if is_same {
                        saved.unsaved.forget();
                    } else {
                        saved.unsaved.keep(file.path(), &document)?;
                    }
                    Ok(DocumentOutcome::Compared(stand, is_same))
                });
            }
            return true;
        }
        let saver = &mut self.filing.saver;
        let is_begun = saver.save(move |untitled| {
            let hash = untitled.save_document(&document)?;
            Ok(DocumentOutcome::Autosaved(stand, hash))
        });
        if is_begun {
            self.filing.saved = stand.edits;
        }
        is_begun
    }

    /// Waits for jobs on the document's file, and saves an untitled one a last time, both bounded by the write of one
    /// small file; keeps what the file of another one does not hold, unless that was given up. Returns the hash to
    /// approve, as [`Update::Approved`] does.
    pub fn save_now(&mut self) -> Result<Option<DocumentHash>, SaveError> {
        let document = &self.document;
        let own = self.filing.file.clone();
        let is_saved = self.filing.is_saved();
        let mut hash = None;
        self.filing.saver.save_now(|file| {
            match own {
                None => hash = file.save_document(document)?,
                Some(_) if is_saved => file.unsaved.forget(),
                Some(own) if own.holds(document) => file.unsaved.forget(),
                Some(own) => file.unsaved.keep(own.path(), document)?,
            }
            Ok(DocumentOutcome::Compared(Stand::default(), false))
        })?;
        Ok(hash)
    }

    /// Orders a job on the document's file; returns whether it was accepted.
    pub(super) fn order_saver(
        &mut self,
        job: impl FnOnce(&mut SavedFile) -> Result<DocumentOutcome, SaveError> + Send + 'static,
    ) -> bool {
        let refused = self.filing.saver.order(job).err();
        let is_accepted = refused.is_none();
        let refused = refused.map(|refused| Update::SaveFailed(refused.into()));
        self.updates.extend(refused);
        is_accepted
    }

    /// Takes note that the document was saved in a file, and saves it again if that was asked for meanwhile.
    fn saved_in(&mut self, file: DocumentFile, stand: Stand) {
        self.filing.saved = stand.edits;
        if self.document_path().is_some_and(|own| own != file.path()) {
            self.updates.push_back(Update::FileLeft);
        }
        if self.document.is_approved {
            self.updates
                .push_back(Update::Approved(file.hash().clone()));
        }
        self.updates
            .push_back(Update::Saved(file.path().to_owned()));
        self.filing.file = Some(file);
        match self.filing.again.take() {
            Some(SaveOrder::Own { may_overwrite }) => self.save_document(may_overwrite),
            Some(SaveOrder::In { path, may_replace }) => self.save_document_as(path, may_replace),
            None => {}
        }
    }

    /// Handles the outcomes of jobs on the document's file.
    pub(super) fn take_saved(&mut self) {
        while let Some(outcome) = self.filing.saver.outcome() {
            match outcome {
                Ok(outcome) => self.take_file_outcome(outcome),
                Err(problem) => {
                    if self.filing.file.is_none() {
                        self.filing.saved = NEVER;
                    }
                    self.updates.push_back(Update::NotSaved(problem));
                }
            }
        }
        if self.filing.is_look_due {
            self.look_outside();
        }
    }

    fn take_file_outcome(&mut self, outcome: DocumentOutcome) {
        let now = self.filing.stand;
        match outcome {
            DocumentOutcome::Done => {}
            DocumentOutcome::Autosaved(stand, _)
            | DocumentOutcome::Compared(stand, _)
            | DocumentOutcome::Found(stand, _)
                if stand.documents != now.documents => {}
            DocumentOutcome::Found(_, found) => {
                let update = match found {
                    Ok(found) => found.map(Update::Unsaved),
                    Err(problem) => Some(Update::Unreadable(problem)),
                };
                self.updates.extend(update);
            }
            DocumentOutcome::Autosaved(_, hash) => self.updates.extend(hash.map(Update::Approved)),
            DocumentOutcome::Compared(stand, is_same) => {
                if is_same && stand == now {
                    self.filing.saved = stand.edits;
                    self.updates.push_back(Update::Unedited);
                }
            }
            DocumentOutcome::SetAside(kept) => {
                let kept = kept.map(|(path, hash)| Update::SetAside(path, hash));
                self.updates.extend(kept);
            }
            DocumentOutcome::Saved(stand, _) if stand.documents != now.documents => {}
            DocumentOutcome::Saved(stand, Ok(file)) => {
                self.filing.is_saving = false;
                self.saved_in(file, stand);
            }
            DocumentOutcome::Saved(_, Err(problem)) => {
                (self.filing.is_saving, self.filing.again) = (false, None);
                self.updates.push_back(Update::SaveFailed(problem.into()));
            }
            DocumentOutcome::Looked(stand, file, outside) => {
                if stand.documents == now.documents && self.document_path() == Some(file.path()) {
                    self.filing.file = Some(file);
                    // What is in no file any more is not to be lost.
                    if outside == Some(Outside::Gone) {
                        (self.filing.saved, self.filing.compared) = (NEVER, NEVER);
                    }
                    self.updates.extend(outside.map(Update::Outside));
                }
            }
        }
    }
}
