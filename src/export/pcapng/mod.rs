//! Entries as packets: pcapng, each connection once.

mod blocks;
mod both_ends;
mod conversation;
mod frame;
mod packets;
#[cfg(test)]
mod tests;

pub(super) use both_ends::BothEnds;
pub(super) use packets::PcapngWriter;
