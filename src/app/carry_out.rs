//! From a wish to its effect: the one place where an [`Action`] becomes a command, a request or an edit.

use std::sync::Arc;

use bytes::Bytes;

use super::App;
use super::librarian::Job;
use crate::capture::{Filter, Request};
use crate::model::{EndpointModel, Place, Recipients, WindowProblem};
use crate::net::{ClientConfig, Command, ConnectionId, EndpointId, Message, Payload, SendTo};
use crate::payload::template::Template;
use crate::payload::{CopyFormat, Draft, Pattern};
use crate::ui::{Action, Theme};
use crate::words::{InWords, Problem};
use crate::workspace::{
    Document, EditError, EndpointKind, Field, FieldError, FieldProblem, Followed, ServerForm,
    TargetForm, interfaces, read_reply_files, read_template_files,
};

impl App {
    /// Carries one action out.
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::AddServer => self.add(Document::add_server),
            Action::AddClient => self.add(Document::add_client),
            Action::Duplicate(id) => self.add(|document| document.duplicate(id)),
            Action::Remove(id) => self.remove(id),
            Action::Rename { endpoint, name } => self.rename(endpoint, &name),
            Action::Edit { endpoint, kind } => self.edit(endpoint, kind),
            Action::StartServer(id) => self.start_server(id, None),
            Action::UseFreePort(id) => self.start_server(id, Some(0)),
            Action::StopServer(id) | Action::DisconnectClient(id) => {
                self.command(id, Command::Stop);
            }
            Action::Connect(id) => self.connect(id),
            Action::DisconnectPeer {
                endpoint,
                connection,
            } => self.command(endpoint, Command::Disconnect(connection)),
            Action::FinishSending {
                endpoint,
                connection,
            } => self.command(endpoint, Command::FinishSending(connection)),
            Action::SelectPeers { endpoint, peers } => self.model.select_peers(endpoint, peers),
            Action::EditDraft(draft) => self.edit_draft(draft),
            Action::ForgetClosed(id) => self.model.forget_closed(id),
            Action::SendTo(recipients) => self.choose_recipients(recipients),
            Action::Send => self.send(),
            Action::SendBytes(bytes) => self.send_bytes(&bytes),
            Action::SendFile(order) => self.send_file(&order),
            Action::CancelFile => self.cancel_file(),
            Action::ForgetFile => self.model.file_send = None,
            Action::SavePayload { name, draft } => self.save_payload(&name, draft),
            Action::DeletePayload(name) => self.delete_payload(&name),
            Action::ShowRows { filter, span } => self.request(Request::Rows { filter, span }),
            Action::ReadShownAs(protocol) => self.model.read_shown_as(protocol),
            Action::ShowFrames(shown) => self.model.shows_frames = shown,
            Action::ShowDetail { number } => self.ask_detail(number),
            Action::ShowEnds { entry, range } => self.request(Request::Ends { entry, range }),
            Action::Copy { rows, format } => self.copy(rows, format),
            Action::CopyText(text) => ctx.copy_text(text),
            Action::Find {
                pattern,
                from,
                forward,
            } => self.find(pattern, from, forward),
            Action::CancelFind => self.request(Request::CancelFind),
            Action::ShowOnly {
                endpoint,
                connection,
            } => self.show_only(endpoint, connection),
            Action::FollowConnection {
                endpoint,
                connection,
                from,
            } => self
                .model
                .timeline
                .follow_connection(endpoint, connection, from),
            Action::LeaveConversation => self.leave_conversation(),
            Action::ShowConversation { query, span } => {
                self.request(Request::Conversation { query, span });
            }
            Action::CopyConversation { query, rows } => {
                self.request(Request::CopyConversation { query, rows });
            }
            Action::TogglePlot => self.model.timeline.plot.toggle(),
            Action::AskPlot => self.ask_plot(),
            Action::ClearView => {
                let entries = self.model.timeline.record().entries;
                self.model.timeline.clear(entries);
            }
            Action::Narrow(filter) => self.model.timeline.narrow(*filter),
            Action::UndoClearView => self.model.timeline.undo_clear(),
            Action::SetTheme(choice) => {
                self.model.preferences.theme = choice;
                Theme::choose(ctx, choice);
                self.document_changed();
            }
            Action::ShowCapture(id) => self.model.show(id),
            Action::CloseCapture(id) => self.close_capture(id),
            Action::ListSessions => self.order(Job::List),
            Action::OpenCapture(path) => self.open_capture(path),
            Action::Export(order) => self.export(ctx, order),
            Action::CancelWork => self.cancel_work(),
            Action::ForgetExport => self.model.exported = None,
            Action::SaveSession { folder, name } => self.save_session(folder, name),
            Action::DeleteSession(folder) => self.delete_session(folder),
            Action::SettleOffer => self.settle_offer(),
            Action::Resume => self.order(Job::Resume(self.recording())),
            Action::ResumeAt(dir) => self.order(Job::ResumeAt(dir, self.recording())),
            Action::SetRecording(recording) => {
                self.model.preferences.recording = recording;
                self.document_changed();
                self.order(Job::Keep(recording));
            }
            Action::ForgetLibraryProblem => self.model.library.forget_problem(),
            Action::RefreshInterfaces => self.refresh_interfaces(),
            Action::MarkNoticesRead => self.model.notices.mark_read(),
            Action::ClearNotices => self.model.notices.clear(),
            Action::Quit { ask_again } => self.quit(ctx, ask_again),
        }
    }

    /// Looks for what was typed; what is no pattern is told.
    fn copy(&mut self, rows: (u64, u64), format: CopyFormat) {
        let timeline = &self.model.timeline;
        let filter = match timeline.frames_shown() {
            Some(filter) => filter.clone(),
            None => timeline.filter().of_entries(),
        };
        let names = self.model.shown_names();
        self.request(Request::Copy {
            filter,
            rows,
            format,
            names,
        });
    }

    /// Shows the timeline with the entries of an endpoint, of a connection, or all.
    fn show_only(&mut self, endpoint: Option<EndpointId>, connection: Option<ConnectionId>) {
        self.leave_conversation();
        self.model.timeline.show_only(endpoint, connection);
    }

    fn ask_plot(&mut self) {
        let now = self.now();
        let entries = self.model.timeline.record().entries;
        self.model.timeline.plot.ask(now, entries);
        self.request(Request::Plot);
    }

    /// Shows the timeline again.
    fn leave_conversation(&mut self) {
        if self.model.timeline.conversation.take().is_some() {
            self.request(Request::LeaveConversation);
        }
    }

    fn find(&mut self, pattern: Pattern, from: Option<u64>, forward: bool) {
        let encodings = match self.model.encodings_for(&pattern) {
            Ok(encodings) => encodings,
            Err(error) => {
                let problem = Arc::new(WindowProblem::FindRefused(error));
                self.model.notices.push(Place::Find, problem);
                return;
            }
        };
        let filter = Filter {
            encodings,
            ..self.model.timeline.find_filter()
        };
        self.request(Request::Find {
            filter,
            pattern,
            from,
            forward,
        });
    }

    fn add(&mut self, add: impl FnOnce(&mut Document) -> Result<EndpointId, EditError>) {
        match add(&mut self.model.document) {
            Ok(_id) => self.model.follow_document(),
            Err(error) => self.model.notices.push(Place::Document, Arc::new(error)),
        }
        self.document_changed();
    }

    /// Reads this machine's addresses anew; without a list, addresses are typed.
    fn refresh_interfaces(&mut self) {
        match interfaces() {
            Ok(interfaces) => self.model.interfaces = interfaces,
            Err(error) => {
                let problem = Arc::new(WindowProblem::NoAddresses(error));
                self.model.notices.push(Place::Addresses, problem);
            }
        }
    }

    fn remove(&mut self, id: EndpointId) {
        if let Some(engine) = &mut self.engine {
            engine.remove(id);
        }
        self.model.remove_endpoint(id);
        self.document_changed();
    }

    fn rename(&mut self, id: EndpointId, name: &str) {
        let before = self.model.name(id).map(str::to_owned);
        match self.model.document.rename(id, name) {
            Ok(()) => {
                let send_to = &mut self.model.preferences.composer.send_to;
                if before.is_some() && *send_to == before {
                    *send_to = self
                        .model
                        .document
                        .endpoint(id)
                        .map(|form| form.name.clone());
                }
                self.document_changed();
            }
            Err(error) => self.problem(id, error),
        }
    }

    /// Takes edited fields over; what may change while a server runs is changed at once.
    fn edit(&mut self, id: EndpointId, kind: EndpointKind) {
        let Some(form) = self.model.document.endpoint_mut(id) else {
            return;
        };
        form.kind = kind;
        let behaviour = match &form.kind {
            EndpointKind::Server(server) => server.behaviour().ok(),
            EndpointKind::Client(_) => None,
        };
        if let Some(model) = self.model.endpoints.get_mut(&id) {
            model.problem = None;
            if let (Some(mut behaviour), Some(_)) = (behaviour, model.bound()) {
                match read_reply_files(&mut behaviour) {
                    Ok(()) => self.command(id, Command::Configure(behaviour)),
                    Err(error) => self.problem(id, error),
                }
            }
        }
        self.document_changed();
    }

    fn start_server(&mut self, id: EndpointId, port: Option<u16>) {
        let Some(EndpointKind::Server(form)) = self.model.form(id).map(|form| form.kind.clone())
        else {
            return;
        };
        let form = match port {
            Some(port) => ServerForm {
                bind_port_text: port.to_string(),
                ..form
            },
            None => form,
        };
        match form.parse() {
            Ok(mut config) => match read_reply_files(&mut config.behaviour) {
                Ok(()) => self.command(id, Command::Listen(config)),
                Err(error) => self.problem(id, error),
            },
            Err(error) if error.field.is_in_sight() => {}
            Err(error) => self.problem(id, error),
        }
    }

    fn connect(&mut self, id: EndpointId) {
        match self.client_config(id) {
            Ok(config) => self.command(id, Command::Connect(config)),
            Err(error) if error.field.is_in_sight() => {}
            Err(error) => self.problem(id, error.problem),
        }
    }

    /// Makes a client's configuration from its fields and from where the server that it follows listens.
    fn client_config(&self, id: EndpointId) -> Result<ClientConfig, FieldError> {
        let Some(EndpointKind::Client(form)) = self.model.form(id).map(|form| &form.kind) else {
            let (field, problem) = (Field::Server, FieldProblem::NoServer);
            return Err(FieldError { field, problem });
        };
        let followed = match form.target {
            TargetForm::Address => None,
            TargetForm::Server(server) => self.model.name(server).map(|name| Followed {
                name,
                bound: self
                    .model
                    .endpoints
                    .get(&server)
                    .and_then(EndpointModel::bound),
            }),
        };
        form.parse(followed)
    }

    fn choose_recipients(&mut self, recipients: Recipients) {
        self.model.send_to = Some(recipients);
        // Selected peers are not there at the next start, and the message must not go to all of them instead.
        let is_selection = matches!(recipients, Recipients::SelectedPeers(_));
        let name = self.model.name(recipients.endpoint()).map(str::to_owned);
        self.model.preferences.composer.send_to = name.filter(|_| !is_selection);
        self.model.send_problem = None;
        self.document_changed();
    }

    fn edit_draft(&mut self, draft: Draft) {
        self.model.preferences.composer.draft = draft;
        self.model.send_problem = None;
        self.document_changed();
    }

    fn ask_detail(&mut self, number: u64) {
        let frames = self.model.timeline.frames_shown().cloned();
        self.request(Request::Detail { number, frames });
    }

    fn save_payload(&mut self, name: &str, draft: Draft) {
        match self.model.document.save_message(name, draft) {
            Ok(()) => self.document_changed(),
            Err(problem) => self.model.send_problem = Some(Arc::new(problem)),
        }
    }

    fn delete_payload(&mut self, name: &str) {
        self.model.document.delete_message(name);
        self.document_changed();
    }

    /// Sends the message; what keeps it from going is told at the composer.
    fn send(&mut self) {
        self.model.send_problem = self.try_send().err().map(as_problem);
    }

    fn send_bytes(&mut self, bytes: &[u8]) {
        let template = Template::literal(bytes.to_vec());
        self.model.send_problem = self.send_template(template).err().map(as_problem);
    }

    fn try_send(&mut self) -> Result<(), String> {
        let draft = self.model.preferences.composer.draft.clone();
        let encoding = self.model.send_encoding();
        let mut template = draft
            .compile(encoding)
            .map_err(|error| error.in_words(self.model.words))?;
        if template.is_empty() {
            return Err("there is nothing to send: write a message first".to_owned());
        }
        read_template_files(&mut template).map_err(|error| error.to_string())?;
        self.send_template(template)?;
        self.model.preferences.composer.remember(draft);
        self.document_changed();
        Ok(())
    }

    fn send_template(&mut self, template: Template) -> Result<(), String> {
        let recipients = self
            .model
            .send_to
            .ok_or("there is nobody to send to: add a client")?;
        let endpoint = recipients.endpoint();
        let to = match recipients {
            Recipients::Client(id) => SendTo::Client(Box::new(self.client_config_for_send(id)?)),
            Recipients::AllPeers(id) => {
                if self
                    .model
                    .endpoints
                    .get(&id)
                    .is_none_or(|it| it.status.open_connections == 0)
                {
                    let name = self.model.name(id).unwrap_or("the server");
                    return Err(format!(
                        "{name} has no peer to send to: wait for one to connect"
                    ));
                }
                SendTo::All
            }
            Recipients::SelectedPeers(id) => {
                let selected = self.model.endpoints.get(&id).map(|it| &it.selected_peers);
                let selected: Vec<_> = selected.into_iter().flatten().copied().collect();
                if selected.is_empty() {
                    return Err("no peer is selected: select one, or send to all peers".to_owned());
                }
                SendTo::Connections(selected)
            }
        };
        let Some(engine) = &mut self.engine else {
            return Err("the program is closing".to_owned());
        };
        let message = match template.into_literal() {
            Ok(bytes) => Payload::new(engine.ids().next_payload(), Bytes::from(bytes)).into(),
            Err(template) => Message::Template(Arc::new(template)),
        };
        engine
            .command(endpoint, Command::Send { to, message })
            .map_err(|error| error.to_string())
    }

    /// As [`Self::client_config`]; a client that is connected already needs no target any more.
    fn client_config_for_send(&self, id: EndpointId) -> Result<ClientConfig, String> {
        let standing = self.client_config(id);
        let connected = self.model.endpoints.get(&id).and_then(|it| it.connected());
        match (standing, connected) {
            (Err(_not_needed), Some(connection)) => Ok(ClientConfig::new(
                crate::net::Target::Address(connection.peer),
            )),
            (standing, _) => standing.map_err(|error| error.problem.in_words(self.model.words)),
        }
    }

    fn command(&mut self, id: EndpointId, command: Command) {
        let Some(engine) = &mut self.engine else {
            return;
        };
        let outcome = engine.command(id, command);
        if let Some(model) = self.model.endpoints.get_mut(&id) {
            model.problem = outcome.err().map(as_problem);
        }
    }

    fn problem(&mut self, id: EndpointId, problem: impl InWords + 'static) {
        if let Some(model) = self.model.endpoints.get_mut(&id) {
            model.problem = Some(as_problem(problem));
        }
    }

    /// Has text read and looked for in the encodings that the endpoints have now.
    pub(super) fn follow_encodings(&mut self) {
        self.model.follow_encodings();
        let shown = self.model.shown();
        let encodings = self.model.encodings();
        let told = self.encodings.get(&shown);
        if told.map_or(encodings.is_empty(), |told| *told == encodings) {
            return;
        }
        let request = Request::ReadTextIn(encodings.clone());
        self.model.timeline.asked(&request);
        // Refused while the reader is busy: then it is asked again with the next action.
        if self.ask_shown(request).is_ok() {
            self.encodings.insert(shown, encodings);
        }
    }

    /// Asks the reader; when its queue is full, the view asks again with the next frame.
    fn request(&mut self, request: Request) {
        self.model.timeline.asked(&request);
        if let Err(request) = self.ask_shown(request) {
            self.model.timeline.not_asked(&request);
            let is_wish = matches!(
                *request,
                Request::Copy { .. } | Request::CopyConversation { .. } | Request::Find { .. }
            );
            if is_wish {
                let problem = Arc::new(WindowProblem::ReaderBusy);
                self.model.notices.push(Place::Timeline, problem);
            }
        }
    }
}

/// Returns a problem for the model.
pub(super) fn as_problem(problem: impl InWords + 'static) -> Problem {
    Arc::new(problem)
}
