//! Why a connection's TLS failed: a kind with what was expected and what came, for `words` to explain.

use std::time::Duration;

use super::alert::AlertKind;
use super::version::TlsVersion;

/// A failure. It ends the connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct TlsFailure {
    /// What is wrong.
    pub problem: TlsProblem,
    /// Which end says so.
    pub by: Accuser,
    /// The alert that says so: sent if it is ours, else received. `None` if there was none, or which one is not known.
    pub alert: Option<AlertKind>,
    /// The name that the client asked for (SNI), as far as it is known.
    pub server_name: Option<String>,
    /// Whether the handshake was not complete. In TLS 1.3 a client completes it before the server has checked the
    /// client's certificate, so a refusal comes later.
    pub in_handshake: bool,
}

/// An end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accuser {
    /// Our end.
    Us,
    /// The other end, by an alert.
    Peer,
    /// Neither: it was seen, as the end of a connection is.
    Nobody,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsProblem {
    /// The peer's chain leads to no root that is trusted.
    UnknownIssuer {
        /// The subject of the peer's own certificate.
        subject: String,
        /// Whoever signed the last certificate that it gave.
        issuer: String,
        /// Whether that issuer signed the peer's own certificate and a certificate in between may be missing: it gave
        /// only one, and the issuer is no root that is trusted.
        is_single: bool,
    },
    /// The peer's certificate is signed with its own key.
    SelfSigned {
        /// Whose it is.
        subject: String,
    },
    /// The peer's certificate is for other names.
    WrongName {
        /// The name that it should have.
        expected: String,
        /// The names that it has.
        presented: Vec<String>,
    },
    /// A certificate of the peer is no longer valid.
    Expired {
        /// Since when, in seconds since 1970.
        not_after: i64,
        /// When that was found, in seconds since 1970.
        now: i64,
    },
    /// A certificate of the peer is not yet valid, or the clock is wrong.
    NotYetValid {
        /// From when on it is, in seconds since 1970.
        not_before: i64,
        /// When that was found, in seconds since 1970.
        now: i64,
    },
    /// The peer's certificate is not for this use.
    NotForThisUse {
        /// The use that was needed, by its name or number (OID).
        required: Option<String>,
        /// Those that it is for.
        presented: Vec<String>,
    },
    /// A certificate in the chain is not signed by the key that it should be, or the peer has not the key of its
    /// certificate.
    BadSignature {
        /// The subject of the peer's own certificate.
        subject: String,
        /// Whoever should have signed it.
        issuer: String,
    },
    /// The key of the peer's certificate is too weak.
    WeakKey {
        /// The length of the key.
        bits: u32,
    },
    /// A signature is of a kind that is not accepted.
    UnsupportedSignature {
        /// The algorithm that the peer's certificate is signed with.
        algorithm: String,
    },
    /// A certificate of the peer was revoked.
    Revoked,
    /// Something else is wrong with the peer's certificate.
    BadCertificate {
        /// What rustls says.
        detail: String,
    },
    /// There is no version that both ends speak.
    NoCommonVersion {
        /// What the client offered.
        offered: Vec<TlsVersion>,
        /// What the server accepts or chose; empty if that is not known.
        accepted: Vec<TlsVersion>,
    },
    /// There is no cipher suite, group or signature scheme that both ends know.
    NoCommonSuite {
        /// What there is none in common of.
        of: TlsChoice,
        /// What the client offered, by name.
        offered: Vec<String>,
        /// What the server accepts, by name; empty if that is not known.
        accepted: Vec<String>,
    },
    /// There is no protocol that both ends want to speak (ALPN).
    NoCommonAlpn {
        /// What the client offered.
        offered: Vec<String>,
        /// What the server accepts; empty if that is not known.
        accepted: Vec<String>,
    },
    /// The client gave no certificate, and the server requires one.
    ClientCertificateRequired,
    /// The peer does not accept our certificate, and its alert says why.
    CertificateRefused,
    /// The peer speaks no TLS.
    NotTls {
        /// What came first, at most 16 bytes.
        first: Vec<u8>,
        /// What it looks like.
        looks_like: PlainProtocol,
    },
    /// The handshake took too long.
    TimedOut {
        /// How long it was waited for.
        after: Duration,
        /// How far it came.
        stage: Stage,
    },
    /// The connection ended in the handshake.
    Closed {
        /// How.
        how: ClosedHow,
        /// How far it came.
        stage: Stage,
    },
    /// The peer sent a record that is longer than allowed.
    RecordTooLong,
    /// What the peer sent cannot be decrypted: it was changed on the way, or the keys differ.
    Undecipherable,
    /// The peer sent a message that breaks the format.
    Malformed {
        /// What rustls says.
        detail: String,
    },
    /// The peer sent a message that is wrong at this point, or that breaks the protocol otherwise.
    Unexpected {
        /// What rustls says.
        detail: String,
    },
    /// The peer lacks something that is needed.
    Incompatible {
        /// What rustls says.
        detail: String,
    },
    /// The peer gave up, and only its alert says why.
    Alert,
    /// Anything else.
    Other {
        /// What rustls says.
        detail: String,
    },
}

/// Something that both ends must have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsChoice {
    /// A cipher suite.
    Suite,
    /// A group for the exchange of keys.
    Group,
    /// A signature scheme.
    Scheme,
}

/// What the first bytes of a peer that speaks no TLS look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainProtocol {
    /// A request or answer of HTTP.
    Http,
    /// The first line of SSH.
    Ssh,
    /// A greeting with a number, as from SMTP and FTP.
    Greeting,
    /// Text.
    Text,
    /// Anything else.
    Unknown,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedHow {
    /// The peer finished (FIN).
    Finished,
    /// The peer reset it (RST).
    Reset,
}

/// How far a handshake came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The peer sent nothing.
    Nothing,
    /// The peer's first message is not complete.
    FirstMessage,
    /// The peer's hello came.
    AfterHello,
}

impl PlainProtocol {
    /// Says what bytes look like.
    pub fn of(bytes: &[u8]) -> Self {
        const METHODS: [&[u8]; 10] = [
            b"HTTP/",
            b"GET ",
            b"POST ",
            b"PUT ",
            b"HEAD ",
            b"DELETE ",
            b"OPTIONS ",
            b"PATCH ",
            b"CONNECT ",
            b"PRI * HTTP/2",
        ];
        if METHODS.iter().any(|method| bytes.starts_with(method)) {
            return Self::Http;
        }
        if bytes.starts_with(b"SSH-") {
            return Self::Ssh;
        }
        if let [a, b, c, b' ' | b'-', ..] = bytes
            && [a, b, c].iter().all(|it| it.is_ascii_digit())
        {
            return Self::Greeting;
        }
        let is_text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
        if !bytes.is_empty() && bytes.iter().all(is_text) {
            return Self::Text;
        }
        Self::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_a_protocol() {
        let check =
            |bytes: &[u8], expected| assert_eq!(PlainProtocol::of(bytes), expected, "{bytes:?}");
        check(b"HTTP/1.1 400 Bad", PlainProtocol::Http);
        check(b"GET / HTTP/1.1\r\n", PlainProtocol::Http);
        check(b"SSH-2.0-OpenSSH_", PlainProtocol::Ssh);
        check(b"220 mail.example", PlainProtocol::Greeting);
        check(b"220-ftp", PlainProtocol::Greeting);
        check(b"+OK ready\r\n", PlainProtocol::Text);
        check(b"\xff\xfd\x18", PlainProtocol::Unknown);
        check(b"", PlainProtocol::Unknown);
    }
}
