//! Changes of the document that an earlier window could not save: found, restored or given up.

use std::sync::Arc;

use super::Session;
use super::document::DocumentOutcome;
use crate::workspace::{UnsavedChanges, discard_unsaved};

impl Session {
    /// Looks for changes of the document that an earlier window could not save;
    /// [`Update::Unsaved`](super::Update::Unsaved) follows if there are any.
    pub fn find_unsaved(&mut self) {
        let Some(file) = self.filing.file.clone() else {
            return;
        };
        let (stand, ids) = (self.filing.stand, self.document.ids().clone());
        self.order_saver(move |saved| {
            let found = saved.unsaved.find(file.path(), file.hash(), &ids);
            Ok(DocumentOutcome::Found(
                stand,
                found.map(|found| found.map(Box::new)),
            ))
        });
    }

    /// Stops and removes all endpoints, and takes the document as an earlier window left it. It counts as not saved.
    pub fn restore(&mut self, unsaved: UnsavedChanges) {
        self.remove_all_running();
        let UnsavedChanges { kept, document, .. } = unsaved;
        self.take_place(document);
        self.filing.stand.edits += 1;
        let Some(file) = self.filing.file.clone() else {
            return;
        };
        let document = Arc::clone(&self.document);
        self.order_saver(move |saved| {
            // Never in no place at all.
            saved.unsaved.keep(file.path(), &document)?;
            discard_unsaved(&kept);
            Ok(DocumentOutcome::Done)
        });
        self.find_unsaved();
    }

    /// Deletes changes that an earlier window could not save.
    pub fn discard_unsaved(&mut self, unsaved: UnsavedChanges) {
        self.order_saver(move |_| {
            discard_unsaved(&unsaved.kept);
            Ok(DocumentOutcome::Done)
        });
        self.find_unsaved();
    }

    /// Gives up what was edited and not saved: the session is about to end.
    pub fn give_up_changes(&mut self) {
        self.filing.saved = self.filing.stand.edits;
    }
}
