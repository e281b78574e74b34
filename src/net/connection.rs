//! One connection: its socket, its send queue and the state of each direction. Knows no listener.

mod answering;
mod finishing;
mod receiving;
mod sending;

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use super::codes;
use super::context::Context;
use super::error::NetError;
use super::event::{Closed, ClosedBy, EngineEventKind, Link, Payload};
use super::id::FlowId;
use super::message::Message;
use super::poller::{Interest, Readiness, Registered};
use super::queue::SendQueue;
use answering::Requests;
use finishing::Finishing;

/// The state of our sending direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sending {
    Open,
    /// FIN follows once the queue is empty.
    Finishing,
    Finished,
}

/// Who started to end the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ender {
    Us,
    Peer,
    Reply,
}

/// How a connection ends. Every step that can end it returns this as its error.
enum End {
    Closed(ClosedBy),
    Reset,
}

impl End {
    fn failure(error: NetError) -> Self {
        Self::Closed(ClosedBy::Failure(Arc::new(error)))
    }
}

/// Whether a connection is still open, and what it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It waits for readiness.
    Open,
    /// It wants to do more, but events cannot be handed over. Reported once until [`Connection::unpark`].
    Parked,
    /// Call it again without waiting for readiness.
    Again,
    /// It has ended and has reported so: drop it.
    Gone,
}

/// An established connection.
pub(super) struct Connection {
    socket: Registered<TcpStream>,
    link: Arc<Link>,
    queue: SendQueue,
    requests: Requests,
    /// How many templates have been queued.
    template_count: u64,
    sending: Sending,
    peer_finished: bool,
    ender: Option<Ender>,
    /// A write failed. What the peer sent earlier is read first; then the connection ends with this error.
    write_error: Option<io::Error>,
    /// Set from the closing reply until the end.
    finishing: Option<Finishing>,
    parked: bool,
}

impl Connection {
    /// Makes a connection from a connected socket.
    pub(super) fn new(socket: Registered<TcpStream>, link: Arc<Link>) -> Self {
        Self {
            socket,
            link,
            queue: SendQueue::default(),
            requests: Requests::default(),
            template_count: 0,
            sending: Sending::Open,
            peer_finished: false,
            ender: None,
            write_error: None,
            finishing: None,
            parked: false,
        }
    }

    /// Marks it as unable to send: what the peer sent before `error` is read, then it ends with that error.
    pub(super) fn broken(mut self, error: io::Error) -> Self {
        self.write_error = Some(error);
        self
    }

    pub(super) fn id(&self) -> FlowId {
        self.link.connection
    }

    /// Returns whether a payload may still be queued.
    pub(super) fn can_send(&self) -> bool {
        self.sending == Sending::Open && self.write_error.is_none()
    }

    /// Returns how many bytes are queued.
    pub(super) fn queued_bytes(&self) -> u64 {
        self.queue.bytes()
    }

    /// Does whatever the socket is ready for.
    pub(super) fn ready(&mut self, readiness: Readiness, context: &mut Context) -> Outcome {
        let exchanged = self.exchange(readiness, context);
        self.conclude(exchanged, context)
    }

    /// Queues a user's message and writes as much as the system takes at once.
    pub(super) fn send(&mut self, message: Message, context: &mut Context) -> Outcome {
        let was_empty = self.queue.is_empty();
        if !self.enqueue(message, context) {
            return Outcome::Open;
        }
        let written = if was_empty {
            self.write_queue(context)
        } else {
            Ok(())
        };
        self.conclude(written, context)
    }

    /// Queues a user's message and returns whether it did. Reports why if it did not.
    pub(super) fn enqueue(&mut self, message: Message, context: &mut Context) -> bool {
        let bytes = message.len_bytes();
        let error = if !self.can_send() {
            NetError::NotOpen {
                bytes: bytes as u64,
            }
        } else if !self.queue.has_room(bytes) {
            NetError::QueueFull {
                peer: self.link.peer,
                bytes: bytes as u64,
                queued_bytes: self.queue.bytes(),
            }
        } else {
            let Some(payload) = self.payload(message, context) else {
                return false;
            };
            self.queue.push(payload);
            return true;
        };
        context.emit_failure(Some(&self.link), error);
        false
    }

    /// Returns the bytes of a message on this connection. If they cannot be rendered, reports so and returns `None`.
    fn payload(&mut self, message: Message, context: &mut Context) -> Option<Payload> {
        match message.into_payload(&self.link, &mut self.template_count, &context.ids) {
            Ok(payload) => Some(payload),
            Err(source) => {
                context.emit_failure(Some(&self.link), NetError::Template { source });
                None
            }
        }
    }

    /// Finishes sending once the queue is empty.
    pub(super) fn finish_sending(&mut self, context: &mut Context) -> Outcome {
        self.finish(Ender::Us);
        self.conclude(Ok(()), context)
    }

    /// Closes at once, discarding what is queued or unread.
    pub(super) fn close(&mut self, by: ClosedBy, context: &mut Context) {
        self.end(End::Closed(by), context);
    }

    /// Notes that events can be handed over again.
    pub(super) fn unpark(&mut self) {
        self.parked = false;
    }

    fn exchange(&mut self, readiness: Readiness, context: &mut Context) -> Result<(), End> {
        let reads = readiness.readable && self.wants_to_read() && context.may_read();
        if reads {
            self.read(context)?;
        }
        let writes = readiness.writable && self.wants_to_write() && context.may_write();
        if writes {
            self.write_queue(context)?;
            self.queue_owed_replies(context);
        }
        if readiness.hung_up && !reads && !writes {
            self.hang_up()?;
        }
        Ok(())
    }

    fn wants_to_read(&self) -> bool {
        self.write_error.is_some() || (!self.peer_finished && !self.owes_replies())
    }

    /// Returns whether so many replies are queued or owed that requests must wait.
    fn owes_replies(&self) -> bool {
        self.queue.is_over_reply_bound() || self.requests.are_owed()
    }

    fn has_more_to_send(&self) -> bool {
        !self.queue.is_empty() || self.requests.are_owed()
    }

    fn wants_to_write(&self) -> bool {
        self.write_error.is_none() && self.has_more_to_send()
    }

    fn failed_to_receive(&self, source: io::Error) -> End {
        if codes::is_reset(&source) {
            return End::Reset;
        }
        let peer = self.link.peer;
        End::failure(NetError::Receive {
            peer,
            source: source.into(),
        })
    }

    /// Handles a hang-up while there is no interest in reading or writing. It would be reported forever, so the socket
    /// leaves the poller.
    ///
    /// Asks for the socket's error only after the FIN. Before that, the reads return it, after the bytes that came
    /// first.
    fn hang_up(&mut self) -> Result<(), End> {
        self.socket.detach();
        if !self.peer_finished {
            return Ok(());
        }
        match self.socket.take_error() {
            Ok(Some(error)) | Err(error) => Err(self.failed_to_receive(error)),
            Ok(None) => Ok(()),
        }
    }

    fn finish(&mut self, ender: Ender) {
        if self.sending == Sending::Open {
            self.sending = Sending::Finishing;
            self.ender.get_or_insert(ender);
        }
    }

    /// Ends every call: sends a FIN that is due, closes if both directions are done, and updates the poller interest.
    fn conclude(&mut self, result: Result<(), End>, context: &mut Context) -> Outcome {
        let settled = result.and_then(|()| self.settle(context));
        settled.unwrap_or_else(|end| {
            self.end(end, context);
            Outcome::Gone
        })
    }

    fn settle(&mut self, context: &mut Context) -> Result<Outcome, End> {
        if self.write_error.is_none() && !self.has_more_to_send() {
            if self.peer_finished && self.sending != Sending::Open {
                return Err(End::Closed(self.closed_by()));
            }
            if self.sending == Sending::Finishing {
                self.shut_down_sending(context);
            }
        }
        let wanted = Interest::new(self.wants_to_read(), self.wants_to_write());
        let given = Interest::new(
            wanted.readable && context.may_read(),
            wanted.writable && context.may_write(),
        );
        self.socket
            .set_interest(given)
            .map_err(|error| self.failed_to_receive(error))?;
        if given != wanted {
            let was_parked = std::mem::replace(&mut self.parked, true);
            return Ok(if was_parked {
                Outcome::Open
            } else {
                Outcome::Parked
            });
        }
        Ok(if self.write_error.is_some() {
            Outcome::Again
        } else {
            Outcome::Open
        })
    }

    fn shut_down_sending(&mut self, context: &mut Context) {
        let stamp = context.now();
        // This fails only if the peer has reset the connection, and the next read reports that.
        self.socket.shutdown(Shutdown::Write).ok();
        self.sending = Sending::Finished;
        let kind = EngineEventKind::WeFinished;
        context.outbox.emit(stamp, Some(&self.link), kind);
    }

    fn closed_by(&self) -> ClosedBy {
        match self.ender {
            Some(Ender::Reply) => ClosedBy::Reply,
            Some(Ender::Us) => ClosedBy::Us,
            Some(Ender::Peer) | None => ClosedBy::Peer,
        }
    }

    fn end(&mut self, end: End, context: &mut Context) {
        self.cancel_finish_timer(context);
        self.cancel_silence_timer(context);
        let unsent_bytes = self.queue.bytes();
        let kind = match end {
            End::Reset => EngineEventKind::Reset { unsent_bytes },
            End::Closed(by) => EngineEventKind::Closed(Closed {
                by,
                unsent_bytes,
                unread: self.has_unread_bytes(),
            }),
        };
        context.emit(Some(&self.link), kind);
    }

    fn has_unread_bytes(&self) -> bool {
        !self.peer_finished && matches!(self.socket.peek(&mut [0]), Ok(count) if count > 0)
    }
}
