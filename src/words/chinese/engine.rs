//! What failed in the engine, and what to do next.

use super::grouped;
use crate::words::InWords as _;
use crate::words::engine::{Commands, Engine, NetErrors, Unreachable};
use crate::words::translated::translated;

translated! { CHINESE:
    Engine {
        not_started(reason) = "无法启动端点：{reason}";
        not_connected(address, reason) = "无法连接 {address}：{reason}";
        timed_out(seconds) = "{seconds} 秒后超时";
        try_again = "请稍后再试";
        use_free_port = "请使用空闲端口，或停止在那里监听的程序";
        use_high_port = "1024 以下的端口需要特殊权限：请使用 1024 或更大的端口";
        use_our_address = "请选择本机的一个地址";
        choose_ipv4 = "请选择 IPv4 地址";
        make_room = "请关闭一些连接或程序，再重试";
        make_room_or_raise = "请关闭一些连接或程序，或提高限制（ulimit -n），再重试";
        add_scope = "请给链路本地地址加上接口：fe80::1%eth0";
        use_ipv4_itself = "请直接使用 IPv4 地址，或使用 :: 并启用双栈";
        check_name = "请检查主机名和本机的 DNS 服务器，或直接输入地址";
        wait_for_look_ups = "请等其中一个结束，或直接输入地址";
        start_server = "请检查是否有服务器监听这个地址和端口";
        check_network = "请检查地址和本机的网络";
        check_firewall = "请检查地址和途中的防火墙";
        check_permission = "请检查本机的防火墙和本程序的权限";
        allow_more_time = "请检查地址和途中的防火墙，或放宽时间";
        use_ipv4 = "请使用 IPv4 地址";
        accepting_goes_on = "请关闭一些连接或程序；有了余量，会自动恢复接受";
        accepting_goes_on_or_raise = "请关闭一些连接或程序，或提高限制（ulimit -n）；有了余量，会自动恢复接受";
        wait_for_reader = "请等对端读取，或断开它";
        wait_for_readers = "请等各对端读取，或断开不读取的对端";
        use_other_path = "请换一个路径；已有程序在那里监听，或那里的文件不是套接字";
        shorten_path = "请使用更短的路径（最多 107 字节）";
        use_path = "请使用路径：只有 Linux 有抽象名称（unix:@…），Windows 没有 Unix 套接字";
        use_our_source = "请从本机的地址发起连接";
        use_same_family = "请从与目标同一地址族（IPv4 或 IPv6）的地址发起连接";
        make_folder = "请创建该文件夹，或选择已有文件夹中的路径";
        check_path = "请检查路径，以及是否有服务器监听它";
        not_done_elsewhere(endpoint, why) = "端点 {endpoint} 上未执行：{why}";
        not_sent_elsewhere(endpoint, bytes, why) = "端点 {endpoint} 上有 {bytes}未发送：{why}";
        undelivered(peer, why) = "有一个数据报未能送达 {peer}：{why}";
        undelivered_said(peer, why, by) = "有一个数据报未能送达 {peer}：{why}，报告者 {by}";
        some_peer = "某个对端";
        port_unreachable = "那里没有程序监听（ICMP port unreachable，端口不可达）";
        icmp_host_unreachable = "无法到达该主机（ICMP host unreachable，主机不可达）";
        icmp_net_unreachable = "无法到达该网络（ICMP network unreachable，网络不可达）";
        icmp_prohibited = "防火墙不让它通过（ICMP administratively prohibited，管理禁止）";
        icmp_too_big = "对途中的网络来说太长（ICMP packet too big，数据包过大）";
        icmp_other(kind, code) = "ICMP 类型 {kind}，代码 {code}";
        too_long = "一个数据报最多 65,507 字节";
        send_queue_full = "系统的发送队列已满（ENOBUFS）";
        send_slower = "请放慢发送速度";
        check_port = "请检查是否有程序打开了这个 UDP 端口";
        send_less = "请一次少发一些，或在“发送速度”下设置“每个数据报字节数”";
        answer_faster = "请缩短回复前的等待，或让对端少发一些请求";
        choose_peer = "请选择一个已连接的对端，或等待对端连接";
    }

    Commands |language| {
        Full = "端点仍在处理之前的命令";
        Ended = "端点已不存在";
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
    }

    Unreachable |language| {
        NotRunning = "它没有运行";
        NoConnection = "它没有连接";
        Busy = "它仍在处理之前的操作";
    }

    NetErrors |language| {
        Listen(address, source) = { format!("无法监听 {address}：{}", language.reason_at(address, source)) };
        LookUp(host, source) = { format!("找不到 {host}：{}", language.lookup_reason(source)) };
        TooManyLookUps(host, limit) = "无法解析 {host}：已有 {limit} 个解析在等待";
        Connect(address, source) = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout(address, timeout) = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp(target) = "已取消连接 {target}";
        Accept(address, source) = { format!("无法在 {address} 上接受连接：{}", source.in_words(language)) };
        Receive(peer, source) = { format!("无法从 {peer} 接收：{}", language.reason_at(peer, source)) };
        Send(peer, source) = { format!("无法向 {peer} 发送：{}", language.reason_at(peer, source)) };
        Undelivered(peer, source, icmp) = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram(peer, bytes, source) = { format!("发往 {peer} 的 {}未发送：{}", language.counts.bytes(*bytes), language.datagram_reason(*bytes, source)) };
        Overrun(peer) = "不再回复 {peer} 的数据报：等待发送的回复已经太多";
        Tls(peer, source) = { language.tls_failed(peer, source) };
        TlsSettings(source) = { format!("无法设置 TLS：{}", source.in_words(language)) };
        NoTls = "没有开始 TLS：连接已经加密，或它的端点没有设置 TLS";
        FinishTimeout(peer, timeout) = { format!("{peer} 没有在 {} 秒内读完回复并结束", timeout.as_secs_f64()) };
        FinishFlood(peer, limit_bytes) = { format!("{peer} 在回复之后又发来的内容超过 {}", language.counts.bytes(*limit_bytes)) };
        QueueFull(peer, bytes, queued_bytes) = { format!("发往 {peer} 的 {}未能排队：它还没有读取之前的 {}", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        BudgetSpent(peer, bytes, queued_bytes) = { format!("发往 {peer} 的 {}未能排队：本会话已有 {}在等待不读取的对端", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        RequestTooLong(limit_bytes) = { format!("未回复：回复要用到请求，而请求超过 {}", language.counts.bytes(*limit_bytes)) };
        MemoryFull(limit_bytes) = { format!("未记住：这个端点最多记住 {}", language.counts.bytes(*limit_bytes)) };
        GroupName(bytes, limit_bytes) = { format!("未加入组：组名有 {}，最多 {} 字节", language.counts.bytes(*bytes), grouped(*limit_bytes)) };
        GroupsFull(limit) = { format!("未加入组：这个端点的连接已加入 {} 个组，达到上限", grouped(*limit)) };
        Elsewhere(endpoint, bytes, why) = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "未记住：请求没有给出位置";
        NotOpen(bytes) = { format!("{}未发送：连接已不能再发送", language.counts.bytes(*bytes)) };
        NotConnected(bytes) = { format!("{}未发送：没有建立连接", language.counts.bytes(*bytes)) };
        NoConnection = "未执行：这个连接已不存在";
        NoPeers(bytes) = { format!("{}未发送：没有已连接的对端", language.counts.bytes(*bytes)) };
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
        Lab(address, source) = { format!("在这个网络中无法使用 {address}：{}", source.in_words(language)) };
        Template(source) = { format!("模板未发送：{}", source.in_words(language)) };
    }
}
