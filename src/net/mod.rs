//! The engine: endpoints as worker threads over `std::net`. Commands in, events out. Knows no window and no recording.

mod address;
mod buffers;
mod clock;
mod codes;
mod command;
mod config;
mod connection;
mod connector;
mod context;
mod dial;
mod engine;
mod error;
mod event;
mod feed;
mod id;
mod listener;
mod message;
mod outbox;
mod pairs;
mod pipe;
mod poller;
mod queue;
mod resolver;
mod system_error;
mod timers;
mod worker;

pub use address::{AddressError, HostPort, literal, parse_port, split_host_port};
pub use clock::{Clock, Stamp};
pub use command::{Command, SendTo};
pub use config::{
    ClientConfig, DEFAULT_BACKLOG, DEFAULT_CONNECT_TIMEOUT, DEFAULT_PORT, DEFAULT_READ_BUFFER,
    MAX_CONNECT_TIMEOUT, MAX_READ_BUFFER, Reply, ServerBehaviour, ServerConfig, Target,
    WhenPeerFinishes,
};
pub use engine::Engine;
pub use error::{CommandError, NetError};
pub use event::{
    Backlog, ByDirection, Closed, ClosedBy, Direction, EngineEvent, EngineEventKind, Link, Payload,
};
pub use feed::{Feed, FeedEnd, FeedProgress};
pub use id::{EndpointId, EndpointIds, FlowId, Ids, PayloadId, Role};
pub use message::{Message, render};
pub use outbox::Observe;
pub use pipe::{EventCount, EventReceiver};
pub use system_error::SystemError;
pub use worker::STALL_LIMIT;
