//! A UDP socket in a poller, and which connection each of its peers is.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use super::flow::{DatagramEnds, PeerFlow};
use super::socket::{DatagramSocket, Made};
use super::{Arrived, DatagramBatch, Troubled};
use crate::net::address::Address;
use crate::net::id::FlowId;
use crate::net::pairs::{Listening, Pair};
use crate::net::poller::{Interest, Key, Poller, Registered};

/// A socket, and the connections that share it.
pub(in crate::net) struct Mouth {
    registered: Registered<DatagramSocket>,
    key: Key,
    local: SocketAddr,
    flows: HashMap<DatagramEnds, FlowId>,
    /// The connections on which a peer was answered from another address than it sent to, as with a group: what the network
    /// says of an answer names that other address.
    answered_elsewhere: HashMap<SocketAddr, Vec<FlowId>>,
    /// The connection that a client opened: the socket is closed with it.
    pub(in crate::net) opener: Option<FlowId>,
    /// As long as this lasts, our own clients are recognised.
    pub(in crate::net) listening: Option<Listening>,
    /// What a client's connection shares with its other end, if that is one of ours.
    pub(in crate::net) pair: Option<Pair>,
    /// How many datagrams the system has dropped, as it last said.
    dropped: u32,
    /// Connections that have something to send once the system takes it.
    waiting: VecDeque<FlowId>,
    is_read: bool,
    /// Whether there may be more to read than was read last.
    pub(in crate::net) is_behind: bool,
    /// Whether it is out of the poller: what it would report cannot be handed over.
    is_left: bool,
}

impl Mouth {
    /// Makes a server's socket.
    pub(in crate::net) fn bind(
        key: Key,
        address: SocketAddr,
        dual_stack: bool,
        made: Made<'_>,
        poller: &Poller,
    ) -> io::Result<Self> {
        Self::new(
            key,
            DatagramSocket::bind(address, dual_stack, made)?,
            poller,
        )
    }

    /// Makes a client's socket for a target.
    pub(in crate::net) fn towards(
        key: Key,
        target: SocketAddr,
        made: Made<'_>,
        poller: &Poller,
    ) -> io::Result<Self> {
        Self::new(key, DatagramSocket::towards(target, made)?, poller)
    }

    fn new(key: Key, socket: DatagramSocket, poller: &Poller) -> io::Result<Self> {
        let local = socket.local_addr()?;
        Ok(Self {
            registered: Registered::new(poller, key, socket, Interest::READABLE)?,
            key,
            local,
            flows: HashMap::new(),
            answered_elsewhere: HashMap::new(),
            opener: None,
            listening: None,
            pair: None,
            dropped: 0,
            waiting: VecDeque::new(),
            is_read: true,
            is_behind: false,
            is_left: false,
        })
    }

    /// Returns the address that the system actually bound.
    pub(in crate::net) fn local(&self) -> Address {
        Address::udp(self.local)
    }

    /// Reads what has arrived, as much as the batch holds, of each datagram at most `len` bytes.
    pub(in crate::net) fn receive(&self, batch: &mut DatagramBatch, len: usize) -> io::Result<()> {
        self.registered.receive(batch, len)
    }

    /// Returns how many datagrams the system has dropped since this was last asked: until one arrived, or until now.
    pub(in crate::net) fn newly_dropped(&mut self, arrived: Option<&Arrived>) -> u32 {
        let total = arrived.map_or_else(|| self.registered.dropped(), |it| it.dropped);
        let Some(total) = total else { return 0 };
        let newly = total.wrapping_sub(self.dropped);
        // What arrived before the system was last asked says less.
        if newly > u32::MAX / 2 {
            return 0;
        }
        self.dropped = total;
        newly
    }

    /// Takes the oldest message about a datagram that did not get there.
    pub(in crate::net) fn take_trouble(&self) -> Option<Troubled> {
        self.registered.take_trouble()
    }

    /// Returns whether there may be such a message, as a send has found since this was last asked.
    pub(in crate::net) fn saw_trouble(&self) -> bool {
        self.registered.saw_trouble()
    }

    /// Removes and returns the error that is pending on the socket.
    pub(in crate::net) fn take_error(&self) -> Option<io::Error> {
        self.registered.take_error().unwrap_or_else(Some)
    }

    /// Returns how the peer that sent a datagram is told from others.
    ///
    /// What a peer sends to a group, or to another address of ours, is an exchange of its own.
    pub(in crate::net) fn ends_of(&self, arrived: &Arrived) -> DatagramEnds {
        let to = arrived.to.filter(|to| *to != self.local.ip());
        let peer = arrived.from;
        DatagramEnds { peer, to }
    }

    /// Returns the connection with a peer.
    pub(in crate::net) fn flow(&self, ends: &DatagramEnds) -> Option<FlowId> {
        self.flows.get(ends).copied()
    }

    /// Returns the connection on which a datagram was sent, as far as the system says: to which peer, and from which
    /// address of ours.
    pub(in crate::net) fn flow_of(&self, troubled: &Troubled) -> Option<FlowId> {
        let peer = troubled.to?;
        let to = troubled.from.filter(|from| *from != self.local.ip());
        let known = self.flow(&DatagramEnds { peer, to });
        known.or_else(|| {
            let elsewhere = self.answered_elsewhere.get(&peer);
            let elsewhere = elsewhere.and_then(|ids| ids.last().copied());
            elsewhere.or_else(|| self.flow(&DatagramEnds { peer, to: None }))
        })
    }

    /// Adds a connection.
    pub(in crate::net) fn add(
        &mut self,
        id: FlowId,
        ends: DatagramEnds,
        from: Option<IpAddr>,
    ) -> PeerFlow {
        self.flows.insert(ends, id);
        if ends.to.is_some() && ends.to != from {
            self.answered_elsewhere
                .entry(ends.peer)
                .or_default()
                .push(id);
        }
        let to = ends.to.unwrap_or(self.local.ip());
        PeerFlow {
            socket: self.registered.clone(),
            key: self.key,
            ends,
            from: ends.to.and(from),
            local: SocketAddr::new(to, self.local.port()),
            active: Instant::now(),
            checks_at: None,
            awaits_room: false,
            is_kept: self.opener == Some(id),
        }
    }

    /// Forgets a connection.
    pub(in crate::net) fn remove(&mut self, ends: &DatagramEnds) {
        let removed = self.flows.remove(ends);
        if let Entry::Occupied(mut elsewhere) = self.answered_elsewhere.entry(ends.peer) {
            elsewhere.get_mut().retain(|id| Some(*id) != removed);
            if elsewhere.get().is_empty() {
                elsewhere.remove();
            }
        }
    }

    /// Returns all connections.
    pub(in crate::net) fn flows(&self) -> impl Iterator<Item = FlowId> + '_ {
        self.flows.values().copied()
    }

    /// Has a connection served once the system takes another datagram.
    pub(in crate::net) fn await_room(&mut self, id: FlowId) {
        self.waiting.push_back(id);
        self.settle();
    }

    /// Takes the connection that has waited longest to send something, as the system takes it now.
    pub(in crate::net) fn next_waiting(&mut self) -> Option<FlowId> {
        let next = self.waiting.pop_front();
        self.settle();
        next
    }

    /// Begins or ends to read. Returns whether that changes anything.
    pub(in crate::net) fn set_read(&mut self, is_read: bool) -> bool {
        let changes = self.is_read != is_read;
        if changes {
            self.is_read = is_read;
            self.is_left &= !is_read;
            self.settle();
        }
        changes
    }

    /// Takes it out of the poller until it is [read](Self::set_read) again: an error would be reported forever.
    pub(in crate::net) fn leave(&mut self) {
        self.is_read = false;
        self.is_left = true;
        self.registered.detach();
    }

    fn settle(&mut self) {
        if self.is_left {
            return;
        }
        let interest = Interest::new(self.is_read, !self.waiting.is_empty());
        // It fails only where the poller cannot be used any more, and then the next wait fails too.
        self.registered.set_interest(interest).ok();
    }
}
