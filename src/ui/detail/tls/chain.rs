//! A peer's certificates, its own first: a card for each.

use egui::accesskit::Role;
use egui::{Frame, Label, Margin, RichText, Stroke, Ui, UiBuilder};

use super::super::super::widgets::{button, small_label, spoken_label};
use super::super::super::{Action, Cx, Tokens};
use super::{facts, heading_ui};
use crate::capture::Row;
use crate::net::tls::PeerCertificate;
use crate::payload::pem;
use crate::words::tls_certificate::{CertificateVerdict, ShownCertificate};

/// How many certificates are shown; a hostile peer may send many.
const MOST: usize = 16;
/// The widest card.
const MAX_WIDTH: f32 = 900.0;
/// The label of a certificate in PEM.
const LABEL: &str = "CERTIFICATE";

/// Shows a chain under a heading. Nothing if there is none.
pub(super) fn chain_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &Row,
    (heading, chain): (&str, &[PeerCertificate]),
    verdict: CertificateVerdict<'_>,
) {
    if chain.is_empty() {
        return;
    }
    let words = &cx.words.tls_shown;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        heading_ui(ui, heading);
        if chain.len() > 1 && button::small(ui, words.copy_chain).clicked() {
            let all = chain.iter().map(|it| pem(LABEL, &it.der));
            cx.push(Action::CopyText(all.collect()));
        }
    });
    let role = row.connection.map(|it| it.role);
    for (place, certificate) in chain.iter().enumerate().take(MOST) {
        let at = (place, &certificate.facts);
        let shown = cx.words.shown_certificate(at, verdict, role, row.time);
        let group = UiBuilder::new()
            .id_salt(("certificate", place))
            .accessibility_role(Role::Group)
            .accessibility_label(&shown.title);
        ui.scope_builder(group, |ui| card_ui(ui, cx, certificate, &shown));
    }
    if let Some(more) = chain.len().checked_sub(MOST).filter(|it| *it > 0) {
        let more = words.more_certificates(more as u64);
        small_label(ui, more);
    }
}

fn card_ui(ui: &mut Ui, cx: &Cx<'_>, certificate: &PeerCertificate, shown: &ShownCertificate) {
    let tokens = Tokens::of(ui);
    let words = &cx.words.tls_shown;
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.border))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 8));
    let width = ui.available_width().min(MAX_WIDTH);
    frame.show(ui, |ui| {
        ui.set_width(width - 26.0);
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal_wrapped(|ui| {
            let title = RichText::new(&shown.title).family(Tokens::semibold());
            ui.add(Label::new(title.color(tokens.text)).wrap());
            if button::small(ui, words.copy_pem).clicked() {
                cx.push(Action::CopyText(pem(LABEL, &certificate.der)));
            }
            if button::small(ui, words.copy_fingerprint).clicked() {
                cx.push(Action::CopyText(shown.fingerprint.clone()));
            }
        });
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (text, standing) in &shown.checks {
                facts::check_ui(ui, text, *standing);
            }
        });
        facts::facts_ui(ui, "facts", &shown.facts);
        facts::named_ui(ui, words.fingerprint, |ui| {
            let text = RichText::new(&shown.fingerprint).font(Tokens::small_data());
            let spoken = format!("{}: {}", words.fingerprint, shown.fingerprint);
            let label = Label::new(text.color(tokens.muted_text));
            spoken_label(ui, label.wrap().selectable(true), &spoken);
        });
    });
}
