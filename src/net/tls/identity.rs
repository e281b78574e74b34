//! What an end of a TLS connection shows: a chain of certificates, and the private key of the first. From PEM files.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::pem::{PemObject as _, SectionKind};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SigningKey};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::net::system_error::SystemError;

/// How large a file with certificates or a key may be.
pub const MAX_PEM_BYTES: u64 = 1024 * 1024;
/// What a PEM file with a passphrase says: RFC 5958 in the first form, OpenSSL's older one in the second (RFC 1421).
const ENCRYPTED: [&[u8]; 2] = [
    b"BEGIN ENCRYPTED PRIVATE KEY-----",
    b"Proc-Type: 4,ENCRYPTED",
];

/// Why there is no certificate to show, or no key to it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum IdentityError {
    /// A file could not be read.
    Read {
        /// The file.
        path: PathBuf,
        /// The OS error.
        source: SystemError,
    },
    /// A file could not be written, or its folder not be made.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The OS error.
        source: SystemError,
    },
    /// It is a folder, a pipe or a device. A pipe is refused since opening one waits for its other end.
    NotPlain {
        /// The path.
        path: PathBuf,
    },
    /// A file is too large to be what it should be.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How large it may be.
        limit_bytes: u64,
    },
    /// A file is PEM, but what it encloses cannot be read: it was cut or changed.
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A file holds no certificate in PEM.
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// A file holds no private key in PEM.
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// The private key is encrypted with a passphrase.
    KeyEncrypted {
        /// The file.
        path: PathBuf,
    },
    /// The private key is of a kind or size that cannot be used for TLS here, or is none.
    KeyUnusable {
        /// The file.
        path: PathBuf,
    },
    /// The private key is not the one of the first certificate.
    KeyMismatch {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
    /// The certificate is not one of an authority, or cannot sign others.
    NotAuthority {
        /// The file.
        path: PathBuf,
    },
    /// The certificate of the authority is no longer valid.
    AuthorityExpired {
        /// The file.
        path: PathBuf,
        /// The end of its validity, in seconds since 1970.
        not_after: i64,
    },
    /// A certificate or key could not be made.
    Make(#[source] rcgen::Error),
}

impl IdentityError {
    pub(super) fn read(path: &Path, error: &io::Error) -> Self {
        Self::Read {
            path: path.to_owned(),
            source: SystemError::of(error),
        }
    }

    pub(super) fn write(path: &Path, error: &io::Error) -> Self {
        Self::Write {
            path: path.to_owned(),
            source: SystemError::of(error),
        }
    }

    /// Returns the file that it is about, if it is about one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Read { path, .. }
            | Self::Write { path, .. }
            | Self::NotPlain { path }
            | Self::TooLarge { path, .. }
            | Self::Damaged { path }
            | Self::NoCertificate { path }
            | Self::NoKey { path }
            | Self::KeyEncrypted { path }
            | Self::KeyUnusable { path }
            | Self::KeyMismatch { key: path, .. }
            | Self::NotAuthority { path }
            | Self::AuthorityExpired { path, .. } => Some(path),
            Self::Make(_) => None,
        }
    }

    /// Returns whether it is about a file that does not exist.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Read { source, .. } if source.kind == io::ErrorKind::NotFound)
    }
}

impl From<rcgen::Error> for IdentityError {
    fn from(error: rcgen::Error) -> Self {
        Self::Make(error)
    }
}

/// A chain of certificates and the private key of the first. Cheap to clone. Its `Debug` does not show the key.
#[derive(Clone)]
pub struct Identity {
    key: Arc<PrivateKeyDer<'static>>,
    certified: Arc<CertifiedKey>,
}

impl Identity {
    /// Joins certificates, the end's own first, and its key in DER. `None` if the key cannot be used.
    pub(super) fn new(
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> Option<Self> {
        let signing = any_supported_type(&key).ok()?;
        Some(Self::with_signer(chain, key, signing))
    }

    /// Joins certificates and a key that signs in a way of its own.
    pub(super) fn with_signer(
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
        signer: Arc<dyn SigningKey>,
    ) -> Self {
        Self {
            key: Arc::new(key),
            certified: Arc::new(CertifiedKey::new(chain, signer)),
        }
    }

    /// Reads PEM files. The first certificate is the end's own; one file may hold certificates and key.
    ///
    /// # Errors
    /// A file cannot be read, is too large, lacks what it should hold, or the key is not the certificate's.
    pub fn from_files(certificate: &Path, key: &Path) -> Result<Self, IdentityError> {
        let chain = certificates(certificate)?;
        let private = private_key(key)?;
        let first = chain.first().map_or(&[][..], |it| it.as_ref());
        let Ok((_, parsed)) = X509Certificate::from_der(first) else {
            let path = certificate.to_owned();
            return Err(IdentityError::Damaged { path });
        };
        let public = parsed.public_key().subject_public_key.data.to_vec();
        let identity = Self::new(chain, private).ok_or_else(|| IdentityError::KeyUnusable {
            path: key.to_owned(),
        })?;
        if identity.public_key() != Some(public) {
            return Err(IdentityError::KeyMismatch {
                certificate: certificate.to_owned(),
                key: key.to_owned(),
            });
        }
        Ok(identity)
    }

    /// Returns the certificates in DER, the end's own first.
    pub fn chain(&self) -> &[CertificateDer<'static>] {
        &self.certified.cert
    }

    /// Returns the private key, in the form that it had in its file (PKCS#8, SEC 1 or PKCS#1).
    pub fn key(&self) -> &PrivateKeyDer<'static> {
        &self.key
    }

    /// Returns chain and key as rustls takes them, ready to sign. The key of [`Flaw::WeakKey`](super::Flaw::WeakKey)
    /// signs only through this: rustls itself refuses to load it.
    pub fn certified_key(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.certified)
    }

    /// Returns the public key, without the algorithm that it is for.
    fn public_key(&self) -> Option<Vec<u8>> {
        let spki = self.certified.key.public_key()?;
        let (_, parsed) = x509_parser::x509::SubjectPublicKeyInfo::from_der(&spki).ok()?;
        Some(parsed.subject_public_key.data.to_vec())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("certificates", &self.chain().len())
            .finish_non_exhaustive()
    }
}

/// Reads the certificates of a PEM file; there is at least one.
pub(super) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, IdentityError> {
    let pem = read(path)?;
    let mut found = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(&pem) {
        match section {
            Ok((SectionKind::Certificate, der)) => found.push(CertificateDer::from(der)),
            Ok(_) => {}
            // A key with a passphrase of OpenSSL's older form is no Base64 throughout.
            Err(_) if is_encrypted(&pem) => {}
            Err(_) => {
                return Err(IdentityError::Damaged {
                    path: path.to_owned(),
                });
            }
        }
    }
    if found.is_empty() {
        let path = path.to_owned();
        return Err(IdentityError::NoCertificate { path });
    }
    Ok(found)
}

/// Reads the first private key of a PEM file.
pub(super) fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, IdentityError> {
    let pem = read(path)?;
    let path = path.to_owned();
    match PrivateKeyDer::pem_slice_iter(&pem).next() {
        Some(Ok(key)) => Ok(key),
        _ if is_encrypted(&pem) => Err(IdentityError::KeyEncrypted { path }),
        Some(Err(_)) => Err(IdentityError::Damaged { path }),
        None => Err(IdentityError::NoKey { path }),
    }
}

fn is_encrypted(pem: &[u8]) -> bool {
    let holds = |sign: &&[u8]| memchr::memmem::find(pem, sign).is_some();
    ENCRYPTED.iter().any(holds)
}

/// Reads a plain file of at most [`MAX_PEM_BYTES`].
fn read(path: &Path) -> Result<Vec<u8>, IdentityError> {
    let failed = |error: io::Error| IdentityError::read(path, &error);
    if !fs::metadata(path).map_err(failed)?.is_file() {
        let path = path.to_owned();
        return Err(IdentityError::NotPlain { path });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MAX_PEM_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_PEM_BYTES {
        return Err(IdentityError::TooLarge {
            path: path.to_owned(),
            limit_bytes: MAX_PEM_BYTES,
        });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
