//! Rows as they are handed out: a part of them, and how their source stands.

use std::fmt::Debug;
use std::ops::Range;

/// Which rows of a source are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// `count` rows from `first` on.
    From {
        /// The first row, counted over all rows that the source ever had: those that are gone, then those that are kept.
        /// So the same row is meant whatever is given up on the way.
        first: u64,
        /// How many.
        count: usize,
    },
    /// The newest `count` rows.
    Newest {
        /// How many.
        count: usize,
    },
    /// `count` rows of which the middle one shows the entry of this number, or the nearest one that is shown.
    Around {
        /// The entry.
        entry: u64,
        /// How many.
        count: usize,
    },
}

/// The most rows that are handed out at once.
pub const MAX_ROWS: usize = 2_000;

impl Span {
    /// Returns the rows that it asks for, of those that there are; `row` is the one that [`Span::Around`] means.
    pub(super) fn rows(self, all: Range<u64>, row: Option<u64>) -> Range<u64> {
        let (first, count) = match self {
            Self::From { first, count } => (Some(first), count),
            Self::Newest { count } => (None, count),
            Self::Around { count, .. } => {
                let half = count.min(MAX_ROWS) as u64 / 2;
                (row.map(|row| row.saturating_sub(half)), count)
            }
        };
        let count = count.min(MAX_ROWS) as u64;
        let last = all.end.saturating_sub(count);
        let first = match self {
            Self::From { .. } => first.unwrap_or(last),
            _ => first.unwrap_or(last).min(last),
        };
        let first = first.clamp(all.start, all.end);
        first..all.end.min(first.saturating_add(count))
    }
}

/// Where rows come from: a filter, or a followed connection.
pub trait RowSource: Clone + Debug + PartialEq {
    /// What a row is.
    type Row: Clone + Debug;
    /// What is known beside the rows.
    type About: Clone + Debug;
}

/// Rows of a source, counted over all that it ever had.
#[derive(Clone, Debug)]
pub struct Page<S: RowSource> {
    /// The source.
    pub of: S,
    /// Which rows were asked for.
    pub span: Span,
    /// The first row that is kept: as many were before it.
    pub gone: u64,
    /// The row after the last one.
    pub end: u64,
    /// Which one `rows[0]` is.
    pub first: u64,
    /// The rows.
    pub rows: Vec<S::Row>,
    /// For [`Span::Around`], the row that shows the entry, or is the nearest one to it; none where it is not known yet.
    pub place: Option<u64>,
    /// What is known beside the rows.
    pub about: S::About,
}

impl<S: RowSource> Page<S> {
    /// Returns how many rows there are.
    pub fn len(&self) -> u64 {
        self.end - self.gone
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a row, if it is at hand.
    pub fn row(&self, row: u64) -> Option<&S::Row> {
        let index = row.checked_sub(self.first)?;
        self.rows.get(usize::try_from(index).ok()?)
    }

    /// Returns whether these rows are at hand, as far as there are some.
    pub fn holds(&self, rows: Range<u64>) -> bool {
        let end = rows.end.min(self.end);
        let at_hand = self.first..self.first + self.rows.len() as u64;
        rows.start >= end || (at_hand.start <= rows.start && end <= at_hand.end)
    }
}
