//! Running sequences from menus and from the list of all commands.

use egui::Ui;

use super::widgets::button;
use super::{Action, Cx};
use crate::net::{EndpointId, FlowId};
use crate::session::CaptureId;
use crate::workspace::EndpointForm;

/// How many of them are offered at most.
const MOST: usize = 50;

/// A sequence of a client, to run it.
#[derive(Clone, Copy)]
pub(super) struct SequenceCommand<'a> {
    client: &'a EndpointForm,
    /// The name of the sequence.
    pub(super) name: &'a str,
}

impl SequenceCommand<'_> {
    /// Returns the name of the client.
    pub(super) fn client(&self) -> &str {
        &self.client.name
    }

    /// Runs it.
    pub(super) fn request(&self, cx: &Cx<'_>) {
        run(cx, self.client.id, self.name, None);
    }
}

/// Returns the sequences whose names, with those of their clients and of what is done, have all words of `text`. At most
/// [`MOST`]; none without a text.
pub(super) fn found<'a>(cx: &'a Cx<'_>, text: &str) -> Vec<SequenceCommand<'a>> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let clients = cx.document.endpoints.iter();
    let all = clients.flat_map(|client| {
        let sequences = client.kind.sequences().iter();
        sequences.map(move |it| SequenceCommand {
            client,
            name: &it.name,
        })
    });
    let verb = cx.words.sequences.run_on;
    let has_all = |it: &SequenceCommand<'_>| {
        let full = format!("{verb} {} {}", it.name, it.client()).to_lowercase();
        text.split_whitespace().all(|part| full.contains(part))
    };
    all.filter(has_all).take(MOST).collect()
}

/// Runs a sequence where it is to be seen: in the live session.
pub(super) fn run(cx: &Cx<'_>, client: EndpointId, name: &str, connection: Option<FlowId>) {
    cx.push(Action::ShowCapture(CaptureId::Live));
    cx.push(Action::RunSequence {
        client,
        name: name.to_owned(),
        connection,
    });
}

/// Shows a menu with the sequences of a client, if it has any, to run one on a connection of it.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, client: EndpointId, connection: Option<FlowId>) {
    let Some(form) = cx.form(client) else {
        return;
    };
    if form.kind.sequences().is_empty() {
        return;
    }
    ui.menu_button(cx.words.sequences.run_on, |ui| {
        for sequence in form.kind.sequences() {
            if button::menu_item(ui, &sequence.name) {
                run(cx, client, &sequence.name, connection);
            }
        }
    });
}
