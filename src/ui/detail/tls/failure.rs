//! Why a connection's TLS failed, for somebody who does not know TLS: what is wrong in a few words, then line by line.

use egui::accesskit::Role;
use egui::{Label, RichText, Ui, UiBuilder};

use super::super::super::widgets::spoken_label;
use super::super::super::{Cx, Tokens};
use super::facts::named_ui;
use crate::net::tls::TlsFailure;
use crate::words::sentence;

/// Shows a failure.
pub(in crate::ui::detail) fn failure_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &TlsFailure) {
    let tokens = Tokens::of(ui);
    let parts = cx.words.tls_failure_parts(failure);
    let what = sentence(&parts.heading);
    let alert = UiBuilder::new()
        .accessibility_role(Role::Alert)
        .accessibility_label(&what);
    ui.scope_builder(alert, |ui| {
        let heading = RichText::new(&what).font(Tokens::heading());
        ui.add(Label::new(heading.color(tokens.error)).wrap());
    });
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (name, text) in &parts.lines {
            line_ui(ui, name, RichText::new(text).color(tokens.text));
        }
        let (name, text) = &parts.advice;
        let strong = RichText::new(text).family(Tokens::semibold());
        line_ui(ui, name, strong.color(tokens.text));
    });
}

fn line_ui(ui: &mut Ui, name: &str, text: RichText) {
    let spoken = format!("{name}: {}", text.text());
    named_ui(ui, name, |ui| {
        spoken_label(ui, Label::new(text).wrap().selectable(true), &spoken);
    });
}
