//! A snapshot of this machine: its sockets, addresses, routes, rights and known names.

use std::net::IpAddr;

#[cfg(target_os = "linux")]
use super::proc::read_bounded;
use super::sockets::{Socket, State, sockets};
use super::{OwnEndpoint, Owner};
use crate::net::Address;
use crate::workspace::{InterfaceAddress, interfaces};

/// The most that is read of a file that a person wrote, in bytes.
#[cfg(target_os = "linux")]
const MAX_FILE_BYTES: u64 = 256 * 1024;
/// The first port for which no special rights are needed, where the system has no other number.
const FIRST_FREE_PORT: u16 = 1024;

/// This machine, as far as it can explain a failure.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) sockets: Vec<Socket>,
    pub(super) interfaces: Vec<InterfaceAddress>,
    /// The first port for which no special rights are needed.
    pub(super) first_free_port: u16,
    /// Whether there is a default route: of IPv4, of IPv6. `None` where that is not known.
    pub(super) default_routes: Option<(bool, bool)>,
    /// The names that this machine knows by itself.
    pub(super) hosts: Vec<String>,
    /// Whether a name server is set up. `None` where that is not known.
    pub(super) has_name_server: Option<bool>,
    pub(super) own: Vec<OwnEndpoint>,
}

impl Machine {
    /// Reads all of it; what cannot be read is left out. The owners of sockets on `ports` are looked up.
    pub(super) fn read(ports: &[u16], own: Vec<OwnEndpoint>) -> Self {
        let sockets = if ports.is_empty() {
            Vec::new()
        } else {
            sockets(ports)
        };
        Self {
            sockets,
            interfaces: interfaces().unwrap_or_default(),
            first_free_port: first_free_port(),
            default_routes: default_routes(),
            hosts: hosts(),
            has_name_server: has_name_server(),
            own,
        }
    }

    /// Returns whether an address belongs to this machine.
    pub(super) fn has(&self, ip: IpAddr) -> bool {
        let mut all = self.interfaces.iter();
        ip.is_loopback() || ip.is_unspecified() || all.any(|it| it.address == ip)
    }

    /// Returns this machine's addresses of one family, loopback first.
    pub(super) fn addresses(&self, is_ipv6: bool) -> Vec<IpAddr> {
        let all = self.interfaces.iter().map(|it| it.address);
        let mut addresses: Vec<_> = all.filter(|it| it.is_ipv6() == is_ipv6).collect();
        addresses.sort_by_key(|it| !it.is_loopback());
        addresses
    }

    /// Returns who listens on the port of an address, by the same transport.
    pub(super) fn listeners(&self, address: &Address) -> impl Iterator<Item = &Socket> {
        self.listeners_of(address, address.is_udp())
    }

    /// Returns who has the port of an address by the other transport: TCP and UDP have ports of their own.
    pub(super) fn others(&self, address: &Address) -> impl Iterator<Item = &Socket> {
        self.listeners_of(address, !address.is_udp())
    }

    fn listeners_of(&self, address: &Address, is_udp: bool) -> impl Iterator<Item = &Socket> {
        let port = address.ip().map(|it| it.port());
        let all = self.sockets.iter();
        all.filter(move |it| {
            let is_port = Some(it.local.port()) == port;
            it.is_udp == is_udp && it.state == State::Listen && is_port
        })
    }

    /// Returns who listens there: one of our servers by its name.
    pub(super) fn owner(&self, listener: &Socket) -> Owner {
        match self.own_at(&listener.address()) {
            Some(own) => Owner::Ours {
                name: own.name.clone(),
            },
            None => listener.owner.clone(),
        }
    }

    /// Returns the server of ours that listens on exactly this address.
    pub(super) fn own_at(&self, address: &Address) -> Option<&OwnEndpoint> {
        self.own
            .iter()
            .find(|it| it.bound.as_ref() == Some(address))
    }
}

#[cfg(target_os = "linux")]
fn first_free_port() -> u16 {
    let path = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
    let text = read_bounded(path, MAX_FILE_BYTES).unwrap_or_default();
    text.trim().parse().unwrap_or(FIRST_FREE_PORT)
}

#[cfg(not(target_os = "linux"))]
fn first_free_port() -> u16 {
    FIRST_FREE_PORT
}

#[cfg(target_os = "linux")]
fn default_routes() -> Option<(bool, bool)> {
    // `route` has a header and words in hex; `ipv6_route` has no header, and rejects on `lo` what has no route.
    let v4 = read_bounded("/proc/net/route", MAX_FILE_BYTES).ok()?;
    let mut v4 = v4.lines().skip(1).map(|it| it.split_ascii_whitespace());
    let has_v4 = v4.any(|mut it| it.nth(1) == Some("00000000"));
    let v6 = read_bounded("/proc/net/ipv6_route", MAX_FILE_BYTES).unwrap_or_default();
    let has_v6 = v6.lines().any(|line| {
        let fields: Vec<_> = line.split_ascii_whitespace().collect();
        let is_default = matches!(fields[..], [to, "00", ..] if to.bytes().all(|it| it == b'0'));
        is_default && fields.last() != Some(&"lo")
    });
    Some((has_v4, has_v6))
}

#[cfg(not(target_os = "linux"))]
fn default_routes() -> Option<(bool, bool)> {
    None
}

#[cfg(target_os = "linux")]
fn hosts() -> Vec<String> {
    let text = read_bounded("/etc/hosts", MAX_FILE_BYTES).unwrap_or_default();
    let lines = text.lines().filter_map(|it| it.split('#').next());
    let names = lines.flat_map(|it| it.split_ascii_whitespace().skip(1));
    names.map(str::to_owned).collect()
}

#[cfg(not(target_os = "linux"))]
fn hosts() -> Vec<String> {
    Vec::new()
}

#[cfg(target_os = "linux")]
fn has_name_server() -> Option<bool> {
    let text = read_bounded("/etc/resolv.conf", MAX_FILE_BYTES).ok()?;
    Some(
        text.lines()
            .any(|it| it.trim_start().starts_with("nameserver")),
    )
}

#[cfg(not(target_os = "linux"))]
fn has_name_server() -> Option<bool> {
    None
}
