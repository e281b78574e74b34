//! Each kind of failure, provoked: which check failed, what was expected, what came, and who says so.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};

use super::{Bench, End, NAME, Pipe, pipe};
use crate::net::direction::Direction::{Received, Sent};
use crate::net::tls::{
    Accuser, AlertKind, ClientCertificate, ClientTls, ClosedHow, Flaw, IdentitySource,
    Misbehaviour, PeerCheck, PlainProtocol, ServerTls, Stage, TlsChoice, TlsFailure, TlsProblem,
    TlsReport, TlsStream, TlsVersion, Versions,
};

const BOTH: [Versions; 2] = [Versions::Only12, Versions::Only13];

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is compared with what a failure has"
)]
fn alert(number: u8) -> Option<AlertKind> {
    Some(AlertKind(number))
}

/// Begins a server of ours on one end of a pipe, and returns the other end.
fn lone_server(bench: &Bench, settings: &ServerTls) -> (Pipe, End) {
    let (near, far) = pipe();
    let server = settings.prepare(&bench.home).unwrap();
    (near, End::new(TlsStream::server(far, &server).unwrap()))
}

/// Begins a client of ours on one end of a pipe, and returns the other end.
fn lone_client(bench: &Bench) -> (Pipe, End) {
    let (near, far) = pipe();
    let client = bench.client().prepare(&bench.home).unwrap();
    (
        near,
        End::new(TlsStream::client(far, &client, NAME).unwrap()),
    )
}

/// Has a server of ours receive bytes.
fn server_given(bytes: &[u8]) -> End {
    let (mut peer, mut server) = lone_server(&Bench::new(), &ServerTls::default());
    peer.write_all(bytes).unwrap();
    server.turn(8192);
    server
}

#[test]
fn a_client_says_which_flaw_a_certificate_has_and_tells_the_server() {
    let bench = Bench::new();
    for versions in BOTH {
        for flaw in Flaw::ALL {
            let settings = ServerTls {
                versions,
                flaw: Some(flaw),
                ..ServerTls::default()
            };
            let (client, server) = bench.meet(&settings, &bench.client());
            let failure = client.failure();
            assert_eq!((failure.by, failure.in_handshake), (Accuser::Us, true));
            assert_eq!(failure.server_name.as_deref(), Some(NAME));
            let problem = &failure.problem;
            let is_right = match flaw {
                Flaw::Expired => {
                    matches!(problem, TlsProblem::Expired { not_after, now } if not_after < now)
                }
                Flaw::NotYetValid => {
                    matches!(problem, TlsProblem::NotYetValid { not_before, now } if not_before > now)
                }
                Flaw::WrongName => matches!(
                    problem,
                    TlsProblem::WrongName { expected, presented }
                        if expected == NAME && presented.iter().all(|it| it != NAME && !it.contains('('))
                            && !presented.is_empty()
                ),
                Flaw::SelfSigned => {
                    matches!(problem, TlsProblem::SelfSigned { subject } if !subject.is_empty())
                }
                Flaw::UnknownIssuer | Flaw::MissingIntermediate => {
                    matches!(problem, TlsProblem::UnknownIssuer { issuer, .. } if !issuer.is_empty())
                }
                Flaw::WeakKey => matches!(problem, TlsProblem::WeakKey { bits: 1024 }),
            };
            assert!(is_right, "{flaw:?} {versions:?}: {problem:?}");
            // What was presented is there, although it was not accepted.
            let chain = client.reports.iter().find_map(|report| match report {
                TlsReport::Refused { chain } => Some(chain),
                _ => None,
            });
            assert!(chain.unwrap()[0].facts.is_readable);
            check_refusal(&client, &server);
        }
    }
}

/// The server knows from an alert that its certificate was refused, and both report the same one.
fn check_refusal(client: &End, server: &End) {
    let (ours, theirs) = (client.failure(), server.failure());
    assert_eq!(theirs.by, Accuser::Peer);
    assert_eq!(theirs.problem, TlsProblem::CertificateRefused, "{theirs:?}");
    assert!(ours.alert.is_some());
    assert_eq!(ours.alert, theirs.alert);
    for (end, direction) in [(client, Sent), (server, Received)] {
        let expected = TlsReport::Alert {
            direction,
            kind: ours.alert,
            is_fatal: true,
        };
        assert!(
            end.reports.contains(&expected),
            "{expected:?} {:?}",
            end.reports
        );
    }
}

#[test]
fn whoever_checks_nothing_accepts_each_flaw() {
    let bench = Bench::new();
    let client = ClientTls {
        check: PeerCheck::Unchecked,
        ..ClientTls::default()
    };
    for versions in BOTH {
        for flaw in Flaw::ALL {
            let server = ServerTls {
                versions,
                flaw: Some(flaw),
                ..ServerTls::default()
            };
            let (client, _server) = bench.meet(&server, &client);
            assert!(!client.agreed().chain.is_empty(), "{flaw:?}");
        }
    }
}

#[test]
fn a_certificate_for_another_use_is_refused() {
    let bench = Bench::new();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([NAME.to_owned()]).unwrap();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::CodeSigning];
    let issuer = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::default();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = authority.self_signed(&issuer).unwrap();
    let issuer = rcgen::Issuer::new(authority, issuer);
    let leaf = params.signed_by(&key, &issuer).unwrap();
    let folder = bench.folder.path();
    let (certificate, roots) = (folder.join("leaf.pem"), folder.join("roots.pem"));
    std::fs::write(&certificate, leaf.pem() + &key.serialize_pem()).unwrap();
    std::fs::write(&roots, root.pem()).unwrap();
    let server = ServerTls {
        identity: IdentitySource::Files {
            key: certificate.clone(),
            certificate,
        },
        ..ServerTls::default()
    };
    let client = ClientTls {
        check: PeerCheck::Roots(roots),
        ..ClientTls::default()
    };
    let (client, server) = bench.meet(&server, &client);
    let TlsProblem::NotForThisUse {
        required,
        presented,
    } = &client.failure().problem
    else {
        panic!("{:?}", client.failure());
    };
    assert!(required.is_some() && presented.len() == 1);
    check_refusal(&client, &server);
}

#[test]
fn a_chain_with_a_forged_signature_is_refused() {
    let bench = Bench::new();
    // The issuer has the own authority's name, and another key.
    let authority = bench.home.authority().unwrap();
    let key = KeyPair::generate().unwrap();
    let (_, parsed) = x509_parser::parse_x509_certificate(authority.certificate_der()).unwrap();
    let mut params = CertificateParams::default();
    let name = parsed
        .subject()
        .iter_common_name()
        .next()
        .unwrap()
        .as_str()
        .unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    let issuer = rcgen::Issuer::new(params, KeyPair::generate().unwrap());
    let leaf = CertificateParams::new([NAME.to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &issuer).unwrap();
    let certificate = bench.folder.path().join("forged.pem");
    std::fs::write(&certificate, leaf.pem() + &key.serialize_pem()).unwrap();
    let server = ServerTls {
        identity: IdentitySource::Files {
            key: certificate.clone(),
            certificate,
        },
        ..ServerTls::default()
    };
    let (client, server) = bench.meet(&server, &bench.client());
    let problem = &client.failure().problem;
    assert!(
        matches!(problem, TlsProblem::BadSignature { issuer, .. } if issuer.contains("Bothends CA")),
        "{problem:?}"
    );
    check_refusal(&client, &server);
}

#[test]
fn ends_without_a_common_version_say_what_each_speaks() {
    let bench = Bench::new();
    let v12 = vec![TlsVersion::Tls12];
    let v13 = vec![TlsVersion::Tls13];
    for (offered, accepted) in [(&v12, &v13), (&v13, &v12)] {
        let only = |versions: &Vec<TlsVersion>| match versions[0] {
            TlsVersion::Tls12 => Versions::Only12,
            _ => Versions::Only13,
        };
        let server = ServerTls {
            versions: only(accepted),
            ..ServerTls::default()
        };
        let client = ClientTls {
            versions: only(offered),
            ..bench.client()
        };
        let (client, server) = bench.meet(&server, &client);
        let (offered, accepted) = (offered.clone(), accepted.clone());
        let known = TlsProblem::NoCommonVersion {
            offered: offered.clone(),
            accepted,
        };
        assert_eq!(server.failure().problem, known);
        assert_eq!(
            (server.failure().by, server.failure().alert),
            (Accuser::Us, alert(70))
        );
        let unknown = TlsProblem::NoCommonVersion {
            offered,
            accepted: Vec::new(),
        };
        assert_eq!(client.failure().problem, unknown);
        assert_eq!(
            (client.failure().by, client.failure().alert),
            (Accuser::Peer, alert(70))
        );
    }
}

/// A hello of TLS 1.2 with these suites, in one record.
fn hello_with(version: u8, suites: &[u16], extensions: &[u8]) -> Vec<u8> {
    let mut body = vec![3, version];
    body.extend([9; 32]);
    body.push(0);
    body.extend(u16::try_from(2 * suites.len()).unwrap().to_be_bytes());
    body.extend(suites.iter().flat_map(|it| it.to_be_bytes()));
    body.extend([1, 0]);
    body.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
    body.extend(extensions);
    let mut message = vec![1, 0];
    message.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
    message.extend(body);
    record(22, &message)
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[kind, 3, 1], &length[..], content].concat()
}

#[test]
fn a_client_with_old_suites_or_versions_only_gets_an_alert_that_says_so() {
    // Groups, schemes, and that it knows extended master secrets: all else that rustls asks for.
    let extensions = [
        0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 3, 0, 23, 0, 0, 0, 11, 0, 2, 1, 0,
    ];
    let server = server_given(&hello_with(3, &[0x000a, 0x0a0a], &extensions));
    let TlsProblem::NoCommonSuite {
        of,
        offered,
        accepted,
    } = &server.failure().problem
    else {
        panic!("{:?}", server.failure());
    };
    assert_eq!(*of, TlsChoice::Suite);
    assert_eq!(offered[..], ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", "0x0A0A"]);
    assert!(
        accepted.contains(&"TLS_AES_256_GCM_SHA384".to_owned()),
        "{accepted:?}"
    );
    assert_eq!(server.failure().alert, alert(40));
    let server = server_given(&hello_with(1, &[0xc02b], &extensions));
    let problem = &server.failure().problem;
    let TlsProblem::NoCommonVersion { offered, accepted } = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(offered[..], [TlsVersion::Tls10]);
    assert_eq!(accepted.len(), 2);
}

#[test]
fn a_server_that_chose_an_old_version_is_named_with_it() {
    let (mut peer, mut client) = lone_client(&Bench::new());
    client.turn(8192);
    let mut body = vec![3, 1];
    body.extend([5; 32]);
    body.extend([0, 0xc0, 0x09, 0]);
    let mut message = vec![2, 0, 0, u8::try_from(body.len()).unwrap()];
    message.extend(body);
    peer.write_all(&record(22, &message)).unwrap();
    client.turn(8192);
    let problem = &client.failure().problem;
    let TlsProblem::NoCommonVersion { offered, accepted } = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(
        (offered.len(), &accepted[..]),
        (2, &[TlsVersion::Tls10][..])
    );
}

#[test]
fn ends_without_a_common_protocol_say_what_each_wants() {
    let bench = Bench::new();
    let list = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    for versions in BOTH {
        let server = ServerTls {
            versions,
            alpn: list(&["h2"]),
            ..ServerTls::default()
        };
        let client = ClientTls {
            alpn: list(&["mqtt", "http/1.1"]),
            ..bench.client()
        };
        let (client, server) = bench.meet(&server, &client);
        let problem = |accepted: &[&str]| TlsProblem::NoCommonAlpn {
            offered: list(&["mqtt", "http/1.1"]),
            accepted: list(accepted),
        };
        assert_eq!(server.failure().problem, problem(&["h2"]));
        assert_eq!(client.failure().problem, problem(&[]));
        assert_eq!(
            (server.failure().by, client.failure().by),
            (Accuser::Us, Accuser::Peer)
        );
        assert_eq!(client.failure().alert, alert(120));
    }
}

#[test]
fn a_server_that_requires_a_certificate_refuses_whoever_has_none() {
    let bench = Bench::new();
    for versions in BOTH {
        let server = ServerTls {
            versions,
            client_certificate: ClientCertificate::Require,
            ..ServerTls::default()
        };
        let (client, server) = bench.meet(&server, &bench.client());
        for (end, by) in [(&client, Accuser::Peer), (&server, Accuser::Us)] {
            assert_eq!(
                end.failure().problem,
                TlsProblem::ClientCertificateRequired,
                "{versions:?}"
            );
            assert_eq!(end.failure().by, by);
        }
        assert_eq!(
            server.failure().alert,
            client.failure().alert,
            "{versions:?}"
        );
        // In TLS 1.3 the client had completed its handshake before the server could say so.
        assert_eq!(client.failure().in_handshake, versions == Versions::Only12);
        assert!(server.failure().in_handshake);
    }
}

#[test]
fn a_certificate_of_a_client_that_nobody_knows_is_refused() {
    let (bench, other) = (Bench::new(), Bench::new());
    let stranger = other.home.authority().unwrap().client_identity().unwrap();
    let files = bench.write("stranger", &stranger);
    for versions in BOTH {
        let server = ServerTls {
            versions,
            client_certificate: ClientCertificate::Require,
            ..ServerTls::default()
        };
        let client = ClientTls {
            certificate: Some(IdentitySource::Files {
                certificate: files.0.clone(),
                key: files.1.clone(),
            }),
            ..bench.client()
        };
        let (client, server) = bench.meet(&server, &client);
        let problem = &server.failure().problem;
        assert!(
            matches!(problem, TlsProblem::UnknownIssuer { .. }),
            "{problem:?}"
        );
        assert_eq!(client.failure().problem, TlsProblem::CertificateRefused);
        assert_eq!(
            (client.failure().by, client.failure().alert),
            (Accuser::Peer, alert(48))
        );
    }
}

#[test]
fn a_peer_that_speaks_no_tls_is_recognized_by_its_first_bytes() {
    let check = |bytes: &[u8], looks_like| {
        let first = bytes[..bytes.len().min(16)].to_vec();
        let expected = TlsProblem::NotTls { first, looks_like };
        let server = server_given(bytes);
        assert_eq!(server.failure().problem, expected);
        assert_eq!(server.failure().by, Accuser::Us);
        let (mut peer, mut client) = lone_client(&Bench::new());
        client.turn(8192);
        peer.write_all(bytes).unwrap();
        client.turn(8192);
        assert_eq!(client.failure().problem, expected);
        assert_eq!(client.failure().server_name.as_deref(), Some(NAME));
    };
    check(b"GET / HTTP/1.1\r\n\r\n", PlainProtocol::Http);
    check(b"HTTP/1.1 400 Bad Request\r\n\r\n", PlainProtocol::Http);
    check(b"SSH-2.0-OpenSSH_9.2\r\n", PlainProtocol::Ssh);
    check(b"220 mail.example ESMTP\r\n", PlainProtocol::Greeting);
    check(b"* OK IMAP4rev1\r\n", PlainProtocol::Text);
    check(&[0xff; 40], PlainProtocol::Unknown);
}

#[test]
fn too_little_to_be_tls_is_recognized_when_the_peer_ends_or_never_goes_on() {
    for ends in [true, false] {
        let (mut peer, mut client) = lone_client(&Bench::new());
        client.turn(8192);
        peer.write_all(b"\x16\x09").unwrap();
        client.turn(8192);
        if ends {
            peer.finish();
        } else {
            client.tls.time_out(Duration::from_secs(9));
        }
        client.turn(8192);
        let expected = TlsProblem::NotTls {
            first: b"\x16\x09".to_vec(),
            looks_like: PlainProtocol::Unknown,
        };
        assert_eq!(client.failure().problem, expected);
    }
}

#[test]
fn a_handshake_that_stops_says_how_far_it_came() {
    let hello = hello_with(3, &[0xc02b], &[]);
    for (given, stage) in [
        (&hello[..0], Stage::Nothing),
        (&hello[..1], Stage::FirstMessage),
        (&hello[..hello.len() - 1], Stage::FirstMessage),
    ] {
        for how in [None, Some(ClosedHow::Finished), Some(ClosedHow::Reset)] {
            let (mut peer, mut server) = lone_server(&Bench::new(), &ServerTls::default());
            peer.write_all(given).unwrap();
            server.turn(8192);
            let after = Duration::from_secs(30);
            match how {
                None => server.tls.time_out(after),
                Some(ClosedHow::Finished) => peer.finish(),
                Some(ClosedHow::Reset) => peer.reset(),
            }
            server.turn(8192);
            let expected = TlsFailure {
                problem: match how {
                    None => TlsProblem::TimedOut { after, stage },
                    Some(how) => TlsProblem::Closed { how, stage },
                },
                by: Accuser::Nobody,
                alert: None,
                server_name: None,
                in_handshake: true,
            };
            assert_eq!(server.failure(), &expected);
        }
    }
}

#[test]
fn a_handshake_that_is_cut_after_the_hello_says_so() {
    let bench = Bench::new();
    let (mut client, mut server) = bench.ends(&ServerTls::default(), &bench.client());
    client.turn(8192);
    server.turn(8192);
    client.tls.socket().finish();
    server.turn(8192);
    let (how, stage) = (ClosedHow::Finished, Stage::AfterHello);
    assert_eq!(server.failure().problem, TlsProblem::Closed { how, stage });
    assert_eq!(server.failure().server_name.as_deref(), Some(NAME));
}

#[test]
fn records_and_messages_that_break_the_format_are_told_apart() {
    let check = |bytes: &[u8], number: u8, is_right: fn(&TlsProblem) -> bool| {
        let server = server_given(bytes);
        let failure = server.failure();
        assert!(is_right(&failure.problem), "{failure:?}");
        assert_eq!((failure.by, failure.alert), (Accuser::Us, alert(number)));
    };
    // Longer than a record can be.
    let long = [&[22, 3, 1, 0xff, 0xff][..], &[0; 100]].concat();
    check(&long, 50, |it| matches!(it, TlsProblem::RecordTooLong));
    // A hello whose lists say more than there is.
    check(&record(22, &[1, 0, 0, 3, 3, 3, 0]), 50, |it| {
        matches!(it, TlsProblem::Malformed { .. })
    });
    // A server's message from a client.
    check(&record(22, &[14, 0, 0, 0]), 10, |it| {
        matches!(it, TlsProblem::Unexpected { .. })
    });
}

#[test]
fn an_alert_that_is_about_nothing_known_is_reported_as_it_is() {
    let (mut peer, mut client) = lone_client(&Bench::new());
    client.turn(8192);
    peer.write_all(&record(21, &[2, 80])).unwrap();
    client.turn(8192);
    let failure = client.failure();
    assert_eq!(
        (&failure.problem, failure.by),
        (&TlsProblem::Alert, Accuser::Peer)
    );
    assert_eq!(failure.alert.unwrap().name(), Some("internal_error"));
}

#[test]
fn bytes_that_were_changed_on_the_way_cannot_be_deciphered() {
    let bench = Bench::new();
    for versions in BOTH {
        let settings = ServerTls {
            versions,
            ..ServerTls::default()
        };
        let (mut client, mut server) = bench.meet(&settings, &bench.client());
        client.tls.write_bytes(b"good").unwrap();
        server.turn(8192);
        client.tls.write_bytes(b"changed").unwrap();
        let (mut forged, _) = pipe();
        let mut bytes = server.tls.socket().take();
        *bytes.last_mut().unwrap() ^= 1;
        std::mem::swap(server.tls.socket_mut(), &mut forged);
        // The rest comes from the pipe that was put in its place.
        server
            .tls
            .socket()
            .incoming
            .borrow_mut()
            .bytes
            .extend(bytes);
        server.turn(8192);
        assert_eq!(server.received, b"good");
        let failure = server.failure();
        assert_eq!(failure.problem, TlsProblem::Undecipherable);
        assert_eq!((failure.alert, failure.in_handshake), (alert(20), false));
    }
}

#[test]
fn what_came_before_a_failure_is_still_read() {
    let bench = Bench::new();
    let (mut client, mut server) = bench.meet(&ServerTls::default(), &bench.client());
    client.tls.write_bytes(b"good").unwrap();
    client
        .tls
        .socket_mut()
        .write_all(&record(23, &[7; 40]))
        .unwrap();
    let mut buffer = vec![0; 64 * 1024];
    assert_eq!(server.tls.read(&mut buffer).unwrap(), 4);
    assert!(server.tls.has_plaintext());
    let alerts = |end: &mut End| std::iter::from_fn(|| end.tls.take_report()).count();
    // The alert stands behind the bytes.
    assert_eq!(alerts(&mut server), 0);
    assert!(server.tls.read(&mut buffer).is_err());
    assert_eq!(alerts(&mut server), 1);
    assert!(!server.tls.has_plaintext() && !server.tls.wants_read());
}

#[test]
fn servers_misbehave_as_they_are_set_up() {
    let bench = Bench::new();
    let settings = |misbehaviour| ServerTls {
        misbehaviour: Some(misbehaviour),
        ..ServerTls::default()
    };
    let (client, server) = bench.meet(&settings(Misbehaviour::Garbage), &bench.client());
    let problem = &client.failure().problem;
    let TlsProblem::NotTls { first, looks_like } = problem else {
        panic!("{problem:?}");
    };
    assert_eq!((first.len(), *looks_like), (16, PlainProtocol::Unknown));
    assert!(matches!(server.reports[0], TlsReport::Hello(_)));
    let (mut client, mut server) = bench.meet(&settings(Misbehaviour::Silence), &bench.client());
    assert!(client.tls.is_handshaking() && client.tls.failure().is_none());
    assert!(matches!(server.reports[0], TlsReport::Hello(_)));
    let after = Duration::from_secs(5);
    client.tls.time_out(after);
    client.turn(8192);
    let stage = Stage::Nothing;
    assert_eq!(
        client.failure().problem,
        TlsProblem::TimedOut { after, stage }
    );
    client.tls.socket().finish();
    server.turn(8192);
    let (how, stage) = (ClosedHow::Finished, Stage::AfterHello);
    assert_eq!(server.failure().problem, TlsProblem::Closed { how, stage });
}

/// A server of rustls itself, with one certificate, as a foreign one would be.
#[test]
fn a_bare_rustls_server_is_understood() {
    let bench = Bench::new();
    let authority = bench.home.authority().unwrap();
    let identity = authority.identity_for(NAME).unwrap();
    let chain: Vec<CertificateDer<'static>> = identity.chain().to_vec();
    let key = PrivatePkcs8KeyDer::from(identity.key().secret_der().to_vec());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .unwrap();
    let mut server = ServerConnection::new(Arc::new(config)).unwrap();
    let (mut wire, mut client) = lone_client(&bench);
    for _ in 0..4 {
        client.turn(8192);
        while server.read_tls(&mut wire).is_ok_and(|count| count > 0) {
            server.process_new_packets().unwrap();
        }
        while server.wants_write() {
            server.write_tls(&mut wire).unwrap();
        }
    }
    assert_eq!(client.agreed().chain.len(), 1);
    std::io::Write::write_all(&mut server.writer(), b"hello").unwrap();
    server.write_tls(&mut wire).unwrap();
    client.turn(8192);
    assert_eq!(client.received, b"hello");
}
