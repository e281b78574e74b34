//! `bothends send`: one client without a window.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, after, at, never, select};

use super::args::SendArguments;
use super::error::{CliError, Rest, Unmet};
use super::flow::Flow;
use super::input::Input;
use super::log::{Log, LogConfig};
use super::output::{Output, say};
use super::pattern::Matcher;
use super::running::Running;
use crate::net::{
    ClientConfig, ClosedBy, Command, ConnectionId, EndpointId, Event, EventKind, NetError, Observe,
    SendTo, WhenPeerFinishes,
};
use crate::payload::{Encoding, Pattern};
use crate::session::Session;
use crate::words::{ENGLISH, InWords as _};

const CLIENT: EndpointId = EndpointId(1);
const NAME: &str = "Client 1";
/// How long no byte may pass by default.
const DEFAULT_WAIT: Duration = Duration::from_secs(1);

/// Connects, sends the input, tells what comes, and ends when there is nothing left to do.
pub(super) fn send(arguments: SendArguments) -> Result<(), CliError> {
    let input = Input::open(arguments.input, arguments.line_ending, &arguments.message)?;
    let config = LogConfig {
        json: arguments.json,
        text: &arguments.message,
        frames: &arguments.frames,
    };
    config.require_use(arguments.json)?;
    let encoding = arguments.message.encoding;
    let expected = arguments.expect.as_ref();
    let expected = expected.map(|it| written(it, encoding)).transpose()?;
    let dir = arguments.record.dir();
    let (mut running, tap) = Running::start(CLIENT, NAME, dir, Observe::Everything)?;
    let log = Log::new(NAME, CLIENT, running.session.clock(), &config);
    running.session.command(
        CLIENT,
        Command::Connect(ClientConfig {
            // What is left of the input still goes after the peer's FIN.
            when_peer_finishes: WhenPeerFinishes::StayHalfOpen,
            ..ClientConfig::new(arguments.target)
        }),
    )?;
    let mut sending = Sending {
        output: Output::new(),
        log,
        patience: Patience {
            wait: arguments.wait,
            bounds_input: expected.is_some() && !input.is_terminal,
        },
        matcher: expected.map(Matcher::new),
        connection: None,
        flow: Flow::default(),
        last_byte: Instant::now(),
        is_terminal: input.is_terminal,
        finishes: arguments.finish,
        failures: Vec::new(),
        pieces: Pieces::Unopened(input),
        peer_finished: false,
    };
    let ended = sending.run(&mut running, &tap.batches);
    running.session.stop_all();
    // The endpoint has stopped, so this ends with its last events.
    let told = tap.batches.iter().try_for_each(|events| {
        sending.note_sent(&events);
        sending.tell(&events)
    });
    let told = told.and_then(|()| sending.log.end(&mut sending.output));
    drop(tap);
    let recorded = running.end();
    sending.conclude(ended?)?;
    told.and(recorded)?;
    sending.conclude_check()
}

/// Returns what is waited for as the peer writes it.
fn written(pattern: &Pattern, encoding: Encoding) -> Result<Pattern, CliError> {
    let error = |words: String| CliError::Expect(words);
    let written = pattern.in_encoding(encoding);
    let written = written.map_err(|problem| error(problem.in_words(&ENGLISH)))?;
    if !written.can_match() {
        return Err(error(format!("{encoding} cannot encode {pattern}")));
    }
    Ok(written)
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

/// How long no byte may pass.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// What `--wait` says, if it was given.
    wait: Option<Duration>,
    /// Whether the time counts before all of the input is sent, even without `--wait`.
    bounds_input: bool,
}

impl Patience {
    /// Returns how long no byte may pass once everything is sent.
    fn after_input(self) -> Duration {
        self.wait.unwrap_or(DEFAULT_WAIT)
    }

    /// Returns how long no byte may pass while there is still something to send; none for as long as it takes.
    ///
    /// After the peer's FIN there is always an end to it. Zero says only what is done once everything is sent.
    fn during_input(self, peer_finished: bool) -> Option<Duration> {
        let wait = self.wait.filter(|wait| !wait.is_zero());
        let is_bounded = match self.wait {
            Some(_) => wait.is_some(),
            None => self.bounds_input,
        };
        (is_bounded || peer_finished).then_some(wait.unwrap_or(DEFAULT_WAIT))
    }
}

struct Sending {
    output: Output,
    log: Log,
    matcher: Option<Matcher>,
    patience: Patience,
    connection: Option<ConnectionId>,
    flow: Flow,
    /// When the last byte passed, in either direction.
    last_byte: Instant,
    is_terminal: bool,
    /// Whether FIN goes after the input.
    finishes: bool,
    /// The addresses that failed before the last one.
    failures: Vec<Arc<NetError>>,
    pieces: Pieces,
    peer_finished: bool,
}

impl Sending {
    fn run(
        &mut self,
        running: &mut Running,
        batches: &Receiver<Vec<Event>>,
    ) -> Result<Ending, CliError> {
        loop {
            if let Some(ending) = self.ending() {
                return Ok(ending);
            }
            let pieces = match &self.pieces {
                Pieces::Coming(pieces) if self.flow.has_room() => pieces,
                _ => &never(),
            };
            select! {
                recv(batches) -> events => {
                    let events = events.map_err(|_closed| CliError::Ended)?;
                    self.tell(&events)?;
                    for event in &events {
                        if self.take(event)? {
                            return Ok(Ending::Met);
                        }
                    }
                }
                recv(pieces) -> piece => match piece {
                    Ok(piece) => self.send_piece(piece.map_err(CliError::Input)?, &mut running.session)?,
                    Err(_ended) => self.input_ended(&mut running.session)?,
                },
                recv(self.timer()) -> _ => return Ok(Ending::WaitOver),
                recv(running.wakes) -> _ => running.take_updates(),
                recv(self.silence()) -> _ => self.log.pass(&mut self.output)?,
            }
        }
    }

    /// Returns whether all of the input was read and taken.
    fn is_sent(&self) -> bool {
        matches!(self.pieces, Pieces::Ended) && self.flow.is_empty()
    }

    /// Returns whether there is nothing left to do.
    fn ending(&self) -> Option<Ending> {
        let is_all = self.is_sent() || (self.is_terminal && self.flow.is_empty());
        (self.peer_finished && is_all).then_some(Ending::PeerFinished)
    }

    /// Returns how long no byte may pass as things stand; none for as long as it takes.
    fn wait(&self) -> Option<Duration> {
        // Until the connection stands, the engine's own time-out counts.
        self.connection?;
        if self.is_sent() {
            Some(self.patience.after_input())
        } else {
            self.patience.during_input(self.peer_finished)
        }
    }

    /// Returns a channel that fires when no byte has passed for too long.
    fn timer(&self) -> Receiver<Instant> {
        match self.wait() {
            Some(wait) => after(wait.saturating_sub(self.last_byte.elapsed())),
            None => never(),
        }
    }

    /// Returns a channel that fires when a silence ends a frame.
    fn silence(&self) -> Receiver<Instant> {
        self.log.deadline().map_or_else(never, at)
    }

    /// Returns what is left of the input, as far as it was read.
    fn rest(&self) -> Rest {
        let (ahead, has_ended) = match &self.pieces {
            Pieces::Unopened(_) => (0, false),
            Pieces::Coming(pieces) => match pieces.try_recv() {
                Ok(piece) => (piece.map_or(0, |piece| piece.len()), false),
                Err(error) => (0, error.is_disconnected()),
            },
            Pieces::Ended => (0, true),
        };
        Rest {
            unsent_bytes: self.flow.unsent_bytes() + ahead as u64,
            has_ended,
        }
    }

    /// Takes note of an event; returns whether what is expected has come.
    fn take(&mut self, event: &Event) -> Result<bool, CliError> {
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
                return Err(CliError::Reset {
                    peer: link.peer,
                    rest: self.rest(),
                });
            }
            EventKind::Closed(closed) => {
                match &closed.by {
                    ClosedBy::Failure(error) => return Err(CliError::Net(error.clone())),
                    // Both have finished: the loop ends with what it knows of the peer's FIN.
                    _ if self.finishes && self.peer_finished => {}
                    _ => return Err(CliError::Ended),
                }
            }
            _ => {}
        }
        Ok(false)
    }

    fn connected(&mut self, event: &Event) -> Result<(), CliError> {
        self.connection = event.link.as_ref().map(|link| link.connection);
        self.last_byte = Instant::now();
        self.pieces = match std::mem::replace(&mut self.pieces, Pieces::Ended) {
            Pieces::Unopened(input) => Pieces::Coming(input.start(event.link.as_deref())?),
            begun => begun,
        };
        Ok(())
    }

    fn send_piece(&mut self, bytes: Bytes, session: &mut Session) -> Result<(), CliError> {
        let connection = self.connection.ok_or(CliError::Ended)?;
        self.last_byte = Instant::now();
        self.flow.queued(bytes.len());
        let to = SendTo::Connections(vec![connection]);
        Ok(session.send_bytes(CLIENT, to, bytes)?)
    }

    /// Takes note of what was still taken while the engine ended.
    fn note_sent(&mut self, events: &[Event]) {
        for event in events {
            if let EventKind::Sent { payload, .. } = &event.kind {
                self.flow.sent(payload.bytes.len());
            }
        }
    }

    fn input_ended(&mut self, session: &mut Session) -> Result<(), CliError> {
        self.pieces = Pieces::Ended;
        self.last_byte = Instant::now();
        match self.connection {
            Some(connection) if self.finishes => Ok(session.finish_sending(CLIENT, connection)?),
            _ => Ok(()),
        }
    }

    /// Writes what happened, or only what was received.
    fn tell(&mut self, events: &[Event]) -> Result<(), CliError> {
        self.log.write(events, &mut self.output)?;
        if self.log.has_json() {
            return Ok(());
        }
        for event in events {
            if let EventKind::Received { payload } = &event.kind {
                self.output.write(&payload.bytes)?;
            }
        }
        Ok(())
    }

    /// Says how the frames were, where they are checked.
    fn conclude_check(&self) -> Result<(), CliError> {
        match self.log.checked() {
            Some(counts) if counts.bad > 0 => Err(CliError::BadFrames(counts)),
            Some(counts) => {
                say(format_args!("bothends: {counts}"));
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Says whether the ending is a good one.
    fn conclude(&mut self, ending: Ending) -> Result<(), CliError> {
        let why = match ending {
            Ending::Met => return Ok(()),
            Ending::PeerFinished => Unmet::PeerFinished,
            Ending::WaitOver => Unmet::WaitOver,
        };
        let rest = self.rest();
        if let Some(matcher) = self.matcher.take() {
            let pattern = matcher.pattern().clone();
            return Err(CliError::Unmet { pattern, why, rest });
        }
        if rest.is_nothing() {
            return Ok(());
        }
        let wait = self.wait().unwrap_or_default();
        // A person sees that it is over, and has typed what there was to type.
        if !self.is_terminal || rest.unsent_bytes > 0 {
            return Err(CliError::Stalled {
                wait,
                peer_finished: self.peer_finished,
                rest,
            });
        }
        match why {
            Unmet::PeerFinished => say("bothends: the peer finished (FIN)"),
            Unmet::WaitOver => say(format_args!("bothends: no byte passed for {wait:?}")),
        }
        Ok(())
    }
}
