//! How fast a connection sends: bytes per second, and slices with pauses. Time is a parameter.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use crate::script::Slices;

/// How much of a second's bytes one write takes at most, so that a rate is even.
const WRITES_PER_SECOND: u32 = 50;

/// The longest wait, and the longest pause between two pieces of a long payload.
pub(super) const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// Why a connection does nothing with its queue for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RestReason {
    /// Somebody requested it.
    Wait,
    /// Its pace, or that of a feed.
    Pace,
}

/// The pace of one connection.
#[derive(Debug, Default)]
pub(super) struct SendingPace {
    pub(super) rate: Option<NonZeroU32>,
    pub(super) slices: Option<Slices>,
    /// When the next write may happen.
    next: Option<Instant>,
}

/// What may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    /// At most this many bytes now.
    Bytes(usize),
    /// Nothing before this moment.
    At(Instant),
}

impl SendingPace {
    /// Returns whether it limits nothing.
    pub(super) fn is_free(&self) -> bool {
        self.rate.is_none() && self.slices.is_none()
    }

    /// Returns what may be written at `now`.
    pub(super) fn allowance(&self, now: Instant) -> Allowance {
        if let Some(next) = self.next.filter(|next| *next > now) {
            return Allowance::At(next);
        }
        let by_rate = self
            .rate
            .map(|rate| (rate.get() / WRITES_PER_SECOND).max(1));
        let by_slice = self.slices.map(|slices| slices.bytes.get());
        let most = by_rate.into_iter().chain(by_slice).min();
        Allowance::Bytes(most.map_or(usize::MAX, |most| most as usize))
    }

    /// Notes that `bytes` were written at `now`.
    pub(super) fn wrote(&mut self, bytes: usize, now: Instant) {
        let mut pause = self.slices.map_or(Duration::ZERO, |slices| slices.pause);
        if let Some(rate) = self.rate {
            pause = pause.max(Duration::from_secs(bytes as u64) / rate.get());
        }
        // A late write does not make the following ones late, but for the time that the peer did not read.
        let due = self.next.filter(|due| *due + pause > now).unwrap_or(now);
        self.next = due.checked_add(pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: u32) -> NonZeroU32 {
        NonZeroU32::new(number).unwrap()
    }

    /// Returns how long it takes to send `bytes` if every write happens as soon as it may.
    fn time_for(mut pace: SendingPace, mut bytes: usize) -> Duration {
        let began = Instant::now();
        let mut now = began;
        while bytes > 0 {
            match pace.allowance(now) {
                Allowance::At(next) => now = next,
                Allowance::Bytes(most) => {
                    let written = most.min(bytes);
                    pace.wrote(written, now);
                    bytes -= written;
                }
            }
        }
        now - began
    }

    #[test]
    fn a_rate_bounds_the_bytes_of_a_second() {
        let check = |rate: u32, bytes: usize| {
            let pace = SendingPace {
                rate: Some(number(rate)),
                ..SendingPace::default()
            };
            let took = time_for(pace, bytes);
            let exact = bytes as f64 / f64::from(rate);
            let piece = 1e-6 + 1.0_f64.min(exact) / 10.0 + 1.0 / f64::from(rate);
            assert!(
                (took.as_secs_f64() - exact).abs() <= piece,
                "{took:?} for {exact}"
            );
        };
        check(100_000, 1_000_000);
        check(1, 3);
        check(7, 700);
        check(u32::MAX, 100);
    }

    #[test]
    fn slices_are_no_longer_than_asked_for_and_have_their_pauses() {
        let slices = Slices {
            bytes: number(3),
            pause: Duration::from_millis(10),
        };
        let pace = SendingPace {
            slices: Some(slices),
            ..SendingPace::default()
        };
        assert_eq!(pace.allowance(Instant::now()), Allowance::Bytes(3));
        assert_eq!(time_for(pace, 10), Duration::from_millis(30));
    }
}
