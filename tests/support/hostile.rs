//! Peers that do what no peer should: they reset, leave, never read, never finish, flood, and come by the thousand.
//!
//! Each returns what has to stay open until the end, so that all of them trouble a server at the same time.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, SockRef, Socket, Type};

use super::{DEADLINE, dial, read_exactly};

/// A hostile peer's name, and what it does to a server that echoes.
pub(crate) type Hostile = (String, Box<dyn Fn(SocketAddr) -> Held + Send + Sync>);

/// The name of the peers who send by far the most.
pub(crate) const DEAF_CROWD: &str = "two hundred at once that send and never read";

/// Sockets that stay open until the end.
pub(crate) type Held = Vec<TcpStream>;

/// How a peer leaves.
#[derive(Clone, Copy, Debug)]
enum Leave {
    Close,
    Reset,
    FinishAndClose,
    FinishAndReset,
    HoldOpen,
    FinishAndHold,
    StopReadingAndHold,
}

const LEAVES: [Leave; 7] = [
    Leave::Close,
    Leave::Reset,
    Leave::FinishAndClose,
    Leave::FinishAndReset,
    Leave::HoldOpen,
    Leave::FinishAndHold,
    Leave::StopReadingAndHold,
];

/// What a peer does before it leaves.
#[derive(Clone, Copy, Debug)]
enum Before {
    Nothing,
    OneByte,
    AnEcho,
    UnreadEchoes,
    ManyUnreadEchoes,
    Urgent,
    HalfACharacter,
}

const BEFORE: [Before; 7] = [
    Before::Nothing,
    Before::OneByte,
    Before::AnEcho,
    Before::UnreadEchoes,
    Before::ManyUnreadEchoes,
    Before::Urgent,
    Before::HalfACharacter,
];

/// Returns all of them: every way to leave in every state, and some with a plan of their own.
pub(crate) fn all() -> Vec<Hostile> {
    let mut all: Vec<Hostile> = Vec::new();
    for before in BEFORE {
        for leave in LEAVES {
            let run = move |address| leave_with(before_with(address, before), leave);
            all.push((format!("{before:?}, then {leave:?}"), Box::new(run)));
        }
    }
    let mut add = |name: &str, run: fn(SocketAddr) -> Held| {
        all.push((name.to_owned(), Box::new(run)));
    };
    add("SYN and leave", syn_and_leave);
    add("SYN and reset", syn_and_reset);
    add("slow loris", slow_loris);
    add("a window that stays shut", shut_window);
    add("a window of a few bytes", tiny_window);
    add("one byte in each segment", byte_by_byte);
    add("writes without end, reads nothing", flood);
    add("reads without end, writes nothing", only_reads);
    add("a thousand connections in turn", in_turn);
    add("a thousand resets in turn", resets_in_turn);
    add("two hundred at once that say nothing", silent_crowd);
    add(DEAF_CROWD, deaf_crowd);
    add("finishes, then is sent to", finishes_and_reads_late);
    add("shuts its reading side", shuts_reading);
    add("reset while it is being written to", reset_under_fire);
    add("urgent bytes without end", urgent_flood);
    all
}

fn quick(address: SocketAddr) -> TcpStream {
    let stream = dial(address);
    stream
        .set_write_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    stream
}

/// Writes until the system takes no more.
fn fill(stream: &mut TcpStream) {
    let block = vec![b'x'; 65_536];
    while stream.write(&block).is_ok() {}
}

fn reset(stream: &TcpStream) {
    SockRef::from(stream)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
}

fn before_with(address: SocketAddr, before: Before) -> TcpStream {
    let mut stream = quick(address);
    match before {
        Before::Nothing => {}
        Before::OneByte => stream.write_all(b"x").unwrap(),
        Before::AnEcho => {
            stream.write_all(b"ping").unwrap();
            assert_eq!(read_exactly(&mut stream, 4), b"ping");
        }
        Before::UnreadEchoes => stream.write_all(&[b'x'; 1000]).unwrap(),
        // The buffers of both ends fill up; that is when it leaves.
        Before::ManyUnreadEchoes => fill(&mut stream),
        Before::Urgent => {
            SockRef::from(&stream).send_out_of_band(b"!").unwrap();
        }
        Before::HalfACharacter => stream.write_all(&[0xE2, 0x82]).unwrap(),
    }
    stream
}

fn leave_with(stream: TcpStream, leave: Leave) -> Held {
    match leave {
        Leave::Close => Vec::new(),
        Leave::Reset => {
            reset(&stream);
            Vec::new()
        }
        Leave::FinishAndClose => {
            stream.shutdown(Shutdown::Write).ok();
            Vec::new()
        }
        Leave::FinishAndReset => {
            stream.shutdown(Shutdown::Write).ok();
            reset(&stream);
            Vec::new()
        }
        Leave::HoldOpen => vec![stream],
        Leave::FinishAndHold => {
            stream.shutdown(Shutdown::Write).ok();
            vec![stream]
        }
        Leave::StopReadingAndHold => {
            stream.shutdown(Shutdown::Read).ok();
            vec![stream]
        }
    }
}

fn start_to_connect(address: SocketAddr) -> Socket {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    socket.set_nonblocking(true).unwrap();
    // It is under way, or already done.
    socket.connect(&address.into()).ok();
    socket
}

fn syn_and_leave(address: SocketAddr) -> Held {
    for _ in 0..50 {
        drop(start_to_connect(address));
    }
    Vec::new()
}

fn syn_and_reset(address: SocketAddr) -> Held {
    for _ in 0..50 {
        let socket = start_to_connect(address);
        socket.set_linger(Some(Duration::ZERO)).unwrap();
    }
    Vec::new()
}

fn slow_loris(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    for byte in b"GET / HTTP/1.1\r\nX-A: 1\r\n" {
        stream.write_all(&[*byte]).unwrap();
        thread::sleep(Duration::from_millis(2));
    }
    vec![stream]
}

fn with_receive_buffer(address: SocketAddr, bytes: usize) -> TcpStream {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(bytes).unwrap();
    socket.connect(&address.into()).unwrap();
    let stream = TcpStream::from(socket);
    stream
        .set_write_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

fn shut_window(address: SocketAddr) -> Held {
    let mut stream = with_receive_buffer(address, 1);
    fill(&mut stream);
    vec![stream]
}

fn tiny_window(address: SocketAddr) -> Held {
    let mut stream = with_receive_buffer(address, 1);
    stream.write_all(&[b'x'; 10_000]).unwrap();
    assert_eq!(read_exactly(&mut stream, 10_000), [b'x'; 10_000]);
    vec![stream]
}

fn byte_by_byte(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    for _ in 0..500 {
        stream.write_all(b"x").unwrap();
    }
    assert_eq!(read_exactly(&mut stream, 500), [b'x'; 500]);
    Vec::new()
}

fn flood(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    let until = Instant::now() + Duration::from_millis(300);
    let block = vec![b'x'; 262_144];
    while Instant::now() < until && stream.write(&block).is_ok() {}
    vec![stream]
}

fn only_reads(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    stream
        .set_read_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    assert!(stream.read(&mut [0; 10]).is_err(), "nobody sent anything");
    vec![stream]
}

fn in_turn(address: SocketAddr) -> Held {
    for _ in 0..1_000 {
        drop(quick(address));
    }
    Vec::new()
}

fn resets_in_turn(address: SocketAddr) -> Held {
    for _ in 0..1_000 {
        reset(&quick(address));
    }
    Vec::new()
}

fn silent_crowd(address: SocketAddr) -> Held {
    (0..200).map(|_| quick(address)).collect()
}

fn deaf_crowd(address: SocketAddr) -> Held {
    let mut crowd: Held = (0..200).map(|_| quick(address)).collect();
    for stream in &mut crowd {
        stream.set_nonblocking(true).unwrap();
        fill(stream);
    }
    crowd
}

fn finishes_and_reads_late(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    stream.write_all(&vec![b'x'; 100_000]).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut echoed = Vec::new();
    stream.read_to_end(&mut echoed).unwrap();
    assert_eq!(echoed.len(), 100_000);
    Vec::new()
}

fn shuts_reading(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    stream.shutdown(Shutdown::Read).unwrap();
    // Whether and when this fails is up to the system.
    stream.write_all(&[b'x'; 1_000]).ok();
    Vec::new()
}

fn reset_under_fire(address: SocketAddr) -> Held {
    for _ in 0..20 {
        let mut stream = quick(address);
        stream.set_nonblocking(true).unwrap();
        fill(&mut stream);
        reset(&stream);
    }
    Vec::new()
}

fn urgent_flood(address: SocketAddr) -> Held {
    let stream = quick(address);
    let socket = SockRef::from(&stream);
    for _ in 0..1_000 {
        if socket.send_out_of_band(b"!").is_err() {
            break;
        }
    }
    vec![stream]
}

/// What hostile peers left behind.
pub(crate) struct Troubled {
    /// How many of them there were, each followed by a good one.
    pub(crate) peers: usize,
    /// What they hold open.
    pub(crate) held: Held,
}

/// Has those of a name that is `wanted` trouble an echo server in turn, and a good peer answered after each. Whoever
/// holds its socket open goes on to the end.
pub(crate) fn trouble(address: SocketAddr, wanted: fn(&str) -> bool) -> Troubled {
    let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()));
    let mut held = Vec::new();
    let mut hostile = all();
    hostile.retain(|(name, _)| wanted(name));
    for (name, run) in &hostile {
        held.extend(run(loopback));
        let mut good = dial(loopback);
        good.write_all(name.as_bytes()).unwrap();
        assert_eq!(
            read_exactly(&mut good, name.len()),
            name.as_bytes(),
            "after: {name}"
        );
    }
    let peers = hostile.len();
    Troubled { peers, held }
}
