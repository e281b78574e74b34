//! What can be requested of one connection: the items of its menu.

use std::num::NonZeroU32;
use std::time::Duration;

use egui::{ScrollArea, Ui};

use super::widgets::button;
use super::{Action, Cx, sequence_commands};
use crate::capture::ConnectionStatus;
use crate::net::EndpointId;
use crate::script::{Act, Slices};

/// The rates that the menu offers, in bytes per second.
const RATES: [u32; 4] = [100, 1_024, 10_240, 102_400];
/// The slices that the menu offers: bytes, and milliseconds between two writes.
const SLICES: [(u32, u64); 3] = [(1, 10), (10, 100), (1_024, 100)];

/// The waits that the menu offers, in milliseconds.
const WAITS: [u64; 5] = [100, 500, 1_000, 5_000, 30_000];
/// The height of the list of saved messages at most, in points.
const SAVED_HEIGHT: f32 = 280.0;

/// Shows the items of a live connection.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, endpoint: EndpointId, status: &ConnectionStatus) {
    sequence_commands::menu_ui(ui, cx, endpoint, Some(status.connection));
    let words = &cx.words.endpoints;
    // All peers of a UDP socket share its buffer, which is read on.
    let has_stream = !status.peer.is_udp();
    let request = |act: Act| cx.push(Action::Act(endpoint, status.connection, act));
    if cx.can_start_tls(status) && button::menu_item(ui, words.start_tls) {
        request(Act::StartTls);
    }
    let (reading, act) = if status.is_reading_stopped {
        (words.resume_reading, Act::ResumeReading)
    } else {
        (words.stop_reading, Act::StopReading)
    };
    if has_stream && button::menu_item(ui, reading) {
        request(act);
    }
    if status.state.can_send() {
        send_saved_ui(ui, cx, endpoint, status);
        ui.menu_button(words.wait_menu, |ui| {
            for wait in WAITS.map(Duration::from_millis) {
                if button::menu_item(ui, &words.wait_for(wait)) {
                    request(Act::Wait(wait));
                }
            }
        });
        ui.menu_button(words.pace, |ui| {
            pace_ui(ui, cx, status, &request);
        });
    }
    if status.peer.is_tcp() && button::menu_item(ui, words.reset) {
        request(Act::Reset);
    }
}

/// Shows the saved messages, to send one on this connection.
fn send_saved_ui(ui: &mut Ui, cx: &Cx<'_>, endpoint: EndpointId, status: &ConnectionStatus) {
    let saved = &cx.document.messages;
    if saved.is_empty() {
        return;
    }
    ui.menu_button(cx.words.endpoints.send_saved, |ui| {
        ScrollArea::vertical()
            .max_height(SAVED_HEIGHT)
            .show(ui, |ui| {
                for message in saved {
                    if button::menu_item(ui, &message.name) {
                        let (connection, name) = (status.connection, message.name.clone());
                        cx.push(Action::SendSavedOn(endpoint, connection, name));
                    }
                }
            });
    });
}

fn pace_ui(ui: &mut Ui, cx: &Cx<'_>, status: &ConnectionStatus, request: &dyn Fn(Act)) {
    let words = &cx.words.endpoints;
    let pace = status.pace;
    let is_free = pace.rate.is_none() && pace.slices.is_none();
    if ui.selectable_label(is_free, words.pace_free).clicked() {
        request(Act::Rate(None));
        request(Act::Slice(None));
        ui.close();
    }
    ui.separator();
    for rate in RATES.into_iter().filter_map(NonZeroU32::new) {
        let is_chosen = pace.rate == Some(rate);
        let item = ui.selectable_label(is_chosen, words.pace_rate(rate.get().into()));
        if item.clicked() {
            request(Act::Rate((!is_chosen).then_some(rate)));
            ui.close();
        }
    }
    ui.separator();
    for (bytes, millis) in SLICES {
        let Some(bytes) = NonZeroU32::new(bytes) else {
            continue;
        };
        let pause = Duration::from_millis(millis);
        let slices = Slices { bytes, pause };
        let is_chosen = pace.slices == Some(slices);
        let text = words.pace_slices(bytes.get().into(), pause);
        if ui.selectable_label(is_chosen, text).clicked() {
            request(Act::Slice((!is_chosen).then_some(slices)));
            ui.close();
        }
    }
}
