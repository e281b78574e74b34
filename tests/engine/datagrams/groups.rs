//! Multicast and broadcast on the loopback interface.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use bothends::capture::EventKind;
use bothends::net::{
    Address, ClientConfig, Command, EndpointId, Interface, NetError, Role, SendTo, ServerConfig,
};
use bothends::script::Reply;

use super::{client_of, connect, receive_from, script, server, socket};
use crate::support::{CLIENT, Rig, SERVER, connection};

/// A group of the "administratively scoped" ones (RFC 2365), and one of this machine alone (RFC 4291).
const GROUP_V4: Ipv4Addr = Ipv4Addr::new(239, 77, 12, 3);
const OTHER_V4: Ipv4Addr = Ipv4Addr::new(239, 77, 12, 4);
const GROUP_V6: Ipv6Addr = Ipv6Addr::new(0xff11, 0, 0, 0, 0, 0, 0x77, 0x12);

/// The loopback interface, which is the first one on Linux.
const LO: Interface = Interface {
    index: 1,
    ipv4: Some(Ipv4Addr::LOCALHOST),
};

/// A second server.
const OTHER: EndpointId = EndpointId(3);

fn joined(port: u16, group: IpAddr) -> ServerConfig {
    let any = match group {
        IpAddr::V4(_) => IpAddr::from(Ipv4Addr::UNSPECIFIED),
        IpAddr::V6(_) => IpAddr::from(Ipv6Addr::UNSPECIFIED),
    };
    let mut config = server(SocketAddr::new(any, port));
    config.udp.groups = vec![group];
    config.udp.interface = Some(LO);
    config
}

fn towards(group: IpAddr, port: u16) -> ClientConfig {
    let mut config = client_of(SocketAddr::new(group, port));
    config.udp.interface = Some(LO);
    config
}

/// The groups that this machine can send to by its loopback interface.
fn groups() -> Vec<IpAddr> {
    let can_send = |group: &IpAddr| {
        let mut rig = Rig::new();
        rig.command(CLIENT, Command::connect(towards(*group, 9)));
        rig.wait("a socket", |event| match event.kind {
            EventKind::Connected { .. } => Some(true),
            EventKind::ConnectFailed { .. } => Some(false),
            _ => None,
        })
    };
    let all = [IpAddr::from(GROUP_V4), GROUP_V6.into()];
    let here: Vec<_> = all.into_iter().filter(can_send).collect();
    assert!(here.contains(&GROUP_V4.into()));
    here
}

#[test]
fn all_servers_of_a_group_hear_it_and_reply_by_themselves() {
    for group in groups() {
        let mut rig = Rig::new();
        let port = rig.listen(joined(0, group)).port();
        let mut rig = rig.with_server(OTHER);
        rig.listen(joined(port, group));
        connect(&mut rig, CLIENT, towards(group, port));
        rig.send(CLIENT, SendTo::All, &b"who is there?"[..]);
        let mut heard = Vec::new();
        while heard.len() < 2 {
            let (endpoint, local) = rig.wait("a server", |event| match event.kind {
                EventKind::Received { .. } if event.endpoint != CLIENT => {
                    Some((event.endpoint, event.link.as_ref()?.local.clone()))
                }
                _ => None,
            });
            let expected = Address::udp(SocketAddr::new(group, port));
            assert_eq!(local, Some(expected), "the destination is recorded");
            heard.push(endpoint);
        }
        heard.sort_unstable();
        assert_eq!(heard, [SERVER, OTHER]);
        // Both answers arrive, from an address of a machine.
        let until = b"who is there?".len() * 2;
        assert_eq!(rig.receive(CLIENT, until).len(), until);
        let answers = rig.log.iter().filter(|it| it.endpoint == CLIENT);
        let answers: Vec<_> = answers
            .filter(|it| matches!(it.kind, EventKind::Received { .. }))
            .map(|it| it.link.as_ref().unwrap())
            .collect();
        for link in answers {
            assert_eq!(link.connection.role, Role::Client);
            assert!(
                link.peer.ip().is_some_and(|it| it.ip().is_loopback()),
                "{link:?}"
            );
        }
    }
}

/// Linux hands over what is sent to groups that others have joined, unless it is set not to.
#[test]
fn a_server_hears_no_group_that_it_has_not_joined() {
    let mut rig = Rig::new();
    let port = rig.listen(joined(0, GROUP_V4.into())).port();
    let mut rig = rig.with_server(OTHER);
    rig.listen(joined(port, OTHER_V4.into()));
    let send = |group: Ipv4Addr, bytes: &[u8]| {
        let socket = socket2::Socket::from(socket(SocketAddr::from(([127, 0, 0, 1], 0))));
        socket.set_multicast_if_v4(&Ipv4Addr::LOCALHOST).unwrap();
        let socket = UdpSocket::from(socket);
        socket.send_to(bytes, (group, port)).unwrap();
    };
    send(OTHER_V4, b"not for the first");
    send(GROUP_V4, b"for the first");
    assert_eq!(rig.receive(OTHER, 17), b"not for the first");
    assert_eq!(rig.receive(SERVER, 13), b"for the first");
}

#[test]
fn a_ttl_of_zero_stays_on_this_machine() {
    for group in groups() {
        let mut rig = Rig::new();
        let port = rig.listen(joined(0, group)).port();
        let mut config = towards(group, port);
        config.udp.multicast_ttl = Some(0);
        connect(&mut rig, CLIENT, config);
        rig.send(CLIENT, SendTo::All, &b"heard"[..]);
        assert_eq!(rig.receive(SERVER, 5), b"heard");
    }
}

#[test]
fn a_group_of_the_other_family_or_no_group_at_all_is_a_failure() {
    for (bound, group) in [
        ("0.0.0.0:0", IpAddr::from(GROUP_V6)),
        ("0.0.0.0:0", Ipv4Addr::LOCALHOST.into()),
    ] {
        let mut rig = Rig::new();
        let mut config = server(bound.parse().unwrap());
        config.udp.groups = vec![group];
        rig.command(SERVER, Command::Listen(config));
        let ((), has_link) = rig.failed(|error| match error {
            NetError::Listen { .. } => Some(()),
            _ => None,
        });
        assert!(!has_link);
    }
}

#[test]
fn a_broadcast_is_heard_and_answered_by_one_address() {
    let mut rig = Rig::new();
    let any = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    let port = rig.listen(server(any)).port();
    let everybody = SocketAddr::from(([127, 255, 255, 255], port));
    let client = connect(&mut rig, CLIENT, client_of(everybody));
    rig.send(CLIENT, SendTo::All, &b"who is there?"[..]);
    let local = rig.wait("accepted", |event| match event.kind {
        EventKind::Accepted { .. } if event.endpoint == SERVER => {
            event.link.as_ref()?.local.clone()
        }
        _ => None,
    });
    assert_eq!(local, Address::udp(everybody));
    assert_eq!(rig.receive(CLIENT, 13), b"who is there?");
    let answer = |it: &&bothends::capture::Event| {
        it.endpoint == CLIENT && matches!(it.kind, EventKind::Received { .. })
    };
    let answer = rig.log.iter().find(answer).unwrap();
    assert_ne!(connection(answer), client);
}

/// What a group was sent is answered from an address of ours; if the peer is gone, that is said of its connection.
#[test]
fn a_peer_of_a_group_that_is_gone_is_named() {
    let mut rig = Rig::new();
    let group = IpAddr::from(GROUP_V4);
    let mut config = joined(0, group);
    script(&mut config.behaviour).reply = Reply::None;
    let port = rig.listen(config).port();
    let peer = socket2::Socket::from(socket(SocketAddr::from(([127, 0, 0, 1], 0))));
    peer.set_multicast_if_v4(&Ipv4Addr::LOCALHOST).unwrap();
    let peer = UdpSocket::from(peer);
    peer.send_to(b"here", (GROUP_V4, port)).unwrap();
    let id = rig.accepted();
    rig.send(SERVER, SendTo::All, &b"hello"[..]);
    assert_eq!(receive_from(&peer).0, b"hello");
    drop(peer);
    rig.send(SERVER, SendTo::All, &b"anybody?"[..]);
    let of = rig.wait("what was not delivered", |event| match &event.kind {
        EventKind::Failed { error } if matches!(**error, NetError::Undelivered { .. }) => {
            Some(event.link.as_ref().map(|it| it.connection))
        }
        _ => None,
    });
    assert_eq!(of, Some(id));
}
