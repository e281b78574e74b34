//! Entries as JSON lines: one object per line, without keys that do not apply.

mod keys;
mod tls_keys;
mod udp_keys;

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::SystemTime;

use serde::Serialize;

use super::both_ends::BothEnds;
use super::event_names::event_name;
use super::names::ExportNames;
use super::summary::{self, Unfaithful};
use super::texts::ChunkTexts;
use super::time;
use super::writer::{EntryWriter, payload_len};
use crate::capture::store::CutShort;
use crate::capture::{Encodings, Entry, Remark, Say, UnreadRun};
use crate::net::{EndpointId, Stamp};
use crate::payload::{StreamEnd, TextStart, VisibleText, hex};
use keys::{LineHead, Tail};

/// The event of entries that are not on record.
const NOT_RECORDED: &str = "not_recorded";

/// Makes the lines of a session's entries, in order.
#[derive(Debug)]
pub(crate) struct JsonLines {
    texts: ChunkTexts,
    /// The ends of connections that have begun.
    ends: BothEnds,
    /// The text of the current entry; kept to use its memory again.
    text: Vec<u8>,
    say: &'static dyn Say,
}

/// What a stream of lines lacks, or the record behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonLack<'a> {
    /// Whether lines are missing here. Otherwise what follows is not recorded.
    pub(crate) is_gap: bool,
    /// When the first of the entries happened.
    pub(crate) stamp: Stamp,
    /// When the first of the entries happened.
    pub(crate) time: SystemTime,
    /// How many entries, if that is known.
    pub(crate) entries: Option<u64>,
    /// Why.
    pub(crate) reason: Option<&'a str>,
}

/// The keys of a frame besides those of its bytes.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct FrameKeys {
    /// Its offset in the stream.
    pub(crate) offset: u64,
    /// When its first byte was read or written.
    pub(crate) began_ns: u64,
    /// How many reads or writes it spans.
    pub(crate) chunks: u64,
    /// Whether it passed its check; `None` without a check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) good: Option<bool>,
    /// Why it did not.
    #[serde(skip)]
    pub(crate) fault: Option<String>,
}

impl JsonLines {
    /// Starts the lines of a session with its endpoints' encodings; `say` provides the text of `reason`.
    pub(crate) fn new(encodings: Encodings, say: &'static dyn Say) -> Self {
        Self {
            texts: ChunkTexts::new(encodings),
            ends: BothEnds::default(),
            text: Vec::new(),
            say,
        }
    }

    /// Appends the line of a frame; `entry` holds its bytes instead of a chunk's.
    pub(crate) fn frame(
        &mut self,
        entry: &Entry,
        endpoint: Option<&str>,
        keys: &FrameKeys,
        output: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        let Some(payload) = entry.payload() else {
            return Ok(());
        };
        self.text.clear();
        let start = TextStart::from(self.texts.encoding(entry));
        start.escape_into(&mut self.text, &payload.bytes, StreamEnd::Ended);
        let (text, reason) = (Some(self.text.as_slice()), keys.fault.as_deref());
        push_line(output, entry, endpoint, text, reason, Some(keys))
    }

    /// Appends the line of an entry, with its line feed.
    pub(crate) fn line(
        &mut self,
        entry: &Entry,
        endpoint: Option<&str>,
        output: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        self.text.clear();
        let has_text = self.texts.push(entry, &mut self.text);
        let text = has_text.then_some(self.text.as_slice());
        // It may quote what another program or another capture called something.
        let reason = self.say.reason(entry);
        let reason = reason.map(|reason| VisibleText::plain(reason).text);
        push_line(output, entry, endpoint, text, reason.as_deref(), None)?;
        if self.ends.begins_pair(entry) {
            serde_json::to_writer(&mut *output, &LineHead::of(entry, "paired", endpoint))?;
            output.push(b'\n');
        }
        Ok(())
    }

    /// Appends the line that says that entries cannot be read.
    fn unreadable(&mut self, run: &UnreadRun, output: &mut Vec<u8>) -> serde_json::Result<()> {
        #[derive(Serialize)]
        struct Damaged<'a> {
            event: &'static str,
            entries: u64,
            reason: &'a str,
        }

        // The state of the text before what follows is not known.
        self.texts.skip();
        let object = Damaged {
            event: "damaged",
            entries: run.count,
            reason: &self.say.unreadable(&run.why).text,
        };
        serde_json::to_writer(&mut *output, &object)?;
        output.push(b'\n');
        Ok(())
    }

    /// Appends the line that says that recording was cut short.
    fn cut_short(&mut self, cut: CutShort, output: &mut Vec<u8>) -> serde_json::Result<()> {
        #[derive(Serialize)]
        struct Object<'a> {
            event: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            entries: Option<u64>,
            reason: &'a str,
        }

        let object = Object {
            event: NOT_RECORDED,
            entries: Some(cut.unrecorded).filter(|&entries| cut.is_counted && entries > 0),
            reason: &self.say.remark(Remark::CutShort(cut)),
        };
        serde_json::to_writer(&mut *output, &object)?;
        output.push(b'\n');
        Ok(())
    }

    /// Appends the line that says that entries could not be written, or are not on record.
    pub(crate) fn lack(
        &mut self,
        lack: &JsonLack<'_>,
        output: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        #[derive(Serialize)]
        struct Object<'a> {
            event: &'static str,
            time: String,
            elapsed_ns: u64,
            #[serde(skip_serializing_if = "Option::is_none")]
            entries: Option<u64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            reason: Option<&'a str>,
        }

        if lack.is_gap {
            // The state of the text before what follows is not known.
            self.texts.skip();
        }
        let object = Object {
            event: if lack.is_gap {
                "not_written"
            } else {
                NOT_RECORDED
            },
            time: time::utc(lack.time),
            elapsed_ns: lack.stamp.0,
            entries: lack.entries,
            reason: lack.reason,
        };
        serde_json::to_writer(&mut *output, &object)?;
        output.push(b'\n');
        Ok(())
    }
}

/// Writes JSON lines.
pub(super) struct JsonWriter<W> {
    output: W,
    names: ExportNames,
    lines: JsonLines,
    /// The current line; kept to use its memory again.
    line: Vec<u8>,
}

impl<W: Write> JsonWriter<W> {
    pub(super) fn new(
        output: W,
        names: &HashMap<EndpointId, String>,
        encodings: Encodings,
        say: &'static dyn Say,
    ) -> Self {
        Self {
            output,
            names: ExportNames::new(names),
            lines: JsonLines::new(encodings, say),
            line: Vec::new(),
        }
    }
}

impl<W: Write> EntryWriter for JsonWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<u64> {
        let name = self.names.get(entry.event.endpoint);
        self.line.clear();
        self.lines.line(entry, name.as_deref(), &mut self.line)?;
        self.output.write_all(&self.line)?;
        Ok(payload_len(entry))
    }

    fn unreadable(&mut self, run: &UnreadRun) -> io::Result<()> {
        self.line.clear();
        self.lines.unreadable(run, &mut self.line)?;
        self.output.write_all(&self.line)
    }

    fn cut_short(&mut self, cut: CutShort, _: u64) -> io::Result<()> {
        self.line.clear();
        self.lines.cut_short(cut, &mut self.line)?;
        self.output.write_all(&self.line)
    }
}

/// Appends an object with these keys to a line. The bytes are appended in both forms without a detour through strings.
fn push_line(
    output: &mut Vec<u8>,
    entry: &Entry,
    endpoint: Option<&str>,
    text: Option<&[u8]>,
    reason: Option<&str>,
    frame: Option<&FrameKeys>,
) -> serde_json::Result<()> {
    let kind = &entry.event.kind;
    let payload = entry.payload();
    let head = LineHead::of(entry, event_name(kind), endpoint);
    serde_json::to_writer(&mut *output, &head)?;
    // The object continues.
    output.pop();
    if let Some(text) = text {
        output.extend_from_slice(br#","text":""#);
        push_quoted(output, text);
        output.push(b'"');
    }
    if let Some(payload) = payload {
        output.extend_from_slice(br#","hex":""#);
        hex::render_compact_into(output, &payload.bytes);
        output.push(b'"');
    }
    match Tail::of(entry, reason, frame) {
        Some(tail) => {
            let begin = output.len();
            serde_json::to_writer(&mut *output, &tail)?;
            // Its opening brace.
            if let Some(brace) = output.get_mut(begin) {
                *brace = b',';
            }
        }
        None => output.push(b'}'),
    }
    output.push(b'\n');
    Ok(())
}

/// Appends escaped text as the content of a JSON string. It has no control characters left.
fn push_quoted(line: &mut Vec<u8>, text: &[u8]) {
    let mut done = 0;
    for special in memchr::memchr2_iter(b'"', b'\\', text) {
        line.extend_from_slice(text.get(done..special).unwrap_or_default());
        line.push(b'\\');
        done = special;
    }
    line.extend_from_slice(text.get(done..).unwrap_or_default());
}

#[cfg(test)]
mod tests;
