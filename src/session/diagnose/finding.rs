//! What can be found to explain a failure.

use std::net::{IpAddr, SocketAddr};

use super::Remedy;
use crate::net::{Address, EndpointId};

/// A finding, and what would remedy it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What was found.
    pub finding: Finding,
    /// What this program can do about it, the best first.
    pub remedies: Vec<Remedy>,
}

impl Cause {
    pub(super) fn new(finding: Finding, remedies: impl IntoIterator<Item = Remedy>) -> Self {
        Self {
            finding,
            remedies: remedies.into_iter().collect(),
        }
    }
}

/// A process that has a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The system names it.
    Process {
        /// Its number.
        pid: u32,
        /// Its name.
        name: String,
    },
    /// One of our servers.
    Ours {
        /// Its name.
        name: String,
    },
    /// This program, by something else than a server of the document.
    Us,
    /// The system does not name it: it belongs to another user, or to the system itself.
    Unnamed,
}

/// Something on this machine that explains a failure, or makes a cause likely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// One of our servers listens there.
    HeldByOurs {
        /// The server.
        server: EndpointId,
        /// Its name.
        name: String,
        /// Where.
        address: Address,
    },
    /// A process listens there.
    HeldBy {
        /// The process.
        owner: Owner,
        /// Where.
        address: Address,
    },
    /// The listener on `::` takes IPv4 too, so the port is taken in both families.
    HeldForBoth {
        /// Where it listens.
        address: Address,
    },
    /// A connection uses the address as its own.
    UsedByConnection {
        /// The process that has it.
        owner: Owner,
        /// Its own address.
        local: SocketAddr,
        /// Its peer.
        remote: SocketAddr,
    },
    /// Ended connections keep the port in `TIME_WAIT`.
    TimeWait {
        /// How many.
        connections: usize,
        /// The port.
        port: u16,
    },
    /// Nothing has the address any more.
    FreeNow {
        /// The address.
        address: Address,
    },
    /// No interface of this machine has the address.
    NotOurs {
        /// The address.
        address: IpAddr,
        /// What this machine has instead, of the same family.
        ours: Vec<IpAddr>,
    },
    /// The port needs special rights.
    NeedsRights {
        /// The port.
        port: u16,
        /// The first port that does not.
        first_free: u16,
    },
    /// A policy of this system forbids it; which one is not known.
    PolicyForbids,
    /// There is no network interface on which a multicast group could be joined.
    NoMulticastInterface,
    /// This machine has no IPv6.
    NoIpv6,
    /// Nobody listens on the port on this machine.
    NobodyListens {
        /// The port.
        port: u16,
    },
    /// No program on this machine has the UDP port.
    NobodyHasUdpPort {
        /// The port.
        port: u16,
    },
    /// Somebody has the port of the same number of the other transport.
    OtherTransport {
        /// The process.
        owner: Owner,
        /// Where.
        address: Address,
    },
    /// One of our servers listens there now.
    OursListensNow {
        /// Its name.
        name: String,
        /// Where.
        address: Address,
    },
    /// A process listens there now.
    ListensNow {
        /// The process.
        owner: Owner,
        /// Where.
        address: Address,
    },
    /// Somebody listens on the port, but on the other family.
    OtherFamily {
        /// The process.
        owner: Owner,
        /// Where.
        address: Address,
    },
    /// Somebody listens on the port, but on another address of this machine.
    OtherAddress {
        /// The process.
        owner: Owner,
        /// Where.
        address: Address,
    },
    /// One of our servers is set up for the port, and does not run.
    OursStopped {
        /// Its name.
        name: String,
        /// The port.
        port: u16,
    },
    /// One of our servers listens on another port.
    OursElsewhere {
        /// Its name.
        name: String,
        /// Where.
        address: Address,
    },
    /// The address is another machine's: what runs there cannot be seen from here.
    FarAway {
        /// The address.
        address: Address,
    },
    /// The listener there has connections waiting that its program does not accept.
    BacklogFull {
        /// The process.
        owner: Owner,
        /// How many wait.
        waiting: u32,
    },
    /// No answer came in the time allowed.
    NoAnswer {
        /// The time, in milliseconds.
        millis: u64,
    },
    /// The address is in the network of one of this machine's interfaces, where it did not answer.
    SameNetwork {
        /// The interface.
        interface: String,
    },
    /// The address is set apart for documents and examples: no machine has it.
    ForExamples {
        /// The address.
        address: IpAddr,
    },
    /// The system's firewall on this machine rejects it: the system says so.
    FirewallHere,
    /// A firewall may be the cause; that cannot be seen from here.
    FirewallPossible,
    /// A broadcast address cannot be connected to.
    Broadcast {
        /// The address.
        address: IpAddr,
    },
    /// No interface but the loopback one has an address of the family.
    NoNetwork {
        /// Whether the family is IPv6.
        is_ipv6: bool,
    },
    /// There is no default route for the family.
    NoDefaultRoute {
        /// Whether the family is IPv6.
        is_ipv6: bool,
    },
    /// Many local ports are taken by connections in `TIME_WAIT` to the same address.
    PortsUsedUp {
        /// How many.
        time_wait: usize,
    },
    /// The source address or port of the client cannot be used.
    SourceUnusable,
    /// The name looks like another one.
    LooksLike {
        /// The other name.
        known: String,
    },
    /// The name has a character that no name has.
    OddCharacter {
        /// The character.
        character: char,
    },
    /// The name consists of digits and dots, and is no address.
    MistypedAddress,
    /// No name server answered.
    NameServerSilent,
    /// This system has no name server set up.
    NoNameServer,
    /// The name servers know no such name.
    NameUnknown,
    /// The name has no dot: it is looked for in the local network only.
    NameWithoutDot,
    /// The peer is one of our own servers.
    PeerIsOurs {
        /// Its name.
        name: String,
    },
    /// The peer is a process on this machine.
    PeerIs {
        /// The process.
        owner: Owner,
    },
    /// The process that listens at the peer's address still does.
    PeerListens {
        /// The process.
        owner: Owner,
    },
    /// The peer is on this machine, and nothing has its address any more.
    PeerGone,
}
