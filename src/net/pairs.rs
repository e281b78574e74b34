//! Recognises connections between two endpoints of the session in one network, so that both ends get the same number.
//!
//! A connect to one of our listeners is noted while it is begun, under a lock that accepting takes too: the listener may
//! accept it before `connect(2)` returns.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::address::{Address, UnixName};
use super::hops::Circle;

/// How many connects may wait to be accepted. The oldest are forgotten: their ends get different numbers.
const MAX_WAITING: usize = 65_536;

/// The session's connects to its own listeners. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    listeners: Vec<Address>,
    numbers: HashMap<PairEnds, Numbered>,
    order: VecDeque<PairEnds>,
}

/// One of ours listens on an address.
#[derive(Debug)]
pub(super) struct Listening {
    pairs: Pairs,
    address: Address,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.pairs.stop_listening(&self.address);
    }
}

/// The client's address and the server's.
pub(super) type PairEnds = (Address, Address);

/// What the ends of a connection share.
#[derive(Clone, Debug)]
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) circle: Arc<Circle>,
}

/// A connect to a server of ours.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) ends: PairEnds,
    pub(super) circle: Arc<Circle>,
}

impl Pairs {
    /// Notes that one of ours listens on an address, until what this returns is dropped.
    pub(super) fn listen(&self, address: Address) -> Listening {
        self.waiting().listeners.push(address.clone());
        Listening {
            pairs: self.clone(),
            address,
        }
    }

    /// What waits to be accepted at a listener that is gone never will be.
    fn stop_listening(&self, address: &Address) {
        let mut waiting = self.waiting();
        let place = waiting.listeners.iter().position(|it| it == address);
        if let Some(place) = place {
            waiting.listeners.swap_remove(place);
        }
        let Waiting {
            listeners,
            numbers,
            order,
        } = &mut *waiting;
        numbers.retain(|(_, server), _| is_ours(listeners, server));
        order.retain(|ends| numbers.contains_key(ends));
    }

    /// Begins a connect to `server` with `connect`, which is given whether the server is one of ours. `local` returns the
    /// address of the socket. Returns the socket, and the pair if the server is one of ours.
    pub(super) fn dial<T>(
        &self,
        number: u64,
        server: &Address,
        connect: impl FnOnce(bool) -> io::Result<T>,
        local: impl FnOnce(&T) -> Option<Address>,
    ) -> io::Result<(T, Option<Pair>)> {
        let server = server.reachable();
        let mut waiting = self.waiting();
        if !is_ours(&waiting.listeners, &server) {
            drop(waiting);
            return Ok((connect(false)?, None));
        }
        let socket = connect(true)?;
        let client = local(&socket).filter(is_named);
        let pair = client.map(|client| Pair {
            ends: (client, server),
            circle: Arc::default(),
        });
        if let Some(Pair { ends, circle }) = &pair {
            let circle = Arc::clone(circle);
            waiting.add(ends.clone(), Numbered { number, circle });
        }
        Ok((socket, pair))
    }

    /// Returns whether one of ours listens where a connect to an address would go.
    pub(super) fn is_listening(&self, address: &Address) -> bool {
        is_ours(&self.waiting().listeners, &address.reachable())
    }

    /// Notes that a connect failed.
    pub(super) fn forget(&self, ends: &PairEnds) {
        let mut waiting = self.waiting();
        if waiting.numbers.remove(ends).is_some() {
            waiting.order.retain(|it| it != ends);
        }
    }

    /// Returns what the connection that was accepted from `client` shares with its other end, if the client is ours.
    pub(super) fn accepted(&self, client: &Address, server: Option<&Address>) -> Option<Numbered> {
        let ends = (client.clone(), server?.clone());
        let mut waiting = self.waiting();
        let numbered = waiting.numbers.remove(&ends)?;
        // Usually the connects are accepted in their order.
        if let Some(place) = waiting.order.iter().position(|it| *it == ends) {
            waiting.order.remove(place);
        }
        Some(numbered)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // A thread that panicked while it held the lock left complete values behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn add(&mut self, ends: PairEnds, numbered: Numbered) {
        if self.numbers.insert(ends.clone(), numbered).is_none() {
            self.order.push_back(ends);
        }
        if self.order.len() > MAX_WAITING
            && let Some(oldest) = self.order.pop_front()
        {
            self.numbers.remove(&oldest);
        }
    }
}

/// Returns whether one of ours listens on an address, or on all addresses with its port.
fn is_ours(listeners: &[Address], server: &Address) -> bool {
    let port = |it: &Address| it.ip().map(|ip| ip.port());
    let is_any = |it: &Address| it.ip().is_some_and(|ip| ip.ip().is_unspecified());
    let is_same = |it: &Address| it.is_udp() == server.is_udp() && port(it) == port(server);
    let listens = |it: &Address| it == server || (is_any(it) && is_same(it));
    listeners.iter().any(listens)
}

/// Returns whether an address distinguishes its connection from others.
fn is_named(address: &Address) -> bool {
    !matches!(address, Address::Unix(UnixName::Unnamed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        text.parse::<std::net::SocketAddr>().unwrap().into()
    }

    fn dial(pairs: &Pairs, number: u64, client: &str, server: &str) -> Option<PairEnds> {
        let dialed = pairs.dial(
            number,
            &address(server),
            |_is_ours| Ok(()),
            |()| Some(address(client)),
        );
        dialed.unwrap().1.map(|pair| pair.ends)
    }

    fn accepted(pairs: &Pairs, client: &Address, server: Option<&Address>) -> Option<u64> {
        pairs.accepted(client, server).map(|it| it.number)
    }

    #[test]
    fn a_connect_to_one_of_our_listeners_is_recognised_once() {
        let pairs = Pairs::default();
        let (client, server) = (address("127.0.0.1:50000"), address("127.0.0.1:9000"));
        assert_eq!(dial(&pairs, 1, "127.0.0.1:50000", "127.0.0.1:9000"), None);
        let _listening = pairs.listen(server.clone());
        let ends = dial(&pairs, 2, "127.0.0.1:50000", "127.0.0.1:9000");
        assert_eq!(ends, Some((client.clone(), server.clone())));
        assert_eq!(accepted(&pairs, &client, None), None);
        assert_eq!(accepted(&pairs, &server, Some(&client)), None);
        assert_eq!(accepted(&pairs, &client, Some(&server)), Some(2));
        assert_eq!(accepted(&pairs, &client, Some(&server)), None);
    }

    #[test]
    fn a_listener_on_all_addresses_is_reached_at_any() {
        let pairs = Pairs::default();
        let _listening = pairs.listen(address("[::]:9000"));
        let mapped = address("[::ffff:127.0.0.1]:50000");
        for server in ["127.0.0.1:9000", "0.0.0.0:9000"] {
            assert!(dial(&pairs, 3, "127.0.0.1:50000", server).is_some());
            let local = address("[::ffff:127.0.0.1]:9000");
            assert_eq!(accepted(&pairs, &mapped, Some(&local)), Some(3));
        }
        assert!(dial(&pairs, 3, "[::1]:50000", "[::1]:9001").is_none());
    }

    #[test]
    fn what_will_never_be_accepted_is_forgotten() {
        let pairs = Pairs::default();
        let (client, server) = (address("127.0.0.1:50000"), address("127.0.0.1:9000"));
        let listening = pairs.listen(server.clone());
        let ends = dial(&pairs, 1, "127.0.0.1:50000", "127.0.0.1:9000").unwrap();
        pairs.forget(&ends);
        assert_eq!(accepted(&pairs, &client, Some(&server)), None);
        dial(&pairs, 2, "127.0.0.1:50000", "127.0.0.1:9000");
        drop(listening);
        assert_eq!(accepted(&pairs, &client, Some(&server)), None);
        let _listening = pairs.listen(server.clone());
        for port in 1..=u16::MAX {
            dial(&pairs, 4, &format!("127.0.0.1:{port}"), "127.0.0.1:9000");
            dial(&pairs, 4, &format!("127.0.0.2:{port}"), "127.0.0.1:9000");
        }
        let waiting = pairs.waiting();
        assert_eq!(
            (waiting.numbers.len(), waiting.order.len()),
            (MAX_WAITING, MAX_WAITING)
        );
    }
}
