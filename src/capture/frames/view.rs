//! The frames of a filter: made in the background, slice by slice, while the record grows.

use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::time::Instant;

use super::framer::Framer;
use super::made::{FrameCounts, Made};
use super::rules::FrameRules;
use super::table::{Table, TableRow};
use crate::capture::criteria::Filter;
use crate::capture::entry::Entry;
use crate::capture::record::{Depth, Record};
use crate::capture::say::Say;
use crate::capture::view::View;
use crate::net::Stamp;

/// How many entries are cut before the time is looked at.
const SLICE_ENTRIES: u64 = 512;

/// The frames that a filter shows: those of which it shows a chunk, and the entries that are no chunks.
#[derive(Debug)]
pub(crate) struct Frames {
    rules: Arc<FrameRules>,
    /// The entries of the streams, whole ones: all that frames are cut from.
    streams: Box<View>,
    /// The entries that are shown, where that is not all of them.
    shown: Option<Box<View>>,
    framer: Framer,
    made: Made,
    /// The first entry that was not cut.
    next: u64,
    gone: u64,
}

impl Frames {
    /// Begins; `filter` has the rules.
    pub(crate) fn new(filter: &Filter, rules: &Arc<FrameRules>, say: &'static dyn Say) -> Self {
        let streams = Filter {
            endpoint: filter.endpoint,
            connection: filter.connection,
            peer_text: filter.peer_text.clone(),
            ..Filter::default()
        };
        let entries = Filter {
            frames: None,
            ..filter.clone()
        };
        let framings = rules.0.iter();
        let framings = framings.map(|(id, rule)| (*id, rule.framing.clone()));
        Self {
            rules: Arc::clone(rules),
            shown: (entries != streams).then(|| Box::new(View::of(entries, say))),
            streams: Box::new(View::of(streams, say)),
            framer: Framer::new(framings.collect()),
            made: Made::new(rules),
            next: 0,
            gone: 0,
        }
    }

    /// Returns how many frames there are.
    pub(crate) fn counts(&self) -> FrameCounts {
        let problem = self
            .failure()
            .map(|error| format!("the table of frames cannot be written: {error}"));
        FrameCounts {
            problem,
            ..self.made.counts.clone()
        }
    }

    /// Looks at entries before `end` until the deadline, or until there are none left. Always gets on a little.
    pub(crate) fn work(&mut self, record: &Record, end: u64, deadline: Option<Instant>) {
        let table = &mut self.made.table;
        table.get_or_insert_with(|| Table::create(&record.store().dir()));
        self.streams.work(record, end, deadline);
        let mut ready = self.streams.looked_at();
        if let Some(shown) = &mut self.shown {
            shown.work(record, end, deadline);
            ready = ready.min(shown.looked_at());
        }
        let ready = ready.min(end);
        while self.next < ready {
            self.cut_slice(record, ready);
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                break;
            }
        }
        // A capture that grows no more ends here, and with it what is open.
        if self.next >= record.status().entries && !record.store().can_grow() {
            let Self { framer, made, .. } = self;
            framer.end(&mut |frame| made.take(frame, self.next));
        }
        self.drop_before(record.status().first_kept);
    }

    /// Cuts the next entries before `end`.
    fn cut_slice(&mut self, record: &Record, end: u64) {
        let row = self.streams.row_from(self.next);
        let rows = row..self.streams.len().min(row + SLICE_ENTRIES);
        let numbers: Vec<u64> = rows
            .filter_map(|row| self.streams.number(row))
            .take_while(|number| *number < end)
            .collect();
        let is_all = (numbers.len() as u64) < SLICE_ENTRIES;
        let last = numbers.last().copied();
        record.visit(numbers, Depth::Whole, |number, entry| {
            match entry {
                Ok(entry) => self.cut(&entry),
                // Its row says why it cannot be read.
                Err(_) => self.made.put(number, TableRow::Entry(number)),
            }
            ControlFlow::Continue(())
        });
        self.next = match last {
            Some(last) if !is_all => last + 1,
            _ => end,
        };
    }

    fn cut(&mut self, entry: &Entry) {
        let number = entry.number;
        let is_shown = self.shows(number);
        let event = &entry.event;
        let Self { framer, made, .. } = self;
        let is_cut = entry.payload().is_some() && framer.cuts(event.endpoint);
        if is_cut && let Some(stream) = entry.stream_id() {
            made.begin(entry, stream, is_shown);
        }
        framer.push(entry, &mut |frame| made.take(frame, number));
        made.end_chunk();
        if !is_cut && is_shown {
            made.put(number, TableRow::Entry(number));
        }
        if let Some(connection) = entry.ended_connection() {
            made.forget(connection);
        }
    }

    fn shows(&self, number: u64) -> bool {
        self.shown
            .as_ref()
            .is_none_or(|view| view.number(view.row_from(number)) == Some(number))
    }

    /// Leaves out the rows that are complete with entries before this one.
    fn drop_before(&mut self, first_kept: u64) {
        if first_kept > 0 {
            self.gone = self.gone.max(self.row_from(first_kept));
        }
    }

    fn row_from(&self, entry: u64) -> u64 {
        self.table().map_or(0, |table| table.row_from(entry))
    }

    /// Returns why not all frames are shown, if something keeps them from it.
    fn failure(&self) -> Option<&io::Error> {
        match self.made.table.as_ref()? {
            Ok(table) => table.failure(),
            Err(error) => Some(error),
        }
    }

    fn table(&self) -> Option<&Table> {
        self.made.table.as_ref()?.as_ref().ok()
    }

    /// Takes note of the time: a silence ends a frame, where everything before was cut.
    pub(crate) fn pass(&mut self, now: Stamp) {
        let Self { framer, made, .. } = self;
        framer.pass(now.0, &mut |frame| made.take(frame, self.next));
    }

    /// Returns when the next silence ends.
    pub(crate) fn due(&self) -> Option<Stamp> {
        self.framer.deadline_nanos().map(Stamp)
    }

    /// The number after the entries that were cut.
    pub(crate) fn looked_at(&self) -> u64 {
        self.next
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> u64 {
        let len = self.table().map_or(0, Table::len);
        len.saturating_sub(self.gone)
    }

    /// How many rows there once were that are not kept any more.
    pub(crate) fn gone(&self) -> u64 {
        self.gone
    }

    /// Visits rows, until `visit` breaks off: rows are numbered from 0 over all that ever were.
    pub(crate) fn visit(
        &self,
        mut numbers: Range<u64>,
        record: &Record,
        mut visit: impl FnMut(u64, TableRow) -> ControlFlow<()>,
    ) {
        let Some(table) = self.table() else {
            return;
        };
        let mut place = table.place_of_row(numbers.start);
        while !numbers.is_empty()
            && let Some(mark) = table.mark(place)
        {
            for row in mark.rows_within(&numbers, &self.rules, record) {
                if visit(numbers.start, row).is_break() {
                    return;
                }
                numbers.start += 1;
            }
            place += 1;
        }
    }

    /// Returns the row of a number.
    pub(crate) fn get(&self, number: u64, record: &Record) -> Option<TableRow> {
        let mut found = None;
        self.visit(number..number.saturating_add(1), record, |_, row| {
            found = Some(row);
            ControlFlow::Break(())
        });
        found
    }

    /// Returns the rule of a frame's endpoint.
    pub(crate) fn rules(&self) -> &FrameRules {
        &self.rules
    }

    /// Returns the number of the row that shows an entry: of the frame that has its first byte, else the next row.
    pub(crate) fn number_of_entry(&self, entry: u64, record: &Record) -> u64 {
        /// How many marks are looked at for the frame: those of other streams stand in between.
        const MOST_MARKS: u64 = 4_096;
        let Some(table) = self.table() else {
            return 0;
        };
        let whose = record.entry(entry, Depth::Head).ok().flatten();
        let stream = whose.as_ref().and_then(Entry::stream_id);
        let is_it = |row: &TableRow| match row {
            TableRow::Entry(number) => *number == entry,
            TableRow::Frame(frame) => {
                Some(frame.stream) == stream
                    && (frame.first_entry..=frame.last_entry).contains(&entry)
            }
        };
        let near = table.place_from(entry);
        let mut marks = (near..near.saturating_add(MOST_MARKS)).map_while(|it| table.mark(it));
        marks
            .find(|mark| is_it(&mark.row))
            .map_or_else(|| table.row_from(entry), |mark| mark.number)
    }
}

#[cfg(test)]
mod tests;
