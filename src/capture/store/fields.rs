//! Tagged fields: `tag 1 · length 2 · bytes`. A reader skips the tags that it does not know.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

use crate::net::{Address, Process, UnixName};

/// The size of an address: in a row of a flow, and as a field.
pub(super) const ADDRESS_BYTES: usize = 24;

/// Writes fields one after another.
#[derive(Debug, Default)]
pub(super) struct FieldWriter(Vec<u8>);

impl FieldWriter {
    /// Adds a field. What does not fit into a field is cut off: names and messages are far shorter.
    pub(super) fn put(&mut self, tag: u8, bytes: &[u8]) -> &mut Self {
        let bytes = bytes.get(..usize::from(u16::MAX)).unwrap_or(bytes);
        self.0.push(tag);
        self.0.extend((bytes.len() as u16).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    /// Adds a number, without its leading zeros.
    pub(super) fn number(&mut self, tag: u8, number: u64) -> &mut Self {
        let bytes = number.to_le_bytes();
        let len = bytes.iter().rposition(|&byte| byte != 0);
        let len = len.map_or(0, |last| last + 1);
        self.put(tag, bytes.get(..len).unwrap_or(&bytes))
    }

    /// Adds a text.
    pub(super) fn text(&mut self, tag: u8, text: &str) -> &mut Self {
        self.put(tag, text.as_bytes())
    }

    /// Adds a field without a value if something is the case.
    pub(super) fn flag(&mut self, tag: u8, is_so: bool) -> &mut Self {
        if is_so { self.put(tag, &[]) } else { self }
    }

    /// Adds a signed number.
    pub(super) fn signed(&mut self, tag: u8, number: i64) -> &mut Self {
        self.put(tag, &number.to_le_bytes())
    }

    /// Adds a list of texts: a field for each.
    pub(super) fn texts(&mut self, tag: u8, texts: &[String]) -> &mut Self {
        for text in texts {
            self.text(tag, text);
        }
        self
    }

    /// Adds an address.
    pub(super) fn address(&mut self, tag: u8, address: &Address) -> &mut Self {
        match address {
            Address::Tcp(_) | Address::Udp(_) => self.put(tag, &encode_address(Some(address))),
            Address::Unix(name) => self.put(tag, &encode_name(name)),
        }
    }

    /// Returns the bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// The fields of a body. Each tag occurs at most once, but those of lists; of several, the first counts.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<(u8, &'a [u8])>);

impl<'a> Fields<'a> {
    /// Splits a body into its fields. Returns `None` if the last one is incomplete.
    pub(super) fn parse(mut bytes: &'a [u8]) -> Option<Self> {
        let mut fields = Vec::new();
        while let Some(([tag, low, high], rest)) = bytes.split_first_chunk() {
            let len = usize::from(u16::from_le_bytes([*low, *high]));
            let (field, rest) = rest.split_at_checked(len)?;
            fields.push((*tag, field));
            bytes = rest;
        }
        bytes.is_empty().then_some(Self(fields))
    }

    /// Returns the bytes of a field.
    pub(super) fn get(&self, tag: u8) -> Option<&'a [u8]> {
        let field = self.0.iter().find(|(known, _)| *known == tag);
        field.map(|&(_, bytes)| bytes)
    }

    /// Returns the bytes of all fields with a tag, up to a limit.
    pub(super) fn all(&self, tag: u8, limit: usize) -> impl Iterator<Item = &'a [u8]> {
        let fields = self.0.iter().filter(move |(known, _)| *known == tag);
        fields.map(|&(_, bytes)| bytes).take(limit)
    }

    /// Returns a list of texts, up to a limit.
    pub(super) fn texts(&self, tag: u8, limit: usize) -> Vec<String> {
        let texts = self.all(tag, limit).map(String::from_utf8_lossy);
        texts.map(Cow::into_owned).collect()
    }

    /// Returns a signed number.
    pub(super) fn signed(&self, tag: u8) -> Option<i64> {
        Some(i64::from_le_bytes(self.fixed(tag)?))
    }

    /// Returns a number.
    pub(super) fn number(&self, tag: u8) -> Option<u64> {
        let bytes = self.get(tag)?;
        let mut number = [0; 8];
        number.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(u64::from_le_bytes(number))
    }

    /// Returns a number that must fit into a smaller type.
    pub(super) fn small<T: TryFrom<u64>>(&self, tag: u8) -> Option<T> {
        self.number(tag)?.try_into().ok()
    }

    /// Returns a field of fixed size.
    pub(super) fn fixed<const N: usize>(&self, tag: u8) -> Option<[u8; N]> {
        self.get(tag)?.try_into().ok()
    }

    /// Returns a text. What is not UTF-8 in it is replaced.
    pub(super) fn text(&self, tag: u8) -> Option<String> {
        Some(String::from_utf8_lossy(self.get(tag)?).into_owned())
    }

    /// Returns whether a field without a value is there.
    pub(super) fn flag(&self, tag: u8) -> bool {
        self.get(tag).is_some()
    }

    /// Returns an address.
    pub(super) fn address(&self, tag: u8) -> Option<Address> {
        match self.get(tag)? {
            [UNIX, name @ ..] => Some(decode_name(name)?.into()),
            _ => decode_address(&self.fixed(tag)?)?,
        }
    }

    /// Counts the fields whose tags `is_known` does not know.
    pub(super) fn count_unknown(&self, is_known: impl Fn(u8) -> bool) -> u64 {
        let unknown = self.0.iter().filter(|(tag, _)| !is_known(*tag));
        unknown.count() as u64
    }
}

/// The family of a Unix socket's address.
const UNIX: u8 = 7;

/// The number of UDP among the protocols of IP. TCP is 0 here.
const UDP: u8 = 17;

/// `family 1 (0 for none, 4, 6, 7 for a Unix socket) · address 16 · port 2 · scope 4 · protocol 1 (0 TCP, 17 UDP)`. The name of a Unix socket
/// has no room here: it is a field of the flow's body.
pub(super) fn encode_address(address: Option<&Address>) -> [u8; ADDRESS_BYTES] {
    let mut bytes = [0; ADDRESS_BYTES];
    let address = match address {
        None => return bytes,
        Some(Address::Unix(_)) => {
            bytes[0] = UNIX;
            return bytes;
        }
        Some(Address::Tcp(address)) => address,
        Some(Address::Udp(address)) => {
            bytes[23] = UDP;
            address
        }
    };
    match address {
        SocketAddr::V4(v4) => {
            bytes[0] = 4;
            bytes[1..5].copy_from_slice(&v4.ip().octets());
        }
        SocketAddr::V6(v6) => {
            bytes[0] = 6;
            bytes[1..17].copy_from_slice(&v6.ip().octets());
            bytes[19..23].copy_from_slice(&v6.scope_id().to_le_bytes());
        }
    }
    bytes[17..19].copy_from_slice(&address.port().to_le_bytes());
    bytes
}

/// Returns `None` for a family or a protocol that is not known, and `Some(None)` if the bytes state that there is no address.
#[expect(clippy::option_option, reason = "no address is a value of the format")]
pub(super) fn decode_address(bytes: &[u8; ADDRESS_BYTES]) -> Option<Option<Address>> {
    let (ip, rest) = bytes[1..].split_first_chunk::<16>()?;
    let (port, rest) = rest.split_first_chunk()?;
    let (scope, rest) = rest.split_first_chunk()?;
    let of = match rest {
        [0] => Address::Tcp,
        [UDP] => Address::Udp,
        _ => return None,
    };
    let port = u16::from_le_bytes(*port);
    let [a, b, c, d, ..] = *ip;
    match bytes[0] {
        0 => Some(None),
        4 => Some(Some(of(SocketAddr::new(IpAddr::from([a, b, c, d]), port)))),
        6 => {
            let scope = u32::from_le_bytes(*scope);
            let v6 = SocketAddrV6::new(Ipv6Addr::from(*ip), port, 0, scope);
            Some(Some(of(SocketAddr::V6(v6))))
        }
        UNIX => Some(Some(UnixName::Unnamed.into())),
        _ => None,
    }
}

/// The size of one of several IP addresses in a field.
const IP_BYTES: usize = 17;

/// `family 1 (4, 6) · address 16`, for each address.
pub(super) fn encode_ips(addresses: &[IpAddr]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(addresses.len() * IP_BYTES);
    for address in addresses {
        let mut ip = [0; IP_BYTES];
        match address {
            IpAddr::V4(v4) => {
                ip[0] = 4;
                ip[1..5].copy_from_slice(&v4.octets());
            }
            IpAddr::V6(v6) => {
                ip[0] = 6;
                ip[1..].copy_from_slice(&v6.octets());
            }
        }
        bytes.extend(ip);
    }
    bytes
}

/// Returns at most so many; `None` if they are not all addresses.
pub(super) fn decode_ips(bytes: &[u8], most: usize) -> Option<Vec<IpAddr>> {
    let (all, []) = bytes.as_chunks::<IP_BYTES>() else {
        return None;
    };
    let ip = |[family, ip @ ..]: &[u8; IP_BYTES]| match (family, ip) {
        (4, &[a, b, c, d, ..]) => Some(Ipv4Addr::new(a, b, c, d).into()),
        (6, ip) => Some(Ipv6Addr::from(*ip).into()),
        _ => None,
    };
    all.iter().take(most).map(ip).collect()
}

/// `family 1 · kind 1 (0 unnamed, 1 path, 2 abstract, 3 process) · name`; of a process: `pid 4 · uid 4 · command`.
fn encode_name(name: &UnixName) -> Vec<u8> {
    let kind = match name {
        UnixName::Unnamed => 0,
        UnixName::Path(_) => 1,
        UnixName::Abstract(_) => 2,
        UnixName::Process(_) => 3,
    };
    let mut bytes = vec![UNIX, kind];
    if let UnixName::Process(process) = name {
        bytes.extend(process.pid.to_le_bytes());
        bytes.extend(process.uid.to_le_bytes());
        bytes.extend(process.command.as_bytes());
    } else {
        bytes.extend(name.bytes());
    }
    bytes
}

/// Decodes what follows the family.
fn decode_name(bytes: &[u8]) -> Option<UnixName> {
    let (kind, name) = bytes.split_first()?;
    Some(match kind {
        0 => UnixName::Unnamed,
        1 => UnixName::Path(name.into()),
        2 => UnixName::Abstract(name.into()),
        3 => {
            let (pid, rest) = name.split_first_chunk()?;
            let (uid, command) = rest.split_first_chunk()?;
            UnixName::Process(Process {
                pid: u32::from_le_bytes(*pid),
                uid: u32::from_le_bytes(*uid),
                command: String::from_utf8_lossy(command).into(),
            })
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_back_in_any_order_and_unknown_ones_are_counted() {
        let mut writer = FieldWriter::default();
        writer.number(7, 300).text(9, "ä").number(8, 0);
        writer.put(200, b"??").flag(3, true).flag(4, false);
        let bytes = writer.finish();
        assert_eq!(bytes[..5], [7, 2, 0, 0x2C, 1]);
        let fields = Fields::parse(&bytes).unwrap();
        assert_eq!(fields.small::<u16>(7), Some(300));
        assert_eq!(fields.small::<u8>(7), None);
        assert_eq!(fields.number(8), Some(0));
        assert_eq!(fields.text(9).as_deref(), Some("ä"));
        assert_eq!((fields.flag(3), fields.flag(4)), (true, false));
        assert_eq!(fields.number(1), None);
        assert_eq!(fields.count_unknown(|tag| tag < 100), 1);
    }

    #[test]
    fn an_incomplete_field_is_rejected() {
        let mut writer = FieldWriter::default();
        writer.text(1, "abc");
        let bytes = writer.finish();
        for len in 1..bytes.len() {
            assert!(Fields::parse(&bytes[..len]).is_none(), "{len} bytes");
        }
        assert!(Fields::parse(&[]).is_some());
    }

    #[test]
    fn addresses_of_both_families_are_read_back() {
        let check = |address: Option<&str>| {
            let address = address.map(|it| it.parse::<SocketAddr>().unwrap().into());
            let bytes = encode_address(address.as_ref());
            assert_eq!(decode_address(&bytes), Some(address));
        };
        check(None);
        check(Some("127.0.0.1:9000"));
        check(Some("[fe80::1%3]:1"));
        check(Some("[2001:db8::2]:65535"));
        assert_eq!(decode_address(&[9; ADDRESS_BYTES]), None);
    }

    #[test]
    fn names_of_unix_sockets_are_read_back_as_fields() {
        let process = Process {
            pid: 4711,
            uid: 1000,
            command: "socat".into(),
        };
        let names = [
            UnixName::Unnamed,
            UnixName::of("/run/meter.sock"),
            UnixName::of(&format!("/{}", "x".repeat(22))),
            UnixName::Abstract(b"\0\xff"[..].into()),
            UnixName::Process(process),
        ];
        for name in names {
            let mut writer = FieldWriter::default();
            writer.address(8, &name.clone().into());
            let bytes = writer.finish();
            let fields = Fields::parse(&bytes).unwrap();
            assert_eq!(fields.address(8), Some(name.into()));
        }
    }
}
