//! What a certificate says, over arbitrary bytes: bounded facts that are safe to show, or a fingerprint alone.

#![no_main]

use bothends::net::tls::{AlternativeName, CertificateFacts, MAX_NAMES, MAX_TEXT_CHARS};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|der: &[u8]| {
    let facts = CertificateFacts::of(der);
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
        assert!(text.chars().count() <= MAX_TEXT_CHARS);
        assert!(!text.chars().any(char::is_control));
    }
    if !facts.is_readable {
        let unread = CertificateFacts {
            sha256: facts.sha256,
            ..CertificateFacts::default()
        };
        assert_eq!(facts, unread);
    }
});
