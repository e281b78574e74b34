//! A capture in the list, as read from its folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::DateTime;

use crate::capture::store::{Store, StoreFailure};

/// The marker file of an interrupted session that the user has been notified of.
pub(super) const OFFERED: &str = "offered";

/// A capture of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCapture {
    /// The folder.
    pub folder: PathBuf,
    /// The folder's name. For a saved capture, this is the name that the user gave it.
    pub name: String,
    /// When recording started, or when the folder was created if the capture is damaged.
    pub created: SystemTime,
    /// The size of its files.
    pub size_bytes: u64,
    /// Whether it was saved.
    pub kind: SessionKind,
    /// Its state.
    pub state: SessionState,
    /// Whether the user has been notified that it was interrupted.
    pub(super) is_offered: bool,
    /// Whether it has no entries.
    pub(super) is_empty: bool,
}

/// Whether a capture was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// It is deleted automatically after a while.
    Unsaved,
    /// It is kept until the user deletes it.
    Saved,
}

/// The state of a capture in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Recording ended normally.
    Closed,
    /// Recording ended without closing the capture.
    Interrupted,
    /// It is being recorded, by this window or another one.
    Recording,
    /// It cannot be read.
    Damaged(StoreFailure),
}

impl ListedCapture {
    /// Returns its title: the name under which it was saved, or its start time.
    pub fn title(&self) -> String {
        Self::title_of(&self.name)
    }

    /// Returns the start time in a folder's name, as `2026-11-23 04:15:16`, or else the name itself.
    pub fn title_of(folder: &str) -> String {
        /// The length of the time.
        const LEN: usize = "2026-11-23 04.15.16".len();
        let time = folder.get(..LEN).filter(|time| {
            let is_time = DateTime::strptime(super::TIME_FORMAT, time).is_ok();
            is_time && folder.len() > LEN
        });
        time.map_or_else(|| folder.to_owned(), |time| time.replace('.', ":"))
    }

    /// Inspects a folder. Returns `None` if it is not a capture.
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
        let (mut size_bytes, mut is_offered, mut is_empty) = (0, false, true);
        // A file that is deleted meanwhile does not count.
        for file in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = file.file_name();
            is_offered |= name == OFFERED;
            is_empty &= Path::new(&name)
                .extension()
                .is_none_or(|it| it != "entries");
            size_bytes += file.metadata().map_or(0, |it| it.len());
        }
        Some(Self {
            folder: folder.to_owned(),
            name,
            created,
            size_bytes,
            kind,
            state,
            is_offered,
            is_empty,
        })
    }
}
