//! Days, moments and spans of time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::Language;
use super::english::noun;
use super::phrases::phrases;

phrases! {
    /// Days, moments and spans of time.
    Times {
        day(day: Date) = "{day}";
        moment(moment: DateTime) = { moment.strftime("%Y-%m-%d %H:%M").to_string() };
        second(moment: DateTime) = { moment.strftime("%Y-%m-%d %H:%M:%S").to_string() };
        weekday(weekday: Weekday, day: &str, offset: &str) = "{weekday:?}, {day}, UTC{offset}";
        utc(moment: &str) = "{moment} UTC";
        out_of_range(seconds: i64) = "a time beyond all calendars ({seconds} s from 1970)";
        seconds(count: u64) = { noun(count, "second", "seconds") };
        minutes(count: u64) = { noun(count, "minute", "minutes") };
        hours(count: u64) = { noun(count, "hour", "hours") };
        days(count: u64) = { noun(count, "day", "days") };
        years(count: u64) = { noun(count, "year", "years") };
    }
}

impl Language {
    /// Returns the day of a moment in UTC, in seconds after 1970: `2026-11-27`.
    pub(super) fn utc_day(&self, seconds: i64) -> String {
        match moment(seconds) {
            Some(moment) => self.times.day(moment.date()),
            None => self.times.out_of_range(seconds),
        }
    }

    /// Returns a moment in UTC, in seconds after 1970, to the minute: `2026-11-27 20:05 UTC`.
    pub(super) fn utc_minute(&self, seconds: i64) -> String {
        match moment(seconds) {
            Some(moment) => self.times.utc(&self.times.moment(moment)),
            None => self.times.out_of_range(seconds),
        }
    }

    /// Returns how long it is from one moment to another, both in seconds: `3 days`, `2 years`.
    pub(super) fn distance(&self, from: i64, to: i64) -> String {
        const MINUTE: u64 = 60;
        const HOUR: u64 = 60 * MINUTE;
        const DAY: u64 = 24 * HOUR;
        const YEAR: u64 = 365 * DAY;
        let seconds = to.saturating_sub(from).max(0).unsigned_abs();
        match seconds {
            0..MINUTE => self.times.seconds(seconds),
            MINUTE..HOUR => self.times.minutes(seconds / MINUTE),
            HOUR..DAY => self.times.hours(seconds / HOUR),
            _ if seconds < 2 * YEAR => self.times.days(seconds / DAY),
            _ => self.times.years(seconds / YEAR),
        }
    }
}

/// A certificate can name any time, also one that no calendar has.
fn moment(seconds: i64) -> Option<DateTime> {
    let time = Timestamp::from_second(seconds).ok()?;
    Some(time.to_zoned(TimeZone::UTC).datetime())
}
