//! The table of a session's frames. It is derived from the recording and stored next to it, in an unnamed temporary
//! file.
//!
//! Rows are in the order of completion, with entries that are not chunks between them, and are only appended. A chunk
//! of many frames has one [`TableMark`]. For the frames that start and end in the chunk, only their number is kept;
//! they are cut again when they are shown.

use std::fs::File;
use std::io::{self, Write as _};
use std::mem::discriminant;
use std::ops::Range;
use std::path::Path;

use super::framer::CutFrame;
use crate::capture::entry::StreamId;
use crate::capture::row::FrameMark;
use crate::capture::store::read_exact_at;
use crate::net::{ConnectionId, Direction};
use crate::payload::framing::Fault;

/// The size of a mark in the file, in words of 64 bits.
const MARK_WORDS: usize = 7;
/// How many marks are buffered in memory before they are written.
const WAITING_MARKS: usize = 4_096;

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TableRow {
    /// An entry shown as it is.
    Entry(u64),
    /// A frame.
    Frame(StoredFrame),
}

/// A frame as stored in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredFrame {
    /// The stream.
    pub(crate) stream: StreamId,
    /// Its range in the stream.
    pub(crate) range: Range<u64>,
    /// The entry with its first byte.
    pub(crate) first_entry: u64,
    /// The entry with its last byte.
    pub(crate) last_entry: u64,
    /// How many chunks it spans.
    pub(crate) chunks: u32,
    /// Why it breaks its framing's rule, if it does. The value of a wrong length field is lost in the file.
    pub(crate) fault: Option<Fault>,
    /// Whether it passes its check; `None` without a check.
    pub(crate) good: Option<bool>,
}

impl StoredFrame {
    pub(crate) fn new(frame: &CutFrame, good: Option<bool>) -> Self {
        Self {
            stream: frame.stream,
            range: frame.range.clone(),
            first_entry: frame.first.entry,
            last_entry: frame.last.entry,
            chunks: u32::try_from(frame.chunk_count()).unwrap_or(u32::MAX),
            fault: frame.fault,
            good,
        }
    }

    /// Returns its length in bytes.
    pub(crate) fn len_bytes(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Returns whether it obeys its framing's rule and passes its check.
    pub(crate) fn is_good(&self) -> bool {
        self.fault.is_none() && self.good != Some(false)
    }

    /// Returns what its row shows besides its bytes.
    pub(crate) fn mark(&self) -> FrameMark {
        FrameMark {
            first_entry: self.first_entry,
            chunks: self.chunks,
            is_good: self.is_good(),
            is_judged: self.fault.is_some() || self.good.is_some(),
        }
    }
}

/// A stored row, and the number of frames after it that are cut again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableMark {
    /// The number of its row.
    pub(crate) number: u64,
    /// The entry that completes it.
    pub(crate) done: u64,
    /// The row.
    pub(crate) row: TableRow,
    /// How many frames after it start and end in the entry `done`, in which it ends too.
    pub(crate) more: u16,
}

impl TableMark {
    /// Returns the rows that it stands for.
    pub(crate) fn rows(&self) -> Range<u64> {
        self.number..self.number + 1 + u64::from(self.more)
    }
}

/// The table.
#[derive(Debug)]
pub(crate) struct Table {
    file: Option<File>,
    written: u64,
    waiting: Vec<TableMark>,
    rows: u64,
    /// Why no more rows can be written, if so.
    failure: Option<io::Error>,
}

impl Table {
    /// Creates a table next to a capture, or in the system's temporary directory.
    pub(crate) fn create(beside: &Path) -> Self {
        let file = tempfile::tempfile_in(beside).or_else(|_| tempfile::tempfile());
        let (file, failure) = file.map_or_else(|it| (None, Some(it)), |it| (Some(it), None));
        Self {
            file,
            written: 0,
            waiting: Vec::new(),
            rows: 0,
            failure,
        }
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> u64 {
        self.rows
    }

    /// Returns the number of marks.
    pub(crate) fn mark_count(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    /// Returns why no more rows can be written, if so.
    pub(crate) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Appends a row that the entry `done` completes.
    pub(crate) fn push(&mut self, done: u64, row: TableRow) {
        if self.waiting.len() >= WAITING_MARKS && self.failure.is_none() {
            self.failure = self.write().err();
        }
        if self.failure.is_none() {
            self.waiting.push(TableMark {
                number: self.rows,
                done,
                row,
                more: 0,
            });
            self.rows += 1;
        }
    }

    /// Appends `more` frames that start and end in the entry that completes the newest row, where that row ends too.
    /// They directly follow a row.
    pub(crate) fn push_more(&mut self, more: u16) {
        if let Some(mark) = self.waiting.last_mut()
            && more > 0
            && self.failure.is_none()
        {
            mark.more = more;
            self.rows += u64::from(more);
        }
    }

    fn write(&mut self) -> io::Result<()> {
        let words = self.waiting.iter().flat_map(encode);
        let bytes: Vec<_> = words.map(u64::to_le_bytes).collect();
        if let Some(file) = &mut self.file {
            file.write_all(bytes.as_flattened())?;
        }
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Returns a mark by its place.
    pub(crate) fn mark(&self, place: u64) -> Option<TableMark> {
        if let Some(waiting) = place.checked_sub(self.written) {
            return self.waiting.get(usize::try_from(waiting).ok()?).cloned();
        }
        let mut words = [[0; 8]; MARK_WORDS];
        let position = place * size_of_val(&words) as u64;
        read_exact_at(self.file.as_ref()?, words.as_flattened_mut(), position).ok()?;
        decode(words.map(u64::from_le_bytes))
    }

    /// Returns the place of the mark that a row belongs to.
    pub(crate) fn place_of_row(&self, row: u64) -> u64 {
        self.first_mark(|mark| mark.rows().end > row)
    }

    /// Returns the place of the first mark completed by this entry or a later one.
    pub(crate) fn place_from(&self, entry: u64) -> u64 {
        self.first_mark(|mark| mark.done >= entry)
    }

    /// Returns the first row completed by this entry or a later one.
    pub(crate) fn row_from(&self, entry: u64) -> u64 {
        let mark = self.mark(self.place_from(entry));
        mark.map_or(self.rows, |mark| mark.number)
    }

    /// Returns the place of the first mark for which `is_match` is true, as it is for all later marks.
    fn first_mark(&self, is_match: impl Fn(&TableMark) -> bool) -> u64 {
        let (mut low, mut high) = (0, self.mark_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.mark(middle).is_none_or(|mark| is_match(&mark)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

// The last word of a mark, from its lowest bit on: how many frames follow (16 bits), flags (8), fault (8), chunks (32).
const IS_FRAME: u64 = 1 << 16;
const IS_SENT: u64 = 1 << 17;
const IS_CHECKED: u64 = 1 << 18;
const IS_BAD: u64 = 1 << 19;
const FAULT_PLACE: u32 = 24;
const CHUNKS_PLACE: u32 = 32;

/// What the number of a fault stands for, counted from 1; 0 is none.
const FAULTS: [Fault; 6] = [
    Fault::Length(0),
    Fault::Varint,
    Fault::TooLong,
    Fault::Outside,
    Fault::Unfinished,
    Fault::Gap,
];

fn encode(mark: &TableMark) -> [u64; MARK_WORDS] {
    let more = u64::from(mark.more);
    let frame = match &mark.row {
        TableRow::Entry(entry) => return [mark.number, mark.done, *entry, 0, 0, 0, more],
        TableRow::Frame(frame) => frame,
    };
    let narrow = |value: u64| value.min(u32::MAX.into());
    let kind = frame.fault.as_ref().map(discriminant);
    let fault = FAULTS.iter().position(|it| Some(discriminant(it)) == kind);
    let flags = [
        (IS_FRAME, true),
        (IS_SENT, frame.stream.direction == Direction::Sent),
        (IS_CHECKED, frame.good.is_some()),
        (IS_BAD, frame.good == Some(false)),
    ];
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    let flags = flags.fold(0, |flags, (flag, _)| flags | flag);
    [
        mark.number,
        mark.done,
        frame.first_entry,
        frame.stream.connection.0,
        frame.range.start,
        // The last byte's entry is relative to the first byte's.
        narrow(frame.len_bytes()) << 32 | narrow(frame.last_entry - frame.first_entry),
        more | flags
            | (fault.map_or(0, |place| place as u64 + 1) << FAULT_PLACE)
            | (u64::from(frame.chunks) << CHUNKS_PLACE),
    ]
}

fn decode(words: [u64; MARK_WORDS]) -> Option<TableMark> {
    let [number, done, first_entry, connection, start, lengths, rest] = words;
    let fault = usize::from((rest >> FAULT_PLACE) as u8);
    let row = if rest & IS_FRAME == 0 {
        TableRow::Entry(first_entry)
    } else {
        let [received, sent] = StreamId::both(ConnectionId(connection));
        TableRow::Frame(StoredFrame {
            stream: if rest & IS_SENT == 0 { received } else { sent },
            range: start..start.checked_add(lengths >> 32)?,
            first_entry,
            last_entry: first_entry.checked_add((lengths as u32).into())?,
            chunks: (rest >> CHUNKS_PLACE) as u32,
            fault: fault
                .checked_sub(1)
                .and_then(|place| FAULTS.get(place))
                .copied(),
            good: (rest & IS_CHECKED != 0).then_some(rest & IS_BAD == 0),
        })
    };
    Some(TableMark {
        number,
        done,
        row,
        more: rest as u16,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u64) -> TableRow {
        TableRow::Frame(StoredFrame {
            stream: StreamId::both(ConnectionId(number))[number as usize % 2],
            range: number..3 * number + 1,
            first_entry: number,
            last_entry: 2 * number,
            chunks: number as u32,
            fault: FAULTS.get((number % 7) as usize).copied(),
            good: [None, Some(true), Some(false)][(number % 3) as usize],
        })
    }

    #[test]
    fn marks_round_trip_in_memory_and_through_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut table = Table::create(dir.path());
        let count = 2 * WAITING_MARKS as u64 + 100;
        let row = |number: u64| {
            if number.is_multiple_of(5) {
                TableRow::Entry(number)
            } else {
                frame(number)
            }
        };
        // Every seventh mark has three more frames.
        let more = |number: u64| 3 * u16::from(number.is_multiple_of(7));
        let mut numbers = Vec::new();
        for number in 0..count {
            numbers.push(table.len());
            table.push(number / 2, row(number));
            table.push_more(more(number));
        }
        assert_eq!((table.mark_count(), table.written), (count, count - 100));
        assert_eq!(table.len(), count + 3 * count.div_ceil(7));
        for place in [0, 1, 2, 7, 4095, 4096, 4099, 4102, 8191, 8192, count - 1] {
            let number = numbers[place as usize];
            let expected = TableMark {
                number,
                done: place / 2,
                row: row(place),
                more: more(place),
            };
            for row in expected.rows() {
                assert_eq!(table.place_of_row(row), place);
            }
            assert_eq!(table.mark(place), Some(expected));
        }
        assert_eq!(table.mark(count), None);
        assert_eq!(table.place_of_row(table.len()), count);
        assert_eq!(table.row_from(0), 0);
        for entry in [1, 7, 2048, 4100] {
            assert_eq!(table.place_from(entry), 2 * entry);
            assert_eq!(table.row_from(entry), numbers[2 * entry as usize]);
        }
        assert_eq!(table.row_from(u64::MAX), table.len());
    }
}
