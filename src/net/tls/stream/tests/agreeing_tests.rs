//! Handshakes that succeed, what is reported of them, and what follows.

use std::fs;

use proptest::prelude::*;

use super::{Bench, End, NAME, drive, pipe};
use crate::net::direction::Direction::{Received, Sent};
use crate::net::tls::{
    AlternativeName, ChainCheck, ClientCertificate, ClientTls, HandshakeKind, IdentitySource,
    Misbehaviour, PeerCheck, ServerNameChoice, ServerTls, TlsReport, TlsSettingError, TlsStream,
    TlsVersion, Versions,
};

fn hello(end: &End) -> &crate::net::tls::Hello {
    match &end.reports[0] {
        TlsReport::Hello(hello) => hello,
        other => panic!("{other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|it| [it >> 4, it & 15]);
    digits
        .filter_map(|it| char::from_digit(it.into(), 16))
        .collect()
}

fn exchange(client: &mut End, server: &mut End) {
    assert_eq!(client.tls.write_bytes(b"question").unwrap(), 8);
    assert_eq!(server.tls.write_bytes(b"answer").unwrap(), 6);
    drive(client, server);
    assert_eq!(
        (&client.received[..], &server.received[..]),
        (&b"answer"[..], &b"question"[..])
    );
}

#[test]
fn both_versions_agree_and_report_what_was_offered_and_chosen() {
    let bench = Bench::new();
    for (versions, version) in [
        (Versions::Only12, TlsVersion::Tls12),
        (Versions::Only13, TlsVersion::Tls13),
        (Versions::Both, TlsVersion::Tls13),
    ] {
        let server = ServerTls {
            versions,
            alpn: vec!["h2".to_owned(), "http/1.1".to_owned()],
            ..ServerTls::default()
        };
        let client = ClientTls {
            alpn: vec!["http/1.1".to_owned()],
            ..bench.client()
        };
        let (mut client, mut server) = bench.meet(&server, &client);
        let offered = hello(&client);
        assert_eq!(offered, hello(&server));
        assert!(offered.is_whole);
        assert_eq!(offered.versions, [TlsVersion::Tls13, TlsVersion::Tls12]);
        assert_eq!(offered.server_name.as_deref(), Some(NAME));
        assert_eq!(offered.alpn, ["http/1.1"]);
        for end in [&client, &server] {
            let agreed = end.agreed();
            assert_eq!(agreed.version, version);
            assert!(offered.suites.contains(&agreed.suite), "{agreed:?}");
            assert!(
                offered.groups.contains(agreed.group.as_ref().unwrap()),
                "{agreed:?}"
            );
            assert_eq!(agreed.alpn.as_deref(), Some("http/1.1"));
            assert_eq!(agreed.server_name.as_deref(), Some(NAME));
            assert_eq!(agreed.kind, HandshakeKind::Full);
            assert_eq!(agreed.client_certificate_asked, Some(false));
            assert!(!agreed.client_certificate_given);
            assert!(!agreed.took.is_zero());
        }
        assert_eq!(server.agreed().check, ChainCheck::NoCertificate);
        let shown = client.agreed();
        assert_eq!(shown.check, ChainCheck::Passed);
        let names = &shown.chain[0].facts.names;
        assert!(
            names.contains(&AlternativeName::Dns(NAME.to_owned())),
            "{names:?}"
        );
        exchange(&mut client, &mut server);
        assert_eq!(
            client.tls.wire_written_bytes(),
            server.tls.wire_read_bytes()
        );
        assert_eq!(
            server.tls.wire_written_bytes(),
            client.tls.wire_read_bytes()
        );
    }
}

#[test]
fn each_direction_ends_with_close_notify_by_itself() {
    let bench = Bench::new();
    let (mut client, mut server) = bench.meet(&ServerTls::default(), &bench.client());
    client.tls.write_bytes(b"last").unwrap();
    client.tls.finish().unwrap();
    drive(&mut client, &mut server);
    assert!(server.is_over && !server.tls.is_cut());
    assert_eq!(server.received, b"last");
    assert_eq!(
        server.reports.last(),
        Some(&TlsReport::CloseNotify {
            direction: Received
        })
    );
    assert_eq!(
        client.reports.last(),
        Some(&TlsReport::CloseNotify { direction: Sent })
    );
    let error = client.tls.write_bytes(b"more").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    server.tls.write_bytes(b"but still").unwrap();
    server.tls.finish().unwrap();
    drive(&mut client, &mut server);
    assert_eq!(client.received, b"but still");
    assert!(client.is_over && !client.tls.is_cut());
}

#[test]
fn tcp_that_ends_without_close_notify_is_a_cut() {
    let bench = Bench::new();
    let settings = ServerTls {
        misbehaviour: Some(Misbehaviour::NoCloseNotify),
        ..ServerTls::default()
    };
    let (mut client, mut server) = bench.meet(&settings, &bench.client());
    server.tls.write_bytes(b"half of").unwrap();
    server.tls.finish().unwrap();
    server.tls.socket().finish();
    drive(&mut client, &mut server);
    assert_eq!(client.received, b"half of");
    assert!(client.is_over && client.tls.is_cut());
    assert_eq!(client.reports.last(), Some(&TlsReport::Cut));
    let is_close = |report: &TlsReport| matches!(report, TlsReport::CloseNotify { .. });
    assert!(!server.reports.iter().chain(&client.reports).any(is_close));
}

#[test]
fn a_second_connection_resumes() {
    let bench = Bench::new();
    for versions in [Versions::Only12, Versions::Only13] {
        let settings = ServerTls {
            versions,
            ..ServerTls::default()
        };
        let server = settings.prepare(&bench.home).unwrap();
        let client = ClientTls {
            versions,
            ..bench.client()
        };
        let client = client.prepare(&bench.home).unwrap();
        for (kind, check) in [
            (HandshakeKind::Full, ChainCheck::Passed),
            (HandshakeKind::Resumed, ChainCheck::Earlier),
        ] {
            let (near, far) = pipe();
            let mut client = End::new(TlsStream::client(near, &client, NAME).unwrap());
            let mut server = End::new(TlsStream::server(far, &server).unwrap());
            drive(&mut client, &mut server);
            assert_eq!((client.agreed().kind, server.agreed().kind), (kind, kind));
            assert_eq!(client.agreed().check, check);
            assert_eq!(client.agreed().chain.len(), 1);
            assert_eq!(hello(&server).resumes, kind == HandshakeKind::Resumed);
            exchange(&mut client, &mut server);
        }
    }
}

#[test]
fn a_client_shows_its_certificate_when_it_is_asked() {
    let bench = Bench::new();
    let authority = bench.home.authority().unwrap();
    let (certificate, key) = bench.write("client", &authority.client_identity().unwrap());
    let files = IdentitySource::Files { certificate, key };
    for versions in [Versions::Only12, Versions::Only13] {
        for (wanted, certificate) in [
            (ClientCertificate::Require, Some(files.clone())),
            (ClientCertificate::Ask, Some(IdentitySource::Own)),
            (ClientCertificate::Ask, None),
            (ClientCertificate::No, Some(files.clone())),
        ] {
            let is_asked = wanted != ClientCertificate::No;
            let is_given = is_asked && certificate.is_some();
            let server = ServerTls {
                versions,
                client_certificate: wanted,
                ..ServerTls::default()
            };
            let client = ClientTls {
                certificate,
                ..bench.client()
            };
            let (mut client, mut server) = bench.meet(&server, &client);
            for end in [&client, &server] {
                assert_eq!(end.agreed().client_certificate_asked, Some(is_asked));
                assert_eq!(end.agreed().client_certificate_given, is_given);
            }
            let check = if is_given {
                ChainCheck::Passed
            } else {
                ChainCheck::NoCertificate
            };
            assert_eq!(server.agreed().check, check);
            exchange(&mut client, &mut server);
        }
    }
}

#[test]
fn a_client_chooses_the_name_that_it_sends() {
    let bench = Bench::new();
    let check = |choice, sent: Option<&str>| {
        let client = ClientTls {
            server_name: choice,
            check: PeerCheck::Unchecked,
            ..ClientTls::default()
        };
        let (client, server) = bench.meet(&ServerTls::default(), &client);
        assert_eq!(hello(&server).server_name.as_deref(), sent);
        assert_eq!(server.agreed().server_name.as_deref(), sent);
        assert_eq!(client.agreed().check, ChainCheck::Unchecked);
    };
    check(ServerNameChoice::Target, Some(NAME));
    check(
        ServerNameChoice::Name("other.example".to_owned()),
        Some("other.example"),
    );
    check(ServerNameChoice::None, None);
    // Whoever checks nothing may have a target with any name.
    let client = ClientTls {
        check: PeerCheck::Unchecked,
        ..ClientTls::default()
    };
    let client = client.prepare(&bench.home).unwrap();
    assert!(TlsStream::client(pipe().0, &client, "no name at all").is_ok());
    let client = bench.client().prepare(&bench.home).unwrap();
    let name = "no name at all".to_owned();
    let error = TlsStream::client(pipe().0, &client, &name).unwrap_err();
    assert_eq!(error, TlsSettingError::ServerName { name });
}

#[test]
fn keys_are_logged_only_while_the_switch_is_on() {
    let bench = Bench::new();
    let path = bench.folder.path().join("keys.log");
    let is_secret = |report: &&TlsReport| matches!(report, TlsReport::Secrets(_));
    for (versions, labels) in [(Versions::Only12, 1), (Versions::Only13, 5)] {
        let settings = ServerTls {
            versions,
            ..ServerTls::default()
        };
        bench.home.set_key_log(None);
        let (client, server) = bench.meet(&settings, &bench.client());
        assert_eq!(
            client.reports.iter().chain(&server.reports).find(is_secret),
            None
        );
        assert!(!path.exists());
        bench.home.set_key_log(Some(path.clone()));
        assert_eq!(bench.home.key_log().as_ref(), Some(&path));
        let (client, server) = bench.meet(&settings, &bench.client());
        let log = fs::read_to_string(&path).unwrap();
        let random = hex(&hello(&server).random);
        for end in [&client, &server] {
            let Some(TlsReport::Secrets(secrets)) = end.reports.iter().find(is_secret) else {
                panic!("{:?}", end.reports);
            };
            assert_eq!(secrets.lines.len(), labels, "{secrets:?}");
            for line in &secrets.lines {
                assert!(log.lines().any(|logged| logged == line));
                assert_eq!(line.split(' ').nth(1), Some(&random[..]));
            }
            assert!(!format!("{secrets:?}").contains(&random));
        }
        assert_eq!(log.lines().count(), 2 * labels);
        fs::remove_file(&path).unwrap();
    }
    assert_eq!(bench.home.key_log_errors(), 0);
    bench.home.set_key_log(Some(bench.folder.path().to_owned()));
    let (client, _server) = bench.meet(&ServerTls::default(), &bench.client());
    assert!(bench.home.key_log_errors() > 0);
    client.agreed();
}

#[test]
fn settings_that_cannot_work_are_refused_before_a_peer_comes() {
    let bench = Bench::new();
    let missing = bench.folder.path().join("missing.pem");
    let empty = bench.folder.path().join("empty.pem");
    fs::write(&empty, "no certificate").unwrap();
    let client = |settings: &ClientTls| settings.prepare(&bench.home).unwrap_err();
    for path in [&missing, &empty] {
        let roots = ClientTls {
            check: PeerCheck::Roots(path.clone()),
            ..ClientTls::default()
        };
        assert!(matches!(client(&roots), TlsSettingError::Roots(_)));
        let own = ClientTls {
            certificate: Some(IdentitySource::Files {
                certificate: path.clone(),
                key: path.clone(),
            }),
            ..bench.client()
        };
        assert!(matches!(client(&own), TlsSettingError::Identity(_)));
    }
    let protocol = "x".repeat(256);
    let long = ClientTls {
        alpn: vec![protocol.clone()],
        ..bench.client()
    };
    assert_eq!(client(&long), TlsSettingError::Alpn { protocol });
}

#[test]
fn what_was_encrypted_and_is_not_on_the_wire_is_counted() {
    for versions in [Versions::Only12, Versions::Only13] {
        let settings = ServerTls {
            versions,
            ..ServerTls::default()
        };
        let bench = Bench::new();
        let (mut client, mut server) = bench.meet(&settings, &bench.client());
        assert_eq!(client.tls.unwritten_bytes(), 0);
        client.tls.socket_mut().room = 20_000;
        assert_eq!(client.tls.write_bytes(&vec![7; 40_000]).unwrap(), 40_000);
        // The second record is on the wire in part, of which the peer can make nothing.
        let unwritten = 40_000 - (1 << 14);
        assert_eq!(client.tls.unwritten_bytes(), unwritten);
        // A goodbye that waits behind them is no payload.
        client.tls.finish().unwrap();
        assert_eq!(client.tls.unwritten_bytes(), unwritten);
        drive(&mut client, &mut server);
        assert_eq!(client.tls.unwritten_bytes(), 0);
        assert_eq!(server.received.len(), 40_000);
    }
}

/// What a connection gives that does not change from one to the next: plaintext and the kinds of reports.
fn outcome(end: &End) -> (Vec<u8>, Vec<String>) {
    let kinds = end.reports.iter().map(|report| match report {
        TlsReport::Agreed(agreed) => format!("{:?} {}", agreed.version, agreed.suite),
        TlsReport::Hello(hello) => format!("{:?} {:?}", hello.server_name, hello.suites),
        other => format!("{other:?}"),
    });
    (end.received.clone(), kinds.collect())
}

/// Sends both ways and finishes, with so many bytes in each call.
fn converse(bench: &Bench, server: &ServerTls, most: [usize; 2], size: usize) -> [End; 2] {
    let (mut client, mut server) = bench.ends(server, &bench.client());
    client.tls.socket_mut().most = most[0];
    server.tls.socket_mut().most = most[1];
    drive(&mut client, &mut server);
    let payload: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
    let mut left = &payload[..];
    while !left.is_empty() {
        match client.tls.write_bytes(left) {
            Ok(count) => left = &left[count..],
            Err(_full) => drive(&mut client, &mut server),
        }
    }
    server.tls.write_bytes(b"short").unwrap();
    drive(&mut client, &mut server);
    client.tls.finish().unwrap();
    server.tls.finish().unwrap();
    drive(&mut client, &mut server);
    assert_eq!(server.received, payload);
    [client, server]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_split_of_the_wire_gives_the_same(
        near in 1_usize..3000, far in 1_usize..3000, size in 0_usize..40_000, is_tls12 in any::<bool>()
    ) {
        let bench = Bench::new();
        let settings = ServerTls {
            versions: if is_tls12 { Versions::Only12 } else { Versions::Only13 },
            ..ServerTls::default()
        };
        let split = converse(&bench, &settings, [near, far], size);
        let whole = converse(&bench, &settings, [usize::MAX; 2], size);
        for (split, whole) in split.iter().zip(&whole) {
            prop_assert_eq!(outcome(split), outcome(whole));
        }
    }
}

#[test]
fn one_byte_at_a_time_is_enough() {
    let bench = Bench::new();
    for versions in [Versions::Only12, Versions::Only13] {
        let settings = ServerTls {
            versions,
            ..ServerTls::default()
        };
        let split = converse(&bench, &settings, [1, 1], 300);
        let whole = converse(&bench, &settings, [usize::MAX; 2], 300);
        assert_eq!(split.each_ref().map(outcome), whole.each_ref().map(outcome));
    }
}
