//! `bothends serve`: one server without a window.

use std::io;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, at, bounded, never, select};

use super::args::{ReplyArgument, ServeArguments};
use super::error::{CliError, advised};
use super::input::compile;
use super::log::{Log, LogConfig};
use super::output::{Output, say};
use super::running::Running;
use crate::net::{
    Command, EndpointId, Event, EventKind, NetError, Observe, Reply, ServerBehaviour, ServerConfig,
    WhenPeerFinishes,
};
use crate::payload::Draft;
use crate::session::Tap;

const SERVER: EndpointId = EndpointId(1);
const NAME: &str = "Server 1";

/// How long after the first signal to wait for the last events to be written; then they are dropped.
const LAST_EVENTS_TIMEOUT: Duration = Duration::from_millis(700);
/// How long the last message may take: standard error may be full.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_millis(100);

/// Serves until a signal arrives, or standard output is closed.
///
/// The last events are written too, as far as time allows. Nothing can interrupt a write that nobody reads, so the
/// reporter's thread is not joined after that; it ends with the process.
pub(super) fn serve(arguments: &ServeArguments) -> Result<(), CliError> {
    let config = config(arguments)?;
    let answers_frames = !matches!(config.behaviour.reply, Reply::Echo | Reply::None);
    let log = LogConfig {
        json: arguments.json,
        text: &arguments.text,
        frames: &arguments.frames,
    };
    log.require_use(arguments.json || answers_frames)?;
    let dir = arguments.record.dir();
    let observe = if log.takes_everything() || dir.is_some() {
        Observe::Everything
    } else {
        Observe::Lifecycle
    };
    let (mut running, Tap { batches, hold }) = Running::start(SERVER, NAME, dir, observe)?;
    let log = Log::new(NAME, SERVER, running.session.clock(), &log);
    let signals = signals()?;
    let reported = report(Reporter::new(log), batches)?;
    running.session.command(SERVER, Command::Listen(config))?;
    let reported = loop {
        select! {
            recv(signals) -> _ => {
                let until = Instant::now() + LAST_EVENTS_TIMEOUT;
                running.session.stop_all();
                break match reported.recv_deadline(until) {
                    Err(RecvTimeoutError::Timeout) => {
                        give_up_the_rest();
                        Ok(())
                    }
                    result => result.unwrap_or(Err(CliError::Ended)),
                };
            }
            recv(reported) -> result => break result.unwrap_or(Err(CliError::Ended)),
            recv(running.wakes) -> _ => running.take_updates(),
        }
    };
    // Everything is recorded, even if reporting failed.
    drop(hold);
    let recorded = running.end();
    reported.and(recorded)
}

/// Returns a channel that receives the first signal. The second one exits at once.
fn signals() -> Result<Receiver<()>, CliError> {
    let (signal, signals) = bounded(1);
    let is_second = AtomicBool::new(false);
    // The handler keeps its sender until the program ends.
    ctrlc::set_handler(move || {
        if is_second.swap(true, Ordering::Relaxed) {
            process::exit(0);
        }
        // The channel has room for the only message.
        signal.try_send(()).ok();
    })?;
    Ok(signals)
}

/// Reports events on its own thread; the returned channel receives the result.
fn report(
    mut to: Reporter,
    batches: Receiver<Vec<Event>>,
) -> Result<Receiver<ReportResult>, CliError> {
    let (done, result) = bounded(1);
    let thread = thread::Builder::new().name("reporter".to_owned());
    let started = thread.spawn(move || {
        // It fails once the command has ended.
        done.try_send(to.run(&batches)).ok();
    });
    started.map_err(CliError::Start)?;
    Ok(result)
}

type ReportResult = Result<(), CliError>;

/// Reports that not all events were written, and leaves no partial line on standard output; each only if its stream
/// accepts output in time.
fn give_up_the_rest() {
    let (done, said) = bounded(1);
    let thread = thread::Builder::new().name("last words".to_owned());
    let started = thread.spawn(move || {
        say("bothends: the last events were not written in time");
        // The reporter holds the lock while it writes a line. Keeping the lock here stops it from starting another one.
        std::mem::forget(io::stdout().lock());
        done.try_send(()).ok();
    });
    if started.is_ok() {
        said.recv_timeout(LAST_WORDS_TIMEOUT).ok();
    }
}

fn config(arguments: &ServeArguments) -> Result<ServerConfig, CliError> {
    let bind = arguments.bind;
    if arguments.dual_stack && bind.is_ipv4() {
        return Err(CliError::DualStack { port: bind.port() });
    }
    let reply = reply(arguments)?;
    if arguments.close_after_reply && reply == Reply::None {
        return Err(CliError::CloseAfterNoReply);
    }
    Ok(ServerConfig {
        bind,
        dual_stack: arguments.dual_stack,
        backlog: arguments.backlog,
        behaviour: ServerBehaviour {
            read_buffer: arguments.read_buffer,
            reply,
            reply_framing: arguments.frames.framing.clone(),
            close_after_reply: arguments.close_after_reply,
            when_peer_finishes: if arguments.stay_half_open {
                WhenPeerFinishes::StayHalfOpen
            } else {
                WhenPeerFinishes::CloseToo
            },
        },
    })
}

fn reply(arguments: &ServeArguments) -> Result<Reply, CliError> {
    let how = &arguments.text;
    let (format, text) = match &arguments.reply {
        ReplyArgument::Message(format, text) => (*format, text.clone()),
        _ if how.template => return Err(CliError::ReplyTemplate),
        ReplyArgument::Echo => return Ok(Reply::Echo),
        ReplyArgument::None => return Ok(Reply::None),
    };
    let draft = Draft {
        text,
        format,
        template: how.template,
        ..Draft::default()
    };
    Ok(Reply::of(compile("--reply", &draft, how.encoding)?))
}

/// Reports events: text on standard error, JSON on standard output.
struct Reporter {
    log: Log,
    output: Output,
    is_listening: bool,
}

impl Reporter {
    fn new(log: Log) -> Self {
        Self {
            log,
            output: Output::new(),
            is_listening: false,
        }
    }

    /// Runs until the engine has stopped, or output fails.
    fn run(&mut self, batches: &Receiver<Vec<Event>>) -> Result<(), CliError> {
        let mut reported = Ok(());
        while reported.is_ok() {
            let silence = self.log.deadline().map_or_else(never, at);
            reported = select! {
                recv(batches) -> events => match events {
                    Ok(events) => self.report(&events),
                    Err(_ended) => break,
                },
                recv(silence) -> _ => self.log.pass(&mut self.output),
            };
        }
        let reported = reported.and_then(|()| self.log.end(&mut self.output));
        if let Some(counts) = self.log.checked() {
            say(format_args!("bothends: {counts}"));
        }
        reported
    }

    fn report(&mut self, events: &[Event]) -> Result<(), CliError> {
        self.log.write(events, &mut self.output)?;
        for event in events {
            self.say(&event.kind)?;
        }
        Ok(())
    }

    fn say(&mut self, kind: &EventKind) -> Result<(), CliError> {
        match kind {
            EventKind::Listening { local, backlog, .. } => {
                self.is_listening = true;
                say(format_args!("listening on {local}"));
                let asked = backlog.requested;
                if let Some(granted) = backlog.effective.filter(|&granted| granted < asked) {
                    say(format_args!("backlog {granted} of {asked} requested"));
                }
            }
            EventKind::Failed { error } if self.ends_the_server(error) => {
                return Err(CliError::Net(error.clone()));
            }
            EventKind::Failed { error } => say(advised(&**error)),
            EventKind::AcceptPaused { error } => {
                say(format_args!("accepting paused: {}", advised(&**error)));
            }
            EventKind::AcceptResumed => say("accepting resumed"),
            _ => {}
        }
        Ok(())
    }

    fn ends_the_server(&self, error: &NetError) -> bool {
        !self.is_listening || matches!(error, NetError::Start { .. })
    }
}
