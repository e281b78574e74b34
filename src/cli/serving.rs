//! Endpoints without a window that run until something ends them: those of `serve` and `run`.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, at, bounded, never, select};

use super::args::RecordArgument;
use super::error::{CliError, advised};
use super::frames::Counts;
use super::log::{Log, LogConfig, Printed};
use super::output::{MessageWriter, Messages, first_of, say};
use super::patience::Deadline;
use super::pending::{PendingSender, pending};
use super::running::RunningSession;
use super::signals::Signals;
use super::writing::Writing;
use crate::capture::{Entry, EventKind, HOLD_BACK, RecordStatus, Watch};
use crate::net::{Accepting, Address, ClosedBy, EndpointId, NetError, Observe, SequenceEnd};
use crate::words::ENGLISH;
use crate::workspace::{Document, EndpointKind};

/// What to run, checked.
pub(super) struct ServingPlan<'a> {
    pub(super) document: Document,
    /// The endpoints of it that run.
    pub(super) endpoints: Vec<EndpointId>,
    /// What its servers do with new connections.
    pub(super) accepting: Accepting,
    /// Whether messages name their endpoints.
    pub(super) is_named: bool,
    /// The sequence that clients run; those that have none of this name stay connected.
    pub(super) sequence: Option<String>,
    /// Whether events are written as JSON lines.
    pub(super) is_json: bool,
    pub(super) record: &'a RecordArgument,
    pub(super) deadline: Option<Deadline>,
    /// Where keys of TLS are logged.
    pub(super) key_log: Option<&'a PathBuf>,
}

impl ServingPlan<'_> {
    /// Returns what is written.
    pub(super) fn log(&self) -> LogConfig<'_> {
        LogConfig {
            printed: if self.is_json {
                Printed::Json
            } else {
                Printed::Nothing
            },
            endpoints: &self.document.endpoints,
        }
    }

    /// Runs until a signal arrives, the time is over, an endpoint cannot go on, only clients run and all have ended, or
    /// standard output is closed and there is no record.
    ///
    /// With a record, standard output is written from it. Then the record gets as long as it makes progress, and standard
    /// output as long as somebody reads it.
    pub(super) fn carry_out(self, signals: &Signals) -> Result<(), CliError> {
        let has_output = self.log().has_use();
        let is_recorded = self.record.dir().is_some();
        let (servers, clients) = self.by_kind();
        let observe = if has_output || is_recorded {
            Observe::Everything
        } else {
            Observe::Lifecycle
        };
        let signals = signals.listen()?;
        let (messages, message_writer) = Messages::start()?;
        let (sender, mut receiver) = pending(self.log().when_full());
        let (ending, over) = bounded(1);
        let running_sequences = self.with_sequence(&clients);
        let unsent = Arc::new(Unsent::default());
        let watch = EndpointWatch {
            unsent: Arc::clone(&unsent),
            messages,
            sequences: running_sequences.clone(),
            has_failed: false,
            ending,
            pending: has_output.then(|| sender.clone()),
            names: self.names(),
            reconnecting: self.reconnecting(),
            tried: HashMap::new(),
            begun: HashSet::new(),
            live: clients.iter().copied().collect(),
            serves: !servers.is_empty(),
        };
        let needs_status = !clients.is_empty();
        let document = self.document.clone();
        let watch = Box::new(watch);
        let mut running =
            RunningSession::start(document, self.record, observe, needs_status, watch)?;
        running.log_keys(self.key_log);
        if let Some(record) = running.record() {
            receiver.read_from(record);
        }
        let log = Log::new(running.session.clock(), &self.log());
        let writing = has_output.then(|| Writing::start(log, receiver, sender.clone()));
        let begins = clients.iter().map(|client| {
            let runs = running_sequences.contains(client);
            (*client, self.sequence.clone().filter(|_| runs))
        });
        running.session.start_together(&servers, begins)?;
        if self.accepting != Accepting::Accept {
            for server in &servers {
                running.session.set_accepting(*server, self.accepting)?;
            }
        }
        let mut serving = Serving {
            running,
            signals,
            deadline: self.deadline,
            over,
            writing: writing.transpose()?,
            written: Ok(None),
            unsent,
        };
        let outcome = serving.run();
        first_of(serving.end(outcome, &sender, message_writer))
    }

    /// Returns the servers that run, and the clients.
    fn by_kind(&self) -> (Vec<EndpointId>, Vec<EndpointId>) {
        let is_server = |id: &EndpointId| {
            let form = self.document.endpoint(*id);
            form.is_some_and(|it| matches!(it.kind, EndpointKind::Server(_)))
        };
        self.endpoints.iter().partition(|id| is_server(id))
    }

    /// Returns those of these clients that run the sequence.
    fn with_sequence(&self, clients: &[EndpointId]) -> HashSet<EndpointId> {
        let Some(name) = &self.sequence else {
            return HashSet::new();
        };
        let has_it = |id: &&EndpointId| {
            let form = self.document.endpoint(**id);
            form.is_some_and(|it| it.kind.sequences().iter().any(|it| it.name == *name))
        };
        clients.iter().filter(has_it).copied().collect()
    }

    fn names(&self) -> HashMap<EndpointId, String> {
        if self.is_named {
            self.document.names()
        } else {
            HashMap::new()
        }
    }

    fn reconnecting(&self) -> HashSet<EndpointId> {
        let forms = self.document.endpoints.iter();
        let reconnecting = forms.filter(|form| match &form.kind {
            EndpointKind::Client(client) => !client.reconnect_text.trim().is_empty(),
            EndpointKind::Server(_) => false,
        });
        reconnecting.map(|form| form.id).collect()
    }
}

/// Running endpoints.
struct Serving {
    running: RunningSession,
    signals: Receiver<()>,
    deadline: Option<Deadline>,
    /// Receives why an endpoint cannot go on, or that all clients or sequences have ended.
    over: Receiver<Result<(), CliError>>,
    writing: Option<Writing>,
    /// The result of writing standard output, once it has ended.
    written: Result<Option<Counts>, CliError>,
    unsent: Arc<Unsent>,
}

/// What was still to be sent when the endpoints were stopped.
#[derive(Debug, Default)]
struct Unsent {
    bytes: AtomicU64,
    connections: AtomicU64,
}

impl Unsent {
    fn add(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// Returns what was not sent as an error. All endpoints have stopped.
    fn check(&self) -> Result<(), CliError> {
        let connections = self.connections.load(Ordering::Relaxed);
        let bytes = self.bytes.load(Ordering::Relaxed);
        if connections == 0 {
            return Ok(());
        }
        Err(CliError::Unsent { bytes, connections })
    }
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
                recv(self.over) -> over => {
                    let over = over.map_err(|_dropped| CliError::Ended)?;
                    return over;
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

    /// Notes that standard output cannot be written any more; returns whether that ends them. A record goes on.
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

    /// Ends the endpoints and their record, then standard output. Returns what went wrong in each.
    fn end(
        mut self,
        outcome: Result<(), CliError>,
        entries: &PendingSender,
        messages: MessageWriter,
    ) -> [Result<(), CliError>; 4] {
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
        [outcome, self.unsent.check(), recorded, written]
    }
}

/// Reports what concerns endpoints as a whole, and hands the entries on to be written.
struct EndpointWatch {
    messages: Messages,
    unsent: Arc<Unsent>,
    /// Receives why an endpoint cannot go on, or that all clients or sequences have ended.
    ending: Sender<Result<(), CliError>>,
    pending: Option<PendingSender>,
    /// The names of the endpoints, if messages name them.
    names: HashMap<EndpointId, String>,
    /// The clients that connect again by themselves.
    reconnecting: HashSet<EndpointId>,
    /// Which attempt in a row they are at, and of how many.
    tried: HashMap<EndpointId, (u32, Option<NonZeroU32>)>,
    /// The endpoints that have listened or connected.
    begun: HashSet<EndpointId>,
    /// The clients that have not ended.
    live: HashSet<EndpointId>,
    /// Whether there are servers, which do not end by themselves.
    serves: bool,
    /// The clients whose sequence has not ended.
    sequences: HashSet<EndpointId>,
    /// Whether a sequence has not passed.
    has_failed: bool,
}

impl Watch for EndpointWatch {
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        for entry in &*entries {
            self.report(entry);
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

impl EndpointWatch {
    fn listening(&mut self, endpoint: EndpointId, local: &Address) {
        self.begun.insert(endpoint);
        let name = self.names.get(&endpoint);
        let name = name.map_or_else(String::new, |name| format!(" ({name})"));
        self.messages
            .say(format_args!("listening on {local}{name}"));
    }

    fn report(&mut self, entry: &Entry) {
        let endpoint = entry.event.endpoint;
        match &entry.event.kind {
            EventKind::Bound { local, .. } => self.listening(endpoint, local),
            EventKind::Listening { local, backlog, .. } => {
                self.listening(endpoint, local);
                let asked = backlog.requested;
                if let Some(granted) = backlog.effective.filter(|&granted| granted < asked) {
                    let words = format!("backlog {granted} of {asked} requested");
                    self.say(endpoint, &words);
                }
            }
            EventKind::Connected { .. } => {
                self.begun.insert(endpoint);
                self.tried.remove(&endpoint);
            }
            EventKind::Reconnecting {
                attempt, attempts, ..
            } => drop(self.tried.insert(endpoint, (*attempt, *attempts))),
            EventKind::ConnectFailed { error, last: true } if self.gives_up(endpoint) => {
                self.end(Err(error));
            }
            EventKind::Failed { error } if self.ends_with(endpoint, error) => self.end(Err(error)),
            EventKind::ConnectFailed { error, .. } | EventKind::Failed { error } => {
                self.say(endpoint, &advised(&**error));
            }
            EventKind::SequenceEnded { name, end } => self.sequence_ended(endpoint, name, end),
            EventKind::AcceptPaused { error } => {
                let words = ENGLISH.entries.accept_paused(&advised(&**error));
                self.say(endpoint, &words);
            }
            EventKind::AcceptResumed => self.say(endpoint, ENGLISH.entries.accept_resumed),
            EventKind::Closed(closed)
                if matches!(closed.by, ClosedBy::Stop) && closed.unsent_bytes > 0 =>
            {
                self.unsent.add(closed.unsent_bytes);
            }
            _ => {}
        }
        if entry.ended_connection().is_some() && !self.reconnecting.contains(&endpoint) {
            let was_live = self.live.remove(&endpoint);
            if was_live && self.live.is_empty() && !self.serves {
                self.end(Ok(()));
            }
        }
    }

    /// Reports how a sequence ended, and ends with the last one.
    fn sequence_ended(&mut self, endpoint: EndpointId, name: &str, end: &SequenceEnd) {
        let words = ENGLISH.sequence_ended(name, end);
        self.say(endpoint, &words);
        self.has_failed |= !end.outcome.is_passed();
        let was_waiting = self.sequences.remove(&endpoint);
        if was_waiting && self.sequences.is_empty() {
            let outcome = if self.has_failed {
                Err(CliError::SequenceFailed)
            } else {
                Ok(())
            };
            self.finish(outcome);
        }
    }

    /// Reports something about an endpoint.
    fn say(&mut self, endpoint: EndpointId, words: &str) {
        match self.names.get(&endpoint) {
            Some(name) => self.messages.say(format_args!("{name}: {words}")),
            None => self.messages.say(words),
        }
    }

    fn end(&self, outcome: Result<(), &Arc<NetError>>) {
        self.finish(outcome.map_err(|error| CliError::Net(Arc::clone(error))));
    }

    fn finish(&self, outcome: Result<(), CliError>) {
        // The first one ends all.
        self.ending.try_send(outcome).ok();
    }

    /// Returns whether a client whose connect failed does not try again.
    fn gives_up(&self, client: EndpointId) -> bool {
        let tried = self.tried.get(&client);
        let is_last = |(attempt, most): &(u32, Option<NonZeroU32>)| {
            most.is_some_and(|most| *attempt >= most.get())
        };
        !self.reconnecting.contains(&client) || tried.is_some_and(is_last)
    }

    fn ends_with(&self, endpoint: EndpointId, error: &NetError) -> bool {
        !self.begun.contains(&endpoint) || matches!(error, NetError::Start { .. })
    }
}
