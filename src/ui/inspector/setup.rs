//! The settings of an endpoint, in the order in which they are needed.

use egui::Ui;

use super::super::Action;
use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{alert, muted_label, small_label};
use super::behaviour::{self, Typed};
use super::form::section_ui;
use super::protocol::protocol_ui;
use super::sequences::Sequences;
use super::{client, server, socket, tls, udp};
use crate::workspace::{BehaviourForm, EndpointKind, FieldError, ProtocolForm, TransportKind};

/// Shows the settings of a server or a client. What only applies at the next start is disabled while it runs.
pub(super) fn ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    typed: &mut Typed,
    sequences: &mut Sequences,
) {
    let mut edited = shown.form.kind.clone();
    let words = &shown.cx.words.endpoints;
    let problem = shown.endpoint.setup_problem.as_ref();
    if problem.is_some() && !shown.is_idle() {
        alert::block(ui, words.not_applied_why, None);
    }
    let transport = shown.transport();
    match &mut edited {
        EndpointKind::Server(server) => server::place_ui(ui, shown, server),
        EndpointKind::Client(client) => client::place_ui(ui, shown, client),
    }
    if transport == TransportKind::Tls {
        tls::tls_ui(ui, shown, &mut edited, problem);
    }
    match &mut edited {
        EndpointKind::Server(server) => {
            let (behaviour, protocol) = (&mut server.behaviour, &server.protocol);
            behaviour_ui(ui, shown, (behaviour, problem), protocol, typed);
            if !transport.is_udp() {
                section_ui(ui, words.accepting, false, |ui| {
                    server::accepting_ui(ui, shown, server);
                });
            }
        }
        EndpointKind::Client(client) => {
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
    if transport.is_udp() {
        udp_ui(ui, shown, &mut edited, problem);
    }
    let protocol = edited.protocol_mut();
    section_ui(ui, words.how_read, true, |ui| {
        small_label(ui, shown.cx.words.protocol.recorded_data);
        protocol_ui(ui, shown.cx.words, transport, protocol);
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
    shown: ShownEndpoint<'_>,
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

/// Shows what only UDP has. It applies at the next start.
fn udp_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut EndpointKind,
    problem: Option<&FieldError>,
) {
    let (words, is_idle) = (&shown.cx.words.endpoints, shown.is_idle());
    let (udp, is_server) = match edited {
        EndpointKind::Server(server) => (&mut server.udp, true),
        EndpointKind::Client(client) => (&mut client.udp, false),
    };
    section_ui(ui, words.forgetting, true, |ui| {
        to_change_ui(ui, shown);
        udp::forgetting_ui(ui, shown.cx.words, problem, is_idle, udp);
        muted_label(ui, words.forgetting_why);
    });
    section_ui(ui, words.multicast, udp::is_used(udp), |ui| {
        to_change_ui(ui, shown);
        udp::multicast_ui(ui, shown.cx.words, problem, (is_idle, is_server), udp);
    });
}

/// Says how the settings below can be changed, while the endpoint runs.
fn to_change_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    if shown.is_idle() {
        return;
    }
    let words = &shown.cx.words.endpoints;
    let how = if shown.is_server() {
        words.stop_to_change
    } else {
        words.disconnect_to_change
    };
    small_label(ui, how);
}

fn socket_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut EndpointKind,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.endpoints;
    let is_idle = shown.is_idle();
    let transport = shown.transport();
    let (socket, is_client) = match edited {
        EndpointKind::Server(server) => (&mut server.socket, false),
        EndpointKind::Client(client) => (&mut client.socket, true),
    };
    if transport == TransportKind::Unix {
        return;
    }
    section_ui(ui, words.socket_options, false, |ui| {
        to_change_ui(ui, shown);
        ui.add_enabled_ui(is_idle, |ui| {
            let of = (transport, is_client);
            socket::options_ui(ui, shown.cx.words, problem, of, socket);
        });
    });
}
