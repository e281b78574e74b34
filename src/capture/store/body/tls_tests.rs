//! Every report and failure of TLS, there and back; the bytes that never change; and what a hostile capture can hold.

use std::io::ErrorKind;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::net::tls::{
    Accuser, Agreed, AlertKind, CertificateFacts, ChainCheck, ClosedHow, HandshakeKind, Hello,
    IdentityError, MAX_OFFERED, PeerCertificate, PlainProtocol, Secrets, Stage, TlsChoice,
    TlsFailure, TlsProblem, TlsReport, TlsSettingError, TlsVersion,
};
use crate::net::{NetError, SystemError};

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&it| it.to_owned()).collect()
}

fn hello() -> Hello {
    Hello {
        versions: vec![
            TlsVersion::Tls13,
            TlsVersion::Tls12,
            TlsVersion::Other(0x7a7a),
        ],
        server_name: Some("example.org".to_owned()),
        alpn: texts(&["h2", "http/1.1"]),
        suites: texts(&["TLS_AES_128_GCM_SHA256", "0x0A0A"]),
        groups: texts(&["x25519"]),
        schemes: texts(&["ecdsa_secp256r1_sha256", "ed25519"]),
        resumes: true,
        random: [7; 32],
        is_whole: true,
    }
}

fn certificate(der: &[u8]) -> PeerCertificate {
    PeerCertificate {
        der: der.to_vec(),
        facts: CertificateFacts::of(der),
    }
}

fn agreed(kind: HandshakeKind, check: ChainCheck) -> Agreed {
    Agreed {
        version: TlsVersion::Tls13,
        suite: "TLS_AES_256_GCM_SHA384".to_owned(),
        group: Some("x25519".to_owned()),
        alpn: Some("h2".to_owned()),
        server_name: Some("example.org".to_owned()),
        kind,
        chain: vec![certificate(&[0x30, 0]), certificate(&[0x30, 1, 5])],
        check,
        client_certificate_asked: Some(true),
        client_certificate_given: true,
        took: Duration::from_micros(2_100),
    }
}

fn reports() -> Vec<TlsReport> {
    let without = Agreed {
        group: None,
        alpn: None,
        server_name: None,
        chain: Vec::new(),
        client_certificate_asked: None,
        client_certificate_given: false,
        ..agreed(HandshakeKind::Full, ChainCheck::NoCertificate)
    };
    let not_asked = Agreed {
        client_certificate_asked: Some(false),
        client_certificate_given: false,
        ..agreed(HandshakeKind::Resumed, ChainCheck::Earlier)
    };
    let agreed = [
        agreed(HandshakeKind::Full, ChainCheck::Passed),
        agreed(HandshakeKind::Retried, ChainCheck::Unchecked),
        not_asked,
        without,
    ];
    let mut reports: Vec<_> = agreed.map(|it| TlsReport::Agreed(Box::new(it))).into();
    let chain = vec![certificate(&[0x30, 0])];
    reports.extend([
        TlsReport::Hello(Arc::new(hello())),
        TlsReport::Hello(Arc::new(Hello::default())),
        TlsReport::Refused { chain },
        TlsReport::Refused { chain: Vec::new() },
        TlsReport::Cut,
        TlsReport::Secrets(Secrets {
            lines: texts(&["CLIENT_RANDOM 00 11"]),
        }),
    ]);
    for direction in [Direction::Received, Direction::Sent] {
        let alert = |kind, is_fatal| TlsReport::Alert {
            direction,
            kind,
            is_fatal,
        };
        reports.extend([
            alert(Some(AlertKind(48)), true),
            alert(None, true),
            alert(Some(AlertKind(90)), false),
            TlsReport::CloseNotify { direction },
        ]);
    }
    reports
}

fn problems() -> Vec<TlsProblem> {
    let subject = || "CN=example.org".to_owned();
    let issuer = || "CN=Example CA".to_owned();
    let detail = || "what the library says".to_owned();
    let mut problems = vec![
        TlsProblem::UnknownIssuer {
            subject: subject(),
            issuer: issuer(),
            is_single: true,
        },
        TlsProblem::SelfSigned { subject: subject() },
        TlsProblem::WrongName {
            expected: "example.org".to_owned(),
            presented: texts(&["example.com", "*.example.com"]),
        },
        TlsProblem::Expired {
            not_after: -1,
            now: 1 << 40,
        },
        TlsProblem::NotYetValid {
            not_before: i64::MAX,
            now: 0,
        },
        TlsProblem::NotForThisUse {
            required: Some("server authentication".to_owned()),
            presented: texts(&["client authentication"]),
        },
        TlsProblem::NotForThisUse {
            required: None,
            presented: Vec::new(),
        },
        TlsProblem::BadSignature {
            subject: subject(),
            issuer: issuer(),
        },
        TlsProblem::WeakKey { bits: 1024 },
        TlsProblem::UnsupportedSignature {
            algorithm: "sha1WithRSAEncryption".to_owned(),
        },
        TlsProblem::Revoked,
        TlsProblem::BadCertificate { detail: detail() },
        TlsProblem::NoCommonVersion {
            offered: vec![TlsVersion::Tls10, TlsVersion::Ssl3],
            accepted: vec![TlsVersion::Tls13],
        },
        TlsProblem::NoCommonAlpn {
            offered: texts(&["h2"]),
            accepted: Vec::new(),
        },
        TlsProblem::ClientCertificateRequired,
        TlsProblem::CertificateRefused,
        TlsProblem::RecordTooLong,
        TlsProblem::Undecipherable,
        TlsProblem::Malformed { detail: detail() },
        TlsProblem::Unexpected { detail: detail() },
        TlsProblem::Incompatible { detail: detail() },
        TlsProblem::Alert,
        TlsProblem::Other { detail: detail() },
    ];
    for of in [TlsChoice::Suite, TlsChoice::Group, TlsChoice::Scheme] {
        problems.push(TlsProblem::NoCommonSuite {
            of,
            offered: texts(&["a", "b"]),
            accepted: texts(&["c"]),
        });
    }
    for looks_like in [
        PlainProtocol::Http,
        PlainProtocol::Ssh,
        PlainProtocol::Greeting,
        PlainProtocol::Text,
        PlainProtocol::Unknown,
    ] {
        let first = b"HTTP/1.1 400 Bad".to_vec();
        problems.push(TlsProblem::NotTls { first, looks_like });
    }
    for stage in [Stage::Nothing, Stage::FirstMessage, Stage::AfterHello] {
        let after = Duration::from_secs(10);
        problems.push(TlsProblem::TimedOut { after, stage });
        for how in [ClosedHow::Finished, ClosedHow::Reset] {
            problems.push(TlsProblem::Closed { how, stage });
        }
    }
    problems
}

fn identity_errors() -> Vec<IdentityError> {
    let path = || PathBuf::from("/tmp/key.pem");
    let source = || SystemError::from(ErrorKind::NotFound);
    vec![
        IdentityError::Read {
            path: path(),
            source: source(),
        },
        IdentityError::Write {
            path: path(),
            source: source(),
        },
        IdentityError::NotPlain { path: path() },
        IdentityError::TooLarge {
            path: path(),
            limit_bytes: 1 << 20,
        },
        IdentityError::Damaged { path: path() },
        IdentityError::NoCertificate { path: path() },
        IdentityError::NoKey { path: path() },
        IdentityError::KeyEncrypted { path: path() },
        IdentityError::KeyUnusable { path: path() },
        IdentityError::KeyMismatch {
            certificate: "/tmp/certificate.pem".into(),
            key: path(),
        },
        IdentityError::NotAuthority { path: path() },
        IdentityError::AuthorityExpired {
            path: path(),
            not_after: -7,
        },
    ]
}

/// All failures of TLS.
pub(super) fn failures() -> Vec<NetError> {
    let peer = || "127.0.0.1:443".parse().unwrap();
    let accusers = [Accuser::Us, Accuser::Peer, Accuser::Nobody];
    let mut failures = vec![NetError::NoTls];
    for (place, problem) in problems().into_iter().enumerate() {
        let is_even = place % 2 == 0;
        let source = Box::new(TlsFailure {
            problem,
            by: accusers[place % accusers.len()],
            alert: is_even.then_some(AlertKind(42)),
            server_name: is_even.then(|| "example.org".to_owned()),
            in_handshake: is_even,
        });
        failures.push(NetError::Tls {
            peer: peer(),
            source,
        });
    }
    let mut settings = vec![
        TlsSettingError::NoUsableRoot {
            path: "/tmp/roots.pem".into(),
        },
        TlsSettingError::NoRoots,
        TlsSettingError::ServerName {
            name: "not a name".to_owned(),
        },
        TlsSettingError::Alpn {
            protocol: String::new(),
        },
        TlsSettingError::FlawOfFiles,
        TlsSettingError::Refused {
            detail: "what the library says".to_owned(),
        },
    ];
    settings.extend(identity_errors().into_iter().map(TlsSettingError::Identity));
    settings.extend(identity_errors().into_iter().map(TlsSettingError::Roots));
    failures.extend(settings.into_iter().map(|source| NetError::TlsSettings {
        source: Box::new(source),
    }));
    failures
}

/// All entries of TLS but those of failures.
pub(super) fn kinds() -> Vec<EventKind> {
    let reports = reports().into_iter().map(Arc::new).map(EventKind::Tls);
    reports.chain([EventKind::Upgraded]).collect()
}

fn check(kind: &EventKind, number: u16, expected: &[u8]) {
    let body = encode(kind, &StreamPositions::default());
    assert_eq!(body, (number, expected.to_vec()), "{kind:?}");
}

fn field(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let len = u16::try_from(bytes.len()).unwrap().to_le_bytes();
    [&[tag][..], &len, bytes].concat()
}

/// Captures depend on this format: these bytes never change.
#[test]
fn the_bytes_of_a_report_never_change() {
    let tls = |report| EventKind::Tls(Arc::new(report));
    check(&EventKind::Upgraded, 49, &[]);
    let hello = [
        field(80, &[4, 3, 3, 3, 0x7a, 0x7a]),
        field(74, b"example.org"),
        field(81, b"h2"),
        field(81, b"http/1.1"),
        field(82, b"TLS_AES_128_GCM_SHA256"),
        field(82, b"0x0A0A"),
        field(83, b"x25519"),
        field(84, b"ecdsa_secp256r1_sha256"),
        field(84, b"ed25519"),
        field(85, &[]),
        field(86, &[7; 32]),
        field(87, &[]),
    ];
    let report = TlsReport::Hello(Arc::new(self::hello()));
    check(&tls(report), 50, &hello.concat());
    let agreed = [
        field(70, &[4, 3]),
        field(71, b"TLS_AES_256_GCM_SHA384"),
        field(72, b"x25519"),
        field(73, b"h2"),
        field(74, b"example.org"),
        field(75, &[2]),
        field(76, &[1]),
        field(77, &[0x30, 0]),
        field(77, &[0x30, 1, 5]),
        field(78, &[2]),
        field(79, &[]),
        field(14, &[0x20, 0x0B, 0x20]),
    ];
    let report = TlsReport::Agreed(Box::new(self::agreed(
        HandshakeKind::Retried,
        ChainCheck::Passed,
    )));
    check(&tls(report), 51, &agreed.concat());
    let chain = vec![certificate(&[0x30, 0])];
    let refused = TlsReport::Refused { chain };
    check(&tls(refused), 52, &field(77, &[0x30, 0]));
    let alert = TlsReport::Alert {
        direction: Direction::Sent,
        kind: Some(AlertKind(48)),
        is_fatal: true,
    };
    let fields = [field(20, &[2]), field(88, &[48]), field(89, &[])];
    check(&tls(alert), 53, &fields.concat());
    let direction = Direction::Received;
    check(
        &tls(TlsReport::CloseNotify { direction }),
        54,
        &field(20, &[1]),
    );
    check(&tls(TlsReport::Cut), 55, &[]);
    let lines = texts(&["CLIENT_RANDOM 00 11"]);
    let secrets = TlsReport::Secrets(Secrets { lines });
    check(&tls(secrets), 56, &field(90, b"CLIENT_RANDOM 00 11"));
}

/// Captures depend on this format: these bytes never change.
#[test]
fn the_bytes_of_a_failure_never_change() {
    let address = [&[4, 127, 0, 0, 1][..], &[0; 12], &[0xBB, 1], &[0; 5]].concat();
    let failed = |problem| {
        let source = Box::new(TlsFailure {
            problem,
            by: Accuser::Us,
            alert: Some(AlertKind(42)),
            server_name: Some("a.test".to_owned()),
            in_handshake: true,
        });
        let peer = "127.0.0.1:443".parse().unwrap();
        EventKind::Failed {
            error: Arc::new(NetError::Tls { peer, source }),
        }
    };
    let common = [
        field(8, &address),
        field(92, &[1]),
        field(88, &[42]),
        field(74, b"a.test"),
        field(93, &[]),
    ]
    .concat();
    let wrong_name = failed(TlsProblem::WrongName {
        expected: "a.test".to_owned(),
        presented: texts(&["b.test", "c.test"]),
    });
    let fields = [
        common.clone(),
        field(97, b"a.test"),
        field(98, b"b.test"),
        field(98, b"c.test"),
        field(91, &[3]),
        field(32, &[30]),
    ];
    check(&wrong_name, 31, &fields.concat());
    let expired = failed(TlsProblem::Expired {
        not_after: -1,
        now: 2,
    });
    let fields = [
        common,
        field(99, &[0xFF; 8]),
        field(100, &[2, 0, 0, 0, 0, 0, 0, 0]),
        field(91, &[4]),
        field(32, &[30]),
    ];
    check(&expired, 31, &fields.concat());
    let source = Box::new(TlsSettingError::Identity(IdentityError::NoKey {
        path: "/k".into(),
    }));
    let settings = EventKind::Failed {
        error: Arc::new(NetError::TlsSettings { source }),
    };
    let fields = [
        field(112, b"/k"),
        field(111, &[7]),
        field(110, &[1]),
        field(32, &[31]),
    ];
    check(&settings, 31, &fields.concat());
    let no_tls = EventKind::Failed {
        error: Arc::new(NetError::NoTls),
    };
    check(&no_tls, 31, &field(32, &[32]));
}

#[test]
fn what_a_library_says_is_kept_although_its_error_cannot_be() {
    let made = IdentityError::Make(rcgen::Error::CouldNotParseCertificate);
    let source = Box::new(TlsSettingError::Identity(made));
    let error = Arc::new(NetError::TlsSettings { source });
    let (number, bytes) = encode(&EventKind::Failed { error }, &StreamPositions::default());
    let read = decode(number, &bytes).unwrap();
    let EventKind::Failed { error } = read.kind else {
        panic!("{:?}", read.kind);
    };
    let NetError::TlsSettings { source } = &*error else {
        panic!("{error:?}");
    };
    let detail = rcgen::Error::CouldNotParseCertificate.to_string();
    assert_eq!(**source, TlsSettingError::Refused { detail });
}

#[test]
fn lists_of_a_hostile_capture_are_read_up_to_their_bounds() {
    let mut bytes = field(86, &[0; 32]);
    bytes.extend(field(80, &[3; 4_000]));
    for tag in 81..=84 {
        for _ in 0..2_000 {
            bytes.extend(field(tag, b"x"));
        }
    }
    let hello = decode(kind::TLS_HELLO, &bytes).unwrap();
    let EventKind::Tls(report) = hello.kind else {
        panic!("{:?}", hello.kind);
    };
    let TlsReport::Hello(hello) = &*report else {
        panic!("{report:?}");
    };
    let lists = [&hello.alpn, &hello.suites, &hello.groups, &hello.schemes];
    assert!(lists.iter().all(|list| list.len() == MAX_OFFERED));
    assert_eq!(hello.versions.len(), MAX_OFFERED);

    let many: Vec<u8> = (0..2_000).flat_map(|_| field(77, &[0x30, 0])).collect();
    let refused = decode(kind::TLS_REFUSED, &many).unwrap();
    let EventKind::Tls(report) = refused.kind else {
        panic!("{:?}", refused.kind);
    };
    let TlsReport::Refused { chain } = &*report else {
        panic!("{report:?}");
    };
    assert_eq!(chain.len(), 128);
}

#[test]
fn a_number_of_a_later_version_is_not_taken_for_another() {
    let agreed = reports().remove(0);
    let (number, bytes) = encode(
        &EventKind::Tls(Arc::new(agreed)),
        &StreamPositions::default(),
    );
    let mut fields = [75, 1, 0];
    for wrong in [0, 4, 255] {
        let at = bytes.windows(3).position(|it| *it == fields).unwrap();
        let mut changed = bytes.clone();
        changed[at + 3] = wrong;
        let read = decode(number, &changed).unwrap();
        assert!(matches!(read.kind, EventKind::Unknown { kind: 51 }));
    }
    fields[0] = 78;
    let at = bytes.windows(3).position(|it| *it == fields).unwrap();
    let mut changed = bytes;
    changed[at + 3] = 9;
    let read = decode(number, &changed).unwrap();
    assert!(matches!(read.kind, EventKind::Tls(_)));
}

proptest! {
    #[test]
    fn any_fields_of_tls_are_read_without_harm(
        number in 49_u16..58,
        fields in proptest::collection::vec((70_u8..114, proptest::collection::vec(any::<u8>(), 0..40)), 0..40)
    ) {
        let bytes: Vec<u8> = fields.iter().flat_map(|(tag, bytes)| field(*tag, bytes)).collect();
        decode(number, &bytes);
        let failure = [bytes, field(32, &[(30 + number % 3) as u8])].concat();
        decode(kind::FAILED, &failure);
    }
}
