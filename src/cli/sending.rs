//! The course of `send`: connects, sends the input, waits for what is to arrive, and finds out when it is over.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, after, at, never, select};

use super::error::{CliError, Unmet, UnsentRest};
use super::flow::InputFlow;
use super::frames::Counts;
use super::input::{Input, InputPiece, InputPieces, KnownBytes};
use super::log::LATE;
use super::notes::NoteReader;
use super::output::say;
use super::patience::{Deadline, Patience};
use super::pending::PendingSender;
use super::running::RunningSession;
use super::writing::Writing;
use crate::capture::{Event, EventKind};
use crate::net::{Clock, ClosedBy, EndpointId, FlowId, NetError, SendTo, Stamp};
use crate::payload::Pattern;
use crate::script::Act;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::Repetition;

/// How long a peer may go without sending a byte before it has acknowledged everything. After a signal, or once the
/// time is over, it has no longer than this altogether.
const LEAVE_TIMEOUT: Duration = Duration::from_secs(2);
/// How much it may still send until then.
const LEAVE_BYTES: u64 = 1024 * 1024;

/// The state of the input.
enum Coming {
    /// The connection is not open yet.
    Unopened(Input),
    /// It is being read.
    Pieces(InputPieces),
    /// It is being read, and the next message to repeat is not due yet.
    Pausing(InputPieces),
    /// All of it was read.
    Ended,
}

/// What `send` is to do.
pub(super) struct Orders {
    /// The client.
    pub(super) endpoint: EndpointId,
    pub(super) input: Input,
    pub(super) expected: Option<Pattern>,
    pub(super) patience: Patience,
    pub(super) deadline: Option<Deadline>,
    /// Whether to send FIN after the input.
    pub(super) finishes: bool,
    /// Whether datagrams are sent.
    pub(super) is_udp: bool,
}

/// Why the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhyEnded {
    /// What was waited for has arrived.
    Met,
    /// There is no reason to wait any longer.
    Over(Unmet),
}

impl WhyEnded {
    /// Returns whether nobody waits for the reader of standard output any more.
    pub(super) fn is_urgent(self) -> bool {
        matches!(self, Self::Over(Unmet::Signal | Unmet::TimeOver(_)))
    }
}

/// A running `send`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own: of the input, of the peer, of the connection"
)]
pub(super) struct Sending {
    endpoint: EndpointId,
    notes: NoteReader,
    pending: PendingSender,
    clock: Clock,
    expected: Option<Pattern>,
    patience: Patience,
    deadline: Option<Deadline>,
    connection: Option<FlowId>,
    flow: InputFlow,
    /// When the last byte passed, in either direction.
    last_byte: Instant,
    is_terminal: bool,
    /// How long the input is, as far as that is known.
    known: KnownBytes,
    repetition: Option<Repetition>,
    finishes: bool,
    /// The addresses that failed before the last one.
    failures: Vec<Arc<NetError>>,
    coming: Coming,
    peer_finished: bool,
    /// Whether the connection has ended.
    is_gone: bool,
    received_bytes: u64,
    /// Whether the peer had not acknowledged everything when it was waited for no longer.
    is_left_early: bool,
    /// Why the peer may lack something of what was sent: the system reset the connection when it was closed.
    lost: Option<CliError>,
    /// The result of writing standard output, once it has ended.
    pub(super) written: Option<Result<Option<Counts>, CliError>>,
}

impl Sending {
    /// Begins with a connect that has been ordered.
    pub(super) fn new(
        orders: Orders,
        notes: NoteReader,
        pending: PendingSender,
        clock: Clock,
    ) -> Self {
        let input = orders.input;
        Self {
            endpoint: orders.endpoint,
            notes,
            pending,
            clock,
            expected: orders.expected,
            patience: orders.patience,
            deadline: orders.deadline,
            connection: None,
            flow: InputFlow::new(orders.is_udp),
            last_byte: Instant::now(),
            is_terminal: input.is_terminal,
            known: input.known.clone(),
            repetition: input.repetition,
            finishes: orders.finishes,
            failures: Vec::new(),
            coming: Coming::Unopened(input),
            peer_finished: false,
            is_gone: false,
            received_bytes: 0,
            is_left_early: false,
            lost: None,
            written: None,
        }
    }

    /// Runs until what is waited for has arrived, or until there is no reason to wait any longer.
    pub(super) fn run(
        &mut self,
        running: &mut RunningSession,
        signals: &Receiver<()>,
        writing: &Writing,
    ) -> Result<WhyEnded, CliError> {
        let nothing = never();
        let deadline = self.deadline.and_then(|deadline| deadline.at);
        let deadline = deadline.map_or(never(), at);
        loop {
            if self.is_over() {
                return Ok(WhyEnded::Over(Unmet::PeerFinished));
            }
            let pieces = match &self.coming {
                Coming::Pieces(pieces) | Coming::Pausing(pieces) if self.flow.has_room() => pieces,
                _ => &never(),
            };
            let output = match self.written {
                None => &writing.ended,
                Some(_) => &nothing,
            };
            select! {
                recv(self.notes.changed) -> changed => {
                    changed.map_err(|_closed| CliError::Ended)?;
                    if let Some(ended) = self.take_notes()? {
                        return Ok(ended);
                    }
                }
                recv(pieces) -> piece => match piece {
                    Ok(piece) => self.take_piece(piece?, running)?,
                    Err(_ended) => self.input_ended(running)?,
                },
                recv(self.timer()) -> _ => if self.pending.is_held_up() {
                    // Bytes do not pass because nobody reads them here.
                    self.last_byte = Instant::now();
                } else {
                    return Ok(WhyEnded::Over(Unmet::WaitOver));
                },
                recv(self.silence()) -> _ => {
                    self.notes.pass(self.late());
                    if let Some(ended) = self.take_notes()? {
                        return Ok(ended);
                    }
                }
                recv(deadline) -> _ => {
                    let arrived = self.take_notes()?;
                    return Ok(arrived.unwrap_or(WhyEnded::Over(self.time_over())));
                }
                recv(running.wakes) -> _ => running.take_updates()?,
                recv(output) -> written => {
                    let written = written.unwrap_or(Err(CliError::Ended));
                    if running.record().is_none() {
                        self.written = Some(Ok(None));
                        return written.and(Err(CliError::Ended));
                    }
                    self.written = Some(written);
                }
                recv(signals) -> _ => return Ok(WhyEnded::Over(Unmet::Signal)),
            }
        }
    }

    /// Returns whether there is nothing left to do.
    fn is_over(&self) -> bool {
        let has_all = self.has_all_input() || self.is_terminal;
        self.peer_finished && has_all && self.flow.is_empty()
    }

    /// Returns whether no more input has to be sent. A message that is repeated until the end need not be sent again.
    fn has_all_input(&self) -> bool {
        match self.coming {
            Coming::Unopened(_) | Coming::Pieces(_) => false,
            Coming::Pausing(_) => self.is_endless(),
            Coming::Ended => true,
        }
    }

    fn is_endless(&self) -> bool {
        self.repetition.is_some_and(|it| it.times.is_none())
    }

    /// Returns the limit on the time without a byte that applies now; `None` if there is none.
    fn wait(&self) -> Option<Duration> {
        // Until the connection is open, the engine's own timeout applies.
        self.connection?;
        match self.coming {
            Coming::Ended if self.flow.is_empty() => Some(self.patience.after_input()),
            // Until the next message is due, nothing has to pass.
            Coming::Pausing(_) if self.flow.is_empty() => None,
            _ => self.patience.during_input(self.peer_finished),
        }
    }

    /// Returns a channel that fires when no byte has passed for too long.
    fn timer(&self) -> Receiver<Instant> {
        match self.wait() {
            Some(wait) => after(wait.saturating_sub(self.last_byte.elapsed())),
            None => never(),
        }
    }

    /// Returns a channel that fires when silence has ended a frame.
    fn silence(&self) -> Receiver<Instant> {
        match self.notes.deadline() {
            Some(stamp) => at(self.clock.instant(stamp) + LATE),
            None => never(),
        }
    }

    /// Returns the time up to which everything that happened is known here.
    fn late(&self) -> Stamp {
        let now = Instant::now().checked_sub(LATE);
        now.map_or(Stamp(0), |now| self.clock.stamp(now))
    }

    fn time_over(&self) -> Unmet {
        Unmet::TimeOver(self.deadline.map_or(Duration::ZERO, |it| it.limit))
    }

    /// Returns the unsent rest of the input.
    fn rest(&self) -> UnsentRest {
        let has_all = self.has_all_input();
        let (known, queued) = (self.known.get(), self.flow.queued_bytes());
        let has_ended = match &self.coming {
            _ if has_all || self.known.is_all(queued) => true,
            Coming::Unopened(input) => input.has_end(),
            Coming::Ended => false,
            Coming::Pieces(pieces) | Coming::Pausing(pieces) => match pieces.try_recv() {
                Ok(Ok(InputPiece::MessageEnd)) => self.is_endless(),
                Ok(_) => false,
                Err(error) => error.is_disconnected(),
            },
        };
        let ahead = if has_all {
            0
        } else {
            known.saturating_sub(queued)
        };
        let times = self.repetition.and_then(|it| it.times);
        UnsentRest {
            unsent_bytes: self.flow.unsent_bytes() + ahead,
            has_ended,
            messages: times.map(|times| (self.flow.sent_messages(), times.get())),
        }
    }

    /// Leaves the connection: unless the peer's system has everything, FIN first, and reading goes on until it has. Bytes
    /// that are unread or arrive after the close make the system reset the connection, and what is under way is lost.
    pub(super) fn leave(
        &mut self,
        ended: WhyEnded,
        running: &mut RunningSession,
        signals: &Receiver<()>,
    ) -> Result<(), CliError> {
        let is_over = self.is_gone || self.peer_finished;
        let can_lose = self.flow.sent_bytes() > 0 && self.flow.is_empty() && !is_over;
        let is_stream = !self.flow.keeps_edges();
        let Some(connection) = self.connection.filter(|_| can_lose && is_stream) else {
            return Ok(());
        };
        running.session.leave(self.endpoint, connection)?;
        let start = Instant::now();
        let most_bytes = self.received_bytes.saturating_add(LEAVE_BYTES);
        let mut last_byte = start;
        while self.received_bytes <= most_bytes {
            let since = if ended.is_urgent() { start } else { last_byte };
            select! {
                recv(self.notes.changed) -> changed => {
                    changed.map_err(|_closed| CliError::Ended)?;
                    let notes = self.notes.take();
                    if notes.received_bytes > 0 {
                        last_byte = Instant::now();
                    }
                    self.received_bytes += notes.received_bytes;
                    let end = notes.events.into_iter().find(|event| self.ends(event));
                    if let Some(end) = end {
                        self.lost = self.lost_with(&end).filter(|_| ended != WhyEnded::Met);
                        return Ok(());
                    }
                }
                recv(after(LEAVE_TIMEOUT.saturating_sub(since.elapsed()))) -> _ => break,
                recv(running.wakes) -> _ => running.take_updates()?,
                recv(signals) -> _ => break,
            }
        }
        self.is_left_early = true;
        Ok(())
    }

    /// Returns whether the connection has ended with an event.
    fn ends(&self, event: &Event) -> bool {
        let is_end = matches!(event.kind, EventKind::Closed(_) | EventKind::Reset { .. });
        let link = event.link.as_ref().filter(|_| is_end);
        link.is_some_and(|link| Some(link.connection) == self.connection)
    }

    /// Returns why the peer may lack something of what was sent, if the connection ended so.
    fn lost_with(&self, end: &Event) -> Option<CliError> {
        let peer = end.link.as_ref()?.peer.clone();
        match &end.kind {
            EventKind::Reset { .. } => Some(CliError::Reset {
                peer,
                rest: self.rest(),
            }),
            EventKind::Closed(closed) => match &closed.by {
                ClosedBy::Failure(error) => Some(CliError::Net(error.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    /// Takes the last notes, of what still happened while the engine shut down.
    pub(super) fn take_last_notes(&mut self) {
        let notes = self.notes.take();
        self.flow.sent(notes.sent_bytes, notes.sent);
        let end = notes.events.iter().find(|event| self.ends(event));
        if let Some(end) = end
            && let EventKind::Closed(closed) = &end.kind
            && (closed.unread || (self.is_left_early && self.received_bytes > 0))
            // What was not sent is reported otherwise, or does not matter.
            && self.flow.sent_bytes() > 0
            && self.flow.is_empty()
            && let Some(link) = end.link.as_ref().filter(|link| link.peer.is_tcp())
        {
            let peer = link.peer.clone();
            self.lost = Some(CliError::Lost { peer });
        }
    }

    /// Handles what happened; returns how the command ends if what is waited for has arrived. What happened afterwards
    /// does not matter then.
    fn take_notes(&mut self) -> Result<Option<WhyEnded>, CliError> {
        let notes = self.notes.take();
        if notes.has_received || notes.sent > 0 {
            self.last_byte = Instant::now();
        }
        self.received_bytes += notes.received_bytes;
        self.flow.sent(notes.sent_bytes, notes.sent);
        self.is_gone |= notes.events.iter().any(|event| self.ends(event));
        if notes.is_met {
            return Ok(Some(WhyEnded::Met));
        }
        if notes.has_all_frames {
            return Ok(Some(match self.expected {
                Some(_) => WhyEnded::Over(Unmet::FramesReceived),
                None => WhyEnded::Met,
            }));
        }
        notes.events.iter().try_for_each(|event| self.take(event))?;
        Ok(None)
    }

    /// Handles an event other than of bytes.
    fn take(&mut self, event: &Event) -> Result<(), CliError> {
        // Whoever else answers a UDP socket has an exchange of its own.
        let of = event.link.as_ref().map(|link| link.connection);
        if self.connection.is_some() && of.is_some() && of != self.connection {
            return Ok(());
        }
        match &event.kind {
            EventKind::Connected { .. } => self.connected(event)?,
            EventKind::ConnectFailed { error, last: false } => self.failures.push(error.clone()),
            EventKind::ConnectFailed { error, last: true } => {
                for failure in &self.failures {
                    say(format_args!("bothends: {}", failure.in_words(&ENGLISH)));
                }
                return Err(CliError::Net(error.clone()));
            }
            EventKind::Failed { error } => return Err(CliError::Net(error.clone())),
            kind if kind.is_end_of_peer() => self.peer_finished = true,
            EventKind::Reset { .. } => {
                let link = event.link.as_ref().ok_or(CliError::Ended)?;
                return Err(CliError::Reset {
                    peer: link.peer.clone(),
                    rest: self.rest(),
                });
            }
            EventKind::Closed(closed) => {
                match &closed.by {
                    ClosedBy::Failure(error) => return Err(CliError::Net(error.clone())),
                    // Both sides have finished: the loop already knows of the peer's FIN.
                    _ if self.finishes && self.peer_finished => {}
                    _ => return Err(CliError::Ended),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn connected(&mut self, event: &Event) -> Result<(), CliError> {
        self.connection = event.link.as_ref().map(|link| link.connection);
        self.last_byte = Instant::now();
        self.coming = match std::mem::replace(&mut self.coming, Coming::Ended) {
            Coming::Unopened(input) => Coming::Pieces(input.start(event.link.clone())?),
            begun => begun,
        };
        Ok(())
    }

    fn take_piece(
        &mut self,
        piece: InputPiece,
        running: &mut RunningSession,
    ) -> Result<(), CliError> {
        self.last_byte = Instant::now();
        let coming = std::mem::replace(&mut self.coming, Coming::Ended);
        let (Coming::Pieces(pieces) | Coming::Pausing(pieces)) = coming else {
            return Err(CliError::Ended);
        };
        match piece {
            InputPiece::Bytes(bytes) => {
                self.coming = Coming::Pieces(pieces);
                self.send(bytes, running)
            }
            InputPiece::MessageEnd => {
                self.coming = Coming::Pausing(pieces);
                self.flow.message_ended();
                Ok(())
            }
        }
    }

    fn send(&mut self, bytes: Bytes, running: &mut RunningSession) -> Result<(), CliError> {
        let connection = self.connection.ok_or(CliError::Ended)?;
        self.flow.queued(bytes.len());
        let to = SendTo::Connections(vec![connection]);
        Ok(running.session.send_bytes(self.endpoint, to, bytes)?)
    }

    fn input_ended(&mut self, running: &mut RunningSession) -> Result<(), CliError> {
        self.coming = Coming::Ended;
        self.last_byte = Instant::now();
        match self.connection {
            Some(connection) if self.finishes => {
                let session = &mut running.session;
                Ok(session.act(self.endpoint, connection, Act::Finish)?)
            }
            _ => Ok(()),
        }
    }

    /// Returns whether the command succeeded.
    pub(super) fn conclude(&mut self, ended: WhyEnded) -> Result<(), CliError> {
        let WhyEnded::Over(why) = ended else {
            return self.arrived();
        };
        let rest = self.rest();
        if let Some(pattern) = self.expected.take() {
            return Err(CliError::Unmet { pattern, why, rest });
        }
        if let Some((received, wanted)) = self.notes.frames(|it| (it.received(), it.wanted)) {
            return Err(CliError::TooFewFrames {
                received,
                wanted: wanted.get(),
                why,
                rest,
            });
        }
        if rest.is_nothing() && self.connection.is_some() {
            return self.arrived();
        }
        // At a terminal, the user sees that it is over; only unsent bytes matter.
        if self.is_terminal && self.connection.is_some() && rest.unsent_bytes == 0 {
            self.say_over(why);
            return self.arrived();
        }
        Err(match why {
            Unmet::Signal => CliError::Interrupted { rest },
            Unmet::TimeOver(limit) => CliError::TimeOver {
                limit,
                is_connected: self.connection.is_some(),
                rest,
            },
            Unmet::PeerFinished | Unmet::WaitOver | Unmet::FramesReceived => CliError::Stalled {
                wait: self.wait().unwrap_or_default(),
                peer_finished: self.peer_finished,
                rest,
            },
        })
    }

    /// Returns why what was sent cannot be known to have arrived.
    fn arrived(&mut self) -> Result<(), CliError> {
        self.lost.take().map_or(Ok(()), Err)
    }

    /// Says why input from a terminal is read no further.
    fn say_over(&self, why: Unmet) {
        match why {
            Unmet::PeerFinished => say("bothends: the peer finished sending"),
            Unmet::WaitOver => {
                let wait = self.wait().unwrap_or_default();
                say(format_args!("bothends: no byte passed for {wait:?}"));
            }
            Unmet::TimeOver(limit) => say(format_args!("bothends: ended after {limit:?}")),
            Unmet::Signal | Unmet::FramesReceived => {}
        }
    }
}
