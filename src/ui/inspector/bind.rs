//! Where a server listens: the fields while it is stopped, the bound address while it listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use egui::{Align, Label, Layout, Popup, RichText, Ui};

use super::super::widgets::{button, choice, field, spoken_label};
use super::super::{Action, Cx, Tokens};
use super::form::{is_entered, text_ui, wrong_ui};
use crate::capture::EndpointState;
use crate::model::Model;
use crate::net::Network;
use crate::words::InWords as _;
use crate::words::endpoints::Endpoints;
use crate::workspace::{
    AddressForm, BindScope, FieldError, FormField, ServerForm, TransportKind, bind_choices,
    lan_address,
};

/// Shows the fields `Bind address` and `Bind port`, with the list of this machine's addresses.
pub(super) fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, edited: &mut ServerForm) {
    let words = &cx.words.endpoints;
    let problem = edited.parse().err();
    transport_ui(ui, words, &mut edited.bind.transport);
    if edited.bind.transport == TransportKind::Unix {
        path_ui(ui, cx, &mut edited.bind, problem.as_ref());
        return;
    }
    network_ui(ui, words, &mut edited.network);
    if edited.network == Network::Lab {
        let at = |of| (problem.as_ref(), of);
        let (language, delay, loss) = (
            cx.words,
            (words.lab_delay, &mut edited.lab_delay_text),
            (words.lab_loss, &mut edited.lab_loss_text),
        );
        text_ui(ui, language, delay.0, delay.1, at(FormField::LabDelay))
            .on_hover_text(words.lab_delay_why);
        text_ui(ui, language, loss.0, loss.1, at(FormField::LabLoss))
            .on_hover_text(words.lab_loss_why);
    }
    field::row(ui, words.bind_address, |ui, label| {
        let menu_width = Tokens::CONTROL_HEIGHT + ui.spacing().item_spacing.x;
        let width = ui.available_width() - menu_width;
        let response = field::input(ui, words.bind_address, &mut edited.bind.host_text, width);
        let response = response.labelled_by(label);
        edited.dual_stack &= !response.changed();
        if is_entered(ui, &response) {
            edited.bind = edited.bind.taken_apart();
        }
        let list = button::drop_down(ui).accessible_name(words.choose_address);
        if list.clicked() {
            cx.push(Action::RefreshInterfaces);
        }
        Popup::menu(&list).show(|ui| choices_ui(ui, cx, edited));
    });
    wrong_ui(ui, problem.as_ref(), FormField::BindAddress, cx.words);
    field::row(ui, words.bind_port, |ui, label| {
        let response = field::input(ui, words.bind_port, &mut edited.bind.port_text, 80.0);
        let response = response.labelled_by(label).on_hover_text(words.any_port);
        if response.changed() {
            edited.bind.port_text = edited.bind.port_text.trim().to_owned();
        }
        if edited.dual_stack {
            ui.colored_label(Tokens::of(ui).muted_text, words.both_families);
        }
    });
    wrong_ui(ui, problem.as_ref(), FormField::BindPort, cx.words);
    let is_open = edited.network == Network::System;
    if is_open && is_reachable_by_others(&edited.bind.host_text) {
        reachable_ui(ui, words);
    }
}

/// Shows the choice `TransportKind`, where there is more than one.
pub(super) fn transport_ui(ui: &mut Ui, words: &Endpoints, transport: &mut TransportKind) {
    let choices: Vec<_> = TransportKind::HERE
        .iter()
        .map(|it| (*it, words.transport_name(*it)))
        .collect();
    if choices.len() > 1 {
        field::row(ui, words.transport, |ui, label| {
            let width = ui.available_width();
            choice::list(ui, words.transport, width, transport, &choices).labelled_by(label);
        });
    }
}

/// Shows the choice `Network`. Where there is no lab, it is shown only to leave one that a document names.
pub(super) fn network_ui(ui: &mut Ui, words: &Endpoints, network: &mut Network) {
    if cfg!(not(target_os = "linux")) && *network == Network::System {
        return;
    }
    let choices = [
        (Network::System, words.system_network),
        (Network::Lab, words.lab),
    ];
    field::row(ui, words.network, |ui, label| {
        let width = ui.available_width();
        choice::list(ui, words.network, width, network, &choices)
            .labelled_by(label)
            .on_hover_text(words.network_why);
    });
}

/// Shows the field `Socket path`.
pub(super) fn path_ui(
    ui: &mut Ui,
    model: &Model,
    edited: &mut AddressForm,
    problem: Option<&FieldError>,
) {
    let words = &model.words.endpoints;
    // Nothing is wrong with a path that nobody has had the time to write.
    let mut was_left = !edited.path_text.trim().is_empty();
    field::row(ui, words.socket_path, |ui, label| {
        let width = ui.available_width();
        let response = field::input(ui, words.socket_path, &mut edited.path_text, width);
        let response = response
            .labelled_by(label)
            .on_hover_text(words.socket_path_why);
        let left = response.id.with("left");
        if response.lost_focus() {
            ui.data_mut(|data| data.insert_temp(left, true));
        }
        was_left |= ui.data(|data| data.get_temp(left)).unwrap_or(false);
        if is_entered(ui, &response) {
            *edited = edited.taken_apart();
        }
    });
    let problem = problem.filter(|_| was_left);
    wrong_ui(ui, problem, FormField::SocketPath, model.words);
}

fn choices_ui(ui: &mut Ui, model: &Model, edited: &mut ServerForm) {
    for choice in bind_choices(&model.interfaces) {
        let text = &choice.address_text;
        let is_dual = choice.scope == BindScope::DualStack;
        let about = choice.scope.in_words(model.words);
        let chosen = edited.bind.host_text == *text && edited.dual_stack == is_dual;
        let (address, meaning) = (RichText::new(text), RichText::new(&about));
        let response = ui.selectable_label(chosen, (address.monospace(), meaning.weak()));
        let name = model.words.endpoints.address_choice(text, &about);
        if response.accessible_name(name).clicked() {
            edited.bind.host_text = choice.address_text;
            edited.dual_stack = is_dual;
            ui.close();
        }
    }
}

fn is_reachable_by_others(address: &str) -> bool {
    let address = address.trim().parse::<IpAddr>();
    address.is_ok_and(|ip| !ip.is_loopback())
}

fn reachable_ui(ui: &mut Ui, words: &Endpoints) {
    let tokens = Tokens::of(ui);
    ui.label(Tokens::small_words(words.reachable, tokens.caution));
}

/// Shows the bound address; if the server listens on all addresses, also those that others can reach.
pub(super) fn bound_ui(ui: &mut Ui, cx: &Cx<'_>, network: Network, state: &EndpointState) {
    let EndpointState::Listening {
        local,
        backlog,
        dual_stack,
        ..
    } = state
    else {
        return;
    };
    let tokens = Tokens::of(ui);
    let words = &cx.words.endpoints;
    let text = local.to_string();
    address_ui(ui, cx, &text, &words.listening_on(&text));
    let mut about = match backlog.map(|it| (it.effective, it.requested)) {
        Some((Some(effective), requested)) if effective < requested => {
            words.backlog_capped(effective, requested)
        }
        Some((_, requested)) => words.backlog_of(requested),
        None => words.no_backlog.to_owned(),
    };
    if *dual_stack {
        about = words.dual_stack(&about);
    }
    if network == Network::Lab {
        about = words.in_lab(&about);
    }
    ui.label(Tokens::small_words(about, tokens.muted_text));
    // A Unix socket is reached by this machine's programs only, the lab by its endpoints.
    let Some(local) = local.ip().filter(|_| network == Network::System) else {
        return;
    };
    if !local.ip().is_loopback() {
        reachable_ui(ui, words);
    }
    let families = [local.ip(), IpAddr::V4(Ipv4Addr::UNSPECIFIED)];
    let of_bound =
        |ip: &&IpAddr| **ip == local.ip() || (*dual_stack && local.ip().is_unspecified());
    let mut addresses: Vec<_> = families
        .iter()
        .filter(of_bound)
        .filter_map(|ip| lan_address(*ip, &cx.interfaces))
        .collect();
    addresses.dedup();
    for address in addresses {
        let text = SocketAddr::new(address, local.port()).to_string();
        address_ui(ui, cx, &text, &words.reachable_at(&text));
    }
}

/// Shows an address with a button that copies it.
fn address_ui(ui: &mut Ui, cx: &Cx<'_>, address: &str, spoken: &str) {
    let (tokens, words) = (Tokens::of(ui), &cx.words.endpoints);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = Tokens::small_words(words.copy, tokens.muted_text);
            let copy = button::quiet(ui, text).accessible_name(words.copy_this(address));
            if copy.on_hover_text(words.copy_address).clicked() {
                cx.push(Action::CopyText(address.to_owned()));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(address).font(Tokens::data());
                spoken_label(ui, Label::new(text).truncate(), spoken);
            });
        });
    });
}
