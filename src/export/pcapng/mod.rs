//! Entries as packets: pcapng, each connection once.

mod blocks;
mod conversation;
mod frame;
mod packets;
#[cfg(test)]
mod tests;

pub(super) use packets::PcapngWriter;
