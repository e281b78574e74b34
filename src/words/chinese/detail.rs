//! The detail pane: the whole of one entry.

use super::{duration, grouped, noun, spaced, spaced_end, spaced_start};
use crate::words::detail::Detail;
use crate::words::translated::translated;

translated! { CHINESE:
    Detail {
        what_happened = "这里发生了什么？";
        what_happened_sign = "？";
        not_kept = "这个条目已不再保留";
        show_as = "显示为";
        text = "文本";
        text_and_hex = "文本和十六进制";
        hex = "十六进制";
        structure = "结构";
        both_ends = "两端";
        hex_dump = "十六进制转储";

        encrypted(heading, wire) = { format!("{heading}，加密后 {}", grouped(wire)) };
        encrypted_why = "线路上的大小：TLS 会给每条记录加上头部和防篡改的认证标签";
        sent(bytes) = { format!("已发送 {}", noun(bytes, "字节")) };
        received(bytes) = { format!("已接收 {}", noun(bytes, "字节")) };
        to(peer) = "发往 {peer}";
        from(peer) = "来自 {peer}";
        by(peer, endpoint) = { format!("{peer}，端点{}", spaced_start(endpoint)) };
        byte_of_stream(offset) = { format!("流的字节 {}", grouped(offset)) };
        bytes_of_stream(first, last) = { format!("流的字节 {} 到 {}", grouped(first), grouped(last)) };
        by_user = "由你发起";
        by_responder = "由回复设置发起";
        by_relay = "转发";
        by_sequence = "由序列发起";
        by_rule(rule) = "由规则 {rule} 发起";
        by_rule_why = "显示这条规则；它可能已经改过";
        since_previous(time) = { format!("比上一行晚 {}", duration(time)) };
        no_glyph(character) = { format!("已安装的字体都不含 U+{:04X}：请安装含有它的字体，例如 Noto Sans", u32::from(character)) };

        copy_as = "复制为…";
        copy_text = "文本";
        copy_hex = "十六进制";
        copy_escaped = "转义字符串";
        copy_c_array = "C 数组";

        reuse = "使用…";
        reuse_hint = "再次发送、保存或用于比较这些字节";
        send_again = "再次发送";
        send_again_to(recipient) = { format!("再次发送给{}", spaced_start(recipient)) };
        edit = "编辑后发送";
        save = "保存消息";
        set_base = "设为比较基准";
        name_sent(size, beginning) = "发送 {size}：{beginning}";
        name_received(size, beginning) = "接收 {size}：{beginning}";

        held_between(held, first, last) = "{held}，{first} 到 {last}";
        chunk_of(chunk, chunks) = { format!("第 {} 块，共 {} 块", grouped(chunk), grouped(chunks)) };
        next_chunk = "下一个数据块";
        previous_chunk = "上一个数据块";

        end_comparison = "结束比较";
        base_dump = "比较基准的十六进制转储";
        compared(differences, base) = { format!("与{}相比：{differences}", spaced(base)) };
        changed(bytes) = { format!("{}不同", noun(bytes, "字节")) };
        added(bytes) = { format!("多 {}", noun(bytes, "字节")) };
        removed(bytes) = { format!("少 {}", noun(bytes, "字节")) };
        unaligned = "按位置逐一比较";
        identical = "字节完全相同";

        no_other_end = "这个连接的另一端属于别的程序，所以不在这个捕获中";
        other_end = "另一端";
        wrote(endpoint, writes) = { format!("{}分 {}写出", spaced_end(endpoint), noun(writes, "次")) };
        read(endpoint, reads) = { format!("{}分 {}读到", spaced_end(endpoint), noun(reads, "次")) };
        chunk_at(size, time) = { format!("{size}，于{}", spaced_start(time)) };
        chunk_after(size, time) = { format!("{size}，{}后", spaced_end(time)) };
        no_chunk = "未记录";

        payload_only = "仅载荷";
        payload_only_hint = "去掉分隔符和长度字段，并还原转义";
        in_reads(reads) = { format!("分 {}：", noun(reads, "次读取")) };
        in_writes(writes) = { format!("分 {}：", noun(writes, "次写入")) };
        chunks_hint = "TCP 是字节流：读取和写入可以在消息的任何位置结束";
        good_frame(check) = "正确：{check}";
        bad_frame(problem) = "错误：{problem}";
        no_frame(framing, problem) = "不是 {framing} 的帧：{problem}";

        choose_byte = "点击一个字节，把它读作数字、时间或字符";
        byte_as(offset) = "字节 {offset} 读作";
        little_endian(kind) = "{kind} 小端";
        big_endian(kind) = "{kind} 大端";
        little_endian_short(kind) = "{kind} LE";
        big_endian_short(kind) = "{kind} BE";
        unix_seconds = "Unix 时间，秒";
        unix_millis = "Unix 时间，毫秒";

        read_as = "读作";
        detect = "自动";
        no_structure = "没有找到已知的结构。可在上方选择一种试试。";
    }
}
