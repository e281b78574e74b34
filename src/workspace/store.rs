//! The two files in the configuration folder: read once at start, written whole at every save.
//!
//! A file is written beside its place, flushed to the disk and renamed, so that a reader sees the old file or the new
//! one and nothing between. Of two running instances the last one to write wins: nothing is merged.
//! A file that cannot be read is never overwritten; it is set aside under a name of its own.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::document::{Document, UnknownKey};
use super::document_file::{DOCUMENT_ENDING, DocumentFile, DocumentFileError, ReadDocument};
use super::document_hash::DocumentHash;
use super::language::LanguageId;
use super::preferences::Preferences;
use super::text_file::{self, FILE_LIMIT_BYTES, LoadProblem, SaveError, new_file, replace};
use super::unsaved::Unsaved;
use crate::capture::portable_folder;
use crate::net::EndpointIds;
use crate::payload::Position;

/// The name of the running document in the configuration folder.
pub const DOCUMENT_NAME: &str = "default.bothends";
/// The name of the preferences in the configuration folder.
pub const PREFERENCES_NAME: &str = "preferences.toml";
/// The environment variable that names another configuration folder.
pub const CONFIG_DIR_VARIABLE: &str = "BOTHENDS_CONFIG_DIR";
/// The folder beside the running document for untitled ones that another one took the place of.
const UNTITLED_FOLDER: &str = "untitled";
/// The folder of the own authority, whose certificates TLS servers have.
const AUTHORITY_FOLDER: &str = "tls";
/// How many of those are kept; the oldest one goes when one more comes.
const UNTITLED_KEPT: usize = 50;

/// The files in the configuration folder.
#[derive(Debug, Default)]
pub struct ConfigFolder {
    /// That of the document.
    pub document: SavedFile,
    /// That of the preferences.
    pub preferences: SavedFile,
    /// The folder of the own authority, if there is a place for it.
    pub authority: Option<PathBuf>,
}

/// What was loaded.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The document; the one of the first start when there is no file, or none that can be read.
    pub document: Document,
    /// The document's own file; none while it is untitled.
    pub file: Option<DocumentFile>,
    /// The preferences; the default ones when there is no file, or none that can be read.
    pub preferences: Preferences,
    /// What the user should know.
    pub notices: Vec<LoadNotice>,
}

/// What the user should know about a file that was not simply read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum LoadNotice {
    /// It could not be read, and keeps a name of its own.
    SetAside {
        /// Which file.
        path: PathBuf,
        /// Why it could not be read.
        #[source]
        problem: LoadProblem,
        /// Where it is now.
        kept_as: PathBuf,
    },
    /// It was read, and holds keys that this version does not know. They are kept.
    UnknownKeys {
        /// Which file.
        path: PathBuf,
        /// The keys.
        keys: Vec<UnknownKey>,
    },
    /// The document that was open last cannot be opened again.
    NotReopened(#[from] DocumentFileError),
    /// There is no folder to load from and to save to.
    NoHome,
    /// It stands where it was, and nothing is saved to it, so that it is not lost.
    Blocked {
        /// Which file.
        path: PathBuf,
        /// Why it could not be read.
        problem: LoadProblem,
        /// Why it could not be set aside.
        source: io::Error,
    },
}

impl ConfigFolder {
    /// Returns the folder that [`open_default`](Self::open_default) opens, if there is one.
    pub fn default_path() -> Option<PathBuf> {
        if let Some(folder) = env::var_os(CONFIG_DIR_VARIABLE).filter(|name| !name.is_empty()) {
            return Some(folder.into());
        }
        if let Some(folder) = portable_folder() {
            return Some(folder);
        }
        let directories = ProjectDirs::from("io.github", "", "bothends")?;
        Some(directories.config_dir().to_owned())
    }

    /// Returns the folder of the own authority in a configuration folder.
    pub fn authority_in(folder: &Path) -> PathBuf {
        folder.join(AUTHORITY_FOLDER)
    }

    /// Opens the folder that [`CONFIG_DIR_VARIABLE`] names, that of [portable mode](portable_folder), or the user's
    /// configuration folder. Otherwise as [`open_in`](Self::open_in).
    ///
    /// # Platform-specific behavior
    /// `~/.config/bothends` on Linux, `~/Library/Application Support/io.github.bothends` on macOS,
    /// `%APPDATA%\bothends\config` on Windows.
    pub fn open_default() -> (Self, Loaded) {
        if let Some(folder) = Self::default_path() {
            return Self::open_in(&folder);
        }
        let mut loaded = Loaded::default();
        loaded.notices.push(LoadNotice::NoHome);
        (Self::default(), loaded)
    }

    /// Loads the files of `folder`, which need not exist yet.
    ///
    /// A file that cannot be read is set aside, and the one of the first start stands for it. Where even that fails,
    /// the file is not written, so that what it holds is not lost; a notice says so.
    pub fn open_in(folder: &Path) -> (Self, Loaded) {
        let mut notices = Vec::new();
        let path = folder.join(DOCUMENT_NAME);
        let read = |text: &str| Ok(Document::parse(text, EndpointIds::default())?);
        let (document_file, read) = open(&path, read, &mut notices);
        let is_read = read.is_some();
        let (mut document, keys) = read.unwrap_or_default();
        if !keys.is_empty() {
            notices.push(LoadNotice::UnknownKeys { path, keys });
        }
        let path = folder.join(PREFERENCES_NAME);
        let (preferences_file, preferences) = open(&path, parse_preferences, &mut notices);
        let mut preferences = preferences.unwrap_or_default();
        if is_read {
            document.is_approved = preferences.recall(&DocumentHash::of(&document.to_text()));
        }
        let folder = Self {
            document: document_file,
            preferences: preferences_file,
            authority: Some(Self::authority_in(folder)),
        };
        let mut loaded = Loaded {
            document,
            file: None,
            preferences,
            notices,
        };
        if let Some(path) = loaded.preferences.document.clone() {
            loaded.reopen(&path);
        }
        (folder, loaded)
    }
}

impl Loaded {
    /// Has the document of the first start named in a language, unless somebody has set something up in it.
    pub fn begin_in(&mut self, language: LanguageId) {
        let is_first = self.file.is_none() && !self.document.endpoints.is_empty();
        if is_first && self.document.is_blank() {
            self.document = Document::first(self.document.ids().clone(), language);
        }
    }

    /// Opens the document of the last start, in place of the untitled one.
    fn reopen(&mut self, path: &Path) {
        match ReadDocument::open(path, EndpointIds::default()) {
            Ok(read) => self.take(read),
            Err(error) => self.notices.push(error.into()),
        }
    }

    fn take(&mut self, read: ReadDocument) {
        let path = read.file.path().to_owned();
        if !read.keys.is_empty() {
            let (path, keys) = (path.clone(), read.keys);
            self.notices.push(LoadNotice::UnknownKeys { path, keys });
        }
        self.preferences.remember(&path);
        self.document = read.document;
        self.document.is_approved = self.preferences.recall(read.file.hash());
        self.file = Some(read.file);
    }

    /// Opens a document in place of what was loaded from `folder`; an untitled one is kept under a name of its own.
    ///
    /// # Errors
    /// It cannot be read; what was loaded stays.
    pub fn open(
        &mut self,
        path: &Path,
        folder: &mut ConfigFolder,
    ) -> Result<(), DocumentFileError> {
        let read = ReadDocument::open(path, EndpointIds::default())?;
        let untitled = self.file.is_none().then_some(&self.document);
        let mut in_use = self.preferences.recent.clone();
        in_use.push(path.to_owned());
        folder.document.note_in_use(in_use);
        if let Ok(Some(kept)) = folder.document.set_aside(untitled) {
            self.preferences.remember(&kept);
        }
        self.take(read);
        Ok(())
    }
}

fn parse_preferences(text: &str) -> Result<Preferences, LoadProblem> {
    let read = toml::from_str::<Preferences>(text);
    read.map(Preferences::sane).map_err(|error| {
        let position = error.span().map(|place| Position::of(text, place));
        LoadProblem::Preferences(position, error.message().to_owned())
    })
}

/// Reads a file; returns it with what it holds.
fn open<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, LoadProblem>,
    notices: &mut Vec<LoadNotice>,
) -> (SavedFile, Option<T>) {
    let read = read_text(path).and_then(|text| {
        let parsed = text.as_deref().map(parse).transpose()?;
        Ok((text, parsed))
    });
    let (text, parsed) = match read {
        Ok(read) => read,
        Err(problem) => {
            let notice = set_aside(path, problem);
            let is_blocked = matches!(notice, LoadNotice::Blocked { .. });
            notices.push(notice);
            if is_blocked {
                return (SavedFile::default(), None);
            }
            (None, None)
        }
    };
    let file = SavedFile {
        unsaved: Unsaved::beside(path),
        path: Some(path.to_owned()),
        text,
        ..SavedFile::default()
    };
    (file, parsed)
}

/// A file that is written whole or not at all, and not touched when it would not change.
#[derive(Debug, Default)]
pub struct SavedFile {
    /// Where it is; none where nothing is written.
    path: Option<PathBuf>,
    /// What it holds; none where that is not known.
    text: Option<String>,
    /// A document that this file holds, as far as it could be written, until it is kept elsewhere: nothing is written
    /// over it.
    owed: Option<String>,
    /// The documents that are not deleted to make room for others.
    in_use: Vec<PathBuf>,
    /// The unsaved changes of documents that have files of their own.
    pub unsaved: Unsaved,
}

impl SavedFile {
    /// Returns whether anything is written: there is a place for it.
    pub fn is_kept(&self) -> bool {
        self.path.is_some()
    }

    /// Saves a document; returns the hash to [approve](Preferences::approve) if it is an approved one.
    pub fn save_document(
        &mut self,
        document: &Document,
    ) -> Result<Option<DocumentHash>, SaveError> {
        let text = document.to_text();
        let hash = document.is_approved.then(|| DocumentHash::of(&text));
        self.keep_owed()?;
        self.write(text)?;
        Ok(hash)
    }

    /// Notes which documents are in use: those of them that were untitled are kept, however many there are.
    pub fn note_in_use(&mut self, in_use: Vec<PathBuf>) {
        self.in_use = in_use;
    }

    /// Makes room for another untitled document: keeps the one that is here under a name of its own. Returns where;
    /// `None` if there is nothing worth keeping. `document` is what it holds by now, if it is the running one.
    pub fn set_aside(&mut self, document: Option<&Document>) -> Result<Option<PathBuf>, SaveError> {
        let Some(path) = self.path.clone() else {
            return Ok(None);
        };
        self.keep_owed()?;
        let text = match document {
            Some(document) if document.is_blank() => None,
            Some(document) => Some(document.to_text()),
            // What cannot be read was set aside when the program started.
            None => read_text(&path).ok().flatten(),
        };
        let kept = text.map(|text| self.keep(text)).transpose()?.flatten();
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(SaveError::Write {
                    path,
                    source: error,
                });
            }
            _ => self.text = None,
        }
        Ok(kept)
    }

    /// Keeps a document under a name of its own. One that cannot be kept stays in this file until it can be.
    fn keep(&mut self, text: String) -> Result<Option<PathBuf>, SaveError> {
        let Some(path) = self.path.clone() else {
            return Ok(None);
        };
        match keep_untitled(&path, &text, &self.in_use) {
            Ok(kept) => Ok(Some(kept)),
            Err(source) => {
                // If this fails too, it is in memory, for the next attempt.
                self.write(text.clone()).ok();
                self.owed = Some(text);
                Err(SaveError::Write { path, source })
            }
        }
    }

    /// Tries again to keep the document that could not be kept when another one took its place.
    fn keep_owed(&mut self) -> Result<(), SaveError> {
        let owed = self.owed.take();
        owed.map_or(Ok(()), |text| self.keep(text).map(drop))
    }

    /// Deletes the untitled document, which has a file of its own now.
    pub fn discard(&mut self) {
        if self.owed.is_some() {
            // The file holds another one.
            return;
        }
        self.text = None;
        if let Some(path) = &self.path {
            // One that stays is kept when the next untitled document takes its place.
            fs::remove_file(path).ok();
        }
    }

    /// Saves preferences.
    pub fn save_preferences(&mut self, preferences: &Preferences) -> Result<(), SaveError> {
        self.write(toml::to_string_pretty(preferences)?)
    }

    fn write(&mut self, text: String) -> Result<(), SaveError> {
        let Some(path) = self.path.clone() else {
            return Ok(());
        };
        if self.text.as_ref() == Some(&text) {
            return Ok(());
        }
        let len_bytes = text.len();
        if len_bytes > FILE_LIMIT_BYTES {
            return Err(SaveError::TooLarge { path, len_bytes });
        }
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| replace(&path, text.as_bytes(), true));
        written.map_err(|source| SaveError::Write { path, source })?;
        self.text = Some(text);
        Ok(())
    }
}

/// Moves the file to a name of its own.
fn set_aside(path: &Path, problem: LoadProblem) -> LoadNotice {
    let moved = reserve(path).and_then(|kept_as| {
        let renamed = fs::rename(path, &kept_as);
        // An empty file that stays is no loss, and the error before it is reported.
        renamed
            .inspect_err(|_| drop(fs::remove_file(&kept_as)))
            .map(|()| kept_as)
    });
    let path = path.to_owned();
    match moved {
        Ok(kept_as) => LoadNotice::SetAside {
            path,
            problem,
            kept_as,
        },
        Err(source) => LoadNotice::Blocked {
            path,
            problem,
            source,
        },
    }
}

/// Returns the file's text; none when there is no file.
fn read_text(path: &Path) -> Result<Option<String>, LoadProblem> {
    match text_file::read_text(path) {
        Ok((text, _)) => Ok(Some(text)),
        Err(LoadProblem::Read(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Keeps an untitled document in the folder for them beside `path`, of which the newest [`UNTITLED_KEPT`] stay, and those
/// in use.
fn keep_untitled(path: &Path, text: &str, in_use: &[PathBuf]) -> io::Result<PathBuf> {
    let folder = path.with_file_name(UNTITLED_FOLDER);
    fs::create_dir_all(&folder)?;
    let now = jiff::Zoned::now().strftime("%Y-%m-%d %H.%M").to_string();
    let kept = new_file(&folder, &now, DOCUMENT_ENDING)?;
    // An empty file that stays is no loss.
    replace(&kept, text.as_bytes(), true).inspect_err(|_| drop(fs::remove_file(&kept)))?;
    let mut in_use = in_use.to_vec();
    in_use.push(kept.clone());
    prune(&folder, &in_use);
    Ok(kept)
}

/// Deletes what was written longest ago in the folder for untitled documents, until [`UNTITLED_KEPT`] files are left.
/// What is in use stays, and so does what cannot be listed or deleted.
fn prune(folder: &Path, in_use: &[PathBuf]) {
    let Ok(listed) = fs::read_dir(folder) else {
        return;
    };
    let in_use = in_use.iter().filter_map(|path| fs::canonicalize(path).ok());
    let in_use: Vec<_> = in_use.collect();
    let mut files: Vec<_> = listed
        .filter_map(|file| {
            let file = file.ok()?;
            Some((file.metadata().ok()?.modified().ok()?, file.path()))
        })
        .collect();
    files.sort();
    let over = files.len().saturating_sub(UNTITLED_KEPT);
    let is_free = |path: &PathBuf| fs::canonicalize(path).is_ok_and(|path| !in_use.contains(&path));
    let free = files.into_iter().map(|(_, path)| path).filter(is_free);
    for path in free.take(over) {
        fs::remove_file(path).ok();
    }
}

/// Makes an empty file beside `path` whose name says that it is damaged, and when, and that no other file has.
fn reserve(path: &Path) -> io::Result<PathBuf> {
    let now = jiff::Timestamp::now()
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let folder = path.parent().unwrap_or(Path::new(""));
    new_file(folder, &format!("{stem}.damaged-{now}"), &extension)
}

#[cfg(test)]
mod tests;
