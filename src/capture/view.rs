//! Views: which entries a filter shows, row by row, while the record grows at one end and is given up at the other.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};

use super::record::{MAX_VISIT, Record};
use super::request::{Filter, MAX_ROWS, Span};
use super::status::RecordStatus;

/// How many views the reader remembers. One that comes back later is made anew: its rows that are gone are then
/// counted from 0 again.
const VIEWS_KEPT: usize = 8;

/// The views that were asked for last.
#[derive(Debug, Default)]
pub(super) struct Views {
    /// The newest one first.
    recent: VecDeque<View>,
}

impl Views {
    /// Returns the view of `filter`, caught up with the record.
    pub(super) fn caught_up(&mut self, filter: &Filter, record: &Record) -> &View {
        let known = self.recent.iter().position(|view| view.filter == *filter);
        let mut view = known
            .and_then(|place| self.recent.remove(place))
            .unwrap_or_else(|| View::new(filter.clone()));
        view.catch_up(record);
        self.recent.truncate(VIEWS_KEPT - 1);
        self.recent.push_front_mut(view)
    }
}

/// The rows of one filter.
#[derive(Debug)]
pub(super) struct View {
    filter: Filter,
    rows: Rows,
    gone: u64,
}

#[derive(Debug)]
enum Rows {
    /// Every entry of this range.
    All(Range<u64>),
    /// Chosen entries.
    Chosen {
        numbers: VecDeque<u64>,
        /// The first entry that was not looked at yet.
        next: u64,
    },
}

impl View {
    fn new(filter: Filter) -> Self {
        let from = filter.from_entry;
        let rows = if filter.endpoint.is_none() && filter.connection.is_none() {
            Rows::All(from..from)
        } else {
            Rows::Chosen {
                numbers: VecDeque::new(),
                next: from,
            }
        };
        Self {
            filter,
            rows,
            gone: 0,
        }
    }

    /// How many rows it has.
    pub(super) fn len(&self) -> u64 {
        match &self.rows {
            Rows::All(range) => range.end - range.start,
            Rows::Chosen { numbers, .. } => numbers.len() as u64,
        }
    }

    /// How many rows it once had that are not kept any more.
    pub(super) fn gone(&self) -> u64 {
        self.gone
    }

    /// The number of the entry that a row shows.
    pub(super) fn number(&self, row: u64) -> Option<u64> {
        match &self.rows {
            Rows::All(range) => Some(range.start + row).filter(|number| range.contains(number)),
            Rows::Chosen { numbers, .. } => numbers.get(row as usize).copied(),
        }
    }

    /// The first row that shows the entry of this number or a newer one.
    pub(super) fn row_from(&self, number: u64) -> u64 {
        match &self.rows {
            Rows::All(range) => number.clamp(range.start, range.end) - range.start,
            Rows::Chosen { numbers, .. } => numbers.partition_point(|&n| n < number) as u64,
        }
    }

    /// The rows that a span asks for, as far as there are some.
    pub(super) fn rows(&self, span: Span) -> Range<u64> {
        let len = self.len();
        let (first, count) = match span {
            Span::From { first, count } => (first, count),
            Span::Newest { count } => (len.saturating_sub(bounded(count)), count),
            Span::Around { entry, count } => {
                let before = self.nearest_row(entry).saturating_sub(bounded(count) / 2);
                (before.min(len.saturating_sub(bounded(count))), count)
            }
        };
        let first = first.min(len);
        first..len.min(first.saturating_add(bounded(count)))
    }

    fn nearest_row(&self, entry: u64) -> u64 {
        let row = self.row_from(entry);
        let distance = |row: u64| self.number(row).map_or(u64::MAX, |n| n.abs_diff(entry));
        match row.checked_sub(1) {
            Some(before) if distance(before) < distance(row) => before,
            _ => row,
        }
    }

    fn catch_up(&mut self, record: &Record) {
        let RecordStatus { entries, .. } = record.status();
        if let Rows::Chosen { numbers, next } = &mut self.rows {
            choose(&self.filter, numbers, next, entries, record);
        }
        // What is shown is trimmed last: the record went on meanwhile.
        let RecordStatus { first_kept, .. } = record.status();
        match &mut self.rows {
            Rows::All(range) => {
                range.end = range.end.max(entries).max(first_kept);
                let start = first_kept.clamp(range.start, range.end);
                self.gone += start - range.start;
                range.start = start;
            }
            Rows::Chosen { numbers, .. } => {
                let gone = numbers.partition_point(|&number| number < first_kept);
                numbers.drain(..gone);
                self.gone += gone as u64;
            }
        }
    }
}

/// Appends the numbers of the entries before `end` that `filter` shows, a slice at a time.
fn choose(filter: &Filter, numbers: &mut VecDeque<u64>, next: &mut u64, end: u64, record: &Record) {
    while *next < end {
        *next = (*next).max(record.status().first_kept);
        let slice = *next..end.min(*next + MAX_VISIT);
        *next = slice.end.max(*next);
        record.visit(slice, |entry| {
            if filter.shows(entry) {
                numbers.push_back(entry.number);
            }
            ControlFlow::Continue(())
        });
    }
}

fn bounded(count: usize) -> u64 {
    count.min(MAX_ROWS) as u64
}
