//! Reads packets from a capture file in either format.
//!
//! A pcap file is a header and then packets, each with its own header. A pcapng file consists of sections of blocks,
//! which describe interfaces or hold packets. <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html>,
//! <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html>
//!
//! No crate does this here. `pcap-file` rejects packets that were longer than the snapshot length, which any capture
//! with a snapshot length has. `pcap-parser` drops the OS error, mistakes a packet that is longer than its block for
//! the end of the file, gives up at a large block of unknown type, and does not know obsolete packet blocks.

use std::io::Read;
use std::time::SystemTime;

use super::error::ImportError;
use super::input::{InputFields, PcapInput};
use super::interface::PcapInterface;

/// The longest packet or block, in bytes. A longer one is treated as damage.
const MAX_PACKET_BYTES: u32 = 16 * 1024 * 1024;
/// The most interfaces that a section may describe.
const MAX_INTERFACES: usize = 65_536;

const MAGIC_MICROSECONDS: u32 = 0xA1B2_C3D4;
const MAGIC_NANOSECONDS: u32 = 0xA1B2_3C4D;

/// The type of the block that starts a section; it reads the same in both byte orders.
const SECTION_HEADER: u32 = 0x0A0D_0D0A;
const INTERFACE_DESCRIPTION: u32 = 1;
const OBSOLETE_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const INTERFACE_STATISTICS: u32 = 5;
const ENHANCED_PACKET: u32 = 6;

const BYTE_ORDER_MAGIC: u32 = 0x1A2B_3C4D;
/// What surrounds the body of a block: its type, and its length twice.
const FRAME_BYTES: u32 = 12;

/// A packet as stored in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FilePacket<'a> {
    /// When it was captured, if the file says so.
    pub(crate) time: Option<SystemTime>,
    /// The link type, from <https://www.tcpdump.org/linktypes.html>.
    pub(crate) link_type: u16,
    /// Its length on the wire.
    pub(crate) whole_bytes: u64,
    /// The captured bytes.
    pub(crate) bytes: &'a [u8],
}

/// The next item in a file.
#[derive(Debug)]
pub(crate) enum FileItem<'a> {
    Packet(FilePacket<'a>),
    /// So many packets are not in the file, it says.
    Dropped(u64),
    /// Another block that is not a packet.
    Other,
    End,
}

/// Reads packets from a capture file.
#[derive(Debug)]
pub(crate) struct Packets<R> {
    input: PcapInput<R>,
    is_ng: bool,
    /// The interfaces of the section. A pcap file has one.
    interfaces: Vec<PcapInterface>,
    /// The body of a block, or a packet.
    body: Vec<u8>,
}

impl<R: Read> Packets<R> {
    /// Reads the file's header.
    pub(crate) fn open(reader: R) -> Result<Self, ImportError> {
        let mut file = Self {
            input: PcapInput::new(reader),
            is_ng: false,
            interfaces: Vec::new(),
            body: Vec::new(),
        };
        let [magic] = match file.input.next() {
            Ok(magic) => magic.ok_or(ImportError::Format)?,
            Err(ImportError::CutOff { .. }) => return Err(ImportError::Format),
            Err(error) => return Err(error),
        };
        file.is_ng = magic == SECTION_HEADER;
        if file.is_ng {
            file.begin_section(0)?;
            return Ok(file);
        }
        let (is_big_endian, ticks_per_second) = match (magic, magic.swap_bytes()) {
            (MAGIC_MICROSECONDS, _) => (false, 1_000_000),
            (_, MAGIC_MICROSECONDS) => (true, 1_000_000),
            (MAGIC_NANOSECONDS, _) => (false, 1_000_000_000),
            (_, MAGIC_NANOSECONDS) => (true, 1_000_000_000),
            _ => return Err(ImportError::Format),
        };
        file.input.is_big_endian = is_big_endian;
        let [_version, _zone, _accuracy, snapshot_bytes, link_type] = file.input.numbers()?;
        file.interfaces.push(PcapInterface {
            // The upper half describes frame check sequences, which the length in the IP header excludes anyway.
            link_type: link_type as u16,
            snapshot_bytes,
            ticks_per_second,
            offset_seconds: 0,
        });
        Ok(file)
    }

    pub(crate) fn next(&mut self) -> Result<FileItem<'_>, ImportError> {
        if self.is_ng {
            self.next_block()
        } else {
            self.next_packet()
        }
    }

    /// Returns how many bytes of the file have been read.
    pub(crate) fn position(&self) -> u64 {
        self.input.position()
    }

    /// Reads a packet of a pcap file.
    fn next_packet(&mut self) -> Result<FileItem<'_>, ImportError> {
        let position = self.input.position();
        let Some([seconds, ticks, captured_bytes, whole_bytes]) = self.input.next()? else {
            return Ok(FileItem::End);
        };
        if captured_bytes > MAX_PACKET_BYTES {
            return Err(damaged_length(captured_bytes, position));
        }
        self.input.read(captured_bytes.into(), &mut self.body)?;
        let Some(interface) = self.interfaces.first() else {
            return Ok(FileItem::End);
        };
        let ticks = u64::from(seconds) * interface.ticks_per_second as u64 + u64::from(ticks);
        Ok(packet(interface, Some(ticks), whole_bytes, &self.body))
    }

    fn next_block(&mut self) -> Result<FileItem<'_>, ImportError> {
        let position = self.input.position();
        let Some([block_type]) = self.input.next()? else {
            return Ok(FileItem::End);
        };
        if block_type == SECTION_HEADER {
            self.begin_section(position)?;
            return Ok(FileItem::Other);
        }
        let [length] = self.input.numbers()?;
        let body_bytes = body_bytes(length, 0, position)?;
        match block_type {
            INTERFACE_DESCRIPTION
            | OBSOLETE_PACKET
            | SIMPLE_PACKET
            | INTERFACE_STATISTICS
            | ENHANCED_PACKET => {
                if body_bytes > MAX_PACKET_BYTES {
                    return Err(damaged_length(length, position));
                }
                self.input.read(body_bytes.into(), &mut self.body)?;
                self.end_block(length, position)?;
                self.read_block(block_type, position)
            }
            _ => {
                self.input.skip(body_bytes.into())?;
                self.end_block(length, position)?;
                Ok(FileItem::Other)
            }
        }
    }

    /// Reads a section's header after its type. It sets the byte order and starts a new list of interfaces.
    fn begin_section(&mut self, position: u64) -> Result<(), ImportError> {
        let [length, magic] = self.input.numbers()?;
        let is_swapped = magic.swap_bytes() == BYTE_ORDER_MAGIC;
        if !is_swapped && magic != BYTE_ORDER_MAGIC {
            return Err(malformed(SECTION_HEADER, position));
        }
        self.input.is_big_endian ^= is_swapped;
        let length = if is_swapped {
            length.swap_bytes()
        } else {
            length
        };
        self.input.skip(body_bytes(length, 4, position)?.into())?;
        self.interfaces.clear();
        self.end_block(length, position)
    }

    fn end_block(&mut self, length: u32, position: u64) -> Result<(), ImportError> {
        match self.input.numbers()? {
            [again] if again == length => Ok(()),
            [again] => Err(damaged_length(again, position)),
        }
    }

    /// Reads the body of a block of a known type.
    fn read_block(&mut self, block_type: u32, position: u64) -> Result<FileItem<'_>, ImportError> {
        let fields = InputFields::new(&self.body, self.input.is_big_endian);
        let wrong = || malformed(block_type, position);
        if block_type == INTERFACE_DESCRIPTION {
            if self.interfaces.len() == MAX_INTERFACES {
                let limit = MAX_INTERFACES;
                return Err(ImportError::TooManyInterfaces { position, limit });
            }
            let interface = PcapInterface::read(fields).ok_or_else(wrong)?;
            self.interfaces.push(interface);
            return Ok(FileItem::Other);
        }
        if block_type == INTERFACE_STATISTICS {
            return Ok(dropped(fields).map_or(FileItem::Other, FileItem::Dropped));
        }
        let raw = RawPacket::read(block_type, fields).ok_or_else(wrong)?;
        let interface = raw.interface;
        let unknown = ImportError::Interface {
            position,
            interface,
        };
        let interface = self.interfaces.get(interface as usize).ok_or(unknown)?;
        let bytes = raw.captured(interface);
        Ok(packet(interface, raw.ticks, raw.whole_bytes, bytes))
    }
}

fn packet<'a>(
    interface: &PcapInterface,
    ticks: Option<u64>,
    whole_bytes: u32,
    bytes: &'a [u8],
) -> FileItem<'a> {
    FileItem::Packet(FilePacket {
        time: ticks.and_then(|ticks| interface.time(ticks)),
        link_type: interface.link_type,
        whole_bytes: u64::from(whole_bytes).max(bytes.len() as u64),
        bytes,
    })
}

/// The fields of the three types of packet blocks.
struct RawPacket<'a> {
    interface: u32,
    /// `None` in a simple packet.
    ticks: Option<u64>,
    whole_bytes: u32,
    bytes: &'a [u8],
}

impl<'a> RawPacket<'a> {
    fn read(block_type: u32, mut fields: InputFields<'a>) -> Option<Self> {
        if block_type == SIMPLE_PACKET {
            return Some(Self {
                interface: 0,
                ticks: None,
                whole_bytes: fields.u32()?,
                bytes: fields.rest(),
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
            whole_bytes: fields.u32()?,
            bytes: fields.bytes(captured_bytes as usize)?,
        })
    }

    /// Returns the captured bytes. The block of a simple packet is padded and does not state their number.
    fn captured(&self, interface: &PcapInterface) -> &'a [u8] {
        if self.ticks.is_some() {
            return self.bytes;
        }
        let captured = match interface.snapshot_bytes {
            0 => self.whole_bytes,
            limit => self.whole_bytes.min(limit),
        };
        self.bytes.get(..captured as usize).unwrap_or(self.bytes)
    }
}

/// Returns how many packets were dropped, if the statistics say so (`isb_ifdrop`).
fn dropped(mut fields: InputFields<'_>) -> Option<u64> {
    const IF_DROP: u16 = 5;
    let _interface_and_time = fields.bytes(12)?;
    loop {
        let (code, mut value) = fields.option()?;
        if code == IF_DROP {
            return value.number(8);
        }
    }
}

/// Returns the length of a block's body, `taken` bytes of which have been read.
fn body_bytes(length: u32, taken: u32, position: u64) -> Result<u32, ImportError> {
    let body = length.checked_sub(FRAME_BYTES + taken);
    body.filter(|_| length.is_multiple_of(4))
        .ok_or_else(|| damaged_length(length, position))
}

fn damaged_length(length: u32, position: u64) -> ImportError {
    ImportError::Length {
        position,
        bytes: length.into(),
    }
}

fn malformed(block_type: u32, position: u64) -> ImportError {
    ImportError::Block {
        position,
        block_type,
    }
}
