//! The running document: edits, what they change in what runs, and saving.

use std::sync::Arc;

use super::{Session, SessionError, Update};
use crate::net::EndpointId;
use crate::workspace::{Document, DocumentHash, EndpointKind, SaveError};

impl Session {
    /// Returns the document as it stands. Whoever shows it keeps this; it never changes, each edit makes another one.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Edits the document. What runs stays as it is, except by [`set_up`](Self::set_up), [`approve`](Self::approve) and
    /// [`remove`](Self::remove).
    pub fn edit<T>(&mut self, edit: impl FnOnce(&mut Document) -> T) -> T {
        let edited = edit(Arc::make_mut(&mut self.document));
        self.is_saved = false;
        self.follow_facts();
        edited
    }

    /// Replaces the setup of an endpoint. A listening server applies what may change while it runs.
    pub fn set_up(&mut self, id: EndpointId, kind: EndpointKind) -> Result<(), SessionError> {
        self.edit(|document| {
            if let Some(form) = document.endpoint_mut(id) {
                form.kind = kind;
            }
        });
        self.configure(id)
    }

    /// Lets replies run and templates read files; servers that already listen begin to reply.
    pub fn approve(&mut self) {
        self.edit(|document| document.is_approved = true);
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

    /// Begins to save the document if it has changed since the last time; returns whether it is saved or about to be.
    /// [`Update::Approved`] or [`Update::NotSaved`] follows.
    pub fn save(&mut self) -> bool {
        if !self.is_saved {
            let document = Arc::clone(&self.document);
            self.is_saved = self.saver.save(move |file| file.save_document(&document));
        }
        self.is_saved
    }

    /// Waits for a save in progress and saves a last time, both bounded by the write of one small file. Returns the hash
    /// to approve, as [`Update::Approved`] does.
    pub fn save_now(&mut self) -> Result<Option<DocumentHash>, SaveError> {
        let document = &self.document;
        self.saver.save_now(|file| file.save_document(document))
    }

    /// Handles the outcome of a save.
    pub(super) fn take_saved(&mut self) {
        match self.saver.outcome() {
            Some(Ok(hash)) => self.updates.extend(hash.map(Update::Approved)),
            Some(Err(problem)) => {
                self.is_saved = false;
                self.updates.push_back(Update::NotSaved(problem));
            }
            None => {}
        }
    }
}
