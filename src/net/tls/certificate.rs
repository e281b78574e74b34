//! What a certificate says, whoever made it: a hostile peer's certificate gives facts too, bounded and safe to show.

use std::fmt;
use std::net::IpAddr;

use sha2::{Digest as _, Sha256};
use x509_parser::der_parser::asn1_rs::{Any, Oid, Tag, ToDer as _};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::public_key::{PublicKey, RSAPublicKey};
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo, X509Name};

use crate::payload::is_hidden;

/// How many characters of a text are kept; a longer one ends in `…`.
pub const MAX_TEXT_CHARS: usize = 512;
/// How many alternative names of a certificate are kept; the others are counted.
pub const MAX_NAMES: usize = 100;
/// The largest certificate that is read.
const MAX_DER_BYTES: usize = 1024 * 1024;
const CUT: char = '…';

/// The attribute types that have a short name: those of RFC 4514, and those that certificates often have besides.
const ATTRIBUTES: [(&str, &str); 16] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.6", "C"),
    ("2.5.4.9", "STREET"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.12", "title"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.42", "GN"),
    ("2.5.4.97", "organizationIdentifier"),
];

/// Signature algorithms by the names of their standards (RFC 3279, 4055, 5758, 8410, 9881).
const SIGNATURES: [(&str, &str); 18] = [
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("1.2.840.10040.4.3", "dsa-with-SHA1"),
    ("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
];

/// What a certificate says. Nothing of it was checked: anybody can write a certificate that says anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whether it could be read; otherwise only `sha256` is of use.
    pub is_readable: bool,
    /// The SHA-256 of its DER, as browsers and `openssl x509 -fingerprint -sha256` show it.
    pub sha256: [u8; 32],
    /// Whom it is about, as RFC 4514 writes names. Control and invisible characters are escaped (`\0A`).
    pub subject: String,
    /// Who signed it, by the same rules.
    pub issuer: String,
    /// What else it is about, in the certificate's order: what a client compares with the name that it wanted.
    pub names: Vec<AlternativeName>,
    /// How many more names it has.
    pub more_names: usize,
    /// From when it is valid, in seconds since 1970.
    pub not_before: i64,
    /// Until when it is valid, in seconds since 1970.
    pub not_after: i64,
    /// The kind of its public key.
    pub key: KeyKind,
    /// The algorithm that it was signed with, by its standard's name; one that is not known as numbers with dots.
    pub signature_algorithm: String,
    /// Whether it says that it is an authority's.
    pub is_ca: bool,
    /// Whether subject and issuer are the same, byte for byte: the end of a chain, which nobody else vouches for.
    pub is_self_issued: bool,
    /// Its serial number in hexadecimal digits, as `openssl x509 -serial` shows it.
    pub serial: String,
}

/// A name that a certificate is for beside its subject (RFC 5280, 4.2.1.6). Control and invisible characters in texts
/// are escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlternativeName {
    /// A DNS name, perhaps with a wildcard.
    Dns(String),
    /// An IP address.
    Address(IpAddr),
    /// A URI.
    Uri(String),
    /// A mail address.
    Email(String),
    /// A directory's name, as RFC 4514 writes it.
    Directory(String),
    /// Another kind, or one that cannot be read; its number in RFC 5280.
    Other(u32),
}

/// The kind of a public key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KeyKind {
    /// The certificate could not be read.
    #[default]
    Unread,
    /// RSA.
    Rsa {
        /// The length of the modulus.
        bits: u32,
    },
    /// DSA.
    Dsa {
        /// The length of the public value, which is close to that of the modulus.
        bits: u32,
    },
    /// The curve that is also called secp256r1 and prime256v1.
    P256,
    /// The curve that is also called secp384r1.
    P384,
    /// The curve that is also called secp521r1.
    P521,
    /// Another elliptic curve, by its object identifier; empty if it has none.
    Curve(String),
    /// Ed25519.
    Ed25519,
    /// Ed448.
    Ed448,
    /// ML-DSA, with its number: 44, 65 or 87.
    MlDsa(u8),
    /// Another kind, by its object identifier.
    Other(String),
}

impl KeyKind {
    /// Returns the length of the key in bits, where that says something about its strength.
    pub fn bits(&self) -> Option<u32> {
        match self {
            Self::Rsa { bits } | Self::Dsa { bits } => Some(*bits),
            Self::P256 | Self::Ed25519 => Some(256),
            Self::P384 => Some(384),
            Self::Ed448 => Some(456),
            Self::P521 => Some(521),
            Self::Unread | Self::Curve(_) | Self::MlDsa(_) | Self::Other(_) => None,
        }
    }

    fn of(key: &SubjectPublicKeyInfo<'_>) -> Self {
        let algorithm = oid(&key.algorithm.algorithm);
        match algorithm.as_str() {
            "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => {
                match RSAPublicKey::from_der(&key.subject_public_key.data) {
                    Ok((_, rsa)) => Self::Rsa {
                        bits: bits(rsa.modulus),
                    },
                    Err(_) => Self::Other(algorithm),
                }
            }
            "1.2.840.10040.4.1" => match key.parsed() {
                Ok(PublicKey::DSA(value)) => Self::Dsa { bits: bits(value) },
                Ok(_) | Err(_) => Self::Other(algorithm),
            },
            "1.2.840.10045.2.1" => Self::curve(&key.algorithm),
            "1.3.101.112" => Self::Ed25519,
            "1.3.101.113" => Self::Ed448,
            "2.16.840.1.101.3.4.3.17" => Self::MlDsa(44),
            "2.16.840.1.101.3.4.3.18" => Self::MlDsa(65),
            "2.16.840.1.101.3.4.3.19" => Self::MlDsa(87),
            _ => Self::Other(algorithm),
        }
    }

    fn curve(algorithm: &AlgorithmIdentifier<'_>) -> Self {
        let curve = algorithm
            .parameters
            .as_ref()
            .and_then(|it| it.as_oid().ok());
        let curve = curve.map(|curve| oid(&curve)).unwrap_or_default();
        match curve.as_str() {
            "1.2.840.10045.3.1.7" => Self::P256,
            "1.3.132.0.34" => Self::P384,
            "1.3.132.0.35" => Self::P521,
            _ => Self::Curve(curve),
        }
    }
}

/// The name of the kind, with the length where one kind has several: `RSA 2048`, `P-256`.
impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread => f.write_str("?"),
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::Dsa { bits } => write!(f, "DSA {bits}"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::MlDsa(number) => write!(f, "ML-DSA-{number}"),
            Self::Curve(oid) | Self::Other(oid) => f.write_str(oid),
        }
    }
}

impl CertificateFacts {
    /// Reads a certificate in DER. One that cannot be read, or larger than 1 MiB, gives its fingerprint alone.
    pub fn of(der: &[u8]) -> Self {
        let sha256 = Sha256::digest(der).into();
        let unread = Self {
            sha256,
            ..Self::default()
        };
        if der.len() > MAX_DER_BYTES {
            return unread;
        }
        let Ok(([], read)) = X509Certificate::from_der(der) else {
            return unread;
        };
        let (names, more_names) = names(&read);
        Self {
            is_readable: true,
            sha256,
            subject: distinguished_name(read.subject()),
            issuer: distinguished_name(read.issuer()),
            names,
            more_names,
            not_before: read.validity().not_before.timestamp(),
            not_after: read.validity().not_after.timestamp(),
            key: KeyKind::of(read.public_key()),
            signature_algorithm: named(&read.signature_algorithm.algorithm, &SIGNATURES),
            is_ca: read.is_ca(),
            is_self_issued: read.subject().as_raw() == read.issuer().as_raw(),
            serial: serial(read.raw_serial()),
        }
    }
}

/// Text that grows to a bound and says where it was cut.
#[derive(Default)]
struct Bounded {
    text: String,
    chars: usize,
    is_cut: bool,
}

impl Bounded {
    /// Appends a piece, or nothing of it: an escape is never half there.
    fn push(&mut self, piece: &str) {
        let chars = piece.chars().count();
        if self.is_cut || self.chars + chars > MAX_TEXT_CHARS - 1 {
            self.is_cut = true;
        } else {
            self.text.push_str(piece);
            self.chars += chars;
        }
    }

    /// Appends a character; one that is hidden, or one of `special`, escaped as RFC 4514 has it.
    fn push_char(&mut self, c: char, is_special: bool) {
        let mut utf8 = [0; 4];
        let utf8 = c.encode_utf8(&mut utf8);
        if is_hidden(c) {
            let escape = utf8.bytes().fold(String::new(), |mut escape, byte| {
                escape += &format!("\\{byte:02X}");
                escape
            });
            self.push(&escape);
        } else if is_special {
            self.push(&format!("\\{utf8}"));
        } else {
            self.push(utf8);
        }
    }

    fn done(mut self) -> String {
        if self.is_cut {
            self.text.push(CUT);
        }
        self.text
    }
}

/// Writes text that needs no escapes but for what cannot be shown, and for the sign that begins an escape.
fn visible(text: &str) -> String {
    let mut bounded = Bounded::default();
    for c in text.chars().take(MAX_TEXT_CHARS + 1) {
        bounded.push_char(c, c == '\\');
    }
    bounded.done()
}

/// Writes a name as RFC 4514 does: the last part first.
fn distinguished_name(name: &X509Name<'_>) -> String {
    let mut bounded = Bounded::default();
    let parts: Vec<_> = name.iter_rdn().collect();
    for (at, part) in parts.iter().rev().enumerate() {
        if at > 0 {
            bounded.push(",");
        }
        for (at, attribute) in part.iter().enumerate() {
            if at > 0 {
                bounded.push("+");
            }
            bounded.push(&named(attribute.attr_type(), &ATTRIBUTES));
            bounded.push("=");
            attribute_value(attribute.attr_value(), &mut bounded);
        }
        if bounded.is_cut {
            break;
        }
    }
    bounded.done()
}

/// Writes the value of an attribute: its characters with escapes (RFC 4514, 2.4), or `#` and its DER.
fn attribute_value(value: &Any<'_>, bounded: &mut Bounded) {
    let Some(text) = string(value) else {
        let der = value.to_der_vec().unwrap_or_default();
        let shown = der.iter().take(MAX_TEXT_CHARS);
        bounded.push("#");
        for byte in shown {
            bounded.push(&format!("{byte:02x}"));
        }
        return;
    };
    let mut chars = text.chars().take(MAX_TEXT_CHARS + 1).enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let is_last = chars.peek().is_none();
        let is_special = matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\')
            || (at == 0 && matches!(c, ' ' | '#'))
            || (is_last && c == ' ');
        bounded.push_char(c, is_special);
    }
}

/// Decodes a string of any of ASN.1's kinds that a name may have.
fn string(value: &Any<'_>) -> Option<String> {
    match value.tag() {
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::NumericString
        | Tag::VisibleString => std::str::from_utf8(value.data).ok().map(str::to_owned),
        // Strictly T.61, in practice Latin-1.
        Tag::TeletexString => Some(value.data.iter().map(|byte| char::from(*byte)).collect()),
        Tag::BmpString => {
            let (units, rest) = value.data.as_chunks::<2>();
            let units: Vec<_> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            rest.is_empty().then(|| String::from_utf16(&units).ok())?
        }
        Tag::UniversalString => {
            let (units, rest) = value.data.as_chunks::<4>();
            let chars = units.iter().map(|unit| u32::from_be_bytes(*unit));
            rest.is_empty()
                .then(|| chars.map(char::from_u32).collect())?
        }
        _ => None,
    }
}

/// Returns the alternative names, and how many more there are.
fn names(certificate: &X509Certificate<'_>) -> (Vec<AlternativeName>, usize) {
    // Two such extensions are one too many: then nobody can say which counts.
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return (Vec::new(), 0);
    };
    let all = &extension.value.general_names;
    let kept = all.iter().take(MAX_NAMES).map(alternative_name).collect();
    (kept, all.len().saturating_sub(MAX_NAMES))
}

fn alternative_name(name: &GeneralName<'_>) -> AlternativeName {
    match name {
        GeneralName::DNSName(name) => AlternativeName::Dns(visible(name)),
        GeneralName::URI(uri) => AlternativeName::Uri(visible(uri)),
        GeneralName::RFC822Name(mail) => AlternativeName::Email(visible(mail)),
        GeneralName::DirectoryName(name) => AlternativeName::Directory(distinguished_name(name)),
        GeneralName::IPAddress(octets) => {
            address(octets).map_or(AlternativeName::Other(7), AlternativeName::Address)
        }
        GeneralName::OtherName(..) => AlternativeName::Other(0),
        GeneralName::X400Address(_) => AlternativeName::Other(3),
        GeneralName::EDIPartyName(_) => AlternativeName::Other(5),
        GeneralName::RegisteredID(_) => AlternativeName::Other(8),
        GeneralName::Invalid(tag, _) => AlternativeName::Other(tag.0),
    }
}

fn address(octets: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(octets).map(IpAddr::from);
    let sixteen = || <[u8; 16]>::try_from(octets).map(IpAddr::from);
    four.or_else(|_| sixteen()).ok()
}

/// Returns how many bits a number has, without the zeros in front.
fn bits(number: &[u8]) -> u32 {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let first = number.get(zeros).map_or(0, |byte| byte.leading_zeros());
    let bytes = u32::try_from(number.len() - zeros).unwrap_or(u32::MAX / 8);
    (bytes * 8).saturating_sub(first)
}

fn serial(number: &[u8]) -> String {
    // A zero in front keeps a positive number positive; it is no part of it.
    let number = match number {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let mut bounded = Bounded::default();
    for byte in number.iter().take(MAX_TEXT_CHARS) {
        bounded.push(&format!("{byte:02X}"));
    }
    bounded.done()
}

fn named(of: &Oid<'_>, names: &[(&str, &str)]) -> String {
    let of = oid(of);
    let name = names.iter().find(|(oid, _)| *oid == of);
    name.map_or(of, |(_, name)| (*name).to_owned())
}

/// Writes an object identifier as numbers with dots.
fn oid(of: &Oid<'_>) -> String {
    visible(&of.to_id_string())
}

#[cfg(test)]
mod tests;
