//! Sends messages and files to their recipients, and edits the message and the saved ones.

use super::App;
use super::carry_out::as_problem;
use crate::model::{AnswerModel, Recipients};
use crate::net::{EndpointId, FlowId};
use crate::payload::template::Template;
use crate::payload::{Draft, Encoding};
use crate::session::{Parcel, SendTarget, SessionError};
use crate::words::Problem;
use crate::workspace::{FileOrder, MessageEdit, Repetition};

impl App {
    pub(super) fn choose_recipients(&mut self, recipients: Recipients) {
        self.model.send_to = Some(recipients);
        self.model.also_to.clear();
        self.recipients_chosen();
    }

    pub(super) fn recipients_chosen(&mut self) {
        // Selected peers do not survive a restart, and the message must not go to all peers instead.
        let is_selection = |it: &Recipients| matches!(it, Recipients::SelectedPeers(_));
        let first = self.model.send_to.filter(|it| !is_selection(it));
        let name = first.and_then(|first| self.model.name(first.endpoint()));
        self.model.preferences.composer.send_to = name.map(str::to_owned);
        self.model.send_problem = None;
        self.model.forget_old_answer();
        self.save_soon();
    }

    pub(super) fn edit_draft(&mut self, draft: Draft) {
        self.model.preferences.composer.draft = draft;
        self.model.send_problem = None;
        self.save_soon();
    }

    pub(super) fn edit_messages(&mut self, edit: MessageEdit) {
        let edited = self.edit_document(|document| document.edit_messages(edit));
        self.model.send_problem = edited.err().map(as_problem);
    }

    /// Sends the message; if it cannot be sent, the composer shows why.
    pub(super) fn send(&mut self) {
        let draft = self.model.preferences.composer.draft.clone();
        let sent = self.send_draft(&draft, None);
        self.sent(sent.map(|()| Some(draft)));
    }

    /// Sends the message again and again.
    pub(super) fn repeat(&mut self, repetition: Repetition) {
        let draft = self.model.preferences.composer.draft.clone();
        let sent = self.send_draft(&draft, Some(repetition));
        self.sent(sent.map(|()| Some(draft)));
    }

    /// Sends a saved message.
    pub(super) fn send_saved(&mut self, name: &str) {
        let Some(saved) = self.model.document.message(name) else {
            return;
        };
        let draft = saved.draft.clone();
        let sent = self.send_draft(&draft, None);
        self.sent(sent.map(|()| Some(draft)));
    }

    /// Sends a saved message on one connection.
    pub(super) fn send_saved_on(&mut self, id: EndpointId, connection: FlowId, name: &str) {
        let Some(saved) = self.model.document.message(name) else {
            return;
        };
        let draft = saved.draft.clone();
        let compiled = draft
            .compile(self.model.encoding_of(id))
            .map_err(as_problem);
        let sent = compiled.and_then(|template| {
            let target = SendTarget::Peers(id, vec![connection]);
            let parcels = vec![Parcel { target, template }];
            self.session.send(parcels).map_err(as_problem)
        });
        self.endpoint_problem(id, sent.err());
    }

    pub(super) fn send_bytes(&mut self, bytes: &[u8]) {
        let template = |_| Ok(Template::literal(bytes.to_vec()));
        let sent = self.send_message(template, None);
        self.sent(sent.map(|()| None));
    }

    /// Notes how sending a message began, and remembers one that was written.
    fn sent(&mut self, sent: Result<Option<Draft>, Problem>) {
        self.model.answer = None;
        self.model.send_problem = None;
        match sent {
            Ok(written) => {
                self.model.answer = Some(AnswerModel::new(self.model.recipients(), self.now()));
                if let Some(draft) = written {
                    self.model.preferences.composer.remember(draft);
                    self.save_soon();
                }
            }
            Err(problem) => self.model.send_problem = Some(problem),
        }
    }

    fn send_draft(&mut self, draft: &Draft, repetition: Option<Repetition>) -> Result<(), Problem> {
        let compile = |encoding| draft.compile(encoding).map_err(as_problem);
        self.send_message(compile, repetition)
    }

    /// Sends a message to its recipients, to each in the encoding of the endpoint that sends it.
    fn send_message(
        &mut self,
        template: impl Fn(Encoding) -> Result<Template, Problem>,
        repetition: Option<Repetition>,
    ) -> Result<(), Problem> {
        let mut parcels = Vec::new();
        for recipients in self.model.recipients() {
            let encoding = self.model.encoding_of(recipients.endpoint());
            parcels.push(Parcel {
                target: self.send_target(recipients),
                template: template(encoding)?,
            });
        }
        let begun = match repetition {
            Some(repetition) => self.session.repeat(parcels, repetition),
            None => self.session.send(parcels),
        };
        begun.map_err(as_problem)
    }

    pub(super) fn send_file(&mut self, order: FileOrder) {
        let recipients: Vec<_> = self.model.recipients().collect();
        let begun = match recipients[..] {
            [] => Err(SessionError::NoTarget),
            [one] => {
                let target = self.send_target(one);
                self.session.send_file(&target, order)
            }
            _ => Err(SessionError::NotOneConnection),
        };
        self.model.send_problem = begun.err().map(as_problem);
    }

    pub(super) fn cancel_file(&mut self) {
        let cancelled = self.session.cancel_file();
        self.model.send_problem = cancelled.err().map(as_problem);
    }

    fn send_target(&self, recipients: Recipients) -> SendTarget {
        match recipients {
            Recipients::Client(id) => SendTarget::Client(id),
            Recipients::AllPeers(id) => SendTarget::AllPeers(id),
            Recipients::SelectedPeers(id) => {
                let selected = self.model.endpoints.get(&id).map(|it| &it.selected_peers);
                let selected = selected.into_iter().flatten().copied().collect();
                SendTarget::Peers(id, selected)
            }
        }
    }
}
