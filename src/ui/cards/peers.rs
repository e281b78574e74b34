//! A server's peers, all in one list: ten thousand of them scroll as smoothly as ten.

use std::collections::BTreeSet;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, FontId, Key, Modifiers, Rect, Response, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::super::action::Action;
use super::super::clock;
use super::super::theme::Tokens;
use super::super::widgets::{Sign, button, paint_sign, small_label};
use crate::capture::{ConnectionState, ConnectionStatus};
use crate::model::{EndpointModel, Model, Recipients};
use crate::net::{ConnectionId, EndpointId};
use crate::words::InWords as _;
use crate::words::cards::Cards;

/// The height of a peer's row, in points.
const ROW_HEIGHT: f32 = 40.0;
/// How many rows are visible at once; the list scrolls beyond that.
const SHOWN_ROWS: usize = 7;

/// The list's own state.
#[derive(Default)]
pub(super) struct Peers {
    /// Where the range that Shift extends begins.
    anchor: Option<ConnectionId>,
}

impl Peers {
    /// Shows the peers, and what can be done with the selected ones.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        id: EndpointId,
        endpoint: &EndpointModel,
        actions: &mut Vec<Action>,
    ) {
        let standing = &endpoint.status;
        if standing.open_connections + standing.ended_connections == 0 {
            return;
        }
        ui.separator();
        let words = &model.words.cards;
        let count = match (standing.open_connections, standing.ended_connections) {
            (open, 0) => words.peers(open),
            (open, closed) => words.peers_and_closed(open, closed),
        };
        ui.horizontal(|ui| {
            small_label(ui, count);
            if endpoint.lists_closed() {
                let forget = button::small(ui, words.forget).accessible_name(words.forget_name);
                if forget.on_hover_text(words.forget_why).clicked() {
                    actions.push(Action::ForgetClosed(id));
                }
            }
        });
        let rows = endpoint.listed.len();
        let height = rows.min(SHOWN_ROWS) as f32 * ROW_HEIGHT;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let area = ScrollArea::vertical()
                .id_salt("peers")
                .max_height(height)
                .auto_shrink([false, true]);
            area.show_rows(ui, ROW_HEIGHT, rows, |ui, range| {
                for connection in endpoint.listed.get(range).into_iter().flatten() {
                    if let Some(peer) = endpoint.connections.get(connection) {
                        self.row_ui(ui, model, id, endpoint, peer, actions);
                    }
                }
            });
        });
        selected_ui(ui, words, id, endpoint, actions);
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        id: EndpointId,
        endpoint: &EndpointModel,
        peer: &ConnectionStatus,
        actions: &mut Vec<Action>,
    ) {
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
        let chosen = model.timeline.filter().connection == Some(peer.connection);
        let selected = endpoint.selected_peers.contains(&peer.connection) || chosen;
        let words = &model.words.cards;
        let state = peer.state.in_words(model.words);
        let spoken = words.peer(
            &peer.peer.to_string(),
            &state,
            peer.received_bytes,
            peer.sent_bytes,
            &clock::seconds(peer.since),
        );
        response.widget_info(|| {
            let enabled = ui.is_enabled();
            WidgetInfo::selected(
                egui::accesskit::Role::ListBoxOption,
                enabled,
                selected,
                &spoken,
            )
        });
        if ui.is_rect_visible(rect) {
            paint(ui, words, rect, &response, (peer, state), selected);
        }
        if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            self.clicked(id, endpoint, peer, chosen, modifiers, actions);
        }
        response.context_menu(|ui| menu_ui(ui, words, id, peer, chosen, actions));
    }

    /// A click shows only this peer's entries; with Ctrl or Shift it selects more peers.
    fn clicked(
        &mut self,
        id: EndpointId,
        endpoint: &EndpointModel,
        peer: &ConnectionStatus,
        chosen: bool,
        modifiers: Modifiers,
        actions: &mut Vec<Action>,
    ) {
        let connection = peer.connection;
        let mut selected: BTreeSet<ConnectionId> = endpoint.selected_peers.clone();
        if modifiers.shift {
            selected = self.range_to(endpoint, connection);
        } else if modifiers.command {
            if !selected.remove(&connection) {
                selected.insert(connection);
            }
            self.anchor = Some(connection);
        } else {
            selected = BTreeSet::from_iter((!chosen).then_some(connection));
            self.anchor = Some(connection);
            let only = (!chosen).then_some(connection);
            actions.push(Action::ShowOnly {
                endpoint: only.map(|_| id),
                connection: only,
            });
        }
        let is_live = |it: &ConnectionId| {
            endpoint
                .connections
                .get(it)
                .is_some_and(|it| it.state.is_live())
        };
        let peers = selected.into_iter().filter(is_live).collect();
        actions.push(Action::SelectPeers {
            endpoint: id,
            peers,
        });
    }

    fn range_to(
        &self,
        endpoint: &EndpointModel,
        connection: ConnectionId,
    ) -> BTreeSet<ConnectionId> {
        let place = |wanted| endpoint.listed.iter().position(|it| *it == wanted);
        let (Some(from), Some(to)) = (place(self.anchor.unwrap_or(connection)), place(connection))
        else {
            return BTreeSet::from([connection]);
        };
        let range = from.min(to)..=from.max(to);
        endpoint
            .listed
            .get(range)
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }
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
    words: &Cards,
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
        painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), tokens.control_radius, fill);
    }
    let first = rect.top() + 13.0;
    let second = rect.bottom() - 11.0;
    paint_sign(
        &painter,
        pos2(rect.left() + 9.0, first),
        sign(&peer.state),
        tokens,
    );
    let text_left = rect.left() + 20.0;
    let is_live = peer.state.is_live();
    let color = if is_live {
        tokens.text
    } else {
        tokens.muted_text
    };
    let address = peer.peer.to_string();
    let data = FontId::monospace(tokens.data_size);
    let small = FontId::proportional(tokens.small_size);
    let taken = painter.text(
        pos2(text_left, first),
        Align2::LEFT_CENTER,
        address,
        data,
        color,
    );
    let right = pos2(rect.right() - 6.0, first);
    let galley = painter.layout_no_wrap(state.clone(), small.clone(), tokens.muted_text);
    // A long state goes on the second line, where there is room for it.
    let fits = taken.right() + 8.0 + galley.size().x <= right.x;
    if fits {
        let corner = right - vec2(galley.size().x, galley.size().y / 2.0);
        painter.galley(corner, galley, tokens.muted_text);
    }
    let (received, sent) = (peer.received_bytes, peer.sent_bytes);
    let line = if fits {
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

fn menu_ui(
    ui: &mut Ui,
    words: &Cards,
    id: EndpointId,
    peer: &ConnectionStatus,
    chosen: bool,
    actions: &mut Vec<Action>,
) {
    let connection = peer.connection;
    if button::menu_item(ui, words.follow) {
        actions.push(Action::FollowConnection {
            endpoint: id,
            connection,
            from: None,
        });
    }
    if !chosen && button::menu_item(ui, words.show_peer) {
        actions.push(Action::ShowOnly {
            endpoint: Some(id),
            connection: Some(connection),
        });
    }
    if button::menu_item(ui, words.copy_address) {
        actions.push(Action::CopyText(peer.peer.to_string()));
    }
    if !peer.state.is_live() {
        return;
    }
    if button::menu_item(ui, words.send_to_peer) {
        actions.push(Action::SelectPeers {
            endpoint: id,
            peers: vec![connection],
        });
        actions.push(Action::SendTo(Recipients::SelectedPeers(id)));
    }
    ui.separator();
    if peer.state.can_send() && button::menu_item(ui, words.finish_sending) {
        actions.push(Action::FinishSending {
            endpoint: id,
            connection,
        });
    }
    if button::menu_item(ui, words.disconnect) {
        actions.push(Action::DisconnectPeer {
            endpoint: id,
            connection,
        });
    }
}

/// Shows what can be done with the selected peers.
fn selected_ui(
    ui: &mut Ui,
    words: &Cards,
    id: EndpointId,
    endpoint: &EndpointModel,
    actions: &mut Vec<Action>,
) {
    let selected = &endpoint.selected_peers;
    if selected.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let tokens = Tokens::of(ui);
        let count = words.selected(selected.len() as u64);
        ui.label(tokens.small_words(count, tokens.muted_text));
        let send = button::small(ui, words.send_to_selected);
        if send.on_hover_text(words.send_to_selected_why).clicked() {
            actions.push(Action::SendTo(Recipients::SelectedPeers(id)));
        }
        let disconnect = button::quiet(ui, words.disconnect);
        let disconnect = disconnect.accessible_name(words.disconnect_selected);
        if disconnect.clicked() {
            for connection in selected.iter().copied() {
                actions.push(Action::DisconnectPeer {
                    endpoint: id,
                    connection,
                });
            }
        }
        let clear = button::small(ui, words.clear_selection);
        let escape = ui.input(|input| input.key_pressed(Key::Escape)) && clear.has_focus();
        if clear.clicked() || escape {
            actions.push(Action::SelectPeers {
                endpoint: id,
                peers: Vec::new(),
            });
        }
    });
}
