//! Reads files by position, without a shared file offset or memory mapping.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Opens a file for reading. Refuses anything that is not a regular file: opening a pipe would block until someone
/// writes to it.
pub(crate) fn open_file(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::NotSeekable.into());
    }
    File::open(path)
}

/// Reads exactly `buffer.len()` bytes at `position`.
///
/// # Errors
///
/// [`io::ErrorKind::UnexpectedEof`] if the file is too short.
///
/// # Platform-specific behavior
///
/// `pread(2)` on Unix. On Windows, `ReadFile` with an offset; it also moves the handle's file offset, which nobody
/// uses.
pub(in crate::capture) fn read_exact_at(
    file: &File,
    buffer: &mut [u8],
    position: u64,
) -> io::Result<()> {
    #[cfg(unix)]
    {
        std::os::unix::fs::FileExt::read_exact_at(file, buffer, position)
    }
    #[cfg(windows)]
    {
        let mut rest = buffer;
        let mut position = position;
        while !rest.is_empty() {
            let count = match std::os::windows::fs::FileExt::seek_read(file, rest, position) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            rest = rest.split_at_mut(count).1;
            position += count as u64;
        }
        Ok(())
    }
}
