//! Why settings of TLS cannot be used.

use std::path::Path;

use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::net::SystemError;
use crate::net::tls::{IdentityError, MAX_ALPN_BYTES, TlsSettingError};
use crate::payload::VisibleText;

phrases! {
    /// What would help where settings of TLS cannot be used.
    TlsSettingAdvices {
        check_path = "Check the path, and that this program may use it";
        choose_file = "Choose a file in PEM: text with -----BEGIN … and -----END … lines";
        whole_file = "Get the file again; it is incomplete";
        to_pem = "A certificate in PEM begins with -----BEGIN CERTIFICATE-----; to convert one in DER: openssl x509 -inform DER -in FILE -out FILE.pem";
        key_to_pem = "A key in PEM begins with -----BEGIN PRIVATE KEY----- or the like; it often stands in a file of its own";
        remove_passphrase = "Write it without a passphrase: openssl pkey -in FILE -out NEWFILE";
        other_key = "Use an RSA key of 2048 to 8192 bits, an ECDSA key (P-256, P-384, P-521) or an Ed25519 key";
        matching_key = "Choose the key that the certificate was made with; the certificate of the endpoint stands first in its file";
        restore_authority = "Restore the files, or delete them: then a new authority is made, which clients have to trust again";
        choose_authority = "Choose the file of a CA's certificate, not of a server's";
        choose_roots = "Choose a file with roots for this endpoint";
        enter_name = "Enter a name as in example.org, or an address";
        enter_protocol = "Enter names such as h2 or http/1.1";
        choose_own = "Choose a certificate of Bothends CA, or no flaw";
        set_up = "Set TLS up for this endpoint, to begin when requested, and begin it once";
    }
}

kinds! {
    /// Why settings of TLS cannot be used.
    TlsSettingErrors for TlsSettingError as tls_setting_errors |language|, advice: setting_advice {
        Identity(source: &IdentityError) = { source.in_words(language) };
        Roots(source: &IdentityError) = { format!("the roots cannot be used: {}", source.in_words(language)) };
        NoUsableRoot { path: &Path } = { let _: &Language = language; format!("no certificate in {} can be a root", shown(path)) };
        NoRoots = "there are no roots: this system has none, and this program has no authority of its own, so no server could be trusted";
        ServerName { name: &str } = { let _: &Language = language; format!("\"{}\" is neither a name nor an address, so no certificate can be compared with it", VisibleText::plain(name).text) };
        Alpn { protocol: &str } = { let _: &Language = language; format!("\"{}\" is not the name of a protocol (ALPN): that has 1 to {MAX_ALPN_BYTES} bytes", VisibleText::plain(protocol).text) };
        FlawOfFiles = "a certificate from a file is used as it is: only those of Bothends CA can be bad on purpose";
        Refused { detail: &str } = { let _: &Language = language; format!("the settings do not go together: {}", VisibleText::plain(detail).text) };
    }

    /// Why there is no certificate to show, or no key to it.
    IdentityErrors for IdentityError as identity_errors |language|, advice: identity_advice {
        Read { path: &Path, source: &SystemError } = { format!("cannot read {}: {}", shown(path), source.in_words(language)) };
        Write { path: &Path, source: &SystemError } = { format!("cannot write {}: {}", shown(path), source.in_words(language)) };
        NotPlain { path: &Path } = { let _: &Language = language; format!("{} is a folder, a pipe or a device, not a file", shown(path)) };
        TooLarge { path: &Path, limit_bytes: &u64 } = { format!("{} is too large for a certificate or key: it has more than {}", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged { path: &Path } = { let _: &Language = language; format!("{} is PEM, but what it encloses cannot be read: it was cut or changed", shown(path)) };
        NoCertificate { path: &Path } = { let _: &Language = language; format!("{} holds no certificate in PEM", shown(path)) };
        NoKey { path: &Path } = { let _: &Language = language; format!("{} holds no private key in PEM", shown(path)) };
        KeyEncrypted { path: &Path } = { let _: &Language = language; format!("the key in {} is protected with a passphrase", shown(path)) };
        KeyUnusable { path: &Path } = { let _: &Language = language; format!("the key in {} is of a kind or size that cannot be used here", shown(path)) };
        KeyMismatch { certificate: &Path, key: &Path } = { let _: &Language = language; format!("the key in {} is not the one of the certificate in {}", shown(key), shown(certificate)) };
        NotAuthority { path: &Path } = { let _: &Language = language; format!("the certificate in {} is not one of an authority (CA), so it cannot sign others", shown(path)) };
        AuthorityExpired { path: &Path, not_after: &i64 } = { format!("the authority in {} was valid until {}", shown(path), language.utc_minute(*not_after)) };
        Make(..) = "a certificate or its key could not be made";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}

fn setting_advice(error: &TlsSettingError, language: &Language) -> Option<String> {
    let words = &language.tls_setting_advices;
    let advice = match error {
        TlsSettingError::Identity(error) | TlsSettingError::Roots(error) => {
            return error.advice(language);
        }
        TlsSettingError::NoUsableRoot { .. } => words.choose_authority,
        TlsSettingError::NoRoots => words.choose_roots,
        TlsSettingError::ServerName { .. } => words.enter_name,
        TlsSettingError::Alpn { .. } => words.enter_protocol,
        TlsSettingError::FlawOfFiles => words.choose_own,
        TlsSettingError::Refused { .. } => return None,
    };
    Some(advice.to_owned())
}

fn identity_advice(error: &IdentityError, language: &Language) -> Option<String> {
    let words = &language.tls_setting_advices;
    let advice = match error {
        IdentityError::Read { .. } | IdentityError::Write { .. } => words.check_path,
        IdentityError::NotPlain { .. } | IdentityError::TooLarge { .. } => words.choose_file,
        IdentityError::Damaged { .. } => words.whole_file,
        IdentityError::NoCertificate { .. } => words.to_pem,
        IdentityError::NoKey { .. } => words.key_to_pem,
        IdentityError::KeyEncrypted { .. } => words.remove_passphrase,
        IdentityError::KeyUnusable { .. } => words.other_key,
        IdentityError::KeyMismatch { .. } => words.matching_key,
        IdentityError::NotAuthority { .. } | IdentityError::AuthorityExpired { .. } => {
            words.restore_authority
        }
        IdentityError::Make(_) => return None,
    };
    Some(advice.to_owned())
}
