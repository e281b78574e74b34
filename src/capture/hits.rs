//! The chosen entries, in order and ranked. Kept by segment, so that the oldest can be dropped as a whole.
//!
//! Each segment's entries are a compressed set: a hundred million entries that are all chosen take a few bytes per
//! segment, and never more than one bit per entry.

use std::collections::VecDeque;

use roaring::RoaringBitmap;

/// Chosen entries in ascending order. The one at index `n` is row `n`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    segments: VecDeque<SegmentHits>,
    /// How many were dropped.
    gone: u64,
    /// How many there are, including those dropped.
    end: u64,
}

#[derive(Clone, Debug)]
struct SegmentHits {
    /// The number of the segment's first entry, chosen or not.
    first_entry: u64,
    /// How many chosen entries precede this segment, including those dropped.
    before: u64,
    /// The chosen entries, numbered within the segment.
    entries: RoaringBitmap,
}

impl Hits {
    /// Returns how many there are.
    pub(crate) fn len(&self) -> u64 {
        self.end - self.gone
    }

    /// Returns how many were dropped.
    pub(crate) fn gone(&self) -> u64 {
        self.gone
    }

    /// Chooses more entries of a segment. A new segment comes after all known ones.
    pub(crate) fn add(&mut self, first_entry: u64, mut entries: RoaringBitmap) {
        let known = self
            .segments
            .binary_search_by_key(&first_entry, |it| it.first_entry);
        let place = known.unwrap_or(self.segments.len());
        if let Some(segment) = self.segments.get_mut(place) {
            if entries.is_subset(&segment.entries) {
                return;
            }
            segment.entries |= entries;
            segment.entries.optimize();
        } else {
            entries.optimize();
            self.segments.push_back(SegmentHits {
                first_entry,
                before: self.end,
                entries,
            });
        }
        self.count_from(place);
    }

    /// Chooses another entry of a known segment. Ignores entries of other segments.
    pub(crate) fn insert(&mut self, number: u64) {
        let after = self.segments.partition_point(|it| it.first_entry <= number);
        let place = after.checked_sub(1);
        if let Some((place, segment)) = place.and_then(|it| Some((it, self.segments.get_mut(it)?)))
            && let Ok(within) = u32::try_from(number - segment.first_entry)
            && segment.entries.insert(within)
        {
            self.count_from(place);
        }
    }

    /// Counts what precedes the segments after a place.
    fn count_from(&mut self, place: usize) {
        let mut segments = self.segments.iter_mut().skip(place);
        if let Some(first) = segments.next() {
            self.end = first.before + first.entries.len();
        }
        for later in segments {
            later.before = self.end;
            self.end += later.entries.len();
        }
    }

    /// Chooses the entries of older segments too.
    pub(crate) fn prepend(&mut self, older: &Self) {
        for segment in older.segments.iter().rev() {
            self.segments.push_front(SegmentHits {
                before: self.gone,
                ..segment.clone()
            });
        }
        self.count_from(0);
    }

    /// Returns the entries from this number on.
    pub(crate) fn from(&self, number: u64) -> impl Iterator<Item = u64> {
        let after = self.segments.partition_point(|it| it.first_entry <= number);
        let segments = self.segments.range(after.saturating_sub(1)..);
        segments.flat_map(move |segment| {
            let first = segment.first_entry;
            let within = u32::try_from(number.saturating_sub(first)).ok();
            let entries = within.map(|within| segment.entries.range(within..));
            entries
                .into_iter()
                .flatten()
                .map(move |it| first + u64::from(it))
        })
    }

    /// Drops the segments that start before `first_entry`.
    pub(crate) fn drop_before(&mut self, first_entry: u64) {
        while let Some(oldest) = self.segments.front() {
            if oldest.first_entry >= first_entry {
                return;
            }
            self.gone += oldest.entries.len();
            self.segments.pop_front();
        }
    }

    /// Returns the entry number of a row.
    pub(crate) fn number(&self, row: u64) -> Option<u64> {
        let place = self.gone.checked_add(row).filter(|it| *it < self.end)?;
        let after = self.segments.partition_point(|it| it.before <= place);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        let within = u32::try_from(place - segment.before).ok()?;
        let entry = segment.entries.select(within)?;
        Some(segment.first_entry + u64::from(entry))
    }

    /// Returns the first row at or after this entry.
    pub(crate) fn row_from(&self, number: u64) -> u64 {
        let after = self.segments.partition_point(|it| it.first_entry <= number);
        let Some(segment) = after.checked_sub(1).and_then(|it| self.segments.get(it)) else {
            return 0;
        };
        let smaller = match u32::try_from(number - segment.first_entry) {
            Ok(within) => segment.entries.range_cardinality(..within),
            Err(_) => segment.entries.len(),
        };
        segment.before + smaller - self.gone
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(hits: &Hits) -> Vec<u64> {
        (0..hits.len())
            .map(|row| hits.number(row).unwrap())
            .collect()
    }

    /// A hundred million hits, in segments as they are on disk.
    fn hundred_million(is_chosen: impl Fn(u32) -> bool) -> Hits {
        let mut hits = Hits::default();
        let segment: RoaringBitmap = (0..262_144).filter(|n| is_chosen(*n)).collect();
        let mut first_entry = 0;
        while hits.len() < 100_000_000 {
            hits.add(first_entry, segment.clone());
            first_entry += 262_144;
        }
        hits
    }

    fn bytes(hits: &Hits) -> usize {
        let segments = hits.segments.iter();
        segments
            .map(|it| it.entries.serialized_size() + size_of::<SegmentHits>())
            .sum()
    }

    #[test]
    fn a_hundred_million_hits_are_small() {
        let check = |hits: &Hits, at_most: usize| {
            assert!(bytes(hits) <= at_most, "{}", bytes(hits));
        };
        check(&hundred_million(|_| true), 64 * 1024);
        check(&hundred_million(|n| n % 2 == 0), 26 * 1024 * 1024);
        check(&hundred_million(|n| n % 16 < 15), 14 * 1024 * 1024);
    }

    #[test]
    fn one_hit_among_a_hundred_million_is_found() {
        let hits = hundred_million(|n| n % 2 == 0);
        for row in [0, 131_071, 131_072, 99_999_999] {
            assert_eq!(hits.number(row), Some(2 * row));
            assert_eq!(hits.row_from(2 * row), row);
        }
        assert_eq!(hits.number(hits.len()), None);
        assert_eq!(hits.row_from(u64::MAX), hits.len());
    }

    #[derive(Clone, Debug)]
    enum Step {
        /// Adds a segment of some length with some of its entries chosen.
        Push(u32, Vec<u32>),
        /// Chooses more in one of the segments.
        Add(usize, Vec<u32>),
        /// Chooses one more entry.
        Insert(usize, u32),
        /// Drops some of the oldest segments.
        Drop(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        let chosen = || proptest::collection::vec(0..40_u32, 0..20);
        prop_oneof![
            3 => (1..40_u32, chosen()).prop_map(|(len, chosen)| Step::Push(len, chosen)),
            2 => (any::<usize>(), chosen()).prop_map(|(at, chosen)| Step::Add(at, chosen)),
            1 => (any::<usize>(), 0..40_u32).prop_map(|(at, within)| Step::Insert(at, within)),
            1 => (0..3_usize).prop_map(Step::Drop),
        ]
    }

    proptest! {
        #[test]
        fn hits_behave_like_a_list_of_numbers(steps in proptest::collection::vec(step(), 0..30)) {
            let mut hits = Hits::default();
            let mut segments: Vec<(u64, u32, Vec<u32>)> = Vec::new();
            let mut next = 0_u64;
            let mut gone = 0;
            for step in steps {
                let within = |len: u32, chosen: Vec<u32>| {
                    let set: RoaringBitmap = chosen.into_iter().filter(|n| *n < len).collect();
                    (set.iter().collect::<Vec<_>>(), set)
                };
                match step {
                    Step::Push(len, chosen) => {
                        let (list, set) = within(len, chosen);
                        hits.add(next, set);
                        segments.push((next, len, list));
                        next += u64::from(len);
                    }
                    Step::Add(at, chosen) if !segments.is_empty() => {
                        let at = at % segments.len();
                        let (first, len, list) = &mut segments[at];
                        let (more, set) = within(*len, chosen);
                        hits.add(*first, set);
                        list.extend(more);
                        list.sort_unstable();
                        list.dedup();
                    }
                    Step::Insert(at, within) if !segments.is_empty() => {
                        let at = at % segments.len();
                        let (first, len, list) = &mut segments[at];
                        let within = within % *len;
                        hits.insert(*first + u64::from(within));
                        if let Err(place) = list.binary_search(&within) {
                            list.insert(place, within);
                        }
                    }
                    Step::Add(..) | Step::Insert(..) => {}
                    Step::Drop(count) => {
                        let kept = segments.split_off(count.min(segments.len()));
                        gone += segments.iter().map(|(_, _, list)| list.len() as u64).sum::<u64>();
                        segments = kept;
                        hits.drop_before(segments.first().map_or(next, |it| it.0));
                    }
                }
                let expected: Vec<u64> = segments
                    .iter()
                    .flat_map(|(first, _, list)| list.iter().map(move |n| first + u64::from(*n)))
                    .collect();
                prop_assert_eq!(all(&hits), expected.clone());
                prop_assert_eq!(hits.gone(), gone);
                for number in 0..next + 2 {
                    let row = expected.partition_point(|it| *it < number) as u64;
                    prop_assert_eq!(hits.row_from(number), row);
                }
            }
        }
    }
}
