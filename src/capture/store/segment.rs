//! A segment: a run of entries in files of its own, with the bytes and the parties that they refer to.
//!
//! Nothing refers out of a segment, so any can be dropped whole. The writer commits by publishing how many entries
//! there are; readers never look beyond that.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use super::error::{Damage, ReadError, StoreError};
use super::format::{HEADER_BYTES, Header, PARTY_BYTES, Part, RECORD_BYTES, Record};
use super::place::Place;
use super::position::read_exact_at;

/// A segment's counts, shared by its writer and its readers.
#[derive(Debug)]
pub(crate) struct Segment {
    number: u32,
    header: Header,
    place: Place,
    /// Published last, so that what its entries refer to is there.
    entries: AtomicU32,
    parties: AtomicU32,
    payload_bytes: AtomicU64,
    index_bytes: AtomicU64,
    is_sealed: AtomicBool,
}

/// How much of a segment is committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) entries: u32,
    pub(super) parties: u32,
    /// The length of the payload file, its header included.
    pub(super) payload_bytes: u64,
}

impl Segment {
    pub(super) fn new(place: Place, number: u32, header: Header) -> Self {
        Self {
            number,
            header,
            place,
            entries: AtomicU32::new(0),
            parties: AtomicU32::new(0),
            payload_bytes: AtomicU64::new(HEADER_BYTES as u64),
            index_bytes: AtomicU64::new(0),
            is_sealed: AtomicBool::new(false),
        }
    }

    /// Finds out what a segment on disk holds. Of the last one, a torn tail is left out.
    pub(super) fn inspect(place: Place, number: u32, is_last: bool) -> Result<Self, StoreError> {
        let path = place.part(number, Part::Entries);
        let entries = File::open(&path).map_err(StoreError::io("open", &path))?;
        let header = read_header(&entries, &path, Part::Entries)?;
        let segment = Self::new(place, number, header);
        let count = rows(
            entries
                .metadata()
                .map_err(StoreError::io("read", &path))?
                .len(),
            RECORD_BYTES,
        );
        let parties = segment.file_bytes(Part::Parties)?;
        let mut extent = Extent {
            entries: u32::try_from(count).unwrap_or(u32::MAX),
            parties: u32::try_from(rows(parties, PARTY_BYTES)).unwrap_or(u32::MAX),
            payload_bytes: segment.file_bytes(Part::Payload)?,
        };
        if is_last {
            extent.entries = segment.whole_entries(&entries, extent);
        }
        segment.publish(extent);
        if let Ok(index_bytes) = segment.file_bytes(Part::Index) {
            segment.seal(index_bytes);
        }
        Ok(segment)
    }

    /// Makes sure that the segment after it, which begins at `next`, follows on it. Entries beyond that were written
    /// and never committed, because recording stopped there.
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
        let metadata = fs::metadata(&path).map_err(StoreError::io("open", &path))?;
        Ok(metadata.len())
    }

    /// Counts the entries up to the last one that is whole and has its bytes.
    fn whole_entries(&self, file: &File, extent: Extent) -> u32 {
        (0..extent.entries)
            .rev()
            .find(|&entry| {
                let mut bytes = [0; RECORD_BYTES];
                let number = self.header.first_entry.saturating_add(entry.into());
                let position = record_position(entry);
                let record = read_exact_at(file, &mut bytes, position)
                    .ok()
                    .and_then(|()| Record::decode(number, &bytes));
                record.is_some_and(|record| {
                    let end = u64::from(record.position) + u64::from(record.kept_bytes);
                    end <= extent.payload_bytes && record.party < extent.parties
                })
            })
            .map_or(0, |last| last + 1)
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// The number of its first entry.
    pub(crate) fn first_entry(&self) -> u64 {
        self.header.first_entry
    }

    /// How many entries it has by now.
    pub(crate) fn len(&self) -> u32 {
        self.entries.load(Ordering::Acquire)
    }

    /// The number after its last entry.
    pub(crate) fn end_entry(&self) -> u64 {
        self.header.first_entry.saturating_add(self.len().into())
    }

    /// Whether it will not grow any more.
    pub(crate) fn is_sealed(&self) -> bool {
        self.is_sealed.load(Ordering::Acquire)
    }

    /// The length of its payload file by now, its header included.
    pub(crate) fn payload_bytes(&self) -> u64 {
        self.payload_bytes.load(Ordering::Acquire)
    }

    pub(super) fn extent(&self) -> Extent {
        Extent {
            entries: self.len(),
            parties: self.parties.load(Ordering::Acquire),
            payload_bytes: self.payload_bytes.load(Ordering::Acquire),
        }
    }

    /// The bytes that its files take.
    pub(super) fn disk_bytes(&self) -> u64 {
        let Extent {
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

    /// Lets readers see this much.
    pub(super) fn publish(&self, extent: Extent) {
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
        self.place.part(self.number, part)
    }

    /// Deletes its files: the entries first, without which the rest is nothing.
    pub(super) fn delete(&self) -> io::Result<()> {
        fs::remove_file(self.path(Part::Entries))?;
        for part in [Part::Index, Part::Parties, Part::Payload] {
            match fs::remove_file(self.path(part)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

fn rows(file_bytes: u64, row_bytes: usize) -> u64 {
    file_bytes.saturating_sub(HEADER_BYTES as u64) / row_bytes as u64
}

/// Where an entry's record stands in its file.
pub(super) fn record_position(entry: u32) -> u64 {
    HEADER_BYTES as u64 + u64::from(entry) * RECORD_BYTES as u64
}

pub(super) fn read_header(file: &File, path: &Path, part: Part) -> Result<Header, ReadError> {
    let mut bytes = [0; HEADER_BYTES];
    read(file, path, &mut bytes, 0)?;
    Header::decode(part, &bytes).ok_or_else(|| damaged(path, 0, Damage::Head))
}

/// Reads exactly `buffer.len()` bytes; that the file is too short is damage.
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

/// Reads a whole file of at most `limit_bytes`; a longer one is cut.
pub(super) fn read_whole(path: &Path, limit_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(limit_bytes)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn damaged(path: &Path, position: u64, what: Damage) -> ReadError {
    ReadError::Damaged {
        path: path.to_owned(),
        position,
        what,
    }
}
