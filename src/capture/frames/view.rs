//! The frames that a filter shows: cut in the background, slice by slice, while the recording grows.
//!
//! The newest entries of a long recording are cut first, then 64 times as many, and so on, until all are: whatever is
//! cut anew becomes a longer table, which replaces the one that is shown once it has caught up. Rows are numbered so that
//! the newest ones keep their numbers. Streams that began before the cut entries may be cut in the wrong place until all
//! are cut; for framings with delimiters, this concerns their first frame only.

use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use super::collector::{Collector, FrameCounts};
use super::framer::Framer;
use super::mark::TableRow;
use super::table::Table;
use crate::capture::chosen::Chosen;
use crate::capture::criteria::Filter;
use crate::capture::entry::Entry;
use crate::capture::frame_rules::FrameRules;
use crate::capture::pass::{Flows, Pass, PassStep, Turn, Walk};
use crate::capture::progress::Progress;
use crate::capture::record::{Depth, Record};
use crate::capture::say::Say;
use crate::capture::store::{EntryRecord, Flow, OpenSegment, ReadError, RecordStatus};
use crate::net::Stamp;

/// How many entries are cut in a slice.
const SLICE_ENTRIES: u32 = 512;
/// A table takes at most this part of what the recording may take, and there are at most two. An entry takes 60 bytes and
/// more, and its row five to ten, so that only a smaller limit than before makes it drop rows.
const TABLE_PART: u64 = 8;
/// How many of the newest entries are cut first.
const FIRST_ENTRIES: u64 = 65_536;
/// How many times as many are cut next. Whatever is cut anew is work done twice: at a factor of eight, a million entries
/// took one and a half times as long as cutting them once.
const MORE_ENTRIES: u64 = 64;
/// The number of the first row, unless all entries are cut at once; leaves room for those before it.
const ORIGIN: u64 = 1 << 62;

/// The frames that a filter shows: those with a chunk that it shows, and the entries that are not chunks.
#[derive(Debug)]
pub(crate) struct Frames {
    /// What is shown.
    shown: Cut,
    /// The number of the first row in the table shown.
    base: u64,
    /// The same from an earlier entry on, until it is shown.
    longer: Option<Box<Cut>>,
    /// The time up to which silences have ended.
    passed: Stamp,
    /// How frames are found from an entry on.
    begin: Begin,
}

/// Entries that are being cut.
#[derive(Debug)]
struct Cut {
    /// The first entry.
    from: u64,
    walk: Walk<Cutting>,
}

/// Begins to cut entries.
#[derive(Debug)]
struct Begin {
    filter: Filter,
    rules: Arc<FrameRules>,
    say: &'static dyn Say,
}

/// Cuts the streams of the entries that a walk visits.
#[derive(Debug)]
struct Cutting {
    /// Which entries are shown.
    filter: Filter,
    /// Whether the streams of all flows are cut, and all their entries are shown.
    takes_all: bool,
    /// If the filter has a pattern, the entries that it shows.
    found: Option<Box<Chosen>>,
    /// Whether the streams of a flow are cut. They are cut as a whole, whatever part of them is shown.
    flows: Flows<bool>,
    framer: Framer,
    collector: Collector,
}

impl Frames {
    /// Starts. The rules are those of `filter`.
    pub(crate) fn new(filter: &Filter, rules: &Arc<FrameRules>, say: &'static dyn Say) -> Self {
        let begin = Begin {
            filter: filter.of_entries(),
            rules: Arc::clone(rules),
            say,
        };
        Self {
            shown: begin.at(0),
            base: 0,
            longer: None,
            passed: Stamp(0),
            begin,
        }
    }

    /// Returns the number of frames, as far as they are cut.
    pub(crate) fn counts(&self, record: &Record) -> FrameCounts {
        let failure = self.table().and_then(Table::failure);
        let problem = failure.map(io::Error::kind);
        FrameCounts {
            problem,
            dropped: self.table().map_or(0, Table::gone),
            over_limit: self.table().map_or(0, Table::over_limit),
            older: self.older(record),
            ..self.shown.walk.step.collector.counts.clone()
        }
    }

    /// Returns how many entries are cut, while older ones are not.
    fn older(&self, record: &Record) -> Option<Progress> {
        let first_kept = record.status().first_kept;
        let cut = |cut: &Cut| {
            cut.walk
                .examined_to()
                .saturating_sub(cut.from.max(first_kept))
        };
        (self.shown.from > first_kept).then(|| Progress {
            done: cut(&self.shown).max(self.longer.as_deref().map_or(0, cut)),
            total: self.examined_to().saturating_sub(first_kept),
        })
    }

    /// Returns whether rows before the first one may still be found.
    pub(crate) fn is_growing(&self, record: &Record) -> bool {
        self.is_begun() && self.shown.from > record.status().first_kept
    }

    /// Returns whether the row of an entry is known.
    pub(crate) fn has_cut(&self, entry: u64, record: &Record) -> bool {
        self.shown.from <= entry || !self.is_growing(record)
    }

    /// Cuts older entries for one turn. Returns whether more of them are shown.
    pub(crate) fn grow(&mut self, record: &Record, turn: Turn) -> bool {
        if !self.is_growing(record) {
            self.longer = None;
            return false;
        }
        let end = self.examined_to();
        let next = (end - self.shown.from).max(FIRST_ENTRIES) * MORE_ENTRIES;
        let (begin, first) = (&self.begin, first_of(next, end, record.status().first_kept));
        let longer = self.longer.get_or_insert_with(|| Box::new(begin.at(first)));
        if !longer.work(record, end, turn) {
            return false;
        }
        longer.pass(self.passed);
        if let Some(longer) = self.longer.take() {
            let rows = |cut: &Cut| cut.table().map_or(0, Table::end);
            self.base = (self.base + rows(&self.shown)).saturating_sub(rows(&longer));
            self.shown = *longer;
        }
        true
    }

    /// Returns the size of the tables on disk.
    pub(crate) fn disk_bytes(&self) -> u64 {
        let shown = self.table().into_iter();
        let tables = shown.chain(self.longer.as_ref().and_then(|it| it.table()));
        tables.map(Table::disk_bytes).sum()
    }

    /// Returns the number after the last entry that was cut.
    pub(crate) fn examined_to(&self) -> u64 {
        self.shown.walk.examined_to()
    }

    /// Advances the time: a silence ends a frame if everything before it has been cut.
    pub(crate) fn pass(&mut self, now: Stamp) {
        self.passed = now;
        self.shown.pass(now);
    }

    /// Returns when the next silence ends.
    pub(crate) fn due(&self) -> Option<Stamp> {
        let framer = &self.shown.walk.step.framer;
        framer.deadline_nanos().map(Stamp)
    }

    /// Returns the rules.
    pub(crate) fn rules(&self) -> &FrameRules {
        &self.begin.rules
    }

    fn is_begun(&self) -> bool {
        self.table().is_some()
    }
}

/// Returns the first of the newest `count` entries before `end`, or 0 if there are no more.
fn first_of(count: u64, end: u64, first_kept: u64) -> u64 {
    let first = end.saturating_sub(count);
    if first <= first_kept { 0 } else { first }
}

impl Begin {
    fn at(&self, from: u64) -> Cut {
        let filter = Filter {
            from_entry: self.filter.from_entry.max(from),
            ..self.filter.clone()
        };
        let has_pattern = filter.pattern.is_some();
        let cutting = Cutting {
            takes_all: self.filter.shows_all() && self.filter.from_entry == 0,
            found: has_pattern.then(|| Box::new(Chosen::new(&filter, None, self.say))),
            filter,
            flows: Flows::default(),
            framer: Framer::new(Arc::clone(&self.rules)),
            collector: Collector::new(&self.rules),
        };
        Cut {
            from,
            walk: Walk::from(from, cutting),
        }
    }
}

impl Cut {
    fn table(&self) -> Option<&Table> {
        self.walk.step.collector.table.as_ref()
    }

    fn pass(&mut self, now: Stamp) {
        let done = self.walk.examined_to();
        let Cutting {
            framer, collector, ..
        } = &mut self.walk.step;
        framer.pass(now.0, &mut |frame| collector.take(frame, done));
    }
}

impl Pass for Frames {
    fn is_behind(&self, end: u64) -> bool {
        self.shown.is_behind(end)
    }

    fn step(&mut self, record: &Record, end: u64) {
        if !self.is_begun() {
            let first = first_of(FIRST_ENTRIES, end, record.status().first_kept);
            self.shown = self.begin.at(first);
            self.base = if first == 0 { 0 } else { ORIGIN };
        }
        self.shown.step(record, end);
    }

    fn give_up(&mut self, first_kept: u64) {
        self.shown.give_up(first_kept);
        if let Some(longer) = &mut self.longer {
            longer.give_up(first_kept);
        }
    }

    fn finish(&mut self, end: u64) {
        self.shown.finish(end);
    }

    fn free_memory(&mut self) {
        self.shown.free_memory();
    }
}

impl Pass for Cut {
    fn is_behind(&self, end: u64) -> bool {
        self.walk.is_behind(end)
    }

    fn step(&mut self, record: &Record, end: u64) {
        let next = self.walk.examined_to();
        let cutting = &mut self.walk.step;
        let table = &mut cutting.collector.table;
        let limit_bytes = table_limit(&record.status());
        table
            .get_or_insert_with(|| Table::create(&record.store().dir(), limit_bytes))
            .set_limit(limit_bytes);
        let mut ready = end;
        if let Some(found) = &mut cutting.found {
            ready = ready.min(found.examined_to());
            if ready <= next && found.is_behind(end) {
                found.work(record, end, Turn::begin());
                return;
            }
        }
        self.walk.step(record, ready);
    }

    // Rows completed by entries before this one are dropped.
    fn give_up(&mut self, first_kept: u64) {
        if first_kept > 0 {
            let Cutting {
                collector, found, ..
            } = &mut self.walk.step;
            if let Some(table) = &mut collector.table {
                table.give_up(first_kept);
            }
            if let Some(found) = found {
                found.give_up(first_kept);
            }
        }
    }

    fn finish(&mut self, end: u64) {
        self.walk.finish(end);
    }

    fn free_memory(&mut self) {
        if let Some(found) = &mut self.walk.step.found {
            found.free_memory();
        }
    }
}

impl PassStep for Cutting {
    fn begin(&mut self, _first_entry: u64) {
        self.flows.clear();
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let end = range.end.min(range.start.saturating_add(SLICE_ENTRIES));
        let first = open.segment().first_entry();
        let filter = &self.filter;
        let is_cut = |flow: &Flow| filter.takes_flow(flow.endpoint, flow.link.as_deref());
        // The row of an entry explains what cannot be read.
        self.flows.learn(open, is_cut).ok();
        let records = open.whole_records(range.start..end);
        let mut records = records.into_iter().peekable();
        for entry in range.start..end {
            let number = first + u64::from(entry);
            let Some((_, record)) = records.next_if(|(it, _)| *it == entry) else {
                // A damaged record cannot be attributed to a connection.
                if self.takes_all {
                    self.collector.put(number, TableRow::Entry(number));
                }
                continue;
            };
            if !self.takes_all && self.flows.of(record.flow) != Some(true) {
                continue;
            }
            match open.entry_of(entry, &record, usize::MAX).whole() {
                Ok(whole) => {
                    let is_shown = self.shows(number, &record, open);
                    self.cut(&whole, is_shown);
                }
                Err(_) => self.collector.put(number, TableRow::Entry(number)),
            }
        }
        Ok(end)
    }

    // If the capture has stopped growing, its open frames end with it.
    fn finish(&mut self, end: u64) {
        let Self {
            framer, collector, ..
        } = self;
        framer.end(&mut |frame| collector.take(frame, end));
    }
}

impl Cutting {
    fn cut(&mut self, entry: &Entry, is_shown: bool) {
        let number = entry.number;
        let Self {
            framer, collector, ..
        } = self;
        let stream = entry.stream_id().filter(|_| entry.payload().is_some());
        let cut = stream.filter(|_| framer.cuts(entry));
        if let Some(stream) = cut {
            collector.begin(entry, stream, is_shown);
        }
        framer.push(entry, &mut |frame| collector.take(frame, number));
        collector.end_chunk();
        if cut.is_none() && is_shown {
            collector.put(number, TableRow::Entry(number));
        }
        if let Some(connection) = entry.ended_connection() {
            collector.forget(connection);
        }
    }

    fn shows(&self, number: u64, record: &EntryRecord, open: &OpenSegment) -> bool {
        match &self.found {
            _ if self.takes_all => true,
            Some(found) => {
                let hits = found.hits();
                hits.number(hits.row_from(number)) == Some(number)
            }
            None => self.filter.takes_record(number, record, open),
        }
    }
}

/// Returns the most bytes of the table of a recording.
fn table_limit(status: &RecordStatus) -> u64 {
    let may_be_kept = match status.limit_bytes {
        0 => status.kept_bytes,
        limit_bytes => limit_bytes,
    };
    may_be_kept / TABLE_PART
}

impl Frames {
    fn table(&self) -> Option<&Table> {
        self.shown.table()
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> u64 {
        self.table().map_or(0, Table::len)
    }

    /// Returns the number of the first row. If all entries were cut at once, this is how many rows are no longer kept.
    pub(crate) fn gone(&self) -> u64 {
        self.base + self.table().map_or(0, Table::gone)
    }

    /// Visits rows by their numbers until `visit` breaks off.
    pub(crate) fn visit(
        &self,
        numbers: Range<u64>,
        record: &Record,
        mut visit: impl FnMut(u64, TableRow) -> ControlFlow<()>,
    ) {
        let Some(table) = self.table() else {
            return;
        };
        let base = self.base;
        let mut rows = numbers.start.saturating_sub(base)..numbers.end.saturating_sub(base);
        let mut marks = table.marks_from_row(rows.start);
        while !rows.is_empty()
            && let Some(mark) = marks.next()
        {
            for row in mark.rows_within(&rows, self.rules(), record) {
                if visit(base + rows.start, row).is_break() {
                    return;
                }
                rows.start += 1;
            }
        }
    }

    /// Returns a row by its number.
    pub(crate) fn get(&self, number: u64, record: &Record) -> Option<TableRow> {
        let mut found = None;
        self.visit(number..number.saturating_add(1), record, |_, row| {
            found = Some(row);
            ControlFlow::Break(())
        });
        found
    }

    /// Returns the number of the row that shows an entry: of the frame with its first byte, or else of the next row.
    pub(crate) fn number_of_entry(&self, entry: u64, record: &Record) -> u64 {
        /// How many marks are searched for the frame, since marks of other streams lie in between.
        const MOST_MARKS: usize = 4_096;
        let Some(table) = self.table() else {
            return 0;
        };
        let whose = record.entry(entry, Depth::Head).ok().flatten();
        let stream = whose.as_ref().and_then(Entry::stream_id);
        let shows_entry = |row: &TableRow| match row {
            TableRow::Entry(number) => *number == entry,
            TableRow::Frame(frame) => {
                Some(frame.stream) == stream
                    && (frame.first_entry..=frame.last_entry).contains(&entry)
            }
        };
        let mut marks = table.marks_done_from(entry).take(MOST_MARKS);
        let mark = marks.find(|mark| shows_entry(&mark.row));
        self.base + mark.map_or_else(|| table.row_from(entry), |mark| mark.number)
    }
}

#[cfg(test)]
mod tests;
