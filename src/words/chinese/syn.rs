//! What a peer's SYN says.

use super::{grouped, noun};
use crate::words::syn::Syns;
use crate::words::translated::translated;

translated! { CHINESE:
    Syns {
        syn(hops, window, options) = { format!("SYN，剩余 {}，窗口 {}；选项：{options}", noun(hops.into(), "跳"), noun(window.into(), "字节")) };
        none = "无";
        end = "列表结束";
        no_operation = "无操作";
        maximum_segment_size(bytes) = { format!("最大报文段长度 {}", grouped(bytes.into())) };
        window_scale(shift) = { format!("窗口缩放 {shift}（窗口值 ×{}）", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        sack_permitted = "允许选择确认";
        timestamps(value) = "时间戳（从 {value} 起）";
        fast_open_wanted = "请求 Fast Open cookie";
        fast_open(bytes) = "{bytes} 字节的 Fast Open cookie";
        multipath = "Multipath TCP";
        other(kind, bytes) = "类型 {kind}，{bytes} 字节";
        congestion = "支持显式拥塞通知";
    }
}
