//! Why something failed: what was found on this machine, each with what to do next and a button that does it.

use std::sync::Arc;

use egui::{Label, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui};

use super::commands::start_of;
use super::widgets::{alert, button, small_label};
use super::{Action, Cx, Tokens};
use crate::net::{EndpointId, NetError};
use crate::session::CaptureId;
use crate::session::diagnose::{Cause, Failure, Remedy, Subject};
use crate::words::{InWords as _, sentence};

/// The width of the causes, in points.
const WIDTH: f32 = 440.0;
/// The most height of the causes beside an endpoint, in points.
const MAX_HEIGHT: f32 = 320.0;

/// Offers to start the server that a client follows, and to connect.
pub(super) fn start_and_connect_ui(ui: &mut Ui, cx: &Cx<'_>, client: EndpointId) {
    let Some(server) = cx.server_to_start(client) else {
        return;
    };
    let name = cx.name(server).unwrap_or_default();
    if button::plain(ui, cx.words.diagnoses.start_and_connect(name)).clicked() {
        cx.push(Action::StartAndConnect { server, client });
    }
}

/// Shows what is wrong with an endpoint, and what helps: what explains it as soon as that is found, and until then only
/// what is known. It is looked into when it is seen for the first time. Returns whether anything is wrong.
pub(super) fn failure_ui(ui: &mut Ui, cx: &Cx<'_>, endpoint: EndpointId) -> bool {
    let status = cx.endpoints.get(&endpoint).map(|it| &it.status);
    let Some((entry, error)) = status.and_then(|it| it.error.as_ref()) else {
        return false;
    };
    let subject = subject(endpoint, *entry, error);
    explained_ui(ui, cx, subject.as_ref(), error);
    ui.horizontal_wrapped(|ui| {
        let free_port = cx.words.endpoints.use_free_port;
        if error.is_port_taken() && button::plain(ui, free_port).clicked() {
            cx.push(Action::UseFreePort(endpoint));
        }
        if let Some(subject) = &subject {
            why_ui(ui, cx, subject);
        }
    });
    true
}

fn subject(endpoint: EndpointId, entry: u64, error: &Arc<NetError>) -> Option<Subject> {
    let failure = Failure::of_error(error)?;
    Some(Subject {
        entry,
        endpoint,
        failure,
    })
}

fn explained_ui(ui: &mut Ui, cx: &Cx<'_>, subject: Option<&Subject>, error: &NetError) {
    let wanted = subject.filter(|it| cx.diagnoses.is_wanted(it.endpoint, it.entry));
    cx.extend(wanted.map(|it| Action::Diagnose(it.clone())));
    let known = subject.and_then(|it| cx.diagnoses.of(it.entry).flatten());
    let causes = known.map(|it| &*it.causes).unwrap_or_default();
    // TLS says itself what would help; who is at the other end only adds to it.
    let tls = match error {
        NetError::Tls { source, .. } => Some(cx.words.tls_failure_parts(source)),
        _ => None,
    };
    let Some(first) = causes.first() else {
        return match tls {
            Some(parts) => alert::block(ui, &parts.heading, Some(&parts.advice.1)),
            None => alert::problem(ui, cx.words, error),
        };
    };
    let helps = |it: &&Cause| it.remedies.iter().any(|it| *it != Remedy::TryAgain);
    let best = causes.iter().find(helps).unwrap_or(first);
    let advice = match tls {
        Some(parts) => Some(parts.advice.1),
        None => advice_of(cx, best, first),
    };
    let words = cx.words.explained(error, &first.finding);
    alert::block(ui, &words, advice.as_deref());
}

/// Returns what helps, behind what was found where that is not shown already.
fn advice_of(cx: &Cx<'_>, best: &Cause, shown: &Cause) -> Option<String> {
    let advice = best.finding.advice(cx.words)?;
    if std::ptr::eq(best, shown) {
        return Some(advice);
    }
    let found = sentence(&best.finding.in_words(cx.words));
    Some(cx.words.diagnoses.explained(&found, &advice))
}

/// Shows a button for the causes of an endpoint's failure.
fn why_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &Subject) {
    let words = &cx.words.diagnoses;
    let response = button::plain(ui, words.why);
    let name = cx.name(subject.endpoint).unwrap_or_default();
    let name = words.why_name(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_max_width(WIDTH);
            let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(8, 6));
            frame.show(ui, |ui| {
                ScrollArea::vertical()
                    .max_height(MAX_HEIGHT)
                    // What was found takes more room than the word that it is looked for.
                    .min_scrolled_height(MAX_HEIGHT)
                    .show(ui, |ui| causes_ui(ui, cx, subject));
            });
        });
}

/// Shows what explains a failure; asks for it when it is seen for the first time.
pub(super) fn causes_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &Subject) {
    // Nothing of this machine explains what a file holds.
    if cx.shown() != CaptureId::Live {
        return;
    }
    let words = &cx.words.diagnoses;
    let known = cx.diagnoses.of(subject.entry);
    if known.is_none() {
        cx.push(Action::Diagnose(subject.clone()));
    }
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.horizontal(|ui| {
        small_label(ui, words.heading);
        if known.flatten().is_some() && button::small(ui, words.check_again).clicked() {
            cx.push(Action::Diagnose(subject.clone()));
        }
    });
    let Some(diagnosis) = known.flatten() else {
        small_label(ui, words.looking);
        return;
    };
    if diagnosis.causes.is_empty() {
        small_label(ui, words.nothing);
    }
    for cause in &diagnosis.causes {
        cause_ui(ui, cx, subject.endpoint, cause);
    }
}

fn cause_ui(ui: &mut Ui, cx: &Cx<'_>, endpoint: EndpointId, cause: &Cause) {
    let tokens = Tokens::of(ui);
    let found = sentence(&cause.finding.in_words(cx.words));
    ui.add(Label::new(RichText::new(found).color(tokens.text)).wrap());
    if let Some(advice) = cause.finding.advice(cx.words) {
        ui.add(Label::new(Tokens::small_words(advice, tokens.muted_text)).wrap());
    }
    let remedies = cause.remedies.iter();
    let possible: Vec<_> = remedies
        .filter_map(|it| Some((it, actions_of(cx, endpoint, it)?)))
        .collect();
    if possible.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (remedy, actions) in possible {
            if button::plain(ui, remedy.in_words(cx.words)).clicked() {
                cx.extend(actions);
                ui.close();
            }
        }
    });
}

/// Returns what a remedy asks for; `None` if it cannot be done now.
fn actions_of(cx: &Cx<'_>, endpoint: EndpointId, remedy: &Remedy) -> Option<Vec<Action>> {
    let exists = |id: &EndpointId| cx.endpoints.contains_key(id);
    match remedy {
        Remedy::StopServer { server, .. } => {
            let is_running = cx.endpoints.get(server)?.is_running();
            is_running.then(|| vec![Action::StopServer(*server)])
        }
        Remedy::StartServer { server, .. } => {
            start_of(cx, *server).and(start_of(cx, endpoint))?;
            let (server, client) = (*server, endpoint);
            Some(vec![Action::StartAndConnect { server, client }])
        }
        Remedy::UseFreePort => {
            start_of(cx, endpoint)?;
            Some(vec![Action::UseFreePort(endpoint)])
        }
        _ if !exists(&endpoint) => None,
        _ => {
            let again = start_of(cx, endpoint)?;
            if *remedy == Remedy::TryAgain {
                return Some(vec![again]);
            }
            let changed = remedy.applied_to(&cx.form(endpoint)?.kind)?;
            let edit = Action::Edit(endpoint, Box::new(changed));
            let again = remedy.tries_again().then_some(again);
            Some([edit].into_iter().chain(again).collect())
        }
    }
}
