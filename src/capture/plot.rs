//! Traffic over the session: a bounded series of buckets, which become wider when it is full.

use std::ops::Range;
use std::time::{Duration, SystemTime};

use super::pass::{Flows, PassStep, Walk};
use super::store::{Class, EntryRecord, Flow, OpenSegment, ReadError};
use crate::net::{EndpointId, FlowId};

/// The most buckets. When all are in use, pairs are merged.
pub const MAX_BUCKETS: usize = 4_096;
/// The initial width of a bucket.
const FIRST_WIDTH: Duration = Duration::from_millis(250);
/// How many records a slice counts.
const SLICE_ENTRIES: u32 = 16_384;

/// Whose traffic is counted: that of all, of an endpoint, or of one connection of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlotOf {
    /// Only this endpoint's.
    pub endpoint: Option<EndpointId>,
    /// Only this connection's.
    pub connection: Option<FlowId>,
}

impl PlotOf {
    fn takes(self, flow: &Flow) -> bool {
        let connection = flow.link.as_ref().map(|link| link.connection);
        self.endpoint.is_none_or(|wanted| wanted == flow.endpoint)
            && self
                .connection
                .is_none_or(|wanted| Some(wanted) == connection)
    }
}

/// One direction's share of a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// How many chunks.
    pub entries: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// The traffic within one bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// What was received.
    pub received: Traffic,
    /// What was sent.
    pub sent: Traffic,
    /// Its first and last entry of any kind; `None` if it has none.
    pub entries: Option<(u64, u64)>,
}

/// A series in which bucket n covers the `width` from `start + n * width` on.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The wall-clock time of the first entry.
    pub start: SystemTime,
    /// The width of a bucket.
    pub width: Duration,
    /// The buckets, from the first entry to the last.
    pub buckets: Vec<Bucket>,
    /// How many recorded entries have not been counted yet.
    pub uncounted: u64,
}

impl Default for Series {
    fn default() -> Self {
        Self {
            start: SystemTime::UNIX_EPOCH,
            width: FIRST_WIDTH,
            buckets: Vec::new(),
            uncounted: 0,
        }
    }
}

impl Bucket {
    fn add(&mut self, number: u64, record: &EntryRecord) {
        let traffic = Traffic {
            entries: 1,
            bytes: record.size_bytes.into(),
        };
        match record.class {
            Class::Received => self.received.add(traffic),
            Class::Sent => self.sent.add(traffic),
            _ => {}
        }
        let first = self.entries.map_or(number, |(first, _)| first);
        self.entries = Some((first, number));
    }

    /// Merges a later bucket into this one.
    pub fn merge(&mut self, later: &Self) {
        self.received.add(later.received);
        self.sent.add(later.sent);
        self.entries = match (self.entries, later.entries) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (one, other) => one.or(other),
        };
    }
}

impl Traffic {
    fn add(&mut self, other: Self) {
        self.entries += other.entries;
        self.bytes += other.bytes;
    }
}

/// A pass that counts traffic.
pub(super) type Plot = Walk<SeriesCounting>;

/// A series in progress. It counts the recording from its first entry on, whenever it is requested.
#[derive(Debug, Default)]
pub(super) struct SeriesCounting {
    of: PlotOf,
    /// Whether the entries of each flow are counted.
    taken: Flows<bool>,
    series: Series,
    /// The stamp of the first entry, in nanoseconds.
    origin: Option<u64>,
}

impl Plot {
    /// Makes a series that counts only some entries.
    pub(super) fn of(of: PlotOf) -> Self {
        let step = SeriesCounting {
            of,
            ..SeriesCounting::default()
        };
        Self::from(0, step)
    }

    /// Returns what it counts.
    pub(super) fn counts(&self) -> PlotOf {
        self.step.of
    }

    /// Returns the series counted so far. `entries` is the length of the recording.
    pub(super) fn series(&self, entries: u64) -> Series {
        Series {
            uncounted: entries.saturating_sub(self.examined_to()),
            ..self.step.series.clone()
        }
    }
}

impl PassStep for SeriesCounting {
    fn begin(&mut self, _first_entry: u64) {
        self.taken.clear();
    }

    fn look(&mut self, open: &mut OpenSegment, range: Range<u32>) -> Result<u32, ReadError> {
        let first = open.segment().first_entry();
        let end = range.end.min(range.start.saturating_add(SLICE_ENTRIES));
        let of = self.of;
        let counts_all = of == PlotOf::default();
        if !counts_all {
            // The timeline shows what is damaged in its own rows.
            self.taken.learn(open, |flow| of.takes(flow)).ok();
        }
        for (entry, record) in open.whole_records(range.start..end) {
            let (number, stamp) = (first + u64::from(entry), record.stamp.0);
            let origin = *self.origin.get_or_insert_with(|| {
                self.series.start = open.time(&record);
                stamp
            });
            let since = Duration::from_nanos(stamp.saturating_sub(origin));
            let is_counted = counts_all || self.taken.of(record.flow) == Some(true);
            // Time goes on where nothing is counted.
            let bucket = self.series.bucket_at(since);
            if let Some(bucket) = bucket.filter(|_| is_counted) {
                bucket.add(number, &record);
            }
        }
        Ok(end)
    }
}

impl Series {
    /// Returns the bucket of a moment, widening the buckets as needed.
    fn bucket_at(&mut self, since: Duration) -> Option<&mut Bucket> {
        while since.as_nanos() / self.width.as_nanos() >= MAX_BUCKETS as u128 {
            self.widen();
        }
        let place = usize::try_from(since.as_nanos() / self.width.as_nanos()).ok()?;
        if self.buckets.len() <= place {
            self.buckets.resize(place + 1, Bucket::default());
        }
        self.buckets.get_mut(place)
    }

    fn widen(&mut self) {
        self.width *= 2;
        let wider = self.buckets.chunks(2).map(|pair| {
            let mut bucket = Bucket::default();
            for it in pair {
                bucket.merge(it);
            }
            bucket
        });
        self.buckets = wider.collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::pass::{Pass, Turn};
    use crate::capture::record::{Depth, Record};
    use crate::capture::store::Keep;
    use crate::capture::synthetic::{
        accepted, empty_record_of, entries, event, received, record, ring, sent,
    };

    fn series(plot: &mut Plot, record: &Record) -> Series {
        let end = record.status().entries;
        let mut turns = 0;
        while !plot.work(record, end, Turn::one_step()) {
            turns += 1;
            assert!(turns < 1_000, "counting does not end");
        }
        let series = plot.series(end);
        assert_eq!(series.uncounted, 0);
        series
    }

    fn totals(series: &Series) -> Bucket {
        let mut total = Bucket::default();
        series.buckets.iter().for_each(|it| total.merge(it));
        total
    }

    #[test]
    fn a_bucket_counts_each_direction_and_its_entries() {
        let second = 1_000_000;
        let record = record([
            event(5 * second, 1, 7, accepted()),
            event(5 * second, 1, 7, received(1, b"abc")),
            event(5 * second + 100, 1, 7, sent(2, b"abcd")),
            event(6 * second, 1, 7, received(3, b"x")),
        ]);
        let series = series(&mut Plot::default(), &record);
        let traffic = |entries, bytes| Traffic { entries, bytes };
        let first = Bucket {
            received: traffic(1, 3),
            sent: traffic(1, 4),
            entries: Some((0, 2)),
        };
        let last = Bucket {
            received: traffic(1, 1),
            entries: Some((3, 3)),
            ..Bucket::default()
        };
        let empty = Bucket::default();
        assert_eq!(series.buckets, [first, empty, empty, empty, last]);
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(5);
        assert_eq!((series.start, series.width), (start, FIRST_WIDTH));
    }

    #[test]
    fn one_connection_or_one_endpoint_is_counted_by_itself() {
        let record = record([
            event(0, 1, 7, received(1, b"a")),
            event(1, 1, 8, received(2, b"bb")),
            event(2, 2, 9, received(3, b"cccc")),
        ]);
        let bytes = |of: PlotOf| totals(&series(&mut Plot::of(of), &record)).received.bytes;
        assert_eq!(bytes(PlotOf::default()), 7);
        let endpoint = Some(EndpointId(1));
        let connection = None;
        assert_eq!(
            bytes(PlotOf {
                endpoint,
                connection
            }),
            3
        );
        let entry = record.entry(1, Depth::Head).unwrap().unwrap();
        let connection = entry.event.link.as_ref().map(|link| link.connection);
        assert_eq!(
            bytes(PlotOf {
                endpoint,
                connection
            }),
            2
        );
    }

    #[test]
    fn a_long_session_has_wider_buckets_and_the_same_totals() {
        let day = 24 * 60 * 60 * 1_000_000;
        let data = |n: u64| event(n * day / 500, 1, 7, received(n, b"ten bytes."));
        let record = record((0..500).map(data));
        let series = series(&mut Plot::default(), &record);
        assert!(series.buckets.len() <= MAX_BUCKETS);
        assert!(series.width * series.buckets.len() as u32 <= Duration::from_hours(49));
        let total = totals(&series);
        assert_eq!(
            total.received,
            Traffic {
                entries: 500,
                bytes: 5_000
            }
        );
        assert_eq!(total.entries, Some((0, 499)));
    }

    #[test]
    fn the_series_follows_a_record_over_its_segments() {
        let record = empty_record_of(Keep::up_to(u64::MAX), 4);
        let data = |n: u64| event(n, 1, 7, received(n, b"x"));
        let mut plot = Plot::default();
        for from in [0, 10, 11, 30] {
            record
                .store()
                .append(&mut entries((from..from + 10).map(data)));
            let total = totals(&series(&mut plot, &record));
            assert_eq!(total.received.entries, record.status().entries);
        }
    }

    #[test]
    fn what_a_ring_has_dropped_stays_in_the_series() {
        let record = ring(20);
        let data = |n: u64| event(n, 1, 7, accepted());
        let mut plot = Plot::default();
        for from in (0..120).step_by(4) {
            record
                .store()
                .append(&mut entries((from..from + 4).map(data)));
            series(&mut plot, &record);
        }
        assert!(record.status().first_kept > 0);
        assert_eq!(totals(&series(&mut plot, &record)).entries, Some((0, 119)));
        // A plot started late has only what is left.
        let first_kept = record.status().first_kept;
        let late = totals(&series(&mut Plot::default(), &record));
        assert_eq!(late.entries, Some((first_kept, 119)));
    }
}
