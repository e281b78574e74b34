//! Timestamps in export formats.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Formats a time by RFC 3339 in UTC, with microseconds.
pub(super) fn utc(time: SystemTime) -> String {
    format!("{:.6}", timestamp(time))
}

/// Formats a time by RFC 3339 in a time zone, with microseconds.
pub(super) fn local(time: SystemTime, zone: &TimeZone) -> String {
    let time = timestamp(time).to_zoned(zone.clone());
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z").to_string()
}

/// A wall clock outside the years -9999 to 9999 cannot be represented.
fn timestamp(time: SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH)
}
