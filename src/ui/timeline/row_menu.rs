//! What a row offers besides what it shows: its menu, and a hint about its connection.

use egui::{Response, Ui};

use super::super::widgets::button;
use super::super::{Action, Cx, Wish};
use super::columns::{ColumnSpan, Columns};
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
        if row.is_tcp() && button::menu_item(ui, cx.words.lifecycles.show) {
            cx.wish(Wish::ShowLifecycle(connection));
        }
        if button::menu_item(ui, words.show_connection) {
            cx.push(Action::ShowOnly(None, Some(connection)));
        }
    }
    if button::menu_item(ui, words.show_this_endpoint) {
        cx.push(Action::ShowOnly(Some(endpoint), None));
    }
    rules_ui(ui, cx, row, selected);
}

/// Shows what rules have to do with a row that was received.
fn rules_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row, selected: Option<(u64, u64)>) {
    let words = &cx.words.whys;
    let pair = selected.and_then(|rows| exchanged(cx, rows));
    let request = pair.map_or(row, |(request, _)| request);
    let own = request.endpoint.and_then(|id| cx.own_endpoint(id));
    let Some(own) = own.filter(|_| is_request(request)) else {
        return;
    };
    ui.separator();
    if pair.is_none() && button::menu_item(ui, words.name) {
        cx.wish(Wish::GoTo(row.entry));
        cx.wish(Wish::WhyNot);
    }
    let (make, reply) = match pair {
        Some((_, reply)) => (words.make_from_two, Some(reply.number)),
        None => (words.make, None),
    };
    if button::menu_item(ui, make) {
        let of = cx.timeline.exchange_of(request.number, reply);
        cx.push(Action::MakeRule(own, Box::new(of)));
    }
}

fn is_request(row: &Row) -> bool {
    matches!(row.kind, RowKind::Received(size) if size > 0)
}

/// Returns the two rows that are selected, if one is what was received and the other what was sent on its connection then.
fn exchanged(model: &Model, (first, last): (u64, u64)) -> Option<(&Row, &Row)> {
    let rows = model.timeline.loaded_rows();
    let mut rows = rows
        .iter()
        .filter(|row| (first..=last).contains(&row.number));
    let (request, reply) = (rows.next()?, rows.next()?);
    let is_reply = matches!(reply.kind, RowKind::Sent(_)) && reply.connection == request.connection;
    (rows.next().is_none() && is_reply && is_request(request)).then_some((request, reply))
}

/// Shows the ends of a row's connection while the pointer rests on its number or its endpoint.
pub(super) fn hint_ui(model: &Model, columns: &Columns, row: &Row, response: &Response) {
    let spans = [TimelineColumn::Connection, TimelineColumn::Endpoint].map(|it| columns.span(it));
    let pointer = response.hover_pos().map(|at| at.x - response.rect.left());
    let is_on = |span: &ColumnSpan| pointer.is_some_and(|x| span.contains(x));
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
        (kind, Some(ConnectionState::PeerFinished)) if kind.is_end_of_peer() => RowKind::Caution,
        (EventKind::WeFinished, Some(ConnectionState::WeFinished)) => RowKind::Caution,
        _ => row.kind,
    }
}
