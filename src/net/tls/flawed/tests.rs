//! Each flaw is the one that others find, and the only one.

use rustls::CertificateError;

use super::*;
use crate::net::tls::tests::{authority, handshake, openssl_verify, s_client, webpki};

const NAME: &str = "api.example.com";

#[test]
fn webpki_finds_each_flaw() {
    let (_folder, authority) = authority();
    let found = |flaw| {
        let identity = authority.flawed(flaw, NAME).unwrap();
        webpki(&authority, identity.chain(), NAME).err()
    };
    for flaw in Flaw::ALL {
        let error = found(flaw);
        let is_found = match flaw {
            Flaw::Expired => matches!(error, Some(CertificateError::ExpiredContext { .. })),
            Flaw::NotYetValid => matches!(error, Some(CertificateError::NotValidYetContext { .. })),
            Flaw::WrongName => {
                matches!(error, Some(CertificateError::NotValidForNameContext { .. }))
            }
            Flaw::SelfSigned | Flaw::UnknownIssuer | Flaw::MissingIntermediate => {
                matches!(error, Some(CertificateError::UnknownIssuer))
            }
            // It looks at the key only when the key signs the handshake.
            Flaw::WeakKey => error.is_none(),
        };
        assert!(is_found, "{flaw:?}: {error:?}");
    }
}

#[test]
fn openssl_finds_each_flaw_and_no_other() {
    let (_folder, authority) = authority();
    // X509_V_ERR_ numbers of openssl's x509_vfy.h; `verify` goes on after an error, so a second flaw would be here too.
    for (flaw, expected) in [
        (Flaw::Expired, vec![10]),
        (Flaw::NotYetValid, vec![9]),
        (Flaw::WrongName, vec![62]),
        (Flaw::SelfSigned, vec![18]),
        (Flaw::UnknownIssuer, vec![20]),
        (Flaw::MissingIntermediate, vec![20]),
        (Flaw::WeakKey, vec![66]),
    ] {
        let identity = authority.flawed(flaw, NAME).unwrap();
        let with = ["-verify_hostname", NAME, "-purpose", "sslserver"];
        let found = openssl_verify(authority.path(), identity.chain(), &with);
        if let Some(found) = found {
            assert_eq!(found, expected, "{flaw:?}");
        }
    }
}

#[test]
fn with_the_intermediate_nothing_is_missing() {
    let (_folder, authority) = authority();
    let between = intermediate(authority.issuer(), now()).unwrap();
    let leaf = signed(&leaf_params(&CertificateUse::of(NAME), now()), &between).unwrap();
    let chain = [leaf.chain()[0].clone(), between.der().clone()];
    assert_eq!(webpki(&authority, &chain, NAME), Ok(()));
    let found = openssl_verify(authority.path(), &chain, &["-verify_hostname", NAME]);
    assert!(found.is_none_or(|found| found.is_empty()));
}

#[test]
fn rustls_accepts_no_signature_of_a_weak_key() {
    let (_folder, authority) = authority();
    let weak = authority.flawed(Flaw::WeakKey, NAME).unwrap();
    let error = handshake(&authority, &weak, NAME).unwrap_err();
    assert!(
        matches!(error, rustls::Error::InvalidCertificate(_)),
        "{error:?}"
    );
    let good = authority.identity_for(NAME).unwrap();
    assert_eq!(handshake(&authority, &good, NAME), Ok(()));
}

/// What the weak key signs is right: a client that is set up to take such keys connects, in both versions.
#[test]
fn openssl_refuses_a_weak_key_unless_set_up_otherwise() {
    let (_folder, authority) = authority();
    let weak = authority.flawed(Flaw::WeakKey, NAME).unwrap();
    let ca = authority.path().to_str().unwrap();
    for version in ["-tls1_2", "-tls1_3"] {
        for (level, expected) in [
            ("DEFAULT@SECLEVEL=2", "EE certificate key too weak"),
            ("DEFAULT@SECLEVEL=1", "Verify return code: 0 (ok)"),
        ] {
            let with = [
                "-CAfile",
                ca,
                "-servername",
                NAME,
                "-cipher",
                level,
                version,
            ];
            if let Some(said) = s_client(&weak, &with) {
                assert!(said.contains(expected), "{version} {level}: {said}");
            }
        }
    }
}

/// A browser remembers for which certificate a person said "go on all the same".
#[test]
fn a_flawed_certificate_stays_the_same() {
    let (_folder, authority) = authority();
    for flaw in Flaw::ALL {
        let chain = |name| authority.flawed(flaw, name).unwrap().chain().to_vec();
        assert_eq!(chain(NAME), chain(NAME), "{flaw:?}");
        assert_ne!(chain(NAME), chain("other.example"), "{flaw:?}");
    }
}
