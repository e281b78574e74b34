//! Handshakes that come to an agreement, and what is reported of them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::num::NonZeroU32;

use bothends::capture::EventKind;
use bothends::net::tls::{
    ChainCheck, ClientCertificate, ClientTls, HandshakeKind, IdentitySource, PeerCheck, ServerTls,
    TlsReport, TlsVersion, Versions,
};
use bothends::net::{Command, EndpointId, NetError, SendTo, ServerConfig};

use super::{agreed, at_once, report, servers, serving};
use crate::ground::Ground;
use crate::support::{CLIENT, Rig, SERVER, script, server};

/// Waits for something of an endpoint, and returns its place among the endpoint's events.
fn place(rig: &mut Rig, endpoint: EndpointId, is: fn(&EventKind) -> bool) -> usize {
    rig.find("an event", |event| {
        (event.endpoint == endpoint && is(&event.kind)).then_some(())
    });
    let mut mine = rig.log.iter().filter(|it| it.endpoint == endpoint);
    mine.position(|it| is(&it.kind)).unwrap()
}

#[test]
fn the_rows_of_the_handshake_come_before_the_bytes() {
    let ground = Ground::new();
    for config in servers() {
        let mut rig = ground.rig();
        let address = rig.listen(config);
        let to = SendTo::Client(Box::new(ground.client(address)));
        rig.send(CLIENT, to, "question");
        assert_eq!(rig.receive(CLIENT, 8), b"question");
        for endpoint in [SERVER, CLIENT] {
            let agreed = agreed(&mut rig, endpoint);
            assert_eq!(agreed.version, TlsVersion::Tls13);
            assert_eq!(agreed.server_name.as_deref(), Some(super::NAME));
            assert_eq!(agreed.kind, HandshakeKind::Full);
            assert!(!agreed.took.is_zero());
            let is_hello = |it: &EventKind| matches!(it, EventKind::Tls(it) if matches!(**it, TlsReport::Hello(_)));
            let is_agreed = |it: &EventKind| matches!(it, EventKind::Tls(it) if matches!(**it, TlsReport::Agreed(_)));
            let is_begin = |it: &EventKind| {
                matches!(it, EventKind::Accepted { .. } | EventKind::Connected { .. })
            };
            let is_bytes = |it: &EventKind| it.direction().is_some();
            let places = [
                place(&mut rig, endpoint, is_begin),
                place(&mut rig, endpoint, is_hello),
                place(&mut rig, endpoint, is_agreed),
                place(&mut rig, endpoint, is_bytes),
            ];
            assert!(places.is_sorted(), "{endpoint:?} {places:?}");
        }
        let chain = agreed(&mut rig, CLIENT).chain;
        assert!(
            chain[0].facts.subject.contains(super::NAME),
            "{:?}",
            chain[0].facts
        );
        assert_eq!(agreed(&mut rig, CLIENT).check, ChainCheck::Passed);
    }
}

#[test]
fn both_ends_of_an_encrypted_connection_have_one_number() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    rig.command(CLIENT, Command::connect(ground.client(address)));
    let (client, server) = rig.both_ends();
    assert_eq!(client.other_end(), server);
}

#[test]
fn a_client_that_connects_again_resumes_its_session() {
    let ground = Ground::new();
    for versions in [Versions::Only12, Versions::Only13] {
        let mut rig = ground.rig();
        let address = rig.listen(serving(ServerTls {
            versions,
            ..ServerTls::default()
        }));
        // What names no file is resumed.
        let settings = ClientTls {
            check: PeerCheck::Unchecked,
            ..ground.client_settings()
        };
        let mut client = ground.client(address);
        client.tls = Some(Box::new(at_once(settings)));
        let to = SendTo::Client(Box::new(client));
        let mut kinds = Vec::new();
        for _ in 0..2 {
            rig.log.clear();
            rig.send(CLIENT, to.clone(), "x");
            rig.receive(CLIENT, 1);
            let both = [agreed(&mut rig, CLIENT), agreed(&mut rig, SERVER)];
            assert_eq!(both[0].kind, both[1].kind);
            kinds.push(both[0].kind);
            rig.command(CLIENT, Command::Stop);
            rig.find("both ends closed", |event| {
                (event.endpoint == SERVER && matches!(event.kind, EventKind::Closed(_)))
                    .then_some(())
            });
        }
        assert_eq!(
            kinds,
            [HandshakeKind::Full, HandshakeKind::Resumed],
            "{versions:?}"
        );
    }
}

#[test]
fn a_client_connects_again_by_itself_with_a_handshake_of_its_own() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut client = ground.client(address);
    client.reconnect = Some(bothends::net::Reconnect {
        first: std::time::Duration::from_millis(10),
        most: std::time::Duration::from_millis(10),
        attempts: NonZeroU32::new(3),
    });
    rig.command(CLIENT, Command::connect(client));
    agreed(&mut rig, SERVER);
    let (_, id) = rig.both_ends();
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act: bothends::script::Act::Close,
        },
    );
    rig.wait("another connect", |event| {
        matches!(event.kind, EventKind::Reconnecting { .. }).then_some(())
    });
    rig.wait("another agreement", |event| {
        matches!(report(event)?, TlsReport::Agreed(_)).then_some(())
    });
}

#[test]
fn clients_show_their_certificates_if_they_are_asked() {
    let ground = Ground::new();
    for (wanted, certificate) in [
        (ClientCertificate::No, Some(IdentitySource::Own)),
        (ClientCertificate::Ask, None),
        (ClientCertificate::Ask, Some(IdentitySource::Own)),
        (ClientCertificate::Require, Some(IdentitySource::Own)),
    ] {
        let mut rig = ground.rig();
        let address = rig.listen(serving(ServerTls {
            client_certificate: wanted,
            ..ServerTls::default()
        }));
        let mut client = ground.client(address);
        client.tls = Some(Box::new(at_once(ClientTls {
            certificate: certificate.clone(),
            ..ground.client_settings()
        })));
        rig.send(CLIENT, SendTo::Client(Box::new(client)), "x");
        assert_eq!(rig.receive(CLIENT, 1), b"x");
        let (ours, theirs) = (agreed(&mut rig, CLIENT), agreed(&mut rig, SERVER));
        let is_asked = wanted != ClientCertificate::No;
        let is_given = is_asked && certificate.is_some();
        assert_eq!(ours.client_certificate_asked, Some(is_asked));
        assert_eq!(theirs.client_certificate_asked, Some(is_asked));
        assert_eq!(ours.client_certificate_given, is_given);
        assert_eq!(theirs.client_certificate_given, is_given);
        assert_eq!(theirs.chain.is_empty(), !is_given);
    }
}

/// Returns whether a line is one of the format that NSS has: label, client random, secret.
fn is_key(line: &str) -> bool {
    let parts: Vec<_> = line.split(' ').collect();
    let is_hex = |text: &str| text.bytes().all(|it| it.is_ascii_hexdigit());
    let [label, random, secret] = parts[..] else {
        return false;
    };
    let lengths = if label == "CLIENT_RANDOM" {
        &[96][..]
    } else {
        &[64, 96]
    };
    random.len() == 64 && is_hex(random) && lengths.contains(&secret.len()) && is_hex(secret)
}

#[test]
fn keys_are_logged_only_while_that_is_switched_on() {
    let ground = Ground::new();
    let path = ground.folder().join("keys");
    for (versions, labels) in [
        (Versions::Only12, &["CLIENT_RANDOM"][..]),
        (
            Versions::Only13,
            &[
                "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                "CLIENT_TRAFFIC_SECRET_0",
                "SERVER_TRAFFIC_SECRET_0",
            ],
        ),
    ] {
        for is_on in [false, true] {
            ground.home().set_key_log(is_on.then(|| path.clone()));
            let mut rig = ground.rig();
            let address = rig.listen(serving(ServerTls {
                versions,
                ..ServerTls::default()
            }));
            let mut peer = ground.foreign(address);
            peer.write_all(b"x").unwrap();
            peer.read_exact(&mut [0]).unwrap();
            agreed(&mut rig, SERVER);
            let has_secrets = rig.log.iter().filter_map(report);
            let has_secrets = has_secrets
                .filter(|it| matches!(it, TlsReport::Secrets(_)))
                .count();
            assert_eq!(has_secrets, usize::from(is_on));
            assert_eq!(path.exists(), is_on);
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.lines().all(is_key), "{text}");
        for label in labels {
            assert!(text.contains(&format!("{label} ")), "{label} in {text}");
        }
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn settings_that_cannot_be_used_fail_before_anything_else_happens() {
    let ground = Ground::new();
    let missing = ground.folder().join("missing.pem");
    let mut rig = ground.rig();
    let files = IdentitySource::Files {
        certificate: missing.clone(),
        key: missing.clone(),
    };
    let config = serving(ServerTls {
        identity: files.clone(),
        ..ServerTls::default()
    });
    rig.command(SERVER, Command::Listen(config));
    let is_it = |error: &NetError| matches!(error, NetError::TlsSettings { .. }).then_some(());
    let ((), has_link) = rig.failed(is_it);
    assert!(!has_link);
    assert_eq!(rig.log.len(), 1, "{:?}", rig.log);
    // It can be started once they are good.
    let address = rig.listen(serving(ServerTls::default()));
    for settings in [
        ClientTls {
            check: PeerCheck::Roots(missing.clone()),
            ..ClientTls::default()
        },
        ClientTls {
            certificate: Some(files),
            ..ClientTls::default()
        },
    ] {
        let mut rig = ground.rig();
        let mut client = ground.client(address);
        client.tls = Some(Box::new(at_once(settings)));
        rig.command(CLIENT, Command::connect(client));
        let ((), is_last) = rig.connect_failed(is_it);
        assert!(is_last);
        assert_eq!(rig.log.len(), 1, "{:?}", rig.log);
    }
}

#[test]
fn an_engine_without_a_folder_says_that_it_can_make_no_certificate() {
    let mut rig = Rig::new();
    // Again and again: nothing that one attempt left behind helps the next.
    for _ in 0..3 {
        rig.command(SERVER, Command::Listen(serving(ServerTls::default())));
        rig.failed(|error| matches!(error, NetError::TlsSettings { .. }).then_some(()));
    }
    assert!(!std::path::Path::new("ca.pem").exists());
}

#[test]
fn a_server_greets_once_the_handshake_is_over() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let mut config: ServerConfig = serving(ServerTls::default());
    let greeting = bytes::Bytes::from_static(b"220 ready\r\n");
    script(&mut config.behaviour).greeting = Some(greeting.into());
    let address = rig.listen(config);
    let mut peer = ground.foreign(address);
    // Something else that is queued waits as well.
    rig.accepted();
    rig.send(SERVER, SendTo::All, "from the user");
    let mut read = vec![0; 24];
    peer.read_exact(&mut read).unwrap();
    assert_eq!(read, b"220 ready\r\nfrom the user");
    agreed(&mut rig, SERVER);
    let is_agreed =
        |it: &EventKind| matches!(it, EventKind::Tls(it) if matches!(**it, TlsReport::Agreed(_)));
    let is_sent = |it: &EventKind| matches!(it, EventKind::Sent { .. });
    rig.find("what was sent", |event| is_sent(&event.kind).then_some(()));
    assert!(place(&mut rig, SERVER, is_agreed) < place(&mut rig, SERVER, is_sent));
}

#[test]
fn a_plain_server_beside_it_is_as_it_was() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let (mut peer, _) = rig.serve_one(server());
    peer.write_all(b"plain").unwrap();
    assert_eq!(crate::support::read_exactly(&mut peer, 5), b"plain");
    assert!(rig.log.iter().all(|event| report(event).is_none()));
    let sizes = rig.log.iter().filter_map(|event| match &event.kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
            Some(payload.wire_bytes)
        }
        _ => None,
    });
    assert!(sizes.into_iter().all(|it| it.is_none()));
}
