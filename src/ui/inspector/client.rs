//! The settings of a client: where it connects to, and how.

use egui::{Label, RichText, Ui};

use super::super::Tokens;
use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{choice, field, muted_label, small_label};
use super::bind::{network_ui, path_ui, transport_ui};
use super::form::{is_entered, text_ui, wrong_ui};
use crate::model::{EndpointModel, Model};
use crate::net::Network;
use crate::workspace::{
    ClientForm, EndpointForm, EndpointKind, FormField, TargetForm, TransportKind,
};

/// Shows where the client connects to.
pub(super) fn place_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, edited: &mut ClientForm) {
    target_ui(ui, shown.cx, edited, shown.is_idle());
    if !shown.is_idle() {
        small_label(ui, shown.cx.words.endpoints.disconnect_to_change);
    }
}

/// Shows how the client connects.
pub(super) fn connecting_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, edited: &mut ClientForm) {
    let (language, words) = (shown.cx.words, &shown.cx.words.endpoints);
    let problem = shown.endpoint.setup_problem.as_ref();
    ui.add_enabled_ui(shown.is_idle(), |ui| {
        let is_udp = shown.transport().is_udp();
        if is_udp {
            muted_label(ui, words.connect_of_datagrams_why);
        } else {
            let at = (problem, FormField::ConnectTimeout);
            let text = &mut edited.connect_timeout_text;
            text_ui(ui, language, words.connect_timeout, text, at)
                .on_hover_text(words.connect_timeout_why);
        }
        let why = if is_udp {
            words.reconnect_of_datagrams_why
        } else {
            words.reconnect_why
        };
        let at = (problem, FormField::Reconnect);
        let text = &mut edited.reconnect_text;
        text_ui(ui, language, words.reconnect, text, at).on_hover_text(why);
    });
}

/// Shows what the client connects to.
fn target_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm, is_idle: bool) {
    let words = &model.words.endpoints;
    ui.add_enabled_ui(is_idle, |ui| {
        field::row(ui, words.target, |ui, label| {
            let forms = model.document.endpoints.iter();
            let servers = forms.filter(|it| matches!(it.kind, EndpointKind::Server(_)));
            let named = |it: &EndpointForm| TargetForm::Server(it.id);
            let mut choices: Vec<_> = servers.map(|it| (named(it), it.name.as_str())).collect();
            choices.push((TargetForm::Address, words.host_and_port));
            let width = ui.available_width();
            let (name, target) = (words.target, &mut edited.target);
            choice::list(ui, name, width, target, &choices).labelled_by(label);
        });
        match edited.target {
            TargetForm::Server(server) => follows_ui(ui, model, server),
            TargetForm::Address => address_ui(ui, model, edited),
        }
    });
}

/// Shows the address of the server that the client follows.
fn follows_ui(ui: &mut Ui, model: &Model, server: crate::net::EndpointId) {
    let bound = model.endpoints.get(&server).and_then(EndpointModel::bound);
    let form = model.document.endpoint(server);
    let is_in_lab = form.is_some_and(|it| it.network() == Network::Lab);
    let (text, font) = match bound {
        Some(bound) if is_in_lab => {
            let address = bound.reachable().to_string();
            (
                format!("→ {}", model.words.endpoints.in_lab(&address)),
                Tokens::data(),
            )
        }
        Some(bound) => (format!("→ {}", bound.reachable()), Tokens::data()),
        None => (
            model.words.endpoints.not_listening.to_owned(),
            Tokens::small(),
        ),
    };
    let text = RichText::new(text).font(font);
    ui.add(Label::new(text.color(Tokens::of(ui).muted_text)).truncate());
}

fn address_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm) {
    let words = &model.words.endpoints;
    let problem = edited.parse(None).err();
    transport_ui(ui, words, &mut edited.remote.transport);
    if edited.remote.transport == TransportKind::Unix {
        path_ui(ui, model, &mut edited.remote, problem.as_ref());
        return;
    }
    network_ui(ui, words, &mut edited.network);
    field::row(ui, words.remote_host, |ui, label| {
        let width = ui.available_width();
        let text = &mut edited.remote.host_text;
        let response = field::input(ui, words.remote_host, text, width).labelled_by(label);
        if is_entered(ui, &response) {
            edited.remote = edited.remote.taken_apart();
        }
    });
    wrong_ui(ui, problem.as_ref(), FormField::RemoteHost, model.words);
    field::row(ui, words.remote_port, |ui, label| {
        let text = &mut edited.remote.port_text;
        field::input(ui, words.remote_port, text, 80.0).labelled_by(label);
    });
    wrong_ui(ui, problem.as_ref(), FormField::RemotePort, model.words);
}
