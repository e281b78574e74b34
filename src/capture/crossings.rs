//! The matches of a find that cross from one chunk of a stream into the next: no chunk shows them by itself.

use std::collections::HashMap;
use std::ops::Range;

use super::entry::StreamId;

/// The most of them that are remembered; further ones are found, but not marked.
const MAX_CROSSINGS: usize = 16_384;

/// Which bytes of the streams such matches hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossings {
    /// Ascending, and apart from each other.
    of: HashMap<StreamId, Vec<Crossing>>,
    count: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Crossing {
    /// The offsets in the stream.
    range: Range<u64>,
    /// The last entry that the match touches.
    last_entry: u64,
}

impl Crossings {
    /// Adds a match of a stream. Those of one stream come in ascending order, possibly repeatedly.
    pub(super) fn add(&mut self, stream: StreamId, range: Range<u64>, last_entry: u64) {
        let known = self.of.entry(stream).or_default();
        match known.last_mut() {
            Some(last) if range.start <= last.range.end => {
                last.range.end = last.range.end.max(range.end);
                last.last_entry = last.last_entry.max(last_entry);
            }
            _ if self.count < MAX_CROSSINGS => {
                known.push(Crossing { range, last_entry });
                self.count += 1;
            }
            _ => {}
        }
    }

    /// Forgets those before an entry.
    pub(super) fn drop_before(&mut self, first_entry: u64) {
        self.of.retain(|_, known| {
            known.retain(|it| it.last_entry >= first_entry);
            !known.is_empty()
        });
        self.count = self.of.values().map(Vec::len).sum();
    }

    /// Returns whether any would be forgotten.
    pub(super) fn has_before(&self, first_entry: u64) -> bool {
        let mut all = self.of.values().flatten();
        all.any(|it| it.last_entry < first_entry)
    }

    /// Returns the parts of these bytes of a stream that belong to such matches, counted from the first of the bytes:
    /// ascending ranges.
    pub fn within(&self, stream: StreamId, bytes: Range<u64>) -> Vec<Range<usize>> {
        let known = self.of.get(&stream).map(Vec::as_slice).unwrap_or_default();
        let first = known.partition_point(|it| it.range.end <= bytes.start);
        let near = known.iter().skip(first);
        let near = near.take_while(|it| it.range.start < bytes.end);
        let place = |offset: u64| {
            let offset = offset.clamp(bytes.start, bytes.end) - bytes.start;
            usize::try_from(offset).unwrap_or(usize::MAX)
        };
        near.map(|it| place(it.range.start)..place(it.range.end))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::FlowId;

    #[test]
    fn the_parts_of_some_bytes_are_found() {
        let [stream, other] = StreamId::both(FlowId::server(1));
        let mut crossings = Crossings::default();
        crossings.add(stream, 3..8, 1);
        crossings.add(stream, 3..8, 1);
        crossings.add(stream, 6..9, 2);
        crossings.add(stream, 18..22, 4);
        let check = |bytes: Range<u64>, expected: &[(usize, usize)]| {
            let found = crossings.within(stream, bytes.clone()).into_iter();
            let found: Vec<_> = found.map(|it| (it.start, it.end)).collect();
            assert_eq!(found, expected);
            assert!(crossings.within(other, bytes).is_empty());
        };
        check(0..5, &[(3, 5)]);
        check(5..20, &[(0, 4), (13, 15)]);
        check(9..18, &[]);
        check(20..30, &[(0, 2)]);
        let mut fewer = crossings.clone();
        assert!(fewer.has_before(3) && !fewer.has_before(2));
        fewer.drop_before(3);
        assert_eq!(fewer.count, 1);
        fewer.drop_before(5);
        assert_eq!(fewer, Crossings::default());
    }

    #[test]
    fn there_are_never_too_many() {
        let mut crossings = Crossings::default();
        for n in 0..2 * MAX_CROSSINGS as u64 {
            let [stream, _] = StreamId::both(FlowId::server(n % 7));
            crossings.add(stream, 10 * n..10 * n + 2, n);
        }
        let known = crossings.of.values().map(Vec::len);
        assert_eq!(known.sum::<usize>(), MAX_CROSSINGS);
    }
}
