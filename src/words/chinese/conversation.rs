//! The followed connection.

use super::{noun, spaced_start};
use crate::words::conversation::Conversation;
use crate::words::translated::translated;

translated! { CHINESE:
    Conversation {
        name = "对话";
        back = "‹ 时间线";
        back_spoken = "返回时间线";
        back_hint = "返回时间线（Esc）";
        show_as = "显示为";
        text = "文本";
        hex = "十六进制";
        escaped = "转义";
        direction = "方向";
        both = "双向";
        received = "接收";
        sent = "发送";
        follow = "跟随";
        follow_hint = "让最新的行始终可见（End）";
        incomplete(problem) = "不完整：{problem}";
        with(endpoint) = { format!("与{}", spaced_start(endpoint)) };
        with_at(endpoint, address) = { format!("与{}（{address}）", spaced_start(endpoint)) };
        since(time) = "始于 {time}";
        unread(entries) = { format!("还有 {}待读取", noun(entries, "个较早的条目")) };
        empty = "没有关于这个连接的记录";
        row = "行";
        copy_rows = "复制行";
        show_in_timeline = "在时间线中显示";
        not_kept(bytes) = { format!("另有 {}未保留", noun(bytes, "字节")) };
        received_row(text) = "接收：{text}";
        sent_row(text) = "发送：{text}";
    }
}
