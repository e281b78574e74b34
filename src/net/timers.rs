//! A worker's timers, ordered by time.

use std::collections::BTreeSet;
use std::time::Instant;

use super::id::FlowId;
use crate::script::TimerId;

/// The purpose of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// Retry accepting.
    Accept,
    /// Give up on connecting to one address, or try it again.
    Connect(FlowId),
    /// Give up a TLS handshake.
    Handshake(FlowId),
    /// Check whether to keep waiting for the peer after a closing reply.
    Finish(FlowId),
    /// Check whether the peer's system has everything that was sent before we leave.
    Leave(FlowId),
    /// Check whether a silence has completed a frame.
    Silence(FlowId),
    /// Go on with what a connection has to do: a wait is over, or its pace allows another write.
    Resume(FlowId),
    /// Check whether a responder has waited long enough for the peer.
    Patience(FlowId),
    /// Check whether a peer of a UDP socket has been silent for so long that it is forgotten.
    Forget(FlowId),
    /// Connect again: a client's wait of this number is over.
    Reconnect(u64),
    /// Ask the kernel for the numbers of what is watched.
    Watch,
    /// Check whether a step of a sequence has had its time.
    Step(FlowId),
    /// A timer of a connection's responder.
    Responder(FlowId, TimerId),
}

/// The timers that are set.
#[derive(Default)]
pub(super) struct Timers(BTreeSet<(Instant, Timer)>);

impl Timers {
    pub(super) fn set(&mut self, at: Instant, timer: Timer) {
        self.0.insert((at, timer));
    }

    pub(super) fn cancel(&mut self, at: Instant, timer: Timer) {
        self.0.remove(&(at, timer));
    }

    /// Returns when the next timer is due.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.0.first().map(|(at, _)| *at)
    }

    /// Removes and returns a timer that is due at `now`.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<Timer> {
        if self.next_at()? > now {
            return None;
        }
        self.0.pop_first().map(|(_, timer)| timer)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn timers_fire_in_order_of_time() {
        let now = Instant::now();
        let late = now + Duration::from_secs(2);
        let mut timers = Timers::default();
        timers.set(late, Timer::Accept);
        let connect = Timer::Connect(FlowId::client(1));
        timers.set(now, connect);
        timers.set(now, Timer::Finish(FlowId::server(1)));
        timers.cancel(now, Timer::Finish(FlowId::server(1)));
        assert_eq!(timers.next_at(), Some(now));
        assert_eq!(timers.pop_due(now), Some(connect));
        assert_eq!(timers.pop_due(now), None);
        assert_eq!(timers.pop_due(late), Some(Timer::Accept));
        assert_eq!(timers.next_at(), None);
    }
}
