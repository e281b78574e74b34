//! Pages of rows, with the state of their source.

use std::fmt::Debug;
use std::ops::Range;

/// Which rows of a source are requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// `count` rows from `first`.
    From {
        /// The first row, counted over all rows that the source ever had, so that its number stays valid when older
        /// rows are dropped.
        first: u64,
        /// How many.
        count: usize,
    },
    /// The newest `count` rows.
    Newest {
        /// How many.
        count: usize,
    },
    /// `count` rows around the one that shows this entry, or the nearest one.
    Around {
        /// The entry.
        entry: u64,
        /// How many.
        count: usize,
    },
}

/// The most rows in a page.
pub const MAX_ROWS: usize = 2_000;

impl Span {
    /// Returns the requested rows that exist. `row` is the one for [`Span::Around`].
    pub(super) fn rows(self, all: Range<u64>, row: Option<u64>) -> Range<u64> {
        let (Self::From { count, .. } | Self::Newest { count } | Self::Around { count, .. }) = self;
        let count = count.min(MAX_ROWS) as u64;
        let last = all.end.saturating_sub(count);
        let around = |row: u64| row.saturating_sub(count / 2).min(last);
        let first = match self {
            Self::From { first, .. } => first,
            Self::Newest { .. } => last,
            Self::Around { .. } => row.map_or(last, around),
        };
        let first = first.clamp(all.start, all.end);
        first..all.end.min(first.saturating_add(count))
    }
}

/// The source of rows: a filter, or a followed connection.
pub trait RowSource: Clone + Debug + PartialEq {
    /// The type of a row.
    type Row: Clone + Debug;
    /// Information about the source besides its rows.
    type About: Clone + Debug;
}

/// Rows of a source, numbered over all that it ever had.
#[derive(Clone, Debug)]
pub struct Page<S: RowSource> {
    /// The source.
    pub of: S,
    /// The requested rows.
    pub span: Span,
    /// The first row that is kept, which is also the number of rows dropped.
    pub gone: u64,
    /// The row after the last.
    pub end: u64,
    /// The number of `rows[0]`.
    pub first: u64,
    /// The rows.
    pub rows: Vec<S::Row>,
    /// For [`Span::Around`], the row that shows the entry, or the nearest one; `None` while unknown.
    pub place: Option<u64>,
    /// Information about the source.
    pub about: S::About,
}

impl<S: RowSource> Page<S> {
    /// Returns the number of rows of the source.
    pub fn len(&self) -> u64 {
        self.end - self.gone
    }

    /// Returns whether the source has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a row, if the page holds it.
    pub fn row(&self, row: u64) -> Option<&S::Row> {
        let index = row.checked_sub(self.first)?;
        self.rows.get(usize::try_from(index).ok()?)
    }

    /// Returns whether the page holds these rows, as far as they exist.
    pub fn holds(&self, rows: Range<u64>) -> bool {
        let end = rows.end.min(self.end);
        let at_hand = self.first..self.first + self.rows.len() as u64;
        rows.start >= end || (at_hand.start <= rows.start && end <= at_hand.end)
    }
}
