//! The plot of the traffic over the session.

use super::{counted, grouped};
use crate::words::plot::Plot;
use crate::words::translated::translated;

translated! { JAPANESE:
    Plot {
        heading = "通信量";
        unit = "数えるもの";
        bytes = "バイト";
        entries = "エントリ";
        received = "受信";
        sent = "送信 (下側)";
        zoom_in = "範囲を拡大";
        zoom_out = "全期間を表示";
        none = "通信はまだありません";
        hide = "グラフを隠す";
        entries_per_second(count) = { entries_per_second(count) };
        traffic(received, sent) = "受信 {received}、送信 {sent}";
        summary(total, time, most) = "期間 {time}、合計 {total}、最大 {most}";
        moment(time, received, sent) = "{time}: 受信 {received}、送信 {sent}";
        uncounted(entries, so_far) = { format!("未集計のエントリ {}、{so_far}", counted(entries, "件")) };
        spoken(summary) = "セッション全体の通信量: {summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return format!("{count:.1} 件/s");
    }
    format!("{} 件/s", grouped(count.round() as u64))
}
