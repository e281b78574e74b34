//! A server's card.

use egui::Ui;

use super::super::Action;
use super::super::widgets::{button, choice, field, small_label};
use super::behaviour::{self, Typed};
use super::frame::text_ui;
use super::protocol::protocol_ui;
use super::socket::socket_ui;
use super::{Card, bind};
use crate::capture::EndpointState;
use crate::net::Accepting;
use crate::workspace::{Field, ServerForm, Transport};

/// Shows where the server listens and what it replies; returns the button that starts or stops it.
pub(super) fn settings_ui(
    ui: &mut Ui,
    card: Card<'_>,
    edited: &mut ServerForm,
    typed: &mut Typed,
) -> (&'static str, bool, Action) {
    let (cx, id, words) = (card.cx, card.form.id, &card.cx.words.cards);
    let bound = card.endpoint.bound();
    if bound.is_some() {
        bind::bound_ui(ui, cx, &card.endpoint.status.state);
    } else {
        bind::fields_ui(ui, cx, edited);
    }
    behaviour::reply_ui(ui, card, &mut edited.behaviour, &edited.protocol, typed);
    if bound.is_some() {
        return (words.stop_server, false, Action::StopServer(id));
    }
    let is_next = cx.next_server_to_start() == Some(id);
    (words.start_server, is_next, Action::StartServer(id))
}

/// Offers another port where the server's own is taken.
pub(super) fn free_port_ui(ui: &mut Ui, card: Card<'_>) {
    let error = card.endpoint.status.error.as_ref();
    let is_taken = error.is_some_and(|(_, error)| error.is_port_taken());
    if is_taken && button::plain(ui, card.cx.words.cards.use_free_port).clicked() {
        card.cx.push(Action::UseFreePort(card.form.id));
    }
}

/// Shows what is rarely changed. What only applies at the next start is disabled while the server listens.
pub(super) fn options_ui(ui: &mut Ui, card: Card<'_>, edited: &mut ServerForm, typed: &mut Typed) {
    let (language, words) = (card.cx.words, &card.cx.words.cards);
    let listens = card.endpoint.bound().is_some();
    let problem = edited.parse().err();
    if listens {
        accepting_ui(ui, card);
    }
    ui.add_enabled_ui(!listens, |ui| {
        let at = (problem.as_ref(), Field::Backlog);
        text_ui(ui, language, words.backlog, &mut edited.backlog_text, at)
            .on_hover_text(words.backlog_why)
            .on_disabled_hover_text(words.stop_to_change);
        if edited.bind.transport == Transport::Unix {
            let at = (problem.as_ref(), Field::Mode);
            text_ui(ui, language, words.mode, &mut edited.mode_text, at)
                .on_hover_text(words.mode_why);
        }
    });
    behaviour::options_ui(ui, card, &mut edited.behaviour, problem.as_ref());
    behaviour::greeting_ui(ui, card, &mut edited.behaviour, &edited.protocol, typed);
    if listens {
        small_label(ui, words.new_data);
    }
    protocol_ui(ui, language, &mut edited.protocol);
    if edited.bind.transport == Transport::Tcp {
        ui.add_enabled_ui(!listens, |ui| {
            socket_ui(ui, language, &mut edited.socket, problem.as_ref(), false);
        });
    }
}

/// Shows what the listening server does with new connections.
fn accepting_ui(ui: &mut Ui, card: Card<'_>) {
    let words = &card.cx.words.cards;
    let EndpointState::Listening { accepting, .. } = &card.endpoint.status.state else {
        return;
    };
    let choices = [
        (Accepting::Accept, words.accept),
        (Accepting::Close, words.accept_and_close),
        (Accepting::Stop, words.stop_accepting),
    ];
    let mut chosen = *accepting;
    field::row(ui, words.new_connections, |ui, label| {
        let width = ui.available_width();
        choice::list(ui, words.new_connections, width, &mut chosen, &choices)
            .labelled_by(label)
            .on_hover_text(words.new_connections_why);
    });
    if chosen != *accepting {
        card.cx.push(Action::Accept(card.form.id, chosen));
    }
}
