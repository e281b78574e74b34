//! A segment: a run of entries in its own files, with the bytes and the parties that they refer to.
//!
//! Nothing refers to another segment, so any segment can be deleted as a whole. The writer commits by publishing the
//! number of entries; readers never look beyond it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use super::error::{Damage, FileAction, ReadError, StoreError};
use super::folder::{Folder, file_name};
use super::format::{
    EntryRecord, HEADER_BYTES, Header, MAX_ENTRIES, MAX_PAYLOAD_BYTES, PARTY_BYTES, Part,
    RECORD_BYTES,
};
use super::position::{open_file, read_exact_at};

/// A segment's counts, shared by its writer and its readers.
#[derive(Debug)]
pub(crate) struct Segment {
    number: u32,
    header: Header,
    folder: Folder,
    /// Published last, so that everything the entries refer to is already there.
    entries: AtomicU32,
    parties: AtomicU32,
    payload_bytes: AtomicU64,
    index_bytes: AtomicU64,
    is_sealed: AtomicBool,
}

/// The committed extent of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Committed {
    pub(super) entries: u32,
    pub(super) parties: u32,
    /// The length of the payload file, including its header.
    pub(super) payload_bytes: u64,
}

impl Segment {
    pub(super) fn new(folder: Folder, number: u32, header: Header) -> Self {
        Self {
            number,
            header,
            folder,
            entries: AtomicU32::new(0),
            parties: AtomicU32::new(0),
            payload_bytes: AtomicU64::new(HEADER_BYTES as u64),
            index_bytes: AtomicU64::new(0),
            is_sealed: AtomicBool::new(false),
        }
    }

    /// Determines what a segment on disk holds, without the torn tail if it is the last. Returns `None` if nothing was
    /// committed to it yet, or a ring has deleted it.
    pub(super) fn inspect(
        folder: &Folder,
        number: u32,
        is_last: bool,
    ) -> Result<Option<Self>, StoreError> {
        let path = folder.part(number, Part::Entries);
        match Self::inspect_files(folder, number, is_last) {
            // The entries file is deleted first.
            Err(StoreError::Io { source, .. })
                if source.kind() == io::ErrorKind::NotFound && !path.exists() =>
            {
                Ok(None)
            }
            inspected => inspected,
        }
    }

    fn inspect_files(
        folder: &Folder,
        number: u32,
        is_last: bool,
    ) -> Result<Option<Self>, StoreError> {
        let path = folder.part(number, Part::Entries);
        let entries = open_file(&path).map_err(StoreError::io(FileAction::Open, &path))?;
        let metadata = entries.metadata();
        let bytes = metadata
            .map_err(StoreError::io(FileAction::Read, &path))?
            .len();
        // The entries file is written last, its header along with the first entry.
        if bytes <= HEADER_BYTES as u64 {
            return Ok(None);
        }
        let header = read_header(&entries, &path, Part::Entries)?;
        let segment = Self::new(folder.clone(), number, header);
        let count = rows(bytes, RECORD_BYTES, MAX_ENTRIES);
        let parties = segment.file_bytes(Part::Parties)?;
        let mut extent = Committed {
            entries: count,
            // An entry adds at most one party.
            parties: rows(parties, PARTY_BYTES, count),
            payload_bytes: segment.file_bytes(Part::Payload)?.min(MAX_PAYLOAD_BYTES),
        };
        if is_last {
            extent.entries = segment.whole_entries(&entries, extent);
        }
        segment.publish(extent);
        if let Ok(index_bytes) = segment.file_bytes(Part::Index) {
            segment.seal(index_bytes);
        }
        Ok(Some(segment))
    }

    /// Checks that the next segment, which starts at `next`, continues this one. Entries beyond that were written but
    /// never committed, because recording stopped there.
    pub(super) fn ends_before(&self, next: &Self) -> Result<(), ReadError> {
        let count = next.first_entry().checked_sub(self.first_entry());
        let count = count.and_then(|count| u32::try_from(count).ok());
        let count = count.filter(|&count| count <= self.len());
        let wrong = || damaged(&next.path(Part::Entries), 0, Damage::Order);
        self.entries
            .store(count.ok_or_else(wrong)?, Ordering::Release);
        Ok(())
    }

    fn file_bytes(&self, part: Part) -> Result<u64, StoreError> {
        let path = self.path(part);
        let metadata = fs::metadata(&path).map_err(StoreError::io(FileAction::Open, &path))?;
        Ok(metadata.len())
    }

    /// Counts the entries up to the last one that is intact and has its bytes.
    fn whole_entries(&self, file: &File, extent: Committed) -> u32 {
        const BLOCK: u32 = 512;
        let mut block = vec![0; BLOCK as usize * RECORD_BYTES];
        let mut end = extent.entries;
        while let Some(last) = end.checked_sub(1) {
            let first = last - last % BLOCK;
            block.resize((end - first) as usize * RECORD_BYTES, 0);
            if read_exact_at(file, &mut block, record_position(first)).is_ok() {
                let mut records = block.chunks_exact(RECORD_BYTES).zip(first..end).rev();
                if let Some((_, last)) = records.find(|it| self.is_whole(it.0, it.1, extent)) {
                    return last + 1;
                }
            }
            end = first;
        }
        0
    }

    fn is_whole(&self, bytes: &[u8], entry: u32, extent: Committed) -> bool {
        let number = self.header.first_entry.saturating_add(entry.into());
        let record = bytes
            .first_chunk()
            .and_then(|bytes| EntryRecord::decode(number, bytes));
        record.is_some_and(|record| {
            let end = u64::from(record.position) + u64::from(record.kept_bytes);
            end <= extent.payload_bytes && record.party < extent.parties
        })
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// Returns the number of its first entry.
    pub(crate) fn first_entry(&self) -> u64 {
        self.header.first_entry
    }

    /// Returns the current number of entries.
    pub(crate) fn len(&self) -> u32 {
        self.entries.load(Ordering::Acquire)
    }

    /// Returns the number after its last entry.
    pub(crate) fn end_entry(&self) -> u64 {
        self.header.first_entry.saturating_add(self.len().into())
    }

    /// Returns whether it holds this entry.
    pub(crate) fn holds(&self, entry: u64) -> bool {
        (self.first_entry()..self.end_entry()).contains(&entry)
    }

    /// Returns whether it will not grow any more.
    pub(crate) fn is_sealed(&self) -> bool {
        self.is_sealed.load(Ordering::Acquire)
    }

    /// Returns the current length of its payload file, including the header.
    pub(crate) fn payload_bytes(&self) -> u64 {
        self.payload_bytes.load(Ordering::Acquire)
    }

    pub(super) fn extent(&self) -> Committed {
        Committed {
            entries: self.len(),
            parties: self.parties.load(Ordering::Acquire),
            payload_bytes: self.payload_bytes.load(Ordering::Acquire),
        }
    }

    /// Returns the size of its files.
    pub(super) fn disk_bytes(&self) -> u64 {
        let Committed {
            entries,
            parties,
            payload_bytes,
        } = self.extent();
        2 * HEADER_BYTES as u64
            + u64::from(entries) * RECORD_BYTES as u64
            + u64::from(parties) * PARTY_BYTES as u64
            + payload_bytes
            + self.index_bytes.load(Ordering::Acquire)
    }

    /// Makes this extent visible to readers.
    pub(super) fn publish(&self, extent: Committed) {
        self.payload_bytes
            .store(extent.payload_bytes, Ordering::Release);
        self.parties.store(extent.parties, Ordering::Release);
        self.entries.store(extent.entries, Ordering::Release);
    }

    pub(super) fn seal(&self, index_bytes: u64) {
        self.index_bytes.store(index_bytes, Ordering::Release);
        self.is_sealed.store(true, Ordering::Release);
    }

    pub(super) fn path(&self, part: Part) -> PathBuf {
        self.folder.part(self.number, part)
    }

    /// Runs `act` on the path of a file, which does not move meanwhile.
    pub(super) fn held<T>(&self, part: Part, act: impl FnOnce(&Path) -> T) -> T {
        let name = file_name(self.number, part);
        self.folder.held(|dir| act(&dir.join(name)))
    }

    /// Deletes its files: the entries first, without which the rest is meaningless.
    pub(super) fn delete(&self) -> io::Result<()> {
        self.held(Part::Entries, |path| fs::remove_file(path))?;
        for part in [Part::Index, Part::Parties, Part::Payload] {
            match self.held(part, |path| fs::remove_file(path)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Counts the complete rows of a file, at most `limit`.
fn rows(file_bytes: u64, row_bytes: usize, limit: u32) -> u32 {
    let rows = file_bytes.saturating_sub(HEADER_BYTES as u64) / row_bytes as u64;
    u32::try_from(rows).map_or(limit, |rows| rows.min(limit))
}

/// Returns the position of an entry's record in its file.
pub(super) fn record_position(entry: u32) -> u64 {
    HEADER_BYTES as u64 + u64::from(entry) * RECORD_BYTES as u64
}

pub(super) fn read_header(file: &File, path: &Path, part: Part) -> Result<Header, ReadError> {
    let mut bytes = [0; HEADER_BYTES];
    read(file, path, &mut bytes, 0)?;
    Header::decode(part, &bytes).ok_or_else(|| damaged(path, 0, Damage::Head))
}

/// Reads exactly `buffer.len()` bytes. A file that is too short is damaged.
pub(super) fn read(
    file: &File,
    path: &Path,
    buffer: &mut [u8],
    position: u64,
) -> Result<(), ReadError> {
    read_exact_at(file, buffer, position).map_err(|source| match source.kind() {
        io::ErrorKind::UnexpectedEof => damaged(path, position, Damage::Short),
        _ => ReadError::Io {
            path: path.to_owned(),
            position,
            source,
        },
    })
}

/// Reads a file, at most `limit_bytes` of it.
pub(super) fn read_whole(path: &Path, limit_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path)?.take(limit_bytes).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn damaged(path: &Path, position: u64, what: Damage) -> ReadError {
    ReadError::Damaged {
        path: path.to_owned(),
        position,
        what,
    }
}
