//! Entries as packets: pcapng, each connection once.

mod blocks;
mod both_ends;
mod conversation;
mod frame;
mod packets;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{self, Write};

use super::summary::Unfaithful;
use super::writer::EntryWriter;
use crate::capture::{Entry, Say};
use crate::net::EndpointId;
pub(crate) use both_ends::BothEnds;
use packets::PcapngWriter;

/// Writes the packets of entries. If both ends of a connection are in the export, only the client's is written: both
/// would look as if every segment were sent twice.
pub(super) struct PacketWriter<W: Write> {
    packets: PcapngWriter<W>,
    both_ends: BothEnds,
}

impl<W: Write> PacketWriter<W> {
    /// Starts the file; `both_ends` must have seen all connections of the export.
    pub(super) fn new(
        output: W,
        names: HashMap<EndpointId, String>,
        both_ends: BothEnds,
        say: &'static dyn Say,
    ) -> io::Result<Self> {
        Ok(Self {
            packets: PcapngWriter::new(output, names, say)?,
            both_ends,
        })
    }
}

impl<W: Write> EntryWriter for PacketWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<()> {
        let link = entry.event.link.as_deref();
        if link.is_some_and(|link| self.both_ends.writes(link.connection)) {
            self.packets.entry(entry)?;
        }
        Ok(())
    }

    fn finish(self) -> io::Result<()> {
        self.packets.finish().map(drop)
    }
}
