//! The state that the window shows: a pure fold of updates. No socket, thread, channel or clock.

mod asked;
mod captures;
mod conversation;
mod endpoint;
mod exchange;
mod file_send;
mod library;
mod notices;
mod plot;
mod rate;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use asked::{Asked, LoadedRows, Need};
pub use captures::Inherited;
pub use conversation::ConversationModel;
pub use endpoint::EndpointModel;
pub(crate) use exchange::Exported;
pub use exchange::{ExportOrder, Extent, Work, WorkKind};
pub use file_send::FileSendModel;
pub use library::LibraryModel;
pub use notices::{Notice, Notices, Place, WindowProblem};
pub use plot::{PlotModel, Wanted};
pub use rate::{Rate, RateMeter};
pub use timeline::{Find, Found, RowAt, TimelineModel};

use captures::Captures;

use crate::capture::frames::{FrameRule, FrameRules};
use crate::capture::{Encodings, Filter, RecordStatus, StatusUpdate, Update};
use crate::net::{ConnectionId, EndpointId, Link};
use crate::payload::{Encoding, Pattern, PatternError};
use crate::session::CaptureId;
use crate::words::{ENGLISH, Language, Problem};
use crate::workspace::{
    Document, EndpointForm, EndpointKind, Interface, Preferences, TargetForm, reachable,
};

/// A moment on the window's own clock, in seconds since it opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Now(pub f64);

/// Everything that the window shows.
pub struct Model {
    /// The window's language.
    pub words: &'static Language,
    /// What the user set up, as the session holds it.
    pub document: Arc<Document>,
    /// Settings of this user and machine.
    pub preferences: Preferences,
    /// The state of each endpoint of the document.
    pub endpoints: BTreeMap<EndpointId, EndpointModel>,
    /// The state of the live session's record.
    pub record: RecordStatus,
    /// Whether the recorder slows the endpoints down.
    pub recording_is_slow: bool,
    /// The timeline in view: the live session's or an opened capture's.
    pub timeline: TimelineModel,
    /// The captures on disk.
    pub library: LibraryModel,
    /// The import or export in progress.
    pub work: Option<Work>,
    /// The outcome of the last export.
    pub(crate) exported: Option<Exported>,
    /// What went wrong, newest last.
    pub notices: Notices,
    /// The file being sent, or the last one sent.
    pub file_send: Option<FileSendModel>,
    /// Whether the timeline shows frames instead of chunks.
    pub shows_frames: bool,
    /// Why the last message could not be sent, shown at the composer.
    pub send_problem: Option<Problem>,
    /// The recipients of the message.
    pub send_to: Option<Recipients>,
    /// This machine's addresses, to choose a bind address from.
    pub interfaces: Vec<Interface>,
    captures: Captures,
}

/// The recipients of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// A client's peer.
    Client(EndpointId),
    /// All peers of a server.
    AllPeers(EndpointId),
    /// The selected peers of a server.
    SelectedPeers(EndpointId),
}

impl Recipients {
    /// Returns the endpoint that sends.
    pub fn endpoint(self) -> EndpointId {
        match self {
            Self::Client(id) | Self::AllPeers(id) | Self::SelectedPeers(id) => id,
        }
    }
}

impl Model {
    /// Makes the model of a document before anything has happened.
    pub fn new(document: Arc<Document>, preferences: Preferences) -> Self {
        let mut model = Self {
            words: &ENGLISH,
            document: Arc::clone(&document),
            preferences,
            endpoints: BTreeMap::new(),
            record: RecordStatus::default(),
            recording_is_slow: false,
            timeline: TimelineModel::default(),
            library: LibraryModel::default(),
            work: None,
            exported: None,
            notices: Notices::default(),
            file_send: None,
            shows_frames: false,
            send_problem: None,
            send_to: None,
            interfaces: Vec::new(),
            captures: Captures::default(),
        };
        model.show_document(document);
        model
    }

    /// Folds one update.
    pub fn fold(&mut self, update: Update, now: Now) {
        match update {
            Update::Status(status) => self.fold_status(status, now),
            Update::Answer(answer) => self.fold_answer(CaptureId::Live, answer),
        }
    }

    fn fold_status(&mut self, status: StatusUpdate, now: Now) {
        if let Some(timeline) = self.timeline_of(CaptureId::Live) {
            timeline.record_changed(status.record.clone());
        }
        self.record = status.record;
        self.recording_is_slow = status.recording_is_slow;
        for endpoint in status.endpoints {
            let name = self.name(endpoint.endpoint).unwrap_or_default().to_owned();
            let known = self.endpoints.get_mut(&endpoint.endpoint);
            if let Some(error) = known.and_then(|known| known.fold_status(endpoint, now)) {
                self.notices.push(Place::Endpoint(name), error);
            }
        }
        for connection in status.connections {
            if let Some(model) = self.endpoints.get_mut(&connection.endpoint) {
                model.fold_connection(connection);
            }
        }
        self.endpoints.values_mut().for_each(EndpointModel::relist);
        self.update_send_to();
    }

    /// Shows the document as it is now, and its endpoints.
    pub fn show_document(&mut self, document: Arc<Document>) {
        self.document = document;
        for form in &self.document.endpoints {
            self.endpoints
                .entry(form.id)
                .or_insert_with(|| EndpointModel::new(form.id));
        }
        let forms = &self.document.endpoints;
        self.endpoints
            .retain(|id, _| forms.iter().any(|form| form.id == *id));
        self.update_send_to();
    }

    /// Returns an endpoint's form.
    pub fn form(&self, id: EndpointId) -> Option<&EndpointForm> {
        self.document.endpoint(id)
    }

    /// Returns an endpoint's name, even if it was removed.
    pub fn name(&self, id: EndpointId) -> Option<&str> {
        self.document.name(id)
    }

    /// Returns the number of live connections of all endpoints.
    pub fn live_connections(&self) -> u64 {
        self.endpoints
            .values()
            .map(|endpoint| endpoint.status.open_connections)
            .sum()
    }

    /// If the timeline shows frames, cuts them by the endpoints' current protocols.
    ///
    /// An opened capture uses the protocol chosen for it, or those of the endpoints with the same names.
    pub fn follow_frames(&mut self) {
        let rules = self.shows_frames.then(|| Arc::new(self.frame_rules()));
        if self.timeline.filter().frames != rules {
            self.timeline.show_frames(rules);
        }
    }

    /// Searches for the filter's pattern in the endpoints' current encodings; drops a pattern that one of them cannot
    /// represent.
    pub fn follow_encodings(&mut self) {
        let filter = self.timeline.filter();
        let Some(pattern) = &filter.pattern else {
            return;
        };
        let encodings = self.encodings();
        if filter.encodings == encodings {
            return;
        }
        let refused = written_in(pattern, &encodings).err();
        let mut filter = Filter {
            encodings,
            ..filter.clone()
        };
        if let Some(error) = refused {
            filter.pattern = None;
            let problem = WindowProblem::FilterDropped(error);
            self.notices.push(Place::Filter, Arc::new(problem));
        }
        self.timeline.narrow(filter);
    }

    /// Returns the encodings to search for a pattern in.
    ///
    /// # Errors
    ///
    /// One of them cannot represent it.
    pub fn encodings_for(&self, pattern: &Pattern) -> Result<Encodings, PatternError> {
        let encodings = self.encodings();
        written_in(pattern, &encodings).map(|()| encodings)
    }

    /// Returns the encodings of the endpoints of the capture in view that are not UTF-8.
    pub fn encodings(&self) -> Encodings {
        let shown = self.shown_endpoints().into_iter();
        let encodings = shown.filter_map(|(id, name)| {
            let encoding = self.shown_protocol(name)?.encoding;
            (!encoding.is_utf8()).then_some((id, encoding))
        });
        encodings.collect()
    }

    /// Returns the encoding of an endpoint of the capture in view.
    pub fn encoding_of(&self, endpoint: EndpointId) -> Encoding {
        let mut shown = self.shown_endpoints().into_iter();
        let name = shown.find(|(id, _)| *id == endpoint);
        let protocol = name.and_then(|(_, name)| self.shown_protocol(name));
        protocol.map(|it| it.encoding).unwrap_or_default()
    }

    fn frame_rules(&self) -> FrameRules {
        let shown = self.shown_endpoints().into_iter();
        let rules = shown.filter_map(|(id, name)| {
            let protocol = self.shown_protocol(name)?;
            let rule = FrameRule {
                framing: protocol.framing().ok()??,
                check: protocol.check().ok().flatten(),
                encoding: protocol.encoding,
            };
            Some((id, rule))
        });
        FrameRules(rules.collect())
    }

    /// Returns the encoding of a message's text: that of the endpoint that sends it.
    pub fn send_encoding(&self) -> Encoding {
        let endpoint = self.send_to.map(Recipients::endpoint);
        let form = endpoint.and_then(|id| self.form(id));
        form.map(|form| form.protocol().encoding)
            .unwrap_or_default()
    }

    /// Returns the connection that a message goes to, if that is exactly one open connection.
    pub fn send_link(&self) -> Option<Link> {
        let Some(Recipients::Client(id)) = self.send_to else {
            return None;
        };
        let connection = self.endpoints.get(&id)?.connected()?;
        Some(Link {
            connection: connection.connection,
            local: connection.local,
            peer: connection.peer,
        })
    }

    /// Returns the possible recipients of a message, in the order of the sidebar.
    pub fn possible_recipients(&self) -> Vec<Recipients> {
        let mut all = Vec::new();
        for form in &self.document.endpoints {
            match form.kind {
                EndpointKind::Client(_) => all.push(Recipients::Client(form.id)),
                EndpointKind::Server(_) => {
                    all.push(Recipients::AllPeers(form.id));
                    let selected = Recipients::SelectedPeers(form.id);
                    // Keep the choice when the last selected peer goes: the message must not go to all peers instead.
                    if self.send_to == Some(selected) || self.selected_peers(form.id) > 0 {
                        all.push(selected);
                    }
                }
            }
        }
        all
    }

    /// Returns the label of a choice of recipients: `Client 1`, `Server 1: all peers`.
    pub fn recipients_label(&self, recipients: Recipients) -> String {
        let name = self.name(recipients.endpoint()).unwrap_or_default();
        match recipients {
            Recipients::Client(_) => name.to_owned(),
            Recipients::AllPeers(_) => self.words.composer.all_peers(name),
            Recipients::SelectedPeers(id) => {
                let count = self.selected_peers(id);
                self.words.composer.selected_peers(name, count)
            }
        }
    }

    fn selected_peers(&self, id: EndpointId) -> usize {
        self.endpoints
            .get(&id)
            .map_or(0, |endpoint| endpoint.selected_peers.len())
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
                    |bound| Some(reachable(bound).to_string()),
                )
            }
            (None, TargetForm::Address) => Some(client.typed_address()),
        }
    }

    /// Returns the server to start next, so that the message has a recipient: the one that is the recipient or that the
    /// recipient follows, if it does not listen.
    pub fn next_server_to_start(&self) -> Option<EndpointId> {
        let recipient = self.send_to?.endpoint();
        let server = match &self.form(recipient)?.kind {
            EndpointKind::Server(_) => recipient,
            EndpointKind::Client(client) => match client.target {
                TargetForm::Server(server)
                    if self.endpoints.get(&recipient)?.connected().is_none() =>
                {
                    server
                }
                _ => return None,
            },
        };
        self.endpoints
            .get(&server)?
            .bound()
            .is_none()
            .then_some(server)
    }

    /// Removes the closed connections from an endpoint's list.
    pub fn forget_closed(&mut self, id: EndpointId) {
        if let Some(endpoint) = self.endpoints.get_mut(&id) {
            endpoint.forget_closed();
        }
    }

    /// Selects peers of a server, for sending and disconnecting.
    pub fn select_peers(&mut self, endpoint: EndpointId, peers: Vec<ConnectionId>) {
        if let Some(model) = self.endpoints.get_mut(&endpoint) {
            model.selected_peers = peers.into_iter().collect();
        }
        self.update_send_to();
    }

    /// Chooses an existing recipient: the chosen one, else the remembered one, else the first client.
    fn update_send_to(&mut self) {
        let possible = self.possible_recipients();
        if self
            .send_to
            .is_some_and(|chosen| possible.contains(&chosen))
        {
            return;
        }
        let remembered = || {
            let name = self.preferences.composer.send_to.as_deref()?;
            self.document.named(name).map(|form| form.id)
        };
        let wanted = self.send_to.map(Recipients::endpoint).or_else(remembered);
        let of_wanted = possible.iter().find(|it| Some(it.endpoint()) == wanted);
        let client = possible
            .iter()
            .find(|it| matches!(it, Recipients::Client(_)));
        self.send_to = of_wanted.or(client).or(possible.first()).copied();
    }
}

/// Refuses a pattern that one of the encodings cannot represent.
fn written_in(pattern: &Pattern, encodings: &Encodings) -> Result<(), PatternError> {
    let mut written = encodings.values().map(|it| pattern.in_encoding(*it));
    written.try_for_each(|it| it.map(drop))
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;
    use std::time::SystemTime;

    use super::*;
    use crate::capture::{
        ConnectionState, ConnectionStatus, Ending, EndpointState, EndpointStatus,
    };
    use crate::net::{Backlog, NetError};

    const SERVER: EndpointId = EndpointId(1);
    const CLIENT: EndpointId = EndpointId(2);

    fn model() -> Model {
        Model::new(Arc::default(), Preferences::default())
    }

    fn fold(model: &mut Model, endpoint: EndpointStatus, connections: Vec<ConnectionStatus>) {
        let status = StatusUpdate {
            endpoints: vec![endpoint],
            connections,
            ..StatusUpdate::default()
        };
        model.fold(Update::Status(status), Now(1.0));
    }

    fn listening() -> EndpointStatus {
        EndpointStatus {
            state: EndpointState::Listening {
                local: "0.0.0.0:9000".parse().unwrap(),
                backlog: Backlog {
                    requested: 128,
                    effective: None,
                },
                dual_stack: false,
                paused: false,
            },
            ..EndpointStatus::new(SERVER)
        }
    }

    fn peer(id: u64, state: ConnectionState) -> ConnectionStatus {
        ConnectionStatus {
            connection: ConnectionId(id),
            endpoint: SERVER,
            local: None,
            peer: "127.0.0.1:53122".parse().unwrap(),
            state,
            since: SystemTime::UNIX_EPOCH,
            connect_took: None,
            received_bytes: 0,
            sent_bytes: 0,
        }
    }

    fn ended() -> ConnectionState {
        ConnectionState::Closed(Ending::Reset { unsent_bytes: 0 })
    }

    #[test]
    fn the_server_that_the_client_follows_is_the_next_to_start_until_it_listens() {
        let mut model = model();
        assert_eq!(model.send_to, Some(Recipients::Client(CLIENT)));
        assert_eq!(model.next_server_to_start(), Some(SERVER));
        assert_eq!(model.target_label(CLIENT).as_deref(), Some("Server 1"));
        fold(&mut model, listening(), Vec::new());
        assert_eq!(model.next_server_to_start(), None);
        // A server that listens on all addresses is reached over loopback.
        assert_eq!(
            model.target_label(CLIENT).as_deref(),
            Some("127.0.0.1:9000")
        );
    }

    #[test]
    fn a_clients_target_is_shown_as_one_address() {
        let mut model = model();
        let mut check = |host: &str, port: &str, expected: &str| {
            if let Some(EndpointKind::Client(form)) = Arc::make_mut(&mut model.document)
                .endpoint_mut(CLIENT)
                .map(|it| &mut it.kind)
            {
                form.target = TargetForm::Address;
                form.remote_host_text = host.to_owned();
                form.remote_port_text = port.to_owned();
            }
            assert_eq!(model.target_label(CLIENT).as_deref(), Some(expected));
        };
        check("127.0.0.1", "9000", "127.0.0.1:9000");
        check("127.0.0.1:9001", "9000", "127.0.0.1:9001");
        check("::1", "9000", "[::1]:9000");
        check("[::1]", "9000", "[::1]:9000");
        check("[::1]:9001", "9000", "[::1]:9001");
    }

    #[test]
    fn a_message_to_selected_peers_never_goes_to_all_when_the_last_of_them_disconnects() {
        let mut model = model();
        let open = vec![
            peer(7, ConnectionState::Open),
            peer(8, ConnectionState::Open),
        ];
        fold(&mut model, listening(), open);
        model.select_peers(SERVER, vec![ConnectionId(7)]);
        model.send_to = Some(Recipients::SelectedPeers(SERVER));
        fold(&mut model, listening(), vec![peer(7, ended())]);
        assert_eq!(model.send_to, Some(Recipients::SelectedPeers(SERVER)));
        let words = model.recipients_label(Recipients::SelectedPeers(SERVER));
        assert_eq!(words, "Server 1: selected peers (0)");
    }

    #[test]
    fn live_peers_are_listed_first_then_closed_ones_newest_first() {
        let mut model = model();
        let peers = (1..=4).map(|id| peer(id, ConnectionState::Open)).collect();
        fold(&mut model, listening(), peers);
        fold(
            &mut model,
            listening(),
            vec![peer(1, ended()), peer(3, ended())],
        );
        let listed: Vec<_> = model.endpoints[&SERVER]
            .listed
            .iter()
            .map(|id| id.0)
            .collect();
        assert_eq!(listed, [2, 4, 3, 1]);
    }

    #[test]
    fn an_error_adds_one_notice() {
        let mut model = model();
        let error = NetError::Listen {
            address: "127.0.0.1:9000".parse().unwrap(),
            source: io::ErrorKind::AddrInUse.into(),
        };
        let failed = EndpointStatus {
            state: EndpointState::Failed,
            error: Some((3, Arc::new(error))),
            ..EndpointStatus::new(SERVER)
        };
        fold(&mut model, failed.clone(), Vec::new());
        fold(&mut model, failed, Vec::new());
        assert_eq!(model.notices.len(), 1);
        let notice = model.notices.newest_first().next().unwrap();
        assert_eq!(notice.place, Place::Endpoint("Server 1".to_owned()));
        let advice = notice.problem.advice(model.words);
        assert!(advice.is_some_and(|advice| advice.contains("free port")));
    }

    #[test]
    fn another_recipient_is_chosen_for_a_removed_one() {
        let mut model = model();
        let mut document = Document::default();
        let mut removed = |id| {
            document.remove(id).unwrap();
            model.show_document(Arc::new(document.clone()));
            (model.send_to, model.endpoints.len())
        };
        assert_eq!(removed(CLIENT), (Some(Recipients::AllPeers(SERVER)), 1));
        assert_eq!(removed(SERVER), (None, 0));
    }

    #[test]
    fn a_filter_that_an_encoding_cannot_represent_is_dropped_with_a_notice() {
        let mut model = model();
        let narrow = |model: &mut Model, pattern: &str| {
            let pattern = Some(Pattern::parse(pattern).unwrap());
            model.timeline.narrow(Filter {
                pattern,
                ..Filter::default()
            });
        };
        let long = "a".repeat(40_000);
        narrow(&mut model, &long);
        model.follow_encodings();
        assert!(model.timeline.filter().pattern.is_some());
        for form in &mut Arc::make_mut(&mut model.document).endpoints {
            if let EndpointKind::Server(server) = &mut form.kind {
                server.protocol.encoding = "utf-16le".parse().unwrap();
            }
        }
        model.follow_encodings();
        assert_eq!(model.timeline.filter().pattern, None);
        let newest = model.notices.newest_first().next().unwrap();
        assert_eq!(newest.place, Place::Filter);
        narrow(&mut model, "short");
        model.follow_encodings();
        let filter = model.timeline.filter();
        assert!(filter.pattern.is_some() && filter.encodings.contains_key(&SERVER));
    }
}
