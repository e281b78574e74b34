//! Entries as comma-separated values (RFC 4180), for spreadsheets and scripts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::str;

use super::event_names;
use super::names::ExportNames;
use super::summary::{self, Unfaithful};
use super::texts::ChunkTexts;
use super::time;
use super::writer::{EntryWriter, payload_len, remark};
use crate::capture::EventKind;
use crate::capture::store::CutShort;
use crate::capture::{Encodings, Entry, Remark, Say, UnreadRun};
use crate::net::{Direction, EndpointId};
use crate::payload::{StreamEnd, TextStart, hex};

/// The columns. Releases never rename or reorder them.
const COLUMNS: [&str; 13] = [
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
    "entry",
    "part",
];

/// The most characters in a cell, as UTF-16 counts them ("Excel specifications and limits").
const CELL_UNITS: usize = 32_767;
/// The most bytes in a row: two digits each fit in a cell.
const ROW_BYTES: usize = CELL_UNITS / 2;
/// The most characters of words in a cell: they fit even if each needs two UTF-16 units, or an apostrophe before it.
const WORDS_CHARS: usize = 16_000;
/// The longest escape, `\u{10FFFF}`.
const ESCAPE_LEN: usize = 10;

/// Writes entries, in UTF-8 with CRLF: one row each, or several for an entry that does not fit in the cells of one.
///
/// `hex` holds the exact bytes. `text` is as in JSON lines, or says what happened for a lifecycle entry. Fields with
/// foreign content (`endpoint`, `text`) get an apostrophe before characters that would make a spreadsheet take them for
/// a formula.
///
/// The rows of an entry have its number and count their `part` from 1. Together, their `hex` is its bytes, and their
/// `text`, without the apostrophes, its text. A character that spans two rows is in the second one, as with two entries.
/// Only the first row has a `length`, so that lengths add up.
pub(super) struct CsvWriter<W> {
    output: W,
    names: ExportNames,
    texts: ChunkTexts,
    say: &'static dyn Say,
    has_head: bool,
    /// These are kept to use their memory again.
    row: Row,
    text: Vec<u8>,
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
            names: ExportNames::new(names),
            texts: ChunkTexts::new(encodings),
            say,
            has_head: false,
            row: Row::default(),
            text: Vec::new(),
        }
    }

    fn head(&mut self) -> io::Result<()> {
        if self.has_head {
            return Ok(());
        }
        self.has_head = true;
        write!(self.output, "{}\r\n", COLUMNS.join(","))
    }

    /// Writes the rows of a chunk.
    fn chunk(&mut self, entry: &Entry, bytes: &[u8]) -> io::Result<()> {
        let (mut start, end) = self.texts.start(entry);
        let mut rest = bytes;
        loop {
            let len = self.fit(start, rest, end);
            let (bytes, after) = rest.split_at(len);
            self.row.write(&mut self.output, bytes)?;
            if after.is_empty() {
                return Ok(());
            }
            (start, rest) = (start.advance(bytes), after);
        }
    }

    /// Puts the text of the next bytes in the row, and returns how many fit.
    fn fit(&mut self, start: TextStart, rest: &[u8], end: StreamEnd) -> usize {
        let mut len = rest.len().min(ROW_BYTES);
        loop {
            let bytes = rest.get(..len).unwrap_or(rest);
            let is_last = bytes.len() == rest.len();
            self.text.clear();
            let end = if is_last { end } else { StreamEnd::Open };
            start.escape_into(&mut self.text, bytes, end);
            self.row
                .set_text(str::from_utf8(&self.text).unwrap_or_default());
            // Each byte becomes at most eight characters, so a few halves are enough.
            if len <= 1 || self.row.fits() {
                return bytes.len();
            }
            len /= 2;
        }
    }

    /// Writes the rows of words.
    fn words(&mut self, words: &str) -> io::Result<()> {
        let mut rest = words;
        loop {
            let (words, after) = split_words(rest);
            self.row.set_text(words);
            self.row.write(&mut self.output, &[])?;
            if after.is_empty() {
                return Ok(());
            }
            rest = after;
        }
    }
}

impl<W: Write> EntryWriter for CsvWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<u64> {
        self.head()?;
        self.row
            .begin(entry, self.names.get(entry.event.endpoint))?;
        let payload = entry.payload().filter(|_| entry.event.link.is_some());
        if let Some(payload) = payload {
            self.chunk(entry, &payload.bytes)?;
            return Ok(payload_len(entry));
        }
        self.texts.unfinished(entry);
        self.words(&self.say.entry(entry).text)?;
        Ok(0)
    }

    fn unreadable(&mut self, run: &UnreadRun) -> io::Result<()> {
        self.head()?;
        // The state of the text before what follows is not known.
        self.texts.skip();
        self.row.begin_without_entry("damaged", run.first);
        self.words(&self.say.remark(remark(run)))
    }

    fn cut_short(&mut self, cut: CutShort, next: u64) -> io::Result<()> {
        self.head()?;
        self.row.begin_without_entry("not_recorded", next);
        self.words(&self.say.remark(Remark::CutShort(cut)))
    }

    fn finish(mut self) -> io::Result<()> {
        self.head()
    }
}

/// A row in the making.
#[derive(Debug, Default)]
struct Row {
    /// The cells that all rows of an entry share, up to `event`.
    shared: Vec<u8>,
    length: Option<u64>,
    text: String,
    entry: u64,
    part: u64,
    line: Vec<u8>,
}

impl Row {
    /// Starts the rows of an entry.
    fn begin(&mut self, entry: &Entry, endpoint: Option<Cow<'_, str>>) -> io::Result<()> {
        let event = &entry.event;
        let link = event.link.as_deref();
        let (direction, length) = stream(entry).unzip();
        (self.length, self.entry, self.part) = (length, entry.number, 0);
        let shared = &mut self.shared;
        shared.clear();
        write!(shared, "{},{},", time::utc(entry.time), event.stamp.0)?;
        self.text.clear();
        let endpoint = endpoint.unwrap_or_default();
        guard_into(&mut self.text, split_words(&endpoint).0);
        push_field(shared, &self.text);
        for cell in [
            written(link.map(|link| link.connection)),
            written(event_names::local(entry)),
            written(link.map(|link| &link.peer)),
            written(direction.map(summary::name)),
            event_names::event_name(&event.kind).to_owned(),
        ] {
            write!(shared, ",{cell}")?;
        }
        Ok(())
    }

    /// Starts the rows of entries of which only the number of the first is known.
    fn begin_without_entry(&mut self, event: &str, first: u64) {
        (self.length, self.entry, self.part) = (None, first, 0);
        self.shared.clear();
        self.shared.extend_from_slice(b",,,,,,,");
        self.shared.extend_from_slice(event.as_bytes());
    }

    fn set_text(&mut self, text: &str) {
        self.text.clear();
        guard_into(&mut self.text, text);
    }

    /// Returns whether the text fits in a cell.
    fn fits(&self) -> bool {
        self.text.len() <= CELL_UNITS || self.text.encode_utf16().count() <= CELL_UNITS
    }

    /// Writes the next row, with the text that was set.
    fn write(&mut self, output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
        self.part += 1;
        let line = &mut self.line;
        line.clear();
        line.extend_from_slice(&self.shared);
        write!(line, ",{},", written(self.length.take()))?;
        hex::render_compact_into(line, bytes);
        line.push(b',');
        push_field(line, &self.text);
        write!(line, ",{},{}\r\n", self.entry, self.part)?;
        output.write_all(line)
    }
}

fn written(cell: Option<impl ToString>) -> String {
    cell.map_or_else(String::new, |cell| cell.to_string())
}

/// Returns the direction of an entry's stream, and the number of its bytes.
fn stream(entry: &Entry) -> Option<(Direction, u64)> {
    match entry.event.kind {
        EventKind::Missing { direction, bytes } => Some((direction, bytes)),
        ref kind => Some((kind.direction()?, entry.size_bytes)),
    }
}

/// Splits words that do not fit in a cell, but no escape.
fn split_words(words: &str) -> (&str, &str) {
    let Some((end, _)) = words.char_indices().nth(WORDS_CHARS) else {
        return (words, "");
    };
    let (head, _) = words.split_at(end);
    let escape = head.rfind('\\').filter(|at| end - at < ESCAPE_LEN);
    words.split_at(escape.unwrap_or(end))
}

/// Appends a field, with an apostrophe before anything a spreadsheet would take for a formula (OWASP, "CSV Injection"):
/// at the beginning, and after each semicolon, which separates cells where the comma is the decimal mark.
fn guard_into(guarded: &mut String, field: &str) {
    for (place, cell) in field.split(';').enumerate() {
        if place > 0 {
            guarded.push(';');
        }
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
            guarded.push('\'');
        }
        guarded.push_str(cell);
    }
}

fn push_field(line: &mut Vec<u8>, field: &str) {
    if !field.contains(['"', ',', '\r', '\n']) {
        return line.extend_from_slice(field.as_bytes());
    }
    line.push(b'"');
    for (place, piece) in field.split('"').enumerate() {
        if place > 0 {
            line.extend_from_slice(b"\"\"");
        }
        line.extend_from_slice(piece.as_bytes());
    }
    line.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::Event;
    use crate::capture::SESSION;
    use crate::capture::synthetic::{
        VariantNames, accepted, entries, event, listening, received, sent,
    };

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
                "1970-01-01T00:00:00.000001Z,1000,Server 1,,127.0.0.1:9000,,,listening,,,Listening,0,1",
                "1970-01-01T00:00:00.000002Z,2000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,,accepted,,,Accepted 127.0.0.1:53122,1,1",
                "1970-01-01T00:00:00.000003Z,3000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,received,received,2,e697,,2,1",
                r"1970-01-01T00:00:00.000004Z,4000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,received,received,4,a50d0aff,日\r\n\xFF,3,1",
                "1970-01-01T00:00:00.000005Z,5000,,,,,,clock_adjusted,,,ClockAdjusted,4,1",
                "1970-01-01T00:00:00.000006Z,6000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,,finished,,,WeFinished 127.0.0.1:53122,5,1",
                "1970-01-01T00:00:00.000007Z,7000,Server 1,7,127.0.0.1:9000,127.0.0.1:53122,sent,missing,9,,Missing 127.0.0.1:53122,6,1",
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
                 sent,sent,{},{hex},{text},0,1",
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
        assert!(
            lines.ends_with(",sent,sent,2000,616263,abc,0,1\r\n"),
            "{lines}"
        );
    }

    /// The cells of a row without quotes in the first eight.
    struct Part {
        length: String,
        hex: String,
        text: String,
        place: (u64, u64),
    }

    /// Splits the rows of a file; a field within quotes may hold commas, but no line break.
    fn parts(csv: &str) -> Vec<Part> {
        let rows = csv.split_terminator("\r\n").skip(1);
        let part = |row: &str| {
            let cells: Vec<&str> = row.splitn(11, ',').collect();
            let [text, entry, part] = cells[10].rsplitn(3, ',').collect::<Vec<_>>()[..]
                .iter()
                .rev()
                .copied()
                .collect::<Vec<_>>()[..]
            else {
                panic!("{row}")
            };
            let text = text.strip_prefix('"').map_or(text.to_owned(), |text| {
                text.strip_suffix('"').unwrap().replace("\"\"", "\"")
            });
            Part {
                length: cells[8].to_owned(),
                hex: cells[9].to_owned(),
                text,
                place: (entry.parse().unwrap(), part.parse().unwrap()),
            }
        };
        rows.map(part).collect()
    }

    #[test]
    fn what_does_not_fit_in_a_cell_continues_in_further_rows() {
        let check = |bytes: &[u8], rows: usize, text: &str| {
            let csv = written(
                vec![event(0, 1, 7, accepted()), event(1, 1, 7, sent(1, bytes))],
                |_| {},
            );
            let parts = parts(&csv);
            let parts = &parts[1..];
            assert_eq!(parts.len(), rows);
            for (place, part) in (1..).zip(parts) {
                assert_eq!(part.place, (1, place));
                assert!(part.hex.len() <= CELL_UNITS);
                assert!(part.text.encode_utf16().count() <= CELL_UNITS);
                assert!(!part.text.starts_with(['=', '+', '-', '@']));
                let length = if place == 1 {
                    bytes.len().to_string()
                } else {
                    String::new()
                };
                assert_eq!(part.length, length);
            }
            let hex: String = parts.iter().map(|part| part.hex.as_str()).collect();
            assert_eq!(hex, hex::render_compact(bytes));
            let joined: String = parts.iter().map(|part| part.text.as_str()).collect();
            assert_eq!(joined.replace('\'', ""), text);
        };
        check(b"", 1, "");
        check(&[b'a'; ROW_BYTES], 1, &"a".repeat(ROW_BYTES));
        check(&[b'a'; ROW_BYTES + 1], 2, &"a".repeat(ROW_BYTES + 1));
        // Each row begins with what a spreadsheet would take for a formula.
        check(&vec![b'='; 40_000], 3, &"=".repeat(40_000));
        // An apostrophe for each.
        check(&b";=".repeat(16_383), 2, &";=".repeat(16_383));
        // Escapes, and quotes that are doubled but count once.
        check(&[0xFF; 16_383], 3, &r"\xFF".repeat(16_383));
        check(&[b'"'; 16_383], 1, &"\"".repeat(16_383));
        // Characters of three and four bytes, across the ends of rows.
        check("日".repeat(20_000).as_bytes(), 4, &"日".repeat(20_000));
        check("x😀".repeat(9_000).as_bytes(), 3, &"x😀".repeat(9_000));
    }

    #[test]
    fn a_row_holds_whole_escapes_and_characters() {
        let mixed = "é\u{200B}=\n日\u{202E};-\\".repeat(4_000);
        let csv = written(vec![event(0, 1, 7, sent(1, mixed.as_bytes()))], |_| {});
        let parts = parts(&csv);
        assert!(parts.len() > 2);
        let mut bytes = Vec::new();
        for part in &parts {
            let text = part.text.replace('\'', "");
            bytes.extend(crate::payload::escape::parse(&text).unwrap());
        }
        assert_eq!(String::from_utf8(bytes).unwrap(), mixed);
    }

    #[test]
    fn long_words_are_split_between_escapes() {
        let words = "a".repeat(WORDS_CHARS - 3) + r"\u{202E}" + &"😀".repeat(WORDS_CHARS);
        let (first, rest) = split_words(&words);
        assert_eq!(first, "a".repeat(WORDS_CHARS - 3));
        let (second, rest) = split_words(rest);
        assert!(second.encode_utf16().count() <= CELL_UNITS);
        assert_eq!(rest, "😀".repeat(8));
        assert_eq!(split_words("short"), ("short", ""));
    }
}
