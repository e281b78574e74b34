//! One connection: what carries it, what it still has to do, and the state of each direction. Knows no listener.

mod answering;
mod datagrams;
mod delivered;
mod ending;
mod feeding;
mod finishing;
mod leaving;
mod pace;
mod performing;
mod receiving;
mod relaying;
mod requested;
mod running;
mod sending;
mod stamping;
mod tls;

use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::budget::Charge;
use super::codes;
use super::context::Context;
use super::error::NetError;
use super::event::{Link, Payload, Requester};
use super::hops;
use super::id::FlowId;
use super::outgoing::Outgoing;
use super::poller::{Interest, Readiness, Registered};
use super::tls_setup::TlsEnd;
use super::transport::{Encrypted, Transport};
use crate::payload::template::{RenderError, Rendered};
use answering::Answering;
pub(super) use delivered::Delivered;
use ending::{AfterQueue, EndedBy};
use finishing::Finishing;
use leaving::LastAcknowledgement;
use pace::{RestReason, SendingPace};
pub(super) use relaying::RELAY_BYTES;
use running::RunningSequence;
use stamping::Stamping;

/// The state of our sending direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sending {
    Open,
    /// This follows once the queue is empty.
    Ending(AfterQueue),
    Finished,
}

/// Whether a connection is still open, and what it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Liveness {
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
    /// The sequence that runs on it, and answers meanwhile.
    running: Option<Box<RunningSequence>>,
    /// How many templates have been queued.
    template_count: u64,
    sending: Sending,
    /// Who requested that the sending direction end.
    ended_by: Requester,
    peer_finished: bool,
    is_reading_stopped: bool,
    /// Who started to end the connection; nobody if it was the peer.
    ender: Option<Requester>,
    /// Whether it ended, and not because this side wanted it to.
    is_lost: bool,
    /// A write failed. What the peer sent earlier is read first; then the connection ends with this error.
    write_error: Option<io::Error>,
    /// Set from the closing reply until the end.
    finishing: Option<Finishing>,
    /// Set while we leave.
    leaving: Option<LastAcknowledgement>,
    pace: Option<Box<SendingPace>>,
    /// When the queue goes on, if it waits for a time.
    resumes: Option<(Instant, RestReason)>,
    /// Whether the queue waits until what it has others do has begun: this connection may be one of them.
    is_passing_on: bool,
    /// Whether the queue waits for a piece of a feed.
    is_awaiting_piece: bool,
    /// What it is encrypted with, or will be once that is requested.
    tls_end: Option<Arc<TlsEnd>>,
    /// When its TLS handshake is given up.
    handshake_due: Option<Instant>,
    /// What it shares with its other end, if that is ours.
    pair: Option<Box<hops::CircleEnd>>,
    /// The connection that gets what this one receives.
    partner: Option<FlowId>,
    /// Whether the partner is not read because too much of what it read waits here.
    holds_up_partner: bool,
    /// Whether too much of what this one read waits at the partner.
    is_held_up: bool,
    parked: bool,
    /// Whether datagrams are not answered, because too many replies wait.
    is_overrun: bool,
    /// How many bytes the system has taken.
    written_bytes: u64,
    /// How many bytes the system has given.
    read_bytes: u64,
    stamping: Stamping,
}

impl Connection {
    /// Makes a connection from a connected socket. Its responder sees the beginning.
    pub(super) fn new(
        socket: Registered<Transport>,
        link: Arc<Link>,
        pair: Option<hops::CircleEnd>,
        context: &mut Context,
    ) -> Self {
        let queue = match socket.flow() {
            Some(_) => Outgoing::of_datagrams(),
            None => Outgoing::default(),
        };
        let mut connection = Self {
            socket,
            link,
            queue,
            charge: Charge::default(),
            answering: Answering::new(context),
            running: None,
            template_count: 0,
            sending: Sending::Open,
            ended_by: Requester::Nobody,
            peer_finished: false,
            is_reading_stopped: false,
            ender: None,
            is_lost: false,
            write_error: None,
            finishing: None,
            leaving: None,
            pace: None,
            resumes: None,
            is_passing_on: false,
            is_awaiting_piece: false,
            tls_end: None,
            handshake_due: None,
            pair: pair.map(Box::new),
            partner: None,
            holds_up_partner: false,
            is_held_up: false,
            parked: false,
            is_overrun: false,
            written_bytes: 0,
            read_bytes: 0,
            stamping: Stamping::default(),
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

    pub(super) fn socket(&self) -> &Transport {
        &self.socket
    }

    pub(super) fn link(&self) -> Arc<Link> {
        Arc::clone(&self.link)
    }

    /// Returns whether something is still to be sent, or a wait before the end is not over.
    pub(super) fn has_more_to_send(&self) -> bool {
        let rests = self.resumes.is_some() || self.is_passing_on;
        !self.queue.is_empty() || rests || self.answering.is_behind()
    }

    /// Returns whether it ended, and not because this side wanted it to.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Returns whether a payload may still be queued.
    pub(super) fn can_send(&self) -> bool {
        self.sending == Sending::Open && self.write_error.is_none()
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

    /// Begins: first what was requested of it, then whatever the socket is ready for.
    pub(super) fn opened(&mut self, context: &mut Context) -> Liveness {
        let begun = if self.wants_to_write() {
            self.write_queue(context)
        } else {
            Ok(())
        };
        let exchanged = begun.and_then(|()| self.exchange(Readiness::UNKNOWN, context));
        self.conclude(exchanged, context)
    }

    /// Does whatever the socket is ready for.
    pub(super) fn ready(&mut self, readiness: Readiness, context: &mut Context) -> Liveness {
        let exchanged = self.exchange(readiness, context);
        self.conclude(exchanged, context)
    }

    /// Goes on with the queue: its wait is over.
    pub(super) fn resume(&mut self, context: &mut Context) -> Liveness {
        self.resumes = None;
        self.proceed_if(true, context)
    }

    /// Goes on with the queue: a piece of a feed may have arrived.
    pub(super) fn piece_arrived(&mut self, context: &mut Context) -> Liveness {
        self.proceed_if(true, context)
    }

    fn proceed_if(&mut self, proceeds: bool, context: &mut Context) -> Liveness {
        let written = if proceeds {
            self.write_queue(context)
        } else {
            Ok(())
        };
        self.catch_up(context);
        self.conclude(written, context)
    }

    /// Waits until events can be handed over.
    fn park(&mut self) -> Liveness {
        if std::mem::replace(&mut self.parked, true) {
            Liveness::Open
        } else {
            Liveness::Parked
        }
    }

    /// Notes that events can be handed over again.
    pub(super) fn unpark(&mut self) {
        self.parked = false;
    }

    fn exchange(&mut self, readiness: Readiness, context: &mut Context) -> Result<(), EndedBy> {
        // Stamps raise the error flag for as long as one lies in the error queue. What remains of the flag is an error.
        let is_error = readiness.error && !self.take_stamps(context);
        self.carry_tls_on();
        let is_stream = !self.is_datagrams();
        let reads = is_stream
            && (readiness.readable || is_error)
            && self.wants_to_read(context)
            && context.may_read();
        if reads {
            self.read(context)?;
        }
        let writes =
            (readiness.writable || is_error) && self.wants_to_write() && context.may_write();
        if writes {
            self.write_queue(context)?;
        }
        self.catch_up(context);
        if is_stream && !reads && !writes {
            if readiness.hung_up {
                self.hang_up()?;
            } else if is_error {
                self.note_error();
            }
        }
        Ok(())
    }

    fn wants_to_read(&self, context: &Context) -> bool {
        if let Some(tls) = self.socket.tls()
            && self.write_error.is_none()
            && !(tls.wants_read() || tls.has_plaintext())
        {
            return false;
        }
        if self.is_handshaking() {
            return true;
        }
        let is_held = self.is_reading_stopped
            || self.is_held_up
            || self.owes_replies(context)
            || self.queue.starts_tls();
        self.write_error.is_some() || (!self.peer_finished && !is_held)
    }

    /// Returns whether so many replies are queued or owed that requests must wait.
    fn owes_replies(&self, context: &Context) -> bool {
        self.queue.is_over_reply_bound(context.budget.is_spent()) || self.answering.is_behind()
    }

    fn wants_to_write(&self) -> bool {
        let is_ready = !self.is_handshaking();
        self.write_error.is_none() && is_ready && !self.queue.is_empty() && !self.rests()
    }

    /// Returns whether the queue waits for something else than the peer.
    fn rests(&self) -> bool {
        self.resumes.is_some() || self.is_passing_on || self.is_awaiting_piece
    }

    fn failed_to_receive(&self, source: io::Error) -> EndedBy {
        let source = match self.tls_failure(source) {
            Ok(end) => return end,
            Err(source) => source,
        };
        if codes::is_reset(&source) {
            return EndedBy::Reset;
        }
        let peer = self.link.peer.clone();
        EndedBy::failure(NetError::Receive {
            peer,
            source: source.into(),
        })
    }

    /// Handles a hang-up while there is no interest in reading or writing. It would be reported forever, so the socket
    /// leaves the poller.
    ///
    /// An error of the socket ends the connection: at once after the FIN; before it, once the bytes that came first are
    /// read, even where reading is stopped. Without an error, the peer has only finished, and what it sent can wait.
    fn hang_up(&mut self) -> Result<(), EndedBy> {
        self.socket.detach();
        match self.socket.take_error() {
            Ok(Some(error)) | Err(error) if self.peer_finished => {
                return Err(self.failed_to_receive(error));
            }
            Ok(Some(error)) | Err(error) => self.write_error = Some(error),
            Ok(None) => {}
        }
        Ok(())
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

    /// Ends every call: sends a FIN that is due, closes if both directions are done, and updates the poller interest.
    fn conclude(&mut self, result: Result<(), EndedBy>, context: &mut Context) -> Liveness {
        self.report_tls(context);
        let settled = result.and_then(|()| self.settle(context));
        let waiting = self.queue.cost() + self.answering.kept_bytes();
        context.budget.settle(&mut self.charge, waiting);
        settled.unwrap_or_else(|end| {
            self.end(end, context);
            Liveness::Gone
        })
    }

    fn settle(&mut self, context: &mut Context) -> Result<Liveness, EndedBy> {
        self.settle_run(context);
        if self.sending != Sending::Open {
            self.send_replies(context);
        }
        if self.write_error.is_none() && !self.has_more_to_send() && self.is_written() {
            self.end_what_is_sent(context)?;
        }
        if self.is_datagrams() {
            return Ok(self.settle_datagrams(context));
        }
        let flushes = self.socket.tls().is_some_and(Encrypted::wants_write);
        let wanted = Interest::new(
            self.wants_to_read(context),
            self.wants_to_write() || flushes,
        );
        let given = Interest::new(
            wanted.readable && context.may_read(),
            wanted.writable && (flushes || context.may_write()),
        );
        self.socket
            .set_interest(given)
            .map_err(|error| self.failed_to_receive(error))?;
        if given != wanted {
            return Ok(self.park());
        }
        // Requests are left although there is room for replies: this turn has answered its share.
        let is_behind = self.answering.is_behind()
            && !self.queue.starts_tls()
            && !self.queue.is_over_reply_bound(context.budget.is_spent());
        let has_plaintext = wanted.readable && self.holds_plaintext();
        Ok(
            if self.write_error.is_some() || is_behind || has_plaintext {
                Liveness::Again
            } else {
                Liveness::Open
            },
        )
    }
}
