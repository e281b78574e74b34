//! Streams as files: `7-received.bin` and `7-sent.bin` for each connection that carried bytes. Where both ends are ours,
//! `7-server-received.bin`, `7-client-received.bin` and so on. Datagrams have a file each, in folders that are named so.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::both_ends::BothEnds;
use super::raw_datagrams::RawDatagrams;
use super::summary::{self, OmissionKind, Unfaithful};
use super::writer::{EntryWriter, payload_len, remark};
use crate::capture::EventKind;
use crate::capture::access::Access;
use crate::capture::store::{CutShort, ReadError};
use crate::capture::{Absence, Entry, Remark, Say, StreamId, UnreadRun};
use crate::net::{Direction, FlowId, Role};

/// How many bytes are collected over all streams before they are written. No file stays open in between, so that the
/// number of connections is not limited.
const COLLECTED_BYTES: usize = 16 * 1024 * 1024;
/// How many streams are tracked at once. A stream no longer tracked continues at the end of its file.
const MAX_STREAMS: usize = 262_144;
/// The file that lists where streams differ from what was on the wire; absent if none do.
const NOTES: &str = "notes.txt";

/// Writes the bytes of streams into a folder.
///
/// Missing bytes leave no gap in a file; [`NOTES`] lists where they would be.
pub(super) struct RawWriter {
    folder: PathBuf,
    access: Access,
    both_ends: BothEnds,
    streams: HashMap<StreamId, StreamFile>,
    datagrams: RawDatagrams,
    /// How long the datagrams were that are received next, if they were cut.
    cut: HashMap<FlowId, u64>,
    collected_bytes: usize,
    notes: Vec<u8>,
    /// Entries that are in no file, and are not in the notes yet.
    lost: Option<UnreadRun>,
    say: &'static dyn Say,
}

/// A stream that is being written.
#[derive(Debug, Default)]
struct StreamFile {
    /// The offset in the stream, missing bytes included.
    offset: u64,
    /// The length of its file, including collected bytes.
    file_bytes: u64,
    collected: Vec<u8>,
}

impl RawWriter {
    /// Starts in an empty folder.
    pub(super) fn new(
        folder: PathBuf,
        access: Access,
        both_ends: BothEnds,
        say: &'static dyn Say,
    ) -> Self {
        Self {
            datagrams: RawDatagrams::new(folder.clone(), access),
            cut: HashMap::new(),
            folder,
            access,
            both_ends,
            streams: HashMap::new(),
            collected_bytes: 0,
            notes: Vec::new(),
            lost: None,
            say,
        }
    }

    fn file_name(&self, key: StreamId) -> String {
        format!("{}.bin", self.name(key))
    }

    fn name(&self, key: StreamId) -> String {
        let StreamId {
            connection,
            direction,
        } = key;
        let direction = summary::name(direction);
        let end = match connection.role {
            _ if !self.both_ends.has_both(connection) => "",
            Role::Server => "server-",
            Role::Client => "client-",
        };
        format!("{connection}-{end}{direction}")
    }

    fn chunk(
        &mut self,
        entry: &Entry,
        key: StreamId,
        kept: &[u8],
        unfaithful: &mut Unfaithful,
    ) -> io::Result<()> {
        self.meet(key.connection)?;
        let offset = entry.stream().offset;
        let stream = self.streams.entry(key).or_default();
        let left_out = offset.saturating_sub(stream.offset);
        let cut = entry.size_bytes.saturating_sub(kept.len() as u64);
        let begins = (stream.file_bytes, stream.offset);
        stream.collected.extend_from_slice(kept);
        stream.file_bytes += kept.len() as u64;
        let ends = (stream.file_bytes, offset.saturating_add(kept.len() as u64));
        stream.offset = offset.saturating_add(entry.size_bytes);
        self.collected_bytes += kept.len();
        if left_out > 0 {
            self.note_left_out(entry, key, begins, left_out, unfaithful)?;
        }
        if cut > 0 {
            let why = match entry.damage {
                Some(_) => Absence::Damaged,
                None => Absence::NotKept,
            };
            self.note(key, ends, cut, why)?;
        }
        if self.collected_bytes >= COLLECTED_BYTES {
            self.write_collected()?;
        }
        Ok(())
    }

    /// Writes what an entry of a UDP flow says.
    fn udp(
        &mut self,
        entry: &Entry,
        connection: FlowId,
        unfaithful: &mut Unfaithful,
    ) -> io::Result<()> {
        match &entry.event.kind {
            EventKind::Truncated { bytes, .. } => {
                self.cut.extend(bytes.map(|bytes| (connection, bytes)));
            }
            EventKind::Missing { direction, bytes } => {
                let key = StreamId::new(connection, *direction);
                self.note_cut(key, *bytes, Absence::NotCaptured)?;
            }
            EventKind::Closed(_) => {
                self.cut.remove(&connection);
            }
            _ => {
                if let Some((key, payload)) = entry.stream_id().zip(entry.payload()) {
                    self.datagram(entry, key, &payload.bytes, unfaithful)?;
                }
            }
        }
        Ok(())
    }

    fn datagram(
        &mut self,
        entry: &Entry,
        key: StreamId,
        kept: &[u8],
        unfaithful: &mut Unfaithful,
    ) -> io::Result<()> {
        let was_cut = match key.direction {
            Direction::Received => self.cut.remove(&key.connection),
            Direction::Sent => None,
        };
        let name = self.name(key);
        if !self.datagrams.write(key, &name, kept)? {
            let lack = OmissionKind::FilesFull { datagrams: 1 };
            unfaithful.note(entry.number, Some(key.connection), lack);
            return Ok(());
        }
        let whole_bytes = was_cut.unwrap_or(0).max(entry.size_bytes);
        let lost = whole_bytes.saturating_sub(kept.len() as u64);
        let why = match entry.damage {
            Some(_) => Absence::Damaged,
            None => Absence::NotKept,
        };
        match lost {
            0 => Ok(()),
            _ => self.note_cut(key, lost, why),
        }
    }

    /// Notes that the newest datagram lacks so many bytes at its end.
    fn note_cut(&mut self, key: StreamId, bytes: u64, why: Absence) -> io::Result<()> {
        let Some(file) = self.datagrams.latest(key, &self.name(key)) else {
            return Ok(());
        };
        self.note_lost()?;
        let remark = self.say.remark(Remark::CutDatagram {
            file: &file,
            bytes,
            why,
        });
        self.push_note(&remark)
    }

    fn gap(&mut self, key: StreamId, bytes: u64) -> io::Result<()> {
        self.meet(key.connection)?;
        let stream = self.streams.entry(key).or_default();
        let place = (stream.file_bytes, stream.offset);
        stream.offset = stream.offset.saturating_add(bytes);
        self.note(key, place, bytes, Absence::NotCaptured)
    }

    /// Ends both streams of a connection at their real ends: bytes not seen before that are missing from the files.
    fn end(
        &mut self,
        entry: &Entry,
        connection: FlowId,
        unfaithful: &mut Unfaithful,
    ) -> io::Result<()> {
        let ends = [entry.streams.received.offset, entry.streams.sent.offset];
        let ends = StreamId::both(connection).into_iter().zip(ends);
        for (key, end) in ends.filter(|(_, end)| *end > 0) {
            self.meet(connection)?;
            let stream = self.streams.entry(key).or_default();
            let place = (stream.file_bytes, stream.offset);
            if end > place.1 {
                self.note_left_out(entry, key, place, end - place.1, unfaithful)?;
            }
        }
        self.forget(connection)
    }

    /// Creates both files of a new connection, or finds out their lengths.
    fn meet(&mut self, connection: FlowId) -> io::Result<()> {
        let both = StreamId::both(connection);
        if both.iter().all(|key| self.streams.contains_key(key)) {
            return Ok(());
        }
        if self.streams.len() >= MAX_STREAMS {
            self.write_collected()?;
            self.streams.clear();
        }
        for key in both {
            let file_bytes = self.open(key)?.metadata()?.len();
            let stream = StreamFile {
                offset: file_bytes,
                file_bytes,
                collected: Vec::new(),
            };
            self.streams.insert(key, stream);
        }
        Ok(())
    }

    fn forget(&mut self, connection: FlowId) -> io::Result<()> {
        for key in StreamId::both(connection) {
            if let Some(stream) = self.streams.remove(&key) {
                self.collected_bytes -= stream.collected.len();
                self.append(key, &stream.collected)?;
            }
        }
        Ok(())
    }

    fn write_collected(&mut self) -> io::Result<()> {
        let mut streams = std::mem::take(&mut self.streams);
        for (&key, stream) in &mut streams {
            // This frees the memory: the next bytes may belong to other streams.
            let collected = std::mem::take(&mut stream.collected);
            self.append(key, &collected)?;
        }
        self.streams = streams;
        self.collected_bytes = 0;
        self.write_notes()
    }

    fn append(&self, key: StreamId, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.open(key)?.write_all(bytes)
    }

    fn open(&self, key: StreamId) -> io::Result<File> {
        self.open_named(&self.file_name(key))
    }

    fn open_named(&self, name: &str) -> io::Result<File> {
        let mut options = OpenOptions::new();
        self.access.prepare(options.create(true).append(true));
        options.open(self.folder.join(name))
    }

    fn note_left_out(
        &mut self,
        entry: &Entry,
        key: StreamId,
        place: (u64, u64),
        bytes: u64,
        unfaithful: &mut Unfaithful,
    ) -> io::Result<()> {
        let lack = OmissionKind::LeftOut {
            direction: key.direction,
            offset: place.1,
            bytes,
        };
        unfaithful.note(entry.number, Some(key.connection), lack);
        self.note(key, place, bytes, Absence::NotExported)
    }

    /// Notes that bytes are missing at an offset of the file and of the stream.
    fn note(
        &mut self,
        key: StreamId,
        (file_offset, offset): (u64, u64),
        bytes: u64,
        why: Absence,
    ) -> io::Result<()> {
        self.note_lost()?;
        let remark = self.say.remark(Remark::Gap {
            file: &self.file_name(key),
            file_offset,
            offset,
            bytes,
            why,
        });
        self.push_note(&remark)
    }

    /// Notes that an entry is in no file.
    fn lose(&mut self, entry: u64, why: &Arc<ReadError>) -> io::Result<()> {
        let lost = self.lost.as_mut();
        if lost.is_some_and(|run| run.join(entry, 1, why)) {
            return Ok(());
        }
        self.note_lost()?;
        self.lost = Some(UnreadRun {
            first: entry,
            count: 1,
            why: Arc::clone(why),
        });
        Ok(())
    }

    /// Writes down the entries that are in no file.
    fn note_lost(&mut self) -> io::Result<()> {
        match self.lost.take() {
            Some(run) => self.push_note(&self.say.remark(remark(&run))),
            None => Ok(()),
        }
    }

    fn push_note(&mut self, remark: &str) -> io::Result<()> {
        writeln!(self.notes, "{remark}")?;
        if self.notes.len() >= COLLECTED_BYTES {
            self.write_notes()?;
        }
        Ok(())
    }

    fn write_notes(&mut self) -> io::Result<()> {
        if self.notes.is_empty() {
            return Ok(());
        }
        self.open_named(NOTES)?.write_all(&self.notes)?;
        self.notes.clear();
        Ok(())
    }
}

impl EntryWriter for RawWriter {
    fn write(&mut self, entry: &Entry, unfaithful: &mut Unfaithful) -> io::Result<u64> {
        let Some(link) = entry.event.link.as_deref() else {
            if let Some(why) = entry.damage.as_ref().filter(|_| entry.payload().is_some()) {
                // Its bytes may be whole; which stream they belong to is not known.
                self.lose(entry.number, why)?;
            }
            return Ok(0);
        };
        let connection = link.connection;
        if link.peer.is_udp() {
            self.udp(entry, connection, unfaithful)?;
            return Ok(payload_len(entry));
        }
        match &entry.event.kind {
            EventKind::Missing { direction, bytes } => {
                let key = StreamId {
                    connection,
                    direction: *direction,
                };
                self.gap(key, *bytes)?;
            }
            EventKind::Closed(_) | EventKind::Reset { .. } => {
                self.end(entry, connection, unfaithful)?;
            }
            _ => {
                if let Some((key, payload)) = entry.stream_id().zip(entry.payload()) {
                    self.chunk(entry, key, &payload.bytes, unfaithful)?;
                }
            }
        }
        Ok(payload_len(entry))
    }

    fn unreadable(&mut self, run: &UnreadRun) -> io::Result<()> {
        self.note_lost()?;
        self.push_note(&self.say.remark(remark(run)))
    }

    fn cut_short(&mut self, cut: CutShort, _: u64) -> io::Result<()> {
        self.note_lost()?;
        self.push_note(&self.say.remark(Remark::CutShort(cut)))
    }

    fn finish(mut self) -> io::Result<()> {
        self.note_lost()?;
        self.write_collected()
    }
}
