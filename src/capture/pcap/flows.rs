//! Turns the datagrams of a file into flows, as the side saw them that the first one was sent to.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::datagram::{IcmpNotice, UdpDatagram};
use super::emitter::Emitter;
use super::table::AddressPair;
use crate::capture::event::EventKind;
use crate::net::{
    Address, Closed, ClosedBy, DEFAULT_FORGET_AFTER, Direction, FlowId, Icmp, Link, NetError,
    Payload, Stamp,
};

/// The most flows that are tracked. Beyond it, the one that has been silent longest ends.
const MAX_FLOWS: usize = 65_536;

/// The flows that go on. One ends after as long a silence as an endpoint waits for by default.
#[derive(Debug)]
pub(super) struct CapturedFlows {
    limit: usize,
    open: HashMap<AddressPair, CapturedFlow>,
    /// Each flow at a time when it was known to go on; it may have gone on since.
    silent: BTreeSet<(Stamp, AddressPair)>,
}

/// A flow in the file.
#[derive(Debug)]
struct CapturedFlow {
    link: Arc<Link>,
    /// Who sent the first datagram.
    peer: SocketAddr,
    latest: Stamp,
}

impl CapturedFlows {
    pub(super) fn new() -> Self {
        Self {
            limit: MAX_FLOWS,
            open: HashMap::new(),
            silent: BTreeSet::new(),
        }
    }

    /// Ends the flows that have been silent for too long.
    pub(super) fn pass(&mut self, out: &mut Emitter) {
        let now = out.now.stamp;
        let is_over = |since: Stamp| now.since(since) >= DEFAULT_FORGET_AFTER;
        while let Some(&(known, _)) = self.silent.first()
            && is_over(known)
        {
            let Some((pair, latest)) = self.take_first() else {
                continue;
            };
            if is_over(latest) {
                self.end(pair, ClosedBy::Silence(DEFAULT_FORGET_AFTER), out);
            } else {
                self.silent.insert((latest, pair));
            }
        }
    }

    /// Takes the next datagram.
    pub(super) fn take(&mut self, datagram: &UdpDatagram<'_>, out: &mut Emitter) {
        let pair = AddressPair::new(datagram.source, datagram.destination);
        if !self.open.contains_key(&pair) {
            self.begin(pair, datagram, out);
        }
        let Some(flow) = self.open.get_mut(&pair) else {
            return;
        };
        flow.latest = out.now.stamp;
        let bytes = Bytes::copy_from_slice(datagram.payload);
        let missing = datagram.whole_bytes.saturating_sub(bytes.len() as u64);
        let payload = Payload::new(out.ids.next_payload(), bytes);
        let is_received = datagram.source == flow.peer;
        let (direction, kind) = if is_received {
            (Direction::Received, EventKind::Received { payload })
        } else {
            let took = Duration::ZERO;
            (Direction::Sent, EventKind::Sent { payload, took })
        };
        out.emit(&flow.link, kind);
        if missing > 0 {
            let bytes = missing;
            out.emit(&flow.link, EventKind::Missing { direction, bytes });
        }
    }

    /// Takes what ICMP says about a datagram. Returns whether its flow is known.
    pub(super) fn notice(&mut self, notice: &IcmpNotice, out: &mut Emitter) -> bool {
        let pair = AddressPair::new(notice.source, notice.destination);
        let Some(flow) = self.open.get(&pair) else {
            return false;
        };
        let is_ipv4 = notice.source.is_ipv4();
        let error = Arc::new(NetError::Undelivered {
            peer: Some(Address::udp(notice.destination)),
            source: meaning(notice.icmp, is_ipv4).into(),
            icmp: Some(notice.icmp),
        });
        out.emit(&flow.link, EventKind::Failed { error });
        true
    }

    fn begin(&mut self, pair: AddressPair, datagram: &UdpDatagram<'_>, out: &mut Emitter) {
        while self.open.len() >= self.limit {
            let Some((oldest, latest, known)) = self.first() else {
                break;
            };
            if latest == known {
                let limit = self.limit as u64;
                self.end(oldest, ClosedBy::Crowded { limit }, out);
            } else {
                self.silent.insert((latest, oldest));
            }
        }
        let link = Arc::new(Link {
            connection: FlowId::server(out.ids.next_connection()),
            local: Some(Address::udp(datagram.destination)),
            peer: Address::udp(datagram.source),
        });
        let accepted = EventKind::Accepted {
            process: None,
            syn: None,
        };
        out.emit(&link, accepted);
        let latest = out.now.stamp;
        self.silent.insert((latest, pair));
        let flow = CapturedFlow {
            link,
            peer: datagram.source,
            latest,
        };
        self.open.insert(pair, flow);
    }

    /// Takes the flow that was known to go on least recently: when it last did, and when that was known.
    fn first(&mut self) -> Option<(AddressPair, Stamp, Stamp)> {
        let (known, pair) = self.silent.pop_first()?;
        let latest = self.open.get(&pair)?.latest;
        Some((pair, latest, known))
    }

    fn take_first(&mut self) -> Option<(AddressPair, Stamp)> {
        self.first().map(|(pair, latest, _)| (pair, latest))
    }

    fn end(&mut self, pair: AddressPair, by: ClosedBy, out: &mut Emitter) {
        if let Some(flow) = self.open.remove(&pair) {
            let closed = Closed {
                by,
                unsent_bytes: 0,
                unread: false,
            };
            out.emit(&flow.link, EventKind::Closed(closed));
        }
    }
}

/// Returns what a system makes of an ICMP message.
fn meaning(icmp: Icmp, is_ipv4: bool) -> io::ErrorKind {
    match (is_ipv4, icmp.kind, icmp.code) {
        // The port; the protocol.
        (true, 3, 2 | 3) | (false, 1, 4) => io::ErrorKind::ConnectionRefused,
        (true, 3, 0 | 6 | 11) | (false, 1, 0) => io::ErrorKind::NetworkUnreachable,
        (true, 3, 9 | 10 | 13) | (false, 1, 1 | 5 | 6) => io::ErrorKind::PermissionDenied,
        (true, 3, 1 | 5 | 7 | 8 | 12) | (true, 11, _) | (false, 1 | 3, _) => {
            io::ErrorKind::HostUnreachable
        }
        _ => io::ErrorKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::time::UNIX_EPOCH;

    use super::*;

    /// A datagram from this port at this second, and what comes of it.
    fn taken(flows: &mut CapturedFlows, out: &mut Emitter, port: u16, second: u64) -> Vec<String> {
        out.advance(UNIX_EPOCH + Duration::from_secs(second));
        flows.pass(out);
        let of = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let datagram = UdpDatagram {
            source: of(port),
            destination: of(53),
            whole_bytes: 0,
            payload: b"",
        };
        flows.take(&datagram, out);
        let entries = out.entries.drain(..);
        let said = entries.map(|entry| {
            let port = entry.event.link.as_ref().unwrap().peer.ip().unwrap().port();
            match &entry.event.kind {
                EventKind::Closed(closed) => format!("{port} {:?}", closed.by),
                kind => format!("{port} {:?}", kind.lifecycle()),
            }
        });
        said.collect()
    }

    #[test]
    fn a_flow_ends_after_a_silence_of_both_its_ends() {
        let (mut flows, mut out) = (CapturedFlows::new(), Emitter::new());
        let mut take = |port, second| taken(&mut flows, &mut out, port, second);
        assert_eq!(take(1, 0), ["1 Some(Accepted)", "1 None"]);
        assert_eq!(take(1, 119), ["1 None"]);
        assert_eq!(take(2, 120), ["2 Some(Accepted)", "2 None"]);
        assert_eq!(take(2, 239), ["1 Silence(120s)", "2 None"]);
        assert_eq!(take(1, 240), ["1 Some(Accepted)", "1 None"]);
        assert_eq!(flows.open.len(), flows.silent.len());
    }

    #[test]
    fn a_file_of_ever_new_flows_takes_bounded_memory() {
        let (mut flows, mut out) = (CapturedFlows::new(), Emitter::new());
        flows.limit = 3;
        let mut take = |port| taken(&mut flows, &mut out, port, u64::from(port));
        (1..=3).for_each(|port| drop(take(port)));
        assert_eq!(take(4)[0], "1 Crowded { limit: 3 }");
        let (mut flows, mut out) = (CapturedFlows::new(), Emitter::new());
        flows.limit = 100;
        for port in 1..=60_000 {
            taken(&mut flows, &mut out, port, 0);
            assert!(flows.open.len() <= 100 && flows.silent.len() <= 100);
        }
    }
}
