//! What the kernel says: the SYN of each peer, states, numbers and queues of what is watched, and marks.

use std::io::Write as _;
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::time::Duration;

use bothends::capture::{EventKind, Sample};
use bothends::net::kernel::{
    KernelNumbers, KernelWatch, Lack, Mark, MarkKind, Marks, Sampled, SavedSyn, Syn, SynOption,
    TcpInfoField, TcpState, TimerKind, Watched,
};
use bothends::net::{
    Accepting, Command, EndpointId, FlowId, SendTo, ServerConfig, WhenPeerFinishes,
};
use bothends::script::{Act, Reply};
use socket2::{Domain, SockRef, Socket, Type};

use crate::support::{
    CLIENT, ProcessorTime, Rig, SERVER, client_of, dial, loopbacks, read_exactly, read_to_fin,
    script, server,
};

fn watch(connection: FlowId, marks: Marks) -> Command {
    Command::Watch(Some(KernelWatch {
        every: Some(KernelWatch::SHORTEST),
        marks,
        ..KernelWatch::numbers_of(connection)
    }))
}

fn numbers(sample: &Sample) -> Option<KernelNumbers> {
    match &sample.what {
        Sampled::Numbers(numbers) => Some((**numbers).clone()),
        _ => None,
    }
}

fn mark(sample: &Sample) -> Option<Mark> {
    match sample.what {
        Sampled::Mark(mark) => Some(mark),
        _ => None,
    }
}

/// Returns the states of both ends, once they are these.
fn states(rig: &mut Rig, ours: Option<TcpState>, peer: Option<TcpState>) -> KernelNumbers {
    let what = format!("{ours:?} {peer:?}");
    rig.sampled(&what, |sample| {
        let numbers = numbers(sample)?;
        let is = |end: &Option<_>, state| {
            end.as_ref()
                .map(|it: &bothends::net::kernel::SocketNumbers| it.state)
                == state
        };
        (is(&numbers.ours, ours) && is(&numbers.peer, peer)).then_some(numbers)
    })
}

fn silent() -> ServerConfig {
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    config
}

fn syn(rig: &mut Rig) -> Option<SavedSyn> {
    rig.wait("accepted", |event| match &event.kind {
        EventKind::Accepted { syn, .. } => Some(syn.clone()),
        _ => None,
    })
}

#[test]
fn the_syn_of_each_peer_is_known() {
    for address in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(ServerConfig::new(address));
        let peer = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
        let hops = 33;
        if address.is_ipv4() {
            peer.set_ttl_v4(hops).unwrap();
        } else {
            peer.set_unicast_hops_v6(hops).unwrap();
        }
        peer.set_tcp_mss(1_000).unwrap();
        peer.connect(&address.into()).unwrap();
        let saved = syn(&mut rig).unwrap();
        let parsed: Syn = saved.parse().unwrap();
        let version = if address.is_ipv4() { 4 } else { 6 };
        assert_eq!((parsed.ip_version, parsed.hops), (version, 33));
        assert_eq!(parsed.mss(), Some(1_000));
        assert!(parsed.permits_sack() && parsed.has_timestamps());
        assert!(parsed.window_scale().is_some());
        let sizes = |option: &SynOption| matches!(option, SynOption::MaximumSegmentSize(1_000));
        assert_eq!(parsed.options.iter().position(sizes), Some(0));
        // Ports stand where a TCP header has them.
        let tcp = &saved.bytes()[if address.is_ipv4() { 20 } else { 40 }..];
        assert_eq!(tcp[2..4], address.port().to_be_bytes());
    }
}

#[test]
fn both_ends_of_a_watched_connection_are_known_and_nothing_once_it_is_not_watched() {
    for address in loopbacks() {
        let mut rig = Rig::new();
        let mut config = ServerConfig::new(address);
        script(&mut config.behaviour).reply = Reply::None;
        let (mut peer, id) = rig.serve_one(config);
        rig.command(SERVER, watch(id, Marks::None));
        let open = Some(TcpState::Established);
        let first = states(&mut rig, open, open);
        assert!(
            first
                .ours
                .unwrap()
                .info
                .get(TcpInfoField::RoundTrip)
                .unwrap()
                > 0
        );
        let queue = first.queue.unwrap();
        assert_eq!((queue.waiting, queue.limit > 0), (0, true));
        peer.write_all(b"hello").unwrap();
        rig.sampled("five bytes", |sample| {
            let ours = numbers(sample)?.ours?;
            (ours.info.get(TcpInfoField::BytesReceived) == Some(5)).then_some(())
        });
        rig.command(SERVER, Command::Watch(None));
        peer.write_all(b"!").unwrap();
        rig.receive(SERVER, 6);
        rig.samples.clear();
        // Longer than the time between two questions.
        rig.take_for(3 * KernelWatch::SHORTEST);
        assert!(rig.samples.is_empty(), "{:?}", rig.samples);
    }
}

#[test]
fn acknowledged_bytes_are_marked_by_their_place_in_the_stream() {
    for address in loopbacks() {
        let mut rig = Rig::new();
        let mut config = ServerConfig::new(address);
        script(&mut config.behaviour).reply = Reply::None;
        let (mut peer, id) = rig.serve_one(config);
        rig.send(SERVER, SendTo::All, vec![b'a'; 50]);
        read_exactly(&mut peer, 50);
        rig.command(SERVER, watch(id, Marks::Acknowledged));
        rig.sampled("the first numbers", numbers);
        for (bytes, end) in [(1_000, 1_050), (100, 1_150)] {
            rig.send(SERVER, SendTo::All, vec![b'x'; bytes]);
            read_exactly(&mut peer, bytes);
            let mark = rig.sampled("a mark", mark);
            assert_eq!((mark.kind, mark.end), (MarkKind::Acknowledged, end));
            let written = rig.log.iter().rev().find_map(|event| {
                let is_sent = matches!(event.kind, EventKind::Sent { .. });
                is_sent.then_some(event.stamp)
            });
            assert!(written.unwrap() <= mark.at);
        }
        let mut tries = 0;
        // All marks count from where the first ones did.
        rig.command(SERVER, watch(id, Marks::All));
        rig.sampled("more numbers", numbers);
        rig.send(SERVER, SendTo::All, "y");
        for kind in [MarkKind::Scheduled, MarkKind::Left, MarkKind::Acknowledged] {
            let mark = rig.sampled("a mark", |it| mark(it).filter(|it| it.kind == kind));
            assert_eq!(mark.end, 1_151, "{kind:?}");
        }
        // The kernel stamps what arrives only some moments after it was asked to.
        let arrived = loop {
            peer.write_all(b"b").unwrap();
            rig.take_for(Duration::from_millis(20));
            let mut marks = rig.samples.drain(..).filter_map(|it| mark(&it));
            if let Some(arrived) = marks.find(|it| it.kind == MarkKind::Arrived) {
                break arrived;
            }
            tries += 1;
            assert!(tries < 500, "nothing arrives");
        };
        assert!(arrived.end > 0 && arrived.end <= tries + 1, "{arrived:?}");
        rig.command(SERVER, Command::Watch(None));
        rig.send(SERVER, SendTo::All, "z");
        read_exactly(&mut peer, 2);
        rig.samples.clear();
        rig.take_for(Duration::from_millis(100));
        assert!(rig.samples.iter().all(|it| mark(it).is_none()));
        // Marks that begin anew count from there.
        rig.command(SERVER, watch(id, Marks::Acknowledged));
        rig.sampled("numbers again", numbers);
        rig.send(SERVER, SendTo::All, "last");
        assert_eq!(rig.sampled("a mark", mark).end, 1_156);
    }
}

#[test]
fn a_marked_connection_costs_nothing_while_nothing_happens() {
    const ENDPOINT: EndpointId = EndpointId(121);
    let mut rig = Rig::new().with_server(ENDPOINT);
    let mut config = silent();
    config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    let (mut peer, id) = rig.serve_one(config);
    rig.command(ENDPOINT, watch(id, Marks::All));
    rig.sampled("the first numbers", numbers);
    // It takes part in nothing: neither reads nor writes, while its stamps come.
    let stop = Act::StopReading;
    rig.command(
        ENDPOINT,
        Command::Act {
            connection: id,
            act: stop,
        },
    );
    rig.send(ENDPOINT, SendTo::All, "some bytes");
    read_exactly(&mut peer, 10);
    rig.sampled("an acknowledgement", |it| {
        mark(it).filter(|it| it.kind == MarkKind::Acknowledged)
    });
    let of = Watched::Connection {
        connection: id,
        ends: None,
    };
    let marks = KernelWatch {
        of,
        every: None,
        marks: Marks::All,
    };
    rig.command(ENDPOINT, Command::Watch(Some(marks)));
    ProcessorTime::of(ENDPOINT).assert_idle();
    // The connection still works, and its end is still seen.
    peer.write_all(b"unread").unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    let resume = Act::ResumeReading;
    rig.command(
        ENDPOINT,
        Command::Act {
            connection: id,
            act: resume,
        },
    );
    assert_eq!(rig.receive(ENDPOINT, 6), b"unread");
    rig.peer_finished();
}

#[test]
fn a_reset_among_marks_is_still_a_reset() {
    let mut rig = Rig::new();
    let (peer, id) = rig.serve_one(silent());
    rig.command(SERVER, watch(id, Marks::All));
    rig.sampled("the first numbers", numbers);
    for _ in 0..20 {
        rig.send(SERVER, SendTo::All, "never read");
    }
    rig.sampled("an acknowledgement", |it| {
        mark(it).filter(|it| it.end == 200)
    });
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    rig.wait("a reset", |event| {
        matches!(event.kind, EventKind::Reset { .. }).then_some(())
    });
    states(&mut rig, None, None);
}

#[test]
fn after_the_end_the_kernel_still_has_it_in_time_wait() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(silent());
    rig.command(SERVER, watch(id, Marks::None));
    rig.sampled("the first numbers", numbers);
    let close = Act::Close;
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act: close,
        },
    );
    assert!(read_to_fin(&mut peer).is_empty());
    states(
        &mut rig,
        Some(TcpState::FinWait2),
        Some(TcpState::CloseWait),
    );
    let ends = (peer.peer_addr().unwrap(), peer.local_addr().unwrap());
    drop(peer);
    let waiting = states(&mut rig, Some(TcpState::TimeWait), None);
    let timer = waiting.ours.unwrap().timer.unwrap();
    assert_eq!(timer.kind, TimerKind::TimeWait);
    assert!(timer.left <= Duration::from_mins(1) && timer.left > Duration::from_secs(30));
    // It can also be watched afterwards, by its addresses.
    let watch = |ends: Option<(SocketAddr, SocketAddr)>| {
        let of = Watched::Connection {
            connection: id,
            ends: ends.map(|(local, peer)| (local.into(), peer.into())),
        };
        Command::Watch(Some(KernelWatch {
            of,
            ..KernelWatch::numbers_of(id)
        }))
    };
    rig.command(SERVER, watch(Some(ends)));
    rig.samples.clear();
    states(&mut rig, Some(TcpState::TimeWait), None);
    rig.command(SERVER, watch(None));
    let lack = rig.sampled("nothing", |sample| match &sample.what {
        Sampled::Lacking(lack) => Some(lack.clone()),
        _ => None,
    });
    assert_eq!(lack, Lack::Gone);
}

#[test]
fn peers_that_are_not_accepted_wait_in_the_queue() {
    let mut rig = Rig::new();
    let mut config = silent();
    config.backlog = 3;
    let address = rig.listen(config);
    rig.command(SERVER, Command::Accept(Accepting::Stop));
    rig.command(
        SERVER,
        Command::Watch(Some(KernelWatch {
            of: Watched::Listener,
            every: Some(KernelWatch::SHORTEST),
            marks: Marks::None,
        })),
    );
    let _peers: Vec<_> = (0..4).map(|_| dial(address)).collect();
    let limit = rig.sampled("a full queue", |sample| match sample.what {
        Sampled::Queue(queue) if queue.waiting == 4 => Some(queue.limit),
        _ => None,
    });
    assert_eq!(limit, 3);
    // One more is left in SYN-SENT: its SYN is dropped.
    let mut clients = Rig::new();
    clients.command(CLIENT, Command::connect(client_of(address)));
    let id = clients.wait("connecting", |event| {
        let id = event.link.as_ref().map(|link| link.connection);
        id.filter(|_| matches!(event.kind, EventKind::Connecting))
    });
    clients.command(CLIENT, watch(id, Marks::All));
    states(&mut clients, Some(TcpState::SynSent), None);
    rig.command(SERVER, Command::Accept(Accepting::Accept));
    states(
        &mut clients,
        Some(TcpState::Established),
        Some(TcpState::Established),
    );
    clients.send(CLIENT, SendTo::All, "x");
    let mark = clients.sampled("an acknowledgement", |it| {
        mark(it).filter(|it| it.kind == MarkKind::Acknowledged)
    });
    assert_eq!(mark.end, 1);
}

#[test]
fn a_listener_that_is_gone_is_said_to_be() {
    let mut rig = Rig::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    rig.command(CLIENT, Command::connect(client_of(address)));
    rig.connected();
    rig.command(
        CLIENT,
        Command::Watch(Some(KernelWatch {
            of: Watched::Listener,
            every: Some(KernelWatch::SHORTEST),
            marks: Marks::None,
        })),
    );
    let lack = rig.sampled("a lack", |sample| match &sample.what {
        Sampled::Lacking(lack) => Some(lack.clone()),
        _ => None,
    });
    assert_eq!(lack, Lack::Gone);
}
