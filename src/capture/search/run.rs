//! A gapless part of a stream, in pieces located anywhere in one buffer.

use std::ops::Range;

/// The location of an entry's bytes in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture) struct Slot {
    /// Where they start.
    pub(in crate::capture) start: u32,
    /// How many there are.
    pub(in crate::capture) len: u32,
}

/// What precedes the first piece of a run in its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture) enum Before {
    /// Nothing: the stream starts here, or there is a gap.
    Nothing,
    /// Bytes that have already been searched.
    Seen,
    /// Unknown bytes: dropped, hidden or forgotten. The first byte of the run stands for them; no match starts with it.
    Unknown,
}

/// Consecutive pieces of a stream.
#[derive(Clone, Copy, Debug)]
pub(in crate::capture) struct StreamRun<'a> {
    /// The buffer that contains the pieces.
    pub(in crate::capture) buffer: &'a [u8],
    /// The pieces, in stream order.
    pub(in crate::capture) pieces: &'a [Slot],
    /// The offset of the first piece in its stream.
    pub(in crate::capture) offset: u64,
    /// What precedes the first piece.
    pub(in crate::capture) before: Before,
    /// Whether nothing follows the last piece: the stream has ended, or there is a gap.
    pub(in crate::capture) ends: bool,
}

/// Maps the bytes of a run to the buffer. Places in the run are counted from its start.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Where each piece starts in the run, and finally the run's length.
    starts: Vec<usize>,
    /// Pieces that are consecutive in the buffer too.
    stretches: Vec<Stretch>,
}

/// Bytes that are contiguous both in the run and in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its start in the run.
    pub(super) start: usize,
    /// Its end in the run.
    pub(super) end: usize,
    /// Its start in the buffer.
    pub(super) at: usize,
}

impl Layout {
    /// Lays out a run. A piece that extends beyond the buffer is clipped.
    pub(super) fn lay_out(&mut self, run: &StreamRun<'_>) {
        self.starts.clear();
        self.stretches.clear();
        let mut start = 0;
        for piece in run.pieces {
            self.starts.push(start);
            let range = clipped(*piece, run.buffer.len());
            let end = start + range.len();
            match self.stretches.last_mut() {
                Some(last) if last.at + (last.end - last.start) == range.start => last.end = end,
                _ if range.is_empty() => {}
                _ => self.stretches.push(Stretch {
                    start,
                    end,
                    at: range.start,
                }),
            }
            start = end;
        }
        self.starts.push(start);
    }

    /// Returns the length of the run.
    pub(super) fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// Returns where a piece starts in the run, or the run's end for a piece after the last.
    pub(super) fn piece_start(&self, piece: usize) -> usize {
        self.starts
            .get(piece)
            .copied()
            .unwrap_or_else(|| self.len())
    }

    /// Returns the stretches from the one that contains this place on.
    pub(super) fn stretches_from(&self, place: usize) -> &[Stretch] {
        let first = self.stretches.partition_point(|it| it.end <= place);
        self.stretches.get(first..).unwrap_or_default()
    }

    /// Copies a range of the run into contiguous memory.
    pub(super) fn copy(&self, buffer: &[u8], range: Range<usize>, into: &mut Vec<u8>) {
        into.clear();
        for stretch in self.stretches_from(range.start) {
            if stretch.start >= range.end {
                break;
            }
            let start = range.start.max(stretch.start) - stretch.start;
            let end = range.end.min(stretch.end) - stretch.start;
            let bytes = buffer.get(stretch.at + start..stretch.at + end);
            into.extend_from_slice(bytes.unwrap_or_default());
        }
    }
}

fn clipped(piece: Slot, buffer_len: usize) -> Range<usize> {
    let start = (piece.start as usize).min(buffer_len);
    let end = start.saturating_add(piece.len as usize).min(buffer_len);
    start..end
}
