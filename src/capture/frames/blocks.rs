//! Blocks of bytes of one size in an unnamed temporary file. Room that was given back is used again, and the file
//! shrinks when its end is given back.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::capture::store::read_exact_at;

/// The size of a block.
pub(super) const BLOCK_BYTES: usize = 16 * 1024;

/// The file.
#[derive(Debug)]
pub(super) struct BlockFile {
    file: File,
    /// How many blocks the file has, in use or not.
    len: u64,
    free: BTreeSet<u64>,
}

impl BlockFile {
    /// Creates the file in a folder, or in the system's temporary directory.
    pub(super) fn create(beside: &Path) -> io::Result<Self> {
        let file = tempfile::tempfile_in(beside).or_else(|_| tempfile::tempfile())?;
        Ok(Self {
            file,
            len: 0,
            free: BTreeSet::new(),
        })
    }

    /// Returns the size of the file.
    pub(super) fn disk_bytes(&self) -> u64 {
        self.len * BLOCK_BYTES as u64
    }

    /// Writes a block of at most [`BLOCK_BYTES`], and returns its place.
    pub(super) fn write(&mut self, bytes: &mut Vec<u8>) -> io::Result<u64> {
        bytes.resize(BLOCK_BYTES, 0);
        let place = self.free.first().copied().unwrap_or(self.len);
        self.file.seek(SeekFrom::Start(position(place)))?;
        self.file.write_all(bytes)?;
        self.free.remove(&place);
        self.len = self.len.max(place + 1);
        Ok(place)
    }

    /// Reads a block.
    pub(super) fn read(&self, place: u64) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; BLOCK_BYTES];
        read_exact_at(&self.file, &mut bytes, position(place))?;
        Ok(bytes)
    }

    /// Gives back a block.
    pub(super) fn free(&mut self, place: u64) {
        self.free.insert(place);
        let len = self.len;
        while let Some(last) = self.len.checked_sub(1)
            && self.free.remove(&last)
        {
            self.len = last;
        }
        if self.len < len {
            // Otherwise the file only stays as long as it is.
            self.file.set_len(self.disk_bytes()).ok();
        }
    }
}

fn position(place: u64) -> u64 {
    place * BLOCK_BYTES as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_used_again_and_the_file_shrinks() {
        let dir = tempfile::tempdir().unwrap();
        let mut blocks = BlockFile::create(dir.path()).unwrap();
        let size = |blocks: &BlockFile| blocks.file.metadata().unwrap().len();
        for n in 0..4 {
            assert_eq!(blocks.write(&mut vec![n; 10]).unwrap(), u64::from(n));
        }
        assert_eq!(size(&blocks), 4 * BLOCK_BYTES as u64);
        blocks.free(1);
        blocks.free(2);
        assert_eq!(blocks.write(&mut vec![9; BLOCK_BYTES]).unwrap(), 1);
        assert_eq!(blocks.read(1).unwrap(), vec![9; BLOCK_BYTES]);
        assert_eq!(
            blocks.read(3).unwrap()[..11],
            [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0]
        );
        blocks.free(3);
        assert_eq!(blocks.disk_bytes(), 2 * BLOCK_BYTES as u64);
        assert_eq!(size(&blocks), blocks.disk_bytes());
        blocks.read(3).unwrap_err();
        blocks.free(0);
        blocks.free(1);
        assert_eq!(size(&blocks), 0);
    }
}
