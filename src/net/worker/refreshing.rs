//! How a change of what an endpoint does by itself reaches its connections at once.

use std::collections::BTreeSet;

use super::Worker;
use crate::net::config::Behaviour;
use crate::net::connection::Connection;

/// How many connections take a new responder in one turn. One that something happens on takes it before that.
const REFRESHES_PER_TURN: usize = 1024;

impl Worker {
    /// Treats connections in another way from now on.
    pub(super) fn configure(&mut self, behaviour: Behaviour) {
        if self.context.set_behaviour(behaviour) {
            self.refreshing = self.connections.keys().copied().collect::<BTreeSet<_>>();
        }
    }

    /// Gives the next connections the responder of the current behaviour.
    pub(super) fn refresh(&mut self) {
        for _ in 0..REFRESHES_PER_TURN {
            let Some(id) = self.refreshing.pop_first() else {
                return;
            };
            self.act(id, Connection::change_responder);
        }
    }
}
