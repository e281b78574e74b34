//! The settings of a server: where it listens, and how it accepts.

use egui::Ui;

use super::super::Action;
use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{choice, explain_disabled, field};
use super::bind;
use super::connection::listener_ui;
use super::form::text_ui;
use crate::capture::EndpointState;
use crate::net::Accepting;
use crate::workspace::{FormField, ServerForm, TransportKind};

/// Shows where the server listens.
pub(super) fn place_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, edited: &mut ServerForm) {
    if shown.endpoint.bound().is_some() {
        bind::bound_ui(ui, shown.cx, edited.network, &shown.endpoint.status.state);
    } else {
        bind::fields_ui(ui, shown.cx, edited);
    }
}

/// Shows how connections are accepted.
pub(super) fn accepting_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, edited: &mut ServerForm) {
    let (language, words) = (shown.cx.words, &shown.cx.words.endpoints);
    let listens = shown.endpoint.bound().is_some();
    let problem = edited.parse().err();
    if listens {
        new_connections_ui(ui, shown);
        listener_ui(ui, shown);
    }
    ui.add_enabled_ui(!listens, |ui| {
        let at = (problem.as_ref(), FormField::Backlog);
        let backlog = text_ui(ui, language, words.backlog, &mut edited.backlog_text, at);
        explain_disabled(
            backlog.on_hover_text(words.backlog_why),
            words.stop_to_change,
        );
        if edited.bind.transport == TransportKind::Unix {
            let at = (problem.as_ref(), FormField::Mode);
            text_ui(ui, language, words.mode, &mut edited.mode_text, at)
                .on_hover_text(words.mode_why);
        }
    });
}

/// Shows what the listening server does with new connections.
fn new_connections_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let words = &shown.cx.words.endpoints;
    let EndpointState::Listening { accepting, .. } = &shown.endpoint.status.state else {
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
        shown.cx.push(Action::Accept(shown.form.id, chosen));
    }
}
