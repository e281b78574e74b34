//! What a row offers besides what it shows: its menu, and a hint about its connection.

use egui::{Response, Ui};

use super::super::widgets::button;
use super::super::{Action, Cx, Wish};
use super::columns::{Columns, Span};
use crate::capture::{ConnectionState, EventKind, Happening, Row, RowKind, RowText};
use crate::model::Model;
use crate::payload::CopyFormat;
use crate::session::CaptureId;
use crate::workspace::TimelineColumn;

/// Shows what can be done with a row, and with the selected ones.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row, selected: Option<(u64, u64)>) {
    let words = &cx.words.timeline;
    if row.bundle.is_some() && button::menu_item(ui, cx.words.lanes.show_chunks) {
        cx.push(Action::Bundle(false));
    }
    let formats = [
        (words.copy_text, CopyFormat::Text),
        (words.copy_hex, CopyFormat::Hex),
        (words.copy_escaped, CopyFormat::Escaped),
        (words.copy_c_array, CopyFormat::CArray),
        (words.copy_rows, CopyFormat::Rows),
    ];
    for (name, format) in formats {
        if button::menu_item(ui, name) {
            let rows = selected.unwrap_or((row.number, row.number));
            cx.push(Action::Copy(rows, format));
        }
    }
    let Some(endpoint) = row.endpoint else { return };
    ui.separator();
    if let Some(connection) = row.connection {
        if button::menu_item(ui, words.follow_connection) {
            let from = Some(row.entry);
            cx.push(Action::FollowConnection(endpoint, connection, from));
        }
        if !row.is_unix() && button::menu_item(ui, cx.words.lifecycles.show) {
            cx.wish(Wish::ShowLifecycle(connection));
        }
        if button::menu_item(ui, words.show_connection) {
            cx.push(Action::ShowOnly(None, Some(connection)));
        }
    }
    if button::menu_item(ui, words.show_this_endpoint) {
        cx.push(Action::ShowOnly(Some(endpoint), None));
    }
}

/// Shows the ends of a row's connection while the pointer rests on its number or its endpoint.
pub(super) fn hint_ui(model: &Model, columns: &Columns, row: &Row, response: &Response) {
    let spans = [TimelineColumn::Connection, TimelineColumn::Endpoint].map(|it| columns.span(it));
    let pointer = response.hover_pos().map(|at| at.x - response.rect.left());
    let is_on = |span: &Span| pointer.is_some_and(|x| span.contains(x));
    if !spans.iter().flatten().any(is_on) {
        return;
    }
    let words = &model.words.timeline;
    let hint = match (row.connection, &row.local, &row.peer) {
        (Some(it), Some(local), Some(peer)) => {
            words.ends_of_connection(it.number, &local.to_string(), &peer.to_string())
        }
        (Some(it), None, Some(peer)) => words.peer_of_connection(it.number, &peer.to_string()),
        _ => return,
    };
    response.clone().on_hover_text_at_pointer(hint);
}

/// Returns the kind that gives a row its colour: a FIN is in order, unless its connection stays half-open after it.
pub(super) fn kind_now(model: &Model, row: &Row) -> RowKind {
    let (Some(endpoint), Some(connection)) = (row.endpoint, row.connection) else {
        return row.kind;
    };
    let RowText::Words(Happening::Entry(entry)) = &row.text else {
        return row.kind;
    };
    if row.kind != RowKind::Ended || model.shown() != CaptureId::Live {
        return row.kind;
    }
    let endpoint = model.endpoints.get(&endpoint);
    let status = endpoint.and_then(|it| it.connections.get(&connection));
    match (&entry.event.kind, status.map(|it| &it.state)) {
        (EventKind::PeerFinished, Some(ConnectionState::PeerFinished))
        | (EventKind::WeFinished, Some(ConnectionState::WeFinished)) => RowKind::Caution,
        _ => row.kind,
    }
}
