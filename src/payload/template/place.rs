//! Positions in bytes, of which negative ones count from the end.

use std::ops::Range;

/// Returns an offset in `len` bytes.
pub(super) fn offset(place: i64, len: usize) -> Option<usize> {
    let start = if place < 0 { len } else { 0 };
    start.checked_add_signed(isize::try_from(place).ok()?)
}

/// Returns a half-open range of `len` bytes, up to their end without `to`; `None` if it is not inside of them.
pub(super) fn range(from: i64, to: Option<i64>, len: usize) -> Option<Range<usize>> {
    let from = offset(from, len)?;
    let to = to.map_or(Some(len), |to| offset(to, len))?;
    (from <= to && to <= len).then_some(from..to)
}

/// Returns where a range was meant to end.
pub(super) fn end(to: Option<i64>, len: usize) -> i64 {
    to.unwrap_or(i64::try_from(len).unwrap_or(i64::MAX))
}
