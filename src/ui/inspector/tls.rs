//! The settings of TLS. They apply to connections from the next start on.

use egui::Ui;

use super::super::endpoint::Shown;
use super::super::widgets::{button, choice, field, muted_label};
use super::super::{Action, Tokens};
use super::form::{problem_of, section_ui, text_ui};
use crate::net::tls::TrustingProgram;
use crate::words::tls_setup::TlsSetups;
use crate::workspace::{ClientTlsForm, EndpointKind, Field, FieldError, ServerTlsForm, Worded};

/// Shows the settings.
pub(super) fn tls_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    edited: &mut EndpointKind,
    problem: Option<&FieldError>,
) {
    let (words, stop_first) = (
        &shown.cx.words.tls_setups,
        shown.cx.words.endpoints.stop_first,
    );
    section_ui(ui, words.heading, true, |ui| {
        muted_label(ui, words.about_server);
        let settings = ui.add_enabled_ui(shown.is_idle(), |ui| match edited {
            EndpointKind::Server(form) => server_ui(ui, shown, &mut form.tls, problem),
            EndpointKind::Client(form) => client_ui(ui, shown, &mut form.tls, problem),
        });
        settings.response.on_disabled_hover_text(stop_first);
        trust_ui(ui, shown);
    });
}

fn server_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    edited: &mut ServerTlsForm,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.tls_setups;
    let ServerTlsForm {
        certificate_text,
        key_text,
        roots_text,
        ..
    } = edited;
    begins_ui(ui, words, &mut edited.on_request);
    let hint = words.made_hint;
    path_ui(
        ui,
        words.certificate,
        words.certificate_why,
        certificate_text,
        hint,
    );
    if certificate_text.trim().is_empty() {
        named_ui(ui, words.flaw, &mut edited.flaw, |it| words.flaw_name(it))
            .on_hover_text(words.flaw_why);
    } else {
        let hint = words.same_file_hint;
        path_ui(ui, words.key, words.key_why, key_text, hint);
        field::problem(
            ui,
            problem_of(problem, Field::TlsFlaw, shown.cx.words).as_deref(),
        );
    }
    named_ui(ui, words.clients, &mut edited.clients, |it| {
        words.clients_name(it)
    });
    if edited.clients != crate::net::tls::ClientCertificate::No {
        let hint = words.own_roots_hint;
        path_ui(
            ui,
            words.client_roots,
            words.client_roots_why,
            roots_text,
            hint,
        );
    }
    named_ui(ui, words.versions, &mut edited.versions, |it| {
        words.versions_name(it)
    });
    alpn_ui(ui, shown, &mut edited.alpn_text, problem);
    named_ui(ui, words.fault, &mut edited.fault, |it| {
        words.fault_name(it)
    })
    .on_hover_text(words.fault_why);
}

fn client_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    edited: &mut ClientTlsForm,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.tls_setups;
    begins_ui(ui, words, &mut edited.on_request);
    if !edited.unchecked {
        let (text, hint) = (&mut edited.roots_text, words.system_roots_hint);
        path_ui(ui, words.roots, words.roots_why, text, hint);
    }
    ui.checkbox(&mut edited.unchecked, words.unchecked);
    if edited.unchecked {
        let tokens = Tokens::of(ui);
        let warning = Tokens::small_words(words.unchecked_why, tokens.caution);
        ui.label(warning);
    }
    if edited.sends_name {
        let (text, hint) = (&mut edited.name_text, words.target_hint);
        path_ui(ui, words.server_name, words.server_name_why, text, hint);
    }
    ui.checkbox(&mut edited.sends_name, words.sends_name);
    named_ui(ui, words.versions, &mut edited.versions, |it| {
        words.versions_name(it)
    });
    alpn_ui(ui, shown, &mut edited.alpn_text, problem);
    let (text, hint) = (&mut edited.certificate_text, words.no_certificate_hint);
    path_ui(ui, words.certificate, words.certificate_why, text, hint);
    if edited.certificate_text.trim().is_empty() {
        ui.checkbox(&mut edited.own_certificate, words.own_certificate)
            .on_hover_text(words.own_certificate_why);
    } else {
        let (text, hint) = (&mut edited.key_text, words.same_file_hint);
        path_ui(ui, words.key, words.key_why, text, hint);
    }
}

fn begins_ui(ui: &mut Ui, words: &TlsSetups, on_request: &mut bool) {
    let choices = [(false, words.at_once), (true, words.on_request)];
    field::row(ui, words.begins, |ui, label| {
        let width = ui.available_width();
        choice::list(ui, words.begins, width, on_request, &choices)
            .labelled_by(label)
            .on_hover_text(words.on_request_why);
    });
}

fn alpn_ui(ui: &mut Ui, shown: Shown<'_>, text: &mut String, problem: Option<&FieldError>) {
    let words = &shown.cx.words.tls_setups;
    let at = (problem, Field::Alpn);
    text_ui(ui, shown.cx.words, words.alpn, text, at).on_hover_text(words.alpn_why);
}

/// Shows a field with what it stands for while it is empty.
fn path_ui(ui: &mut Ui, name: &str, why: &str, text: &mut String, hint: &str) {
    field::row(ui, name, |ui, label| {
        let width = ui.available_width();
        field::input_with_hint(ui, name, text, width, hint)
            .labelled_by(label)
            .on_hover_text(why);
    });
}

/// Shows a choice among all that there are.
fn named_ui<T: Worded>(
    ui: &mut Ui,
    name: &str,
    chosen: &mut T,
    name_of: impl Fn(T) -> &'static str,
) -> egui::Response {
    let choices: Vec<_> = T::WORDS.iter().map(|(_, it)| (*it, name_of(*it))).collect();
    field::row(ui, name, |ui, label| {
        let width = ui.available_width();
        choice::list(ui, name, width, chosen, &choices).labelled_by(label)
    })
}

/// Shows how programs are made to trust the own authority.
fn trust_ui(ui: &mut Ui, shown: Shown<'_>) {
    let words = &shown.cx.words.tls_setups;
    let Some(path) = shown.cx.authority.clone() else {
        return;
    };
    let menu = ui.menu_button(words.trust, |ui| {
        for program in TrustingProgram::ALL {
            let name = words.trusting(words.program_name(program));
            if let Some(how) = program.how(&path)
                && button::menu_item(ui, &name)
            {
                shown.cx.push(Action::CopyText(how));
            }
        }
        if button::menu_item(ui, words.copy_path) {
            let path = path.display().to_string();
            shown.cx.push(Action::CopyText(path));
        }
    });
    menu.response.on_hover_text(words.trust_why);
}
