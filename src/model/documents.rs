//! The running document as the window shows it: its name, whether it is saved, and what is asked about it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::Model;
use crate::net::EndpointId;
use crate::payload::VisibleText;
use crate::session::Opening;
use crate::words::{Language, Problem};
use crate::workspace::{DOCUMENT_ENDING, Outside, UnsavedChanges};

/// The state of the running document's file.
#[derive(Debug, Default)]
pub struct DocumentsModel {
    /// The document's own file; `None` while it is untitled.
    pub path: Option<PathBuf>,
    /// How many documents were open before it.
    pub number: u64,
    /// Where its edits are.
    pub kept: Kept,
    /// Whether the user's save is in progress.
    pub is_saving: bool,
    /// Why the last save failed.
    pub problem: Option<Problem>,
    /// What became of the file outside, until the user decides.
    pub outside: Option<OutsideChange>,
    /// Changes that an earlier window could not save, until the user decides.
    pub unsaved: Option<Box<UnsavedChanges>>,
    /// The question before another document takes its place, or the window closes.
    pub leaving: Option<Leaving>,
    /// Why recent documents cannot be opened, as of the last look.
    pub missing: BTreeMap<PathBuf, io::ErrorKind>,
    /// Whether the desktop turned out to have no file dialogs.
    pub lacks_dialogs: bool,
    /// The path that was chosen in a file dialog for a field.
    pub chosen: Option<(FileChoice, PathBuf)>,
}

/// A change of the document's file from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutsideChange {
    /// What became of it.
    pub what: Outside,
    /// Whether it prevented a save.
    pub was_saving: bool,
}

/// A question before the document is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// What comes next.
    pub next: Next,
    /// Whether the document has unsaved changes that would be lost.
    pub loses_changes: bool,
    /// How many of its endpoints run and would be stopped.
    pub running: u64,
    /// Whether its changes are being saved first.
    pub is_saving: bool,
}

/// Where the edits of a document are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// In no file: it is untitled, and there is no place for it.
    #[default]
    Nowhere,
    /// It is untitled, and saves itself.
    Automatically,
    /// Some are not in its own file.
    Partly,
    /// All are in its own file.
    Whole,
}

/// What comes after the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A new, untitled document.
    New,
    /// The document of this file.
    Open(PathBuf),
    /// The same document, as its file is now.
    Reload(PathBuf),
    /// Nothing: the window closes.
    Quit,
}

/// What a file or folder is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileChoice {
    /// A document or a captured file to open.
    Open,
    /// Another tool's messages to import.
    Messages,
    /// The folder of a capture to open.
    OpenFolder,
    /// A file to save the document in.
    SaveDocument,
    /// A file to export to.
    Export,
    /// A folder to export to.
    ExportFolder,
    /// A folder to record in.
    Record,
    /// A file to send.
    Send,
    /// A file of an endpoint's TLS.
    Tls(EndpointId, TlsFile),
}

/// What a file of TLS holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsFile {
    /// A certificate, and those between it and its root.
    Certificate,
    /// The key of a certificate.
    Key,
    /// Certificates that are trusted.
    Roots,
}

impl DocumentsModel {
    /// Returns the path that was chosen for a field.
    pub fn chosen_for(&self, choice: FileChoice) -> Option<&Path> {
        let (chosen, path) = self.chosen.as_ref()?;
        (*chosen == choice).then_some(path.as_path())
    }
}

impl Model {
    /// Returns the document's name.
    pub fn document_name(&self) -> String {
        document_name(self.documents.path.as_deref(), self.words)
    }

    /// Returns the document's name and whether it is saved: `meter-bench · unsaved changes`.
    pub fn document_caption(&self) -> String {
        let (name, words) = (self.document_name(), &self.words.documents);
        match self.documents.kept {
            Kept::Nowhere => words.kept_nowhere(&name),
            Kept::Automatically => words.autosaved(&name),
            Kept::Partly => words.unsaved(&name),
            Kept::Whole => words.saved(&name),
        }
    }

    /// Returns the title of the window.
    pub fn window_title(&self) -> String {
        let (name, words) = (self.document_name(), &self.words.documents);
        if self.documents.kept == Kept::Partly {
            return words.window(&words.unsaved(&name));
        }
        words.window(&name)
    }

    /// Returns how many endpoints run.
    pub fn running_endpoints(&self) -> u64 {
        let is_running = |it: &&super::EndpointModel| it.is_running();
        self.endpoints.values().filter(is_running).count() as u64
    }
}

/// Returns the name of the document in a file, without folder and ending.
pub(crate) fn document_name(path: Option<&Path>, words: &Language) -> String {
    let Some(path) = path else {
        return words.documents.untitled.to_owned();
    };
    let is_ours = path.extension().is_some_and(|it| it == DOCUMENT_ENDING);
    let name = if is_ours {
        path.file_stem()
    } else {
        path.file_name()
    };
    VisibleText::plain(name.unwrap_or_default().to_string_lossy()).text
}

/// What is about to be opened, as far as its name says.
pub(crate) fn expected(path: &Path) -> Option<Opening> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        DOCUMENT_ENDING => Some(Opening::Document(path.to_owned())),
        "pcap" | "pcapng" | "cap" => Some(Opening::CapturedFile(path.to_owned())),
        "ini" => Some(Opening::Messages(path.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::words::ENGLISH;
    use crate::workspace::{Document, Preferences};

    #[test]
    fn an_untitled_document_without_a_place_is_not_called_saved() {
        let model = Model::new(Arc::new(Document::default()), Preferences::default());
        assert_eq!(model.document_caption(), "Untitled · not saved");
    }

    #[test]
    fn the_title_names_the_document_and_says_whether_it_is_saved() {
        let document = Arc::new(Document::default());
        let mut model = Model::new(document, Preferences::default());
        let mut check = |path: Option<&str>, kept, caption: &str, title: &str| {
            model.documents.path = path.map(PathBuf::from);
            model.documents.kept = kept;
            assert_eq!(model.document_caption(), caption);
            assert_eq!(model.window_title(), title);
        };
        check(
            None,
            Kept::Automatically,
            "Untitled · saved automatically",
            "Untitled — Bothends",
        );
        check(
            Some("/home/me/meter-bench.bothends"),
            Kept::Whole,
            "meter-bench · saved",
            "meter-bench — Bothends",
        );
        check(
            Some("/home/me/meter-bench.bothends"),
            Kept::Partly,
            "meter-bench · unsaved changes",
            "meter-bench · unsaved changes — Bothends",
        );
        check(
            Some("/home/me/notes.toml"),
            Kept::Whole,
            "notes.toml · saved",
            "notes.toml — Bothends",
        );
        assert_eq!(
            document_name(Some(Path::new("/a\u{202e}b.bothends")), &ENGLISH),
            "a\\u{202E}b"
        );
    }
}
