//! Failures provoked with real sockets, and what explains them; what takes rights or another machine, on a made-up one.

use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::machine::Machine;
use super::sockets::{Socket, State};
use super::*;
use crate::net::tls::{Accuser, TlsFailure, TlsProblem};
use crate::net::{Closed, LookUpError, LookUpErrorKind};
use crate::workspace::InterfaceAddress;

const LOOPBACK: [&str; 2] = ["127.0.0.1", "::1"];

fn subject(error: NetError) -> Subject {
    Subject {
        entry: 7,
        endpoint: EndpointId(1),
        failure: Failure::of_error(&Arc::new(error)).unwrap(),
    }
}

fn refused(address: SocketAddr) -> Subject {
    subject(NetError::Connect {
        address: address.into(),
        source: io::ErrorKind::ConnectionRefused.into(),
    })
}

fn not_bound(address: SocketAddr, kind: io::ErrorKind) -> Subject {
    subject(NetError::Listen {
        address: address.into(),
        source: kind.into(),
    })
}

fn findings(diagnosis: &Diagnosis) -> Vec<&Finding> {
    diagnosis.causes.iter().map(|it| &it.finding).collect()
}

fn own(id: u32, name: &str) -> OwnEndpoint {
    OwnEndpoint {
        id: EndpointId(id),
        name: name.to_owned(),
        bound: None,
        is_udp: false,
        port: None,
        host: None,
    }
}

/// A listener on any free port of both loopback addresses that this machine has.
fn listeners() -> Vec<TcpListener> {
    let bound = LOOPBACK.map(|it| TcpListener::bind((it, 0)));
    bound.into_iter().flatten().collect()
}

/// A port that nobody listens on, held so that nobody else takes it.
fn unused(family: &str) -> Option<(socket2::Socket, SocketAddr)> {
    let address: SocketAddr = SocketAddr::new(family.parse().unwrap(), 0);
    let domain = socket2::Domain::for_address(address);
    let socket = socket2::Socket::new(domain, socket2::Type::STREAM, None).unwrap();
    socket.bind(&address.into()).ok()?;
    let bound = socket.local_addr().unwrap().as_socket().unwrap();
    Some((socket, bound))
}

#[test]
fn a_refusal_says_that_nobody_listens_on_either_family() {
    for family in LOOPBACK {
        let Some((_held, address)) = unused(family) else {
            continue;
        };
        let diagnosis = diagnose(&refused(address), Vec::new());
        assert_eq!(diagnosis.entry, 7);
        let port = address.port();
        assert_eq!(findings(&diagnosis), [&Finding::NobodyListens { port }]);
        assert_eq!(diagnosis.causes[0].remedies, [Remedy::TryAgain]);
    }
}

#[test]
fn a_server_of_ours_that_does_not_run_is_offered_to_be_started() {
    let (_held, address) = unused("127.0.0.1").unwrap();
    let port = address.port();
    let server = OwnEndpoint {
        port: Some(port),
        ..own(3, "Printer")
    };
    let diagnosis = diagnose(&refused(address), vec![server]);
    let name = || "Printer".to_owned();
    let stopped = Finding::OursStopped { name: name(), port };
    assert_eq!(
        findings(&diagnosis),
        [&Finding::NobodyListens { port }, &stopped]
    );
    let (server, name) = (EndpointId(3), name());
    let start = Remedy::StartServer { server, name };
    assert_eq!(diagnosis.causes[1].remedies, [start]);
    // To try again would fail again.
    assert!(diagnosis.causes[0].remedies.is_empty());
}

#[test]
fn a_listener_on_the_other_family_is_found() {
    for listener in listeners() {
        let at = listener.local_addr().unwrap();
        let other: IpAddr = if at.is_ipv4() {
            Ipv6Addr::LOCALHOST.into()
        } else {
            [127, 0, 0, 1].into()
        };
        let tried = SocketAddr::new(other, at.port());
        let diagnosis = diagnose(&refused(tried), Vec::new());
        let owner = Owner::Us;
        let elsewhere = Finding::OtherFamily {
            owner,
            address: at.into(),
        };
        assert_eq!(findings(&diagnosis), [&elsewhere]);
        assert_eq!(diagnosis.causes[0].remedies, [Remedy::ConnectTo(at.into())]);
        let server = OwnEndpoint {
            bound: Some(at.into()),
            ..own(1, "Server 1")
        };
        let diagnosis = diagnose(&refused(tried), vec![server]);
        let name = "Server 1".to_owned();
        let owner = Owner::Ours { name };
        let elsewhere = Finding::OtherFamily {
            owner,
            address: at.into(),
        };
        assert_eq!(findings(&diagnosis), [&elsewhere]);
    }
}

#[test]
fn a_listener_that_came_since_is_found() {
    for listener in listeners() {
        let address = listener.local_addr().unwrap();
        let diagnosis = diagnose(&refused(address), Vec::new());
        let (owner, address) = (Owner::Us, address.into());
        assert_eq!(
            findings(&diagnosis),
            [&Finding::ListensNow { owner, address }]
        );
    }
}

#[test]
fn a_listener_on_another_address_is_found() {
    // All of 127.0.0.0/8 is the loopback interface's, but only on Linux without being asked for.
    let Ok(listener) = TcpListener::bind("127.0.0.2:0") else {
        return;
    };
    let address = listener.local_addr().unwrap();
    let tried = SocketAddr::new([127, 0, 0, 1].into(), address.port());
    let diagnosis = diagnose(&refused(tried), Vec::new());
    let (owner, address) = (Owner::Us, address.into());
    let elsewhere = Finding::OtherAddress { owner, address };
    assert_eq!(findings(&diagnosis), [&elsewhere]);
}

#[test]
fn a_port_that_a_server_of_ours_holds_is_blamed_on_it() {
    for listener in listeners() {
        let address = listener.local_addr().unwrap();
        let server = OwnEndpoint {
            bound: Some(address.into()),
            ..own(5, "Server 1")
        };
        let taken = not_bound(address, io::ErrorKind::AddrInUse);
        let diagnosis = diagnose(&taken, vec![server]);
        let (server, name) = (EndpointId(5), "Server 1".to_owned());
        let stop = Remedy::StopServer {
            server,
            name: name.clone(),
        };
        let held = Finding::HeldByOurs {
            server,
            name,
            address: address.into(),
        };
        assert_eq!(findings(&diagnosis), [&held]);
        assert_eq!(diagnosis.causes[0].remedies, [Remedy::UseFreePort, stop]);
    }
}

/// A Python process that listens on a port that it prints.
struct Listening(Child, u16);

impl Listening {
    fn start() -> Option<Self> {
        let program = "import socket, sys\nlistener = socket.create_server(('127.0.0.1', 0))\n\
                       print(listener.getsockname()[1], flush=True)\nsys.stdin.read()";
        let child = Command::new("python3")
            .args(["-c", program])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.ok()?;
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        io::BufRead::read_line(&mut io::BufReader::new(out), &mut line).unwrap();
        Some(Self(child, line.trim().parse().unwrap()))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_port_that_another_process_holds_is_blamed_on_it_by_name_and_number() {
    let Some(process) = Listening::start() else {
        return;
    };
    let address = SocketAddr::from(([127, 0, 0, 1], process.1));
    let taken = not_bound(address, io::ErrorKind::AddrInUse);
    let diagnosis = diagnose(&taken, Vec::new());
    let [Finding::HeldBy { owner, address: at }] = findings(&diagnosis)[..] else {
        panic!("{diagnosis:?}");
    };
    assert_eq!(*at, Address::from(address));
    let Owner::Process { pid, name } = owner else {
        panic!("{owner:?}");
    };
    assert_eq!(*pid, process.0.id());
    assert!(name.starts_with("python"), "{name}");
}

#[test]
fn a_listener_on_all_addresses_is_blamed_for_a_narrower_one() {
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let address = listener.local_addr().unwrap();
    let wanted = SocketAddr::new([127, 0, 0, 1].into(), address.port());
    let diagnosis = diagnose(&not_bound(wanted, io::ErrorKind::AddrInUse), Vec::new());
    let (owner, address) = (Owner::Us, address.into());
    assert_eq!(findings(&diagnosis), [&Finding::HeldBy { owner, address }]);
}

#[test]
fn an_address_that_is_not_ours_is_told_from_those_that_are() {
    let wanted = SocketAddr::from(([203, 0, 113, 7], 9000));
    let refused = TcpListener::bind(wanted).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::AddrNotAvailable);
    let diagnosis = diagnose(&not_bound(wanted, refused.kind()), Vec::new());
    let [Finding::NotOurs { address, ours }] = findings(&diagnosis)[..] else {
        panic!("{diagnosis:?}");
    };
    assert_eq!(*address, wanted.ip());
    let loopback = IpAddr::from([127, 0, 0, 1]);
    assert_eq!(ours.first(), Some(&loopback));
    assert_eq!(diagnosis.causes[0].remedies, [Remedy::ListenOn(loopback)]);
}

#[test]
fn a_full_backlog_explains_a_connect_without_an_answer() {
    if !cfg!(target_os = "linux") {
        // Only there the system says how many wait.
        return;
    }
    let (socket, address) = unused("127.0.0.1").unwrap();
    socket.listen(1).unwrap();
    let waiting: Vec<_> = (0..2)
        .map(|_| std::net::TcpStream::connect_timeout(&address, Duration::from_secs(5)).unwrap())
        .collect();
    let timeout = Duration::from_millis(100);
    let silent = std::net::TcpStream::connect_timeout(&address, timeout).unwrap_err();
    assert_eq!(silent.kind(), io::ErrorKind::TimedOut);
    let error = NetError::ConnectTimeout {
        address: address.into(),
        timeout,
    };
    let diagnosis = diagnose(&subject(error), Vec::new());
    let full = Finding::BacklogFull {
        owner: Owner::Us,
        waiting: waiting.len() as u32,
    };
    assert_eq!(findings(&diagnosis), [&full]);
}

#[test]
fn a_reset_by_a_server_that_is_gone_says_so() {
    let (_held, peer) = unused("127.0.0.1").unwrap();
    let reset = |peer: SocketAddr, own| {
        let failure = Failure::Reset {
            local: None,
            peer: peer.into(),
        };
        let (entry, endpoint) = (1, EndpointId(1));
        let subject = Subject {
            entry,
            endpoint,
            failure,
        };
        diagnose(&subject, own)
    };
    assert_eq!(findings(&reset(peer, Vec::new())), [&Finding::PeerGone]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let peer = listener.local_addr().unwrap();
    let owner = Owner::Us;
    assert_eq!(
        findings(&reset(peer, Vec::new())),
        [&Finding::PeerListens { owner }]
    );
    let server = OwnEndpoint {
        bound: Some(peer.into()),
        ..own(1, "Server 1")
    };
    let name = "Server 1".to_owned();
    assert_eq!(
        findings(&reset(peer, vec![server])),
        [&Finding::PeerIsOurs { name }]
    );
}

#[test]
fn a_name_that_looks_like_a_known_one_is_offered() {
    let error = |host: &str| {
        subject(NetError::LookUp {
            host: host.to_owned(),
            source: io::Error::from(io::ErrorKind::NotFound).into(),
        })
    };
    let diagnosis = diagnose(&error("localhsot"), Vec::new());
    let known = "localhost".to_owned();
    assert_eq!(
        findings(&diagnosis)[0],
        &Finding::LooksLike {
            known: known.clone()
        }
    );
    assert_eq!(diagnosis.causes[0].remedies, [Remedy::UseHost(known)]);
    let client = OwnEndpoint {
        host: Some("printer.example.org".to_owned()),
        ..own(2, "Client 1")
    };
    let diagnosis = diagnose(&error("pinter.example.org"), vec![client]);
    let known = "printer.example.org".to_owned();
    assert_eq!(findings(&diagnosis)[0], &Finding::LooksLike { known });
    let check = |host: &str, expected: Finding| {
        let diagnosis = diagnose(&error(host), Vec::new());
        assert_eq!(findings(&diagnosis), [&expected], "{host}");
    };
    check("a b", Finding::OddCharacter { character: ' ' });
    check("http://a", Finding::OddCharacter { character: ':' });
    check("192.168.1", Finding::MistypedAddress);
}

#[test]
fn a_name_is_unknown_only_if_a_name_server_said_so() {
    let check = |kind, host: &str, expected: &[Finding]| {
        let source = io::Error::other("").into();
        let subject = subject(NetError::LookUp {
            host: host.to_owned(),
            source: LookUpError { kind, source },
        });
        let causes = causes(&subject, &made_up());
        let found: Vec<_> = causes.iter().map(|it| it.finding.clone()).collect();
        assert_eq!(found, expected, "{kind:?}");
    };
    let (host, short) = ("printer.example.org", "printer");
    check(LookUpErrorKind::NotFound, host, &[Finding::NameUnknown]);
    check(LookUpErrorKind::NotFound, short, &[Finding::NameWithoutDot]);
    check(
        LookUpErrorKind::TryAgain,
        host,
        &[Finding::NameServerSilent],
    );
    check(LookUpErrorKind::Other, host, &[]);
}

/// A machine with one network and a reserved range of ports.
fn made_up() -> Machine {
    let interface = |name: &str, address: &str| InterfaceAddress {
        name: name.to_owned(),
        address: address.parse().unwrap(),
        index: None,
    };
    Machine {
        sockets: Vec::new(),
        interfaces: vec![
            interface("eth0", "192.168.1.5"),
            interface("lo", "127.0.0.1"),
            interface("lo", "::1"),
        ],
        first_free_port: 1024,
        default_routes: Some((true, false)),
        hosts: Vec::new(),
        has_name_server: Some(true),
        own: Vec::new(),
    }
}

#[test]
fn what_takes_rights_or_a_network_is_found_on_a_made_up_machine() {
    let check = |subject: Subject, expected: &[Finding]| {
        let causes = causes(&subject, &made_up());
        let found: Vec<_> = causes.iter().map(|it| it.finding.clone()).collect();
        assert_eq!(found, expected);
    };
    let (port, first_free) = (443, 1024);
    check(
        not_bound(([0, 0, 0, 0], port).into(), io::ErrorKind::PermissionDenied),
        &[Finding::NeedsRights { port, first_free }],
    );
    check(
        not_bound(([0, 0, 0, 0], 9000).into(), io::ErrorKind::PermissionDenied),
        &[Finding::PolicyForbids],
    );
    let connect = |address: &str, kind: io::ErrorKind| {
        let address: SocketAddr = address.parse().unwrap();
        subject(NetError::Connect {
            address: address.into(),
            source: kind.into(),
        })
    };
    check(
        connect("[2001:db8:1::1]:80", io::ErrorKind::NetworkUnreachable),
        &[
            Finding::ForExamples {
                address: "2001:db8:1::1".parse().unwrap(),
            },
            Finding::NoNetwork { is_ipv6: true },
        ],
    );
    let interface = "eth0".to_owned();
    check(
        connect("192.168.1.77:80", io::ErrorKind::HostUnreachable),
        &[Finding::SameNetwork { interface }],
    );
    let address: Address = "8.8.8.8:80".parse().unwrap();
    check(
        connect("8.8.8.8:80", io::ErrorKind::ConnectionRefused),
        &[
            Finding::FarAway {
                address: address.clone(),
            },
            Finding::FirewallPossible,
        ],
    );
    let not_permitted = NetError::Connect {
        address,
        source: io::Error::from_raw_os_error(1).into(),
    };
    if cfg!(target_os = "linux") {
        check(subject(not_permitted), &[Finding::FirewallHere]);
    }
    check(
        connect("8.8.8.8:80", io::ErrorKind::AddrNotAvailable),
        &[Finding::SourceUnusable],
    );
}

#[test]
fn a_port_in_time_wait_is_told_from_one_that_is_held() {
    let address = SocketAddr::from(([127, 0, 0, 1], 9000));
    let taken = not_bound(address, io::ErrorKind::AddrInUse);
    let socket = |state| Socket {
        is_udp: false,
        local: address,
        remote: ([127, 0, 0, 1], 50_000).into(),
        state,
        waiting: 0,
        owner: Owner::Unnamed,
    };
    let check = |sockets: Vec<Socket>, expected: Finding| {
        let machine = Machine {
            sockets,
            ..made_up()
        };
        let causes = causes(&taken, &machine);
        assert_eq!(causes[0].finding, expected);
    };
    let (connections, port) = (1, 9000);
    check(
        vec![socket(State::TimeWait)],
        Finding::TimeWait { connections, port },
    );
    let used = Finding::UsedByConnection {
        owner: Owner::Unnamed,
        local: address,
        remote: ([127, 0, 0, 1], 50_000).into(),
    };
    check(vec![socket(State::Other), socket(State::TimeWait)], used);
    let address = address.into();
    check(Vec::new(), Finding::FreeNow { address });
}

/// A UDP socket on any free port of a loopback address.
fn udp(host: &str) -> Option<(std::net::UdpSocket, SocketAddr)> {
    let socket = std::net::UdpSocket::bind((host, 0)).ok()?;
    let address = socket.local_addr().unwrap();
    Some((socket, address))
}

fn undelivered(address: SocketAddr) -> Subject {
    subject(NetError::Undelivered {
        peer: Some(Address::udp(address)),
        source: io::ErrorKind::ConnectionRefused.into(),
        icmp: None,
    })
}

#[test]
fn a_udp_port_that_somebody_has_is_blamed_on_the_udp_socket_and_not_on_tcp() {
    for host in LOOPBACK {
        let Some((_socket, address)) = udp(host) else {
            continue;
        };
        // TCP has ports of its own: this one is no cause.
        let _tcp = TcpListener::bind(address);
        let at = Address::udp(address);
        let taken = subject(NetError::Listen {
            address: at.clone(),
            source: io::ErrorKind::AddrInUse.into(),
        });
        let diagnosis = diagnose(&taken, Vec::new());
        let held = Finding::HeldBy {
            owner: Owner::Us,
            address: at.clone(),
        };
        assert_eq!(findings(&diagnosis), [&held]);
        let server = OwnEndpoint {
            bound: Some(at.clone()),
            is_udp: true,
            ..own(5, "Meter")
        };
        let diagnosis = diagnose(&taken, vec![server]);
        let ours = Finding::HeldByOurs {
            server: EndpointId(5),
            name: "Meter".to_owned(),
            address: at,
        };
        assert_eq!(findings(&diagnosis), [&ours]);
    }
}

#[test]
fn a_datagram_that_nobody_takes_says_who_has_the_tcp_port_of_that_number() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let port = address.port();
    let diagnosis = diagnose(&undelivered(address), Vec::new());
    let nobody = Finding::NobodyHasUdpPort { port };
    let tcp = Finding::OtherTransport {
        owner: Owner::Us,
        address: address.into(),
    };
    assert_eq!(findings(&diagnosis), [&nobody, &tcp]);
    let instead = Remedy::ConnectTo(address.into());
    assert_eq!(diagnosis.causes[1].remedies, [instead]);
}

#[test]
fn a_udp_socket_of_the_other_family_is_found() {
    let Some((_socket, at)) = udp("::1") else {
        return;
    };
    let tried = SocketAddr::new([127, 0, 0, 1].into(), at.port());
    let diagnosis = diagnose(&undelivered(tried), Vec::new());
    let elsewhere = Finding::OtherFamily {
        owner: Owner::Us,
        address: Address::udp(at),
    };
    assert_eq!(findings(&diagnosis), [&elsewhere]);
    let there = Remedy::ConnectTo(Address::udp(at));
    assert_eq!(diagnosis.causes[0].remedies, [there]);
}

#[test]
fn a_failure_of_tls_says_who_is_at_the_other_end_on_this_machine() {
    for listener in listeners() {
        let peer = listener.local_addr().unwrap();
        let source = Box::new(TlsFailure {
            problem: TlsProblem::Revoked,
            by: Accuser::Us,
            alert: None,
            server_name: None,
            in_handshake: true,
        });
        let error = Arc::new(NetError::Tls {
            peer: peer.into(),
            source,
        });
        let closed = EventKind::Closed(Closed {
            by: ClosedBy::Failure(error),
            unsent_bytes: 0,
            unread: false,
        });
        let failed = Subject {
            entry: 7,
            endpoint: EndpointId(1),
            failure: Failure::of(&closed, None).unwrap(),
        };
        let mut server = own(3, "Server 3");
        server.bound = Some(peer.into());
        let name = server.name.clone();
        let diagnosis = diagnose(&failed, vec![server]);
        assert_eq!(findings(&diagnosis), [&Finding::PeerIsOurs { name }]);
        let diagnosis = diagnose(&failed, Vec::new());
        let is_found = matches!(findings(&diagnosis)[..], [Finding::PeerIs { .. }]);
        assert!(is_found, "{diagnosis:?}");
    }
}
