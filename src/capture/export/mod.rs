//! Exports: entries of a record written in a format of others, byte-faithful or with a word on where they are not.
//!
//! ```text
//! Source ──▶ run ──▶ EntryWriter (text, csv, json, raw, pcapng) ──▶ OutputFile, OutputFolder ──▶ its place
//!             └──▶ Progress, Summary
//! ```
//!
//! An export that is cancelled or fails leaves nothing behind.

mod csv;
mod error;
mod json;
mod names;
mod raw;
mod source;
mod summary;
mod target;
#[cfg(test)]
mod tests;
mod text;
mod time;
mod writer;

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;
use std::str::FromStr;

pub(crate) use error::ExportError;
pub(crate) use json::JsonLines;
pub(crate) use source::Source;
pub(crate) use summary::{Lack, Place, Summary, Unfaithful};
pub(crate) use target::Target;

use crate::capture::entry::Entry;
use crate::net::{Direction, EndpointId, EventKind};
use csv::CsvWriter;
use json::JsonWriter;
use raw::RawWriter;
use source::Found;
use target::{Called, OutputFile, OutputFolder};
use text::TextWriter;
use writer::EntryWriter;

/// How many entries are exported between two looks at whether to go on.
const STEP_ENTRIES: u64 = 256;
/// How many bytes of payload at most.
const STEP_BYTES: u64 = 1024 * 1024;

/// What to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    /// A line of words for each entry, with the payload as escaped text.
    Text,
    /// Comma-separated values.
    Csv,
    /// A JSON object a line.
    JsonLines,
    /// A folder with the bytes of each stream.
    Raw,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Text, Self::Csv, Self::JsonLines, Self::Raw];

    /// Returns its name, which is the extension of its files, too.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Raw => "raw",
        }
    }
}

/// A text that names no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a format is txt, csv, jsonl or raw")]
pub(crate) struct FormatError;

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(name: &str) -> Result<Self, FormatError> {
        let format = Self::ALL.into_iter().find(|format| format.name() == name);
        format.ok_or(FormatError)
    }
}

/// What an export is to do.
#[derive(Debug)]
pub(crate) struct ExportJob {
    /// The format.
    pub(crate) format: Format,
    /// Where to.
    pub(crate) target: Target,
    /// What the endpoints are called.
    pub(crate) names: HashMap<EndpointId, String>,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// How many places were looked at.
    pub(crate) done: u64,
    /// How many there are to look at.
    pub(crate) total: u64,
}

/// Told how far an export is at bounded intervals; breaking off cancels it.
pub(crate) type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// Exports what a source has.
pub(crate) fn run(
    source: &Source,
    job: ExportJob,
    progress: &mut OnProgress<'_>,
) -> Result<Summary, ExportError> {
    let mut export = Export {
        source,
        progress,
        summary: Summary::default(),
    };
    let ExportJob {
        format,
        target,
        names,
    } = job;
    if format == Format::Raw {
        let folder = OutputFolder::open(target)?;
        export.to(RawWriter::new(folder.beside()), &folder.called())?;
        folder.finish()?;
        return Ok(export.summary);
    }
    let mut file = OutputFile::open(target)?;
    let called = file.called();
    match format {
        Format::Text => export.to(TextWriter::new(&mut file, &names), &called)?,
        Format::Csv => export.to(CsvWriter::new(&mut file, &names), &called)?,
        Format::JsonLines => export.to(JsonWriter::new(&mut file, &names), &called)?,
        Format::Raw => return Err(ExportError::NeedsFolder),
    }
    file.finish()?;
    Ok(export.summary)
}

/// An export under way.
struct Export<'a, 'p> {
    source: &'a Source,
    progress: &'a mut OnProgress<'p>,
    summary: Summary,
}

impl Export<'_, '_> {
    /// Writes all entries, whose place is called so when writing fails.
    fn to(&mut self, mut writer: impl EntryWriter, called: &Called) -> Result<(), ExportError> {
        let failed = |error: io::Error| called.write_error(error);
        self.note_given_up(0, self.source.given_up());
        let total = self.source.places();
        let mut due = (0, 0);
        for done in 0..total {
            if done >= due.0 || self.summary.bytes >= due.1 {
                due = (done + STEP_ENTRIES, self.summary.bytes + STEP_BYTES);
                if (self.progress)(Progress { done, total }).is_break() {
                    return Err(ExportError::Cancelled);
                }
            }
            if let Some(entry) = self.read(done)? {
                writer
                    .write(&entry, &mut self.summary.unfaithful)
                    .map_err(failed)?;
            }
        }
        writer.finish().map_err(failed)
    }

    fn read(&mut self, place: u64) -> Result<Option<Entry>, ExportError> {
        match self.source.entry(place)? {
            Found::Here(entry) => {
                self.count(&entry);
                Ok(Some(entry))
            }
            Found::NotChosen => Ok(None),
            Found::GivenUp(number) => {
                self.note_given_up(number, 1);
                Ok(None)
            }
            Found::Damaged(entry, error) => {
                self.summary.unfaithful.push(Place {
                    entry,
                    connection: None,
                    lack: Lack::Damaged(error),
                });
                Ok(None)
            }
        }
    }

    fn count(&mut self, entry: &Entry) {
        self.summary.entries += 1;
        if let Some(payload) = entry.payload() {
            self.summary.bytes += payload.bytes.len() as u64;
        }
        if let Some(lack) = lack(entry) {
            let link = entry.event.link.as_deref();
            self.summary.unfaithful.push(Place {
                entry: entry.number,
                connection: link.map(|link| link.connection),
                lack,
            });
        }
    }

    fn note_given_up(&mut self, entry: u64, entries: u64) {
        if entries > 0 {
            self.summary.unfaithful.push(Place {
                entry,
                connection: None,
                lack: Lack::GivenUp { entries },
            });
        }
    }
}

/// Returns what the record itself lacks of an entry, or before it.
fn lack(entry: &Entry) -> Option<Lack> {
    let cut = |direction, kept: usize| {
        let (kept_bytes, size_bytes) = (kept as u64, entry.size_bytes);
        (kept_bytes < size_bytes).then_some(Lack::Cut {
            direction,
            kept_bytes,
            size_bytes,
        })
    };
    match &entry.event.kind {
        EventKind::Received { payload } => cut(Direction::Received, payload.bytes.len()),
        EventKind::Sent { payload, .. } => cut(Direction::Sent, payload.bytes.len()),
        EventKind::Missing { direction, bytes } => Some(Lack::Missing {
            direction: *direction,
            bytes: *bytes,
        }),
        EventKind::NotRecorded { entries } => Some(Lack::NotRecorded { entries: *entries }),
        _ => None,
    }
}
