//! TLS: keys and certificates, made and read, and the stream that is encrypted with them. No other module names rustls,
//! rcgen or an X.509 parser.
//!
//! ```text
//! ServerTls, ClientTls ─ prepare(TlsHome) ─▶ PreparedServer, PreparedClient ─▶ TlsStream ─▶ plaintext, TlsReport, TlsFailure
//! ```
//!
//! An [`Identity`] is what an end shows: a chain of certificates and the key of the first. It comes from files, or from
//! the [`Authority`] of this installation, which makes certificates for any name, and bad ones on purpose ([`Flaw`]).
//! [`CertificateFacts`] are what a certificate says, whoever made it.
//!
//! A [`TlsStream`] owns a socket and knows no poller and no engine. What rustls reports is kept as it happens (`witness`,
//! `check`), and what it hides is heard on the wire (`tap`, `hello`); `explain` makes a failure of both.

mod alert;
mod authority;
mod certificate;
mod check;
mod explain;
mod failure;
mod flaw;
mod flawed;
mod folder;
mod hello;
mod home;
mod identity;
mod kept;
mod key_log;
mod line;
mod names;
mod prepared;
mod registry;
mod report;
mod settings;
mod stream;
mod tap;
#[cfg(test)]
mod tests;
mod trust;
mod version;
mod weak_key;
mod witness;

pub use alert::AlertKind;
pub use authority::Authority;
pub use certificate::{AlternativeName, CertificateFacts, KeyKind, MAX_NAMES, MAX_TEXT_CHARS};
pub use failure::{Accuser, ClosedHow, PlainProtocol, Stage, TlsChoice, TlsFailure, TlsProblem};
pub use flaw::Flaw;
pub use hello::{Hello, MAX_NAME_BYTES, MAX_OFFERED};
pub use home::{KEY_LOG_VARIABLE, TlsHome};
pub use identity::{Identity, IdentityError, MAX_PEM_BYTES};
pub use prepared::{MAX_ALPN_BYTES, PreparedClient, PreparedServer, TlsSettingError};
pub use report::{
    Agreed, ChainCheck, HandshakeKind, MAX_CERTIFICATES, PeerCertificate, Secrets, TlsReport,
};
pub use settings::{
    ClientCertificate, ClientTls, IdentitySource, Misbehaviour, PeerCheck, ServerNameChoice,
    ServerTls, Versions,
};
pub use stream::TlsStream;
#[doc(hidden)]
pub use tap::fuzz_tap;
pub use trust::TrustingProgram;
pub use version::TlsVersion;
