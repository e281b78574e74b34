//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use super::{grouped, noun, spaced, spaced_end, spaced_start};
use crate::words::InWords as _;
use crate::words::tcp::{NoProcesses, StateMeanings, StateMoves, Tcp, TcpNumbers};
use crate::words::translated::translated;

translated! { CHINESE:
    Tcp {
        this_end = "本端";
        peer = "对端";
        of_this_end = "本端";
        of_peer = "对端";
        inferred = "推断";
        inferred_why = "当时没有询问内核：这是根据连接上发生的事推断的";
        from_kernel = "来自内核";
        end(whose, state, source) = "{whose}：{state}，{source}";
        no_states_here = "这个系统不把连接的状态告诉没有特权的程序：以下为推断";
        marks_not_here = "本系统不提供字节何时被确认的信息";
        marks_encrypted = "不显示确认：内核计的是加密后的字节，与这里显示的不同";
        refused(error) = "内核不提供它的状态和数值：{error}";

        recorded = "有记录";
        recorded_why = "状态以记录所及为限";
        other_transport = "这不是 TCP 连接：没有 TCP 的状态和数值";
        choose_recorded = "选择一个连接的条目，即可看到它的状态和数值";

        machine = "状态机";
        node(state, about) = "{state}，{about}";
        node_now(end) = "{end}现处于此";
        node_passed(end) = "{end}曾经过";
        node_apart = "未经过";
        legend_ours = "本端";
        legend_peer = "对端";
        step(time, state, cause, evidence) = "{time}：{state}，{cause}，{evidence}";
        after(time) = "+{time}";
        made_by(call) = "由 {call} 引起";
        seen_by(call) = "由 {call} 得知";
        call(name) = "{name}";
        sent(segment) = "发送 {segment}";
        received(segment) = "收到 {segment}";
        cause_silence = "没有应答";
        cause_failure = "失败";
        cause_kernel = "询问内核";
        cause_between = "其间";
        cause_time = "时间已过";

        time_left(time) = { format!("剩余{}", spaced_start(time)) };
        time_wait_client(local) = "在此之前，{local} 不能从同一端口再连接这个对端。其他端口可以，系统会自己选一个。";
        time_wait_server(local) = "在此之前，{local} 算作已被占用。再在那里启动的服务器会失败，错误为“地址已被占用”，除非它在绑定之前设置了 SO_REUSEADDR；Bothends 在 Unix 上就是这样做的。若由客户端先关闭，等待就在客户端一侧。";
        waiting_for_fin(time) = { format!("若没有收到 FIN，内核将在{}后放弃这一端。", spaced(time)) };

        accept_queue = "accept 队列";
        queue_of(queue) = { format!("{} 个在等待，上限 {}", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "已建立而等待 accept 的连接数，以及最多可以等待多少个，即 backlog。Linux 会多收一个";
        queue_full = "accept 队列已满。Linux 会丢弃后来的 SYN，不作应答；客户端在 1、3、7 秒后重试，看上去像是卡住，直到程序接受连接。";

        process = "进程";
        process_of(process) = { format!("{}（pid {}）", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process) = "进程：{process}";
        state_is(state, explained) = "{state}：{explained}";
    }

    StateMeanings {
        closed(end) = { format!("{}没有连接。", spaced_end(end)) };
        listen(end) = { format!("{}等待 SYN。", spaced_end(end)) };
        syn_sent(end) = { format!("{}已发出 SYN，等待应答。", spaced_end(end)) };
        syn_received(end) = { format!("{}收到 SYN，并以 SYN-ACK 应答。", spaced_end(end)) };
        established(end) = { format!("{}的两个方向都已打开。", spaced_end(end)) };
        fin_wait_1(end) = { format!("{}已发出 FIN，尚未得到确认。", spaced_end(end)) };
        fin_wait_2(end) = { format!("{}的 FIN 已得到确认：现在只接收。", spaced_end(end)) };
        close_wait(end) = { format!("{}已收到 FIN：不会再有字节到来，但仍可发送。", spaced_end(end)) };
        closing(end) = { format!("两端同时发出 FIN，{}的 FIN 尚未得到确认。", spaced_end(end)) };
        last_ack(end) = { format!("{}已收到 FIN，也发出了自己的 FIN。", spaced_end(end)) };
        time_wait(end) = { format!("{}先关闭，正在等待，以免迟到的报文段被当成新连接的，也便于在最后的 ACK 丢失时重发。", spaced_end(end)) };
    }

    StateMoves {
        closed = "两端都不用行动：新的连接从 SYN 开始。";
        listen = "轮到客户端：由它发出 SYN。";
        syn_sent(other) = { format!("轮到{}：SYN-ACK 表示同意，RST 表示拒绝。没有应答则重发 SYN。", spaced_start(other)) };
        syn_received(other) = { format!("轮到{}：它的 ACK 完成握手。", spaced_start(other)) };
        established = "两端都可以发送。先发完的一方发出 FIN。";
        fin_wait_1(other) = { format!("轮到{}：发出 ACK。", spaced_start(other)) };
        fin_wait_2(other) = { format!("轮到{}：它可以继续发送，它的 FIN 结束连接。", spaced_start(other)) };
        close_wait(end) = { format!("轮到{}的程序：它关闭发送方向或关闭连接时，FIN 才发出。一直停在这个状态，就是程序忘了关闭。", spaced(end)) };
        closing(other) = { format!("轮到{}：发出 ACK。", spaced_start(other)) };
        last_ack(other) = { format!("轮到{}：它的 ACK 是最后一个报文段。", spaced_start(other)) };
        time_wait = "两端都不用行动：只有时间能结束它。";
    }

    NoProcesses |language| {
        NotHere = "不在本机，或已经结束";
        NotVisible(uid) = "用户 {uid} 的进程，当前用户无权查看";
        System = "这个系统不告诉没有特权的程序";
        Refused(error) = { error.in_words(language) };
    }

    TcpNumbers {
        heading = "数值";
        whose = "谁的数值";
        none_on_record = "没有记录数值：只有在这个标签页显示连接时才会记录";
        none_yet = "内核还没有提供任何数值";
        gone = "连接在这一端已结束：这是最后的数值";
        not_here = "这个系统不把连接的数值告诉没有特权的程序";
        spoken(name, value) = "{name}：{value}";
        explained(why, source) = "{why}。来源：{source}";
        source(field, unit) = "{field}，单位：{unit}";
        span(least, most) = "最近一分钟内 {least} 到 {most}";
        unit_count = "报文段";
        unit_millis = "毫秒";
        unit_bytes = "字节";
        unit_rate = "字节每秒";
        unit_micros = "微秒";
        bytes(count) = { format!("{} B", grouped(count)) };
        segments(count) = { noun(count, "个报文段") };
        no_threshold = "还没有";
        no_limit = "不限";

        round_trip = "往返时间";
        round_trip_why = "从发出报文段到得到确认的平滑时间";
        variation = "往返波动";
        variation_why = "往返时间的波动：超过往返时间加四倍波动仍未确认，就会重传";
        retransmits = "已重传";
        retransmits_why = "连接开始以来因没有及时收到确认而重传的报文段";
        mss = "MSS";
        mss_why = "最大报文段长度：一个报文段最多携带的字节数，以两端和路径所允许的为准";
        in_flight = "在途";
        in_flight_why = "已发送而尚未得到确认的报文段";
        congestion_window = "拥塞窗口";
        congestion_window_why = "按网络看来能承受的程度，最多可以有多少报文段在途";
        threshold = "慢启动阈值";
        threshold_why = "慢启动阈值：拥塞窗口在它以下时每个往返加倍，在它以上时缓慢增长。第一次丢包之前没有";
        send_queue = "发送队列";
        send_queue_why = "程序已写入而对端尚未确认的字节";
        peer_window = "对端窗口";
        peer_window_why = "对端还能接收多少字节。为 0 时发送方等待";
        delivery = "送达速率";
        delivery_why = "最近字节到达对端的速度，按确认测得";
        pacing = "调速上限";
        pacing_why = "内核按时间分散发送报文段的最高速度";
        limited = "受限于";
        limited_why = "最近两次查看之间是什么使字节不能发得更快：对端的窗口、本端的发送缓冲区、网络（拥塞窗口），或是程序给内核的太少。空闲：全部已发送并得到确认";
        receive_queue = "接收队列";
        receive_queue_why = "已到达而程序尚未读取的字节";
        window = "接收窗口";
        window_why = "这一端还能接收多少字节，以最近告诉对端的为准。程序不读取，窗口就关闭";

        by_nothing = "空闲";
        by_program = "程序";
        by_window = "窗口";
        by_buffer = "缓冲区";
        by_network = "网络";
        share(what, share) = { format!("{what} {:.0}%", share * 100.0) };
        busy(share) = { format!("{:.0}% 的时间有内容待发送", share * 100.0) };
    }
}
