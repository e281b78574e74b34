//! The folder that holds the window's captures: the current session, earlier ones, and saved ones.
//!
//! ```text
//! sessions/2026-11-23 04.15.16 4711/   unsaved sessions, named after their start time and process
//! captures/NAME/                       saved captures
//! imports/…/                           imported from another tool's file, while it is being viewed
//! ```

mod error;
mod name;
mod portable;
mod session;
mod shelf;
#[cfg(test)]
mod tests;
mod transfer;

use std::env;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::time::SystemTime;

use directories::ProjectDirs;
use jiff::{Timestamp, tz::TimeZone};

pub use error::{LibraryError, NameProblem};
pub use name::MAX_NAME_CHARS;
pub use portable::{PORTABLE_MARKER, portable_folder};
pub use session::{ListedCapture, SessionKind, SessionState};
pub use shelf::{UNSAVED_DAYS, UNSAVED_KEPT};

use super::store::{Keep, Store, StoreError};

/// The environment variable that overrides the data directory.
pub const DATA_DIR_VARIABLE: &str = "BOTHENDS_DATA_DIR";

/// The folder of unsaved sessions.
const SESSIONS: &str = "sessions";
/// The folder of saved captures.
const CAPTURES: &str = "captures";
/// The folder of captures imported from other tools' files.
const IMPORTS: &str = "imports";
/// The format of the start time at the front of a session's folder name.
const TIME_FORMAT: &str = "%Y-%m-%d %H.%M.%S";
/// How many sessions can start within one second.
const MAX_SAME_SECOND: u32 = 100;

/// The data directory.
#[derive(Clone, Debug)]
pub struct Library {
    root: PathBuf,
}

impl Library {
    /// Uses the directory named by [`DATA_DIR_VARIABLE`], that of [portable mode](portable_folder), or the user's data
    /// directory. Returns `None` without a home.
    pub fn open_default() -> Option<Self> {
        if let Some(directory) = env::var_os(DATA_DIR_VARIABLE).filter(|name| !name.is_empty()) {
            return Some(Self::open_in(Path::new(&directory)));
        }
        if let Some(folder) = portable_folder() {
            return Some(Self::open_in(&folder));
        }
        let directories = ProjectDirs::from("", "", "bothends")?;
        Some(Self::open_in(directories.data_local_dir()))
    }

    /// Uses `root`, which need not exist.
    pub fn open_in(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Starts the capture of a session, in a folder named after the time.
    pub fn begin(&self, keep: Keep, now: SystemTime) -> Result<Store, StoreError> {
        begin_in(&self.root.join(SESSIONS), keep, now)
    }

    /// Returns a folder for importing another tool's file. [`Self::discard`] deletes it.
    pub fn place_for_import(&self, now: SystemTime) -> PathBuf {
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let nanos = since.map_or(0, |since| since.as_nanos());
        let name = format!("{} {nanos}", process::id());
        self.root.join(IMPORTS).join(name)
    }

    /// Returns how much is kept by default: see [`Keep::everything`].
    pub fn default_keep(&self) -> Keep {
        Keep::everything(&self.root)
    }

    /// Closes a session. Deletes it if nothing happened in it.
    pub fn end(&self, store: &Arc<Store>) -> Result<(), LibraryError> {
        let is_empty = store.status().entries == 0;
        store.close()?;
        let dir = store.dir();
        if is_empty && dir.parent() == Some(&self.root.join(SESSIONS)) {
            self.delete(&dir)?;
        }
        Ok(())
    }
}

/// Returns the title of a capture: the file that it was imported from, the name under which it was saved, or its start
/// time.
pub fn title(store: &Store) -> String {
    let origin = store.manifest().origin().map(PathBuf::from);
    let path = origin.unwrap_or_else(|| store.dir());
    let name = path.file_name().unwrap_or(path.as_os_str());
    ListedCapture::title_of(&name.to_string_lossy())
}

/// Starts a capture in `dir` if it is absent or empty, or else in a new folder in it, named after the time.
pub fn begin_at(dir: &Path, keep: Keep, now: SystemTime) -> Result<Store, StoreError> {
    match Store::create(dir, keep, now) {
        Err(StoreError::NotEmpty(_)) => begin_in(dir, keep, now),
        outcome => outcome,
    }
}

fn begin_in(shelf: &Path, keep: Keep, now: SystemTime) -> Result<Store, StoreError> {
    let time = Timestamp::try_from(now).unwrap_or(Timestamp::UNIX_EPOCH);
    let time = time.to_zoned(TimeZone::system()).strftime(TIME_FORMAT);
    let name = format!("{time} {}", process::id());
    let mut outcome = Store::create(&shelf.join(&name), keep, now);
    for again in 2..=MAX_SAME_SECOND {
        if !matches!(outcome, Err(StoreError::NotEmpty(_))) {
            break;
        }
        outcome = Store::create(&shelf.join(format!("{name} {again}")), keep, now);
    }
    outcome
}
