//! `bothends serve`: one server without a window.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, at, bounded, never, select};

use super::args::{MessageArgument, ReplyArgument, ServeArguments, TextArguments};
use super::error::{CliError, advised};
use super::frames::Counts;
use super::input::compile;
use super::log::{Log, LogConfig, Printed};
use super::output::{MessageWriter, Messages, first_of, say};
use super::patience::Deadline;
use super::pending::{PendingSender, WhenFull, pending};
use super::running::Running;
use super::signals::Signals;
use super::writing::Writing;
use crate::capture::{Entry, EventKind, HOLD_BACK, RecordStatus, Watch};
use crate::net::{DEFAULT_PORT, NetError, Network, Observe};
use crate::payload::Draft;
use crate::session::SessionError;
use crate::workspace::{
    AddressForm, BehaviourForm, EndpointKind, ProtocolForm, ReplyKind, ServerForm, Transport,
    rules::RulesForm,
};

const NAME: &str = "Server 1";

/// Serves until a signal arrives, the time is over, or standard output is closed and there is no record.
///
/// With a record, standard output is written from it. Then the record gets as long as it makes progress, and standard
/// output as long as somebody reads it.
pub(super) fn serve(arguments: &ServeArguments, signals: &Signals) -> Result<(), CliError> {
    let deadline = arguments.max_time.map(Deadline::after);
    let protocol = arguments.framing.protocol(&arguments.text)?;
    let form = form(arguments, &protocol)?;
    let answers_frames = form.behaviour.reply == ReplyKind::Fixed;
    let config = LogConfig {
        printed: if arguments.json {
            Printed::Json
        } else {
            Printed::Nothing
        },
        protocol: &protocol,
    };
    config.require_use(arguments.json || answers_frames)?;
    let has_output = config.has_use();
    let is_recorded = arguments.record.dir().is_some();
    let observe = if has_output || is_recorded {
        Observe::Everything
    } else {
        Observe::Lifecycle
    };
    let signals = signals.listen()?;
    let (messages, message_writer) = Messages::start()?;
    let (sender, mut receiver) = pending(WhenFull::DropForReader);
    let (failing, failed) = bounded(1);
    let watch = ServerWatch {
        messages,
        failing,
        pending: has_output.then(|| sender.clone()),
        is_listening: false,
    };
    let server = EndpointKind::Server(form);
    let mut running = Running::start(NAME, server, &arguments.record, observe, Box::new(watch))?;
    if let Some(record) = running.record() {
        receiver.read_from(record);
    }
    let log = Log::new(NAME, running.endpoint, running.session.clock(), &config);
    let writing = has_output.then(|| Writing::start(log, receiver, sender.clone()));
    running.session.start_server(running.endpoint, None)?;
    let mut serving = Serving {
        running,
        signals,
        deadline,
        failed,
        writing: writing.transpose()?,
        written: Ok(None),
    };
    let outcome = serving.run();
    first_of(serving.end(outcome, &sender, message_writer))
}

/// A running server.
struct Serving {
    running: Running,
    signals: Receiver<()>,
    deadline: Option<Deadline>,
    /// Receives why the server cannot go on.
    failed: Receiver<Arc<NetError>>,
    writing: Option<Writing>,
    /// The result of writing standard output, once it has ended.
    written: Result<Option<Counts>, CliError>,
}

impl Serving {
    /// Runs until there is a reason to end.
    fn run(&mut self) -> Result<(), CliError> {
        let nothing = never();
        let deadline = self.deadline.and_then(|deadline| deadline.at);
        let deadline = deadline.map_or(never(), at);
        loop {
            let written = self.writing.as_ref().map_or(&nothing, |it| &it.ended);
            select! {
                recv(self.signals) -> _ => return Ok(()),
                recv(deadline) -> _ => return Ok(()),
                recv(self.failed) -> error => {
                    return Err(error.map_or(CliError::Ended, CliError::Net));
                }
                recv(written) -> result => {
                    let is_over = self.output_ended(result.unwrap_or(Err(CliError::Ended)));
                    if is_over {
                        return Ok(());
                    }
                }
                recv(self.running.wakes) -> _ => self.running.take_updates()?,
            }
        }
    }

    /// Notes that standard output cannot be written any more; returns whether that ends the server. A record goes on.
    fn output_ended(&mut self, result: Result<Option<Counts>, CliError>) -> bool {
        self.writing = None;
        self.written = result;
        let is_recorded = self.running.record().is_some();
        if is_recorded
            && let Err(error) = &self.written
            && error.has_message()
        {
            say(format_args!("bothends: {error}"));
            self.written = Err(CliError::OutputIncomplete);
        }
        !is_recorded
    }

    /// Ends the server and its record, then standard output. Returns what went wrong in each.
    fn end(
        mut self,
        outcome: Result<(), CliError>,
        entries: &PendingSender,
        messages: MessageWriter,
    ) -> [Result<(), CliError>; 3] {
        // What still comes is bounded, so that it waits for nobody.
        entries.expect_last();
        self.running.session.stop_all();
        let recorded = self.running.end();
        entries.note_record(&recorded);
        entries.end();
        messages.finish();
        let written = match self.writing {
            Some(writing) => writing.finish(&self.signals, true),
            None => self.written,
        };
        let written = written.map(|checked| {
            if let Some(counts) = checked {
                say(format_args!("bothends: {counts}"));
            }
        });
        [outcome, recorded, written]
    }
}

fn form(arguments: &ServeArguments, protocol: &ProtocolForm) -> Result<ServerForm, CliError> {
    let (reply, reply_message) = reply(arguments)?;
    if arguments.close_after_reply && reply == ReplyKind::None {
        return Err(CliError::CloseAfterNoReply);
    }
    let bind = AddressForm::split(&arguments.bind);
    require_options(arguments, &bind)?;
    let form = ServerForm {
        bind,
        // Both ends have to be in one lab, and this process has one end only.
        network: Network::System,
        lab_delay_text: String::new(),
        lab_loss_text: String::new(),
        dual_stack: arguments.dual_stack,
        mode_text: arguments.mode.clone().unwrap_or_default(),
        backlog_text: arguments.backlog.to_string(),
        behaviour: BehaviourForm {
            greeting: greeting(arguments)?,
            reply,
            reply_message,
            rules: RulesForm::default(),
            close_after_reply: arguments.close_after_reply,
            stay_half_open: arguments.stay_half_open,
            read_buffer_text: arguments.read_buffer.to_string(),
        },
        socket: arguments.socket.form(None),
        protocol: protocol.clone(),
    };
    let bind = form.parse().map_err(SessionError::from)?.bind;
    if arguments.dual_stack && !bind.ip().is_some_and(|it| it.is_ipv6()) {
        return Err(CliError::DualStack {
            port: bind.ip().map_or(DEFAULT_PORT, |it| it.port()),
        });
    }
    Ok(form)
}

/// Refuses options that the kind of address does not have.
fn require_options(arguments: &ServeArguments, bind: &AddressForm) -> Result<(), CliError> {
    let has_file = bind.transport == Transport::Unix && !bind.path_text.starts_with('@');
    if arguments.mode.is_some() && !has_file {
        return Err(CliError::ModeWithoutFile);
    }
    let option = arguments.socket.first();
    match option.filter(|_| bind.transport == Transport::Unix) {
        Some(option) => Err(CliError::TcpOnly { option }),
        None => Ok(()),
    }
}

fn greeting(arguments: &ServeArguments) -> Result<Draft, CliError> {
    match &arguments.greeting {
        Some(message) => draft("--greeting", message, &arguments.text),
        None => Ok(Draft::default()),
    }
}

fn reply(arguments: &ServeArguments) -> Result<(ReplyKind, Draft), CliError> {
    let how = &arguments.text;
    let message = match &arguments.reply {
        ReplyArgument::Message(message) => message,
        _ if how.template && arguments.greeting.is_none() => return Err(CliError::ReplyTemplate),
        ReplyArgument::Echo => return Ok((ReplyKind::Echo, Draft::default())),
        ReplyArgument::None => return Ok((ReplyKind::None, Draft::default())),
    };
    Ok((ReplyKind::Fixed, draft("--reply", message, how)?))
}

/// Returns a message to send. What is wrong with it is found before anything starts.
fn draft(
    option: &'static str,
    message: &MessageArgument,
    how: &TextArguments,
) -> Result<Draft, CliError> {
    let draft = Draft {
        text: message.text.clone(),
        format: message.format,
        template: how.template,
        ..Draft::default()
    };
    compile(option, &draft, how.encodings().sent)?;
    Ok(draft)
}

/// Reports what concerns the server as a whole, and hands the entries on to be written.
struct ServerWatch {
    messages: Messages,
    /// Receives why the server cannot go on.
    failing: Sender<Arc<NetError>>,
    pending: Option<PendingSender>,
    is_listening: bool,
}

impl Watch for ServerWatch {
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        for entry in &*entries {
            self.report(&entry.event.kind);
        }
        if let Some(pending) = &self.pending {
            pending.note(entries, record);
        }
    }

    /// As long as they wait to be recorded.
    fn patience(&self) -> Duration {
        HOLD_BACK
    }
}

impl ServerWatch {
    fn report(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Listening { local, backlog, .. } => {
                self.is_listening = true;
                self.messages.say(format_args!("listening on {local}"));
                let asked = backlog.requested;
                if let Some(granted) = backlog.effective.filter(|&granted| granted < asked) {
                    let words = format_args!("backlog {granted} of {asked} requested");
                    self.messages.say(words);
                }
            }
            EventKind::Failed { error } if self.ends_the_server(error) => {
                // The first one ends it.
                self.failing.try_send(Arc::clone(error)).ok();
            }
            EventKind::Failed { error } => self.messages.say(advised(&**error)),
            EventKind::AcceptPaused { error } => {
                let words = advised(&**error);
                self.messages.say(format_args!("accepting paused: {words}"));
            }
            EventKind::AcceptResumed => self.messages.say("accepting resumed"),
            _ => {}
        }
    }

    fn ends_the_server(&self, error: &NetError) -> bool {
        !self.is_listening || matches!(error, NetError::Start { .. })
    }
}
