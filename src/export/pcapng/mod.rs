//! Entries as packets: pcapng, each connection once.

mod blocks;
mod conversation;
mod datagram;
mod datagrams;
mod frame;
mod packets;
mod real;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod udp_tests;

pub(super) use packets::PcapngWriter;
pub(super) use real::{Connections, RealPackets};
