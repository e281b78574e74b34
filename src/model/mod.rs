//! The state that the window shows: a pure fold of updates. No socket, thread, channel or clock.

mod answer;
mod asked;
mod captures;
mod conversation;
mod diagnoses;
mod documents;
mod endpoint;
mod file_send;
mod import_export;
mod kernel;
mod lesson;
mod library;
mod notices;
mod plot;
mod rate;
mod reading;
mod recipients;
mod renewed;
#[cfg(test)]
mod tests;
mod timeline;
mod traces;
mod way;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

pub use answer::AnswerModel;
pub use asked::{Asked, AskedOnce, LoadedRows, Need};
pub use captures::ReadAs;
pub use conversation::ConversationModel;
pub use diagnoses::Diagnoses;
pub use documents::{DocumentsModel, FileChoice, Kept, Leaving, Next, OutsideChange, TlsFile};
pub(crate) use documents::{document_name, expected};
pub use endpoint::EndpointModel;
pub use file_send::FileSendModel;
pub(crate) use import_export::Exported;
pub use import_export::{ExportOrder, Extent, Work, WorkKind};
pub use kernel::{KernelEnd, KernelModel, Limits, MAX_HISTORY, MAX_MARKS, Side};
pub use lesson::LessonModel;
pub use library::LibraryModel;
pub use notices::{Notice, NoticePlace, Notices, WindowProblem};
pub use plot::PlotModel;
pub use rate::{Rate, RateMeter};
pub use recipients::Recipients;
pub use renewed::{Renewal, Renewed};
pub use timeline::{Find, Found, RowAt, TimelineModel};
pub use traces::Traces;
pub use way::{SegmentKind, TRANSITIONS, Transition, TransitionCause, Way};

use captures::Captures;

use crate::capture::{
    ConnectionStatus, ConnectionTls, EndpointState, RecordStatus, RecordUpdate, StatusUpdate,
};
use crate::net::kernel::{LocalProcess, Marks, NoProcess};
use crate::net::{EndpointId, FlowId};
use crate::script::RuleNumber;
use crate::session::{Answered, CaptureId, Explained, MadeRule, RepeatStatus, WhyOrder};
use crate::words::{ENGLISH, Language, Problem, Spoken};
use crate::workspace::{
    Document, EndpointForm, EndpointKind, InterfaceAddress, MessageImport, Preferences, TargetForm,
    TransportKind, parse_size,
};

/// Of how many peers it is known which process they are.
const MAX_PROCESSES: usize = 256;

/// A moment on the window's own clock, in seconds since it opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Now(pub f64);

/// Everything that the window shows.
pub struct Model {
    /// The window's language.
    pub words: &'static Language,
    /// That language, where this machine has no font for its characters.
    pub undrawable: Option<Spoken>,
    /// What the user set up, as the session holds it.
    pub document: Arc<Document>,
    /// The document's file, and what is asked about it.
    pub documents: DocumentsModel,
    /// Settings of this user and machine.
    pub preferences: Preferences,
    /// The state of each endpoint of the document.
    pub endpoints: BTreeMap<EndpointId, EndpointModel>,
    /// The state of the live session's record.
    pub record: RecordStatus,
    /// Whether the recorder slows the endpoints down.
    pub recording_is_slow: bool,
    /// How many connections are live. One whose both ends are ours counts once.
    pub live_connections: u64,
    /// What the kernel said of what is watched.
    pub kernel: KernelModel,
    /// The file of the own authority's certificate, if there is a place for one.
    pub authority: Option<PathBuf>,
    /// The file that keys of TLS are logged to, while they are.
    pub key_log: Option<PathBuf>,
    /// How many of them could not be written.
    pub key_log_errors: u64,
    /// The processes of peers on this machine.
    pub processes: AskedOnce<FlowId, Result<LocalProcess, NoProcess>, MAX_PROCESSES>,
    /// The timeline in view: the live session's or an opened capture's.
    pub timeline: TimelineModel,
    /// The captures on disk.
    pub library: LibraryModel,
    /// The import or export in progress.
    pub work: Option<Work>,
    /// The outcome of the last export.
    pub(crate) exported: Option<Exported>,
    /// The lesson that is being done.
    pub lesson: Option<LessonModel>,
    /// What explains failures, as far as it was asked for.
    pub diagnoses: Diagnoses,
    /// What rules would do with a request, as last answered.
    pub why: Renewed<WhyOrder, Explained>,
    /// How often the document was shown anew.
    shown_documents: u64,
    /// The rule that was made last.
    pub made_rule: Option<MadeRule>,
    /// What went wrong, newest last.
    pub notices: Notices,
    /// The file being sent, or the last one sent.
    pub file_send: Option<FileSendModel>,
    /// Whether the timeline shows frames instead of chunks.
    pub shows_frames: bool,
    /// Whether lanes show long runs of chunks as bundles.
    pub has_bundles: bool,
    /// Which steps of the bytes the kernel marks on the connection whose lifecycle is shown.
    pub marks: Marks,
    /// What came of the last import of another tool's messages, until the user dismisses it.
    pub imported: Option<MessageImport>,
    /// The file of the last picture that was saved, or why it was not.
    pub picture: Option<Result<PathBuf, Problem>>,
    /// Why the last message could not be sent, shown at the composer.
    pub send_problem: Option<Problem>,
    /// What came of the last message.
    pub answer: Option<AnswerModel>,
    /// The message that is repeated, or was repeated last.
    pub repeated: Option<RepeatStatus>,
    /// The first recipients of the message.
    pub send_to: Option<Recipients>,
    /// Its other recipients.
    pub also_to: Vec<Recipients>,
    /// This machine's addresses, to choose a bind address from.
    pub interfaces: Vec<InterfaceAddress>,
    captures: Captures,
}

impl Model {
    /// Makes the model of a document before anything has happened.
    pub fn new(document: Arc<Document>, preferences: Preferences) -> Self {
        let mut model = Self {
            words: &ENGLISH,
            undrawable: None,
            document: Arc::clone(&document),
            documents: DocumentsModel::default(),
            preferences,
            endpoints: BTreeMap::new(),
            record: RecordStatus::default(),
            recording_is_slow: false,
            live_connections: 0,
            kernel: KernelModel::default(),
            authority: None,
            key_log: None,
            key_log_errors: 0,
            processes: AskedOnce::default(),
            timeline: TimelineModel::default(),
            library: LibraryModel::default(),
            work: None,
            exported: None,
            lesson: None,
            diagnoses: Diagnoses::default(),
            why: Renewed::default(),
            shown_documents: 0,
            made_rule: None,
            notices: Notices::default(),
            file_send: None,
            shows_frames: false,
            has_bundles: true,
            marks: Marks::None,
            imported: None,
            picture: None,
            send_problem: None,
            answer: None,
            repeated: None,
            send_to: None,
            also_to: Vec::new(),
            interfaces: Vec::new(),
            captures: Captures::default(),
        };
        model.show_document(document);
        model
    }

    /// Folds one update.
    pub fn fold(&mut self, update: RecordUpdate, now: Now) {
        match update {
            RecordUpdate::Status(status) => self.fold_status(status, now),
            RecordUpdate::Answer(answer) => self.fold_answer(CaptureId::Live, answer),
        }
    }

    fn fold_status(&mut self, status: StatusUpdate, now: Now) {
        if let Some(timeline) = self.timeline_of(CaptureId::Live) {
            timeline.record_changed(status.record.clone());
            timeline.sampled += status.samples.len() as u64;
        }
        self.record = status.record;
        self.recording_is_slow = status.recording_is_slow;
        self.live_connections = status.live_connections;
        self.kernel.fold(status.samples);
        let mut ready = Vec::new();
        for endpoint in status.endpoints {
            let id = endpoint.endpoint;
            let name = self.name(id).unwrap_or_default().to_owned();
            let known = self.endpoints.get_mut(&endpoint.endpoint);
            if known
                .as_ref()
                .is_some_and(|it| it.listens_otherwise(&endpoint))
            {
                self.diagnoses.look_again();
            }
            if known.as_ref().is_some_and(|it| it.becomes_ready(&endpoint)) {
                // Whatever was missing may be there now: the next message shows.
                self.send_problem = None;
                self.notices.solve(|it| it == id);
                ready.push(id);
            }
            if let Some(error) = known.and_then(|known| known.fold_status(endpoint, now)) {
                self.notices.push_of(id, name, error);
            }
        }
        for connection in status.connections {
            if let Some(model) = self.endpoints.get_mut(&connection.endpoint) {
                model.fold_connection(connection);
            }
        }
        for form in &self.document.endpoints {
            let follows = |it: &EndpointId| form.kind.follows() == Some(*it);
            if let Some(client) = self.endpoints.get_mut(&form.id)
                && ready.iter().any(follows)
            {
                // It was not listening.
                client.problem = None;
            }
        }
        self.endpoints.values_mut().for_each(EndpointModel::relist);
        self.update_send_to();
        self.forget_old_answer();
    }

    /// Returns the entries in view that were just sent, and for how many more seconds they are marked.
    pub fn just_sent(&self, now: Now) -> Option<(&[u64], f64)> {
        let answer = self.answer.as_ref();
        let answer = answer.filter(|_| self.shown() == CaptureId::Live);
        answer?.just_sent(now)
    }

    /// Returns whether a message is being repeated.
    pub fn is_repeating(&self) -> bool {
        self.repeated.as_ref().is_some_and(|it| it.end.is_none())
    }

    /// Returns whether something may be sent or done without being asked for again: a repeated message, a file, what is
    /// queued on connections, rules.
    pub fn acts_by_itself(&self) -> bool {
        let sends_file = self.file_send.as_ref().is_some_and(|it| it.end.is_none());
        let is_at_work = |it: &EndpointModel| {
            let waits = matches!(it.status.state, EndpointState::Reconnecting { .. });
            waits || it.status.open_connections > 0
        };
        self.is_repeating() || sends_file || self.endpoints.values().any(is_at_work)
    }

    /// Returns the rule that was made last, with the form of its endpoint; `None` if it is gone.
    pub fn made_rule(&self) -> Option<(&EndpointForm, RuleNumber)> {
        let made = self.made_rule?;
        let form = self.form(made.endpoint)?;
        let mut rules = form.kind.behaviour().rules.rules.iter();
        let place = rules.position(|rule| rule.id == made.rule)?;
        Some((form, RuleNumber::at(place)))
    }

    /// Returns a number that changes with what rules would do with a request.
    fn why_version(&self) -> u64 {
        self.record.entries.wrapping_add(self.shown_documents)
    }

    /// Returns whether to ask what rules would do with a request.
    pub fn why_wanted(&self, order: &WhyOrder, now: Now) -> Renewal {
        self.why.wanted(order, now, self.why_version(), |_| true)
    }

    /// Notes that it was asked.
    pub fn why_asked(&mut self, order: WhyOrder, now: Now) {
        let version = self.why_version();
        self.why.ask(order, now, version);
    }

    /// Folds what rules would do with a request.
    pub fn fold_why(&mut self, explained: Arc<Explained>) {
        self.why.fold(&explained.order.clone(), explained);
    }

    /// Folds what came of the last message, if there is one.
    pub fn fold_answered(&mut self, answered: Answered, now: Now) {
        if let Some(answer) = &mut self.answer {
            answer.fold(answered, now);
        }
    }

    /// Shows the document as it is now, and its endpoints.
    pub fn show_document(&mut self, document: Arc<Document>) {
        let before = std::mem::replace(&mut self.document, document);
        self.shown_documents += 1;
        for form in &self.document.endpoints {
            let is_known = self.endpoints.contains_key(&form.id);
            let model = self
                .endpoints
                .entry(form.id)
                .or_insert_with(|| EndpointModel::new(form.id));
            let transport = self.document.transport(form.id);
            let is_same = before
                .endpoint(form.id)
                .is_some_and(|it| it.kind == form.kind && before.transport(form.id) == transport);
            if !(is_known && is_same) {
                model.setup_problem = form.kind.problem(transport);
            }
        }
        let forms = &self.document.endpoints;
        self.endpoints
            .retain(|id, _| forms.iter().any(|form| form.id == *id));
        self.notices
            .solve(|id| !forms.iter().any(|form| form.id == id));
        self.follow_lesson();
        let before: Vec<_> = self.recipients().collect();
        self.update_send_to();
        if !self.recipients().eq(before) {
            self.send_problem = None;
        }
        self.forget_old_answer();
    }

    /// Returns an endpoint's form.
    pub fn form(&self, id: EndpointId) -> Option<&EndpointForm> {
        self.document.endpoint(id)
    }

    /// Returns whether TLS can be started on a connection: its endpoint is set up to begin it when requested, and it has
    /// not begun.
    pub fn can_start_tls(&self, status: &ConnectionStatus) -> bool {
        let id = status.endpoint;
        let begins = |form: &EndpointForm| match &form.kind {
            EndpointKind::Server(form) => form.tls.on_request,
            EndpointKind::Client(form) => form.tls.on_request,
        };
        let is_plain = status.tls == ConnectionTls::Plain && status.state.can_send();
        let is_tls = self.document.transport(id) == TransportKind::Tls;
        is_plain && is_tls && status.peer.is_tcp() && self.form(id).is_some_and(begins)
    }

    /// Returns an endpoint's name, even if it was removed.
    pub fn name(&self, id: EndpointId) -> Option<&str> {
        self.document.name(id)
    }

    /// Returns the size of the read buffer of an endpoint of the live session, as it is set up now.
    pub fn read_buffer(&self, id: EndpointId) -> Option<u64> {
        if self.shown() != CaptureId::Live {
            return None;
        }
        let behaviour = self.form(id)?.kind.behaviour();
        parse_size(&behaviour.read_buffer_text).ok()
    }

    /// Returns the label of a client's target: `127.0.0.1:9000`; `None` for a server.
    pub fn target_label(&self, id: EndpointId) -> Option<String> {
        let EndpointKind::Client(client) = &self.form(id)?.kind else {
            return None;
        };
        let connected = self.endpoints.get(&id).and_then(EndpointModel::connected);
        match (connected, client.target) {
            (Some(connection), _) => Some(connection.peer.to_string()),
            (None, TargetForm::Server(server)) => {
                let bound = self.endpoints.get(&server).and_then(EndpointModel::bound);
                bound.map_or_else(
                    || self.name(server).map(str::to_owned),
                    |bound| Some(bound.reachable().to_string()),
                )
            }
            (None, TargetForm::Address) => Some(client.remote.taken_apart().joined()),
        }
    }

    /// Removes the closed connections from an endpoint's list.
    pub fn forget_closed(&mut self, id: EndpointId) {
        if let Some(endpoint) = self.endpoints.get_mut(&id) {
            endpoint.forget_closed();
        }
    }
}
