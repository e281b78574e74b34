//! The document's way to and from disk: what is asked before it is left, and what its file becomes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::App;
use super::carry_out::as_problem;
use super::file_dialog::{Ask, DialogAnswer};
use crate::model::{FileChoice, Kept, Leaving, Next, NoticePlace, OutsideChange, WindowProblem};
use crate::session::{LibraryTask, SessionError};
use crate::ui::proposed_document;
use crate::words::Problem;
use crate::workspace::{
    DOCUMENT_ENDING, DocumentHash, DocumentSaveError, LoadNotice, Outside, ReadDocument,
};

/// What is under way with the document.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    /// A document that was read, and waits until this one may be left.
    read: Option<ReadDocument>,
    /// Whether the document's own file is being read again.
    is_reloading: bool,
    /// The number of the document that a file to save in is being chosen for.
    asked_for: u64,
    /// Whether another window has the focus.
    lost_focus: bool,
    /// Whether the window is to be closed: the user was asked.
    pub(super) close_due: bool,
    /// The title of the window.
    title: String,
}

impl App {
    /// Begins a new document, once the user has said what becomes of this one.
    pub(super) fn new_document(&mut self) {
        self.leave_for(Next::New);
    }

    /// Asks what to open: in the desktop's own dialog, or in a field where there is none.
    pub(super) fn ask_open(&mut self) {
        self.look_at_recent();
        self.browse(FileChoice::Open, None);
    }

    /// Opens whatever is at this path; a document waits until the user has said what becomes of this one.
    pub(super) fn open(&mut self, path: PathBuf) {
        self.library(LibraryTask::Open, |session| session.open(path));
    }

    /// Shows why a path could not be opened, and keeps it in the list of problems.
    pub(super) fn opening_failed(&mut self, problem: Problem) {
        self.under_way.is_reloading = false;
        self.model.notices.push(NoticePlace::OpenedFile, problem);
        self.window.ask_open();
    }

    /// Takes a document that was read in place of this one, once the user has said what becomes of this one.
    pub(super) fn take_read(&mut self, read: ReadDocument) {
        let path = read.file.path().to_owned();
        let is_own = self.session.document_path() == Some(&path);
        let is_reloaded = std::mem::take(&mut self.under_way.is_reloading) && is_own;
        if is_own && !is_reloaded {
            // It is open already, perhaps with changes.
            return self.session.look_outside();
        }
        self.under_way.read = Some(read);
        self.leave_for(if is_reloaded {
            Next::Reload(path)
        } else {
            Next::Open(path)
        });
    }

    /// Leaves the document, or asks first: once, about all that would be lost.
    fn leave_for(&mut self, next: Next) {
        self.apply_typed();
        let leaving = Leaving {
            // Whoever reloads it has said so.
            loses_changes: self.has_changes_to_lose() && !matches!(next, Next::Reload(_)),
            running: self.model.running_endpoints(),
            is_saving: false,
            next,
        };
        if leaving.loses_changes || leaving.running > 0 {
            self.model.documents.leaving = Some(leaving);
        } else {
            self.go_on(&leaving.next);
        }
    }

    /// Returns whether there are edits that would be lost if the document were left.
    fn has_changes_to_lose(&self) -> bool {
        self.session.is_unsaved() || self.session.is_unkept()
    }

    /// Asks before the window closes with unsaved changes; returns whether it does.
    pub(super) fn asks_before_close(&mut self) -> bool {
        if !self.has_changes_to_lose() {
            return false;
        }
        let leaving = self.model.documents.leaving.as_ref();
        if leaving.is_some_and(|leaving| leaving.is_saving && leaving.next == Next::Quit) {
            // It closes as soon as that is saved.
            return true;
        }
        self.model.documents.leaving = Some(Leaving {
            next: Next::Quit,
            loses_changes: true,
            running: 0,
            is_saving: false,
        });
        true
    }

    /// Carries out the answer of the user to the question before the document is left.
    pub(super) fn leave(&mut self, save: bool) {
        if !save {
            if let Some(leaving) = self.model.documents.leaving.take() {
                self.go_on(&leaving.next);
            }
        } else if let Some(leaving) = &mut self.model.documents.leaving {
            leaving.is_saving = true;
            self.save_document(false);
        }
    }

    /// Asks again before the document is left: no file to save it in was chosen.
    pub(super) fn ask_to_leave(&mut self) {
        if let Some(leaving) = &mut self.model.documents.leaving {
            leaving.is_saving = self.model.documents.is_saving;
        }
    }

    /// Stays with the document.
    pub(super) fn stay(&mut self) {
        self.model.documents.leaving = None;
        self.under_way.read = None;
    }

    fn go_on(&mut self, next: &Next) {
        let recent = self.model.preferences.recent.clone();
        self.session.note_recent(recent);
        match next {
            Next::Quit => {
                // They are saved by now, or the user said that they need not be.
                self.session.give_up_changes();
                self.may_close = true;
                self.under_way.close_due = true;
            }
            Next::New => {
                self.session.begin_document(self.language);
                self.document_replaced(None);
            }
            Next::Open(_) | Next::Reload(_) => {
                if let Some(read) = self.under_way.read.take() {
                    self.adopt(read);
                }
            }
        }
    }

    fn adopt(&mut self, mut read: ReadDocument) {
        let path = read.file.path().to_owned();
        let keys = std::mem::take(&mut read.keys);
        if !keys.is_empty() {
            let path = path.clone();
            let notice = LoadNotice::UnknownKeys { path, keys };
            let notices = &mut self.model.notices;
            notices.push(NoticePlace::Document, Arc::new(notice));
        }
        let is_approved = self.model.preferences.recall(read.file.hash());
        self.session.adopt(read, is_approved);
        self.document_replaced(Some(&path));
    }

    /// Shows another document, with nothing left of the one before.
    fn document_replaced(&mut self, path: Option<&Path>) {
        let documents = &mut self.model.documents;
        (documents.outside, documents.problem) = (None, None);
        (documents.is_saving, documents.unsaved) = (false, None);
        documents.number += 1;
        self.model.imported = None;
        self.follow_path(path);
        self.document_changed();
    }

    /// Remembers the document's own file.
    fn follow_path(&mut self, path: Option<&Path>) {
        self.model.preferences.note_document(path);
        if let Some(path) = path {
            self.model.preferences.remember(path);
            self.model.documents.missing.remove(path);
        }
        self.save_soon();
    }

    /// Saves the document in its own file, or asks for one.
    pub(super) fn save_document(&mut self, may_overwrite: bool) {
        if self.session.document_path().is_none() {
            return self.ask_save_as();
        }
        self.model.documents.problem = None;
        self.model.documents.is_saving = true;
        self.session.save_document(may_overwrite);
    }

    /// Asks for another file to save the document in.
    pub(super) fn ask_save_as(&mut self) {
        self.browse(FileChoice::SaveDocument, None);
    }

    /// Saves the document in a file, whose name gets the ending of a document if it has none.
    pub(super) fn save_document_in(&mut self, mut path: PathBuf, mut may_replace: bool) {
        if path.extension().is_none() {
            path.set_extension(DOCUMENT_ENDING);
            // The user was asked about the file without the ending.
            may_replace = false;
        }
        self.model.documents.problem = None;
        if !path.is_absolute() {
            return self.save_failed(SessionError::RelativePath);
        }
        self.model.documents.is_saving = true;
        self.session.save_document_as(path, may_replace);
    }

    /// Goes on after a save.
    pub(super) fn saved(&mut self, path: &Path) {
        let (is_saving, is_unsaved) = (self.session.is_saving(), self.session.is_unsaved());
        let documents = &mut self.model.documents;
        documents.is_saving = is_saving;
        documents.outside = None;
        // What was edited since the save began is not lost by leaving: it is saved first, or asked about again.
        let leaving = match &mut documents.leaving {
            Some(leaving) if is_saving || is_unsaved => {
                leaving.is_saving &= is_saving;
                None
            }
            leaving => leaving.take_if(|leaving| leaving.is_saving),
        };
        self.follow_path(Some(path));
        if let Some(leaving) = leaving {
            self.go_on(&leaving.next);
        }
    }

    /// Shows why a save failed. Nothing is left for it.
    pub(super) fn save_failed(&mut self, problem: SessionError) {
        // In the field for a file, another one is chosen.
        if !self.window.has_field_for(FileChoice::SaveDocument) {
            self.stay();
        }
        let documents = &mut self.model.documents;
        documents.is_saving = false;
        if let SessionError::DocumentSave(DocumentSaveError::ChangedOutside { .. }) = problem {
            documents.outside = Some(OutsideChange {
                what: Outside::Changed,
                was_saving: true,
            });
        } else {
            documents.problem = Some(as_problem(problem));
        }
    }

    /// Asks what becomes of a document whose file was changed outside.
    pub(super) fn changed_outside(&mut self, what: Outside) {
        let known = self.model.documents.outside;
        if known.is_none_or(|known| known.what != what) {
            let was_saving = false;
            self.model.documents.outside = Some(OutsideChange { what, was_saving });
            // What its file does not hold any more is kept elsewhere.
            self.save_soon();
        }
    }

    /// Looks at the document's file, when the user comes back from elsewhere.
    pub(super) fn follow_focus(&mut self, ctx: &egui::Context) {
        let is_focused = ctx.input(|input| input.viewport().focused.unwrap_or(true));
        if std::mem::replace(&mut self.under_way.lost_focus, !is_focused) && is_focused {
            self.session.look_outside();
        }
    }

    /// Reads the document's file again.
    pub(super) fn reload(&mut self) {
        if let Some(path) = self.session.document_path().map(Path::to_owned) {
            self.under_way.is_reloading = true;
            self.open(path);
        }
    }

    /// Keeps the document as it is here, and saves it if that was prevented.
    pub(super) fn keep_mine(&mut self) {
        let outside = self.model.documents.outside.take();
        self.session.keep_mine();
        if outside.is_some_and(|outside| outside.was_saving) {
            self.save_document(true);
        }
    }

    /// Takes the changes that an earlier window could not save.
    pub(super) fn restore_unsaved(&mut self) {
        if let Some(unsaved) = self.model.documents.unsaved.take() {
            self.session.restore(*unsaved);
            self.document_changed();
        }
    }

    /// Deletes the changes that an earlier window could not save.
    pub(super) fn discard_unsaved(&mut self) {
        if let Some(unsaved) = self.model.documents.unsaved.take() {
            self.session.discard_unsaved(*unsaved);
        }
    }

    /// Dismisses what is shown about the document's file.
    pub(super) fn forget_document_problem(&mut self) {
        self.model.documents.problem = None;
        if self.model.documents.outside.is_some() {
            self.keep_mine();
        }
    }

    /// Removes a document from the recent ones; its file stays.
    pub(super) fn forget_recent(&mut self, path: &Path) {
        self.model.preferences.recent.retain(|other| other != path);
        self.save_soon();
    }

    /// Asks for a file or folder in the desktop's own dialog; what comes of it is taken later.
    pub(super) fn browse(&mut self, choice: FileChoice, at: Option<PathBuf>) {
        if self.model.documents.lacks_dialogs {
            return self.answer_dialog(choice, DialogAnswer::Unavailable);
        }
        let at = at.or_else(|| match choice {
            FileChoice::SaveDocument => proposed_document(&self.model),
            _ => self.model.documents.path.clone(),
        });
        let ask = Ask::new(choice, at, self.model.words);
        if self.file_dialogs.ask(ask) {
            self.under_way.asked_for = self.model.documents.number;
        } else if choice == FileChoice::SaveDocument {
            self.ask_to_leave();
        }
    }

    /// Takes the answer of a file dialog.
    pub(super) fn follow_dialogs(&mut self) {
        if let Some((choice, answer)) = self.file_dialogs.answer() {
            self.answer_dialog(choice, answer);
        }
    }

    fn answer_dialog(&mut self, choice: FileChoice, answer: DialogAnswer) {
        match (answer, choice) {
            (DialogAnswer::Cancelled, FileChoice::SaveDocument) => self.ask_to_leave(),
            (DialogAnswer::Cancelled, _) => {}
            (DialogAnswer::Chosen(_), FileChoice::SaveDocument)
                if self.under_way.asked_for != self.model.documents.number =>
            {
                let problem = Arc::new(WindowProblem::ChosenForAnother);
                self.model.notices.push(NoticePlace::Document, problem);
            }
            (DialogAnswer::Chosen(path), choice) if self.window.has_field_for(choice) => {
                self.model.documents.chosen = Some((choice, path));
            }
            (DialogAnswer::Chosen(path), FileChoice::Open) => self.open(path),
            (DialogAnswer::Chosen(path), FileChoice::Messages) => self.import_messages(path),
            (DialogAnswer::Chosen(path), FileChoice::SaveDocument) => {
                // The desktop's dialog asks itself before it returns a file that exists.
                self.save_document_in(path, true);
            }
            (DialogAnswer::Chosen(path), _) => self.model.documents.chosen = Some((choice, path)),
            (DialogAnswer::Unavailable, choice) => {
                self.model.documents.lacks_dialogs = true;
                match choice {
                    FileChoice::Open => self.window.ask_open(),
                    FileChoice::Messages => self.window.ask_import(),
                    FileChoice::SaveDocument => self.window.ask_save(&self.model),
                    _ => {}
                }
            }
        }
    }

    /// Looks which recent documents there still are.
    pub(super) fn look_at_recent(&mut self) {
        let recent = self.model.preferences.recent.clone();
        self.session.look_at(recent);
    }

    /// Gives the window the title of the document.
    pub(super) fn follow_title(&mut self, ctx: &egui::Context) {
        let documents = &mut self.model.documents;
        documents.path = self.session.document_path().map(Path::to_owned);
        documents.kept = match (&documents.path, self.session.is_autosaved()) {
            (Some(_), _) if self.session.is_unsaved() => Kept::Partly,
            (Some(_), _) => Kept::Whole,
            (None, true) => Kept::Automatically,
            (None, false) => Kept::Nowhere,
        };
        let title = self.model.window_title();
        if title != self.under_way.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.under_way.title = title;
        }
    }

    /// Remembers an untitled document that was kept.
    pub(super) fn set_aside(&mut self, path: &Path, hash: Option<DocumentHash>) {
        let preferences = &mut self.model.preferences;
        // Behind the document that took its place.
        let first = preferences.recent.first().cloned();
        preferences.remember(path);
        if let Some(first) = first.filter(|first| self.session.document_path() == Some(first)) {
            preferences.remember(&first);
        }
        if let Some(hash) = hash {
            preferences.approve_other(hash);
        }
        self.save_soon();
    }
}
