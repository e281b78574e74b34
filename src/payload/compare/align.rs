//! The fewest insertions and deletions that lead from one message to another: Myers, "An O(ND) Difference Algorithm and
//! Its Variations", 1986.

use super::Gap;
use super::ends::{CHUNK_BYTES, prefix_len, tail};
use super::in_place::push_rest;

/// The most bytes inserted and deleted in an alignment. The search needs `2 * EDITS_LIMIT * EDITS_LIMIT` bytes of
/// memory: 8 MiB.
const EDITS_LIMIT: usize = 2048;

/// The most work for an alignment, counted in steps of the search; 16 bytes found equal count as one step.
const WORK_LIMIT: usize = 4 * 1024 * 1024;

/// Finds the fewest insertions and deletions; `None` if there are too many or the search takes too long.
pub(super) fn gaps(left: &[u8], right: &[u8]) -> Option<Vec<Gap>> {
    if left.is_empty() || right.is_empty() {
        let mut gaps = Vec::new();
        push_rest(&mut gaps, left.len(), right.len());
        return Some(gaps);
    }
    let is_within = left.len().abs_diff(right.len()) <= EDITS_LIMIT
        && left.len().max(right.len()) < BEYOND as usize;
    let rows = is_within.then(|| search(left, right)).flatten()?;
    Some(trace_back(&rows, left.len(), right.len()))
}

/// For each diagonal, how far on the left the search got with as many edits as the row's number.
///
/// Index `i` of row `d` is the diagonal reached by `i` deletions and `d - i` insertions: there, the position on the
/// right is that on the left `+ d - 2 * i`. So `d + 1` numbers are enough for a row.
type Row = Vec<u32>;

/// Marks a diagonal in a [`Row`] that lies beyond either message.
const BEYOND: u32 = u32::MAX;

/// Searches with more and more edits until both ends are reached, and returns all rows.
fn search(left: &[u8], right: &[u8]) -> Option<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut work = 0;
    for edits in 0..=EDITS_LIMIT {
        let mut row = Row::with_capacity(edits + 1);
        let before = rows.last().map(Vec::as_slice);
        for place in 0..=edits {
            work += 1;
            let Some(step) = Step::to(before, place, edits, left.len(), right.len()) else {
                row.push(BEYOND);
                continue;
            };
            let same = prefix_len(tail(left, step.x), tail(right, step.y));
            work += same / CHUNK_BYTES;
            if work > WORK_LIMIT {
                return None;
            }
            row.push((step.x + same) as u32);
            if step.x + same == left.len() && step.y + same == right.len() {
                rows.push(row);
                return Some(rows);
            }
        }
        rows.push(row);
    }
    None
}

/// An edit, and the positions it leads to on both sides.
struct Step {
    x: usize,
    y: usize,
    is_insertion: bool,
}

impl Step {
    /// Returns the edit that leads furthest on the diagonal of `place` in row `edits`, which follows `before`; `None`
    /// if both edits leave the messages. The first row has no predecessor and begins at the front.
    fn to(
        before: Option<&[u32]>,
        place: usize,
        edits: usize,
        left_len: usize,
        right_len: usize,
    ) -> Option<Self> {
        let Some(before) = before else {
            return Some(Self {
                x: 0,
                y: 0,
                is_insertion: false,
            });
        };
        let reached = |place: usize| before.get(place).filter(|&&x| x != BEYOND);
        let right_of = |x: usize| (x + edits).checked_sub(2 * place);
        let inserted = reached(place).map(|&x| x as usize);
        let inserted = inserted.filter(|&x| right_of(x).is_some_and(|y| y <= right_len));
        let deleted = place.checked_sub(1).and_then(reached);
        let deleted = deleted.map(|&x| x as usize + 1).filter(|&x| x <= left_len);
        let x = inserted.max(deleted)?;
        Some(Self {
            x,
            y: right_of(x)?,
            is_insertion: inserted == Some(x),
        })
    }
}

/// Walks from both ends back to the front, and returns the gaps along the path.
fn trace_back(rows: &[Row], left_len: usize, right_len: usize) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    // The last row ends on the diagonal of both ends.
    let mut place = (rows.len() + left_len).saturating_sub(1 + right_len) / 2;
    for edits in (1..rows.len()).rev() {
        let before = rows.get(edits - 1).map(Vec::as_slice);
        let Some(step) = Step::to(before, place, edits, left_len, right_len) else {
            break;
        };
        let (x, y) = (step.x, step.y);
        let (start_x, start_y) = if step.is_insertion {
            (x, y.saturating_sub(1))
        } else {
            place = place.saturating_sub(1);
            (x.saturating_sub(1), y)
        };
        match gaps.last_mut() {
            Some(next) if (next.left.start, next.right.start) == (x, y) => {
                (next.left.start, next.right.start) = (start_x, start_y);
            }
            _ => gaps.push(Gap {
                left: start_x..x,
                right: start_y..y,
            }),
        }
    }
    gaps.reverse();
    gaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns how many insertions and deletions lead from one side to the other, by a naive method.
    fn edits(left: &[u8], right: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=right.len()).collect();
        for (x, a) in left.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = x + 1;
            for (y, b) in right.iter().enumerate() {
                let above = row[y + 1];
                row[y + 1] = if a == b {
                    diagonal
                } else {
                    1 + above.min(row[y])
                };
                diagonal = above;
            }
        }
        row[right.len()]
    }

    proptest! {
        #[test]
        fn the_fewest_edits_are_found(
            left in proptest::collection::vec(0..4_u8, 0..60),
            right in proptest::collection::vec(0..4_u8, 0..60),
        ) {
            let gaps = gaps(&left, &right).unwrap();
            let found: usize = gaps.iter().map(|gap| gap.left.len() + gap.right.len()).sum();
            prop_assert_eq!(found, edits(&left, &right));
        }
    }
}
