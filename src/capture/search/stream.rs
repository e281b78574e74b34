//! Finds the pieces of a stream that matches touch, regardless of how the stream was cut.
//!
//! A match lies within a gapless part of the stream and spans at most 64 KiB (`SPAN_BYTES`). For text and hex every
//! occurrence counts, including overlapping ones. For a regular expression, matches are searched for one after another,
//! starting afresh at each multiple of [`Limits::block_bytes`] of the stream, so that the result does not depend on
//! where a search started. A match of unbounded length (`a.*b`) ends no later than 64 KiB after the start of the block
//! in which it starts, so matches up to 60 KiB are always found.
//!
//! At the end of a part that may continue, `^`, `$` and `\b` cannot be decided yet: a match that reaches it waits for
//! more bytes.

use std::ops::Range;

use super::run::{Before, Layout, StreamRun, Stretch};
use crate::payload::pattern::{Overlap, Pattern, Scratch};

/// How far a regular expression searches for successive matches before it starts afresh.
const MAX_BLOCK_BYTES: usize = 4 * 1024;
/// How far `^`, `$` and `\b` look: one character.
const LOOK_BYTES: usize = 4;
/// How many bytes are copied at a time if the pieces of a stream are not contiguous. Also how far a regular expression
/// of unbounded length looks ahead at first, before a longer match requires more.
const STEP_BYTES: usize = 256 * 1024;

/// A search for one pattern. Reuses its memory from stream to stream.
#[derive(Debug)]
pub(in crate::capture) struct StreamSearch {
    pattern: Pattern,
    limits: Limits,
    scratch: Scratch,
    layout: Layout,
    joined: Vec<u8>,
}

/// How far the matches of a pattern reach.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// The longest match in bytes.
    span_bytes: usize,
    /// Whether the pattern itself bounds the length of a match.
    is_bounded: bool,
    /// The search starts afresh at each multiple of this.
    block_bytes: usize,
    /// How far a match looks beyond its own bytes.
    look_bytes: usize,
    /// How many bytes are searched at a time.
    step_bytes: usize,
}

impl Limits {
    fn of(pattern: &Pattern) -> Self {
        let span_bytes = pattern.span_bytes();
        Self {
            span_bytes,
            is_bounded: pattern.is_bounded(),
            block_bytes: match pattern.overlap() {
                Overlap::All => 1,
                Overlap::None => span_bytes.next_power_of_two().min(MAX_BLOCK_BYTES),
            },
            look_bytes: if pattern.looks_around() {
                LOOK_BYTES
            } else {
                0
            },
            step_bytes: STEP_BYTES,
        }
    }

    /// Returns how many bytes beyond a place affect the matches that start before it.
    fn margin(&self) -> usize {
        self.span_bytes + self.look_bytes
    }

    fn block_start(&self, offset: u64) -> u64 {
        offset - offset % self.block_bytes.max(1) as u64
    }
}

/// The bytes needed to find the matches that start before a place.
struct SearchWindow<'a> {
    bytes: &'a [u8],
    /// The place in the run of its first byte.
    start: usize,
    /// The place in the run before which matches start.
    until: usize,
}

/// What a match does to a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    /// It touches the piece with this index, which none before it did.
    Piece(usize),
    /// It crosses from one piece into others.
    Crossing {
        /// Its offsets in the stream.
        range: Range<u64>,
        /// The index of the last of these pieces.
        last_piece: usize,
    },
}

/// The pieces touched so far.
struct Touched<F> {
    /// The piece in which the last match starts.
    piece: usize,
    /// All pieces touched so far are before this one.
    end: usize,
    touch: F,
}

impl StreamSearch {
    pub(in crate::capture) fn new(pattern: Pattern) -> Self {
        Self {
            limits: Limits::of(&pattern),
            scratch: pattern.scratch(),
            layout: Layout::default(),
            joined: Vec::new(),
            pattern,
        }
    }

    /// Returns the bytes that are searched for, if these alone can match.
    pub(super) fn literal(&self) -> Option<&[u8]> {
        self.pattern.literal()
    }

    /// Returns how many bytes before `offset`, as far as they exist, a run must include so that all matches touching
    /// bytes from `offset` on are found.
    pub(in crate::capture) fn bytes_before(&self, offset: u64) -> u64 {
        let limits = &self.limits;
        let first_match = offset.saturating_sub(limits.span_bytes as u64);
        let first = limits.block_start(first_match);
        offset - first.saturating_sub(limits.look_bytes as u64)
    }

    /// Searches a run and calls `touch` for each piece that a match touches, once and in order, and for the matches
    /// that cross from one piece into others.
    ///
    /// If a run follows bytes already searched, its first [`Self::bytes_before`] bytes serve only as context: matches
    /// that start among them may be missing.
    pub(super) fn search(&mut self, run: &StreamRun<'_>, touch: impl FnMut(Touch)) {
        self.layout.lay_out(run);
        let total = self.layout.len();
        let mut touched = Touched {
            piece: 0,
            end: 0,
            touch,
        };
        let mut at = self.first_place(run);
        let mut step = self.limits.step_bytes;
        while at < total {
            let (next, had_too_long) = self.search_window(run, at, step, &mut touched);
            step = if had_too_long {
                self.limits.block_bytes
            } else {
                self.limits.step_bytes.min(step * 2)
            };
            // Matches start ever later; this only ensures that no bug can make the search loop forever.
            at = next.max(at + 1);
        }
    }

    /// Returns the first place where a match may start.
    fn first_place(&self, run: &StreamRun<'_>) -> usize {
        match run.before {
            Before::Nothing => return 0,
            Before::Unknown => return 1,
            Before::Seen => {}
        }
        let seen = run.offset.saturating_add(self.limits.look_bytes as u64);
        let block_bytes = self.limits.block_bytes.max(1) as u64;
        let first = seen.checked_next_multiple_of(block_bytes);
        place(run, first.unwrap_or(u64::MAX))
    }

    /// Searches one window from `at` on. Returns where to continue, and whether a match was too long.
    fn search_window(
        &mut self,
        run: &StreamRun<'_>,
        at: usize,
        step: usize,
        touched: &mut Touched<impl FnMut(Touch)>,
    ) -> (usize, bool) {
        let (limits, layout) = (&self.limits, &self.layout);
        let window = window(run, layout, limits, at, step, &mut self.joined);
        let mut find = |within| window.find(&self.pattern, &mut self.scratch, within);
        let mut at = at;
        while at < window.until {
            let first = find(at..window.end()).filter(|it| it.start < window.until);
            let Some(mut found) = first else {
                return (window.until, false);
            };
            let (block_end, end) = limits.ends(run, found.start);
            if found.end > end {
                let bounded = find(found.start..end).filter(|it| it.start < block_end);
                let Some(bounded) = bounded else {
                    return (block_end, true);
                };
                found = bounded;
            }
            at = found.end.min(block_end).max(found.start + 1);
            let is_undecided = limits.look_bytes > 0 && found.end == layout.len() && !run.ends;
            if !is_undecided && !found.is_empty() {
                let boundary = touched.take(run, layout, &found);
                let next = limits.skip_to(run, layout.piece_start(touched.end));
                // Other matches may cross the same boundary.
                at = at.max(boundary.map_or(next, |boundary| next.min(boundary)));
            }
        }
        (at, false)
    }
}

impl SearchWindow<'_> {
    /// Returns the place of its end in the run.
    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }

    /// Returns the first match within a range of the run.
    fn find(
        &self,
        pattern: &Pattern,
        scratch: &mut Scratch,
        within: Range<usize>,
    ) -> Option<Range<usize>> {
        let within = within.start.checked_sub(self.start)?..within.end.checked_sub(self.start)?;
        let found = pattern.find(scratch, self.bytes, within)?;
        Some(self.start + found.start..self.start + found.end)
    }
}

impl Limits {
    /// Returns the places where the block in which a match starts ends, and where the match must end.
    fn ends(&self, run: &StreamRun<'_>, start: usize) -> (usize, usize) {
        let block = self.block_start(run.offset.saturating_add(start as u64));
        let after = |bytes: usize| place(run, block.saturating_add(bytes as u64));
        let end = if self.is_bounded {
            usize::MAX
        } else {
            after(self.span_bytes)
        };
        (after(self.block_bytes), end)
    }

    /// Returns the place before which no match reaches beyond `end`, up to where everything is already touched.
    fn skip_to(&self, run: &StreamRun<'_>, end: usize) -> usize {
        if !self.is_bounded {
            return 0;
        }
        let behind = run.offset.saturating_add(end as u64 + 1);
        let first = behind.saturating_sub(self.span_bytes as u64);
        place(run, self.block_start(first))
    }
}

/// Returns the place of a stream offset in a run; 0 for what precedes the run.
fn place(run: &StreamRun<'_>, offset: u64) -> usize {
    usize::try_from(offset.saturating_sub(run.offset)).unwrap_or(usize::MAX)
}

/// Returns the bytes from `at` on with their context: in place if enough of them are contiguous, or else copied.
fn window<'a>(
    run: &StreamRun<'a>,
    layout: &Layout,
    limits: &Limits,
    at: usize,
    step: usize,
    joined: &'a mut Vec<u8>,
) -> SearchWindow<'a> {
    let total = layout.len();
    let seen_from = at.saturating_sub(limits.look_bytes);
    // Matches that start before `until` are decided by the bytes before the end.
    let decided = |end: usize| {
        if end >= total {
            total
        } else {
            end.saturating_sub(limits.margin())
        }
    };
    let stretches = layout.stretches_from(at);
    if let Some(here) = stretches.first().filter(|it| it.start <= seen_from) {
        let until = decided(here.end);
        if until > at {
            return in_place(run, limits, here, at, until, step);
        }
    }
    let is_long = |it: &&Stretch| it.end - it.start >= 4 * limits.margin().max(1024);
    let next_long = stretches.iter().skip(1).find(is_long);
    let until = next_long.map_or(total, |it| it.start + limits.look_bytes);
    let until = until.min(at.saturating_add(step)).min(total);
    let end = total.min(until.saturating_add(limits.margin()));
    layout.copy(run.buffer, seen_from..end, joined);
    SearchWindow {
        bytes: joined,
        start: seen_from,
        until: if end == total { total } else { until },
    }
}

fn in_place<'a>(
    run: &StreamRun<'a>,
    limits: &Limits,
    stretch: &Stretch,
    at: usize,
    until: usize,
    step: usize,
) -> SearchWindow<'a> {
    let mut end = stretch.end;
    let mut until = until;
    if !limits.is_bounded && until - at > step {
        until = at + step;
        end = stretch.end.min(until + limits.margin());
    }
    let bytes = run
        .buffer
        .get(stretch.at..stretch.at + (end - stretch.start));
    SearchWindow {
        bytes: bytes.unwrap_or_default(),
        start: stretch.start,
        until,
    }
}

impl<F: FnMut(Touch)> Touched<F> {
    /// Takes a match; returns the end of the piece that it starts in if it crosses that.
    fn take(
        &mut self,
        run: &StreamRun<'_>,
        layout: &Layout,
        found: &Range<usize>,
    ) -> Option<usize> {
        while layout.piece_start(self.piece + 1) <= found.start {
            self.piece += 1;
        }
        let mut piece = self.piece.max(self.end);
        while layout.piece_start(piece) < found.end {
            if layout.piece_start(piece + 1) > layout.piece_start(piece) {
                (self.touch)(Touch::Piece(piece));
            }
            piece += 1;
        }
        self.end = self.end.max(piece);
        let boundary = layout.piece_start(self.piece + 1);
        let offset = |place: usize| run.offset.saturating_add(place as u64);
        (boundary < found.end).then(|| {
            (self.touch)(Touch::Crossing {
                range: offset(found.start)..offset(found.end),
                last_piece: self.end.saturating_sub(1),
            });
            boundary
        })
    }
}

#[cfg(test)]
mod tests;
