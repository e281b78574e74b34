//! UDP: one socket carries the datagrams of many peers, and each peer is a connection of its own to the rest of the
//! engine.
//!
//! ```text
//! poller ─▶ worker ─▶ Mouth: the socket, and which peer is which connection ─▶ Connection ─▶ Responder
//!                       ▲                                                          │
//!                       └──────────── Flow: the same socket, towards one peer ◀── Outgoing
//! ```
//!
//! Linux reads and sends many datagrams with one call. Echoes of those that were read together wait for each other
//! (`replies`) and are sent together; each keeps its own peer, and its own error if it was not sent.
//!
//! A server has one socket. Each connection of a client has its own, so that it has a source port of its own; whoever
//! else answers there becomes a further connection of the client. No socket is connected with `connect(2)`, which would
//! hide such answers: a DHCP or TFTP server answers from another address than the one that was asked.

mod arrived;
mod batch;
mod departing;
mod flow;
#[cfg(target_os = "linux")]
mod linux;
mod mouth;
#[cfg(not(target_os = "linux"))]
mod other_systems;
mod replies;
mod socket;

pub(super) use arrived::{Arrived, Troubled};
pub(super) use batch::DatagramBatch;
pub(super) use flow::{DatagramEnds, FLOWS, PeerFlow};
pub(super) use mouth::Mouth;
pub(super) use replies::{Replies, Unsent};
pub(super) use socket::{DatagramSocket, Made};

/// The largest payload of one datagram: that of IPv4, whose packets have 16 bits for their length. IPv6 takes 20 more.
pub const MAX_DATAGRAM_BYTES: usize = 65_507;
