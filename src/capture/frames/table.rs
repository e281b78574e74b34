//! The table of a session's frames: derived from the record, beside it, in a file that has no name and goes with it.
//!
//! Rows stand in the order in which they are complete, entries that are no chunks between them, and are only appended.
//! A chunk of many frames has one [`TableMark`]: of those that begin and end in it, only how many they are is kept, and they
//! are cut again when they are shown.

use std::fs::File;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;

use super::framer::CutFrame;
use crate::capture::entry::StreamId;
use crate::capture::row::FrameMark;
use crate::capture::store::read_exact_at;
use crate::net::{ConnectionId, Direction};
use crate::payload::framing::Fault;

/// The bytes of a mark in the file.
const MARK_BYTES: usize = 56;
/// How many marks wait in memory before they are written.
const WAITING_MARKS: usize = 4_096;

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TableRow {
    /// An entry that is shown as it is.
    Entry(u64),
    /// A frame.
    Frame(StoredFrame),
}

/// A frame as the table has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredFrame {
    /// The stream.
    pub(crate) stream: StreamId,
    /// Which bytes of it.
    pub(crate) range: Range<u64>,
    /// The entry that its first byte is in.
    pub(crate) first_entry: u64,
    /// The entry that its last byte is in.
    pub(crate) last_entry: u64,
    /// In how many chunks it came.
    pub(crate) chunks: u32,
    /// What is wrong with it by the framing.
    pub(crate) fault: Option<FaultKind>,
    /// Whether it is as its check says; none without a check.
    pub(crate) good: Option<bool>,
}

/// A [`Fault`] without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    Length,
    Varint,
    TooLong,
    Outside,
    Unfinished,
    Gap,
}

impl FaultKind {
    const ALL: [Self; 6] = [
        Self::Length,
        Self::Varint,
        Self::TooLong,
        Self::Outside,
        Self::Unfinished,
        Self::Gap,
    ];

    pub(crate) fn of(fault: Fault) -> Self {
        match fault {
            Fault::Length(_) => Self::Length,
            Fault::Varint => Self::Varint,
            Fault::TooLong => Self::TooLong,
            Fault::Outside => Self::Outside,
            Fault::Unfinished => Self::Unfinished,
            Fault::Gap => Self::Gap,
        }
    }

    /// Returns the fault; `length` is what a wrong length field says.
    pub(crate) fn fault(self, length: u64) -> Fault {
        match self {
            Self::Length => Fault::Length(length),
            Self::Varint => Fault::Varint,
            Self::TooLong => Fault::TooLong,
            Self::Outside => Fault::Outside,
            Self::Unfinished => Fault::Unfinished,
            Self::Gap => Fault::Gap,
        }
    }
}

impl StoredFrame {
    pub(crate) fn new(frame: &CutFrame, good: Option<bool>) -> Self {
        Self {
            stream: frame.stream,
            range: frame.range.clone(),
            first_entry: frame.first.entry,
            last_entry: frame.last.entry,
            chunks: u32::try_from(frame.chunk_count()).unwrap_or(u32::MAX),
            fault: frame.fault.map(FaultKind::of),
            good,
        }
    }

    /// Returns how many bytes it has.
    pub(crate) fn len_bytes(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Returns whether it is a frame by its rule and as its check says.
    pub(crate) fn is_good(&self) -> bool {
        self.fault.is_none() && self.good != Some(false)
    }

    /// Returns what its row shows beside its bytes.
    pub(crate) fn mark(&self) -> FrameMark {
        FrameMark {
            first_entry: self.first_entry,
            chunks: self.chunks,
            is_good: self.is_good(),
            is_judged: self.fault.is_some() || self.good.is_some(),
        }
    }
}

/// A row that the table holds, and how many stand behind it that are cut again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableMark {
    /// The number of its row.
    pub(crate) number: u64,
    /// The entry that it is complete with.
    pub(crate) done: u64,
    /// What it shows.
    pub(crate) row: TableRow,
    /// How many frames stand behind it that begin and end in the entry `done`, as it does itself.
    pub(crate) more: u16,
}

impl TableMark {
    /// The rows that it stands for.
    pub(crate) fn rows(&self) -> Range<u64> {
        self.number..self.number + 1 + u64::from(self.more)
    }
}

/// The rows.
#[derive(Debug)]
pub(crate) struct Table {
    file: File,
    written: u64,
    waiting: Vec<TableMark>,
    rows: u64,
    /// Why no further row can be written, if none can.
    failure: Option<io::Error>,
}

impl Table {
    /// Makes a table beside a capture, or where this machine keeps what is temporary.
    pub(crate) fn create(beside: &Path) -> io::Result<Self> {
        let file = tempfile::tempfile_in(beside).or_else(|_| tempfile::tempfile())?;
        Ok(Self {
            file,
            written: 0,
            waiting: Vec::new(),
            rows: 0,
            failure: None,
        })
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> u64 {
        self.rows
    }

    /// How many marks there are.
    pub(crate) fn mark_count(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    /// Returns why no further row can be written, if none can.
    pub(crate) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Appends a row that is complete with the entry `done`.
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

    /// Appends so many frames that begin and end in the entry that the newest row is complete with, as that one ends in
    /// it. They follow a row at once.
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
        let bytes: Vec<u8> = self.waiting.iter().flat_map(encode).collect();
        self.file.write_all(&bytes)?;
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Returns a mark by its place among them.
    pub(crate) fn mark(&self, place: u64) -> Option<TableMark> {
        if let Some(waiting) = place.checked_sub(self.written) {
            return self.waiting.get(usize::try_from(waiting).ok()?).cloned();
        }
        let mut bytes = [0; MARK_BYTES];
        let position = place * MARK_BYTES as u64;
        read_exact_at(&self.file, &mut bytes, position).ok()?;
        decode(&bytes)
    }

    /// Returns the place of the mark that stands for a row.
    pub(crate) fn place_of_row(&self, row: u64) -> u64 {
        self.first_mark(|mark| mark.rows().end > row)
    }

    /// Returns the place of the first mark that is complete with the entry of this number or a later one.
    pub(crate) fn place_from(&self, entry: u64) -> u64 {
        self.first_mark(|mark| mark.done >= entry)
    }

    /// Returns the first row that is complete with the entry of this number or a later one.
    pub(crate) fn row_from(&self, entry: u64) -> u64 {
        let mark = self.mark(self.place_from(entry));
        mark.map_or(self.rows, |mark| mark.number)
    }

    /// Returns the place of the first mark that something is true of, as it is of all that follow.
    fn first_mark(&self, is_it: impl Fn(&TableMark) -> bool) -> u64 {
        let (mut low, mut high) = (0, self.mark_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.mark(middle).is_none_or(|mark| is_it(&mark)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

const IS_FRAME: u8 = 1;
const IS_SENT: u8 = 2;
const IS_CHECKED: u8 = 4;
const IS_BAD: u8 = 8;

fn encode(mark: &TableMark) -> [u8; MARK_BYTES] {
    let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let more = u32::from(mark.more) << 16;
    let (words, halves) = match &mark.row {
        TableRow::Entry(entry) => ([*entry, 0, 0], [0, 0, 0, more]),
        TableRow::Frame(frame) => (
            [
                frame.first_entry,
                frame.stream.connection.0,
                frame.range.start,
            ],
            [
                narrow(frame.len_bytes()),
                // The last byte's entry, counted from the first one's.
                narrow(frame.last_entry - frame.first_entry),
                frame.chunks,
                u32::from(flags(frame)) | u32::from(fault_number(frame.fault)) << 8 | more,
            ],
        ),
    };
    let mut bytes = [0; MARK_BYTES];
    let (front, back) = bytes.split_at_mut(WORDS_BYTES);
    let words = [mark.number, mark.done].into_iter().chain(words);
    for (place, word) in front.chunks_exact_mut(8).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    for (place, half) in back.chunks_exact_mut(4).zip(halves) {
        place.copy_from_slice(&half.to_le_bytes());
    }
    bytes
}

/// How many bytes of a mark are words of 64 bits. Halves follow.
const WORDS_BYTES: usize = 40;

fn flags(frame: &StoredFrame) -> u8 {
    let mut flags = IS_FRAME;
    for (flag, is_set) in [
        (IS_SENT, frame.stream.direction == Direction::Sent),
        (IS_CHECKED, frame.good.is_some()),
        (IS_BAD, frame.good == Some(false)),
    ] {
        flags |= if is_set { flag } else { 0 };
    }
    flags
}

/// The place of a fault among all of them, counted from 1; 0 is none.
fn fault_number(fault: Option<FaultKind>) -> u8 {
    let place = fault.and_then(|fault| FaultKind::ALL.iter().position(|it| *it == fault));
    place.map_or(0, |place| place as u8 + 1)
}

fn word(bytes: &[u8; MARK_BYTES], place: usize) -> u64 {
    let word = bytes.get(8 * place..8 * place + 8);
    word.and_then(|word| word.try_into().ok())
        .map_or(0, u64::from_le_bytes)
}

fn half(bytes: &[u8; MARK_BYTES], place: usize) -> u32 {
    let half = bytes.get(WORDS_BYTES + 4 * place..WORDS_BYTES + 4 + 4 * place);
    half.and_then(|half| half.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

fn decode(bytes: &[u8; MARK_BYTES]) -> Option<TableMark> {
    let first_entry = word(bytes, 2);
    let [flags, fault, more @ ..] = half(bytes, 3).to_le_bytes();
    let row = if flags & IS_FRAME == 0 {
        TableRow::Entry(first_entry)
    } else {
        let start = word(bytes, 4);
        TableRow::Frame(StoredFrame {
            stream: StreamId {
                connection: ConnectionId(word(bytes, 3)),
                direction: if flags & IS_SENT == 0 {
                    Direction::Received
                } else {
                    Direction::Sent
                },
            },
            range: start..start.checked_add(half(bytes, 0).into())?,
            first_entry,
            last_entry: first_entry.checked_add(half(bytes, 1).into())?,
            chunks: half(bytes, 2),
            fault: usize::from(fault)
                .checked_sub(1)
                .and_then(|place| FaultKind::ALL.get(place))
                .copied(),
            good: (flags & IS_CHECKED != 0).then_some(flags & IS_BAD == 0),
        })
    };
    Some(TableMark {
        number: word(bytes, 0),
        done: word(bytes, 1),
        row,
        more: u16::from_le_bytes(more),
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
            fault: FaultKind::ALL.get((number % 7) as usize).copied(),
            good: [None, Some(true), Some(false)][(number % 3) as usize],
        })
    }

    #[test]
    fn marks_come_back_as_they_were_in_memory_and_from_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut table = Table::create(dir.path()).unwrap();
        let count = 2 * WAITING_MARKS as u64 + 100;
        let row = |number: u64| {
            if number.is_multiple_of(5) {
                TableRow::Entry(number)
            } else {
                frame(number)
            }
        };
        // Three more frames are of each seventh mark.
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
