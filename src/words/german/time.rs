//! Days, moments and spans of time.

use super::noun;
use crate::words::time::Times;
use crate::words::translated::translated;
use jiff::civil::Weekday;

translated! { GERMAN:
    Times {
        day(day) = { day.strftime("%d.%m.%Y").to_string() };
        moment(moment) = { moment.strftime("%d.%m.%Y %H:%M").to_string() };
        second(moment) = { moment.strftime("%d.%m.%Y %H:%M:%S").to_string() };
        weekday(weekday, day, offset) = { format!("{}, {day}, UTC{offset}", name(weekday)) };
        utc(moment) = "{moment} UTC";
        out_of_range(seconds) = "eine Zeit jenseits aller Kalender ({seconds} s ab 1970)";
        seconds(count) = { noun(count, "Sekunde", "Sekunden") };
        minutes(count) = { noun(count, "Minute", "Minuten") };
        hours(count) = { noun(count, "Stunde", "Stunden") };
        days(count) = { noun(count, "Tag", "Tage") };
        years(count) = { noun(count, "Jahr", "Jahre") };
    }
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}
