//! Captured files of other tools: pcap and pcapng in, pcapng out.
//!
//! Pure: it knows readers and writers, and neither threads nor the store.

mod classic;
mod connection;
mod error;
mod fields;
mod import;
mod input;
mod interface;
mod link;
mod ng;
mod packets;
mod segment;
mod stream;
mod table;

pub(crate) use error::ImportError;
pub(crate) use import::{IMPORTED, Import, Summary};
