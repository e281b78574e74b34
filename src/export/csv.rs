//! Entries as comma-separated values (RFC 4180), for spreadsheets and scripts.

use std::collections::HashMap;
use std::io::{self, Write};

use super::json;
use super::names::Names;
use super::summary::{self, Unfaithful};
use super::texts::ChunkTexts;
use super::time;
use super::writer::EntryWriter;
use crate::capture::{Encodings, Entry, Say};
use crate::net::{Direction, EndpointId, EventKind};
use crate::payload::hex;

/// The columns. Releases never rename or reorder them.
const COLUMNS: [&str; 11] = [
    "time_rfc3339",
    "elapsed_ns",
    "endpoint",
    "connection",
    "local",
    "peer",
    "direction",
    "event",
    "length",
    "hex",
    "text",
];

/// Writes one line per entry, in UTF-8 with CRLF.
///
/// `hex` holds the exact bytes. `text` is as in JSON lines, or says what happened for a lifecycle entry. Fields with
/// foreign content (`endpoint`, `text`) get an apostrophe before characters that would make a spreadsheet take them for
/// a formula.
pub(super) struct CsvWriter<W> {
    output: W,
    names: Names,
    texts: ChunkTexts,
    say: &'static dyn Say,
    has_head: bool,
}

impl<W: Write> CsvWriter<W> {
    pub(super) fn new(
        output: W,
        names: &HashMap<EndpointId, String>,
        encodings: Encodings,
        say: &'static dyn Say,
    ) -> Self {
        Self {
            output,
            names: Names::new(names),
            texts: ChunkTexts::new(encodings),
            say,
            has_head: false,
        }
    }

    fn head(&mut self) -> io::Result<()> {
        if self.has_head {
            return Ok(());
        }
        self.has_head = true;
        self.line(&COLUMNS.map(str::to_owned))
    }

    fn line(&mut self, fields: &[String; COLUMNS.len()]) -> io::Result<()> {
        for (place, field) in fields.iter().enumerate() {
            if place > 0 {
                self.output.write_all(b",")?;
            }
            write_field(&mut self.output, field)?;
        }
        self.output.write_all(b"\r\n")
    }
}

impl<W: Write> EntryWriter for CsvWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<()> {
        self.head()?;
        let event = &entry.event;
        let link = event.link.as_deref();
        let payload = entry.payload();
        let (direction, length) = stream(entry).unzip();
        let text = self.texts.of(entry).filter(|_| payload.is_some());
        let text = text.unwrap_or_else(|| self.say.entry(entry).text);
        self.line(&[
            time::utc(entry.time),
            event.stamp.0.to_string(),
            guarded(self.names.get(event.endpoint).unwrap_or_default()),
            written(link.map(|link| link.connection)),
            written(json::local(entry)),
            written(link.map(|link| link.peer)),
            written(direction.map(summary::name)),
            json::event_name(&event.kind).to_owned(),
            written(length),
            written(payload.map(|payload| hex::render_compact(&payload.bytes))),
            guarded(text),
        ])
    }

    fn finish(mut self) -> io::Result<()> {
        self.head()
    }
}

fn written(field: Option<impl ToString>) -> String {
    field.map_or_else(String::new, |field| field.to_string())
}

/// Returns the direction of an entry's stream, and the number of its bytes.
fn stream(entry: &Entry) -> Option<(Direction, u64)> {
    match entry.event.kind {
        EventKind::Missing { direction, bytes } => Some((direction, bytes)),
        ref kind => Some((kind.direction()?, entry.size_bytes)),
    }
}

/// Adds an apostrophe before anything a spreadsheet would take for a formula (OWASP, "CSV Injection"): at the
/// beginning, and after each semicolon, which separates cells where the comma is the decimal mark.
fn guarded(field: String) -> String {
    let is_formula = |cell: &str| {
        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    };
    if !field.split(';').any(is_formula) {
        return field;
    }
    let cells = field.split(';').map(|cell| {
        let guard = if is_formula(cell) { "'" } else { "" };
        format!("{guard}{cell}")
    });
    cells.collect::<Vec<_>>().join(";")
}

fn write_field(output: &mut impl Write, field: &str) -> io::Result<()> {
    if field.contains(['"', ',', '\r', '\n']) {
        write!(output, "\"{}\"", field.replace('"', "\"\""))
    } else {
        output.write_all(field.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::SESSION;
    use crate::capture::synthetic::{
        VariantNames, accepted, entries, event, listening, received, sent,
    };
    use crate::net::Event;

    fn written(events: Vec<Event>, change: impl FnOnce(&mut Vec<Entry>)) -> String {
        let names = HashMap::from([
            (EndpointId(1), "Server 1".to_owned()),
            (EndpointId(2), "@home, \"mine\"".to_owned()),
        ]);
        let mut output = Vec::new();
        let mut writer = CsvWriter::new(&mut output, &names, Encodings::default(), &VariantNames);
        let mut entries = entries(events);
        change(&mut entries);
        for entry in &entries {
            writer.write(entry, &mut Unfaithful::default()).unwrap();
        }
        writer.finish().unwrap();
        String::from_utf8(output).unwrap()
    }

    fn check(events: Vec<Event>, expected: &[&str]) {
        let mut lines = vec![COLUMNS.join(",")];
        lines.extend(expected.iter().map(|&line| line.to_owned()));
        assert_eq!(written(events, |_| {}), lines.join("\r\n") + "\r\n");
    }

    #[test]
    fn entries_fill_the_columns_that_apply() {
        check(vec![], &[]);
        check(
            vec![
                event(1, 1, 0, listening()),
                event(2, 1, 7, accepted()),
                event(3, 1, 7, received(1, b"\xE6\x97")),
                event(4, 1, 7, received(2, b"\xA5\r\n\xFF")),
                event(
                    5,
                    SESSION.0,
                    0,
                    EventKind::ClockAdjusted {
                        by_nanos: -20_000_000,
                    },
                ),
                event(6, 1, 7, EventKind::WeFinished),
                event(
                    7,
                    1,
                    7,
                    EventKind::Missing {
                        direction: Direction::Sent,
                        bytes: 9,
                    },
                ),
            ],
            &[
                "1970-01-01T00:00:00.000001Z,1000,Server 1,,127.0.0.1:9000,,,listening,,,Listening",
                "1970-01-01T00:00:00.000002Z,2000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,,accepted,,,Accepted 127.0.0.1:53122",
                "1970-01-01T00:00:00.000003Z,3000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,received,received,2,e697,",
                r"1970-01-01T00:00:00.000004Z,4000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,received,received,4,a50d0aff,日\r\n\xFF",
                "1970-01-01T00:00:00.000005Z,5000,,,,,,clock_adjusted,,,ClockAdjusted",
                "1970-01-01T00:00:00.000006Z,6000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,,we_finished,,,WeFinished 127.0.0.1:53122",
                "1970-01-01T00:00:00.000007Z,7000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,sent,missing,9,,Missing 127.0.0.1:53122",
            ],
        );
    }

    #[test]
    fn hostile_fields_are_quoted_and_never_formulas() {
        let check = |bytes: &[u8], hex: &str, text: &str| {
            let line = written(vec![event(1, 2, 7, sent(1, bytes))], |_| {});
            let line = line.lines().nth(1).unwrap().to_owned();
            let expected = format!(
                "1970-01-01T00:00:00.000001Z,1000,\"'@home, \"\"mine\"\"\",7,127.0.0.1:9000,127.0.0.1:53122,\
                 sent,sent,{},{hex},{text}",
                bytes.len()
            );
            assert_eq!(line, expected);
        };
        check(b"=1+1", "3d312b31", "'=1+1");
        check(b"+1", "2b31", "'+1");
        check(b"-1", "2d31", "'-1");
        check(b"@A1", "404131", "'@A1");
        check("＝1".as_bytes(), "efbc9d31", "'＝1");
        check(b"\t=1", "093d31", r"\t=1");
        check(b"\r=1", "0d3d31", r"\r=1");
        check(b"a\"b,c", "6122622c63", r#""a""b,c""#);
        check(b"1=1", "313d31", "1=1");
        check(b"a;=1+1;b", "613b3d312b313b62", "a;'=1+1;b");
    }

    #[test]
    fn a_cut_chunk_has_its_whole_length() {
        let lines = written(vec![event(1, 1, 7, sent(1, b"abc"))], |entries| {
            entries[0].size_bytes = 2_000;
        });
        assert!(lines.ends_with(",sent,sent,2000,616263,abc\r\n"), "{lines}");
    }
}
