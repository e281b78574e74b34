//! What many panels say.

use super::{bytes, rate};
use crate::words::common::Common;
use crate::words::translated::translated;

translated! { CHINESE:
    Common {
        close = "关闭";
        cancel = "取消";
        replace = "文件已存在时替换";
        resize_list = "调整端点列表大小";
        resize_peers = "调整对端列表大小";
        resize_inspector = "调整检查器大小";
        resize_detail = "调整详情面板大小";
        resize_plot = "调整流量图大小";
        recording_settings = "记录设置";
        comma = "，";
        semicolon = "；";
        full_stop = "。";
        sentences(first, second) = "{first}{second}";
        ended(sentence) = "{sentence}。";
        bytes(received, sent) = { format!("收 {}，发 {}", bytes(received), bytes(sent)) };
        rates(received, sent) = { format!("收 {}，发 {}", rate(received), rate(sent)) };
    }
}
