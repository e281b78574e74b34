//! What all TLS of a session shares: the own authority, made when it is first needed, the system's roots, and the key log.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;

use super::authority::{Authority, CERTIFICATE};
use super::identity::IdentityError;
use super::key_log::KeyLogFile;

/// The environment variable that browsers and others have for the same purpose.
pub const KEY_LOG_VARIABLE: &str = "SSLKEYLOGFILE";

/// What all TLS of a session shares. Clones share it too.
#[derive(Clone)]
pub struct TlsHome(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    authority: Mutex<Option<Authority>>,
    system_roots: Mutex<Option<Arc<[CertificateDer<'static>]>>>,
    key_log: Arc<KeyLogFile>,
    provider: Arc<CryptoProvider>,
}

impl TlsHome {
    /// Makes one whose authority is in a folder. Reads and writes nothing yet, and logs no keys.
    pub fn new(folder: &Path) -> Self {
        Self(Arc::new(Inner {
            folder: folder.to_owned(),
            authority: Mutex::default(),
            system_roots: Mutex::default(),
            key_log: Arc::default(),
            provider: Arc::new(aws_lc_rs::default_provider()),
        }))
    }

    /// Returns where the certificate of the own authority is, or will be once it is made; `None` without a folder.
    pub fn certificate_path(&self) -> Option<PathBuf> {
        let folder = &self.0.folder;
        (!folder.as_os_str().is_empty()).then(|| folder.join(CERTIFICATE))
    }

    /// Logs keys to a file from now on, or no longer. Connections whose handshake is over are not affected.
    pub fn set_key_log(&self, path: Option<PathBuf>) {
        self.0.key_log.set(path);
    }

    /// Returns where keys are logged to, `None` while they are not.
    pub fn key_log(&self) -> Option<PathBuf> {
        self.0.key_log.path()
    }

    /// Returns how many keys could not be written since they are logged there.
    pub fn key_log_errors(&self) -> u64 {
        self.0.key_log.errors()
    }

    /// Returns the own authority, which is made if there is none.
    ///
    /// # Errors
    /// Those of [`Authority::open_or_make`]; the next call tries again.
    pub fn authority(&self) -> Result<Authority, IdentityError> {
        // A thread that panicked meanwhile left nothing half done: the authority is stored whole or not.
        let held = self.0.authority.lock();
        let mut held = held.unwrap_or_else(PoisonError::into_inner);
        if let Some(authority) = &*held {
            return Ok(authority.clone());
        }
        if self.certificate_path().is_none() {
            // An empty path would be the working directory.
            let missing = std::io::ErrorKind::NotFound.into();
            return Err(IdentityError::write(Path::new(CERTIFICATE), &missing));
        }
        let authority = Authority::open_or_make(&self.0.folder)?;
        *held = Some(authority.clone());
        Ok(authority)
    }

    /// Returns the own authority if it was ever made: a client alone makes none.
    ///
    /// # Errors
    /// Those of [`Self::authority`], where there is one.
    pub(super) fn made_authority(&self) -> Result<Option<Authority>, IdentityError> {
        let is_made = self.certificate_path().is_some_and(|it| it.exists());
        is_made.then(|| self.authority()).transpose()
    }

    /// Returns the roots of the system. Some may be unreadable; the others count, and are read once.
    pub(super) fn system_roots(&self) -> Arc<[CertificateDer<'static>]> {
        let held = self.0.system_roots.lock();
        let mut held = held.unwrap_or_else(PoisonError::into_inner);
        if let Some(roots) = &*held {
            return Arc::clone(roots);
        }
        let roots: Arc<[_]> = rustls_native_certs::load_native_certs().certs.into();
        *held = Some(Arc::clone(&roots)).filter(|roots| !roots.is_empty());
        roots
    }

    pub(super) fn provider(&self) -> Arc<CryptoProvider> {
        Arc::clone(&self.0.provider)
    }

    pub(super) fn key_logger(&self) -> Arc<KeyLogFile> {
        Arc::clone(&self.0.key_log)
    }
}

/// One without a folder: its authority cannot be made.
impl Default for TlsHome {
    fn default() -> Self {
        Self::new(Path::new(""))
    }
}

impl fmt::Debug for TlsHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsHome")
            .field("folder", &self.0.folder)
            .field("key_log", &self.key_log())
            .finish_non_exhaustive()
    }
}
