//! The certificate authority of this installation: made on first use, kept in two files, and what it signs.
//!
//! It makes a certificate for whatever name is asked for, so whoever trusts it trusts this machine's user with every
//! name. Its key is readable by that user alone, and leaves its folder never.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::folder::make_folder;
use super::identity::{Identity, IdentityError, certificates, private_key};
use super::kept::{CertificateKey, KeptCertificates};
use super::names::{CertificateUse, MAX_SUBJECT_CHARS, short_host_name};

/// The file of its certificate.
pub(super) const CERTIFICATE: &str = "ca.pem";
const KEY: &str = "ca-key.pem";

pub(super) const DAY: i64 = 24 * 60 * 60;
/// How long the authority is valid.
const AUTHORITY_DAYS: i64 = 3653;
/// How long what it signs is valid. Apple's systems take no more than 825 days, and ask for `serverAuth`.
pub(super) const VALID_DAYS: i64 = 90;
/// What is made is valid since yesterday, for peers whose clock is late.
pub(super) const SLACK_DAYS: i64 = 1;
/// A certificate is made anew when it is valid for less than this.
const RENEW_DAYS: i64 = 30;
/// The last second that a certificate can name, less the longest validity here: 9989-12-31.
const LAST_NOW: i64 = 253_086_768_000;

/// A certificate authority of one's own. Cheap to clone.
#[derive(Clone)]
pub struct Authority {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    kept: Mutex<KeptCertificates>,
}

impl Authority {
    /// Opens the authority of a folder, `ca.pem` and `ca-key.pem`, or makes it.
    ///
    /// Several processes may do so at once: they get the same authority. A file that is there is never replaced.
    ///
    /// # Errors
    /// A file cannot be read or written; it is damaged; key and certificate do not belong together; the certificate is
    /// not one of an authority, or has run out. To get a new authority, remove both files.
    ///
    /// # Platform-specific behavior
    /// On Unix the folder and the files that are made are for the user alone (0700, 0600). Elsewhere they have the
    /// permissions of the folder above.
    pub fn open_or_make(folder: &Path) -> Result<Self, IdentityError> {
        let path = folder.join(CERTIFICATE);
        let key_path = folder.join(KEY);
        let key = match private_key(&key_path) {
            Err(error) if error.is_missing() => {
                // The key is always written first. Where there is a certificate, either the key has come by now, or it
                // was lost, and the certificate is not ours to replace.
                if !path.exists() {
                    let made = make_folder(folder);
                    made.map_err(|error| IdentityError::write(folder, &error))?;
                    keep(&key_path, &KeyPair::generate()?.serialize_pem())?;
                }
                private_key(&key_path)?
            }
            other => other?,
        };
        let unusable = |_error| IdentityError::KeyUnusable {
            path: key_path.clone(),
        };
        let key = KeyPair::try_from(&key).map_err(unusable)?;
        let certificate = match certificates(&path) {
            Err(error) if error.is_missing() => {
                let made = own_params(&key, now()).self_signed(&key)?;
                keep(&path, &made.pem())?;
                certificates(&path)?
            }
            other => other?,
        };
        Self::new(path, &key_path, certificate, key)
    }

    fn new(
        path: PathBuf,
        key_path: &Path,
        certificates: Vec<CertificateDer<'static>>,
        key: KeyPair,
    ) -> Result<Self, IdentityError> {
        let damaged = || IdentityError::Damaged { path: path.clone() };
        let certificate = certificates.into_iter().next().ok_or_else(damaged)?;
        let Ok((_, parsed)) = X509Certificate::from_der(&certificate) else {
            return Err(damaged());
        };
        let not_after = parsed.validity().not_after.timestamp();
        if !can_sign(&parsed) {
            return Err(IdentityError::NotAuthority { path });
        }
        if not_after <= now() {
            return Err(IdentityError::AuthorityExpired { path, not_after });
        }
        let Ok(issuer) = Issuer::from_ca_cert_der(&certificate, key) else {
            return Err(IdentityError::NotAuthority { path });
        };
        // What is signed shows whether the key is the certificate's, and whether its name was understood.
        let probe = sign(&issuer, &CertificateUse::ThisMachine, now())?;
        let leaf = probe.chain().first().map_or(&[][..], |leaf| leaf.as_ref());
        let Ok((_, leaf)) = X509Certificate::from_der(leaf) else {
            return Err(damaged());
        };
        if leaf.verify_signature(Some(parsed.public_key())).is_err() {
            return Err(IdentityError::KeyMismatch {
                certificate: path,
                key: key_path.to_owned(),
            });
        }
        if leaf.issuer().as_raw() != parsed.subject().as_raw() {
            return Err(IdentityError::NotAuthority { path });
        }
        let inner = Inner {
            path,
            certificate: certificate.clone(),
            issuer,
            kept: Mutex::default(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Returns the file of its certificate, for programs that are to trust it.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Returns its certificate in DER.
    pub fn certificate_der(&self) -> &CertificateDer<'static> {
        &self.inner.certificate
    }

    /// Returns a certificate for a server, by DNS name or address.
    ///
    /// For an empty name, and for what is no plain name (a wildcard, a control character, too long), it is for
    /// `localhost`, this machine's name, 127.0.0.1 and `::1`. It is valid from yesterday for 90 days, kept, and made anew
    /// in time.
    pub fn identity_for(&self, name: &str) -> Result<Identity, IdentityError> {
        self.good(&CertificateUse::of(name), now())
    }

    /// Returns a certificate for our own clients, to show to servers that ask for one.
    pub fn client_identity(&self) -> Result<Identity, IdentityError> {
        self.good(&CertificateUse::Client, now())
    }

    fn good(&self, wanted: &CertificateUse, now: i64) -> Result<Identity, IdentityError> {
        self.kept((wanted.clone(), None), now, |now| {
            sign(&self.inner.issuer, wanted, now)
        })
    }

    pub(super) fn issuer(&self) -> &Issuer<'static, KeyPair> {
        &self.inner.issuer
    }

    /// Returns a certificate that was made before, or makes it at `now`.
    pub(super) fn kept(
        &self,
        key: CertificateKey,
        now: i64,
        make: impl FnOnce(i64) -> Result<Identity, IdentityError>,
    ) -> Result<Identity, IdentityError> {
        let kept = &self.inner.kept;
        // A panic elsewhere leaves nothing half done here. Making one takes less than a handshake.
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(identity) = kept.get(&key, now, (VALID_DAYS - RENEW_DAYS) * DAY) {
            return Ok(identity);
        }
        let identity = make(now)?;
        kept.insert(key, identity.clone(), now);
        Ok(identity)
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority")
            .field("path", &self.inner.path)
            .finish_non_exhaustive()
    }
}

/// Returns whether a certificate may sign others (RFC 5280, 4.2.1.3 and 4.2.1.9).
fn can_sign(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.key_usage();
    certificate.is_ca()
        && usage.is_ok_and(|usage| usage.is_none_or(|usage| usage.value.key_cert_sign()))
}

/// Returns the seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(LAST_NOW)
    })
}

/// Makes a key and signs a certificate for it.
fn sign(
    issuer: &Issuer<'static, KeyPair>,
    wanted: &CertificateUse,
    now: i64,
) -> Result<Identity, IdentityError> {
    let key = KeyPair::generate()?;
    let certificate = leaf_params(wanted, now).signed_by(&key, issuer)?;
    identity(vec![certificate.into()], &key)
}

/// Joins certificates and the key that was made for the first.
pub(super) fn identity(
    chain: Vec<CertificateDer<'static>>,
    key: &KeyPair,
) -> Result<Identity, IdentityError> {
    let der = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    Identity::new(chain, der).ok_or(IdentityError::Make(rcgen::Error::CouldNotParseKeyPair))
}

/// What a certificate of a server or client says, valid from yesterday.
pub(super) fn leaf_params(wanted: &CertificateUse, now: i64) -> CertificateParams {
    let mut params = CertificateParams::default();
    valid(&mut params, now - SLACK_DAYS * DAY, now + VALID_DAYS * DAY);
    params.subject_alt_names = wanted.names();
    params.distinguished_name = subject(&wanted.common_name());
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    params.use_authority_key_identifier_extension = true;
    params
}

/// What the certificate of an authority says.
pub(super) fn authority_params(name: &str, now: i64) -> CertificateParams {
    let mut params = CertificateParams::default();
    valid(
        &mut params,
        now - SLACK_DAYS * DAY,
        now + AUTHORITY_DAYS * DAY,
    );
    params.distinguished_name = subject(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// What our own authority's certificate says.
fn own_params(key: &KeyPair, now: i64) -> CertificateParams {
    let made = jiff::Timestamp::from_second(now.clamp(0, LAST_NOW));
    let made = made.map_or_else(|_| String::new(), |it| it.strftime("%Y-%m-%d").to_string());
    let name = format!("Bothends CA of {} since {made}", short_host_name());
    authority_params(&named_by_key(&name, key), now)
}

/// Returns a name that no other authority has. Were there two of one name, a peer that trusts the other one would speak
/// of a bad signature where an unknown issuer is meant.
pub(super) fn named_by_key(name: &str, key: &KeyPair) -> String {
    let id = CertificateParams::default().key_identifier(key);
    let id = id.iter().take(3).fold(String::new(), |mut text, byte| {
        text += &format!("{byte:02x}");
        text
    });
    format!("{name} ({id})")
}

/// Returns a subject with one name, cut to what it may hold.
pub(super) fn subject(common_name: &str) -> DistinguishedName {
    let mut subject = DistinguishedName::new();
    let short: String = common_name.chars().take(MAX_SUBJECT_CHARS).collect();
    subject.push(DnType::CommonName, short);
    subject
}

/// Sets from when to when a certificate is valid, in seconds since 1970.
pub(super) fn valid(params: &mut CertificateParams, not_before: i64, not_after: i64) {
    let time = |seconds: i64| {
        let since = Duration::from_secs(seconds.clamp(0, LAST_NOW).unsigned_abs());
        rcgen::date_time_ymd(1970, 1, 1) + since
    };
    params.not_before = time(not_before);
    params.not_after = time(not_after);
}

/// Writes a file that only this user can read, whole, unless there is one by now.
fn keep(path: &Path, text: &str) -> Result<(), IdentityError> {
    let written = || {
        let folder = path.parent().ok_or(std::io::ErrorKind::NotFound)?;
        // Temporary files are made for the user alone.
        let mut file = tempfile::Builder::new()
            .prefix(".bothends-")
            .tempfile_in(folder)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error.error),
            Ok(_) => sync_folder(folder),
        }
    };
    written().map_err(|error| IdentityError::write(path, &error))
}

/// Flushes the names in a folder to the disk, so that the key is there whenever the certificate is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
