//! The frames that a filter shows: cut in the background, slice by slice, while the recording grows.

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
use crate::capture::pass::{Flows, Pass, Step, Turn, Walk};
use crate::capture::record::{Depth, Record};
use crate::capture::say::Say;
use crate::capture::store::{EntryRecord, Flow, OpenSegment, ReadError, RecordStatus};
use crate::net::Stamp;

/// How many entries are cut in a slice.
const SLICE_ENTRIES: u32 = 512;
/// The table takes at most this part of what the recording may take. An entry takes 60 bytes and more, and its row
/// about ten, so that only a smaller limit than before makes it drop rows.
const TABLE_PART: u64 = 4;

/// The frames that a filter shows: those with a chunk that it shows, and the entries that are not chunks.
#[derive(Debug)]
pub(crate) struct Frames {
    walk: Walk<Cutting>,
}

/// Cuts the streams of the entries that a walk visits.
#[derive(Debug)]
struct Cutting {
    rules: Arc<FrameRules>,
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
        let filter = filter.of_entries();
        let has_pattern = filter.pattern.is_some();
        let cutting = Cutting {
            rules: Arc::clone(rules),
            takes_all: filter.shows_all() && filter.from_entry == 0,
            found: has_pattern.then(|| Box::new(Chosen::new(&filter, None, say))),
            filter,
            flows: Flows::default(),
            framer: Framer::new(Arc::clone(rules)),
            collector: Collector::new(rules),
        };
        Self {
            walk: Walk::from(0, cutting),
        }
    }

    /// Returns the number of frames.
    pub(crate) fn counts(&self) -> FrameCounts {
        let failure = self.table().and_then(Table::failure);
        let problem = failure.map(io::Error::kind);
        FrameCounts {
            problem,
            over_limit: self.table().map_or(0, Table::over_limit),
            ..self.walk.step.collector.counts.clone()
        }
    }

    /// Returns the size of the table on disk.
    pub(crate) fn disk_bytes(&self) -> u64 {
        self.table().map_or(0, Table::disk_bytes)
    }

    /// Returns the number after the last entry that was cut.
    pub(crate) fn examined_to(&self) -> u64 {
        self.walk.examined_to()
    }

    /// Advances the time: a silence ends a frame if everything before it has been cut.
    pub(crate) fn pass(&mut self, now: Stamp) {
        let done = self.examined_to();
        let Cutting {
            framer, collector, ..
        } = &mut self.walk.step;
        framer.pass(now.0, &mut |frame| collector.take(frame, done));
    }

    /// Returns when the next silence ends.
    pub(crate) fn due(&self) -> Option<Stamp> {
        self.walk.step.framer.deadline_nanos().map(Stamp)
    }

    /// Returns the rules.
    pub(crate) fn rules(&self) -> &FrameRules {
        &self.walk.step.rules
    }
}

impl Pass for Frames {
    fn is_behind(&self, end: u64) -> bool {
        self.walk.is_behind(end)
    }

    fn step(&mut self, record: &Record, end: u64) {
        let next = self.examined_to();
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

impl Step for Cutting {
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
        let records = open.whole_records(range.start..end, |_, _| ());
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
        let cut = stream.filter(|it| framer.cuts(entry.event.endpoint, it.direction));
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
        self.walk.step.collector.table.as_ref()
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> u64 {
        self.table().map_or(0, Table::len)
    }

    /// Returns the number of rows that are no longer kept.
    pub(crate) fn gone(&self) -> u64 {
        self.table().map_or(0, Table::gone)
    }

    /// Visits rows until `visit` breaks off. Row numbers start at 0 and include rows that are gone.
    pub(crate) fn visit(
        &self,
        mut numbers: Range<u64>,
        record: &Record,
        mut visit: impl FnMut(u64, TableRow) -> ControlFlow<()>,
    ) {
        let Some(table) = self.table() else {
            return;
        };
        let mut marks = table.marks_from_row(numbers.start);
        while !numbers.is_empty()
            && let Some(mark) = marks.next()
        {
            for row in mark.rows_within(&numbers, self.rules(), record) {
                if visit(numbers.start, row).is_break() {
                    return;
                }
                numbers.start += 1;
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
        marks
            .find(|mark| shows_entry(&mark.row))
            .map_or_else(|| table.row_from(entry), |mark| mark.number)
    }
}

#[cfg(test)]
mod tests;
