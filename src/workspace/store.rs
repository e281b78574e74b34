//! The two files in the configuration folder: read once at start, written whole at every save.
//!
//! A file is written beside its place, flushed to the disk and renamed, so that a reader sees the old file or the new
//! one and nothing between. Of two running instances the last one to write wins: nothing is merged.
//! A file that cannot be read is never overwritten; it is set aside under a name of its own.

use std::env;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::document::{Document, DocumentError, UnknownKey};
use super::document_hash::DocumentHash;
use super::preferences::Preferences;
use crate::net::EndpointIds;
use crate::payload::Position;

/// The name of the running document in the configuration folder.
pub const DOCUMENT_NAME: &str = "default.bothends";
/// The name of the preferences in the configuration folder.
pub const PREFERENCES_NAME: &str = "preferences.toml";
/// The environment variable that names another configuration folder.
pub const CONFIG_DIR_VARIABLE: &str = "BOTHENDS_CONFIG_DIR";
/// The largest document or preferences file, in bytes; a larger one is neither written nor read.
pub const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// How many files of one name and second can be set aside.
const MAX_ASIDE: u32 = 100;

/// The files in the configuration folder.
#[derive(Debug, Default)]
pub struct ConfigFolder {
    /// That of the document.
    pub document: SavedFile,
    /// That of the preferences.
    pub preferences: SavedFile,
}

/// What was loaded.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The document; the one of the first start when there is no file, or none that can be read.
    pub document: Document,
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

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum LoadProblem {
    /// The system reported an error.
    Read(#[from] io::Error),
    /// It is larger than [`FILE_LIMIT_BYTES`].
    TooLarge,
    /// It is not a document.
    Document(#[from] DocumentError),
    /// They are not preferences; where, and the parser's own text.
    Preferences(Option<Position>, String),
}

/// Why a file was not saved.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum SaveError {
    /// It has no form in TOML.
    Encode(#[from] toml::ser::Error),
    /// It is larger than [`FILE_LIMIT_BYTES`].
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        len_bytes: usize,
    },
    /// The system reported an error.
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl ConfigFolder {
    /// Opens the folder that [`CONFIG_DIR_VARIABLE`] names, or the user's configuration folder.
    /// Otherwise as [`open_in`](Self::open_in).
    ///
    /// # Platform-specific behavior
    /// `~/.config/bothends` on Linux, `~/Library/Application Support/io.github.bothends` on macOS,
    /// `%APPDATA%\bothends\config` on Windows.
    pub fn open_default() -> (Self, Loaded) {
        if let Some(folder) = env::var_os(CONFIG_DIR_VARIABLE).filter(|name| !name.is_empty()) {
            return Self::open_in(Path::new(&folder));
        }
        if let Some(directories) = ProjectDirs::from("io.github", "", "bothends") {
            return Self::open_in(directories.config_dir());
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
            document.is_approved = preferences.recall(&document.to_text());
        }
        let folder = Self {
            document: document_file,
            preferences: preferences_file,
        };
        let loaded = Loaded {
            document,
            preferences,
            notices,
        };
        (folder, loaded)
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
    let path = Some(path.to_owned());
    (SavedFile { path, text }, parsed)
}

/// A file that is written whole or not at all, and not touched when it would not change.
#[derive(Debug, Default)]
pub struct SavedFile {
    /// Where it is; none where nothing is written.
    path: Option<PathBuf>,
    /// What it holds; none where that is not known.
    text: Option<String>,
}

impl SavedFile {
    /// Saves a document; returns the hash to [approve](Preferences::approve) if it is an approved one.
    pub fn save_document(
        &mut self,
        document: &Document,
    ) -> Result<Option<DocumentHash>, SaveError> {
        let text = document.to_text();
        let hash = document.is_approved.then(|| DocumentHash::of(&text));
        self.write(text)?;
        Ok(hash)
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
        replace(&path, text.as_bytes()).map_err(|source| SaveError::Write { path, source })?;
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
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut text = String::new();
    file.take(FILE_LIMIT_BYTES as u64 + 1)
        .read_to_string(&mut text)?;
    if text.len() > FILE_LIMIT_BYTES {
        return Err(LoadProblem::TooLarge);
    }
    Ok(Some(text))
}

/// Replaces the file at `path` by one that holds `bytes`; a symbolic link there stays one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // There is nothing to follow before the first save.
    let path = fs::canonicalize(path).unwrap_or_else(|_missing| path.to_owned());
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".bothends-")
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    sync_folder(folder)
}

/// Flushes a rename to the disk; without it a power failure could bring the old file back.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes an empty file beside `path` whose name says that it is damaged, and when, and that no other file has.
fn reserve(path: &Path) -> io::Result<PathBuf> {
    let now = jiff::Timestamp::now()
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    for number in 1..=MAX_ASIDE {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let name = path.with_file_name(format!("{stem}.damaged-{now}{suffix}.{extension}"));
        match File::create_new(&name) {
            Ok(_file) => return Ok(name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests;
