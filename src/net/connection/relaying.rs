//! A connection that is joined with another one of its worker: what one receives, the other sends. The worker passes
//! on what each wants of the other.

use super::{AfterQueue, Connection, EndedBy, Liveness};
use crate::net::context::{Context, Relayed};
use crate::net::error::NetError;
use crate::net::event::{ClosedBy, Requester};
use crate::net::id::FlowId;
use crate::net::outgoing::OutgoingStep;

/// How much of what was received may wait to be sent on, before its source is no longer read. It is read again at half.
pub(in crate::net) const RELAY_BYTES: u64 = 256 * 1024;

impl Connection {
    /// Joins this connection with another one of its worker.
    pub(in crate::net) fn join(&mut self, partner: FlowId) {
        self.partner = Some(partner);
    }

    /// Returns the connection that it is joined with.
    pub(in crate::net) fn partner(&self) -> Option<FlowId> {
        self.partner
    }

    /// Does what the partner wants. Returns also whether the partner must not be read for now.
    pub(in crate::net) fn relay(
        &mut self,
        relayed: Relayed,
        context: &mut Context,
    ) -> (Liveness, bool) {
        let by = Requester::Relay;
        let was_empty = self.queue.is_empty();
        match relayed {
            Relayed::Bytes(payload, hop) => {
                if self.can_send() {
                    self.pass_on(hop, by);
                    self.queue.push(OutgoingStep::Send(payload), by);
                } else {
                    let bytes = payload.bytes.len() as u64;
                    context.emit_failure(Some(&self.link), NetError::NotOpen { bytes });
                }
            }
            Relayed::Finish => self.end_after_queue(AfterQueue::Finish, by),
            Relayed::Close => self.end_after_queue(AfterQueue::Close, by),
            Relayed::Reset => {
                self.partner = None;
                self.reset(by, context);
                return (Liveness::Gone, false);
            }
            Relayed::Resume => self.is_held_up = false,
        }
        let outcome = self.proceed_if(was_empty, context);
        let is_full = self.queue.bytes() > RELAY_BYTES || context.budget.is_spent();
        let holds_up = outcome != Liveness::Gone && is_full && self.queue.bytes() > 0;
        self.holds_up_partner |= holds_up;
        (outcome, holds_up)
    }

    /// Stops reading until the partner has sent enough of what waits there.
    pub(in crate::net) fn hold_up(&mut self, context: &mut Context) -> Liveness {
        self.is_held_up = true;
        self.conclude(Ok(()), context)
    }

    /// Has the partner end as this one does: reset, or close after what is queued.
    pub(super) fn part(&mut self, end: &EndedBy, context: &mut Context) {
        let Some(partner) = self.partner.take() else {
            return;
        };
        let relayed = match end {
            EndedBy::Reset | EndedBy::Closed(ClosedBy::OurReset | ClosedBy::Failure(_)) => {
                Relayed::Reset
            }
            EndedBy::Closed(_) => Relayed::Close,
        };
        context.relayed.push_back((partner, relayed));
    }
}
