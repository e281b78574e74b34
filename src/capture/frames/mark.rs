//! The marks of the table of frames: its rows, and how they are written, each relative to the one before it.

use std::collections::HashMap;
use std::mem::discriminant;
use std::ops::Range;

use super::framer::CutFrame;
use crate::capture::entry::StreamId;
use crate::capture::row::FrameMark;
use crate::net::{Direction, FlowId};
use crate::payload::framing::Fault;

/// The most bytes of a written mark.
pub(super) const MAX_MARK_BYTES: usize = 100;

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
    /// How long after its last byte it was complete, in nanoseconds.
    pub(crate) late_nanos: u64,
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
            late_nanos: frame.late_nanos(),
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

/// What a mark is relative to: the marks before it in its block.
#[derive(Debug, Default)]
pub(super) struct MarksBefore {
    number: u64,
    done: u64,
    connection: u64,
    /// Where the newest frame of each stream ends.
    ends: HashMap<StreamId, u64>,
}

// The first byte of a mark.
const IS_FRAME: u8 = 1;
const IS_SENT: u8 = 1 << 1;
const IS_CHECKED: u8 = 1 << 2;
const IS_BAD: u8 = 1 << 3;
const HAS_FAULT: u8 = 1 << 4;
const HAS_MORE: u8 = 1 << 5;
/// It spans several chunks, or is completed after its last byte.
const IS_LONG: u8 = 1 << 6;

/// What the number of a fault stands for.
const FAULTS: [Fault; 14] = [
    Fault::Length(0),
    Fault::Varint,
    Fault::TooLong,
    Fault::Outside,
    Fault::Unfinished,
    Fault::Gap,
    Fault::Rest,
    Fault::StartLine,
    Fault::HeadLine,
    Fault::HeadTooLong,
    Fault::BodyLength,
    Fault::TwoLengths,
    Fault::Chunk,
    Fault::Resp,
];

impl MarksBefore {
    /// Starts a block whose first row has this number.
    pub(super) fn new(number: u64) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }

    /// Writes the next mark.
    pub(super) fn write(&mut self, mark: &TableMark, bytes: &mut Vec<u8>) {
        let flags = [
            (IS_FRAME, matches!(mark.row, TableRow::Frame(_))),
            (HAS_MORE, mark.more > 0),
        ];
        let mut flags = set(&flags);
        let start = bytes.len();
        bytes.push(flags);
        put(bytes, mark.done - self.done);
        match &mark.row {
            // An entry completes itself.
            TableRow::Entry(_) => {}
            TableRow::Frame(frame) => flags |= self.write_frame(frame, mark.done, bytes),
        }
        if mark.more > 0 {
            put(bytes, mark.more.into());
        }
        if let Some(first) = bytes.get_mut(start) {
            *first = flags;
        }
        self.pass(mark);
    }

    /// Writes a frame, and returns its flags.
    fn write_frame(&self, frame: &StoredFrame, done: u64, bytes: &mut Vec<u8>) -> u8 {
        let is_long = frame.first_entry != done || frame.last_entry != done;
        let kind = frame.fault.as_ref().map(discriminant);
        let fault = FAULTS.iter().position(|it| Some(discriminant(it)) == kind);
        let connection = frame.stream.connection.to_bits();
        put(bytes, zigzag(connection.wrapping_sub(self.connection)));
        let known = self.ends.get(&frame.stream).copied().unwrap_or_default();
        put(bytes, zigzag(frame.range.start.wrapping_sub(known)));
        put(bytes, frame.len_bytes());
        if is_long {
            put(bytes, done - frame.last_entry);
            put(bytes, frame.last_entry - frame.first_entry);
            put(bytes, frame.chunks.into());
            put(bytes, frame.late_nanos);
        }
        bytes.extend(fault.map(|fault| fault as u8));
        set(&[
            (IS_SENT, frame.stream.direction == Direction::Sent),
            (IS_CHECKED, frame.good.is_some()),
            (IS_BAD, frame.good == Some(false)),
            (HAS_FAULT, fault.is_some()),
            (IS_LONG, is_long),
        ])
    }

    /// Reads the next mark. `None` if the bytes are not a mark.
    pub(super) fn read(&mut self, bytes: &mut &[u8]) -> Option<TableMark> {
        let (&flags, rest) = bytes.split_first()?;
        *bytes = rest;
        let has = |flag: u8| flags & flag != 0;
        let done = self.done.checked_add(take(bytes)?)?;
        let row = if has(IS_FRAME) {
            TableRow::Frame(self.read_frame(flags, done, bytes)?)
        } else {
            TableRow::Entry(done)
        };
        let more = if has(HAS_MORE) { take(bytes)? } else { 0 };
        let mark = TableMark {
            number: self.number,
            done,
            row,
            more: u16::try_from(more).ok()?,
        };
        self.pass(&mark);
        Some(mark)
    }

    fn read_frame(&self, flags: u8, done: u64, bytes: &mut &[u8]) -> Option<StoredFrame> {
        let has = |flag: u8| flags & flag != 0;
        let connection = self.connection.wrapping_add(unzigzag(take(bytes)?));
        let [received, sent] = StreamId::both(FlowId::from_bits(connection));
        let stream = if has(IS_SENT) { sent } else { received };
        let known = self.ends.get(&stream).copied().unwrap_or_default();
        let start = known.wrapping_add(unzigzag(take(bytes)?));
        let end = start.checked_add(take(bytes)?)?;
        let (mut first_entry, mut last_entry) = (done, done);
        let (mut chunks, mut late_nanos) = (1, 0);
        if has(IS_LONG) {
            last_entry = done.checked_sub(take(bytes)?)?;
            first_entry = last_entry.checked_sub(take(bytes)?)?;
            chunks = u32::try_from(take(bytes)?).ok()?;
            late_nanos = take(bytes)?;
        }
        let mut fault = None;
        if has(HAS_FAULT) {
            let (&number, rest) = bytes.split_first()?;
            *bytes = rest;
            fault = FAULTS.get(usize::from(number)).copied();
        }
        Some(StoredFrame {
            stream,
            range: start..end,
            first_entry,
            last_entry,
            chunks,
            late_nanos,
            fault,
            good: has(IS_CHECKED).then_some(!has(IS_BAD)),
        })
    }

    fn pass(&mut self, mark: &TableMark) {
        self.number = mark.rows().end;
        self.done = mark.done;
        if let TableRow::Frame(frame) = &mark.row {
            self.connection = frame.stream.connection.to_bits();
            self.ends.insert(frame.stream, frame.range.end);
        }
    }
}

fn set(flags: &[(u8, bool)]) -> u8 {
    let flags = flags.iter().filter(|(_, is_set)| *is_set);
    flags.fold(0, |all, (flag, _)| all | flag)
}

/// Writes a number, seven bits a byte, the lowest first.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for place in (0..u64::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << place;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Writes a small difference in either direction as a small number.
fn zigzag(difference: u64) -> u64 {
    let signed = difference.cast_signed();
    (signed << 1 ^ signed >> 63).cast_unsigned()
}

fn unzigzag(number: u64) -> u64 {
    number >> 1 ^ (number & 1).wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frames() -> impl Strategy<Value = StoredFrame> {
        let number = || prop_oneof![0..200_u64, 0..u64::from(u32::MAX)];
        let fault = 0..FAULTS.len() + 1;
        let good = proptest::sample::select(&[None, Some(true), Some(false)][..]);
        let stream = (0..4_u64, 0..2_usize);
        (number(), number(), stream, 0..3_u64, number(), fault, good).prop_map(
            |(start, len, stream, span, first_entry, fault, good)| StoredFrame {
                stream: StreamId::both(FlowId::server(stream.0 * 1_000_000))[stream.1],
                range: start..start + len,
                first_entry,
                last_entry: first_entry + span,
                chunks: span as u32 + 1,
                late_nanos: 0,
                fault: FAULTS.get(fault).copied(),
                good,
            },
        )
    }

    proptest! {
        #[test]
        fn marks_round_trip(
            first in 0..u64::from(u32::MAX),
            frames in proptest::collection::vec((proptest::option::of(frames()), 0..3_u64, 0..3_u16), 1..50),
        ) {
            let mut marks: Vec<TableMark> = Vec::new();
            for (frame, late, more) in frames {
                let (before, number) = marks.last().map_or((0, first), |it| (it.done, it.rows().end));
                let done = frame.as_ref().map_or(0, |it| it.last_entry).max(before) + late;
                let late_nanos = late * 1_000_000;
                let frame = frame.map(|frame| StoredFrame { late_nanos, ..frame });
                let row = frame.map_or(TableRow::Entry(done), TableRow::Frame);
                marks.push(TableMark { number, done, row, more });
            }
            let mut bytes = Vec::new();
            let mut before = MarksBefore::new(first);
            for mark in &marks {
                let start = bytes.len();
                before.write(mark, &mut bytes);
                prop_assert!(bytes.len() - start <= MAX_MARK_BYTES);
            }
            let (mut before, mut rest) = (MarksBefore::new(first), bytes.as_slice());
            for mark in marks {
                prop_assert_eq!(before.read(&mut rest), Some(mark));
            }
            prop_assert!(rest.is_empty());
            prop_assert_eq!(before.read(&mut rest), None);
        }
    }

    #[test]
    fn a_frame_after_another_takes_few_bytes() {
        let stream = StreamId::both(FlowId::server(300))[0];
        let mark = |n: u64| TableMark {
            number: n,
            done: n,
            row: TableRow::Frame(StoredFrame {
                stream,
                range: 64 * n..64 * n + 64,
                first_entry: n,
                last_entry: n,
                chunks: 1,
                late_nanos: 0,
                fault: None,
                good: Some(true),
            }),
            more: 0,
        };
        let (mut before, mut bytes) = (MarksBefore::new(1_000_000), Vec::new());
        before.write(&mark(1_000_000), &mut bytes);
        let first = bytes.len();
        before.write(&mark(1_000_001), &mut bytes);
        assert_eq!((first, bytes.len() - first), (11, 5));
    }
}
