//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::{grouped, noun, spaced, spaced_end, spaced_start};
use crate::words::lifecycle::Lifecycles;
use crate::words::translated::translated;

translated! { CHINESE:
    Lifecycles {
        name = "生命周期";
        title(connection) = "连接 #{connection} 的生命周期";
        connection = "连接";
        connection_from(connection, client) = "#{connection}，来自 {client}";
        connection_to(connection, server) = "#{connection}，连到 {server}";
        choose = "选择一个连接的条目，或在检查器中选择连接，即可看到它的生命周期：怎样开始，传送了什么，怎样结束。";
        encrypted = "里面的内容已加密（TLS）：不画出它的握手和记录";
        no_tcp = "只有 TCP 连接才有由报文段构成的生命周期。";
        no_udp = "与 UDP 对端的往来没有生命周期：开始时没有握手，结束时没有 FIN，也没有人确认数据报。有的只是一个个数据报。";
        show_lanes = "在泳道中显示它的数据报";
        reading(percent) = "正在读取记录：{percent}%";
        not_in_view = "查看实时会话时才显示。";
        nothing = "这个连接已没有任何记录。";
        cut = "这个连接有一部分已不在记录中。";
        show = "显示生命周期";
        show_why = "在中间画出这个连接：握手、字节和结束方式";
        save = "保存图片…";
        distance = "间距";
        even = "均匀";
        to_scale = "按比例";
        to_scale_why = "等待越久，间距越大。间距小于一行的，按一行画；很长的等待会截短。";
        stretch = "拉长";
        shrink = "缩短";
        acks = "显示确认";
        acks_hint = "向内核询问对端何时确认了所发送的字节";
        acks_cost = "开启期间，往返时间最多增至 1.2 倍。时间戳从开始询问时才有；此前的内容为推断。";
        departures = "显示离开时刻";
        departures_hint = "另向内核询问字节何时离开本机、何时到达";
        all_cost = "两者都开启期间，往返时间最多增至 2 倍。时间戳从开始询问时才有；此前的内容为推断。";

        peer = "对端";
        client = "客户端";
        server = "服务器";

        syn = "SYN";
        syn_says = "请求连接";
        syn_ack = "SYN-ACK";
        syn_ack_says = "同意，也请求连接";
        ack = "ACK";
        ack_says = "同意：已连接";
        fin = "FIN";
        fin_says = "发送完毕";
        fin_ack_says = "已收到 FIN";
        rst = "RST";
        rst_says = "中断连接";
        refuses = "拒绝";
        bytes(bytes) = { noun(bytes, "字节") };
        not_read = "尚未读取";
        not_acknowledged = "尚未确认";
        has_bytes(bytes) = { format!("已收到 {}", noun(bytes, "字节")) };
        writes(count) = { noun(count, "次写入") };
        reads(count) = { noun(count, "次读取") };
        run(calls, size, took) = { format!("{calls}，{size}，历时{}", spaced_start(took)) };
        window_closed = "窗口 0";
        window_closed_says = "没有空间：等待";
        window_open = "窗口打开";
        window_open_says = "又有空间了";
        accepted = "accept";
        reads_bytes(bytes) = "读取 {bytes}";
        left(bytes) = "{bytes}已离开";
        arrived(bytes) = "{bytes}已到达";
        timed_out = "没有应答：放弃";
        failed = "失败";
        again(segments) = { format!("重传 {}", noun(segments, "个报文段")) };

        again_segments(segments) = { noun(segments, "个报文段") };

        inferred = "推断";
        sent_by(call) = "由 {call} 发送";
        seen_by(call) = "由 {call} 得知";
        both_known(one, other) = "{one}，{other}";
        both_calls(one, other) = "{one}，{other}";
        later(took) = { format!("{}后", spaced_end(took)) };
        noticed_later(took) = { format!("{}后才发觉", spaced_end(took)) };

        legend_seen = "由调用发送或得知";
        legend_inferred = "推断";
        legend_state_seen = "状态：由内核告知";
        legend_state_inferred = "状态：推断";
        state_of(end, state) = "{end}：{state}";
        state_tip(state, explained, how) = "{state}。{explained}{how}。";
        state_seen = "实线框：由内核告知";
        state_inferred = "虚线框：根据所发生的事推断，没有询问内核";
        legend_unacknowledged = "已发送，未确认";
        legend_half_closed = "半关闭：一端已结束发送";
        legend_window = "窗口关闭：不可发送";
        legend_scale(time) = "{time}";

        sentence(when, what, how) = "{when}：{what}。{how}。";
        at(time) = "开始后 {time}";
        at_latest(time) = "最迟在开始后 {time}";
        at_earliest(time) = "最早在开始后 {time}";
        how_inferred = "推断：只有这样才符合已知的情况";
        how_made(call) = "由 {call} 发送：调用本身看不到线路";
        how_seen(call, means) = "得知：{call}，{means}";
        says_syn(from, to) = { format!("{}请求连接{}（SYN）", spaced_end(from), spaced_start(to)) };
        says_syn_with(from, to, syn) = { format!("{}请求连接{}：{syn}", spaced_end(from), spaced_start(to)) };
        says_syn_ack(from, to) = { format!("{}同意，也向{}请求连接（SYN-ACK）", spaced_end(from), spaced(to)) };
        says_ack(from) = { format!("{}同意（ACK）：连接已建立，双方都可以发送", spaced_end(from)) };
        says_accepted(who) = { format!("{}的程序取走连接，系统早已把它建立好", spaced_end(who)) };
        says_sent(from, bytes, start, end) = { format!("{}把 {bytes}（流中位置 {start} 到 {end}）交给自己的系统发送；调用成功并不表示它们会到达", spaced_end(from)) };
        says_received(to, bytes, start, end) = { format!("{}的程序读取 {bytes}（流中位置 {start} 到 {end}）", spaced_end(to)) };
        says_run(who, writes, sent, reads, received) = { format!("{}进行 {writes}（{sent}）和 {reads}（{received}）", spaced_end(who)) };
        says_scheduled(who, end) = { format!("{}的前 {end}等待网络接口发送", spaced_end(who)) };
        says_left(who, end) = { format!("前 {end}已离开{}", spaced_start(who)) };
        says_acknowledged(who, end) = { format!("{}的系统表示已收到前 {end}（ACK）；它的程序可能还没有读取", spaced_end(who)) };
        says_arrived(who, end) = { format!("前 {end}已到达{}的系统", spaced(who)) };
        says_fin(from) = { format!("{}发送完毕（FIN）；它仍会接收", spaced_end(from)) };
        says_fin_ack(from) = { format!("{}的系统确认已收到 FIN（ACK）", spaced_end(from)) };
        says_rst(from) = { format!("{}中断连接（RST）：还在途中的内容丢失", spaced_end(from)) };
        says_refused(from) = { format!("{}拒绝（RST）：那里没有程序监听", spaced_end(from)) };
        says_timed_out(who) = { format!("没有任何回音，{}放弃了", spaced_end(who)) };
        says_failed(who) = { format!("{}的连接失败，没有收到对端的报文段", spaced_end(who)) };
        says_window_closed(from) = { format!("{}没有空间再接收（窗口 0）：它的程序没有读取", spaced_end(from)) };
        says_window_open(from) = { format!("{}又有空间了", spaced_end(from)) };
        says_again(who, segments) = { format!("{}重传了 {segments}，因为没有收到确认", spaced_end(who)) };
        says_state(who, state) = { format!("{}处于 {state}", spaced_end(who)) };

        means_connect = "它在此之后才会成功，或说明被拒绝";
        means_accept = "它返回了连接";
        means_saved_syn = "内核保存的 SYN";
        means_send = "它收下了这些字节";
        means_receive = "它返回了这些字节，若是 FIN 则返回 0";
        means_socket_error = "套接字的错误";
        means_shutdown = "已调用";
        means_close = "已调用";
        means_stamp = "内核的时间戳";
        means_inquiry = "询问内核得到的回答";

        option_mss(bytes) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift) = { format!("窗口 \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "时间戳";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind) = "类型 {kind}";

        save_title = "保存图片";
        save_picture = "保存";
        format = "格式";
        svg = "SVG";
        png = "PNG";
        about_svg = "任何大小都清晰，其中的文字可以查找和复制。";
        about_png = "像素图，供不支持 SVG 的程序使用。";
        file = "文件";
        saved(path) = "已保存到 {path}";
        file_name(connection) = "连接 {connection} 的生命周期";
    }
}
