//! The row of a flow: an endpoint or one of its connections.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::super::fields::{ADDRESS_BYTES, decode_address, encode_address};
use super::bytes::{ByteCursor, FieldReader};
use super::head::RowLocation;
use crate::net::{Address, EndpointId, FlowId, Link, Role, UnixName};

/// The size of a flow's row.
pub(in crate::capture::store) const FLOW_BYTES: usize = 96;

/// The flow of an entry: its endpoint, and usually one of its connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// The endpoint.
    pub(crate) endpoint: EndpointId,
    /// The connection, with its ends as far as they were known.
    pub(crate) link: Option<Arc<Link>>,
}

/// What a flow's row says besides: where its body is in the payload file, if it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::capture::store) struct FlowBody {
    pub(in crate::capture::store) position: u32,
    pub(in crate::capture::store) len: u32,
    pub(in crate::capture::store) sum: u32,
    /// How many of the row's addresses only a newer version knows.
    pub(in crate::capture::store) unknown_fields: u8,
}

/// The kinds of rows: the endpoint itself, or one of its connections.
const ENDPOINT_ROW: u8 = 1;
const CONNECTION_ROW: u8 = 2;
/// The transports.
const TCP: u8 = 1;
const UNIX_STREAM: u8 = 2;
const UDP: u8 = 3;

impl Flow {
    /// `checksum 4 · row kind 1 (1 endpoint, 2 connection) · transport 1 (1 TCP, 2 Unix stream, 3 UDP) · role 1 (1 server, 2 client) · spare 1 ·
    /// endpoint 4 · connection 8 · spare 4 · local 24 · peer 24 · body: position 4, length 4, sum 4 · spare 12`. Two flows
    /// with the same connection and different roles are its two ends.
    pub(in crate::capture::store) fn encode(
        &self,
        place: RowLocation,
        body: FlowBody,
    ) -> [u8; FLOW_BYTES] {
        let link = self.link.as_deref();
        let kind = if link.is_some() {
            CONNECTION_ROW
        } else {
            ENDPOINT_ROW
        };
        let role = match link.map(|link| link.connection.role) {
            None => 0,
            Some(Role::Server) => 1,
            Some(Role::Client) => 2,
        };
        let transport = match link {
            Some(link) if link.peer.is_unix() => UNIX_STREAM,
            Some(link) if link.peer.is_udp() => UDP,
            Some(_) | None => TCP,
        };
        let mut bytes = [0; FLOW_BYTES];
        ByteCursor::new(&mut bytes)
            .skip(4)
            .put(&[kind, transport, role, 0])
            .put(&self.endpoint.0.to_le_bytes())
            .put(&link.map_or(0, |link| link.connection.number).to_le_bytes())
            .skip(4)
            .put(&encode_address(link.and_then(|link| link.local.as_ref())))
            .put(&encode_address(link.map(|link| &link.peer)))
            .put(&body.position.to_le_bytes())
            .put(&body.len.to_le_bytes())
            .put(&body.sum.to_le_bytes());
        let checksum = place.sum(&bytes);
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    /// Decodes a row of which one bit has changed: the checksum says which. Returns `None` if more than that has.
    ///
    /// Of all changes to larger parts of a row, less than one in five millions is taken for one of a single bit.
    pub(in crate::capture::store) fn repaired(
        place: RowLocation,
        bytes: &[u8; FLOW_BYTES],
    ) -> Option<(Self, FlowBody)> {
        let mut row = *bytes;
        for bit in 0..FLOW_BYTES * 8 {
            flip(&mut row, bit);
            if let Some(found) = Self::decode(place, &row) {
                return Some(found);
            }
            flip(&mut row, bit);
        }
        None
    }

    pub(in crate::capture::store) fn decode(
        place: RowLocation,
        bytes: &[u8; FLOW_BYTES],
    ) -> Option<(Self, FlowBody)> {
        let (stored, body) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*stored) != place.sum(bytes) {
            return None;
        }
        let mut fields = FieldReader(body);
        let [kind, transport, role, _spare] = fields.take()?;
        let endpoint = EndpointId(fields.u32()?);
        let number = fields.u64()?;
        let connection = match role {
            1 => FlowId::server(number),
            _ => FlowId::client(number),
        };
        fields.take::<4>()?;
        let local = decode_address(&fields.take::<ADDRESS_BYTES>()?);
        let peer = decode_address(&fields.take::<ADDRESS_BYTES>()?);
        let unknown_fields = u8::from(local.is_none()) + u8::from(peer.is_none());
        // A connection is one even if its peer's address is of a family that is not known.
        let link = || Link {
            connection,
            local: local.flatten(),
            peer: peer.flatten().unwrap_or_else(|| unknown_address(transport)),
        };
        let flow = Self {
            endpoint,
            link: (kind == CONNECTION_ROW).then(|| Arc::new(link())),
        };
        let body = FlowBody {
            position: fields.u32()?,
            len: fields.u32()?,
            sum: fields.u32()?,
            unknown_fields,
        };
        Some((flow, body))
    }
}

/// Stands for a peer's address that is not known: the unspecified one.
fn unknown_address(transport: u8) -> Address {
    let unspecified = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 0);
    match transport {
        UNIX_STREAM => UnixName::Unnamed.into(),
        UDP => Address::udp(unspecified),
        _ => Address::Tcp(unspecified),
    }
}

/// Changes one bit of a row.
fn flip(row: &mut [u8; FLOW_BYTES], bit: usize) {
    if let Some(byte) = row.get_mut(bit / 8) {
        *byte ^= 1 << (bit % 8);
    }
}
