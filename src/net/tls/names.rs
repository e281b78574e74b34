//! What a certificate is asked for: a name that a peer sent, an address, or nothing usable.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rcgen::SanType;
use rcgen::string::Ia5String;

/// The longest DNS name, and its longest label (RFC 1035, 2.3.4; without the dot at the end).
const MAX_NAME_BYTES: usize = 253;
const MAX_LABEL_BYTES: usize = 63;
/// How long a name in a subject may be (RFC 5280, ub-common-name).
pub(super) const MAX_SUBJECT_CHARS: usize = 64;
const LOCALHOST: &str = "localhost";

/// What a certificate is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum CertificateUse {
    /// A server on this machine, by any of its usual names.
    ThisMachine,
    /// A client on this machine.
    Client,
    /// One DNS name, in lower case.
    Name(String),
    /// One address.
    Address(IpAddr),
}

impl CertificateUse {
    /// Reads a name or an address. What is neither stands for this machine: a peer may send anything.
    pub(super) fn of(name: &str) -> Self {
        if let Ok(address) = name.parse::<IpAddr>() {
            return if address.is_loopback() {
                Self::ThisMachine
            } else {
                Self::Address(address)
            };
        }
        match dns_name(name) {
            Some(name) if name != LOCALHOST => Self::Name(name),
            _ => Self::ThisMachine,
        }
    }

    /// Returns the names that the certificate holds.
    pub(super) fn names(&self) -> Vec<SanType> {
        match self {
            Self::ThisMachine | Self::Client => {
                let names = [Some(LOCALHOST.to_owned()), host_name()];
                let names = names.into_iter().flatten().filter_map(dns);
                let addresses = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
                names.chain(addresses.map(SanType::IpAddress)).collect()
            }
            Self::Name(name) => dns(name.clone()).into_iter().collect(),
            Self::Address(address) => vec![SanType::IpAddress(*address)],
        }
    }

    /// Returns what the subject of the certificate says.
    pub(super) fn common_name(&self) -> String {
        match self {
            Self::ThisMachine => LOCALHOST.to_owned(),
            Self::Client => format!("Client ({})", short_host_name()),
            Self::Name(name) if name.len() <= MAX_SUBJECT_CHARS => name.clone(),
            Self::Name(_) => "Bothends".to_owned(),
            Self::Address(address) => address.to_string(),
        }
    }
}

fn dns(name: String) -> Option<SanType> {
    Ia5String::try_from(name).ok().map(SanType::DnsName)
}

/// Returns a DNS name in lower case and without the dot at its end; `None` for a wildcard or what is no name.
fn dns_name(text: &str) -> Option<String> {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        (1..=MAX_LABEL_BYTES).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // A name whose last label is a number would be taken for an address (WHATWG URL, RFC 1123, 2.1).
    let ends_in_a_number = || {
        let last = name.rsplit('.').next().unwrap_or_default();
        last.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_name =
        name.len() <= MAX_NAME_BYTES && name.split('.').all(is_label) && !ends_in_a_number();
    is_name.then(|| name.to_ascii_lowercase())
}

/// Returns this machine's name, if it is one that DNS could know.
fn host_name() -> Option<String> {
    let name = gethostname::gethostname();
    dns_name(name.to_str()?).filter(|name| name != LOCALHOST)
}

/// Returns the first label of this machine's name, at most 32 characters, to be part of a subject.
pub(super) fn short_host_name() -> String {
    let name = host_name().unwrap_or_else(|| LOCALHOST.to_owned());
    let first = name.split('.').next().unwrap_or_default();
    first.chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_name_or_address_gets_a_certificate_of_its_own() {
        let check = |text: &str, expected: CertificateUse| {
            assert_eq!(CertificateUse::of(text), expected, "{text:?}");
        };
        let name = |name: &str| CertificateUse::Name(name.to_owned());
        check("api.example.com", name("api.example.com"));
        check("API.Example.com.", name("api.example.com"));
        check("_dmarc.example", name("_dmarc.example"));
        check("xn--bcher-kva.example", name("xn--bcher-kva.example"));
        check(&"a".repeat(63), name(&"a".repeat(63)));
        check("192.0.2.1", CertificateUse::Address([192, 0, 2, 1].into()));
        check(
            "2001:db8::1",
            CertificateUse::Address("2001:db8::1".parse().unwrap()),
        );
        for text in ["", ".", "localhost", "LocalHost.", "127.0.0.1", "::1"] {
            check(text, CertificateUse::ThisMachine);
        }
        let long = vec!["a".repeat(63); 4].join(".");
        for hostile in [
            "*.example.com",
            "a..b",
            ".a",
            "-a.example",
            "a-.example",
            "1.2.3",
            "a b",
            "a\nb",
            "a\0b",
            "bücher.example",
            "a/../b",
            "a\u{202e}b",
            "[::1]",
            &"a".repeat(64),
            &long,
            &"a.".repeat(40_000),
        ] {
            check(hostile, CertificateUse::ThisMachine);
        }
    }

    #[test]
    fn this_machine_has_a_name_and_both_loopback_addresses() {
        let names = CertificateUse::of("").names();
        for address in ["127.0.0.1", "::1"] {
            assert!(names.contains(&SanType::IpAddress(address.parse().unwrap())));
        }
        assert!(names.contains(&dns(LOCALHOST.to_owned()).unwrap()));
    }
}
