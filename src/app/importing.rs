//! Messages imported from another tool's file: how that begins, and what the window makes of it.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use crate::model::{FileChoice, NoticePlace};
use crate::session::LibraryTask;
use crate::words::Problem;
use crate::workspace::MessageImport;

impl App {
    /// Asks which file's messages to import.
    pub(super) fn ask_import(&mut self) {
        self.browse(FileChoice::Messages, None);
    }

    /// Imports the messages of another tool's file.
    pub(super) fn import_messages(&mut self, path: PathBuf) {
        self.library(LibraryTask::Import, |session| session.import_messages(path));
    }

    /// Shows what came of an import; what was left out stays in the list of problems.
    pub(super) fn messages_imported(&mut self, import: MessageImport) {
        if !import.left_out.is_empty() {
            let problem = Arc::new(import.clone());
            self.model.notices.push(NoticePlace::OpenedFile, problem);
        }
        self.model.imported = Some(import);
        self.window.show_messages();
        self.document_changed();
    }

    /// Shows why nothing was imported, and keeps it in the list of problems.
    pub(super) fn import_failed(&mut self, problem: Problem) {
        self.model.notices.push(NoticePlace::OpenedFile, problem);
        self.window.ask_import();
    }

    /// Takes the last import back.
    pub(super) fn undo_import(&mut self) {
        if let Some(import) = self.model.imported.take() {
            self.edit_document(|document| document.undo_import(&import));
        }
    }
}
