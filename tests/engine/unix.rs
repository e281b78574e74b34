//! Unix stream sockets: what each end sees, and what happens to the socket's file.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixListener;
use std::path::Path;

use bothends::capture::EventKind;
use bothends::net::{
    Address, ClientConfig, ClosedBy, Command, NetError, ServerConfig, Target, UnixName,
};

use bothends::payload::template::RenderProblem;
use bothends::payload::{Draft, Encoding};
use bothends::script::Reply;

#[cfg(target_os = "linux")]
use socket2::SockRef;

use crate::support::{CLIENT, Rig, SERVER, script};
use crate::unix_socket::{connect, echoes, is_socket, mode};

fn at(path: &Path) -> Address {
    UnixName::of(path.to_str().unwrap()).into()
}

fn template(text: &str) -> Reply {
    let draft = Draft {
        text: text.to_owned(),
        template: true,
        ..Draft::default()
    };
    let template = draft.compile(Encoding::default()).unwrap();
    Reply::Message(template.into())
}

#[test]
fn a_unix_server_echoes_names_its_peer_and_removes_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let mut rig = Rig::new();
    let mut config = ServerConfig::new(at(&path));
    config.mode = Some(0o600);
    assert_eq!(rig.bind(config), at(&path));
    assert_eq!((is_socket(&path), mode(&path)), (true, 0o600));
    let mut peer = connect(&path);
    let process = rig.wait("accepted", |event| match &event.kind {
        EventKind::Accepted { process, .. } => Some(process.clone()),
        _ => None,
    });
    if cfg!(target_os = "linux") {
        assert_eq!(process.unwrap().pid, std::process::id());
    }
    echoes(&mut peer);
    drop(peer);
    assert!(matches!(rig.closed().by, ClosedBy::Peer));
    rig.command(SERVER, Command::Stop);
    rig.stopped();
    assert!(!path.exists());
}

#[test]
fn a_reply_names_both_ends_of_its_connection() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let mut rig = Rig::new();
    let mut config = ServerConfig::new(at(&path));
    script(&mut config.behaviour).reply = template("{{local}} to {{peer}}\n");
    rig.bind(config);
    let mut peer = connect(&path);
    let named = rig.wait("accepted", |event| match &event.kind {
        EventKind::Accepted { .. } => event.link.as_ref().map(|link| link.peer.clone()),
        _ => None,
    });
    if cfg!(target_os = "linux") {
        let process = format!("[{}]", std::process::id());
        assert!(named.to_string().ends_with(&process), "{named}");
    }
    let expected = format!("unix:{} to {named}\n", path.display());
    peer.write_all(b"who?").unwrap();
    let mut bytes = vec![0; expected.len()];
    peer.read_exact(&mut bytes).unwrap();
    assert_eq!(bytes, expected.as_bytes());
}

#[test]
fn a_part_of_an_address_that_a_unix_socket_lacks_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let mut rig = Rig::new();
    let mut config = ServerConfig::new(at(&path));
    script(&mut config.behaviour).reply = template("{{peer port}}");
    rig.bind(config);
    connect(&path).write_all(b"which port?").unwrap();
    let (problem, has_link) = rig.failed(|error| match error {
        NetError::Template { source } => Some(source.problem.clone()),
        _ => None,
    });
    assert_eq!((problem, has_link), (RenderProblem::NoIp, true));
}

#[test]
fn a_stale_file_is_replaced_and_one_in_use_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let other = UnixListener::bind(&path).unwrap();
    let mut rig = Rig::new();
    let listen = || Command::Listen(ServerConfig::new(at(&path)));
    rig.command(SERVER, listen());
    rig.failed(|error| error.is_port_taken().then_some(()));
    drop(other);
    assert!(is_socket(&path), "a listener leaves its file behind");
    rig.command(SERVER, listen());
    rig.wait("listening", |event| {
        matches!(event.kind, EventKind::Listening { .. }).then_some(())
    });
    echoes(&mut connect(&path));
}

#[test]
fn a_file_that_is_no_socket_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "precious").unwrap();
    let mut rig = Rig::new();
    rig.command(SERVER, Command::Listen(ServerConfig::new(at(&path))));
    rig.failed(|error| error.is_port_taken().then_some(()));
    assert_eq!(fs::read(&path).unwrap(), b"precious");
}

#[test]
fn a_file_that_was_replaced_meanwhile_is_not_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let mut rig = Rig::new();
    rig.bind(ServerConfig::new(at(&path)));
    fs::remove_file(&path).unwrap();
    let _other = UnixListener::bind(&path).unwrap();
    rig.command(SERVER, Command::Stop);
    rig.stopped();
    assert!(is_socket(&path));
}

#[cfg(target_os = "linux")]
#[test]
fn both_ends_of_an_abstract_name_are_one_connection() {
    use bothends::net::{Role, SendTo};

    let name = UnixName::of(&format!("@bothends-test-{}", std::process::id()));
    let mut rig = Rig::new();
    let address = rig.bind(ServerConfig::new(name));
    let config = ClientConfig::new(Target::Address(address.clone()));
    rig.command(CLIENT, Command::connect(config));
    let (client, server) = rig.both_ends();
    assert_eq!(
        (client.number, client.role, server.role),
        (server.number, Role::Client, Role::Server)
    );
    rig.send(CLIENT, SendTo::All, &b"over here"[..]);
    assert_eq!(rig.receive(CLIENT, 9), b"over here");
}

#[test]
fn a_client_waits_for_room_in_a_full_queue_and_reports_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let mut rig = Rig::new();
    let config = || ClientConfig::new(Target::Address(at(&path)));
    rig.command(CLIENT, Command::connect(config()));
    let ((), last) = rig.connect_failed(|error| match error {
        NetError::Connect { source, .. } => {
            (source.kind == std::io::ErrorKind::NotFound).then_some(())
        }
        _ => None,
    });
    assert!(last);
    let socket = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::STREAM, None).unwrap();
    socket
        .bind(&socket2::SockAddr::unix(&path).unwrap())
        .unwrap();
    socket.listen(0).unwrap();
    let listener = UnixListener::from(socket);
    // Linux takes one more than it is asked for.
    let waiting = connect(&path);
    rig.command(CLIENT, Command::connect(config()));
    rig.wait("connecting", |event| {
        matches!(event.kind, EventKind::Connecting).then_some(())
    });
    let (_first, _) = listener.accept().unwrap();
    rig.connected();
    drop(waiting);
}

#[cfg(target_os = "linux")]
#[test]
fn bytes_out_of_band_stay_in_the_stream() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let mut rig = Rig::new();
    rig.bind(ServerConfig::new(at(&path)));
    let mut peer = connect(&path);
    peer.write_all(b"a").unwrap();
    SockRef::from(&peer).send_out_of_band(b"!").unwrap();
    peer.write_all(b"b").unwrap();
    assert_eq!(rig.receive(SERVER, 3), b"a!b");
}
