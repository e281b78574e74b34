//! What all connections of a worker share: read buffers, settings, poller, outbox and timers.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::budget::Budget;
use super::buffers::Buffers;
use super::clock::{Clock, Stamp};
use super::config::{Behaviour, MAX_READ_BUFFER};
use super::elsewhere::Elsewhere;
use super::error::NetError;
use super::event::{EngineEventKind, Link, Payload, Requester};
use super::groups::ConnectionGroups;
use super::hops::Hop;
use super::id::{FlowId, Ids};
use super::kernel::Diag;
use super::lab::Lab;
use super::lab_conditions::Conditions;
use super::lab_error::LabError;
use super::neighbours::Neighbours;
use super::network::Network;
use super::outbox::Outbox;
use super::poller::{Key, Poller};
use super::sockets::Sockets;
use super::timers::Timers;
use super::tls::TlsHome;
use super::tls_setup::TlsUse;
use super::udp::Replies;
use super::udp_options::DEFAULT_FORGET_AFTER;
use crate::script::{Acts, Message};

/// How many bytes one share of a turn may read and write.
const SHARE_BYTES: usize = 1024 * 1024;
/// How much that connections have others do may wait. What follows it on a connection waits with that connection.
const ELSEWHERE: usize = 1024;

/// The shared state of a worker.
pub(super) struct Context {
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    sockets: Arc<dyn Sockets>,
    lab: Lab,
    pub(super) tls: TlsUse,
    pub(super) poller: Poller,
    pub(super) outbox: Outbox,
    pub(super) timers: Timers,
    pub(super) budget: Budget,
    /// What each read fills. Its length is the read buffer setting.
    pub(super) buffers: Buffers,
    /// What a responder requests; kept to save an allocation for each request.
    pub(super) acts: Acts,
    /// What connections want of the connections they are joined with. The worker passes it on.
    pub(super) relayed: VecDeque<(FlowId, Relayed)>,
    /// What connections have others do. The worker passes it on.
    pub(super) elsewhere: VecDeque<Elsewhere>,
    pub(super) groups: ConnectionGroups,
    pub(super) neighbours: Neighbours,
    /// Connections that wait for a piece of a feed.
    pub(super) awaiting_pieces: Vec<FlowId>,
    /// Connections of UDP sockets that have more to send than the system takes, or a turn allows.
    pub(super) awaiting_room: Vec<(Key, FlowId)>,
    /// Echoes of datagrams that were read together.
    pub(super) replies: Replies,
    /// When datagrams were last read.
    pub(super) read_at: Instant,
    /// After how long a silence the peer of a UDP socket is forgotten.
    pub(super) forget_after: Duration,
    behaviour: Behaviour,
    /// Counts the changes of the behaviour.
    generation: u32,
    /// The messages of the script, so that all that is sent of one shares a payload.
    messages: Vec<Payload>,
    left_bytes: usize,
}

/// What a connection wants of the one that it is joined with.
#[derive(Debug)]
pub(super) enum Relayed {
    /// Send these bytes, which came this way.
    Bytes(Payload, Hop),
    /// Finish sending after what is queued.
    Finish,
    /// Close after what is queued.
    Close,
    /// Reset at once.
    Reset,
    /// Read again: there is room for what you read.
    Resume,
}

impl Context {
    pub(super) fn new(
        clock: Clock,
        ids: Ids,
        (sockets, lab, tls): (Arc<dyn Sockets>, Lab, TlsHome),
        neighbours: Neighbours,
        budget: Budget,
        poller: Poller,
        outbox: Outbox,
    ) -> Self {
        let mut context = Self {
            clock,
            ids,
            sockets,
            lab,
            tls: TlsUse::new(tls),
            poller,
            outbox,
            timers: Timers::default(),
            budget,
            buffers: Buffers::default(),
            acts: Acts::default(),
            relayed: VecDeque::new(),
            elsewhere: VecDeque::new(),
            groups: ConnectionGroups::default(),
            neighbours,
            awaiting_pieces: Vec::new(),
            awaiting_room: Vec::new(),
            replies: Replies::default(),
            read_at: Instant::now(),
            forget_after: DEFAULT_FORGET_AFTER,
            behaviour: Behaviour::default(),
            generation: 0,
            messages: Vec::new(),
            left_bytes: SHARE_BYTES,
        };
        context.set_behaviour(Behaviour::default());
        context
    }

    /// Makes a context of its own, and the receiver of its events.
    #[cfg(test)]
    pub(super) fn alone() -> (Self, super::pipe::EventReceiver) {
        use super::budget::SessionBudget;
        use super::id::EndpointId;
        use super::sockets::SystemSockets;

        let poller = Poller::new().expect("a poller");
        let (events, receiver) = super::pipe::pipe();
        let outbox = Outbox::new(EndpointId(1), events, poller.waker());
        let budget = Budget::new(SessionBudget::default());
        let sockets = Arc::new(SystemSockets);
        let context = Self::new(
            Clock::start(),
            Ids::default(),
            (sockets, Lab::default(), TlsHome::default()),
            Neighbours::default(),
            budget,
            poller,
            outbox,
        );
        (context, receiver)
    }

    /// Sets how connections are treated from now on. Returns whether that is another way than before.
    pub(super) fn set_behaviour(&mut self, mut behaviour: Behaviour) -> bool {
        behaviour.read_buffer = behaviour.read_buffer.clamp(1, MAX_READ_BUFFER);
        if behaviour == self.behaviour && self.generation > 0 {
            return false;
        }
        self.buffers.resize(behaviour.read_buffer);
        self.outbox.set_observe(behaviour.observe);
        let bytes = behaviour.script.messages().filter_map(|it| match it {
            Message::Bytes(bytes) => Some(bytes.clone()),
            Message::Template(_) => None,
        });
        self.messages = bytes
            .map(|bytes| Payload::new(self.ids.next_payload(), bytes))
            .collect();
        self.behaviour = behaviour;
        self.generation = self.generation.wrapping_add(1).max(1);
        true
    }

    /// Returns what makes sockets in a network for this address. The first one in the lab starts it.
    ///
    /// # Errors
    /// A [`LabError`]: the system refuses the lab, or the address is not in it.
    pub(super) fn sockets(
        &self,
        network: Network,
        address: &SocketAddr,
    ) -> io::Result<Arc<dyn Sockets>> {
        if network == Network::System {
            return Ok(Arc::clone(&self.sockets));
        }
        let ip = address.ip().to_canonical();
        if !(ip.is_loopback() || ip.is_unspecified()) {
            return Err(LabError::Outside.into());
        }
        Ok(self.lab.sockets()?)
    }

    /// Returns what answers about the sockets of a network.
    ///
    /// # Errors
    /// Those of `socket(2)`; a [`LabError`]; elsewhere than on Linux there is none.
    pub(super) fn diag(&self, network: Network) -> io::Result<Diag> {
        #[cfg(target_os = "linux")]
        {
            let sockets = match network {
                Network::System => Arc::clone(&self.sockets),
                Network::Lab => self.lab.sockets()?,
            };
            Diag::new(sockets.diag()?)
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = network;
            Diag::open()
        }
    }

    /// Changes how packets travel, if this is the lab.
    pub(super) fn set_conditions(
        &self,
        network: Network,
        conditions: Conditions,
    ) -> io::Result<()> {
        match network {
            Network::System => Ok(()),
            Network::Lab => Ok(self.lab.set_conditions(conditions)?),
        }
    }

    /// Returns what makes Unix sockets.
    #[cfg(unix)]
    pub(super) fn unix_sockets(&self) -> &dyn Sockets {
        &*self.sockets
    }

    pub(super) fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    /// Returns whether a responder may use the bytes of a chunk again and again. A datagram is a request as it is, whatever
    /// the framing of streams.
    pub(super) fn keeps_chunks(&self, are_datagrams: bool) -> bool {
        let script = &self.behaviour.script;
        (are_datagrams || script.framing.is_none()) && script.uses_requests()
    }

    /// Returns a number that changes with the behaviour.
    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    /// Returns a payload of these bytes. It is the same one for each message of the script.
    pub(super) fn payload(&self, bytes: Bytes) -> Payload {
        let is_same =
            |it: &&Payload| it.bytes.as_ptr() == bytes.as_ptr() && it.bytes.len() == bytes.len();
        let known = self.messages.iter().find(is_same).cloned();
        known.unwrap_or_else(|| Payload::new(self.ids.next_payload(), bytes))
    }

    pub(super) fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// Emits what happened now.
    pub(super) fn emit(&mut self, link: Option<&Arc<Link>>, kind: EngineEventKind) {
        self.outbox.emit(self.clock.now(), link, kind);
    }

    /// Emits what somebody requested.
    pub(super) fn emit_by(&mut self, by: Requester, link: &Arc<Link>, kind: EngineEventKind) {
        let stamp = self.clock.now();
        self.outbox.emit_by(by, stamp, Some(link), kind);
    }

    /// Emits that something failed now.
    pub(super) fn emit_failure(&mut self, link: Option<&Arc<Link>>, error: NetError) {
        self.emit_failure_by(Requester::Nobody, link, error);
    }

    /// Emits that something failed now which somebody requested.
    pub(super) fn emit_failure_by(
        &mut self,
        by: Requester,
        link: Option<&Arc<Link>>,
        error: NetError,
    ) {
        let error = Arc::new(error);
        let stamp = self.clock.now();
        let kind = EngineEventKind::Failed { error };
        self.outbox.emit_by(by, stamp, link, kind);
    }

    /// Returns the current time if bytes are observed. Otherwise nobody needs it, and two clock reads per write are
    /// saved.
    pub(super) fn moment(&self) -> Option<Instant> {
        self.outbox.observes_bytes().then(Instant::now)
    }

    /// Returns whether there is room for something that a connection has others do.
    pub(super) fn has_room_elsewhere(&self) -> bool {
        self.elsewhere.len() < ELSEWHERE
    }

    /// Begins a share of a turn: that of the commands, of the sockets, or of what connections have others do. None of them
    /// leaves the others without.
    pub(super) fn begin_share(&mut self) {
        self.left_bytes = SHARE_BYTES;
    }

    /// Counts bytes read or written.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.left_bytes = self.left_bytes.saturating_sub(bytes);
    }

    /// Returns whether this share of the turn has moved its bytes.
    pub(super) fn is_spent(&self) -> bool {
        self.left_bytes == 0
    }

    /// Returns whether there is room for the events of further reads and accepts.
    pub(super) fn may_read(&self) -> bool {
        !self.outbox.is_backed_up()
    }

    /// Returns whether there is room for the events of further writes.
    pub(super) fn may_write(&self) -> bool {
        self.outbox.has_room_for_writes()
    }
}
