//! A packet of the lab, and who takes them.

use std::fmt::Debug;
use std::time::SystemTime;

/// The longest packet that is kept whole, in bytes; of a longer one, its beginning. With the lab's MTU there is none.
#[cfg(target_os = "linux")]
pub(super) const MAX_PACKET_BYTES: usize = 65_536 + 14;
/// A packet of the lab, with its link header as on Ethernet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabPacket {
    /// When it arrived, by the kernel.
    pub time: SystemTime,
    /// Its length on the wire, in bytes.
    pub whole_bytes: u32,
    /// Its bytes, at most 65,550.
    pub bytes: Vec<u8>,
}

/// Takes the lab's packets, on a thread of its own. While it takes its time, the kernel may drop some.
pub trait PacketSink: Debug + Send + Sync {
    /// Takes packets, in the order of their arrival, at least one.
    fn take(&self, packets: &[LabPacket]);

    /// Learns that the kernel dropped packets because they were not read in time.
    fn dropped(&self, packets: u64);
}
