//! Unsaved changes of documents that have files of their own: kept beside the untitled document until they are saved or
//! given up, so that they outlive a crash.
//!
//! Each document that is being edited has one file here, written whole as every other one, and a lock beside it: what is
//! locked belongs to a window that is still open.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use super::document::Document;
use super::document_file::{DOCUMENT_ENDING, DocumentFileError};
use super::document_hash::DocumentHash;
use super::text_file::{FILE_LIMIT_BYTES, SaveError, new_file, read_text, replace};
use crate::net::EndpointIds;
use crate::payload::hex;

/// The folder beside the untitled document.
const FOLDER: &str = "unsaved";
/// How many files are kept there; those that were written longest ago go first.
const KEPT: usize = 20;
/// How much of the hash of a document's path its files begin with, in bytes.
const STEM_BYTES: usize = 8;
/// What the ending of a lock is.
const LOCK_ENDING: &str = "lock";
/// The first line of a file whose document was an approved one, and of any other.
const APPROVED: &str = "# approved";
const NOT_APPROVED: &str = "# unapproved";

/// Unsaved changes that an earlier window left behind.
#[derive(Debug)]
pub struct UnsavedChanges {
    /// Where they are kept.
    pub kept: PathBuf,
    /// When they were kept last; not every file system says.
    pub modified: Option<SystemTime>,
    /// The document with them.
    pub document: Document,
}

/// The folder for unsaved changes, and those of the running document.
#[derive(Debug, Default)]
pub struct Unsaved {
    /// None where nothing is kept.
    folder: Option<PathBuf>,
    slot: Option<Slot>,
}

/// The file of the document that is being edited.
#[derive(Debug)]
struct Slot {
    /// The document's own file.
    own: PathBuf,
    path: PathBuf,
    text: String,
    /// Locked as long as this is here.
    _lock: Option<File>,
}

impl Unsaved {
    /// Keeps them in a folder beside this file.
    pub(super) fn beside(path: &Path) -> Self {
        Self {
            folder: Some(path.with_file_name(FOLDER)),
            slot: None,
        }
    }

    /// Keeps what a document with a file of its own holds by now, until [`Self::forget`]. Where there is no folder,
    /// does nothing.
    ///
    /// # Errors
    /// It cannot be written; what was kept before stays.
    pub fn keep(&mut self, own: &Path, document: &Document) -> Result<(), SaveError> {
        let Some(folder) = self.folder.clone() else {
            return Ok(());
        };
        let first = if document.is_approved {
            APPROVED
        } else {
            NOT_APPROVED
        };
        let text = format!("{first}\n{}", document.to_text());
        if text.len() > FILE_LIMIT_BYTES {
            let (path, len_bytes) = (own.to_owned(), text.len());
            return Err(SaveError::TooLarge { path, len_bytes });
        }
        if self.slot.as_ref().is_some_and(|slot| slot.own != own) {
            self.forget();
        }
        let failed = |source| SaveError::Write {
            path: folder.clone(),
            source,
        };
        if self.slot.is_none() {
            self.slot = Some(Slot::new(&folder, own).map_err(failed)?);
            prune(&folder);
        }
        let Some(slot) = &mut self.slot else {
            return Ok(());
        };
        if slot.text != text {
            replace(&slot.path, text.as_bytes(), true).map_err(failed)?;
            slot.text = text;
        }
        Ok(())
    }

    /// Deletes what was kept of the running document: it is saved, or given up.
    pub fn forget(&mut self) {
        if let Some(slot) = self.slot.take() {
            discard_unsaved(&slot.path);
        }
    }

    /// Returns the newest unsaved changes of a document that nobody is editing any more. Those that are in the file by now
    /// are deleted.
    ///
    /// # Errors
    /// They cannot be read, and stay where they are.
    pub fn find(
        &self,
        own: &Path,
        in_file: &DocumentHash,
        ids: &EndpointIds,
    ) -> Result<Option<UnsavedChanges>, DocumentFileError> {
        let Some(folder) = self.folder.clone() else {
            return Ok(None);
        };
        for (modified, kept) in listed(&folder, Some(&stem(own))).into_iter().rev() {
            let read = || {
                let (text, _) = read_text(&kept)?;
                let (first, text) = text.split_once('\n').unwrap_or((&*text, ""));
                // An empty one was being made when its window ended.
                if first.is_empty() || DocumentHash::of(text) == *in_file {
                    return Ok(None);
                }
                let mut document = Document::parse(text, ids.clone())?.0;
                document.is_approved = first == APPROVED;
                Ok(Some(document))
            };
            let document = read().map_err(|problem| DocumentFileError {
                path: kept.clone(),
                problem,
            })?;
            match document {
                Some(document) => {
                    return Ok(Some(UnsavedChanges {
                        kept,
                        modified,
                        document,
                    }));
                }
                None => discard_unsaved(&kept),
            }
        }
        Ok(None)
    }
}

/// Deletes unsaved changes that an earlier window left behind.
pub fn discard_unsaved(kept: &Path) {
    // One that stays is offered again.
    fs::remove_file(kept).ok();
    fs::remove_file(kept.with_extension(LOCK_ENDING)).ok();
}

impl Slot {
    fn new(folder: &Path, own: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let now = jiff::Zoned::now().strftime("%Y-%m-%d %H.%M.%S");
        let path = new_file(folder, &format!("{} {now}", stem(own)), DOCUMENT_ENDING)?;
        // A file system without locks does not keep anybody from working.
        let lock = File::create(path.with_extension(LOCK_ENDING)).ok();
        let lock = lock.filter(|lock| lock.try_lock().is_ok());
        Ok(Self {
            own: own.to_owned(),
            path,
            text: String::new(),
            _lock: lock,
        })
    }
}

/// Returns what the files of a document begin with.
fn stem(own: &Path) -> String {
    let hash = Sha256::digest(own.as_os_str().as_encoded_bytes());
    hex::render_compact(hash.get(..STEM_BYTES).unwrap_or_default())
}

/// Returns the files that no open window holds, of one document or of all, from the oldest. What cannot be listed is left
/// out.
fn listed(folder: &Path, stem: Option<&str>) -> Vec<(Option<SystemTime>, PathBuf)> {
    let Ok(files) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let is_one = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.extension().is_some_and(|it| it == DOCUMENT_ENDING)
            && stem.is_none_or(|stem| name.starts_with(stem))
    };
    let found = files.filter_map(|file| {
        let (path, found) = (file.as_ref().ok()?.path(), file.ok()?.metadata().ok()?);
        let is_free = is_one(&path) && !is_held(&path);
        is_free.then(|| (found.modified().ok(), path))
    });
    let mut found: Vec<_> = found.collect();
    found.sort();
    found
}

/// Returns whether a window that is still open keeps its changes here.
fn is_held(kept: &Path) -> bool {
    let lock = File::open(kept.with_extension(LOCK_ENDING));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Deletes the oldest files beyond [`KEPT`].
fn prune(folder: &Path) {
    let files = listed(folder, None);
    let over = files.len().saturating_sub(KEPT);
    for (_, path) in files.iter().take(over) {
        discard_unsaved(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path) -> Unsaved {
        Unsaved::beside(&folder.join("default.bothends"))
    }

    fn edited(name: &str) -> Document {
        let mut document = Document::default();
        document.rename(document.endpoints[0].id, name).unwrap();
        document
    }

    fn found(file: &Unsaved, own: &Path) -> Option<String> {
        let hash = DocumentHash::of(&edited("in the file").to_text());
        let found = file.find(own, &hash, &EndpointIds::default()).unwrap();
        found.map(|it| it.document.endpoints[0].name.clone())
    }

    #[test]
    fn changes_are_found_once_their_window_is_gone_and_only_for_their_document() {
        let folder = tempfile::tempdir().unwrap();
        let (own, other) = (Path::new("/a.bothends"), Path::new("/b.bothends"));
        let mut first = file(folder.path());
        first.keep(own, &edited("one")).unwrap();
        first.keep(own, &edited("two")).unwrap();
        let second = file(folder.path());
        // The window is still open.
        assert_eq!(found(&second, own), None);
        drop(first);
        assert_eq!(found(&second, own).as_deref(), Some("two"));
        assert_eq!(found(&second, other), None);
    }

    #[test]
    fn changes_that_are_saved_or_given_up_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let own = Path::new("/a.bothends");
        let mut saved = file(folder.path());
        saved.keep(own, &edited("one")).unwrap();
        saved.forget();
        let left = || fs::read_dir(folder.path().join(FOLDER)).unwrap().count();
        assert_eq!(left(), 0);
        // Another window saved the same.
        saved.keep(own, &edited("in the file")).unwrap();
        drop(saved);
        assert_eq!(found(&file(folder.path()), own), None);
        assert_eq!(left(), 0);
    }

    #[test]
    fn only_changes_of_an_approved_document_are_approved() {
        let folder = tempfile::tempdir().unwrap();
        let own = Path::new("/a.bothends");
        for is_approved in [true, false] {
            let mut kept = file(folder.path());
            let mut document = edited("one");
            document.is_approved = is_approved;
            kept.keep(own, &document).unwrap();
            drop(kept);
            let hash = DocumentHash::of("");
            let found = file(folder.path()).find(own, &hash, &EndpointIds::default());
            let found = found.unwrap().unwrap();
            assert_eq!(found.document.is_approved, is_approved);
            discard_unsaved(&found.kept);
        }
    }

    #[test]
    fn no_more_than_a_few_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..KEPT + 5 {
            let own = PathBuf::from(format!("/{number}.bothends"));
            file(folder.path()).keep(&own, &edited("x")).unwrap();
        }
        let files = listed(&folder.path().join(FOLDER), None);
        // The last one was added after there was room for it.
        assert_eq!(files.len(), KEPT + 1);
    }

    #[test]
    fn what_cannot_be_read_stays_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let own = Path::new("/a.bothends");
        let mut kept = file(folder.path());
        kept.keep(own, &edited("x")).unwrap();
        let path = kept.slot.take().unwrap().path;
        fs::write(&path, "torn = ").unwrap();
        let hash = DocumentHash::of("x");
        let found = file(folder.path()).find(own, &hash, &EndpointIds::default());
        assert_eq!(found.unwrap_err().path, path);
        assert!(path.exists());
    }
}
