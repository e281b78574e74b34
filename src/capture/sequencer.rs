//! Turns the events of all workers into numbered entries in the order in which they happened. Time is a parameter.

use std::time::{Duration, SystemTime};

use super::anchor::{Anchor, Moment};
use super::entry::{Entry, SESSION};
use super::event::{Event, EventKind};
use super::merge::Merge;
use super::streams::Streams;
use crate::net::{Requester, Stamp};

/// How long an event is held back, so that an earlier one of another worker can precede it. An event that arrives later
/// than that is numbered on arrival.
pub const HOLD_BACK: Duration = Duration::from_millis(2);

/// Orders and numbers events, and gives each its wall-clock time and stream positions.
///
/// Within an endpoint, and so within a connection, events keep the order in which they were pushed.
#[derive(Debug)]
pub struct Sequencer {
    held: Merge,
    next_number: u64,
    anchor: Anchor,
    streams: Streams,
}

impl Sequencer {
    /// Starts a session whose clock started (stamp 0) at `started` on the wall clock.
    pub fn new(started: SystemTime) -> Self {
        Self {
            held: Merge::default(),
            next_number: 0,
            anchor: Anchor::new(Moment {
                stamp: Stamp(0),
                time: started,
            }),
            streams: Streams::default(),
        }
    }

    /// Takes events of one worker, in the order in which they happened.
    pub fn push(&mut self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            self.held.push(event);
        }
    }

    /// Returns when [`release`](Self::release) next has something to return; `None` if nothing is held.
    pub fn due(&self) -> Option<Stamp> {
        let first = self.held.first()?;
        Some(Stamp(first.0.saturating_add(HOLD_BACK.as_nanos() as u64)))
    }

    /// Appends to `entries` what has been held back long enough.
    pub fn release(&mut self, now: Moment, entries: &mut Vec<Entry>) {
        let until = now.stamp.0.checked_sub(HOLD_BACK.as_nanos() as u64);
        if let Some(until) = until {
            self.release_until(Stamp(until), now, entries);
        }
    }

    /// Appends to `entries` everything that is held: no more events will come.
    pub fn flush(&mut self, now: Moment, entries: &mut Vec<Entry>) {
        self.release_until(Stamp(u64::MAX), now, entries);
    }

    fn release_until(&mut self, until: Stamp, now: Moment, entries: &mut Vec<Entry>) {
        let Some(first) = self.held.first().filter(|&first| first <= until) else {
            return;
        };
        if let Some(by_nanos) = self.anchor.renew(now) {
            let jump = self.enter(Event {
                stamp: first,
                endpoint: SESSION,
                link: None,
                by: Requester::Nobody,
                kind: EventKind::ClockAdjusted { by_nanos },
            });
            entries.push(jump);
        }
        while let Some(event) = self.held.pop(until) {
            let entry = self.enter(event);
            entries.push(entry);
        }
    }

    fn enter(&mut self, event: Event) -> Entry {
        let number = self.next_number;
        self.next_number += 1;
        let time = self.anchor.time(event.stamp);
        self.streams.enter(number, time, event)
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;
    use crate::capture::StreamPositions;
    use crate::capture::synthetic::{accepted, closed, event, received, sent};

    fn at(micros: u64) -> Moment {
        Moment {
            stamp: Stamp(micros * 1_000),
            time: UNIX_EPOCH + Duration::from_micros(micros),
        }
    }

    fn sequencer() -> Sequencer {
        Sequencer::new(UNIX_EPOCH)
    }

    fn released(sequencer: &mut Sequencer, now: Moment) -> Vec<Entry> {
        let mut entries = Vec::new();
        sequencer.release(now, &mut entries);
        entries
    }

    fn micros(entries: &[Entry]) -> Vec<u64> {
        let stamps = entries.iter().map(|entry| entry.event.stamp.0 / 1_000);
        stamps.collect()
    }

    #[test]
    fn two_workers_are_merged_by_stamp_and_numbered_without_gaps() {
        let mut sequencer = sequencer();
        sequencer.push([10, 30, 50].map(|t| event(t, 1, 1, accepted())));
        sequencer.push([20, 30, 40].map(|t| event(t, 2, 2, accepted())));
        let entries = released(&mut sequencer, at(5_000));
        assert_eq!(micros(&entries), [10, 20, 30, 30, 40, 50]);
        let numbers: Vec<u64> = entries.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
        let endpoints: Vec<u32> = entries.iter().map(|e| e.event.endpoint.0).collect();
        assert_eq!(
            endpoints,
            [1, 2, 1, 2, 2, 1],
            "equal stamps: first come, first"
        );
    }

    #[test]
    fn events_of_one_connection_keep_their_order_whatever_the_stamps_say() {
        let mut sequencer = sequencer();
        sequencer.push([30, 10, 20].map(|t| event(t, 1, 1, accepted())));
        sequencer.push([event(15, 2, 2, accepted())]);
        let entries = released(&mut sequencer, at(5_000));
        assert_eq!(micros(&entries), [15, 30, 10, 20]);
    }

    #[test]
    fn an_event_is_held_back_for_the_set_time() {
        let mut sequencer = sequencer();
        assert_eq!(sequencer.due(), None);
        sequencer.push([
            event(1_000, 1, 1, accepted()),
            event(1_500, 1, 1, accepted()),
        ]);
        assert_eq!(sequencer.due(), Some(Stamp(3_000_000)));
        assert_eq!(micros(&released(&mut sequencer, at(2_999))), [0; 0]);
        sequencer.push([event(900, 2, 2, accepted())]);
        assert_eq!(micros(&released(&mut sequencer, at(3_000))), [900, 1_000]);
        assert_eq!(sequencer.due(), Some(Stamp(3_500_000)));
        let mut rest = Vec::new();
        sequencer.flush(at(3_001), &mut rest);
        assert_eq!(micros(&rest), [1_500]);
        assert_eq!(rest[0].number, 2);
    }

    #[test]
    fn a_late_event_is_numbered_on_arrival() {
        let mut sequencer = sequencer();
        sequencer.push([event(1_000, 1, 1, accepted())]);
        assert_eq!(micros(&released(&mut sequencer, at(4_000))), [1_000]);
        sequencer.push([event(500, 2, 2, accepted())]);
        let late = released(&mut sequencer, at(4_001));
        assert_eq!((micros(&late), late[0].number), (vec![500], 1));
    }

    #[test]
    fn each_entry_has_its_wall_clock_time() {
        let mut sequencer = sequencer();
        sequencer.push([1_000, 1_250].map(|t| event(t, 1, 1, accepted())));
        let entries = released(&mut sequencer, at(9_000));
        assert_eq!(entries[0].time, UNIX_EPOCH + Duration::from_millis(1));
        assert_eq!(entries[1].time, UNIX_EPOCH + Duration::from_micros(1_250));
    }

    /// What a sequencer makes of an event if the wall clock is off by `off_micros` at 3 s.
    fn jump(off_micros: i64) -> Vec<Entry> {
        let mut sequencer = sequencer();
        sequencer.push([event(2_990_000, 1, 1, accepted())]);
        let mut now = at(3_000_000);
        let off = Duration::from_micros(off_micros.unsigned_abs());
        now.time = if off_micros < 0 {
            now.time - off
        } else {
            now.time + off
        };
        released(&mut sequencer, now)
    }

    #[test]
    fn a_jump_of_the_wall_clock_becomes_an_entry_before_the_events() {
        let check = |off_micros: i64, expected: Option<i64>| {
            let entries = jump(off_micros);
            let jump_nanos = match &entries[0].event.kind {
                EventKind::ClockAdjusted { by_nanos } => Some(*by_nanos),
                _ => None,
            };
            assert_eq!(jump_nanos, expected, "{off_micros}");
            let last = entries.last().unwrap();
            assert_eq!(last.number, u64::from(expected.is_some()));
            let nanos = last.time.duration_since(UNIX_EPOCH).unwrap().as_nanos() as i64;
            assert_eq!(nanos, 2_990_000_000 + off_micros * 1_000, "anchored again");
        };
        check(0, None);
        check(10_000, None);
        check(-10_000, None);
        check(10_001, Some(10_001_000));
        check(1_200_000, Some(1_200_000_000));
        check(-1_200_000, Some(-1_200_000_000));
    }

    #[test]
    fn the_anchor_is_valid_for_a_second() {
        let mut sequencer = sequencer();
        sequencer.push([event(1_000, 1, 1, accepted())]);
        let mut now = at(999_999);
        now.time += Duration::from_mins(1);
        let entries = released(&mut sequencer, now);
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].time, UNIX_EPOCH + Duration::from_millis(1));
    }

    #[test]
    fn a_character_split_across_reads_is_carried_in_each_direction() {
        let bytes = "日本語".as_bytes();
        let mut sequencer = sequencer();
        sequencer.push([
            event(1, 1, 7, received(1, &bytes[..2])),
            event(2, 1, 7, sent(2, &bytes[..1])),
            event(3, 1, 8, received(3, b"x")),
            event(4, 1, 7, received(4, &bytes[2..4])),
            event(5, 1, 7, sent(5, &bytes[1..3])),
            event(6, 1, 7, closed()),
            event(7, 1, 7, accepted()),
        ]);
        let entries = released(&mut sequencer, at(9_000));
        let streams: Vec<_> = entries
            .iter()
            .map(|entry| {
                let StreamPositions { received, sent } = entry.streams;
                let carries = [received.carry, sent.carry].map(|c| c.as_slice().to_vec());
                (received.offset, sent.offset, carries)
            })
            .collect();
        let carries = |received: &[u8], sent: &[u8]| [received.to_vec(), sent.to_vec()];
        assert_eq!(streams[0], (0, 0, carries(b"", b"")));
        assert_eq!(streams[1], (2, 0, carries(b"\xE6\x97", b"")));
        assert_eq!(streams[2], (0, 0, carries(b"", b"")), "another connection");
        assert_eq!(streams[3], (2, 1, carries(b"\xE6\x97", b"\xE6")));
        assert_eq!(streams[4], (4, 1, carries(b"\xE6", b"\xE6")));
        assert_eq!(streams[5], (4, 3, carries(b"\xE6", b"")), "as it ended");
        assert_eq!(streams[6], (0, 0, carries(b"", b"")), "forgotten");
    }
}
