//! An interface of a pcapng section: what its packets begin with, and how their times are counted.

use std::time::SystemTime;

use super::fields::Fields;
use super::packets::time;

const IF_TSRESOL: u16 = 9;
const IF_TSOFFSET: u16 = 14;

const NANOS_PER_SECOND: u128 = 1_000_000_000;

/// What an Interface Description Block says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interface {
    link_type: u16,
    /// The most bytes that were captured of a packet; zero is no limit.
    snapshot_bytes: u32,
    ticks_per_second: u128,
    offset_seconds: i64,
}

impl Interface {
    pub(super) fn read(mut fields: Fields<'_>) -> Option<Self> {
        let link_type = fields.u16()?;
        let _reserved = fields.u16()?;
        let mut interface = Self {
            link_type,
            snapshot_bytes: fields.u32()?,
            ticks_per_second: 1_000_000,
            offset_seconds: 0,
        };
        let order = fields.order();
        while let Some((code, value)) = fields.option() {
            match (code, value) {
                (IF_TSRESOL, &[resolution]) => {
                    interface.ticks_per_second = ticks_per_second(resolution);
                }
                (IF_TSOFFSET, value) => {
                    if let Ok(bytes) = value.try_into() {
                        interface.offset_seconds = order.u64(bytes).cast_signed();
                    }
                }
                _ => {}
            }
        }
        Some(interface)
    }

    pub(super) fn link_type(&self) -> u16 {
        self.link_type
    }

    /// Returns the moment that a packet's time stamp means.
    pub(super) fn time(&self, ticks: u64) -> Option<SystemTime> {
        let nanos = u128::from(ticks) * NANOS_PER_SECOND / self.ticks_per_second;
        let offset = i128::from(self.offset_seconds) * NANOS_PER_SECOND.cast_signed();
        time(nanos.cast_signed() + offset)
    }

    /// Returns what was captured of a simple packet: its block does not say it.
    pub(super) fn without_padding<'a>(&self, padded: &'a [u8], whole_bytes: u32) -> &'a [u8] {
        let captured = match self.snapshot_bytes {
            0 => whole_bytes,
            limit => whole_bytes.min(limit),
        };
        padded.get(..captured as usize).unwrap_or(padded)
    }
}

/// Reads `if_tsresol`: a power of ten, or of two with the highest bit set. One that is too fine for any clock counts
/// nothing.
fn ticks_per_second(resolution: u8) -> u128 {
    let exponent = u32::from(resolution & 0x7F);
    if resolution & 0x80 == 0 {
        10_u128.checked_pow(exponent).unwrap_or(u128::MAX)
    } else {
        1 << exponent
    }
}
