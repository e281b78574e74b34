//! Foreign peers: TCP clients that share no code with the program, written with Python's `socket` module.

use std::net::SocketAddr;
use std::process::Command;

use super::child::{Process, run};
use super::deadline::{Outcome, PATIENCE};

/// Sends `hello` and reads it back repeatedly; prints its own address at the end.
const ROUND_TRIPS: &str = "
import socket, sys
host, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with socket.create_connection((host, port), timeout=10) as peer:
    for _ in range(count):
        peer.sendall(b'hello')
        reply = b''
        while len(reply) < 5:
            part = peer.recv(5 - len(reply))
            assert part, 'the server closed the connection'
            reply += part
        assert reply == b'hello', reply
    print('%s:%d' % peer.getsockname()[:2])
";

/// Connects, reports it, and stays until the other end finishes.
const STAY: &str = "
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=60) as peer:
    print('connected', flush=True)
    try:
        assert peer.recv(1) == b''
    except ConnectionResetError:
        pass
";

/// Sends small messages on many connections, as fast as it can, until it is killed; reports when it has begun.
const FLOOD: &str = "
import select, socket, sys
peers = []
for _ in range(64):
    peer = socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=60)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    peer.setblocking(False)
    peers.append(peer)
print('flooding', flush=True)
while True:
    readable, writable, _ = select.select(peers, peers, [])
    for peer in readable:
        peer.recv(65536)
    for peer in writable:
        peer.send(b'flood')
";

/// Starts clients that flood a server until the process is dropped.
pub(crate) fn flood(server: SocketAddr) -> Outcome<Process> {
    let (process, _) = Process::start_and_read_line(&mut client(FLOOD, server))?;
    Ok(process)
}

/// Has a client make `count` round trips, and returns its address.
pub(crate) fn round_trips(server: SocketAddr, count: u32) -> Outcome<SocketAddr> {
    let mut command = client(ROUND_TRIPS, server);
    let address = run(command.arg(count.to_string()), PATIENCE)?;
    Ok(address.trim().parse()?)
}

/// Starts a client that stays connected; it succeeds when the server ends the connection.
pub(crate) fn stay(server: SocketAddr) -> Outcome<Process> {
    let (process, _) = Process::start_and_read_line(&mut client(STAY, server))?;
    Ok(process)
}

fn client(script: &str, server: SocketAddr) -> Command {
    let mut command = Command::new("python3");
    command.args([
        "-c",
        script,
        &server.ip().to_string(),
        &server.port().to_string(),
    ]);
    command
}
