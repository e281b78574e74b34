//! The pcapng format: sections of blocks, which describe interfaces or hold packets.
//!
//! <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html>

use std::io::Read;

use super::error::ImportError;
use super::fields::Fields;
use super::input::{ByteOrder, Input};
use super::interface::Interface;
use super::packets::{Item, MAX_PACKET_BYTES, Packet};

/// The type of a block that begins a section; it reads the same in both byte orders.
pub(super) const SECTION_HEADER: u32 = 0x0A0D_0D0A;
const INTERFACE_DESCRIPTION: u32 = 1;
const OBSOLETE_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;

const BYTE_ORDER_MAGIC: u32 = 0x1A2B_3C4D;
/// What a block has around its body: its type, and its length twice.
const FRAME_BYTES: u32 = 12;
/// The most interfaces that a section may describe.
const MAX_INTERFACES: usize = 65_536;

/// A file in the pcapng format.
#[derive(Debug)]
pub(super) struct Ng<R> {
    input: Input<R>,
    order: ByteOrder,
    interfaces: Vec<Interface>,
    body: Vec<u8>,
}

impl<R: Read> Ng<R> {
    /// Reads the first section's header, of which the type is taken already.
    pub(super) fn open(input: Input<R>) -> Result<Self, ImportError> {
        let mut file = Self {
            input,
            order: ByteOrder::Little,
            interfaces: Vec::new(),
            body: Vec::new(),
        };
        file.begin_section(0)?;
        Ok(file)
    }

    pub(super) fn next(&mut self) -> Result<Item<'_>, ImportError> {
        let position = self.input.position();
        let Some(block_type) = self.input.next()? else {
            return Ok(Item::End);
        };
        let block_type = self.order.u32(block_type);
        if block_type == SECTION_HEADER {
            self.begin_section(position)?;
            return Ok(Item::Other);
        }
        let length = self.order.u32(self.input.array()?);
        let body_bytes = body_bytes(length, position)?;
        match block_type {
            INTERFACE_DESCRIPTION | OBSOLETE_PACKET | SIMPLE_PACKET | ENHANCED_PACKET => {
                if body_bytes > MAX_PACKET_BYTES {
                    return Err(damaged_length(length, position));
                }
                self.input.read(body_bytes, &mut self.body)?;
            }
            _ => self.input.skip(body_bytes)?,
        }
        self.end_block(length, position)?;
        match block_type {
            INTERFACE_DESCRIPTION => self.describe(position),
            OBSOLETE_PACKET | SIMPLE_PACKET | ENHANCED_PACKET => self.packet(block_type, position),
            _ => Ok(Item::Other),
        }
    }

    pub(super) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Reads a section's header behind its type: from here on its byte order holds, and the interfaces are others.
    fn begin_section(&mut self, position: u64) -> Result<(), ImportError> {
        let length: [u8; 4] = self.input.array()?;
        let magic: [u8; 4] = self.input.array()?;
        self.order = if u32::from_le_bytes(magic) == BYTE_ORDER_MAGIC {
            ByteOrder::Little
        } else if u32::from_be_bytes(magic) == BYTE_ORDER_MAGIC {
            ByteOrder::Big
        } else {
            return Err(ImportError::Block {
                position,
                block_type: SECTION_HEADER,
            });
        };
        let length = self.order.u32(length);
        let left = body_bytes(length, position)?
            .checked_sub(magic.len() as u64)
            .ok_or_else(|| damaged_length(length, position))?;
        self.input.skip(left)?;
        self.end_block(length, position)?;
        self.interfaces.clear();
        Ok(())
    }

    fn end_block(&mut self, length: u32, position: u64) -> Result<(), ImportError> {
        let again = self.order.u32(self.input.array()?);
        if again == length {
            Ok(())
        } else {
            Err(damaged_length(again, position))
        }
    }

    fn describe(&mut self, position: u64) -> Result<Item<'_>, ImportError> {
        if self.interfaces.len() == MAX_INTERFACES {
            return Err(ImportError::TooManyInterfaces {
                position,
                limit: MAX_INTERFACES,
            });
        }
        let fields = Fields::new(&self.body, self.order);
        let interface = Interface::read(fields).ok_or(ImportError::Block {
            position,
            block_type: INTERFACE_DESCRIPTION,
        })?;
        self.interfaces.push(interface);
        Ok(Item::Other)
    }

    fn packet(&self, block_type: u32, position: u64) -> Result<Item<'_>, ImportError> {
        let raw = RawPacket::read(block_type, Fields::new(&self.body, self.order)).ok_or(
            ImportError::Block {
                position,
                block_type,
            },
        )?;
        let interface =
            self.interfaces
                .get(raw.interface as usize)
                .ok_or(ImportError::Interface {
                    position,
                    interface: raw.interface,
                })?;
        let bytes = match raw.captured_bytes {
            Some(_) => raw.bytes,
            None => interface.without_padding(raw.bytes, raw.whole_bytes),
        };
        Ok(Item::Packet(Packet {
            time: raw.ticks.and_then(|ticks| interface.time(ticks)),
            link_type: interface.link_type(),
            whole_bytes: u64::from(raw.whole_bytes).max(bytes.len() as u64),
            bytes,
        }))
    }
}

/// The fields that the three kinds of packet blocks have.
struct RawPacket<'a> {
    interface: u32,
    ticks: Option<u64>,
    /// None in a simple packet, which has only padding to tell.
    captured_bytes: Option<u32>,
    whole_bytes: u32,
    bytes: &'a [u8],
}

impl<'a> RawPacket<'a> {
    fn read(block_type: u32, mut fields: Fields<'a>) -> Option<Self> {
        if block_type == SIMPLE_PACKET {
            return Some(Self {
                interface: 0,
                ticks: None,
                captured_bytes: None,
                whole_bytes: fields.u32()?,
                bytes: fields.bytes(fields.len())?,
            });
        }
        let interface = if block_type == OBSOLETE_PACKET {
            let interface = fields.u16()?;
            let _drops = fields.u16()?;
            u32::from(interface)
        } else {
            fields.u32()?
        };
        let ticks = u64::from(fields.u32()?) << 32 | u64::from(fields.u32()?);
        let captured_bytes = fields.u32()?;
        Some(Self {
            interface,
            ticks: Some(ticks),
            captured_bytes: Some(captured_bytes),
            whole_bytes: fields.u32()?,
            bytes: fields.bytes(captured_bytes as usize)?,
        })
    }
}

fn body_bytes(length: u32, position: u64) -> Result<u64, ImportError> {
    match length.checked_sub(FRAME_BYTES) {
        Some(body) if length.is_multiple_of(4) => Ok(u64::from(body)),
        _ => Err(damaged_length(length, position)),
    }
}

fn damaged_length(length: u32, position: u64) -> ImportError {
    ImportError::Length {
        position,
        bytes: u64::from(length),
    }
}
