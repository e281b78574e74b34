//! The find field.

use super::short;
use crate::words::find::Find;
use crate::words::translated::translated;

translated! { CHINESE:
    Find {
        name = "查找";
        placeholder(key) = "查找  {key}";
        hint = "文本，或 text:…、regex:…、hex:48 65 ?? 6C。\nEnter 转到下一处匹配，Shift+Enter 转到上一处；计数的是有匹配的条目。";
        previous = "上一处匹配";
        next = "下一处匹配";
        match_case = "区分大小写";
        match_case_sign = "Aa";
        searching = "正在查找…";
        searched(percent) = "正在查找，{percent}%";
        no_match = "没有匹配";
        place(place, count) = { format!("{}/{}", short(place), short(count)) };
        place_so_far(place, count) = { format!("{}/{}…", short(place), short(count)) };
        entry(place) = "条目 {place}";
        in_entry(of_entry, place) = "条目 {place} 中的第 {of_entry} 处匹配";
        wrapped(place) = "已绕回，{place}";
    }
}
