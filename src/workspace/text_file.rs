//! Text files of bounded size: read with the place of what is wrong, and replaced as a whole.
//!
//! A file is written beside its place, flushed to the disk and renamed, so that a reader sees the old file or the new
//! one and nothing between.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::document::DocumentError;
use crate::payload::Position;

/// The largest document or preferences file, in bytes; a larger one is neither written nor read.
pub const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// How many files of one name and time can be set aside.
const MAX_ASIDE: u32 = 100;
/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum LoadProblem {
    /// The system reported an error.
    Read(#[from] io::Error),
    /// It is a folder.
    Folder,
    /// It is a pipe or a device.
    NotPlain,
    /// It is larger than [`FILE_LIMIT_BYTES`].
    TooLarge,
    /// It is not text in UTF-8; where the text ends.
    NotText(Position),
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

/// Reads a file of at most [`FILE_LIMIT_BYTES`]; returns its text, and when it was written.
pub(super) fn read_text(path: &Path) -> Result<(String, Option<SystemTime>), LoadProblem> {
    let (bytes, modified) = read_plain(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, modified)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default());
            Err(LoadProblem::NotText(Position::of(&text, good..good)))
        }
    }
}

/// Reads a file of at most [`FILE_LIMIT_BYTES`]; returns its bytes, and when it was written.
///
/// Anything but a plain file is refused before it is opened: opening a pipe waits for its other end.
pub(super) fn read_plain(path: &Path) -> Result<(Vec<u8>, Option<SystemTime>), LoadProblem> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(LoadProblem::Folder);
    }
    if !found.is_file() {
        return Err(LoadProblem::NotPlain);
    }
    let file = File::open(path)?;
    let modified = file.metadata()?.modified().ok();
    let mut bytes = Vec::new();
    let limit = FILE_LIMIT_BYTES as u64;
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(LoadProblem::TooLarge);
    }
    Ok((bytes, modified))
}

/// Makes an empty file whose name begins with `stem`, and that no other file has.
pub(super) fn new_file(folder: &Path, stem: &str, extension: &str) -> io::Result<PathBuf> {
    for number in 1..=MAX_ASIDE {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let name = folder.join(format!("{stem}{suffix}.{extension}"));
        match File::create_new(&name) {
            Ok(_file) => return Ok(name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Replaces the file at `path` by one that holds `bytes`; a symbolic link there stays one.
///
/// A private file is for its owner alone. Any other one keeps the permissions that it had, and a new one has those of
/// any new file of this user.
pub(super) fn replace(path: &Path, bytes: &[u8], is_private: bool) -> io::Result<()> {
    // There is nothing to follow before the first save.
    let path = fs::canonicalize(path).unwrap_or_else(|_missing| path.to_owned());
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if !is_private {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut file = builder.prefix(".bothends-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    if !is_private && let Ok(before) = fs::metadata(&path) {
        file.as_file().set_permissions(before.permissions())?;
    }
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
