//! The settings that only UDP has: when a peer is forgotten, and multicast.

use egui::Ui;

use super::super::widgets::explain_disabled;
use super::form::text_ui;
use crate::words::Language;
use crate::words::endpoints::Endpoints;
use crate::workspace::{FieldError, FormField, UdpForm};

/// Shows after how long a silence a peer is forgotten.
pub(super) fn forgetting_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    is_idle: bool,
    edited: &mut UdpForm,
) {
    option_ui(
        ui,
        language,
        problem,
        (FormField::ForgetAfter, is_idle),
        edited,
    );
}

/// Shows the options of multicast; only a server joins groups.
pub(super) fn multicast_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    (is_idle, is_server): (bool, bool),
    edited: &mut UdpForm,
) {
    if is_server {
        option_ui(ui, language, problem, (FormField::Groups, is_idle), edited);
    }
    for of in [FormField::Interface, FormField::MulticastTtl] {
        option_ui(ui, language, problem, (of, is_idle), edited);
    }
    let words = &language.endpoints;
    ui.add_enabled_ui(is_idle, |ui| {
        let loops = ui.checkbox(&mut edited.multicast_loop, words.multicast_loop);
        explain_disabled(
            loops.on_hover_text(words.multicast_loop_why),
            words.stop_first,
        );
    });
}

/// Returns whether any option of multicast is not as it is by default.
pub(super) fn is_used(form: &UdpForm) -> bool {
    let texts = [
        &form.groups_text,
        &form.interface_text,
        &form.multicast_ttl_text,
    ];
    texts.iter().any(|text| !text.trim().is_empty()) || !form.multicast_loop
}

fn option_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    (of, is_idle): (FormField, bool),
    edited: &mut UdpForm,
) {
    let words = &language.endpoints;
    let Some((name, why, text)) = option(words, of, edited) else {
        return;
    };
    ui.add_enabled_ui(is_idle, |ui| {
        let field = text_ui(ui, language, name, text, (problem, of));
        explain_disabled(field.on_hover_text(why), words.stop_first);
    });
}

fn option<'a>(
    words: &'a Endpoints,
    of: FormField,
    edited: &'a mut UdpForm,
) -> Option<(&'a str, &'a str, &'a mut String)> {
    Some(match of {
        FormField::ForgetAfter => (
            words.forget_after,
            words.forget_after_why,
            &mut edited.forget_after_text,
        ),
        FormField::Groups => (words.groups, words.groups_why, &mut edited.groups_text),
        FormField::Interface => (
            words.interface,
            words.interface_why,
            &mut edited.interface_text,
        ),
        FormField::MulticastTtl => (
            words.multicast_ttl,
            words.multicast_ttl_why,
            &mut edited.multicast_ttl_text,
        ),
        _ => return None,
    })
}
