//! Why a client could not connect, or why its connection was reset.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::machine::Machine;
use super::sockets::{Socket, State};
use super::{Cause, Finding, Owner, Remedy};
use crate::net::SystemError;

/// How many connections in `TIME_WAIT` to one address use up a system's local ports, about.
const MANY_IN_TIME_WAIT: usize = 10_000;
/// The time allowed by the remedy is this many times as long.
const LONGER: u32 = 4;
/// EPERM: Linux, by `connect(2)`, when a rule of this machine's firewall rejects the connection.
const EPERM: i32 = 1;

/// Returns the causes of a connect that failed.
pub(super) fn causes(machine: &Machine, address: SocketAddr, error: &SystemError) -> Vec<Cause> {
    match error.kind {
        io::ErrorKind::ConnectionRefused => refused(machine, address),
        io::ErrorKind::TimedOut => timed_out(machine, address, Duration::ZERO),
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkDown => unreachable(machine, address),
        io::ErrorKind::PermissionDenied => not_permitted(address, error),
        io::ErrorKind::AddrNotAvailable | io::ErrorKind::AddrInUse => source(machine, address),
        _ if error.is_family_missing() => vec![Cause::new(Finding::NoIpv6, None)],
        _ => Vec::new(),
    }
}

fn refused(machine: &Machine, address: SocketAddr) -> Vec<Cause> {
    if !machine.has(address.ip()) {
        return vec![
            Cause::new(Finding::FarAway { address }, [Remedy::TryAgain]),
            Cause::new(Finding::FirewallPossible, None),
        ];
    }
    if let Some(now) = machine
        .listeners(address.port())
        .find(|it| reaches(it, address))
    {
        return vec![listens_now(machine, now)];
    }
    let mut causes: Vec<_> = machine
        .listeners(address.port())
        .map(|it| elsewhere(machine, it, address))
        .collect();
    if !causes.is_empty() {
        return causes;
    }
    let port = address.port();
    causes.extend(ours(machine, address));
    let again = causes.is_empty().then_some(Remedy::TryAgain);
    let nobody = Cause::new(Finding::NobodyListens { port }, again);
    // Nobody listens: that is the cause; what of ours could listen explains it.
    causes.insert(0, nobody);
    causes
}

/// Returns whether a listener takes a connection to an address.
fn reaches(listener: &Socket, address: SocketAddr) -> bool {
    let (at, to) = (listener.local.ip(), address.ip());
    at == to || at.is_unspecified() && at.is_ipv6() == to.is_ipv6()
}

fn listens_now(machine: &Machine, listener: &Socket) -> Cause {
    let address = listener.local;
    let finding = match machine.own_at(address) {
        Some(own) => Finding::OursListensNow {
            name: own.name.clone(),
            address,
        },
        None => Finding::ListensNow {
            owner: listener.owner.clone(),
            address,
        },
    };
    Cause::new(finding, [Remedy::TryAgain])
}

/// A listener on the port that the client did not reach.
fn elsewhere(machine: &Machine, listener: &Socket, address: SocketAddr) -> Cause {
    let (at, owner) = (listener.local, machine.owner(listener));
    let instead = match at.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    let remedy = Remedy::ConnectTo(SocketAddr::new(instead, at.port()));
    let finding = if at.is_ipv6() == address.is_ipv6() {
        Finding::OtherAddress { owner, address: at }
    } else {
        Finding::OtherFamily { owner, address: at }
    };
    Cause::new(finding, [remedy])
}

/// Our own servers that were perhaps meant: those set up for the port, else those that listen on another one.
fn ours(machine: &Machine, address: SocketAddr) -> Vec<Cause> {
    let port = address.port();
    let stopped = machine
        .own
        .iter()
        .filter(|it| it.port == Some(port) && it.bound.is_none());
    let stopped = stopped.map(|own| {
        let (server, name) = (own.id, own.name.clone());
        let remedy = Remedy::StartServer {
            server,
            name: name.clone(),
        };
        Cause::new(Finding::OursStopped { name, port }, [remedy])
    });
    let stopped: Vec<_> = stopped.collect();
    if !stopped.is_empty() {
        return stopped;
    }
    let bound = machine.own.iter().filter_map(|own| Some((own, own.bound?)));
    let bound = bound.map(|(own, at)| {
        let name = own.name.clone();
        let ip = if at.ip().is_unspecified() {
            address.ip()
        } else {
            at.ip()
        };
        let remedy = Remedy::ConnectTo(SocketAddr::new(ip, at.port()));
        Cause::new(Finding::OursElsewhere { name, address: at }, [remedy])
    });
    bound.collect()
}

/// Returns the causes of a connect that got no answer.
pub(super) fn timed_out(machine: &Machine, address: SocketAddr, timeout: Duration) -> Vec<Cause> {
    let mut causes = Vec::new();
    let longer = (timeout * LONGER).max(Duration::from_secs(1));
    let longer = longer.min(crate::net::MAX_CONNECT_TIMEOUT);
    if machine.has(address.ip()) {
        let full = machine
            .listeners(address.port())
            .find(|it| reaches(it, address) && it.waiting > 0);
        if let Some(listener) = full {
            let finding = Finding::BacklogFull {
                owner: machine.owner(listener),
                waiting: listener.waiting,
            };
            return vec![Cause::new(finding, [Remedy::TryAgain])];
        }
    } else {
        causes.extend(examples(address.ip()));
        causes.extend(same_network(machine, address.ip()));
    }
    let millis = timeout.as_millis() as u64;
    causes.push(Cause::new(
        Finding::NoAnswer { millis },
        [Remedy::AllowTime(longer)],
    ));
    causes.push(Cause::new(Finding::FirewallPossible, None));
    causes
}

/// RFC 5737 and RFC 3849.
fn examples(address: IpAddr) -> Option<Cause> {
    let is_for_examples = match address {
        IpAddr::V4(v4) => v4.is_documentation(),
        IpAddr::V6(v6) => v6.segments()[..2] == [0x2001, 0xdb8],
    };
    is_for_examples.then(|| Cause::new(Finding::ForExamples { address }, None))
}

/// An interface whose network has the address, as far as that shows without its mask: the first 24 or 64 bits agree.
fn same_network(machine: &Machine, address: IpAddr) -> Option<Cause> {
    let near = machine
        .interfaces
        .iter()
        .find(|it| match (it.address, address) {
            (IpAddr::V4(one), IpAddr::V4(other)) => one.octets()[..3] == other.octets()[..3],
            (IpAddr::V6(one), IpAddr::V6(other)) => one.segments()[..4] == other.segments()[..4],
            _ => false,
        })?;
    let interface = near.name.clone();
    Some(Cause::new(Finding::SameNetwork { interface }, None))
}

fn unreachable(machine: &Machine, address: SocketAddr) -> Vec<Cause> {
    let is_ipv6 = address.is_ipv6();
    let mut causes = Vec::new();
    causes.extend(examples(address.ip()));
    let addresses = machine.addresses(is_ipv6);
    if addresses.iter().all(IpAddr::is_loopback) {
        causes.push(Cause::new(Finding::NoNetwork { is_ipv6 }, None));
        return causes;
    }
    if let Some(near) = same_network(machine, address.ip()) {
        causes.push(near);
        return causes;
    }
    let has_route = machine
        .default_routes
        .map(|(v4, v6)| if is_ipv6 { v6 } else { v4 });
    causes.push(match has_route {
        Some(false) => Cause::new(Finding::NoDefaultRoute { is_ipv6 }, None),
        _ => Cause::new(Finding::FirewallPossible, None),
    });
    causes
}

fn not_permitted(address: SocketAddr, error: &SystemError) -> Vec<Cause> {
    let ip = address.ip();
    let is_broadcast = matches!(ip, IpAddr::V4(v4) if v4.is_broadcast());
    let finding = if is_broadcast {
        Finding::Broadcast { address: ip }
    } else if error.os == "linux" && error.code == Some(EPERM) {
        Finding::FirewallHere
    } else {
        Finding::FirewallPossible
    };
    vec![Cause::new(finding, None)]
}

/// A source address or port that cannot be used, or no port left.
fn source(machine: &Machine, address: SocketAddr) -> Vec<Cause> {
    let waiting = |it: &&Socket| it.state == State::TimeWait && it.remote == address;
    let time_wait = machine.sockets.iter().filter(waiting).count();
    let finding = if time_wait >= MANY_IN_TIME_WAIT {
        Finding::PortsUsedUp { time_wait }
    } else {
        Finding::SourceUnusable
    };
    let mut causes = vec![Cause::new(finding, [Remedy::AnySource])];
    if time_wait > 0 && time_wait < MANY_IN_TIME_WAIT {
        let finding = Finding::TimeWait {
            connections: time_wait,
            port: address.port(),
        };
        causes.push(Cause::new(finding, None));
    }
    causes
}

/// Returns who is at the other end, where both ends are on this machine: what is said there explains a failure of TLS.
/// An end that connected has a port of its own, and is not found.
pub(super) fn other_end(machine: &Machine, peer: SocketAddr) -> Vec<Cause> {
    if !machine.has(peer.ip()) {
        return Vec::new();
    }
    let listener = machine.listeners(peer.port()).find(|it| reaches(it, peer));
    let finding = listener.map(|listener| match machine.own_at(listener.local) {
        Some(own) => Finding::PeerIsOurs {
            name: own.name.clone(),
        },
        None => Finding::PeerIs {
            owner: machine.owner(listener),
        },
    });
    let cause = finding.map(|finding| Cause::new(finding, None));
    cause.into_iter().collect()
}

/// Returns the causes of a reset by the peer.
pub(super) fn reset(machine: &Machine, peer: SocketAddr) -> Vec<Cause> {
    if !machine.has(peer.ip()) {
        return vec![Cause::new(Finding::FarAway { address: peer }, None)];
    }
    let listener = machine.listeners(peer.port()).find(|it| reaches(it, peer));
    let finding = match listener {
        None => Finding::PeerGone,
        Some(listener) => match (machine.own_at(listener.local), &listener.owner) {
            (Some(own), _) => Finding::PeerIsOurs {
                name: own.name.clone(),
            },
            (None, owner) => Finding::PeerListens {
                owner: Owner::clone(owner),
            },
        },
    };
    vec![Cause::new(finding, None)]
}
