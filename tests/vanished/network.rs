//! The private network: a loopback interface, and addresses behind it from which nobody answers.
//!
//! What is sent to [`NOWHERE`] comes back by the loopback interface, is for nobody, and is dropped in silence. An address
//! of it that is lent to the interface for a while is this machine's until then.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};

use etherparse::PacketBuilder;
use libtest_mimic::{Completion, Failed, Trial};
use nix::sched::{CloneFlags, unshare};
use nix::sys::socket::setsockopt;
use nix::sys::socket::sockopt::TcpRepair;
use rustix::process::{getegid, geteuid};
use socket2::{Domain, Protocol, Socket, Type};

use crate::support::DEADLINE;

/// Addresses for documentation (RFC 5737).
const NOWHERE: &str = "198.51.100.0/24";
/// The state of a handshake that is not completed, in `/proc/net/tcp`.
const SYN_RECEIVED: &str = "03";
/// How many hops a packet may take.
const HOPS: u8 = 64;
/// The window that a SYN announces.
const WINDOW: u16 = 65_535;

/// The name of a test, and the test.
pub(crate) type Test = (&'static str, fn());

/// Moves this process, which has a single thread, into a network of its own, and returns tests to run in it.
pub(crate) fn trials(tests: &[Test]) -> Vec<Trial> {
    let entered = enter();
    let trial = |&(name, test): &Test| {
        let entered = entered.clone();
        Trial::ignorable_test(name, move || {
            match (entered, std::env::var_os("BOTHENDS_REQUIRE_ALL")) {
                (Ok(()), _) => {
                    test();
                    Ok(Completion::Completed)
                }
                (Err(reason), Some(_)) => Err(Failed::from(reason)),
                (Err(reason), None) => Ok(Completion::ignored_with(reason)),
            }
        })
    };
    tests.iter().map(trial).collect()
}

fn enter() -> Result<(), String> {
    let identity = (geteuid().as_raw(), getegid().as_raw());
    match unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET) {
        Ok(()) => identify(identity).map_err(|error| format!("no identity: {error}"))?,
        // Root needs no user namespace, and may be where there are none.
        Err(error) => {
            let alone = unshare(CloneFlags::CLONE_NEWNET);
            alone.map_err(|_less_telling| format!("no private network: {error}"))?;
        }
    }
    ip(&["link", "set", "lo", "up"])?;
    ip(&["route", "add", NOWHERE, "dev", "lo"])?;
    let raw = raw_socket();
    raw.map_err(|error| format!("no raw sockets: {error}"))?;
    Ok(())
}

/// Says who the namespace's root is outside (`user_namespaces(7)`).
fn identify((uid, gid): (u32, u32)) -> io::Result<()> {
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("0 {uid} 1"))?;
    fs::write("/proc/self/gid_map", format!("0 {gid} 1"))
}

/// Runs `ip` of iproute2 in the network.
fn ip(arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("ip").args(arguments).output();
    let output = output.map_err(|error| format!("no ip of iproute2: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    output.status.success().then_some(()).ok_or(said)
}

/// An address that this machine has until it is dropped. No other test has had it.
pub(crate) struct Lent(Ipv4Addr);

impl Lent {
    pub(crate) fn new() -> Self {
        static LAST: AtomicU8 = AtomicU8::new(1);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        Self::of(Ipv4Addr::new(198, 51, 100, number))
    }

    fn of(address: Ipv4Addr) -> Self {
        ip(&["address", "add", &format!("{address}/32"), "dev", "lo"]).unwrap();
        Self(address)
    }

    /// Returns what lends the same address again, once it is dropped.
    pub(crate) fn again(&self) -> impl FnOnce() -> Self + use<> {
        let address = self.0;
        move || Self::of(address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from((self.0, 0))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        ip(&["address", "del", &format!("{}/32", self.0), "dev", "lo"]).unwrap();
    }
}

/// Connects from an address.
pub(crate) fn dial_from(source: SocketAddr, to: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&source.into()).unwrap();
    socket.connect_timeout(&to.into(), DEADLINE).unwrap();
    let stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

/// Closes a socket without a FIN or a RST, as a machine does that loses its power: the socket of a process that is
/// moved elsewhere is closed in this way, in repair mode.
pub(crate) fn vanish(stream: TcpStream) {
    setsockopt(&stream, TcpRepair, &1).unwrap();
    drop(stream);
}

/// Makes a socket that sends IPv4 packets as they are given.
pub(crate) fn raw_socket() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::RAW, Some(Protocol::TCP))?;
    socket.set_header_included_v4(true)?;
    Ok(socket)
}

/// A handshake that nobody completes.
#[derive(Clone, Copy)]
pub(crate) struct HalfOpen {
    /// Where nobody answers from.
    pub(crate) from: SocketAddrV4,
    pub(crate) to: SocketAddrV4,
}

impl HalfOpen {
    /// The sequence number of its SYN.
    const SEQUENCE: u32 = 1_000;

    /// Returns the one of this number.
    pub(crate) fn number(number: u16, to: SocketAddr) -> Self {
        let SocketAddr::V4(to) = to else {
            panic!("{to} is not of IPv4");
        };
        // No address is lent from this part.
        let host = Ipv4Addr::new(198, 51, 100, 200 + (number % 50) as u8);
        let from = SocketAddrV4::new(host, 10_000 + number);
        Self { from, to }
    }

    pub(crate) fn send_syn(self, socket: &Socket) {
        self.send(socket, |sequence| self.segment(sequence).syn());
    }

    /// Sends the RST that ends it.
    pub(crate) fn send_reset(self, socket: &Socket) {
        self.send(socket, |sequence| self.segment(sequence + 1).rst());
    }

    fn segment(self, sequence: u32) -> etherparse::PacketBuilderStep<etherparse::TcpHeader> {
        let (from, to) = (self.from, self.to);
        PacketBuilder::ipv4(from.ip().octets(), to.ip().octets(), HOPS).tcp(
            from.port(),
            to.port(),
            sequence,
            WINDOW,
        )
    }

    fn send(
        self,
        socket: &Socket,
        make: impl FnOnce(u32) -> etherparse::PacketBuilderStep<etherparse::TcpHeader>,
    ) {
        let mut packet = Vec::new();
        make(Self::SEQUENCE).write(&mut packet, &[]).unwrap();
        let to = SocketAddr::from(self.to);
        let sent = socket.send_to(&packet, &to.into()).unwrap();
        assert_eq!(sent, packet.len());
    }
}

/// Returns how many handshakes with a listener are not completed.
pub(crate) fn half_open(listener: SocketAddr) -> usize {
    let table = fs::read_to_string("/proc/self/net/tcp").unwrap();
    let port = format!(":{:04X}", listener.port());
    let rows = table.lines().skip(1).filter(|row| {
        let mut fields = row.split_whitespace().skip(1);
        let local = fields.next().unwrap_or_default();
        local.ends_with(&port) && fields.nth(1) == Some(SYN_RECEIVED)
    });
    rows.count()
}
