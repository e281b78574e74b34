//! A connection's receiving direction: reads, what is answered to them, and the peer's FIN.

use std::io::{self, Read};

use super::{Connection, End, Ender};
use crate::net::config::{Reply, WhenPeerFinishes};
use crate::net::context::Context;
use crate::net::event::{EventKind, Payload};

/// How often one connection is read in a turn.
const READS_PER_TURN: usize = 8;

impl Connection {
    /// Reads a bounded number of chunks, and replies to each.
    pub(super) fn read(&mut self, context: &mut Context) -> Result<(), End> {
        let size = context.behaviour().read_buffer;
        for _ in 0..READS_PER_TURN {
            match (&*self.socket).read(context.buffers.at_hand()) {
                Ok(0) => return self.reached_end(context),
                Ok(count) => {
                    context.spend(count);
                    self.received(count, context)?;
                    // Less than asked for is all there was: asking again would only be told to wait. After a failed
                    // write nothing more will become readable, so the end is looked for.
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

    /// A read returned `count` bytes, which stand in the buffer at hand.
    fn received(&mut self, count: usize, context: &mut Context) -> Result<(), End> {
        let payload = context.outbox.observes_bytes().then(|| {
            let bytes = context.buffers.take(count);
            Payload::new(context.ids.next_payload(), bytes)
        });
        if let Some(payload) = payload.clone() {
            let stamp = context.now();
            let kind = EventKind::Received { payload };
            context.outbox.tell(stamp, Some(&self.link), kind);
        }
        if self.can_send() {
            self.reply(payload, count, context);
        } else if self.write_error.is_none() {
            self.note_received(count)?;
        }
        Ok(())
    }

    /// Answers the chunk of `count` bytes in the buffer at hand, which is `received` where bytes are observed.
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
                    // Should it fail, what the peer had sent before is read by the loop that called.
                    self.write_chunks(context);
                }
            }
            None => self.echo_unobserved(count, context),
        }
        if context.behaviour().close_after_reply {
            self.finish_after_reply(context);
        }
    }

    /// A read returned no byte: FIN, or the end of what came before a failed write.
    fn reached_end(&mut self, context: &mut Context) -> Result<(), End> {
        self.check_write_error()?;
        self.peer_finished = true;
        let stamp = context.now();
        let kind = EventKind::PeerFinished;
        context.outbox.tell(stamp, Some(&self.link), kind);
        self.answer_the_last(context);
        if context.behaviour().when_peer_finishes == WhenPeerFinishes::CloseToo {
            self.finish(Ender::Peer);
        }
        self.ender.get_or_insert(Ender::Peer);
        Ok(())
    }
}
