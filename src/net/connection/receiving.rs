//! A connection's receiving direction: reads, what is done with the bytes, and the peer's FIN.

use std::io;

use super::answering::AnsweredRequest;
use super::{Connection, EndedBy};
use crate::net::config::WhenPeerFinishes;
use crate::net::context::{Context, Relayed};
use crate::net::event::{EngineEventKind, Payload, Requester};
use crate::net::transport::Encrypted;

/// How many times one connection is read in a turn.
const READS_PER_TURN: usize = 8;
/// After a read of TLS of at least this size, more may wait in the socket.
const MANY_BYTES: usize = 8 * 1024;

impl Connection {
    /// Reads a bounded number of chunks and answers each.
    pub(super) fn read(&mut self, context: &mut Context) -> Result<(), EndedBy> {
        let size = context.behaviour().read_buffer;
        for _ in 0..READS_PER_TURN {
            let was_handshaking = self.is_handshaking();
            match self.read_once(context) {
                Ok(0) => return self.reached_end(context),
                Ok(count) => {
                    context.spend(count);
                    self.received(count, context)?;
                    // A short read has emptied the socket; another would only return `WouldBlock`. After a failed write
                    // the socket never becomes readable again, so reading continues to the end.
                    let is_all = self.has_emptied(count, size) && self.write_error.is_none();
                    if is_all || context.is_spent() || !self.wants_to_read(context) {
                        break;
                    }
                }
                // What follows a handshake has often arrived by the time that it is over.
                Err(error)
                    if error.kind() == io::ErrorKind::WouldBlock
                        && was_handshaking
                        && !self.is_handshaking()
                        && self.queue.is_empty()
                        && self.wants_to_read(context) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    return self.check_write_error();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.check_write_error()?;
                    return Err(self.failed_to_receive(error));
                }
            }
        }
        Ok(())
    }

    /// Returns whether a read of `count` bytes into a buffer of `size` has emptied the socket. One of TLS is always shorter
    /// than its buffer.
    fn has_emptied(&self, count: usize, size: usize) -> bool {
        match self.socket.tls() {
            Some(tls) => count < MANY_BYTES && !tls.has_plaintext(),
            None => count < size,
        }
    }

    /// Reads once. If arrivals are marked, emits when the last of the bytes arrived.
    fn read_once(&mut self, context: &mut Context) -> io::Result<usize> {
        if !self.marks_arrivals() {
            let count = self.socket.read(context.buffers.current());
            self.report_tls(context);
            let count = count?;
            self.read_bytes += count as u64;
            return Ok(count);
        }
        let (count, arrived) = self.socket.read_stamped(context.buffers.current())?;
        self.read_bytes += count as u64;
        if let Some(at) = arrived.filter(|_| count > 0) {
            self.mark_arrival(at, context);
        }
        Ok(count)
    }

    /// Reports a read of `count` bytes, which are in the current buffer. Returns them if they are kept.
    pub(super) fn take_chunk(&mut self, count: usize, context: &mut Context) -> Option<Payload> {
        let is_observed = context.outbox.observes_bytes();
        // What rules request may use the bytes again and again; the buffer holds them once.
        let is_kept =
            is_observed || self.partner.is_some() || context.keeps_chunks(self.is_datagrams());
        let payload = is_kept.then(|| {
            let bytes = context.buffers.take(0..count);
            let mut payload = Payload::new(context.ids.next_payload(), bytes);
            payload.wire_bytes = self.socket.tls_mut().map(Encrypted::newly_read);
            payload
        });
        if is_observed && let Some(payload) = payload.clone() {
            context.emit(Some(&self.link), EngineEventKind::Received { payload });
        }
        payload
    }

    /// Handles a read of `count` bytes, which are in the current buffer.
    pub(super) fn received(&mut self, count: usize, context: &mut Context) -> Result<(), EndedBy> {
        let payload = self.take_chunk(count, context);
        self.answering.responder.hear();
        self.restart_patience(context);
        if let (Some(partner), Some(payload)) = (self.partner, &payload) {
            let bytes = Relayed::Bytes(payload.clone(), self.heard());
            context.relayed.push_back((partner, bytes));
            if self.running.is_some() {
                self.answer(
                    &AnsweredRequest::chunk(Some(payload.clone()), count),
                    context,
                );
            }
        } else if self.can_send() || self.running.is_some() {
            self.answer(&AnsweredRequest::chunk(payload, count), context);
        } else if self.write_error.is_none() {
            self.note_received(count)?;
        }
        Ok(())
    }

    /// Handles a read of zero bytes: FIN, or the last of what came before a failed write.
    fn reached_end(&mut self, context: &mut Context) -> Result<(), EndedBy> {
        self.check_write_error()?;
        self.peer_finished = true;
        if !self.ended_by_close_notify() {
            context.emit(Some(&self.link), EngineEventKind::PeerFinished);
        }
        self.answer_remaining(context);
        if let Some(partner) = self.partner {
            context.relayed.push_back((partner, Relayed::Finish));
        } else if context.behaviour().when_peer_finishes == WhenPeerFinishes::CloseToo {
            self.finish(Requester::Nobody);
        }
        self.ender.get_or_insert(Requester::Nobody);
        Ok(())
    }
}
