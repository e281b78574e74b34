//! The list of captures, and what is done with one: save, delete, let the old ones go.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::session::OFFERED;
use super::{
    CAPTURES, IMPORTS, Library, LibraryError, ListedCapture, SESSIONS, SessionKind, SessionState,
    name, transfer,
};
use crate::capture::store::{FileAction, Store, StoreError};

/// How many sessions that were not saved are kept, the newest ones.
pub const UNSAVED_KEPT: usize = 3;
/// How many days a session that was not saved is kept.
pub const UNSAVED_DAYS: u64 = 7;

/// The most folders that are looked at for a list.
const MAX_LISTED: usize = 10_000;

impl Library {
    /// Returns all captures, newest first. A folder that cannot be read has none.
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
            .filter_map(|folder| ListedCapture::inspect(&folder.path(), kind))
            .collect()
    }

    /// Saves a capture that nobody records under a name, and returns where it is then.
    pub fn save(&self, folder: &Path, name: &str) -> Result<PathBuf, LibraryError> {
        self.own(folder)?;
        let place = self.place_named(name)?;
        if Store::is_being_recorded(folder) {
            return Err(LibraryError::BeingRecorded);
        }
        transfer::transfer(folder, &place)?;
        Ok(place)
    }

    /// Saves the capture that is being recorded here under a name, and returns where it is then.
    pub fn save_live(&self, store: &Store, name: &str) -> Result<PathBuf, LibraryError> {
        let place = self.place_named(name)?;
        let mut is_moved = false;
        store.relocate(|folder| {
            let moved = transfer::rename(folder, &place)?;
            is_moved = moved.is_some();
            Ok(moved.unwrap_or_else(|| folder.to_owned()))
        })?;
        if is_moved {
            Ok(place)
        } else {
            Err(LibraryError::OtherVolume)
        }
    }

    /// Returns the folder of a name that no capture has.
    fn place_named(&self, name: &str) -> Result<PathBuf, LibraryError> {
        let name = name::check(name)?;
        let place = self.root.join(CAPTURES).join(name);
        // A rename would put a folder in the place of an empty one without a word.
        match fs::symlink_metadata(&place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(place),
            _ => Err(LibraryError::Taken(name.to_owned())),
        }
    }

    /// Deletes a capture that nobody records.
    pub fn delete(&self, folder: &Path) -> Result<(), LibraryError> {
        self.own(folder)?;
        if Store::is_being_recorded(folder) {
            return Err(LibraryError::BeingRecorded);
        }
        fs::remove_dir_all(folder).map_err(StoreError::io(FileAction::Delete, folder))?;
        Ok(())
    }

    /// Makes sure that a folder is one of the library's: nothing else is ever moved or deleted.
    fn own(&self, folder: &Path) -> Result<(), LibraryError> {
        if self.holds(folder) {
            Ok(())
        } else {
            Err(LibraryError::Foreign(folder.to_owned()))
        }
    }

    /// Notes that the user was told that a session was interrupted: it is one among the others from then on.
    pub fn note_offered(&self, folder: &Path) -> Result<(), LibraryError> {
        self.own(folder)?;
        let path = folder.join(OFFERED);
        File::create(&path).map_err(StoreError::io(FileAction::Make, &path))?;
        Ok(())
    }

    /// Deletes an import that is not looked at any more, and its lock.
    pub fn discard(&self, store: &Store) -> Result<(), LibraryError> {
        store.close()?;
        store.let_go();
        self.delete(&store.dir())
    }

    /// Lets go of sessions that were not saved and are older than [`UNSAVED_DAYS`] days or beyond the newest
    /// [`UNSAVED_KEPT`], of those in which nothing happened, and of what was left of imports. Returns the sessions that
    /// were deleted.
    ///
    /// A session that somebody records is never one of them, nor an interrupted one that the user was not told of.
    pub fn prune(&self, now: SystemTime) -> Vec<ListedCapture> {
        for import in self.on_shelf(IMPORTS, SessionKind::Unsaved) {
            // One that is being looked at in another window is locked; what cannot be deleted now can be later.
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

    /// Returns the newest interrupted session that the user was not told of.
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
