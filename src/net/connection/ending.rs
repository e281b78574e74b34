//! How a connection ends: what follows the last queued byte, and what is reported of the end.

use std::sync::Arc;

use super::{Connection, Sending};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{Closed, ClosedBy, EngineEventKind, FeedEnd, Requester};
use crate::net::transport::Encrypted;

/// What follows the last queued byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterQueue {
    /// FIN; reading goes on.
    Finish,
    Close,
    Reset,
}

/// How a connection ends. Every step that can end it returns this as its error.
pub(super) enum EndedBy {
    Closed(ClosedBy),
    Reset,
}

impl EndedBy {
    pub(super) fn failure(error: NetError) -> Self {
        Self::Closed(ClosedBy::Failure(Arc::new(error)))
    }
}

impl Connection {
    /// Closes at once, discarding what is queued or unread.
    pub(in crate::net) fn close(&mut self, by: ClosedBy, context: &mut Context) {
        self.end(EndedBy::Closed(by), context);
    }

    /// Resets at once. The peer of a UDP socket learns of nothing: it is only forgotten.
    pub(in crate::net) fn reset(&mut self, by: Requester, context: &mut Context) {
        self.ended_by = by;
        let closed = if self.is_datagrams() {
            ClosedBy::Us
        } else {
            ClosedBy::OurReset
        };
        self.end(EndedBy::Closed(closed), context);
    }

    /// Finishes sending once the queue is empty.
    pub(super) fn finish(&mut self, by: Requester) {
        if self.sending == Sending::Open {
            self.end_after_queue(AfterQueue::Finish, by);
            self.ender.get_or_insert(by);
        }
    }

    /// Ends the sending direction once the queue is empty. Nothing more is queued.
    pub(super) fn end_after_queue(&mut self, ending: AfterQueue, by: Requester) {
        // Datagrams have no end that a peer could learn of.
        let ending = if self.is_datagrams() {
            AfterQueue::Close
        } else {
            ending
        };
        if self.sending == Sending::Open || ending != AfterQueue::Finish {
            self.sending = Sending::Ending(ending);
            self.ended_by = by;
        }
    }

    /// Does what follows the last queued byte.
    pub(super) fn end_what_is_sent(&mut self, context: &mut Context) -> Result<(), EndedBy> {
        if self.peer_finished && self.sending != Sending::Open {
            return Err(EndedBy::Closed(match self.sending {
                Sending::Ending(AfterQueue::Reset) => ClosedBy::OurReset,
                Sending::Open | Sending::Ending(_) | Sending::Finished => self.closed_by(),
            }));
        }
        match self.sending {
            Sending::Open | Sending::Finished => {}
            Sending::Ending(AfterQueue::Finish) => self.shut_down_sending(context),
            Sending::Ending(AfterQueue::Close) => {
                return Err(EndedBy::Closed(match self.ended_by {
                    Requester::Responder | Requester::Rule(_) => ClosedBy::Reply,
                    Requester::Nobody
                    | Requester::User
                    | Requester::Relay
                    | Requester::Sequence => ClosedBy::Us,
                }));
            }
            Sending::Ending(AfterQueue::Reset) => return Err(EndedBy::Closed(ClosedBy::OurReset)),
        }
        Ok(())
    }

    /// Returns whether the system has all that was sent. What was encrypted may still wait for room; before the connection
    /// is closed, so may its goodbye.
    pub(super) fn is_written(&mut self) -> bool {
        let closes = match self.sending {
            Sending::Open | Sending::Ending(AfterQueue::Reset) => false,
            Sending::Ending(AfterQueue::Close) => true,
            Sending::Ending(AfterQueue::Finish) | Sending::Finished => self.peer_finished,
        };
        let Some(tls) = self.socket.tls_mut() else {
            return true;
        };
        if closes {
            tls.say_goodbye();
        }
        !tls.wants_write()
    }

    fn shut_down_sending(&mut self, context: &mut Context) {
        let stamp = context.now();
        // This fails only if the peer has reset the connection, and the next read reports that.
        self.socket.finish().ok();
        self.report_tls(context);
        self.sending = Sending::Finished;
        self.restart_peers_turn();
        let kind = EngineEventKind::WeFinished;
        let by = self.ended_by;
        context.outbox.emit_by(by, stamp, Some(&self.link), kind);
    }

    fn closed_by(&self) -> ClosedBy {
        match self.ender {
            Some(Requester::Responder | Requester::Rule(_)) => ClosedBy::Reply,
            Some(Requester::User | Requester::Sequence) => ClosedBy::Us,
            Some(Requester::Nobody | Requester::Relay) | None => ClosedBy::Peer,
        }
    }

    pub(super) fn end(&mut self, end: EndedBy, context: &mut Context) {
        if self.is_marked() {
            self.take_stamps(context);
        }
        self.is_lost = self.loses(&end);
        self.end_tls(&end, context);
        self.run_lost(&end, context);
        self.show_gone(context);
        self.cancel_finish_timer(context);
        self.cancel_leave_timer(context);
        self.cancel_answering_timers(context);
        self.cancel_rest(context);
        self.cancel_forgetting(context);
        self.part(&end, context);
        let (unsent_bytes, piece_bytes) = (self.unsent_bytes(), self.queue.piece_bytes());
        for feed in self.queue.take_feeds() {
            // A file that has begun has its piece in front of all that waits.
            let unsent_of_it = if feed.has_begun() { piece_bytes } else { 0 };
            self.end_feed(
                &feed,
                unsent_of_it,
                FeedEnd::NotOpen,
                Requester::Nobody,
                context,
            );
        }
        context.budget.settle(&mut self.charge, 0);
        let by = match &end {
            EndedBy::Closed(ClosedBy::Us | ClosedBy::Reply | ClosedBy::OurReset) => self.ended_by,
            EndedBy::Closed(ClosedBy::Stop) => Requester::User,
            EndedBy::Closed(
                ClosedBy::Peer
                | ClosedBy::Failure(_)
                | ClosedBy::Silence(_)
                | ClosedBy::Crowded { .. },
            )
            | EndedBy::Reset => Requester::Nobody,
        };
        let kind = match end {
            EndedBy::Reset => EngineEventKind::Reset { unsent_bytes },
            EndedBy::Closed(by) => {
                if matches!(by, ClosedBy::OurReset) {
                    // If it fails, the connection is closed, and the peer sees a FIN.
                    self.socket.reset_when_closed().ok();
                }
                EngineEventKind::Closed(Closed {
                    by,
                    unsent_bytes,
                    unread: self.has_unread_bytes(),
                })
            }
        };
        context.emit_by(by, &self.link, kind);
    }

    /// Returns how many bytes were to be sent and cannot reach the peer if it ends now.
    pub(super) fn unsent_bytes(&mut self) -> u64 {
        let unwritten = self.socket.tls_mut().map_or(0, Encrypted::unwritten_bytes);
        self.queue.bytes() + unwritten
    }

    /// Returns whether the peer or a failure ends it while this side wanted it to go on.
    fn loses(&self, end: &EndedBy) -> bool {
        let is_theirs = matches!(
            end,
            EndedBy::Reset | EndedBy::Closed(ClosedBy::Peer | ClosedBy::Failure(_))
        );
        let is_wanted = !matches!(self.ender, None | Some(Requester::Nobody));
        is_theirs && !is_wanted
    }

    pub(super) fn has_unread_bytes(&self) -> bool {
        !self.peer_finished && self.socket.has_unread_bytes()
    }
}
