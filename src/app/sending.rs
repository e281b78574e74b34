//! Sends messages and files to their recipients, and edits the message and the saved ones.

use super::App;
use super::carry_out::as_problem;
use crate::model::{AnswerModel, Recipients};
use crate::net::{EndpointId, FlowId};
use crate::payload::Draft;
use crate::session::{Parcel, SendTarget, SessionError};
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

    /// Sends the message, once or again and again; if it cannot be sent, the composer shows why.
    pub(super) fn send(&mut self, repetition: Option<Repetition>) {
        let draft = self.model.preferences.composer.draft.clone();
        self.send_draft(draft, repetition);
    }

    /// Sends a saved message.
    pub(super) fn send_saved(&mut self, name: &str) {
        if let Some(saved) = self.model.document.message(name) {
            self.send_draft(saved.draft.clone(), None);
        }
    }

    /// Sends a saved message on one connection.
    pub(super) fn send_saved_on(&mut self, id: EndpointId, connection: FlowId, name: &str) {
        let Some(saved) = self.model.document.message(name) else {
            return;
        };
        let target = SendTarget::Peers(id, vec![connection]);
        let sent = self.session.send(Parcel::Draft(&saved.draft), vec![target]);
        self.endpoint_problem(id, sent.err().map(as_problem));
    }

    pub(super) fn send_bytes(&mut self, bytes: &[u8]) {
        let sent = self.session.send(Parcel::Bytes(bytes), self.send_targets());
        self.sent(sent);
    }

    /// Sends what was written to the recipients of the message, and remembers it.
    fn send_draft(&mut self, draft: Draft, repetition: Option<Repetition>) {
        let (parcel, targets) = (Parcel::Draft(&draft), self.send_targets());
        let sent = match repetition {
            Some(repetition) => self.session.repeat(parcel, targets, repetition),
            None => self.session.send(parcel, targets),
        };
        if sent.is_ok() {
            self.model.preferences.composer.remember(draft);
            self.save_soon();
        }
        self.sent(sent);
    }

    /// Notes how sending a message began.
    fn sent(&mut self, sent: Result<(), SessionError>) {
        let answer = AnswerModel::new(self.model.recipients(), self.now());
        self.model.answer = sent.is_ok().then_some(answer);
        self.model.send_problem = sent.err().map(as_problem);
    }

    pub(super) fn send_file(&mut self, order: FileOrder) {
        let begun = match &self.send_targets()[..] {
            [] => Err(SessionError::NoTarget),
            [one] => self.session.send_file(one, order),
            _ => Err(SessionError::NotOneConnection),
        };
        self.model.send_problem = begun.err().map(as_problem);
    }

    pub(super) fn cancel_file(&mut self) {
        let cancelled = self.session.cancel_file();
        self.model.send_problem = cancelled.err().map(as_problem);
    }

    /// Returns who gets the message.
    fn send_targets(&self) -> Vec<SendTarget> {
        let recipients = self.model.recipients();
        recipients.map(|it| self.send_target(it)).collect()
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
