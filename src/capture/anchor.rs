//! How the monotonic clock and the wall clock relate.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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

/// Converts stamps to wall-clock time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The wall-clock time at stamp 0, in nanoseconds since 1970. It moves by whole microseconds, as a capture stores it.
    base_nanos: i128,
    renewed: Stamp,
}

impl Anchor {
    /// Anchors at `moment`.
    pub(super) fn new(moment: Moment) -> Self {
        Self {
            base_nanos: base_nanos(moment.time, moment.stamp),
            renewed: moment.stamp,
        }
    }

    /// Returns the wall-clock time at `stamp`.
    pub(super) fn time(&self, stamp: Stamp) -> SystemTime {
        time_at(self.base_nanos, stamp)
    }

    /// Moves the anchor to `now` if it has expired. Returns by how many nanoseconds the wall clock jumped, if it did.
    pub(super) fn renew(&mut self, now: Moment) -> Option<i64> {
        if now.stamp.since(self.renewed) < ANCHOR_LIFETIME {
            return None;
        }
        self.renewed = now.stamp;
        let jump = base_nanos(now.time, now.stamp) - self.base_nanos;
        self.base_nanos += jump - jump.rem_euclid(1_000);
        let is_jump = jump.unsigned_abs() > CLOCK_TOLERANCE.as_nanos();
        is_jump.then(|| i64::try_from(jump).unwrap_or(if jump < 0 { i64::MIN } else { i64::MAX }))
    }
}

/// Returns the wall-clock time at stamp 0 in nanoseconds since 1970, given the time at `stamp`.
pub(super) fn base_nanos(time: SystemTime, stamp: Stamp) -> i128 {
    let nanos = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos().cast_signed(),
        Err(before) => -before.duration().as_nanos().cast_signed(),
    };
    nanos - i128::from(stamp.0)
}

/// Returns the wall-clock time at `stamp`, given the one at stamp 0 in nanoseconds since 1970.
pub(super) fn time_at(base_nanos: i128, stamp: Stamp) -> SystemTime {
    let nanos = base_nanos.saturating_add(stamp.0.into());
    let distance = u64::try_from(nanos.unsigned_abs()).unwrap_or(u64::MAX);
    let distance = Duration::from_nanos(distance);
    let time = if nanos < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    };
    time.unwrap_or(UNIX_EPOCH)
}
