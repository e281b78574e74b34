//! A segment: a run of entries in its own files, with the bytes and the flows that they refer to.
//!
//! Nothing refers to another segment, so any segment can be deleted, lost or damaged by itself. The writer commits by
//! publishing the number of entries; readers never look beyond it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use super::folder::{Folder, file_name};
use super::format::{
    Ended, FLOW_BYTES, HEAD_BYTES, Head, MAX_ENTRIES, MAX_PAYLOAD_BYTES, MAX_SAMPLES_BYTES,
    RECORD_BYTES, SEAL_BYTES, Seal, SegmentFile,
};
use super::position::{open_file, read_exact_at};
use crate::capture::damage::{Damage, ReadError};

/// A segment's counts, shared by its writer and its readers.
#[derive(Debug)]
pub(crate) struct Segment {
    head: Head,
    folder: Folder,
    /// Published last, so that everything the entries refer to is already there.
    entries: AtomicU32,
    flows: AtomicU32,
    payload_bytes: AtomicU64,
    index_bytes: AtomicU64,
    /// The length of the samples file, including its head; 0 if there is none.
    samples_bytes: AtomicU64,
    /// How many samples there are; 0 if that is not known.
    samples: AtomicU32,
    is_sealed: AtomicBool,
    /// Whether its files are gone: only its place in the capture is known.
    is_lost: bool,
}

/// The committed extent of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Committed {
    pub(super) entries: u32,
    pub(super) flows: u32,
    /// The length of the payload file, including its head.
    pub(super) payload_bytes: u64,
}

/// A segment found on disk.
#[derive(Debug)]
pub(super) struct FoundSegment {
    pub(super) segment: Segment,
    /// Its seal, if that can be read.
    pub(super) seal: Option<Seal>,
    /// What is wrong with it, as far as its heads, lengths and seal show.
    pub(super) damage: Vec<ReadError>,
}

impl Segment {
    pub(super) fn new(folder: Folder, head: Head) -> Self {
        Self {
            head,
            folder,
            entries: AtomicU32::new(0),
            flows: AtomicU32::new(0),
            payload_bytes: AtomicU64::new(HEAD_BYTES as u64),
            index_bytes: AtomicU64::new(INDEX_START),
            samples_bytes: AtomicU64::new(0),
            samples: AtomicU32::new(0),
            is_sealed: AtomicBool::new(false),
            is_lost: false,
        }
    }

    /// Makes the place of a segment whose files are gone.
    pub(super) fn lost(folder: Folder, head: Head, entries: u32) -> Self {
        Self {
            entries: AtomicU32::new(entries),
            is_sealed: AtomicBool::new(true),
            is_lost: true,
            ..Self::new(folder, head)
        }
    }

    /// Determines what a segment on disk holds. `is_of` says whether a head belongs to it. Returns `None`, and what is
    /// wrong, if no head can be read.
    pub(super) fn find(
        folder: &Folder,
        number: u32,
        is_of: impl Fn(&Head) -> bool,
    ) -> (Option<FoundSegment>, Vec<ReadError>) {
        let mut damage = Vec::new();
        let mut head = None;
        for part in SegmentFile::ALL {
            let path = folder.part(number, part);
            match read_head(&path, part) {
                Ok(found) if is_of(&found) && head.is_none_or(|head| head == found) => {
                    head = Some(found);
                }
                Ok(_) => damage.push(damaged(&path, 0, Damage::Foreign)),
                Err(error) => damage.push(error),
            }
        }
        let Some(head) = head else {
            return (None, damage);
        };
        let segment = Self::new(folder.clone(), head);
        let rows = Committed {
            entries: rows(segment.file_bytes(SegmentFile::Entries), RECORD_BYTES),
            flows: rows(segment.file_bytes(SegmentFile::Flows), FLOW_BYTES),
            payload_bytes: segment
                .file_bytes(SegmentFile::Payload)
                .min(MAX_PAYLOAD_BYTES),
        };
        let index = segment.path(SegmentFile::Index);
        let seal = match read_seal(&index) {
            Ok(seal) => Some(seal),
            Err(error) => {
                // A missing file, or one that is too short, has been reported.
                if damage.iter().all(|known| known.path() != index) {
                    damage.push(error);
                }
                None
            }
        };
        let sealed = seal.filter(Seal::is_final);
        let extent = sealed.map_or(rows, |seal| seal.extent());
        // The entries keep their places, whatever became of what they refer to.
        let there = Committed {
            flows: extent.flows.min(rows.flows),
            ..extent
        };
        let lanes_bytes = sealed.map_or(0, |seal| seal.lanes_bytes);
        let index_bytes = INDEX_START + u64::from(lanes_bytes);
        let stated = sealed.map_or(0, |seal| u64::from(seal.samples_bytes));
        let samples_bytes = segment
            .file_bytes(SegmentFile::Samples)
            .min(MAX_SAMPLES_BYTES);
        let shorter = [
            (
                SegmentFile::Index,
                index_bytes > segment.file_bytes(SegmentFile::Index),
            ),
            (SegmentFile::Entries, extent.entries > rows.entries),
            (SegmentFile::Flows, extent.flows > rows.flows),
            (
                SegmentFile::Payload,
                extent.payload_bytes > rows.payload_bytes,
            ),
            (SegmentFile::Samples, stated > samples_bytes),
        ];
        for (part, _) in shorter.into_iter().filter(|(_, is_short)| *is_short) {
            let path = segment.path(part);
            if damage.iter().all(|known| known.path() != path) {
                let end = segment.file_bytes(part);
                let is_there = part != SegmentFile::Samples || path.exists();
                let what = if is_there {
                    Damage::Short
                } else {
                    Damage::Missing
                };
                damage.push(damaged(&path, end, what));
            }
        }
        segment.publish(there);
        let samples = sealed.map_or(0, |seal| seal.samples);
        // What an earlier version sealed says nothing of its samples.
        let end = if stated > 0 {
            stated
        } else {
            MAX_SAMPLES_BYTES
        };
        segment.publish_samples(samples_bytes.min(end), samples);
        if sealed.is_some() {
            segment.seal(index_bytes);
        }
        let found = FoundSegment {
            segment,
            seal,
            damage,
        };
        (Some(found), Vec::new())
    }

    /// Ends the segment where the next one, which starts at `next`, begins. Entries beyond that were written but never
    /// committed, because recording stopped there. Returns whether it continues there without a gap.
    pub(super) fn end_at(&self, next: u64) -> bool {
        let count = next.saturating_sub(self.first_entry());
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let is_adjacent = count <= self.len();
        self.entries.fetch_min(count, Ordering::AcqRel);
        is_adjacent && next >= self.first_entry()
    }

    /// Returns the length of a file; 0 if it cannot be determined.
    fn file_bytes(&self, part: SegmentFile) -> u64 {
        fs::metadata(self.path(part)).map_or(0, |metadata| metadata.len())
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// Returns whether its files are gone.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Returns the number of its first entry.
    pub(crate) fn first_entry(&self) -> u64 {
        self.head.first_entry
    }

    /// Returns the current number of entries.
    pub(crate) fn len(&self) -> u32 {
        self.entries.load(Ordering::Acquire)
    }

    /// Returns the number after its last entry.
    pub(crate) fn end_entry(&self) -> u64 {
        self.head.first_entry.saturating_add(self.len().into())
    }

    /// Returns whether it holds this entry.
    pub(crate) fn holds(&self, entry: u64) -> bool {
        (self.first_entry()..self.end_entry()).contains(&entry)
    }

    /// Returns whether it will not grow any more.
    pub(crate) fn is_sealed(&self) -> bool {
        self.is_sealed.load(Ordering::Acquire)
    }

    /// Returns why it ended, as its seal says. [`Ended::Open`] if it has none, or none that can be read.
    pub(super) fn ended(&self) -> Ended {
        let seal = read_seal(&self.path(SegmentFile::Index));
        seal.map_or(Ended::Open, |seal| seal.ended)
    }

    /// Returns whether an index with lanes was written when it was sealed.
    pub(super) fn has_lanes(&self) -> bool {
        self.index_bytes() > INDEX_START
    }

    /// Returns the length of its index, including the head and the seal.
    pub(super) fn index_bytes(&self) -> u64 {
        self.index_bytes.load(Ordering::Acquire)
    }

    /// Returns the current length of its payload file, including the head.
    pub(crate) fn payload_bytes(&self) -> u64 {
        self.payload_bytes.load(Ordering::Acquire)
    }

    pub(super) fn extent(&self) -> Committed {
        Committed {
            entries: self.len(),
            flows: self.flows.load(Ordering::Acquire),
            payload_bytes: self.payload_bytes.load(Ordering::Acquire),
        }
    }

    /// Returns the files that a seal bounds, and where what they hold ends.
    pub(super) fn ends(&self) -> [(PathBuf, u64); 5] {
        let Committed {
            entries,
            flows,
            payload_bytes,
        } = self.extent();
        [
            (self.path(SegmentFile::Entries), record_position(entries)),
            (self.path(SegmentFile::Flows), flow_position(flows)),
            (self.path(SegmentFile::Payload), payload_bytes),
            (self.path(SegmentFile::Index), self.index_bytes()),
            (self.path(SegmentFile::Samples), self.stated_samples_bytes()),
        ]
    }

    /// Returns the length of its samples file as its seal says it; of one that was sealed by an earlier version, any.
    fn stated_samples_bytes(&self) -> u64 {
        let is_stated = self.samples() > 0 || self.samples_bytes() == 0;
        if is_stated {
            self.samples_bytes()
        } else {
            u64::MAX
        }
    }

    /// Returns the size of its files.
    pub(super) fn disk_bytes(&self) -> u64 {
        if self.is_lost {
            return 0;
        }
        let Committed {
            entries,
            flows,
            payload_bytes,
        } = self.extent();
        2 * HEAD_BYTES as u64
            + u64::from(entries) * RECORD_BYTES as u64
            + u64::from(flows) * FLOW_BYTES as u64
            + payload_bytes
            + self.index_bytes()
            + self.samples_bytes()
    }

    /// Makes this extent visible to readers.
    pub(super) fn publish(&self, extent: Committed) {
        self.payload_bytes
            .store(extent.payload_bytes, Ordering::Release);
        self.flows.store(extent.flows, Ordering::Release);
        self.entries.store(extent.entries, Ordering::Release);
    }

    /// Makes so many samples visible to readers, up to this length of their file.
    pub(super) fn publish_samples(&self, bytes: u64, samples: u32) {
        self.samples.store(samples, Ordering::Release);
        self.samples_bytes.store(bytes, Ordering::Release);
    }

    /// Returns how many samples there are; 0 if that is not known.
    pub(super) fn samples(&self) -> u32 {
        self.samples.load(Ordering::Acquire)
    }

    /// Returns the current length of its samples file, including the head; 0 if there is none.
    pub(crate) fn samples_bytes(&self) -> u64 {
        self.samples_bytes.load(Ordering::Acquire)
    }

    pub(super) fn seal(&self, index_bytes: u64) {
        self.index_bytes.store(index_bytes, Ordering::Release);
        self.is_sealed.store(true, Ordering::Release);
    }

    pub(super) fn path(&self, part: SegmentFile) -> PathBuf {
        self.folder.part(self.head.segment, part)
    }

    /// Runs `act` on the path of a file, which does not move meanwhile.
    pub(super) fn held<T>(&self, part: SegmentFile, act: impl FnOnce(&Path) -> T) -> T {
        let name = file_name(self.head.segment, part);
        self.folder.held(|dir| act(&dir.join(name)))
    }

    /// Deletes its files: the entries first, without which the rest is meaningless.
    pub(super) fn delete(&self) -> io::Result<()> {
        let parts = [
            SegmentFile::Entries,
            SegmentFile::Index,
            SegmentFile::Flows,
            SegmentFile::Payload,
            SegmentFile::Samples,
        ];
        for part in parts {
            match self.held(part, |path| fs::remove_file(path)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Seal {
    /// Returns whether it says what the segment holds, because it will not grow any more.
    pub(super) fn is_final(&self) -> bool {
        self.ended != super::format::Ended::Open
    }

    fn extent(&self) -> Committed {
        Committed {
            entries: self.entries,
            flows: self.flows,
            payload_bytes: self.payload_bytes,
        }
    }
}

/// Where the lanes begin in an index: after the head and the seal.
pub(super) const INDEX_START: u64 = (HEAD_BYTES + SEAL_BYTES) as u64;

/// Counts the whole rows of a file.
fn rows(file_bytes: u64, row_bytes: usize) -> u32 {
    let rows = file_bytes.saturating_sub(HEAD_BYTES as u64) / row_bytes as u64;
    u32::try_from(rows).map_or(MAX_ENTRIES, |rows| rows.min(MAX_ENTRIES))
}

/// Returns the position of an entry's record in its file.
pub(super) fn record_position(entry: u32) -> u64 {
    HEAD_BYTES as u64 + u64::from(entry) * RECORD_BYTES as u64
}

/// Returns the position of a flow's row in its file.
pub(super) fn flow_position(row: u32) -> u64 {
    HEAD_BYTES as u64 + u64::from(row) * FLOW_BYTES as u64
}

fn read_head(path: &Path, part: SegmentFile) -> Result<Head, ReadError> {
    let mut bytes = [0; HEAD_BYTES];
    read(&open(path)?, path, &mut bytes, 0)?;
    Head::decode(part, &bytes).ok_or_else(|| damaged(path, 0, Damage::Head))
}

fn read_seal(path: &Path) -> Result<Seal, ReadError> {
    let mut bytes = [0; SEAL_BYTES];
    let position = HEAD_BYTES as u64;
    read(&open(path)?, path, &mut bytes, position)?;
    Seal::decode(&bytes).ok_or_else(|| damaged(path, position, Damage::Checksum))
}

/// Opens a file of a capture for reading. One that is missing is damage.
pub(super) fn open(path: &Path) -> Result<File, ReadError> {
    open_file(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => damaged(path, 0, Damage::Missing),
        _ => ReadError::Io {
            path: path.to_owned(),
            position: 0,
            source,
        },
    })
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

/// Reads exactly `len` bytes. A file that is too short is damaged, and takes no memory for what it lacks.
pub(super) fn read_vec(
    file: &File,
    path: &Path,
    len: usize,
    position: u64,
) -> Result<Vec<u8>, ReadError> {
    /// Less is not worth asking for the length of the file.
    const UNASKED_BYTES: usize = 1024 * 1024;
    if len > UNASKED_BYTES && position.saturating_add(len as u64) > length(file) {
        return Err(damaged(path, position, Damage::Short));
    }
    let mut bytes = vec![0; len];
    read(file, path, &mut bytes, position)?;
    Ok(bytes)
}

/// Returns the length of a file; 0 if it cannot be determined.
pub(super) fn length(file: &File) -> u64 {
    file.metadata().map_or(0, |metadata| metadata.len())
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
