//! The session's clock: monotonic stamps with a wall-clock anchor.

use std::time::{Duration, Instant, SystemTime};

/// A moment in the session: nanoseconds of the monotonic clock since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub u64);

impl Stamp {
    /// Returns the time from `earlier` to this stamp, or zero if `earlier` is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

/// Makes stamps. Copies share one origin.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Instant,
    started: SystemTime,
}

impl Clock {
    /// Starts the session's clock now.
    pub fn start() -> Self {
        Self {
            origin: Instant::now(),
            started: SystemTime::now(),
        }
    }

    /// Returns the stamp for now.
    pub fn now(&self) -> Stamp {
        self.stamp(Instant::now())
    }

    /// Returns the stamp of `moment`, or zero if it lies before the session.
    pub fn stamp(&self, moment: Instant) -> Stamp {
        let elapsed = moment.saturating_duration_since(self.origin);
        Stamp(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX))
    }

    /// Returns the moment of a stamp.
    pub fn instant(&self, stamp: Stamp) -> Instant {
        self.origin + Duration::from_nanos(stamp.0)
    }

    /// Returns the wall-clock time at which the session began.
    pub fn started(&self) -> SystemTime {
        self.started
    }
}
