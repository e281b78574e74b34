//! Facts compared with what openssl says, and what hostile certificates give.

use std::sync::LazyLock;

use proptest::prelude::*;
use rcgen::string::Ia5String;
use rcgen::{CertificateParams, CustomExtension, DnType, DnValue, KeyPair, SanType};

use super::*;
use crate::net::tls::Flaw;
use crate::net::tls::tests::{authority, openssl, pem_file};

fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
    let mut params = CertificateParams::default();
    change(&mut params);
    let certificate = params.self_signed(&KeyPair::generate().unwrap());
    certificate.unwrap().der().to_vec()
}

fn named_by(value: impl Into<DnValue>) -> String {
    let value = value.into();
    let der = self_signed(|params| {
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, value);
    });
    CertificateFacts::of(&der).subject
}

/// All that bounds say, for any input.
fn check_bounds(der: &[u8]) -> CertificateFacts {
    let facts = CertificateFacts::of(der);
    assert_eq!(facts, CertificateFacts::of(der));
    let expected: [u8; 32] = Sha256::digest(der).into();
    assert_eq!(facts.sha256, expected);
    assert!(facts.names.len() <= MAX_NAMES);
    assert!(facts.more_names == 0 || facts.names.len() == MAX_NAMES);
    let key = facts.key.to_string();
    let mut texts = vec![
        &facts.subject,
        &facts.issuer,
        &facts.signature_algorithm,
        &facts.serial,
        &key,
    ];
    for name in &facts.names {
        match name {
            AlternativeName::Dns(text)
            | AlternativeName::Uri(text)
            | AlternativeName::Email(text)
            | AlternativeName::Directory(text) => texts.push(text),
            AlternativeName::Address(_) | AlternativeName::Other(_) => {}
        }
    }
    for text in texts {
        assert!(text.chars().count() <= MAX_TEXT_CHARS, "{text}");
        assert!(!text.chars().any(is_hidden), "{text:?}");
    }
    if !facts.is_readable {
        let unread = CertificateFacts {
            sha256: facts.sha256,
            ..CertificateFacts::default()
        };
        assert_eq!(facts, unread);
    }
    facts
}

#[test]
fn a_name_is_written_as_rfc_4514_has_it() {
    let check = |name: &str, expected: &str| {
        assert_eq!(named_by(name), format!("CN={expected}"), "{name:?}");
    };
    check("plain", "plain");
    check("Müller 日本", "Müller 日本");
    check("a,b+c\"d\\e<f>g;h=i", r#"a\,b\+c\"d\\e\<f\>g\;h=i"#);
    check(" #a ", r"\ #a\ ");
    check("#a", r"\#a");
    check(" ", r"\ ");
    check("", "");
    check("a\0b\r\nc\x1b[31m", r"a\00b\0D\0Ac\1B[31m");
    check("a\u{202e}b\u{200b}", r"a\E2\80\AEb\E2\80\8B");
    let long = "x".repeat(600);
    check(&long, &format!("{}…", "x".repeat(508)));
    let escapes = "\n".repeat(600);
    check(&escapes, &format!("{}…", r"\0A".repeat(169)));
}

#[test]
fn each_kind_of_string_is_decoded() {
    use rcgen::string::{BmpString, PrintableString, TeletexString, UniversalString};

    let check = |value: DnValue| assert_eq!(named_by(value), "CN=abc");
    check(DnValue::PrintableString(
        PrintableString::try_from("abc").unwrap(),
    ));
    check(DnValue::Ia5String(Ia5String::try_from("abc").unwrap()));
    check(DnValue::BmpString(BmpString::try_from("abc").unwrap()));
    check(DnValue::TeletexString(
        TeletexString::try_from("abc").unwrap(),
    ));
    check(DnValue::UniversalString(
        UniversalString::try_from("abc").unwrap(),
    ));
}

#[test]
fn names_are_listed_up_to_a_bound_and_the_others_counted() {
    let ia5 = |text: &str| Ia5String::try_from(text).unwrap();
    let der = self_signed(|params| {
        params.subject_alt_names = vec![
            SanType::DnsName(ia5("*.example.com")),
            SanType::DnsName(ia5("a\0b\\")),
            SanType::IpAddress("192.0.2.1".parse().unwrap()),
            SanType::IpAddress("2001:db8::1".parse().unwrap()),
            SanType::URI(ia5("spiffe://a/b")),
            SanType::Rfc822Name(ia5("a@example.com")),
            SanType::OtherName((vec![1, 2, 3], "x".to_owned().into())),
        ];
    });
    let dns = |text: &str| AlternativeName::Dns(text.to_owned());
    let expected = [
        dns("*.example.com"),
        dns(r"a\00b\\"),
        AlternativeName::Address("192.0.2.1".parse().unwrap()),
        AlternativeName::Address("2001:db8::1".parse().unwrap()),
        AlternativeName::Uri("spiffe://a/b".to_owned()),
        AlternativeName::Email("a@example.com".to_owned()),
        AlternativeName::Other(0),
    ];
    assert_eq!(check_bounds(&der).names, expected);

    let der = self_signed(|params| {
        let names = (0..1000).map(|number| ia5(&format!("n{number}.example")));
        params.subject_alt_names = names.map(SanType::DnsName).collect();
    });
    let facts = check_bounds(&der);
    assert_eq!((facts.names.len(), facts.more_names), (100, 900));
    assert_eq!(facts.names[99], dns("n99.example"));
}

#[test]
fn what_is_no_certificate_has_a_fingerprint_alone() {
    for der in [
        &b""[..],
        b"\x30",
        b"\x30\x80",
        b"-----BEGIN CERTIFICATE-----",
        &[0x30; 4096],
    ] {
        assert!(!check_bounds(der).is_readable);
    }
    let mut der = self_signed(|_| {});
    assert!(check_bounds(&der).is_readable);
    der.push(0);
    assert!(!check_bounds(&der).is_readable, "something follows it");
    let large = self_signed(|params| {
        let content = vec![0; MAX_DER_BYTES];
        params.custom_extensions = vec![CustomExtension::from_oid_content(&[1, 2, 3], content)];
    });
    assert!(!check_bounds(&large).is_readable);
}

/// An object identifier of half a megabyte, and as many parts of a name: a parser may refuse them, but not think long.
#[test]
fn a_huge_part_takes_no_time() {
    let started = std::time::Instant::now();
    let check = |oids: Vec<Vec<u64>>| {
        let der = self_signed(|params| {
            for oid in oids {
                let kind = DnType::CustomDnType(oid);
                params.distinguished_name.push(kind, "x");
            }
        });
        assert!(der.len() > MAX_DER_BYTES / 8);
        let facts = check_bounds(&der);
        assert!(
            !facts.is_readable || facts.subject.ends_with(CUT),
            "{facts:?}"
        );
        facts.is_readable
    };
    assert!(check(
        (0..10_000).map(|number| vec![1, 2, number]).collect()
    ));
    let long: Vec<u64> = (0..200_000).map(|number| number % 1000).collect();
    check(vec![[&[1, 2], &long[..]].concat()]);
    let wide = vec![u64::MAX; 50_000];
    check(vec![[&[1, 2], &wide[..]].concat()]);
    assert!(started.elapsed() < crate::net::tls::tests::LIMIT);
}

#[test]
fn openssl_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (key, certificate) = (path("key.pem"), path("cert.pem"));
    let p521 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"];
    let k256 = ["ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"];
    for (kind, expected, signature) in [
        (&["rsa:2048"][..], "RSA 2048", "sha256WithRSAEncryption"),
        (&["rsa:1024"], "RSA 1024", "sha256WithRSAEncryption"),
        (&["rsa:3072"], "RSA 3072", "sha256WithRSAEncryption"),
        (&["rsa-pss"], "RSA 2048", "RSASSA-PSS"),
        (&p521, "P-521", "ecdsa-with-SHA256"),
        (&k256, "1.3.132.0.10", "ecdsa-with-SHA256"),
        (&["ed25519"], "Ed25519", "Ed25519"),
        (&["ed448"], "Ed448", "Ed448"),
    ] {
        let subject = "/DC=example/C=DE/O=Müller, Söhne \\+ Co/OU=a\nb/UID=7/CN= Test=1 ";
        let mut arguments = vec![
            "req", "-x509", "-nodes", "-utf8", "-subj", subject, "-days", "9",
        ];
        arguments.extend(["-keyout", &key, "-out", &certificate, "-newkey"]);
        arguments.extend(kind);
        let Some(said) = openssl(&arguments) else {
            return;
        };
        let pem = std::fs::read(&certificate).unwrap_or_else(|_| panic!("{said}"));
        std::fs::remove_file(&certificate).unwrap();
        std::fs::write(&certificate, &pem).unwrap();
        let der = rustls::pki_types::pem::PemObject::from_pem_slice(&pem).unwrap();
        let der: rustls::pki_types::CertificateDer<'_> = der;
        compare(&check_bounds(&der), &certificate);
        let facts = CertificateFacts::of(&der);
        assert_eq!(facts.key.to_string(), expected);
        assert_eq!(facts.signature_algorithm, signature);
    }
    let (_folder, authority) = authority();
    for flaw in Flaw::ALL {
        let flawed = authority.flawed(flaw, "a.example").unwrap();
        let file = pem_file(folder.path(), "flawed.pem", flawed.chain());
        compare(&check_bounds(&flawed.chain()[0]), file.to_str().unwrap());
    }
}

/// Compares facts with what `openssl x509` says of a file.
fn compare(facts: &CertificateFacts, file: &str) {
    let Some(said) = openssl(&[
        "x509",
        "-noout",
        "-text",
        "-in",
        file,
        "-subject",
        "-issuer",
        "-serial",
        "-fingerprint",
        "-sha256",
        "-startdate",
        "-enddate",
        "-dateopt",
        "iso_8601",
        "-nameopt",
        "RFC2253,-esc_msb,utf8",
    ]) else {
        return;
    };
    let hex: Vec<_> = facts
        .sha256
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let date = |seconds| {
        let time = jiff::Timestamp::from_second(seconds).unwrap();
        time.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
    };
    let serial = facts.serial.clone();
    for expected in [
        format!("subject={}", facts.subject),
        format!("issuer={}", facts.issuer),
        format!("serial={serial}"),
        format!("sha256 Fingerprint={}", hex.join(":")),
        format!("notBefore={}", date(facts.not_before)),
        format!("notAfter={}", date(facts.not_after)),
    ] {
        assert!(
            said.lines().any(|line| line == expected),
            "{expected} is not in\n{said}"
        );
    }
    if let KeyKind::Rsa { bits } = facts.key {
        assert!(
            said.contains(&format!("Public-Key: ({bits} bit)")),
            "{said}"
        );
    }
}

/// Good certificates, to be changed.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let (_folder, authority) = authority();
    let mut samples = vec![authority.certificate_der().to_vec()];
    for flaw in Flaw::ALL {
        samples.push(authority.flawed(flaw, "a.example").unwrap().chain()[0].to_vec());
    }
    samples.push(self_signed(|params| {
        params.subject_alt_names = vec![
            SanType::URI(Ia5String::try_from("spiffe://a/b").unwrap()),
            SanType::OtherName((vec![1, 2, 3], "x".to_owned().into())),
            SanType::IpAddress("::1".parse().unwrap()),
        ];
    }));
    samples
});

proptest! {
    /// Mutated certificates, and any bytes: never a panic, never out of bounds.
    #[test]
    fn a_changed_certificate_gives_facts_or_none(
        sample in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..12),
    ) {
        let mut der = SAMPLES[sample.index(SAMPLES.len())].clone();
        for (at, byte, kind) in edits {
            if der.is_empty() {
                break;
            }
            let at = at.index(der.len());
            match kind {
                0 | 1 => der[at] = byte,
                2 => der.insert(at, byte),
                _ => { der.remove(at); }
            }
        }
        check_bounds(&der);
    }

    #[test]
    fn any_bytes_give_facts_or_none(der in prop::collection::vec(any::<u8>(), 0..600)) {
        check_bounds(&der);
    }
}
