//! What JSON lines say of TLS, under names that never change. The secrets of a connection are never among it.

use jiff::Timestamp;
use serde::Serialize;

use crate::capture::EventKind;
use crate::net::tls::{
    Accuser, Agreed, AlertKind, AlternativeName, ChainCheck, HandshakeKind, Hello, PeerCertificate,
    TlsFailure, TlsProblem, TlsReport, TlsVersion,
};
use crate::net::{ClosedBy, Direction, NetError};
use crate::payload::{VisibleText, hex};

/// The keys of an entry of TLS, or of a failure of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct TlsKeys {
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offered_versions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offered_alpn: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cipher_suites: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature_schemes: Option<Vec<String>>,
    /// Whether a client offers to resume a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    resumes: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cipher_suite: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alpn: Option<String>,
    /// `full`, `retried` or `resumed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    handshake: Option<&'static str>,
    /// `passed`, `earlier`, `unchecked` or `no_certificate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_certificate_asked: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_certificate_given: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    took_ns: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificates: Option<Vec<CertificateKeys>>,
    /// What is wrong, by a name that never changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_problem: Option<&'static str>,
    /// `us`, `peer` or `nobody`.
    #[serde(skip_serializing_if = "Option::is_none")]
    said_by: Option<&'static str>,
    /// An alert by its name in the RFCs.
    #[serde(skip_serializing_if = "Option::is_none")]
    alert: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alert_number: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fatal: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_handshake: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Vec<String>>,
    /// What came instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    came: Option<Vec<String>>,
}

/// A certificate of a peer.
#[derive(Debug, Serialize)]
struct CertificateKeys {
    subject: String,
    issuer: String,
    names: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_after: Option<String>,
    sha256: String,
}

impl TlsKeys {
    /// Returns the keys of an entry; `None` if it is not about TLS.
    pub(super) fn of(kind: &EventKind) -> Option<Self> {
        match kind {
            EventKind::Tls(report) => Some(Self::of_report(report)),
            EventKind::Failed { error } | EventKind::ConnectFailed { error, .. } => {
                Self::of_error(error)
            }
            EventKind::Closed(closed) => match &closed.by {
                ClosedBy::Failure(error) => Self::of_error(error),
                _ => None,
            },
            _ => None,
        }
    }

    fn of_report(report: &TlsReport) -> Self {
        match report {
            TlsReport::Hello(hello) => Self::of_hello(hello),
            TlsReport::Agreed(agreed) => Self::of_agreed(agreed),
            TlsReport::Refused { chain } => Self {
                certificates: Some(certificates(chain)),
                ..Self::default()
            },
            TlsReport::Alert {
                direction,
                kind,
                is_fatal,
            } => Self {
                direction: Some(name_of(*direction)),
                fatal: Some(*is_fatal),
                ..Self::default()
            }
            .with_alert(*kind),
            TlsReport::CloseNotify { direction } => Self {
                direction: Some(name_of(*direction)),
                ..Self::default()
            },
            TlsReport::Cut | TlsReport::Secrets(_) => Self::default(),
        }
    }

    fn of_hello(hello: &Hello) -> Self {
        Self {
            server_name: hello.server_name.as_deref().map(visible),
            offered_versions: Some(versions(&hello.versions)),
            offered_alpn: Some(visible_all(&hello.alpn)),
            cipher_suites: Some(visible_all(&hello.suites)),
            groups: Some(visible_all(&hello.groups)),
            signature_schemes: Some(visible_all(&hello.schemes)),
            resumes: Some(hello.resumes),
            ..Self::default()
        }
    }

    fn of_agreed(agreed: &Agreed) -> Self {
        Self {
            server_name: agreed.server_name.as_deref().map(visible),
            tls_version: Some(version(agreed.version)),
            cipher_suite: Some(visible(&agreed.suite)),
            group: agreed.group.as_deref().map(visible),
            alpn: agreed.alpn.as_deref().map(visible),
            handshake: Some(match agreed.kind {
                HandshakeKind::Full => "full",
                HandshakeKind::Retried => "retried",
                HandshakeKind::Resumed => "resumed",
            }),
            checked: Some(match agreed.check {
                ChainCheck::Passed => "passed",
                ChainCheck::Earlier => "earlier",
                ChainCheck::Unchecked => "unchecked",
                ChainCheck::NoCertificate => "no_certificate",
            }),
            client_certificate_asked: agreed.client_certificate_asked,
            client_certificate_given: Some(agreed.client_certificate_given),
            took_ns: u64::try_from(agreed.took.as_nanos()).ok(),
            certificates: Some(certificates(&agreed.chain)),
            ..Self::default()
        }
    }

    fn of_error(error: &NetError) -> Option<Self> {
        let NetError::Tls { source, .. } = error else {
            return None;
        };
        let TlsFailure {
            problem,
            by,
            alert,
            server_name,
            in_handshake,
        } = &**source;
        let (expected, came) = compared(problem);
        let keys = Self {
            server_name: server_name.as_deref().map(visible),
            tls_problem: Some(problem_name(problem)),
            said_by: Some(match by {
                Accuser::Us => "us",
                Accuser::Peer => "peer",
                Accuser::Nobody => "nobody",
            }),
            in_handshake: Some(*in_handshake),
            expected,
            came,
            ..Self::default()
        };
        Some(keys.with_alert(*alert))
    }

    fn with_alert(mut self, alert: Option<AlertKind>) -> Self {
        self.alert = alert.and_then(AlertKind::name);
        self.alert_number = alert.map(|it| it.0);
        self
    }
}

/// Returns what was expected and what came instead; of a choice, what a server accepts and what a client offered.
fn compared(problem: &TlsProblem) -> (Option<Vec<String>>, Option<Vec<String>>) {
    let one = |text: &str| Some(vec![visible(text)]);
    match problem {
        TlsProblem::UnknownIssuer { issuer, .. } => (None, one(issuer)),
        TlsProblem::SelfSigned { subject } => (None, one(subject)),
        TlsProblem::WrongName {
            expected,
            presented,
        } => (one(expected), Some(visible_all(presented))),
        TlsProblem::Expired { not_after: at, now }
        | TlsProblem::NotYetValid {
            not_before: at,
            now,
        } => {
            let time = |seconds| utc(seconds).map(|it| vec![it]);
            (time(*now), time(*at))
        }
        TlsProblem::NotForThisUse {
            required,
            presented,
        } => {
            let required = required.as_deref().and_then(one);
            (required, Some(visible_all(presented)))
        }
        TlsProblem::BadSignature { issuer, .. } => (one(issuer), None),
        TlsProblem::WeakKey { bits } => (None, Some(vec![bits.to_string()])),
        TlsProblem::UnsupportedSignature { algorithm } => (None, one(algorithm)),
        TlsProblem::NoCommonVersion { offered, accepted } => {
            (Some(versions(accepted)), Some(versions(offered)))
        }
        TlsProblem::NoCommonSuite {
            offered, accepted, ..
        }
        | TlsProblem::NoCommonAlpn { offered, accepted } => {
            (Some(visible_all(accepted)), Some(visible_all(offered)))
        }
        TlsProblem::NotTls { first, .. } => (None, Some(vec![hex::render_compact(first)])),
        _ => (None, None),
    }
}

fn problem_name(problem: &TlsProblem) -> &'static str {
    match problem {
        TlsProblem::UnknownIssuer { .. } => "unknown_issuer",
        TlsProblem::SelfSigned { .. } => "self_signed",
        TlsProblem::WrongName { .. } => "wrong_name",
        TlsProblem::Expired { .. } => "expired",
        TlsProblem::NotYetValid { .. } => "not_yet_valid",
        TlsProblem::NotForThisUse { .. } => "not_for_this_use",
        TlsProblem::BadSignature { .. } => "bad_signature",
        TlsProblem::WeakKey { .. } => "weak_key",
        TlsProblem::UnsupportedSignature { .. } => "unsupported_signature",
        TlsProblem::Revoked => "revoked",
        TlsProblem::BadCertificate { .. } => "bad_certificate",
        TlsProblem::NoCommonVersion { .. } => "no_common_version",
        TlsProblem::NoCommonSuite { .. } => "no_common_suite",
        TlsProblem::NoCommonAlpn { .. } => "no_common_alpn",
        TlsProblem::ClientCertificateRequired => "client_certificate_required",
        TlsProblem::CertificateRefused => "certificate_refused",
        TlsProblem::NotTls { .. } => "not_tls",
        TlsProblem::TimedOut { .. } => "timed_out",
        TlsProblem::Closed { .. } => "closed",
        TlsProblem::RecordTooLong => "record_too_long",
        TlsProblem::Undecipherable => "undecipherable",
        TlsProblem::Malformed { .. } => "malformed",
        TlsProblem::Unexpected { .. } => "unexpected",
        TlsProblem::Incompatible { .. } => "incompatible",
        TlsProblem::Alert => "alert",
        TlsProblem::Other { .. } => "other",
    }
}

fn certificates(chain: &[PeerCertificate]) -> Vec<CertificateKeys> {
    let keys = chain.iter().map(|PeerCertificate { facts, .. }| {
        let dates = |seconds| utc(seconds).filter(|_| facts.is_readable);
        CertificateKeys {
            subject: visible(&facts.subject),
            issuer: visible(&facts.issuer),
            names: facts.names.iter().filter_map(alternative_name).collect(),
            not_before: dates(facts.not_before),
            not_after: dates(facts.not_after),
            sha256: hex::render_compact(&facts.sha256),
        }
    });
    keys.collect()
}

fn alternative_name(name: &AlternativeName) -> Option<String> {
    match name {
        AlternativeName::Dns(name)
        | AlternativeName::Uri(name)
        | AlternativeName::Email(name)
        | AlternativeName::Directory(name) => Some(visible(name)),
        AlternativeName::Address(address) => Some(address.to_string()),
        AlternativeName::Other(_) => None,
    }
}

fn versions(versions: &[TlsVersion]) -> Vec<String> {
    versions.iter().copied().map(version).collect()
}

/// Returns the name of a version, as it stands in its RFC; another one by its number.
fn version(version: TlsVersion) -> String {
    match version {
        TlsVersion::Ssl3 => "SSL 3.0".to_owned(),
        TlsVersion::Tls10 => "1.0".to_owned(),
        TlsVersion::Tls11 => "1.1".to_owned(),
        TlsVersion::Tls12 => "1.2".to_owned(),
        TlsVersion::Tls13 => "1.3".to_owned(),
        TlsVersion::Other(number) => format!("0x{number:04X}"),
    }
}

/// Returns a time by RFC 3339; `None` if no calendar has it.
fn utc(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds)
        .ok()
        .map(|it| it.to_string())
}

fn name_of(direction: Direction) -> &'static str {
    super::summary::name(direction)
}

/// A peer can name anything.
fn visible(text: &str) -> String {
    VisibleText::plain(text).text
}

fn visible_all(list: &[String]) -> Vec<String> {
    list.iter().map(|it| visible(it)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::net::tls::{CertificateFacts, Secrets};

    fn json(kind: &EventKind) -> String {
        serde_json::to_string(&TlsKeys::of(kind).unwrap()).unwrap()
    }

    fn report(report: TlsReport) -> String {
        json(&EventKind::Tls(Arc::new(report)))
    }

    fn certificate() -> PeerCertificate {
        PeerCertificate {
            der: Vec::new(),
            facts: CertificateFacts {
                is_readable: true,
                sha256: [0xAB; 32],
                subject: "CN=example.org".to_owned(),
                issuer: "CN=CA".to_owned(),
                names: vec![
                    AlternativeName::Dns("example.org".to_owned()),
                    AlternativeName::Address([127, 0, 0, 1].into()),
                ],
                not_before: 0,
                not_after: i64::MAX,
                ..CertificateFacts::default()
            },
        }
    }

    #[test]
    fn a_hello_has_what_was_offered() {
        let hello = Hello {
            versions: vec![TlsVersion::Tls13, TlsVersion::Other(0x1a1a)],
            server_name: Some("a\u{202E}b".to_owned()),
            alpn: vec!["h2".to_owned()],
            suites: vec!["TLS_AES_128_GCM_SHA256".to_owned()],
            ..Hello::default()
        };
        assert_eq!(
            report(TlsReport::Hello(Arc::new(hello))),
            r#"{"server_name":"a\\u{202E}b","offered_versions":["1.3","0x1A1A"],"offered_alpn":["h2"],"cipher_suites":["TLS_AES_128_GCM_SHA256"],"groups":[],"signature_schemes":[],"resumes":false}"#
        );
    }

    #[test]
    fn an_agreement_has_what_was_chosen_and_the_certificates() {
        let agreed = Agreed {
            version: TlsVersion::Tls12,
            suite: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256".to_owned(),
            group: Some("x25519".to_owned()),
            alpn: None,
            server_name: None,
            kind: HandshakeKind::Full,
            chain: vec![certificate()],
            check: ChainCheck::Unchecked,
            client_certificate_asked: None,
            client_certificate_given: false,
            took: Duration::from_millis(2),
        };
        assert_eq!(
            report(TlsReport::Agreed(Box::new(agreed))),
            format!(
                r#"{{"tls_version":"1.2","cipher_suite":"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256","group":"x25519","handshake":"full","checked":"unchecked","client_certificate_given":false,"took_ns":2000000,"certificates":[{{"subject":"CN=example.org","issuer":"CN=CA","names":["example.org","127.0.0.1"],"not_before":"1970-01-01T00:00:00Z","sha256":"{}"}}]}}"#,
                "ab".repeat(32)
            )
        );
    }

    #[test]
    fn a_failure_has_names_that_programs_can_rely_on() {
        let source = Box::new(TlsFailure {
            problem: TlsProblem::WrongName {
                expected: "a.test".to_owned(),
                presented: vec!["b.test".to_owned()],
            },
            by: Accuser::Us,
            alert: Some(AlertKind(42)),
            server_name: Some("a.test".to_owned()),
            in_handshake: true,
        });
        let peer = "127.0.0.1:443".parse().unwrap();
        let error = Arc::new(NetError::Tls { peer, source });
        assert_eq!(
            json(&EventKind::Failed { error }),
            r#"{"server_name":"a.test","tls_problem":"wrong_name","said_by":"us","alert":"bad_certificate","alert_number":42,"in_handshake":true,"expected":["a.test"],"came":["b.test"]}"#
        );
        let direction = Direction::Received;
        let alert = TlsReport::Alert {
            direction,
            kind: Some(AlertKind(48)),
            is_fatal: true,
        };
        assert_eq!(
            report(alert),
            r#"{"direction":"received","alert":"unknown_ca","alert_number":48,"fatal":true}"#
        );
    }

    #[test]
    fn secrets_are_not_written() {
        let lines = vec!["CLIENT_RANDOM 00 c0ffee".to_owned()];
        assert_eq!(report(TlsReport::Secrets(Secrets { lines })), "{}");
    }
}
