//! What is said about TLS: every failure names what was asked for, what was expected and what was received.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::ENGLISH;
use super::InWords as _;
use crate::capture::EventKind;
use crate::capture::synthetic::{entries, event};
use crate::net::tls::{
    Accuser, Agreed, AlertKind, CertificateFacts, ChainCheck, ClosedHow, HandshakeKind, Hello,
    IdentityError, PeerCertificate, PlainProtocol, Secrets, Stage, TlsChoice, TlsFailure,
    TlsProblem, TlsReport, TlsSettingError, TlsVersion,
};
use crate::net::{Closed, ClosedBy, Direction, NetError, Role};

/// 2026-11-27 20:00 UTC.
const NOW: i64 = 1_795_809_600;
const DAY: i64 = 86_400;

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&it| it.to_owned()).collect()
}

fn failure(problem: TlsProblem, by: Accuser, alert: Option<u8>) -> TlsFailure {
    TlsFailure {
        problem,
        by,
        alert: alert.map(AlertKind),
        server_name: Some("asked.example".to_owned()),
        in_handshake: true,
    }
}

/// Each kind of failure, and what its sentences must name.
#[expect(clippy::too_many_lines, reason = "a table of all there are")]
fn table() -> Vec<(TlsProblem, Accuser, Option<u8>, Vec<&'static str>)> {
    use Accuser::{Nobody, Peer, Us};
    let subject = || "CN=came.example,O=Example".to_owned();
    let issuer = || "CN=Example CA\\, Inc.,O=Example".to_owned();
    let detail = || "the library's words".to_owned();
    let unknown = |is_single| TlsProblem::UnknownIssuer {
        subject: subject(),
        issuer: issuer(),
        is_single,
    };
    let wrong_name = |presented: &[&str]| TlsProblem::WrongName {
        expected: "asked.example".to_owned(),
        presented: texts(presented),
    };
    let expired = TlsProblem::Expired {
        not_after: NOW - 30 * DAY,
        now: NOW,
    };
    let not_yet = TlsProblem::NotYetValid {
        not_before: NOW + 7 * DAY,
        now: NOW,
    };
    let wrong_use = TlsProblem::NotForThisUse {
        required: Some("server authentication".to_owned()),
        presented: texts(&["client authentication"]),
    };
    let bad_signature = TlsProblem::BadSignature {
        subject: subject(),
        issuer: issuer(),
    };
    let old_signature = TlsProblem::UnsupportedSignature {
        algorithm: "sha1WithRSAEncryption".to_owned(),
    };
    let version = |accepted| TlsProblem::NoCommonVersion {
        offered: vec![
            TlsVersion::Other(0x3a3a),
            TlsVersion::Tls11,
            TlsVersion::Tls10,
        ],
        accepted,
    };
    let common = |of| TlsProblem::NoCommonSuite {
        of,
        offered: texts(&["0x4A4A", "OFFERED_ONE"]),
        accepted: texts(&["ACCEPTED_ONE"]),
    };
    let alpn = |accepted: &[&str]| TlsProblem::NoCommonAlpn {
        offered: texts(&["h2", "http/1.1"]),
        accepted: texts(accepted),
    };
    let not_tls = |first: &[u8]| TlsProblem::NotTls {
        first: first.to_vec(),
        looks_like: PlainProtocol::of(first),
    };
    let timed_out = |stage| TlsProblem::TimedOut {
        after: Duration::from_secs(10),
        stage,
    };
    let closed = |how, stage| TlsProblem::Closed { how, stage };
    let client = TlsProblem::ClientCertificateRequired;
    let refused = TlsProblem::CertificateRefused;
    let ca = "\"Example CA, Inc.\"";
    vec![
        (
            unknown(false),
            Us,
            Some(48),
            vec!["came.example", ca, "unknown_ca", "trust its CA"],
        ),
        (
            unknown(true),
            Us,
            Some(48),
            vec!["came.example", ca, "no other with it", "whole chain"],
        ),
        (
            TlsProblem::SelfSigned { subject: subject() },
            Us,
            Some(48),
            vec!["came.example", "its own key", "roots"],
        ),
        (
            wrong_name(&["b.example", "*.c.example"]),
            Us,
            Some(42),
            vec![
                "the name asked.example",
                "b.example, *.c.example",
                "Ask for one of",
            ],
        ),
        (
            wrong_name(&[]),
            Us,
            Some(42),
            vec!["the name asked.example", "no alternative name"],
        ),
        (
            expired,
            Us,
            Some(45),
            vec![
                "2026-11-27 20:00 UTC",
                "2026-10-28 20:00 UTC",
                "30 days before",
                "clock",
            ],
        ),
        (
            not_yet,
            Us,
            Some(45),
            vec![
                "2026-11-27 20:00 UTC",
                "2026-12-04 20:00 UTC",
                "7 days after",
                "clock",
            ],
        ),
        (
            wrong_use,
            Us,
            Some(43),
            vec![
                "server authentication",
                "client authentication",
                "serverAuth",
            ],
        ),
        (
            bad_signature,
            Us,
            Some(51),
            vec!["came.example", ca, "belong together"],
        ),
        (
            TlsProblem::WeakKey { bits: 1024 },
            Us,
            Some(42),
            vec!["2048 bits", "1024 bits"],
        ),
        (
            old_signature,
            Us,
            Some(43),
            vec!["SHA-256", "sha1WithRSAEncryption"],
        ),
        (
            TlsProblem::Revoked,
            Us,
            Some(44),
            vec!["revoked", "before its time"],
        ),
        (
            TlsProblem::BadCertificate { detail: detail() },
            Us,
            Some(42),
            vec!["RFC 5280", "the library's words"],
        ),
        (
            version(vec![TlsVersion::Tls13, TlsVersion::Tls12]),
            Us,
            Some(70),
            vec![
                "1.1 and 1.0",
                "1.3 and 1.2",
                "reported by: this end",
                "protocol_version",
            ],
        ),
        (
            version(vec![]),
            Peer,
            Some(70),
            vec![
                "1.1 and 1.0",
                "did not say",
                "reported by: the peer",
                "protocol_version",
            ],
        ),
        (
            common(TlsChoice::Suite),
            Us,
            Some(40),
            vec!["cipher suite", "OFFERED_ONE", "ACCEPTED_ONE"],
        ),
        (
            common(TlsChoice::Group),
            Us,
            Some(40),
            vec!["group", "OFFERED_ONE", "ACCEPTED_ONE"],
        ),
        (
            common(TlsChoice::Scheme),
            Us,
            Some(40),
            vec!["signature scheme", "OFFERED_ONE", "ACCEPTED_ONE"],
        ),
        (
            alpn(&["mqtt"]),
            Us,
            Some(120),
            vec!["h2, http/1.1", "mqtt", "no_application_protocol"],
        ),
        (
            alpn(&[]),
            Peer,
            Some(120),
            vec!["h2, http/1.1", "did not say", "reported by: the peer"],
        ),
        (
            client.clone(),
            Us,
            Some(116),
            vec!["Received: none", "requires", "certificate_required"],
        ),
        (
            client,
            Peer,
            Some(116),
            vec!["Sent: none", "Choose a certificate and its key"],
        ),
        (
            refused.clone(),
            Peer,
            Some(48),
            vec!["does not know or trust", "unknown_ca", "exported"],
        ),
        (
            refused.clone(),
            Peer,
            Some(45),
            vec!["has expired", "certificate_expired", "clock"],
        ),
        (refused, Peer, None, vec!["does not say why"]),
        (
            not_tls(b"HTTP/1.1 400 Bad"),
            Us,
            None,
            vec![
                "HTTP/1.1 400 Bad",
                "a message of TLS",
                "plain HTTP here",
                "tcp://",
            ],
        ),
        (
            not_tls(b"GET / HTTP/1.1\r\n"),
            Us,
            None,
            vec![r"GET / HTTP/1.1\r\n", "https://"],
        ),
        (
            not_tls(b"SSH-2.0-OpenSSH_"),
            Us,
            None,
            vec!["SSH-2.0-OpenSSH_", "how SSH begins"],
        ),
        (
            not_tls(b"220 mail.example"),
            Us,
            None,
            vec!["220 mail.example", "STARTTLS"],
        ),
        (not_tls(b"\xFF\x00"), Us, None, vec![r"\xFF\0", "tcp://"]),
        (
            timed_out(Stage::Nothing),
            Nobody,
            None,
            vec!["10.0 s", "Received: nothing", "this port"],
        ),
        (
            timed_out(Stage::FirstMessage),
            Nobody,
            None,
            vec!["10.0 s", "a part of its first"],
        ),
        (
            timed_out(Stage::AfterHello),
            Nobody,
            None,
            vec!["10.0 s", "its first message"],
        ),
        (
            closed(ClosedHow::Finished, Stage::Nothing),
            Nobody,
            None,
            vec!["FIN", "Received: nothing", "TLS is spoken"],
        ),
        (
            closed(ClosedHow::Reset, Stage::AfterHello),
            Nobody,
            None,
            vec!["RST", "its first message", "peer's log"],
        ),
        (
            TlsProblem::RecordTooLong,
            Us,
            Some(22),
            vec!["16 KiB", "record_overflow"],
        ),
        (
            TlsProblem::Undecipherable,
            Us,
            Some(20),
            vec!["changed on the way", "bad_record_mac"],
        ),
        (
            TlsProblem::Malformed { detail: detail() },
            Us,
            Some(50),
            vec!["can be read", "the library's words"],
        ),
        (
            TlsProblem::Unexpected { detail: detail() },
            Us,
            Some(10),
            vec!["the message that is next", "the library's words"],
        ),
        (
            TlsProblem::Incompatible { detail: detail() },
            Us,
            Some(40),
            vec!["lacks something", "the library's words"],
        ),
        (
            TlsProblem::Alert,
            Peer,
            Some(40),
            vec!["nothing acceptable", "handshake_failure", "Allow more"],
        ),
        (
            TlsProblem::Alert,
            Peer,
            Some(112),
            vec!["no server of the name", "Ask for a name"],
        ),
        (
            TlsProblem::Alert,
            Peer,
            Some(200),
            vec!["number 200", "does not say why"],
        ),
        (
            TlsProblem::Other { detail: detail() },
            Us,
            None,
            vec!["the library's words"],
        ),
    ]
}

#[test]
fn every_failure_says_what_was_asked_for_expected_and_came() {
    let peer = || "192.0.2.7:443".parse().unwrap();
    for (problem, by, alert, expected) in table() {
        let source = Box::new(failure(problem, by, alert));
        let error = NetError::Tls {
            peer: peer(),
            source,
        };
        let text = error.in_words(&ENGLISH);
        let advice = error.advice(&ENGLISH).unwrap();
        println!("{text}.\n    {advice}.\n    {}", ENGLISH.cause(&error));
        let all = format!("{text}. {advice}").to_lowercase();
        assert!(
            text.starts_with("TLS with 192.0.2.7:443 failed: "),
            "{text}"
        );
        for part in expected {
            assert!(
                all.contains(&part.to_lowercase()),
                "{part} is missing: {all}"
            );
        }
        for text in [&text, &advice] {
            assert!(
                !text.ends_with('.') && !text.contains("  ") && !text.contains(".."),
                "{text}"
            );
        }
        match by {
            Accuser::Us => assert!(text.contains("Reported by: this end"), "{text}"),
            Accuser::Peer => assert!(text.contains("Reported by: the peer"), "{text}"),
            Accuser::Nobody => assert!(text.contains("Reported by: nobody"), "{text}"),
        }
    }
    let nameless = TlsFailure {
        server_name: None,
        ..failure(TlsProblem::Alert, Accuser::Peer, None)
    };
    let text = ENGLISH.tls_failed(&peer(), &nameless);
    assert!(
        text.ends_with("Server name (SNI): none was asked for"),
        "{text}"
    );
}

#[test]
fn what_a_hostile_peer_calls_itself_cannot_be_hidden() {
    let problem = TlsProblem::WrongName {
        expected: "a.test".to_owned(),
        presented: vec!["\u{202E}tset.b".to_owned(); 100],
    };
    let text = failure(problem, Accuser::Us, Some(42)).in_words(&ENGLISH);
    assert!(text.contains(r"\u{202E}tset.b"), "{text}");
    assert!(text.contains("and 94 more"), "{text}");
    let beyond = TlsProblem::Expired {
        not_after: i64::MIN,
        now: i64::MAX,
    };
    let text = failure(beyond, Accuser::Us, None).in_words(&ENGLISH);
    assert!(text.contains("beyond all calendars"), "{text}");
}

fn said(kind: EventKind) -> String {
    let entries = entries([event(1, 1, 7, kind)]);
    ENGLISH.happened(&entries[0])
}

fn row(report: TlsReport) -> String {
    let said = said(EventKind::Tls(Arc::new(report)));
    let row = said.strip_prefix("127.0.0.1:53122 ").unwrap();
    row.to_owned()
}

fn hello() -> Hello {
    Hello {
        versions: vec![
            TlsVersion::Other(0x1a1a),
            TlsVersion::Tls13,
            TlsVersion::Tls12,
        ],
        server_name: Some("example.org".to_owned()),
        alpn: texts(&["h2", "http/1.1"]),
        suites: texts(&["0xAAAA", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"]),
        is_whole: true,
        ..Hello::default()
    }
}

fn agreed() -> Agreed {
    Agreed {
        version: TlsVersion::Tls13,
        suite: "TLS_AES_256_GCM_SHA384".to_owned(),
        group: Some("x25519".to_owned()),
        alpn: Some("h2".to_owned()),
        server_name: Some("example.org".to_owned()),
        kind: HandshakeKind::Full,
        chain: vec![PeerCertificate {
            der: Vec::new(),
            facts: CertificateFacts {
                is_readable: true,
                subject: "CN=example.org".to_owned(),
                issuer: "CN=Bothends CA,O=Somewhere".to_owned(),
                not_before: NOW,
                not_after: NOW + 90 * DAY,
                ..CertificateFacts::default()
            },
        }],
        check: ChainCheck::Passed,
        client_certificate_asked: Some(false),
        client_certificate_given: false,
        took: Duration::from_micros(2_100),
    }
}

#[test]
fn rows_say_what_was_offered_and_chosen() {
    assert_eq!(
        row(TlsReport::Hello(Arc::new(hello()))),
        "TLS offered by the client: 1.3 and 1.2, name example.org, h2, http/1.1, 2 cipher suites"
    );
    let plain = Hello {
        server_name: None,
        alpn: Vec::new(),
        resumes: true,
        is_whole: false,
        ..hello()
    };
    assert_eq!(
        row(TlsReport::Hello(Arc::new(plain))),
        "TLS offered by the client: 1.3 and 1.2, no server name, 2 cipher suites, and to resume an earlier session; not \
         all of it can be read"
    );
    let of = |agreed| row(TlsReport::Agreed(Box::new(agreed)));
    let certificate = "certificate of example.org by Bothends CA, valid until 2027-02-25";
    let chosen = "TLS_AES_256_GCM_SHA384, x25519, h2";
    assert_eq!(
        of(agreed()),
        format!("TLS 1.3 agreed in 2.1 ms: {chosen}; {certificate}")
    );
    let unchecked = Agreed {
        check: ChainCheck::Unchecked,
        kind: HandshakeKind::Retried,
        client_certificate_asked: Some(true),
        ..agreed()
    };
    assert_eq!(
        of(unchecked),
        format!(
            "NOT CHECKED: TLS 1.3 agreed in 2.1 ms, on the second attempt: {chosen}; {certificate}; the client presented no \
             certificate"
        )
    );
    let resumed = Agreed {
        kind: HandshakeKind::Resumed,
        version: TlsVersion::Tls12,
        group: None,
        alpn: None,
        chain: Vec::new(),
        check: ChainCheck::NoCertificate,
        client_certificate_asked: None,
        ..agreed()
    };
    assert_eq!(
        of(resumed),
        "TLS 1.2 resumed in 2.1 ms: TLS_AES_256_GCM_SHA384"
    );
}

#[test]
fn rows_say_how_tls_ended() {
    let (sent, received) = (Direction::Sent, Direction::Received);
    let alert = |direction, number: Option<u8>, is_fatal| {
        row(TlsReport::Alert {
            direction,
            kind: number.map(AlertKind),
            is_fatal,
        })
    };
    assert_eq!(alert(sent, Some(48), true), "TLS alert sent: unknown_ca");
    assert_eq!(
        alert(received, Some(90), false),
        "TLS alert received: user_canceled (a warning)"
    );
    assert_eq!(
        alert(received, None, true),
        "TLS alert received: encrypted, so it is not known which"
    );
    assert_eq!(
        row(TlsReport::CloseNotify {
            direction: received
        }),
        "close_notify received: all was received"
    );
    assert_eq!(
        row(TlsReport::Cut),
        "cut: the TCP connection ended without close_notify, so bytes may be missing"
    );
    assert_eq!(
        said(EventKind::Upgraded),
        "127.0.0.1:53122 upgraded to TLS (STARTTLS)"
    );
    let failed = failure(TlsProblem::Revoked, Accuser::Us, Some(44));
    let closed = said(EventKind::Closed(Closed {
        by: ClosedBy::Failure(Arc::new(NetError::Tls {
            peer: "127.0.0.1:53122".parse().unwrap(),
            source: Box::new(failed),
        })),
        unsent_bytes: 0,
        unread: false,
    }));
    assert!(
        closed.starts_with(
            "127.0.0.1:53122 closed: TLS failed: the peer's certificate was revoked. "
        ),
        "{closed}"
    );
    assert!(
        closed.ends_with(". Have a new certificate made for the peer"),
        "{closed}"
    );
}

#[test]
fn secrets_are_counted_and_never_said() {
    let lines = texts(&["CLIENT_RANDOM 0011 c0ffee", "EXPORTER_SECRET 0011 c0ffee"]);
    let row = row(TlsReport::Secrets(Secrets { lines }));
    assert_eq!(
        row,
        "keys logged (2 lines): whoever has the key log can read this connection"
    );
}

#[test]
fn a_failure_has_a_short_heading_and_says_what_to_do() {
    for (problem, by, alert, _) in table() {
        let parts = ENGLISH.tls_failure_parts(&failure(problem, by, alert));
        assert!(parts.heading.len() < 80, "{}", parts.heading);
        assert!(!parts.advice.1.is_empty(), "{parts:?}");
    }
}
#[test]
fn what_was_chosen_is_marked_in_what_was_offered() {
    let marked = |agreed: Option<&Agreed>| {
        let lists = ENGLISH.tls_offer(&hello(), agreed);
        let all = lists.into_iter().flat_map(|list| list.items);
        let chosen = all.filter(|it| it.is_chosen).map(|it| it.text);
        chosen.collect::<Vec<_>>()
    };
    assert_eq!(
        marked(Some(&agreed())),
        texts(&["1.3", "h2", "TLS_AES_256_GCM_SHA384"])
    );
    assert!(marked(None).is_empty());
}

#[test]
fn a_certificate_says_how_long_it_is_valid_and_which_checks_it_passed() {
    use super::tls_certificate::CertificateVerdict;
    use super::tls_detail::TlsStanding;
    let facts = &agreed().chain[0].facts;
    let at = |days: i64| {
        let seconds = (NOW + days * DAY).unsigned_abs();
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    };
    let dates = |days: i64| {
        let shown =
            ENGLISH.shown_certificate((0, facts), CertificateVerdict::Unknown, None, at(days));
        let mut facts = shown.facts.into_iter();
        facts
            .find(|it| it.name == "Valid")
            .map(|it| (it.text, it.standing))
    };
    let check = |days: i64, text: &str, standing| {
        let text = format!("2026-11-27 20:00 UTC until 2027-02-25 20:00 UTC, {text}");
        assert_eq!(dates(days), Some((text, standing)));
    };
    check(-2, "begins in 2 days", TlsStanding::Bad);
    check(0, "90 days left", TlsStanding::Plain);
    check(77, "13 days left", TlsStanding::Caution);
    check(92, "expired 2 days ago", TlsStanding::Bad);
    let checks = |verdict: CertificateVerdict<'_>, role| {
        let shown = ENGLISH.shown_certificate((0, facts), verdict, Some(role), at(1));
        let checks = shown.checks.into_iter().map(|(_, standing)| standing);
        checks.collect::<Vec<_>>()
    };
    let (good, bad, open) = (TlsStanding::Good, TlsStanding::Bad, TlsStanding::Open);
    let of_client = |verdict: CertificateVerdict<'_>| checks(verdict, Role::Client);
    assert_eq!(of_client(CertificateVerdict::Passed), [good, good, good]);
    assert_eq!(of_client(CertificateVerdict::Unchecked), [good, open, open]);
    let wrong_name = TlsProblem::WrongName {
        expected: "asked.example".to_owned(),
        presented: Vec::new(),
    };
    assert_eq!(
        of_client(CertificateVerdict::Failed(&wrong_name)),
        [good, good, bad]
    );
    let alone = TlsProblem::SelfSigned {
        subject: String::new(),
    };
    assert_eq!(
        of_client(CertificateVerdict::Failed(&alone)),
        [good, bad, open]
    );
    let weak = TlsProblem::WeakKey { bits: 1024 };
    assert_eq!(
        of_client(CertificateVerdict::Failed(&weak)),
        [good, open, open, bad]
    );
    // Nobody asks for the name of a client.
    assert_eq!(
        checks(CertificateVerdict::Passed, Role::Server),
        [good, good]
    );
}

#[test]
fn a_setting_that_cannot_be_used_says_which_file_and_what_to_do() {
    let check = |source: TlsSettingError, text: &str, advice: &str| {
        let source = Box::new(source);
        let error = NetError::TlsSettings { source };
        assert_eq!(
            error.in_words(&ENGLISH),
            format!("TLS cannot be set up: {text}")
        );
        let advised = error.advice(&ENGLISH).unwrap();
        assert!(advised.contains(advice), "{advised}");
    };
    check(
        TlsSettingError::Identity(IdentityError::KeyMismatch {
            certificate: "/c.pem".into(),
            key: "/k.pem".into(),
        }),
        "the key in /k.pem is not the one of the certificate in /c.pem",
        "Choose the key",
    );
    check(
        TlsSettingError::Roots(IdentityError::NoCertificate {
            path: "/r.der".into(),
        }),
        "the roots cannot be used: /r.der holds no certificate in PEM",
        "openssl x509",
    );
    check(
        TlsSettingError::ServerName {
            name: "a b".to_owned(),
        },
        "\"a b\" is neither a name nor an address, so no certificate can be compared with it",
        "example.org",
    );
}
