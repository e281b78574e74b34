//! Endpoints: their rows, their settings, their connections.

use super::{bytes, duration, grouped, noun, rate, spaced_end, spaced_start};
use crate::words::endpoints::{BindScopes, Endpoints};
use crate::words::translated::translated;

translated! { CHINESE:
    Endpoints {
        tab = "端点";
        left_tabs = "文档的内容";
        add = "添加端点";
        new_copy = "副本";
        list_menu = "端点的顺序";
        as_arranged = "按排列顺序";
        by_name = "按名称";
        running_first = "运行中的在前";
        filter = "筛选端点";
        none = "还没有端点。添加服务器以接受连接，或添加客户端以发起连接。";
        none_match = "没有匹配的端点";
        row(name, state) = "{name}，{state}";
        echoes = "回显";
        replies_fixed = "固定消息";
        replies_by_rules = "规则";
        replies_nothing = "不回复";
        number(connection) = "#{connection}";
        amount(size) = { bytes(size) };
        time(time) = { duration(time) };
        rate(bytes_per_second) = { rate(bytes_per_second) };

        nothing_selected = "添加端点后，这里显示它的设置";
        inspector_tabs = "端点的各部分";
        close_inspector = "关闭检查器";
        setup = "设置";
        setup_of(name) = { format!("{}的设置", spaced_end(name)) };
        connection = "连接";
        no_connection = "还没有连接";
        no_peer = "还没有对端";
        behaviour = "行为";
        accepting = "接受连接";
        connecting_section = "发起连接";
        how_read = "分帧与编码";

        open = "已建立";
        open_why = "双方都可以发送。先发完的一方以 FIN 结束。";
        peer_finished_why = "对端已发出 FIN，不再发送。本端仍可发送；本端发出 FIN 或关闭，连接就结束。";
        we_finished_why = "本端已发出 FIN。对端仍可发送，它的 FIN 会结束连接。";
        closed = "已关闭";
        lost = "已中断";
        local_address = "本端地址";
        peer_address = "对端";
        opened = "打开于";
        took = "连接用时";
        received = "已接收";
        sent = "已发送";
        act = "操作";
        speed = "发送速度";
        speed_why = "这个连接此后的发送速度";
        rate_field = "每秒字节数";
        rate_field_why = "每秒最多发送的字节数，例如 10k；留空则对端读多快就发多快";
        slice_field = "每次写入字节数";
        slice_field_why = "每次写入最多这么多字节；留空则系统收多少就写多少";
        pause_field = "间隔";
        pause_field_why = "两次写入之间的间隔，例如 20ms";
        wait_field = "等待时间";
        wait_field_why = "等待这么久再发送后面的内容，例如 500ms";
        apply = "应用";
        wait_now = "开始等待";

        show_all = "显示全部条目";
        show_only = "只显示此端点的条目";
        name = "名称";
        more(name) = { format!("{}的更多操作", spaced_end(name)) };
        finish_sending = "结束发送（FIN）";
        rename = "重命名";
        duplicate = "创建副本";
        remove = "移除";
        stop_and_remove = "停止并移除";
        removed(name) = { format!("已移除{}", spaced_start(name)) };
        undo = "撤销";
        stopped = "已停止";
        not_connected = "未连接";
        connecting = "正在连接";
        paused = "已暂停接受";
        listening = "正在监听";
        connected = "已连接";
        failed = "失败";

        start_server = "启动服务器";
        stop_server = "停止服务器";
        start_server_short = "启动服务器";
        stop_server_short = "停止服务器";
        connect = "连接";
        disconnect = "断开";
        disconnect_peer = "关闭连接";
        use_free_port = "使用空闲端口";

        bind_address = "绑定地址";
        choose_address = "选择本机的一个地址";
        bind_port = "绑定端口";
        any_port = "0 表示任选一个空闲端口";
        both_families = "IPv4 和 IPv6";
        reachable = "网络上的其他计算机可以访问";
        address_choice(address, about) = "{address}，{about}";
        listening_on(address) = "正在监听 {address}";
        reachable_at(address) = "可通过 {address} 访问";
        backlog_of(backlog) = { format!("backlog {}", grouped(backlog.into())) };
        backlog_capped(backlog, requested) = { format!("backlog {}（请求的是 {}）", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP：没有 backlog，每个数据报各自独立";
        dual_stack(backlog) = "{backlog}，IPv4 和 IPv6";
        copy = "复制";
        copy_this(address) = "复制 {address}";
        copy_address = "复制地址";

        transport = "传输协议";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Unix 套接字";
        key_file = "密钥文件";
        flaw = "证书的缺陷";
        alpn = "协议（ALPN）";
        forget_after = "忘记对端的时限";
        forget_after_why = "两个方向都静默多久之后忘记对端，例如 30s；UDP 没有看得见的结束；留空则为 2 分钟";
        groups = "多播组";
        groups_why = "要加入的多播组，例如 239.1.2.3 或 ff02::fb，多个用逗号分隔；其他程序也可以在同一端口上加入；留空则不加入";
        interface = "多播接口";
        interface_why = "在哪个接口上加入多播组并发送多播，写接口名或它的一个地址；留空则由系统选择";
        multicast_ttl = "多播 TTL";
        multicast_ttl_why = "多播数据报的跳数上限，0 到 255；每经过一个路由器减 1；1 只在本地网络，0 只在本机；留空则用系统的值，即 1";
        multicast_loop = "在本机接收自己的多播";
        multicast_loop_why = "发往多播组的数据报是否也送达本机加入该组的程序，包括本程序（IP_MULTICAST_LOOP）";
        forgetting = "忘记对端";
        forgetting_why = "UDP 没有连接。谁发来数据报，谁就是对端，直到这么久没有任何往来；留空则为 2 分钟。";
        multicast = "多播";
        forget_peer = "忘记";
        forget_selected = "忘记所选对端";
        peers_and_forgotten(open, forgotten) = { format!("{}，已忘记 {} 个", noun(open, "个对端"), grouped(forgotten)) };
        clear_forgotten = "清除已忘记的";
        clear_forgotten_name = "清除已忘记的对端";
        clear_forgotten_why = "从列表中移除已忘记的对端；它们的条目留在时间线中";
        last_activity_at(time) = "最近活动 {time}";
        udp_peer(address, state, amounts) = "{address} {state}，{amounts}";
        datagrams_each_way(received, sent) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received, sent, undelivered) = { format!("{}，未送达 {}", datagrams_each_way(received, sent), grouped(undelivered)) };
        datagrams_of(datagrams, size) = { format!("{}，{}", noun(datagrams, "个数据报"), bytes(size)) };
        state_and(state, amounts) = "{state}，{amounts}";
        ready = "就绪";
        ready_to_send(peer) = "可以向 {peer} 发送";
        udp_known = "已知对端";
        udp_forgotten = "已忘记";
        udp_no_states = "UDP 没有状态：开始时没有握手，结束时没有 FIN。有的只是一个个独立的数据报，以及最后一个数据报的时间。";
        udp_new_again = "没有把这件事告诉对端。它若再发来，就是新的对端。";
        udp_nothing_came = "还没有收到任何回音。UDP 不会说明发出的数据报有没有人收到：只有应答才能说明。";
        udp_undelivered_why(datagrams) = { format!("有 {}未能送达：网络（ICMP）这样报告。", noun(datagrams, "个数据报")) };
        udp_first = "首个数据报";
        udp_last = "最近活动";
        udp_local_why = "对端把数据报发到这个地址";
        udp_forgotten_at = "忘记时间";
        udp_forgotten_at_why = "若到那时没有任何往来";
        udp_undelivered = "未送达";
        udp_undelivered_hint = "收到的 ICMP 消息数。没有收到并不表示全部送达。";
        datagrams_undelivered_of(datagrams) = { noun(datagrams, "个数据报") };
        udp_speed_why = "此后向这个对端发送数据报的速度";
        udp_slice = "每个数据报字节数";
        udp_slice_why = "把要发送的内容切成最多这么多字节的数据报；留空则一条消息一个数据报";
        udp_pause_why = "两个数据报之间的间隔，例如 20ms";
        stop_first = "先停止或断开，才能更改";
        forget_after_reply = "回复后忘记对端";
        forget_after_reply_why = "不向它发送任何内容；它若再发来，就是新的对端";
        replies_to_datagrams = "回复每个数据报";
        greeting_of_datagrams_why = "最先发给每个对端；服务器在收到对端的首个数据报之后发送";
        read_buffer_of_datagrams_why = "一个数据报最多读取的字节数：1 到 1m。更长的数据报会被截断，其余部分丢失";
        send_buffer_of_datagrams_why = "SO_SNDBUF：系统在发出之前最多替本程序存放多少；Linux 会加倍；留空则用系统的大小";
        receive_buffer_of_datagrams_why = "SO_RCVBUF：所有对端合计最多有多少数据等待本程序读取；超出部分到达即丢失；Linux 会加倍；留空则用系统的大小";
        connect_of_datagrams_why = "UDP 没有握手：连接只是解析主机名并打开套接字，不发送任何内容。对方在不在，要等收到回音才知道。";
        reconnect_of_datagrams_why = "主机名解析失败或对端被忘记时，重新打开套接字：最短和最长的等待时间，还可加上次数，例如 1s..30s, 10 times；留空则从不";
        socket_path = "套接字路径";
        socket_path_why = "套接字文件的路径，或 @ 加名称，不用文件（Linux）";
        mode = "文件权限";
        mode_why = "谁可以连接，用八进制：600 只有你自己，666 所有人；留空则由系统决定";

        network = "网络";
        network_why = "实验网络是本机上的私有网络，其中每个数据包都会被记录：里面的端点通过 127.0.0.1 和 ::1 互通，到不了别处";
        system_network = "系统";
        lab = "实验网络（私有）";
        in_lab(address) = "{address}，在实验网络中";
        lab_delay = "数据包延迟";
        lab_delay_why = "实验网络的每个数据包在两个方向上各晚到多久；最后启动的服务器决定整个实验网络的值；留空则立即到达";
        lab_loss = "丢包率";
        lab_loss_why = "实验网络中丢失的数据包所占比例，例如 1%；最后启动的服务器决定整个实验网络的值；留空则不丢包";

        target = "目标";
        choose_server = "选择服务器";
        host_and_port = "主机和端口";
        not_listening = "尚未监听";
        remote_host = "远程主机";
        remote_port = "远程端口";
        connected_to(peer) = "已连接 {peer}";
        half_closed_by_peer = "对端半关闭（FIN）";
        half_closed_by_us = "本端半关闭（FIN）";
        follow = "追踪连接";
        follow_why = "以文本或十六进制转储显示整个连接";

        reply = "回复";
        echo = "回显";
        fixed = "固定消息";
        no_reply = "无";
        reply_message = "回复消息";
        hex = "十六进制";
        hex_why = "消息以十六进制数字书写";
        escapes = "转义";
        escapes_why = r"\n、\x0A 之类表示字节";
        template = "模板";
        template_why = "{{counter}} 之类的字段在每次回复时计算";
        when_applied = "离开此字段时生效";
        replies_to_reads = "每次读取回复一次";
        replies_to_reads_why = "在“分帧与编码”中选择分帧，即可改为每个帧回复一次";
        replies_to_frames = "每个帧回复一次";

        greeting = "问候消息";
        greeting_why = "在每个连接上最先发送";

        socket_options = "套接字选项";
        source = "源地址";
        source_why = "从哪里发起连接：地址、“:端口”或“地址:端口”；留空则任意";
        no_delay = "小块写入立即发送";
        no_delay_why = "TCP_NODELAY：关闭后，系统可把多次小写入合并为一个报文段（Nagle 算法）";
        keep_alive = "保活";
        keep_alive_why = "SO_KEEPALIVE：对端静默达到第一个时间后开始探测，之后每隔第二个时间探测一次，连续若干次（第三个数）没有应答则放弃，例如 60s,10s,5；留空则从不";
        send_buffer = "发送缓冲区";
        send_buffer_why = "SO_SNDBUF：对端确认之前，系统最多替本程序存放多少字节；Linux 会加倍；留空则自动";
        receive_buffer = "接收缓冲区";
        receive_buffer_why = "SO_RCVBUF：系统最多替本程序存放多少未读的字节，窗口由它决定；Linux 会加倍；留空则自动";
        ttl = "TTL";
        ttl_why = "数据包的跳数上限，1 到 255；每经过一个路由器减 1；留空则用系统的值";
        linger = "关闭等待";
        linger_why = "SO_LINGER：关闭时最多等多久，以便发完未发送的字节；0s 则以 RST 关闭；留空则在后台发完";
        new_connections = "新连接";
        new_connections_why = "立即生效：接受，接受后关闭，或留在 accept 队列中直到队列满";
        accept = "接受";
        accept_and_close = "接受后关闭";
        stop_accepting = "留在队列中";

        start_tls = "开始 TLS";
        stop_reading = "停止读取";
        resume_reading = "恢复读取";
        reset = "重置（RST）";
        pace = "发送速度";
        pace_free = "对端读多快就发多快";
        pace_rate(rate) = { format!("每秒 {}", bytes(rate)) };
        pace_slices(size, pause) = { format!("每次写入 {}，间隔 {}", bytes(size), duration(pause)) };

        backlog = "backlog";
        backlog_why = "最多有多少个连接可以等待接受；系统可能设有上限";
        stop_to_change = "先停止服务器，才能更改";
        read_buffer = "读取缓冲区";
        read_buffer_why = "一次读取最多返回的字节数：1 到 1m";
        close_after_reply = "回复后关闭";
        when_peer_finishes = "对端结束发送时";
        close = "关闭";
        stay_half_open = "保持发送方向打开";
        not_applied = "设置有误";
        not_approved = "未批准";
        not_applied_why = "红色字段改对之前，这里的设置都不生效；服务器照旧运行。";
        reading_stopped = "已停止读取";
        new_data = "对新数据生效";
        connect_timeout = "连接超时";
        connect_timeout_why = "每个地址最多等多久：200ms、5s、1m";
        reconnect = "自动重连";
        reconnect_why = "连接失败或连接结束时重新连接：最短和最长的等待时间，还可加上次数，例如 1s..30s, 10 times；留空则从不";
        reconnecting(seconds, attempt) = { format!("{}后重连 · {attempt}", seconds_left(seconds)) };
        again_in(seconds, attempt) = { format!("{}后重试 · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt) = "正在重连 · {attempt}";
        stop_reconnecting = "停止";
        send_saved = "发送已保存的消息";
        wait_a_second = "等待 1 秒再继续发送";
        wait_menu = "等待后再继续发送";
        wait_for(time) = { duration(time) };
        disconnect_to_change = "先断开，才能更改";

        peers(open) = { noun(open, "个对端") };
        peers_and_closed(open, closed) = { format!("{}，已关闭 {} 个", noun(open, "个对端"), grouped(closed)) };
        forget = "清除已关闭的";
        forget_name = "清除已关闭的对端";
        forget_why = "从列表中移除已关闭的对端；它们的条目留在时间线中";
        peer(address, state, received_bytes, sent_bytes, since) = { format!("{address} {state}，收 {}，发 {}，始于 {since}", bytes(received_bytes), bytes(sent_bytes)) };
        bytes_since(received_bytes, sent_bytes, since) = { format!("收 {}，发 {}，始于 {since}", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state, received_bytes, sent_bytes) = { format!("{state}，收 {}，发 {}", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "只显示此对端";
        numbered_peer(number, address) = "#{number} {address}";
        send_to_peer = "发送给此对端";
        selected(count) = { format!("已选 {} 个", grouped(count)) };
        send_to_selected = "发送给所选对端";
        send_to_selected_why = "把消息发送给所选对端";
        disconnect_selected = "断开所选对端";
        clear_selection = "取消选择";
    }

    BindScopes |language| {
        LoopbackV4 = "仅本机（IPv4）";
        LoopbackV6 = "仅本机（IPv6）";
        AllV4 = "所有 IPv4 地址";
        AllV6 = "所有 IPv6 地址";
        DualStack = "所有地址（双栈）";
        Interface(name) = "{name}";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64)| format!("{}（{}）", grouped(datagrams), bytes(size));
    format!("收 {}，发 {}", each(received), each(sent))
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}
