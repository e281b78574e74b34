//! Link layers: where the IP packet starts in a frame.
//!
//! <https://www.tcpdump.org/linktypes.html>

const NULL: u16 = 0;
const ETHERNET: u16 = 1;
/// Raw IP on systems other than Linux.
const RAW_12: u16 = 12;
const RAW_14: u16 = 14;
const RAW: u16 = 101;
const LOOP: u16 = 108;
const LINUX_COOKED: u16 = 113;
const IPV4: u16 = 228;
const IPV6: u16 = 229;
const LINUX_COOKED_V2: u16 = 276;

const ETHER_TYPE_IPV4: u16 = 0x0800;
const ETHER_TYPE_IPV6: u16 = 0x86DD;
/// IEEE 802.1Q, 802.1ad, and its predecessor in some devices.
const ETHER_TYPES_VLAN: [u16; 3] = [0x8100, 0x88A8, 0x9100];
/// How many nested VLAN tags a frame may have.
const MAX_VLAN_TAGS: usize = 4;

/// Returns the IP packet in a frame, or `None` if it holds something else or its link layer is unknown.
pub(crate) fn ip_packet(link_type: u16, frame: &[u8]) -> Option<&[u8]> {
    match link_type {
        RAW | RAW_12 | RAW_14 | IPV4 | IPV6 => Some(frame),
        // The packet follows an address family, whose number and byte order differ between systems. The version in the
        // IP header is used instead.
        NULL | LOOP => frame.get(4..),
        ETHERNET => typed(frame.get(12..)?),
        LINUX_COOKED => typed(frame.get(14..)?),
        LINUX_COOKED_V2 => {
            let (ether_type, _) = ether_type(frame)?;
            of_type(ether_type, frame.get(20..)?)
        }
        _ => None,
    }
}

/// Returns what follows an `EtherType`.
fn typed(bytes: &[u8]) -> Option<&[u8]> {
    let (ether_type, rest) = ether_type(bytes)?;
    of_type(ether_type, rest)
}

fn of_type(mut ether_type: u16, mut bytes: &[u8]) -> Option<&[u8]> {
    for _ in 0..=MAX_VLAN_TAGS {
        match ether_type {
            ETHER_TYPE_IPV4 | ETHER_TYPE_IPV6 => return Some(bytes),
            tag if ETHER_TYPES_VLAN.contains(&tag) => {
                (ether_type, bytes) = self::ether_type(bytes.get(2..)?)?;
            }
            _ => return None,
        }
    }
    None
}

fn ether_type(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let (ether_type, rest) = bytes.split_first_chunk()?;
    Some((u16::from_be_bytes(*ether_type), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &[u8] = b"\x45packet";

    fn check(link_type: u16, header: &[u8], expected: Option<&[u8]>) {
        let frame = [header, PACKET].concat();
        assert_eq!(ip_packet(link_type, &frame), expected, "{link_type}");
        for length in 0..header.len() {
            let cut = ip_packet(link_type, &header[..length]);
            assert!(cut.is_none_or(<[u8]>::is_empty), "{link_type} {length}");
        }
    }

    #[test]
    fn the_ip_packet_is_found_after_each_link_layer() {
        for raw in [12, 14, 101, 228, 229] {
            check(raw, b"", Some(PACKET));
        }
        check(0, &[2, 0, 0, 0], Some(PACKET));
        check(108, &[0, 0, 0, 2], Some(PACKET));
        check(1, b"dddddd  ssss\x08\x00", Some(PACKET));
        check(1, b"dddddd  ssss\x86\xDD", Some(PACKET));
        check(113, b"\0\0\x03\x04\0\0........\x08\x00", Some(PACKET));
        check(
            276,
            b"\x08\x00\0\0\0\0\0\x01\x03\x04\0\x06........",
            Some(PACKET),
        );
    }

    #[test]
    fn up_to_four_vlan_tags_are_skipped() {
        let tagged = |tags: usize| {
            let mut header = b"dddddd  ssss".to_vec();
            for _ in 0..tags {
                header.extend(b"\x81\x00\x00\x07");
            }
            header.extend(b"\x08\x00");
            header
        };
        check(1, &tagged(1), Some(PACKET));
        check(1, &tagged(4), Some(PACKET));
        check(1, &tagged(5), None);
        check(
            1,
            b"dddddd  ssss\x88\xA8\0\x01\x81\x00\0\x02\x08\x00",
            Some(PACKET),
        );
    }

    #[test]
    fn other_frames_hold_no_ip_packet() {
        check(1, b"dddddd  ssss\x08\x06", None);
        check(113, b"\0\0\x03\x04\0\0........\x08\x06", None);
        check(105, b"", None);
    }
}
