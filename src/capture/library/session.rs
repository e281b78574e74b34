//! One capture in the list: what it is, from its folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::DateTime;

use crate::capture::store::{Failure, Store};

/// Notes that the user was told of an interrupted session.
pub(super) const OFFERED: &str = "offered";

/// A capture of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCapture {
    /// Where it is.
    pub folder: PathBuf,
    /// The folder's name; of a saved one, the name that the user gave it.
    pub name: String,
    /// When recording began; of a damaged one, when its folder was made.
    pub created: SystemTime,
    /// What its files take.
    pub size_bytes: u64,
    /// Whether it was saved.
    pub kind: SessionKind,
    /// How it stands.
    pub state: SessionState,
    /// Whether the user was told that it was interrupted.
    pub(super) is_offered: bool,
    /// Whether it has no entries at all.
    pub(super) is_empty: bool,
}

/// Whether a capture was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// It goes by itself after a while.
    Unsaved,
    /// It stays until the user deletes it.
    Saved,
}

/// How a capture of the library stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Recording ended in order.
    Closed,
    /// Recording ended without being closed.
    Interrupted,
    /// Somebody is recording it: this window, or another one.
    Recording,
    /// It cannot be understood, and why.
    Damaged(Failure),
}

impl ListedCapture {
    /// Returns what to call it: the name that it was saved under, or when it began.
    pub fn title(&self) -> String {
        Self::title_of(&self.name)
    }

    /// Returns the time that a folder is named after, `2026-11-23 04:15:16`, or its name.
    pub fn title_of(folder: &str) -> String {
        /// How long the time is.
        const LEN: usize = "2026-11-23 04.15.16".len();
        let time = folder.get(..LEN).filter(|time| {
            let is_time = DateTime::strptime(super::TIME_FORMAT, time).is_ok();
            is_time && folder.len() > LEN
        });
        time.map_or_else(|| folder.to_owned(), |time| time.replace('.', ":"))
    }

    /// Looks at a folder; none when it is no capture.
    pub(super) fn inspect(folder: &Path, kind: SessionKind) -> Option<Self> {
        let metadata = fs::symlink_metadata(folder).ok()?;
        let name = folder.file_name()?.to_string_lossy().into_owned();
        if !metadata.is_dir() {
            return None;
        }
        let manifest = Store::manifest_of(folder);
        let created = match &manifest {
            Ok(manifest) => manifest.created(),
            Err(_) => metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
        };
        let state = match manifest {
            _ if Store::is_being_recorded(folder) => SessionState::Recording,
            Ok(manifest) if manifest.is_closed() => SessionState::Closed,
            Ok(_) => SessionState::Interrupted,
            Err(error) => SessionState::Damaged(error.into()),
        };
        let files = Files::of(folder);
        Some(Self {
            folder: folder.to_owned(),
            name,
            created,
            size_bytes: files.size_bytes,
            kind,
            state,
            is_offered: files.is_offered,
            is_empty: files.is_empty,
        })
    }
}

/// What stands in a capture's folder.
struct Files {
    size_bytes: u64,
    is_offered: bool,
    is_empty: bool,
}

impl Files {
    /// A file that goes away meanwhile counts nothing.
    fn of(folder: &Path) -> Self {
        let mut files = Self {
            size_bytes: 0,
            is_offered: false,
            is_empty: true,
        };
        for file in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = file.file_name();
            files.is_offered |= name == OFFERED;
            files.is_empty &= Path::new(&name)
                .extension()
                .is_none_or(|it| it != "entries");
            files.size_bytes += file.metadata().map_or(0, |it| it.len());
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_called_by_its_name_or_by_when_it_began() {
        assert_eq!(
            ListedCapture::title_of("2026-11-23 04.15.16 4711"),
            "2026-11-23 04:15:16"
        );
        for name in ["Printer", "2026-11-23 04.15.16", "2026-99-99 04.15.16 4711"] {
            assert_eq!(ListedCapture::title_of(name), name);
        }
    }
}
