//! How a connection stands: its state in a word, the states of both ends by the names of RFC 9293, and who moves next.

use std::time::Duration;

use egui::{Label, RichText, Ui};

use super::super::super::Tokens;
use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::{alert, muted_label, spoken_label};
use super::grid::grid;
use super::ways::Ways;
use crate::capture::trace::EndState;
use crate::capture::{ConnectionState, ConnectionStatus};
use crate::model::KernelEnd;
use crate::net::Role;
use crate::net::kernel::{AcceptQueue, SocketNumbers, SocketTimer, TcpState, TimerKind};
use crate::words::{Language, sentence};

/// Shows the number of the connection and its state.
pub(super) fn heading_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let (tokens, words) = (Tokens::of(ui), &shown.cx.words.endpoints);
    let (is_udp, is_server) = (status.peer.is_udp(), status.connection.role == Role::Server);
    let (state, color) = match &status.state {
        ConnectionState::Open if is_udp && is_server => (words.udp_known, tokens.good),
        ConnectionState::Open if is_udp => (words.ready, tokens.good),
        ConnectionState::Closed(ending) if is_udp && !ending.is_bad() => {
            (words.udp_forgotten, tokens.muted_text)
        }
        ConnectionState::Open => (words.open, tokens.good),
        ConnectionState::PeerFinished => (words.half_closed_by_peer, tokens.caution),
        ConnectionState::WeFinished => (words.half_closed_by_us, tokens.caution),
        ConnectionState::Closed(ending) if ending.is_bad() => (words.lost, tokens.error),
        ConnectionState::Closed(_) => (words.closed, tokens.muted_text),
    };
    ui.horizontal_wrapped(|ui| {
        let number = words.number(status.connection.number);
        ui.label(RichText::new(number).heading().color(tokens.muted_text));
        ui.label(RichText::new(sentence(state)).heading().color(color));
    });
    if let ConnectionState::Closed(ending) = &status.state {
        let ending = shown.cx.words.ending_with(ending, Some(&status.peer));
        muted_label(ui, sentence(&ending));
    }
    if status.is_reading_stopped && status.state.is_live() {
        ui.colored_label(tokens.caution, words.reading_stopped);
    }
}

/// Shows what there is to say of a connection that has no states of TCP.
pub(super) fn plain_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, status: &ConnectionStatus) {
    let words = &shown.cx.words.endpoints;
    let why = match &status.state {
        ConnectionState::Open => words.open_why,
        ConnectionState::PeerFinished => words.peer_finished_why,
        ConnectionState::WeFinished => words.we_finished_why,
        ConnectionState::Closed(_) => return,
    };
    muted_label(ui, why);
}

/// Shows the states of both ends of a live connection, and what our end waits for.
pub(super) fn ends_ui(
    ui: &mut Ui,
    language: &Language,
    status: &ConnectionStatus,
    ways: &Ways,
    kernel: Option<&KernelEnd>,
) {
    let ours = states_ui(ui, language, ways, kernel);
    waiting_ui(ui, language, status, ways.now().state, ours);
}

/// Shows the states of both ends, what that of ours means, and who moves next. Returns the timer of our end.
pub(super) fn states_ui(
    ui: &mut Ui,
    language: &Language,
    ways: &Ways,
    kernel: Option<&KernelEnd>,
) -> Option<SocketTimer> {
    let newest = kernel.and_then(KernelEnd::latest);
    let timer = |end: Option<&SocketNumbers>| end.and_then(|it| it.timer);
    let ours = timer(newest.and_then(|it| it.ours.as_ref()));
    let peer = timer(newest.and_then(|it| it.peer.as_ref()));
    let words = &language.tcp;
    let (now, peer_now) = (ways.now(), ways.peer_now());
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = Tokens::LINE_HEIGHT;
        let grid = grid(ui, language, "ends");
        grid.show(ui, |ui| {
            end_ui(ui, language, words.this_end, now, ours);
            end_ui(ui, language, words.peer, peer_now, peer);
        });
    });
    let meaning = language.state_meaning(now.state, false);
    let next = language.state_next(now.state, false);
    muted_label(ui, language.common.sentences(&meaning, &next));
    ours
}

/// Shows the state of an end, with the time that it lasts.
fn end_ui(
    ui: &mut Ui,
    language: &Language,
    whose: &str,
    end: EndState,
    timer: Option<SocketTimer>,
) {
    let (tokens, words) = (Tokens::of(ui), &language.tcp);
    ui.label(RichText::new(whose).color(tokens.muted_text));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let source = if end.is_seen {
            words.from_kernel
        } else {
            words.inferred
        };
        let state = RichText::new(end.state.name()).family(Tokens::semibold());
        let spoken = words.end(whose, end.state.name(), source);
        spoken_label(ui, Label::new(state.color(tokens.text)), &spoken);
        if let Some(left) = left(timer, TimerKind::TimeWait) {
            let left = words.time_left(&language.whole_seconds(left));
            ui.label(Tokens::small_words(left, tokens.muted_text));
        }
        if !end.is_seen {
            let inferred = Tokens::small_words(words.inferred, tokens.faint_text);
            ui.label(inferred).on_hover_text(words.inferred_why);
        }
    });
    ui.end_row();
}

/// Shows what an end waits for by the clock, and why its port may be busy until then.
fn waiting_ui(
    ui: &mut Ui,
    language: &Language,
    status: &ConnectionStatus,
    now: TcpState,
    timer: Option<SocketTimer>,
) {
    let words = &language.tcp;
    let local = status
        .local
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    match (now, status.connection.role) {
        (TcpState::TimeWait, Role::Client) => muted_label(ui, words.time_wait_client(&local)),
        (TcpState::TimeWait, Role::Server) => muted_label(ui, words.time_wait_server(&local)),
        (TcpState::FinWait2, _) if !status.state.is_live() => {
            if let Some(left) = left(timer, TimerKind::KeepAlive) {
                muted_label(ui, words.waiting_for_fin(&language.whole_seconds(left)));
            }
        }
        _ => {}
    }
}

fn left(timer: Option<SocketTimer>, kind: TimerKind) -> Option<Duration> {
    timer.filter(|it| it.kind == kind).map(|it| it.left)
}

/// Shows why the accept queue matters, while it is full.
pub(super) fn full_queue_ui(ui: &mut Ui, language: &Language, queue: AcceptQueue) {
    if queue.waiting > queue.limit {
        alert::block(ui, language.tcp.queue_full, None);
    }
}
