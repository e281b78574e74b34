//! STARTTLS: connections that are plain until a rule, a sequence or the user encrypts them.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::tls::{ServerTls, TlsProblem};
use bothends::net::{
    ClientConfig, ClosedBy, Command, FlowId, NetError, Requester, RunOn, SendTo, SequenceEnd,
    ServerConfig,
};
use bothends::payload::Pattern;
use bothends::script::sequence::{Awaited, Sequence, SequenceOutcome, Step, Wanted};
use bothends::script::{Act, Reply, Script, Seen};
use bytes::Bytes;

use super::{Client, agreed, closed_by, failure, on_request};
use crate::ground::Ground;
use crate::rules::{echo, number, ruled};
use crate::support::{CLIENT, Rig, SERVER, dial, read_exactly, script, server};

/// Returns a script that begins TLS after a line, and echoes all others.
fn starting() -> Script {
    ruled(|seen, scene, acts| {
        if seen != Seen::Request {
            return;
        }
        acts.set_rule(Some(number(1)));
        if scene.request.is_some_and(|it| it.starts_with(b"STARTTLS")) {
            acts.send(Bytes::from("220 go on\n"));
            acts.request(Act::StartTls);
        } else {
            acts.request(echo());
        }
    })
}

fn plain_at_first() -> ServerConfig {
    ServerConfig {
        tls: Some(Box::new(on_request(ServerTls::default()))),
        ..server()
    }
}

fn by_rule() -> ServerConfig {
    let mut config = plain_at_first();
    *script(&mut config.behaviour) = starting();
    config
}

fn start_tls(rig: &mut Rig, endpoint: bothends::net::EndpointId, connection: FlowId) {
    let act = Act::StartTls;
    rig.command(endpoint, Command::Act { connection, act });
}

fn upgraded(rig: &mut Rig, endpoint: bothends::net::EndpointId) -> Requester {
    rig.find("the beginning of TLS", |event| {
        let is_it = event.endpoint == endpoint && matches!(event.kind, EventKind::Upgraded);
        is_it.then_some(event.by)
    })
}

fn encrypted(ground: &Ground, socket: TcpStream) -> Client {
    ground.foreign_over(socket, &[&rustls::version::TLS13])
}

#[test]
fn a_rule_starts_tls() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, _) = rig.serve_one(by_rule());
    peer.write_all(b"plain\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 6), b"plain\n");
    peer.write_all(b"STARTTLS\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 10), b"220 go on\n");
    let mut peer = encrypted(&ground, peer);
    peer.write_all(b"secret\n").unwrap();
    let mut got = [0; 7];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"secret\n");
    assert_eq!(upgraded(&mut rig, SERVER), crate::rules::rule(1));
    agreed(&mut rig, SERVER);
    rig.receive(SERVER, 22);
    // Only what came afterwards has a size on the wire.
    let sizes = rig.log.iter().filter_map(|event| match &event.kind {
        EventKind::Received { payload } => Some(payload.wire_bytes.is_some()),
        _ => None,
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn plaintext_behind_the_request_is_not_taken_for_encrypted() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, _) = rig.serve_one(by_rule());
    // One write, so that it is in one read (CVE-2011-0411 and its many relatives).
    peer.write_all(b"STARTTLS\nEVIL\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 10), b"220 go on\n");
    let mut peer = encrypted(&ground, peer);
    peer.write_all(b"GOOD\n").unwrap();
    let mut got = [0; 5];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"GOOD\n");
}

#[test]
fn half_a_line_before_tls_is_not_completed_by_what_is_encrypted() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, _) = rig.serve_one(by_rule());
    peer.write_all(b"STARTTLS\nEVI").unwrap();
    assert_eq!(read_exactly(&mut peer, 10), b"220 go on\n");
    let mut peer = encrypted(&ground, peer);
    peer.write_all(b"L\nGOOD\n").unwrap();
    let mut got = [0; 7];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"L\nGOOD\n");
}

#[test]
fn plaintext_in_place_of_the_hello_is_no_tls() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, _) = rig.serve_one(by_rule());
    peer.write_all(b"STARTTLS\n").unwrap();
    assert_eq!(read_exactly(&mut peer, 10), b"220 go on\n");
    peer.write_all(b"EVIL\n").unwrap();
    let failure = failure(&mut rig, SERVER);
    assert!(
        matches!(failure.problem, TlsProblem::NotTls { .. }),
        "{failure:?}"
    );
}

/// A client that is plain until it starts TLS.
fn client(ground: &Ground, address: std::net::SocketAddr) -> ClientConfig {
    let mut config = ground.client(address);
    config.tls = Some(Box::new(on_request(ground.client_settings())));
    config
}

fn expect(text: &str) -> Step {
    let wanted = Wanted::Bytes {
        pattern: Pattern::parse(text).unwrap(),
        bytes: text.bytes().map(Some).collect(),
    };
    Step::Expect {
        what: Awaited::Request(wanted),
        within: Duration::from_secs(10),
    }
}

fn send(text: &str) -> Step {
    Step::Send(Bytes::copy_from_slice(text.as_bytes()).into())
}

#[test]
fn a_sequence_starts_tls_with_a_server_whose_rule_does() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(by_rule());
    let sequence = Sequence {
        name: "log in".to_owned(),
        steps: vec![
            send("STARTTLS\n"),
            expect("220 go on"),
            Step::StartTls,
            send("secret\n"),
            expect("secret"),
        ],
        framing: "lf".parse().ok(),
    };
    let on = RunOn::Client(Box::new(client(&ground, address)));
    let sequence = Arc::new(sequence);
    rig.command(CLIENT, Command::Run { on, sequence });
    let end: SequenceEnd = rig.find("the end of the sequence", |event| match &event.kind {
        EventKind::SequenceEnded { end, .. } => Some((**end).clone()),
        _ => None,
    });
    assert_eq!(end.outcome, SequenceOutcome::Passed, "{end:?}");
    assert_eq!(upgraded(&mut rig, CLIENT), Requester::Sequence);
    assert_eq!(
        agreed(&mut rig, CLIENT).server_name.as_deref(),
        Some(super::NAME)
    );
    agreed(&mut rig, SERVER);
}

#[test]
fn the_user_starts_tls_at_both_ends() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(plain_at_first());
    rig.send(
        CLIENT,
        SendTo::Client(Box::new(client(&ground, address))),
        "plain",
    );
    let (ours, theirs) = rig.both_ends();
    assert_eq!(rig.receive(CLIENT, 5), b"plain");
    start_tls(&mut rig, SERVER, theirs);
    start_tls(&mut rig, CLIENT, ours);
    rig.send(CLIENT, SendTo::Connections(vec![ours]), "secret");
    assert_eq!(rig.receive(CLIENT, 11), b"plainsecret");
    assert_eq!(upgraded(&mut rig, SERVER), Requester::User);
    agreed(&mut rig, CLIENT);
}

#[test]
fn tls_that_is_not_set_up_cannot_be_started() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, id) = rig.serve_one(server());
    start_tls(&mut rig, SERVER, id);
    let ((), has_link) = rig.failed(|error| matches!(error, NetError::NoTls).then_some(()));
    assert!(has_link);
    peer.write_all(b"plain").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"plain", "it goes on");
}

#[test]
fn tls_cannot_be_started_twice() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(super::serving(ServerTls::default()));
    let mut peer = ground.foreign(address);
    let id = rig.accepted();
    start_tls(&mut rig, SERVER, id);
    rig.failed(|error| matches!(error, NetError::NoTls).then_some(()));
    peer.write_all(b"x").unwrap();
    peer.read_exact(&mut [0]).unwrap();
}

#[test]
fn a_client_that_cannot_begin_tls_sends_nothing_in_the_clear() {
    let ground = Ground::new();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let mut rig = ground.rig();
    let mut config = client(&ground, listener.local_addr().unwrap());
    // No certificate can have this name, which is found out only when TLS begins.
    let mut settings = ground.client_settings();
    settings.server_name = bothends::net::tls::ServerNameChoice::Name("no name".to_owned());
    config.tls = Some(Box::new(on_request(settings)));
    rig.command(CLIENT, Command::connect(config));
    let id = rig.find("a connection or a refusal", |event| match &event.kind {
        EventKind::Connected { .. } => Some(Some(crate::support::connection(event))),
        EventKind::ConnectFailed { .. } => Some(None),
        _ => None,
    });
    // It may be refused before it connects at all.
    let Some(id) = id else {
        return;
    };
    let (mut peer, _) = listener.accept().unwrap();
    start_tls(&mut rig, CLIENT, id);
    rig.send(CLIENT, SendTo::Connections(vec![id]), "secret");
    let mut got = Vec::new();
    peer.read_to_end(&mut got).unwrap();
    assert!(got.is_empty(), "{got:?}");
    assert!(matches!(closed_by(&mut rig, CLIENT), ClosedBy::Us));
}

#[test]
fn what_is_queued_behind_the_start_is_sent_encrypted() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let mut config = plain_at_first();
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let mut peer = dial(address);
    let id = rig.accepted();
    rig.send(SERVER, SendTo::All, "220 go on\n");
    start_tls(&mut rig, SERVER, id);
    rig.send(SERVER, SendTo::All, "secret");
    assert_eq!(read_exactly(&mut peer, 10), b"220 go on\n");
    let mut peer = encrypted(&ground, peer);
    let mut got = [0; 6];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"secret");
}
