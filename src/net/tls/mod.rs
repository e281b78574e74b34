//! TLS: keys and certificates, made and read. No other module names rustls, rcgen or an X.509 parser.
//!
//! An [`Identity`] is what an end shows: a chain of certificates and the key of the first. It comes from files, or from
//! the [`Authority`] of this installation, which makes certificates for any name, and bad ones on purpose ([`Flaw`]).
//! [`CertificateFacts`] are what a certificate says, whoever made it.

mod authority;
mod certificate;
mod flaw;
mod flawed;
mod identity;
mod kept;
mod names;
#[cfg(test)]
mod tests;
mod trust;
mod weak_key;

pub use authority::Authority;
pub use certificate::{AlternativeName, CertificateFacts, KeyKind, MAX_NAMES, MAX_TEXT_CHARS};
pub use flaw::Flaw;
pub use identity::{Identity, IdentityError, MAX_PEM_BYTES};
pub use trust::TrustingProgram;
