//! Tests sessions in a data folder of their own.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;

use super::*;
use crate::capture::synthetic::{accepted, entries, event};

const DAY: Duration = Duration::from_hours(24);

struct Shelf {
    library: Library,
    dir: TempDir,
}

impl Shelf {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::open_in(&dir.path().join("data"));
        Self { library, dir }
    }

    /// A session that started on this day and holds an entry. It is being recorded.
    fn begin(&self, day: u32) -> Arc<Store> {
        let keep = Keep::up_to(u64::MAX);
        let store = self.library.begin(keep, UNIX_EPOCH + day * DAY).unwrap();
        store.append(&mut entries([event(1, 1, 7, accepted())]));
        Arc::new(store)
    }

    fn closed(&self, day: u32) -> PathBuf {
        let store = self.begin(day);
        store.close().unwrap();
        store.dir()
    }

    /// A session that was killed: its files exist, but it is neither closed nor locked.
    fn interrupted(&self, day: u32) -> PathBuf {
        let store = self.begin(day);
        let folder = store.dir();
        let path = folder.join("capture.toml");
        let text = fs::read_to_string(&path).unwrap();
        drop(store);
        fs::write(&path, text).unwrap();
        folder
    }

    fn names(&self) -> Vec<String> {
        let sessions = self.library.sessions().into_iter();
        sessions.map(|session| session.name).collect()
    }

    fn state(&self, folder: &Path) -> SessionState {
        let sessions = self.library.sessions().into_iter();
        let mut found = sessions.filter(|session| session.folder == folder);
        found.next().unwrap().state
    }
}

#[test]
fn the_list_is_newest_first_and_shows_how_each_session_ended() {
    let shelf = Shelf::new();
    let closed = shelf.closed(1);
    let interrupted = shelf.interrupted(2);
    let live = shelf.begin(3);
    let damaged = shelf.closed(4);
    fs::write(damaged.join("capture.toml"), "format = ").unwrap();
    assert_eq!(shelf.state(&closed), SessionState::Closed);
    assert_eq!(shelf.state(&interrupted), SessionState::Interrupted);
    assert_eq!(shelf.state(&live.dir()), SessionState::Recording);
    assert!(matches!(shelf.state(&damaged), SessionState::Damaged(_)));
    let dated: Vec<_> = shelf
        .library
        .sessions()
        .into_iter()
        .filter(|session| !matches!(session.state, SessionState::Damaged(_)))
        .collect();
    let days: Vec<_> = dated.iter().map(|session| session.created).collect();
    assert_eq!(days, [3, 2, 1].map(|day| UNIX_EPOCH + day * DAY));
    assert!(dated.iter().all(|session| session.size_bytes > 56));
    assert!(dated.iter().all(|it| it.kind == SessionKind::Unsaved));
}

#[test]
fn a_saved_session_has_its_name_and_stays_complete() {
    let shelf = Shelf::new();
    let folder = shelf.closed(1);
    let place = shelf.library.save(&folder, " Printer ").unwrap();
    assert_eq!(shelf.names(), ["Printer"]);
    assert!(!folder.exists());
    assert_eq!(Store::open(&place).unwrap().status().entries, 1);
    assert_eq!(shelf.library.sessions()[0].kind, SessionKind::Saved);
    let other = shelf.closed(2);
    let taken = shelf.library.save(&other, "Printer");
    assert!(matches!(taken, Err(LibraryError::Taken(name)) if name == "Printer"));
    let bad = shelf.library.save(&other, "a/b");
    assert!(matches!(
        bad,
        Err(LibraryError::Name(NameProblem::Character('/')))
    ));
    assert!(other.exists());
}

#[test]
fn the_live_session_is_saved_while_it_is_recorded() {
    let shelf = Shelf::new();
    let store = shelf.begin(1);
    let refused = shelf.library.save(&store.dir(), "Live");
    assert!(matches!(refused, Err(LibraryError::BeingRecorded)));
    let place = shelf.library.save_live(&store, "Live").unwrap();
    assert_eq!(store.dir(), place);
    assert_eq!(shelf.state(&place), SessionState::Recording);
    store.append(&mut entries([event(2, 1, 8, accepted())]));
    store.close().unwrap();
    assert_eq!(Store::open(&place).unwrap().status().entries, 2);
}

#[test]
fn only_idle_captures_of_the_library_can_be_deleted() {
    let shelf = Shelf::new();
    let live = shelf.begin(1);
    let deleted = shelf.library.delete(&live.dir());
    assert!(matches!(deleted, Err(LibraryError::BeingRecorded)));
    let outside = shelf.dir.path().join("thesis");
    fs::create_dir(&outside).unwrap();
    for folder in [
        outside.clone(),
        shelf.library.root.clone(),
        shelf.library.root.join("sessions"),
        shelf.library.root.join("sessions/.."),
    ] {
        let deleted = shelf.library.delete(&folder);
        assert!(
            matches!(deleted, Err(LibraryError::Foreign(_))),
            "{folder:?}"
        );
    }
    assert!(outside.exists());
    let closed = shelf.closed(2);
    shelf.library.delete(&closed).unwrap();
    assert!(!closed.exists());
}

#[test]
fn unsaved_sessions_are_pruned_after_a_week_or_beyond_the_last_three() {
    let shelf = Shelf::new();
    let saved = shelf.closed(1);
    shelf.library.save(&saved, "kept for ever").unwrap();
    let live = shelf.begin(2);
    let unsaved = [3, 20, 21, 22, 23, 24].map(|day| shelf.closed(day));
    let deleted = shelf.library.prune(UNIX_EPOCH + 29 * DAY);
    let deleted: Vec<_> = deleted.into_iter().map(|session| session.folder).collect();
    let expected: Vec<_> = unsaved[..3].iter().rev().cloned().collect();
    assert_eq!(deleted, expected);
    assert!(deleted.iter().all(|folder| !folder.exists()));
    assert!(unsaved[3..].iter().all(|folder| folder.exists()));
    assert!(live.dir().exists());
    let deleted = shelf.library.prune(UNIX_EPOCH + 30 * DAY + DAY / 2);
    assert_eq!(deleted.len(), 2);
    assert_eq!(shelf.names().len(), 3);
}

#[test]
fn an_interrupted_session_is_kept_until_the_user_is_notified() {
    let shelf = Shelf::new();
    let old = shelf.interrupted(1);
    let newer = shelf.interrupted(2);
    assert!(shelf.library.prune(UNIX_EPOCH + 90 * DAY).is_empty());
    assert_eq!(shelf.library.interrupted().unwrap().folder, newer);
    shelf.library.note_offered(&newer).unwrap();
    assert_eq!(shelf.library.interrupted().unwrap().folder, old);
    let deleted = shelf.library.prune(UNIX_EPOCH + 90 * DAY);
    assert_eq!(deleted.len(), 1);
    assert!(old.exists() && !newer.exists());
}

#[test]
fn an_empty_session_leaves_nothing_behind() {
    let shelf = Shelf::new();
    let keep = Keep::up_to(u64::MAX);
    let empty = Arc::new(shelf.library.begin(keep, UNIX_EPOCH).unwrap());
    shelf.library.end(&empty).unwrap();
    let full = shelf.begin(1);
    shelf.library.end(&full).unwrap();
    assert!(!empty.dir().exists());
    assert_eq!(shelf.state(&full.dir()), SessionState::Closed);
}

#[test]
fn leftover_imports_are_deleted_and_open_ones_kept() {
    let shelf = Shelf::new();
    let keep = Keep::up_to(u64::MAX);
    let import = |day: u32| {
        let place = shelf.library.place_for_import(UNIX_EPOCH + day * DAY);
        let store = Store::create(&place, keep, UNIX_EPOCH).unwrap();
        store.close().unwrap();
        store
    };
    let left_in = import(1).dir();
    let shown = import(2);
    shown.hold().unwrap();
    assert!(shelf.library.prune(UNIX_EPOCH + DAY).is_empty());
    assert!(!left_in.exists() && shown.dir().exists());
    assert!(shelf.names().is_empty());
    shelf.library.discard(&shown).unwrap();
    assert!(!shown.dir().exists());
}

#[test]
fn a_capture_starts_in_an_empty_folder_or_in_a_new_one_inside() {
    let shelf = Shelf::new();
    let keep = Keep::up_to(u64::MAX);
    let place = shelf.dir.path().join("elsewhere");
    let first = begin_at(&place, keep, UNIX_EPOCH).unwrap();
    assert_eq!(first.dir(), place);
    let second = begin_at(&place, keep, UNIX_EPOCH).unwrap();
    assert_eq!(second.dir().parent(), Some(place.as_path()));
}
