//! Entries as plain text: one line each, as in the timeline, with the whole payload.

use std::collections::HashMap;
use std::io::{self, Write};

use jiff::tz::TimeZone;

use super::names::ExportNames;
use super::summary::Unfaithful;
use super::time;
use super::writer::{EntryWriter, payload_len, remark};
use crate::capture::store::CutShort;
use crate::capture::{Entry, EventKind, Remark, Say, UnreadRun};
use crate::net::EndpointId;
use crate::payload::escape;

/// Writes `TIME ENDPOINT: what happened`, and after a colon the escaped payload, from which its exact bytes can be
/// restored.
pub(super) struct TextWriter<W> {
    output: W,
    names: ExportNames,
    say: &'static dyn Say,
    zone: TimeZone,
    /// The current line; kept to use its memory again.
    line: Vec<u8>,
}

impl<W: Write> TextWriter<W> {
    pub(super) fn new(
        output: W,
        names: &HashMap<EndpointId, String>,
        say: &'static dyn Say,
    ) -> Self {
        Self {
            output,
            names: ExportNames::new(names),
            say,
            zone: TimeZone::system(),
            line: Vec::new(),
        }
    }
}

impl<W: Write> EntryWriter for TextWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<u64> {
        let line = &mut self.line;
        line.clear();
        write!(line, "{}  ", time::local(entry.time, &self.zone))?;
        if let Some(name) = self.names.get(entry.event.endpoint) {
            write!(line, "{name}: ")?;
        }
        line.extend_from_slice(self.say.entry(entry).text.as_bytes());
        if let EventKind::Accepted { syn: Some(syn), .. } = &entry.event.kind
            && let Some(syn) = syn.parse()
        {
            write!(line, "; {}", self.say.syn(&syn))?;
        }
        if let Some(payload) = entry.payload() {
            line.extend_from_slice(b": ");
            escape::render_into(line, &payload.bytes);
        }
        line.push(b'\n');
        self.output.write_all(line)?;
        Ok(payload_len(entry))
    }

    fn unreadable(&mut self, run: &UnreadRun) -> io::Result<()> {
        writeln!(self.output, "{}", self.say.remark(remark(run)))
    }

    fn cut_short(&mut self, cut: CutShort, _: u64) -> io::Result<()> {
        writeln!(self.output, "{}", self.say.remark(Remark::CutShort(cut)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{
        VariantNames, accepted, closed, entries, event, received, sent,
    };

    #[test]
    fn each_entry_is_a_line_with_its_exact_bytes() {
        let names = HashMap::from([(EndpointId(1), "Press\n1".to_owned())]);
        let mut lines = Vec::new();
        let mut writer = TextWriter::new(&mut lines, &names, &VariantNames);
        writer.zone = TimeZone::fixed(jiff::tz::offset(2));
        let mut entries = entries([
            event(1, 1, 7, accepted()),
            event(2, 1, 7, received(1, b"\xE6\x97")),
            event(3, 1, 7, received(2, b"\xA5\\\r\n\x1B")),
            event(4, 2, 8, sent(3, b"first")),
            event(5, 1, 7, closed()),
        ]);
        entries[3].size_bytes = 2_000;
        for entry in &entries {
            writer.write(entry, &mut Unfaithful::default()).unwrap();
        }
        assert_eq!(
            String::from_utf8(lines).unwrap(),
            r"1970-01-01T02:00:00.000001+02:00  Press\n1: Accepted 127.0.0.1:53122
1970-01-01T02:00:00.000002+02:00  Press\n1: Received 127.0.0.1:53122: \xE6\x97
1970-01-01T02:00:00.000003+02:00  Press\n1: Received 127.0.0.1:53122: \xA5\\\r\n\x1B
1970-01-01T02:00:00.000004+02:00  endpoint 2: Sent 127.0.0.1:53122: first
1970-01-01T02:00:00.000005+02:00  Press\n1: Closed 127.0.0.1:53122
"
        );
    }
}
