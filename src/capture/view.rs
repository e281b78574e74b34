//! Views: the rows of a filter, while the recording grows at one end and is dropped at the other.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::bundles::Bundles;
use super::chosen::Chosen;
use super::criteria::Filter;
use super::crossings::Crossings;
use super::frames::Frames;
use super::hits::Hits;
use super::page::Span;
use super::pass::{Pass, Turn};
use super::progress::Progress;
use super::record::Record;
use super::say::Say;
use super::search_encodings::Encodings;
use crate::net::Stamp;
use crate::payload::Pattern;

/// How many views the reader remembers. A view that is needed again later is rebuilt, and counts its dropped rows from
/// 0 again.
const VIEWS_KEPT: usize = 8;

/// The most recently used views.
#[derive(Debug)]
pub(super) struct Views {
    say: &'static dyn Say,
    /// Newest first.
    recent: VecDeque<View>,
}

impl Views {
    pub(super) fn new(say: &'static dyn Say) -> Self {
        Self {
            say,
            recent: VecDeque::new(),
        }
    }

    /// Returns the view of `filter`, as far as it has progressed.
    pub(super) fn get(&mut self, filter: &Filter) -> &mut View {
        self.get_found(filter, None)
    }

    /// Returns the view of the entries that `filter` shows and that match `also`.
    pub(super) fn get_found(&mut self, filter: &Filter, also: Option<&Pattern>) -> &mut View {
        let key = Key::new(filter, also);
        let known = self.recent.iter().position(|view| view.key == key);
        let view = known
            .and_then(|place| self.recent.remove(place))
            .unwrap_or_else(|| View::new(key, self.say));
        // Tables of frames occupy the disk: the one in use is kept.
        if view.frames().is_some() {
            self.recent.retain(|other| other.frames().is_none());
        }
        self.recent.truncate(VIEWS_KEPT - 1);
        self.recent.push_front_mut(view)
    }

    /// Returns the view of `filter` after it has caught up with the recording, however long that takes.
    #[cfg(test)]
    pub(super) fn caught_up(&mut self, filter: &Filter, record: &Record) -> &View {
        let view = self.get(filter);
        while !view.work(record, record.status().entries, Turn::begin()) {}
        view
    }

    /// Returns the frames of a view, if it has been made and shows any.
    pub(super) fn frames_of(&self, filter: &Filter) -> Option<&Frames> {
        let key = Key::new(filter, None);
        let mut views = self.recent.iter();
        views.find(|view| view.key == key)?.frames()
    }

    /// Returns the size on disk of what was derived from the recording.
    pub(super) fn disk_bytes(&self) -> u64 {
        let frames = self.recent.iter().filter_map(View::frames);
        frames.map(Frames::disk_bytes).sum()
    }

    /// Frees memory and files of views that nobody is waiting for.
    pub(super) fn release(&mut self) {
        for view in &mut self.recent {
            match &mut view.rows {
                Rows::Chosen(chosen) => chosen.release(),
                Rows::Bundles(bundles) => bundles.release(),
                Rows::All(_) | Rows::Frames(_) => {}
            }
        }
    }
}

/// Identifies a view.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    filter: Filter,
    /// A pattern that entries must match besides the filter's own.
    also: Option<Pattern>,
}

impl Key {
    fn new(filter: &Filter, also: Option<&Pattern>) -> Self {
        let mut filter = filter.clone();
        // A find searches entries, not frames.
        filter.frames = filter.frames.filter(|_| also.is_none());
        if filter.pattern.is_none() && also.is_none() {
            filter.encodings = Encodings::default();
        }
        let mut also = also.cloned();
        if filter.pattern.is_none() {
            filter.pattern = also.take();
        }
        also = also.filter(|also| filter.pattern.as_ref() != Some(also));
        Self { filter, also }
    }
}

/// The rows of one filter.
#[derive(Debug)]
pub(super) struct View {
    key: Key,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    All(AllEntries),
    /// Chosen entries.
    Chosen(Box<Chosen>),
    /// Frames.
    Frames(Box<Frames>),
    /// Entries, and bundles of them.
    Bundles(Box<Bundles>),
}

/// A range of entries, and how many before it are gone.
#[derive(Debug)]
struct AllEntries {
    range: Range<u64>,
    gone: u64,
}

impl Pass for AllEntries {
    fn is_behind(&self, end: u64) -> bool {
        self.range.end < end
    }

    fn step(&mut self, _record: &Record, end: u64) {
        self.range.end = end;
    }

    fn give_up(&mut self, first_kept: u64) {
        let Self { range, gone } = self;
        range.end = range.end.max(first_kept);
        let start = first_kept.clamp(range.start, range.end);
        *gone += start - range.start;
        range.start = start;
    }
}

impl View {
    /// Makes the view of a filter.
    #[cfg(test)]
    pub(super) fn of(filter: Filter, say: &'static dyn Say) -> Self {
        Self::new(Key { filter, also: None }, say)
    }

    /// Returns the frames to find more of, if it shows any.
    pub(super) fn frames_mut(&mut self) -> Option<&mut Frames> {
        match &mut self.rows {
            Rows::Frames(frames) => Some(frames),
            _ => None,
        }
    }

    /// Returns the frames, if it shows any.
    pub(super) fn frames(&self) -> Option<&Frames> {
        match &self.rows {
            Rows::Frames(frames) => Some(frames),
            _ => None,
        }
    }

    /// Returns the bundles, if it shows any.
    pub(super) fn bundles(&self) -> Option<&Bundles> {
        match &self.rows {
            Rows::Bundles(bundles) => Some(bundles),
            _ => None,
        }
    }

    /// Advances the time: a silence ends a frame.
    pub(super) fn pass(&mut self, now: Stamp) {
        if let Rows::Frames(frames) = &mut self.rows {
            frames.pass(now);
        }
    }

    fn new(key: Key, say: &'static dyn Say) -> Self {
        let from = key.filter.from_entry;
        let rows = if let Some(rules) = &key.filter.frames {
            Rows::Frames(Box::new(Frames::new(&key.filter, rules, say)))
        } else if key.filter.bundles && key.filter.has_whole_runs() && key.also.is_none() {
            Rows::Bundles(Box::new(Bundles::new(&key.filter)))
        } else if key.filter.shows_all() {
            Rows::All(AllEntries {
                range: from..from,
                gone: 0,
            })
        } else {
            Rows::Chosen(Box::new(Chosen::new(&key.filter, key.also.as_ref(), say)))
        };
        Self { key, rows }
    }

    fn pass_mut(&mut self) -> &mut dyn Pass {
        match &mut self.rows {
            Rows::All(all) => all,
            Rows::Chosen(chosen) => &mut **chosen,
            Rows::Frames(frames) => &mut **frames,
            Rows::Bundles(bundles) => &mut **bundles,
        }
    }

    /// Returns whether entries before `end` remain to be examined.
    pub(super) fn is_behind(&mut self, end: u64) -> bool {
        self.pass_mut().is_behind(end)
    }

    /// Works for one turn. See [`Pass::work`].
    pub(super) fn work(&mut self, record: &Record, end: u64, turn: Turn) -> bool {
        self.pass_mut().work(record, end, turn)
    }

    /// Returns the number after the entries that have been examined.
    pub(super) fn examined_to(&self) -> u64 {
        match &self.rows {
            Rows::All(all) => all.range.end,
            Rows::Chosen(chosen) => chosen.examined_to(),
            Rows::Frames(frames) => frames.examined_to(),
            Rows::Bundles(bundles) => bundles.examined_to(),
        }
    }

    /// Returns its progress through the entries before `end`.
    pub(super) fn progress(&mut self, record: &Record, end: u64) -> Progress {
        let start = record.status().first_kept.max(self.key.filter.from_entry);
        let total = end.saturating_sub(start);
        let most = total.saturating_sub(self.is_behind(end).into());
        let done = self.examined_to().saturating_sub(start).min(most);
        Progress { done, total }
    }

    /// Returns the numbers of its rows if they are consecutive, or else the entries that it shows.
    fn numbers(&self) -> Result<Range<u64>, &Hits> {
        match &self.rows {
            Rows::All(all) => Ok(all.range.clone()),
            Rows::Chosen(chosen) => Err(chosen.hits()),
            Rows::Frames(frames) => Ok(frames.gone()..frames.gone() + frames.len()),
            Rows::Bundles(bundles) => Err(bundles.starts()),
        }
    }

    /// Returns the matches of its pattern that cross from chunk to chunk.
    pub(super) fn crossings(&self) -> Arc<Crossings> {
        match &self.rows {
            Rows::Chosen(chosen) => Arc::clone(chosen.crossings()),
            _ => Arc::default(),
        }
    }

    /// Returns the number of rows.
    pub(super) fn len(&self) -> u64 {
        self.numbers()
            .map_or_else(Hits::len, |numbers| numbers.end - numbers.start)
    }

    /// Returns the number of rows that are no longer kept; for frames, the number of the first row.
    pub(super) fn gone(&self) -> u64 {
        match &self.rows {
            Rows::All(all) => all.gone,
            Rows::Chosen(chosen) => chosen.hits().gone(),
            Rows::Frames(frames) => frames.gone(),
            Rows::Bundles(bundles) => bundles.starts().gone(),
        }
    }

    /// Returns the entry number of a row; for frames, the row's number counting rows that are gone.
    pub(crate) fn number(&self, row: u64) -> Option<u64> {
        match self.numbers() {
            Ok(numbers) => numbers
                .start
                .checked_add(row)
                .filter(|it| numbers.contains(it)),
            Err(hits) => hits.number(row),
        }
    }

    /// Returns the first row with this number or a higher one.
    pub(crate) fn row_from(&self, number: u64) -> u64 {
        match self.numbers() {
            Ok(numbers) => number.clamp(numbers.start, numbers.end) - numbers.start,
            Err(hits) => hits.row_from(number),
        }
    }

    /// Returns the row that shows an entry, or the nearest one.
    pub(super) fn row_of_entry(&self, entry: u64, record: &Record) -> u64 {
        match &self.rows {
            Rows::Frames(frames) => self.row_from(frames.number_of_entry(entry, record)),
            Rows::Bundles(bundles) => bundles.row_of_entry(entry),
            _ => self.nearest_row(entry),
        }
    }

    /// Returns whether the row of an entry is known: older frames may still have to be found.
    pub(super) fn knows_row_of(&self, entry: u64, record: &Record) -> bool {
        let frames = self.frames();
        frames.is_none_or(|frames| frames.has_cut(entry, record))
    }

    /// Returns the rows of a span, as far as they exist.
    pub(super) fn rows(&self, span: Span, record: &Record) -> Range<u64> {
        let gone = self.gone();
        let row = match span {
            Span::Around { entry, .. } if self.knows_row_of(entry, record) => {
                Some(gone + self.row_of_entry(entry, record))
            }
            _ => None,
        };
        let rows = span.rows(gone..gone + self.len(), row);
        rows.start - gone..rows.end - gone
    }

    fn nearest_row(&self, entry: u64) -> u64 {
        let row = self.row_from(entry);
        let distance = |row: u64| self.number(row).map_or(u64::MAX, |n| n.abs_diff(entry));
        match row.checked_sub(1) {
            Some(before) if distance(before) < distance(row) => before,
            _ => row,
        }
    }
}

#[cfg(test)]
mod tests;
