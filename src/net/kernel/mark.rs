//! Marks of the steps that bytes take: handed to the kernel, left, acknowledged by the peer's kernel, arrived.

use std::time::SystemTime;

use crate::net::clock::Stamp;

/// Which steps are marked. More marks cost more: each is a message that the kernel makes and we fetch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marks {
    /// None.
    #[default]
    None,
    /// When bytes are acknowledged. A round trip takes up to a fifth longer.
    Acknowledged,
    /// All steps. A round trip takes up to twice as long.
    All,
}

/// All bytes of a stream before `end` have taken a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which step.
    pub kind: MarkKind,
    /// The offset after the last of the bytes, in the sent stream, or in the received one for [`MarkKind::Arrived`].
    pub end: u64,
    /// The kernel's time, by our clock.
    pub at: Stamp,
}

/// A step that bytes take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum MarkKind {
    /// They entered the queue of the network interface (`SCM_TSTAMP_SCHED`).
    Scheduled = 1,
    /// They left: the network interface took them (`SCM_TSTAMP_SND`).
    Left = 2,
    /// The peer's kernel acknowledged them (`SCM_TSTAMP_ACK`). It says nothing of the program there.
    Acknowledged = 3,
    /// They arrived at our kernel (`SOF_TIMESTAMPING_RX_SOFTWARE`); we read them later.
    Arrived = 4,
}

impl MarkKind {
    /// Returns the kind with this number in captures.
    pub const fn of_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Scheduled,
            2 => Self::Left,
            3 => Self::Acknowledged,
            4 => Self::Arrived,
            _ => return None,
        })
    }
}

/// A stamp as the kernel gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "only Linux gives it")
)]
pub(in crate::net) struct Stamped {
    pub(in crate::net) kind: MarkKind,
    /// The last byte that it speaks of, counted from where stamps began, in 32 bits.
    pub(in crate::net) last: u32,
    /// When, by the wall clock.
    pub(in crate::net) at: SystemTime,
}

/// From where the kernel counts bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::net) enum CountsFrom {
    /// From the next byte that is written.
    NextByte,
    /// From the first byte that is not acknowledged: before Linux 6.2.
    Unacknowledged,
}

/// What lies in front in the error queue of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "only Linux gives it")
)]
pub(in crate::net) enum Queued {
    Nothing,
    /// A message, and the stamp if it is one.
    Message(Option<Stamped>),
}
