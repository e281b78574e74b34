//! Days, moments and spans of time.

use jiff::civil::Weekday;

use super::noun;
use crate::words::time::Times;
use crate::words::translated::translated;

translated! { SPANISH:
    Times {
        day(day) = { day.strftime("%d/%m/%Y").to_string() };
        moment(moment) = { moment.strftime("%d/%m/%Y %H:%M").to_string() };
        second(moment) = { moment.strftime("%d/%m/%Y %H:%M:%S").to_string() };
        weekday(weekday, day, offset) = { format!("{}, {day}, UTC{offset}", day_of_week(weekday)) };
        utc(moment) = "{moment} UTC";
        out_of_range(seconds) = "un momento fuera de todo calendario ({seconds} s desde 1970)";
        seconds(count) = { noun(count, "segundo", "segundos") };
        minutes(count) = { noun(count, "minuto", "minutos") };
        hours(count) = { noun(count, "hora", "horas") };
        days(count) = { noun(count, "día", "días") };
        years(count) = { noun(count, "año", "años") };
    }
}

fn day_of_week(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "lunes",
        Weekday::Tuesday => "martes",
        Weekday::Wednesday => "miércoles",
        Weekday::Thursday => "jueves",
        Weekday::Friday => "viernes",
        Weekday::Saturday => "sábado",
        Weekday::Sunday => "domingo",
    }
}
