//! A pass that gathers the samples of one connection, within bounds, and answers from them.

use std::sync::Arc;

use super::pass::Pass;
use super::record::Record;
use super::request::{MAX_THINNED, SamplesOf, SamplesPage};
use super::store::{OpenSegment, SampleCursor, Segment, StoredKind};
use super::trace::Observed;
use crate::net::kernel::{KernelNumbers, Mark, MarkKind, Sampled};
use crate::net::{FlowId, Stamp};

/// How many marks are kept, and how many numbers. Beyond that every second one is left out, again and again.
const MAX_MARKS: usize = 65_536;
const MAX_NUMBERS: usize = 4_096;

/// The samples of one end of a connection, found so far. It goes on from where it was.
#[derive(Debug)]
pub(super) struct SampleTable {
    of: FlowId,
    numbers: Thinned<(Stamp, KernelNumbers)>,
    /// By kind.
    marks: [Thinned<Mark>; 4],
    /// The segment that is read, and where in its samples.
    segment: Option<Arc<Segment>>,
    cursor: SampleCursor,
    open: Option<OpenSegment>,
    is_cut: bool,
    /// Whether all that the record had when it was last looked at has been read.
    is_whole: bool,
}

impl SampleTable {
    pub(super) fn of(connection: FlowId) -> Self {
        let marks = || Thinned::up_to(MAX_MARKS);
        Self {
            of: connection,
            numbers: Thinned::up_to(MAX_NUMBERS),
            marks: [marks(), marks(), marks(), marks()],
            segment: None,
            cursor: SampleCursor::default(),
            open: None,
            is_cut: false,
            is_whole: false,
        }
    }

    pub(super) fn connection(&self) -> FlowId {
        self.of
    }

    /// Returns whether some samples are not kept, cannot be read, or were dropped before they were read.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Returns whether all that the record had when it was last looked at has been read.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Notes that there may be more samples than when the record was last looked at.
    pub(super) fn look_again(&mut self) {
        self.is_whole = false;
    }

    /// Goes on to a segment, unless it is the one that is read.
    fn enter(&mut self, segment: &Arc<Segment>) {
        if !self
            .segment
            .as_ref()
            .is_some_and(|it| Arc::ptr_eq(it, segment))
        {
            self.segment = Some(Arc::clone(segment));
            self.cursor = SampleCursor::default();
            self.open = None;
        }
    }

    fn read(&mut self, segment: &Arc<Segment>) {
        let block = self.cursor.read(segment);
        self.is_cut |= block.damage.is_some();
        for sample in block.samples {
            match sample.kind {
                StoredKind::Sampled(sampled) => {
                    if self.is_ours(segment, sample.flow) {
                        self.take(sample.stamp, sampled);
                    }
                }
                StoredKind::NoMore => self.is_cut = true,
                StoredKind::Unknown => {}
            }
        }
    }

    fn is_ours(&mut self, segment: &Arc<Segment>, flow: u32) -> bool {
        if self.open.is_none() {
            self.open = OpenSegment::new(Arc::clone(segment)).ok();
        }
        let flow = self.open.as_mut().map(|open| open.flow(flow));
        let Some(Ok(flow)) = flow else {
            self.is_cut = true;
            return false;
        };
        flow.link
            .as_deref()
            .is_some_and(|it| it.connection == self.of)
    }

    fn take(&mut self, stamp: Stamp, sampled: Sampled) {
        match sampled {
            Sampled::Numbers(numbers) => self.numbers.push((stamp, *numbers)),
            Sampled::Mark(mark) => {
                let [scheduled, left, acknowledged, arrived] = &mut self.marks;
                match mark.kind {
                    MarkKind::Scheduled => scheduled.push(mark),
                    MarkKind::Left => left.push(mark),
                    MarkKind::Acknowledged => acknowledged.push(mark),
                    MarkKind::Arrived => arrived.push(mark),
                }
            }
            Sampled::Queue(_) | Sampled::Lacking(_) => {}
        }
    }

    /// Returns all marks, `most` of each kind, in order of time.
    pub(super) fn marks(&self, most: usize) -> Vec<Mark> {
        self.marks_within((0, u64::MAX), most).0
    }

    /// Returns what is shown of the numbers in a trace, in order.
    pub(super) fn observed(&self) -> Vec<Observed> {
        let numbers = self.numbers.kept.iter();
        numbers.map(|(at, it)| Observed::of(*at, it)).collect()
    }

    /// Returns what was requested.
    pub(super) fn page(&self, of: SamplesOf) -> SamplesPage {
        let most = of.most.clamp(1, MAX_THINNED);
        let (first, last) = of.time;
        let numbers = &self.numbers.kept;
        let start = numbers.partition_point(|(at, _)| *at < first);
        let end = numbers.partition_point(|(at, _)| *at <= last);
        let numbers = numbers.get(start..end).unwrap_or_default();
        let (marks, is_thinned) = self.marks_within(of.bytes, most);
        SamplesPage {
            of,
            numbers: evenly(numbers, most),
            marks,
            is_thinned: is_thinned || numbers.len() > most || self.is_thinned(),
            is_cut: self.is_cut,
            is_whole: self.is_whole,
        }
    }

    fn is_thinned(&self) -> bool {
        self.numbers.every > 1 || self.marks.iter().any(|it| it.every > 1)
    }

    /// Returns the marks that speak of these bytes, and whether they were too many.
    fn marks_within(&self, (first, last): (u64, u64), most: usize) -> (Vec<Mark>, bool) {
        let mut all = Vec::new();
        let mut is_thinned = false;
        for marks in &self.marks {
            let marks = &marks.kept;
            let start = marks.partition_point(|it| it.end <= first);
            // The first one that covers the last byte belongs to it.
            let end = marks.partition_point(|it| it.end <= last) + 1;
            let within = marks.get(start..end.min(marks.len())).unwrap_or_default();
            is_thinned |= within.len() > most;
            all.extend(evenly(within, most));
        }
        all.sort_by_key(|mark| mark.at);
        (all, is_thinned)
    }
}

/// Samples stand beside the entries, and more of them may follow without another entry: the pass is behind until it has
/// been through the segments since [`SampleTable::look_again`], whatever the number of entries.
impl Pass for SampleTable {
    fn is_behind(&self, _end: u64) -> bool {
        !self.is_whole
    }

    fn step(&mut self, record: &Record, _end: u64) {
        let segments = record.store().segments();
        self.give_up(segments.first().map_or(0, |it| it.first_entry()));
        let reached = self.segment.as_ref().map_or(0, |it| it.first_entry());
        let from = segments.partition_point(|it| it.first_entry() < reached);
        for segment in segments.iter().skip(from) {
            self.enter(segment);
            if self.cursor.is_behind(segment) {
                return self.read(segment);
            }
        }
        self.is_whole = true;
    }

    fn give_up(&mut self, first_kept: u64) {
        let is_dropped = |it: &mut Arc<Segment>| it.first_entry() < first_kept;
        if let Some(dropped) = self.segment.take_if(is_dropped) {
            self.is_cut |= self.cursor.is_behind(&dropped) || dropped.end_entry() < first_kept;
        }
    }

    fn free_memory(&mut self) {
        // Files are not kept open while nothing is to be read.
        self.open = None;
    }
}

/// Values in their order, of which some are left out evenly once there are too many.
#[derive(Debug)]
struct Thinned<T> {
    kept: Vec<T>,
    most: usize,
    /// One of this many is kept.
    every: u64,
    seen: u64,
}

impl<T> Thinned<T> {
    fn up_to(most: usize) -> Self {
        Self {
            kept: Vec::new(),
            most,
            every: 1,
            seen: 0,
        }
    }

    fn push(&mut self, value: T) {
        if self.seen.is_multiple_of(self.every) {
            if self.kept.len() >= self.most {
                self.every *= 2;
                let mut place = 0_usize;
                self.kept.retain(|_| {
                    place += 1;
                    !place.is_multiple_of(2)
                });
            }
            self.kept.push(value);
        }
        self.seen += 1;
    }
}

/// Returns at most this many of some values, evenly, the last one among them.
fn evenly<T: Clone>(values: &[T], most: usize) -> Vec<T> {
    if values.len() <= most {
        return values.to_vec();
    }
    let place = |n: usize| ((n + 1) * values.len() / most).saturating_sub(1);
    let chosen = (0..most).filter_map(|n| values.get(place(n)).cloned());
    chosen.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::pass::Turn;
    use crate::capture::sample::Sample;
    use crate::capture::store::{AtLimit, Keep};
    use crate::capture::synthetic::{accepted, empty_record_of, entries, event};
    use crate::net::EndpointId;

    fn mark(end: u64) -> Sampled {
        Sampled::Mark(Mark {
            kind: MarkKind::Acknowledged,
            end,
            at: Stamp(end),
        })
    }

    fn read(table: &mut SampleTable, record: &Record) {
        table.look_again();
        while !table.work(record, 0, Turn::one_step()) {}
    }

    #[test]
    fn samples_are_read_back_over_segments_and_while_they_come() {
        let record = empty_record_of(Keep::up_to(u64::MAX), 4);
        let mut table = None;
        for round in 0..10_u64 {
            let events = (0..3).map(|n| event(round * 10 + n, 1, 7, accepted()));
            let mut entries = entries(events);
            record.store().append(&mut entries);
            let link = entries[0].event.link.clone();
            let connection = link.as_ref().unwrap().connection;
            let table = table.get_or_insert_with(|| SampleTable::of(connection));
            let sample = |what| Sample {
                stamp: Stamp(round),
                endpoint: EndpointId(1),
                link: link.clone(),
                what,
            };
            let numbers = Sampled::Numbers(Box::default());
            record
                .store()
                .append_samples(&[sample(mark(round + 1)), sample(numbers)]);
            read(table, &record);
            assert_eq!(table.marks(100).len() as u64, round + 1);
        }
        let table = table.unwrap();
        let page = |bytes, time: (u64, u64), most| {
            table.page(SamplesOf {
                connection: table.of,
                time: (Stamp(time.0), Stamp(time.1)),
                bytes,
                most,
            })
        };
        let whole = page((0, 9), (0, 9), 100);
        assert_eq!((whole.marks.len(), whole.numbers.len()), (10, 10));
        assert!(!whole.is_thinned && !whole.is_cut);
        let part = page((3, 5), (2, 4), 100);
        let ends: Vec<_> = part.marks.iter().map(|it| it.end).collect();
        assert_eq!((ends, part.numbers.len()), (vec![4, 5, 6], 3));
        let few = page((0, 9), (0, 9), 2);
        assert_eq!((few.marks.len(), few.numbers.len()), (2, 2));
        assert!(few.is_thinned);
        let other = SampleTable::of(table.of.other_end());
        assert!(other.marks(1).is_empty());
        // What was there before is found by whoever comes later.
        let mut late = SampleTable::of(table.of);
        read(&mut late, &record);
        assert_eq!(late.marks(100), table.marks(100));
        let verified = record
            .store()
            .verify(|_| std::ops::ControlFlow::Continue(()));
        let verified = verified.unwrap();
        assert!(verified.is_sound());
        assert_eq!((verified.samples, verified.unknown_samples), (20, 0));
    }

    #[test]
    fn samples_that_were_dropped_unread_are_missed() {
        let keep = Keep {
            at_limit: AtLimit::GiveUpOldest,
            ..Keep::up_to(0)
        };
        let record = empty_record_of(keep, 4);
        let mut round = 0_u64;
        let mut append = || {
            let mut entries = entries((0..3).map(|n| event(round * 10 + n, 1, 7, accepted())));
            record.store().append(&mut entries);
            let link = entries[0].event.link.clone();
            let connection = link.as_ref().unwrap().connection;
            let (stamp, what) = (Stamp(round), mark(round));
            let endpoint = EndpointId(1);
            let sample = Sample {
                stamp,
                endpoint,
                link,
                what,
            };
            record.store().append_samples(&[sample]);
            round += 1;
            connection
        };
        let mut table = SampleTable::of(append());
        while record.status().first_kept == 0 {
            append();
            read(&mut table, &record);
        }
        assert!(!table.is_cut(), "each was read before it was dropped");
        let reached = record.status().entries;
        while record.status().first_kept < reached + 8 {
            append();
        }
        read(&mut table, &record);
        assert!(table.is_cut());
    }

    #[test]
    fn too_many_samples_are_thinned_evenly_and_their_file_is_bounded() {
        let mut thinned = Thinned::up_to(8);
        (0..100).for_each(|n| thinned.push(n));
        assert!(thinned.kept.len() <= 8);
        assert!(thinned.kept.windows(2).all(|pair| pair[1] - pair[0] == 16));
        assert_eq!(evenly(&[1, 2, 3, 4, 5, 6, 7], 3), [2, 4, 7]);

        let record = empty_record_of(Keep::up_to(0), 1_000);
        let mut entries = entries([event(1, 1, 7, accepted())]);
        record.store().append(&mut entries);
        let link = entries[0].event.link.clone();
        let connection = link.as_ref().unwrap().connection;
        let samples: Vec<_> = (1..100_000)
            .map(|n| Sample {
                stamp: Stamp(n),
                endpoint: EndpointId(1),
                link: link.clone(),
                what: mark(n),
            })
            .collect();
        record.store().append_samples(&samples);
        let status = record.status();
        assert!(status.stopped.is_none());
        assert!(status.kept_bytes <= status.limit_bytes, "{status:?}");
        let mut table = SampleTable::of(connection);
        read(&mut table, &record);
        assert!(table.is_cut());
        let marks = table.marks(MAX_THINNED);
        assert!(marks.len() > 100);
    }
}
