//! The composer: the message being written, and what becomes of it.

use super::{bytes, duration, grouped, noun, spaced_end, spaced_start};
use crate::words::composer::Composer;
use crate::words::translated::translated;
use std::time::Duration;

translated! { CHINESE:
    Composer {
        message = "消息";
        text_hint = "输入消息";
        hex_hint = "十六进制数字：48 65 6C";
        send = "发送";
        send_empty = "发送空数据报";
        empty_datagram = "0 字节：数据报可以是空的";
        too_long(bytes) = "一个数据报最多 65,507 字节，装不下 {bytes}。请少发一些，或在“发送速度”下设置“每个数据报字节数”";
        to = "发往";
        send_to = "发送给";
        nobody = "没有接收者";
        to_address(name, address) = "{name} → {address}";
        all_peers(server) = "{server}：所有对端";
        and_more(first, more) = "{first}，另有 {more} 个";
        include(recipients) = { format!("同时发送给{}", spaced_start(recipients)) };
        selected_peers(server, count) = "{server}：所选对端（{count}）";
        format = "格式";
        text = "文本";
        hex = "十六进制";
        line_ending = "行尾";
        no_ending = "无";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "转义";
        escapes_why = r"开：文本中的 \n \r \t \0 \\ \xNN \u{…} 表示字节。关：反斜杠就是反斜杠。";
        template = "模板";
        template_why = "开：{{counter}}、{{time}} 和 {{crc CRC-16/MODBUS le}} 之类的字段在每次发送时计算。关：{{ 和 }} 就是它们本身。";

        completions = "补全";
        with_file(bytes, file) = { format!("{}加上 {file}", spaced_end(bytes)) };
        unfinished = "字段以 }} 结尾";
        exact = "将要发送的确切字节";
        computed = "现在发送会是这些字节；突出显示的部分在发送时才计算";
        escapes_off = "关闭转义";

        pasted(kind) = { format!("粘贴的是{}", spaced_start(kind)) };
        take_as_hex(bytes) = "转为十六进制（{bytes}）";
        keep_text = "保留为文本";

        repeat_menu = "重复…";
        repeat_why = "反复发送这条消息";
        repeat = "重复";
        every = "每隔";
        period = "两条消息之间的时间";
        period_why = "例如 500ms 或 2s；只写数字则为毫秒";
        times = "次数";
        times_why = "留空：直到你停止";
        endless = "∞";
        times_unit = "次";
        until_reply = "直到收到回复";
        stop_repeating = "停止";
        stop_repeating_why = "停止重复发送消息（Esc）";
        dismiss_repeated = "忽略";
        repeating(times, of, period) = { repeating(times, of, period) };
        repeated(times) = { format!("已重复 {}", noun(times, "次")) };
        repeat_stopped(times) = { format!("重复 {}后停止", noun(times, "次")) };
        repeat_replied(times) = { format!("重复 {}后收到回复", noun(times, "次")) };
        repeat_ended(times, why) = { format!("重复 {}后结束：{why}", noun(times, "次")) };

        more = "消息的更多操作";
        history = "历史";
        search_history = "搜索发送过的消息";
        history_empty = "还没有发送过消息";
        history_no_match = "没有匹配的消息";

        file = "文件…";
        file_why = "发送任意大小的文件";
        file_path = "要发送的文件";
        write_bytes = "每次写入字节数";
        write_bytes_why = "1 到 1m；留空则系统收多少就写多少";
        delay = "写入间隔";
        delay_why = "例如 200ms 或 2s；留空则没有间隔";
        send_file = "发送文件";
        dismiss_file = "忽略";
        sending(file, sent_bytes, total_bytes, percent) = { format!("正在发送 {file}：{}，共 {}，{percent}%", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file, sent_bytes) = { format!("已发送 {file}，{}", bytes(sent_bytes)) };
        cancelled(file, sent_bytes, total_bytes) = { format!("已取消 {file}：发送了 {}，共 {}", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file, sent_bytes, total_bytes) = { format!("{file} 已停止：发送了 {}，共 {}；连接已不再打开", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file, sent_bytes, why) = { format!("发送 {} 之后无法读取 {file}：{why}", bytes(sent_bytes)) };
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!("正在重复 · {times}/{} 次 · 每隔 {period}", grouped(of)),
        None => format!("正在重复 · 已 {times} 次 · 每隔 {period}"),
    }
}
