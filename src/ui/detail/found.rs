//! What the last find matches in the payload that is shown, and the way from match to match.

use std::ops::Range;
use std::sync::Arc;

use super::super::find::MatchesHere;
use super::super::highlights::Highlights;
use crate::capture::{Crossings, StreamId};
use crate::model::Find;
use crate::payload::{Encoding, Matcher, joined};

/// The matches, kept for as long as payload and pattern stay the same.
#[derive(Debug, Default)]
pub(super) struct FoundBytes {
    matcher: Option<Matcher>,
    crossings: Arc<Crossings>,
    matches: Option<Matches>,
}

/// The matches in a payload.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// Each by itself, in ascending order.
    each: Vec<Range<usize>>,
    /// The bytes of all of them: ascending ranges apart from each other.
    bytes: Vec<Range<usize>>,
}

impl FoundBytes {
    /// Begins with other bytes.
    pub(super) fn renew(&mut self) {
        self.matches = None;
    }

    /// Returns the bytes that match, as they were last found.
    pub(super) fn bytes(&self) -> &[Range<usize>] {
        self.matches
            .as_ref()
            .map_or(&[], |matches| matches.bytes.as_slice())
    }

    /// Returns where the pattern that is looked for matches; `place` is where the payload begins in a stream.
    pub(super) fn of(
        &mut self,
        find: &Find,
        encoding: Encoding,
        payload: &[u8],
        place: Option<(StreamId, u64)>,
    ) -> &Matches {
        let known = self.matcher.as_ref().map(Matcher::pattern);
        if known != find.pattern.as_ref() {
            self.matcher = find.pattern.clone().map(Matcher::new);
            self.matches = None;
        }
        if !Arc::ptr_eq(&self.crossings, &find.crossings) {
            self.crossings = Arc::clone(&find.crossings);
            self.matches = None;
        }
        let (matcher, crossings) = (&mut self.matcher, &self.crossings);
        self.matches.get_or_insert_with(|| {
            let highlights = matcher
                .as_mut()
                .map(|it| Highlights::new(it, Some(&**crossings)));
            let each = highlights.map(|mut it| it.matches(encoding, payload, place));
            let each = each.unwrap_or_default();
            Matches {
                bytes: joined(each.clone()),
                each,
            }
        })
    }
}

impl Matches {
    /// Returns the next or the previous match from some bytes on; from the first or the last byte where there are none.
    pub(super) fn step(&self, from: &Range<usize>, forward: bool) -> Option<Range<usize>> {
        let place = match forward {
            _ if from.is_empty() && forward => 0,
            _ if from.is_empty() => self.each.len().checked_sub(1)?,
            true => self.each.partition_point(|it| it.start <= from.start),
            false => self
                .each
                .partition_point(|it| it.start < from.start)
                .checked_sub(1)?,
        };
        self.each.get(place).cloned()
    }

    /// Returns how many there are, and which of them is chosen.
    pub(super) fn here(&self, chosen: &Range<usize>) -> MatchesHere {
        MatchesHere {
            at: self.each.iter().position(|it| it == chosen),
            count: self.each.len(),
            has_next: self.step(chosen, true).is_some(),
            has_previous: self.step(chosen, false).is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_from_match_to_match() {
        let matches = Matches {
            each: vec![2..4, 3..5, 9..11],
            bytes: Vec::new(),
        };
        let check = |from: Range<usize>, forward: bool, expected: Option<Range<usize>>| {
            assert_eq!(matches.step(&from, forward), expected, "{from:?}");
        };
        check(0..0, true, Some(2..4));
        check(0..0, false, Some(9..11));
        check(2..4, true, Some(3..5));
        check(3..5, true, Some(9..11));
        check(9..11, true, None);
        check(9..11, false, Some(3..5));
        check(2..4, false, None);
        // From a byte that the user chose.
        check(6..7, true, Some(9..11));
        check(6..7, false, Some(3..5));
        let here = matches.here(&(3..5));
        assert_eq!((here.at, here.count), (Some(1), 3));
        assert!(here.has_next && here.has_previous);
        assert!(!matches.here(&(9..11)).has_next);
        assert_eq!(Matches::default().step(&(0..0), false), None);
    }
}
