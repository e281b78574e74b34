//! Days, moments and spans of time.

use jiff::civil::Weekday;

use super::counted;
use crate::words::time::Times;
use crate::words::translated::translated;

translated! { JAPANESE:
    Times {
        day(day) = { day.strftime("%Y年%-m月%-d日").to_string() };
        moment(moment) = { moment.strftime("%Y/%m/%d %H:%M").to_string() };
        second(moment) = { moment.strftime("%Y/%m/%d %H:%M:%S").to_string() };
        weekday(weekday, day, offset) = { format!("{day} ({})、UTC{offset}", day_of_week(weekday)) };
        utc(moment) = "{moment} UTC";
        out_of_range(seconds) = "Unix 時刻 {seconds} 秒";
        seconds(count) = { counted(count, "秒") };
        minutes(count) = { counted(count, "分") };
        hours(count) = { counted(count, "時間") };
        days(count) = { counted(count, "日") };
        years(count) = { counted(count, "年") };
    }
}

fn day_of_week(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}
