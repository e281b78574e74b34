//! Hostile peers with a plan of their own, against a server that echoes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use super::super::DEADLINE;
use super::{Ends, Held, Hostile, fill, quick, read_exactly, reset, send_urgent};

/// How many connect at once.
const CROWD: usize = 200;
/// How many connect in turn.
const IN_TURN: usize = 1_000;
/// How many leave before they are accepted.
const HASTY: usize = 50;
/// How many are reset while they are written to.
const UNDER_FIRE: usize = 20;
/// What each of the deaf crowd sends at most. It is more than fits into the buffers of both ends, and together it is
/// more than an endpoint may have waiting.
const DEAF_BYTES: usize = 2 * 1024 * 1024;
/// Each system makes the least of it that it allows.
const TINY_BUFFER: usize = 1;

type Plan = (&'static str, usize, Ends, fn(SocketAddr) -> Held);

pub(super) fn all() -> impl Iterator<Item = Hostile> {
    let plans: [Plan; 22] = [
        ("connects and leaves", HASTY, Ends::Finished, leave_hastily),
        ("connects and resets", HASTY, Ends::Reset, reset_hastily),
        ("slow loris", 1, Ends::Held, slow_loris),
        ("a window that stays shut", 1, Ends::Held, shut_window),
        ("a window of a few bytes", 1, Ends::Held, tiny_window),
        ("a window that opens late", 1, Ends::Finished, late_window),
        ("one byte a segment", 1, Ends::Finished, byte_by_byte),
        ("one byte a read", 1, Ends::Finished, read_bytewise),
        ("writes without end, reads nothing", 1, Ends::Held, flood),
        ("reads without end, writes nothing", 1, Ends::Held, reads),
        ("come in turn", IN_TURN, Ends::Finished, in_turn),
        ("reset in turn", IN_TURN, Ends::Reset, resets_in_turn),
        ("a silent crowd", CROWD, Ends::Held, silent_crowd),
        ("a deaf crowd", CROWD, Ends::Held, deaf_crowd),
        ("a crowd that resets at once", CROWD, Ends::Reset, resets),
        ("a crowd that finishes", CROWD, Ends::Finished, finishes),
        ("finishes, then is sent to", 1, Ends::Finished, reads_late),
        ("shuts its reading side", 1, Ends::EitherWay, shuts_reading),
        ("resets under fire", UNDER_FIRE, Ends::Reset, under_fire),
        ("urgent bytes without end", 1, Ends::Held, urgent_flood),
        ("urgent bytes, then a reset", 1, Ends::Reset, urgent_reset),
        ("text to mislead who reads it", 1, Ends::Finished, mislead),
    ];
    plans
        .into_iter()
        .map(|(name, connections, ends, run)| Hostile {
            name: name.to_owned(),
            connections,
            ends,
            run: Box::new(run),
        })
}

/// The handshake is under way when they go, or already done.
fn start_to_connect(address: SocketAddr) -> Socket {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    socket.set_nonblocking(true).unwrap();
    socket.connect(&address.into()).ok();
    socket
}

fn leave_hastily(address: SocketAddr) -> Held {
    for _ in 0..HASTY {
        drop(start_to_connect(address));
    }
    Vec::new()
}

fn reset_hastily(address: SocketAddr) -> Held {
    for _ in 0..HASTY {
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

fn with_tiny_window(address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(TINY_BUFFER).unwrap();
    socket.connect(&address.into()).unwrap();
    let stream = TcpStream::from(socket);
    stream
        .set_write_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

fn shut_window(address: SocketAddr) -> Held {
    let mut stream = with_tiny_window(address);
    fill(&mut stream);
    vec![stream]
}

fn tiny_window(address: SocketAddr) -> Held {
    let mut stream = with_tiny_window(address);
    stream.write_all(&[b'x'; 10_000]).unwrap();
    assert_eq!(read_exactly(&mut stream, 10_000), [b'x'; 10_000]);
    vec![stream]
}

/// The window is shut until the server has had to probe it, and opens then.
fn late_window(address: SocketAddr) -> Held {
    const BYTES: usize = 20_000;
    let mut stream = with_tiny_window(address);
    stream.write_all(&vec![b'x'; BYTES]).unwrap();
    // Longer than the shortest time after which a probe is sent (RFC 9293, 3.8.6.1: a retransmission timeout).
    thread::sleep(Duration::from_millis(300));
    assert_eq!(read_exactly(&mut stream, BYTES), vec![b'x'; BYTES]);
    Vec::new()
}

fn byte_by_byte(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    for _ in 0..500 {
        stream.write_all(b"x").unwrap();
    }
    assert_eq!(read_exactly(&mut stream, 500), [b'x'; 500]);
    Vec::new()
}

fn read_bytewise(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    stream.write_all(&[b'x'; 5_000]).unwrap();
    for _ in 0..5_000 {
        assert_eq!(read_exactly(&mut stream, 1), b"x");
    }
    Vec::new()
}

fn flood(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    let until = Instant::now() + Duration::from_millis(300);
    let block = vec![b'x'; 262_144];
    while Instant::now() < until && stream.write(&block).is_ok() {}
    vec![stream]
}

fn reads(address: SocketAddr) -> Held {
    let mut stream = quick(address);
    stream
        .set_read_timeout(Some(Duration::from_millis(50)))
        .unwrap();
    assert!(stream.read(&mut [0; 10]).is_err(), "nobody sent anything");
    vec![stream]
}

fn in_turn(address: SocketAddr) -> Held {
    for _ in 0..IN_TURN {
        drop(quick(address));
    }
    Vec::new()
}

fn resets_in_turn(address: SocketAddr) -> Held {
    for _ in 0..IN_TURN {
        reset(&quick(address));
    }
    Vec::new()
}

fn silent_crowd(address: SocketAddr) -> Held {
    (0..CROWD).map(|_| quick(address)).collect()
}

fn deaf_crowd(address: SocketAddr) -> Held {
    let mut crowd: Held = (0..CROWD).map(|_| with_tiny_window(address)).collect();
    let block = vec![b'x'; DEAF_BYTES];
    for stream in &mut crowd {
        stream.set_nonblocking(true).unwrap();
        let mut rest = &block[..];
        while let Ok(count @ 1..) = stream.write(rest) {
            rest = &rest[count..];
        }
    }
    crowd
}

fn resets(address: SocketAddr) -> Held {
    for stream in silent_crowd(address) {
        reset(&stream);
    }
    Vec::new()
}

/// All of them finish before any is closed.
fn finishes(address: SocketAddr) -> Held {
    let crowd = silent_crowd(address);
    for stream in &crowd {
        stream.shutdown(Shutdown::Write).unwrap();
    }
    Vec::new()
}

fn reads_late(address: SocketAddr) -> Held {
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

fn under_fire(address: SocketAddr) -> Held {
    for _ in 0..UNDER_FIRE {
        let mut stream = quick(address);
        stream.set_nonblocking(true).unwrap();
        fill(&mut stream);
        reset(&stream);
    }
    Vec::new()
}

fn urgent_flood(address: SocketAddr) -> Held {
    let stream = quick(address);
    send_urgent(&stream, 1_000);
    vec![stream]
}

fn urgent_reset(address: SocketAddr) -> Held {
    let stream = quick(address);
    send_urgent(&stream, 100);
    reset(&stream);
    Vec::new()
}

/// Controls of terminals and of writing directions, zeros, stacked marks, and characters that are none.
fn mislead(address: SocketAddr) -> Held {
    let mut text = "\u{1B}]0;x\u{7}\u{1B}[2J\0\u{202E}txt.exe\u{2066}\r\u{8}\u{FEFF}".repeat(50);
    text.push('a');
    text.extend(std::iter::repeat_n('\u{335}', 10_000));
    let mut bytes = text.into_bytes();
    // Surrogates, an overlong slash, and a beginning without an end.
    bytes.extend_from_slice(b"\xED\xA0\x80\xC0\xAF\xF8\xFF\xF0\x9F");
    let mut stream = quick(address);
    stream.write_all(&bytes).unwrap();
    assert_eq!(read_exactly(&mut stream, bytes.len()), bytes);
    Vec::new()
}
