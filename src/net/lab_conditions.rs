//! How packets travel in the lab: at once, or late and not all of them.

use std::time::Duration;

/// The most delay, and the most jitter.
pub const MAX_LAB_DELAY: Duration = Duration::from_secs(10);
/// All packets, in millionths.
pub const ALL_PACKETS_PPM: u32 = 1_000_000;

/// What happens to each packet of the lab on its way, in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// How much later it arrives, at most [`MAX_LAB_DELAY`]. A round trip takes twice that.
    pub delay: Duration,
    /// By how much that varies, up and down; packets may overtake each other.
    pub jitter: Duration,
    /// How many of a million packets are lost, at random.
    pub loss_ppm: u32,
}

impl Conditions {
    /// Returns whether packets arrive at once, and all of them.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Returns them as numbers, for the helper.
    #[cfg(target_os = "linux")]
    pub(in crate::net) fn to_numbers(self) -> [u32; 5] {
        let micros = |time: Duration| time.min(MAX_LAB_DELAY).as_micros() as u32;
        let loss = self.loss_ppm.min(ALL_PACKETS_PPM);
        [micros(self.delay), micros(self.jitter), loss, 0, 0]
    }

    /// Returns what [`to_numbers`](Self::to_numbers) made numbers, within the bounds.
    #[cfg(target_os = "linux")]
    pub(in crate::net) fn of_numbers([delay, jitter, loss, ..]: [u32; 5]) -> Self {
        let time = |micros: u32| Duration::from_micros(micros.into()).min(MAX_LAB_DELAY);
        Self {
            delay: time(delay),
            jitter: time(jitter),
            loss_ppm: loss.min(ALL_PACKETS_PPM),
        }
    }
}
