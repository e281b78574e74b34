//! How a worker passes on what connections have others do: on the endpoint, and on other endpoints.

use std::collections::VecDeque;

use super::Worker;
use crate::net::connection::{Connection, Delivered};
use crate::net::elsewhere::Elsewhere;
use crate::net::error::NetError;
use crate::net::event::Requester;
use crate::net::hops::Hop;
use crate::net::id::{EndpointId, FlowId};
use crate::net::neighbours::Visit;
use crate::script::{Act, Content, Message, Whom};

/// How many connections do something for others in one turn.
const DELIVERIES_PER_TURN: usize = 256;

/// Something that is on its way to connections.
pub(super) struct Delivery {
    what: Delivered,
    to: VecDeque<FlowId>,
    by: Requester,
    hop: Hop,
}

impl Worker {
    /// Returns whether something can be passed on.
    pub(super) fn has_to_deliver(&self) -> bool {
        let is_waiting = self.delivery.is_some() || !self.context.elsewhere.is_empty();
        is_waiting && self.context.outbox.has_room_for_commands()
    }

    /// Passes on what connections have others do, in order, as much as a turn has room for.
    pub(super) fn deliver(&mut self) {
        self.take_visits();
        for _ in 0..DELIVERIES_PER_TURN {
            if !self.has_to_deliver() || self.context.is_spent() {
                return;
            }
            let Some(mut delivery) = self.next_delivery() else {
                continue;
            };
            let Some(id) = delivery.to.pop_front() else {
                continue;
            };
            let (what, about) = (delivery.what.clone(), (delivery.by, delivery.hop));
            self.delivery = Some(delivery);
            self.act(id, |connection, context| {
                connection.deliver(what, about, context)
            });
        }
    }

    /// Takes what other endpoints request, as far as there is room.
    fn take_visits(&mut self) {
        while self.context.has_room_elsewhere() {
            let Ok(Visit { act, by, hop }) = self.doorstep.visits.try_recv() else {
                return;
            };
            self.context.elsewhere.push_back(Elsewhere {
                from: None,
                whom: Some(Whom::All),
                act,
                by,
                hop,
            });
        }
    }

    /// Drops all that waits to be passed on.
    pub(super) fn drop_deliveries(&mut self) {
        self.delivery = None;
        self.context.elsewhere.clear();
        while self.doorstep.visits.try_recv().is_ok() {}
    }

    /// Returns the delivery that is on its way, or begins the next. `None` if that one is for another endpoint.
    fn next_delivery(&mut self) -> Option<Delivery> {
        if let Some(delivery) = self.delivery.take() {
            return Some(delivery);
        }
        let elsewhere = self.context.elsewhere.pop_front()?;
        let Some(whom) = &elsewhere.whom else {
            self.change_groups(&elsewhere);
            return None;
        };
        let Some(mut to) = self.recipients(whom, &elsewhere) else {
            self.visit(elsewhere);
            return None;
        };
        let is_visit = elsewhere.from.is_none();
        if is_visit && to.is_empty() {
            let bytes = elsewhere.len_bytes() as u64;
            let error = NetError::NoPeers { bytes };
            self.context.emit_failure_by(elsewhere.by, None, error);
        }
        let includes_sender = elsewhere.may_include_sender(self.context.outbox.endpoint());
        let Elsewhere {
            from, act, by, hop, ..
        } = elsewhere;
        let what = match act {
            Act::Send(Content::Message(Message::Bytes(bytes))) => {
                Delivered::Payload(self.context.payload(bytes))
            }
            act => Delivered::Act(act),
        };
        if let Some(link) = from.filter(|_| includes_sender) {
            let id = link.connection;
            let place = to.iter().position(|it| *it == id);
            let own = place.and_then(|it| to.remove(it)).map(|_| what.clone());
            self.act(id, |connection, context| {
                connection.pass_on_to_itself(own, (by, hop), context)
            });
        }
        Some(Delivery { what, to, by, hop })
    }

    /// Has a connection join or leave a group, unless it has ended meanwhile.
    fn change_groups(&mut self, elsewhere: &Elsewhere) {
        let Some(link) = &elsewhere.from else {
            return;
        };
        let id = link.connection;
        match &elsewhere.act {
            Act::Join(name) if self.connections.contains_key(&id) => {
                if let Err(error) = self.context.groups.join(id, name) {
                    let by = elsewhere.by;
                    self.context.emit_failure_by(by, Some(link), error);
                }
            }
            Act::Leave(name) => self.context.groups.leave(id, name),
            _ => {}
        }
    }

    /// Returns the connections of this endpoint that are to do something; `None` if those of another endpoint are.
    fn recipients(&self, whom: &Whom, elsewhere: &Elsewhere) -> Option<VecDeque<FlowId>> {
        let from = elsewhere.from.as_ref().map(|link| link.connection);
        let is_send = matches!(elsewhere.act, Act::Send(_));
        let is_open = |it: &Connection| !is_send || it.can_send();
        let open = self.connections.values().filter(|it| is_open(it));
        let open = open.map(|it| it.id());
        Some(match whom {
            Whom::All => open.collect(),
            Whom::Others => open.filter(|id| Some(*id) != from).collect(),
            Whom::Group(name) => {
                let members = self.context.groups.members(name);
                let is_open = |id: &FlowId| self.connections.get(id).is_some_and(|it| is_open(it));
                members.filter(is_open).collect()
            }
            Whom::Endpoint(endpoint) if endpoint.0 == self.context.outbox.endpoint().0 => {
                open.collect()
            }
            Whom::Endpoint(_) => return None,
        })
    }

    /// Has another endpoint do something; reports why it does not.
    fn visit(&mut self, elsewhere: Elsewhere) {
        let Some(Whom::Endpoint(endpoint)) = elsewhere.whom else {
            return;
        };
        let endpoint = EndpointId(endpoint.0);
        let bytes = elsewhere.len_bytes() as u64;
        let Elsewhere {
            from, act, by, hop, ..
        } = elsewhere;
        let visit = Visit { act, by, hop };
        if let Err(why) = self.context.neighbours.visit(endpoint, visit) {
            let error = NetError::Elsewhere {
                endpoint,
                bytes,
                why,
            };
            self.context.emit_failure_by(by, from.as_ref(), error);
        }
    }

    /// Lets other endpoints know whether this one runs, and how many connections it has.
    pub(super) fn show_standing(&self) {
        let connections = self.connections.len();
        let is_running = self.listener.is_some()
            || !self.mouths.is_empty()
            || connections > 0
            || !self.attempts.is_empty()
            || self.wanted.is_some()
            || self.reconnecting.is_waiting();
        self.doorstep.show(is_running, connections);
    }
}
