//! What takes the time of writing entries: making their lines, or waiting for the reader of standard output. Knows
//! neither.

use std::time::{Duration, Instant};

/// How much longer than making lines their reader may take to count as one that keeps up.
const READER_SHARE: u32 = 2;

/// What the writer of standard output does at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// There is nothing to write.
    Nothing,
    /// It makes lines of entries.
    Making,
    /// It writes them, which takes as long as their reader does.
    Writing,
}

/// How the writer's time was spent since it last kept up with the entries.
#[derive(Debug)]
pub(super) struct Effort {
    doing: Doing,
    since: Instant,
    making: Duration,
    writing: Duration,
}

impl Effort {
    /// Begins with a writer that has nothing to do.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            doing: Doing::Nothing,
            since: now,
            making: Duration::ZERO,
            writing: Duration::ZERO,
        }
    }

    /// Notes what the writer does from `now` on.
    pub(super) fn turn_to(&mut self, doing: Doing, now: Instant) {
        let spent = now.saturating_duration_since(self.since);
        match self.doing {
            Doing::Nothing => {}
            Doing::Making => self.making += spent,
            Doing::Writing => self.writing += spent,
        }
        self.doing = doing;
        self.since = now;
    }

    /// Notes that the writer has caught up: what was before no longer counts.
    pub(super) fn forget(&mut self, now: Instant) {
        *self = Self {
            doing: self.doing,
            ..Self::new(now)
        };
    }

    /// Returns whether the reader is what holds up the entries.
    pub(super) fn is_reader_slow(&self, now: Instant) -> bool {
        let current = now.saturating_duration_since(self.since);
        let (making, writing) = match self.doing {
            Doing::Nothing => (self.making, self.writing),
            Doing::Making => (self.making + current, self.writing),
            Doing::Writing => (self.making, self.writing + current),
        };
        writing > making * READER_SHARE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_is_blamed_for_its_own_time_only() {
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);
        let mut effort = Effort::new(begin);
        assert!(!effort.is_reader_slow(at(1_000)), "nobody did anything");
        effort.turn_to(Doing::Making, at(1_000));
        assert!(!effort.is_reader_slow(at(1_010)));
        effort.turn_to(Doing::Writing, at(1_010));
        assert!(!effort.is_reader_slow(at(1_030)), "it takes twice as long");
        assert!(effort.is_reader_slow(at(1_031)), "it stalls");
        effort.turn_to(Doing::Making, at(1_031));
        assert!(!effort.is_reader_slow(at(1_032)), "lines take time again");
        effort.turn_to(Doing::Writing, at(1_032));
        effort.turn_to(Doing::Nothing, at(2_000));
        assert!(effort.is_reader_slow(at(9_000)), "idling is nobody's time");
        effort.forget(at(9_000));
        assert!(!effort.is_reader_slow(at(9_000)));
    }
}
