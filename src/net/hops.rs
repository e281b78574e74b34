//! How often rules have answered rules, so that they cannot run in a circle without time passing.
//!
//! Where both ends of a connection are ours, they share a [`Circle`]. It holds for each end the [`Hop`] of the newest
//! message that a rule sent there. What a rule sends in answer to a message has the next hop; so has what it has other
//! connections or endpoints send. After [`MOST_HOPS`], none of which took [`SHORTEST`], the sending connection waits for
//! [`PAUSE`], and the count begins anew. A hop that took longer needs no bound: time passes. What passes through a program
//! that is not ours is not counted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// After how many hops a connection waits.
const MOST_HOPS: u32 = 16;
/// A hop that takes at least this long ends the count.
const SHORTEST: Duration = Duration::from_millis(1);
/// How long a connection waits.
pub(super) const PAUSE: Duration = Duration::from_millis(10);

/// How many answers of rules led to a message.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hop {
    count: u32,
    /// When the last of them was requested.
    at: Option<Instant>,
}

impl Hop {
    /// Returns the hop of an answer to it.
    pub(super) fn next(self, now: Instant) -> Self {
        Self {
            count: self.count_at(now).saturating_add(1),
            at: Some(now),
        }
    }

    fn count_at(self, now: Instant) -> u32 {
        let is_recent = |at| now.saturating_duration_since(at) < SHORTEST;
        if self.at.is_some_and(is_recent) {
            self.count
        } else {
            0
        }
    }
}

/// What the two ends of a connection sent last.
#[derive(Debug, Default)]
pub(super) struct Circle {
    client: Mutex<Hop>,
    server: Mutex<Hop>,
}

/// One end of a connection whose other end is ours too.
#[derive(Debug)]
pub(super) struct CircleEnd {
    circle: Arc<Circle>,
    is_client: bool,
    /// Until when it waits.
    pauses: Option<Instant>,
}

impl CircleEnd {
    pub(super) fn of_client(circle: Arc<Circle>) -> Self {
        Self::new(circle, true)
    }

    pub(super) fn of_server(circle: Arc<Circle>) -> Self {
        Self::new(circle, false)
    }

    fn new(circle: Arc<Circle>, is_client: bool) -> Self {
        Self {
            circle,
            is_client,
            pauses: None,
        }
    }

    /// Returns the hop of what is received now.
    pub(super) fn heard(&self) -> Hop {
        *self.last(!self.is_client)
    }

    /// Notes that something is sent. Returns whether the connection has to wait for [`PAUSE`] before it.
    pub(super) fn send(&mut self, hop: Hop, now: Instant) -> bool {
        if self.pauses.is_some_and(|until| now < until) {
            return false;
        }
        let pauses = hop.count > MOST_HOPS;
        self.pauses = pauses.then(|| now + PAUSE);
        let mut last = self.last(self.is_client);
        if pauses {
            *last = Hop::default();
        } else if hop.count >= last.count_at(now) {
            *last = hop;
        }
        pauses
    }

    /// Notes that something is answered without a rule, or sent on from another connection: that is no further hop.
    pub(super) fn forward(&mut self, hop: Hop, now: Instant) {
        let mut last = self.last(self.is_client);
        if hop.count_at(now) >= last.count_at(now) {
            *last = hop;
        }
    }

    /// Returns the hop of what an end sent last.
    fn last(&self, of_client: bool) -> MutexGuard<'_, Hop> {
        let hop = if of_client {
            &self.circle.client
        } else {
            &self.circle.server
        };
        // A thread that panicked while it held the lock left a whole value behind.
        hop.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends() -> [CircleEnd; 2] {
        let circle = Arc::new(Circle::default());
        [
            CircleEnd::of_server(Arc::clone(&circle)),
            CircleEnd::of_client(circle),
        ]
    }

    /// Lets the ends answer each other, and returns how many answers there were before the first pause.
    fn until_pause(ends: &mut [CircleEnd; 2], mut now: Instant, step: Duration) -> u32 {
        for answers in 0..1_000 {
            let end = &mut ends[answers % 2];
            if end.send(end.heard().next(now), now) {
                return answers as u32;
            }
            now += step;
        }
        1_000
    }

    #[test]
    fn rules_that_answer_each_other_wait_after_some_hops() {
        let now = Instant::now();
        assert_eq!(until_pause(&mut ends(), now, Duration::ZERO), MOST_HOPS);
        let quick = Duration::from_micros(999);
        assert_eq!(until_pause(&mut ends(), now, quick), MOST_HOPS);
        assert_eq!(until_pause(&mut ends(), now, SHORTEST), 1_000);
    }

    #[test]
    fn the_count_begins_anew_after_a_pause_and_a_pause_is_one() {
        let mut both = ends();
        let mut now = Instant::now();
        until_pause(&mut both, now, Duration::ZERO);
        let [server, client] = &mut both;
        let waits = if server.pauses.is_some() {
            server
        } else {
            client
        };
        assert!(
            !waits.send(waits.heard().next(now), now),
            "it waits already"
        );
        now += PAUSE;
        assert_eq!(until_pause(&mut both, now, Duration::ZERO), MOST_HOPS);
    }

    #[test]
    fn many_answers_to_messages_of_nobody_are_no_circle() {
        let [mut server, _client] = ends();
        let now = Instant::now();
        for _ in 0..10_000 {
            assert!(!server.send(server.heard().next(now), now));
        }
    }
}
