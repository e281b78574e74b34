//! A connection after a reply that closes: how long the peer may take no byte of it, then how long it may take to
//! finish, and how much it may go on to send.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Connection, End, Ender, Outcome};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::ClosedBy;
use crate::net::poller::Readiness;
use crate::net::timers::Timer;

/// How long the peer may take no byte of a reply that closes; and once it has it all, how long until its FIN.
const FINISH_TIMEOUT: Duration = Duration::from_secs(2);
/// What the peer may go on to send after such a reply.
const FINISH_BYTES: u64 = 1024 * 1024;

/// The wait for the peer to take the reply and to finish.
pub(super) struct Finishing {
    /// When the peer last took a byte of the reply.
    moved: Instant,
    /// What the timer is set to: it is not set anew with each byte, but when it has passed.
    due: Instant,
    received_bytes: u64,
}

impl Connection {
    /// Finishes after the reply that was queued, and bounds what the peer may do until then.
    pub(super) fn finish_after_reply(&mut self, context: &mut Context) {
        self.finish(Ender::Reply);
        let now = Instant::now();
        let finishing = Finishing {
            moved: now,
            due: now + FINISH_TIMEOUT,
            received_bytes: 0,
        };
        context.timers.set(finishing.due, Timer::Finish(self.id()));
        self.finishing = Some(finishing);
    }

    /// Takes note that the peer took bytes of the reply.
    pub(super) fn note_taken(&mut self) {
        if let Some(finishing) = &mut self.finishing {
            finishing.moved = Instant::now();
        }
    }

    /// Counts what the peer sent after the reply.
    pub(super) fn note_received(&mut self, count: usize) -> Result<(), End> {
        let Some(finishing) = &mut self.finishing else {
            return Ok(());
        };
        finishing.received_bytes += count as u64;
        if finishing.received_bytes <= FINISH_BYTES {
            return Ok(());
        }
        let error = NetError::FinishFlood {
            peer: self.link.peer,
            limit_bytes: FINISH_BYTES,
        };
        Err(End::Closed(ClosedBy::Failure(Arc::new(error))))
    }

    /// Closes when the peer has had its time; otherwise the wait goes on.
    pub(in crate::net) fn finish_timed_out(&mut self, context: &mut Context) -> Outcome {
        // A slow peer may have taken bytes all the same: Linux reports room only when a third of its buffer is free.
        let outcome = self.ready(Readiness::UNKNOWN, context);
        let id = self.id();
        let Some(finishing) = &mut self.finishing else {
            return outcome;
        };
        let now = Instant::now();
        if !context.may_read() {
            // While events cannot be handed over it is us who do not read.
            finishing.moved = now;
        }
        finishing.due = finishing.moved + FINISH_TIMEOUT;
        if finishing.due > now {
            context.timers.set(finishing.due, Timer::Finish(id));
            return outcome;
        }
        let error = NetError::FinishTimeout {
            peer: self.link.peer,
            timeout: FINISH_TIMEOUT,
        };
        self.close(ClosedBy::Failure(Arc::new(error)), context);
        Outcome::Gone
    }

    /// Ends the wait: the connection has ended.
    pub(super) fn stop_waiting(&mut self, context: &mut Context) {
        if let Some(finishing) = self.finishing.take() {
            let timer = Timer::Finish(self.id());
            context.timers.cancel(finishing.due, timer);
        }
    }
}
