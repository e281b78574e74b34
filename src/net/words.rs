//! The table from the system's errors to words that people understand.

use std::io;
use std::net::SocketAddr;

/// Returns why a socket call failed, in a few words.
///
/// The words follow `errno(3)` and the Windows Sockets error codes through [`io::ErrorKind`];
/// an error without words of its own is told in the system's.
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::AddrInUse => "the port is taken by another program",
        io::ErrorKind::AddrNotAvailable => "the address is not on this machine",
        io::ErrorKind::PermissionDenied => "not permitted",
        io::ErrorKind::ConnectionRefused => "refused (nobody listens there)",
        io::ErrorKind::ConnectionReset => "reset by the peer (RST)",
        io::ErrorKind::ConnectionAborted => "aborted by the system",
        io::ErrorKind::BrokenPipe => "the peer no longer takes bytes",
        io::ErrorKind::TimedOut => "timed out",
        io::ErrorKind::HostUnreachable => "host unreachable",
        io::ErrorKind::NetworkUnreachable => "network unreachable (no route)",
        io::ErrorKind::NetworkDown => "the network is down",
        io::ErrorKind::OutOfMemory => "out of memory",
        io::ErrorKind::Unsupported => "not supported by this system",
        _ if is_out_of_descriptors(error) => "out of file descriptors",
        _ if is_family_missing(error) => "this machine has no such address family (no IPv6?)",
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// Returns why a name look-up failed.
///
/// `getaddrinfo(3)` has error codes of its own that [`io::Error`] carries as text only.
pub fn lookup_reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.strip_prefix("failed to lookup address information: ") {
        Some(words) => format!("name not found ({words})"),
        None if error.kind() == io::ErrorKind::NotFound => "name not found".to_owned(),
        None => text,
    }
}

/// Returns what to do about a failed bind.
pub(super) fn listen_advice(address: SocketAddr, error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::AddrInUse => Some("Use a free port, or stop the program that listens there"),
        io::ErrorKind::PermissionDenied if address.port() < 1024 => {
            Some("Ports below 1024 need special rights: use 1024 or above")
        }
        io::ErrorKind::AddrNotAvailable => Some("Choose one of this machine's addresses"),
        _ if is_family_missing(error) => Some("Choose an IPv4 address"),
        _ if is_out_of_descriptors(error) => Some("Close connections or programs, then try again"),
        io::ErrorKind::InvalidInput => match address {
            SocketAddr::V6(v6) if v6.ip().is_unicast_link_local() && v6.scope_id() == 0 => {
                Some("Add the interface to a link-local address: fe80::1%eth0")
            }
            SocketAddr::V6(v6) if v6.ip().to_ipv4_mapped().is_some() => {
                Some("Use the IPv4 address itself, or :: with dual-stack")
            }
            _ => None,
        },
        _ => None,
    }
}

/// Returns what to do about a failed connect.
pub(super) fn connect_advice(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some("Start the server, or check the port"),
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => Some("Check the address and this machine's network"),
        io::ErrorKind::TimedOut => Some("Check the address and the firewall on the way"),
        _ if is_family_missing(error) => Some("Use an IPv4 address"),
        _ => None,
    }
}

/// Returns whether the system, or this process, has no descriptor or memory left for one more socket.
///
/// `accept(2)`: EMFILE, ENFILE, ENOBUFS, ENOMEM; Windows Sockets: WSAEMFILE, WSAENOBUFS.
pub(super) fn is_out_of_descriptors(error: &io::Error) -> bool {
    #[cfg(unix)]
    const CODES: [i32; 4] = [24, 23, if cfg!(target_os = "linux") { 105 } else { 55 }, 12];
    #[cfg(windows)]
    const CODES: [i32; 2] = [10024, 10055];
    error
        .raw_os_error()
        .is_some_and(|code| CODES.contains(&code))
}

/// Returns whether a call failed because the peer had reset the connection.
///
/// EPIPE says so too, as long as it is not us who shut the sending direction: the RST came before, and a call told of
/// it and cleared it.
pub(super) fn is_reset(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
    )
}

/// EAFNOSUPPORT: the machine has no such address family.
fn is_family_missing(error: &io::Error) -> bool {
    const CODE: i32 = if cfg!(target_os = "linux") {
        97
    } else if cfg!(windows) {
        10047
    } else {
        47
    };
    error.raw_os_error() == Some(CODE)
}
