//! Transfer rates over about the last second, computed from counters.

use std::collections::VecDeque;

use super::Now;

/// The time over which a rate is measured, in seconds.
const WINDOW: f64 = 1.0;
/// The least time between two samples, in seconds; bounds their number.
const SAMPLE_INTERVAL: f64 = 0.1;

/// Bytes per second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rate {
    /// Received.
    pub received: f64,
    /// Sent.
    pub sent: f64,
}

impl Rate {
    /// Returns whether both rates are zero.
    pub fn is_zero(self) -> bool {
        self.received <= 0.0 && self.sent <= 0.0
    }
}

impl std::ops::Add for Rate {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            received: self.received + other.received,
            sent: self.sent + other.sent,
        }
    }
}

/// Computes the rate of the last second from growing counters.
#[derive(Debug, Default)]
pub struct RateMeter {
    samples: VecDeque<Sample>,
    newest: Sample,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sample {
    at: Now,
    received: u64,
    sent: u64,
}

impl RateMeter {
    /// Notes the current counters.
    pub fn note(&mut self, now: Now, received: u64, sent: u64) {
        if (received, sent) == (self.newest.received, self.newest.sent) {
            return;
        }
        let is_due = self
            .samples
            .back()
            .is_none_or(|last| now.0 - last.at.0 >= SAMPLE_INTERVAL);
        if is_due {
            // The growth in the new window starts from the counters before the change.
            self.samples.push_back(Sample {
                at: now,
                ..self.newest
            });
        }
        self.newest = Sample {
            at: now,
            received,
            sent,
        };
        while self.samples.len() > 1
            && self
                .samples
                .front()
                .is_some_and(|first| now.0 - first.at.0 > WINDOW)
        {
            self.samples.pop_front();
        }
    }

    /// Returns the rate of the last second; zero if the last change is older.
    pub fn rate(&self, now: Now) -> Rate {
        let start = self
            .samples
            .iter()
            .find(|sample| now.0 - sample.at.0 <= WINDOW);
        start.map_or(Rate::default(), |start| Rate {
            received: self.newest.received.saturating_sub(start.received) as f64 / WINDOW,
            sent: self.newest.sent.saturating_sub(start.sent) as f64 / WINDOW,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_the_growth_of_the_last_second_and_then_zero() {
        let mut meter = RateMeter::default();
        meter.note(Now(10.0), 100, 0);
        meter.note(Now(10.5), 300, 50);
        assert_eq!(
            meter.rate(Now(10.6)),
            Rate {
                received: 300.0,
                sent: 50.0
            }
        );
        assert_eq!(
            meter.rate(Now(11.2)),
            Rate {
                received: 200.0,
                sent: 50.0
            }
        );
        assert!(meter.rate(Now(11.6)).is_zero());
    }

    #[test]
    fn a_steady_stream_keeps_few_samples() {
        let mut meter = RateMeter::default();
        for step in 0..10_000_u32 {
            meter.note(Now(f64::from(step) / 1000.0), u64::from(step) * 1000, 0);
        }
        assert!(meter.samples.len() <= 12, "{} samples", meter.samples.len());
        let rate = meter.rate(Now(10.0)).received;
        assert!((850_000.0..=1_100_000.0).contains(&rate), "{rate}");
    }
}
