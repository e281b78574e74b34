//! Files and folders in the making: under a name of their own beside their final path, and locked by the process that
//! makes them.
//!
//! A process that is killed leaves them unlocked. Whoever makes the next one in the same folder deletes them.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use super::access::Access;

/// The prefix of their names.
const PREFIX: &str = ".bothends-";
/// How many random letters and digits follow it.
const RANDOM_LEN: usize = 6;
/// The suffix of their names.
const SUFFIX: &str = ".partial";
/// The file in a folder in the making that is locked.
const LOCK_NAME: &str = "lock";
/// The folder in it that becomes the final one.
const CONTENT_NAME: &str = "content";
/// How often creation is tried again, if what was created is taken for a leftover before it is locked.
const ATTEMPTS: u32 = 16;
/// The most files and folders that are examined for leftovers.
const MAX_EXAMINED: usize = 100_000;

/// A file in the making; deleted on drop.
#[derive(Debug)]
pub(crate) struct PartialFile(NamedTempFile);

impl PartialFile {
    /// Creates one in a folder, and deletes leftovers there.
    pub(crate) fn create_in(folder: &Path, access: Access) -> io::Result<Self> {
        let mut builder = builder();
        access.prepare_temporary(&mut builder);
        let file = until_held(|| {
            let file = builder.tempfile_in(folder)?;
            Ok(hold(file.as_file(), file.path())?.then_some(file))
        })?;
        clear_leftovers(folder, &file.as_file().metadata()?);
        Ok(Self(file))
    }

    /// Returns the open file.
    pub(crate) fn as_file(&self) -> &File {
        self.0.as_file()
    }

    /// Gives it its final path, where a file may be.
    pub(crate) fn replace(self, path: &Path) -> io::Result<()> {
        self.0.persist(path)?;
        Ok(())
    }

    /// Gives it its final path, where no file may be.
    pub(crate) fn put(self, path: &Path) -> io::Result<()> {
        match self.0.persist_noclobber(path) {
            Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => {
                // Some volumes cannot rename without replacing (exFAT on some systems). No file existed when this one
                // was created.
                error.file.persist(path)?;
                Ok(())
            }
            outcome => Ok(outcome.map(drop)?),
        }
    }
}

impl Write for PartialFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A folder in the making; deleted on drop.
#[derive(Debug)]
pub(crate) struct PartialFolder {
    /// Closed before the folder is deleted: Windows deletes no open file.
    _lock: File,
    dir: TempDir,
}

impl PartialFolder {
    /// Creates one in a folder, with content for which these permissions hold, and deletes leftovers there.
    pub(crate) fn create_in(folder: &Path, access: Access) -> io::Result<Self> {
        let mut builder = builder();
        Access::PRIVATE.prepare_temporary_folder(&mut builder);
        let partial = until_held(|| {
            let dir = builder.tempdir_in(folder)?;
            let lock = dir.path().join(LOCK_NAME);
            let lock_file = match File::create_new(&lock) {
                // Without a lock in it, it has just been taken for a leftover.
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                created => created?,
            };
            let is_held = hold(&lock_file, &lock)?;
            Ok(is_held.then_some(Self {
                _lock: lock_file,
                dir,
            }))
        })?;
        let mut builder = DirBuilder::new();
        access.prepare_folder(&mut builder);
        builder.create(partial.content())?;
        clear_leftovers(folder, &fs::metadata(partial.content())?);
        Ok(partial)
    }

    /// Returns the folder for its content.
    pub(crate) fn content(&self) -> PathBuf {
        self.dir.path().join(CONTENT_NAME)
    }

    /// Gives its content its final path, where no folder may be, or an empty one.
    pub(crate) fn put(self, path: &Path) -> io::Result<()> {
        fs::rename(self.content(), path)
    }
}

/// Returns whether this is the name of a file or folder in the making.
pub(crate) fn is_partial(name: &str) -> bool {
    let random = name
        .strip_prefix(PREFIX)
        .and_then(|name| name.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM_LEN && random.bytes().all(|it| it.is_ascii_alphanumeric())
    })
}

/// Deletes files and folders in the making in a folder that no process holds and whose owner is the one of `own`. What
/// cannot be deleted now may be deleted later.
pub(crate) fn clear_leftovers(folder: &Path, own: &Metadata) {
    let files = fs::read_dir(folder).into_iter().flatten();
    for file in files.take(MAX_EXAMINED).flatten() {
        if file.file_name().to_str().is_some_and(is_partial) {
            clear(&file.path(), own).ok();
        }
    }
}

fn clear(path: &Path, own: &Metadata) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !has_same_owner(&metadata, own) {
        return Ok(());
    }
    if metadata.is_file() {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        return match file.try_lock() {
            Ok(()) => fs::remove_file(path),
            Err(_) => Ok(()),
        };
    }
    if metadata.is_dir() {
        let lock = path.join(LOCK_NAME);
        let lock_file = match OpenOptions::new().read(true).write(true).open(&lock) {
            // Another process is just creating it, or was killed while it did: it is empty.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return fs::remove_dir(path),
            opened => opened?,
        };
        if lock_file.try_lock().is_ok() {
            return fs::remove_dir_all(path);
        }
    }
    Ok(())
}

/// Locks a file that has just been created. Returns whether it is still there: until it was locked, it was a leftover
/// to others.
fn hold(file: &File, path: &Path) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => path.try_exists(),
        Err(TryLockError::WouldBlock) => Ok(false),
        // Without locks on this volume, nobody takes it for a leftover.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Creates something anew until it is held.
fn until_held<T>(mut create: impl FnMut() -> io::Result<Option<T>>) -> io::Result<T> {
    for _ in 0..ATTEMPTS {
        if let Some(held) = create()? {
            return Ok(held);
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM_LEN);
    builder
}

#[cfg(unix)]
fn has_same_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    one.uid() == other.uid()
}

/// Elsewhere there is nothing to compare: the lock and the name decide.
#[cfg(not(unix))]
fn has_same_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Leaves files behind as a killed process does: there, and unlocked.
    fn leave_behind(folder: &Path) {
        fs::write(folder.join(".bothends-abc123.partial"), "half").unwrap();
        let partial = folder.join(".bothends-ABC456.partial");
        fs::create_dir_all(partial.join(CONTENT_NAME)).unwrap();
        fs::write(partial.join(LOCK_NAME), "").unwrap();
        fs::write(partial.join(CONTENT_NAME).join("1-sent.bin"), "half").unwrap();
        // It was killed before it could make a lock.
        fs::create_dir(folder.join(".bothends-xyz789.partial")).unwrap();
    }

    #[test]
    fn leftovers_are_deleted_by_whoever_makes_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        leave_behind(folder.path());
        let file = PartialFile::create_in(folder.path(), Access::PRIVATE).unwrap();
        file.put(&folder.path().join("out")).unwrap();
        assert_eq!(names_in(folder.path()), ["out"]);
        leave_behind(folder.path());
        let partial = PartialFolder::create_in(folder.path(), Access::PRIVATE).unwrap();
        partial.put(&folder.path().join("streams")).unwrap();
        assert_eq!(names_in(folder.path()), ["out", "streams"]);
    }

    #[test]
    fn what_another_process_is_making_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = PartialFile::create_in(folder.path(), Access::PRIVATE).unwrap();
        let partial = PartialFolder::create_in(folder.path(), Access::PRIVATE).unwrap();
        fs::write(partial.content().join("notes.txt"), "text").unwrap();
        let next = PartialFile::create_in(folder.path(), Access::PRIVATE).unwrap();
        assert_eq!(names_in(folder.path()).len(), 3);
        drop(next);
        file.write_all(b"whole").unwrap();
        file.put(&folder.path().join("out")).unwrap();
        partial.put(&folder.path().join("streams")).unwrap();
        assert_eq!(fs::read(folder.path().join("out")).unwrap(), b"whole");
        assert_eq!(names_in(&folder.path().join("streams")), ["notes.txt"]);
    }

    #[test]
    fn what_is_not_ours_beyond_doubt_stays() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        let mut expected = vec!["elsewhere".to_owned()];
        for name in [
            ".bothends-notes.partial",
            ".bothends-.partial",
            ".bothends-abc-12.partial",
            ".bothends-abc123.partial.bak",
            "bothends-abc123.partial",
        ] {
            fs::write(folder.path().join(name), "mine").unwrap();
            expected.push(name.to_owned());
        }
        // A folder without a lock that is not empty.
        let unlocked = folder.path().join(".bothends-abc123.partial");
        fs::create_dir(&unlocked).unwrap();
        fs::write(unlocked.join("mine"), "mine").unwrap();
        expected.push(".bothends-abc123.partial".to_owned());
        #[cfg(unix)]
        {
            let link = folder.path().join(".bothends-abc456.partial");
            std::os::unix::fs::symlink(&elsewhere, link).unwrap();
            expected.push(".bothends-abc456.partial".to_owned());
        }
        expected.sort();
        drop(PartialFile::create_in(folder.path(), Access::PRIVATE).unwrap());
        assert_eq!(names_in(folder.path()), expected);
    }
}
