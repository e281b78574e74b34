//! Peers that do what no peer should: they reset, leave, never read, never finish, flood, and come by the thousand.
//!
//! What each leaves open stays open until the end, so that all of them trouble a server at the same time.

pub(crate) mod ledger;
mod plans;
pub(crate) mod servers;
mod states;

use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use socket2::SockRef;

use super::{dial, read_exactly};
use ledger::End;

/// Sockets that stay open until the end.
pub(crate) type Held = Vec<TcpStream>;

/// A hostile peer: what it does to a server that echoes.
pub(crate) struct Hostile {
    pub(crate) name: String,
    /// How many connections it makes.
    pub(crate) connections: usize,
    pub(crate) ends: Ends,
    run: Box<dyn Fn(SocketAddr) -> Held + Send + Sync>,
}

/// How the connections of a hostile peer end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// The peer finishes.
    Finished,
    /// The peer resets.
    Reset,
    /// One or the other: the peer leaves while an echo is on its way, which it does not read.
    EitherWay,
    /// Not by themselves.
    Held,
}

impl Ends {
    /// Returns whether a connection may end in this way before it is stopped; `None` if it is open.
    ///
    /// # Platform-specific behavior
    /// It is known of Linux which of its calls send a FIN and which a RST. Elsewhere, both are an end.
    pub(crate) fn allows(self, end: Option<&End>) -> bool {
        match (self, end) {
            (Self::Finished | Self::EitherWay, Some(End::Finished))
            | (Self::Reset | Self::EitherWay, Some(End::Reset))
            | (Self::Held, None) => true,
            (_, Some(End::Finished | End::Reset)) => cfg!(not(target_os = "linux")),
            (_, None | Some(_)) => false,
        }
    }
}

/// A hostile peer has been there, and a good one after it.
pub(crate) struct Visit {
    pub(crate) name: String,
    pub(crate) connections: usize,
    pub(crate) ends: Ends,
    /// The address of the good peer, which sent the name.
    pub(crate) good: SocketAddr,
}

/// What hostile peers left behind.
pub(crate) struct Troubled {
    pub(crate) visits: Vec<Visit>,
    /// What they hold open.
    pub(crate) held: Held,
}

impl Troubled {
    /// Returns how many connections there were, those of good peers included.
    pub(crate) fn connections(&self) -> usize {
        let hostile = self.visits.iter().map(|it| it.connections);
        hostile.sum::<usize>() + self.visits.len()
    }

    /// Returns how many of them do not end by themselves.
    pub(crate) fn lasting(&self) -> usize {
        let lasting = self.visits.iter().filter(|it| it.ends == Ends::Held);
        lasting.map(|it| it.connections).sum()
    }
}

/// Has all of them trouble an echo server in turn, and a good peer answered after each.
pub(crate) fn trouble(address: SocketAddr) -> Troubled {
    let mut held = Vec::new();
    let mut hostile = states::all();
    hostile.extend(plans::all());
    let visit = |hostile: Hostile| {
        held.extend((hostile.run)(address));
        let good = visit_well(address, &hostile.name);
        Visit {
            name: hostile.name,
            connections: hostile.connections,
            ends: hostile.ends,
            good,
        }
    };
    let visits = hostile.into_iter().map(visit).collect();
    Troubled { visits, held }
}

/// Has a good peer echoed; returns its address.
fn visit_well(address: SocketAddr, text: &str) -> SocketAddr {
    let mut good = dial(address);
    good.write_all(text.as_bytes()).unwrap();
    let echo = read_exactly(&mut good, text.len());
    assert_eq!(echo, text.as_bytes(), "after: {text}");
    good.local_addr().unwrap()
}

/// Connects a peer whose writes fail soon where nobody reads.
pub(crate) fn quick(address: SocketAddr) -> TcpStream {
    let stream = dial(address);
    stream
        .set_write_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    stream
}

/// Writes until the system takes no more.
pub(crate) fn fill(stream: &mut TcpStream) {
    let block = vec![b'x'; 65_536];
    while stream.write(&block).is_ok() {}
}

/// Makes the close of a socket a reset.
pub(crate) fn reset(stream: &TcpStream) {
    SockRef::from(stream)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
}

/// Sends bytes out of band, one at a time, as long as the system takes them.
fn send_urgent(stream: &TcpStream, count: usize) {
    let socket = SockRef::from(stream);
    for _ in 0..count {
        if socket.send_out_of_band(b"!").is_err() {
            break;
        }
    }
}
