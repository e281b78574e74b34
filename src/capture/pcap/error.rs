//! What can be wrong with a captured file, and where.

use std::io;

/// Why a captured file cannot be read further; the position is in bytes from its beginning.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum ImportError {
    /// The system could not read it.
    Read {
        /// Where.
        position: u64,
        /// The system's error.
        source: io::Error,
    },
    /// It does not begin as a pcap or pcapng file does.
    Format,
    /// It ends inside a packet or a block: whoever wrote it was interrupted.
    CutOff {
        /// Where it ends.
        position: u64,
    },
    /// A packet or a block says that it is longer or shorter than one can be.
    Length {
        /// Where the block or the packet begins.
        position: u64,
        /// The length that stands there.
        bytes: u64,
    },
    /// A block of a pcapng file does not hold what its type says.
    Block {
        /// Where the block begins.
        position: u64,
        /// Its type.
        block_type: u32,
    },
    /// A packet belongs to an interface that was not described.
    Interface {
        /// Where the packet's block begins.
        position: u64,
        /// The number that stands there.
        interface: u32,
    },
    /// A section describes more interfaces than are looked after.
    TooManyInterfaces {
        /// Where the first one too many is described.
        position: u64,
        /// How many there may be.
        limit: usize,
    },
}
