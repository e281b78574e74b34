//! One connection: what carries it, what it still has to do, and the state of each direction. Knows no listener.

mod answering;
mod finishing;
mod pace;
mod receiving;
mod relaying;
mod sending;

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::budget::Charge;
use super::codes;
use super::context::Context;
use super::error::NetError;
use super::event::{Closed, ClosedBy, EngineEventKind, FeedEnd, Link, Payload, Requester};
use super::feed::Feed;
use super::id::FlowId;
use super::message::render;
use super::outgoing::{Outgoing, Step};
use super::poller::{Interest, Readiness, Registered};
use super::transport::Transport;
use crate::payload::template::{RenderError, Rendered};
use crate::script::{Act, Content, Message};
use answering::Answering;
use finishing::Finishing;
use pace::Pace;
pub(super) use relaying::RELAY_BYTES;
use sending::Rest;

/// The state of our sending direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sending {
    Open,
    /// This follows once the queue is empty.
    Ending(Ending),
    Finished,
}

/// What follows the last queued byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// FIN; reading goes on.
    Finish,
    Close,
    Reset,
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
    /// It waits for readiness, or for a timer.
    Open,
    /// It wants to do more, but events cannot be handed over. Reported once until [`Connection::unpark`].
    Parked,
    /// Call it again without waiting for readiness.
    Again,
    /// It has ended and has reported so: drop it.
    Gone,
}

/// An established connection.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own: the directions, what waits, and why"
)]
pub(super) struct Connection {
    socket: Registered<Transport>,
    link: Arc<Link>,
    queue: Outgoing,
    charge: Charge,
    answering: Answering,
    /// How many templates have been queued.
    template_count: u64,
    sending: Sending,
    /// Who requested that the sending direction end.
    ended_by: Requester,
    peer_finished: bool,
    is_reading_stopped: bool,
    ender: Option<Ender>,
    /// A write failed. What the peer sent earlier is read first; then the connection ends with this error.
    write_error: Option<io::Error>,
    /// Set from the closing reply until the end.
    finishing: Option<Finishing>,
    pace: Option<Box<Pace>>,
    /// When the queue goes on, if it waits for a time.
    resumes: Option<(Instant, Rest)>,
    /// Whether the queue waits for a piece of a feed.
    is_awaiting_piece: bool,
    /// The connection that gets what this one receives.
    partner: Option<FlowId>,
    /// Whether the partner is not read because too much of what it read waits here.
    holds_up_partner: bool,
    /// Whether too much of what this one read waits at the partner.
    is_held_up: bool,
    parked: bool,
}

impl Connection {
    /// Makes a connection from a connected socket. Its responder sees the beginning.
    pub(super) fn new(
        socket: Registered<Transport>,
        link: Arc<Link>,
        context: &mut Context,
    ) -> Self {
        let mut connection = Self {
            socket,
            link,
            queue: Outgoing::default(),
            charge: Charge::default(),
            answering: Answering::new(context),
            template_count: 0,
            sending: Sending::Open,
            ended_by: Requester::Nobody,
            peer_finished: false,
            is_reading_stopped: false,
            ender: None,
            write_error: None,
            finishing: None,
            pace: None,
            resumes: None,
            is_awaiting_piece: false,
            partner: None,
            holds_up_partner: false,
            is_held_up: false,
            parked: false,
        };
        connection.begin(context);
        connection
    }

    /// Marks it as unable to send: what the peer sent before `error` is read, then it ends with that error.
    pub(super) fn broken(mut self, error: io::Error) -> Self {
        self.write_error = Some(error);
        self
    }

    pub(super) fn id(&self) -> FlowId {
        self.link.connection
    }

    /// Returns whether something is still to be sent, or a wait before the end is not over.
    pub(super) fn has_more_to_send(&self) -> bool {
        !self.queue.is_empty() || self.resumes.is_some() || self.answering.is_behind()
    }

    /// Returns whether a payload may still be queued.
    pub(super) fn can_send(&self) -> bool {
        self.sending == Sending::Open && self.write_error.is_none()
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
        self.proceed_if(was_empty, context)
    }

    /// Queues a user's message and returns whether it did. Reports why if it did not.
    pub(super) fn enqueue(&mut self, message: Message, context: &mut Context) -> bool {
        let bytes = message.len_bytes();
        if let Err(error) = self.check_room(bytes, context) {
            context.emit_failure(Some(&self.link), error);
            return false;
        }
        let payload = match message {
            Message::Bytes(bytes) => Some(context.payload(bytes)),
            Message::Template(template) => {
                let link = Some(&*self.link);
                let rendered = render(&template, link, self.template_count, None);
                self.rendered(rendered, context)
            }
        };
        let Some(payload) = payload else {
            return false;
        };
        self.queue.push(Step::Send(payload), Requester::User);
        true
    }

    /// Queues a user's payload, which others may share.
    pub(super) fn send_payload(&mut self, payload: Payload, context: &mut Context) -> Outcome {
        if let Err(error) = self.check_room(payload.bytes.len(), context) {
            context.emit_failure(Some(&self.link), error);
            return Outcome::Open;
        }
        let was_empty = self.queue.is_empty();
        self.queue.push(Step::Send(payload), Requester::User);
        self.proceed_if(was_empty, context)
    }

    fn check_room(&self, bytes: usize, context: &Context) -> Result<(), NetError> {
        let peer = || self.link.peer.clone();
        if !self.can_send() {
            return Err(NetError::NotOpen {
                bytes: bytes as u64,
            });
        }
        if !self.queue.has_room(bytes) {
            return Err(NetError::QueueFull {
                peer: peer(),
                bytes: bytes as u64,
                queued_bytes: self.queue.bytes(),
            });
        }
        if !context.budget.has_room(bytes) {
            return Err(NetError::BudgetSpent {
                peer: peer(),
                bytes: bytes as u64,
                queued_bytes: context.budget.used_bytes(),
            });
        }
        Ok(())
    }

    /// Returns the bytes of a rendered template. If it could not be rendered, reports so and returns `None`.
    fn rendered(
        &mut self,
        rendered: Result<Rendered, RenderError>,
        context: &mut Context,
    ) -> Option<Payload> {
        match rendered {
            Ok(rendered) => {
                self.template_count += 1;
                let id = context.ids.next_payload();
                Some(Payload::new(id, rendered.bytes.into()))
            }
            Err(source) => {
                context.emit_failure(Some(&self.link), NetError::Template { source });
                None
            }
        }
    }

    /// Queues a long payload.
    pub(super) fn feed(&mut self, feed: Feed, context: &mut Context) -> Outcome {
        if !self.can_send() {
            self.end_feed(&feed, 0, FeedEnd::NotOpen, Requester::User, context);
            return Outcome::Open;
        }
        feed.wake(context.poller.waker());
        let was_empty = self.queue.is_empty();
        self.queue.push(Step::Feed(Box::new(feed)), Requester::User);
        self.proceed_if(was_empty, context)
    }

    /// Cancels the long payload that is being sent, if there is one.
    pub(super) fn cancel_feed(&mut self, context: &mut Context) -> Outcome {
        if let Some((feed, unsent_bytes)) = self.queue.cancel_feed() {
            self.cancel_pace(context);
            self.end_feed(
                &feed,
                unsent_bytes,
                FeedEnd::Cancelled,
                Requester::User,
                context,
            );
        }
        self.proceed_if(true, context)
    }

    /// Does what a user requests.
    pub(super) fn act(&mut self, act: Act, context: &mut Context) -> Outcome {
        let by = Requester::User;
        let was_empty = self.queue.is_empty();
        match act {
            Act::Send(Content::Message(message)) => return self.send(message, context),
            // A user answers nothing.
            Act::Send(Content::Request) => {}
            Act::Wait(duration) => self.queue.push(Step::Wait(duration), by),
            Act::Finish => self.finish(Ender::Us, by),
            Act::Close => {
                self.ended_by = by;
                self.close(ClosedBy::Us, context);
                return Outcome::Gone;
            }
            Act::Reset => {
                self.reset(by, context);
                return Outcome::Gone;
            }
            Act::StopReading => self.set(&Step::StopReading, by, context),
            Act::ResumeReading => self.set(&Step::ResumeReading, by, context),
            Act::Rate(rate) => self.set(&Step::Rate(rate), by, context),
            Act::Slice(slices) => self.set(&Step::Slice(slices), by, context),
        }
        self.proceed_if(was_empty, context)
    }

    /// Goes on with the queue: its wait is over.
    pub(super) fn resume(&mut self, context: &mut Context) -> Outcome {
        self.resumes = None;
        self.proceed_if(true, context)
    }

    /// Goes on with the queue: a piece of a feed may have arrived.
    pub(super) fn piece_arrived(&mut self, context: &mut Context) -> Outcome {
        self.proceed_if(true, context)
    }

    fn proceed_if(&mut self, proceeds: bool, context: &mut Context) -> Outcome {
        let written = if proceeds {
            self.write_queue(context)
        } else {
            Ok(())
        };
        self.catch_up(context);
        self.conclude(written, context)
    }

    /// Closes at once, discarding what is queued or unread.
    pub(super) fn close(&mut self, by: ClosedBy, context: &mut Context) {
        self.end(End::Closed(by), context);
    }

    /// Resets at once.
    pub(super) fn reset(&mut self, by: Requester, context: &mut Context) {
        self.ended_by = by;
        self.end(End::Closed(ClosedBy::OurReset), context);
    }

    /// Notes that events can be handed over again.
    pub(super) fn unpark(&mut self) {
        self.parked = false;
    }

    fn exchange(&mut self, readiness: Readiness, context: &mut Context) -> Result<(), End> {
        let reads = readiness.readable && self.wants_to_read(context) && context.may_read();
        if reads {
            self.read(context)?;
        }
        let writes = readiness.writable && self.wants_to_write() && context.may_write();
        if writes {
            self.write_queue(context)?;
        }
        self.catch_up(context);
        if !reads && !writes {
            if readiness.hung_up {
                self.hang_up()?;
            } else if readiness.error {
                self.note_error();
            }
        }
        Ok(())
    }

    fn wants_to_read(&self, context: &Context) -> bool {
        let is_held = self.is_reading_stopped || self.is_held_up || self.owes_replies(context);
        self.write_error.is_some() || (!self.peer_finished && !is_held)
    }

    /// Returns whether so many replies are queued or owed that requests must wait.
    fn owes_replies(&self, context: &Context) -> bool {
        self.queue.is_over_reply_bound(context.budget.is_spent()) || self.answering.is_behind()
    }

    fn wants_to_write(&self) -> bool {
        let rests = self.resumes.is_some() || self.is_awaiting_piece;
        self.write_error.is_none() && !self.queue.is_empty() && !rests
    }

    fn failed_to_receive(&self, source: io::Error) -> End {
        if codes::is_reset(&source) {
            return End::Reset;
        }
        let peer = self.link.peer.clone();
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

    /// Handles an error flag without a hang-up while there is no interest: the connection goes on. An error of the socket
    /// is kept until what came before it is read; anything else in its error queue is none.
    fn note_error(&mut self) {
        match self.socket.take_error() {
            Ok(Some(error)) | Err(error) => self.write_error = Some(error),
            // Nobody asked for what lies in the error queue, and it would be reported forever.
            Ok(None) => self.socket.detach(),
        }
    }

    fn finish(&mut self, ender: Ender, by: Requester) {
        if self.sending == Sending::Open {
            self.end_after_queue(Ending::Finish, by);
            self.ender.get_or_insert(ender);
        }
    }

    /// Ends the sending direction once the queue is empty. Nothing more is queued.
    fn end_after_queue(&mut self, ending: Ending, by: Requester) {
        if self.sending == Sending::Open || ending != Ending::Finish {
            self.sending = Sending::Ending(ending);
            self.ended_by = by;
        }
    }

    /// Ends every call: sends a FIN that is due, closes if both directions are done, and updates the poller interest.
    fn conclude(&mut self, result: Result<(), End>, context: &mut Context) -> Outcome {
        let settled = result.and_then(|()| self.settle(context));
        context.budget.settle(&mut self.charge, self.queue.cost());
        settled.unwrap_or_else(|end| {
            self.end(end, context);
            Outcome::Gone
        })
    }

    fn settle(&mut self, context: &mut Context) -> Result<Outcome, End> {
        if self.write_error.is_none() && !self.has_more_to_send() {
            self.end_what_is_sent(context)?;
        }
        let wanted = Interest::new(self.wants_to_read(context), self.wants_to_write());
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
        // Requests are left although there is room for replies: this turn has answered its share.
        let is_behind = self.answering.is_behind()
            && !self.queue.is_over_reply_bound(context.budget.is_spent());
        Ok(if self.write_error.is_some() || is_behind {
            Outcome::Again
        } else {
            Outcome::Open
        })
    }

    /// Does what follows the last queued byte.
    fn end_what_is_sent(&mut self, context: &mut Context) -> Result<(), End> {
        if self.peer_finished && self.sending != Sending::Open {
            return Err(End::Closed(match self.sending {
                Sending::Ending(Ending::Reset) => ClosedBy::OurReset,
                Sending::Open | Sending::Ending(_) | Sending::Finished => self.closed_by(),
            }));
        }
        match self.sending {
            Sending::Open | Sending::Finished => {}
            Sending::Ending(Ending::Finish) => self.shut_down_sending(context),
            Sending::Ending(Ending::Close) => {
                return Err(End::Closed(match self.ended_by {
                    Requester::Responder => ClosedBy::Reply,
                    Requester::Nobody | Requester::User | Requester::Relay => ClosedBy::Us,
                }));
            }
            Sending::Ending(Ending::Reset) => return Err(End::Closed(ClosedBy::OurReset)),
        }
        Ok(())
    }

    fn shut_down_sending(&mut self, context: &mut Context) {
        let stamp = context.now();
        // This fails only if the peer has reset the connection, and the next read reports that.
        self.socket.finish().ok();
        self.sending = Sending::Finished;
        let kind = EngineEventKind::WeFinished;
        let by = self.ended_by;
        context.outbox.emit_by(by, stamp, Some(&self.link), kind);
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
        self.cancel_answering_timers(context);
        self.cancel_rest(context);
        self.part(&end, context);
        let unsent_bytes = self.queue.bytes();
        for feed in self.queue.take_feeds() {
            self.end_feed(
                &feed,
                unsent_bytes,
                FeedEnd::NotOpen,
                Requester::Nobody,
                context,
            );
        }
        context.budget.settle(&mut self.charge, 0);
        let by = match &end {
            End::Closed(ClosedBy::Us | ClosedBy::Reply | ClosedBy::OurReset) => self.ended_by,
            End::Closed(ClosedBy::Stop) => Requester::User,
            End::Closed(ClosedBy::Peer | ClosedBy::Failure(_)) | End::Reset => Requester::Nobody,
        };
        let kind = match end {
            End::Reset => EngineEventKind::Reset { unsent_bytes },
            End::Closed(by) => {
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

    fn has_unread_bytes(&self) -> bool {
        !self.peer_finished && self.socket.has_unread_bytes()
    }
}
