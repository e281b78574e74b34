//! Carries actions out: the one place where an [`Action`] becomes a command, a request or an edit.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use crate::model::{NoticePlace, WindowProblem};
use crate::net::EndpointId;
use crate::session::diagnose::Subject;
use crate::session::{CaptureId, LibraryTask, Session, SessionError};
use crate::ui::{Action, Theme};
use crate::words::{InWords, Problem};
use crate::workspace::{
    Document, EditError, EndpointKind, FormField, Preset, Recording, ThemeChoice, TimelineAs,
    interfaces,
};

impl App {
    /// Carries one action out.
    #[expect(clippy::too_many_lines, reason = "a line or two for each action")]
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, action: Action) {
        let language = self.language;
        match action {
            Action::BeginLesson(place) => self.begin_lesson(place),
            Action::LeaveLesson => self.leave_lesson(),
            Action::DoStep(step) => self.do_step(step),
            Action::Diagnose(subject) => self.diagnose(&subject),
            Action::Explain(order) => self.explain(*order),
            Action::MakeRule(endpoint, of) => self.make_rule(endpoint, *of),
            Action::ForgetMadeRule => self.model.made_rule = None,
            Action::ApproveDocument => self.approve_document(),
            Action::AddPreset(preset) => self.add_preset(preset),
            Action::AddServer => self.add(|it| it.add_server(language.server_name())),
            Action::AddClient => self.add(|it| it.add_client(language.client_name())),
            Action::Duplicate(id) => {
                let base = self.model.words.endpoints.new_copy;
                self.add(|it| it.duplicate(id, base));
            }
            Action::Remove(id) => self.remove(id),
            Action::RestoreEndpoint => self.add(Document::restore_endpoint),
            Action::Move(id, places) => {
                self.edit_document(|document| document.move_endpoint(id, places));
            }
            Action::Rename(id, name) => self.rename(id, &name),
            Action::Edit(id, kind) => self.edit(id, *kind),
            Action::StartServer(id) => self.start_server(id, None),
            Action::UseFreePort(id) => self.start_server(id, Some(0)),
            Action::StopServer(id) | Action::DisconnectClient(id) => {
                self.order(id, |session| session.stop(id));
            }
            Action::StartAndConnect { server, client } => {
                self.endpoint_problem(client, None);
                self.order(server, |session| {
                    session.start_together(&[server], [(client, None)])
                });
            }
            Action::Connect(id) => self.order(id, |session| session.connect(id)),
            Action::RunSequence {
                client,
                name,
                connection,
            } => self.order(client, |session| {
                session.run_sequence(client, &name, connection)
            }),
            Action::CancelRun(id) => self.order(id, |session| session.cancel_run(id, None)),
            Action::EditSequences(id, edit) => {
                let edited = self.edit_document(|document| document.edit_sequences(id, edit));
                self.endpoint_problem(id, edited.err().map(as_problem));
            }
            Action::Act(id, connection, act) => {
                self.order(id, |session| session.act(id, connection, act));
            }
            Action::Accept(id, accepting) => {
                self.order(id, |session| session.set_accepting(id, accepting));
            }
            Action::SelectPeers(id, peers) => self.model.select_peers(id, peers),
            Action::EditDraft(draft) => self.edit_draft(draft),
            Action::ForgetClosed(id) => self.model.forget_closed(id),
            Action::SendTo(recipients) => self.choose_recipients(recipients),
            Action::AlsoSendTo(recipients) => {
                self.model.toggle_recipients(recipients);
                self.recipients_chosen();
            }
            Action::Send => self.send(None),
            Action::Repeat(repetition) => self.send(Some(repetition)),
            Action::StopRepeating => self.session.stop_repeating(),
            Action::ForgetRepeated => self.model.repeated = None,
            Action::SendSaved(name) => self.send_saved(&name),
            Action::SendSavedOn(id, connection, name) => self.send_saved_on(id, connection, &name),
            Action::StopEverything => self.session.cancel_all(),
            Action::LogKeys(is_on) => self.session.switch_key_log(is_on),
            Action::SendBytes(bytes) => self.send_bytes(&bytes),
            Action::SendFile(order) => self.send_file(order),
            Action::CancelFile => self.cancel_file(),
            Action::ForgetFile => self.model.file_send = None,
            Action::EditMessages(edit) => self.edit_messages(edit),
            Action::ReadShownAs(read_as) => self.model.read_shown_as(read_as),
            Action::ShowFrames(shown) => self.model.shows_frames = shown,
            Action::ShowTimelineAs(form) => self.show_timeline_as(form),
            Action::Bundle(bundled) => self.model.has_bundles = bundled,
            Action::Mark(marks) => self.model.marks = marks,
            Action::SavePicture(job) => self.save_picture(*job),
            Action::ForgetPicture => self.model.picture = None,
            Action::Ask(request) => self.ask(request),
            Action::Copy(rows, format) => self.copy(rows, format),
            Action::CopyText(text) => ctx.copy_text(text),
            Action::CopyCode(id, form) => self.copy_code(ctx, id, form),
            Action::Find {
                pattern,
                from,
                forward,
            } => self.find(pattern, from, forward),
            Action::ShowOnly(endpoint, connection) => self.show_only(endpoint, connection),
            Action::FollowConnection(endpoint, connection, from) => self
                .model
                .timeline
                .follow_connection(endpoint, connection, from),
            Action::LeaveConversation => self.leave_conversation(),
            Action::TogglePlot => self.model.timeline.plot.toggle(),
            Action::ClearView => {
                let entries = self.model.timeline.record().entries;
                self.model.timeline.clear(entries);
            }
            Action::ShapeTimeline(form) => {
                self.model.preferences.timeline = *form;
                self.save_soon();
            }
            Action::Narrow(filter) => self.model.timeline.narrow(*filter),
            Action::UndoClearView => self.model.timeline.undo_clear(),
            Action::HintDone(hint) => {
                self.model.preferences.hints.push(hint);
                self.save_soon();
            }
            Action::ShowInspector(is_shown) => {
                self.model.preferences.inspector = Some(is_shown);
                self.save_soon();
            }
            Action::Watch(wanted) => self.watch(wanted),
            Action::AskProcess(connection, local, peer) => {
                self.ask_process(connection, local, peer);
            }
            Action::ShapeConnection(form) => {
                self.model.preferences.connection = form;
                self.save_soon();
            }
            Action::SetLanguage(choice) => self.set_language(ctx, choice),
            Action::SetTheme(choice) => self.set_theme(ctx, choice),
            Action::ShowCapture(id) => self.model.show(id),
            Action::CloseCapture(id) => self.close_capture(id),
            Action::ListSessions => self.session.list_captures(),
            Action::Open(path) => self.open(path),
            Action::NewDocument => self.new_document(),
            Action::AskOpen => self.ask_open(),
            Action::AskImport => self.ask_import(),
            Action::ImportMessages(path) => self.import_messages(path),
            Action::UndoImport => self.undo_import(),
            Action::ForgetImport => self.model.imported = None,
            Action::SaveDocument => self.save_document(false),
            Action::AskSaveAs => self.ask_save_as(),
            Action::SaveDocumentIn { path, may_replace } => {
                self.save_document_in(path, may_replace);
            }
            Action::Leave { save } => self.leave(save),
            Action::Stay => self.stay(),
            Action::AskToLeave => self.ask_to_leave(),
            Action::Reload => self.reload(),
            Action::RestoreUnsaved => self.restore_unsaved(),
            Action::DiscardUnsaved => self.discard_unsaved(),
            Action::KeepMine => self.keep_mine(),
            Action::ForgetDocumentProblem => self.forget_document_problem(),
            Action::LookAtRecent => self.look_at_recent(),
            Action::ForgetRecent(path) => self.forget_recent(&path),
            Action::Browse(choice, at) => self.browse(choice, at),
            Action::TakeChosen => self.model.documents.chosen = None,
            Action::Export(order) => self.export(order),
            Action::CancelWork => self.cancel_work(),
            Action::ForgetExport => self.model.exported = None,
            Action::SaveSession(folder, name) => self.save_session(folder, name),
            Action::DeleteSession(folder) => self.delete_session(folder),
            Action::SettleOffer => self.dismiss_offer(),
            Action::Resume => self.resume(Session::resume),
            Action::ResumeAt(dir) => {
                self.resume(|session, recording| session.resume_at(dir, recording));
            }
            Action::SetRecording(recording) => self.set_recording(recording),
            Action::ForgetLibraryProblem => self.model.library.forget_problem(),
            Action::RefreshInterfaces => self.refresh_interfaces(),
            Action::MarkNoticesRead => self.model.notices.mark_read(),
            Action::ClearNotices => self.model.notices.clear(),
            Action::Close => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Action::Quit { ask_again } => self.quit(ctx, ask_again),
        }
    }

    /// Has a failure explained. If too many wait, the view asks again.
    fn diagnose(&mut self, subject: &Subject) {
        if self.session.diagnose(subject.clone()).is_ok() {
            self.model.diagnoses.asked(subject);
        }
    }

    fn add(&mut self, add: impl FnOnce(&mut Document) -> Result<EndpointId, EditError>) {
        if let Err(error) = self.edit_document(add) {
            self.model
                .notices
                .push(NoticePlace::Document, Arc::new(error));
        }
    }

    fn add_preset(&mut self, preset: &Preset) {
        if let Err(error) = self.edit_document(|document| document.add_preset(preset)) {
            self.model
                .notices
                .push(NoticePlace::Document, Arc::new(error));
        }
    }

    /// Refreshes the list of this machine's addresses; without it, addresses are typed.
    fn refresh_interfaces(&mut self) {
        match interfaces() {
            Ok(interfaces) => self.model.interfaces = interfaces,
            Err(error) => {
                let problem = Arc::new(WindowProblem::NoAddresses(error));
                self.model.notices.push(NoticePlace::Addresses, problem);
            }
        }
    }

    fn remove(&mut self, id: EndpointId) {
        self.session.remove(id);
        self.document_changed();
    }

    fn rename(&mut self, id: EndpointId, name: &str) {
        let before = self.model.name(id).map(str::to_owned);
        if let Err(error) = self.edit_document(|document| document.rename(id, name)) {
            return self.endpoint_problem(id, Some(as_problem(error)));
        }
        let send_to = &mut self.model.preferences.composer.send_to;
        if before.is_some() && *send_to == before {
            *send_to = self.model.document.name(id).map(str::to_owned);
        }
    }

    /// Applies edited fields; those that may change while a server runs take effect at once.
    fn edit(&mut self, id: EndpointId, kind: EndpointKind) {
        let configured = self.session.set_up(id, kind);
        self.endpoint_problem(id, configured.err().map(as_problem));
        self.document_changed();
    }

    /// Gives an endpoint an order; a problem is shown at the endpoint, or beside a visible field.
    fn order(
        &mut self,
        id: EndpointId,
        order: impl FnOnce(&mut Session) -> Result<(), SessionError>,
    ) {
        match order(&mut self.session) {
            // What is wrong with a path that was never written is not beside its field.
            Err(SessionError::Field(error))
                if error.field.is_in_sight() && error.field != FormField::SocketPath => {}
            outcome => self.endpoint_problem(id, outcome.err().map(as_problem)),
        }
    }

    pub(super) fn endpoint_problem(&mut self, id: EndpointId, problem: Option<Problem>) {
        if let Some(model) = self.model.endpoints.get_mut(&id) {
            model.problem = problem;
        }
    }

    /// Enables the document's replies, including those of servers that already listen.
    fn approve_document(&mut self) {
        self.session.approve();
        self.document_changed();
    }

    fn start_server(&mut self, id: EndpointId, port: Option<u16>) {
        self.order(id, |session| session.start_server(id, port));
    }

    /// Starts a task of the library, and notes that it is in progress.
    pub(super) fn library(&mut self, task: LibraryTask, order: impl FnOnce(&mut Session)) {
        self.model.library.began(task);
        order(&mut self.session);
    }

    fn close_capture(&mut self, id: CaptureId) {
        self.session.close(id);
        self.model.close_opened(id);
    }

    fn save_session(&mut self, folder: PathBuf, name: String) {
        self.library(LibraryTask::Save, |session| {
            session.save_capture(folder, name);
        });
    }

    fn resume(&mut self, resume: impl FnOnce(&mut Session, Recording)) {
        let recording = self.model.preferences.recording;
        self.library(LibraryTask::Resume, |session| resume(session, recording));
    }

    fn delete_session(&mut self, folder: PathBuf) {
        if let Some(id) = self.session.open_in(&folder) {
            self.close_capture(id);
        }
        self.library(LibraryTask::Delete, |session| {
            session.delete_capture(folder);
        });
    }

    /// Notes that the offer of the interrupted session has been dealt with.
    fn dismiss_offer(&mut self) {
        if let Some(offer) = self.model.library.offer.take() {
            self.session.note_offered(offer.session.folder);
        }
    }

    fn set_theme(&mut self, ctx: &egui::Context, choice: ThemeChoice) {
        self.model.preferences.theme = choice;
        Theme::choose(ctx, choice);
        self.save_soon();
    }

    fn show_timeline_as(&mut self, form: TimelineAs) {
        self.model.preferences.timeline_as = form;
        self.save_soon();
    }

    fn set_recording(&mut self, recording: Recording) {
        self.model.preferences.recording = recording;
        self.save_soon();
        self.session.keep(recording);
    }
}

/// Wraps a problem for the model.
pub(super) fn as_problem(problem: impl InWords + 'static) -> Problem {
    Arc::new(problem)
}
