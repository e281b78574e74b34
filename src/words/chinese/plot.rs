//! The plot of the traffic over the session.

use super::{grouped, noun};
use crate::words::plot::Plot;
use crate::words::translated::translated;

translated! { CHINESE:
    Plot {
        heading = "流量";
        unit = "计数";
        bytes = "字节";
        entries = "条目";
        received = "收";
        sent = "发（下方）";
        zoom_in = "放大所选范围";
        zoom_out = "显示全部时间";
        none = "还没有流量";
        hide = "隐藏流量图";
        entries_per_second(count) = { entries_per_second(count) };
        traffic(received, sent) = "收 {received}，发 {sent}";
        summary(total, time, most) = "{total}，历时 {time}；最高 {most}";
        moment(time, received, sent) = "{time}：收 {received}，发 {sent}";
        uncounted(entries, so_far) = { format!("还有 {}待计数；{so_far}", noun(entries, "个条目")) };
        spoken(summary) = "整个会话的流量：{summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return format!("{count:.1}/s");
    }
    format!("{}/s", grouped(count.round() as u64))
}
