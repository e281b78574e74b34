//! The settings of TLS. They apply to connections from the next start on.

use std::path::Path;

use egui::{Label, RichText, Ui};

use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{button, choice, explain_disabled, field, muted_label};
use super::super::{Action, Tokens, path_field};
use super::form::{problem_of, section_ui, text_ui};
use crate::model::{FileChoice, TlsFile};
use crate::net::NetError;
use crate::net::tls::{ClientCertificate, TrustingProgram, Versions};
use crate::words::tls_setup::TlsSetups;
use crate::words::{InWords as _, sentence};
use crate::workspace::{
    ClientForm, ClientTlsForm, EndpointKind, FieldError, FormField, ServerTlsForm, Worded,
};

/// Shows the settings.
pub(super) fn tls_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut EndpointKind,
    problem: Option<&FieldError>,
) {
    let (words, stop_first) = (
        &shown.cx.words.tls_setups,
        shown.cx.words.endpoints.stop_first,
    );
    section_ui(ui, words.heading, true, |ui| {
        muted_label(ui, words.about);
        let needs_authority = needs_authority(edited);
        let part_ui = |ui: &mut Ui, content: &mut dyn FnMut(&mut Ui)| {
            let settings = ui.add_enabled_ui(shown.is_idle(), |ui| content(ui));
            explain_disabled(settings.response, stop_first);
        };
        part_ui(ui, &mut |ui| match edited {
            EndpointKind::Server(form) => shown_ui(ui, shown, &mut form.tls, problem),
            EndpointKind::Client(form) => {
                followed_ui(ui, shown, form);
                client_ui(ui, shown, &mut form.tls, problem);
            }
        });
        // Others have to trust it while it runs.
        if needs_authority {
            authority_ui(ui, shown);
        }
        part_ui(ui, &mut |ui| match edited {
            EndpointKind::Server(form) => server_ui(ui, shown, &mut form.tls, problem),
            EndpointKind::Client(form) => client_tests_ui(ui, shown, &mut form.tls, problem),
        });
    });
}

/// Shows when a server begins, and what it shows to its clients.
fn shown_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut ServerTlsForm,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.tls_setups;
    begins_ui(ui, words, &mut edited.on_request);
    let files = [&mut edited.certificate_text, &mut edited.key_text];
    identity_ui(ui, shown, files, (words.made_hint, problem));
    field::problem(
        ui,
        problem_of(problem, FormField::TlsFlaw, shown.cx.words).as_deref(),
    );
}

/// Shows what else a server wants, and what it does wrong on purpose.
fn server_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut ServerTlsForm,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.tls_setups;
    named_ui(ui, words.clients, &mut edited.clients, |it| {
        words.clients_name(it)
    });
    if edited.clients != ClientCertificate::No {
        let field = PathField {
            name: words.client_roots,
            why: words.client_roots_why,
            hint: words.own_roots_hint,
            file: TlsFile::Roots,
        };
        field.ui(ui, shown, &mut edited.roots_text);
    }
    let is_usual = edited.flaw.is_none()
        && edited.fault.is_none()
        && edited.versions == Versions::Both
        && edited.alpn_text.trim().is_empty();
    section_ui(ui, words.for_tests, !is_usual, |ui| {
        versions_ui(ui, words, &mut edited.versions);
        alpn_ui(ui, shown, &mut edited.alpn_text, problem);
        if edited.certificate_text.trim().is_empty() || edited.flaw.is_some() {
            named_ui(ui, words.flaw, &mut edited.flaw, |it| words.flaw_name(it))
                .on_hover_text(words.flaw_why);
        }
        named_ui(ui, words.fault, &mut edited.fault, |it| {
            words.fault_name(it)
        })
        .on_hover_text(words.fault_why);
    });
}

fn client_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut ClientTlsForm,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.tls_setups;
    begins_ui(ui, words, &mut edited.on_request);
    if !edited.unchecked {
        let field = PathField {
            name: words.roots,
            why: words.roots_why,
            hint: words.system_roots_hint,
            file: TlsFile::Roots,
        };
        field.ui(ui, shown, &mut edited.roots_text);
    }
    field::tick(ui, &mut edited.unchecked, words.unchecked);
    if edited.unchecked {
        caution_ui(ui, words.unchecked_why);
    }
    if edited.sends_name {
        let (text, hint) = (&mut edited.name_text, words.target_hint);
        field::row(ui, words.server_name, |ui, label| {
            let width = ui.available_width();
            field::input_with_hint(ui, words.server_name, text, width, hint)
                .labelled_by(label)
                .on_hover_text(words.server_name_why);
        });
    }
    let files = [&mut edited.certificate_text, &mut edited.key_text];
    identity_ui(ui, shown, files, (words.no_certificate_hint, problem));
    if edited.certificate_text.trim().is_empty() {
        ui.checkbox(&mut edited.own_certificate, words.own_certificate)
            .on_hover_text(words.own_certificate_why);
    }
}

fn client_tests_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut ClientTlsForm,
    problem: Option<&FieldError>,
) {
    let words = &shown.cx.words.tls_setups;
    let is_usual = edited.sends_name
        && edited.versions == Versions::Both
        && edited.alpn_text.trim().is_empty();
    section_ui(ui, words.for_tests, !is_usual, |ui| {
        versions_ui(ui, words, &mut edited.versions);
        alpn_ui(ui, shown, &mut edited.alpn_text, problem);
        ui.checkbox(&mut edited.sends_name, words.sends_name);
    });
}

/// Says, of a client that follows a server, that its TLS comes from there, and what does not go together with it.
fn followed_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, form: &ClientForm) {
    let words = &shown.cx.words.tls_setups;
    let Some(server) = form.follows().and_then(|id| shown.cx.form(id)) else {
        return;
    };
    muted_label(ui, words.follows(&server.name));
    let EndpointKind::Server(settings) = &server.kind else {
        return;
    };
    match (settings.tls.on_request, form.tls.on_request) {
        (true, false) => caution_ui(ui, &words.server_waits(&server.name)),
        (false, true) => caution_ui(ui, &words.server_begins(&server.name)),
        _ => {}
    }
}

fn caution_ui(ui: &mut Ui, text: &str) {
    let caution = Tokens::small_words(text, Tokens::of(ui).caution);
    ui.add(Label::new(caution).wrap());
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

fn versions_ui(ui: &mut Ui, words: &TlsSetups, versions: &mut Versions) {
    named_ui(ui, words.versions, versions, |it| words.versions_name(it));
}

fn alpn_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, text: &mut String, problem: Option<&FieldError>) {
    let words = &shown.cx.words.tls_setups;
    let at = (problem, FormField::Alpn);
    text_ui(ui, shown.cx.words, words.alpn, text, at).on_hover_text(words.alpn_why);
}

/// Shows the files of a certificate and, where there is one, of its key.
fn identity_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    files: [&mut String; 2],
    (hint, problem): (&'static str, Option<&FieldError>),
) {
    let words = &shown.cx.words.tls_setups;
    let [certificate, key] = files;
    let field = PathField {
        name: words.certificate,
        why: words.certificate_why,
        hint,
        file: TlsFile::Certificate,
    };
    field.ui(ui, shown, certificate);
    if !certificate.trim().is_empty() || !key.trim().is_empty() {
        let field = PathField {
            name: words.key,
            why: words.key_why,
            hint: words.same_file_hint,
            file: TlsFile::Key,
        };
        field.ui(ui, shown, key);
        let problem = problem_of(problem, FormField::TlsKey, shown.cx.words);
        field::problem(ui, problem.as_deref());
    }
}

/// A field for the path of a file, with what it stands for while it is empty.
struct PathField {
    name: &'static str,
    why: &'static str,
    hint: &'static str,
    file: TlsFile,
}

impl PathField {
    fn ui(&self, ui: &mut Ui, shown: ShownEndpoint<'_>, text: &mut String) {
        let choice = FileChoice::Tls(shown.form.id, self.file);
        field::row(ui, self.name, |ui, label| {
            let at = (ui.available_width(), self.hint);
            path_field::input_with_hint(ui, shown.cx, self.name, text, choice, at)
                .labelled_by(label)
                .on_hover_text(self.why);
        });
        field::problem(ui, file_problem(shown, text).as_deref());
    }
}

/// Returns why the file of a path could not be used at the last start, in words.
fn file_problem(shown: ShownEndpoint<'_>, text: &str) -> Option<String> {
    let (_, error) = shown.endpoint.status.error.as_ref()?;
    let NetError::TlsSettings { source } = &**error else {
        return None;
    };
    let is_it = source.file() == Some(Path::new(text.trim()));
    is_it.then(|| sentence(&source.in_words(shown.cx.words)))
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

/// Returns whether others have to trust the own authority for this endpoint.
fn needs_authority(kind: &EndpointKind) -> bool {
    match kind {
        EndpointKind::Server(form) => form.tls.certificate_text.trim().is_empty(),
        EndpointKind::Client(form) => {
            form.tls.own_certificate && form.tls.certificate_text.trim().is_empty()
        }
    }
}

/// Shows where the certificate of the own authority is, and how programs are made to trust it.
fn authority_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let words = &shown.cx.words.tls_setups;
    let Some(path) = shown.cx.authority.clone() else {
        return;
    };
    let shown_path = path.display().to_string();
    field::row(ui, words.authority, |ui, _| {
        let text = RichText::new(&shown_path).font(Tokens::small_data());
        let text = text.color(Tokens::of(ui).muted_text);
        ui.add(Label::new(text).truncate().selectable(true));
    });
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
            shown.cx.push(Action::CopyText(shown_path));
        }
    });
    menu.response.on_hover_text(words.trust_why);
}
