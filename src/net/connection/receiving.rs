//! A connection's receiving direction: reads, replies to them, and the peer's FIN.

use std::io::{self, Read};

use super::{Connection, End, Ender};
use crate::net::config::{Reply, WhenPeerFinishes};
use crate::net::context::Context;
use crate::net::event::{EngineEventKind, Payload};

/// How many times one connection is read in a turn.
const READS_PER_TURN: usize = 8;

impl Connection {
    /// Reads a bounded number of chunks and replies to each.
    pub(super) fn read(&mut self, context: &mut Context) -> Result<(), End> {
        let size = context.behaviour().read_buffer;
        for _ in 0..READS_PER_TURN {
            match (&*self.socket).read(context.buffers.current()) {
                Ok(0) => return self.reached_end(context),
                Ok(count) => {
                    context.spend(count);
                    self.received(count, context)?;
                    // A short read has emptied the socket; another would only return `WouldBlock`. After a failed write
                    // the socket never becomes readable again, so reading continues to the end.
                    let is_all = count < size && self.write_error.is_none();
                    if is_all || context.is_spent() || !self.wants_to_read() {
                        break;
                    }
                }
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

    /// Handles a read of `count` bytes, which are in the current buffer.
    fn received(&mut self, count: usize, context: &mut Context) -> Result<(), End> {
        let payload = context.outbox.observes_bytes().then(|| {
            let bytes = context.buffers.take(count);
            Payload::new(context.ids.next_payload(), bytes)
        });
        if let Some(payload) = payload.clone() {
            context.emit(Some(&self.link), EngineEventKind::Received { payload });
        }
        if self.can_send() {
            self.reply(payload, count, context);
        } else if self.write_error.is_none() {
            self.note_received(count)?;
        }
        Ok(())
    }

    /// Answers the chunk of `count` bytes in the current buffer. `received` holds the same bytes if bytes are observed.
    fn reply(&mut self, received: Option<Payload>, count: usize, context: &mut Context) {
        match context.behaviour().reply {
            Reply::None => {}
            Reply::Echo => self.echo(received, count, context),
            Reply::Fixed(_) | Reply::Template(_) => {
                let bytes = match &received {
                    Some(payload) => &payload.bytes,
                    None => context.buffers.filled(count),
                };
                let framing = context.behaviour().reply_framing.as_ref();
                self.requests.received(bytes, framing);
                self.answer(context);
            }
        }
    }

    fn echo(&mut self, received: Option<Payload>, count: usize, context: &mut Context) {
        match received {
            Some(payload) => {
                let was_empty = self.queue.is_empty();
                self.queue.push_reply(payload);
                if was_empty {
                    // If this fails, the calling loop still reads what the peer sent earlier.
                    self.write_chunks(context);
                }
            }
            None => self.echo_unobserved(count, context),
        }
        if context.behaviour().close_after_reply {
            self.finish_after_reply(context);
        }
    }

    /// Handles a read of zero bytes: FIN, or the last of what came before a failed write.
    fn reached_end(&mut self, context: &mut Context) -> Result<(), End> {
        self.check_write_error()?;
        self.peer_finished = true;
        context.emit(Some(&self.link), EngineEventKind::PeerFinished);
        self.answer_remaining(context);
        if context.behaviour().when_peer_finishes == WhenPeerFinishes::CloseToo {
            self.finish(Ender::Peer);
        }
        self.ender.get_or_insert(Ender::Peer);
        Ok(())
    }
}
