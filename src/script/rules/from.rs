//! Which peers a rule is for: a pattern over their addresses.

use core::fmt::{self, Display, Write as _};
use core::net::IpAddr;
use core::str::FromStr;

use crate::payload::template::SceneAddress;

/// The longest pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 256;

/// A pattern over addresses: a network (`10.0.0.0/8`), or text with `*` for anything and `?` for one character, over the
/// address alone or with its port (`127.0.0.*`, `*:5000`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressPattern {
    written: String,
    network: Option<(IpAddr, u8)>,
}

/// A text is no pattern over addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressPatternError {
    /// It is empty.
    Empty,
    /// It is too long.
    TooLong,
    /// What is before or after the slash of a network is wrong.
    Network,
}

impl AddressPattern {
    /// Returns whether an address matches.
    pub fn matches(&self, address: SceneAddress<'_>) -> bool {
        match (self.network, address) {
            (Some((network, prefix)), SceneAddress::Ip(address)) => {
                is_in(address.ip().to_canonical(), network, prefix)
            }
            (Some(_), SceneAddress::Other(_)) => false,
            (None, SceneAddress::Ip(address)) => {
                let ip = address.ip().to_canonical();
                self.is_like(&ip) || self.is_like(&core::net::SocketAddr::new(ip, address.port()))
            }
            (None, SceneAddress::Other(address)) => self.is_like(address),
        }
    }

    fn is_like(&self, address: &dyn Display) -> bool {
        let mut text = String::new();
        let written = write!(text, "{address}");
        written.is_ok() && is_like(self.written.as_bytes(), text.as_bytes())
    }
}

impl FromStr for AddressPattern {
    type Err = AddressPatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let written = text.trim();
        if written.is_empty() {
            return Err(AddressPatternError::Empty);
        }
        if written.len() > MAX_PATTERN_BYTES {
            return Err(AddressPatternError::TooLong);
        }
        let network = match written.split_once('/') {
            Some((ip, prefix)) if !written.starts_with("unix:") => {
                Some(network(ip, prefix).ok_or(AddressPatternError::Network)?)
            }
            _ => None,
        };
        Ok(Self {
            written: written.to_owned(),
            network,
        })
    }
}

impl Display for AddressPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn network(ip: &str, prefix: &str) -> Option<(IpAddr, u8)> {
    let ip: IpAddr = ip.parse().ok()?;
    let prefix: u8 = prefix.parse().ok()?;
    let bits = if ip.is_ipv4() { 32 } else { 128 };
    (prefix <= bits).then_some((ip, prefix))
}

fn is_in(ip: IpAddr, network: IpAddr, prefix: u8) -> bool {
    match (ip, network) {
        (IpAddr::V4(ip), IpAddr::V4(network)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            ip.to_bits() & mask == network.to_bits() & mask
        }
        (IpAddr::V6(ip), IpAddr::V6(network)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            ip.to_bits() & mask == network.to_bits() & mask
        }
        _ => false,
    }
}

/// Matches a pattern with `*` and `?` in time proportional to the product of the lengths.
fn is_like(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut place) = (0, 0);
    // After the last star: the pattern goes on there, and the star has taken the text up to here.
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(place) {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at + 1, place));
                at += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(byte) => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((after, taken)) = star else {
                    return false;
                };
                star = Some((after, taken + 1));
                (at, place) = (after, taken + 1);
            }
        }
    }
    pattern.iter().skip(at).all(|rest| *rest == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_networks_or_text_with_wildcards() {
        let check = |pattern: &str, address: &str, expected: bool| {
            let pattern: AddressPattern = pattern.parse().unwrap();
            let address = SceneAddress::Ip(address.parse().unwrap());
            assert_eq!(pattern.matches(address), expected, "{pattern}");
        };
        check("10.0.0.0/8", "10.9.8.7:1", true);
        check("10.0.0.0/8", "11.0.0.1:1", false);
        check("0.0.0.0/0", "11.0.0.1:1", true);
        check("10.0.0.1/32", "10.0.0.2:1", false);
        check("fe80::/10", "[fe80::1]:5", true);
        check("::/0", "10.0.0.1:5", false);
        check("10.0.0.0/8", "[::ffff:10.1.1.1]:5", true);
        check("127.0.0.*", "127.0.0.77:5000", true);
        check("127.0.0.1", "127.0.0.1:5000", true);
        check("127.0.0.1", "127.0.0.10:5000", false);
        check("*:5000", "127.0.0.1:5000", true);
        check("*:50??", "[::1]:5012", true);
        check("*:50??", "127.0.0.1:5000", true);
        check("*:50??", "127.0.0.1:500", false);
        check("*", "127.0.0.1:500", true);
    }

    #[test]
    fn other_addresses_are_matched_as_they_are_written() {
        let unix = SceneAddress::Other(&"unix:/run/meter.sock");
        let check = |pattern: &str, expected: bool| {
            let pattern: AddressPattern = pattern.parse().unwrap();
            assert_eq!(pattern.matches(unix), expected, "{pattern}");
        };
        check("unix:/run/*", true);
        check("unix:*", true);
        check("10.0.0.0/8", false);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        let check = |text: &str, expected: AddressPatternError| {
            assert_eq!(text.parse::<AddressPattern>(), Err(expected));
        };
        check(" ", AddressPatternError::Empty);
        check("10.0.0.0/33", AddressPatternError::Network);
        check("a/8", AddressPatternError::Network);
        check(&"*".repeat(999), AddressPatternError::TooLong);
    }

    #[test]
    fn a_hostile_pattern_takes_bounded_time() {
        let pattern = "*a".repeat(100);
        assert!(!is_like(pattern.as_bytes(), &vec![b'b'; 10_000]));
    }
}
