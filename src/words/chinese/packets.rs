//! Captured files of other tools.

use super::noun;
use crate::words::InWords as _;
use crate::words::packets::{Imports, PacketFiles, Packets, PacketsShown};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { CHINESE:
    Packets {
        summary(packets, segments) = "{packets} 个数据包，其中 TCP {segments} 个";
        summary_with_udp(packets, segments, datagrams) = "{packets} 个数据包，其中 TCP {segments} 个、UDP {datagrams} 个";
        fragments(count) = { noun(count, "个 IP 分片") };
        others(count) = { noun(count, "个其他数据包") };
        skipped(fragments, others) = "已跳过：{fragments}，{others}";
        missing(bytes) = "不在文件中：它们所携带的 {bytes}";
    }

    PacketsShown {
        packets = "数据包";
        about(shown, total) = { if shown == total { format!("一秒之内线路上有 {}，与内核交付的完全一样", noun(total, "个数据包")) } else { format!("一秒之内线路上有 {}，这里是其中 {shown} 个，与内核交付的完全一样", noun(total, "个数据包")) } };
        lost(packets) = { format!("这个实验网络有 {}未记录", noun(packets, "个数据包")) };
        relative = "从发送方的 SYN 算起，SYN 为 0";
        unscaled = "头部中的原值；SYN 之外的，要乘以窗口缩放的倍数";
        letters = "S SYN，F FIN，R RST，P PSH，. ACK";
        time = "时间";
        way = "方向";
        flag_letters = "标志";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "窗口";
        length = "字节";
        sent = "发送";
        received = "接收";
    }

    Imports |language| {
        Open(path, source) = { format!("无法打开 {}：{}", shown(path), source.in_words(language)) };
        File(path, source) = { format!("无法读取 {}。{}", shown(path), source.in_words(language)) };
        Store(error) = { error.in_words(language) };
        Stopped(path, cause) = { format!("无法存储 {} 的数据包：{}", shown(path), cause.in_words(language)) };
        Cancelled = "已取消读取文件";
    }

    PacketFiles |language| {
        Read(position, source) = { format!("读到字节 {position} 停止：{}", source.in_words(language)) };
        Format = "文件既不是 pcap 也不是 pcapng";
        CutOff(position) = "文件在字节 {position} 处中断";
        Length(position, bytes) = "文件在字节 {position} 处损坏：长度为 {bytes} 字节";
        Block(position, block_type) = "文件在字节 {position} 处损坏：类型 {block_type} 的块格式错误";
        Interface(position, interface) = "文件在字节 {position} 处损坏：没有描述接口 {interface}";
        TooManyInterfaces(position, limit) = "文件在字节 {position} 处描述的接口超过 {limit} 个";
    }
}
