//! The table of a session's frames: derived from the record, beside it, in a file that has no name and goes with it.
//!
//! Rows stand in the order in which they are complete, entries that are no chunks between them, and are only appended.

use std::fs::File;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;

use super::framer::CutFrame;
use crate::capture::store::read_exact_at;
use crate::net::{ConnectionId, Direction};
use crate::payload::framing::Fault;

/// The bytes of a row in the file.
const ROW_BYTES: usize = 48;
/// How many rows wait in memory before they are written.
const WAITING_ROWS: usize = 4_096;

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
    /// The connection.
    pub(crate) connection: ConnectionId,
    /// Which of its streams.
    pub(crate) direction: Direction,
    /// Which bytes of the stream.
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

    /// Returns the words of the fault; `length` is what a wrong length says.
    pub(crate) fn words(self, length: u64) -> String {
        let fault = match self {
            Self::Length => Fault::Length(length),
            Self::Varint => Fault::Varint,
            Self::TooLong => Fault::TooLong,
            Self::Outside => Fault::Outside,
            Self::Unfinished => Fault::Unfinished,
            Self::Gap => Fault::Gap,
        };
        fault.to_string()
    }
}

impl StoredFrame {
    pub(crate) fn new(frame: &CutFrame, good: Option<bool>) -> Self {
        Self {
            connection: frame.connection,
            direction: frame.direction,
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
}

/// The rows.
#[derive(Debug)]
pub(crate) struct Table {
    file: File,
    written: u64,
    waiting: Vec<[u8; ROW_BYTES]>,
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
            failure: None,
        })
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    /// Returns why no further row can be written, if none can.
    pub(crate) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Appends a row that is complete with the entry `done`.
    pub(crate) fn push(&mut self, done: u64, row: &TableRow) {
        if self.failure.is_some() {
            return;
        }
        self.waiting.push(encode(done, row));
        if self.waiting.len() >= WAITING_ROWS {
            self.failure = self.write().err();
        }
    }

    fn write(&mut self) -> io::Result<()> {
        self.file.write_all(self.waiting.as_flattened())?;
        self.written += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Returns a row, and the entry that it is complete with.
    pub(crate) fn row(&self, row: u64) -> Option<(u64, TableRow)> {
        decode(&self.bytes(row)?)
    }

    /// Returns the first row that is complete with the entry of this number or a later one.
    pub(crate) fn row_from(&self, entry: u64) -> u64 {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let done = self.bytes(middle).map_or(u64::MAX, |bytes| word(&bytes, 0));
            if done < entry {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn bytes(&self, row: u64) -> Option<[u8; ROW_BYTES]> {
        if let Some(waiting) = row.checked_sub(self.written) {
            return self.waiting.get(usize::try_from(waiting).ok()?).copied();
        }
        let mut bytes = [0; ROW_BYTES];
        let position = row * ROW_BYTES as u64;
        read_exact_at(&self.file, &mut bytes, position).ok()?;
        Some(bytes)
    }
}

const IS_FRAME: u8 = 1;
const IS_SENT: u8 = 2;
const IS_CHECKED: u8 = 4;
const IS_BAD: u8 = 8;

fn encode(done: u64, row: &TableRow) -> [u8; ROW_BYTES] {
    let frame = match row {
        TableRow::Entry(entry) => return pack([done, *entry, 0, 0], [0, 0, 0, 0]),
        TableRow::Frame(frame) => frame,
    };
    let mut flags = IS_FRAME;
    flags |= if frame.direction == Direction::Sent {
        IS_SENT
    } else {
        0
    };
    flags |= if frame.good.is_some() { IS_CHECKED } else { 0 };
    flags |= if frame.good == Some(false) { IS_BAD } else { 0 };
    let fault = frame
        .fault
        .and_then(|fault| FaultKind::ALL.iter().position(|it| *it == fault))
        .map_or(0, |place| place + 1);
    let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    pack(
        [
            done,
            frame.first_entry,
            frame.connection.0,
            frame.range.start,
        ],
        [
            narrow(frame.len_bytes()),
            // The last byte's entry, told from the first one's.
            narrow(frame.last_entry - frame.first_entry),
            frame.chunks,
            u32::from(flags) | (fault as u32) << 8,
        ],
    )
}

fn pack(words: [u64; 4], halves: [u32; 4]) -> [u8; ROW_BYTES] {
    let mut bytes = [0; ROW_BYTES];
    let (front, back) = bytes.split_at_mut(32);
    for (place, word) in front.chunks_exact_mut(8).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    for (place, half) in back.chunks_exact_mut(4).zip(halves) {
        place.copy_from_slice(&half.to_le_bytes());
    }
    bytes
}

fn word(bytes: &[u8; ROW_BYTES], place: usize) -> u64 {
    let word = bytes.get(8 * place..8 * place + 8);
    word.and_then(|word| word.try_into().ok())
        .map_or(0, u64::from_le_bytes)
}

fn half(bytes: &[u8; ROW_BYTES], place: usize) -> u32 {
    let half = bytes.get(32 + 4 * place..36 + 4 * place);
    half.and_then(|half| half.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

fn decode(bytes: &[u8; ROW_BYTES]) -> Option<(u64, TableRow)> {
    let done = word(bytes, 0);
    let first_entry = word(bytes, 1);
    let [flags, fault, ..] = half(bytes, 3).to_le_bytes();
    if flags & IS_FRAME == 0 {
        return Some((done, TableRow::Entry(first_entry)));
    }
    let start = word(bytes, 3);
    let frame = StoredFrame {
        connection: ConnectionId(word(bytes, 2)),
        direction: if flags & IS_SENT == 0 {
            Direction::Received
        } else {
            Direction::Sent
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
    };
    Some((done, TableRow::Frame(frame)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u64) -> TableRow {
        TableRow::Frame(StoredFrame {
            connection: ConnectionId(number),
            direction: if number.is_multiple_of(2) {
                Direction::Received
            } else {
                Direction::Sent
            },
            range: number..3 * number + 1,
            first_entry: number,
            last_entry: 2 * number,
            chunks: number as u32,
            fault: FaultKind::ALL.get((number % 7) as usize).copied(),
            good: [None, Some(true), Some(false)][(number % 3) as usize],
        })
    }

    #[test]
    fn rows_come_back_as_they_were_in_memory_and_from_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut table = Table::create(dir.path()).unwrap();
        let count = 2 * WAITING_ROWS as u64 + 100;
        for number in 0..count {
            let row = if number % 5 == 0 {
                TableRow::Entry(number)
            } else {
                frame(number)
            };
            table.push(number / 2, &row);
        }
        assert_eq!((table.len(), table.written), (count, count - 100));
        for number in [0, 1, 2, 3, 4095, 4096, 4099, 8191, 8192, count - 1] {
            let expected = if number % 5 == 0 {
                TableRow::Entry(number)
            } else {
                frame(number)
            };
            assert_eq!(table.row(number), Some((number / 2, expected)));
        }
        assert_eq!(table.row(count), None);
        assert_eq!(table.row_from(0), 0);
        assert_eq!(table.row_from(7), 14);
        assert_eq!(table.row_from(4100), 8200);
        assert_eq!(table.row_from(u64::MAX), count);
    }
}
