//! How a worker passes on what joined connections want of each other.

use super::Worker;
use crate::net::connection::Connection;
use crate::net::error::NetError;
use crate::net::id::FlowId;

impl Worker {
    /// Joins two connections: what each receives, the other sends.
    pub(super) fn join(&mut self, one: FlowId, other: FlowId) {
        let are_there = [one, other].iter().all(|it| {
            let connection = self.connections.get(it);
            connection.is_some_and(|it| it.partner().is_none())
        });
        if one == other || !are_there {
            self.context.emit_failure(None, NetError::NoConnection);
            return;
        }
        for (id, partner) in [(one, other), (other, one)] {
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.join(partner);
            }
        }
    }

    /// Passes on what connections want of the ones that they are joined with, until none wants anything. Each step sends
    /// or ends something, so it ends.
    pub(super) fn relay(&mut self) {
        while let Some((id, relayed)) = self.context.relayed.pop_front() {
            let Some(connection) = self.connections.get_mut(&id) else {
                continue;
            };
            let source = connection.partner();
            let (outcome, holds_up) = connection.relay(relayed, &mut self.context);
            self.note(id, outcome);
            if holds_up && let Some(source) = source.and_then(|it| self.connections.get_mut(&it)) {
                let id = source.id();
                let outcome = Connection::hold_up(source, &mut self.context);
                self.note(id, outcome);
            }
        }
    }
}
