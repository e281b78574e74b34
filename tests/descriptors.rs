//! Running out of file descriptors: accepting pauses, reports it, uses no CPU time, and resumes. Runs alone in its
//! process, whose limit it lowers.

#![cfg(unix)]

mod support;

use std::io::Write;
use std::net::TcpStream;

use bothends::capture::EventKind;
use bothends::net::NetError;
use bothends::words::{ENGLISH, InWords as _};
use rlimit::Resource;
use support::{Rig, dial, read_exactly, server};

#[test]
fn accepting_pauses_without_descriptors_and_resumes_with_them() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    #[cfg(target_os = "linux")]
    let processor_time = support::ProcessorTime::of(support::SERVER);
    Resource::NOFILE.set(64, 64).unwrap();
    let mut peers: Vec<TcpStream> = Vec::new();
    // Each peer takes two descriptors of this process: its own and the accepted one.
    let error = loop {
        if let Ok(peer) = TcpStream::connect_timeout(&address, support::DEADLINE) {
            peers.push(peer);
        }
        let outcome = rig.wait("accepted or paused", |event| match &event.kind {
            EventKind::Accepted { .. } => Some(None),
            EventKind::AcceptPaused { error } => Some(Some(error.clone())),
            _ => None,
        });
        if let Some(error) = outcome {
            break error;
        }
    };
    let words = error.in_words(&ENGLISH);
    assert!(matches!(*error, NetError::Accept { .. }), "{error}");
    assert!(words.contains("descriptors"), "{words}");
    #[cfg(target_os = "linux")]
    processor_time.assert_idle();
    // The server's descriptors become free when their peers disconnect.
    peers.drain(..8);
    rig.wait("resumed", |event| {
        matches!(event.kind, EventKind::AcceptResumed).then_some(())
    });
    let mut peer = dial(address);
    peer.write_all(b"room again").unwrap();
    assert_eq!(read_exactly(&mut peer, 10), b"room again");
}
