//! Long runs of chunks of one stream as one row each: the rows of lanes.
//!
//! The first chunks of a run have rows of their own, and the rest of it is a bundle. So a row never disappears while a
//! run grows: the bundle takes what comes.

use std::ops::Range;
use std::time::Duration;

use super::criteria::Filter;
use super::hits::Hits;
use super::pass::{Flows, PassStep, Walk};
use super::record::{Depth, Record};
use super::row::{BundleMark, ChunkAt, Row};
use super::store::{Flow, Lane, OpenSegment, ReadError};
use crate::net::{Direction, FlowId, Role};

/// How many chunks of a run have rows of their own.
pub(super) const ALONE: u64 = 8;
/// How many records are examined between looks at the time.
const SLICE_ENTRIES: u32 = 8_192;

/// A pass that finds where the rows begin.
pub(super) type Bundles = Walk<Runs>;

/// A stream of a connection, whichever end saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wire {
    connection: u64,
    to_server: bool,
}

impl Wire {
    fn of(flow: FlowId, direction: Direction) -> Self {
        Self {
            connection: flow.number,
            to_server: (flow.role == Role::Client) == (direction == Direction::Sent),
        }
    }
}

/// What is known of a segment's flow: whether its entries are shown, and of which connection's streams they are.
#[derive(Clone, Copy, Debug)]
struct Known {
    is_shown: bool,
    connection: Option<FlowId>,
}

impl Known {
    /// Returns the stream of the entries of a lane; `None` for lifecycle entries.
    fn wire(self, lane: Lane) -> Option<Wire> {
        let direction = match lane {
            Lane::Received => Direction::Received,
            Lane::Sent => Direction::Sent,
            Lane::Lifecycle => return None,
        };
        Some(Wire::of(self.connection?, direction))
    }
}

/// The entries of a filter, and those that rows begin with.
#[derive(Debug)]
pub(super) struct Runs {
    filter: Filter,
    flows: Flows<Known>,
    shown: Hits,
    starts: Hits,
    /// The stream of the last entry, if it was a chunk, and how many chunks of it there were in a row.
    run: Option<Wire>,
    run_len: u64,
    /// Whether the run was cut since its last chunk, because its segment ended: each segment is given up as a whole.
    is_cut: bool,
    /// The first entry of the current segment.
    segment: Option<u64>,
    /// Entries of the current segment that are not among the hits yet.
    new_shown: Vec<u32>,
    new_starts: Vec<u32>,
}

/// Returns the connection whose streams a flow has; `None` if it has none: each datagram stands alone.
fn streaming(flow: &Flow) -> Option<FlowId> {
    let link = flow.link.as_deref().filter(|link| !link.peer.is_udp())?;
    Some(link.connection)
}

impl Bundles {
    /// Starts a pass. The filter must have nothing but flows to choose by.
    pub(super) fn new(filter: &Filter) -> Self {
        let runs = Runs {
            filter: filter.clone(),
            flows: Flows::default(),
            shown: Hits::default(),
            starts: Hits::default(),
            run: None,
            run_len: 0,
            is_cut: false,
            segment: None,
            new_shown: Vec::new(),
            new_starts: Vec::new(),
        };
        Self::from(filter.from_entry, runs)
    }

    /// Returns the entries that rows begin with.
    pub(super) fn starts(&self) -> &Hits {
        &self.step.starts
    }

    /// Returns the row that an entry belongs to.
    pub(super) fn row_of_entry(&self, entry: u64) -> u64 {
        self.starts()
            .row_from(entry.saturating_add(1))
            .saturating_sub(1)
    }

    /// Returns a chunk of the bundle that begins with an entry, and its index there; `None` if there is none.
    pub(super) fn chunk(&self, first: u64, at: ChunkAt) -> Option<(u64, u64)> {
        let shown = &self.step.shown;
        let begin = shown.row_from(first);
        let row = match at {
            ChunkAt::Nth(index) => begin.checked_add(index)?,
            ChunkAt::Entry(entry) => shown.row_from(entry),
        };
        let entry = shown.number(row)?;
        let is_it = matches!(at, ChunkAt::Nth(_)) || at == ChunkAt::Entry(entry);
        is_it.then_some((entry, row.checked_sub(begin)?))
    }

    /// Marks the bundles among rows that follow each other.
    pub(super) fn mark(&self, rows: &mut [Row], record: &Record) {
        let mut before = None;
        for row in rows {
            if let (Some(since), Some(took)) = (row.since_previous, before) {
                row.since_previous = Some(since.saturating_sub(took));
            }
            row.bundle = self.bundle(row, record);
            before = row.bundle.map(|bundle| bundle.took);
        }
    }

    /// Returns what a row's bundle holds; `None` if it is a single entry.
    fn bundle(&self, row: &Row, record: &Record) -> Option<BundleMark> {
        let Runs { shown, starts, .. } = &self.step;
        row.kind.data_bytes()?;
        let begin = shown.row_from(row.entry);
        let next = starts.number(starts.row_from(row.entry.saturating_add(1)));
        let end = next.map_or_else(|| shown.len(), |next| shown.row_from(next));
        let chunks = end.saturating_sub(begin);
        let last_entry = shown.number(end.checked_sub(1)?)?;
        let last = record.entry(last_entry, Depth::Head).ok().flatten()?;
        let end_offset = last.stream().offset.saturating_add(last.size_bytes);
        let took = last.time.duration_since(row.time);
        (chunks > 1).then(|| BundleMark {
            last_entry,
            chunks,
            bytes: end_offset.saturating_sub(row.offset),
            took: took.unwrap_or(Duration::ZERO),
        })
    }
}

impl PassStep for Runs {
    fn begin(&mut self, first_entry: u64) {
        self.flows.clear();
        // A pass that was released opens the same segment again.
        self.is_cut |= self.segment != Some(first_entry);
        self.segment = Some(first_entry);
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let filter = &self.filter;
        // A flow that cannot be read has no value: its entries stand alone.
        let learned = self.flows.learn(open, |flow| Known {
            is_shown: filter.takes_flow(flow.endpoint, flow.link.as_deref()),
            connection: streaming(flow),
        });
        let segment = open.segment();
        let is_whole = segment.is_sealed() && range == (0..segment.len()) && learned.is_ok();
        let by_index = is_whole && self.look_at_index(open).is_ok();
        let end = if by_index {
            range.end
        } else {
            let end = range.end.min(range.start.saturating_add(SLICE_ENTRIES));
            self.look_at_records(open, range.start..end);
            end
        };
        self.keep(open.segment().first_entry());
        Ok(end)
    }

    fn skip_rest(&mut self, entries: Range<u64>, _why: ReadError) {
        let first = self.segment.unwrap_or(entries.start);
        for entry in entries {
            self.note(entry.saturating_sub(first) as u32, None);
        }
        self.keep(first);
    }

    fn give_up(&mut self, first_kept: u64) {
        self.shown.drop_before(first_kept);
        self.starts.drop_before(first_kept);
    }

    fn free_memory(&mut self) {
        (self.new_shown, self.new_starts) = (Vec::new(), Vec::new());
    }
}

impl Runs {
    /// Examines a whole segment by its index alone.
    fn look_at_index(&mut self, open: &OpenSegment) -> Result<(), ReadError> {
        const NOT_SHOWN: u32 = u32::MAX;
        let index = open.index()?;
        let mut lane_of = vec![NOT_SHOWN; open.segment().len() as usize];
        let mut wires = Vec::new();
        for lane in index.lanes() {
            let Some(known) = self.flows.of(lane.flow).filter(|known| known.is_shown) else {
                continue;
            };
            let number = wires.len() as u32;
            wires.push(known.wire(lane.lane));
            for entry in lane.entries {
                if let Some(place) = lane_of.get_mut(*entry as usize) {
                    *place = number;
                }
            }
        }
        for (entry, lane) in (0_u32..).zip(lane_of) {
            if let Some(wire) = wires.get(lane as usize) {
                self.note(entry, *wire);
            }
        }
        Ok(())
    }

    fn look_at_records(&mut self, open: &OpenSegment, range: Range<u32>) {
        let records = open.whole_records(range.clone());
        let mut records = records.iter().peekable();
        for entry in range {
            let record = records.next_if(|(number, _)| *number == entry);
            let known = record.map(|(_, record)| (record, self.flows.of(record.flow)));
            match known {
                Some((record, Some(known))) if known.is_shown => {
                    self.note(entry, known.wire(Lane::of(record.class)));
                }
                // Whose it is cannot be read.
                Some((_, None)) | None if self.filter.takes_any_flow() => self.note(entry, None),
                _ => {}
            }
        }
    }

    /// Notes the next entry that is shown, and its stream if it is a chunk.
    fn note(&mut self, within: u32, wire: Option<Wire>) {
        self.new_shown.push(within);
        let goes_on = wire.is_some() && wire == self.run;
        self.run_len = if goes_on { self.run_len + 1 } else { 1 };
        self.run = wire;
        if self.run_len <= ALONE + 1 || self.is_cut {
            self.new_starts.push(within);
        }
        self.is_cut = false;
    }

    /// Moves what was noted to the hits.
    fn keep(&mut self, segment: u64) {
        self.shown.add(segment, self.new_shown.drain(..).collect());
        let starts = self.new_starts.drain(..).collect();
        self.starts.add(segment, starts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::event::Event;
    use crate::capture::pass::{Pass as _, Turn};
    use crate::capture::store::Keep;
    use crate::capture::synthetic::{
        TestRecord, accepted, closed, empty_record_of, entries, event, listening, received, ring,
        sent,
    };

    /// A connection with 100 chunks received, one sent, and five received.
    fn conversation() -> Vec<Event> {
        let mut events = vec![event(0, 1, 0, listening()), event(1, 1, 7, accepted())];
        events.extend((2..102).map(|at| event(at, 1, 7, received(at, b"abc"))));
        events.push(event(102, 1, 7, sent(102, b"ok")));
        events.extend((103..108).map(|at| event(at, 1, 7, received(at, b"abc"))));
        events.push(event(108, 1, 7, closed()));
        events
    }

    fn pass(filter: &Filter, record: &TestRecord) -> Bundles {
        let mut bundles = Bundles::new(filter);
        work(&mut bundles, record);
        bundles
    }

    fn work(bundles: &mut Bundles, record: &TestRecord) {
        while !bundles.work(record, record.status().entries, Turn::one_step()) {}
    }

    /// The entry of each row, and how many chunks it has.
    fn rows(bundles: &Bundles, record: &TestRecord) -> Vec<(u64, u64)> {
        let starts = bundles.starts();
        let numbers = (0..starts.len()).filter_map(|row| starts.number(row));
        let entries = numbers.map(|it| record.entry(it, Depth::Head).unwrap().unwrap());
        let mut rows: Vec<Row> = entries.map(|entry| Row::new(&entry, None)).collect();
        bundles.mark(&mut rows, record);
        let rows = rows.iter();
        rows.map(|row| (row.entry, row.bundle.map_or(1, |it| it.chunks)))
            .collect()
    }

    fn recorded(segment_entries: u32) -> TestRecord {
        let record = empty_record_of(Keep::up_to(u64::MAX), segment_entries);
        record.store().append(&mut entries(conversation()));
        record
    }

    #[test]
    fn the_rest_of_a_long_run_is_one_row() {
        let record = recorded(262_144);
        let bundles = pass(&Filter::default(), &record);
        let mut expected: Vec<(u64, u64)> = (0..10).map(|entry| (entry, 1)).collect();
        expected.push((10, 92));
        expected.extend((102..109).map(|entry| (entry, 1)));
        assert_eq!(rows(&bundles, &record), expected);
        let mut row = Row::new(&record.entry(10, Depth::Head).unwrap().unwrap(), None);
        bundles.mark(std::slice::from_mut(&mut row), &record);
        let bundle = BundleMark {
            last_entry: 101,
            chunks: 92,
            bytes: 92 * 3,
            took: Duration::from_micros(91),
        };
        assert_eq!(row.bundle, Some(bundle));
        for (entry, place) in [(0, 0), (9, 9), (10, 10), (55, 10), (101, 10), (102, 11)] {
            assert_eq!(bundles.row_of_entry(entry), place, "{entry}");
        }
    }

    #[test]
    fn sealed_segments_and_growing_ones_give_the_same_rows() {
        // Each segment begins a row, whatever it was examined by.
        let record = recorded(20);
        let all = pass(&Filter::default(), &record);
        let expected: Vec<u64> = (0..=10).chain([20, 40, 60, 80]).chain([100]).collect();
        let found: Vec<u64> = rows(&all, &record).into_iter().map(|it| it.0).collect();
        assert_eq!(found[..expected.len()], expected);
        assert_eq!(found[expected.len()..], (102..109).collect::<Vec<u64>>());
        let counted: u64 = rows(&all, &record).into_iter().map(|it| it.1).sum();
        assert_eq!(counted, 109);
    }

    #[test]
    fn a_bundle_grows_and_no_row_before_it_changes() {
        let record = empty_record_of(Keep::up_to(u64::MAX), 262_144);
        let mut bundles = Bundles::new(&Filter::default());
        let mut recorded = entries(conversation());
        let mut before: Vec<(u64, u64)> = Vec::new();
        for part in recorded.chunks_mut(7) {
            record.store().append(part);
            bundles.release();
            work(&mut bundles, &record);
            let now = rows(&bundles, &record);
            let settled = before.len().saturating_sub(1);
            assert_eq!(now[..settled], before[..settled]);
            before = now;
        }
        assert_eq!(before.len(), 18);
        assert_eq!(before[10], (10, 92));
    }

    #[test]
    fn what_is_given_up_leaves_whole_rows() {
        let record = ring(40);
        let mut bundles = Bundles::new(&Filter::default());
        for part in entries(conversation()).chunks_mut(9) {
            record.store().append(part);
            work(&mut bundles, &record);
        }
        let first_kept = record.status().first_kept;
        assert!(first_kept > 0);
        let rows = rows(&bundles, &record);
        assert_eq!(rows[0].0, first_kept);
        let counted: u64 = rows.iter().map(|it| it.1).sum();
        assert_eq!(counted, 109 - first_kept);
    }

    #[test]
    fn both_ends_of_a_connection_make_one_run() {
        let client = FlowId::client(1);
        let sent = Wire::of(client, Direction::Sent);
        assert_eq!(sent, Wire::of(client.other_end(), Direction::Received));
        assert_ne!(sent, Wire::of(client, Direction::Received));
        assert_ne!(sent, Wire::of(FlowId::client(2), Direction::Sent));
    }
}
