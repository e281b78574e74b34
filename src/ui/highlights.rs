//! Where a pattern matches in what is shown, the parts of matches that span chunks included.

use std::ops::Range;

use crate::capture::{Crossings, StreamId};
use crate::payload::{Encoding, Matcher, joined};

/// Highlights what is looked for.
pub(super) struct Highlights<'a> {
    matcher: &'a mut Matcher,
    /// Known once it was looked for.
    crossings: Option<&'a Crossings>,
}

impl<'a> Highlights<'a> {
    pub(super) fn new(matcher: &'a mut Matcher, crossings: Option<&'a Crossings>) -> Self {
        Self { matcher, crossings }
    }

    /// Returns where words match: ascending ranges.
    pub(super) fn in_words(&mut self, words: &str) -> Vec<Range<usize>> {
        let matches = self.matcher.matches(Encoding::default(), words.as_bytes());
        joined(matches)
    }

    /// Returns the matches in some bytes, each by itself, in ascending order; `place` is the stream and the offset
    /// of the bytes, if they are an unchanged part of one.
    pub(super) fn matches(
        &mut self,
        encoding: Encoding,
        bytes: &[u8],
        place: Option<(StreamId, u64)>,
    ) -> Vec<Range<usize>> {
        let mut matches = self.matcher.matches(encoding, bytes);
        if let Some((crossings, (stream, offset))) = self.crossings.zip(place) {
            let here = offset..offset.saturating_add(bytes.len() as u64);
            let crossing = crossings.within(stream, here);
            if !crossing.is_empty() {
                matches.extend(crossing);
                matches.sort_by_key(|it| it.start);
            }
        }
        matches
    }

    /// Returns which of some bytes belong to matches: ascending ranges that neither overlap nor touch.
    pub(super) fn in_bytes(
        &mut self,
        encoding: Encoding,
        bytes: &[u8],
        place: Option<(StreamId, u64)>,
    ) -> Vec<Range<usize>> {
        joined(self.matches(encoding, bytes, place))
    }
}
