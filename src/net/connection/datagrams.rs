//! What is different where a connection is one peer of a UDP socket: each read and write is a datagram with its edges,
//! there is no end of the stream, and whoever owns the socket reads it.

use std::io;
use std::time::Instant;

use super::{Connection, EndedBy, Liveness};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{ClosedBy, EngineEventKind, Payload, Requester};
use crate::net::icmp::Icmp;
use crate::net::outgoing::OutgoingStep;
use crate::net::timers::Timer;
use crate::net::udp::{Arrived, PeerFlow, Unsent};

/// How much of a long payload goes into one datagram: less than the smallest packet that IPv6 carries whole (RFC 8200).
const PIECE_BYTES: usize = 1024;

impl Connection {
    pub(super) fn is_datagrams(&self) -> bool {
        self.socket.flow().is_some()
    }

    /// Returns the peer of the UDP socket that it is, if it is one.
    pub(in crate::net) fn flow(&self) -> Option<&PeerFlow> {
        self.socket.flow()
    }

    /// Begins to wait for a silence that is long enough to forget the peer.
    pub(in crate::net) fn begin_forgetting(&mut self, context: &mut Context) {
        if let Some(flow) = self.socket.flow().filter(|flow| !flow.is_kept) {
            self.forget_after(flow.active, context);
        }
    }

    /// Checks whether the peer is forgotten once a silence since `from` is long enough.
    fn forget_after(&mut self, from: Instant, context: &mut Context) {
        let due = from.checked_add(context.forget_after);
        if let Some(due) = due {
            context.timers.set(due, Timer::Forget(self.id()));
        }
        if let Some(flow) = self.socket.flow_mut() {
            flow.checks_at = due;
        }
    }

    /// Waits no more for a silence: otherwise peers that only seem to exist would leave a timer each.
    pub(super) fn cancel_forgetting(&self, context: &mut Context) {
        if let Some(at) = self.socket.flow().and_then(|flow| flow.checks_at) {
            context.timers.cancel(at, Timer::Forget(self.id()));
        }
    }

    /// Forgets the peer if it has been silent long enough; otherwise waits on. `may_have_sent`: not all that has arrived is
    /// read.
    pub(in crate::net) fn silence_checked(
        &mut self,
        may_have_sent: bool,
        context: &mut Context,
    ) -> Liveness {
        let Some(flow) = self.socket.flow() else {
            return Liveness::Open;
        };
        let active = flow.active;
        if active.elapsed() < context.forget_after {
            self.forget_after(active, context);
            return Liveness::Open;
        }
        if may_have_sent || self.has_more_to_send() || self.is_running() {
            self.forget_after(Instant::now(), context);
            return Liveness::Open;
        }
        self.close(ClosedBy::Silence(context.forget_after), context);
        Liveness::Gone
    }

    /// Handles a datagram, whose bytes are in the current buffer.
    pub(in crate::net) fn arrived(&mut self, arrived: &Arrived, context: &mut Context) -> Liveness {
        let result = self.take_datagram(arrived, context);
        self.catch_up(context);
        self.conclude(result, context)
    }

    fn take_datagram(&mut self, arrived: &Arrived, context: &mut Context) -> Result<(), EndedBy> {
        let count = arrived.count;
        self.read_bytes += count as u64;
        self.note_activity_at(context.read_at);
        if arrived.is_cut {
            let kind = EngineEventKind::Truncated {
                read_bytes: count as u64,
                bytes: arrived.size.map(|it| it as u64),
            };
            context.emit(Some(&self.link), kind);
        }
        let is_overrun = self.owes_replies(context);
        let began = is_overrun && !std::mem::replace(&mut self.is_overrun, is_overrun);
        self.is_overrun = is_overrun;
        if !is_overrun {
            return self.received(count, context);
        }
        // A stream would not be read any further; a socket that others share is.
        self.take_chunk(count, context);
        if began {
            let peer = self.link.peer.clone();
            context.emit_failure(Some(&self.link), NetError::Overrun { peer });
        }
        Ok(())
    }

    /// Notes that the network did not deliver a datagram.
    pub(in crate::net) fn undelivered(
        &mut self,
        source: io::Error,
        icmp: Option<Icmp>,
        context: &mut Context,
    ) -> Liveness {
        let error = NetError::Undelivered {
            peer: Some(self.link.peer.clone()),
            source: source.into(),
            icmp,
        };
        context.emit_failure(Some(&self.link), error);
        Liveness::Open
    }

    /// Sends on: the system takes datagrams again, or the turn that was spent is over.
    pub(in crate::net) fn has_room(&mut self, context: &mut Context) -> Liveness {
        if let Some(flow) = self.socket.flow_mut() {
            flow.awaits_room = false;
        }
        self.proceed_if(true, context)
    }

    /// Waits until the system takes another datagram, if there is one.
    pub(super) fn settle_datagrams(&mut self, context: &mut Context) -> Liveness {
        if !self.wants_to_write() {
            return Liveness::Open;
        }
        if !context.may_write() {
            return self.park();
        }
        let id = self.id();
        if let Some(flow) = self.socket.flow_mut()
            && !std::mem::replace(&mut flow.awaits_room, true)
        {
            context.awaiting_room.push((flow.key, id));
        }
        Liveness::Open
    }

    /// Sends the next datagram, of at most `most` bytes: a longer payload becomes several. Returns its size.
    pub(super) fn send_datagram(&mut self, most: usize) -> io::Result<usize> {
        let whole = self.queue.datagram();
        let most = if self.queue.is_piece() {
            most.min(PIECE_BYTES)
        } else {
            most
        };
        self.socket.write(whole.get(..most).unwrap_or(whole))
    }

    /// Reports a datagram that the system did not take, and goes on without it.
    pub(super) fn refused(&mut self, source: io::Error, context: &mut Context) {
        let bytes = self.queue.datagram().len();
        if let Some((payload, by)) = self.queue.take(bytes, &context.ids) {
            self.emit_refused(payload.bytes.len(), source, by, context);
        }
    }

    fn emit_refused(&self, bytes: usize, source: io::Error, by: Requester, context: &mut Context) {
        let error = NetError::Datagram {
            peer: self.link.peer.clone(),
            bytes: bytes as u64,
            source: source.into(),
        };
        context.emit_failure_by(by, Some(&self.link), error);
    }

    /// Sends the datagram in the current buffer back, or queues it.
    pub(super) fn echo_datagram(
        &mut self,
        count: usize,
        by: Requester,
        is_free: bool,
        context: &mut Context,
    ) {
        let bytes = context.buffers.filled(count);
        if is_free
            && let Some(flow) = self.socket.flow()
            && context.replies.take(flow, &self.link, by, bytes)
        {
            self.written_bytes += count as u64;
            return;
        }
        if is_free && context.replies.make_way() {
            match self.socket.write(bytes) {
                Ok(written) => {
                    self.written_bytes += written as u64;
                    self.note_activity();
                    return;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return self.emit_refused(count, error, by, context),
            }
        }
        let bytes = context.buffers.take(0..count);
        let payload = Payload::new(context.ids.next_payload(), bytes);
        self.queue.push(OutgoingStep::Send(payload), by);
    }

    /// Handles an echo that waited and that the system then did not take.
    pub(in crate::net) fn not_sent(&mut self, unsent: Unsent, context: &mut Context) -> Liveness {
        self.take_back(unsent, context);
        self.conclude(Ok(()), context)
    }

    /// Has all echoes sent before the connection ends, and queues those for which there is no room.
    pub(super) fn send_replies(&mut self, context: &mut Context) {
        if self.is_datagrams() {
            context.replies.make_way();
            for unsent in context.replies.take_unsent(&self.link) {
                self.take_back(unsent, context);
            }
        }
    }

    fn take_back(&mut self, unsent: Unsent, context: &mut Context) {
        let Unsent {
            by, bytes, error, ..
        } = unsent;
        self.written_bytes = self.written_bytes.saturating_sub(bytes.len() as u64);
        if error.kind() == io::ErrorKind::WouldBlock {
            // It was requested before what is queued by now.
            let payload = Payload::new(context.ids.next_payload(), bytes);
            self.queue.push_front(OutgoingStep::Send(payload), by);
        } else {
            self.emit_refused(bytes.len(), error, by, context);
        }
    }

    /// Notes that the exchange with a peer goes on.
    pub(super) fn note_activity(&mut self) {
        if self.is_datagrams() {
            self.note_activity_at(Instant::now());
        }
    }

    fn note_activity_at(&mut self, at: Instant) {
        if let Some(flow) = self.socket.flow_mut() {
            flow.active = at;
        }
    }
}
