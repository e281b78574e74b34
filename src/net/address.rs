//! The address of one end of a connection: what carries the bytes, and where it is. Knows no socket.

use std::fmt;
use std::net::{AddrParseError, IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use crate::payload::VisibleText;

/// The longest name of a Unix socket, in bytes: `sun_path` of `unix(7)`, less the NUL that ends a path.
pub const MAX_UNIX_NAME_BYTES: usize = 107;
/// What stands before the name of a Unix socket.
pub const UNIX_SCHEME: &str = "unix:";
/// What stands before an address whose transport is UDP.
pub const UDP_SCHEME: &str = "udp://";

/// The address of one end of a connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// An IP address and a port of TCP. An IPv4-mapped IPv6 address is an IPv4 address.
    Tcp(SocketAddr),
    /// An IP address and a port of UDP.
    Udp(SocketAddr),
    /// A Unix socket.
    Unix(UnixName),
}

/// The name of a Unix socket (`unix(7)`), in the bytes of the system that it is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnixName {
    /// No name: a client's end, as a rule.
    Unnamed,
    /// A path.
    Path(Arc<[u8]>),
    /// A name in Linux's abstract name space, without the NUL before it. It has no file.
    Abstract(Arc<[u8]>),
    /// No name, but the system reports which process it is.
    Process(Process),
}

/// A process on this machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// The number of its user.
    pub uid: u32,
    /// Its name, at most 15 bytes on Linux; empty if it is not known.
    pub command: Arc<str>,
}

impl Address {
    /// Makes an address of UDP. An IPv4-mapped IPv6 address becomes IPv4.
    pub fn udp(address: SocketAddr) -> Self {
        Self::Udp(canonical(address))
    }

    /// Returns the IP address and port, if it has them.
    pub fn ip(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(address) | Self::Udp(address) => Some(*address),
            Self::Unix(_) => None,
        }
    }

    /// Returns the IP address and port, if it is one of TCP.
    pub fn tcp(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(address) => Some(*address),
            Self::Udp(_) | Self::Unix(_) => None,
        }
    }

    /// Returns whether it is one of TCP.
    pub fn is_tcp(&self) -> bool {
        matches!(self, Self::Tcp(_))
    }

    /// Returns whether it is one of UDP: what comes from there are datagrams, each with its edges, and no stream.
    pub fn is_udp(&self) -> bool {
        matches!(self, Self::Udp(_))
    }

    /// Returns the same transport at another IP address and port; a Unix socket stays what it is.
    #[must_use]
    pub fn at(&self, address: SocketAddr) -> Self {
        match self {
            Self::Tcp(_) => Self::Tcp(address),
            Self::Udp(_) => Self::Udp(address),
            Self::Unix(name) => Self::Unix(name.clone()),
        }
    }

    /// Returns whether it belongs to a Unix socket.
    pub fn is_unix(&self) -> bool {
        matches!(self, Self::Unix(_))
    }

    /// Returns the address at which this machine reaches a listener bound to it: "all addresses" become the loopback
    /// address of their family.
    #[must_use]
    pub fn reachable(&self) -> Self {
        match self.ip() {
            Some(address) if address.ip().is_unspecified() => {
                let loopback = match address.ip() {
                    IpAddr::V4(_) => IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
                    IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
                };
                self.at(SocketAddr::new(loopback, address.port()))
            }
            _ => self.clone(),
        }
    }
}

impl UnixName {
    /// Makes the name from what stands after `unix:`: a path, or `@` and an abstract name.
    pub fn of(text: &str) -> Self {
        match text.strip_prefix('@') {
            Some(name) => Self::Abstract(name.as_bytes().into()),
            None => Self::Path(text.as_bytes().into()),
        }
    }

    /// Returns its bytes; none if it has no name.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Unnamed | Self::Process(_) => &[],
            Self::Path(bytes) | Self::Abstract(bytes) => bytes,
        }
    }
}

/// An address of TCP. IPv4-mapped addresses become IPv4.
impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self::Tcp(canonical(address))
    }
}

impl From<UnixName> for Address {
    fn from(name: UnixName) -> Self {
        Self::Unix(name)
    }
}

/// An address of TCP is equal to its socket address.
impl PartialEq<SocketAddr> for Address {
    fn eq(&self, other: &SocketAddr) -> bool {
        self.tcp() == Some(*other)
    }
}

/// An IP address in any of its forms, and a port of TCP.
impl<I: Into<IpAddr>> From<(I, u16)> for Address {
    fn from((ip, port): (I, u16)) -> Self {
        SocketAddr::new(ip.into(), port).into()
    }
}

/// Parses what [`Display`](fmt::Display) writes of an IP address, or of a Unix socket with a name.
impl FromStr for Address {
    type Err = AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(name) = text.strip_prefix(UNIX_SCHEME) {
            return Ok(UnixName::of(name).into());
        }
        if let Some(address) = text.strip_prefix(UDP_SCHEME) {
            return Ok(Self::udp(address.parse()?));
        }
        Ok(text.parse::<SocketAddr>()?.into())
    }
}

/// As it is typed: `127.0.0.1:9000`, `[::1]:9000`, `udp://127.0.0.1:53`, `unix:/run/meter.sock`, `unix:@meter`; `unix:`
/// without a name.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Udp(address) => write!(f, "{UDP_SCHEME}{address}"),
            Self::Unix(name) => write!(f, "{UNIX_SCHEME}{name}"),
        }
    }
}

/// As it stands after `unix:`. Bytes that are no visible text are escaped: another program chose them.
impl fmt::Display for UnixName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => Ok(()),
            Self::Path(bytes) => write_visibly(bytes, f),
            Self::Abstract(bytes) => {
                f.write_str("@")?;
                write_visibly(bytes, f)
            }
            Self::Process(process) => process.fmt(f),
        }
    }
}

/// As `ps` and `syslog` name it: `socat[4711]`.
impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_visibly(self.command.as_bytes(), f)?;
        write!(f, "[{}]", self.pid)
    }
}

fn write_visibly(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for chunk in bytes.utf8_chunks() {
        f.write_str(&VisibleText::plain(chunk.valid()).text)?;
        for byte in chunk.invalid() {
            write!(f, "\\x{byte:02X}")?;
        }
    }
    Ok(())
}

/// Converts an IPv4-mapped IPv6 address to IPv4.
pub(super) fn canonical(address: SocketAddr) -> SocketAddr {
    match address.ip().to_canonical() {
        IpAddr::V4(ip) => SocketAddr::from((ip, address.port())),
        IpAddr::V6(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_displayed_as_it_is_typed() {
        let check = |address: Address, expected: &str| assert_eq!(address.to_string(), expected);
        let ip = |text: &str| Address::from(text.parse::<SocketAddr>().unwrap());
        check(ip("127.0.0.1:80"), "127.0.0.1:80");
        check(ip("[::1]:80"), "[::1]:80");
        check(ip("[::ffff:10.0.0.1]:80"), "10.0.0.1:80");
        check(
            UnixName::of("/run/meter.sock").into(),
            "unix:/run/meter.sock",
        );
        check(UnixName::of("@meter").into(), "unix:@meter");
        check(UnixName::Unnamed.into(), "unix:");
        let process = Process {
            pid: 4711,
            uid: 0,
            command: "socat".into(),
        };
        check(UnixName::Process(process).into(), "unix:socat[4711]");
    }

    #[test]
    fn a_name_that_is_no_text_is_escaped() {
        let name = UnixName::Abstract(Arc::from(&b"a\0\x1b[2J\xe2\x80\xae\xff"[..]));
        assert_eq!(name.to_string(), r"@a\0\x1B[2J\u{202E}\xFF");
    }

    #[test]
    fn all_addresses_are_reached_at_the_loopback_address() {
        let check = |bound: &str, expected: &str| {
            let bound = Address::from(bound.parse::<SocketAddr>().unwrap());
            assert_eq!(bound.reachable().to_string(), expected);
        };
        check("0.0.0.0:9000", "127.0.0.1:9000");
        check("[::]:9000", "[::1]:9000");
        check("192.168.1.5:9000", "192.168.1.5:9000");
    }
}
