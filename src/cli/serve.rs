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
use crate::capture::{Event, EventKind};
use crate::net::{NetError, Observe};
use crate::payload::Draft;
use crate::session::{SessionError, Tap};
use crate::workspace::{EndpointKind, ProtocolForm, ReplyKind, ServerForm};

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
    let form = form(arguments)?;
    let answers_frames = form.reply == ReplyKind::Fixed;
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
    let server = EndpointKind::Server(form);
    let (mut running, Tap { batches, hold }) = Running::start(NAME, server, dir, observe)?;
    let log = Log::new(NAME, running.endpoint, running.session.clock(), &log);
    let signals = signals()?;
    let reported = report(Reporter::new(log), batches)?;
    running.session.start_server(running.endpoint, None)?;
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
            recv(running.wakes) -> _ => if let Err(refused) = running.take_updates() {
                break Err(refused);
            },
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

fn form(arguments: &ServeArguments) -> Result<ServerForm, CliError> {
    let (reply, reply_message) = reply(arguments)?;
    if arguments.close_after_reply && reply == ReplyKind::None {
        return Err(CliError::CloseAfterNoReply);
    }
    let framing = arguments.frames.framing.as_ref();
    let form = ServerForm {
        bind_address_text: arguments.bind.clone(),
        dual_stack: arguments.dual_stack,
        backlog_text: arguments.backlog.to_string(),
        read_buffer_text: arguments.read_buffer.to_string(),
        reply,
        reply_message,
        close_after_reply: arguments.close_after_reply,
        stay_half_open: arguments.stay_half_open,
        protocol: ProtocolForm {
            encoding: arguments.text.encoding,
            framing_text: framing.map(ToString::to_string).unwrap_or_default(),
            ..ProtocolForm::default()
        },
        ..ServerForm::default()
    };
    let bind = form.parse().map_err(SessionError::from)?.bind;
    if arguments.dual_stack && bind.is_ipv4() {
        return Err(CliError::DualStack { port: bind.port() });
    }
    Ok(form)
}

fn reply(arguments: &ServeArguments) -> Result<(ReplyKind, Draft), CliError> {
    let how = &arguments.text;
    let (format, text) = match &arguments.reply {
        ReplyArgument::Message(format, text) => (*format, text.clone()),
        _ if how.template => return Err(CliError::ReplyTemplate),
        ReplyArgument::Echo => return Ok((ReplyKind::Echo, Draft::default())),
        ReplyArgument::None => return Ok((ReplyKind::None, Draft::default())),
    };
    let draft = Draft {
        text,
        format,
        template: how.template,
        ..Draft::default()
    };
    // What is wrong with it is found before anything starts.
    compile("--reply", &draft, how.encoding)?;
    Ok((ReplyKind::Fixed, draft))
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
