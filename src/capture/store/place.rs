//! Where a capture's folder is. It can move while it is being written and read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::format::Part;

/// A capture's folder; clones follow the same move.
#[derive(Clone, Debug)]
pub(crate) struct Place(Arc<RwLock<PathBuf>>);

impl Place {
    pub(super) fn new(dir: &Path) -> Self {
        Self(Arc::new(RwLock::new(dir.to_owned())))
    }

    /// The place of a capture that has none; nothing is read or written there.
    pub(super) fn nowhere() -> Self {
        Self::new(Path::new(""))
    }

    pub(super) fn is_nowhere(&self) -> bool {
        self.dir().as_os_str().is_empty()
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Holds off opening files while `relocate` moves the folder; it returns where the folder is then.
    pub(super) fn relocate<E>(
        &self,
        relocate: impl FnOnce(&Path) -> Result<PathBuf, E>,
    ) -> Result<(), E> {
        let mut dir = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *dir = relocate(&dir)?;
        Ok(())
    }

    pub(super) fn part(&self, segment: u32, part: Part) -> PathBuf {
        self.dir()
            .join(format!("{segment:08}.{}", part.extension()))
    }

    /// Returns the number of the segment whose file of entries this is.
    pub(super) fn segment_number(file_name: &str) -> Option<u32> {
        let number = file_name.strip_suffix(".entries")?;
        let is_number = number.len() >= 8 && number.bytes().all(|digit| digit.is_ascii_digit());
        number.parse().ok().filter(|_| is_number)
    }
}
