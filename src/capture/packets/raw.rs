//! Reads the file of a capture's packets, packet by packet, as they are.

use std::fs::File;
use std::io::Take;
use std::net::SocketAddr;
use std::time::SystemTime;

use super::file::MAX_FILE_BYTES;
use super::packet::Packet;
use crate::capture::pcap::{FileItem, ImportError, IpContent, Packets, ip_packet, read_ip};
use crate::capture::store::{PACKET_FILE, Store, open_file};

/// A packet as the file has it.
#[derive(Debug)]
pub(crate) struct RawPacket {
    pub(crate) time: SystemTime,
    pub(crate) link_type: u16,
    pub(crate) whole_bytes: u32,
    pub(crate) bytes: Vec<u8>,
    /// The TCP segment in it.
    pub(crate) segment: Option<Packet>,
    /// If it holds a UDP datagram, who sent that, and to whom.
    pub(crate) datagram: Option<[SocketAddr; 2]>,
}

/// The packets of a capture, in the order of their arrival.
#[derive(Debug)]
pub(crate) struct RawPackets {
    packets: Option<Packets<Take<File>>>,
    /// Whether it ended in the middle of a packet that was being written.
    is_cut: bool,
    lost: u64,
}

impl RawPackets {
    /// Opens the file of a capture; `None` if it has none.
    ///
    /// # Errors
    /// It is no pcapng, or cannot be read.
    pub(crate) fn open(store: &Store) -> Result<Option<Self>, ImportError> {
        // A capture without the file is the rule; one whose file cannot be opened has no packets either.
        let Ok(file) = open_file(&store.dir().join(PACKET_FILE)) else {
            return Ok(None);
        };
        let failed = |source| ImportError::Read {
            position: 0,
            source,
        };
        if file.metadata().map_err(failed)?.len() == 0 {
            return Ok(None);
        }
        // No more than would ever be written.
        let there = std::io::Read::take(file, 2 * MAX_FILE_BYTES);
        Ok(Some(Self {
            packets: Some(Packets::open(there)?),
            is_cut: false,
            lost: 0,
        }))
    }

    /// Returns whether more can be read once the file has grown.
    pub(super) fn can_grow(&self) -> bool {
        self.packets.is_some() && !self.is_cut
    }

    /// Returns how many packets the part that was read lacks, by what it says itself.
    pub(crate) fn lost(&self) -> u64 {
        self.lost
    }

    /// Returns the next packet; `None` at the end, and at one that is not whole yet. There may be more later.
    ///
    /// # Errors
    /// The file is damaged or cannot be read; nothing behind it is.
    pub(crate) fn next(&mut self) -> Result<Option<RawPacket>, ImportError> {
        let Some(packets) = &mut self.packets else {
            return Ok(None);
        };
        let error = loop {
            match packets.next() {
                Ok(FileItem::Packet(packet)) => {
                    let Some(time) = packet.time else {
                        continue;
                    };
                    let ip = ip_packet(packet.link_type, packet.bytes);
                    let (mut segment, mut datagram) = (None, None);
                    match ip.map(|ip| (ip, read_ip(ip, packet.whole_bytes))) {
                        Some((ip, IpContent::Segment(found))) => {
                            segment = Some(Packet::new(time, &found, ip));
                        }
                        Some((_, IpContent::Datagram(found))) => {
                            datagram = Some([found.source, found.destination]);
                        }
                        _ => {}
                    }
                    return Ok(Some(RawPacket {
                        time,
                        link_type: packet.link_type,
                        whole_bytes: u32::try_from(packet.whole_bytes).unwrap_or(u32::MAX),
                        bytes: packet.bytes.to_vec(),
                        segment,
                        datagram,
                    }));
                }
                Ok(FileItem::Dropped(packets_lost)) => {
                    self.lost = self.lost.saturating_add(packets_lost);
                }
                Ok(FileItem::Other) => {}
                Ok(FileItem::End) => return Ok(None),
                Err(error) => break error,
            }
        };
        self.packets = None;
        self.is_cut = matches!(error, ImportError::CutOff { .. });
        if self.is_cut { Ok(None) } else { Err(error) }
    }
}
