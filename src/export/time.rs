//! How formats write a moment.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Writes a time as RFC 3339 in UTC, with microseconds.
pub(super) fn utc(time: SystemTime) -> String {
    format!("{:.6}", timestamp(time))
}

/// Writes a time as RFC 3339 as the clocks of a zone show it, with microseconds.
pub(super) fn local(time: SystemTime, zone: &TimeZone) -> String {
    let time = timestamp(time).to_zoned(zone.clone());
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z").to_string()
}

/// A wall clock outside of the years -9999 to 9999 has no such form.
fn timestamp(time: SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH)
}
