//! Entries as packets: pcapng, each connection once.

mod blocks;
mod conversation;
mod frame;
mod packets;
mod real;
#[cfg(test)]
mod tests;

pub(super) use packets::PcapngWriter;
pub(super) use real::{Connections, RealPackets};
