//! How the connection's TLS stands: the version, the suite, whose certificate was shown, and whether it was checked.

use egui::{Label, RichText, Ui};

use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::{button, muted_label};
use super::super::super::{Action, Tokens, Wish};
use crate::capture::{ConnectionStatus, ConnectionTls, TlsSummary};
use crate::net::tls::ChainCheck;

/// Shows it. Nothing for a connection that was never meant to be encrypted.
pub(super) fn ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.tls_statuses;
    match &status.tls {
        ConnectionTls::Plain if shown.cx.can_start_tls(status) => muted_label(ui, words.plain),
        ConnectionTls::Begun if status.state.is_live() => muted_label(ui, words.begun),
        ConnectionTls::Plain | ConnectionTls::Begun => {}
        ConnectionTls::Agreed(summary) => agreed_ui(ui, shown, summary),
    }
}

fn agreed_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, summary: &TlsSummary) {
    let (language, words) = (shown.cx.words, &shown.cx.words.tls_statuses);
    let tokens = Tokens::of(ui);
    ui.add_space(4.0);
    let agreed = RichText::new(language.tls_in_short(summary)).font(Tokens::data());
    ui.add(
        Label::new(agreed.color(tokens.text))
            .wrap()
            .selectable(true),
    );
    muted_label(ui, language.tls_peer_in_short(summary));
    if summary.check == ChainCheck::Unchecked {
        let unchecked = RichText::new(words.unchecked).color(tokens.caution);
        ui.add(Label::new(unchecked).wrap());
    }
    let show = button::plain(ui, words.show).on_hover_text(words.show_why);
    if show.clicked() {
        shown.show_live(Action::LeaveConversation);
        shown.cx.wish(Wish::GoTo(summary.entry));
    }
}
