//! Compares derived lifecycles with the wire: kinds, order, directions, byte counts, acknowledged positions, and the SYN byte
//! for byte.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command as Program, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bothends::capture::store::{Keep, Store};
use bothends::capture::trace::{Call, Evidence, Trace, TraceKind};
use bothends::capture::{
    Answer, Capture, ConnectionStatus, Depth, EndpointState, EventKind, Record, RecordUpdate,
    Request, SamplesOf,
};
use bothends::net::kernel::{KernelWatch, Marks, SavedSyn, TcpState};
use bothends::net::{
    Address, ClientConfig, Clock, Command, Direction, EndpointId, Engine, FlowId, Role, SendTo,
    ServerConfig, Stamp, WhenPeerFinishes,
};
use bothends::script::{Act, Message, Reply};
use bothends::words::ENGLISH;
use crossbeam_channel::Receiver;
use socket2::{Domain, SockRef, Socket, Type};

use crate::support::{
    CLIENT, DEADLINE, SERVER, client_of, deadline, dial, loopbacks, read_exactly, read_to_fin,
    script,
};
use crate::tcpdump::{Packet, Tcpdump};

/// An engine that is recorded, with its reader.
struct Lab {
    engine: Engine,
    capture: Capture,
    updates: Receiver<RecordUpdate>,
    record: Record,
    connections: Vec<ConnectionStatus>,
    listening: Option<SocketAddr>,
    _folder: tempfile::TempDir,
}

/// What a scenario left: our end, its address and the peer's, and what its lifecycle has to come to.
struct Story {
    name: String,
    flow: FlowId,
    local: SocketAddr,
    peer: SocketAddr,
    trace: Trace,
    syn: Option<SavedSyn>,
}

impl Lab {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("capture");
        let store = Store::create(&dir, Keep::up_to(u64::MAX), SystemTime::now()).unwrap();
        let record = Record::new(Arc::new(store));
        let clock = Clock::start();
        let (engine, events) = Engine::new(clock);
        let store = Arc::clone(record.store());
        let (capture, updates) = Capture::start(events, clock, store, &ENGLISH, || {}).unwrap();
        Self {
            engine,
            capture,
            updates,
            record,
            connections: Vec::new(),
            listening: None,
            _folder: folder,
        }
    }

    fn command(&mut self, endpoint: EndpointId, command: Command) {
        self.engine.command(endpoint, command).unwrap();
    }

    fn act(&mut self, endpoint: EndpointId, connection: FlowId, act: Act) {
        self.command(endpoint, Command::Act { connection, act });
    }

    fn send(&mut self, endpoint: EndpointId, bytes: usize) {
        let message = Message::Bytes(vec![b'x'; bytes].into());
        let to = SendTo::All;
        self.command(endpoint, Command::Send { to, message });
    }

    /// Takes one update, and returns the answer if it is one.
    fn update(&mut self) -> Option<Answer> {
        match self.updates.recv_timeout(DEADLINE).unwrap() {
            RecordUpdate::Answer(answer) => Some(answer),
            RecordUpdate::Status(status) => {
                for endpoint in &status.endpoints {
                    if let EndpointState::Listening { local, .. } = &endpoint.state {
                        self.listening = local.ip();
                    }
                }
                self.connections.extend(status.connections);
                None
            }
        }
    }

    fn listen(
        &mut self,
        address: SocketAddr,
        change: impl FnOnce(&mut ServerConfig),
    ) -> SocketAddr {
        let mut config = ServerConfig::new(address);
        script(&mut config.behaviour).reply = Reply::None;
        change(&mut config);
        self.listening = None;
        self.command(SERVER, Command::Listen(config));
        loop {
            if let Some(address) = self.listening {
                return address;
            }
            self.update();
        }
    }

    /// Waits for the connection with this peer, or from this address of ours, and watches it.
    fn watch(&mut self, endpoint: EndpointId, peer: SocketAddr) -> FlowId {
        let flow = loop {
            let is_it =
                |it: &&ConnectionStatus| it.endpoint == endpoint && it.peer.ip() == Some(peer);
            if let Some(found) = self.connections.iter().rev().find(is_it) {
                break found.connection;
            }
            self.update();
        };
        let watch = KernelWatch {
            every: Some(KernelWatch::SHORTEST),
            marks: Marks::All,
            ..KernelWatch::numbers_of(flow)
        };
        self.command(endpoint, Command::Watch(Some(watch)));
        self.trace_until(flow, "is watched", |trace| {
            trace.events.last().is_some_and(|it| it.ours.is_seen)
        });
        flow
    }

    /// Asks for the lifecycle until it is as expected.
    fn trace_until(&mut self, flow: FlowId, what: &str, is_so: impl Fn(&Trace) -> bool) -> Trace {
        let until = deadline();
        loop {
            self.capture.request(Request::Trace(flow)).ok();
            let traced = loop {
                if let Some(Answer::Trace(traced)) = self.update() {
                    break traced;
                }
            };
            if is_so(&traced.trace) {
                return traced.trace.clone();
            }
            assert!(
                Instant::now() < until,
                "{flow} {what}: {:#?}",
                traced.trace.events
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the kernel says that bytes have arrived that are not read.
    fn waits_unread(&mut self, connection: FlowId, bytes: u32) {
        let of = SamplesOf {
            connection,
            time: (Stamp(0), Stamp(u64::MAX)),
            bytes: (0, 0),
            most: 1,
        };
        let until = deadline();
        loop {
            self.capture.request(Request::Samples(of)).ok();
            let page = loop {
                if let Some(Answer::Samples(page)) = self.update() {
                    break page;
                }
            };
            let last = page.numbers.last().and_then(|(_, it)| it.ours.as_ref());
            if last.is_some_and(|it| it.receive_queue_bytes == Some(bytes)) {
                return;
            }
            assert!(Instant::now() < until, "{last:?}");
        }
    }

    /// Ends the story of a connection once its lifecycle is as expected, and nothing is watched any more.
    fn end_story(
        &mut self,
        name: &str,
        endpoint: EndpointId,
        flow: FlowId,
        is_so: impl Fn(&Trace) -> bool,
    ) -> Story {
        let trace = self.trace_until(flow, name, is_so);
        self.command(endpoint, Command::Watch(None));
        let mut ends = None;
        let mut syn = None;
        let entries = 0..self.record.status().entries;
        self.record.visit(entries, Depth::Head, |_, entry| {
            let entry = entry.unwrap();
            if let Some(link) = entry.event.link.filter(|it| it.connection == flow) {
                ends = Some((link.local.clone(), link.peer.clone()));
                if let EventKind::Accepted { syn: saved, .. } = entry.event.kind {
                    syn = saved;
                }
            }
            std::ops::ControlFlow::Continue(())
        });
        let (local, peer) = ends.unwrap();
        Story {
            name: name.to_owned(),
            flow,
            local: local
                .and_then(|it| it.ip())
                .unwrap_or(([0, 0, 0, 0], 0).into()),
            peer: peer.ip().unwrap(),
            trace,
            syn,
        }
    }
}

fn has(kind: TraceKind, direction: Direction) -> impl Fn(&Trace) -> bool {
    move |trace| {
        let is_it = |it: &bothends::capture::trace::TraceEvent| {
            it.kind == kind && it.direction == direction
        };
        trace.events.iter().any(is_it)
    }
}

/// Plays all endings while tcpdump looks, and compares.
pub(crate) fn play() -> Result<(), String> {
    let tcpdump = Tcpdump::start_with("tcp")?;
    let mut lab = Lab::new();
    let mut stories = Vec::new();
    for any in loopbacks() {
        stories.push(peer_finishes_first(&mut lab, any));
        stories.push(we_finish_first(&mut lab, any));
        stories.push(half_closed(&mut lab, any));
        stories.push(reset_by_peer(&mut lab, any));
        stories.push(reset_by_us(&mut lab, any));
        stories.push(refused(&mut lab, any));
    }
    stories.push(backlog_overflow(&mut lab));
    stories.push(peer_killed(&mut lab));
    stories.push(zero_window(&mut lab));
    stories.push(unread_bytes(&mut lab));
    let packets = tcpdump.packets();
    for story in &stories {
        compare(story, &packets);
    }
    Ok(())
}

fn peer_finishes_first(lab: &mut Lab, any: SocketAddr) -> Story {
    let address = lab.listen(any, |config| {
        script(&mut config.behaviour).reply = Reply::Echo;
    });
    let mut peer = dial(address);
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    for bytes in [1, 1_000, 30_000] {
        peer.write_all(&vec![b'y'; bytes]).unwrap();
        read_exactly(&mut peer, bytes);
    }
    peer.shutdown(Shutdown::Write).unwrap();
    assert!(read_to_fin(&mut peer).is_empty());
    lab.end_story("the peer finishes first", SERVER, flow, |trace| {
        has(TraceKind::FinAck, Direction::Received)(trace)
    })
}

fn we_finish_first(lab: &mut Lab, any: SocketAddr) -> Story {
    let address = lab.listen(any, |_| {});
    let mut peer = dial(address);
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    lab.send(SERVER, 5_000);
    read_exactly(&mut peer, 5_000);
    lab.act(SERVER, flow, Act::Close);
    assert!(read_to_fin(&mut peer).is_empty());
    drop(peer);
    lab.end_story("we finish first", SERVER, flow, |trace| {
        let last = trace.events.last().map(|it| it.ours);
        last.is_some_and(|it| it.is_seen && it.state == TcpState::TimeWait)
    })
}

fn half_closed(lab: &mut Lab, any: SocketAddr) -> Story {
    let address = lab.listen(any, |config| {
        config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    });
    let mut peer = dial(address);
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    peer.write_all(b"question").unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    lab.trace_until(
        flow,
        "half closed",
        has(TraceKind::Fin, Direction::Received),
    );
    for _ in 0..3 {
        lab.send(SERVER, 700);
        read_exactly(&mut peer, 700);
    }
    lab.act(SERVER, flow, Act::Finish);
    assert!(read_to_fin(&mut peer).is_empty());
    lab.end_story("half closed", SERVER, flow, |trace| {
        has(TraceKind::FinAck, Direction::Received)(trace)
    })
}

fn reset_by_peer(lab: &mut Lab, any: SocketAddr) -> Story {
    let address = lab.listen(any, |_| {});
    let mut peer = dial(address);
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    lab.send(SERVER, 100);
    read_exactly(&mut peer, 100);
    lab.trace_until(flow, "acknowledged", |trace| {
        trace
            .events
            .iter()
            .any(|it| it.kind == TraceKind::Acknowledged { end: 100 })
    });
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    lab.end_story(
        "reset by the peer",
        SERVER,
        flow,
        has(TraceKind::Rst, Direction::Received),
    )
}

fn reset_by_us(lab: &mut Lab, any: SocketAddr) -> Story {
    let address = lab.listen(any, |_| {});
    let mut peer = dial(address);
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    peer.write_all(b"hello").unwrap();
    lab.trace_until(flow, "received", |trace| {
        trace
            .events
            .iter()
            .any(|it| it.kind == TraceKind::Data { range: 0..5 })
    });
    lab.act(SERVER, flow, Act::Reset);
    assert!(peer.read(&mut [0]).is_err());
    lab.end_story(
        "reset by us",
        SERVER,
        flow,
        has(TraceKind::Rst, Direction::Sent),
    )
}

fn refused(lab: &mut Lab, any: SocketAddr) -> Story {
    let closed = TcpListener::bind(any).unwrap().local_addr().unwrap();
    lab.command(CLIENT, Command::connect(client_of(closed)));
    let flow = connecting(lab, closed);
    lab.end_story(
        "refused",
        CLIENT,
        flow,
        has(TraceKind::Rst, Direction::Received),
    )
}

/// Waits until a connect to this address is on record.
fn connecting(lab: &mut Lab, to: SocketAddr) -> FlowId {
    let until = deadline();
    loop {
        let mut found = None;
        let entries = 0..lab.record.status().entries;
        lab.record.visit(entries, Depth::Head, |_, entry| {
            let event = entry.unwrap().event;
            if let (Some(link), EventKind::Connecting) = (&event.link, &event.kind)
                && link.peer.ip() == Some(to)
            {
                found = Some(link.connection);
            }
            std::ops::ControlFlow::Continue(())
        });
        if let Some(found) = found {
            return found;
        }
        assert!(Instant::now() < until, "no connect to {to}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn backlog_overflow(lab: &mut Lab) -> Story {
    let full = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    full.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())
        .unwrap();
    full.listen(0).unwrap();
    let address = full.local_addr().unwrap().as_socket().unwrap();
    let _waiting = dial(address);
    let config = ClientConfig {
        connect_timeout: Duration::from_millis(1_500),
        ..client_of(address)
    };
    lab.command(CLIENT, Command::connect(config));
    let flow = connecting(lab, address);
    lab.end_story(
        "the backlog is full",
        CLIENT,
        flow,
        has(TraceKind::TimedOut, Direction::Received),
    )
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn peer_killed(lab: &mut Lab) -> Story {
    let address = lab.listen(SocketAddr::from(([127, 0, 0, 1], 0)), |_| {});
    let talk = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{}; printf hi >&3; read -r -u 3 -t 100",
        address.port()
    );
    let child = Program::new("bash")
        .args(["-c", &talk])
        .stdin(Stdio::null())
        .spawn();
    let mut child = Killed(child.unwrap());
    let peer = loop {
        let accepted = lab.connections.iter().rev().find(|it| {
            let local = it.local.as_ref().and_then(Address::ip);
            it.endpoint == SERVER && local == Some(address)
        });
        if let Some(peer) = accepted.and_then(|it| it.peer.ip()) {
            break peer;
        }
        lab.update();
    };
    let flow = lab.watch(SERVER, peer);
    lab.trace_until(flow, "says hi", |trace| {
        trace
            .events
            .iter()
            .any(|it| it.kind == TraceKind::Data { range: 0..2 })
    });
    child.0.kill().unwrap();
    lab.end_story(
        "the peer is killed",
        SERVER,
        flow,
        has(TraceKind::FinAck, Direction::Received),
    )
}

fn zero_window(lab: &mut Lab) -> Story {
    const BYTES: usize = 3_000_000;
    let address = lab.listen(SocketAddr::from(([127, 0, 0, 1], 0)), |_| {});
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    socket.connect(&address.into()).unwrap();
    let mut peer = TcpStream::from(socket);
    peer.set_read_timeout(Some(DEADLINE)).unwrap();
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    lab.send(SERVER, BYTES);
    let window = |is_open| has(TraceKind::Window { is_open }, Direction::Received);
    lab.trace_until(flow, "is closed", window(false));
    read_exactly(&mut peer, BYTES);
    lab.trace_until(flow, "is open", window(true));
    lab.act(SERVER, flow, Act::Finish);
    assert!(read_to_fin(&mut peer).is_empty());
    drop(peer);
    lab.end_story(
        "zero window",
        SERVER,
        flow,
        has(TraceKind::Fin, Direction::Received),
    )
}

fn unread_bytes(lab: &mut Lab) -> Story {
    let address = lab.listen(SocketAddr::from(([127, 0, 0, 1], 0)), |_| {});
    let mut peer = dial(address);
    let flow = lab.watch(SERVER, peer.local_addr().unwrap());
    lab.act(SERVER, flow, Act::StopReading);
    peer.write_all(b"nobody reads this").unwrap();
    lab.waits_unread(flow, 17);
    lab.act(SERVER, flow, Act::Close);
    assert!(peer.read(&mut [0]).is_err());
    lab.end_story(
        "unread bytes",
        SERVER,
        flow,
        has(TraceKind::Rst, Direction::Sent),
    )
}

/// A step of the wire or of a trace that has to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Syn,
    SynAck,
    HandshakeAck,
    Fin,
    FinAck,
    Rst,
}

/// Returns the signs of the wire, in order, as our end sees their directions.
fn signs_of_wire(story: &Story, packets: &[&Packet]) -> Vec<(Sign, Direction)> {
    let mut signs = Vec::new();
    let mut fins = [None, None];
    let mut has_syn_ack = false;
    let mut is_shaken = false;
    for packet in packets {
        let direction = direction(story, packet);
        let mine = usize::from(direction == Direction::Received);
        if packet.syn {
            if packet.ack.is_some() {
                has_syn_ack = true;
                signs.push((Sign::SynAck, direction));
            } else if !signs.contains(&(Sign::Syn, direction)) {
                signs.push((Sign::Syn, direction));
            }
            continue;
        }
        if packet.rst {
            signs.push((Sign::Rst, direction));
            continue;
        }
        if has_syn_ack && !is_shaken {
            is_shaken = true;
            signs.push((Sign::HandshakeAck, direction));
        }
        if let (Some(ack), Some(fin)) = (packet.ack, fins[1 - mine]) {
            let is_new = !signs.contains(&(Sign::FinAck, direction));
            if is_new && ack.wrapping_sub(fin) < 1 << 31 {
                signs.push((Sign::FinAck, direction));
            }
        }
        if packet.fin && fins[mine].is_none() {
            fins[mine] = Some(packet.sequence.wrapping_add(packet.payload).wrapping_add(1));
            signs.push((Sign::Fin, direction));
        }
    }
    signs
}

fn signs_of_trace(trace: &Trace) -> Vec<(Sign, Direction)> {
    let sign = |kind: &TraceKind| {
        Some(match kind {
            TraceKind::Syn(_) => Sign::Syn,
            TraceKind::SynAck => Sign::SynAck,
            TraceKind::HandshakeAck => Sign::HandshakeAck,
            TraceKind::Fin => Sign::Fin,
            TraceKind::FinAck => Sign::FinAck,
            TraceKind::Rst => Sign::Rst,
            _ => return None,
        })
    };
    let events = trace.events.iter();
    events
        .filter_map(|it| Some((sign(&it.kind)?, it.direction)))
        .collect()
}

fn direction(story: &Story, packet: &Packet) -> Direction {
    if packet.to == story.peer {
        Direction::Sent
    } else {
        Direction::Received
    }
}

/// Returns whether a packet is of the connection. Of a refused one our own port is not on record.
fn is_of(story: &Story, packet: &Packet) -> bool {
    if story.local.port() == 0 {
        return packet.from == story.peer || packet.to == story.peer;
    }
    let ends = (packet.from, packet.to);
    ends == (story.local, story.peer) || ends == (story.peer, story.local)
}

fn compare(story: &Story, packets: &[Packet]) {
    let name = &story.name;
    let mut packets: Vec<_> = packets.iter().filter(|it| is_of(story, it)).collect();
    assert!(!packets.is_empty(), "{name}: no packets of {}", story.flow);
    if story.local.port() == 0 {
        // The last one that asked there: others filled the queue.
        let asked = packets.iter().rev().find(|it| it.syn && it.ack.is_none());
        let ours = asked.unwrap().from;
        packets.retain(|it| it.from == ours || it.to == ours);
    }
    let (wire, derived) = (signs_of_wire(story, &packets), signs_of_trace(&story.trace));
    // What is derived happened in this order.
    let mut rest = wire.iter();
    for sign in &derived {
        assert!(
            rest.any(|it| it == sign),
            "{name}: {sign:?} of {derived:?} is not on the wire: {wire:?}"
        );
    }
    // And nothing is missing but what nobody could know.
    let known: BTreeSet<_> = derived
        .iter()
        .map(|it| (it.0, it.1 == Direction::Sent))
        .collect();
    for (sign, direction) in &wire {
        let is_known = known.contains(&(*sign, *direction == Direction::Sent));
        assert!(
            is_known || *sign == Sign::FinAck,
            "{name}: {sign:?} is not derived: {derived:?} of {wire:?}"
        );
    }
    compare_bytes(story, &packets);
    if story.flow.role == Role::Server {
        let syn = packets
            .iter()
            .find(|it| it.syn && it.ack.is_none())
            .unwrap();
        let saved = story.syn.as_ref().unwrap();
        assert_eq!(saved.bytes(), syn.headers, "{name}");
    }
}

fn compare_bytes(story: &Story, packets: &[&Packet]) {
    let name = &story.name;
    let initial = |way: Direction| {
        let syn = packets
            .iter()
            .find(|it| it.syn && direction(story, it) == way);
        syn.map(|it| it.sequence)
    };
    let events = &story.trace.events;
    for way in [Direction::Sent, Direction::Received] {
        let Some(initial) = initial(way) else {
            continue;
        };
        let offset = |sequence: u32| u64::from(sequence.wrapping_sub(initial).wrapping_sub(1));
        let carried = packets
            .iter()
            .filter(|it| direction(story, it) == way && it.payload > 0);
        let on_wire = carried
            .map(|it| offset(it.sequence) + u64::from(it.payload))
            .max();
        let reported = events.iter().filter(|it| it.direction == way);
        let reported = reported.filter_map(|it| match &it.kind {
            TraceKind::Data { range } => Some(range.end),
            _ => None,
        });
        let (on_wire, reported) = (on_wire.unwrap_or(0), reported.max().unwrap_or(0));
        if name != "unread bytes" || way == Direction::Sent {
            assert_eq!(reported, on_wire, "{name}: bytes {way:?}");
        }
        if way == Direction::Received {
            continue;
        }
        // Each mark of an acknowledgement is one that the wire has.
        let acknowledged: BTreeSet<u64> = packets
            .iter()
            .filter(|it| direction(story, it) == Direction::Received && !it.syn)
            .filter_map(|it| it.ack.map(offset))
            .collect();
        let most = acknowledged.iter().max().copied().unwrap_or(0);
        let mut marked = 0;
        for event in events {
            if let TraceKind::Acknowledged { end } = event.kind {
                marked = end;
                assert!(
                    end <= most,
                    "{name}: {end} acknowledged, {most} on the wire"
                );
                if event.evidence == Evidence::Seen(Call::StampAcknowledged) {
                    assert!(acknowledged.range(end..).next().is_some());
                }
            }
        }
        if on_wire > 0 {
            assert_eq!(marked, on_wire, "{name}: the last mark");
        }
    }
}
