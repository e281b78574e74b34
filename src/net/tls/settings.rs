//! How an endpoint wants its TLS: plain data, as the user chose it.

use std::path::PathBuf;

use super::flaw::Flaw;

/// The settings of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerTls {
    /// What it shows to its clients.
    pub identity: IdentitySource,
    /// What is wrong with its certificate, on purpose. Needs [`IdentitySource::Own`].
    pub flaw: Option<Flaw>,
    /// The versions that it accepts.
    pub versions: Versions,
    /// The protocols that it speaks (ALPN), most wanted first. With none, it takes no part in ALPN.
    pub alpn: Vec<String>,
    /// Whether it asks its clients for certificates.
    pub client_certificate: ClientCertificate,
    /// The roots that certificates of clients lead to; `None` for the own authority.
    pub client_roots: Option<PathBuf>,
    /// What it does wrong, on purpose.
    pub misbehaviour: Option<Misbehaviour>,
}

/// Where a server's certificate comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IdentitySource {
    /// The own authority makes one for each name that is asked for.
    #[default]
    Own,
    /// One that somebody else made.
    Files {
        /// The chain, the own certificate first (PEM).
        certificate: PathBuf,
        /// The key (PEM).
        key: PathBuf,
    },
}

/// The versions that an endpoint speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Versions {
    /// TLS 1.2 and 1.3.
    #[default]
    Both,
    /// TLS 1.2 only.
    Only12,
    /// TLS 1.3 only.
    Only13,
}

/// Whether a server asks its clients for certificates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientCertificate {
    /// It does not.
    #[default]
    No,
    /// It asks. A client may have none; one that is given must be good.
    Ask,
    /// A client without one is refused.
    Require,
}

/// What a server does wrong, to test its clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misbehaviour {
    /// It answers a hello with bytes that are no TLS.
    Garbage,
    /// It never answers a hello.
    Silence,
    /// It ends without `close_notify`.
    NoCloseNotify,
}

/// The settings of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientTls {
    /// How it checks the server's certificate.
    pub check: PeerCheck,
    /// The name that it asks for, and that the certificate must have.
    pub server_name: ServerNameChoice,
    /// The protocols that it wants to speak (ALPN), most wanted first.
    pub alpn: Vec<String>,
    /// The versions that it offers.
    pub versions: Versions,
    /// Its own certificate, for servers that ask; with [`IdentitySource::Own`] one that the own authority makes.
    pub certificate: Option<IdentitySource>,
}

/// How a client checks the certificate of its server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PeerCheck {
    /// It must lead to a root of the system, or to the own authority.
    #[default]
    System,
    /// It must lead to a root in this file (PEM).
    Roots(PathBuf),
    /// Any is accepted, even one made by somebody in between.
    Unchecked,
}

/// The name that a client asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ServerNameChoice {
    /// That of the target. An address is not sent, but the certificate must be for it.
    #[default]
    Target,
    /// Another one.
    Name(String),
    /// None is sent. The certificate must be for the target's name nevertheless.
    None,
}

impl ClientTls {
    /// Returns whether they name files, which may change.
    pub fn names_files(&self) -> bool {
        let is_file = |it: &IdentitySource| matches!(it, IdentitySource::Files { .. });
        matches!(self.check, PeerCheck::Roots(_)) || self.certificate.as_ref().is_some_and(is_file)
    }
}
