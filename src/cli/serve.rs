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

/// How long the end may take from the first signal on, until what was not written is given up.
const LAST_EVENTS_TIMEOUT: Duration = Duration::from_millis(700);
/// How long the last words may take: standard error may be full.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_millis(100);

/// Serves until a signal comes, or until nobody reads what is told.
///
/// The last events are told, too, as far as there is time: nothing can interrupt a write that nobody reads, so the
/// teller's thread is not waited for beyond that, and the end of the process ends it.
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
    let told = tell(Teller::new(log), batches)?;
    running.session.command(SERVER, Command::Listen(config))?;
    let told = loop {
        select! {
            recv(signals) -> _ => {
                let until = Instant::now() + LAST_EVENTS_TIMEOUT;
                running.session.stop_all();
                break match told.recv_deadline(until) {
                    Err(RecvTimeoutError::Timeout) => {
                        give_up_the_rest();
                        Ok(())
                    }
                    result => result.unwrap_or(Err(CliError::Ended)),
                };
            }
            recv(told) -> result => break result.unwrap_or(Err(CliError::Ended)),
            recv(running.wakes) -> _ => running.take_updates(),
        }
    };
    // What happened goes on record, however the telling went.
    drop(hold);
    let recorded = running.end();
    told.and(recorded)
}

/// Returns where the first signal is told. The second one ends the process at once.
fn signals() -> Result<Receiver<()>, CliError> {
    let (signal, signals) = bounded(1);
    let is_second = AtomicBool::new(false);
    // The handler keeps its sender for as long as the program runs.
    ctrlc::set_handler(move || {
        if is_second.swap(true, Ordering::Relaxed) {
            process::exit(0);
        }
        // There is room for the one.
        signal.try_send(()).ok();
    })?;
    Ok(signals)
}

/// Tells the events on a thread of its own, and how that went.
fn tell(
    mut teller: Teller,
    batches: Receiver<Vec<Event>>,
) -> Result<Receiver<TellResult>, CliError> {
    let (done, told) = bounded(1);
    let thread = thread::Builder::new().name("teller".to_owned());
    let started = thread.spawn(move || {
        // Nobody takes it any more when the command has ended.
        done.try_send(teller.run(&batches)).ok();
    });
    started.map_err(CliError::Start)?;
    Ok(told)
}

type TellResult = Result<(), CliError>;

/// Says that not all events were written, where standard error takes it, and leaves no line of them half written,
/// where standard output takes it.
fn give_up_the_rest() {
    let (done, said) = bounded(1);
    let thread = thread::Builder::new().name("last words".to_owned());
    let started = thread.spawn(move || {
        say("bothends: the last events were not written in time");
        // The teller holds the lock while it writes a line; it does not get it back to begin another one.
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

/// Tells what happens: words on standard error, objects on standard output.
struct Teller {
    log: Log,
    output: Output,
    is_listening: bool,
}

impl Teller {
    fn new(log: Log) -> Self {
        Self {
            log,
            output: Output::new(),
            is_listening: false,
        }
    }

    /// Tells until the engine has ended, or there is no use in going on.
    fn run(&mut self, batches: &Receiver<Vec<Event>>) -> Result<(), CliError> {
        let mut told = Ok(());
        while told.is_ok() {
            let silence = self.log.deadline().map_or_else(never, at);
            told = select! {
                recv(batches) -> events => match events {
                    Ok(events) => self.tell(&events),
                    Err(_ended) => break,
                },
                recv(silence) -> _ => self.log.pass(&mut self.output),
            };
        }
        let told = told.and_then(|()| self.log.end(&mut self.output));
        if let Some(counts) = self.log.checked() {
            say(format_args!("bothends: {counts}"));
        }
        told
    }

    fn tell(&mut self, events: &[Event]) -> Result<(), CliError> {
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
