//! `wirebench send`: one client without a window.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, after, bounded, never, select};

use super::args::SendArguments;
use super::error::{CliError, Unmet};
use super::flow::Flow;
use super::input::Input;
use super::json::JsonLines;
use super::output::{Output, say};
use super::pattern::Matcher;
use crate::net::{
    Batch, ClientConfig, Clock, ClosedBy, Command, ConnectionId, EndpointId, Engine, Event,
    EventKind, EventReceiver, Observe, Payload, SendTo, WhenPeerFinishes,
};

const CLIENT: EndpointId = EndpointId(1);

/// Connects, sends the input, tells what comes, and ends when there is nothing left to do.
pub(super) fn send(arguments: SendArguments) -> Result<(), CliError> {
    let input = Input::open(arguments.input, arguments.line_ending)?;
    let clock = Clock::start();
    let (mut engine, events) = Engine::new(clock, Observe::Everything);
    let events = forward(events)?;
    engine.command(
        CLIENT,
        Command::Connect(ClientConfig {
            // What is left of the input still goes after the peer's FIN.
            when_peer_finishes: WhenPeerFinishes::StayHalfOpen,
            ..ClientConfig::new(arguments.target)
        }),
    )?;
    let mut session = Session {
        output: Output::new(),
        json: arguments.json.then(|| JsonLines::new("Client 1", clock)),
        matcher: arguments.expect.map(Matcher::new),
        wait: arguments.wait,
        connection: None,
        flow: Flow::default(),
        last_byte: Instant::now(),
        is_finite: input.is_finite,
        pieces: Pieces::Unopened(input),
        peer_finished: false,
    };
    let ended = session.run(&mut engine, &events);
    engine.shutdown();
    // The engine has hung up, so this ends with its last events.
    let told = events.iter().try_for_each(|batch| session.tell(&batch));
    session.conclude(ended?)?;
    told
}

/// Forwards batches to a channel that can be waited on together with the input.
///
/// The thread ends with the engine, or when the command no longer takes its batches.
fn forward(events: EventReceiver) -> Result<Receiver<Batch>, CliError> {
    let (sender, batches) = bounded(0);
    let thread = thread::Builder::new().name("events".to_owned());
    let started = thread.spawn(move || {
        while let Ok(batch) = events.recv_deadline(None) {
            if sender.send(batch).is_err() {
                return;
            }
        }
    });
    started.map_err(CliError::Start)?;
    Ok(batches)
}

/// Why a session ended, other than by a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// What was expected came.
    Met,
    /// The peer finished, and what there was to send is sent.
    PeerFinished,
    /// No byte passed for as long as `--wait` says.
    WaitOver,
}

/// The input, as far as it is.
enum Pieces {
    /// The connection does not stand yet.
    Unopened(Input),
    /// It is being read.
    Coming(Receiver<io::Result<Bytes>>),
    /// All of it was read.
    Ended,
}

struct Session {
    output: Output,
    json: Option<JsonLines>,
    matcher: Option<Matcher>,
    wait: Duration,
    connection: Option<ConnectionId>,
    flow: Flow,
    /// When the last byte passed, in either direction.
    last_byte: Instant,
    is_finite: bool,
    pieces: Pieces,
    peer_finished: bool,
}

impl Session {
    fn run(&mut self, engine: &mut Engine, events: &Receiver<Batch>) -> Result<Ending, CliError> {
        loop {
            if let Some(ending) = self.ending() {
                return Ok(ending);
            }
            let pieces = match &self.pieces {
                Pieces::Coming(pieces) if self.flow.has_room() => pieces,
                _ => &never(),
            };
            select! {
                recv(events) -> batch => {
                    let batch = batch.map_err(|_closed| CliError::Ended)?;
                    self.tell(&batch)?;
                    for event in &batch.events {
                        if self.take(event)? {
                            return Ok(Ending::Met);
                        }
                    }
                }
                recv(pieces) -> piece => match piece {
                    Ok(piece) => self.send_piece(piece.map_err(CliError::Input)?, engine)?,
                    Err(_ended) => {
                        self.pieces = Pieces::Ended;
                        self.last_byte = Instant::now();
                    }
                },
                recv(self.timer()) -> _ => return Ok(Ending::WaitOver),
            }
        }
    }

    /// Returns whether there is nothing left to do.
    fn ending(&self) -> Option<Ending> {
        let is_sent = matches!(self.pieces, Pieces::Ended) && self.flow.is_empty();
        let is_all = is_sent || (!self.is_finite && self.flow.is_empty());
        (self.peer_finished && is_all).then_some(Ending::PeerFinished)
    }

    /// Returns a channel that fires when no byte has passed for long enough after all was sent.
    fn timer(&self) -> Receiver<Instant> {
        let is_sent = matches!(self.pieces, Pieces::Ended) && self.flow.is_empty();
        if !is_sent {
            return never();
        }
        after(self.wait.saturating_sub(self.last_byte.elapsed()))
    }

    /// Takes note of an event; returns whether what is expected has come.
    fn take(&mut self, event: &Event) -> Result<bool, CliError> {
        match &event.kind {
            EventKind::Connected { .. } => self.connected(event)?,
            EventKind::ConnectFailed { error, last: true } | EventKind::Failed { error } => {
                return Err(CliError::Net(error.clone()));
            }
            EventKind::Received { payload } => {
                self.last_byte = Instant::now();
                let matcher = self.matcher.as_mut();
                return Ok(matcher.is_some_and(|matcher| matcher.push(&payload.bytes)));
            }
            EventKind::Sent { payload, .. } => {
                self.last_byte = Instant::now();
                self.flow.sent(payload.bytes.len());
            }
            EventKind::PeerFinished => self.peer_finished = true,
            EventKind::Reset { .. } => {
                let link = event.link.as_ref().ok_or(CliError::Ended)?;
                return Err(CliError::Reset { peer: link.peer });
            }
            EventKind::Closed(closed) => {
                return Err(match &closed.by {
                    ClosedBy::Failure(error) => CliError::Net(error.clone()),
                    _ => CliError::Ended,
                });
            }
            _ => {}
        }
        Ok(false)
    }

    fn connected(&mut self, event: &Event) -> Result<(), CliError> {
        self.connection = event.link.as_ref().map(|link| link.connection);
        self.last_byte = Instant::now();
        self.pieces = match std::mem::replace(&mut self.pieces, Pieces::Ended) {
            Pieces::Unopened(input) => Pieces::Coming(input.start()?),
            begun => begun,
        };
        Ok(())
    }

    fn send_piece(&mut self, bytes: Bytes, engine: &mut Engine) -> Result<(), CliError> {
        let connection = self.connection.ok_or(CliError::Ended)?;
        self.flow.queued(bytes.len());
        let to = SendTo::Connections(vec![connection]);
        let payload = Payload::new(engine.ids().next_payload(), bytes);
        Ok(engine.command(CLIENT, Command::Send { to, payload })?)
    }

    /// Writes what happened, or only what was received.
    fn tell(&mut self, batch: &Batch) -> Result<(), CliError> {
        if let Some(json) = &mut self.json {
            return json.write(batch, &mut self.output);
        }
        for event in &batch.events {
            if let EventKind::Received { payload } = &event.kind {
                self.output.write(&payload.bytes)?;
            }
        }
        Ok(())
    }

    /// Says whether the ending is a good one.
    fn conclude(&mut self, ending: Ending) -> Result<(), CliError> {
        let why = match ending {
            Ending::Met => return Ok(()),
            Ending::PeerFinished => Unmet::PeerFinished,
            Ending::WaitOver => Unmet::WaitOver,
        };
        if let Some(matcher) = self.matcher.take() {
            let pattern = matcher.pattern().clone();
            return Err(CliError::Unmet { pattern, why });
        }
        if !matches!(self.pieces, Pieces::Ended) {
            say("the peer finished (FIN) before the end of the input; the rest of it is not sent");
        }
        Ok(())
    }
}
