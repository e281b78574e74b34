//! Captured files of other tools: pcap and pcapng in, pcapng out.
//!
//! Pure: it knows readers and writers, and neither threads nor the store.

mod blocks;
mod both_ends;
mod classic;
mod connection;
mod conversation;
mod error;
mod export;
#[cfg(test)]
mod export_tests;
mod fields;
#[cfg(test)]
mod format_tests;
mod frame;
mod import;
#[cfg(test)]
mod import_tests;
mod input;
mod interface;
mod link;
mod ng;
#[cfg(test)]
mod order_tests;
mod packets;
mod segment;
mod stream;
#[cfg(test)]
mod synthetic;
mod table;

pub(crate) use both_ends::BothEnds;
pub use error::ImportError;
pub(crate) use export::PcapngWriter;
pub use import::{IMPORTED, Import, Summary};
