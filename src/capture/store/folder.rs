//! The location of a capture's folder, which can move while it is being written and read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::format::SegmentFile;

/// A capture's folder. Clones follow its moves.
#[derive(Clone, Debug)]
pub(crate) struct Folder(Arc<RwLock<PathBuf>>);

impl Folder {
    pub(super) fn new(dir: &Path) -> Self {
        Self(Arc::new(RwLock::new(dir.to_owned())))
    }

    /// The folder of a capture without one. Nothing is read or written there.
    pub(super) fn nowhere() -> Self {
        Self::new(Path::new(""))
    }

    pub(super) fn is_nowhere(&self) -> bool {
        self.dir().as_os_str().is_empty()
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.held(Path::to_owned)
    }

    /// Prevents files from being opened while `relocate` moves the folder. It returns the new location.
    pub(super) fn relocate<E>(
        &self,
        relocate: impl FnOnce(&Path) -> Result<PathBuf, E>,
    ) -> Result<(), E> {
        let mut dir = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *dir = relocate(&dir)?;
        Ok(())
    }

    /// Runs `act` on the folder, which does not move meanwhile.
    pub(super) fn held<T>(&self, act: impl FnOnce(&Path) -> T) -> T {
        act(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn part(&self, segment: u32, part: SegmentFile) -> PathBuf {
        self.held(|dir| dir.join(file_name(segment, part)))
    }

    /// Parses the name of a segment's file and returns the segment's number.
    pub(super) fn segment_number(file_name: &str) -> Option<u32> {
        let number = file_name.split_once('.')?.0.parse().ok()?;
        let is_named = |part| self::file_name(number, part) == file_name;
        SegmentFile::ALL.into_iter().any(is_named).then_some(number)
    }
}

/// The name of a segment's file.
pub(super) fn file_name(segment: u32, part: SegmentFile) -> String {
    format!("{segment:08}.{}", part.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_segment_has_exactly_one_name() {
        let check = |name: &str, expected: Option<u32>| {
            assert_eq!(Folder::segment_number(name), expected, "{name}");
        };
        check("00000000.entries", Some(0));
        check("00000017.entries", Some(17));
        check("4294967295.entries", Some(u32::MAX));
        check("4294967296.entries", None);
        check("000000017.entries", None);
        check("17.entries", None);
        check("+0000017.entries", None);
        check("00000017.payload", Some(17));
        check("00000017.flows", Some(17));
        check("00000017.index", Some(17));
        check("00000017.samples", None);
        check("00000017.entries.entries", None);
        check("00000017", None);
        check("", None);
    }
}
