//! Where a message goes.

use super::{EndpointModel, Model};
use crate::net::{EndpointId, FlowId, Link};
use crate::payload::Encoding;
use crate::workspace::{EndpointKind, ReplyKind, TargetForm};

/// The recipients of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// A client's peer.
    Client(EndpointId),
    /// All peers of a server.
    AllPeers(EndpointId),
    /// The selected peers of a server.
    SelectedPeers(EndpointId),
}

impl Recipients {
    /// Returns the endpoint that sends.
    pub fn endpoint(self) -> EndpointId {
        match self {
            Self::Client(id) | Self::AllPeers(id) | Self::SelectedPeers(id) => id,
        }
    }
}

impl Model {
    /// Returns the encoding of a message's text: that of the first endpoint that sends it.
    pub fn send_encoding(&self) -> Encoding {
        let form = self.send_to.and_then(|it| self.form(it.endpoint()));
        form.map(|form| form.protocol().sent.encoding)
            .unwrap_or_default()
    }

    /// Returns whether the message goes out as datagrams, to all of its recipients.
    pub fn sends_datagrams(&self) -> bool {
        let is_udp = |it: Recipients| self.document.transport(it.endpoint()).is_udp();
        self.send_to.is_some() && self.recipients().all(is_udp)
    }

    /// Returns whether any recipient gets the message as one datagram, whose length is bounded: no slices cut it.
    pub fn sends_one_datagram(&self) -> bool {
        self.recipients().any(|it| {
            let id = it.endpoint();
            let known = self.endpoints.get(&id);
            let known = known.into_iter().flat_map(|it| it.connections.values());
            let mut live = known.filter(|it| it.state.is_live());
            let is_cut = live.any(|it| it.pace.slices.is_some());
            self.document.transport(id).is_udp() && !is_cut
        })
    }

    /// Returns the connection that a message goes to, if that is exactly one open connection.
    pub fn send_link(&self) -> Option<Link> {
        let (Some(Recipients::Client(id)), []) = (self.send_to, &*self.also_to) else {
            return None;
        };
        let connection = self.endpoints.get(&id)?.connected()?;
        Some(Link {
            connection: connection.connection,
            local: connection.local.clone(),
            peer: connection.peer.clone(),
        })
    }

    /// Returns the recipients of the message: the chosen ones, in the order in which they were chosen.
    pub fn recipients(&self) -> impl Iterator<Item = Recipients> {
        self.send_to.into_iter().chain(self.also_to.iter().copied())
    }

    /// Returns what names all the recipients: the first one, and how many more there are.
    pub fn recipients_summary(&self) -> Option<String> {
        let first = self.recipients_label(self.send_to?);
        Some(match self.also_to.len() {
            0 => first,
            more => self.words.composer.and_more(&first, more),
        })
    }

    /// Includes recipients, or leaves them out again unless they are the only ones. Those of one endpoint take the place
    /// of each other.
    pub fn toggle_recipients(&mut self, recipients: Recipients) {
        let mut all: Vec<_> = self.recipients().collect();
        if let Some(place) = all.iter().position(|it| *it == recipients) {
            if all.len() > 1 {
                all.remove(place);
            }
        } else {
            all.retain(|it| it.endpoint() != recipients.endpoint());
            all.push(recipients);
        }
        let mut all = all.into_iter();
        self.send_to = all.next();
        self.also_to = all.collect();
    }

    /// Returns the possible recipients of a message, in the order of the sidebar.
    pub fn possible_recipients(&self) -> Vec<Recipients> {
        let mut all = Vec::new();
        for form in &self.document.endpoints {
            match form.kind {
                EndpointKind::Client(_) => all.push(Recipients::Client(form.id)),
                EndpointKind::Server(_) => {
                    all.push(Recipients::AllPeers(form.id));
                    let selected = Recipients::SelectedPeers(form.id);
                    // Keep the choice when the last selected peer goes: the message must not go to all peers instead.
                    let is_chosen = self.recipients().any(|it| it == selected);
                    if is_chosen || self.selected_peers(form.id) > 0 {
                        all.push(selected);
                    }
                }
            }
        }
        all
    }

    /// Returns the label of a choice of recipients: `Client 1`, `Server 1: all peers`.
    pub fn recipients_label(&self, recipients: Recipients) -> String {
        let name = self.name(recipients.endpoint()).unwrap_or_default();
        match recipients {
            Recipients::Client(_) => name.to_owned(),
            Recipients::AllPeers(_) => self.words.composer.all_peers(name),
            Recipients::SelectedPeers(id) => {
                let count = self.selected_peers(id);
                self.words.composer.selected_peers(name, count)
            }
        }
    }

    fn selected_peers(&self, id: EndpointId) -> usize {
        self.endpoints
            .get(&id)
            .map_or(0, |endpoint| endpoint.selected_peers.len())
    }

    /// Returns the server to start next, so that the message has a recipient: the one that is the recipient or that the
    /// recipient follows, if it does not listen.
    pub fn next_server_to_start(&self) -> Option<EndpointId> {
        let recipient = self.send_to?.endpoint();
        match &self.form(recipient)?.kind {
            EndpointKind::Server(_) => self.unless_listening(recipient),
            EndpointKind::Client(_) => self.server_to_start(recipient),
        }
    }

    /// Returns the server that a client follows, if it does not listen and the client is not connected.
    pub fn server_to_start(&self, client: EndpointId) -> Option<EndpointId> {
        let EndpointKind::Client(form) = &self.form(client)?.kind else {
            return None;
        };
        let is_connected = self.endpoints.get(&client)?.connected().is_some();
        match form.target {
            TargetForm::Server(server) if !is_connected => self.unless_listening(server),
            _ => None,
        }
    }

    /// Returns what a server replies.
    pub fn reply_of(&self, server: EndpointId) -> Option<ReplyKind> {
        match &self.form(server)?.kind {
            EndpointKind::Server(server) => Some(server.behaviour.reply),
            EndpointKind::Client(_) => None,
        }
    }

    /// Returns the server of ours that a client follows or is connected to.
    pub fn server_of(&self, client: EndpointId) -> Option<EndpointId> {
        let EndpointKind::Client(form) = &self.form(client)?.kind else {
            return None;
        };
        let peer = self.endpoints.get(&client)?.connected().map(|it| &it.peer);
        let is_peer = |server: EndpointId| {
            let bound = self.endpoints.get(&server).and_then(EndpointModel::bound);
            bound.is_some_and(|bound| Some(&bound.reachable()) == peer)
        };
        match form.target {
            TargetForm::Server(server) => Some(server),
            TargetForm::Address => self.endpoints.keys().copied().find(|it| is_peer(*it)),
        }
    }

    fn unless_listening(&self, server: EndpointId) -> Option<EndpointId> {
        let is_listening = self.endpoints.get(&server)?.bound().is_some();
        (!is_listening).then_some(server)
    }

    /// Selects peers of a server, for sending and disconnecting.
    pub fn select_peers(&mut self, endpoint: EndpointId, peers: Vec<FlowId>) {
        if let Some(model) = self.endpoints.get_mut(&endpoint) {
            model.selected_peers = peers.into_iter().collect();
        }
        self.update_send_to();
    }

    /// Chooses an existing recipient: the chosen one, else the remembered one, else the first client.
    pub(super) fn update_send_to(&mut self) {
        let possible = self.possible_recipients();
        self.also_to.retain(|it| possible.contains(it));
        if self
            .send_to
            .is_some_and(|chosen| possible.contains(&chosen))
        {
            return;
        }
        let remembered = || {
            let name = self.preferences.composer.send_to.as_deref()?;
            self.document.named(name).map(|form| form.id)
        };
        if self.send_to.is_some() && !self.also_to.is_empty() {
            // The others are still who it goes to.
            self.send_to = Some(self.also_to.remove(0));
            return;
        }
        let wanted = self.send_to.map(Recipients::endpoint).or_else(remembered);
        let of_wanted = possible.iter().find(|it| Some(it.endpoint()) == wanted);
        let client = possible
            .iter()
            .find(|it| matches!(it, Recipients::Client(_)));
        self.send_to = of_wanted.or(client).or(possible.first()).copied();
    }
}
