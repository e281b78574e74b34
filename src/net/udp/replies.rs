//! Echoes of datagrams that were read together: they go out together, in the order in which they were requested.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;

use super::batch::MOST;
use super::departing::Departing;
use super::flow::PeerFlow;
use super::socket::DatagramSocket;
use crate::net::event::{Link, Requester};

/// From this size on, a datagram is sent by itself: to copy it would cost more than the call.
const LARGE_BYTES: usize = 2048;

/// What waits until all that was read together is answered. Whatever else is sent with UDP meanwhile asks it to
/// [make way](Self::make_way) first.
#[derive(Debug, Default)]
pub(in crate::net) struct Replies {
    /// Whether any may wait.
    gathers: bool,
    /// On which socket they go out.
    socket: Option<DatagramSocket>,
    waiting: Vec<Reply>,
    /// The bytes of all that wait.
    bytes: Vec<u8>,
    refused: Vec<Unsent>,
    blocked: Vec<Unsent>,
}

/// One that waits.
#[derive(Debug)]
struct Reply {
    link: Arc<Link>,
    by: Requester,
    to: SocketAddr,
    from: Option<IpAddr>,
    /// Where its bytes are.
    at: Range<usize>,
}

/// One that the system did not take.
#[derive(Debug)]
pub(in crate::net) struct Unsent {
    /// The connection with the peer that it was for.
    pub(in crate::net) link: Arc<Link>,
    pub(in crate::net) by: Requester,
    pub(in crate::net) bytes: Bytes,
    /// Why: `WouldBlock` if there is no room now.
    pub(in crate::net) error: io::Error,
}

impl Replies {
    /// Lets echoes wait from now on.
    pub(in crate::net) fn gather(&mut self) {
        self.gathers = true;
    }

    /// Takes an echo to a peer, which is sent later. Returns false if it is to be sent at once, after those that wait.
    pub(in crate::net) fn take(
        &mut self,
        flow: &PeerFlow,
        link: &Arc<Link>,
        by: Requester,
        bytes: &[u8],
    ) -> bool {
        let is_other = |socket: &DatagramSocket| !socket.is_same(&flow.socket);
        if !self.gathers
            || bytes.len() >= LARGE_BYTES
            || !self.blocked.is_empty()
            || self.socket.as_ref().is_some_and(is_other)
        {
            return false;
        }
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.socket.get_or_insert_with(|| flow.socket.clone());
        self.waiting.push(Reply {
            link: Arc::clone(link),
            by,
            to: flow.ends.peer,
            from: flow.from,
            at: start..self.bytes.len(),
        });
        // As many as are read together are sent together.
        if self.waiting.len() >= MOST {
            self.send();
        }
        true
    }

    /// Sends all that wait. Returns whether something else may be sent now: the system took them, or did not want them.
    pub(in crate::net) fn make_way(&mut self) -> bool {
        self.send();
        self.blocked.is_empty()
    }

    /// Sends all that wait, and lets none wait any more. Returns those that the system did not take: first those that it
    /// refused, in their order; then those for which there was no room, the last one first.
    pub(in crate::net) fn finish(&mut self) -> impl Iterator<Item = Unsent> + use<> {
        self.send();
        self.gathers = false;
        self.socket = None;
        let refused = std::mem::take(&mut self.refused).into_iter();
        let blocked = std::mem::take(&mut self.blocked).into_iter();
        refused.chain(blocked.rev())
    }

    /// Takes those of one connection that the system did not take, in the order of [`finish`](Self::finish).
    pub(in crate::net) fn take_unsent(&mut self, link: &Arc<Link>) -> Vec<Unsent> {
        let of_it = |them: &mut Vec<Unsent>| -> Vec<Unsent> {
            let is_of_it = |it: &mut Unsent| Arc::ptr_eq(&it.link, link);
            them.extract_if(.., is_of_it).collect()
        };
        let mut unsent = of_it(&mut self.refused);
        unsent.extend(of_it(&mut self.blocked).into_iter().rev());
        unsent
    }

    fn send(&mut self) {
        let Some(socket) = self.socket.as_ref().filter(|_| !self.waiting.is_empty()) else {
            return;
        };
        let (waiting, bytes) = (&self.waiting, &self.bytes);
        let bytes_of = |reply: &Reply| bytes.get(reply.at.clone()).unwrap_or_default();
        let datagrams = waiting.iter().map(|reply| Departing {
            bytes: bytes_of(reply),
            to: reply.to,
            from: reply.from,
        });
        let (refused, blocked) = (&mut self.refused, &mut self.blocked);
        socket.send_all(&datagrams, |place, error| {
            let Some(reply) = waiting.get(place) else {
                return;
            };
            let to = match error.kind() {
                io::ErrorKind::WouldBlock => &mut *blocked,
                _ => &mut *refused,
            };
            to.push(Unsent {
                link: Arc::clone(&reply.link),
                by: reply.by,
                bytes: Bytes::copy_from_slice(bytes_of(reply)),
                error,
            });
        });
        self.waiting.clear();
        self.bytes.clear();
    }
}
