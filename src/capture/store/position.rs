//! Reading a file by position: no shared place in it, and never mapped into memory.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Opens a file to read it. Anything else in its place is refused: opening a pipe waits for whoever writes into it.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::NotSeekable.into());
    }
    File::open(path)
}

/// Reads exactly `buffer.len()` bytes at `position`.
///
/// # Errors
///
/// [`io::ErrorKind::UnexpectedEof`] when the file ends before.
///
/// # Platform-specific behavior
///
/// `pread(2)` on Unix. On Windows `ReadFile` with an offset, which moves the handle's own place; nobody uses that.
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
