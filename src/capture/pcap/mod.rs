//! Imports capture files of other tools: pcap and pcapng.
//!
//! Pure: knows readers and writers, but neither threads nor the store.

mod connection;
mod datagram;
mod emitter;
mod error;
mod flows;
#[cfg(test)]
mod format_tests;
mod fragments;
mod import;
#[cfg(test)]
mod import_tests;
mod input;
mod interface;
mod link;
#[cfg(test)]
mod order_tests;
mod packets;
mod segment;
mod stream;
#[cfg(test)]
pub(crate) mod synthetic;
mod table;
#[cfg(test)]
mod udp_tests;

pub use emitter::IMPORTED;
pub use error::ImportError;
pub use import::{ImportSummary, PcapImport};
pub(crate) use link::ip_packet;
pub(crate) use packets::{FileItem, Packets};
pub(crate) use segment::{IpContent, TcpSegment, read as read_ip};
pub(crate) use stream::MAX_WINDOW;
