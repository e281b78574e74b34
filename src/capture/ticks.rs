//! Where the matches of a find stand among the rows of a view, for the scroll bar: which of so many equal parts of the
//! rows hold one. As large for a hundred million rows as for a thousand.

use std::ops::Range;

use super::view::View;

/// The most parts that the rows are divided into: about one for each pixel of a tall scroll bar.
const MAX_PARTS: u64 = 1_024;

/// Which parts of a view's rows hold matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticks {
    /// The rows, counted with those that are gone.
    rows: Range<u64>,
    parts: u64,
    /// The parts with matches, ascending.
    marked: Vec<u16>,
}

/// The parts of a view's rows, by the entries that they begin with.
pub(super) struct Parts {
    rows: Range<u64>,
    /// The first entry of each part, and the one after the last.
    bounds: Vec<u64>,
}

impl Parts {
    /// Divides the rows of a view. `None` for a view of frames: its rows are not entries.
    pub(super) fn of(view: &View) -> Option<Self> {
        if view.frames().is_some() {
            return None;
        }
        let (gone, len) = (view.gone(), view.len());
        Some(Self::new(gone..gone + len, |row| view.number(row - gone)))
    }

    /// Divides rows, given the entry that each begins with.
    pub(super) fn new(rows: Range<u64>, entry_at: impl Fn(u64) -> Option<u64>) -> Self {
        let len = rows.end - rows.start;
        let parts = len.min(MAX_PARTS);
        let bound = |part| {
            let row = rows.start + at(len, part, parts);
            entry_at(row).filter(|_| row < rows.end).unwrap_or(u64::MAX)
        };
        Self {
            bounds: (0..=parts).map(bound).collect(),
            rows,
        }
    }

    /// Finds which parts hold entries of a view of matches.
    pub(super) fn ticks(self, matches: &View) -> Ticks {
        let mut marked = Vec::new();
        let mut before = 0;
        for (part, bound) in (0_u16..).zip(&self.bounds) {
            let after = matches.row_from(*bound);
            if let Some(last) = part.checked_sub(1).filter(|_| before < after) {
                marked.push(last);
            }
            before = after;
        }
        Ticks {
            rows: self.rows,
            parts: self.bounds.len() as u64 - 1,
            marked,
        }
    }
}

impl Ticks {
    /// Returns the rows of each part with matches, counted with those that are gone.
    pub fn marked(&self) -> impl Iterator<Item = Range<u64>> {
        let len = self.rows.end - self.rows.start;
        let row = move |part: u64| self.rows.start + at(len, part, self.parts);
        let marked = self.marked.iter().copied().map(u64::from);
        marked.map(move |part| row(part)..row(part + 1))
    }
}

/// Returns the row that a part begins with.
fn at(len: u64, part: u64, parts: u64) -> u64 {
    let row = u128::from(len) * u128::from(part) / u128::from(parts.max(1));
    u64::try_from(row).unwrap_or(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::Filter;
    use crate::capture::pass::Turn;
    use crate::capture::record::Record;
    use crate::capture::synthetic::{TestRecord, VariantNames, event, received, record};
    use crate::capture::view::Views;
    use crate::payload::Pattern;

    fn chunks(count: u64, is_match: impl Fn(u64) -> bool) -> TestRecord {
        record((0..count).map(|n| {
            let bytes: &[u8] = if is_match(n) { b"needle" } else { b"hay" };
            event(n, 1, 7, received(n + 1, bytes))
        }))
    }

    fn ticks(record: &Record, filter: &Filter) -> Vec<Range<u64>> {
        let end = record.status().entries;
        let pattern = Pattern::parse("needle").unwrap();
        let mut views = Views::new(&VariantNames);
        let parts = Parts::of(views.caught_up(filter, record)).unwrap();
        let found = views.get_found(filter, Some(&pattern));
        while !found.work(record, end, Turn::begin()) {}
        parts.ticks(found).marked().collect()
    }

    #[test]
    fn matches_have_their_ticks_in_a_short_view() {
        let record = chunks(10, |n| n == 0 || n == 4 || n == 9);
        let expected = [0..1, 4..5, 9..10];
        assert_eq!(ticks(&record, &Filter::default()), expected);
    }

    #[test]
    fn many_rows_share_a_tick() {
        let record = chunks(4_096, |n| n == 5 || n == 6 || n == 4_095);
        let expected = [4..8, 4_092..4_096];
        assert_eq!(ticks(&record, &Filter::default()), expected);
    }
}
