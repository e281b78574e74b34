//! What rules have others do: other connections, groups of them, and other endpoints.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{
    ClosedBy, Command, EndpointId, NetError, Observe, Requester, SendTo, ServerConfig, Unreached,
};
use bothends::script::{Act, Acts, Content, EndpointRef, Reply, Seen, Whom};
use bytes::Bytes;

use crate::rules::{number, rule, ruled};
use crate::support::{
    CLIENT, DEADLINE, MIB, Rig, SERVER, client_of, dial, is_reset, loopbacks, read_exactly,
    read_to_fin, script, server,
};

/// Does what a line says: `all …`, `others …`, `group NAME …`, `endpoint N …`, `join NAME`, `leave NAME`; `reset others`.
fn obey(seen: Seen, request: Option<&[u8]>, acts: &mut Acts) {
    acts.set_rule(Some(number(3)));
    if seen == Seen::Gone {
        let gone = Bytes::from("somebody left\n");
        let send = Act::Send(Content::Message(gone.into()));
        acts.request(Act::Elsewhere(Whom::All, Box::new(send)));
    }
    let Some(request) = request.filter(|_| seen == Seen::Request) else {
        return;
    };
    let line = std::str::from_utf8(request).unwrap().trim_end();
    let words: Vec<_> = line.split(' ').collect();
    let name = words.get(1).map(|it| Bytes::copy_from_slice(it.as_bytes()));
    let echo = || Box::new(Act::Send(Content::Request));
    let elsewhere = |whom| Act::Elsewhere(whom, echo());
    let act = match (words[0], name) {
        ("all", _) => elsewhere(Whom::All),
        ("others", _) => elsewhere(Whom::Others),
        ("group", Some(name)) => elsewhere(Whom::Group(name)),
        ("endpoint", Some(_)) => {
            let endpoint = EndpointRef(words[1].parse().unwrap());
            elsewhere(Whom::Endpoint(endpoint))
        }
        ("join", Some(name)) => Act::Join(name),
        ("leave", Some(name)) => Act::Leave(name),
        ("reset", _) => Act::Elsewhere(Whom::Others, Box::new(Act::Reset)),
        ("wait", _) => Act::Wait(Duration::from_millis(50)),
        ("finish", _) => Act::Finish,
        _ => Act::Send(Content::Request),
    };
    acts.request(act);
}

fn obeying(mut config: ServerConfig) -> ServerConfig {
    *script(&mut config.behaviour) = ruled(|seen, scene, acts| obey(seen, scene.request, acts));
    config
}

fn say(peer: &mut TcpStream, line: &str) {
    peer.write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn hears(peer: &mut TcpStream, line: &str) {
    let heard = read_exactly(peer, line.len() + 1);
    assert_eq!(String::from_utf8(heard).unwrap(), format!("{line}\n"));
}

#[test]
fn what_one_says_others_hear_in_order() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(obeying(ServerConfig::new(local)));
        let mut peers: Vec<_> = (0..3).map(|_| dial(address)).collect();
        let ids: Vec<_> = peers.iter().map(|_| rig.accepted()).collect();
        say(&mut peers[0], "others 1\nothers 2\nall 3");
        for peer in &mut peers[1..] {
            hears(peer, "others 1");
            hears(peer, "others 2");
            hears(peer, "all 3");
        }
        hears(&mut peers[0], "all 3");
        let (to, by) = rig.wait("what another one was sent", |event| {
            let link = event.link.as_ref()?;
            let is_sent = matches!(event.kind, EventKind::Sent { .. });
            is_sent.then_some((link.connection, event.by))
        });
        assert_eq!(by, rule(3));
        assert!(ids.contains(&to));
    }
}

#[test]
fn a_group_is_joined_and_left_and_an_end_leaves_it() {
    let mut rig = Rig::new();
    let address = rig.listen(obeying(server()));
    let [mut one, mut two, mut three] = [(); 3].map(|()| dial(address));
    for peer in [&mut one, &mut two, &mut three] {
        say(peer, "join blue\nready");
        hears(peer, "ready");
    }
    say(&mut three, "group blue to all\nleave blue\nready");
    for peer in [&mut one, &mut two, &mut three] {
        hears(peer, "group blue to all");
    }
    hears(&mut three, "ready");
    say(&mut three, "group blue to two");
    hears(&mut one, "group blue to two");
    hears(&mut two, "group blue to two");
    say(&mut one, "finish");
    assert_eq!(read_to_fin(&mut one), b"");
    drop(one);
    for peer in [&mut two, &mut three] {
        hears(peer, "somebody left");
    }
    say(&mut three, "group blue to one\nready");
    hears(&mut two, "group blue to one");
    hears(&mut three, "ready");
    let long = "x".repeat(257);
    say(&mut three, &format!("join {long}"));
    let ((bytes, limit), has_link) = rig.failed(|error| match error {
        NetError::GroupName { bytes, limit_bytes } => Some((*bytes, *limit_bytes)),
        _ => None,
    });
    assert_eq!((bytes, limit, has_link), (257, 256, true));
}

#[test]
fn what_others_do_waits_for_what_was_requested_before() {
    let mut rig = Rig::new();
    let address = rig.listen(obeying(server()));
    let (mut one, mut two) = (dial(address), dial(address));
    rig.accepted();
    rig.accepted();
    say(&mut one, "wait\nothers late");
    rig.wait("the wait", |event| {
        matches!(event.kind, EventKind::Waiting { .. }).then_some(())
    });
    say(&mut two, "soon");
    hears(&mut two, "soon");
    hears(&mut two, "others late");
}

#[test]
fn others_are_reset_and_all_ends_are_shown() {
    let mut rig = Rig::new();
    let address = rig.listen(obeying(server()));
    let [mut one, mut two, mut three] = [(); 3].map(|()| dial(address));
    for _ in 0..3 {
        rig.accepted();
    }
    say(&mut one, "reset others");
    assert!(is_reset(&mut two) && is_reset(&mut three));
    hears(&mut one, "somebody left");
    hears(&mut one, "somebody left");
    let (closed, by) = rig.wait("an end", |event| match &event.kind {
        EventKind::Closed(closed) => Some((closed.by.clone(), event.by)),
        _ => None,
    });
    assert!(matches!(closed, ClosedBy::OurReset));
    assert_eq!(by, rule(3));
}

#[test]
fn one_that_does_not_read_is_passed_over_and_named() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let address = rig.listen(obeying(server()));
    let deaf = dial(address);
    let deaf_address = deaf.local_addr().unwrap().into();
    let (mut one, mut two) = (dial(address), dial(address));
    for _ in 0..3 {
        rig.accepted();
    }
    let line = format!("others {}", "y".repeat(60_000));
    let is_refused = |event: &bothends::capture::Event| match &event.kind {
        EventKind::Failed { error } => matches!(**error, NetError::QueueFull { .. }),
        _ => false,
    };
    // What the system takes, and what waits here.
    for _ in 0..64 * MIB / line.len() {
        say(&mut one, &line);
        hears(&mut two, &line);
        rig.take_for(Duration::ZERO);
        if rig.log.iter().any(is_refused) {
            break;
        }
    }
    let ((peer, bytes), by) = rig.wait("the refusal", |event| match &event.kind {
        EventKind::Failed { error } => match &**error {
            NetError::QueueFull { peer, bytes, .. } => Some(((peer.clone(), *bytes), event.by)),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(
        (peer, bytes, by),
        (deaf_address, line.len() as u64 + 1, rule(3))
    );
}

#[test]
fn another_endpoint_does_it_on_all_of_its_connections() {
    const OTHER: EndpointId = EndpointId(9);
    let unreached = |rig: &mut Rig| {
        rig.wait("why not", |event| match &event.kind {
            EventKind::Failed { error } => match **error {
                NetError::Elsewhere {
                    endpoint,
                    bytes,
                    why,
                } => Some((endpoint, bytes, why, event.by, event.endpoint)),
                _ => None,
            },
            _ => None,
        })
    };
    let mut rig = Rig::new();
    let address = rig.listen(obeying(server()));
    let mut one = dial(address);
    say(&mut one, "endpoint 9 hello");
    let expected = |why| (OTHER, 17, why, rule(3), SERVER);
    assert_eq!(unreached(&mut rig), expected(Unreached::NotRunning));
    let mut silent = server();
    script(&mut silent.behaviour).reply = Reply::None;
    rig.command(OTHER, Command::Listen(silent));
    let other_address = rig.wait("listening", |event| match &event.kind {
        EventKind::Listening { local, .. } => local.ip(),
        _ => None,
    });
    say(&mut one, "endpoint 9 hello");
    assert_eq!(unreached(&mut rig), expected(Unreached::NoConnection));
    let mut peers = [dial(other_address), dial(other_address)];
    rig.accepted();
    rig.accepted();
    say(&mut one, "endpoint 9 hello");
    for peer in &mut peers {
        hears(peer, "endpoint 9 hello");
    }
    let by = rig.wait("what the other sent", |event| {
        let is_sent = matches!(event.kind, EventKind::Sent { .. });
        (is_sent && event.endpoint == OTHER).then_some(event.by)
    });
    assert_eq!(by, rule(3));
    rig.command(OTHER, Command::Stop);
    rig.stopped();
    say(&mut one, "endpoint 9 hello");
    assert_eq!(unreached(&mut rig), expected(Unreached::NotRunning));
    rig.engine.remove(OTHER);
    say(&mut one, "endpoint 9 hello\nendpoint 1 myself");
    assert_eq!(unreached(&mut rig), expected(Unreached::NotRunning));
    hears(&mut one, "endpoint 1 myself");
}

/// A circle that goes through another endpoint: what one sends has the other one send, whose peer is ours and answers.
#[test]
fn a_circle_through_another_endpoint_waits_too() {
    const BACK: EndpointId = EndpointId(7);
    const FAR: EndpointId = EndpointId(8);
    let mut rig = Rig::new();
    let passes_to = |endpoint: EndpointId| {
        ruled(move |seen, _, acts| {
            acts.set_rule(Some(number(1)));
            if seen == Seen::Request {
                let whom = Whom::Endpoint(EndpointRef(endpoint.0));
                let act = Act::Send(Content::Request);
                acts.request(Act::Elsewhere(whom, Box::new(act)));
            }
        })
    };
    // Two servers, each with a client of ours. The clients pass what they hear to each other; the servers echo.
    let echoes = || {
        ruled(|seen, _, acts| {
            acts.set_rule(Some(number(2)));
            if seen == Seen::Request {
                acts.request(Act::Send(Content::Request));
            }
        })
    };
    for (listens, connects, other) in [(SERVER, CLIENT, BACK), (FAR, BACK, CLIENT)] {
        let mut config = server();
        *script(&mut config.behaviour) = echoes();
        rig.command(listens, Command::Listen(config));
        let address = rig.wait("listening", |event| match &event.kind {
            EventKind::Listening { local, .. } => local.ip(),
            _ => None,
        });
        let mut config = client_of(address);
        *script(&mut config.behaviour) = passes_to(other);
        rig.command(connects, Command::connect(config));
        rig.both_ends();
    }
    rig.send(CLIENT, SendTo::All, &b"x\n"[..]);
    let by = rig.wait("a pause", |event| {
        matches!(event.kind, EventKind::Waiting { .. }).then_some(event.by)
    });
    assert!(matches!(by, Requester::Rule(_)));
}

#[test]
fn a_chat_of_many_reaches_all_in_turns() {
    let mut rig = Rig::new();
    let address = rig.listen(obeying(server()));
    let mut peers: Vec<_> = (0..600).map(|_| dial(address)).collect();
    for _ in &peers {
        rig.accepted();
    }
    for peer in &peers {
        peer.set_read_timeout(Some(DEADLINE)).unwrap();
    }
    say(&mut peers[0], "all 1\nall 2");
    for peer in &mut peers {
        hears(peer, "all 1");
        hears(peer, "all 2");
    }
}
