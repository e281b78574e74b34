//! What was sent when a command ends: it arrives, or somebody says that it may not have. Only Linux says what a peer has
//! acknowledged.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use super::peer;
use super::program::{Bothends, PATIENCE, in_time};

/// More than a peer with a small buffer takes, and less than the system takes of us.
const LEN: usize = 400_000;

/// Starts a `send` that ends as soon as it has sent its input, once it has received the first byte. Then it gets the input.
fn send_after_the_first_byte(address: &str) -> Bothends {
    let mut sending = Bothends::start(&["send", address, "--wait", "0s"]);
    let mut stdin = sending.child.stdin.take().unwrap();
    let mut stdout = sending.child.stdout.take().unwrap();
    let stdout = in_time(move || {
        stdout.read_exact(&mut [0]).unwrap();
        stdin.write_all(&vec![b'a'; LEN]).unwrap();
        stdout
    });
    // Whatever else arrives is read, so that nothing holds up the connection.
    sending.child.stdout = Some(stdout);
    sending
}

#[test]
fn what_was_sent_arrives_at_a_slow_peer_that_goes_on_sending() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    // Accepted sockets inherit it.
    SockRef::from(&listener).set_recv_buffer_size(4096).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (done, result) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(b"x").unwrap();
        let (mut got, mut buffer) = (0, [0; 16 * 1024]);
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(len) => got += len,
                Err(error) => {
                    done.send((got, Some(error.kind()))).ok();
                    return;
                }
            }
            // It is slow, so that most of the bytes are still under way when all are sent.
            thread::sleep(Duration::from_millis(2));
            // Nobody has to be there for it.
            stream.write_all(b"y").ok();
        }
        done.send((got, None::<ErrorKind>)).ok();
    });
    let finished = send_after_the_first_byte(&address).wait();
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
    assert_eq!(result.recv_timeout(PATIENCE).unwrap(), (LEN, None));
}

#[test]
fn what_a_peer_that_only_sends_may_lack_is_a_failure() {
    let (address, _peer) = peer(|mut stream| {
        // Never read, it takes little of what we send.
        SockRef::from(&stream).set_recv_buffer_size(4096).unwrap();
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let finished = send_after_the_first_byte(&address).wait();
    let words = format!(
        "bothends: closed while {address} was still sending, which resets the connection (RST): \
         what was sent last may not have arrived\n"
    );
    assert_eq!((finished.code, finished.stderr), (Some(1), words));
}

#[test]
fn replies_that_a_signal_left_unsent_are_a_failure() {
    let (server, bound) = Bothends::serve("127.0.0.1:0", &[]);
    let mut peer = super::connect(bound);
    peer.set_nonblocking(true).unwrap();
    let piece = vec![b'x'; 64 * 1024];
    // Nobody reads the echo. Once it waits, the server reads no more.
    let (mut sent, mut stuck) = (0, 0);
    while stuck < 50 {
        match peer.write(&piece) {
            Ok(len) => (sent, stuck) = (sent + len, 0),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                stuck += 1;
                thread::sleep(Duration::from_millis(10));
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(sent > 0);
    server.signal("INT");
    let finished = server.wait();
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let words = "bothends: stopped before everything was sent: ";
    assert!(finished.stderr.starts_with(words), "{finished:?}");
    let end = " bytes on 1 connection\n";
    assert!(finished.stderr.ends_with(end), "{finished:?}");
}
