//! Certificates that are bad on purpose, to see what clients and servers make of them. Each has one flaw and no other.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, Issuer, KeyPair};

use super::authority::{
    Authority, DAY, VALID_DAYS, authority_params, identity, leaf_params, named_by_key, now, valid,
};
use super::flaw::Flaw;
use super::identity::{Identity, IdentityError};
use super::names::CertificateUse;
use super::weak_key::WeakKey;

/// How far beside its validity now is.
const BESIDE_DAYS: i64 = 7;
/// What a certificate with a wrong name is for (RFC 2606), and what it is for if that was the right one.
const WRONG_NAMES: [&str; 2] = ["wrong-name.example", "another-name.example"];

impl Authority {
    /// Returns a certificate as [`identity_for`](Self::identity_for) does, but with a flaw.
    ///
    /// # Errors
    /// A key or a certificate could not be made.
    pub fn flawed(&self, flaw: Flaw, name: &str) -> Result<Identity, IdentityError> {
        let wanted = CertificateUse::of(name);
        self.kept((wanted.clone(), Some(flaw)), now(), |now| {
            make(self.issuer(), flaw, &wanted, now)
        })
    }
}

fn make(
    issuer: &Issuer<'static, KeyPair>,
    flaw: Flaw,
    wanted: &CertificateUse,
    now: i64,
) -> Result<Identity, IdentityError> {
    let mut params = leaf_params(wanted, now);
    let beside = BESIDE_DAYS * DAY;
    match flaw {
        Flaw::Expired => {
            valid(&mut params, now - beside - VALID_DAYS * DAY, now - beside);
            signed(&params, issuer)
        }
        Flaw::NotYetValid => {
            valid(&mut params, now + beside, now + beside + VALID_DAYS * DAY);
            signed(&params, issuer)
        }
        Flaw::WrongName => {
            let wrong = WRONG_NAMES.map(CertificateUse::of);
            let wrong = wrong.into_iter().find(|it| it != wanted);
            let wrong = wrong.unwrap_or(CertificateUse::ThisMachine);
            signed(&leaf_params(&wrong, now), issuer)
        }
        Flaw::SelfSigned => {
            let key = KeyPair::generate()?;
            let certificate = params.self_signed(&key)?;
            identity(vec![certificate.into()], &key)
        }
        Flaw::UnknownIssuer => {
            let key = KeyPair::generate()?;
            let name = named_by_key("Unknown CA", &key);
            let unknown = CertifiedIssuer::self_signed(authority_params(&name, now), key)?;
            signed(&params, &unknown)
        }
        Flaw::MissingIntermediate => signed(&params, &*intermediate(issuer, now)?),
        Flaw::WeakKey => weak(&params, issuer),
    }
}

fn signed(
    params: &CertificateParams,
    issuer: &Issuer<'_, KeyPair>,
) -> Result<Identity, IdentityError> {
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, issuer)?;
    identity(vec![certificate.into()], &key)
}

/// Makes an authority between ours and a certificate. It signs no other authorities.
fn intermediate(
    issuer: &Issuer<'static, KeyPair>,
    now: i64,
) -> Result<CertifiedIssuer<'static, KeyPair>, IdentityError> {
    let key = KeyPair::generate()?;
    let name = named_by_key("Intermediate CA", &key);
    let mut params = authority_params(&name, now);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.use_authority_key_identifier_extension = true;
    Ok(CertifiedIssuer::signed_by(params, key, issuer)?)
}

fn weak(
    params: &CertificateParams,
    issuer: &Issuer<'static, KeyPair>,
) -> Result<Identity, IdentityError> {
    let unread = || IdentityError::Make(rcgen::Error::CouldNotParseKeyPair);
    let key = WeakKey::new().ok_or_else(unread)?;
    let der = WeakKey::der().ok_or_else(unread)?;
    let mut params = params.clone();
    // By default the number is made from the key, which is always the same one here.
    let other = KeyPair::generate()?;
    params.serial_number = Some(params.key_identifier(&other).into());
    let certificate = params.signed_by(&key, issuer)?;
    let signer = std::sync::Arc::new(key);
    Ok(Identity::with_signer(vec![certificate.into()], der, signer))
}

#[cfg(test)]
mod tests;
