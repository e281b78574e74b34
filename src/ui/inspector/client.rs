//! A client's shown.

use egui::{ComboBox, Label, RichText, Ui};

use super::super::Tokens;
use super::super::endpoint::Shown;
use super::super::widgets::{choice, field, small_label};
use super::bind::{path_ui, transport_ui};
use super::form::{is_entered, text_ui, wrong_ui};
use crate::model::{EndpointModel, Model};
use crate::workspace::{ClientForm, EndpointKind, Field, TargetForm, Transport};

/// Shows where the client connects to.
pub(super) fn place_ui(ui: &mut Ui, shown: Shown<'_>, edited: &mut ClientForm) {
    target_ui(ui, shown.cx, edited, shown.is_idle());
    if !shown.is_idle() {
        small_label(ui, shown.cx.words.cards.disconnect_to_change);
    }
}

/// Shows how the client connects.
pub(super) fn connecting_ui(ui: &mut Ui, shown: Shown<'_>, edited: &mut ClientForm) {
    let (language, words) = (shown.cx.words, &shown.cx.words.cards);
    let problem = edited.problem();
    ui.add_enabled_ui(shown.is_idle(), |ui| {
        let at = (problem.as_ref(), Field::ConnectTimeout);
        let text = &mut edited.connect_timeout_text;
        text_ui(ui, language, words.connect_timeout, text, at)
            .on_hover_text(words.connect_timeout_why);
    });
}

/// Shows what the client connects to.
fn target_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm, is_idle: bool) {
    let words = &model.words.cards;
    ui.add_enabled_ui(is_idle, |ui| {
        field::row(ui, words.target, |ui, label| {
            let shown = match edited.target {
                TargetForm::Server(id) => model.name(id).unwrap_or(words.choose_server),
                TargetForm::Address => words.host_and_port,
            };
            let combo = ComboBox::from_id_salt("target")
                .icon(choice::combo_icon)
                .selected_text(shown)
                .width(ui.available_width())
                .truncate()
                .show_ui(ui, |ui| {
                    for form in &model.document.endpoints {
                        if matches!(form.kind, EndpointKind::Server(_)) {
                            ui.selectable_value(
                                &mut edited.target,
                                TargetForm::Server(form.id),
                                &form.name,
                            );
                        }
                    }
                    let (target, address) = (&mut edited.target, TargetForm::Address);
                    ui.selectable_value(target, address, words.host_and_port);
                });
            combo
                .response
                .labelled_by(label)
                .accessible_name(words.target);
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
    let (text, font) = match bound {
        Some(bound) => (format!("→ {}", bound.reachable()), Tokens::data()),
        None => (model.words.cards.not_listening.to_owned(), Tokens::small()),
    };
    let text = RichText::new(text).font(font);
    ui.add(Label::new(text.color(Tokens::of(ui).muted_text)).truncate());
}

fn address_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm) {
    let words = &model.words.cards;
    let problem = edited.parse(None).err();
    transport_ui(ui, words, &mut edited.remote.transport);
    if edited.remote.transport == Transport::Unix {
        path_ui(ui, model, &mut edited.remote, problem.as_ref());
        return;
    }
    field::row(ui, words.remote_host, |ui, label| {
        let width = ui.available_width();
        let text = &mut edited.remote.host_text;
        let response = field::input(ui, words.remote_host, text, width).labelled_by(label);
        if is_entered(ui, &response) {
            edited.remote = edited.remote.taken_apart();
        }
    });
    wrong_ui(ui, problem.as_ref(), Field::RemoteHost, model.words);
    field::row(ui, words.remote_port, |ui, label| {
        let text = &mut edited.remote.port_text;
        field::input(ui, words.remote_port, text, 80.0).labelled_by(label);
    });
    wrong_ui(ui, problem.as_ref(), Field::RemotePort, model.words);
}
