//! Exports: entries of a record in other tools' formats, byte for byte or with a note where they are not.
//!
//! ```text
//! Source ──▶ run ──▶ EntryWriter (text, csv, json, raw, pcapng) ──▶ OutputFile, OutputFolder ──▶ its target
//!             └──▶ Progress, Summary
//! ```
//!
//! An export that is cancelled or fails leaves nothing behind.

mod both_ends;
pub mod code;
mod csv;
mod error;
mod event_names;
mod json;
mod names;
mod pcapng;
pub mod picture;
mod raw;
mod raw_datagrams;
mod source;
mod summary;
mod target;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod time;
mod writer;

use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::ControlFlow;
use std::str::FromStr;
use std::sync::Arc;

pub(crate) use error::ExportError;
pub(crate) use json::{FrameKeys, JsonLack, JsonLines};
pub(crate) use source::ExportSource;
pub(crate) use summary::{ExportSummary, Omission, OmissionKind, Unfaithful};
pub(crate) use target::ExportTarget;

use crate::capture::EventKind;
use crate::capture::access::Access;
use crate::capture::progress::{OnProgress, Progress};
use crate::capture::store::ReadError;
use crate::capture::{Encodings, Entry, Say, UnreadRun};
use crate::net::{Direction, EndpointId};
use both_ends::BothEnds;
use csv::CsvWriter;
use json::JsonWriter;
use pcapng::{Connections, PcapngWriter, RealPackets};
use raw::RawWriter;
use source::AtPlace;
use target::{Called, OutputFile, OutputFolder};
use text::TextWriter;
use writer::EntryWriter;

/// How many entries are exported between two checks for cancellation.
const STEP_ENTRIES: u64 = 256;
/// The most bytes of payload between two checks.
const STEP_BYTES: u64 = 1024 * 1024;

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// A line of text per entry, with the payload as escaped text.
    Text,
    /// Comma-separated values.
    Csv,
    /// One JSON object per line.
    JsonLines,
    /// A folder with a file for the bytes of each stream, and for each datagram.
    Raw,
    /// Packets that could have carried the streams.
    Pcapng,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Csv,
        Self::JsonLines,
        Self::Raw,
        Self::Pcapng,
    ];

    /// Returns its name, which is also its file extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Raw => "raw",
            Self::Pcapng => "pcapng",
        }
    }
}

/// The text does not name a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct FormatError;

impl FromStr for ExportFormat {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, FormatError> {
        let format = Self::ALL.into_iter().find(|format| format.name() == name);
        format.ok_or(FormatError)
    }
}

/// Which packets of the lab's connections are exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PacketOrigin {
    /// Those that were on the wire, where the capture has them.
    #[default]
    Real,
    /// Reconstructed ones, as for all other connections.
    Reconstructed,
}

/// The settings of an export.
#[derive(Debug)]
pub(crate) struct ExportJob {
    /// The format.
    pub(crate) format: ExportFormat,
    /// Where to.
    pub(crate) target: ExportTarget,
    /// Who may use new files.
    pub(crate) access: Access,
    /// The names of the endpoints.
    pub(crate) names: HashMap<EndpointId, String>,
    /// Their encodings; UTF-8 for those missing. The escapes of the text format preserve the exact bytes.
    pub(crate) encodings: Encodings,
    /// Which packets of the lab's connections are written.
    pub(crate) packet_origin: PacketOrigin,
    /// The text of lifecycle entries. Formats for programs are in English, whatever the user's language.
    pub(crate) say: &'static dyn Say,
}

/// Exports the entries of a source.
pub(crate) fn run(
    source: &ExportSource,
    job: ExportJob,
    progress: &mut OnProgress<'_>,
) -> Result<ExportSummary, ExportError> {
    let mut export = Export {
        source,
        progress,
        passes: 1,
        pass: 0,
        summary: ExportSummary::default(),
        reported: 0,
        unread: None,
    };
    let ExportJob {
        format,
        target,
        access,
        names,
        encodings,
        packet_origin,
        say,
    } = job;
    target.check_outside(&source.dir())?;
    if format == ExportFormat::Raw {
        let folder = OutputFolder::open(target, access)?;
        let both_ends = export.both_ends(&mut Connections::All)?;
        let writer = RawWriter::new(folder.partial(), access, both_ends, say);
        export.to(writer, &folder.called())?;
        folder.finish()?;
        return Ok(export.summary);
    }
    let mut file = OutputFile::open(target, access)?;
    let called = file.called();
    match format {
        ExportFormat::Text => export.to(TextWriter::new(&mut file, &names, say), &called)?,
        ExportFormat::Csv => {
            export.to(CsvWriter::new(&mut file, &names, encodings, say), &called)?;
        }
        ExportFormat::JsonLines => {
            export.to(JsonWriter::new(&mut file, &names, encodings, say), &called)?;
        }
        ExportFormat::Pcapng => {
            let mut connections = if source.is_whole() {
                Connections::All
            } else {
                Connections::Chosen(HashSet::new())
            };
            let both_ends = export.both_ends(&mut connections)?;
            let real = export.real_packets(packet_origin, connections);
            let writer =
                PcapngWriter::new(&mut file, names, both_ends, real, source.cut_short(), say);
            export.to(writer.map_err(|error| called.write_error(error))?, &called)?;
        }
        ExportFormat::Raw => return Err(ExportError::NeedsFolder),
    }
    file.finish()?;
    Ok(export.summary)
}

/// A running export.
struct Export<'a, 'p> {
    source: &'a ExportSource,
    progress: &'a mut OnProgress<'p>,
    /// How many passes over the entries there are, and how many are done.
    passes: u64,
    pass: u64,
    summary: ExportSummary,
    /// How many of the source's unread entries were reported.
    reported: usize,
    /// Entries that could not be read just now, and are not reported yet.
    unread: Option<UnreadRun>,
}

impl Export<'_, '_> {
    /// Finds connections with both ends in the export.
    fn both_ends(&mut self, connections: &mut Connections) -> Result<BothEnds, ExportError> {
        self.passes = 2;
        let mut both_ends = BothEnds::default();
        for place in 0..self.source.places() {
            if place.is_multiple_of(STEP_ENTRIES) {
                self.check(place)?;
            }
            // The pass that exports reports unreadable entries.
            if let AtPlace::Here(flow) = self.source.flow(place)?
                && let Some(link) = &flow.link
            {
                both_ends.add(link.connection);
                connections.add(link);
            }
        }
        self.pass = 1;
        Ok(both_ends)
    }

    /// Opens the packets of the lab, if there are any, and notes what they lack.
    fn real_packets(
        &mut self,
        wanted: PacketOrigin,
        connections: Connections,
    ) -> Option<RealPackets> {
        if wanted == PacketOrigin::Reconstructed {
            return None;
        }
        let opened = RealPackets::open(self.source.store(), connections);
        let (real, damage) = match opened {
            Ok(Some(mut real)) => {
                let (packets, damage) = real.lacks();
                if packets > 0 {
                    self.note(0, OmissionKind::PacketsLost { packets });
                }
                (Some(real), damage)
            }
            Ok(None) => (None, None),
            Err(error) => (None, Some(error)),
        };
        if let Some(error) = damage {
            self.note(0, OmissionKind::PacketFile(Arc::new(error)));
        }
        real
    }

    /// Writes all entries; `called` names the target in write errors.
    fn to(&mut self, mut writer: impl EntryWriter, called: &Called) -> Result<(), ExportError> {
        let failed = |error: io::Error| called.write_error(error);
        let entries = self.source.given_up();
        if entries > 0 {
            self.note(0, OmissionKind::GivenUp { entries });
        }
        let mut due = (0, 0);
        for place in 0..self.source.places() {
            if place >= due.0 || self.summary.bytes >= due.1 {
                due = (place + STEP_ENTRIES, self.summary.bytes + STEP_BYTES);
                self.check(place)?;
            }
            let found = self.source.entry(place)?;
            self.found(found, &mut writer).map_err(failed)?;
        }
        self.report_unread(u64::MAX, &mut writer).map_err(failed)?;
        if let Some(cut) = self.source.cut_short() {
            let next = self.source.store().status().entries;
            writer.cut_short(cut, next).map_err(failed)?;
        }
        writer.finish().map_err(failed)
    }

    /// Reports the progress, and stops if the export is cancelled.
    fn check(&mut self, place: u64) -> Result<(), ExportError> {
        let places = self.source.places();
        let progress = Progress {
            done: self.pass.saturating_mul(places).saturating_add(place),
            total: self.passes.saturating_mul(places),
        };
        match (self.progress)(progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ExportError::Cancelled),
        }
    }

    /// Writes what was found at a place.
    fn found(&mut self, found: AtPlace<Entry>, writer: &mut impl EntryWriter) -> io::Result<()> {
        match found {
            AtPlace::Here(entry) => {
                self.report_unread(entry.number, writer)?;
                self.note_lack(&entry);
                let bytes = writer.write(&entry, &mut self.summary.unfaithful)?;
                self.count(&entry, bytes);
                Ok(())
            }
            AtPlace::NotChosen => Ok(()),
            AtPlace::GivenUp(number) => {
                self.note(number, OmissionKind::GivenUp { entries: 1 });
                Ok(())
            }
            AtPlace::Damaged(number, error) => self.unreadable(number, error, writer),
        }
    }

    /// Notes an entry that cannot be read. It is reported together with those that follow.
    fn unreadable(
        &mut self,
        entry: u64,
        error: ReadError,
        writer: &mut impl EntryWriter,
    ) -> io::Result<()> {
        let run = self.unread.as_mut();
        if run.is_some_and(|run| run.join(entry, 1, &error)) {
            return Ok(());
        }
        self.report_unread(entry, writer)?;
        self.unread = Some(UnreadRun {
            first: entry,
            count: 1,
            why: Arc::new(error),
        });
        Ok(())
    }

    /// Reports the entries before `end` that could not be read, where they would stand.
    fn report_unread(&mut self, end: u64, writer: &mut impl EntryWriter) -> io::Result<()> {
        let source = self.source;
        let waiting = source.unread().iter().skip(self.reported);
        for run in waiting.take_while(|run| run.first < end) {
            self.reported += 1;
            self.report(run, writer)?;
        }
        match self.unread.take() {
            Some(run) => self.report(&run, writer),
            None => Ok(()),
        }
    }

    fn report(&mut self, run: &UnreadRun, writer: &mut impl EntryWriter) -> io::Result<()> {
        let lack = OmissionKind::Unreadable {
            entries: run.count,
            why: Arc::clone(&run.why),
        };
        self.note(run.first, lack);
        writer.unreadable(run)
    }

    /// Counts an entry if it is whole, or some of its bytes were written.
    fn count(&mut self, entry: &Entry, bytes: u64) {
        self.summary.entries += u64::from(entry.damage.is_none() || bytes > 0);
        self.summary.bytes += bytes;
    }

    fn note_lack(&mut self, entry: &Entry) {
        if let Some(error) = &entry.damage {
            self.note(entry.number, OmissionKind::Damaged(Arc::clone(error)));
        } else if let Some(lack) = lack(entry, self.source) {
            let link = entry.event.link.as_deref();
            let connection = link.map(|link| link.connection);
            let unfaithful = &mut self.summary.unfaithful;
            unfaithful.note(entry.number, connection, lack);
        }
    }

    fn note(&mut self, entry: u64, lack: OmissionKind) {
        self.summary.unfaithful.note(entry, None, lack);
    }
}

/// Returns what is missing from the record at an entry or before it.
fn lack(entry: &Entry, source: &ExportSource) -> Option<OmissionKind> {
    let cut = |direction, kept: usize| {
        let (kept_bytes, size_bytes) = (kept as u64, entry.size_bytes);
        (kept_bytes < size_bytes).then_some(OmissionKind::Cut {
            direction,
            kept_bytes,
            size_bytes,
        })
    };
    match &entry.event.kind {
        EventKind::Received { payload } => cut(Direction::Received, payload.bytes.len()),
        EventKind::Sent { payload, .. } => cut(Direction::Sent, payload.bytes.len()),
        EventKind::Missing { direction, bytes } => Some(OmissionKind::Missing {
            direction: *direction,
            bytes: *bytes,
        }),
        EventKind::NotRecorded { entries } => Some(OmissionKind::NotRecorded {
            entries: *entries,
            ended: source.ended_before(entry.number),
        }),
        _ => None,
    }
}
