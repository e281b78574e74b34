//! The authority's files, what it signs, and for how long.

use std::fs;
use std::sync::Barrier;

use rustls::RootCertStore;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::UnixTime;
use rustls::server::WebPkiClientVerifier;

use super::*;
use crate::net::tls::CertificateFacts;
use crate::net::tls::kept::MAX_KEPT;
use crate::net::tls::tests::{
    authority, handshake, openssl, openssl_verify, pem_file, roots, webpki,
};

fn open(folder: &Path) -> Result<Authority, IdentityError> {
    Authority::open_or_make(folder)
}

fn facts(identity: &Identity) -> CertificateFacts {
    CertificateFacts::of(&identity.chain()[0])
}

#[test]
fn the_second_one_to_open_gets_what_the_first_one_made() {
    let (folder, first) = authority();
    let second = open(&folder.path().join("tls")).unwrap();
    assert_eq!(first.certificate_der(), second.certificate_der());
    let leaf = second.identity_for("a.example").unwrap();
    assert_eq!(webpki(&first, leaf.chain(), "a.example"), Ok(()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(first.path()), 0o600);
        assert_eq!(mode(&first.path().with_file_name(KEY)), 0o600);
        assert_eq!(mode(first.path().parent().unwrap()), 0o700);
    }
    let names = fs::read_dir(folder.path().join("tls")).unwrap();
    assert_eq!(names.count(), 2, "a temporary file is left");
}

#[test]
fn all_who_race_get_the_same_authority() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("a").join("b");
        let barrier = Barrier::new(8);
        let made = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        open(&folder).unwrap()
                    })
                })
                .collect();
            let made = racers.into_iter().map(|it| it.join().unwrap());
            made.collect::<Vec<_>>()
        });
        for one in &made {
            assert_eq!(one.certificate_der(), made[0].certificate_der());
            let leaf = one.identity_for("a.example").unwrap();
            assert_eq!(webpki(&made[0], leaf.chain(), "a.example"), Ok(()));
        }
    }
}

#[test]
fn an_authority_says_what_it_is() {
    let (_folder, authority) = authority();
    let facts = CertificateFacts::of(authority.certificate_der());
    assert!(facts.is_ca && facts.is_self_issued);
    assert!(
        facts.subject.starts_with("CN=Bothends CA of "),
        "{}",
        facts.subject
    );
    let year = 365 * DAY;
    assert!((10 * year..11 * year).contains(&(facts.not_after - now())));
    if let Some(said) = openssl(&[
        "x509",
        "-text",
        "-noout",
        "-in",
        authority.path().to_str().unwrap(),
    ]) {
        for expected in [
            "CA:TRUE",
            "Certificate Sign, CRL Sign",
            "Subject Key Identifier",
        ] {
            assert!(said.contains(expected), "{said}");
        }
    }
}

#[test]
fn an_unfinished_authority_is_finished() {
    let (folder, first) = authority();
    fs::remove_file(first.path()).unwrap();
    let second = open(&folder.path().join("tls")).unwrap();
    let leaf = second.identity_for("a.example").unwrap();
    assert_eq!(webpki(&second, leaf.chain(), "a.example"), Ok(()));
}

/// Whatever is wrong with a file: the error names it, and it stays as it is.
#[test]
fn a_file_that_is_wrong_is_named_and_never_replaced() {
    let (folder, good) = authority();
    let folder = folder.path().join("tls");
    let (ca, key) = (folder.join(CERTIFICATE), folder.join(KEY));
    let originals = (fs::read(&ca).unwrap(), fs::read(&key).unwrap());
    let check = |path: &Path, bytes: Option<&[u8]>, expected: IdentityError| {
        fs::write(&ca, &originals.0).unwrap();
        fs::write(&key, &originals.1).unwrap();
        match bytes {
            Some(bytes) => fs::write(path, bytes).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        let before = (fs::read(&ca).ok(), fs::read(&key).ok());
        let error = open(&folder).unwrap_err();
        assert_eq!(error, expected);
        assert_eq!((fs::read(&ca).ok(), fs::read(&key).ok()), before);
    };
    let path = || ca.clone();
    check(
        &ca,
        Some(&originals.0[..200]),
        IdentityError::Damaged { path: path() },
    );
    check(
        &ca,
        Some(b""),
        IdentityError::NoCertificate { path: path() },
    );
    check(&key, Some(b""), IdentityError::NoKey { path: key.clone() });
    check(
        &key,
        Some(&originals.1[..80]),
        IdentityError::Damaged { path: key.clone() },
    );
    let no_der = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    check(&ca, Some(no_der), IdentityError::Damaged { path: path() });
    let no_key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    check(
        &key,
        Some(no_key),
        IdentityError::KeyUnusable { path: key.clone() },
    );
    let missing = std::io::Error::from_raw_os_error(2);
    check(&key, None, IdentityError::read(&key, &missing));
    let other = KeyPair::generate().unwrap().serialize_pem();
    let mismatch = IdentityError::KeyMismatch {
        certificate: path(),
        key: key.clone(),
    };
    check(&key, Some(other.as_bytes()), mismatch);
    let large = vec![b' '; 1024 * 1024 + 1];
    let too_large = IdentityError::TooLarge {
        path: path(),
        limit_bytes: 1024 * 1024,
    };
    check(&ca, Some(&large), too_large);
    let leaf = pem_file(&folder, "leaf.pem", good.identity_for("").unwrap().chain());
    check(
        &ca,
        Some(&fs::read(leaf).unwrap()),
        IdentityError::NotAuthority { path: path() },
    );
}

#[test]
fn an_authority_that_has_run_out_says_when() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::generate().unwrap();
    let mut params = own_params(&key, now());
    valid(&mut params, now() - 100 * DAY, now() - DAY);
    let certificate = params.self_signed(&key).unwrap();
    let path = folder.path().join(CERTIFICATE);
    fs::write(folder.path().join(KEY), key.serialize_pem()).unwrap();
    fs::write(&path, certificate.pem()).unwrap();
    match open(folder.path()).unwrap_err() {
        IdentityError::AuthorityExpired {
            path: found,
            not_after,
        } => {
            assert_eq!(found, path);
            assert!((not_after - (now() - DAY)).abs() < 60);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = open(&file.join("tls")).unwrap_err();
    assert!(
        matches!(&error, IdentityError::Read { path, .. } | IdentityError::Write { path, .. } if path.starts_with(&file)),
        "{error:?}"
    );
}

/// Somebody may put an authority of a company there, made by openssl, with another kind of key and a longer name.
#[test]
fn an_authority_from_elsewhere_signs_too() {
    let folder = tempfile::tempdir().unwrap();
    let (ca, key) = (folder.path().join(CERTIFICATE), folder.path().join(KEY));
    let subject = "/C=DE/O=Müller, Söhne \\+ Co/OU=a/CN=Test=CA/emailAddress=ca@example.com";
    let (ca_text, key_text) = (ca.to_str().unwrap(), key.to_str().unwrap());
    let made = openssl(&[
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-utf8",
        "-subj",
        subject,
        "-keyout",
        key_text,
        "-out",
        ca_text,
        "-days",
        "30",
        "-addext",
        "keyUsage=critical,keyCertSign",
    ]);
    if made.is_none() {
        return;
    }
    let authority = open(folder.path()).unwrap();
    let leaf = authority.identity_for("a.example").unwrap();
    assert_eq!(webpki(&authority, leaf.chain(), "a.example"), Ok(()));
    assert_eq!(
        openssl_verify(&ca, leaf.chain(), &["-verify_hostname", "a.example"]),
        Some(vec![])
    );
}

#[test]
fn each_name_gets_a_certificate_that_others_accept() {
    let (_folder, authority) = authority();
    let long = [
        &"a".repeat(63),
        &"b".repeat(63),
        &"c".repeat(63),
        "d.example",
    ]
    .join(".");
    for (asked, name) in [
        ("api.example.com", "api.example.com"),
        ("API.example.com.", "api.example.com"),
        (&long, &long),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("", "localhost"),
        ("", "127.0.0.1"),
        ("", "::1"),
        ("*.example.com", "localhost"),
        ("a\0b\r\n", "localhost"),
    ] {
        let identity = authority.identity_for(asked).unwrap();
        assert_eq!(
            webpki(&authority, identity.chain(), name),
            Ok(()),
            "{asked:?}"
        );
        assert_eq!(handshake(&authority, &identity, name), Ok(()), "{asked:?}");
        let option = match name.parse::<std::net::IpAddr>() {
            Ok(_) => "-verify_ip",
            Err(_) => "-verify_hostname",
        };
        let with = [option, name, "-purpose", "sslserver"];
        let found = openssl_verify(authority.path(), identity.chain(), &with);
        assert!(found.is_none_or(|found| found.is_empty()), "{asked:?}");
    }
}

#[test]
fn a_client_gets_a_certificate_that_servers_accept() {
    let (_folder, authority) = authority();
    let identity = authority.client_identity().unwrap();
    let provider = Arc::new(default_provider());
    let roots: Arc<RootCertStore> = roots(&authority);
    let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider)
        .build()
        .unwrap();
    let chain = identity.chain();
    verifier
        .verify_client_cert(&chain[0], &[], UnixTime::now())
        .unwrap();
    let found = openssl_verify(authority.path(), chain, &["-purpose", "sslclient"]);
    assert!(found.is_none_or(|found| found.is_empty()));
}

#[test]
fn a_certificate_is_kept_and_made_anew_in_time() {
    let (_folder, authority) = authority();
    let at = |now| {
        let identity = authority
            .good(&CertificateUse::of("a.example"), now)
            .unwrap();
        facts(&identity)
    };
    let start = 1_800_000_000;
    let first = at(start);
    assert_eq!(
        (first.not_before, first.not_after),
        (start - DAY, start + 90 * DAY)
    );
    assert_eq!(at(start + 59 * DAY), first);
    let second = at(start + 61 * DAY);
    assert_eq!(second.not_after, start + 151 * DAY);
    assert_ne!(second.serial, first.serial);
    // The clock is set back: what was made would not be valid yet.
    assert_eq!(at(start).not_before, start - DAY);
    // No clock is too wrong.
    for now in [i64::MIN / 2, 0, 4_000_000_000, LAST_NOW, i64::MAX / 2] {
        assert!(at(now).is_readable);
    }
}

#[test]
fn a_flood_of_names_takes_bounded_memory() {
    let (_folder, authority) = authority();
    let serial = |name: &str| facts(&authority.identity_for(name).unwrap()).serial;
    let first = serial("first.example");
    let second = serial("second.example");
    for number in 0..MAX_KEPT - 1 {
        serial(&format!("n{number}.example"));
    }
    assert_eq!(authority.inner.kept.lock().unwrap().len(), MAX_KEPT);
    assert_eq!(serial("second.example"), second);
    assert_ne!(serial("first.example"), first);
}

#[test]
fn nothing_shows_a_key() {
    let (_folder, authority) = authority();
    let identity = authority.identity_for("a.example").unwrap();
    let shown = format!("{authority:?} {identity:?}");
    assert!(
        !shown.contains("key: ") && !shown.contains("48, "),
        "{shown}"
    );
}
