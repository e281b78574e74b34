//! What can be wrong in a capture file, and where.

use std::io;

/// Why a capture file cannot be read further. Positions are in bytes from its start.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum ImportError {
    /// A read failed.
    Read {
        /// Where.
        position: u64,
        /// The OS error.
        source: io::Error,
    },
    /// It does not start like a pcap or pcapng file.
    Format,
    /// It ends inside a packet or block: its writer was interrupted.
    CutOff {
        /// Where it ends.
        position: u64,
    },
    /// A packet or block has an impossible length.
    Length {
        /// Where the packet or block starts.
        position: u64,
        /// The stated length.
        bytes: u64,
    },
    /// The content of a pcapng block does not match its type.
    Block {
        /// Where the block starts.
        position: u64,
        /// Its type.
        block_type: u32,
    },
    /// A packet belongs to an interface that has not been described.
    Interface {
        /// Where the packet's block starts.
        position: u64,
        /// The stated interface.
        interface: u32,
    },
    /// A section describes too many interfaces.
    TooManyInterfaces {
        /// Where the first excess one is described.
        position: u64,
        /// How many there may be.
        limit: usize,
    },
}
