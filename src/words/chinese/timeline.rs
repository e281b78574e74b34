//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::{grouped, noun, spaced, spaced_start};
use crate::words::timeline::Timeline;
use crate::words::translated::translated;

translated! { CHINESE:
    Timeline {
        name = "时间线";
        tabs = "显示";
        all = "全部";
        show_all = "显示全部";
        show_only(name) = { format!("只显示{}", spaced_start(name)) };
        show_only_menu = "只显示…";
        undo_clear = "撤销清空";
        clear = "清空视图";
        payloads = "载荷显示为";
        as_auto = "自动";
        as_text = "文本";
        as_hex = "十六进制";
        more = "更多视图";
        frames = "帧";
        frames_hint = "按各端点的分帧显示一条条消息，而不是读取和写入的数据块";
        plot = "流量图";
        plot_hint = "整个会话中每秒的字节数和条目数";
        follow = "跟随";
        follow_hint = "让最新的条目始终可见（End）";

        columns = "列";
        column_time = "时间";
        column_gap = "间隔";
        column_connection = "#";
        column_endpoint = "端点";
        column_direction = "方向";
        column_bytes = "字节";
        column_what = "内容";
        resize_column(name) = "调整“{name}”列宽";
        choose_columns = "选择列";
        reset_columns = "重设各列";
        ends_of_connection(number, local, peer) = "连接 {number}：{local}，对端 {peer}";
        peer_of_connection(number, peer) = "连接 {number}：对端 {peer}";
        sign_of_connection(number) = "#{number}";

        loading = "正在加载…";
        dropped(entries) = { format!("已舍弃 {}", noun(entries, "个较早的条目")) };
        empty_datagram = "空数据报";
        part_of_a_character = "字符的一部分，在字符完整处显示";

        newer(rows) = { format!("↓ {} 条新内容", grouped(rows)) };

        entry = "条目";
        copy_text = "复制为文本";
        copy_hex = "复制为十六进制";
        copy_escaped = "复制为转义字符串";
        copy_c_array = "复制为 C 数组";
        copy_rows = "复制行";
        follow_connection = "追踪连接";
        show_connection = "只显示此连接";
        show_this_endpoint = "只显示此端点";

        none_yet = "还没有发生任何事";
        first_start(server) = { format!("启动{}", spaced_start(server)) };
        first_start_echo = "它在自己的地址上监听，并把收到的内容原样发回。";
        first_start_rules = "它在自己的地址上监听，并按规则回复收到的内容。";
        first_start_fixed = "它在自己的地址上监听，并用自己的消息回复收到的内容。";
        first_start_silent = "它在自己的地址上监听，只接收：它被设为不回复。";
        first_send(recipient) = { format!("从{}发送", spaced(recipient)) };
        first_send_why = "客户端会在需要时先连接，再发送下面的消息。两端发生的事都显示在这里。";
        first_send_later = "请先启动服务器";
        first_endpoint = "先在左侧添加服务器或客户端。";
        none_of(endpoint) = { format!("没有{}的条目", spaced(endpoint)) };
        none_of_advice = "它上面发生的事会显示在这里。选择“全部”可看到其他条目。";
        none_in_lesson = "本课中还没有发生任何事情";
        none_in_lesson_advice = "请完成第一步。“撤销清空”会显示之前记录的内容。";
        none_in_capture = "这个捕获没有条目";
        none_in_capture_advice = "记录结束之前什么也没有发生。";
        none_match = "没有符合筛选条件的条目";
        none_match_advice = "点击“清除筛选”即可看到全部。";
        cleared = "视图已清空";
        cleared_advice(entries) = { format!("隐藏了 {}。选择“撤销清空”可重新显示。", noun(entries, "个条目")) };
        filtering(percent) = "正在筛选，{percent}%";
        found_so_far(entries) = { format!("目前找到 {}", noun(entries, "个条目")) };

        no_framing = "这里没有端点设置分帧，所以显示的是数据块。请在端点的设置中选择分帧。";
        no_framing_in_capture = "这里没有端点设置分帧，所以显示的是数据块。请在上方选择分帧。";
        good(frames) = { format!("{} 个正确", grouped(frames)) };
        older(percent) = "仍在查找更早的帧，{percent}%";
        older_hint = "全部找到之前，较早开始的连接的帧可能切在错误的位置";
        over_limit(rows) = { format!("略去了 {}：帧列表已达上限，即记录上限的四分之一", noun(rows, "个较早的行")) };
        bad(frames) = { format!("{} 个错误", grouped(frames)) };
    }
}
