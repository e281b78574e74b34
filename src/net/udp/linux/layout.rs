//! Addresses and control messages of datagrams as Linux lays them out in memory (`ip(7)`, `ipv6(7)`, `cmsg(3)`). Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use nix::libc;

/// The longest address, `sockaddr_in6`.
pub(super) const NAME_BYTES: usize = 28;
/// Room for the control messages of a datagram that arrived, each with its header: which address it was sent to, of both
/// families, and how many were dropped.
pub(super) const CONTROL_BYTES: usize =
    3 * HEADER_BYTES + IPV4_INFO_BYTES + IPV6_INFO_BYTES + 2 * ALIGNED;

/// `cmsghdr`: the length with this header, the level, and the type.
const HEADER_BYTES: usize = size_of::<usize>() + 2 * size_of::<i32>();
const ALIGNED: usize = size_of::<usize>();
/// `in_pktinfo` and `in6_pktinfo`, each with what aligns it.
const IPV4_INFO_BYTES: usize = 12_usize.next_multiple_of(ALIGNED);
const IPV6_INFO_BYTES: usize = 20_usize.next_multiple_of(ALIGNED);

/// Writes an address as `sockaddr_in` or `sockaddr_in6`. Returns it with its length.
pub(super) fn name_of(address: SocketAddr) -> ([u8; NAME_BYTES], u32) {
    let mut name = [0; NAME_BYTES];
    put(&mut name, 2, &address.port().to_be_bytes());
    match address {
        SocketAddr::V4(v4) => {
            put(&mut name, 0, &family(libc::AF_INET));
            put(&mut name, 4, &v4.ip().octets());
            (name, 16)
        }
        SocketAddr::V6(v6) => {
            put(&mut name, 0, &family(libc::AF_INET6));
            put(&mut name, 4, &v6.flowinfo().to_ne_bytes());
            put(&mut name, 8, &v6.ip().octets());
            put(&mut name, 24, &v6.scope_id().to_ne_bytes());
            (name, 28)
        }
    }
}

fn put(bytes: &mut [u8], at: usize, part: &[u8]) {
    if let Some(room) = bytes.get_mut(at..at + part.len()) {
        room.copy_from_slice(part);
    }
}

/// Reads an address. `None` if it is of another family.
pub(super) fn address_of(name: &[u8]) -> Option<SocketAddr> {
    let mut name = Bytes(name);
    let family = u16::from_ne_bytes(name.take()?);
    let port = u16::from_be_bytes(name.take()?);
    match i32::from(family) {
        libc::AF_INET => {
            let ip = Ipv4Addr::from(name.take::<4>()?);
            Some((ip, port).into())
        }
        libc::AF_INET6 => {
            let _flow: [u8; 4] = name.take()?;
            let ip = Ipv6Addr::from(name.take::<16>()?);
            let scope = u32::from_ne_bytes(name.take()?);
            Some(SocketAddrV6::new(ip, port, 0, scope).into())
        }
        _ => None,
    }
}

/// What the control messages of a datagram say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The address that it was sent to.
    pub(super) to: Option<IpAddr>,
    /// The address of ours that answers it.
    pub(super) answers_from: Option<IpAddr>,
    /// How many datagrams were dropped so far.
    pub(super) dropped: Option<u32>,
}

/// Reads the control messages of a datagram that arrived, as far as they are there.
pub(super) fn said_in(control: &[u8]) -> Said {
    let mut said = Said::default();
    let mut control = Bytes(control);
    // What follows one that cannot be read is not known.
    while control.read_message(&mut said).is_some() {}
    said
}

/// A control message, with its length.
pub(super) type Control = ([u8; HEADER_BYTES + IPV6_INFO_BYTES], usize);

/// None.
pub(super) const NO_CONTROL: Control = ([0; HEADER_BYTES + IPV6_INFO_BYTES], 0);

/// Writes the control message that has a datagram for `to` sent from an address of ours. On a socket for both families,
/// the system chooses the one for IPv4: then this is empty.
pub(super) fn sent_from(from: IpAddr, to: SocketAddr) -> Control {
    let mut control = [0; HEADER_BYTES + IPV6_INFO_BYTES];
    let (level, kind, info_bytes, place) = match (from, to) {
        (IpAddr::V4(_), SocketAddr::V4(_)) => (libc::IPPROTO_IP, libc::IP_PKTINFO, 12, 4),
        (IpAddr::V6(_), SocketAddr::V6(_)) => (libc::IPPROTO_IPV6, libc::IPV6_PKTINFO, 20, 0),
        (IpAddr::V4(_), SocketAddr::V6(_)) | (IpAddr::V6(_), SocketAddr::V4(_)) => {
            return (control, 0);
        }
    };
    put(&mut control, 0, &(HEADER_BYTES + info_bytes).to_ne_bytes());
    put(&mut control, ALIGNED, &level.to_ne_bytes());
    put(&mut control, ALIGNED + 4, &kind.to_ne_bytes());
    match from {
        IpAddr::V4(from) => put(&mut control, HEADER_BYTES + place, &from.octets()),
        IpAddr::V6(from) => put(&mut control, HEADER_BYTES + place, &from.octets()),
    }
    if let SocketAddr::V6(to) = to {
        let scope = to.scope_id().to_ne_bytes();
        put(&mut control, HEADER_BYTES + 16, &scope);
    }
    let len = HEADER_BYTES + info_bytes.next_multiple_of(ALIGNED);
    (control, len)
}

fn family(family: i32) -> [u8; 2] {
    u16::try_from(family).unwrap_or_default().to_ne_bytes()
}

/// What is left to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (part, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*part)
    }

    fn skip(&mut self, count: usize) -> Option<&'a [u8]> {
        let (part, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(part)
    }

    /// Reads the next control message.
    fn read_message(&mut self, said: &mut Said) -> Option<()> {
        let len = usize::from_ne_bytes(self.take()?);
        let level = i32::from_ne_bytes(self.take()?);
        let kind = i32::from_ne_bytes(self.take()?);
        let len = len.checked_sub(HEADER_BYTES)?;
        let mut content = Bytes(self.skip(len)?);
        match (level, kind) {
            (libc::IPPROTO_IP, libc::IP_PKTINFO) => {
                let _interface: [u8; 4] = content.take()?;
                let answers_from = Ipv4Addr::from(content.take::<4>()?);
                let to = Ipv4Addr::from(content.take::<4>()?);
                if said.to.is_some_and(|to| to.is_ipv6()) {
                    said.answers_from = Some(answers_from.to_ipv6_mapped().into());
                } else {
                    (said.to, said.answers_from) = (Some(to.into()), Some(answers_from.into()));
                }
            }
            (libc::IPPROTO_IPV6, libc::IPV6_PKTINFO) => {
                let to = Ipv6Addr::from(content.take::<16>()?);
                said.to = Some(to.into());
                said.answers_from = match said.answers_from {
                    // What an IPv4 peer sent to an IPv6 socket, which alone says from where a broadcast is answered.
                    Some(IpAddr::V4(v4)) => Some(v4.to_ipv6_mapped().into()),
                    _ => (!to.is_multicast()).then_some(to.into()),
                };
            }
            (libc::SOL_SOCKET, libc::SO_RXQ_OVFL) => {
                said.dropped = Some(u32::from_ne_bytes(content.take()?));
            }
            _ => {}
        }
        // The last one may end without what would align the next.
        self.skip((len.next_multiple_of(ALIGNED) - len).min(self.0.len()))?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use nix::sys::socket::{SockaddrIn, SockaddrIn6, SockaddrLike as _};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_laid_out_as_those_of_the_c_library() {
        let check = |address: SocketAddr| {
            let (name, len) = name_of(address);
            assert_eq!(address_of(&name), Some(address));
            match address {
                SocketAddr::V4(v4) => {
                    let c = SockaddrIn::from(v4);
                    assert_eq!(len, c.len());
                    assert_eq!(name[4..8], c.ip().octets());
                    assert_eq!(name[2..4], c.port().to_be_bytes());
                }
                SocketAddr::V6(v6) => {
                    let c = SockaddrIn6::from(v6);
                    assert_eq!(len, c.len());
                    assert_eq!(name[8..24], c.ip().octets());
                    assert_eq!(name[24..28], c.scope_id().to_ne_bytes());
                }
            }
        };
        check("127.0.0.1:53".parse().unwrap());
        check("[::1]:65535".parse().unwrap());
        check(SocketAddrV6::new("fe80::7".parse().unwrap(), 7, 0, 3).into());
        assert_eq!(address_of(&family(libc::AF_UNIX)), None);
        assert_eq!(address_of(&[]), None);
    }

    #[test]
    fn what_one_is_sent_from_reads_as_where_one_was_sent_to() {
        let read = |from: &str, to: &str| {
            let (bytes, len) = sent_from(from.parse().unwrap(), to.parse().unwrap());
            said_in(&bytes[..len])
        };
        // The place of an address to answer from is that of the address that answers.
        let said = read("127.0.0.9", "127.0.0.1:1");
        assert_eq!(said.answers_from, Some("127.0.0.9".parse().unwrap()));
        let said = read("::1", "[::2]:1");
        assert_eq!(said.to, Some("::1".parse().unwrap()));
        assert_eq!(read("127.0.0.1", "[::1]:1"), Said::default());
    }

    #[test]
    fn several_control_messages_are_read() {
        let to: IpAddr = "10.0.0.1".parse().unwrap();
        let (first, len) = sent_from(to, "10.0.0.2:1".parse().unwrap());
        let mut control = first[..len].to_vec();
        control.extend((HEADER_BYTES + 4).to_ne_bytes());
        control.extend(libc::SOL_SOCKET.to_ne_bytes());
        control.extend(libc::SO_RXQ_OVFL.to_ne_bytes());
        control.extend(7_u32.to_ne_bytes());
        assert_eq!(said_in(&control).dropped, Some(7));
        assert_eq!(said_in(&control).answers_from, Some(to));
        assert_eq!(said_in(&control[..control.len() - 1]).dropped, None);
    }

    #[test]
    fn an_ipv6_socket_answers_what_ipv4_peers_broadcast_from_an_address_of_its_own() {
        let message = |level: i32, kind: i32, content: &[u8]| {
            let mut bytes = (HEADER_BYTES + content.len()).to_ne_bytes().to_vec();
            bytes.extend(level.to_ne_bytes());
            bytes.extend(kind.to_ne_bytes());
            bytes.extend(content);
            bytes.resize(bytes.len().next_multiple_of(ALIGNED), 0);
            bytes
        };
        let broadcast = Ipv4Addr::new(10, 0, 0, 255);
        let mut v4 = vec![0; 4];
        v4.extend([10, 0, 0, 1]);
        v4.extend(broadcast.octets());
        let mut v6 = broadcast.to_ipv6_mapped().octets().to_vec();
        v6.extend([0; 4]);
        let v4 = message(libc::IPPROTO_IP, libc::IP_PKTINFO, &v4);
        let v6 = message(libc::IPPROTO_IPV6, libc::IPV6_PKTINFO, &v6);
        for control in [[&v4[..], &v6].concat(), [&v6[..], &v4].concat()] {
            let said = said_in(&control);
            assert_eq!(said.to, Some(broadcast.to_ipv6_mapped().into()));
            let answers_from = Ipv4Addr::new(10, 0, 0, 1).to_ipv6_mapped();
            assert_eq!(said.answers_from, Some(answers_from.into()));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            said_in(&bytes);
            address_of(&bytes);
        }
    }
}
