//! Where a server listens: the fields before it does, the address that the system gave once it does.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use egui::{Align, FontId, Label, Layout, Popup, RichText, Ui};

use super::super::action::Action;
use super::super::theme::Tokens;
use super::super::widgets::{button, field, spoken_label};
use super::frame::{is_entered, problem_of};
use crate::capture::EndpointState;
use crate::model::Model;
use crate::workspace::{Field, ServerForm, bind_choices, lan_address};

/// Shows the fields `Bind address` and `Bind port`, with the list of this machine's addresses.
pub(super) fn fields_ui(
    ui: &mut Ui,
    model: &Model,
    edited: &mut ServerForm,
    actions: &mut Vec<Action>,
) {
    let words = model.words;
    let problem = edited.parse().err();
    field::row(ui, "Bind address", |ui, label| {
        let menu_width = 26.0;
        let width = ui.available_width() - menu_width - ui.spacing().item_spacing.x;
        let response = field::input(ui, "Bind address", &mut edited.bind_address_text, width);
        let response = response.labelled_by(label);
        edited.dual_stack &= !response.changed();
        if is_entered(ui, &response) {
            *edited = edited.taken_apart();
        }
        let list = button::drop_down(ui).accessible_name("Choose an address of this machine");
        if list.clicked() {
            actions.push(Action::RefreshInterfaces);
        }
        Popup::menu(&list).show(|ui| choices_ui(ui, model, edited));
    });
    field::problem(
        ui,
        problem_of(problem.as_ref(), Field::BindAddress, words).as_deref(),
    );
    field::row(ui, "Bind port", |ui, label| {
        let response = field::input(ui, "Bind port", &mut edited.bind_port_text, 80.0);
        let response = response
            .labelled_by(label)
            .on_hover_text("0 takes any free port");
        if response.changed() {
            edited.bind_port_text = edited.bind_port_text.trim().to_owned();
        }
        if edited.dual_stack {
            ui.colored_label(Tokens::of(ui).muted_text, "IPv4 and IPv6");
        }
    });
    field::problem(
        ui,
        problem_of(problem.as_ref(), Field::BindPort, words).as_deref(),
    );
    if is_reachable_by_others(&edited.bind_address_text) {
        reachable_ui(ui);
    }
}

fn choices_ui(ui: &mut Ui, model: &Model, edited: &mut ServerForm) {
    for choice in bind_choices(&model.interfaces) {
        let text = &choice.address_text;
        let chosen = edited.bind_address_text == *text && edited.dual_stack == choice.dual_stack;
        let words = (
            RichText::new(text).monospace(),
            RichText::new(&choice.label).weak(),
        );
        let response = ui.selectable_label(chosen, words);
        let name = format!("{text}, {}", choice.label);
        if response.accessible_name(name).clicked() {
            edited.bind_address_text = choice.address_text;
            edited.dual_stack = choice.dual_stack;
            ui.close();
        }
    }
}

fn is_reachable_by_others(address: &str) -> bool {
    address
        .trim()
        .parse::<IpAddr>()
        .is_ok_and(|ip| !ip.is_loopback())
}

fn reachable_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let words = RichText::new("Reachable by others on the network")
        .color(tokens.caution)
        .size(tokens.small_size);
    ui.label(words);
}

/// Shows where the server listens, to be copied; where that is every address, those that others can use too.
pub(super) fn bound_ui(
    ui: &mut Ui,
    model: &Model,
    state: &EndpointState,
    actions: &mut Vec<Action>,
) {
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
    address_ui(
        ui,
        &local.to_string(),
        &format!("Listening on {local}"),
        actions,
    );
    let mut words = match backlog.effective {
        Some(effective) if effective < backlog.requested => {
            format!("backlog {effective} of {} asked for", backlog.requested)
        }
        _ => format!("backlog {}", backlog.requested),
    };
    if *dual_stack {
        words += ", IPv4 and IPv6";
    }
    ui.label(
        RichText::new(words)
            .color(tokens.muted_text)
            .size(tokens.small_size),
    );
    if !local.ip().is_loopback() {
        reachable_ui(ui);
    }
    let families = [local.ip(), IpAddr::V4(Ipv4Addr::UNSPECIFIED)];
    let of_bound =
        |ip: &&IpAddr| **ip == local.ip() || (*dual_stack && local.ip().is_unspecified());
    let mut addresses: Vec<_> = families
        .iter()
        .filter(of_bound)
        .filter_map(|ip| lan_address(*ip, &model.interfaces))
        .collect();
    addresses.dedup();
    for address in addresses {
        let text = SocketAddr::new(address, local.port()).to_string();
        address_ui(ui, &text, &format!("Reachable at {text}"), actions);
    }
}

/// Shows an address that a click copies.
fn address_ui(ui: &mut Ui, address: &str, spoken: &str, actions: &mut Vec<Action>) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = RichText::new("Copy")
                .color(tokens.muted_text)
                .size(tokens.small_size);
            let copy = button::quiet(ui, words).accessible_name(format!("Copy {address}"));
            if copy.on_hover_text("Copy the address").clicked() {
                actions.push(Action::CopyText(address.to_owned()));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(address).font(FontId::monospace(tokens.data_size));
                spoken_label(ui, Label::new(text).truncate(), spoken);
            });
        });
    });
}
