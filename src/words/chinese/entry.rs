//! What happened, as the timeline shows it, and why.

use super::{grouped, noun, spaced, spaced_end, spaced_start};
use crate::words::InWords as _;
use crate::words::entry::{Endings, Entries, LifecycleKinds, States};
use crate::words::translated::translated;

translated! { CHINESE:
    Entries {
        no_peer = "未知对端";
        listening(local, backlog) = "正在监听 {local}，backlog {backlog}";
        listening_dual(local, backlog) = "正在监听 {local}，backlog {backlog}，IPv4 和 IPv6";
        backlog_of(granted, requested) = "{granted}（请求的是 {requested}）";
        bound(local) = "已绑定 {local}";
        bound_dual(local) = "已绑定 {local}，IPv4 和 IPv6";
        joined(bound, groups) = "{bound}，已加入 {groups}";
        truncated(read) = "下一个数据报只读取了 {read}：它比读取缓冲区长";
        truncated_of(read, whole) = "下一个数据报共 {whole}，只读取了 {read}：它比读取缓冲区长";
        datagrams_dropped(datagrams) = { format!("系统丢弃了 {}：接收缓冲区已满", noun(datagrams, "个数据报")) };
        datagrams_ready(peer) = "可以向 {peer} 发送";
        datagrams_ready_from(peer, local) = "可以从 {local} 向 {peer} 发送";
        new_peer(peer) = "新对端 {peer}";
        new_peer_to(peer, local) = "新对端 {peer}，发往 {local}";
        empty_from(peer) = "从 {peer} 收到空数据报";
        empty_to(peer) = "向 {peer} 发送空数据报";
        forgotten_by_us = "本端已忘记";
        forgotten_by_stop = "已忘记：服务器已停止";
        forgotten_by_reply = "回复后已忘记";
        closed_by_silence(time) = { format!("静默{}后已忘记", spaced(time)) };
        closed_by_crowd(limit) = { format!("已忘记：其他活动的对端超过 {} 个", grouped(limit)) };
        looking_up(host) = "正在解析 {host}";
        connecting(peer) = "正在连接 {peer}";
        connected(peer, took) = { format!("已连接 {peer}，用时{}", spaced_start(took)) };
        connected_from(peer, took, local) = { format!("已连接 {peer}，用时{}，本端地址 {local}", spaced_start(took)) };
        next_address(error) = "{error}；正在尝试下一个地址";
        advised(error, advice) = "{error}。{advice}";
        reconnecting(time, attempt) = { format!("{}后重新连接，{attempt}", spaced_end(time)) };
        attempt(attempt) = { format!("第 {} 次尝试", grouped(attempt.into())) };
        attempt_of(attempt, attempts) = { format!("第 {} 次尝试，共 {} 次", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer) = "已接受 {peer}";
        received(size, peer) = "从 {peer} 收到 {size}";
        sent(size, peer) = "向 {peer} 发送 {size}";
        kept(size, kept) = "{size}（保留了前 {kept} 字节）";
        encrypted(size, wire) = { format!("{size}（加密后 {}）", grouped(wire)) };
        of_connection(peer, what) = "{peer} {what}";
        finished_by(peer) = "对端 {peer} 半关闭（FIN）";
        peer_finished = "对端半关闭（FIN）";
        we_finished = "本端半关闭（FIN）";
        closed_by_us = "本端关闭";
        closed_by_stop = "已关闭：服务器已停止";
        closed_by_reply = "回复后关闭";
        closed_by_our_reset = "本端重置（RST）";
        closed_by_peer = "对端关闭（FIN）";
        closed_by_failure(error) = "已关闭：{error}";
        unsent(ending, bytes) = "{ending}，{bytes}未发送";
        unread(ending) = "{ending}，还有收到的字节未读取（系统会发送 RST，推断）";
        unix_unread(ending) = "{ending}，还有收到的字节未读取（对端下一次读取会失败）";
        reset_by(peer, received) = "对端 {peer} 在本端收到 {received}之后重置（RST）";
        unix_reset_by(peer, received) = "对端 {peer} 在本端收到 {received}之后重置";
        received_inside(ending, bytes) = "{ending}；流在一个字符中间结束：{bytes}";
        sent_inside(ending, bytes) = "{ending}；发送的流在一个字符中间结束：{bytes}";
        accept_paused(error) = "已暂停接受：{error}";
        accept_resumed = "已恢复接受";
        accept_aborted(_count, connections) = "{connections}在接受之前就已结束";
        received_missing(_count, bytes) = "收到的内容中有 {bytes}不在文件中";
        sent_missing(_count, bytes) = "发送的内容中有 {bytes}不在文件中";
        not_recorded(_count, entries) = "此前有 {entries}未记录";
        clock_adjusted(sign, jump) = "时钟调整了 {sign}{jump}";
        accepting = "重新接受新连接";
        accepting_closes = "从现在起，新连接一接受就关闭";
        accepting_stopped = "从现在起，新连接在 accept 队列中等待";
        waiting(time) = { format!("等待{}后再继续发送", spaced(time)) };
        reading_stopped = "已停止读取";
        reading_resumed = "已恢复读取";
        pace(rate) = { format!("从现在起，每秒最多发送 {} 字节", grouped(rate.into())) };
        pace_slices(bytes, pause) = { format!("从现在起，每次写入最多 {} 字节，间隔 {pause}", grouped(bytes.into())) };
        pace_both(rate, slices) = "{rate}；{slices}";
        pace_free = "从现在起，对端读多快就发多快";
        by_rule(rule, what) = "按规则 {rule}：{what}";
        dropped(bytes) = "丢弃了 {bytes}，没有发送";
        corrupted(at, bytes, from, to) = "{bytes}中的字节 {at} 已损坏：{from:02X} 变成 {to:02X}";
        unanswered(bytes, peer) = "没有规则回复 {peer} 的 {bytes}请求";
        queue_cancelled(bytes, acts) = { queue_cancelled(bytes, acts) };
        cancelled(bytes) = "发送 {bytes}之后取消了文件发送";
        of_process(what, process, uid) = "{what}（进程 {process}，用户 {uid}）";
        stopped = "服务器已停止";
        unknown(kind) = "只有更新版本的 Bothends 才认识的事件（类型 {kind}）";
        details_unread(what) = "{what}：无法读取其详情";
        damaged(what, error) = "{what}：{error}";
    }

    LifecycleKinds |language| {
        Listening = "正在监听";
        Bound = "已绑定";
        Truncated = "比读取缓冲区长的数据报";
        Dropped = "系统丢弃的数据报";
        Upgraded = "已升级到 TLS（STARTTLS）";
        TlsHello = "客户端发起 TLS";
        TlsAgreed = "TLS 已协商";
        TlsRefused = "TLS 被拒绝时对端的证书";
        TlsAlert = "TLS 警报";
        TlsCloseNotify = "close_notify";
        TlsCut = "截断：TCP 连接结束时没有 close_notify";
        TlsSecrets = "已记录密钥";
        LookingUp = "正在解析主机名";
        Connecting = "正在连接";
        Connected = "已连接";
        ConnectFailed = "一次连接尝试失败";
        Accepted = "已接受";
        PeerFinished = "对端半关闭（FIN）";
        WeFinished = "本端半关闭（FIN）";
        Closed = "已关闭";
        Reset = "对端重置（RST）";
        AcceptPaused = "已暂停接受";
        AcceptResumed = "已恢复接受";
        Missing = "文件中缺少的字节";
        NotRecorded = "此前未记录的条目";
        ClockAdjusted = "时钟已调整";
        Failed = "错误";
        Stopped = "服务器已停止";
        AcceptAborted = "接受之前就已结束的连接";
        AcceptingChanged = "新连接的处理方式已更改";
        Waiting = "等待后再继续发送";
        ReadingStopped = "已停止读取";
        ReadingResumed = "已恢复读取";
        PaceChanged = "发送速度已更改";
        Cancelled = "已取消文件发送";
        Unanswered = "没有规则回复的请求";
        QueueCancelled = "已取消排队的内容";
        Reconnecting = "重新连接";
        SequenceBegan = "序列已开始";
        SequenceEnded = "序列已结束";
        Disturbed = "被随机丢弃或损坏的消息";
    }

    States |language| {
        Open = "已建立";
        PeerFinished = "对端半关闭";
        WeFinished = "本端半关闭";
        Closed(ending) = { ending.in_words(language) };
    }

    Endings |language| {
        Closed(closed) = { language.ended(closed, None) };
        Reset(unsent_bytes) = { language.reset(*unsent_bytes, None) };
    }
}

fn queue_cancelled(bytes: u64, acts: u64) -> String {
    let acts = noun(acts, "个等待中的动作");
    match bytes {
        0 => format!("取消了 {acts}"),
        _ => format!("取消了 {acts}，其中待发送 {}", noun(bytes, "字节")),
    }
}
