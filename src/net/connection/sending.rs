//! A connection's sending direction: writes, and how a failed one is handled.

use std::io::{self, Write};
use std::time::Instant;

use bytes::Bytes;

use super::{Connection, End};
use crate::net::codes;
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{EngineEventKind, Payload};

/// How many times one connection's queue is written in a turn.
const WRITES_PER_TURN: usize = 8;
/// The most bytes passed to one write.
const WRITE_BYTES: usize = 256 * 1024;
impl Connection {
    /// Writes the queue; after a failure, reads what the peer sent before it.
    pub(super) fn write_queue(&mut self, context: &mut Context) -> Result<(), End> {
        if context.may_write() {
            self.write_chunks(context);
        }
        if self.write_error.is_some() && context.may_read() {
            self.read(context)?;
        }
        Ok(())
    }

    /// Writes a bounded number of chunks, or until the system takes no more.
    pub(super) fn write_chunks(&mut self, context: &mut Context) {
        for _ in 0..WRITES_PER_TURN {
            let Some(front) = self.queue.front() else {
                return;
            };
            let piece = front.get(..WRITE_BYTES).unwrap_or(front);
            let asked = piece.len();
            let began = context.moment();
            match (&*self.socket).write(piece) {
                Ok(written) => {
                    context.spend(written);
                    self.note_taken();
                    let sent = self.queue.take(written);
                    self.emit_sent(sent, began, context);
                    if written < asked {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.write_error = Some(error);
                    return;
                }
            }
        }
    }

    fn emit_sent(&self, sent: Option<Payload>, began: Option<Instant>, context: &mut Context) {
        if let (Some(payload), Some(began)) = (sent, began) {
            let kind = EngineEventKind::Sent {
                payload,
                took: began.elapsed(),
            };
            let stamp = context.clock.stamp(began);
            context.outbox.emit(stamp, Some(&self.link), kind);
        }
    }

    /// Writes the chunk back straight from the current buffer, and queues the rest.
    pub(super) fn echo_unobserved(&mut self, count: usize, context: &mut Context) {
        let mut rest = context.buffers.filled(count);
        while self.queue.is_empty() && !rest.is_empty() {
            let piece = rest.get(..WRITE_BYTES).unwrap_or(rest);
            match (&*self.socket).write(piece) {
                Ok(written) => {
                    rest = rest.get(written..).unwrap_or_default();
                    if written < WRITE_BYTES {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    if error.kind() != io::ErrorKind::WouldBlock {
                        self.write_error = Some(error);
                    }
                    break;
                }
            }
        }
        if !rest.is_empty() {
            let bytes = Bytes::copy_from_slice(rest);
            let id = context.ids.next_payload();
            self.queue.push_reply(Payload::new(id, bytes));
        }
    }

    /// Ends the connection if a write has failed. Called when nothing is left to read.
    pub(super) fn check_write_error(&mut self) -> Result<(), End> {
        match self.write_error.take() {
            None => Ok(()),
            Some(error) if codes::is_reset(&error) => Err(End::Reset),
            Some(source) => {
                let peer = self.link.peer;
                Err(End::failure(NetError::Send {
                    peer,
                    source: source.into(),
                }))
            }
        }
    }
}
