//! Days, moments and spans of time.

use super::noun;
use crate::words::time::Times;
use crate::words::translated::translated;
use jiff::civil::Weekday;

translated! { CHINESE:
    Times {
        day(day) = { format!("{}年{}月{}日", day.year(), day.month(), day.day()) };
        moment(moment) = { moment.strftime("%Y-%m-%d %H:%M").to_string() };
        second(moment) = { moment.strftime("%Y-%m-%d %H:%M:%S").to_string() };
        weekday(weekday, day, offset) = { format!("{day} {}，UTC{offset}", weekday_name(weekday)) };
        utc(moment) = "{moment} UTC";
        out_of_range(seconds) = "超出一切历法的时间（自 1970 年起 {seconds} 秒）";
        seconds(count) = { noun(count, "秒") };
        minutes(count) = { noun(count, "分钟") };
        hours(count) = { noun(count, "小时") };
        days(count) = { noun(count, "天") };
        years(count) = { noun(count, "年") };
    }
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}
