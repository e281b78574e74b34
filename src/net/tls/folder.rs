//! Folders for what nobody else may read.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes a folder, and those above it, unless they are there.
///
/// # Platform-specific behavior
/// On Unix what is made is for the user alone (0700). Elsewhere it has the permissions of the folder above.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
