//! Clients: look-ups, failing addresses, time-outs.

use std::io::ErrorKind;
#[cfg(target_os = "linux")]
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{ClientConfig, Command, NetError, SendTo, Target};

#[cfg(target_os = "linux")]
use crate::support::full_listener;
use crate::support::{CLIENT, Rig, client_of, deaf_socket, server};

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
        NetError::LookUp { host, .. } => Some(host.clone()),
        _ => None,
    });
    assert_eq!((host, last), (name, true));
    assert!(rig.log.iter().all(|event| event.link.is_none()));
}
