//! The facts about a connection, and the accept queue that it came from.

use egui::{Label, RichText, Ui};

use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::spoken_label;
use super::super::super::{Tokens, clock};
use super::grid::grid;
use super::state::full_queue_ui;
use crate::capture::{ConnectionStatus, ConnectionTls, EndpointState};
use crate::model::KernelEnd;
use crate::net::kernel::{AcceptQueue, KernelWatch, Marks, Watched};
use crate::words::{InWords as _, Language};

use std::time::Duration;

/// How often an accept queue in which nobody waits is looked at.
const QUIET: Duration = Duration::from_secs(1);

/// A fact: its name, and what is known.
pub(super) struct FactLine {
    pub(super) name: &'static str,
    pub(super) text: String,
    /// What else there is to say of it.
    pub(super) why: Option<&'static str>,
}

/// Shows the facts about a connection.
pub(super) fn ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    status: &ConnectionStatus,
    kernel: Option<&KernelEnd>,
) {
    let (language, words) = (shown.cx.words, &shown.cx.words.endpoints);
    let fact = |name, text: Option<String>| {
        text.map(|text| FactLine {
            name,
            text,
            why: None,
        })
    };
    let local = status.local.as_ref().map(ToString::to_string);
    let queue = kernel.and_then(|it| it.latest()?.queue);
    let facts = [
        fact(words.local_address, local),
        fact(words.peer_address, Some(status.peer.to_string())),
        fact(language.tcp.process, process(shown, status)),
        fact(words.opened, Some(clock::micros(status.since))),
        fact(words.took, status.connect_took.map(|it| words.time(it))),
        fact(
            words.received,
            Some(amount(
                shown,
                status,
                (status.received_bytes, status.wire_received_bytes),
            )),
        ),
        fact(
            words.sent,
            Some(amount(
                shown,
                status,
                (status.sent_bytes, status.wire_sent_bytes),
            )),
        ),
        queue.map(|queue| queue_fact(language, queue)),
    ];
    grid_ui(ui, language, facts.into_iter().flatten());
    if let Some(queue) = queue {
        full_queue_ui(ui, language, queue);
    }
}

/// Returns how many bytes there were, and of an encrypted connection how many on the wire.
fn amount(
    shown: ShownEndpoint<'_>,
    status: &ConnectionStatus,
    (bytes, wire): (u64, u64),
) -> String {
    let language = shown.cx.words;
    let amount = language.endpoints.amount(bytes);
    // Those that came with the end of the handshake count as its own.
    if status.tls == ConnectionTls::Plain || wire <= bytes {
        return amount;
    }
    let wire = language.endpoints.amount(wire);
    language.tls_statuses.on_the_wire(&amount, &wire)
}

/// Shows the accept queue of a server that listens, from the kernel, as long as this is shown.
pub(in crate::ui::inspector) fn listener_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let cx = shown.cx;
    let EndpointState::Listening { local, .. } = &shown.endpoint.status.state else {
        return;
    };
    if !local.is_tcp() {
        return;
    }
    let is_ours = cx
        .kernel
        .watched
        .as_ref()
        .is_some_and(|it| it.0 == shown.form.id);
    let queue = cx.kernel.queue.filter(|_| is_ours).map(|(_, queue)| queue);
    let is_quiet = queue.is_some_and(|queue| queue.waiting == 0);
    let watch = KernelWatch {
        of: Watched::Listener,
        every: Some(if is_quiet { QUIET } else { KernelWatch::USUAL }),
        marks: Marks::None,
    };
    cx.watch(shown.form.id, watch);
    if let Some(queue) = queue {
        grid_ui(ui, cx.words, [queue_fact(cx.words, queue)].into_iter());
        full_queue_ui(ui, cx.words, queue);
    }
}

fn queue_fact(language: &Language, queue: AcceptQueue) -> FactLine {
    let words = &language.tcp;
    FactLine {
        name: words.accept_queue,
        text: words.queue_of(&queue),
        why: Some(words.queue_why),
    }
}

/// Returns which process has the peer's end, or why that is not known.
fn process(shown: ShownEndpoint<'_>, status: &ConnectionStatus) -> Option<String> {
    let (cx, language) = (shown.cx, shown.cx.words);
    match cx.processes.get(&status.connection) {
        Some(Ok(process)) => Some(language.tcp.process_of(process)),
        Some(Err(why)) => Some(why.in_words(language)),
        None => None,
    }
}

/// Shows facts below each other.
pub(super) fn grid_ui(ui: &mut Ui, language: &Language, facts: impl Iterator<Item = FactLine>) {
    let tokens = Tokens::of(ui);
    let grid = grid(ui, language, "facts");
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = Tokens::LINE_HEIGHT;
        grid.show(ui, |ui| {
            for FactLine { name, text, why } in facts {
                ui.label(RichText::new(name).color(tokens.muted_text));
                let shown = RichText::new(&text).font(Tokens::data());
                let label = Label::new(shown).selectable(true).truncate();
                let spoken = format!("{name}: {text}");
                let response = spoken_label(ui, label, &spoken);
                if let Some(why) = why {
                    response.on_hover_text(why);
                }
                ui.end_row();
            }
        });
    });
}
