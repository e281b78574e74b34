//! A server's peers, all in one list: ten thousand of them scroll as smoothly as ten.

use std::collections::BTreeSet;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Key, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{Sign, button, paint_sign, small_label};
use super::super::wish::InspectorTab;
use super::super::{Action, Cx, Tokens, Wish, acts, clock};
use super::connection::ask_process;
use crate::capture::{ConnectionState, ConnectionStatus};
use crate::model::{EndpointModel, Recipients};
use crate::net::FlowId;
use crate::script::Act;
use crate::words::InWords as _;
use crate::words::endpoints::Endpoints;

/// The height of a peer's row, in points.
const ROW_HEIGHT: f32 = 40.0;
/// The height of the line that counts them.
const COUNT_HEIGHT: f32 = 34.0;
/// Where its words begin.
const LEFT: f32 = 30.0;
/// The height of what can be done with the selected peers.
const SELECTED_HEIGHT: f32 = 72.0;

/// Returns how high the list is with all of its peers.
pub(super) fn height(shown: ShownEndpoint<'_>) -> f32 {
    let endpoint = shown.endpoint;
    let selected = if endpoint.selected_peers.is_empty() {
        0.0
    } else {
        SELECTED_HEIGHT
    };
    COUNT_HEIGHT + endpoint.listed.len() as f32 * ROW_HEIGHT + selected
}

/// The list's own state.
#[derive(Default)]
pub(super) struct Peers {
    /// Where the range that Shift extends begins.
    anchor: Option<FlowId>,
    /// The peer that was pressed last, and the row that was selected in the timeline then.
    pressed: Option<(FlowId, Option<u64>)>,
}

impl Peers {
    /// Returns the peer that was pressed last, until another row is selected in the timeline.
    pub(super) fn pressed(&self, selected_row: Option<u64>) -> Option<FlowId> {
        let pressed = self.pressed.filter(|(_, row)| *row == selected_row);
        pressed.map(|(peer, _)| peer)
    }

    /// Shows the peers, and what can be done with the selected ones.
    pub(super) fn ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>) {
        let endpoint = shown.endpoint;
        let words = &shown.cx.words.endpoints;
        let status = &endpoint.status;
        let is_udp = shown.transport().is_udp();
        let count = match (status.open_connections, status.ended_connections) {
            (open, 0) => words.peers(open),
            (open, forgotten) if is_udp => words.peers_and_forgotten(open, forgotten),
            (open, closed) => words.peers_and_closed(open, closed),
        };
        let (clear, clear_name, clear_why) = if is_udp {
            (
                words.clear_forgotten,
                words.clear_forgotten_name,
                words.clear_forgotten_why,
            )
        } else {
            (words.forget, words.forget_name, words.forget_why)
        };
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            small_label(ui, count);
            if endpoint.lists_closed() {
                let forget = button::small(ui, clear).accessible_name(clear_name);
                if forget.on_hover_text(clear_why).clicked() {
                    shown.cx.push(Action::ForgetClosed(shown.form.id));
                }
            }
        });
        let rows = endpoint.listed.len();
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let selected = if endpoint.selected_peers.is_empty() {
                0.0
            } else {
                SELECTED_HEIGHT
            };
            let area = ScrollArea::vertical()
                .id_salt("peers")
                .max_height(ui.available_height() - selected)
                .auto_shrink(false);
            area.show_rows(ui, ROW_HEIGHT, rows, |ui, range| {
                let first = range.start;
                let listed = endpoint.listed.get(range).into_iter().flatten();
                for (place, connection) in listed.enumerate() {
                    if let Some(peer) = endpoint.connections.get(connection) {
                        self.row_ui(ui, shown, (first + place, peer));
                    }
                }
            });
        });
        selected_ui(ui, shown);
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        (place, peer): (usize, &ConnectionStatus),
    ) {
        let size = vec2(ui.available_width(), ROW_HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let is_pressed = self.pressed(shown.cx.selected_row) == Some(peer.connection);
        let selected = shown.endpoint.selected_peers.contains(&peer.connection) || is_pressed;
        let words = &shown.cx.words.endpoints;
        let state = state_words(shown.cx, peer);
        let address = peer.peer.to_string();
        let spoken = if peer.peer.is_udp() {
            words.udp_peer(&address, &state, &amounts(words, peer))
        } else {
            let since = clock::seconds(peer.since);
            let (received, sent) = (peer.received_bytes, peer.sent_bytes);
            words.peer(&address, &state, received, sent, &since)
        };
        let enabled = ui.is_enabled();
        response
            .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, selected, &spoken));
        let (place, peers) = (place + 1, shown.endpoint.listed.len());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_position_in_set(place);
            node.set_size_of_set(peers);
        });
        if ui.is_rect_visible(rect) {
            paint(ui, words, rect, &response, (peer, state), selected);
        }
        if response.clicked() {
            self.clicked(ui, shown, peer.connection);
        }
        response.context_menu(|ui| menu_ui(ui, shown, peer));
        if response.hovered() {
            ask_process(shown.cx, peer);
        }
        if let Some(process) = process_words(shown.cx, peer) {
            response.on_hover_text(process);
        }
    }

    /// A click selects a peer and shows its connection above; with Ctrl or Shift it selects more peers.
    fn clicked(&mut self, ui: &Ui, shown: ShownEndpoint<'_>, connection: FlowId) {
        let modifiers = ui.input(|input| input.modifiers);
        let endpoint = shown.endpoint;
        let mut selected = endpoint.selected_peers.clone();
        self.pressed = None;
        if modifiers.shift {
            selected = self.range_to(endpoint, connection);
        } else if modifiers.command {
            if !selected.remove(&connection) {
                selected.insert(connection);
            }
            self.anchor = Some(connection);
        } else {
            selected = [connection].into();
            self.anchor = Some(connection);
            self.pressed = Some((connection, shown.cx.selected_row));
            shown.cx.wish(Wish::Inspect(InspectorTab::Connection));
        }
        let peer = |it: &FlowId| endpoint.connections.get(it);
        let is_live = |it: &FlowId| peer(it).is_some_and(|it| it.state.is_live());
        let peers = selected.into_iter().filter(is_live).collect();
        shown.cx.push(Action::SelectPeers(shown.form.id, peers));
    }

    fn range_to(&self, endpoint: &EndpointModel, to: FlowId) -> BTreeSet<FlowId> {
        let listed = &endpoint.listed;
        let place = |wanted| listed.iter().position(|it| *it == wanted);
        let ends = place(self.anchor.unwrap_or(to)).zip(place(to));
        let range = ends.and_then(|(from, to)| listed.get(from.min(to)..=from.max(to)));
        range.map_or_else(|| [to].into(), |range| range.iter().copied().collect())
    }
}

/// Returns how a peer stands: a UDP peer is there until it is forgotten.
fn state_words(cx: &Cx<'_>, peer: &ConnectionStatus) -> String {
    let words = &cx.words.endpoints;
    match &peer.state {
        ConnectionState::Closed(ending) if peer.peer.is_udp() && !ending.is_bad() => {
            words.udp_forgotten.to_owned()
        }
        ConnectionState::Closed(ending) => cx.words.ending_with(ending, Some(&peer.peer)),
        state if !peer.peer.is_udp() => state.in_words(cx.words),
        _ => words.last_activity_at(&clock::seconds(peer.last_activity)),
    }
}

/// Returns how many datagrams came from a UDP peer and went to it, and how many of them did not get there.
fn amounts(words: &Endpoints, peer: &ConnectionStatus) -> String {
    let (received, sent) = (
        (peer.reads, peer.received_bytes),
        (peer.writes, peer.sent_bytes),
    );
    match peer.undelivered {
        0 => words.datagrams_each_way(received, sent),
        undelivered => words.datagrams_undelivered(received, sent, undelivered),
    }
}

/// Returns which process the peer is, or why that is not known.
fn process_words(cx: &Cx<'_>, peer: &ConnectionStatus) -> Option<String> {
    let words = cx.words;
    Some(match cx.processes.get(&peer.connection)? {
        Ok(process) => words.tcp.process_is(&words.tcp.process_of(process)),
        Err(why) => words.tcp.process_is(&why.in_words(words)),
    })
}

pub(in crate::ui) fn sign(state: &ConnectionState) -> Sign {
    match state {
        ConnectionState::Open => Sign::Good,
        ConnectionState::PeerFinished | ConnectionState::WeFinished => Sign::Half,
        ConnectionState::Closed(ending) if ending.is_bad() => Sign::Bad,
        ConnectionState::Closed(_) => Sign::Idle,
    }
}

fn paint(
    ui: &Ui,
    words: &Endpoints,
    rect: Rect,
    response: &Response,
    (peer, state): (&ConnectionStatus, String),
    selected: bool,
) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if selected || response.hovered() || response.has_focus() {
        let fill = if selected {
            tokens.selection
        } else {
            tokens.hover
        };
        painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), Tokens::CONTROL_RADIUS, fill);
    }
    let first = rect.top() + 13.0;
    let second = rect.bottom() - 11.0;
    let center = pos2(rect.left() + LEFT - 11.0, first);
    paint_sign(&painter, center, sign(&peer.state), tokens);
    let text_left = rect.left() + LEFT;
    let color = if peer.state.is_live() {
        tokens.text
    } else {
        tokens.muted_text
    };
    let address = peer.peer.to_string();
    let at = pos2(text_left, first);
    let taken = painter.text(at, Align2::LEFT_CENTER, address, Tokens::data(), color);
    let small = Tokens::small();
    let right = pos2(rect.right() - 14.0, first);
    let galley = painter.layout_no_wrap(state.clone(), small.clone(), tokens.muted_text);
    // A long state goes on the second line, where there is room for it.
    let fits = taken.right() + 8.0 + galley.size().x <= right.x;
    if fits {
        let corner = right - vec2(galley.size().x, galley.size().y / 2.0);
        painter.galley(corner, galley, tokens.muted_text);
    }
    let (received, sent) = (peer.received_bytes, peer.sent_bytes);
    let line = if peer.peer.is_udp() {
        let amounts = amounts(words, peer);
        if fits {
            amounts
        } else {
            words.state_and(&state, &amounts)
        }
    } else if fits {
        words.bytes_since(received, sent, &clock::seconds(peer.since))
    } else {
        words.ended_bytes(&state, received, sent)
    };
    let mut job = LayoutJob::simple_singleline(line, small, tokens.muted_text);
    job.wrap = TextWrapping::truncate_at_width(right.x - text_left);
    let galley = painter.layout_job(job);
    let corner = pos2(text_left, second - galley.size().y / 2.0);
    painter.galley(corner, galley, tokens.muted_text);
}

fn menu_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, peer: &ConnectionStatus) {
    let (cx, id, words) = (shown.cx, shown.form.id, &shown.cx.words.endpoints);
    let connection = peer.connection;
    if button::menu_item(ui, words.follow) {
        shown.show_live(Action::FollowConnection(id, connection, None));
    }
    let is_alone = cx.timeline.filter().connection == Some(connection);
    if !is_alone && button::menu_item(ui, words.show_peer) {
        shown.show_live(Action::ShowOnly(Some(id), Some(connection)));
    }
    if button::menu_item(ui, words.copy_address) {
        cx.push(Action::CopyText(peer.peer.to_string()));
    }
    if !peer.state.is_live() {
        return;
    }
    if button::menu_item(ui, words.send_to_peer) {
        cx.push(Action::SelectPeers(id, vec![connection]));
        cx.push(Action::SendTo(Recipients::SelectedPeers(id)));
    }
    ui.separator();
    let is_udp = peer.peer.is_udp();
    if peer.state.can_send() && !is_udp && button::menu_item(ui, words.finish_sending) {
        cx.push(Action::Act(id, connection, Act::Finish));
    }
    acts::menu_ui(ui, cx, id, peer);
    let end = if is_udp {
        words.forget_peer
    } else {
        words.disconnect_peer
    };
    if button::menu_item(ui, end) {
        cx.push(Action::Act(id, connection, Act::Close));
    }
}

/// Shows what can be done with the selected peers.
fn selected_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let (cx, id, words) = (shown.cx, shown.form.id, &shown.cx.words.endpoints);
    let selected = &shown.endpoint.selected_peers;
    if selected.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.add_space(14.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        let tokens = Tokens::of(ui);
        let count = words.selected(selected.len() as u64);
        ui.label(Tokens::small_words(count, tokens.muted_text));
        let send = button::small(ui, words.send_to_selected);
        if send.on_hover_text(words.send_to_selected_why).clicked() {
            cx.push(Action::SendTo(Recipients::SelectedPeers(id)));
        }
        let (name, spoken) = if shown.transport().is_udp() {
            (words.forget_peer, words.forget_selected)
        } else {
            (words.disconnect, words.disconnect_selected)
        };
        let disconnect = button::quiet(ui, name).accessible_name(spoken);
        if disconnect.clicked() {
            cx.extend(selected.iter().map(|it| Action::Act(id, *it, Act::Close)));
        }
        let clear = button::small(ui, words.clear_selection);
        let escape = ui.input(|input| input.key_pressed(Key::Escape)) && clear.has_focus();
        if clear.clicked() || escape {
            cx.push(Action::SelectPeers(id, Vec::new()));
        }
    });
}
