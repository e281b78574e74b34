//! What is to be known about a connection's TLS: plain data, in the order in which it happened.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::alert::AlertKind;
use super::certificate::CertificateFacts;
use super::hello::Hello;
use super::version::TlsVersion;
use crate::net::direction::Direction;

/// How many certificates of a peer's chain are kept; no real chain has more than a few.
pub const MAX_CERTIFICATES: usize = 128;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsReport {
    /// A client said what it offers: the peer to our server, or our client.
    Hello(Arc<Hello>),
    /// The handshake is complete.
    Agreed(Box<Agreed>),
    /// The handshake failed, and the peer had presented certificates.
    Refused {
        /// They, its own first.
        chain: Vec<PeerCertificate>,
    },
    /// An alert was sent or received, other than `close_notify`.
    Alert {
        /// Which way.
        direction: Direction,
        /// Which one; `None` if it was sent encrypted and only its existence is certain.
        kind: Option<AlertKind>,
        /// Whether it ends the connection.
        is_fatal: bool,
    },
    /// The sender says that it has sent everything (RFC 8446 section 6.1).
    CloseNotify {
        /// Which way.
        direction: Direction,
    },
    /// The peer's TCP ended without `close_notify`: bytes may be missing, and somebody on the way may have done it.
    Cut,
    /// The secrets of the connection. Only while keys are logged.
    Secrets(Secrets),
}

impl TlsReport {
    /// Returns about how many bytes of memory it holds of what a peer sent.
    pub(in crate::net) fn held_bytes(&self) -> usize {
        match self {
            Self::Hello(hello) => hello.held_bytes(),
            Self::Agreed(agreed) => held_by(&agreed.chain),
            Self::Refused { chain } => held_by(chain),
            Self::Secrets(secrets) => secrets.lines.iter().map(String::len).sum(),
            Self::Alert { .. } | Self::CloseNotify { .. } | Self::Cut => 0,
        }
    }
}

/// What is read of a certificate takes less than a few times its bytes.
fn held_by(chain: &[PeerCertificate]) -> usize {
    let held = |it: &PeerCertificate| size_of::<PeerCertificate>() + 4 * it.der.len();
    chain.iter().map(held).sum()
}

/// What both ends agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The version.
    pub version: TlsVersion,
    /// The cipher suite by its name in IANA's registry.
    pub suite: String,
    /// The group for the exchange of keys; `None` if a resumed session had no need for one.
    pub group: Option<String>,
    /// The protocol inside (ALPN).
    pub alpn: Option<String>,
    /// The name that the client asked for (SNI).
    pub server_name: Option<String>,
    /// How they came to it.
    pub kind: HandshakeKind,
    /// The peer's certificates, its own first; empty if it gave none.
    pub chain: Vec<PeerCertificate>,
    /// Whether the peer's certificate was checked.
    pub check: ChainCheck,
    /// Whether the server asked the client for a certificate; `None` if that cannot be known, as in a resumed session.
    pub client_certificate_asked: Option<bool>,
    /// Whether the client gave one.
    pub client_certificate_given: bool,
    /// The time from the first byte of the handshake to its end.
    pub took: Duration,
}

/// A certificate that the peer presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerCertificate {
    /// Its bytes (DER).
    pub der: Vec<u8>,
    /// What it says.
    pub facts: CertificateFacts,
}

impl PeerCertificate {
    /// Reads a certificate.
    pub(super) fn of(der: &[u8]) -> Self {
        Self {
            der: der.to_vec(),
            facts: CertificateFacts::of(der),
        }
    }
}

/// How a handshake went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandshakeKind {
    /// From the beginning.
    Full,
    /// From the beginning, and the server had the client try again with another group (RFC 8446 section 4.1.4).
    Retried,
    /// With the secrets of an earlier session.
    Resumed,
}

/// Whether the certificate of a peer was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainCheck {
    /// It was, and is good.
    Passed,
    /// It was when the session was first agreed on, and not again.
    Earlier,
    /// It was not: the endpoint accepts any.
    Unchecked,
    /// There was none.
    NoCertificate,
}

/// The secrets of a connection in the format of NSS's key log: whoever has them can read everything.
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    /// Lines of label, client random and secret, without line ends.
    pub lines: Vec<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels = self.lines.iter().filter_map(|line| line.split(' ').next());
        f.debug_list().entries(labels).finish()
    }
}
