//! What UDP flows put into the file: a packet for each datagram, and one for each ICMP message that is on record.

use std::collections::HashMap;
use std::io::{self, Write};
use std::net::SocketAddr;

use etherparse::UdpHeader;

use super::blocks::BlockWriter;
use super::conversation;
use super::datagram::{Datagram, Undelivered};
use super::frame::OnWire;
use crate::capture::{Entry, EventKind, Say};
use crate::net::{Direction, FlowId, Icmp, Link, NetError};

/// What is remembered of the flows that are open.
#[derive(Debug, Default)]
pub(super) struct Datagrams(HashMap<FlowId, Known>);

/// What is known of a flow.
#[derive(Debug, Default)]
struct Known {
    /// How long the datagram is that is received next, if it was cut.
    whole_bytes: Option<u64>,
    /// The headers of the last datagrams received and sent, which an ICMP message quotes.
    last: [Option<UdpHeader>; 2],
}

impl Datagrams {
    /// Writes the packets of an entry.
    pub(super) fn write<W: Write>(
        &mut self,
        blocks: &mut BlockWriter<W>,
        say: &'static dyn Say,
        entry: &Entry,
        link: &Link,
    ) -> io::Result<()> {
        let mut put = |packet: &dyn OnWire, comment: Option<String>| {
            blocks.packet(entry.event.endpoint, entry.time, packet, comment)
        };
        match &entry.event.kind {
            EventKind::Truncated { read_bytes, bytes } => {
                let known = self.0.entry(link.connection).or_default();
                known.whole_bytes = Some(bytes.unwrap_or(*read_bytes));
                Ok(())
            }
            EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
                let direction = entry.event.kind.direction().unwrap_or(Direction::Sent);
                let known = self.0.entry(link.connection).or_default();
                let cut = match direction {
                    Direction::Received => known.whole_bytes.take(),
                    Direction::Sent => None,
                };
                let (from, to) = ends(link, direction);
                let datagram = Datagram {
                    from,
                    to,
                    payload: &payload.bytes,
                    whole_bytes: cut.unwrap_or(0).max(entry.size_bytes),
                };
                known.last[usize::from(direction == Direction::Sent)] = Some(datagram.header());
                put(&datagram, None)
            }
            EventKind::Failed { error } => {
                let Some(message) = self.message(error, link) else {
                    return Ok(());
                };
                put(&message, say.reason(entry))
            }
            EventKind::Closed(_) => {
                self.0.remove(&link.connection);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Returns the ICMP message of an error, if it came from one.
    fn message(&self, error: &NetError, link: &Link) -> Option<Undelivered> {
        let NetError::Undelivered {
            peer,
            icmp: Some(icmp),
            ..
        } = error
        else {
            return None;
        };
        // In an imported file, it may be about what was sent to the local address.
        let is_incoming = peer.is_some() && *peer == link.local;
        let direction = if is_incoming {
            Direction::Received
        } else {
            Direction::Sent
        };
        let (from, to) = ends(link, direction);
        let known = self.0.get(&link.connection);
        let last = known.and_then(|known| known.last[usize::from(!is_incoming)].clone());
        let nothing = Datagram {
            from,
            to,
            payload: &[],
            whole_bytes: 0,
        };
        // One from the other family would make no packet.
        let by = icmp.by.filter(|by| by.is_ipv4() == from.is_ipv4());
        Some(Undelivered {
            icmp: Icmp { by, ..*icmp },
            from,
            to,
            header: last.unwrap_or_else(|| nothing.header()),
        })
    }
}

/// Returns who sent a datagram in this direction, and to whom.
fn ends(link: &Link, direction: Direction) -> (SocketAddr, SocketAddr) {
    let (local, peer) = conversation::ends(link);
    match direction {
        Direction::Received => (peer, local),
        Direction::Sent => (local, peer),
    }
}
