//! The exchange with one peer over UDP: what came and went, and until when the peer is remembered. There are no states to
//! show: UDP has none.

use std::time::SystemTime;

use egui::Ui;

use super::super::super::clock;
use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::{alert, muted_label};
use super::facts::{self, FactLine};
use crate::capture::ConnectionStatus;
use crate::net::{DEFAULT_FORGET_AFTER, Role};
use crate::workspace::{EndpointKind, parse_forget_after};

/// Says what UDP is instead of a connection, and what got lost on the way.
pub(super) fn ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    if !status.state.is_live() {
        return muted_label(ui, words.udp_new_again);
    }
    muted_label(ui, words.udp_no_states);
    if status.undelivered > 0 {
        alert::block(ui, &words.udp_undelivered_why(status.undelivered), None);
    } else if status.connection.role == Role::Client && status.writes > 0 && status.reads == 0 {
        muted_label(ui, words.udp_nothing_came);
    }
}

/// Shows who the peer is, what came and went, and when it is forgotten.
pub(super) fn facts_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let fact = |name, text: Option<String>, why| text.map(|text| FactLine { name, text, why });
    let live = status.state.is_live();
    let since = if status.connection.role == Role::Server {
        words.udp_first
    } else {
        words.opened
    };
    let amount = |datagrams, bytes| Some(words.datagrams_of(datagrams, bytes));
    let undelivered =
        (status.undelivered > 0).then(|| words.datagrams_undelivered_of(status.undelivered));
    let forgotten = forgotten_at(shown, status).filter(|_| live);
    let facts = [
        fact(
            words.local_address,
            status.local.as_ref().map(ToString::to_string),
            Some(words.udp_local_why),
        ),
        fact(words.peer_address, Some(status.peer.to_string()), None),
        fact(since, Some(clock::micros(status.since)), None),
        fact(
            words.udp_last,
            Some(clock::micros(status.last_activity)),
            None,
        ),
        fact(
            words.udp_forgotten_at,
            forgotten.map(clock::seconds),
            Some(words.udp_forgotten_at_why),
        ),
        fact(
            words.received,
            amount(status.reads, status.received_bytes),
            None,
        ),
        fact(words.sent, amount(status.writes, status.sent_bytes), None),
        fact(
            words.udp_undelivered,
            undelivered,
            Some(words.udp_undelivered_hint),
        ),
    ];
    facts::grid_ui(ui, shown.cx.words, facts.into_iter().flatten());
}

/// Returns when the peer is forgotten if nothing comes or goes any more. The target of a client never is.
fn forgotten_at(shown: ShownEndpoint<'_>, status: &ConnectionStatus) -> Option<SystemTime> {
    let target = shown.endpoint.connected();
    if target.is_some_and(|it| it.connection == status.connection) {
        return None;
    }
    let form = match &shown.form.kind {
        EndpointKind::Server(server) => &server.udp,
        EndpointKind::Client(client) => &client.udp,
    };
    // It cannot be changed while the endpoint runs.
    let after = match form.forget_after_text.trim() {
        "" => DEFAULT_FORGET_AFTER,
        text => parse_forget_after(text).ok()?,
    };
    status.last_activity.checked_add(after)
}
