//! A capture on disk: a folder with a manifest and segments. One recorder appends to it; anybody can read it.
//!
//! ```text
//! capture.toml       format, id, start time, endpoints and how they are read, the last entry if recording ended in order,
//!                    length and checksum of the packets
//! lock               locked while a process is recording
//! 00000000.entries   a record of 56 bytes for each entry
//! 00000000.payload   bytes of the entries, each payload once; bodies of lifecycle entries and endpoints
//! 00000000.flows     a row of 96 bytes for each endpoint and connection that the entries refer to
//! 00000000.index     why and where the segment ended; received, sent and lifecycle entries of each flow
//! 00000000.samples   only if there are any: what the kernel said of connections
//! 00000001.entries   …
//! packets.pcapng     only if there was a lab: its packets, for other tools too
//! ```
//!
//! The folder has mode 0700. A segment holds at most 262,144 entries and about 32 MiB of payload. All numbers are
//! little-endian; checksums are CRC-32. No segment refers to another. Files with other names are left alone.
//!
//! # What the files hold
//!
//! - Each file starts with a **head** of 64 bytes: magic, version, capture id, segment, first entry, wall clock at stamp
//!   0, checksum. One that is whole is enough for the segment.
//! - A **record** of `.entries`: checksum over its number and the record; kind, class, flow, stamp, offset in its stream;
//!   position, length and checksum of its bytes; whole size; duration of a write; unfinished character before it; drift of
//!   the wall clock; who requested it.
//! - A **datagram** belongs to no stream: the record of one, which may be empty, has the offset 0 and no unfinished
//!   character, and so have the entries that end its flow. Its bytes are all that one call read or wrote. A flow of UDP
//!   says so in its transport and in its addresses.
//! - `.payload` has bytes that records point at: an echo or a fixed reply refers to what is there. **Bodies** of lifecycle
//!   entries and endpoints are fields: `tag 1 · length 2 · bytes`.
//! - A **row** of `.flows`: transport, role, numbers, both addresses; an endpoint's body has its name and how its bytes are
//!   read. The last row of a connection counts.
//! - `.index` starts with the **seal**: why the segment ended, what it holds, what was not recorded after it; while the
//!   segment is open, which segments are kept. Then, for each flow, its entries by lane (received, sent, lifecycle), 4
//!   bytes an entry.
//! - A **sample** of `.samples`: checksum over its number and the sample, kind, length of its body, flow, stamp, body. The
//!   file takes half of what a segment has of payload at most; a last sample says that there were more. The seal says how
//!   many there are. A damaged one costs itself, if the one after it shows where it ends.
//!
//! # Writing
//!
//! Payload, flows and entries are written in this order, then the number of entries is published, so readers see whole
//! entries only. A new segment has its heads before the old one is sealed as *rotated*; a ring states what it keeps before
//! it deletes. The room of a seal is taken when its segment begins, so a full disk can still be said. Once recording has
//! stopped, the last seal says about once a second how many entries were not recorded since; only that of a capture that
//! was closed is the last word. Nothing is synced: after a power cut the tail may be missing, and is reported.
//!
//! # Reading
//!
//! Files are read by position and never mapped; nothing in them is trusted, and no reader takes more than 1,048,576
//! entries or 512 MiB of payload from one segment. Opening looks at heads, lengths, seals, indexes and flows (`survey.rs`),
//! and at where the manifest says that the capture ended; records and payloads are judged when they are read. Damage costs what it touches: a record, the bytes of an entry, the entries of a flow, or a
//! segment, which keeps its place. It is reported with the entry ([`Entry::damage`]) or the capture
//! ([`Store::soundness`]); exports report what they cannot read where it would stand; [`Store::verify`] looks at
//! everything. A manifest that is missing is rebuilt. Bytes are compared with their checksum whenever they are read whole;
//! of more than 64 KiB a row shows the beginning unchecked. A row of `.flows` stands for many entries, so one changed bit
//! is found from the checksum, put right and reported.
//!
//! # What never changes
//!
//! Kinds, tags and classes keep their numbers for ever (`body/`, `format/`; golden bytes in the tests). A reader skips
//! and counts the kinds, tags and samples that it does not know. Only what older readers would misunderstand gets a new
//! version.

mod appender;
mod beside;
mod body;
#[cfg(test)]
mod damage_tests;
mod draft;
mod error;
mod examine;
mod facts;
mod fields;
mod folder;
mod format;
mod id_map;
mod index;
mod keep;
mod manifest;
mod open;
mod position;
mod recent;
mod records;
mod samples;
mod segment;
mod status;
mod survey;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

pub use beside::PACKET_FILE;
pub(super) use beside::PacketBytes;
pub(crate) use beside::PacketCheck;
pub use error::{FileAction, StopCause, StoreError, StoreFailure};
pub use facts::{EndpointFacts, ReadingFacts};
pub use format::Ended;
pub(crate) use format::{Class, EntryRecord, Flow, VERSION as FORMAT};
pub(crate) use index::Lane;
pub use keep::{AtLimit, Keep};
pub(crate) use manifest::FILE_NAME as MANIFEST;
pub use manifest::Manifest;
pub(crate) use open::OpenSegment;
pub(super) use position::read_exact_at;
pub(crate) use records::{RecordBlock, Records, parts};
pub(crate) use samples::{SampleCursor, StoredKind};
pub(crate) use segment::Segment;
pub use status::RecordStatus;
pub use survey::{CutShort, Soundness};
pub use verify::Verified;

pub use super::damage::{Damage, ReadError};
use super::entry::Entry;
use super::sample::Sample;
use crate::net::EndpointId;
use folder::Folder;
use manifest::RecordedEnd;
pub(crate) use position::open_file;
use survey::{Survey, survey};
pub(crate) use writer::SegmentSize;
use writer::{Segments, Writer};

/// The name of the file that is locked while a capture is being recorded.
const LOCK_NAME: &str = "lock";

/// A capture on disk.
#[derive(Debug)]
pub struct Store {
    folder: Folder,
    manifest: Mutex<Manifest>,
    state: Mutex<State>,
    /// What was found when the capture was opened.
    soundness: Soundness,
    /// Held as long as this process is recording into the capture.
    lock: Mutex<Option<File>>,
}

#[derive(Debug)]
struct State {
    segments: Segments,
    /// `None` if the capture is only read.
    writer: Option<Writer>,
}

impl Store {
    /// Creates a capture in `dir`, which must be absent or empty, and starts recording into it.
    ///
    /// # Platform-specific behavior
    ///
    /// On Unix the folder is readable by its owner only (mode 0700).
    pub fn create(dir: &Path, keep: Keep, now: SystemTime) -> Result<Self, StoreError> {
        Self::create_sized(dir, keep, SegmentSize::within(&keep), now)
    }

    /// Like [`create`](Self::create), with a custom segment size.
    pub(crate) fn create_sized(
        dir: &Path,
        keep: Keep,
        size: SegmentSize,
        now: SystemTime,
    ) -> Result<Self, StoreError> {
        make_private(dir)?;
        let lock = lock(dir)?;
        let id = uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid();
        let manifest = Manifest::new(now, id);
        if let Err(error) = manifest.write(dir) {
            // This leaves the folder empty, so that creating can be retried there.
            fs::remove_file(dir.join(LOCK_NAME)).ok();
            return Err(error);
        }
        let folder = Folder::new(dir);
        let state = State {
            segments: Segments::new(),
            writer: Some(Writer::new(folder.clone(), id, keep, size)),
        };
        Ok(Self {
            folder,
            manifest: Mutex::new(manifest),
            state: Mutex::new(state),
            soundness: Soundness::default(),
            lock: Mutex::new(Some(lock)),
        })
    }

    /// Makes a capture without a folder that records nothing, for this reason. Recording can be resumed elsewhere.
    pub fn nowhere(cause: StopCause) -> Self {
        let folder = Folder::nowhere();
        let keep = Keep::up_to(Keep::DEFAULT_LIMIT_BYTES);
        let id = Uuid::nil();
        let mut writer = Writer::new(folder.clone(), id, keep, SegmentSize::within(&keep));
        let mut segments = Segments::new();
        writer.stop(cause, &mut segments);
        Self {
            folder,
            manifest: Mutex::new(Manifest::new(UNIX_EPOCH, id)),
            state: Mutex::new(State {
                segments,
                writer: Some(writer),
            }),
            soundness: Soundness::default(),
            lock: Mutex::new(None),
        }
    }

    /// Opens a capture for reading, whether it is closed, interrupted, damaged or still being recorded. In the last
    /// case, only what exists now is seen. Nothing is changed on disk.
    ///
    /// Damage does not prevent that: what is wrong is in [`soundness`](Self::soundness), and with each entry that it
    /// concerns. A manifest that is missing or unreadable is rebuilt from the segments.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let folder = Folder::new(dir);
        let written = Manifest::read(dir);
        if let Err(StoreError::Newer { .. }) = written {
            return Err(written.err().unwrap_or(StoreError::NoCapture {
                path: dir.to_owned(),
            }));
        }
        let id = written.as_ref().ok().and_then(Manifest::id);
        let Survey {
            mut segments,
            mut soundness,
            origin,
        } = match survey(&folder, id) {
            // The folder does not even exist.
            Err(_) if written.is_err() => Survey::default(),
            survey => survey?,
        };
        let path = dir.join(manifest::FILE_NAME);
        let manifest = match (written, origin) {
            (Ok(manifest), _) => manifest,
            (Err(_), Some((id, base_nanos))) => {
                let error = segment::damaged(&path, 0, Damage::Manifest);
                soundness.damage.push(Arc::new(error));
                rebuilt_manifest(id, base_nanos, &segments, soundness.ended)
            }
            (Err(error), None) => return Err(error),
        };
        let packets = beside::check_length(dir, manifest.packets);
        soundness.damage.extend(packets.map(Arc::new));
        if let Some(end) = manifest.end {
            let capture = manifest.id().unwrap_or_default();
            survey::end_at(&folder, capture, end, &mut segments, &mut soundness);
        }
        Ok(Self {
            folder,
            manifest: Mutex::new(manifest),
            state: Mutex::new(State {
                segments,
                writer: None,
            }),
            soundness,
            lock: Mutex::new(None),
        })
    }

    /// Returns whether the capture was whole when it was opened, as far as heads, lengths and seals show. A capture that
    /// is being recorded here is.
    pub fn soundness(&self) -> &Soundness {
        &self.soundness
    }

    /// Returns how recording was cut short, if it was and does not go on. What was imported was not recorded.
    pub fn cut_short(&self) -> Option<CutShort> {
        let state = self.state();
        if let Some(writer) = &state.writer {
            return CutShort::of(writer.stopped()?.ended(), writer.unrecorded(), false);
        }
        drop(state);
        let Soundness {
            ended, unrecorded, ..
        } = self.soundness;
        let is_open = matches!(ended, Ended::Open | Ended::Rotated);
        let goes_on = is_open && Self::is_being_recorded(&self.dir());
        if goes_on || self.manifest().origin().is_some() {
            return None;
        }
        CutShort::of(ended, unrecorded, self.manifest().is_closed())
    }

    /// Returns whether a process is recording into the capture in `dir`.
    pub fn is_being_recorded(dir: &Path) -> bool {
        let Ok(file) = open_file(&dir.join(LOCK_NAME)) else {
            return false;
        };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// Reads the manifest of the capture in `dir`.
    pub fn manifest_of(dir: &Path) -> Result<Manifest, StoreError> {
        Manifest::read(dir)
    }

    /// Returns the capture's folder.
    pub fn dir(&self) -> PathBuf {
        self.folder.dir()
    }

    /// Returns the manifest.
    pub fn manifest(&self) -> Manifest {
        guard(&self.manifest).clone()
    }

    /// Keeps the endpoints' names, and how their bytes are read, with the capture: in the manifest, and in each segment.
    pub fn describe_endpoints(
        &self,
        endpoints: &HashMap<EndpointId, EndpointFacts>,
    ) -> Result<(), StoreError> {
        let mut all = HashMap::new();
        let outcome = self.change_manifest(|manifest| {
            let is_changed = manifest.describe(endpoints);
            all = manifest.endpoints().collect();
            is_changed
        });
        if let Some(writer) = &mut self.state().writer {
            writer.describe(all);
        }
        outcome
    }

    /// Stores the file that the capture was imported from.
    pub fn set_origin(&self, origin: &str) -> Result<(), StoreError> {
        self.change_manifest(|manifest| {
            manifest.origin = Some(origin.to_owned());
            true
        })
    }

    /// Stores what the file with the packets of the lab holds.
    pub(super) fn state_packets(&self, packets: PacketBytes) -> Result<(), StoreError> {
        self.change_manifest(|manifest| {
            let before = manifest.packets.replace(packets);
            before != Some(packets)
        })
    }

    /// Reads the file with the packets of the lab, and compares it with its checksum.
    pub(crate) fn check_packets(&self) -> PacketCheck {
        let dir = self.dir();
        let is_growing = self.can_grow() || Self::is_being_recorded(&dir);
        beside::check(&dir, self.manifest().packets, is_growing)
    }

    /// Reads the samples, which no entry is read for, and returns what is damaged of them.
    pub(crate) fn damaged_samples(&self) -> Vec<ReadError> {
        let segments = self.segments();
        let damage = segments
            .iter()
            .map(|it| examine::examine_samples(it).damage);
        damage.flatten().collect()
    }

    fn change_manifest(
        &self,
        change: impl FnOnce(&mut Manifest) -> bool,
    ) -> Result<(), StoreError> {
        let mut manifest = guard(&self.manifest);
        if change(&mut manifest) && !self.folder.is_nowhere() {
            manifest.write(&self.dir())?;
        }
        Ok(())
    }

    /// Numbers and records entries. If recording has stopped, counts them instead.
    pub fn append(&self, entries: &mut [Entry]) -> RecordStatus {
        let mut state = self.state();
        let State { segments, writer } = &mut *state;
        if let Some(writer) = writer {
            writer.append(entries, segments);
        }
        state.status()
    }

    /// Puts samples beside the entries, as far as there is room for them.
    pub fn append_samples(&self, samples: &[Sample]) {
        let mut state = self.state();
        let State { segments, writer } = &mut *state;
        if let Some(writer) = writer {
            writer.append_samples(samples, segments);
        }
    }

    /// Returns the state of the recording.
    pub fn status(&self) -> RecordStatus {
        self.state().status()
    }

    /// Checks now whether the folder still exists, which [`append`](Self::append) does only from time to time, and
    /// returns the state of the recording.
    pub fn check_folder(&self) -> RecordStatus {
        let mut state = self.state();
        let State { segments, writer } = &mut *state;
        if let Some(writer) = writer {
            writer.check_folder(segments);
        }
        state.status()
    }

    /// Changes how much is kept from now on.
    pub fn set_keep(&self, keep: Keep) {
        if let Some(writer) = &mut self.state().writer {
            writer.set_keep(keep);
        }
    }

    /// Stops recording at the user's request.
    pub fn switch_off(&self) {
        let State { segments, writer } = &mut *self.state();
        if let Some(writer) = writer {
            writer.stop(StopCause::Off, segments);
        }
    }

    /// Resumes recording after a stop. The next entry states how many were not recorded. A capture without a folder
    /// remains stopped.
    pub fn resume(&self, keep: Keep) {
        if self.folder.is_nowhere() {
            return;
        }
        if let Some(writer) = &mut self.state().writer {
            writer.resume(keep);
        }
    }

    /// Counts entries that were not recorded before the capture was created. Its first entry will report them.
    pub(crate) fn note_unrecorded(&self, entries: u64) {
        if let Some(writer) = &mut self.state().writer {
            writer.note_unrecorded(entries);
        }
    }

    /// Ends recording normally: seals the last segment and releases the lock. May be called again.
    pub fn close(&self) -> Result<(), StoreError> {
        let State { segments, writer } = &mut *self.state();
        let Some(mut writer) = writer.take() else {
            return Ok(());
        };
        writer.close(segments);
        let end = end_of(segments, writer.unrecorded());
        let closed = self.change_manifest(|manifest| {
            manifest.end = Some(end);
            true
        });
        drop(guard(&self.lock).take());
        closed
    }

    /// Locks a capture that is only viewed, so that nobody mistakes it for a leftover.
    pub fn hold(&self) -> Result<(), StoreError> {
        *guard(&self.lock) = Some(lock(&self.dir())?);
        Ok(())
    }

    /// Releases the lock.
    pub fn unlock(&self) {
        drop(guard(&self.lock).take());
    }

    /// Moves the capture's folder, even while it is being recorded. `relocate` is given its location and returns the
    /// new one.
    pub fn relocate(
        &self,
        relocate: impl FnOnce(&Path) -> Result<PathBuf, StoreError>,
    ) -> Result<(), StoreError> {
        self.folder.relocate(relocate)
    }

    /// Returns the segments, oldest first.
    pub(crate) fn segments(&self) -> Vec<Arc<Segment>> {
        self.state().segments.iter().cloned().collect()
    }

    /// Returns the segment that holds an entry.
    pub(crate) fn segment_of(&self, entry: u64) -> Option<Arc<Segment>> {
        let state = self.state();
        let after = state
            .segments
            .partition_point(|it| it.first_entry() <= entry);
        let segment = state.segments.get(after.checked_sub(1)?)?;
        (entry < segment.end_entry()).then(|| Arc::clone(segment))
    }

    /// Returns why the segment ended that an entry follows.
    pub(crate) fn ended_before(&self, entry: u64) -> Option<Ended> {
        let last = self.segment_of(entry.checked_sub(1)?)?;
        (last.end_entry() == entry).then(|| last.ended())
    }

    /// Returns whether unreadable data was most likely dropped by the process that is recording. A reader is not
    /// notified, but finds the file gone.
    pub(crate) fn has_given_up(&self, error: &ReadError) -> bool {
        let is_gone = matches!(
            error,
            ReadError::Damaged {
                what: Damage::Missing,
                ..
            }
        );
        is_gone && !self.can_grow() && Self::is_being_recorded(&self.dir())
    }

    /// Returns whether entries may still be added: this store is recording.
    pub(crate) fn can_grow(&self) -> bool {
        self.state().writer.is_some()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        guard(&self.state)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Nobody is left to report an error to. Without the mark in its manifest the capture counts as interrupted, but
        // is complete.
        self.close().ok();
    }
}

impl State {
    fn status(&self) -> RecordStatus {
        let first_kept = self.segments.front().map(|it| it.first_entry());
        let last = self.segments.back().map_or(0, |it| it.end_entry());
        let writer = self.writer.as_ref();
        let entries = last.max(writer.map_or(0, Writer::next_entry));
        RecordStatus {
            entries,
            first_kept: first_kept.unwrap_or(entries),
            kept_bytes: match writer {
                Some(writer) => writer.disk_bytes(),
                None => self.segments.iter().map(|it| it.disk_bytes()).sum(),
            },
            limit_bytes: writer.map_or(0, |writer| writer.keep().limit_bytes),
            stopped: writer.and_then(|writer| writer.stopped().cloned()),
            unrecorded: writer.map_or(0, Writer::unrecorded),
        }
    }
}

/// A thread that panicked while it held the lock left complete values behind.
fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn make_private(dir: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(dir)
        .map_err(StoreError::io(FileAction::Make, dir))?;
    let mut files = fs::read_dir(dir).map_err(StoreError::io(FileAction::Read, dir))?;
    if files.next().is_some() {
        return Err(StoreError::NotEmpty(dir.to_owned()));
    }
    // An existing empty folder may have another mode.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
            .map_err(StoreError::io(FileAction::Make, dir))?;
    }
    Ok(())
}

fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join(LOCK_NAME);
    let file = File::create(&path).map_err(StoreError::io(FileAction::Make, &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked(dir.to_owned())),
        // The volume does not support locks (some network volumes): record without one.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(StoreError::io(FileAction::Lock, &path)(error)),
    }
}

/// Returns what a capture holds at its end.
fn end_of(segments: &Segments, unrecorded: u64) -> RecordedEnd {
    RecordedEnd {
        entries: segments.back().map_or(0, |it| it.end_entry()),
        first: segments.front().map_or(0, |it| it.first_entry()),
        unrecorded,
    }
}

/// Rebuilds the manifest of a capture from its segments.
fn rebuilt_manifest(id: Uuid, base_nanos: i64, segments: &Segments, ended: Ended) -> Manifest {
    let started = Duration::from_nanos(base_nanos.unsigned_abs());
    let started = UNIX_EPOCH.checked_add(started).unwrap_or(UNIX_EPOCH);
    let mut manifest = Manifest::new(started, id);
    if ended == Ended::Closed {
        manifest.end = Some(end_of(segments, 0));
    }
    for segment in segments {
        // One that cannot be opened is reported when it is read.
        if let Ok(mut open) = OpenSegment::new(Arc::clone(segment)) {
            manifest.describe(&open.facts().into_iter().collect());
        }
    }
    manifest
}
