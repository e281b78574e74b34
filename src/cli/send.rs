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
use crate::capture::{Event, EventKind};
use crate::net::{ClosedBy, ConnectionId, NetError, Observe, SendTo};
use crate::payload::{Encoding, Pattern};
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{ClientForm, EndpointKind};

const NAME: &str = "Client 1";
/// The default limit on the time without a byte.
const DEFAULT_WAIT: Duration = Duration::from_secs(1);

/// Connects, sends the input, prints what arrives, and returns when there is nothing left to do.
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
    let client = EndpointKind::Client(ClientForm {
        remote_host_text: arguments.target,
        // The rest of the input is still sent after the peer's FIN.
        stay_half_open: true,
        ..ClientForm::default()
    });
    let (mut running, tap) = Running::start(NAME, client, dir, Observe::Everything)?;
    let log = Log::new(NAME, running.endpoint, running.session.clock(), &config);
    running.session.connect(running.endpoint)?;
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
    // The endpoint has stopped, so the channel closes after its last events.
    let reported = tap.batches.iter().try_for_each(|events| {
        sending.note_sent(&events);
        sending.report(&events)
    });
    let reported = reported.and_then(|()| sending.log.end(&mut sending.output));
    drop(tap);
    let recorded = running.end();
    sending.conclude(ended?)?;
    reported.and(recorded)?;
    sending.conclude_check()
}

/// Returns the expected pattern in the peer's encoding.
fn written(pattern: &Pattern, encoding: Encoding) -> Result<Pattern, CliError> {
    let error = |words: String| CliError::Expect(words);
    let written = pattern.in_encoding(encoding);
    let written = written.map_err(|problem| error(problem.in_words(&ENGLISH)))?;
    if !written.can_match() {
        return Err(error(format!("{encoding} cannot encode {pattern}")));
    }
    Ok(written)
}

/// The state of the input.
enum Pieces {
    /// The connection is not open yet.
    Unopened(Input),
    /// It is being read.
    Coming(Receiver<io::Result<Bytes>>),
    /// All of it was read.
    Ended,
}

/// How long to wait without a byte.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// The value of `--wait`, if given.
    wait: Option<Duration>,
    /// Whether the limit applies before all of the input is sent, even without `--wait`.
    bounds_input: bool,
}

impl Patience {
    /// Returns the limit once everything is sent.
    fn after_input(self) -> Duration {
        self.wait.unwrap_or(DEFAULT_WAIT)
    }

    /// Returns the limit while there is still something to send; `None` if there is none.
    ///
    /// After the peer's FIN there is always a limit. Zero applies only once everything is sent.
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
    /// Whether to send FIN after the input.
    finishes: bool,
    /// The addresses that failed before the last one.
    failures: Vec<Arc<NetError>>,
    pieces: Pieces,
    peer_finished: bool,
}

impl Sending {
    /// Runs until the expected bytes have arrived, or returns why to wait for them no longer.
    fn run(
        &mut self,
        running: &mut Running,
        batches: &Receiver<Vec<Event>>,
    ) -> Result<Option<Unmet>, CliError> {
        loop {
            if self.is_over() {
                return Ok(Some(Unmet::PeerFinished));
            }
            let pieces = match &self.pieces {
                Pieces::Coming(pieces) if self.flow.has_room() => pieces,
                _ => &never(),
            };
            select! {
                recv(batches) -> events => {
                    let events = events.map_err(|_closed| CliError::Ended)?;
                    self.report(&events)?;
                    for event in &events {
                        if self.take(event)? {
                            return Ok(None);
                        }
                    }
                }
                recv(pieces) -> piece => match piece {
                    Ok(piece) => self.send_piece(piece.map_err(CliError::Input)?, running)?,
                    Err(_ended) => self.input_ended(running)?,
                },
                recv(self.timer()) -> _ => return Ok(Some(Unmet::WaitOver)),
                recv(running.wakes) -> _ => running.take_updates()?,
                recv(self.silence()) -> _ => self.log.pass(&mut self.output)?,
            }
        }
    }

    /// Returns whether all of the input was read and written.
    fn is_sent(&self) -> bool {
        matches!(self.pieces, Pieces::Ended) && self.flow.is_empty()
    }

    /// Returns whether there is nothing left to do.
    fn is_over(&self) -> bool {
        let is_all = self.is_sent() || (self.is_terminal && self.flow.is_empty());
        self.peer_finished && is_all
    }

    /// Returns the limit that applies now; `None` if there is none.
    fn wait(&self) -> Option<Duration> {
        // Until the connection is open, the engine's own timeout applies.
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

    /// Returns a channel that fires when silence ends a frame.
    fn silence(&self) -> Receiver<Instant> {
        self.log.deadline().map_or_else(never, at)
    }

    /// Returns the unsent rest of the input.
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

    /// Handles an event; returns whether the expected bytes have arrived.
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
                    // Both sides have finished: the loop already knows of the peer's FIN.
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

    fn send_piece(&mut self, bytes: Bytes, running: &mut Running) -> Result<(), CliError> {
        let connection = self.connection.ok_or(CliError::Ended)?;
        self.last_byte = Instant::now();
        self.flow.queued(bytes.len());
        let to = SendTo::Connections(vec![connection]);
        Ok(running.session.send_bytes(running.endpoint, to, bytes)?)
    }

    /// Counts what was still written while the engine shut down.
    fn note_sent(&mut self, events: &[Event]) {
        for event in events {
            if let EventKind::Sent { payload, .. } = &event.kind {
                self.flow.sent(payload.bytes.len());
            }
        }
    }

    fn input_ended(&mut self, running: &mut Running) -> Result<(), CliError> {
        self.pieces = Pieces::Ended;
        self.last_byte = Instant::now();
        match self.connection {
            Some(connection) if self.finishes => {
                let session = &mut running.session;
                Ok(session.finish_sending(running.endpoint, connection)?)
            }
            _ => Ok(()),
        }
    }

    /// Writes events as JSON lines, or only the received bytes.
    fn report(&mut self, events: &[Event]) -> Result<(), CliError> {
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

    /// Reports the result of the check, if there is one.
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

    /// Returns whether the command succeeded.
    fn conclude(&mut self, unmet: Option<Unmet>) -> Result<(), CliError> {
        let Some(why) = unmet else { return Ok(()) };
        let rest = self.rest();
        if let Some(matcher) = self.matcher.take() {
            let pattern = matcher.pattern().clone();
            return Err(CliError::Unmet { pattern, why, rest });
        }
        if rest.is_nothing() {
            return Ok(());
        }
        let wait = self.wait().unwrap_or_default();
        // At a terminal, the user sees that it is over; only unsent bytes matter.
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
