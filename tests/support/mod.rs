//! An engine that collects its events, and foreign peers over plain `std::net`. Every wait has a deadline.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

pub(crate) mod hostile;

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bothends::capture::{Beside, Event, EventKind, Sample};
use bothends::net::{
    Address, Behaviour, ClientConfig, Clock, Closed, ClosedBy, Command, EndpointId, Engine,
    EngineEvent, EventReceiver, Fed, FeedEnd, FlowId, NetError, Observe, Role, SendTo,
    ServerConfig, Target,
};
use bothends::script::{Message, Reply, Script};
use bytes::Bytes;
use socket2::{Domain, Socket, Type};

/// The time limit for anything in a test.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
/// A mebibyte.
pub(crate) const MIB: usize = 1024 * 1024;
/// The server endpoint.
pub(crate) const SERVER: EndpointId = EndpointId(1);
/// The client endpoint.
pub(crate) const CLIENT: EndpointId = EndpointId(2);

/// Returns a fresh deadline.
pub(crate) fn deadline() -> Instant {
    Instant::now() + DEADLINE
}

/// Returns the machine's loopback addresses, with port 0.
pub(crate) fn loopbacks() -> Vec<SocketAddr> {
    let all = [
        IpAddr::from(Ipv4Addr::LOCALHOST),
        IpAddr::from(Ipv6Addr::LOCALHOST),
    ];
    let addresses = all.into_iter().map(|ip| SocketAddr::new(ip, 0));
    addresses
        .filter(|address| TcpListener::bind(address).is_ok())
        .collect()
}

/// Returns an echo server's settings on 127.0.0.1, any port.
pub(crate) fn server() -> ServerConfig {
    ServerConfig::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
}

/// Returns a client's settings.
pub(crate) fn client_of(address: SocketAddr) -> ClientConfig {
    ClientConfig::new(Target::Address(address.into()))
}

/// Returns what an endpoint does by itself, to change it.
pub(crate) fn script(behaviour: &mut Behaviour) -> &mut Script {
    Arc::make_mut(&mut behaviour.script)
}

/// Returns a reply with these bytes.
pub(crate) fn fixed(bytes: impl Into<Bytes>) -> Reply {
    Reply::Message(Message::Bytes(bytes.into()))
}

/// An engine and all the events it has emitted.
pub(crate) struct Rig {
    pub(crate) engine: Engine,
    pub(crate) events: EventReceiver,
    pub(crate) log: Vec<Event>,
    /// The progress of long payloads.
    pub(crate) fed: Vec<Fed>,
    pub(crate) samples: Vec<Sample>,
    observe: Observe,
    server: EndpointId,
    cursor: usize,
}

impl Rig {
    pub(crate) fn new() -> Self {
        Self::observing(Observe::Everything)
    }

    pub(crate) fn observing(observe: Observe) -> Self {
        let (engine, events) = Engine::new(Clock::start());
        Self::with_engine(engine, events, observe)
    }

    /// Collects the events of this engine.
    pub(crate) fn with_engine(engine: Engine, events: EventReceiver, observe: Observe) -> Self {
        Self {
            engine,
            events,
            log: Vec::new(),
            fed: Vec::new(),
            samples: Vec::new(),
            observe,
            server: SERVER,
            cursor: 0,
        }
    }

    /// Uses another endpoint than [`SERVER`] as the server.
    pub(crate) fn with_server(mut self, endpoint: EndpointId) -> Self {
        self.server = endpoint;
        self
    }

    pub(crate) fn command(&mut self, endpoint: EndpointId, command: Command) {
        self.engine.command(endpoint, command).unwrap();
    }

    /// Starts a server and returns its address.
    pub(crate) fn listen(&mut self, config: ServerConfig) -> SocketAddr {
        self.bind(config).ip().unwrap()
    }

    /// Starts a server and returns its address, whatever its family.
    pub(crate) fn bind(&mut self, mut config: ServerConfig) -> Address {
        config.behaviour.observe = self.observe;
        self.command(self.server, Command::Listen(config));
        self.wait("listening", |event| match &event.kind {
            EventKind::Listening { local, .. } | EventKind::Bound { local, .. } => {
                Some(local.clone())
            }
            _ => None,
        })
    }

    /// Starts a server and connects a foreign peer. Returns the peer and the connection's id.
    pub(crate) fn serve_one(&mut self, config: ServerConfig) -> (TcpStream, FlowId) {
        let address = self.listen(config);
        let peer = dial(address);
        (peer, self.accepted())
    }

    /// Starts a server and connects two foreign peers, whose connections are joined. Returns the peers, and the id of the
    /// first one's connection.
    pub(crate) fn joined(&mut self) -> (TcpStream, TcpStream, FlowId) {
        let mut config = server();
        script(&mut config.behaviour).reply = Reply::None;
        let (one, one_id) = self.serve_one(config);
        let other = dial(one.peer_addr().unwrap());
        let other_id = self.accepted();
        self.command(SERVER, Command::Join(one_id, other_id));
        (one, other, one_id)
    }

    /// Waits for the next event that `pick` accepts, in order of arrival.
    pub(crate) fn wait<T>(&mut self, what: &str, pick: impl Fn(&Event) -> Option<T>) -> T {
        let until = deadline();
        loop {
            while let Some(event) = self.log.get(self.cursor) {
                self.cursor += 1;
                if let Some(found) = pick(event) {
                    return found;
                }
            }
            match self.events.recv_deadline(Some(until)) {
                Ok(batch) => self.take(batch),
                Err(error) => panic!("waiting for {what}: {error}; events: {:#?}", self.brief()),
            }
        }
    }

    /// Returns what `pick` finds first in all that has happened, and waits for it if it has not.
    pub(crate) fn find<T>(&mut self, what: &str, pick: impl Fn(&Event) -> Option<T>) -> T {
        let until = deadline();
        loop {
            if let Some(found) = self.log.iter().find_map(&pick) {
                return found;
            }
            match self.events.recv_deadline(Some(until)) {
                Ok(batch) => self.take(batch),
                Err(error) => panic!("waiting for {what}: {error}; events: {:#?}", self.brief()),
            }
        }
    }

    /// Takes what is reported for a while, and forgets what was received and sent.
    pub(crate) fn take_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        // What is there is received even after the deadline.
        while Instant::now() < until
            && let Ok(batch) = self.events.recv_deadline(Some(until))
        {
            self.take(batch);
            self.log.retain(|it| it.kind.direction().is_none());
            self.cursor = 0;
        }
    }

    /// Takes what is reported within a moment.
    pub(crate) fn take_now(&mut self, moment: Duration) {
        let until = Instant::now() + moment;
        // What is there is received even after the deadline.
        while Instant::now() < until
            && let Ok(batch) = self.events.recv_deadline(Some(until))
        {
            self.take(batch);
        }
    }

    /// Returns all events that have been taken, and forgets them.
    pub(crate) fn drain(&mut self) -> Vec<Event> {
        self.cursor = 0;
        std::mem::take(&mut self.log)
    }

    fn take(&mut self, batch: Vec<EngineEvent>) {
        for event in batch {
            match Event::of(event) {
                Ok(event) => self.log.push(event),
                Err(Beside::Fed(fed)) => self.fed.push(fed),
                Err(Beside::Sample(sample)) => self.samples.push(sample),
            }
        }
    }

    /// Waits for the next sample that `pick` accepts, and forgets those before it.
    pub(crate) fn sampled<T>(&mut self, what: &str, pick: impl Fn(&Sample) -> Option<T>) -> T {
        let until = deadline();
        loop {
            while !self.samples.is_empty() {
                if let Some(found) = pick(&self.samples.remove(0)) {
                    return found;
                }
            }
            match self.events.recv_deadline(Some(until)) {
                Ok(batch) => self.take(batch),
                Err(error) => panic!("waiting for {what}: {error}; events: {:#?}", self.brief()),
            }
        }
    }

    pub(crate) fn accepted(&mut self) -> FlowId {
        self.wait("accepted", |event| match event.kind {
            EventKind::Accepted { .. } => Some(connection(event)),
            _ => None,
        })
    }

    /// Waits until a client of ours and a server of ours are connected; returns both ends.
    pub(crate) fn both_ends(&mut self) -> (FlowId, FlowId) {
        let mut both = [None, None];
        for _ in 0..2 {
            let id = self.wait("an end", |event| match event.kind {
                EventKind::Connected { .. } | EventKind::Accepted { .. } => Some(connection(event)),
                _ => None,
            });
            both[usize::from(id.role == Role::Server)] = Some(id);
        }
        (both[0].unwrap(), both[1].unwrap())
    }

    pub(crate) fn connected(&mut self) -> FlowId {
        self.wait("connected", |event| match event.kind {
            EventKind::Connected { .. } => Some(connection(event)),
            _ => None,
        })
    }

    pub(crate) fn closed(&mut self) -> Closed {
        self.wait("closed", |event| match &event.kind {
            EventKind::Closed(closed) => Some(closed.clone()),
            _ => None,
        })
    }

    pub(crate) fn peer_finished(&mut self) {
        self.wait("the peer's FIN", |event| {
            matches!(event.kind, EventKind::PeerFinished).then_some(())
        });
    }

    pub(crate) fn stopped(&mut self) {
        self.wait("stopped", |event| {
            matches!(event.kind, EventKind::Stopped).then_some(())
        });
    }

    /// Waits for an error that does not end a connection. Also returns whether it named a connection.
    pub(crate) fn failed<T>(&mut self, pick: impl Fn(&NetError) -> Option<T>) -> (T, bool) {
        self.wait("a failure", |event| match &event.kind {
            EventKind::Failed { error } => pick(error).map(|found| (found, event.link.is_some())),
            _ => None,
        })
    }

    /// Waits for a failed connect. Also returns whether it was the last address.
    pub(crate) fn connect_failed<T>(&mut self, pick: impl Fn(&NetError) -> Option<T>) -> (T, bool) {
        self.wait("a failed connect", |event| match &event.kind {
            EventKind::ConnectFailed { error, last } => pick(error).map(|found| (found, *last)),
            _ => None,
        })
    }

    pub(crate) fn send(&mut self, endpoint: EndpointId, to: SendTo, bytes: impl Into<Bytes>) {
        let message = Message::Bytes(bytes.into());
        self.command(endpoint, Command::Send { to, message });
    }

    /// Waits for the end of a long payload.
    pub(crate) fn fed_end(&mut self) -> FeedEnd {
        let until = deadline();
        loop {
            if let Some(end) = self.fed.iter().find_map(|fed| fed.end.clone()) {
                return end;
            }
            let batch = self.events.recv_deadline(Some(until)).unwrap();
            self.take(batch);
        }
    }

    /// Returns what was received on all connections of `endpoint`, chunk by chunk.
    pub(crate) fn received(&self, endpoint: EndpointId) -> Vec<Bytes> {
        let mine = self.log.iter().filter(|event| event.endpoint == endpoint);
        mine.filter_map(|event| match &event.kind {
            EventKind::Received { payload } => Some(payload.bytes.clone()),
            _ => None,
        })
        .collect()
    }

    /// Waits until `endpoint` has received `count` bytes, and returns them.
    pub(crate) fn receive(&mut self, endpoint: EndpointId, count: usize) -> Vec<u8> {
        let until = deadline();
        loop {
            let got = self.received(endpoint).concat();
            if got.len() >= count {
                return got;
            }
            let batch = self.events.recv_deadline(Some(until)).unwrap();
            self.take(batch);
        }
    }

    /// Sends `endpoint` commands that fail, until there is no room for the events they cause.
    ///
    /// It must have no connection that can send.
    pub(crate) fn back_up(&mut self, endpoint: EndpointId) {
        let to = SendTo::All;
        let message = Message::from(Bytes::from("x"));
        let command = Command::Send { to, message };
        eventually("the pipe is full", || {
            if self.engine.command(endpoint, command.clone()).is_err() {
                // Too many commands are waiting: the worker gets the processor.
                std::thread::sleep(Duration::from_millis(1));
            }
            self.events.is_backed_up()
        });
    }

    fn brief(&self) -> Vec<String> {
        let shown = self.log.iter().map(|event| format!("{:?}", event.kind));
        shown.map(|text| text.chars().take(200).collect()).collect()
    }
}

/// Returns the connection that an event names.
pub(crate) fn connection(event: &Event) -> FlowId {
    event.link.as_ref().unwrap().connection
}

/// Returns whether a connection was closed by `expected`.
pub(crate) fn is_by(closed: &Closed, expected: &ClosedBy) -> bool {
    std::mem::discriminant(&closed.by) == std::mem::discriminant(expected)
}

/// Connects a foreign peer whose calls have deadlines.
pub(crate) fn dial(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, DEADLINE).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.set_write_timeout(Some(DEADLINE)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// Reads exactly `count` bytes.
pub(crate) fn read_exactly(stream: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

/// Waits for the end of a connection, and returns whether it is a reset. Bytes before it are skipped.
pub(crate) fn is_reset(stream: &mut TcpStream) -> bool {
    let end = std::io::copy(stream, &mut std::io::sink());
    end.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset)
}

/// Reads until the FIN; a reset fails the test.
pub(crate) fn read_to_fin(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    bytes
}

/// Writes until nothing has been accepted for a while, and returns how much was.
pub(crate) fn write_until_stuck(stream: &mut TcpStream) -> usize {
    stream
        .set_write_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    let block = vec![b'x'; 64 * 1024];
    let mut total = 0;
    loop {
        match stream.write(&block) {
            Ok(count) => total += count,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return total;
            }
            Err(error) => panic!("{error}"),
        }
        assert!(total < 512 * 1024 * 1024, "the peer takes everything");
    }
}

/// Waits until `condition` holds.
pub(crate) fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let until = deadline();
    while !condition() {
        assert!(Instant::now() < until, "{what}");
        std::thread::yield_now();
    }
}

/// Returns `count` bytes that vary.
pub(crate) fn pattern(count: usize) -> Vec<u8> {
    (0..count).map(|at| (at % 251) as u8).collect()
}

/// Returns a port that is bound but does not listen.
pub(crate) fn deaf_socket() -> (Socket, SocketAddr) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    socket.bind(&any.into()).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    (socket, address)
}

/// Returns a listener whose backlog is full, and what fills it: another connect will not be answered.
#[cfg(target_os = "linux")]
pub(crate) fn full_listener() -> (Socket, Vec<Socket>, SocketAddr) {
    let (socket, address) = deaf_socket();
    socket.listen(0).unwrap();
    let fill = |_| {
        let filler = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        filler.set_nonblocking(true).unwrap();
        // It is pending, or waits in the queue.
        filler.connect(&address.into()).ok();
        filler
    };
    let fillers = (0..4).map(fill).collect();
    (socket, fillers, address)
}

/// The CPU time of an endpoint's thread. Reading it needs no further descriptor.
#[cfg(target_os = "linux")]
pub(crate) struct ProcessorTime(std::fs::File);

#[cfg(target_os = "linux")]
impl ProcessorTime {
    /// Finds the thread by name: its endpoint id must be unique in the process.
    pub(crate) fn of(endpoint: EndpointId) -> Self {
        let name = format!("endpoint-{}", endpoint.0);
        for task in std::fs::read_dir("/proc/self/task").unwrap() {
            let path = task.unwrap().path();
            let comm = std::fs::read_to_string(path.join("comm")).unwrap_or_default();
            if comm.trim() == name {
                return Self(std::fs::File::open(path.join("schedstat")).unwrap());
            }
        }
        panic!("no thread {name}");
    }

    /// Observes the thread for a while, and fails if it was not almost idle. This is not synchronisation.
    pub(crate) fn assert_idle(&self) {
        let before = self.used();
        std::thread::sleep(Duration::from_millis(300));
        let used = self.used().saturating_sub(before);
        assert!(used < Duration::from_millis(30), "{used:?} of 300 ms");
    }

    fn used(&self) -> Duration {
        use std::os::unix::fs::FileExt;
        let mut text = [0; 64];
        let count = self.0.read_at(&mut text, 0).unwrap();
        let text = str::from_utf8(&text[..count]).unwrap();
        let nanos = text.split_whitespace().next().unwrap();
        Duration::from_nanos(nanos.parse().unwrap())
    }
}
