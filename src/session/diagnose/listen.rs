//! Why a server could not listen.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::machine::Machine;
use super::sockets::{Socket, State};
use super::{Cause, Finding, Remedy};
use crate::net::{Address, SystemError};

/// ENODEV: Linux, when a group is joined (`ip(7)`) and no interface has a route to it.
const ENODEV: i32 = 19;
/// How far a port below 1024 is moved: 80 becomes 8080, 443 becomes 8443.
const UP: u16 = 8000;

/// Returns the causes of a bind or a listen that failed.
pub(super) fn causes(machine: &Machine, at: &Address, error: &SystemError) -> Vec<Cause> {
    let Some(address) = at.ip() else {
        return Vec::new();
    };
    match error.kind {
        io::ErrorKind::AddrInUse => in_use(machine, at, address),
        io::ErrorKind::AddrNotAvailable => vec![not_ours(machine, address.ip())],
        io::ErrorKind::PermissionDenied if address.port() < machine.first_free_port => {
            vec![needs_rights(machine, address.port())]
        }
        io::ErrorKind::PermissionDenied => vec![Cause::new(Finding::PolicyForbids, None)],
        _ if error.is_family_missing() => vec![no_ipv6()],
        _ if at.is_udp() && error.os == "linux" && error.code == Some(ENODEV) => {
            vec![Cause::new(Finding::NoMulticastInterface, None)]
        }
        _ => Vec::new(),
    }
}

fn in_use(machine: &Machine, at: &Address, address: SocketAddr) -> Vec<Cause> {
    let holders: Vec<_> = machine
        .listeners(at)
        .filter(|it| overlaps(it.local.ip(), address.ip()))
        .collect();
    // Who listens on the address itself is the one; a wider or narrower one only if nobody does.
    let exact = holders.iter().find(|it| it.local.ip() == address.ip());
    if let Some(holder) = exact.or(holders.first()) {
        return held(machine, holder, address);
    }
    let mut of_port = machine.sockets.iter();
    let used = of_port.find(|it| {
        it.state == State::Other
            && it.is_udp == at.is_udp()
            && it.local.port() == address.port()
            && overlaps(it.local.ip(), address.ip())
    });
    if let Some(used) = used {
        let finding = Finding::UsedByConnection {
            owner: used.owner.clone(),
            local: used.local,
            remote: used.remote,
        };
        return vec![Cause::new(finding, [Remedy::UseFreePort])];
    }
    // UDP has no such state.
    let waiting = |it: &&Socket| {
        let is_port = it.local.port() == address.port();
        !at.is_udp() && it.state == State::TimeWait && is_port
    };
    let connections = machine.sockets.iter().filter(waiting).count();
    if connections > 0 {
        let port = address.port();
        let finding = Finding::TimeWait { connections, port };
        return vec![Cause::new(finding, [Remedy::UseFreePort])];
    }
    let address = at.clone();
    vec![Cause::new(Finding::FreeNow { address }, [Remedy::TryAgain])]
}

fn held(machine: &Machine, holder: &Socket, address: SocketAddr) -> Vec<Cause> {
    let at = holder.local;
    let mut causes = vec![held_by(machine, holder)];
    if at.is_ipv6() && address.is_ipv4() {
        let address = holder.address();
        causes.push(Cause::new(Finding::HeldForBoth { address }, None));
    }
    causes
}

fn held_by(machine: &Machine, holder: &Socket) -> Cause {
    let address = holder.address();
    let Some(own) = machine.own_at(&address) else {
        let owner = holder.owner.clone();
        return Cause::new(Finding::HeldBy { owner, address }, [Remedy::UseFreePort]);
    };
    let (server, name) = (own.id, own.name.clone());
    let stop = Remedy::StopServer {
        server,
        name: name.clone(),
    };
    let finding = Finding::HeldByOurs {
        server,
        name,
        address,
    };
    Cause::new(finding, [Remedy::UseFreePort, stop])
}

/// Returns whether two addresses cannot be listened on at one port. `::` may take IPv4 too.
fn overlaps(held: IpAddr, wanted: IpAddr) -> bool {
    if held == wanted {
        return true;
    }
    if held.is_ipv6() == wanted.is_ipv6() {
        return held.is_unspecified() || wanted.is_unspecified();
    }
    let is_wide = |it: IpAddr| it == IpAddr::V6(Ipv6Addr::UNSPECIFIED);
    is_wide(held) || is_wide(wanted)
}

fn not_ours(machine: &Machine, address: IpAddr) -> Cause {
    let ours = machine.addresses(address.is_ipv6());
    let remedy = ours.first().copied().map(Remedy::ListenOn);
    Cause::new(Finding::NotOurs { address, ours }, remedy)
}

fn needs_rights(machine: &Machine, port: u16) -> Cause {
    let first_free = machine.first_free_port;
    let instead = port.saturating_add(UP).max(first_free);
    let finding = Finding::NeedsRights { port, first_free };
    Cause::new(finding, [Remedy::UsePort(instead)])
}

fn no_ipv6() -> Cause {
    let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
    Cause::new(Finding::NoIpv6, [Remedy::ListenOn(loopback)])
}
