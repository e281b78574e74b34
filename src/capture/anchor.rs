//! How the monotonic clock and the wall clock relate.

use std::time::{Duration, Instant, SystemTime};

use crate::net::{Clock, Stamp};

/// One moment on both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The monotonic clock.
    pub stamp: Stamp,
    /// The wall clock.
    pub time: SystemTime,
}

/// The largest gap between the two readings that is accepted at once.
const READING_GAP: Duration = Duration::from_micros(100);
/// How many times the clocks are read at most; the closest pair is used.
const MAX_READINGS: usize = 4;

impl Moment {
    /// Reads both clocks.
    ///
    /// A thread that is preempted between the two readings would pair them wrongly, so a large gap causes a retry.
    pub fn now(clock: &Clock) -> Self {
        let mut best: Option<(Duration, Self)> = None;
        for _ in 0..MAX_READINGS {
            let before = Instant::now();
            let time = SystemTime::now();
            let gap = before.elapsed();
            if best.is_none_or(|(smallest, _)| gap < smallest) {
                let stamp = clock.stamp(before);
                best = Some((gap, Self { stamp, time }));
            }
            if gap <= READING_GAP {
                break;
            }
        }
        best.map_or_else(
            || Self {
                stamp: clock.now(),
                time: SystemTime::now(),
            },
            |(_, moment)| moment,
        )
    }
}

/// How long an anchor is valid while there are events. Without events nothing is renewed.
pub const ANCHOR_LIFETIME: Duration = Duration::from_secs(1);
/// How far the wall clock may drift from the monotonic one before a jump is recorded.
pub const CLOCK_TOLERANCE: Duration = Duration::from_millis(10);

/// A moment used to convert stamps to wall-clock time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor(Moment);

impl Anchor {
    /// Anchors at `moment`.
    pub(super) fn new(moment: Moment) -> Self {
        Self(moment)
    }

    /// Returns the wall-clock time at `stamp`.
    pub(super) fn time(&self, stamp: Stamp) -> SystemTime {
        let ahead = stamp.since(self.0.stamp);
        let behind = self.0.stamp.since(stamp);
        let time = self.0.time.checked_add(ahead);
        time.and_then(|time| time.checked_sub(behind))
            .unwrap_or(self.0.time)
    }

    /// Moves the anchor to `now` if it has expired. Returns by how many nanoseconds the wall clock jumped, if it did.
    pub(super) fn renew(&mut self, now: Moment) -> Option<i64> {
        if now.stamp.since(self.0.stamp) < ANCHOR_LIFETIME {
            return None;
        }
        let expected = self.time(now.stamp);
        self.0 = now;
        let (jump, sign) = match now.time.duration_since(expected) {
            Ok(forward) => (forward, 1),
            Err(backward) => (backward.duration(), -1),
        };
        let nanos = i64::try_from(jump.as_nanos()).unwrap_or(i64::MAX);
        (jump > CLOCK_TOLERANCE).then_some(nanos * sign)
    }
}
