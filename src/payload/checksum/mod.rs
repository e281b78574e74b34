//! Checksums by name: the catalogue of CRCs, and other sums that devices use.

mod catalogue;

use std::fmt;
use std::str::FromStr;

use catalogue::{CATALOGUE, CatalogueEntry};

/// A checksum. It parses from and displays as its name, such as `CRC-16/MODBUS` or `lrc`.
#[derive(Clone, Copy, Debug)]
pub struct Checksum(&'static CatalogueEntry);

/// The checksums that are not CRCs.
const PLAIN: &[CatalogueEntry] = &[
    // The sum of the bytes modulo 256.
    CatalogueEntry::new("sum", 8, |bytes| sum(bytes).into()),
    CatalogueEntry::new("xor", 8, |bytes| {
        bytes.iter().fold(0, |sum, &byte| sum ^ byte).into()
    }),
    // Longitudinal redundancy check: the two's complement of that sum (Modbus over serial line V1.02, 2.5.1.2).
    CatalogueEntry::new("lrc", 8, |bytes| sum(bytes).wrapping_neg().into()),
    // Fletcher's with 8-bit blocks, modulo 255 (RFC 1146, appendix I).
    CatalogueEntry::new("fletcher16", 16, |bytes| two_sums(bytes, 0, 255, 8)),
    // RFC 1950, 8.2.
    CatalogueEntry::new("adler32", 32, |bytes| two_sums(bytes, 1, 65_521, 16)),
    CatalogueEntry::new("internet", 16, |bytes| internet(bytes).into()),
];

/// Names in wide use that the catalogue only has as aliases.
const ALIASES: [(&str, &str); 5] = [
    ("CRC-8", "CRC-8/SMBUS"),
    ("CRC-16", "CRC-16/ARC"),
    ("CRC-32", "CRC-32/ISO-HDLC"),
    ("CRC-32C", "CRC-32/ISCSI"),
    ("CRC-64", "CRC-64/ECMA-182"),
];

/// No checksum has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct UnknownChecksum {
    /// The name.
    pub name: String,
    /// Similar names of checksums.
    pub similar: Vec<&'static str>,
}

/// The most names that an error suggests.
const MAX_SUGGESTIONS: usize = 4;

impl Checksum {
    /// Returns the checksum of `bytes`, which is [`len_bytes`](Self::len_bytes) long.
    pub fn of(self, bytes: &[u8]) -> u128 {
        (self.0.checksum)(bytes)
    }

    /// Returns its length in bytes: its width, rounded up.
    pub fn len_bytes(self) -> usize {
        usize::from(self.0.width).div_ceil(8)
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Returns all CRCs with their names: aliases in wide use first, then the catalogue.
    pub fn crcs() -> impl Iterator<Item = (&'static str, Self)> {
        let called = |name| CATALOGUE.iter().find(|entry| entry.name == name);
        let aliases = ALIASES
            .iter()
            .filter_map(move |(alias, name)| Some((*alias, called(*name)?)));
        let all = aliases.chain(CATALOGUE.iter().map(|entry| (entry.name, entry)));
        all.map(|(name, entry)| (name, Self(entry)))
    }
}

impl PartialEq for Checksum {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Checksum {}

impl std::hash::Hash for Checksum {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Checksum {
    type Err = UnknownChecksum;

    /// Parses a name; letter case and everything except letters and digits are ignored.
    fn from_str(name: &str) -> Result<Self, UnknownChecksum> {
        let wanted = bare(name);
        let alias = ALIASES.iter().find(|(alias, _)| bare(alias) == wanted);
        let wanted = alias.map_or(wanted, |(_, name)| bare(name));
        let mut all = CATALOGUE.iter().chain(PLAIN);
        if let Some(entry) = all.find(|entry| bare(entry.name) == wanted) {
            return Ok(Self(entry));
        }
        let names = CATALOGUE.iter().map(|entry| entry.name);
        let similar = names.filter(|name| !wanted.is_empty() && bare(name).contains(&wanted));
        Err(UnknownChecksum {
            name: name.to_owned(),
            similar: similar.take(MAX_SUGGESTIONS).collect(),
        })
    }
}

/// The letters and digits of a name, in lower case.
fn bare(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, &byte| sum.wrapping_add(byte))
}

/// Returns a sum and the sum of its values, modulo `modulus`, the latter shifted up by `bits`.
fn two_sums(bytes: &[u8], start: u32, modulus: u32, bits: u32) -> u128 {
    let (low, high) = bytes.iter().fold((start, 0), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % modulus;
        (low, (high + low) % modulus)
    });
    (high << bits | low).into()
}

/// Returns the one's complement of the one's complement sum of 16-bit words (RFC 1071).
fn internet(bytes: &[u8]) -> u16 {
    let mut sum = 0_u64;
    for pair in bytes.chunks(2) {
        let high = pair.first().copied().unwrap_or(0);
        let low = pair.get(1).copied().unwrap_or(0);
        sum += u64::from(u16::from_be_bytes([high, low]));
    }
    while let Some(carry) = Some(sum >> 16).filter(|&carry| carry > 0) {
        sum = (sum & 0xFFFF) + carry;
    }
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(name: &str, bytes: &[u8]) -> u128 {
        name.parse::<Checksum>().unwrap().of(bytes)
    }

    #[test]
    fn known_messages_have_known_checksums() {
        let check = |name: &str, bytes: &[u8], expected: u128| {
            assert_eq!(sum(name, bytes), expected, "{name}");
        };
        check("CRC-16/MODBUS", b"123456789", 0x4B37);
        check("crc16modbus", b"\x01\x03\x00\x00\x00\x0A", 0xCDC5);
        check("CRC-32", b"123456789", 0xCBF4_3926);
        check("crc-32c", b"123456789", 0xE306_9283);
        check("CRC-16/XMODEM", b"123456789", 0x31C3);
        check("CRC-8", b"123456789", 0xF4);
        check("CRC-64/XZ", b"123456789", 0x995D_C9BB_DF19_39FA);
        check("CRC-82/DARC", b"123456789", 0x9EA8_3F62_5023_801F_D612);
        check("sum", b"\xFF\x02", 1);
        check("xor", b"GPGGA", 0x56);
        check("lrc", b"\x01\x03\x00\x00\x00\x0A", 0xF2);
        check("fletcher16", b"abcde", 0xC8F0);
        check("fletcher-16", b"abcdefgh", 0x0627);
        check("adler32", b"Wikipedia", 0x11E6_0398);
        // The example of RFC 1071, 3.
        check("internet", b"\x00\x01\xF2\x03\xF4\xF5\xF6\xF7", 0x220D);
        check("internet", b"\x01", 0xFEFF);
        check("internet", b"", 0xFFFF);
    }

    #[test]
    fn every_crc_yields_its_catalogue_check_value() {
        let check = |algorithm_check: u128, name: &str| {
            assert_eq!(sum(name, b"123456789"), algorithm_check);
        };
        check(crc::CRC_3_GSM.check.into(), "CRC-3/GSM");
        check(crc::CRC_12_UMTS.check.into(), "CRC-12/UMTS");
        check(crc::CRC_40_GSM.check.into(), "CRC-40/GSM");
        assert_eq!(Checksum::crcs().count(), ALIASES.len() + CATALOGUE.len());
        for (name, crc) in Checksum::crcs() {
            assert_eq!(name.parse(), Ok(crc));
        }
        for &CatalogueEntry { name, .. } in CATALOGUE.iter().chain(PLAIN) {
            let read: Checksum = name.parse().unwrap();
            assert_eq!(read.name(), name);
            let width = 8 * read.len_bytes() as u32;
            assert!(
                u128::BITS - read.of(b"123456789").leading_zeros() <= width,
                "{name}"
            );
        }
    }

    #[test]
    fn a_width_is_rounded_up_to_whole_bytes() {
        let check = |name: &str, expected: usize| {
            assert_eq!(name.parse::<Checksum>().unwrap().len_bytes(), expected);
        };
        check("CRC-3/GSM", 1);
        check("CRC-12/UMTS", 2);
        check("CRC-24/OPENPGP", 3);
        check("CRC-82/DARC", 11);
        check("internet", 2);
        check("adler32", 4);
    }

    #[test]
    fn an_unknown_name_suggests_similar_ones() {
        let check = |name: &str, expected: &[&str]| {
            let error = name.parse::<Checksum>().unwrap_err();
            assert_eq!(
                (error.name.as_str(), error.similar.as_slice()),
                (name, expected)
            );
        };
        check("modbus", &["CRC-16/MODBUS"]);
        check("", &[]);
        check("md5", &[]);
    }
}
