//! Days, moments and spans of time.

use jiff::civil::Weekday;

use super::noun;
use crate::words::time::Times;
use crate::words::translated::translated;

translated! { FRENCH:
    Times {
        day(day) = { day.strftime("%d/%m/%Y").to_string() };
        moment(moment) = { moment.strftime("%d/%m/%Y %H:%M").to_string() };
        second(moment) = { moment.strftime("%d/%m/%Y %H:%M:%S").to_string() };
        weekday(weekday, day, offset) = { format!("{} {day}, UTC{offset}", named(weekday)) };
        utc(moment) = "{moment} UTC";
        out_of_range(seconds) = "une date hors de tout calendrier ({seconds} s à partir de 1970)";
        seconds(count) = { noun(count, "seconde", "secondes") };
        minutes(count) = { noun(count, "minute", "minutes") };
        hours(count) = { noun(count, "heure", "heures") };
        days(count) = { noun(count, "jour", "jours") };
        years(count) = { noun(count, "an", "ans") };
    }
}

fn named(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Lundi",
        Weekday::Tuesday => "Mardi",
        Weekday::Wednesday => "Mercredi",
        Weekday::Thursday => "Jeudi",
        Weekday::Friday => "Vendredi",
        Weekday::Saturday => "Samedi",
        Weekday::Sunday => "Dimanche",
    }
}
