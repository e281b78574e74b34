//! From settings to what connections begin with, in one step, so that a bad setting fails the listen or connect and not
//! the first peer.

use std::fmt;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::{ResolvesClientCert, WebPkiServerVerifier};
use rustls::pki_types::ServerName;
use rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{
    ClientConfig, RootCertStore, ServerConfig, SignatureScheme, SupportedProtocolVersion, version,
};

use super::authority::Authority;
use super::check::{ClientCheck, ServerCheck};
use super::flaw::Flaw;
use super::home::TlsHome;
use super::identity::{Identity, IdentityError, certificates};
use super::settings::{
    ClientCertificate, ClientTls, IdentitySource, Misbehaviour, PeerCheck, ServerNameChoice,
    ServerTls, Versions,
};
use super::version::TlsVersion;
use super::witness;

/// How long the name of a protocol may be (RFC 7301 section 3.1).
pub const MAX_ALPN_BYTES: usize = 255;

/// Why settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum TlsSettingError {
    /// The own certificate or key cannot be used.
    Identity(#[source] IdentityError),
    /// The roots cannot be read.
    Roots(#[source] IdentityError),
    /// No certificate in the file can be a root.
    NoUsableRoot {
        /// The file.
        path: PathBuf,
    },
    /// The system has no roots, and there is no own authority.
    NoRoots,
    /// A name is neither a DNS name nor an address, and the certificate cannot be compared with it.
    ServerName {
        /// The name.
        name: String,
    },
    /// The name of a protocol is empty or longer than [`MAX_ALPN_BYTES`].
    Alpn {
        /// The name.
        protocol: String,
    },
    /// A flaw can be made only in certificates of the own authority.
    FlawOfFiles,
    /// rustls refuses the combination.
    Refused {
        /// What it says.
        detail: String,
    },
}

impl TlsSettingError {
    /// Returns the file that cannot be used, if it is about one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Identity(error) | Self::Roots(error) => error.file(),
            Self::NoUsableRoot { path } => Some(path),
            _ => None,
        }
    }
}

/// What the connections of a server begin with. Clones share its sessions.
#[derive(Clone)]
pub struct PreparedServer {
    pub(super) config: Arc<ServerConfig>,
    pub(super) facts: Arc<TlsFacts>,
    pub(super) misbehaviour: Option<Misbehaviour>,
    pub(super) asks_certificate: bool,
}

/// What the connections of a client begin with. Clones share its sessions.
#[derive(Clone)]
pub struct PreparedClient {
    pub(super) config: Arc<ClientConfig>,
    pub(super) facts: Arc<TlsFacts>,
    server_name: ServerNameChoice,
    is_checked: bool,
}

/// What a failure is explained with.
#[derive(Debug)]
pub(super) struct TlsFacts {
    pub(super) versions: Vec<TlsVersion>,
    pub(super) suites: Vec<u16>,
    pub(super) groups: Vec<u16>,
    pub(super) alpn: Vec<String>,
}

impl ServerTls {
    /// Reads what the settings name, and prepares a server.
    ///
    /// # Errors
    /// A file is missing or is not what it should be, or a setting makes no sense.
    pub fn prepare(&self, home: &TlsHome) -> Result<PreparedServer, TlsSettingError> {
        let provider = home.provider();
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(protocol_versions(self.versions))
            .map_err(|error| refused(&error))?;
        let builder = match self.client_certificate {
            ClientCertificate::No => builder.with_no_client_auth(),
            ClientCertificate::Ask | ClientCertificate::Require => {
                let roots = Arc::new(self.client_roots(home)?);
                let mut verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                if self.client_certificate == ClientCertificate::Ask {
                    verifier = verifier.allow_unauthenticated();
                }
                let verifier = verifier.build().map_err(|error| refused(&error))?;
                builder.with_client_cert_verifier(Arc::new(ClientCheck(verifier)))
            }
        };
        let mut config = builder.with_cert_resolver(self.identities(home)?);
        config.alpn_protocols = protocols(&self.alpn)?;
        config.key_log = home.key_logger();
        Ok(PreparedServer {
            facts: TlsFacts::of(config.crypto_provider(), self.versions, &self.alpn),
            config: Arc::new(config),
            misbehaviour: self.misbehaviour,
            asks_certificate: self.client_certificate != ClientCertificate::No,
        })
    }

    fn client_roots(&self, home: &TlsHome) -> Result<RootCertStore, TlsSettingError> {
        if let Some(path) = &self.client_roots {
            return roots_of(path);
        }
        let authority = home.authority().map_err(TlsSettingError::Identity)?;
        let mut roots = RootCertStore::empty();
        let root = authority.certificate_der().clone();
        roots.add(root).map_err(|error| refused(&error))?;
        Ok(roots)
    }

    fn identities(&self, home: &TlsHome) -> Result<Arc<dyn ResolvesServerCert>, TlsSettingError> {
        let identities = match (&self.identity, self.flaw) {
            (IdentitySource::Files { .. }, Some(_)) => return Err(TlsSettingError::FlawOfFiles),
            (IdentitySource::Files { certificate, key }, None) => {
                let identity = Identity::from_files(certificate, key);
                Identities::One(identity.map_err(TlsSettingError::Identity)?.certified_key())
            }
            (IdentitySource::Own, flaw) => {
                let authority = home.authority().map_err(TlsSettingError::Identity)?;
                let identities = Identities::Own { authority, flaw };
                // Whatever cannot be made is found out now.
                identities.make("").map_err(TlsSettingError::Identity)?;
                identities
            }
        };
        Ok(Arc::new(identities))
    }
}

impl ClientTls {
    /// Reads what the settings name, and prepares a client.
    ///
    /// # Errors
    /// A file is missing or is not what it should be, or a setting makes no sense.
    pub fn prepare(&self, home: &TlsHome) -> Result<PreparedClient, TlsSettingError> {
        let provider = home.provider();
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(protocol_versions(self.versions))
            .map_err(|error| refused(&error))?;
        let inner = match self.roots(home)? {
            None => None,
            Some(roots) => {
                let roots = Arc::new(roots);
                let verifier =
                    WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider));
                Some(verifier.build().map_err(|error| refused(&error))?)
            }
        };
        let certificate = match &self.certificate {
            None => None,
            Some(IdentitySource::Files { certificate, key }) => {
                let identity = Identity::from_files(certificate, key);
                Some(identity.map_err(TlsSettingError::Identity)?.certified_key())
            }
            Some(IdentitySource::Own) => {
                let identity = home.authority().and_then(|it| it.client_identity());
                Some(identity.map_err(TlsSettingError::Identity)?.certified_key())
            }
        };
        let mut config = builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(ServerCheck { inner, provider }))
            .with_client_cert_resolver(Arc::new(OwnCertificate(certificate)));
        config.alpn_protocols = protocols(&self.alpn)?;
        config.key_log = home.key_logger();
        config.enable_sni = self.server_name != ServerNameChoice::None;
        if let ServerNameChoice::Name(name) = &self.server_name {
            server_name(name)?;
        }
        Ok(PreparedClient {
            facts: TlsFacts::of(config.crypto_provider(), self.versions, &self.alpn),
            config: Arc::new(config),
            server_name: self.server_name.clone(),
            is_checked: self.check != PeerCheck::Unchecked,
        })
    }

    /// Returns the roots; `None` if nothing is checked.
    fn roots(&self, home: &TlsHome) -> Result<Option<RootCertStore>, TlsSettingError> {
        match &self.check {
            PeerCheck::Unchecked => Ok(None),
            PeerCheck::Roots(path) => roots_of(path).map(Some),
            PeerCheck::System => {
                let mut roots = RootCertStore::empty();
                roots.add_parsable_certificates(home.system_roots().iter().cloned());
                let made = home.made_authority().map_err(TlsSettingError::Identity)?;
                if let Some(authority) = made {
                    roots.add_parsable_certificates([authority.certificate_der().clone()]);
                }
                if roots.is_empty() {
                    return Err(TlsSettingError::NoRoots);
                }
                Ok(Some(roots))
            }
        }
    }
}

impl PreparedClient {
    /// Returns whether both share their sessions.
    #[cfg(test)]
    pub(in crate::net) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config)
    }

    /// Returns the name that a server's certificate must have, for a target's name or address.
    ///
    /// # Errors
    /// The target has a name that no certificate can have, and certificates are checked.
    pub fn server_name(&self, target: &str) -> Result<ServerName<'static>, TlsSettingError> {
        let name = match &self.server_name {
            ServerNameChoice::Name(name) => name,
            ServerNameChoice::Target | ServerNameChoice::None => target,
        };
        match server_name(name) {
            // Nothing will be compared with it, and an address is not sent.
            Err(_) if !self.is_checked => Ok(ServerName::IpAddress(Ipv4Addr::UNSPECIFIED.into())),
            name => name,
        }
    }
}

fn server_name(name: &str) -> Result<ServerName<'static>, TlsSettingError> {
    ServerName::try_from(name.to_owned()).map_err(|_not_a_name| TlsSettingError::ServerName {
        name: name.to_owned(),
    })
}

fn roots_of(path: &Path) -> Result<RootCertStore, TlsSettingError> {
    let certificates = certificates(path).map_err(TlsSettingError::Roots)?;
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        let path = path.to_owned();
        return Err(TlsSettingError::NoUsableRoot { path });
    }
    Ok(roots)
}

fn protocols(alpn: &[String]) -> Result<Vec<Vec<u8>>, TlsSettingError> {
    let is_good = |protocol: &&String| (1..=MAX_ALPN_BYTES).contains(&protocol.len());
    if let Some(protocol) = alpn.iter().find(|protocol| !is_good(protocol)) {
        let protocol = protocol.clone();
        return Err(TlsSettingError::Alpn { protocol });
    }
    Ok(alpn
        .iter()
        .map(|protocol| protocol.clone().into_bytes())
        .collect())
}

fn protocol_versions(versions: Versions) -> &'static [&'static SupportedProtocolVersion] {
    static BOTH: [&SupportedProtocolVersion; 2] = [&version::TLS13, &version::TLS12];
    match versions {
        Versions::Both => &BOTH,
        Versions::Only12 => &BOTH[1..],
        Versions::Only13 => &BOTH[..1],
    }
}

fn refused(error: &dyn fmt::Display) -> TlsSettingError {
    let detail = error.to_string();
    TlsSettingError::Refused { detail }
}

impl TlsFacts {
    fn of(
        provider: &rustls::crypto::CryptoProvider,
        versions: Versions,
        alpn: &[String],
    ) -> Arc<Self> {
        let versions = protocol_versions(versions);
        let numbers: Vec<u16> = versions.iter().map(|it| it.version.into()).collect();
        let suites = provider.cipher_suites.iter().filter(|suite| {
            let version = suite.version().version;
            versions.iter().any(|enabled| enabled.version == version)
        });
        Arc::new(Self {
            versions: numbers.into_iter().map(TlsVersion::of).collect(),
            suites: suites.map(|suite| suite.suite().into()).collect(),
            groups: provider
                .kx_groups
                .iter()
                .map(|it| it.name().into())
                .collect(),
            alpn: alpn.to_vec(),
        })
    }
}

/// Where the certificates of a server come from.
#[derive(Debug)]
enum Identities {
    One(Arc<CertifiedKey>),
    Own {
        authority: Authority,
        flaw: Option<Flaw>,
    },
}

impl Identities {
    fn make(&self, name: &str) -> Result<Arc<CertifiedKey>, IdentityError> {
        match self {
            Self::One(key) => Ok(Arc::clone(key)),
            Self::Own {
                authority,
                flaw: None,
            } => Ok(authority.identity_for(name)?.certified_key()),
            Self::Own {
                authority,
                flaw: Some(flaw),
            } => Ok(authority.flawed(*flaw, name)?.certified_key()),
        }
    }
}

impl ResolvesServerCert for Identities {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // It was possible when the server was prepared; if memory or randomness fails since, this peer is refused.
        self.make(hello.server_name().unwrap_or_default()).ok()
    }
}

/// The certificate of a client, if it has one.
#[derive(Debug)]
struct OwnCertificate(Option<Arc<CertifiedKey>>);

impl ResolvesClientCert for OwnCertificate {
    fn resolve(
        &self,
        _root_hint_subjects: &[&[u8]],
        schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let usable = self.0.as_ref();
        let usable = usable.filter(|own| own.key.choose_scheme(schemes).is_some());
        witness::note(|seen| {
            seen.was_asked = true;
            seen.has_given = usable.is_some();
        });
        usable.cloned()
    }

    fn has_certs(&self) -> bool {
        // It wants to know when a server asks, also without one.
        true
    }
}

impl fmt::Debug for PreparedServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedServer").finish_non_exhaustive()
    }
}

impl fmt::Debug for PreparedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedClient").finish_non_exhaustive()
    }
}
