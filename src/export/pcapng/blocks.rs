//! Writes the blocks of a pcapng file: one section, an interface for each endpoint, packets.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use pcap_file::pcapng::PcapNgWriter;
use pcap_file::pcapng::blocks::enhanced_packet::{EnhancedPacketBlock, EnhancedPacketOption};
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use pcap_file::pcapng::blocks::section_header::{SectionHeaderBlock, SectionHeaderOption};
use pcap_file::{DataLink, Endianness, PcapError};

use super::frame::{MAX_PACKET_BYTES, OnWire};
use crate::capture::packets::RawPacket;
use crate::export::names::unnamed;
use crate::net::EndpointId;

/// The longest name or comment written, in bytes; the format allows 65,535.
const MAX_TEXT_BYTES: usize = 4_096;
/// `if_tsresol`: timestamps are in units of 10⁻⁹ s.
const NANOSECONDS: u8 = 9;

/// Writes blocks.
pub(super) struct BlockWriter<W: Write> {
    writer: PcapNgWriter<W>,
    names: HashMap<EndpointId, String>,
    /// The comment on packets that are reconstructed.
    comment: String,
    interfaces: HashMap<EndpointId, u32>,
    /// The interface of real packets.
    real_interface: Option<u32>,
    /// How many interfaces there are.
    interface_count: u32,
    frame: Vec<u8>,
}

impl<W: Write> BlockWriter<W> {
    /// Begins a file with a comment on it, and one on all packets of endpoints; `names` are the endpoints' names.
    pub(super) fn begin(
        output: W,
        names: HashMap<EndpointId, String>,
        about_file: String,
        comment: String,
    ) -> io::Result<Self> {
        let section = SectionHeaderBlock {
            endianness: Endianness::Little,
            options: vec![
                SectionHeaderOption::Comment(about_file.into()),
                SectionHeaderOption::UserApplication(
                    concat!("Bothends ", env!("CARGO_PKG_VERSION")).into(),
                ),
            ],
            ..SectionHeaderBlock::default()
        };
        Ok(Self {
            writer: PcapNgWriter::with_section_header(output, section).map_err(into_io)?,
            names,
            comment,
            interfaces: HashMap::new(),
            real_interface: None,
            interface_count: 0,
            frame: Vec::new(),
        })
    }

    /// Writes one packet of an endpoint.
    pub(super) fn packet(
        &mut self,
        endpoint: EndpointId,
        time: SystemTime,
        packet: &dyn OnWire,
        comment: Option<String>,
    ) -> io::Result<()> {
        let interface_id = self.interface(endpoint)?;
        self.frame.clear();
        let original_len = packet.write(&mut self.frame);
        let comment = comment.map(|text| EnhancedPacketOption::Comment(bounded(text).into()));
        let block = EnhancedPacketBlock {
            interface_id,
            // The format has no times before 1970.
            timestamp: time.duration_since(UNIX_EPOCH).unwrap_or_default(),
            original_len,
            data: Cow::Borrowed(&self.frame),
            options: comment.into_iter().collect(),
        };
        self.writer.write_pcapng_block(block).map_err(into_io)?;
        Ok(())
    }

    /// Writes one packet as it was; `about` describes its interface.
    pub(super) fn real_packet(&mut self, packet: &RawPacket, about: &str) -> io::Result<()> {
        let interface_id = match self.real_interface {
            Some(interface) => interface,
            None => self.describe(DataLink::from(u32::from(packet.link_type)), 0, "lo", about)?,
        };
        self.real_interface = Some(interface_id);
        let block = EnhancedPacketBlock {
            interface_id,
            timestamp: packet.time.duration_since(UNIX_EPOCH).unwrap_or_default(),
            original_len: packet.whole_bytes,
            data: Cow::Borrowed(&packet.bytes),
            options: Vec::new(),
        };
        self.writer.write_pcapng_block(block).map_err(into_io)?;
        Ok(())
    }

    /// Flushes the output.
    pub(super) fn finish(self) -> io::Result<()> {
        self.writer.into_inner().flush()
    }

    /// Returns the number of an endpoint's interface; writes its description before the first packet.
    fn interface(&mut self, endpoint: EndpointId) -> io::Result<u32> {
        if let Some(&interface) = self.interfaces.get(&endpoint) {
            return Ok(interface);
        }
        let name = self.names.get(&endpoint).cloned();
        let name = name.unwrap_or_else(|| unnamed(endpoint));
        let comment = self.comment.clone();
        let interface = self.describe(DataLink::RAW, MAX_PACKET_BYTES, &name, &comment)?;
        self.interfaces.insert(endpoint, interface);
        Ok(interface)
    }

    fn describe(
        &mut self,
        linktype: DataLink,
        snaplen: u32,
        name: &str,
        about: &str,
    ) -> io::Result<u32> {
        let block = InterfaceDescriptionBlock {
            linktype,
            snaplen,
            options: vec![
                InterfaceDescriptionOption::IfName(bounded(name.to_owned()).into()),
                InterfaceDescriptionOption::IfDescription(about.to_owned().into()),
                InterfaceDescriptionOption::IfTsResol(NANOSECONDS),
            ],
        };
        self.writer.write_pcapng_block(block).map_err(into_io)?;
        self.interface_count += 1;
        Ok(self.interface_count - 1)
    }
}

fn bounded(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
    text
}

fn into_io(error: PcapError) -> io::Error {
    match error {
        PcapError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
