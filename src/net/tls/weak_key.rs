//! An RSA key of 1024 bits, which signs. No provider makes such a key or loads one, so its signature is computed here.
//!
//! The key is part of the program, hence no secret, and nothing here takes care to keep it one: the time that a
//! signature takes depends on the key. Never to be used with another key.

use std::fmt;
use std::sync::Arc;

use rcgen::PublicKeyData;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{PrivateKeyDer, SubjectPublicKeyInfoDer};
use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use sha2::{Digest as _, Sha256};
use x509_parser::der_parser::der::parse_der_sequence;
use x509_parser::der_parser::num_bigint::BigUint;
use x509_parser::prelude::FromDer as _;
use x509_parser::x509::SubjectPublicKeyInfo;

const PEM: &[u8] = include_bytes!("weak-key.pem");
/// The length of the modulus, and so of a signature.
const BYTES: usize = 128;
const HASH_BYTES: usize = 32;
/// `DigestInfo` of SHA-256 up to the hash (RFC 8017, 9.2, note 1).
const SHA256_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];
/// What it can sign, the better one first.
const SCHEMES: [SignatureScheme; 2] = [
    SignatureScheme::RSA_PSS_SHA256,
    SignatureScheme::RSA_PKCS1_SHA256,
];

/// The key.
#[derive(Clone)]
pub(super) struct WeakKey {
    numbers: Arc<Numbers>,
    info: SubjectPublicKeyInfoDer<'static>,
    /// `RSAPublicKey` (RFC 8017, A.1.1).
    public: Vec<u8>,
}

struct Numbers {
    modulus: BigUint,
    exponent: BigUint,
}

impl WeakKey {
    /// Reads the key. `None` cannot happen: a test reads it too.
    pub(super) fn new() -> Option<Self> {
        let private = Self::der()?;
        let (_, sequence) = parse_der_sequence(private.secret_der()).ok()?;
        // Version, modulus, public exponent, private exponent (RFC 8017, A.1.2).
        let numbers = sequence.as_sequence().ok()?;
        let number = |at: usize| numbers.get(at)?.as_biguint().ok();
        let numbers = Numbers {
            modulus: number(1)?,
            exponent: number(3)?,
        };
        let info = SubjectPublicKeyInfoDer::from_pem_slice(PEM).ok()?;
        let (_, parsed) = SubjectPublicKeyInfo::from_der(&info).ok()?;
        let public = parsed.subject_public_key.data.to_vec();
        Some(Self {
            numbers: Arc::new(numbers),
            info,
            public,
        })
    }

    /// Returns the private key in DER, as PKCS#1.
    pub(super) fn der() -> Option<PrivateKeyDer<'static>> {
        PrivateKeyDer::from_pem_slice(PEM).ok()
    }
}

impl PublicKeyData for WeakKey {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

impl fmt::Debug for WeakKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WeakKey")
    }
}

impl SigningKey for WeakKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let scheme = SCHEMES.into_iter().find(|it| offered.contains(it))?;
        Some(Box::new(WeakSigner {
            numbers: Arc::clone(&self.numbers),
            scheme,
        }))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(self.info.clone())
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::RSA
    }
}

struct WeakSigner {
    numbers: Arc<Numbers>,
    scheme: SignatureScheme,
}

impl fmt::Debug for WeakSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WeakSigner").field(&self.scheme).finish()
    }
}

impl Signer for WeakSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let hash = Sha256::digest(message).into();
        let encoded = if self.scheme == SignatureScheme::RSA_PSS_SHA256 {
            let mut salt = [0; HASH_BYTES];
            default_provider().secure_random.fill(&mut salt)?;
            pss(&hash, &salt)
        } else {
            pkcs1(&hash)
        };
        let Numbers { modulus, exponent } = &*self.numbers;
        let number = BigUint::from_bytes_be(&encoded).modpow(exponent, modulus);
        let number = number.to_bytes_be();
        let mut signature = vec![0; BYTES.saturating_sub(number.len())];
        signature.extend(number);
        Ok(signature)
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

/// EMSA-PKCS1-v1_5 (RFC 8017, 9.2).
fn pkcs1(hash: &[u8; HASH_BYTES]) -> Vec<u8> {
    let mut encoded = vec![0, 1];
    encoded.resize(BYTES - 1 - SHA256_INFO.len() - HASH_BYTES, 0xff);
    encoded.push(0);
    encoded.extend(SHA256_INFO);
    encoded.extend(hash);
    encoded
}

/// EMSA-PSS with SHA-256, MGF1 and a salt as long as the hash (RFC 8017, 9.1.1).
fn pss(hash: &[u8; HASH_BYTES], salt: &[u8; HASH_BYTES]) -> Vec<u8> {
    let mut salted = vec![0; 8];
    salted.extend(hash);
    salted.extend(salt);
    let salted = Sha256::digest(salted);

    let mut encoded = vec![0; BYTES - 2 * HASH_BYTES - 2];
    encoded.push(1);
    encoded.extend(salt);
    let blocks = (0_u32..).flat_map(|counter| {
        let mut block = Sha256::new();
        block.update(salted);
        block.update(counter.to_be_bytes());
        block.finalize()
    });
    for (byte, mask) in encoded.iter_mut().zip(blocks) {
        *byte ^= mask;
    }
    // The number has one bit less than the modulus.
    if let Some(first) = encoded.first_mut() {
        *first &= 0x7f;
    }
    encoded.extend(salted);
    encoded.push(0xbc);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_becomes_what_was_encoded() {
        let key = WeakKey::new().unwrap();
        let modulus = &key.numbers.modulus;
        assert_eq!(modulus.bits(), 8 * BYTES as u64);
        let opened = |scheme| {
            let signer = key
                .choose_scheme(&[SignatureScheme::ED25519, scheme])
                .unwrap();
            assert_eq!(signer.scheme(), scheme);
            let signature = signer.sign(b"what a handshake signs").unwrap();
            assert_eq!(signature.len(), BYTES);
            let opened = BigUint::from_bytes_be(&signature).modpow(&65537_u32.into(), modulus);
            opened.to_bytes_be()
        };
        let hash = Sha256::digest(b"what a handshake signs").into();
        let encoded = pkcs1(&hash);
        assert_eq!(encoded.len(), BYTES);
        assert_eq!(opened(SignatureScheme::RSA_PKCS1_SHA256), encoded[1..]);
        assert_eq!(opened(SignatureScheme::RSA_PSS_SHA256).last(), Some(&0xbc));
        assert!(key.choose_scheme(&[SignatureScheme::ED25519]).is_none());
    }
}
