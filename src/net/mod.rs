//! The engine: endpoints as worker threads over `std::net`. Commands in, events out. Knows no window and no record.

mod address;
mod clock;
mod command;
mod config;
mod error;
mod event;
mod id;
mod words;

pub use address::{AddressError, HostPort, literal, parse_port, split_host_port};
pub use clock::{Clock, Stamp};
pub use command::{Command, SendTo};
pub use config::{
    ClientConfig, DEFAULT_BACKLOG, DEFAULT_CONNECT_TIMEOUT, DEFAULT_PORT, DEFAULT_READ_BUFFER,
    MAX_CONNECT_TIMEOUT, MAX_READ_BUFFER, Reply, ServerBehaviour, ServerConfig, Target,
    WhenPeerFinishes,
};
pub use error::NetError;
pub use event::{Backlog, Closed, ClosedBy, Event, EventKind, Link, Payload};
pub use id::{ConnectionId, EndpointId, Ids, PayloadId};
pub use words::{lookup_reason, reason};
