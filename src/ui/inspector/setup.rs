//! The settings of an endpoint, in the order in which they are needed.

use egui::Ui;

use super::super::Action;
use super::super::endpoint::Shown;
use super::super::widgets::{alert, small_label};
use super::behaviour::{self, Typed};
use super::form::section_ui;
use super::protocol::protocol_ui;
use super::sequences::Sequences;
use super::{client, server, socket};
use crate::workspace::{BehaviourForm, EndpointKind, FieldError, ProtocolForm, Transport};

/// Shows the settings of a server or a client. What only applies at the next start is disabled while it runs.
pub(super) fn ui(ui: &mut Ui, shown: Shown<'_>, typed: &mut Typed, sequences: &mut Sequences) {
    let mut edited = shown.form.kind.clone();
    let words = &shown.cx.words.endpoints;
    let problem = shown.endpoint.setup_problem.as_ref();
    if problem.is_some() && !shown.is_idle() {
        alert::block(ui, words.not_applied_why, None);
    }
    match &mut edited {
        EndpointKind::Server(server) => {
            server::place_ui(ui, shown, server);
            let (behaviour, protocol) = (&mut server.behaviour, &server.protocol);
            behaviour_ui(ui, shown, (behaviour, problem), protocol, typed);
            section_ui(ui, words.accepting, false, |ui| {
                server::accepting_ui(ui, shown, server);
            });
        }
        EndpointKind::Client(client) => {
            client::place_ui(ui, shown, client);
            let (behaviour, protocol) = (&mut client.behaviour, &client.protocol);
            behaviour_ui(ui, shown, (behaviour, problem), protocol, typed);
            let has_any = !client.sequences.is_empty();
            section_ui(ui, shown.cx.words.sequences.heading, has_any, |ui| {
                sequences.ui(ui, shown, client);
            });
            section_ui(ui, words.connecting_section, false, |ui| {
                client::connecting_ui(ui, shown, client);
            });
        }
    }
    let protocol = edited.protocol_mut();
    section_ui(ui, words.how_read, true, |ui| {
        small_label(ui, shown.cx.words.protocol.recorded_data);
        protocol_ui(ui, shown.cx.words, protocol);
    });
    socket_ui(ui, shown, &mut edited, problem);
    typed.leave(edited.behaviour_mut());
    if edited != shown.form.kind {
        shown.cx.push(Action::Edit(shown.form.id, Box::new(edited)));
    }
}

/// Shows what the endpoint does by itself.
fn behaviour_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (edited, problem): (&mut BehaviourForm, Option<&FieldError>),
    protocol: &ProtocolForm,
    typed: &mut Typed,
) {
    let words = &shown.cx.words.endpoints;
    section_ui(ui, words.behaviour, true, |ui| {
        if !shown.is_idle() {
            small_label(ui, words.new_data);
        }
        behaviour::reply_ui(ui, shown, edited, protocol, typed);
        behaviour::options_ui(ui, shown, edited, problem);
    });
    section_ui(ui, words.greeting, false, |ui| {
        behaviour::greeting_ui(ui, shown, edited, protocol, typed);
    });
}

fn socket_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    edited: &mut EndpointKind,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.endpoints;
    let is_idle = shown.is_idle();
    let (transport, socket, is_client) = match edited {
        EndpointKind::Server(server) => (server.bind.transport, &mut server.socket, false),
        EndpointKind::Client(client) => (client.remote.transport, &mut client.socket, true),
    };
    if transport != Transport::Tcp {
        return;
    }
    section_ui(ui, words.socket_options, false, |ui| {
        if !is_idle {
            small_label(ui, words.stop_to_change);
        }
        ui.add_enabled_ui(is_idle, |ui| {
            socket::options_ui(ui, shown.cx.words, problem, is_client, socket);
        });
    });
}
