//! Times as people read them: the wall clock in this machine's time zone.

use std::time::{Duration, SystemTime};

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::words::Language;

/// Returns `12:01:05`.
pub(in crate::ui) fn seconds(time: SystemTime) -> String {
    local(time).strftime("%H:%M:%S").to_string()
}

/// Returns `12:01:05.871` and the microseconds after it: `502`.
pub(in crate::ui) fn millis_and_micros(time: SystemTime) -> (String, String) {
    split(&local(time))
}

/// Returns `12:01:05.871 502`.
pub(in crate::ui) fn micros(time: SystemTime) -> String {
    let (millis, micros) = millis_and_micros(time);
    format!("{millis} {micros}")
}

/// Returns the day with the time zone: `Sunday, 2026-11-22, UTC+01:00`.
pub(in crate::ui) fn day(language: &Language, time: SystemTime) -> String {
    let time = local(time);
    let offset = time.strftime("%:z").to_string();
    let words = &language.times;
    words.weekday(time.weekday(), &words.day(time.date()), &offset)
}

/// Returns the day and the time to the minute: `2026-11-22 12:01`.
pub(in crate::ui) fn day_and_minute(language: &Language, time: SystemTime) -> String {
    language.times.moment(local(time).datetime())
}

/// Returns a time of the form `2026-11-22 12:01:05` as a language writes it; other text stays as it is.
pub(in crate::ui) fn rewritten(language: &Language, text: String) -> String {
    let read = DateTime::strptime("%Y-%m-%d %H:%M:%S", &text);
    read.map_or(text, |time| language.times.second(time))
}

/// Returns the time to the microsecond as [`moment`] reads it: `12:01:05.871502`, with the day where that is not the one
/// of `like`.
pub(in crate::ui) fn exact(time: SystemTime, like: SystemTime) -> String {
    let time = local(time);
    let format = if time.date() == local(like).date() {
        "%H:%M:%S%.6f"
    } else {
        "%Y-%m-%d %H:%M:%S%.6f"
    };
    time.strftime(format).to_string()
}

/// Reads a moment of this machine's time zone as people type it, `12:01`, `12:01:05.871` or `2026-11-22 12:01:05`, and
/// how long the last digit stands for; without a day it is one of the day of `like`.
pub(in crate::ui) fn moment(text: &str, like: SystemTime) -> Option<(SystemTime, Duration)> {
    let text = text.trim();
    let (day, time_text) = match text.split_once(' ') {
        Some((day, time_text)) => (day.parse().ok()?, time_text.trim()),
        None => (local(like).date(), text),
    };
    let digits = time_text.split_once('.').map(|(_, digits)| digits.len());
    let each = match (digits, time_text.matches(':').count()) {
        (Some(digits), _) => {
            Duration::from_nanos(10_u64.pow(9_u32.checked_sub(digits.try_into().ok()?)?))
        }
        (None, 1) => Duration::from_mins(1),
        (None, _) => Duration::from_secs(1),
    };
    let time: Time = time_text.parse().ok()?;
    let zoned = day.to_datetime(time).to_zoned(TimeZone::system()).ok()?;
    Some((zoned.into(), each))
}

fn local(time: SystemTime) -> Zoned {
    // Out of range are only years beyond 9999, which no clock shows.
    let stamp = Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH);
    stamp.to_zoned(TimeZone::system())
}

fn split(zoned: &Zoned) -> (String, String) {
    let micros = zoned.subsec_nanosecond() / 1_000 % 1_000;
    let millis = zoned.strftime("%H:%M:%S%.3f").to_string();
    (millis, format!("{micros:03}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::GERMAN;

    #[test]
    fn a_moment_is_read_as_people_type_it() {
        let check = |text: &str, expected: Option<(&str, u64)>| {
            let like = local(SystemTime::UNIX_EPOCH)
                .with()
                .year(2026)
                .month(11)
                .day(22)
                .build();
            let read = moment(text, like.unwrap().into());
            let read = read
                .map(|(time, each)| (exact(time, SystemTime::UNIX_EPOCH), each.as_nanos() as u64));
            let expected = expected.map(|(time, each)| (time.to_owned(), each));
            assert_eq!(read, expected, "{text}");
        };
        check(
            "12:01",
            Some(("2026-11-22 12:01:00.000000", 60_000_000_000)),
        );
        check(
            " 12:01:05 ",
            Some(("2026-11-22 12:01:05.000000", 1_000_000_000)),
        );
        check(
            "12:01:05.871",
            Some(("2026-11-22 12:01:05.871000", 1_000_000)),
        );
        check(
            "2026-11-23  00:00:00.5",
            Some(("2026-11-23 00:00:00.500000", 100_000_000)),
        );
        check("2026-11-23 24:00", None);
        check("12:01:05.", None);
        check("12:01:05.0123456789", None);
        check("noon", None);
    }

    #[test]
    fn the_time_in_a_name_is_written_as_the_language_writes_times() {
        let check = |text: &str, expected: &str| {
            assert_eq!(rewritten(&GERMAN, text.to_owned()), expected);
        };
        check("2026-11-28 02:50:59", "28.11.2026 02:50:59");
        check("2026-11-28 at home", "2026-11-28 at home");
    }

    #[test]
    fn a_time_shows_its_microseconds_apart() {
        let time = SystemTime::UNIX_EPOCH + Duration::new(1, 871_502_999);
        let zoned = Timestamp::try_from(time)
            .expect("a time of this age")
            .to_zoned(TimeZone::UTC);
        let expected = ("00:00:01.871".to_owned(), "502".to_owned());
        assert_eq!(split(&zoned), expected);
    }
}
