//! The filter's menu.

use super::grouped;
use crate::words::filter::Filter;
use crate::words::translated::translated;

translated! { CHINESE:
    Filter {
        name = "筛选";
        hint = "只显示某些类型、对端、大小或时间的条目，或只显示匹配查找内容的条目";
        clear = "清除筛选";
        chip(words) = "{words}  ×";
        remove(words) = "移除筛选：{words}";
        shown_of(shown, all) = { format!("{}/{}", grouped(shown), grouped(all)) };
        no_kind = "没有任何类型的条目";
        by_rule(rule) = "按规则 {rule}";
        peer_contains(text) = "对端包含 {text}";
        contains(pattern) = "包含 {pattern}";
        size_chip(least, most) = { size(least, most) };
        time_chip(from, until) = "{from} 到 {until}";
        chip_from(from) = "从 {from} 起";
        chip_until(until) = "到 {until} 为止";
        received = "接收";
        sent = "发送";
        lifecycle = "连接与监听";
        problems = "错误与警告";
        peer = "对端";
        peer_spoken = "对端地址";
        peer_hint = "地址的一部分，例如 192.0.2. 或 :49226";
        to = "到";
        size = "字节";
        min_size = "最小字节数";
        max_size = "最大字节数";
        time = "时间";
        min_time = "开始时间";
        max_time = "结束时间";
        selected_time = "使用所选行的时间";
        only_matches(pattern) = "只显示匹配 {pattern} 的";
        only_matches_hint = "要只显示匹配的条目，请在“查找”栏中输入要找的内容";
        not_a_size = "请输入字节数";
        sizes_crossed = "最小值大于最大值";
        not_a_time = "请输入时间，例如 12:01、12:01:05.871 或 2026-11-22 12:01:05";
        times_crossed = "开始时间晚于结束时间";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    let least_words = grouped(least);
    match most.map(grouped) {
        Some(most_words) if least == 0 => format!("最多 {most_words} 字节"),
        Some(most_words) => format!("{least_words} 到 {most_words} 字节"),
        None => format!("至少 {least_words} 字节"),
    }
}
