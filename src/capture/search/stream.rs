//! Which pieces of a stream are touched by matches, the same ones however the stream was cut.
//!
//! A match lies within one part of the stream without gaps and spans at most 64 KiB (`SPAN_BYTES`). Text and hex: every
//! occurrence counts, also one that begins within another one. A regular expression: matches are looked for one after
//! the other, and anew from each multiple of [`Limits::block_bytes`] of the stream, so that which ones there are does
//! not depend on where a search began. One that has no longest match by itself (`a.*b`) ends at the latest
//! 64 KiB after the beginning of the block that it begins in: matches up to 60 KiB are always found.
//!
//! What `^`, `$` and `\b` say at the end of a part that may go on is not known yet: a match that reaches up to it
//! waits until more bytes come.

use std::ops::Range;

use super::run::{Before, Layout, StreamRun, Stretch};
use crate::payload::pattern::{Overlap, Pattern, Scratch};

/// The longest that a regular expression looks for matches one after the other before it begins anew.
const MAX_BLOCK_BYTES: usize = 4 * 1024;
/// The farthest that `^`, `$` or `\b` looks: one character.
const LOOK_BYTES: usize = 4;
/// How many bytes are copied together at once, where the pieces of a stream stand apart; and how far a regular
/// expression without a longest match looks ahead at once, unless its matches are too long.
const STEP_BYTES: usize = 256 * 1024;

/// A search for one pattern; kept for its memory from one stream to the next.
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
    /// The most bytes of a match.
    span_bytes: usize,
    /// Whether no match can be longer by itself.
    is_bounded: bool,
    /// Matches are looked for anew from each multiple of it.
    block_bytes: usize,
    /// How far a match looks beyond its own bytes.
    look_bytes: usize,
    /// How far a look goes at once.
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

    /// How many bytes beyond a place decide about the matches that begin before it.
    fn margin(&self) -> usize {
        self.span_bytes + self.look_bytes
    }

    fn block_start(&self, offset: u64) -> u64 {
        offset - offset % self.block_bytes.max(1) as u64
    }
}

/// Bytes in which the matches that begin before a place can be found.
struct SearchWindow<'a> {
    bytes: &'a [u8],
    /// The place of its first byte in the run.
    start: usize,
    /// The place in the run before which matches begin.
    until: usize,
}

/// Which pieces were touched so far.
struct Touched<F> {
    /// The piece of the last match's beginning.
    piece: usize,
    /// All pieces of matches so far are before this one.
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

    /// Returns how many bytes before `offset` of a stream a run has to begin with, as far as there are so many, so that
    /// all matches are found that touch what stands from `offset` on.
    pub(in crate::capture) fn bytes_before(&self, offset: u64) -> u64 {
        let limits = &self.limits;
        let first_match = offset.saturating_sub(limits.span_bytes as u64);
        let first = limits.block_start(first_match);
        offset - first.saturating_sub(limits.look_bytes as u64)
    }

    /// Looks through a run, and calls `touch` with each slot that a match touches, by its place among the run's pieces, once
    /// and in order.
    ///
    /// Of a run before which bytes were seen, the first [`Self::bytes_before`] bytes are there to
    /// be looked at only: matches that begin among them may be missing.
    pub(in crate::capture) fn search(&mut self, run: &StreamRun<'_>, touch: impl FnMut(usize)) {
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
            // Matches begin ever later; this only makes sure that no mistake can keep the search in place.
            at = next.max(at + 1);
        }
    }

    /// Where matches can first be found.
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

    /// Looks from `at` on as far as one window reaches. Returns where to go on, and whether a match was too long.
    fn search_window(
        &mut self,
        run: &StreamRun<'_>,
        at: usize,
        step: usize,
        touched: &mut Touched<impl FnMut(usize)>,
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
                touched.take(layout, &found);
                at = at.max(limits.skip_to(run, layout.piece_start(touched.end)));
            }
        }
        (at, false)
    }
}

impl SearchWindow<'_> {
    /// The place in the run of its end.
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
    /// The places in a run where the block ends that a match begins in, and where the match ends at the latest.
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

    /// The place before which no match reaches beyond `end`, up to where all is touched already.
    fn skip_to(&self, run: &StreamRun<'_>, end: usize) -> usize {
        if !self.is_bounded {
            return 0;
        }
        let behind = run.offset.saturating_add(end as u64 + 1);
        let first = behind.saturating_sub(self.span_bytes as u64);
        place(run, self.block_start(first))
    }
}

/// The place in a run of an offset of its stream; 0 for what stands before the run.
fn place(run: &StreamRun<'_>, offset: u64) -> usize {
    usize::try_from(offset.saturating_sub(run.offset)).unwrap_or(usize::MAX)
}

/// Returns the bytes from `at` on, with what is looked at around them: in place where enough of them stand together,
/// otherwise copied together.
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
    // What begins before `until` is decided by what stands before the end.
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

impl<F: FnMut(usize)> Touched<F> {
    fn take(&mut self, layout: &Layout, found: &Range<usize>) {
        while layout.piece_start(self.piece + 1) <= found.start {
            self.piece += 1;
        }
        let mut piece = self.piece.max(self.end);
        while layout.piece_start(piece) < found.end {
            if layout.piece_start(piece + 1) > layout.piece_start(piece) {
                (self.touch)(piece);
            }
            piece += 1;
        }
        self.end = self.end.max(piece);
    }
}

#[cfg(test)]
mod tests;
