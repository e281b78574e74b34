//! Peers that do what no peer should, before and in the handshake.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use bothends::net::tls::{ServerTls, TlsProblem};

use super::{agreed, failure, serving};
use crate::ground::Ground;
use crate::support::{SERVER, dial, pattern, read_exactly};

/// Has a server of ours get bytes, and returns why it gives up.
fn given(ground: &Ground, bytes: &[u8]) -> TlsProblem {
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = dial(address);
    peer.write_all(bytes).unwrap();
    let failure = failure(&mut rig, SERVER);
    // An alert says so to it, and then the end. A reset may take the alert away.
    let mut got = Vec::new();
    peer.read_to_end(&mut got).ok();
    assert!(got.is_empty() || got[0] == 21, "{got:?}");
    good_peer(ground, address);
    failure.problem
}

/// Has a good peer served.
fn good_peer(ground: &Ground, address: SocketAddr) {
    let mut peer = ground.foreign(address);
    peer.write_all(b"good").unwrap();
    let mut got = [0; 4];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"good");
}

#[test]
fn garbage_is_no_tls() {
    let ground = Ground::new();
    for bytes in [
        &pattern(100)[..],
        &[0xff; 40],
        b"\x16GET",
        &[0x80, 0x2e, 1, 0, 2],
    ] {
        let problem = given(&ground, bytes);
        assert!(
            matches!(problem, TlsProblem::NotTls { .. }),
            "{bytes:?} {problem:?}"
        );
    }
}

#[test]
fn a_megabyte_of_garbage_gets_an_answer_all_the_same() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = dial(address);
    // It may end before all is written.
    peer.write_all(&vec![b'x'; 1024 * 1024]).ok();
    let failure = failure(&mut rig, SERVER);
    assert!(
        matches!(failure.problem, TlsProblem::NotTls { .. }),
        "{failure:?}"
    );
    good_peer(&ground, address);
}

#[test]
fn a_record_that_is_too_long_is_refused() {
    let ground = Ground::new();
    let mut record = vec![22, 3, 1, 0xff, 0xff];
    record.extend(pattern(1_000));
    let problem = given(&ground, &record);
    let is_it = matches!(
        problem,
        TlsProblem::RecordTooLong | TlsProblem::NotTls { .. }
    );
    assert!(is_it, "{problem:?}");
}

#[test]
fn a_hello_of_nonsense_is_malformed() {
    let ground = Ground::new();
    let mut hello = vec![22, 3, 1, 0, 44, 1, 0, 0, 40];
    hello.extend([0x5A; 40]);
    let problem = given(&ground, &hello);
    let is_it = matches!(
        problem,
        TlsProblem::Malformed { .. }
            | TlsProblem::NoCommonVersion { .. }
            | TlsProblem::Incompatible { .. }
    );
    assert!(is_it, "{problem:?}");
}

/// Returns the hello of a foreign client.
fn hello(ground: &Ground, address: SocketAddr) -> (TcpStream, rustls::ClientConnection, Vec<u8>) {
    let rustls::StreamOwned { mut conn, sock } = ground.foreign(address);
    let mut hello = Vec::new();
    conn.write_tls(&mut hello).unwrap();
    (sock, conn, hello)
}

#[test]
fn a_handshake_byte_by_byte_comes_to_an_agreement() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let (mut socket, mut tls, hello) = hello(&ground, address);
    let byte_by_byte = |socket: &mut TcpStream, bytes: &[u8]| {
        for byte in bytes {
            socket.write_all(&[*byte]).unwrap();
        }
    };
    byte_by_byte(&mut socket, &hello);
    tls.writer().write_all(b"at last").unwrap();
    while tls.is_handshaking() {
        tls.read_tls(&mut (&mut socket).take(1)).unwrap();
        tls.process_new_packets().unwrap();
        let mut answer = Vec::new();
        while tls.wants_write() {
            tls.write_tls(&mut answer).unwrap();
        }
        byte_by_byte(&mut socket, &answer);
    }
    assert_eq!(rig.receive(SERVER, 7), b"at last");
    agreed(&mut rig, SERVER);
}

#[test]
fn records_of_one_byte_come_to_an_agreement() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let (mut socket, tls, hello) = hello(&ground, address);
    let mut records = Vec::new();
    for byte in &hello[5..] {
        records.extend([22, 3, 1, 0, 1, *byte]);
    }
    socket.write_all(&records).unwrap();
    let mut peer = rustls::StreamOwned::new(tls, socket);
    peer.write_all(b"x").unwrap();
    peer.read_exact(&mut [0]).unwrap();
    agreed(&mut rig, SERVER);
}

#[test]
fn two_hundred_half_open_handshakes_do_not_keep_a_good_peer_waiting() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut crowd = Vec::new();
    for number in 0..200 {
        let (mut socket, tls, hello) = hello(&ground, address);
        // Some say nothing, some half a hello, some a whole one and then nothing.
        let said = match number % 3 {
            0 => 0,
            1 => hello.len() / 2,
            _ => hello.len(),
        };
        socket.write_all(&hello[..said]).unwrap();
        crowd.push((socket, tls));
        if number % 20 == 0 {
            good_peer(&ground, address);
        }
    }
    good_peer(&ground, address);
    // Those who said all of it got an answer, and can go on.
    let (mut socket, _) = crowd.remove(2);
    assert_eq!(read_exactly(&mut socket, 1), [22]);
}

#[test]
fn what_was_changed_on_the_way_is_undecipherable() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = ground.foreign(address);
    peer.write_all(b"x").unwrap();
    peer.read_exact(&mut [0]).unwrap();
    let mut record = vec![23, 3, 3, 0, 40];
    record.extend(pattern(40));
    peer.sock.write_all(&record).unwrap();
    let failure = failure(&mut rig, SERVER);
    assert_eq!(failure.problem, TlsProblem::Undecipherable);
    assert!(!failure.in_handshake);
    let error = peer.read(&mut [0]).unwrap_err();
    assert!(error.to_string().contains("BadRecordMac"), "{error}");
    assert_eq!(rig.received(SERVER).concat(), b"x");
    good_peer(&ground, address);
}
