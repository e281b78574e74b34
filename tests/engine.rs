//! The engine over real sockets: what each end sees, what is told of it, and what bad luck does.

mod support;

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use socket2::{Domain, SockRef, Socket, Type};
use support::{
    CLIENT, DEADLINE, Rig, SERVER, client_of, connection, deadline, dial, eventually, is_by,
    loopbacks, read_exactly, read_to_fin, server, write_until_stuck,
};
use wirebench::net::{
    ClosedBy, Command, CommandError, EndpointId, EventKind, NetError, Observe, RecvError, Reply,
    SendTo, ServerConfig, Target, WhenPeerFinishes,
};

const MIB: usize = 1024 * 1024;

fn pattern(count: usize) -> Vec<u8> {
    (0..count).map(|at| (at % 251) as u8).collect()
}

#[test]
fn an_echo_server_answers_on_both_families() {
    for bind in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(ServerConfig::new(bind));
        assert_eq!(address.ip(), bind.ip());
        assert_ne!(address.port(), 0);
        let mut peer = dial(address);
        peer.write_all(b"Hello, server!").unwrap();
        assert_eq!(read_exactly(&mut peer, 14), b"Hello, server!");
        let link = rig.wait("accepted", |event| match event.kind {
            EventKind::Accepted => event.link.clone(),
            _ => None,
        });
        assert_eq!(link.peer, peer.local_addr().unwrap());
        assert_eq!(link.local, Some(peer.peer_addr().unwrap()));
        let (id, received_at) = rig.wait("received", |event| match &event.kind {
            EventKind::Received { payload } => Some((payload.id, event.stamp)),
            _ => None,
        });
        let (sent, sent_at) = rig.wait("sent", |event| match &event.kind {
            EventKind::Sent { payload, .. } => Some((payload.clone(), event.stamp)),
            _ => None,
        });
        assert_eq!(
            (sent.id, sent.start),
            (id, 0),
            "an echo is the same payload"
        );
        assert_eq!(sent.bytes, "Hello, server!");
        assert!(received_at <= sent_at);
    }
}

#[test]
fn a_client_and_a_server_of_one_engine_hold_a_conversation() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let to = SendTo::Client(Box::new(client_of(address)));
    rig.send(CLIENT, to.clone(), "first");
    rig.connected();
    assert_eq!(rig.receive(CLIENT, 5), b"first");
    rig.send(CLIENT, to, ", second");
    assert_eq!(rig.receive(CLIENT, 13), b"first, second");
    let connects = rig.log.iter();
    let connects = connects.filter(|event| matches!(event.kind, EventKind::Connected { .. }));
    assert_eq!(
        connects.count(),
        1,
        "the second message uses the connection"
    );
    rig.command(CLIENT, Command::Stop);
    assert!(is_by(&rig.closed(), &ClosedBy::Us));
}

#[test]
fn a_message_larger_than_all_buffers_is_echoed_whole() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let message = pattern(16 * MIB);
    let to = SendTo::Client(Box::new(client_of(address)));
    rig.send(CLIENT, to, message.clone());
    let mut got = Vec::new();
    let until = deadline();
    while got.len() < message.len() {
        let batch = rig.events.recv_deadline(Some(until)).unwrap();
        for event in batch.events {
            if let (CLIENT, EventKind::Received { payload }) = (event.endpoint, event.kind) {
                got.extend_from_slice(&payload.bytes);
            }
        }
    }
    assert!(got == message);
}

#[test]
fn a_read_buffer_of_30_bytes_splits_a_message() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.read_buffer = 30;
    let (mut peer, _) = rig.serve_one(config);
    let message = pattern(100);
    peer.write_all(&message).unwrap();
    assert_eq!(read_exactly(&mut peer, 100), message);
    rig.receive(SERVER, 100);
    let lengths: Vec<usize> = rig.received(SERVER).iter().map(Bytes::len).collect();
    assert_eq!(lengths, [30, 30, 30, 10]);
}

#[test]
fn a_fixed_reply_that_closes_reaches_the_peer_whole() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut rig = Rig::observing(observe);
        let mut config = server();
        config.behaviour.read_buffer = 30;
        config.behaviour.reply = Reply::Fixed(Bytes::from_static(b"Hello, client!"));
        config.behaviour.close_after_reply = true;
        let (mut peer, _) = rig.serve_one(config);
        peer.write_all(&pattern(100)).unwrap();
        assert_eq!(read_to_fin(&mut peer), b"Hello, client!");
        rig.wait("our FIN", |event| {
            matches!(event.kind, EventKind::WeFinished).then_some(())
        });
        drop(peer);
        rig.peer_finished();
        let closed = rig.closed();
        assert!(is_by(&closed, &ClosedBy::Reply), "{closed:?}");
        assert_eq!((closed.unsent_bytes, closed.unread), (0, false));
        let expected = match observe {
            Observe::Everything => 100,
            Observe::Lifecycle => 0,
        };
        assert_eq!(rig.received(SERVER).concat().len(), expected);
    }
}

#[test]
fn a_peer_that_does_not_finish_after_the_reply_is_closed_in_time() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.close_after_reply = true;
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"ping");
    let closed = rig.closed();
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    assert!(matches!(*error, NetError::FinishTimeout { .. }), "{error}");
}

#[test]
fn a_peer_that_floods_after_the_reply_is_closed() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.close_after_reply = true;
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"ping");
    let block = vec![0; MIB];
    // It ends with a reset at the latest when the server has closed.
    while peer.write_all(&block).is_ok() {}
    let closed = rig.closed();
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    assert!(matches!(*error, NetError::FinishFlood { .. }), "{error}");
}

#[test]
fn a_peer_that_finishes_gets_its_last_reply() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    let message = pattern(4 * MIB);
    let writer = {
        let mut peer = peer.try_clone().unwrap();
        let message = message.clone();
        thread::Builder::new().spawn(move || {
            peer.write_all(&message).unwrap();
            peer.shutdown(Shutdown::Write).unwrap();
        })
    };
    assert!(read_to_fin(&mut peer) == message);
    writer.unwrap().join().unwrap();
    rig.peer_finished();
    let closed = rig.closed();
    assert!(is_by(&closed, &ClosedBy::Peer), "{closed:?}");
    assert_eq!((closed.unsent_bytes, closed.unread), (0, false));
}

#[test]
fn a_half_open_connection_sends_until_the_user_finishes() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    let (mut peer, id) = rig.serve_one(config);
    peer.shutdown(Shutdown::Write).unwrap();
    rig.peer_finished();
    rig.send(SERVER, SendTo::Connections(vec![id]), "still here");
    assert_eq!(read_exactly(&mut peer, 10), b"still here");
    rig.command(SERVER, Command::FinishSending(id));
    assert!(read_to_fin(&mut peer).is_empty());
    assert!(is_by(&rig.closed(), &ClosedBy::Peer));
}

#[test]
fn a_connection_whose_sending_was_finished_reads_until_the_peer_finishes() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    rig.send(SERVER, SendTo::All, "last words");
    rig.command(SERVER, Command::FinishSending(id));
    assert_eq!(read_to_fin(&mut peer), b"last words");
    rig.send(SERVER, SendTo::Connections(vec![id]), "too late");
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::NotOpen { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (8, true));
    peer.write_all(b"heard").unwrap();
    drop(peer);
    assert_eq!(rig.receive(SERVER, 5), b"heard");
    rig.peer_finished();
    assert!(is_by(&rig.closed(), &ClosedBy::Us));
}

#[test]
fn a_reset_in_a_message_is_told_after_the_bytes_before_it() {
    for reply in [Reply::Echo, Reply::None] {
        let mut rig = Rig::new();
        let mut config = server();
        config.behaviour.reply = reply;
        let (mut peer, _) = rig.serve_one(config);
        peer.write_all(b"half a mess").unwrap();
        SockRef::from(&peer)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(peer);
        rig.wait("reset", |event| {
            matches!(event.kind, EventKind::Reset { .. }).then_some(())
        });
        assert_eq!(rig.received(SERVER).concat(), b"half a mess");
    }
}

#[test]
fn a_reset_while_much_is_queued_counts_the_unsent_bytes() {
    let mut rig = Rig::new();
    let (peer, _) = rig.serve_one(server());
    rig.send(SERVER, SendTo::All, vec![0; 32 * MIB]);
    rig.wait("sent", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    let unsent = rig.wait("reset", |event| match event.kind {
        EventKind::Reset { unsent_bytes } => Some(unsent_bytes as usize),
        _ => None,
    });
    let sent = rig.log.iter().filter_map(|event| match &event.kind {
        EventKind::Sent { payload, .. } => Some(payload.bytes.len()),
        _ => None,
    });
    assert_eq!(sent.sum::<usize>() + unsent, 32 * MIB);
}

/// Returns a port that is taken but does not listen.
fn deaf_socket() -> (Socket, SocketAddr) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    socket.bind(&any.into()).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    (socket, address)
}

#[test]
fn a_refused_connect_loses_what_was_held_and_says_so() {
    let mut rig = Rig::new();
    let (_socket, address) = deaf_socket();
    let to = SendTo::Client(Box::new(client_of(address)));
    rig.send(CLIENT, to, "for nobody");
    let (refused, last) = rig.connect_failed(|error| match error {
        NetError::Connect { address, source } => Some((*address, source.kind())),
        _ => None,
    });
    assert_eq!(refused, (address, ErrorKind::ConnectionRefused));
    assert!(last);
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::NotOpen { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (10, false));
}

/// Returns a listener whose backlog is full, with what fills it: a further connect is not answered.
#[cfg(target_os = "linux")]
fn full_listener() -> (Socket, Vec<Socket>, SocketAddr) {
    let (socket, address) = deaf_socket();
    socket.listen(0).unwrap();
    let fill = |_| {
        let filler = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        filler.set_nonblocking(true).unwrap();
        // It is under way, or stands in the queue.
        filler.connect(&address.into()).ok();
        filler
    };
    let fillers = (0..4).map(fill).collect();
    (socket, fillers, address)
}

#[cfg(target_os = "linux")]
#[test]
fn a_connect_that_is_not_answered_times_out() {
    let mut rig = Rig::new();
    let (_listener, _fillers, address) = full_listener();
    let mut config = client_of(address);
    config.connect_timeout = Duration::from_millis(100);
    rig.command(CLIENT, Command::Connect(config));
    let (timeout, last) = rig.connect_failed(|error| match error {
        NetError::ConnectTimeout { timeout, .. } => Some(*timeout),
        _ => None,
    });
    assert_eq!((timeout, last), (Duration::from_millis(100), true));
}

#[cfg(target_os = "linux")]
#[test]
fn a_stop_gives_up_a_connect_that_is_under_way() {
    let mut rig = Rig::new();
    let (_listener, _fillers, address) = full_listener();
    rig.command(CLIENT, Command::Connect(client_of(address)));
    rig.wait("connecting", |event| {
        matches!(event.kind, EventKind::Connecting).then_some(())
    });
    rig.command(CLIENT, Command::Stop);
    let (target, last) = rig.connect_failed(|error| match error {
        NetError::ConnectGivenUp { target } => Some(target.clone()),
        _ => None,
    });
    assert_eq!((target, last), (address.to_string(), true));
}

#[test]
fn a_name_is_looked_up_and_all_its_addresses_are_tried() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let target = Target::new("localhost", address.port());
    let config = wirebench::net::ClientConfig::new(target);
    rig.command(CLIENT, Command::Connect(config));
    rig.connected();
    rig.send(CLIENT, SendTo::All, "by name");
    assert_eq!(rig.receive(CLIENT, 7), b"by name");
}

#[test]
fn a_name_that_is_not_found_fails_without_an_address() {
    let mut rig = Rig::new();
    // A label is at most 63 bytes long (RFC 1035): no name server has to be asked.
    let name = "x".repeat(64);
    let config = wirebench::net::ClientConfig::new(Target::new(&name, 9));
    rig.command(CLIENT, Command::Connect(config));
    let (host, last) = rig.connect_failed(|error| match error {
        NetError::LookUp { host, .. } => Some(host.clone()),
        _ => None,
    });
    assert_eq!((host, last), (name, true));
    assert!(rig.log.iter().all(|event| event.link.is_none()));
}

#[test]
fn a_taken_port_is_an_error_and_the_endpoint_goes_on() {
    let mut rig = Rig::new();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let config = ServerConfig::new(taken.local_addr().unwrap());
    rig.command(SERVER, Command::Listen(config));
    let (is_taken, _) = rig.failed(|error| Some(error.is_port_taken()));
    assert!(is_taken);
    rig.serve_one(server());
}

#[test]
fn an_address_of_another_machine_cannot_be_bound() {
    let mut rig = Rig::new();
    let bind = SocketAddr::from((Ipv4Addr::new(203, 0, 113, 1), 0));
    rig.command(SERVER, Command::Listen(ServerConfig::new(bind)));
    let (kind, _) = rig.failed(|error| match error {
        NetError::Listen { source, .. } => Some(source.kind()),
        _ => None,
    });
    assert_eq!(kind, ErrorKind::AddrNotAvailable);
}

#[test]
fn a_dual_stack_server_shows_ipv4_peers_as_ipv4() {
    let mut rig = Rig::new();
    let mut config = ServerConfig::new(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
    config.dual_stack = true;
    if TcpListener::bind(config.bind).is_err() {
        eprintln!("not run: this machine has no IPv6");
        return;
    }
    let address = rig.listen(config);
    let peer = dial(SocketAddr::from((Ipv4Addr::LOCALHOST, address.port())));
    let link = rig.wait("accepted", |event| match event.kind {
        EventKind::Accepted => event.link.clone(),
        _ => None,
    });
    assert_eq!(link.peer, peer.local_addr().unwrap());
    assert_eq!(link.local, Some(peer.peer_addr().unwrap()));
}

#[test]
fn an_ipv6_server_refuses_ipv4_peers_unless_it_is_dual_stack() {
    let mut rig = Rig::new();
    let config = ServerConfig::new(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
    if TcpListener::bind(config.bind).is_err() {
        eprintln!("not run: this machine has no IPv6");
        return;
    }
    let address = rig.listen(config);
    let target = SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()));
    let error = TcpStream::connect_timeout(&target, DEADLINE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn a_peer_that_never_reads_is_not_read_and_stop_works_at_once() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut rig = Rig::observing(observe);
        let (mut peer, id) = rig.serve_one(server());
        let taken = write_until_stuck(&mut peer);
        assert!(taken < 64 * MIB, "{taken} bytes were taken");
        rig.command(SERVER, Command::Disconnect(id));
        let closed = rig.closed();
        assert!(is_by(&closed, &ClosedBy::Us));
        assert!(closed.unsent_bytes > 0 && closed.unsent_bytes <= 3 * MIB as u64);
        assert!(closed.unread);
        rig.command(SERVER, Command::Stop);
        rig.stopped();
    }
}

#[test]
fn a_slow_reader_gets_every_byte_of_a_lifecycle_echo() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let (mut peer, _) = rig.serve_one(server());
    let taken = write_until_stuck(&mut peer);
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut peer).len(), taken);
    assert!(is_by(&rig.closed(), &ClosedBy::Peer));
    let told = rig.log.iter();
    let mut bytes = told.filter(|event| {
        matches!(
            event.kind,
            EventKind::Received { .. } | EventKind::Sent { .. }
        )
    });
    assert!(bytes.next().is_none());
}

#[test]
fn a_flood_that_nobody_records_leaves_stop_and_shutdown_at_work() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.reply = Reply::None;
    let address = rig.listen(config);
    let mut peers: Vec<TcpStream> = (0..4).map(|_| dial(address)).collect();
    for peer in &mut peers {
        write_until_stuck(peer);
    }
    assert!(rig.events.is_backed_up());
    let began = Instant::now();
    rig.command(SERVER, Command::Stop);
    for peer in &mut peers {
        let end = peer.read(&mut [0; 1]);
        assert!(!matches!(end, Ok(1)), "the server closed: {end:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(1));
    let began = Instant::now();
    rig.engine.shutdown();
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[test]
fn nothing_is_lost_when_the_receiver_comes_back() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.reply = Reply::None;
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
        for event in batch.events {
            match event.kind {
                EventKind::Received { payload } => {
                    let end = at + payload.bytes.len();
                    assert!(payload.bytes == message[at..end]);
                    at = end;
                }
                EventKind::Closed(_) => is_over = true,
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
fn a_server_goes_on_when_the_receiver_is_gone() {
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
fn a_message_to_a_gone_peer_fails_and_the_others_get_theirs() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let gone = dial(address);
    let gone_id = rig.accepted();
    let mut there = dial(address);
    let there_id = rig.accepted();
    drop(gone);
    rig.closed();
    let to = SendTo::Connections(vec![gone_id, there_id]);
    rig.send(SERVER, to, "hello");
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::NotOpen { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (5, false));
    assert_eq!(read_exactly(&mut there, 5), b"hello");
}

#[test]
fn a_message_to_all_needs_a_peer() {
    let mut rig = Rig::new();
    rig.listen(server());
    rig.send(SERVER, SendTo::All, "anybody?");
    let (bytes, _) = rig.failed(|error| match error {
        NetError::NoPeers { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!(bytes, 8);
}

#[test]
fn a_payload_beyond_the_queue_is_refused_whole() {
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
    rig.command(SERVER, Command::Disconnect(id));
    let closed = rig.closed();
    assert!(closed.unsent_bytes > 0 && closed.unsent_bytes <= queued);
    assert!(!closed.unread);
}

#[test]
fn one_byte_at_a_time_is_answered_each_time() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    for byte in 0..100 {
        peer.write_all(&[byte]).unwrap();
        assert_eq!(read_exactly(&mut peer, 1), [byte]);
    }
    assert_eq!(rig.receive(SERVER, 100).len(), 100);
    assert_eq!(rig.received(SERVER).len(), 100);
}

#[test]
fn a_stopped_server_starts_again_on_its_port() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    let address = peer.peer_addr().unwrap();
    rig.command(SERVER, Command::Stop);
    let closed_id = rig.wait("closed", |event| match &event.kind {
        EventKind::Closed(closed) if is_by(closed, &ClosedBy::Stop) => Some(connection(event)),
        _ => None,
    });
    assert_eq!(closed_id, id);
    rig.stopped();
    // The server closed first: its end is in TIME_WAIT once the peer has closed too.
    assert!(read_to_fin(&mut peer).is_empty());
    drop(peer);
    assert_eq!(rig.listen(ServerConfig::new(address)), address);
    let mut peer = dial(address);
    peer.write_all(b"again").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"again");
}

#[test]
fn a_changed_behaviour_applies_to_what_is_read_next() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    peer.write_all(b"one").unwrap();
    assert_eq!(read_exactly(&mut peer, 3), b"one");
    let mut behaviour = server().behaviour;
    behaviour.reply = Reply::Fixed(Bytes::from_static(b"fixed"));
    rig.command(SERVER, Command::Configure(behaviour));
    // Commands are carried out in their order: this one comes after the change.
    rig.send(SERVER, SendTo::All, "go");
    assert_eq!(read_exactly(&mut peer, 2), b"go");
    peer.write_all(b"two").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"fixed");
}

#[test]
fn hundreds_of_peers_are_echoed_and_stopped() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let mut peers: Vec<TcpStream> = (0..400).map(|_| dial(address)).collect();
    for peer in &mut peers {
        peer.write_all(b"ping").unwrap();
    }
    for peer in &mut peers {
        assert_eq!(read_exactly(peer, 4), b"ping");
    }
    rig.command(SERVER, Command::Stop);
    rig.stopped();
    let closed = rig.log.iter();
    let closed = closed.filter(|event| matches!(event.kind, EventKind::Closed(_)));
    assert_eq!(closed.count(), peers.len());
}

#[test]
fn a_command_beyond_the_bound_is_refused() {
    let mut rig = Rig::new();
    let command = Command::Send {
        to: SendTo::All,
        payload: rig.payload("x"),
    };
    // Each one fails and says so; nobody receives that, so that the worker must stop taking them.
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

#[test]
fn the_receiver_learns_when_the_engine_has_ended() {
    let mut rig = Rig::new();
    let (_peer, _) = rig.serve_one(server());
    rig.engine.shutdown();
    let mut kinds = Vec::new();
    let error = loop {
        match rig.events.recv_deadline(Some(deadline())) {
            Ok(batch) => kinds.extend(batch.events.into_iter().map(|event| event.kind)),
            Err(error) => break error,
        }
    };
    assert_eq!(error, RecvError::Closed);
    assert!(matches!(
        kinds.as_slice(),
        [EventKind::Closed(_), EventKind::Stopped]
    ));
}

#[test]
fn a_removed_endpoint_closes_and_others_go_on() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    let other = EndpointId(7);
    rig.command(other, Command::Listen(server()));
    let address = rig.wait("the other one listening", |event| match event.kind {
        EventKind::Listening { local, .. } if event.endpoint == other => Some(local),
        _ => None,
    });
    rig.engine.remove(SERVER);
    assert!(read_to_fin(&mut peer).is_empty());
    rig.stopped();
    let mut peer = dial(address);
    peer.write_all(b"here").unwrap();
    assert_eq!(read_exactly(&mut peer, 4), b"here");
}

/// Peers from whom nothing can be expected cost no processor time, however they came to be so.
#[cfg(target_os = "linux")]
mod idle {
    use super::*;
    use support::ProcessorTime;

    #[test]
    fn quiet_peers_cost_nothing() {
        const ENDPOINT: EndpointId = EndpointId(101);
        let mut rig = Rig::new().with_server(ENDPOINT);
        let address = rig.listen(server());
        let _peers: Vec<TcpStream> = (0..100).map(|_| dial(address)).collect();
        for _ in 0..100 {
            rig.accepted();
        }
        ProcessorTime::of(ENDPOINT).assert_idle();
    }

    #[test]
    fn half_closed_and_both_ways_shut_peers_cost_nothing() {
        const ENDPOINT: EndpointId = EndpointId(102);
        let mut rig = Rig::new().with_server(ENDPOINT);
        let mut config = server();
        config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
        let address = rig.listen(config);
        let half = dial(address);
        half.shutdown(Shutdown::Write).unwrap();
        rig.peer_finished();
        let both = dial(address);
        both.shutdown(Shutdown::Both).unwrap();
        rig.peer_finished();
        ProcessorTime::of(ENDPOINT).assert_idle();
    }

    #[test]
    fn a_peer_that_waits_for_our_fin_costs_nothing() {
        const ENDPOINT: EndpointId = EndpointId(103);
        let mut rig = Rig::new().with_server(ENDPOINT);
        let (mut peer, id) = rig.serve_one(server());
        rig.command(ENDPOINT, Command::FinishSending(id));
        assert!(read_to_fin(&mut peer).is_empty());
        ProcessorTime::of(ENDPOINT).assert_idle();
    }

    #[test]
    fn a_peer_that_does_not_read_costs_nothing() {
        const ENDPOINT: EndpointId = EndpointId(104);
        let mut rig = Rig::observing(Observe::Lifecycle).with_server(ENDPOINT);
        let (mut peer, _) = rig.serve_one(server());
        write_until_stuck(&mut peer);
        ProcessorTime::of(ENDPOINT).assert_idle();
    }

    #[test]
    fn peers_that_reset_while_events_are_stuck_cost_nothing_and_are_told_later() {
        const ENDPOINT: EndpointId = EndpointId(105);
        let mut rig = Rig::new().with_server(ENDPOINT);
        let mut config = server();
        config.behaviour.reply = Reply::None;
        let address = rig.listen(config);
        let mut peers: Vec<TcpStream> = (0..3).map(|_| dial(address)).collect();
        let taken: usize = peers.iter_mut().map(write_until_stuck).sum();
        for peer in &peers {
            SockRef::from(peer)
                .set_linger(Some(Duration::ZERO))
                .unwrap();
        }
        drop(peers);
        ProcessorTime::of(ENDPOINT).assert_idle();
        let mut resets = 0;
        let mut received = 0;
        let until = deadline();
        while resets < 3 {
            let batch = rig.events.recv_deadline(Some(until)).unwrap();
            for event in batch.events {
                match event.kind {
                    EventKind::Received { payload } => received += payload.bytes.len(),
                    EventKind::Reset { .. } => resets += 1,
                    _ => {}
                }
            }
        }
        assert!(received > 64 * MIB && received <= taken);
    }
}
