//! A part of a stream without gaps, in pieces that stand anywhere in one buffer.

use std::ops::Range;

/// The bytes of one entry, as they stand in the buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture) struct Slot {
    /// Where they begin.
    pub(in crate::capture) start: u32,
    /// How many there are.
    pub(in crate::capture) len: u32,
}

/// What stands in a stream before the first piece of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture) enum Before {
    /// Nothing: the stream begins, or there is a gap.
    Nothing,
    /// Bytes that were looked through already.
    Seen,
    /// Bytes that nobody knows here: they were given up, hidden, or forgotten. The first byte of the run stands for
    /// them; no match begins with it.
    Unknown,
}

/// Pieces that follow on each other in a stream.
#[derive(Clone, Copy, Debug)]
pub(in crate::capture) struct StreamRun<'a> {
    /// What the pieces are cut from.
    pub(in crate::capture) buffer: &'a [u8],
    /// The pieces, in the order of the stream.
    pub(in crate::capture) pieces: &'a [Slot],
    /// Where the first piece begins in its stream.
    pub(in crate::capture) offset: u64,
    /// What stands before the first piece.
    pub(in crate::capture) before: Before,
    /// Whether nothing will follow on the last piece: the stream has ended, or there is a gap.
    pub(in crate::capture) ends: bool,
}

/// Where the bytes of a run stand: places in the run are counted from its beginning.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Where each piece begins in the run, and last the run's length.
    starts: Vec<usize>,
    /// Pieces that follow on each other in the buffer too.
    stretches: Vec<Stretch>,
}

/// Bytes of a run that stand in the buffer as they do in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its place in the run.
    pub(super) start: usize,
    /// Its end in the run.
    pub(super) end: usize,
    /// Where it stands in the buffer.
    pub(super) at: usize,
}

impl Layout {
    /// Lays a run out. A piece that reaches beyond the buffer counts as far as the buffer goes.
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

    /// Returns how many bytes the run has.
    pub(super) fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// Returns where a piece begins in the run; the run's end for one behind the last.
    pub(super) fn piece_start(&self, piece: usize) -> usize {
        self.starts
            .get(piece)
            .copied()
            .unwrap_or_else(|| self.len())
    }

    /// Returns the stretches from the one that holds this place on.
    pub(super) fn stretches_from(&self, place: usize) -> &[Stretch] {
        let first = self.stretches.partition_point(|it| it.end <= place);
        self.stretches.get(first..).unwrap_or_default()
    }

    /// Copies these bytes of the run together.
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
