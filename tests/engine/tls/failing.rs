//! Handshakes that fail, and what each end says of it.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::num::NonZeroU32;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::tls::{
    Accuser, ClientCertificate, ClientTls, ClosedHow, Flaw, Misbehaviour, PeerCheck, PlainProtocol,
    ServerNameChoice, ServerTls, Stage, TlsProblem, TlsReport, Versions,
};
use bothends::net::{Command, SendTo};
use bothends::script::Reply;

use super::{agreed, at_once, failure, report, serving};
use crate::ground::Ground;
use crate::support::{CLIENT, SERVER, client_of, dial, read_to_fin, script, server};

const SHORT: Duration = Duration::from_millis(200);

/// Has our client connect to our server, and returns what each says.
fn fail(
    ground: &Ground,
    server: ServerTls,
    client: ClientTls,
) -> (
    bothends::net::tls::TlsFailure,
    bothends::net::tls::TlsFailure,
) {
    let mut rig = ground.rig();
    let address = rig.listen(serving(server));
    let mut config = ground.client(address);
    config.tls = Some(Box::new(at_once(client)));
    rig.command(CLIENT, Command::connect(config));
    let both = (failure(&mut rig, CLIENT), failure(&mut rig, SERVER));
    let is_agreed = |it: &TlsReport| matches!(it, TlsReport::Agreed(_));
    let clients = rig.log.iter().filter(|it| it.endpoint == CLIENT);
    // In TLS 1.3 a client is done before the server has checked its certificate.
    if both.0.by == Accuser::Us {
        assert!(!clients.filter_map(report).any(is_agreed));
    }
    both
}

#[test]
fn each_flaw_of_a_certificate_is_named_at_both_ends() {
    let ground = Ground::new();
    for flaw in Flaw::ALL {
        let settings = ServerTls {
            flaw: Some(flaw),
            ..ServerTls::default()
        };
        let (ours, theirs) = fail(&ground, settings, ground.client_settings());
        let is_right = match flaw {
            Flaw::Expired => matches!(ours.problem, TlsProblem::Expired { .. }),
            Flaw::NotYetValid => matches!(ours.problem, TlsProblem::NotYetValid { .. }),
            Flaw::WrongName => matches!(ours.problem, TlsProblem::WrongName { .. }),
            Flaw::SelfSigned => matches!(ours.problem, TlsProblem::SelfSigned { .. }),
            Flaw::UnknownIssuer | Flaw::MissingIntermediate => {
                matches!(ours.problem, TlsProblem::UnknownIssuer { .. })
            }
            Flaw::WeakKey => matches!(ours.problem, TlsProblem::WeakKey { .. }),
        };
        assert!(is_right, "{flaw:?}: {ours:?}");
        assert_eq!((ours.by, theirs.by), (Accuser::Us, Accuser::Peer));
        assert_eq!(theirs.problem, TlsProblem::CertificateRefused);
        assert!(ours.alert.is_some());
        assert_eq!(ours.alert, theirs.alert, "{flaw:?}");
        assert_eq!(theirs.server_name.as_deref(), Some(super::NAME));
    }
}

#[test]
fn another_authority_is_an_unknown_issuer() {
    let (ground, stranger) = (Ground::new(), Ground::new());
    let client = ClientTls {
        check: PeerCheck::Roots(stranger.authority().path().to_owned()),
        ..ground.client_settings()
    };
    let (ours, theirs) = fail(&ground, ServerTls::default(), client);
    assert!(
        matches!(ours.problem, TlsProblem::UnknownIssuer { .. }),
        "{ours:?}"
    );
    assert_eq!(theirs.problem, TlsProblem::CertificateRefused);
}

#[test]
fn a_name_that_was_not_sent_is_checked_all_the_same() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut config = ground.client(address);
    // The certificate is for the address without a name, and that is what was connected to.
    config.tls = Some(Box::new(at_once(ClientTls {
        server_name: ServerNameChoice::None,
        ..ground.client_settings()
    })));
    rig.send(CLIENT, SendTo::Client(Box::new(config)), "x");
    assert_eq!(rig.receive(CLIENT, 1), b"x");
}

#[test]
fn versions_and_protocols_that_differ_are_named() {
    let ground = Ground::new();
    let server = ServerTls {
        versions: Versions::Only13,
        ..ServerTls::default()
    };
    let client = ClientTls {
        versions: Versions::Only12,
        ..ground.client_settings()
    };
    let (ours, theirs) = fail(&ground, server, client);
    assert!(
        matches!(theirs.problem, TlsProblem::NoCommonVersion { .. }),
        "{theirs:?}"
    );
    assert_eq!((ours.by, theirs.by), (Accuser::Peer, Accuser::Us));
    let server = ServerTls {
        alpn: vec!["h2".to_owned()],
        ..ServerTls::default()
    };
    let client = ClientTls {
        alpn: vec!["mqtt".to_owned()],
        ..ground.client_settings()
    };
    let (ours, theirs) = fail(&ground, server, client);
    assert!(
        matches!(theirs.problem, TlsProblem::NoCommonAlpn { .. }),
        "{theirs:?}"
    );
    assert!(
        matches!(ours.problem, TlsProblem::NoCommonAlpn { .. }),
        "{ours:?}"
    );
}

#[test]
fn a_client_without_a_certificate_is_refused_where_one_is_required() {
    let ground = Ground::new();
    for versions in [Versions::Only12, Versions::Only13] {
        let server = ServerTls {
            client_certificate: ClientCertificate::Require,
            versions,
            ..ServerTls::default()
        };
        let (ours, theirs) = fail(&ground, server, ground.client_settings());
        assert_eq!(theirs.problem, TlsProblem::ClientCertificateRequired);
        assert_eq!((ours.by, theirs.by), (Accuser::Peer, Accuser::Us));
        assert!(ours.alert.is_some(), "{versions:?} {ours:?}");
    }
}

#[test]
fn a_server_that_says_nothing_is_given_up_after_the_connect_timeout() {
    let ground = Ground::new();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let mut rig = ground.rig();
    let mut client = ground.client(listener.local_addr().unwrap());
    client.connect_timeout = SHORT;
    // What waits for the handshake is not sent.
    rig.send(CLIENT, SendTo::Client(Box::new(client)), "secret");
    let (mut peer, _) = listener.accept().unwrap();
    let failure = failure(&mut rig, CLIENT);
    let stage = Stage::Nothing;
    assert_eq!(
        failure.problem,
        TlsProblem::TimedOut {
            after: SHORT,
            stage
        }
    );
    let unsent = rig.find("the end", |event| match &event.kind {
        EventKind::Closed(closed) => Some(closed.unsent_bytes),
        _ => None,
    });
    assert_eq!(unsent, 6);
    let mut got = Vec::new();
    // It ends with a FIN or a reset.
    peer.read_to_end(&mut got).ok();
    assert!(!got.windows(6).any(|it| it == b"secret"));
}

#[test]
fn a_client_that_says_nothing_or_half_a_hello_is_given_up() {
    let ground = Ground::new();
    for (bytes, stage) in [
        (&b""[..], Stage::Nothing),
        (&[22, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], Stage::FirstMessage),
    ] {
        let mut rig = ground.rig();
        let mut config = serving(ServerTls::default());
        config.handshake_timeout = SHORT;
        let address = rig.listen(config);
        let mut peer = dial(address);
        peer.write_all(bytes).unwrap();
        let failure = failure(&mut rig, SERVER);
        assert_eq!(
            failure.problem,
            TlsProblem::TimedOut {
                after: SHORT,
                stage
            }
        );
        read_to_fin(&mut peer);
    }
}

#[test]
fn whoever_leaves_in_the_handshake_is_named() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    drop(dial(address));
    let failure = failure(&mut rig, SERVER);
    let expected = TlsProblem::Closed {
        how: ClosedHow::Finished,
        stage: Stage::Nothing,
    };
    assert_eq!((failure.problem, failure.by), (expected, Accuser::Nobody));
}

#[test]
fn a_plain_client_at_a_server_of_tls() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let client = client_of(address);
    rig.send(
        CLIENT,
        SendTo::Client(Box::new(client)),
        "GET / HTTP/1.1\r\n\r\n",
    );
    let failure = failure(&mut rig, SERVER);
    let TlsProblem::NotTls { first, looks_like } = failure.problem else {
        panic!("{failure:?}");
    };
    assert_eq!(
        (&first[..], looks_like),
        (&b"GET / HTTP/1.1\r\n"[..], PlainProtocol::Http)
    );
    // It gets the alert, which is no text, and then the end.
    let got = rig.receive(CLIENT, 7);
    assert_eq!((got[0], got.len()), (21, 7), "{got:?}");
    super::closed_by(&mut rig, CLIENT);
}

#[test]
fn a_client_of_tls_at_a_plain_server() {
    let ground = Ground::new();
    let greeting = |text: &'static str| {
        let mut config = server();
        script(&mut config.behaviour).reply = Reply::None;
        let greeting = bytes::Bytes::from_static(text.as_bytes());
        script(&mut config.behaviour).greeting = Some(greeting.into());
        config
    };
    for (config, looks_like) in [
        (
            greeting("220 mail.example ready\r\n"),
            PlainProtocol::Greeting,
        ),
        (
            greeting("HTTP/1.1 400 Bad Request\r\n\r\n"),
            PlainProtocol::Http,
        ),
        (greeting("SSH-2.0-OpenSSH_9.9\r\n"), PlainProtocol::Ssh),
    ] {
        let mut rig = ground.rig();
        let address = rig.listen(config);
        rig.command(CLIENT, Command::connect(ground.client(address)));
        let failure = failure(&mut rig, CLIENT);
        let is_it = matches!(&failure.problem, TlsProblem::NotTls { looks_like: it, .. } if *it == looks_like);
        assert!(is_it, "{failure:?}");
    }
    // An echo returns the hello, which is no answer.
    let mut rig = ground.rig();
    let address = rig.listen(server());
    rig.command(CLIENT, Command::connect(ground.client(address)));
    let failure = failure(&mut rig, CLIENT);
    assert!(
        matches!(failure.problem, TlsProblem::Unexpected { .. }),
        "{failure:?}"
    );
}

#[test]
fn a_server_that_misbehaves_troubles_its_clients() {
    let ground = Ground::new();
    let wrong = |misbehaviour| ServerTls {
        misbehaviour: Some(misbehaviour),
        ..ServerTls::default()
    };
    let mut rig = ground.rig();
    let address = rig.listen(serving(wrong(Misbehaviour::Garbage)));
    let mut peer = ground.foreign(address);
    let error = peer.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData, "{error}");
    let address = rig.listen(serving(wrong(Misbehaviour::Silence)));
    let mut client = ground.client(address);
    client.connect_timeout = SHORT;
    rig.command(CLIENT, Command::connect(client));
    let failure = failure(&mut rig, CLIENT);
    assert!(
        matches!(failure.problem, TlsProblem::TimedOut { .. }),
        "{failure:?}"
    );
}

/// Nothing goes out in the clear because something else of the same client could not be set up, or was set up otherwise.
#[test]
fn a_connection_keeps_the_settings_that_it_was_begun_with() {
    let ground = Ground::new();
    let mut server_rig = ground.rig();
    let address = server_rig.listen(serving(ServerTls::default()));
    let broken = ClientTls {
        check: PeerCheck::Roots(ground.folder().join("missing.pem")),
        ..ground.client_settings()
    };
    let mut wrong = ground.client(address);
    wrong.tls = Some(Box::new(at_once(broken)));
    for other in [wrong, client_of(address)] {
        let mut rig = ground.rig();
        rig.command(CLIENT, Command::connect(ground.client(address)));
        let again = Command::Connect {
            config: Box::new(other),
            connections: NonZeroU32::new(2).unwrap(),
        };
        rig.command(CLIENT, again);
        agreed(&mut rig, CLIENT);
    }
}
