//! The stream on real sockets under the engine's poller: what a level-triggered poller does not see must not be lost.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use super::{Bench, NAME};
use crate::net::poller::{Interest, Key, Poller, Registered};
use crate::net::tls::{ServerTls, TlsStream, Versions};

const LIMIT: Duration = Duration::from_mins(1);
const PAYLOAD: usize = 3 << 20;

/// Both ends of a connection on loopback, which do not block; `None` if this machine has no such address.
fn sockets(ip: IpAddr) -> Option<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((ip, 0)).ok()?;
    let address = listener.local_addr().unwrap();
    let near = TcpStream::connect_timeout(&address, LIMIT).unwrap();
    let (far, _) = listener.accept().unwrap();
    near.set_nonblocking(true).unwrap();
    far.set_nonblocking(true).unwrap();
    Some((near, far))
}

/// An end in the poller: the socket is registered by a clone, as the transport's will be by itself.
struct Side {
    tls: TlsStream<TcpStream>,
    registered: Registered<TcpStream>,
    to_send: usize,
    received: usize,
    is_over: bool,
}

impl Side {
    fn new(poller: &Poller, key: usize, tls: TlsStream<TcpStream>) -> Self {
        let socket = tls.socket().try_clone().unwrap();
        let registered = Registered::new(poller, Key(key), socket, Interest::NONE).unwrap();
        Self {
            tls,
            registered,
            to_send: PAYLOAD,
            received: 0,
            is_over: false,
        }
    }

    /// Does what can be done without waiting, at most one read, and sets the interest.
    fn turn(&mut self, buffer: &mut [u8]) -> bool {
        self.tls.flush().unwrap();
        match self.tls.read(buffer) {
            Ok(0) => self.is_over = true,
            Ok(count) => {
                let expected = |at: usize| (at % 251) as u8;
                let is_right = buffer[..count]
                    .iter()
                    .enumerate()
                    .all(|(at, byte)| *byte == expected(self.received + at));
                assert!(is_right, "at {}", self.received);
                self.received += count;
            }
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "{error}"),
        }
        let start = PAYLOAD - self.to_send;
        let piece: Vec<u8> = (start..PAYLOAD.min(start + 50_000))
            .map(|at| (at % 251) as u8)
            .collect();
        if !piece.is_empty() {
            match self.tls.write_bytes(&piece) {
                Ok(count) => self.to_send -= count,
                Err(error) => assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "{error}"),
            }
            if self.to_send == 0 {
                self.tls.finish().unwrap();
            }
        }
        let wants_to_send = self.to_send > 0 && !self.tls.is_handshaking();
        let interest = Interest::new(
            self.tls.wants_read(),
            self.tls.wants_write() || wants_to_send,
        );
        self.registered.set_interest(interest).unwrap();
        self.tls.has_plaintext()
    }
}

fn transfer(ip: IpAddr, versions: Versions, buffer_bytes: usize) {
    let Some((near, far)) = sockets(ip) else {
        return;
    };
    let bench = Bench::new();
    let settings = ServerTls {
        versions,
        ..ServerTls::default()
    };
    let server = settings.prepare(&bench.home).unwrap();
    let client = bench.client().prepare(&bench.home).unwrap();
    let client = TlsStream::client(near, &client, NAME).unwrap();
    let server = TlsStream::server(far, &server).unwrap();
    let mut poller = Poller::new().unwrap();
    let mut sides = [Side::new(&poller, 1, client), Side::new(&poller, 2, server)];
    let mut ready = Vec::new();
    let mut buffer = vec![0; buffer_bytes];
    let until = Instant::now() + LIMIT;
    while !sides.iter().all(|side| side.is_over) {
        assert!(
            Instant::now() < until,
            "stalled at {:?}",
            sides.each_ref().map(|it| it.received)
        );
        let again = sides.each_mut().map(|side| side.turn(&mut buffer));
        if again == [false, false] && !sides.iter().all(|side| side.is_over) {
            poller.wait(&mut ready, Some(until)).unwrap();
        }
    }
    for side in &sides {
        assert_eq!((side.received, side.tls.is_cut()), (PAYLOAD, false));
        assert!(!side.tls.wants_write());
    }
}

#[test]
fn megabytes_pass_both_ways_at_once_and_no_readiness_is_lost() {
    let v4 = IpAddr::from(Ipv4Addr::LOCALHOST);
    transfer(v4, Versions::Only13, 64 * 1024);
    transfer(v4, Versions::Only12, 64 * 1024);
    transfer(v4, Versions::Only13, 1000);
    transfer(v4, Versions::Only13, 1 << 20);
    transfer(Ipv6Addr::LOCALHOST.into(), Versions::Only13, 64 * 1024);
}
