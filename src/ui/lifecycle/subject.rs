//! Which connection is drawn, and what its ends are called.

use std::collections::BTreeMap;

use super::super::Cx;
use super::reports::ReportSide;
use super::sheet::EndName;
use crate::capture::{ConnectionStatus, ConnectionTls, Row};
use crate::model::Model;
use crate::net::{Address, EndpointId, FlowId};
use crate::session::CaptureId;
use crate::words::Language;
use crate::workspace::TransportKind;

/// A connection, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LifecycleSubject {
    /// The end that was chosen.
    pub(super) flow: FlowId,
    /// The endpoint of that end.
    pub(super) endpoint: Option<EndpointId>,
    /// The endpoint of the other end, if that is ours too.
    pub(super) other: Option<EndpointId>,
    pub(super) local: Option<Address>,
    pub(super) peer: Option<Address>,
}

impl LifecycleSubject {
    pub(super) fn of(flow: FlowId) -> Self {
        Self {
            flow,
            endpoint: None,
            other: None,
            local: None,
            peer: None,
        }
    }

    /// Learns what the model knows of the connection now.
    pub(super) fn learn(&mut self, model: &Model) {
        for row in model.timeline.loaded_rows() {
            self.learn_of_row(row);
        }
        if model.shown() != CaptureId::Live {
            return;
        }
        if let Some(status) = status(model, self.flow) {
            self.endpoint = Some(status.endpoint);
            self.local = status.local.clone().or(self.local.take());
            self.peer = Some(status.peer.clone());
        }
        if let Some(other) = status(model, self.flow.other_end()) {
            self.other = Some(other.endpoint);
        }
    }

    fn learn_of_row(&mut self, row: &Row) {
        if row.connection == Some(self.flow) {
            self.endpoint = row.endpoint.or(self.endpoint);
            self.local = row.local.clone().or(self.local.take());
            self.peer = row.peer.clone().or(self.peer.take());
        } else if row.connection == Some(self.flow.other_end()) {
            self.other = row.endpoint.or(self.other);
        }
    }

    /// Returns what carries its bytes, if any of its addresses is known.
    pub(super) fn transport(&self) -> TransportKind {
        let mut ends = [&self.peer, &self.local].into_iter().flatten();
        ends.next().map_or(TransportKind::Tcp, TransportKind::of)
    }

    /// Returns whether its bytes are known to be encrypted with TLS.
    pub(super) fn is_encrypted(&self, model: &Model) -> bool {
        let ends = [self.flow, self.flow.other_end()];
        let is_live = model.shown() == CaptureId::Live;
        let status = ends.iter().find_map(|end| status(model, *end));
        if let Some(status) = status.filter(|_| is_live) {
            return status.tls != ConnectionTls::Plain;
        }
        let mut rows = model.timeline.loaded_rows().iter();
        rows.any(|row| {
            let is_ours = row.connection.is_some_and(|it| ends.contains(&it));
            is_ours && row.tls_report().is_some()
        })
    }

    /// Returns what the client's end and the server's are called in a language.
    pub(super) fn names(&self, model: &Model, language: &Language) -> [EndName; 2] {
        let words = &language.lifecycles;
        let own = ReportSide::of(self.flow.role);
        let roles = [words.client, words.server];
        let called = |id: Option<EndpointId>| id.and_then(|id| model.shown_name(id));
        let mut names = [EndName::default(), EndName::default()];
        let ours = called(self.endpoint).unwrap_or(roles[own as usize]);
        let peer = called(self.other).unwrap_or(words.peer);
        let shown = |address: &Option<Address>| address.as_ref().map(ToString::to_string);
        names[own as usize] = EndName {
            name: ours.to_owned(),
            address: shown(&self.local),
        };
        names[own.other() as usize] = EndName {
            name: peer.to_owned(),
            address: shown(&self.peer),
        };
        names
    }
}

/// What is selected, as far as it decides which connection is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LifecycleSelection {
    connection: Option<FlowId>,
    entry: Option<u64>,
    endpoint: Option<EndpointId>,
    /// The server of the lesson that is being done, and its step.
    lesson: Option<(EndpointId, usize)>,
}

impl LifecycleSelection {
    pub(super) fn of(cx: &Cx<'_>, entry: Option<u64>) -> Self {
        Self {
            connection: selected(cx),
            entry,
            endpoint: cx.chosen,
            lesson: cx
                .lesson
                .as_ref()
                .map(|it| (it.ends.server, it.progress.step())),
        }
    }
}

impl LifecycleSelection {
    /// Returns whether another lesson is being done than by `before`.
    pub(super) fn begins_lesson(&self, before: &Self) -> bool {
        let server = |it: &Self| it.lesson.map(|(server, _)| server);
        server(self).is_some() && server(self) != server(before)
    }
}

/// Returns the connection of the selected row, or that of the view.
fn selected(cx: &Cx<'_>) -> Option<FlowId> {
    cx.connection.or(cx.timeline.filter().connection)
}

/// Returns the connection that a user means who has chosen none: the selected one, the newest one of the lesson, or of the
/// selected endpoint, or else the only one that there is.
pub(super) fn meant(cx: &Cx<'_>) -> Option<FlowId> {
    let is_live = cx.shown() == CaptureId::Live;
    let lesson = cx.lesson.as_ref().filter(|_| is_live);
    let lesson: Vec<_> = lesson.iter().flat_map(|it| it.ends.all()).collect();
    let endpoint = cx.chosen.filter(|_| is_live);
    let meant = selected(cx).or_else(|| newest_of(cx, &lesson));
    if !lesson.is_empty() {
        // Before its first connection, no other one is meant.
        return meant;
    }
    meant
        .or_else(|| newest_of(cx, endpoint.as_slice()))
        .or_else(|| {
            let rows = cx.timeline.loaded_rows().iter();
            let in_rows = rows.filter_map(|row| row.connection);
            let endpoints = cx.endpoints.values().filter(|_| is_live);
            let known = endpoints.flat_map(|it| it.connections.keys().copied());
            only(known.chain(in_rows))
        })
}

/// Returns the newest connection of some endpoints.
fn newest_of(model: &Model, endpoints: &[EndpointId]) -> Option<FlowId> {
    let models = endpoints.iter().filter_map(|id| model.endpoints.get(id));
    let known = models.flat_map(|it| it.connections.keys().copied());
    let is_of = |row: &&Row| row.endpoint.is_some_and(|id| endpoints.contains(&id));
    let rows = model.timeline.loaded_rows().iter().filter(is_of);
    newest(known.chain(rows.filter_map(|row| row.connection)))
}

/// Returns the newest connection: its client's end, where that is among them.
fn newest(all: impl Iterator<Item = FlowId>) -> Option<FlowId> {
    all.max_by_key(|flow| (flow.number, ReportSide::of(flow.role) == ReportSide::Client))
}

/// Returns the newest connections that are known, each once, with what they are called: by the client's end, where that
/// is among them. Of the addresses, the client's says more: no other connection to that server has it.
pub(super) fn known(cx: &Cx<'_>) -> Vec<(FlowId, String)> {
    let is_live = cx.shown() == CaptureId::Live;
    let statuses = cx.endpoints.values().filter(|_| is_live);
    let statuses = statuses.flat_map(|it| it.connections.values());
    let ends = statuses.map(|it| (it.connection, it.local.as_ref(), Some(&it.peer)));
    let rows = cx.timeline.loaded_rows().iter();
    let rows = rows.filter_map(|row| Some((row.connection?, None, row.peer.as_ref())));
    let mut known = BTreeMap::new();
    for (flow, local, peer) in ends.chain(rows) {
        let is_client = ReportSide::of(flow.role) == ReportSide::Client;
        let found = known.entry(flow.number).or_insert(Known::new(flow));
        let (client, server) = if is_client {
            found.flow = flow;
            (local, peer)
        } else {
            (peer, local)
        };
        found.client = found.client.or(client);
        found.server = found.server.or(server);
        if known.len() > MAX_KNOWN {
            known.pop_first();
        }
    }
    let words = &cx.words.lifecycles;
    let named = known.into_values().rev().map(|known| {
        let number = known.flow.number;
        let name = match (known.client, known.server) {
            (Some(client), _) => words.connection_from(number, &client.to_string()),
            (None, Some(server)) => words.connection_to(number, &server.to_string()),
            (None, None) => words.title(number),
        };
        (known.flow, name)
    });
    named.collect()
}

/// A connection that is known, with the addresses of its ends as far as they are.
struct Known<'a> {
    flow: FlowId,
    client: Option<&'a Address>,
    server: Option<&'a Address>,
}

impl Known<'_> {
    fn new(flow: FlowId) -> Self {
        Self {
            flow,
            client: None,
            server: None,
        }
    }
}

/// How many connections are offered.
const MAX_KNOWN: usize = 64;

/// Returns the connection that all are ends of: its client's end, where that is among them.
fn only(mut all: impl Iterator<Item = FlowId>) -> Option<FlowId> {
    let first = all.next()?;
    let mut found = first;
    for flow in all {
        if flow.number != first.number {
            return None;
        }
        if ReportSide::of(flow.role) == ReportSide::Client {
            found = flow;
        }
    }
    Some(found)
}

pub(super) fn status(model: &Model, flow: FlowId) -> Option<&ConnectionStatus> {
    let mut endpoints = model.endpoints.values();
    endpoints.find_map(|it| it.connections.get(&flow))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_connection_is_meant_by_both_of_its_ends() {
        let check = |flows: &[FlowId], expected: Option<FlowId>| {
            assert_eq!(only(flows.iter().copied()), expected);
        };
        let (client, server) = (FlowId::client(1), FlowId::server(1));
        check(&[], None);
        check(&[server, client, server], Some(client));
        check(&[server], Some(server));
        check(&[client, FlowId::client(2)], None);
    }

    #[test]
    fn the_newest_connection_has_the_highest_number_and_is_its_client_s() {
        let newest = |flows: &[FlowId]| newest(flows.iter().copied());
        let (client, server) = (FlowId::client(2), FlowId::server(2));
        assert_eq!(newest(&[]), None);
        assert_eq!(newest(&[client, server, FlowId::client(1)]), Some(client));
        assert_eq!(newest(&[FlowId::client(1), server]), Some(server));
    }
}
