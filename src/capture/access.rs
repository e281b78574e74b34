//! Who may use a new file: its permissions on Unix.
//!
//! # Platform-specific behavior
//!
//! On Windows a new file has the permissions of its folder, and nothing here has an effect.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::store::Store;

/// What its owner may do with a file while it is being written.
const OWNER: u32 = 0o600;

/// Who may use a new file, and the folder for such files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// The permission bits of a file.
    mode: u32,
    /// Whether the process's file mode creation mask, and the file that is replaced, have no say.
    is_exact: bool,
}

impl Access {
    /// The owner alone.
    pub(crate) const PRIVATE: Self = Self::at_most(OWNER);

    const fn at_most(mode: u32) -> Self {
        Self {
            mode,
            is_exact: false,
        }
    }

    /// Exactly these permission bits.
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "the option exists on Unix only")
    )]
    pub(crate) fn exactly(mode: u32) -> Self {
        Self {
            mode: mode & 0o777,
            is_exact: true,
        }
    }

    /// Whoever may use a capture, or the file that it was imported from.
    pub(crate) fn of_capture(store: &Store) -> Self {
        let origin = store.manifest().origin().map(PathBuf::from);
        let mode = origin.and_then(|origin| mode_of(&origin));
        let mode = mode.or_else(|| mode_of(&store.dir()));
        mode.map_or(Self::PRIVATE, |mode| Self::at_most(mode & 0o666))
    }

    /// Returns who may use it until [`finish`](Self::finish): the owner must be able to write it.
    fn unfinished(self) -> u32 {
        self.mode | OWNER
    }

    /// Whoever may read files may search their folder.
    fn folder(self) -> u32 {
        self.mode | (self.mode & 0o444) >> 2 | 0o700
    }

    /// Prepares options that create a file.
    pub(crate) fn prepare(self, options: &mut OpenOptions) {
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(options, self.unfinished());
        #[cfg(not(unix))]
        let _ignored = (options, self.unfinished());
    }

    /// Prepares a builder of temporary files.
    pub(super) fn prepare_temporary(self, builder: &mut tempfile::Builder<'_, '_>) {
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(
            self.unfinished(),
        ));
        #[cfg(not(unix))]
        let _ignored = (builder, self.unfinished());
    }

    /// Prepares a builder of temporary folders.
    pub(super) fn prepare_temporary_folder(self, builder: &mut tempfile::Builder<'_, '_>) {
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(self.folder()));
        #[cfg(not(unix))]
        let _ignored = (builder, self.folder());
    }

    /// Prepares a builder of folders.
    pub(crate) fn prepare_folder(self, builder: &mut DirBuilder) {
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(builder, self.folder());
        #[cfg(not(unix))]
        let _ignored = (builder, self.folder());
    }

    /// Gives a file its final permissions: never wider than those of the file that it replaces, unless they are exact.
    pub(crate) fn finish(self, file: &File, replaced: Option<&Path>) -> io::Result<()> {
        if self.is_exact {
            return set_mode(file, self.mode);
        }
        match replaced {
            Some(replaced) => narrow(file, replaced),
            None => Ok(()),
        }
    }

    /// Gives a folder its final permissions.
    pub(crate) fn finish_folder(self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        if self.is_exact {
            return set_mode(&File::open(folder)?, self.folder());
        }
        #[cfg(not(unix))]
        let _ignored = folder;
        Ok(())
    }
}

/// Returns the permission bits of a file or folder; `None` if they cannot be found out.
#[cfg(unix)]
fn mode_of(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode_of(_: &Path) -> Option<u32> {
    None
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// Leaves out whoever may not use `replaced`. Their groups may differ: then the group is left out too.
#[cfg(unix)]
fn narrow(file: &File, replaced: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let (new, replaced) = (file.metadata()?, std::fs::metadata(replaced)?);
    let mut mode = new.mode() & (replaced.mode() | OWNER) & 0o777;
    if new.gid() != replaced.gid() {
        mode &= !0o070;
    }
    set_mode(file, mode)
}

#[cfg(not(unix))]
fn narrow(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}
