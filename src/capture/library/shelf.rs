//! The list of captures, and operations on them: save, delete, prune.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::session::OFFERED;
use super::{
    CAPTURES, IMPORTS, Library, LibraryError, ListedCapture, SESSIONS, SessionKind, SessionState,
    name, transfer,
};
use crate::capture::partial::{clear_leftovers, is_partial};
use crate::capture::store::{FileAction, Store, StoreError};

/// How many unsaved sessions are kept.
pub const UNSAVED_KEPT: usize = 3;
/// How many days an unsaved session is kept.
pub const UNSAVED_DAYS: u64 = 7;

/// The most folders that are examined for a list.
const MAX_LISTED: usize = 10_000;

impl Library {
    /// Returns all captures, newest first. A folder that cannot be read counts as empty.
    pub fn sessions(&self) -> Vec<ListedCapture> {
        let mut sessions = self.on_shelf(SESSIONS, SessionKind::Unsaved);
        sessions.extend(self.on_shelf(CAPTURES, SessionKind::Saved));
        sessions.sort_by(|one, other| {
            let newest_first = other.created.cmp(&one.created);
            newest_first.then_with(|| one.name.cmp(&other.name))
        });
        sessions
    }

    fn on_shelf(&self, name: &str, kind: SessionKind) -> Vec<ListedCapture> {
        let folders = fs::read_dir(self.root.join(name)).into_iter().flatten();
        folders
            .flatten()
            .take(MAX_LISTED)
            .filter(|folder| !folder.file_name().to_str().is_some_and(is_partial))
            .filter_map(|folder| ListedCapture::inspect(&folder.path(), kind))
            .collect()
    }

    /// Saves a capture that nobody is recording under a name. Returns its new folder.
    pub fn save(&self, folder: &Path, name: &str) -> Result<PathBuf, LibraryError> {
        self.own(folder)?;
        let place = self.place_named(name)?;
        if Store::is_being_recorded(folder) {
            return Err(LibraryError::BeingRecorded);
        }
        transfer::transfer(folder, &place)?;
        Ok(place)
    }

    /// Saves the capture that is being recorded here under a name. Returns its new folder.
    pub fn save_live(&self, store: &Store, name: &str) -> Result<PathBuf, LibraryError> {
        let place = self.place_named(name)?;
        let mut is_moved = false;
        store.relocate(|folder| {
            is_moved = transfer::rename(folder, &place)?;
            Ok(if is_moved {
                place.clone()
            } else {
                folder.to_owned()
            })
        })?;
        if is_moved {
            Ok(place)
        } else {
            Err(LibraryError::OtherVolume)
        }
    }

    /// Returns the folder for a name that no capture has.
    fn place_named(&self, name: &str) -> Result<PathBuf, LibraryError> {
        let name = name::check(name)?;
        let place = self.root.join(CAPTURES).join(name);
        // A rename would silently replace an empty folder.
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(place),
            _ => Err(LibraryError::Taken(name.to_owned())),
        }
    }

    /// Deletes a capture that nobody is recording.
    pub fn delete(&self, folder: &Path) -> Result<(), LibraryError> {
        self.own(folder)?;
        if Store::is_being_recorded(folder) {
            return Err(LibraryError::BeingRecorded);
        }
        fs::remove_dir_all(folder).map_err(StoreError::io(FileAction::Delete, folder))?;
        Ok(())
    }

    /// Checks that a folder belongs to the library: nothing else is ever moved or deleted.
    fn own(&self, folder: &Path) -> Result<(), LibraryError> {
        let is_on = |shelf| folder.parent() == Some(self.root.join(shelf).as_path());
        let shelves = [SESSIONS, CAPTURES, IMPORTS];
        if folder.file_name().is_some() && shelves.into_iter().any(is_on) {
            Ok(())
        } else {
            Err(LibraryError::Foreign(folder.to_owned()))
        }
    }

    /// Notes that the user has been notified of an interrupted session. From then on it is treated like the others.
    pub fn note_offered(&self, folder: &Path) -> Result<(), LibraryError> {
        self.own(folder)?;
        let path = folder.join(OFFERED);
        File::create(&path).map_err(StoreError::io(FileAction::Make, &path))?;
        Ok(())
    }

    /// Deletes an import that is no longer viewed, and its lock.
    pub fn discard(&self, store: &Store) -> Result<(), LibraryError> {
        store.close()?;
        store.unlock();
        self.delete(&store.dir())
    }

    /// Deletes unsaved sessions that are older than [`UNSAVED_DAYS`] days or not among the newest [`UNSAVED_KEPT`],
    /// those in which nothing happened, and leftovers of imports. Returns the sessions that were deleted.
    ///
    /// Never deletes a session that is being recorded, nor an interrupted one that the user has not been notified of.
    pub fn prune(&self, now: SystemTime) -> Vec<ListedCapture> {
        if let Ok(root) = fs::metadata(&self.root) {
            clear_leftovers(&self.root.join(CAPTURES), &root);
        }
        for import in self.on_shelf(IMPORTS, SessionKind::Unsaved) {
            // An import open in another window is locked. What cannot be deleted now can be deleted later.
            self.delete(&import.folder).ok();
        }
        let unsaved = self.sessions().into_iter().filter(|session| {
            session.kind == SessionKind::Unsaved && session.state != SessionState::Recording
        });
        let (empty, mut unsaved): (Vec<_>, Vec<_>) = unsaved.partition(|session| session.is_empty);
        for session in empty {
            // As above.
            self.delete(&session.folder).ok();
        }
        let age = Duration::from_hours(UNSAVED_DAYS * 24);
        let mut place = 0;
        let old = unsaved.extract_if(.., |session| {
            let is_beyond = place >= UNSAVED_KEPT;
            place += 1;
            let is_old = now
                .duration_since(session.created)
                .is_ok_and(|since| since > age);
            let may_go = session.state != SessionState::Interrupted || session.is_offered;
            (is_beyond || is_old) && may_go
        });
        old.filter(|session| self.delete(&session.folder).is_ok())
            .collect()
    }

    /// Returns the newest interrupted session that the user has not been notified of.
    pub fn interrupted(&self) -> Option<ListedCapture> {
        let mut sessions = self.sessions().into_iter();
        sessions.find(|session| {
            session.kind == SessionKind::Unsaved
                && session.state == SessionState::Interrupted
                && !session.is_offered
                && !session.is_empty
        })
    }
}
