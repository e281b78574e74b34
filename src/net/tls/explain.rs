//! From rustls's errors to failures with everything that is known about them.

use rustls::pki_types::ServerName;
use rustls::{
    AlertDescription, CertificateError, Error, ExtendedKeyPurpose, InvalidMessage,
    PeerIncompatible, PeerMisbehaved,
};

use super::alert::AlertKind;
use super::certificate::{CertificateFacts, KeyKind};
use super::failure::{Accuser, PlainProtocol, TlsChoice, TlsProblem};
use super::hello::{ChosenSuite, Hello};
use super::prepared::TlsFacts;
use super::registry;
use super::version::TlsVersion;

/// The shortest RSA key that is accepted.
const MIN_RSA_BITS: u32 = 2048;

/// What is known about a connection when it fails.
pub(super) struct KnownAtFailure<'a> {
    pub(super) is_server: bool,
    pub(super) facts: &'a TlsFacts,
    /// What the client offered.
    pub(super) hello: Option<&'a Hello>,
    /// What the server chose.
    pub(super) chosen: Option<&'a ChosenSuite>,
    /// The peer's certificates.
    pub(super) chain: &'a [Vec<u8>],
    /// What the peer sent first, if it is not TLS.
    pub(super) not_tls: Option<&'a [u8]>,
    /// Whether the server asked us for a certificate.
    pub(super) was_asked: bool,
    /// Whether we gave it one.
    pub(super) has_given: bool,
}

impl KnownAtFailure<'_> {
    /// Says what is wrong, and which end says so.
    pub(super) fn explain(&self, error: &Error) -> (TlsProblem, Accuser) {
        if let Some(first) = self.not_tls {
            let first = first.to_vec();
            let looks_like = PlainProtocol::of(&first);
            return (TlsProblem::NotTls { first, looks_like }, Accuser::Us);
        }
        if let Error::AlertReceived(alert) = error {
            return (self.accused(alert_kind(*alert)), Accuser::Peer);
        }
        let detail = || error.to_string();
        let problem = match error {
            Error::InvalidCertificate(error) => self.certificate(error),
            Error::NoCertificatesPresented if self.is_server => {
                TlsProblem::ClientCertificateRequired
            }
            Error::PeerIncompatible(error) => self.incompatible(error),
            Error::NoApplicationProtocol => self.no_alpn(),
            Error::PeerMisbehaved(PeerMisbehaved::SelectedUnofferedApplicationProtocol) => {
                self.no_alpn()
            }
            Error::PeerSentOversizedRecord
            | Error::InvalidMessage(InvalidMessage::MessageTooLarge) => TlsProblem::RecordTooLong,
            Error::DecryptError => TlsProblem::Undecipherable,
            Error::InvalidMessage(_) => TlsProblem::Malformed { detail: detail() },
            Error::InappropriateMessage { .. }
            | Error::InappropriateHandshakeMessage { .. }
            | Error::PeerMisbehaved(_) => TlsProblem::Unexpected { detail: detail() },
            _ => TlsProblem::Other { detail: detail() },
        };
        (problem, Accuser::Us)
    }

    /// Says what an alert of the peer means here.
    fn accused(&self, alert: AlertKind) -> TlsProblem {
        match alert {
            AlertKind::PROTOCOL_VERSION => self.no_version(),
            AlertKind::NO_APPLICATION_PROTOCOL => self.no_alpn(),
            AlertKind::CERTIFICATE_REQUIRED if !self.is_server => {
                TlsProblem::ClientCertificateRequired
            }
            // Before TLS 1.3 there was no alert for it.
            AlertKind::HANDSHAKE_FAILURE | AlertKind::BAD_CERTIFICATE
                if self.was_asked && !self.has_given =>
            {
                TlsProblem::ClientCertificateRequired
            }
            // Whoever has another certificate of the same issuer cannot check the signature.
            AlertKind::DECRYPT_ERROR if self.shows_certificate() => TlsProblem::CertificateRefused,
            _ if alert.is_about_certificate() && self.shows_certificate() => {
                TlsProblem::CertificateRefused
            }
            _ => TlsProblem::Alert,
        }
    }

    /// Returns whether the peer has seen a certificate of ours.
    fn shows_certificate(&self) -> bool {
        self.is_server || self.has_given
    }

    fn certificate(&self, error: &CertificateError) -> TlsProblem {
        let leaf = self.chain.first().map(|der| CertificateFacts::of(der));
        let leaf = leaf.unwrap_or_default();
        if let KeyKind::Rsa { bits } = leaf.key
            && bits < MIN_RSA_BITS
            && is_about_signature(error)
        {
            return TlsProblem::WeakKey { bits };
        }
        match error {
            CertificateError::UnknownIssuer => self.unknown_issuer(leaf),
            CertificateError::NotValidForNameContext {
                expected,
                presented,
            } => TlsProblem::WrongName {
                expected: name_text(expected),
                presented: presented.iter().map(|name| presented_name(name)).collect(),
            },
            CertificateError::ExpiredContext { time, not_after } => TlsProblem::Expired {
                not_after: seconds(not_after.as_secs()),
                now: seconds(time.as_secs()),
            },
            CertificateError::NotValidYetContext { time, not_before } => TlsProblem::NotYetValid {
                not_before: seconds(not_before.as_secs()),
                now: seconds(time.as_secs()),
            },
            CertificateError::InvalidPurposeContext {
                required,
                presented,
            } => TlsProblem::NotForThisUse {
                required: Some(purpose(required)),
                presented: presented.iter().map(purpose).collect(),
            },
            CertificateError::InvalidPurpose => TlsProblem::NotForThisUse {
                required: None,
                presented: Vec::new(),
            },
            CertificateError::BadSignature => TlsProblem::BadSignature {
                subject: leaf.subject,
                issuer: leaf.issuer,
            },
            CertificateError::UnsupportedSignatureAlgorithmContext { .. }
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
                TlsProblem::UnsupportedSignature {
                    algorithm: leaf.signature_algorithm,
                }
            }
            CertificateError::Revoked => TlsProblem::Revoked,
            // An authority's certificate that is its own issuer: webpki only says that it is an authority's.
            CertificateError::Other(_) if leaf.is_self_issued => TlsProblem::SelfSigned {
                subject: leaf.subject,
            },
            other => TlsProblem::BadCertificate {
                detail: other.to_string(),
            },
        }
    }

    fn unknown_issuer(&self, leaf: CertificateFacts) -> TlsProblem {
        if leaf.is_self_issued {
            let subject = leaf.subject;
            return TlsProblem::SelfSigned { subject };
        }
        let last = self.chain.last().map(|der| CertificateFacts::of(der));
        TlsProblem::UnknownIssuer {
            subject: leaf.subject,
            issuer: last.map_or(leaf.issuer, |last| last.issuer),
            is_single: self.chain.len() == 1,
        }
    }

    fn incompatible(&self, error: &PeerIncompatible) -> TlsProblem {
        match error {
            PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled
            | PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::SupportedVersionsExtensionRequired => self.no_version(),
            PeerIncompatible::NoCipherSuitesInCommon => self.nothing_common(TlsChoice::Suite),
            PeerIncompatible::NoKxGroupsInCommon
            | PeerIncompatible::NamedGroupsExtensionRequired => {
                self.nothing_common(TlsChoice::Group)
            }
            PeerIncompatible::NoSignatureSchemesInCommon
            | PeerIncompatible::SignatureAlgorithmsExtensionRequired
            | PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon => {
                self.nothing_common(TlsChoice::Scheme)
            }
            other => TlsProblem::Incompatible {
                detail: format!("{other:?}"),
            },
        }
    }

    fn no_version(&self) -> TlsProblem {
        let offered = match self.hello {
            Some(hello) => hello.versions.clone(),
            None if self.is_server => Vec::new(),
            None => self.facts.versions.clone(),
        };
        let accepted = match self.chosen {
            _ if self.is_server => self.facts.versions.clone(),
            Some(chosen) => vec![chosen.version],
            None => Vec::new(),
        };
        TlsProblem::NoCommonVersion { offered, accepted }
    }

    fn nothing_common(&self, of: TlsChoice) -> TlsProblem {
        let names = |numbers: &[u16], name: fn(u16) -> String| {
            let numbers = if self.is_server { numbers } else { &[] };
            numbers.iter().copied().map(name).collect()
        };
        let offered = self.hello.map(|hello| match of {
            TlsChoice::Suite => hello.suites.clone(),
            TlsChoice::Group => hello.groups.clone(),
            TlsChoice::Scheme => hello.schemes.clone(),
        });
        TlsProblem::NoCommonSuite {
            of,
            offered: offered.unwrap_or_default(),
            accepted: match of {
                TlsChoice::Suite => names(&self.facts.suites, registry::suite),
                TlsChoice::Group => names(&self.facts.groups, registry::group),
                TlsChoice::Scheme => Vec::new(),
            },
        }
    }

    fn no_alpn(&self) -> TlsProblem {
        let ours = self.facts.alpn.clone();
        let (offered, accepted) = if self.is_server {
            let offered = self.hello.map(|hello| hello.alpn.clone());
            (offered.unwrap_or_default(), ours)
        } else {
            (ours, Vec::new())
        };
        TlsProblem::NoCommonAlpn { offered, accepted }
    }
}

/// Returns the alert that rustls sends for an error, where that is certain. Needed where the alert is encrypted.
pub(super) fn alert_for(error: &Error) -> Option<AlertKind> {
    Some(match error {
        Error::InvalidCertificate(error) => alert_kind(AlertDescription::from(error.clone())),
        Error::InvalidMessage(error) => alert_kind(AlertDescription::from(*error)),
        Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => {
            AlertKind::UNEXPECTED_MESSAGE
        }
        Error::PeerSentOversizedRecord => AlertKind::RECORD_OVERFLOW,
        Error::DecryptError => AlertKind::BAD_RECORD_MAC,
        Error::NoCertificatesPresented => AlertKind::CERTIFICATE_REQUIRED,
        Error::NoApplicationProtocol => AlertKind::NO_APPLICATION_PROTOCOL,
        _ => return None,
    })
}

/// Returns an alert by its number.
pub(super) fn alert_kind(alert: AlertDescription) -> AlertKind {
    AlertKind(alert.into())
}

fn is_about_signature(error: &CertificateError) -> bool {
    matches!(
        error,
        CertificateError::BadSignature
            | CertificateError::UnsupportedSignatureAlgorithmContext { .. }
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. }
    )
}

fn name_text(name: &ServerName<'_>) -> String {
    name.to_str().into_owned()
}

/// webpki describes a name with its kind, as `DnsName("example.com")`; the kind is plain to see.
fn presented_name(name: &str) -> String {
    let inner = name
        .split_once("(\"")
        .and_then(|(_, it)| it.strip_suffix("\")"));
    let address = || {
        name.strip_prefix("IpAddress(")
            .and_then(|it| it.strip_suffix(')'))
    };
    inner.or_else(address).unwrap_or(name).to_owned()
}

fn purpose(purpose: &ExtendedKeyPurpose) -> String {
    purpose.to_string()
}

fn seconds(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// Returns the version that rustls names.
pub(super) fn version_of(version: rustls::ProtocolVersion) -> TlsVersion {
    TlsVersion::of(version.into())
}
