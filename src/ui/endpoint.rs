//! What the list of endpoints and the inspector share: one endpoint with its state in a sign and words, its button and
//! its menu.

use std::borrow::Cow;

use egui::{Color32, Ui};

use super::commands::{start_of, stop_of};
use super::widgets::{Sign, button};
use super::{Action, Cx, Tokens, Wish, acts, sequence_commands};
use crate::capture::EndpointState;
use crate::export::code::CodeForm;
use crate::model::EndpointModel;
use crate::script::Act;
use crate::session::CaptureId;
use crate::workspace::{EndpointForm, EndpointKind, ProtocolForm, TransportKind};

/// An endpoint that is shown: its form, its state, and the whole model.
#[derive(Clone, Copy)]
pub(super) struct ShownEndpoint<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) form: &'a EndpointForm,
    pub(super) endpoint: &'a EndpointModel,
}

impl<'a> ShownEndpoint<'a> {
    /// Returns an endpoint of the document.
    pub(super) fn new(cx: &'a Cx<'a>, form: &'a EndpointForm) -> Option<Self> {
        let endpoint = cx.endpoints.get(&form.id)?;
        Some(Self { cx, form, endpoint })
    }

    /// Returns whether the timeline shows only this endpoint.
    fn is_alone(self) -> bool {
        let is_live = self.cx.shown() == CaptureId::Live;
        is_live && self.cx.timeline.filter().endpoint == Some(self.form.id)
    }

    /// Asks to see something of the live session, to which endpoints belong.
    pub(super) fn show_live(self, action: Action) {
        self.cx.push(Action::ShowCapture(CaptureId::Live));
        self.cx.push(action);
    }

    /// Returns whether it is a server.
    pub(super) fn is_server(self) -> bool {
        matches!(self.form.kind, EndpointKind::Server(_))
    }

    /// Returns what carries its bytes.
    pub(super) fn transport(self) -> TransportKind {
        self.cx.document.transport(self.form.id)
    }

    /// Returns how its bytes are read, over what carries them.
    pub(super) fn protocol(self) -> ProtocolForm {
        self.form.protocol().over(self.transport())
    }

    /// Returns whether it does not run.
    pub(super) fn is_idle(self) -> bool {
        start_of(self.cx, self.form.id).is_some()
    }

    /// Returns the sign of its state.
    pub(super) fn sign(self) -> Sign {
        match self.endpoint.status.state {
            EndpointState::Idle => Sign::Idle,
            EndpointState::Connecting | EndpointState::Reconnecting { .. } => Sign::Waiting,
            EndpointState::Listening { paused: true, .. } => Sign::Half,
            EndpointState::Listening { .. } | EndpointState::Connected(_) => Sign::Good,
            EndpointState::Failed => Sign::Bad,
        }
    }

    /// Returns its state in a word or two.
    pub(super) fn state_words(self) -> Cow<'static, str> {
        let words = &self.cx.words.endpoints;
        let state = match self.endpoint.status.state {
            EndpointState::Reconnecting {
                attempt, attempts, ..
            } => {
                let attempt = self.cx.words.attempt(attempt, attempts);
                let said = match self.seconds_left() {
                    0 => words.reconnecting_now(&attempt),
                    seconds => words.reconnecting(seconds, &attempt),
                };
                return said.into();
            }
            EndpointState::Idle if self.is_server() => words.stopped,
            EndpointState::Idle => words.not_connected,
            EndpointState::Connecting => words.connecting,
            EndpointState::Listening { paused: true, .. } => words.paused,
            EndpointState::Listening { .. } => words.listening,
            EndpointState::Connected(_) if self.transport().is_udp() => words.ready,
            EndpointState::Connected(_) => words.connected,
            EndpointState::Failed => words.failed,
        };
        state.into()
    }

    /// Returns when it connects again and which attempt that is, in as few words as fit in a row; `None` if it does not wait
    /// for that.
    pub(super) fn again_words(self) -> Option<String> {
        let EndpointState::Reconnecting {
            attempt, attempts, ..
        } = self.endpoint.status.state
        else {
            return None;
        };
        let attempt = self.cx.words.attempt(attempt, attempts);
        let words = &self.cx.words.endpoints;
        Some(words.again_in(self.seconds_left(), &attempt))
    }

    /// Returns in how many seconds it connects again.
    fn seconds_left(self) -> u64 {
        let left = self.endpoint.connects_in(self.cx.now);
        left.map_or(0, |(seconds, more)| seconds + u64::from(more > 0.0))
    }

    /// Returns the colour of these words.
    pub(super) fn state_color(self, tokens: &Tokens) -> Color32 {
        match self.sign() {
            Sign::Good => tokens.good,
            Sign::Waiting | Sign::Half => tokens.caution,
            Sign::Bad => tokens.error,
            _ => tokens.muted_text,
        }
    }

    /// Returns the name of the button that starts or ends it, what is written on it, and what it asks for.
    pub(super) fn button(self) -> Option<([&'static str; 2], Action)> {
        let words = &self.cx.words.endpoints;
        let start = start_of(self.cx, self.form.id);
        let waits = matches!(
            self.endpoint.status.state,
            EndpointState::Reconnecting { .. }
        );
        let name = match (self.is_server(), start.is_some()) {
            (false, false) if waits => [words.stop_reconnecting; 2],
            (true, true) => [words.start_server, words.start_server_short],
            (true, false) => [words.stop_server, words.stop_server_short],
            (false, true) => [words.connect; 2],
            (false, false) => [words.disconnect; 2],
        };
        let action = start.or_else(|| stop_of(self.cx, self.form.id))?;
        Some((name, action))
    }

    /// Shows the items of its menu.
    pub(super) fn menu_ui(self, ui: &mut Ui) {
        let (cx, id, words) = (self.cx, self.form.id, &self.cx.words.endpoints);
        if let Some(connection) = self.endpoint.connected() {
            let can_finish = connection.state.can_send() && !connection.peer.is_udp();
            if can_finish && button::menu_item(ui, words.finish_sending) {
                cx.push(Action::Act(id, connection.connection, Act::Finish));
            }
            acts::menu_ui(ui, cx, id, connection);
            ui.separator();
        } else {
            sequence_commands::menu_ui(ui, cx, id, None);
        }
        let (name, only) = if self.is_alone() {
            (words.show_all, None)
        } else {
            (words.show_only, Some(id))
        };
        if button::menu_item(ui, name) {
            self.show_live(Action::ShowOnly(only, None));
        }
        if button::menu_item(ui, words.rename) {
            cx.wish(Wish::Rename(id));
        }
        if button::menu_item(ui, words.duplicate) {
            cx.push(Action::Duplicate(id));
        }
        ui.separator();
        for (name, form) in [
            (cx.words.menus.copy_python, CodeForm::Python),
            (cx.words.menus.copy_ncat, CodeForm::Ncat),
        ] {
            if button::menu_item(ui, name) {
                cx.push(Action::CopyCode(id, form));
            }
        }
        ui.separator();
        let remove = if self.is_idle() {
            words.remove
        } else {
            words.stop_and_remove
        };
        if button::menu_item(ui, remove) {
            cx.push(Action::Remove(id));
        }
    }
}
