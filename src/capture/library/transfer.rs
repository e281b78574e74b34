//! Moves a capture's folder: renames it if possible, or else copies it, sharing blocks where the volume supports it.

use std::fs;
use std::io;
use std::path::Path;

use crate::capture::access::Access;
use crate::capture::partial::PartialFolder;
use crate::capture::store::{FileAction, StoreError};

/// Renames `from`, which is being recorded, to `to`. Returns false if they are on different volumes.
pub(super) fn rename(from: &Path, to: &Path) -> Result<bool, StoreError> {
    if let Some(shelf) = to.parent() {
        fs::create_dir_all(shelf).map_err(StoreError::io(FileAction::Make, shelf))?;
    }
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Ok(false),
        Err(error) => Err(StoreError::io(FileAction::Rename, from)(error)),
    }
}

/// Moves `from`, which nobody is writing to, to `to`. A copy gets that name once it is complete.
pub(super) fn transfer(from: &Path, to: &Path) -> Result<(), StoreError> {
    if rename(from, to)? {
        return Ok(());
    }
    copy(from, to)?;
    fs::remove_dir_all(from).map_err(StoreError::io(FileAction::Delete, from))
}

fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let shelf = to.parent().unwrap_or(Path::new("."));
    let partial = PartialFolder::create_in(shelf, Access::PRIVATE)
        .map_err(StoreError::io(FileAction::Make, to))?;
    for file in fs::read_dir(from).map_err(StoreError::io(FileAction::Read, from))? {
        let file = file.map_err(StoreError::io(FileAction::Read, from))?;
        let place = partial.content().join(file.file_name());
        reflink_copy::reflink_or_copy(file.path(), &place)
            .map_err(StoreError::io(FileAction::Write, &place))?;
    }
    partial
        .put(to)
        .map_err(StoreError::io(FileAction::Rename, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_holds_every_file_and_only_its_owner_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::create_dir(&from).unwrap();
        for name in ["00000000.entries", "capture.toml"] {
            fs::write(from.join(name), name).unwrap();
        }
        copy(&from, &to).unwrap();
        for name in ["00000000.entries", "capture.toml"] {
            assert_eq!(fs::read_to_string(to.join(name)).unwrap(), name);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&to).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
    }
}
