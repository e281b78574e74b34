//! Floods, peers that do not read, receivers that do not receive: memory stays bounded, and Stop works.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Instant;

use bothends::net::{ClosedBy, Command, CommandError, EngineEventKind, NetError, Observe, SendTo};
use bothends::script::{Act, Reply};
use bytes::Bytes;
use crossbeam_channel::RecvTimeoutError;

use crate::support::{
    DEADLINE, MIB, Rig, SERVER, deadline, dial, eventually, is_by, pattern, read_exactly, script,
    server, write_until_stuck,
};

#[test]
fn a_peer_that_never_reads_is_not_read_and_stop_is_immediate() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut rig = Rig::observing(observe);
        let (mut peer, id) = rig.serve_one(server());
        let taken = write_until_stuck(&mut peer);
        assert!(taken < 64 * MIB, "{taken} bytes were taken");
        rig.command(
            SERVER,
            Command::Act {
                connection: id,
                act: Act::Close,
            },
        );
        let closed = rig.closed();
        assert!(is_by(&closed, &ClosedBy::Us));
        assert!(closed.unsent_bytes > 0 && closed.unsent_bytes <= 3 * MIB as u64);
        assert!(closed.unread);
        rig.command(SERVER, Command::Stop);
        rig.stopped();
    }
}

#[test]
fn stop_and_shutdown_work_during_an_unrecorded_flood() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let mut peers: Vec<TcpStream> = (0..4).map(|_| dial(address)).collect();
    for peer in &mut peers {
        write_until_stuck(peer);
    }
    assert!(rig.events.is_backed_up());
    rig.command(SERVER, Command::Stop);
    for peer in &mut peers {
        let end = peer.read(&mut [0; 1]);
        assert!(!matches!(end, Ok(1)), "the server closed: {end:?}");
    }
    let Rig { engine, events, .. } = rig;
    let (ended, end) = crossbeam_channel::bounded::<()>(0);
    let shutdown = thread::Builder::new().spawn(move || {
        engine.shutdown();
        drop(ended);
    });
    assert!(shutdown.is_ok());
    let end = end.recv_timeout(DEADLINE);
    assert_eq!(end, Err(RecvTimeoutError::Disconnected));
    assert!(events.is_backed_up(), "nobody has taken an event");
    // What found no room is lost, but it is counted.
    // One event was received at the beginning: it listens.
    let mut received = 1;
    while let Some(batch) = events.try_recv() {
        received += batch.len() as u64;
    }
    assert!(events.lost() > 0);
    assert_eq!(events.count().emitted(), received + events.lost());
}

#[test]
fn nothing_is_lost_when_the_receiver_comes_back() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    let (mut peer, _) = rig.serve_one(config);
    let message = pattern(160 * MIB);
    let writer = {
        let message = message.clone();
        thread::Builder::new().spawn(move || peer.write_all(&message).unwrap())
    };
    eventually("the pipe is full", || rig.events.is_backed_up());
    let mut at = 0;
    let until = deadline();
    loop {
        let batch = rig.events.recv_deadline(Some(until)).unwrap();
        let mut is_over = false;
        for event in batch {
            match event.kind {
                EngineEventKind::Received { payload } => {
                    let end = at + payload.bytes.len();
                    assert!(payload.bytes == message[at..end]);
                    at = end;
                }
                EngineEventKind::Closed(_) => is_over = true,
                _ => {}
            }
        }
        if is_over {
            break;
        }
    }
    assert_eq!(at, message.len());
    writer.unwrap().join().unwrap();
}

#[test]
fn a_server_carries_on_when_the_receiver_is_gone() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    write_until_stuck(&mut peer);
    let address = peer.peer_addr().unwrap();
    drop(rig.events);
    let mut another = dial(address);
    another.write_all(b"anybody?").unwrap();
    assert_eq!(read_exactly(&mut another, 8), b"anybody?");
    rig.engine.shutdown();
}

#[test]
fn a_connection_accepted_once_there_is_room_is_reported_at_once() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    rig.back_up(SERVER);
    let _peer = dial(address);
    rig.accepted();
}

#[test]
fn a_payload_that_exceeds_the_queue_is_refused_entirely() {
    let mut rig = Rig::new();
    let (_peer, id) = rig.serve_one(server());
    let message = Bytes::from(vec![0; 40 * MIB]);
    rig.send(SERVER, SendTo::All, message.clone());
    rig.send(SERVER, SendTo::All, message);
    let ((bytes, queued), has_link) = rig.failed(|error| match error {
        NetError::QueueFull {
            bytes,
            queued_bytes,
            ..
        } => Some((*bytes, *queued_bytes)),
        _ => None,
    });
    assert_eq!((bytes, has_link), (40 * MIB as u64, true));
    assert!(queued > 0);
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act: Act::Close,
        },
    );
    let closed = rig.closed();
    assert!(closed.unsent_bytes > 0 && closed.unsent_bytes <= queued);
    assert!(!closed.unread);
}

#[test]
fn a_command_beyond_the_limit_is_refused() {
    let mut rig = Rig::new();
    let command = Command::Send {
        to: SendTo::All,
        message: Bytes::from("x").into(),
    };
    // Each fails with an error, which nobody receives, so the worker must stop taking commands.
    let until = deadline();
    let error = loop {
        match rig.engine.command(SERVER, command.clone()) {
            Ok(()) => assert!(Instant::now() < until, "the commands have no bound"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, CommandError::Full), "{error}");
    rig.engine.shutdown();
}
