//! The file that a document has of its own: read, compared with what it was, and never overwritten unseen.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::document::{Document, UnknownKey};
use super::document_hash::DocumentHash;
use super::text_file::{FILE_LIMIT_BYTES, LoadProblem, read_text, replace};
use crate::net::EndpointIds;

/// What the name of a document ends in.
pub const DOCUMENT_ENDING: &str = "bothends";

/// A document's own file, and what it held when it was last read or written.
#[derive(Clone, Debug)]
pub struct DocumentFile {
    path: PathBuf,
    /// What was last read or written here.
    hash: DocumentHash,
    /// What the user knows the file to hold, even if somebody else wrote it; `None` if it is known not to be there.
    seen: Option<Seen>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    hash: DocumentHash,
    len_bytes: u64,
    /// When it was written; not every file system says.
    modified: Option<SystemTime>,
}

/// A document, and the file that it was read from.
#[derive(Debug)]
pub struct ReadDocument {
    /// The document, which nobody has approved yet.
    pub document: Document,
    /// Its file.
    pub file: DocumentFile,
    /// The keys that this version does not know.
    pub keys: Vec<UnknownKey>,
}

/// What became of a file since it was last read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// It holds something else.
    Changed,
    /// It is not there any more.
    Gone,
}

/// Why a document was not read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub struct DocumentFileError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub problem: LoadProblem,
}

/// Why a document was not saved in its file.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum DocumentSaveError {
    /// The file was changed by somebody else.
    ChangedOutside {
        /// The file.
        path: PathBuf,
    },
    /// There is a file of this name.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file may not be written.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The document is larger than [`FILE_LIMIT_BYTES`].
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The document's size.
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

impl ReadDocument {
    /// Reads a document; its endpoints get ids from `ids`.
    pub fn open(path: &Path, ids: EndpointIds) -> Result<Self, DocumentFileError> {
        let read = || {
            let (text, modified) = read_text(path)?;
            let (document, keys) = Document::parse(&text, ids)?;
            let file = DocumentFile::new(path, Seen::of(&text, modified));
            Ok(Self {
                document,
                file,
                keys,
            })
        };
        read().map_err(|problem| DocumentFileError {
            path: path.to_owned(),
            problem,
        })
    }
}

impl DocumentFile {
    /// Writes a document to a file that nobody has open; one that exists is replaced only if `may_replace`.
    pub fn create(
        path: &Path,
        document: &Document,
        may_replace: bool,
    ) -> Result<Self, DocumentSaveError> {
        if !may_replace && fs::symlink_metadata(path).is_ok() {
            let path = path.to_owned();
            return Err(DocumentSaveError::Exists { path });
        }
        Ok(Self::new(path, write(path, document)?))
    }

    fn new(path: &Path, seen: Seen) -> Self {
        Self {
            path: path.to_owned(),
            hash: seen.hash.clone(),
            seen: Some(seen),
        }
    }

    /// Saves a document. A file that was changed since is overwritten only if `may_overwrite`.
    pub fn save(
        &mut self,
        document: &Document,
        may_overwrite: bool,
    ) -> Result<(), DocumentSaveError> {
        if !may_overwrite && self.compare() == Some(Outside::Changed) {
            let path = self.path.clone();
            return Err(DocumentSaveError::ChangedOutside { path });
        }
        *self = Self::new(&self.path, write(&self.path, document)?);
        Ok(())
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the hash of what was last read from it or written to it.
    pub fn hash(&self) -> &DocumentHash {
        &self.hash
    }

    /// Returns whether it is known to hold a document.
    pub fn holds(&self, document: &Document) -> bool {
        let seen = self.seen.as_ref();
        seen.is_some_and(|seen| seen.hash == DocumentHash::of(&document.to_text()))
    }

    /// Returns what became of the file; `None` if nothing did. Reads it only if its size or time is another one.
    pub fn look(&mut self) -> Option<Outside> {
        match (fs::metadata(&self.path), &self.seen) {
            (Ok(found), Some(seen)) if seen.is_of(&found) => None,
            _ => self.compare(),
        }
    }

    /// As [`look`](Self::look), but compares what the file holds.
    fn compare(&mut self) -> Option<Outside> {
        let found = self.found();
        match (&self.seen, &found) {
            (Some(seen), Some(found)) if seen.hash == found.hash => {}
            (None, None) => {}
            // What was last read or written here came back.
            (None, Some(found)) if found.hash == self.hash => {}
            (Some(_), None) => {
                self.seen = None;
                return Some(Outside::Gone);
            }
            _ => return Some(Outside::Changed),
        }
        // The time may be another one, as after a check-out and back.
        self.seen = found;
        None
    }

    /// Takes note of what became of the file: the document stays as it is here, and may be written over that.
    pub fn accept(&mut self) {
        self.seen = self.found();
    }

    /// Returns what the file holds; `None` if there is none.
    fn found(&self) -> Option<Seen> {
        match read_text(&self.path) {
            Ok((text, modified)) => Some(Seen::of(&text, modified)),
            Err(LoadProblem::Read(error)) if error.kind() == ErrorKind::NotFound => None,
            // Whatever cannot be read is not what it was.
            Err(_) => Some(Seen::of("", None)),
        }
    }
}

impl Seen {
    fn of(text: &str, modified: Option<SystemTime>) -> Self {
        Self {
            hash: DocumentHash::of(text),
            len_bytes: text.len() as u64,
            modified,
        }
    }

    fn is_of(&self, found: &fs::Metadata) -> bool {
        let modified = found.modified().ok();
        found.is_file()
            && found.len() == self.len_bytes
            && modified.is_some()
            && modified == self.modified
    }
}

/// Writes a document to a file whole, with the permissions that the file has.
fn write(path: &Path, document: &Document) -> Result<Seen, DocumentSaveError> {
    let text = document.to_text();
    let len_bytes = text.len();
    let path = path.to_owned();
    if len_bytes > FILE_LIMIT_BYTES {
        return Err(DocumentSaveError::TooLarge { path, len_bytes });
    }
    let before = fs::metadata(&path).ok();
    // Renaming over it would work, against its owner's will.
    if before.is_some_and(|file| file.permissions().readonly()) {
        return Err(DocumentSaveError::ReadOnly { path });
    }
    let written = replace(&path, text.as_bytes(), false).and_then(|()| fs::metadata(&path));
    match written {
        Ok(found) => Ok(Seen::of(&text, found.modified().ok())),
        Err(source) => Err(DocumentSaveError::Write { path, source }),
    }
}

#[cfg(test)]
mod tests;
