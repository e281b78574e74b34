//! The SYN with which a peer asked for a connection: its real IP and TCP header, as the kernel kept it.

use std::sync::Arc;

use etherparse::{LaxIpSlice, TcpHeaderSlice};

/// The headers of a SYN, from the IP header on, byte for byte as they arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSyn(Arc<[u8]>);

/// The largest IP header without extensions of IPv6, and the largest TCP header.
pub(super) const MAX_BYTES: usize = 60 + 60;

impl SavedSyn {
    /// Takes the bytes of the headers. Returns `None` if they are too many for a SYN.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() <= MAX_BYTES).then(|| Self(bytes.into()))
    }

    /// Returns the bytes, from the IP header on.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads them. Returns `None` if they are no SYN.
    pub fn parse(&self) -> Option<Syn> {
        let (ip, _cut) = LaxIpSlice::from_slice(&self.0).ok()?;
        let (version, hops) = match &ip {
            LaxIpSlice::Ipv4(ip) => (4, ip.header().ttl()),
            LaxIpSlice::Ipv6(ip) => (6, ip.header().hop_limit()),
        };
        let tcp = TcpHeaderSlice::from_slice(ip.payload().payload).ok()?;
        tcp.syn().then(|| Syn {
            ip_version: version,
            hops,
            sequence_number: tcp.sequence_number(),
            window: tcp.window_size(),
            has_ecn: tcp.ece() && tcp.cwr(),
            options: SynOption::all(tcp.options()),
        })
    }
}

/// What a SYN says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syn {
    /// 4 or 6.
    pub ip_version: u8,
    /// How many hops it might still have gone: TTL, or hop limit. 64, 128 and 255 are where systems begin.
    pub hops: u8,
    /// The initial sequence number.
    pub sequence_number: u32,
    /// The peer's window in bytes. It is not scaled in a SYN.
    pub window: u16,
    /// Whether the peer offers explicit congestion notification (RFC 3168).
    pub has_ecn: bool,
    /// The options, in their order.
    pub options: Vec<SynOption>,
}

impl Syn {
    /// Returns the largest segment that the peer takes, if it says so.
    pub fn mss(&self) -> Option<u16> {
        self.find(|it| match it {
            SynOption::MaximumSegmentSize(bytes) => Some(*bytes),
            _ => None,
        })
    }

    /// Returns the power of two that the peer's later windows are multiplied by, if it offers to scale them.
    pub fn window_scale(&self) -> Option<u8> {
        self.find(|it| match it {
            SynOption::WindowScale(shift) => Some(*shift),
            _ => None,
        })
    }

    /// Returns whether the peer takes selective acknowledgements.
    pub fn permits_sack(&self) -> bool {
        self.options.contains(&SynOption::SackPermitted)
    }

    /// Returns whether the peer sends timestamps.
    pub fn has_timestamps(&self) -> bool {
        self.options
            .iter()
            .any(|it| matches!(it, SynOption::Timestamps { .. }))
    }

    fn find<T>(&self, pick: impl Fn(&SynOption) -> Option<T>) -> Option<T> {
        self.options.iter().find_map(pick)
    }
}

/// An option of a SYN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SynOption {
    /// End of the list; what follows is padding (RFC 9293).
    End,
    /// No operation: fills up (RFC 9293).
    NoOperation,
    /// The largest segment that the peer takes, in bytes (RFC 9293).
    MaximumSegmentSize(u16),
    /// The power of two that later windows are multiplied by (RFC 7323).
    WindowScale(u8),
    /// Selective acknowledgements may be sent (RFC 2018).
    SackPermitted,
    /// Timestamps (RFC 7323).
    Timestamps {
        /// The peer's clock.
        value: u32,
        /// The last value seen of ours; 0 in a SYN.
        echo: u32,
    },
    /// A cookie of TCP Fast Open, or the wish for one if it is empty (RFC 7413).
    FastOpenCookie(Vec<u8>),
    /// Multipath TCP (RFC 8684).
    Multipath(Vec<u8>),
    /// Another option, or one of the wrong length.
    Other {
        /// Its number.
        kind: u8,
        /// What follows its number and length.
        bytes: Vec<u8>,
    },
}

impl SynOption {
    /// Reads options up to the end of the list, or to one that is cut off.
    fn all(mut bytes: &[u8]) -> Vec<Self> {
        let mut options = Vec::new();
        while let Some((&kind, rest)) = bytes.split_first() {
            bytes = rest;
            match kind {
                0 => {
                    options.push(Self::End);
                    break;
                }
                1 => options.push(Self::NoOperation),
                _ => {
                    let len = rest.first().map_or(0, |len| usize::from(*len));
                    let Some(body) = rest.get(1..len.saturating_sub(1)) else {
                        let bytes = rest.to_vec();
                        options.push(Self::Other { kind, bytes });
                        break;
                    };
                    options.push(Self::of(kind, body));
                    bytes = rest.get(len.saturating_sub(1)..).unwrap_or_default();
                }
            }
        }
        options
    }

    fn of(kind: u8, body: &[u8]) -> Self {
        match (kind, body) {
            (2, &[high, low]) => Self::MaximumSegmentSize(u16::from_be_bytes([high, low])),
            (3, &[shift]) => Self::WindowScale(shift),
            (4, []) => Self::SackPermitted,
            (8, &[v0, v1, v2, v3, ref echo @ ..]) if echo.len() == 4 => Self::Timestamps {
                value: u32::from_be_bytes([v0, v1, v2, v3]),
                echo: echo.try_into().map_or(0, u32::from_be_bytes),
            },
            (34, cookie) => Self::FastOpenCookie(cookie.to_vec()),
            (30, bytes) => Self::Multipath(bytes.to_vec()),
            (kind, bytes) => Self::Other {
                kind,
                bytes: bytes.to_vec(),
            },
        }
    }

    /// Returns its number (IANA, "TCP Option Kind Numbers").
    pub fn kind(&self) -> u8 {
        match self {
            Self::End => 0,
            Self::NoOperation => 1,
            Self::MaximumSegmentSize(_) => 2,
            Self::WindowScale(_) => 3,
            Self::SackPermitted => 4,
            Self::Timestamps { .. } => 8,
            Self::Multipath(_) => 30,
            Self::FastOpenCookie(_) => 34,
            Self::Other { kind, .. } => *kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A SYN of Linux over IPv4: MSS, SACK permitted, timestamps, no operation, window scale.
    const LINUX: &[u8] = &[
        0x45, 0, 0, 0x3c, 0xd4, 0x31, 0x40, 0, 0x40, 6, 0x68, 0x88, 127, 0, 0, 1, 127, 0, 0,
        1, //
        0xd3, 0x2e, 0x23, 0x28, 0x6c, 1, 2, 3, 0, 0, 0, 0, 0xa0, 2, 0xff, 0xd7, 0xfe, 0x30, 0, 0,
        2, 4, 0xff, 0xd7, 4, 2, 8, 10, 1, 2, 3, 4, 0, 0, 0, 0, 1, 3, 3, 7,
    ];

    fn syn(bytes: &[u8]) -> Option<Syn> {
        SavedSyn::new(bytes)?.parse()
    }

    #[test]
    fn a_syn_is_read_in_the_order_of_its_options() {
        let syn = syn(LINUX).unwrap();
        assert_eq!((syn.ip_version, syn.hops, syn.window), (4, 64, 65_495));
        assert_eq!(syn.sequence_number, 0x6c01_0203);
        let expected = [
            SynOption::MaximumSegmentSize(65_495),
            SynOption::SackPermitted,
            SynOption::Timestamps {
                value: 0x0102_0304,
                echo: 0,
            },
            SynOption::NoOperation,
            SynOption::WindowScale(7),
        ];
        assert_eq!(syn.options, expected);
        assert_eq!((syn.mss(), syn.window_scale()), (Some(65_495), Some(7)));
        assert!(syn.permits_sack() && syn.has_timestamps() && !syn.has_ecn);
    }

    #[test]
    fn odd_options_are_kept_as_they_are() {
        let check = |bytes: &[u8], expected: &[SynOption]| {
            assert_eq!(SynOption::all(bytes), expected, "{bytes:?}");
        };
        check(&[], &[]);
        check(&[1, 0, 2, 4], &[SynOption::NoOperation, SynOption::End]);
        check(&[34, 2], &[SynOption::FastOpenCookie(Vec::new())]);
        let other = |kind, bytes: &[u8]| SynOption::Other {
            kind,
            bytes: bytes.to_vec(),
        };
        check(&[2, 3, 9, 1], &[other(2, &[9]), SynOption::NoOperation]);
        check(&[2, 9, 1, 1], &[other(2, &[9, 1, 1])]);
        check(&[5, 0, 1], &[other(5, &[0, 1])]);
        check(&[5, 1, 1], &[other(5, &[1, 1])]);
        check(&[5], &[other(5, &[])]);
    }

    #[test]
    fn what_is_no_syn_is_refused() {
        for len in 0..LINUX.len() {
            assert_eq!(syn(&LINUX[..len]), None, "{len} bytes");
        }
        let mut ack = LINUX.to_vec();
        ack[33] = 0x10;
        assert_eq!(syn(&ack), None);
        assert_eq!(SavedSyn::new(&[0; MAX_BYTES + 1]), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(0_u8.., 0..130)) {
            let _ = syn(&bytes);
            let mut headers = LINUX[..40].to_vec();
            headers.extend(&bytes[..bytes.len().min(40)]);
            let _ = syn(&headers);
        }
    }
}
