//! `bothends send`: one client without a window.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, after, never, select};

use super::args::SendArguments;
use super::error::{CliError, Rest, Unmet};
use super::flow::Flow;
use super::frames::Counts;
use super::input::Input;
use super::log::{Log, LogConfig};
use super::notes::{NoteReader, notes};
use super::output::{first_of, say};
use super::pattern::Matcher;
use super::pending::{PendingSender, WhenFull, pending};
use super::running::Running;
use super::signals::signals;
use super::writing::Writing;
use crate::capture::{Event, EventKind};
use crate::net::{ClosedBy, FlowId, NetError, Observe, SendTo};
use crate::payload::{Encoding, Pattern};
use crate::script::Act;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{
    AddressForm, BehaviourForm, ClientForm, EndpointKind, ReplyKind, TargetForm,
};

const NAME: &str = "Client 1";
/// The default limit on the time without a byte.
const DEFAULT_WAIT: Duration = Duration::from_secs(1);

/// Connects, sends the input, prints what arrives, and returns when there is nothing left to do.
///
/// With a record, standard output is written from it. Without one, a slow reader of the received bytes holds up the
/// connection; JSON lines that it cannot take are dropped and counted.
pub(super) fn send(arguments: SendArguments) -> Result<(), CliError> {
    let input = Input::open(arguments.input, arguments.line_ending, &arguments.message)?;
    let protocol = arguments.frames.protocol(&arguments.message)?;
    let config = LogConfig {
        json: arguments.json,
        received: !arguments.json,
        protocol: &protocol,
    };
    config.require_use(arguments.json)?;
    let encoding = protocol.received.encoding;
    let expected = arguments.expect.as_ref();
    let expected = expected.map(|it| written(it, encoding)).transpose()?;
    let client = EndpointKind::Client(ClientForm {
        target: TargetForm::Address,
        remote: AddressForm::split(&arguments.target),
        connect_timeout_text: arguments.connect_timeout.unwrap_or_else(|| "5s".to_owned()),
        behaviour: BehaviourForm {
            // The rest of the input is still sent after the peer's FIN.
            stay_half_open: true,
            ..BehaviourForm::replying(ReplyKind::None)
        },
        socket: arguments.socket.form(arguments.source.as_ref()),
        protocol: protocol.clone(),
    });
    let signals = signals()?;
    let when_full = if arguments.json {
        WhenFull::Drop
    } else {
        WhenFull::Wait
    };
    let (sender, mut receiver) = pending(when_full);
    let (taker, notes) = notes(expected.clone().map(Matcher::new), sender.clone());
    let (record, observe) = (&arguments.record, Observe::Everything);
    let mut running = Running::start(NAME, client, record, observe, Box::new(taker))?;
    if let Some(record) = running.record() {
        receiver.read_from(record);
    }
    let log = Log::new(NAME, running.endpoint, running.session.clock(), &config);
    let writing = Writing::start(log, receiver, sender.clone())?;
    running.session.connect(running.endpoint)?;
    let mut sending = Sending {
        notes,
        pending: sender.clone(),
        patience: Patience {
            wait: arguments.wait,
            bounds_input: expected.is_some() && !input.is_terminal,
        },
        expected,
        connection: None,
        flow: Flow::default(),
        last_byte: Instant::now(),
        is_terminal: input.is_terminal,
        finishes: arguments.finish,
        failures: Vec::new(),
        pieces: Pieces::Unopened(input),
        peer_finished: false,
        written: None,
    };
    let ended = sending.run(&mut running, &signals, &writing);
    // What still comes is bounded, so that nothing waits for the reader of standard output any more.
    sender.expect_last();
    running.session.stop_all();
    let recorded = running.end();
    sender.end();
    // What was still written while the engine shut down.
    let notes = sending.notes.take();
    sending.flow.sent(notes.sent_bytes);
    let written = match sending.written.take() {
        Some(written) => written,
        None => writing.finish(&signals, matches!(ended, Ok(Some(Unmet::Signal)))),
    };
    let concluded = ended.and_then(|ended| sending.conclude(ended));
    let mut checked = None;
    let written = written.map(|counts| checked = counts);
    first_of([concluded, recorded, written])?;
    conclude_check(checked)
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
    notes: NoteReader,
    pending: PendingSender,
    expected: Option<Pattern>,
    patience: Patience,
    connection: Option<FlowId>,
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
    /// The result of writing standard output, once it has ended.
    written: Option<Result<Option<Counts>, CliError>>,
}

impl Sending {
    /// Runs until the expected bytes have arrived, or returns why to wait for them no longer.
    fn run(
        &mut self,
        running: &mut Running,
        signals: &Receiver<()>,
        writing: &Writing,
    ) -> Result<Option<Unmet>, CliError> {
        let nothing = never();
        loop {
            if self.is_over() {
                return Ok(Some(Unmet::PeerFinished));
            }
            let pieces = match &self.pieces {
                Pieces::Coming(pieces) if self.flow.has_room() => pieces,
                _ => &never(),
            };
            let output = match self.written {
                None => &writing.ended,
                Some(_) => &nothing,
            };
            select! {
                recv(self.notes.changed) -> changed => {
                    changed.map_err(|_closed| CliError::Ended)?;
                    if self.take_notes()? {
                        return Ok(None);
                    }
                }
                recv(pieces) -> piece => match piece {
                    Ok(piece) => self.send_piece(piece.map_err(CliError::Input)?, running)?,
                    Err(_ended) => self.input_ended(running)?,
                },
                recv(self.timer()) -> _ => if self.pending.is_held_up() {
                    // Bytes do not pass because nobody reads them here.
                    self.last_byte = Instant::now();
                } else {
                    return Ok(Some(Unmet::WaitOver));
                },
                recv(running.wakes) -> _ => running.take_updates()?,
                recv(output) -> written => {
                    let written = written.unwrap_or(Err(CliError::Ended));
                    if running.record().is_none() {
                        self.written = Some(Ok(None));
                        return written.and(Err(CliError::Ended));
                    }
                    self.written = Some(written);
                }
                recv(signals) -> _ => return Ok(Some(Unmet::Signal)),
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

    /// Handles what happened; returns whether the expected bytes have arrived.
    fn take_notes(&mut self) -> Result<bool, CliError> {
        let notes = self.notes.take();
        if notes.received_bytes > 0 || notes.sent_bytes > 0 {
            self.last_byte = Instant::now();
        }
        self.flow.sent(notes.sent_bytes);
        if notes.is_met {
            return Ok(true);
        }
        notes.events.iter().try_for_each(|event| self.take(event))?;
        Ok(false)
    }

    /// Handles an event other than of bytes.
    fn take(&mut self, event: &Event) -> Result<(), CliError> {
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
            EventKind::PeerFinished => self.peer_finished = true,
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

    fn input_ended(&mut self, running: &mut Running) -> Result<(), CliError> {
        self.pieces = Pieces::Ended;
        self.last_byte = Instant::now();
        match self.connection {
            Some(connection) if self.finishes => {
                let session = &mut running.session;
                Ok(session.act(running.endpoint, connection, Act::Finish)?)
            }
            _ => Ok(()),
        }
    }

    /// Returns whether the command succeeded.
    fn conclude(&mut self, unmet: Option<Unmet>) -> Result<(), CliError> {
        let Some(why) = unmet else { return Ok(()) };
        let rest = self.rest();
        if let Some(pattern) = self.expected.take() {
            return Err(CliError::Unmet { pattern, why, rest });
        }
        if rest.is_nothing() {
            return Ok(());
        }
        let wait = self.wait().unwrap_or_default();
        // At a terminal, the user sees that it is over; only unsent bytes matter.
        if !self.is_terminal || rest.unsent_bytes > 0 {
            if why == Unmet::Signal {
                return Err(CliError::Interrupted { rest });
            }
            return Err(CliError::Stalled {
                wait,
                peer_finished: self.peer_finished,
                rest,
            });
        }
        match why {
            Unmet::PeerFinished => say("bothends: the peer finished (FIN)"),
            Unmet::WaitOver => say(format_args!("bothends: no byte passed for {wait:?}")),
            Unmet::Signal => {}
        }
        Ok(())
    }
}

/// Reports the result of the check, if there is one.
fn conclude_check(checked: Option<Counts>) -> Result<(), CliError> {
    match checked {
        Some(counts) if counts.bad > 0 => Err(CliError::BadFrames(counts)),
        Some(counts) => {
            say(format_args!("bothends: {counts}"));
            Ok(())
        }
        None => Ok(()),
    }
}
