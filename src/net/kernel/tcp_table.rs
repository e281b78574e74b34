//! The tables of Windows's `GetExtendedTcpTable`, of the class `TCP_TABLE_OWNER_PID_ALL`: the number of rows, then rows of
//! 32-bit words. Addresses and ports are in network order.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::state::TcpState;

/// `MIB_TCPROW_OWNER_PID`: `state · address · port · address · port · pid`.
const V4_WORDS: usize = 6;
/// `MIB_TCP6ROW_OWNER_PID`: `address 4 · scope · port · address 4 · scope · port · state · pid`.
const V6_WORDS: usize = 2 * V6_END_WORDS + 2;
const V6_END_WORDS: usize = 6;

/// One connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TcpTableRow {
    pub(super) state: TcpState,
    /// The process; 0 if it has ended, or left the connection to the system.
    pub(super) pid: u32,
}

/// Returns the connection with these ends in a table of their family.
pub(super) fn find(table: &[u32], local: SocketAddr, peer: SocketAddr) -> Option<TcpTableRow> {
    let (count, words) = table.split_first()?;
    let size = if local.is_ipv4() { V4_WORDS } else { V6_WORDS };
    let rows = words.chunks_exact(size).take(*count as usize);
    let row = |words: &[u32]| match words {
        &[state, at, port, peer_at, peer_port, pid] => {
            let ends = [address_v4(at, port), address_v4(peer_at, peer_port)];
            Some((ends, state, pid))
        }
        [ends @ .., state, pid] => {
            let (ours, theirs) = ends.split_at_checked(V6_END_WORDS)?;
            Some(([end_v6(ours)?, end_v6(theirs)?], *state, *pid))
        }
        _ => None,
    };
    let wanted = [local, peer].map(|it| (it.ip(), it.port()));
    let mut rows = rows.filter_map(row).filter(|(ends, ..)| *ends == wanted);
    let (_, state, pid) = rows.next()?;
    Some(TcpTableRow {
        state: state_of(state)?,
        pid,
    })
}

fn address_v4(address: u32, port: u32) -> (IpAddr, u16) {
    (Ipv4Addr::from(address.to_ne_bytes()).into(), port_of(port))
}

/// Reads `address 4 · scope · port`.
fn end_v6(words: &[u32]) -> Option<(IpAddr, u16)> {
    let (address, rest) = words.split_first_chunk::<4>()?;
    let mut octets = [0; 16];
    for (place, word) in octets.chunks_exact_mut(4).zip(address) {
        place.copy_from_slice(&word.to_ne_bytes());
    }
    Some((Ipv6Addr::from(octets).into(), port_of(*rest.last()?)))
}

/// The upper half of the word may hold anything.
fn port_of(word: u32) -> u16 {
    u16::from_be(word as u16)
}

/// Returns a state of `MIB_TCP_STATE`.
fn state_of(number: u32) -> Option<TcpState> {
    Some(match number {
        // 12 is a connection whose memory is about to be given back.
        1 | 12 => TcpState::Closed,
        2 => TcpState::Listen,
        3 => TcpState::SynSent,
        4 => TcpState::SynReceived,
        5 => TcpState::Established,
        6 => TcpState::FinWait1,
        7 => TcpState::FinWait2,
        8 => TcpState::CloseWait,
        9 => TcpState::Closing,
        10 => TcpState::LastAck,
        11 => TcpState::TimeWait,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(bytes: &[u8]) -> Vec<u32> {
        let words = bytes.chunks_exact(4);
        words
            .map(|it| u32::from_ne_bytes(it.try_into().unwrap()))
            .collect()
    }

    fn row_v4(state: u32, local: &str, peer: &str, pid: u32) -> Vec<u32> {
        let mut bytes = state.to_ne_bytes().to_vec();
        for end in [local, peer] {
            let SocketAddr::V4(end) = end.parse().unwrap() else {
                panic!("{end}");
            };
            bytes.extend(end.ip().octets());
            bytes.extend(end.port().to_be_bytes());
            // What is left of a word that was used before.
            bytes.extend([0xab, 0xcd]);
        }
        bytes.extend(pid.to_ne_bytes());
        words(&bytes)
    }

    fn row_v6(local: &str, peer: &str, state: u32, pid: u32) -> Vec<u32> {
        let mut bytes = Vec::new();
        for end in [local, peer] {
            let SocketAddr::V6(end) = end.parse().unwrap() else {
                panic!("{end}");
            };
            bytes.extend(end.ip().octets());
            bytes.extend(7_u32.to_ne_bytes());
            bytes.extend(end.port().to_be_bytes());
            bytes.extend([0, 0]);
        }
        bytes.extend(state.to_ne_bytes());
        bytes.extend(pid.to_ne_bytes());
        words(&bytes)
    }

    fn table(rows: &[Vec<u32>]) -> Vec<u32> {
        std::iter::once(rows.len() as u32)
            .chain(rows.iter().flatten().copied())
            .collect()
    }

    #[test]
    fn each_end_is_found_by_both_addresses() {
        let (one, other) = ("127.0.0.1:9000", "127.0.0.1:50001");
        let table = table(&[
            row_v4(2, one, "0.0.0.0:0", 10),
            row_v4(5, one, "127.0.0.1:50002", 10),
            row_v4(8, one, other, 10),
            row_v4(11, other, one, 0),
        ]);
        let find = |local: &str, peer: &str| {
            let row = find(&table, local.parse().unwrap(), peer.parse().unwrap())?;
            Some((row.state, row.pid))
        };
        assert_eq!(find(one, other), Some((TcpState::CloseWait, 10)));
        assert_eq!(find(other, one), Some((TcpState::TimeWait, 0)));
        assert_eq!(find(other, "127.0.0.1:9001"), None);
    }

    #[test]
    fn ipv6_has_rows_of_its_own() {
        let (one, other) = ("[::1]:9000", "[fe80::1]:50001");
        let table = table(&[row_v6(other, one, 5, 3), row_v6(one, other, 6, 4)]);
        let row = find(&table, one.parse().unwrap(), other.parse().unwrap());
        let expected = TcpTableRow {
            state: TcpState::FinWait1,
            pid: 4,
        };
        assert_eq!(row, Some(expected));
    }

    proptest::proptest! {
        #[test]
        fn any_table_is_read_without_a_panic(table in proptest::collection::vec(0_u32.., 0..60)) {
            for (local, peer) in [("1.2.3.4:5", "6.7.8.9:10"), ("[::1]:2", "[::3]:4")] {
                let _ = find(&table, local.parse().unwrap(), peer.parse().unwrap());
            }
        }
    }
}
