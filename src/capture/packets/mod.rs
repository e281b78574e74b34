//! The packets of the lab, beside the record: written to a file in the capture's folder, and read from there.
//!
//! ```text
//! lab-packets ──▶ PacketFile ──▶ packets.pcapng ──▶ PacketLog ──▶ packets of one connection, typed
//!                                              └──▶ RawPackets ──▶ export
//! ```
//!
//! The file is a pcapng as any tool reads it, moves with the capture's folder, and is deleted with it. It is no part of the
//! record: it has no entries, and no entry refers to it; the manifest keeps its length and checksum. It ends at a bound of its own, and keeps the oldest packets.

mod file;
mod log;
mod packet;
mod raw;
#[cfg(test)]
mod tests;

pub use file::{MAX_FILE_BYTES, PacketFile, PacketsKept};
pub use log::{MAX_PACKETS, PacketLog, PacketQuery, PacketRun};
pub(crate) use packet::canonical;
pub use packet::{Packet, PacketEnds, TcpFlags};
pub(crate) use raw::{RawPacket, RawPackets};

pub use super::store::PACKET_FILE;
