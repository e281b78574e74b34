//! The line at the bottom: the whole session in numbers, and its problems.

use egui::{Align, Layout, RichText, Ui};

use super::widgets::{Sign, button, sign_ui, small_label};
use super::{Action, Cx, Tokens, Wish, commands};
use crate::capture::store::StopCause;
use crate::model::{Rate, WorkKind};
use crate::net::EndpointId;
use crate::workspace::EndpointKind;

/// Shows the bar.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal_centered(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right_ui(ui, cx);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                session_ui(ui, cx);
            });
        });
    });
}

fn session_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let forms = &cx.document.endpoints;
    let servers = forms
        .iter()
        .filter(|it| matches!(it.kind, EndpointKind::Server(_)));
    let servers = servers.count() as u64;
    let clients = forms.len() as u64 - servers;
    let live = cx.live_connections;
    // UDP has peers and no connections.
    let is_udp = |id: EndpointId| cx.document.transport(id).is_udp();
    let peers = forms.iter().filter(|it| is_udp(it.id));
    let peers = peers.filter_map(|it| cx.endpoints.get(&it.id));
    let peers: u64 = peers.map(|it| it.status.open_connections).sum();
    let connections = live.saturating_sub(peers);
    sign_ui(ui, if live > 0 { Sign::Good } else { Sign::Idle });
    let rates = cx.endpoints.values().map(|it| it.rate.rate(cx.now));
    let rate = rates.fold(Rate::default(), |sum, rate| sum + rate);
    let counts = &cx.words.counts;
    let mut parts = vec![
        [counts.servers(servers), counts.clients(clients)].join(cx.words.common.comma),
        counts.live_connections(connections),
        counts.entries(cx.record.entries),
    ];
    if !rate.is_zero() {
        parts.push(cx.words.common.rates(rate.received, rate.sent));
    }
    small_label(ui, parts.join("  ·  "));
}

fn right_ui(ui: &mut Ui, cx: &Cx<'_>) {
    record_ui(ui, cx);
    work_ui(ui, cx);
    stop_ui(ui, cx);
    keys_ui(ui, cx);
    let unsolved = cx.notices.unsolved();
    // Those that are solved stay in the list, which the menu Help shows.
    if unsolved > 0 {
        let color = if cx.notices.unread() > 0 {
            Tokens::of(ui).error
        } else {
            Tokens::of(ui).muted_text
        };
        let problems = cx.words.counts.problems(unsolved as u64);
        if button::quiet(ui, Tokens::small_words(problems, color)).clicked() {
            cx.wish(Wish::Problems);
        }
    }
}

/// Shows what stops all that is sent by itself, while there is something.
fn stop_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let stop = &commands::STOP_EVERYTHING;
    if !stop.is_possible(cx) {
        return;
    }
    let button = button::quiet(ui, muted(ui, stop.label(cx.words)));
    if button.on_hover_text(stop.hover(ui, cx.words)).clicked() {
        stop.request(cx);
    }
}

/// Shows that keys are logged, while they are.
fn keys_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(path) = &cx.key_log else {
        return;
    };
    let words = &cx.words.tls_setups;
    let tokens = Tokens::of(ui);
    let path = path.display().to_string();
    let (text, color, why) = match cx.key_log_errors {
        0 => (words.logs_keys, tokens.caution, words.logging(&path)),
        errors => (
            words.loses_keys,
            tokens.error,
            words.not_logging(&path, errors),
        ),
    };
    let text = Tokens::small_words(text, color);
    if button::quiet(ui, text).on_hover_text(why).clicked() {
        cx.push(Action::LogKeys(false));
    }
}

/// Shows the import or export in progress, with a button to cancel it.
fn work_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(work) = &cx.work else {
        return;
    };
    if button::quiet(ui, muted(ui, cx.words.common.cancel)).clicked() {
        cx.push(Action::CancelWork);
    }
    let percent = work.progress.percent().unwrap_or(0);
    let exporting = &cx.words.exporting;
    let words = match work.kind {
        WorkKind::Reading => exporting.reading(&work.path, percent),
        WorkKind::Writing => exporting.writing(&work.path, percent),
    };
    small_label(ui, words);
}

/// Shows how much is on disk, and whether recording is slowing the endpoints.
fn record_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let record = &cx.record;
    let tokens = Tokens::of(ui);
    let words = &cx.words.status;
    let on_disk = words.on_disk(record.kept_bytes, record.limit_bytes);
    let on_disk = match cx.live_derived_bytes() {
        0 => on_disk,
        derived_bytes => words.with_frames(&on_disk, derived_bytes),
    };
    let text = match (&record.stopped, record.first_kept) {
        (Some(_), _) => words.not_recording(&on_disk),
        (None, 0) => on_disk,
        (None, dropped) => words.dropped(&on_disk, dropped),
    };
    if cx.recording_is_slow {
        let slow = Tokens::small_words(words.slow, tokens.caution);
        ui.label(slow).on_hover_text(words.slow_why);
    }
    let color = match &record.stopped {
        None | Some(StopCause::Off) => tokens.muted_text,
        Some(_) => tokens.error,
    };
    let response = button::quiet(ui, muted(ui, &text).color(color));
    let hover = cx.words.common.recording_settings;
    if response.on_hover_text(hover).clicked() {
        cx.wish(Wish::Recording);
    }
}

fn muted(ui: &Ui, text: &str) -> RichText {
    let tokens = Tokens::of(ui);
    Tokens::small_words(text, tokens.muted_text)
}
