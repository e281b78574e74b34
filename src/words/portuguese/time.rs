//! Days, moments and spans of time.

use super::noun;
use crate::words::time::Times;
use crate::words::translated::translated;
use jiff::civil::Weekday;

translated! { PORTUGUESE:
    Times {
        day(day) = { day.strftime("%d/%m/%Y").to_string() };
        moment(moment) = { moment.strftime("%d/%m/%Y %H:%M").to_string() };
        second(moment) = { moment.strftime("%d/%m/%Y %H:%M:%S").to_string() };
        weekday(weekday, day, offset) = { format!("{}, {day}, UTC{offset}", name_of(weekday)) };
        utc(moment) = "{moment} UTC";
        out_of_range(seconds) = "um momento além de qualquer calendário ({seconds} s a partir de 1970)";
        seconds(count) = { noun(count, "segundo", "segundos") };
        minutes(count) = { noun(count, "minuto", "minutos") };
        hours(count) = { noun(count, "hora", "horas") };
        days(count) = { noun(count, "dia", "dias") };
        years(count) = { noun(count, "ano", "anos") };
    }
}

fn name_of(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "segunda-feira",
        Weekday::Tuesday => "terça-feira",
        Weekday::Wednesday => "quarta-feira",
        Weekday::Thursday => "quinta-feira",
        Weekday::Friday => "sexta-feira",
        Weekday::Saturday => "sábado",
        Weekday::Sunday => "domingo",
    }
}
