//! Clients: look-ups, failing addresses, time-outs.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{
    ClientConfig, Command, FlowId, LookUpErrorKind, NetError, Reconnect, SendTo, Target,
};
use bothends::script::Act;

#[cfg(target_os = "linux")]
use crate::support::full_listener;
use crate::support::{
    CLIENT, DEADLINE, Rig, SERVER, client_of, deaf_socket, loopbacks, read_exactly, server,
};

#[test]
fn a_refused_connect_reports_the_loss_of_held_messages() {
    let mut rig = Rig::new();
    let (_socket, address) = deaf_socket();
    let to = SendTo::Client(Box::new(client_of(address)));
    rig.send(CLIENT, to, "for nobody");
    let (refused, last) = rig.connect_failed(|error| match error {
        NetError::Connect { address, source } => Some((address.clone(), source.kind)),
        _ => None,
    });
    assert_eq!(refused, (address.into(), ErrorKind::ConnectionRefused));
    assert!(last);
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::NotConnected { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (10, false));
}

#[cfg(target_os = "linux")]
#[test]
fn an_unanswered_connect_times_out() {
    let mut rig = Rig::new();
    let (_listener, _fillers, address) = full_listener();
    let mut config = client_of(address);
    config.connect_timeout = Duration::from_millis(100);
    rig.command(CLIENT, Command::connect(config));
    let (timeout, last) = rig.connect_failed(|error| match error {
        NetError::ConnectTimeout { timeout, .. } => Some(*timeout),
        _ => None,
    });
    assert_eq!((timeout, last), (Duration::from_millis(100), true));
}

#[cfg(target_os = "linux")]
#[test]
fn stop_gives_up_a_pending_connect() {
    let mut rig = Rig::new();
    let (_listener, _fillers, address) = full_listener();
    rig.command(CLIENT, Command::connect(client_of(address)));
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
    let config = ClientConfig::new(target);
    rig.command(CLIENT, Command::connect(config));
    let looked_up = rig.wait("looking up", |event| match &event.kind {
        EventKind::LookingUp { host, port } => Some((host.clone(), *port, event.link.is_none())),
        _ => None,
    });
    assert_eq!(looked_up, ("localhost".to_owned(), address.port(), true));
    rig.wait("connecting", |event| {
        matches!(event.kind, EventKind::Connecting).then_some(())
    });
    rig.connected();
    rig.send(CLIENT, SendTo::All, "by name");
    assert_eq!(rig.receive(CLIENT, 7), b"by name");
}

#[test]
fn an_unknown_name_fails_without_an_address() {
    let mut rig = Rig::new();
    // A label has at most 63 bytes (RFC 1035), so no name server need be asked.
    let name = "x".repeat(64);
    let config = ClientConfig::new(Target::new(&name, 9));
    rig.command(CLIENT, Command::connect(config));
    let (host, last) = rig.connect_failed(|error| match error {
        NetError::LookUp { host, source } => Some((host.clone(), source.kind)),
        _ => None,
    });
    assert_eq!((host, last), ((name, LookUpErrorKind::NotFound), true));
    assert!(rig.log.iter().all(|event| event.link.is_none()));
}

/// Returns settings of a client that connects again soon.
fn returning(address: SocketAddr, attempts: Option<u32>) -> ClientConfig {
    ClientConfig {
        reconnect: Some(Reconnect {
            first: Duration::from_millis(10),
            most: Duration::from_millis(40),
            attempts: attempts.and_then(NonZeroU32::new),
        }),
        ..client_of(address)
    }
}

/// Waits until an attempt is planned; returns which in a row it is, and its wait.
fn planned(rig: &mut Rig) -> (u32, Duration, Option<NonZeroU32>) {
    rig.wait("a planned attempt", |event| match event.kind {
        EventKind::Reconnecting {
            after,
            attempt,
            attempts,
        } => {
            assert!(event.link.is_none());
            Some((attempt, after, attempts))
        }
        _ => None,
    })
}

#[test]
fn a_client_comes_back_when_its_server_does() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let listener = TcpListener::bind(local).unwrap();
        let address = listener.local_addr().unwrap();
        rig.command(CLIENT, Command::connect(returning(address, None)));
        let (peer, _) = listener.accept().unwrap();
        let first = rig.connected();
        drop((peer, listener));
        for attempt in 1..=4 {
            let (planned, after, attempts) = planned(&mut rig);
            assert_eq!((planned, attempts), (attempt, None));
            let longest = Duration::from_millis(40.min(10 << (attempt - 1)));
            assert!(after <= longest && after >= longest * 3 / 4, "{after:?}");
            let (last, _) = rig
                .connect_failed(|error| matches!(error, NetError::Connect { .. }).then_some(true));
            assert!(last);
        }
        let listener = TcpListener::bind(address).unwrap();
        let (mut peer, _) = listener.accept().unwrap();
        peer.set_read_timeout(Some(DEADLINE)).unwrap();
        assert!(rig.connected() > first);
        rig.send(CLIENT, SendTo::All, "again");
        assert_eq!(read_exactly(&mut peer, 5), b"again");
        // The count begins anew: this is the first attempt in a row.
        drop((peer, listener));
        loop {
            let (attempt, ..) = planned(&mut rig);
            if attempt == 1 {
                break;
            }
        }
    }
}

#[test]
fn a_client_gives_up_after_as_many_attempts_as_it_may_make() {
    let mut rig = Rig::new();
    let (_socket, address) = deaf_socket();
    rig.command(CLIENT, Command::connect(returning(address, Some(2))));
    let two = NonZeroU32::new(2);
    for attempt in 1..=2 {
        let (planned, _, attempts) = planned(&mut rig);
        assert_eq!((planned, attempts), (attempt, two));
    }
    // Were there a third, it would come before what is requested now.
    rig.connect_failed(|_| Some(()));
    rig.take_for(Duration::from_millis(60));
    let is_planned =
        |event: &&bothends::capture::Event| matches!(event.kind, EventKind::Reconnecting { .. });
    assert_eq!(rig.log.iter().filter(is_planned).count(), 2);
}

#[test]
fn a_wait_is_cancelled_at_once_and_what_one_ends_oneself_stays_ended() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let mut config = returning(address, None);
    config.reconnect = Some(Reconnect {
        first: Duration::from_mins(1),
        most: Duration::from_mins(1),
        attempts: None,
    });
    rig.command(CLIENT, Command::connect(config.clone()));
    let id = rig.connected();
    rig.command(SERVER, Command::Stop);
    planned(&mut rig);
    rig.command(CLIENT, Command::Stop);
    let given_up = |rig: &mut Rig| {
        rig.connect_failed(|error| match error {
            NetError::ConnectGivenUp { target } => Some(target.clone()),
            _ => None,
        })
    };
    assert_eq!(given_up(&mut rig), (address.to_string(), true));
    let mut server = server();
    server.bind = address.into();
    rig.listen(server);
    rig.command(CLIENT, Command::connect(config));
    let id = FlowId::client(rig.connected().number.max(id.number));
    let act = Act::Close;
    rig.command(
        CLIENT,
        Command::Act {
            connection: id,
            act,
        },
    );
    rig.closed();
    // A message connects at once. Had a wait begun, it would be reported before.
    rig.command(CLIENT, Command::Stop);
    rig.take_for(Duration::from_millis(20));
    let planned =
        |event: &&bothends::capture::Event| matches!(event.kind, EventKind::Reconnecting { .. });
    assert_eq!(rig.log.iter().filter(planned).count(), 1);
}

#[test]
fn a_message_does_not_wait_for_the_next_attempt() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let mut config = returning(address, None);
    config.reconnect = Some(Reconnect {
        first: Duration::from_mins(1),
        most: Duration::from_mins(1),
        attempts: None,
    });
    rig.command(CLIENT, Command::connect(config.clone()));
    rig.connected();
    rig.command(SERVER, Command::Stop);
    planned(&mut rig);
    let mut server = server();
    server.bind = address.into();
    rig.listen(server);
    rig.send(CLIENT, SendTo::Client(Box::new(config)), "now");
    assert_eq!(rig.receive(CLIENT, 3), b"now");
}
