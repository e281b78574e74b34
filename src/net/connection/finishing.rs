//! A connection after its closing reply: bounds how long the peer may take to read the reply and to finish, and how
//! much it may still send.

use std::time::{Duration, Instant};

use super::{Connection, EndedBy, Liveness};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::Requester;
use crate::net::poller::Readiness;
use crate::net::timers::Timer;

/// How long the peer may go without reading any of the closing reply, and then how long it may take to send its FIN.
const FINISH_TIMEOUT: Duration = Duration::from_secs(2);
/// How much the peer may still send after the closing reply.
const FINISH_BYTES: u64 = 1024 * 1024;

/// The wait for the peer to read the reply and to finish.
pub(super) struct Finishing {
    /// When the peer last read some of the reply, or its turn began.
    moved: Instant,
    /// When the timer is due. It is reset only when it fires, not with every byte.
    due: Instant,
    received_bytes: u64,
}

impl Connection {
    /// Finishes sending after the queued reply, and bounds what the peer may do until then.
    pub(super) fn finish_after_reply(&mut self, by: Requester, context: &mut Context) {
        if self.finishing.is_some() {
            return;
        }
        self.finish(by);
        if self.is_datagrams() {
            return;
        }
        let now = Instant::now();
        let finishing = Finishing {
            moved: now,
            due: now + FINISH_TIMEOUT,
            received_bytes: 0,
        };
        context.timers.set(finishing.due, Timer::Finish(self.id()));
        self.finishing = Some(finishing);
    }

    /// Notes that the peer read some of the reply, or that its turn begins.
    pub(super) fn restart_peers_turn(&mut self) {
        if let Some(finishing) = &mut self.finishing {
            finishing.moved = Instant::now();
        }
    }

    /// Counts what the peer sent after the reply.
    pub(super) fn note_received(&mut self, count: usize) -> Result<(), EndedBy> {
        let Some(finishing) = &mut self.finishing else {
            return Ok(());
        };
        finishing.received_bytes += count as u64;
        if finishing.received_bytes <= FINISH_BYTES {
            return Ok(());
        }
        let error = NetError::FinishFlood {
            peer: self.link.peer.clone(),
            limit_bytes: FINISH_BYTES,
        };
        Err(EndedBy::failure(error))
    }

    /// Closes if the peer has run out of time; otherwise keeps waiting.
    pub(in crate::net) fn finish_timed_out(&mut self, context: &mut Context) -> Liveness {
        // A slow peer may have read bytes all the same: Linux reports room only when a third of the send buffer is
        // free.
        let outcome = self.ready(Readiness::UNKNOWN, context);
        let id = self.id();
        let has_to_wait = self.rests();
        let Some(finishing) = &mut self.finishing else {
            return outcome;
        };
        let now = Instant::now();
        if !context.may_read() || has_to_wait {
            // While events cannot be handed over, we are the ones not reading; and we take our time where that was requested.
            finishing.moved = now;
        }
        finishing.due = finishing.moved + FINISH_TIMEOUT;
        if finishing.due > now {
            context.timers.set(finishing.due, Timer::Finish(id));
            return outcome;
        }
        let error = NetError::FinishTimeout {
            peer: self.link.peer.clone(),
            timeout: FINISH_TIMEOUT,
        };
        self.end(EndedBy::failure(error), context);
        Liveness::Gone
    }

    /// Cancels the timer: the connection has ended.
    pub(super) fn cancel_finish_timer(&mut self, context: &mut Context) {
        if let Some(finishing) = self.finishing.take() {
            let timer = Timer::Finish(self.id());
            context.timers.cancel(finishing.due, timer);
        }
    }
}
