//! The engine: endpoints as worker threads over `std::net`. Commands in, events out. Knows no window and no recording.

mod address;
mod budget;
mod buffers;
mod clock;
mod codes;
mod command;
mod config;
mod connection;
mod connector;
mod context;
mod dial;
mod direction;
mod elsewhere;
mod engine;
mod error;
mod event;
mod feed;
mod groups;
mod hops;
mod host_port;
mod icmp;
mod id;
pub mod kernel;
mod lab;
mod lab_conditions;
mod lab_error;
mod listener;
mod look_up_error;
mod message;
mod neighbours;
mod network;
mod outbox;
mod outgoing;
mod pairs;
mod pipe;
mod poller;
mod resolver;
mod sockets;
mod system_error;
mod timers;
pub mod tls;
mod tls_setup;
mod transport;
mod udp;
mod udp_options;
#[cfg(unix)]
mod unix;
mod worker;

pub use address::{Address, MAX_UNIX_NAME_BYTES, Process, UDP_SCHEME, UNIX_SCHEME, UnixName};
pub use clock::{Clock, Stamp};
pub use command::{Command, RunOn, SendTo};
pub use config::{
    Behaviour, ClientConfig, DEFAULT_BACKLOG, DEFAULT_CONNECT_TIMEOUT, DEFAULT_HANDSHAKE_TIMEOUT,
    DEFAULT_PORT, DEFAULT_READ_BUFFER, KeepAlive, MAX_CONNECT_TIMEOUT, MAX_READ_BUFFER,
    MAX_RECONNECT, MIN_RECONNECT, Reconnect, ServerConfig, SocketOptions, Target, TlsBegins,
    TlsSetup, WhenPeerFinishes,
};
pub use direction::{ByDirection, Direction};
pub use engine::{CommandSender, Engine};
pub use error::{CommandError, NetError, Unreached};
pub use event::{
    Accepting, Backlog, Closed, ClosedBy, EngineEvent, EngineEventKind, Fed, FeedEnd, FeedId, Link,
    Observe, Payload, Requester, SequenceEnd,
};
pub use feed::{Feed, FeedOver, FeedSender};
pub use host_port::{AddressError, HostPort, literal, parse_port, split_host_port};
pub use icmp::Icmp;
pub use id::{EndpointId, EndpointIds, FlowId, Ids, PayloadId, Role};
pub use lab::{Lab, LabPacket, PacketSink, run_lab_helper};
pub use lab_conditions::{ALL_PACKETS_PPM, Conditions, MAX_LAB_DELAY};
pub use lab_error::{LabCause, LabError, LabRefusal, LabStep};
pub use look_up_error::{LookUpError, LookUpErrorKind};
pub use message::render;
pub use network::Network;
pub use pipe::{EventCount, EventReceiver};
pub use sockets::{Sockets, SystemSockets};
pub use system_error::SystemError;
pub use udp::MAX_DATAGRAM_BYTES;
pub use udp_options::{
    DEFAULT_FORGET_AFTER, Interface, MAX_FORGET_AFTER, MAX_GROUPS, MIN_FORGET_AFTER, UdpOptions,
};
pub use worker::STALL_LIMIT;
