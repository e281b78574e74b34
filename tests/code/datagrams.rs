//! Endpoints over UDP, copied as code.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use bothends::export::code::{CodeForm, CodeLack};
use bothends::net::{Address, ClientConfig, Interface, ServerConfig, Target};
use bothends::script::rules::{Rule, RuleSet, Rules, Times, When};
use bothends::script::{Message, Reply, Script};
use bytes::Bytes;

use super::programs::{Running, client_code, server_code, text};
use super::rules::{rule, say};
use super::servers::template;
use super::support::{DEADLINE, Rig, SERVER, fixed, loopbacks, script};

fn server(local: SocketAddr) -> ServerConfig {
    ServerConfig::new(Address::udp(local))
}

fn loopback() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

fn socket(local: SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind(local).unwrap();
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    socket
}

fn peer_of(address: SocketAddr) -> UdpSocket {
    let socket = socket(SocketAddr::new(address.ip(), 0));
    socket.connect(address).unwrap();
    socket
}

fn receive(socket: &UdpSocket) -> Vec<u8> {
    let mut buffer = vec![0; 65_536];
    let count = socket.recv(&mut buffer).unwrap();
    buffer.truncate(count);
    buffer
}

/// Sends a datagram, whatever comes of it.
pub(crate) fn send(address: SocketAddr, bytes: &[u8]) {
    peer_of(address).send(bytes).unwrap();
}

/// Sends each datagram and takes its answers, of which there are so many.
fn asked(address: SocketAddr, datagrams: &[&[u8]], answers: usize) -> Vec<Vec<u8>> {
    let peer = peer_of(address);
    for datagram in datagrams {
        peer.send(datagram).unwrap();
    }
    (0..answers).map(|_| receive(&peer)).collect()
}

pub(crate) fn as_ours() {
    let check = |change: &dyn Fn(&mut Script), asks: &[&[u8]], expected: &[&[u8]]| {
        for local in loopbacks() {
            let mut config = server(local);
            change(script(&mut config.behaviour));
            let code = server_code(&config, CodeForm::Python);
            assert_eq!(code.lacks, []);
            let program = Running::python(&code);
            let theirs = asked(program.address(), asks, expected.len());
            let ours = asked(Rig::new().listen_on(config), asks, expected.len());
            assert_eq!(theirs, ours, "{}", text(&code));
            assert_eq!(ours, expected);
        }
    };
    check(&|_| {}, &[b"a", b"", b"\0\xFF"], &[b"a", b"", b"\0\xFF"]);
    check(
        &|it| {
            it.greeting = Some(Bytes::from_static(b"welcome").into());
            it.reply = fixed("ok");
            // Each datagram is a request.
            it.framing = "lf".parse().ok();
        },
        &[b"no line", b"two\nlines\n"],
        &[b"welcome", b"ok", b"ok"],
    );
    check(
        &|it| it.reply = Reply::Message(template("{{len}}{{request}}")),
        &[b"abc"],
        &[b"3abc"],
    );
    check(
        &|it| it.close_after_reply = true,
        &[b"a", b"b"],
        &[b"a", b"b"],
    );
}

/// Keeps the engine of a test.
trait Listens {
    fn listen_on(self, config: ServerConfig) -> SocketAddr;
}

impl Listens for Rig {
    fn listen_on(mut self, config: ServerConfig) -> SocketAddr {
        let address = self.listen(config);
        // It serves until the test ends.
        std::mem::forget(self);
        address
    }
}

pub(crate) fn peers() {
    let mut config = server(loopback());
    let any = || When::Request(Vec::new());
    let first = Rule {
        times: Some(Times::PerConnection(NonZeroU32::MIN)),
        ..rule("first", any(), vec![say("first")])
    };
    let rules = vec![first, rule("again", any(), vec![say("again")])];
    let rules = Rules {
        rules,
        ..Rules::default()
    };
    script(&mut config.behaviour).reply = Reply::Rules(RuleSet::starting(rules));
    config.udp.groups = vec![Ipv4Addr::new(239, 77, 12, 21).into()];
    config.udp.interface = Some(Interface {
        index: 1,
        ipv4: Some(Ipv4Addr::LOCALHOST),
    });
    config.udp.multicast_ttl = Some(2);
    config.udp.multicast_loop = false;
    let program = Running::python(&server_code(&config, CodeForm::Python));
    let address = program.address();
    let peers = [peer_of(address), peer_of(address)];
    for expected in ["first", "again", "again"] {
        for peer in &peers {
            peer.send(b"x").unwrap();
            assert_eq!(receive(peer), expected.as_bytes());
        }
    }
    // A peer is forgotten, and is a new one then.
    config.udp.forget_after = Duration::from_millis(100);
    let program = Running::python(&server_code(&config, CodeForm::Python));
    let peer = peer_of(program.address());
    peer.send(b"x").unwrap();
    assert_eq!(receive(&peer), b"first");
    std::thread::sleep(Duration::from_millis(500));
    peer.send(b"x").unwrap();
    assert_eq!(receive(&peer), b"first");
    if loopbacks().len() > 1 {
        let mut config = server(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
        config.dual_stack = true;
        let program = Running::python(&server_code(&config, CodeForm::Python));
        let port = program.address().port();
        for ip in [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()] {
            let peer = peer_of(SocketAddr::new(ip, port));
            peer.send(b"x").unwrap();
            assert_eq!(receive(&peer), b"x");
        }
    }
}

fn message() -> Message {
    Bytes::from_static(b"hello \"x' \\ 100%").into()
}

fn heard(rig: &mut Rig, bytes: &[u8]) {
    assert_eq!(rig.receive(SERVER, bytes.len()), bytes);
}

const SENT: &[u8] = b"hello \"x' \\ 100%";

pub(crate) fn client() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(server(local));
        let mut config = ClientConfig::new(Target::Address(Address::udp(address)));
        config.options.source = Some(SocketAddr::new(local.ip(), 0));
        let code = client_code(&config, &message(), CodeForm::Python);
        assert_eq!(code.lacks, []);
        let program = Running::python(&code);
        assert!(program.line().starts_with("Sending to "));
        heard(&mut rig, SENT);
        assert!(program.line().starts_with("Received b"), "the echo");
    }
    let mut rig = Rig::new();
    let address = rig.listen(server(loopback()));
    let config = ClientConfig::new(Target::new("127.0.0.1", address.port()).with_udp());
    let program = Running::python(&client_code(&config, &message(), CodeForm::Python));
    assert!(program.line().starts_with("Sending to "));
    heard(&mut rig, SENT);
}

pub(crate) fn ncat_server() {
    let local = socket(loopback()).local_addr().unwrap();
    let code = server_code(&server(local), CodeForm::Ncat);
    assert_eq!(code.lacks, []);
    let _program = Running::shell(&code);
    let peer = UdpSocket::bind(loopback()).unwrap();
    peer.connect(local).unwrap();
    peer.set_read_timeout(Some(Duration::from_millis(100)))
        .unwrap();
    let until = Instant::now() + DEADLINE;
    let mut buffer = [0; 16];
    // Until it listens, nobody is there.
    loop {
        peer.send(b"over here").ok();
        if let Ok(count) = peer.recv(&mut buffer) {
            assert_eq!(&buffer[..count], b"over here");
            break;
        }
        assert!(Instant::now() < until, "{}", text(&code));
    }
    let mut config = server(local);
    script(&mut config.behaviour).reply = Reply::None;
    let code = server_code(&config, CodeForm::Ncat);
    assert_eq!(code.lacks, [CodeLack::OtherPeers]);
}

pub(crate) fn ncat_client() {
    let mut rig = Rig::new();
    let address = rig.listen(server(loopback()));
    let mut config = ClientConfig::new(Target::Address(Address::udp(address)));
    script(&mut config.behaviour).reply = Reply::None;
    let code = client_code(&config, &message(), CodeForm::Ncat);
    assert_eq!(code.lacks, []);
    let _program = Running::shell(&code);
    heard(&mut rig, SENT);
}
