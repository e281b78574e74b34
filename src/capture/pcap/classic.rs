//! The pcap format: a header, then packets, each with a header of its own.
//!
//! <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html>

use std::io::Read;

use super::error::ImportError;
use super::input::{ByteOrder, Input};
use super::packets::{Item, MAX_PACKET_BYTES, Packet, time};

const MAGIC_MICROSECONDS: u32 = 0xA1B2_C3D4;
const MAGIC_NANOSECONDS: u32 = 0xA1B2_3C4D;

/// A file in the pcap format.
#[derive(Debug)]
pub(super) struct Classic<R> {
    input: Input<R>,
    order: ByteOrder,
    nanos_per_tick: i128,
    link_type: u16,
    packet: Vec<u8>,
}

impl<R: Read> Classic<R> {
    /// Reads the header, of which the first four bytes are taken already.
    pub(super) fn open(magic: [u8; 4], mut input: Input<R>) -> Result<Self, ImportError> {
        let (order, nanos_per_tick) = match (u32::from_le_bytes(magic), u32::from_be_bytes(magic)) {
            (MAGIC_MICROSECONDS, _) => (ByteOrder::Little, 1_000),
            (_, MAGIC_MICROSECONDS) => (ByteOrder::Big, 1_000),
            (MAGIC_NANOSECONDS, _) => (ByteOrder::Little, 1),
            (_, MAGIC_NANOSECONDS) => (ByteOrder::Big, 1),
            _ => return Err(ImportError::Format),
        };
        // Version, time zone, accuracy and snapshot length say nothing that is needed.
        input.skip(16)?;
        // The upper half tells of frame check sequences, which the length in the IP header leaves out anyway.
        let link_type = order.u32(input.array()?) as u16;
        Ok(Self {
            input,
            order,
            nanos_per_tick,
            link_type,
            packet: Vec::new(),
        })
    }

    pub(super) fn next(&mut self) -> Result<Item<'_>, ImportError> {
        let position = self.input.position();
        let Some(seconds) = self.input.next()? else {
            return Ok(Item::End);
        };
        let seconds = self.order.u32(seconds);
        let ticks = self.order.u32(self.input.array()?);
        let captured_bytes = u64::from(self.order.u32(self.input.array()?));
        let whole_bytes = u64::from(self.order.u32(self.input.array()?));
        if captured_bytes > MAX_PACKET_BYTES {
            return Err(ImportError::Length {
                position,
                bytes: captured_bytes,
            });
        }
        self.input.read(captured_bytes, &mut self.packet)?;
        let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(ticks) * self.nanos_per_tick;
        Ok(Item::Packet(Packet {
            time: time(nanos),
            link_type: self.link_type,
            whole_bytes: whole_bytes.max(captured_bytes),
            bytes: &self.packet,
        }))
    }

    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }
}
