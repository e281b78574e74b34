//! Parses addresses as people write and paste them: `host:port`, `[v6]:port`, `tcp://host:port`. Pure: no look-ups.

use std::net::{Ipv6Addr, SocketAddr, SocketAddrV6};

use super::config::Target;

/// A host with an optional port, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// A name or an address literal without brackets; empty for `:port`.
    pub host: String,
    /// The port, if there is one.
    pub port: Option<u16>,
}

/// Why a text is not a host and port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum AddressError {
    /// There is no host.
    NoHost,
    /// The port is not a number, or too large.
    Port,
    /// The text in brackets, or with two colons, is not an IPv6 address.
    NotIpv6,
    /// Something other than a port follows the brackets.
    AfterBrackets,
    /// A URL with a scheme other than `tcp`.
    Url,
    /// The host contains a character that is not valid in a name.
    HostCharacter,
}

/// Parses `host`, `host:port`, `:port`, `v6`, `[v6]`, `[v6]:port` and `tcp://host:port`.
///
/// Surrounding white space is ignored. IPv6 literals may have a scope (`fe80::1%eth0`). The host is not looked up.
pub fn split_host_port(text: &str) -> Result<HostPort, AddressError> {
    let text = without_scheme(text.trim())?;
    if let Some(bracketed) = text.strip_prefix('[') {
        return split_brackets(bracketed);
    }
    if text.is_empty() {
        return Err(AddressError::NoHost);
    }
    let (host, port) = match text.split_once(':') {
        Some((_, after)) if after.contains(':') => (checked_ipv6(text)?, None),
        Some((host, port)) => (host, Some(parse_port(port)?)),
        None => (text, None),
    };
    if host
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '/' | '[' | ']'))
    {
        return Err(AddressError::HostCharacter);
    }
    Ok(HostPort {
        host: host.to_owned(),
        port,
    })
}

/// Parses a port: digits only, at most 65535.
pub fn parse_port(text: &str) -> Result<u16, AddressError> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    // `u16` accepts a sign; a port has none.
    let port = text.parse().ok().filter(|_| is_number);
    port.ok_or(AddressError::Port)
}

impl HostPort {
    /// Returns the target; an empty host means 127.0.0.1.
    pub fn target(&self, default_port: u16) -> Target {
        let host = if self.host.is_empty() {
            "127.0.0.1"
        } else {
            &self.host
        };
        let port = self.port.unwrap_or(default_port);
        literal(host, port).map_or_else(
            || Target::new(host, port),
            |address| Target::Address(address.into()),
        )
    }
}

/// Parses an address literal, including IPv6 with a numeric scope (`fe80::1%2`). Returns `None` for a name.
pub fn literal(host: &str, port: u16) -> Option<SocketAddr> {
    let scoped = || format!("[{host}]:{port}").parse::<SocketAddrV6>().ok();
    match host.parse() {
        Ok(ip) => Some(SocketAddr::new(ip, port)),
        Err(_scoped_or_a_name) => scoped().map(SocketAddr::V6),
    }
}

/// Strips `tcp://` and a trailing slash.
fn without_scheme(text: &str) -> Result<&str, AddressError> {
    match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("tcp") => {
            Ok(rest.strip_suffix('/').unwrap_or(rest))
        }
        Some(_) => Err(AddressError::Url),
        None => Ok(text),
    }
}

/// Splits what follows an opening bracket.
fn split_brackets(text: &str) -> Result<HostPort, AddressError> {
    let (inside, after) = text.split_once(']').ok_or(AddressError::NotIpv6)?;
    let port = match after.strip_prefix(':') {
        Some(port) => Some(parse_port(port)?),
        None if after.is_empty() => None,
        None => return Err(AddressError::AfterBrackets),
    };
    Ok(HostPort {
        host: checked_ipv6(inside)?.to_owned(),
        port,
    })
}

/// Returns `text` if it is an IPv6 literal with an optional scope (RFC 4007, section 11).
fn checked_ipv6(text: &str) -> Result<&str, AddressError> {
    let (address, scope) = text.split_once('%').unwrap_or((text, "1"));
    let is_scope =
        !scope.is_empty() && !scope.contains(|c: char| c.is_whitespace() || c.is_control());
    match address.parse::<Ipv6Addr>() {
        Ok(_) if is_scope => Ok(text),
        _ => Err(AddressError::NotIpv6),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn host_and_port_are_parsed() {
        let check = |text: &str, host: &str, port: Option<u16>| {
            let host = host.to_owned();
            assert_eq!(
                split_host_port(text),
                Ok(HostPort { host, port }),
                "{text:?}"
            );
        };
        check("localhost", "localhost", None);
        check("localhost:9000", "localhost", Some(9000));
        check(" 127.0.0.1:0\n", "127.0.0.1", Some(0));
        check(":9000", "", Some(9000));
        check("::1", "::1", None);
        check("[::1]", "::1", None);
        check("[::1]:65535", "::1", Some(65535));
        check("::ffff:1.2.3.4", "::ffff:1.2.3.4", None);
        check("fe80::1%eth0", "fe80::1%eth0", None);
        check("[fe80::1%2]:80", "fe80::1%2", Some(80));
        check("tcp://example.org:80", "example.org", Some(80));
        check("TCP://[::1]:80/", "::1", Some(80));
        check("tcp://example.org", "example.org", None);
    }

    #[test]
    fn invalid_addresses_are_refused() {
        let check = |text: &str, expected: AddressError| {
            assert_eq!(split_host_port(text), Err(expected), "{text:?}");
        };
        check("", AddressError::NoHost);
        check("  ", AddressError::NoHost);
        check("tcp://", AddressError::NoHost);
        check("localhost:99999", AddressError::Port);
        check("localhost:", AddressError::Port);
        check("localhost:+80", AddressError::Port);
        check("localhost:http", AddressError::Port);
        check("[::1]:70000", AddressError::Port);
        check("a:b:c", AddressError::NotIpv6);
        check("1:2:3:9000", AddressError::NotIpv6);
        check("[localhost]:80", AddressError::NotIpv6);
        check("[]", AddressError::NotIpv6);
        check("[::1", AddressError::NotIpv6);
        check("fe80::1%", AddressError::NotIpv6);
        check("[::1]80", AddressError::AfterBrackets);
        check("http://example.org", AddressError::Url);
        check("tcp://example.org/path", AddressError::HostCharacter);
        check("two words", AddressError::HostCharacter);
        check("a\0b:1", AddressError::HostCharacter);
    }

    #[test]
    fn a_literal_becomes_an_address_and_a_name_a_host() {
        let check = |text: &str, expected: Target| {
            assert_eq!(split_host_port(text).unwrap().target(9000), expected);
        };
        let address = |text: &str| Target::Address(text.parse().unwrap());
        check(":80", address("127.0.0.1:80"));
        check("10.0.0.1", address("10.0.0.1:9000"));
        check("[::1]:80", address("[::1]:80"));
        check("[fe80::1%2]:80", address("[fe80::1%2]:80"));
        for host in ["fe80::1%eth0", "example.org"] {
            let name = host.to_owned();
            check(
                host,
                Target::Host {
                    name,
                    port: 9000,
                    is_udp: false,
                },
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused(text in r"[a1:%.\[\]/ ]{0,12}") {
            if let Ok(split) = split_host_port(&text) {
                prop_assert!(!split.host.is_empty() || split.port.is_some());
            }
        }

        #[test]
        fn every_socket_address_round_trips(address in any::<SocketAddr>()) {
            let address = match address {
                SocketAddr::V6(v6) => SocketAddrV6::new(*v6.ip(), v6.port(), 0, v6.scope_id()).into(),
                v4 @ SocketAddr::V4(_) => v4,
            };
            let target = split_host_port(&address.to_string()).unwrap().target(1);
            prop_assert_eq!(target, Target::Address(address.into()));
        }
    }
}
