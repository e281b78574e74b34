//! An interface in a capture file: its link type, and the resolution of its time stamps.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::input::InputFields;

const IF_TSRESOL: u16 = 9;
const IF_TSOFFSET: u16 = 14;

const NANOS_PER_SECOND: u128 = 1_000_000_000;
/// Times from the year 10000 on are treated as damage; in seconds since 1970.
const TIME_LIMIT_SECONDS: u64 = 253_402_300_800;

/// The contents of an Interface Description Block. A pcap file has one interface.
#[derive(Clone, Copy, Debug)]
pub(super) struct PcapInterface {
    /// The link type, from <https://www.tcpdump.org/linktypes.html>.
    pub(super) link_type: u16,
    /// The most bytes captured of each packet; zero is no limit.
    pub(super) snapshot_bytes: u32,
    pub(super) ticks_per_second: u128,
    pub(super) offset_seconds: i64,
}

impl PcapInterface {
    pub(super) fn read(mut fields: InputFields<'_>) -> Option<Self> {
        let link_type = fields.u16()?;
        let _reserved = fields.u16()?;
        let mut interface = Self {
            link_type,
            snapshot_bytes: fields.u32()?,
            ticks_per_second: 1_000_000,
            offset_seconds: 0,
        };
        while let Some((code, mut value)) = fields.option() {
            match (code, value.rest()) {
                (IF_TSRESOL, &[resolution]) => {
                    interface.ticks_per_second = ticks_per_second(resolution);
                }
                (IF_TSOFFSET, &[_, _, _, _, _, _, _, _]) => {
                    interface.offset_seconds = value.number(8)?.cast_signed();
                }
                _ => {}
            }
        }
        Some(interface)
    }

    /// Converts a packet's time stamp. Returns `None` if no packet can have been captured then.
    pub(super) fn time(&self, ticks: u64) -> Option<SystemTime> {
        let nanos = u128::from(ticks) * NANOS_PER_SECOND / self.ticks_per_second;
        let offset = i128::from(self.offset_seconds) * NANOS_PER_SECOND.cast_signed();
        let nanos = u128::try_from(nanos.cast_signed() + offset).ok()?;
        let seconds = u64::try_from(nanos / NANOS_PER_SECOND).ok()?;
        let moment = Duration::new(seconds, (nanos % NANOS_PER_SECOND) as u32);
        (seconds < TIME_LIMIT_SECONDS).then(|| UNIX_EPOCH + moment)
    }
}

/// Reads `if_tsresol`: a power of ten, or of two if the highest bit is set. A resolution that is too fine to represent
/// makes every time zero.
fn ticks_per_second(resolution: u8) -> u128 {
    let exponent = u32::from(resolution & 0x7F);
    if resolution & 0x80 == 0 {
        10_u128.checked_pow(exponent).unwrap_or(u128::MAX)
    } else {
        1 << exponent
    }
}
