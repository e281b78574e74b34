//! The tests, each with a lab of its own.

use std::collections::HashMap;
use std::fs;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command as Program;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bothends::capture::packets::PacketFile;
use bothends::capture::store::{Keep, Store};
use bothends::capture::{Capture, Current, EndpointState, EventKind, RecordUpdate};
use bothends::net::kernel::{KernelWatch, Sampled, SocketNumbers, TcpState};
use bothends::net::tls::{ClientTls, PeerCheck, TlsHome};
use bothends::net::{
    Address, ClientConfig, Clock, Command, Conditions, Engine, Lab, LabCause, LabError, LabPacket,
    LabRefusal, LabStep, NetError, Network, Observe, PacketSink, SendTo, ServerConfig, Target,
    TlsSetup,
};
use bothends::words::{ENGLISH, InWords as _};
use etherparse::{NetSlice, SlicedPacket, TcpSlice, TransportSlice};
use libtest_mimic::{Completion, Failed, Trial};
use pcap_file::pcapng::Block;
use rustix::net::{RecvFlags, SendFlags};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use socket2::Domain;

use crate::support::{CLIENT, DEADLINE, Rig, SERVER, eventually, pattern};

/// The program whose helper makes the labs.
const PROGRAM: &str = env!("CARGO_BIN_EXE_bothends");
/// The state of a listener in `/proc/net/tcp`.
const LISTENING: &str = "0A";

type Test = fn(&Ground);

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [(&str, Test); 15] = [
        ("every_packet_of_a_conversation_is_seen", every_packet),
        ("packets_are_no_longer_than_on_ethernet", ethernet_packets),
        ("datagrams_of_the_lab_are_seen", datagrams),
        ("what_is_encrypted_in_the_lab_is_seen_encrypted", encrypted),
        ("nobody_outside_sees_a_listener_of_the_lab", unseen_outside),
        ("a_low_port_needs_no_rights", low_port),
        ("ends_of_different_networks_never_meet", never_meet),
        ("two_networks_may_use_the_same_address", same_address),
        ("the_kernel_answers_about_sockets_of_the_lab", diag),
        ("the_states_of_a_connection_in_the_lab_are_known", states),
        ("a_kernel_without_netem_says_so_or_delays", conditions),
        ("a_capture_exports_the_packets_that_were", exported),
        ("the_lab_ends_with_its_engine", ends_with_engine),
        ("the_helper_ends_with_its_parent", ends_with_parent),
        ("a_killed_helper_is_replaced", replaced),
    ];
    let as_user = |name: &str, test: Test| {
        let name = format!("as_user_{name}");
        Trial::ignorable_test(name, move || run(Ground::of_user(), test))
    };
    let plain = |name: &str, test: fn()| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    let mut trials: Vec<Trial> = tests
        .into_iter()
        .map(|(name, test)| Trial::ignorable_test(name, move || run(Ground::of_program(), test)))
        .collect();
    trials.extend([
        as_user(tests[0].0, every_packet),
        as_user(tests[4].0, low_port),
        plain("a_refused_namespace_is_named", refused_namespace),
        plain("a_helper_that_is_none_is_refused", no_helper),
        plain("a_helper_without_a_parent_does_nothing", no_parent),
    ]);
    trials
}

/// Where labs are made: with which helper.
struct Ground {
    helper: PathBuf,
    /// Held for its drop.
    _folder: Option<tempfile::TempDir>,
}

impl Ground {
    fn of_program() -> Result<Self, String> {
        let helper = PathBuf::from(PROGRAM);
        Self::tried(helper, None)
    }

    /// The helper of a user without rights, who never gets any.
    fn of_user() -> Result<Self, String> {
        if !geteuid().is_root() {
            return Self::of_program();
        }
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        // The user may not look into the folder that the program was built in.
        let program = folder.path().join("bothends");
        fs::copy(PROGRAM, &program).unwrap();
        let run = format!(
            "exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs {} \"$@\"",
            program.display()
        );
        let helper = script(folder.path(), &run);
        let probe = Program::new("setpriv")
            .args([
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                "true",
            ])
            .output();
        match probe {
            Ok(probe) if probe.status.success() => Self::tried(helper, Some(folder)),
            Ok(probe) => Err(String::from_utf8_lossy(&probe.stderr).into_owned()),
            Err(error) => Err(format!("no setpriv: {error}")),
        }
    }

    fn tried(helper: PathBuf, folder: Option<tempfile::TempDir>) -> Result<Self, String> {
        match Lab::with_helper(&helper).sockets() {
            Ok(_) => Ok(Self {
                helper,
                _folder: folder,
            }),
            Err(refusal) => Err(refusal.in_words(&ENGLISH)),
        }
    }

    fn rig(&self) -> (Rig, Seen) {
        let seen = Seen::default();
        let lab = Lab::with_helper(&self.helper);
        lab.set_sink(Arc::new(seen.clone()));
        let (engine, events) = Engine::new(Clock::start());
        let rig = Rig::with_engine(engine.with_lab(lab), events, Observe::Everything);
        (rig, seen)
    }
}

/// Runs a test, or ignores it with the reason why there is no lab.
fn run(ground: Result<Ground, String>, test: Test) -> Result<Completion, Failed> {
    match (ground, std::env::var_os("BOTHENDS_REQUIRE_ALL")) {
        (Ok(ground), _) => {
            test(&ground);
            Ok(Completion::Completed)
        }
        (Err(reason), Some(_)) => Err(reason.into()),
        (Err(reason), None) => Ok(Completion::ignored_with(reason)),
    }
}

/// Writes a program that runs a line of shell.
fn script(folder: &Path, line: &str) -> PathBuf {
    let path = folder.join("helper");
    fs::write(
        &path,
        format!("#!/bin/sh\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n{line}\n"),
    )
    .unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    path
}

/// The packets of a lab.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Vec<LabPacket>>>);

impl PacketSink for Seen {
    fn take(&self, packets: &[LabPacket]) {
        assert!(!packets.is_empty());
        self.0.lock().unwrap().extend_from_slice(packets);
    }

    fn dropped(&self, packets: u64) {
        panic!("{packets} packets were dropped");
    }
}

/// A TCP segment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    from: SocketAddr,
    /// As tcpdump writes them: `S.`.
    flags: String,
    sequence: u32,
    acknowledgment: u32,
    bytes: Vec<u8>,
}

impl Seen {
    /// Returns where each datagram is from, and its bytes.
    fn datagrams(&self) -> Vec<(SocketAddr, Vec<u8>)> {
        let packets = self.0.lock().unwrap();
        packets.iter().filter_map(datagram).collect()
    }

    fn segments(&self) -> Vec<Segment> {
        self.0.lock().unwrap().iter().filter_map(segment).collect()
    }
}

fn datagram(packet: &LabPacket) -> Option<(SocketAddr, Vec<u8>)> {
    let sliced = SlicedPacket::from_ethernet(&packet.bytes).unwrap();
    let ip = match sliced.net? {
        NetSlice::Ipv4(ip) => IpAddr::from(ip.header().source_addr()),
        NetSlice::Ipv6(ip) => IpAddr::from(ip.header().source_addr()),
        NetSlice::Arp(_) => return None,
    };
    let Some(TransportSlice::Udp(udp)) = sliced.transport else {
        return None;
    };
    let from = SocketAddr::new(ip, udp.source_port());
    Some((from, udp.payload().to_vec()))
}

fn segment(packet: &LabPacket) -> Option<Segment> {
    let sliced = SlicedPacket::from_ethernet(&packet.bytes).unwrap();
    assert_eq!(packet.bytes.len(), packet.whole_bytes as usize);
    let ip = match sliced.net? {
        NetSlice::Ipv4(ip) => IpAddr::from(ip.header().source_addr()),
        NetSlice::Ipv6(ip) => IpAddr::from(ip.header().source_addr()),
        NetSlice::Arp(_) => return None,
    };
    let Some(TransportSlice::Tcp(tcp)) = sliced.transport else {
        return None;
    };
    Some(Segment {
        from: SocketAddr::new(ip, tcp.source_port()),
        flags: flags(&tcp),
        sequence: tcp.sequence_number(),
        acknowledgment: tcp.acknowledgment_number(),
        bytes: tcp.payload().to_vec(),
    })
}

fn flags(tcp: &TcpSlice<'_>) -> String {
    let flags = [
        (tcp.syn(), 'S'),
        (tcp.fin(), 'F'),
        (tcp.rst(), 'R'),
        (tcp.psh(), 'P'),
        (tcp.ack(), '.'),
    ];
    flags.iter().filter(|it| it.0).map(|it| it.1).collect()
}

fn server_at(address: &str) -> ServerConfig {
    let mut config = ServerConfig::new(address.parse::<SocketAddr>().unwrap());
    config.network = Network::Lab;
    config
}

fn client_in(network: Network, address: SocketAddr) -> ClientConfig {
    let mut config = ClientConfig::new(Target::Address(address.into()));
    config.network = network;
    config
}

/// Connects a client of the lab and waits until it is connected.
fn connect(rig: &mut Rig, address: SocketAddr) {
    let config = client_in(Network::Lab, address);
    rig.command(CLIENT, Command::connect(config));
    rig.both_ends();
}

/// Both ends of TLS are in the lab: the entries have what was sent, the packets what was on the wire.
fn encrypted(ground: &Ground) {
    let folder = tempfile::tempdir().unwrap();
    for local in ["127.0.0.1:0", "[::1]:0"] {
        let (mut rig, seen) = ground.rig();
        rig.engine = rig.engine.with_tls(TlsHome::new(folder.path()));
        let mut config = server_at(local);
        config.tls = Some(Box::default());
        let address = rig.listen(config);
        let mut config = client_in(Network::Lab, address);
        config.tls = Some(Box::new(TlsSetup {
            settings: ClientTls {
                check: PeerCheck::Roots(folder.path().join("ca.pem")),
                ..ClientTls::default()
            },
            ..TlsSetup::default()
        }));
        rig.send(CLIENT, SendTo::Client(Box::new(config)), "Hello, server!");
        assert_eq!(rig.receive(CLIENT, 14), b"Hello, server!");
        rig.command(CLIENT, Command::Stop);
        for _ in 0..2 {
            rig.closed();
        }
        rig.engine.shutdown();
        let segments = seen.segments();
        // The first bytes are a handshake, and no packet has the message.
        let first = segments.iter().find(|it| !it.bytes.is_empty()).unwrap();
        assert_eq!(first.bytes[0], 22);
        let has_it = |bytes: &[u8]| bytes.windows(5).any(|it| it == b"Hello");
        assert!(!segments.iter().any(|it| has_it(&it.bytes)));
    }
}

/// Both ends of UDP are in the lab, and each datagram is a packet: also an empty one, and what answers from a closed port.
fn datagrams(ground: &Ground) {
    for local in ["127.0.0.1:0", "[::1]:0"] {
        let (mut rig, seen) = ground.rig();
        let mut config = server_at(local);
        config.bind = Address::udp(local.parse().unwrap());
        let address = rig.listen(config);
        let target = Target::Address(Address::udp(address));
        let mut config = ClientConfig::new(target);
        config.network = Network::Lab;
        rig.command(CLIENT, Command::connect(config));
        rig.connected();
        rig.send(CLIENT, SendTo::All, "");
        rig.send(CLIENT, SendTo::All, "over here");
        let id = rig.accepted();
        assert_eq!(rig.receive(CLIENT, 9), b"over here");
        rig.command(SERVER, Command::Stop);
        rig.stopped();
        rig.send(CLIENT, SendTo::All, "anybody?");
        let ((), has_link) = rig.failed(|error| match error {
            NetError::Undelivered { icmp, .. } => icmp.map(|_| ()),
            _ => None,
        });
        assert!(has_link, "{id:?}");
        let count = || seen.datagrams().len() == 5;
        eventually("all packets are seen", count);
        rig.engine.shutdown();
        let datagrams = seen.datagrams();
        let bytes: Vec<&[u8]> = datagrams.iter().map(|it| &*it.1).collect();
        // The network's order is the order of each direction.
        let of = |is_server: bool| {
            let mine = datagrams.iter().zip(&bytes);
            let mine = mine.filter(move |(it, _)| (it.0 == address) == is_server);
            mine.map(|(_, bytes)| *bytes).collect::<Vec<_>>()
        };
        assert_eq!(of(false), [&b""[..], b"over here", b"anybody?"]);
        assert_eq!(of(true), [&b""[..], b"over here"]);
    }
}

fn every_packet(ground: &Ground) {
    for address in ["127.0.0.1:0", "[::1]:0"] {
        let (mut rig, seen) = ground.rig();
        let mut config = server_at(address);
        crate::support::script(&mut config.behaviour).reply = bothends::script::Reply::None;
        let address = rig.listen(config);
        connect(&mut rig, address);
        rig.send(CLIENT, SendTo::All, "Hello, server!");
        assert_eq!(rig.receive(SERVER, 14), b"Hello, server!");
        let sent = || seen.segments().len() >= 5;
        eventually("the bytes are acknowledged", sent);
        rig.command(CLIENT, Command::Stop);
        for _ in 0..2 {
            rig.closed();
        }
        // Its end has read what there was.
        rig.engine.shutdown();
        let segments = seen.segments();
        let flags: Vec<_> = segments.iter().map(|it| it.flags.as_str()).collect();
        assert_eq!(flags, ["S", "S.", ".", "P.", ".", "F.", "F.", "."]);
        let client = segments[0].from;
        let from_client = [true, false, true, true, false, true, false, true];
        let directions: Vec<_> = segments.iter().map(|it| it.from == client).collect();
        assert_eq!(directions, from_client);
        assert!(
            segments
                .iter()
                .all(|it| it.from == client || it.from == address)
        );
        let (mine, yours) = (segments[0].sequence, segments[1].sequence);
        let numbers: Vec<_> = segments
            .iter()
            .map(|it| {
                let (own, other) = if it.from == client {
                    (mine, yours)
                } else {
                    (yours, mine)
                };
                (
                    it.sequence.wrapping_sub(own),
                    it.acknowledgment.wrapping_sub(other),
                )
            })
            .collect();
        let expected = [(1, 1), (1, 1), (1, 15), (15, 1), (1, 16), (16, 2)];
        assert_eq!(numbers[0].0, 0);
        assert_eq!(numbers[1], (0, 1));
        assert_eq!(numbers[2..], expected);
        assert_eq!(segments[3].bytes, b"Hello, server!");
        let times: Vec<_> = seen.0.lock().unwrap().iter().map(|it| it.time).collect();
        assert!(times.is_sorted());
    }
}

fn ethernet_packets(ground: &Ground) {
    let (mut rig, seen) = ground.rig();
    let address = rig.listen(server_at("127.0.0.1:0"));
    connect(&mut rig, address);
    let bytes = pattern(50_000);
    rig.send(CLIENT, SendTo::All, bytes.clone());
    assert_eq!(rig.receive(CLIENT, bytes.len()), bytes);
    rig.engine.shutdown();
    let packets = seen.0.lock().unwrap();
    let longest = packets.iter().map(|it| it.whole_bytes).max();
    assert_eq!(longest, Some(1_514));
}

fn unseen_outside(ground: &Ground) {
    let (mut rig, _seen) = ground.rig();
    let address = rig.listen(server_at("127.0.0.1:0"));
    let port = format!(":{:04X}", address.port());
    let table = fs::read_to_string("/proc/self/net/tcp").unwrap();
    // A connection of others may have had that port.
    let is_listener = |line: &str| {
        let fields: Vec<_> = line.split_whitespace().collect();
        fields[1].ends_with(&port) && fields[3] == LISTENING
    };
    assert!(!table.lines().skip(1).any(is_listener), "{table}");
    let refused = TcpStream::connect_timeout(&address, DEADLINE);
    let kind = refused.map(drop).map_err(|it| it.kind());
    assert_eq!(kind, Err(std::io::ErrorKind::ConnectionRefused));
    connect(&mut rig, address);
}

fn low_port(ground: &Ground) {
    let (mut rig, _seen) = ground.rig();
    let address = rig.listen(server_at("127.0.0.1:80"));
    connect(&mut rig, address);
}

fn never_meet(ground: &Ground) {
    let (mut rig, _seen) = ground.rig();
    let check = |rig: &mut Rig, config: ClientConfig, expected: LabError, words: &str| {
        rig.command(CLIENT, Command::connect(config));
        let ((found, said), last) = rig.connect_failed(|error| match error {
            NetError::Lab { source, .. } => Some((source.clone(), error.in_words(&ENGLISH))),
            _ => None,
        });
        assert_eq!((found, last), (expected, true));
        assert!(said.contains(words), "{said}");
    };
    let inside = rig.listen(server_at("127.0.0.1:0"));
    let config = client_in(Network::System, inside);
    check(
        &mut rig,
        config,
        LabError::OtherNetwork(Network::Lab),
        "this client is not",
    );
    let outside = rig.listen(crate::support::server());
    let config = client_in(Network::Lab, outside);
    check(
        &mut rig,
        config,
        LabError::OtherNetwork(Network::System),
        "this client is",
    );
    for outside in ["192.0.2.1:80", "[2001:db8::1]:80"] {
        let config = client_in(Network::Lab, outside.parse().unwrap());
        check(&mut rig, config, LabError::Outside, "only the loopback");
    }
    rig.command(SERVER, Command::Listen(server_at("192.0.2.1:80")));
    let (is_outside, _) = rig.failed(|error| match error {
        NetError::Lab { source, .. } => Some(*source == LabError::Outside),
        _ => None,
    });
    assert!(is_outside);
}

fn same_address(ground: &Ground) {
    let (rig, _seen) = ground.rig();
    let other = bothends::net::EndpointId(3);
    let mut rig = rig.with_server(other);
    let outside = rig.listen(crate::support::server());
    let mut config = ServerConfig::new(Address::from(outside));
    config.network = Network::Lab;
    let mut rig = rig.with_server(SERVER);
    assert_eq!(rig.listen(config), outside);
    // Each connection has one number for both of its ends, which are in the same network.
    for network in Network::ALL {
        rig.command(CLIENT, Command::connect(client_in(network, outside)));
        let (client, server) = rig.both_ends();
        assert_eq!(client.number, server.number);
        let server = match network {
            Network::System => other,
            Network::Lab => SERVER,
        };
        rig.command(CLIENT, Command::Stop);
        let closed = |rig: &mut Rig| {
            rig.wait("closed", |event| {
                matches!(event.kind, EventKind::Closed(_)).then_some(event.endpoint)
            })
        };
        let mut ends = [closed(&mut rig), closed(&mut rig)];
        ends.sort();
        let mut expected = [CLIENT, server];
        expected.sort();
        assert_eq!(ends, expected);
    }
}

fn diag(ground: &Ground) {
    let (mut rig, _seen) = ground.rig();
    let address = rig.listen(server_at("127.0.0.1:0"));
    let lab = rig.engine.lab().sockets().unwrap();
    let listeners = |socket: std::os::fd::OwnedFd| {
        // A dump of all listening IPv4 TCP sockets: `inet_diag_req_v2` of `sock_diag(7)`.
        let mut request = vec![72, 0, 0, 0, 20, 0, 1, 3];
        request.resize(16, 0);
        request.extend([2, 6, 0, 0, 0, 4, 0, 0]);
        request.resize(72, 0);
        rustix::net::send(&socket, &request, SendFlags::empty()).unwrap();
        let mut answer = vec![0; 1 << 16];
        let (count, _) = rustix::net::recv(&socket, &mut answer[..], RecvFlags::empty()).unwrap();
        // The first answer, if it is one: its own port.
        let is_listener = count > 36 && answer[4] == 20;
        is_listener.then(|| u16::from_be_bytes([answer[20], answer[21]]))
    };
    assert_eq!(listeners(lab.diag().unwrap()), Some(address.port()));
    assert_eq!(
        lab.stream(Domain::IPV6).unwrap().domain().unwrap(),
        Domain::IPV6
    );
}

fn states(ground: &Ground) {
    let (mut rig, _seen) = ground.rig();
    let address = rig.listen(server_at("[::1]:0"));
    let config = client_in(Network::Lab, address);
    rig.command(CLIENT, Command::connect(config));
    let (client, server) = rig.both_ends();
    for (endpoint, flow) in [(CLIENT, client), (SERVER, server)] {
        let watch = KernelWatch::numbers_of(flow);
        rig.command(endpoint, Command::Watch(Some(watch)));
        let both = rig.sampled("both states", |sample| match &sample.what {
            Sampled::Numbers(numbers) if sample.connection() == Some(flow) => {
                let state = |end: &Option<SocketNumbers>| end.as_ref().map(|it| it.state);
                Some([state(&numbers.ours), state(&numbers.peer)])
            }
            _ => None,
        });
        assert_eq!(both, [Some(TcpState::Established); 2]);
    }
}

fn conditions(ground: &Ground) {
    let (mut rig, seen) = ground.rig();
    let address = rig.listen(server_at("127.0.0.1:0"));
    let conditions = Conditions {
        delay: Duration::from_millis(20),
        ..Conditions::default()
    };
    if let Err(refusal) = rig.engine.lab().set_conditions(conditions) {
        let expected = (LabStep::Conditions, LabCause::NotInKernel);
        assert_eq!((refusal.step, refusal.cause), expected);
        assert!(refusal.in_words(&ENGLISH).contains("netem"));
        assert!(rig.engine.lab().conditions().is_plain());
        connect(&mut rig, address);
    } else {
        connect(&mut rig, address);
        let times: Vec<_> = seen.0.lock().unwrap().iter().map(|it| it.time).collect();
        let answered = times[1].duration_since(times[0]).unwrap();
        assert!(answered >= conditions.delay, "{answered:?}");
    }
    // A server that wants it says the same.
    let mut config = server_at("127.0.0.1:0");
    config.conditions = conditions;
    if rig.engine.lab().conditions().is_plain() {
        rig.command(SERVER, Command::Listen(config));
        let (said, _) = rig.failed(|error| Some(error.in_words(&ENGLISH)));
        assert!(said.contains("netem"), "{said}");
    } else {
        rig.listen(config);
    }
    // What is plain already stays so, with any kernel.
    rig.engine
        .lab()
        .set_conditions(Conditions::default())
        .unwrap();
}

/// Reads a pcapng file: for each packet its interface's link type, and its flags.
fn flags_in(path: &Path) -> Vec<(pcap_file::DataLink, String)> {
    let file = fs::File::open(path).unwrap();
    let mut reader = pcap_file::pcapng::PcapNgReader::new(file).unwrap();
    let (mut interfaces, mut found) = (Vec::new(), Vec::new());
    while let Some(block) = reader.next_block() {
        match block.unwrap() {
            Block::InterfaceDescription(interface) => interfaces.push(interface.linktype),
            Block::EnhancedPacket(packet) => {
                let link = interfaces[packet.interface_id as usize];
                let sliced = match link {
                    pcap_file::DataLink::ETHERNET => SlicedPacket::from_ethernet(&packet.data),
                    _ => SlicedPacket::from_ip(&packet.data),
                };
                if let Some(TransportSlice::Tcp(tcp)) = sliced.unwrap().transport {
                    found.push((link, flags(&tcp)));
                }
            }
            _ => {}
        }
    }
    found
}

fn exported(ground: &Ground) {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let keep = Keep::up_to(u64::MAX);
    let store = Arc::new(Store::create(&dir, keep, SystemTime::now()).unwrap());
    let (clock, lab) = (Clock::start(), Lab::with_helper(&ground.helper));
    let current = Current::new(Arc::clone(&store));
    lab.set_sink(Arc::new(PacketFile::new(current)));
    let (engine, events) = Engine::new(clock);
    let mut engine = engine.with_lab(lab);
    let (capture, updates) =
        Capture::start(events, clock, Arc::clone(&store), &ENGLISH, || {}).unwrap();
    let mut endpoints = HashMap::new();
    let mut wait = |id, pick: &dyn Fn(&EndpointState) -> bool| {
        while !endpoints.get(&id).is_some_and(pick) {
            if let RecordUpdate::Status(status) = updates.recv_timeout(DEADLINE).unwrap() {
                let changed = status.endpoints.into_iter();
                endpoints.extend(changed.map(|it| (it.endpoint, it.state)));
            }
        }
        endpoints[&id].clone()
    };
    for network in Network::ALL {
        let mut config = server_at("127.0.0.1:0");
        config.network = network;
        engine.command(SERVER, Command::Listen(config)).unwrap();
        let is_listening = |it: &EndpointState| matches!(it, EndpointState::Listening { .. });
        let EndpointState::Listening { local, .. } = wait(SERVER, &is_listening) else {
            panic!("it does not listen");
        };
        let config = client_in(network, local.ip().unwrap());
        engine.command(CLIENT, Command::connect(config)).unwrap();
        wait(CLIENT, &|it| matches!(it, EndpointState::Connected(_)));
        engine.command(CLIENT, Command::Stop).unwrap();
        wait(CLIENT, &|it| *it == EndpointState::Idle);
        engine.command(SERVER, Command::Stop).unwrap();
        wait(SERVER, &|it| *it == EndpointState::Idle);
    }
    engine.shutdown();
    capture.shutdown();
    drop(store);
    let export = |options: &[&str]| {
        let path = folder.path().join("out.pcapng");
        let run = Program::new(PROGRAM)
            .arg("export")
            .arg(&dir)
            .args(["--to", "pcapng", "--force", "--output"])
            .arg(&path)
            .args(options)
            .output()
            .unwrap();
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        flags_in(&path)
    };
    let found = export(&[]);
    let of = |link| {
        let found = found.iter().filter(|it| it.0 == link);
        found.map(|it| it.1.as_str()).collect::<Vec<_>>()
    };
    let real = of(pcap_file::DataLink::ETHERNET);
    assert_eq!(real, ["S", "S.", ".", "F.", "F.", "."]);
    let reconstructed = of(pcap_file::DataLink::RAW);
    assert_eq!(reconstructed.len() + real.len(), found.len());
    assert_eq!(reconstructed[..3], ["S", "S.", "."]);
    // Reconstructed packets alone: those of two connections.
    let all = export(&["--packets", "reconstructed"]);
    assert_eq!(all.len(), 2 * reconstructed.len());
    assert!(all.iter().all(|it| it.0 == pcap_file::DataLink::RAW));
    // Another tool agrees.
    let tshark = Program::new("tshark")
        .args(["-r", dir.join("packets.pcapng").to_str().unwrap()])
        .args(["-Y", "tcp", "-T", "fields", "-e", "tcp.flags"])
        .output();
    if let Ok(tshark) = tshark {
        let expected = ["0x0002", "0x0012", "0x0010", "0x0011", "0x0011", "0x0010"];
        let said = String::from_utf8(tshark.stdout).unwrap();
        assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    }
}

/// Returns the helpers that this process has started.
fn helpers() -> Vec<u32> {
    let children = fs::read_dir("/proc/self/task").unwrap().flat_map(|task| {
        fs::read_to_string(task.unwrap().path().join("children"))
            .unwrap_or_default()
            .split_whitespace()
            .map(|it| it.parse().unwrap())
            .collect::<Vec<u32>>()
    });
    children.collect()
}

/// Returns whether a process runs; one that has ended and is not waited for does not.
fn runs(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat"));
    status.is_ok_and(|it| !it.rsplit(')').next().unwrap().trim_start().starts_with('Z'))
}

fn ends_with_engine(ground: &Ground) {
    let count = || fs::read_dir("/proc/self/fd").unwrap().count();
    let descriptors = count();
    for _ in 0..3 {
        let (mut rig, _seen) = ground.rig();
        let address = rig.listen(server_at("127.0.0.1:0"));
        connect(&mut rig, address);
        let helpers = helpers();
        assert_eq!(helpers.len(), 1);
        rig.engine.shutdown();
        assert!(!runs(helpers[0]));
    }
    assert!(helpers().is_empty());
    assert_eq!(count(), descriptors);
}

fn ends_with_parent(ground: &Ground) {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    let mut child = Program::new(&ground.helper)
        .arg("--lab-helper")
        .stdin(std::os::fd::OwnedFd::from(theirs))
        .spawn()
        .unwrap();
    let mut answer = [1; 8];
    std::io::Read::read_exact(&mut &ours, &mut answer).unwrap();
    assert_eq!(answer, [0; 8]);
    assert!(matches!(child.try_wait(), Ok(None)));
    // As if the parent had been killed.
    drop(ours);
    eventually("the helper has ended", || {
        child.try_wait().unwrap().is_some()
    });
}

fn replaced(ground: &Ground) {
    let (mut rig, _seen) = ground.rig();
    let before = rig.listen(server_at("127.0.0.1:0"));
    let helper = helpers()[0];
    let helper_pid = Pid::from_raw(helper.cast_signed()).unwrap();
    kill_process(helper_pid, Signal::KILL).unwrap();
    eventually("it is gone", || !runs(helper));
    // A connection needs both ends in one network: that of the next helper has no such server.
    rig.command(CLIENT, Command::connect(client_in(Network::Lab, before)));
    rig.connect_failed(|error| matches!(error, NetError::Connect { .. }).then_some(()));
    let address = rig.listen(server_at("127.0.0.1:0"));
    connect(&mut rig, address);
}

/// Returns why a lab with this helper is refused.
fn refusal(helper: &Path) -> LabRefusal {
    Lab::with_helper(helper).sockets().map(drop).unwrap_err()
}

fn refused_namespace() {
    let folder = tempfile::tempdir().unwrap();
    // In a user namespace whose limits are 0, no process gets another one, whoever it is there.
    let limit =
        "echo 0 >/proc/sys/user/max_user_namespaces; echo 0 >/proc/sys/user/max_net_namespaces";
    let run = format!("exec unshare -Ur sh -c '{limit}; exec {PROGRAM} \"$@\"' sh \"$@\"");
    let helper = script(folder.path(), &run);
    let found = refusal(&helper);
    if found.step == LabStep::Answer {
        // Not even the first namespace is permitted here: then the program itself is refused too.
        assert!(refusal(Path::new(PROGRAM)).step > LabStep::Start);
        return;
    }
    assert_eq!(
        (found.step, found.cause),
        (LabStep::Namespace, LabCause::Limit)
    );
    assert_eq!(found.source.code, Some(28));
    let said = found.in_words(&ENGLISH);
    assert!(said.contains("max_user_namespaces"), "{said}");
    assert!(found.advice(&ENGLISH).is_some());
    let lab = Lab::with_helper(&helper);
    let (engine, events) = Engine::new(Clock::start());
    let mut rig = Rig::with_engine(engine.with_lab(lab), events, Observe::Everything);
    rig.command(SERVER, Command::Listen(server_at("127.0.0.1:0")));
    let is_refused = |error: &NetError| match error {
        NetError::Lab {
            source: LabError::Refused(refusal),
            ..
        } => Some(refusal.clone()),
        _ => None,
    };
    assert_eq!(rig.failed(is_refused).0, found);
    let address = "127.0.0.1:9".parse().unwrap();
    rig.command(CLIENT, Command::connect(client_in(Network::Lab, address)));
    assert_eq!(rig.connect_failed(is_refused), (found, true));
}

fn no_helper() {
    let missing = refusal(Path::new("/no/such/program"));
    assert_eq!(
        (missing.step, missing.cause),
        (LabStep::Start, LabCause::Unknown)
    );
    assert!(missing.in_words(&ENGLISH).contains("did not start"));
    // It ends without a word.
    let silent = refusal(Path::new("/bin/true"));
    assert_eq!(silent.step, LabStep::Answer);
    assert!(silent.in_words(&ENGLISH).contains("does not answer"));
    let folder = tempfile::tempdir().unwrap();
    // It says something else.
    let babbler = refusal(&script(folder.path(), "printf nonsense >&0; sleep 60"));
    assert_eq!(babbler.step, LabStep::Answer);
    assert!(helpers().is_empty());
}

fn no_parent() {
    let started = Program::new(PROGRAM)
        .arg("--lab-helper")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(started.status.code(), Some(1));
    assert!(started.stdout.is_empty() && started.stderr.is_empty());
}
