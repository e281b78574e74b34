//! Servers that do what no server should, to a client that sends them a message.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use super::super::DEADLINE;
use super::{Ends, Held, read_exactly, reset, send_urgent};

/// The message that a client sends on each connection.
pub(crate) const MESSAGE_BYTES: usize = 20_000;
/// A reply of which only the beginning is sent.
const HALF_A_REPLY: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of";
/// A reply that no client can believe.
const IMPOSSIBLE_REPLY: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\nContent-Length: -1\r\n\r\n\0\xFF";
/// The length of the largest frame that a length of 32 bits can promise.
const PROMISE: &[u8] = b"\xFF\xFF\xFF\xFFno more";

/// A hostile server.
pub(crate) struct HostileServer {
    pub(crate) name: &'static str,
    /// How the connections of a client that answers nothing end.
    pub(crate) ends: Ends,
    /// Whether it accepts.
    accepts: bool,
    receive_buffer: Option<usize>,
    serve: fn(TcpStream) -> Held,
}

type Plan = (&'static str, Ends, fn(TcpStream) -> Held);

/// Returns all of them.
pub(crate) fn servers() -> Vec<HostileServer> {
    let plans: [Plan; 19] = [
        ("accepts and closes", Ends::EitherWay, |_| Vec::new()),
        ("accepts and resets", Ends::Reset, reset_at_once),
        ("finishes at once and never reads", Ends::Finished, finish),
        ("accepts and never reads", Ends::Held, |it| vec![it]),
        ("shuts its reading side", Ends::Held, shut_reading),
        ("replies without end", Ends::Held, flood),
        ("floods, then resets", Ends::Reset, flood_and_reset),
        ("closes in a reply", Ends::Finished, half_and_close),
        ("finishes in a reply", Ends::Finished, half_and_finish),
        ("resets in a reply", Ends::Reset, half_and_reset),
        ("is silent in a reply", Ends::Held, half_and_hold),
        ("an impossible reply", Ends::Held, impossible),
        ("a promise of 4 GiB", Ends::Held, promise),
        ("garbage", Ends::Held, garbage),
        ("an endless line", Ends::Held, endless_line),
        ("replies byte by byte", Ends::Held, byte_by_byte),
        ("urgent replies", Ends::Held, urgent),
        ("urgent replies, then a reset", Ends::Reset, urgent_reset),
        ("reads byte by byte", Ends::Held, read_bytewise),
    ];
    let plain = |(name, ends, serve): Plan| HostileServer {
        name,
        ends,
        accepts: true,
        receive_buffer: None,
        serve,
    };
    let mut all: Vec<_> = plans.into_iter().map(plain).collect();
    let special = |name, accepts| HostileServer {
        accepts,
        receive_buffer: Some(1),
        ..plain((name, Ends::Held, |it| vec![it]))
    };
    all.push(special("a window that stays shut", true));
    // The system completes the handshakes of those in its accept queue.
    all.push(special("SYN-ACK, and nothing", false));
    all
}

impl HostileServer {
    pub(crate) fn listen(&self) -> (TcpListener, SocketAddr) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        // Connections have it from the listener.
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes).unwrap();
        }
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(&any.into()).unwrap();
        socket.listen(128).unwrap();
        let listener = TcpListener::from(socket);
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    /// Serves as many clients, who are connected already, all at the same time. Returns what stays open.
    pub(crate) fn serve(&self, listener: &TcpListener, clients: usize) -> Held {
        if !self.accepts {
            return Vec::new();
        }
        thread::scope(|scope| {
            let serve_next = |_| {
                let (stream, _) = listener.accept().unwrap();
                stream.set_read_timeout(Some(DEADLINE)).unwrap();
                stream
                    .set_write_timeout(Some(Duration::from_millis(200)))
                    .unwrap();
                stream.set_nodelay(true).unwrap();
                scope.spawn(|| (self.serve)(stream))
            };
            let served: Vec<_> = (0..clients).map(serve_next).collect();
            let held = served.into_iter().map(|it| it.join().unwrap());
            held.flatten().collect()
        })
    }
}

/// Reads the client's message, so that a close is no reset.
fn read_message(stream: &mut TcpStream) {
    read_exactly(stream, MESSAGE_BYTES);
}

fn reset_at_once(stream: TcpStream) -> Held {
    reset(&stream);
    drop(stream);
    Vec::new()
}

fn finish(stream: TcpStream) -> Held {
    stream.shutdown(Shutdown::Write).unwrap();
    vec![stream]
}

fn shut_reading(stream: TcpStream) -> Held {
    stream.shutdown(Shutdown::Read).unwrap();
    vec![stream]
}

fn flood(mut stream: TcpStream) -> Held {
    let until = Instant::now() + Duration::from_millis(200);
    let block = vec![b'x'; 65_536];
    while Instant::now() < until && stream.write(&block).is_ok() {}
    vec![stream]
}

fn flood_and_reset(stream: TcpStream) -> Held {
    for stream in flood(stream) {
        reset(&stream);
    }
    Vec::new()
}

fn half_and_hold(mut stream: TcpStream) -> Held {
    read_message(&mut stream);
    stream.write_all(HALF_A_REPLY).unwrap();
    vec![stream]
}

fn half_and_close(stream: TcpStream) -> Held {
    drop(half_and_hold(stream));
    Vec::new()
}

fn half_and_finish(stream: TcpStream) -> Held {
    let held = half_and_hold(stream);
    for stream in &held {
        stream.shutdown(Shutdown::Write).unwrap();
    }
    held
}

fn half_and_reset(stream: TcpStream) -> Held {
    for stream in half_and_hold(stream) {
        reset(&stream);
    }
    Vec::new()
}

fn impossible(mut stream: TcpStream) -> Held {
    stream.write_all(IMPOSSIBLE_REPLY).unwrap();
    vec![stream]
}

fn promise(mut stream: TcpStream) -> Held {
    stream.write_all(PROMISE).unwrap();
    vec![stream]
}

/// All bytes there are, in an order without rhyme (Lehmer's generator of 31 bits).
fn garbage(mut stream: TcpStream) -> Held {
    let mut state = 1_u64;
    let next = std::iter::repeat_with(|| {
        state = state * 48_271 % 0x7FFF_FFFF;
        state.to_le_bytes()[1]
    });
    let bytes: Vec<u8> = next.take(300_000).collect();
    // A client that answers without end is not read here, and stops reading in its turn.
    stream.write_all(&bytes).ok();
    vec![stream]
}

fn endless_line(mut stream: TcpStream) -> Held {
    stream.write_all(&vec![b'x'; 2_000_000]).ok();
    vec![stream]
}

fn byte_by_byte(mut stream: TcpStream) -> Held {
    for byte in HALF_A_REPLY {
        stream.write_all(&[*byte]).unwrap();
    }
    vec![stream]
}

fn urgent(stream: TcpStream) -> Held {
    send_urgent(&stream, 200);
    vec![stream]
}

fn urgent_reset(stream: TcpStream) -> Held {
    for stream in urgent(stream) {
        reset(&stream);
    }
    Vec::new()
}

fn read_bytewise(mut stream: TcpStream) -> Held {
    for _ in 0..MESSAGE_BYTES {
        stream.read_exact(&mut [0]).unwrap();
    }
    vec![stream]
}
