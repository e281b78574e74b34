//! The packets of a captured file, whichever of the two formats it has.

use std::io::Read;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::classic::Classic;
use super::error::ImportError;
use super::input::Input;
use super::ng::{self, Ng};

/// The longest packet or block that is read, in bytes; a longer one is taken for damage.
pub(super) const MAX_PACKET_BYTES: u64 = 16 * 1024 * 1024;
/// Times from the year 10000 on are taken for damage, in seconds since 1970.
const TIME_LIMIT_SECONDS: u64 = 253_402_300_800;

/// A packet as the file holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packet<'a> {
    /// When it was captured, where the file says so.
    pub(super) time: Option<SystemTime>,
    /// What its bytes begin with: a number of <https://www.tcpdump.org/linktypes.html>.
    pub(super) link_type: u16,
    /// How long it was on the wire.
    pub(super) whole_bytes: u64,
    /// What was captured of it.
    pub(super) bytes: &'a [u8],
}

/// What came next in a file.
#[derive(Debug)]
pub(super) enum Item<'a> {
    Packet(Packet<'a>),
    /// A block that holds no packet.
    Other,
    End,
}

/// A captured file.
///
/// The crate `pcap-file` does not read these here: it refuses packets that were longer than the snapshot length, which
/// every capture with a snapshot length has, and does not say where in the file an error is.
#[derive(Debug)]
pub(super) enum Packets<R> {
    Classic(Classic<R>),
    Ng(Ng<R>),
}

impl<R: Read> Packets<R> {
    pub(super) fn open(reader: R) -> Result<Self, ImportError> {
        let mut input = Input::new(reader);
        let magic = match input.next::<4>() {
            Ok(magic) => magic.ok_or(ImportError::Format)?,
            Err(ImportError::CutOff { .. }) => return Err(ImportError::Format),
            Err(error) => return Err(error),
        };
        if u32::from_be_bytes(magic) == ng::SECTION_HEADER {
            return Ok(Self::Ng(Ng::open(input)?));
        }
        Ok(Self::Classic(Classic::open(magic, input)?))
    }

    pub(super) fn next(&mut self) -> Result<Item<'_>, ImportError> {
        match self {
            Self::Classic(file) => file.next(),
            Self::Ng(file) => file.next(),
        }
    }

    /// Returns how many bytes of the file were taken so far.
    pub(super) fn position(&self) -> u64 {
        match self {
            Self::Classic(file) => file.position(),
            Self::Ng(file) => file.position(),
        }
    }
}

/// Returns the moment so many nanoseconds after 1970; none when no packet can have been captured then.
pub(super) fn time(nanos: i128) -> Option<SystemTime> {
    let nanos = u128::try_from(nanos).ok()?;
    let seconds = u64::try_from(nanos / 1_000_000_000).ok()?;
    if seconds >= TIME_LIMIT_SECONDS {
        return None;
    }
    UNIX_EPOCH.checked_add(Duration::new(seconds, (nanos % 1_000_000_000) as u32))
}
