//! The TCP and UDP sockets of this machine, and which processes have them.
//!
//! On Linux `/proc/net/tcp`, `tcp6`, `udp` and `udp6` (`proc_net(5)`) list all sockets, also those whose processes this user may not
//! see; elsewhere only those that the system attributes to a process are known.

use std::net::SocketAddr;

use listeners::{Listener, Protocol, SocketState};

use super::Owner;
use crate::net::Address;

/// The most of a table that is read, in bytes: about a hundred thousand sockets.
#[cfg(target_os = "linux")]
const MAX_TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// A socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Socket {
    pub(super) is_udp: bool,
    pub(super) local: SocketAddr,
    /// The other end; of a listener, all zeros.
    pub(super) remote: SocketAddr,
    pub(super) state: State,
    /// Of a listener: how many connections wait to be accepted, where the system says so.
    pub(super) waiting: u32,
    pub(super) owner: Owner,
}

impl Socket {
    /// Returns its own address.
    pub(super) fn address(&self) -> Address {
        if self.is_udp {
            Address::udp(self.local)
        } else {
            self.local.into()
        }
    }
}

/// The states that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It takes connections; of UDP, datagrams from anybody.
    Listen,
    TimeWait,
    Other,
}

/// Returns the sockets of this machine; those on `ports` with their owners. What cannot be read is left out.
pub(super) fn sockets(ports: &[u16]) -> Vec<Socket> {
    let mut sockets = all();
    let concerns = |it: &Socket| ports.contains(&it.local.port());
    if sockets.iter().any(concerns) || sockets.is_empty() {
        // Without it owners stay unnamed, as those of other users do.
        let held = listeners::get_all().unwrap_or_default();
        add_owners(&mut sockets, &held);
    }
    sockets
}

/// Names the owners of sockets, and adds those that only the list of owners has.
fn add_owners<'a>(sockets: &mut Vec<Socket>, held: impl IntoIterator<Item = &'a Listener>) {
    let is_alone = sockets.is_empty();
    for listener in held {
        let local = canonical(listener.socket);
        let is_udp = listener.protocol == Protocol::UDP;
        let state = match listener.state {
            _ if is_udp => State::Listen,
            SocketState::Listen => State::Listen,
            SocketState::TimeWait => State::TimeWait,
            _ => State::Other,
        };
        let owner = owner_of(listener);
        if is_alone {
            sockets.push(Socket {
                is_udp,
                local,
                remote: unspecified(local),
                state,
                waiting: 0,
                owner,
            });
            continue;
        }
        // The list of owners does not say whether a UDP socket is connected.
        let same = |it: &&mut Socket| {
            let is_state = is_udp || it.state == state;
            let is_it = it.is_udp == is_udp && it.local == local && is_state;
            is_it && it.owner == Owner::Unnamed
        };
        for socket in sockets.iter_mut().filter(same) {
            socket.owner = owner.clone();
        }
    }
}

fn owner_of(listener: &Listener) -> Owner {
    if listener.process.pid == std::process::id() {
        return Owner::Us;
    }
    Owner::Process {
        pid: listener.process.pid,
        name: listener.process.name.clone(),
    }
}

fn unspecified(local: SocketAddr) -> SocketAddr {
    match local {
        SocketAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
        SocketAddr::V6(_) => ([0_u16; 8], 0).into(),
    }
}

/// An IPv4 peer of a dual-stack socket stands in the table of IPv6.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

#[cfg(not(target_os = "linux"))]
fn all() -> Vec<Socket> {
    Vec::new()
}

#[cfg(target_os = "linux")]
fn all() -> Vec<Socket> {
    let mut sockets = Vec::new();
    for (table, is_udp) in [
        ("tcp", false),
        ("tcp6", false),
        ("udp", true),
        ("udp6", true),
    ] {
        let path = format!("/proc/net/{table}");
        let text = super::proc::read_bounded(&path, MAX_TABLE_BYTES).unwrap_or_default();
        let lines = text.lines().skip(1);
        sockets.extend(lines.filter_map(|line| linux::socket(line, is_udp)));
    }
    sockets
}

/// Lines of Linux's tables.
#[cfg(target_os = "linux")]
mod linux {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

    use super::{Owner, Socket, State, canonical};

    /// Reads `sl local remote state tx:rx …`; `None` for a line of another form.
    pub(super) fn socket(line: &str, is_udp: bool) -> Option<Socket> {
        let mut fields = line.split_ascii_whitespace().skip(1);
        let (local, remote) = (address(fields.next()?)?, address(fields.next()?)?);
        // A UDP socket is "closed" unless it is connected: it takes what comes from anybody.
        let state = match fields.next()? {
            "07" if is_udp => State::Listen,
            _ if is_udp => State::Other,
            "0A" => State::Listen,
            "06" => State::TimeWait,
            _ => State::Other,
        };
        let (_, receive_queue) = fields.next()?.split_once(':')?;
        let waiting = u32::from_str_radix(receive_queue, 16).ok()?;
        Some(Socket {
            is_udp,
            local: canonical(local),
            remote: canonical(remote),
            state,
            waiting: if state == State::Listen && !is_udp {
                waiting
            } else {
                0
            },
            owner: Owner::Unnamed,
        })
    }

    /// Reads an address: words of 32 bits in the order of this machine's memory, and a port.
    fn address(text: &str) -> Option<SocketAddr> {
        let (ip, port) = text.split_once(':')?;
        let word = |at: usize| {
            let digits = ip.get(8 * at..8 * at + 8)?;
            Some(u32::from_str_radix(digits, 16).ok()?.to_ne_bytes())
        };
        let ip = match ip.len() {
            8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
            32 => {
                let mut octets = [0; 16];
                for (at, place) in octets.chunks_exact_mut(4).enumerate() {
                    place.copy_from_slice(&word(at)?);
                }
                IpAddr::V6(Ipv6Addr::from(octets))
            }
            _ => return None,
        };
        Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
    }

    #[cfg(all(test, target_endian = "little"))]
    mod tests {
        use super::*;

        #[test]
        fn lines_of_both_tables_are_read() {
            let check = |line: &str, local: &str, remote: &str, state, waiting| {
                let socket = socket(line, false).unwrap();
                assert_eq!(socket.local, local.parse().unwrap());
                assert_eq!(socket.remote, remote.parse().unwrap());
                assert_eq!((socket.state, socket.waiting), (state, waiting));
            };
            check(
                "   0: 0100007F:2328 00000000:0000 0A 00000000:00000003 00:00000000 00000000 1000 0 31",
                "127.0.0.1:9000",
                "0.0.0.0:0",
                State::Listen,
                3,
            );
            check(
                "   1: 00000000000000000000000001000000:2328 00000000000000000000000001000000:D431 06 \
                 00000000:00000000 03:00001770 00000000 0 0 0 3",
                "[::1]:9000",
                "[::1]:54321",
                State::TimeWait,
                0,
            );
            check(
                "   2: 0000000000000000FFFF00000100007F:2328 0000000000000000FFFF00000100007F:D431 01 \
                 00000000:00000000 00:00000000 00000000 0 0 44",
                "127.0.0.1:9000",
                "127.0.0.1:54321",
                State::Other,
                0,
            );
            let udp = "  8: 0100007F:2328 00000000:0000 07 00000000:00000200 00:00000000 00000000 0 0 9 2 0 0";
            let udp = socket(udp, true).unwrap();
            assert_eq!(
                (udp.is_udp, udp.state, udp.waiting),
                (true, State::Listen, 0)
            );
            for odd in [
                "",
                "0:",
                "0: 0100007F 00000000:0000 0A 0:0",
                "0: zz:1 zz:1 0A 0:0",
            ] {
                assert_eq!(super::socket(odd, false), None, "{odd}");
            }
        }
    }
}
