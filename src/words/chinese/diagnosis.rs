//! Why it failed: what was found on this machine, what to do next, and what a button does about it.

use super::{noun, spaced, spaced_end, spaced_start};
use crate::net::Address;
use crate::payload::VisibleText;
use crate::session::diagnose::Owner;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::diagnosis::{Diagnoses, Findings, Owners, Remedies};
use crate::words::translated::translated;
use std::net::IpAddr;
use std::time::Duration;

/// How many of this machine's addresses are named.
const MAX_ADDRESSES: usize = 4;

translated! { CHINESE:
    Diagnoses {
        why = "为什么？";
        why_name(endpoint) = { format!("{}为什么失败", spaced_end(endpoint)) };
        heading = "本机现在的情况";
        looking = "正在检查…";
        nothing = "在本机上没有找到失败的原因。";
        check_again = "重新检查";
        start_and_connect(name) = { format!("启动{}并连接", spaced(name)) };
        cannot_connect(address) = "无法连接 {address}";
        refused(address) = "{address} 拒绝了连接";
        cannot_find(host) = { format!("找不到 {}", VisibleText::plain(host).text) };
        explained(failed, finding) = "{failed}。{finding}";

        free_port_or_stop = "请使用空闲端口，或停止那个服务器";
        free_port = "请使用空闲端口，或结束那个程序";
        one_family = "请换一个端口，或改为监听某个 IPv4 地址，或结束那个程序";
        wait = "请等一分钟，或换一个端口";
        just_try_again = "请重试；若再次失败，请使用空闲端口";
        choose_ours = "请在其中一个地址上监听，或用 0.0.0.0 或 :: 监听全部地址";
        high_port(first_free) = "请使用 {first_free} 或更大的端口";
        ask_administrator = "请询问本机的管理员；容器、SELinux 和 AppArmor 都可能禁止它";
        choose_interface = "请在“多播”下的“多播接口”中选择一个";
        use_ipv4 = "请使用 IPv4 地址";
        start_one = "请启动应该在那里监听的程序，或检查端口";
        open_one = "请启动应该打开该端口的程序，或检查端口";
        same_transport = "请让两端使用同一种传输协议";
        undelivered(address) = "有一个数据报未能送达 {address}";
        now_it_works = "请重试";
        connect_there(address) = "请改为连接 {address}";
        listen_on_both(address) = "请改为连接 {address}，或让服务器也监听另一个地址族（双栈服务器两个地址族都接受）";
        start_ours(name) = { format!("请启动{}再连接", spaced(name)) };
        check_there = "请在那台计算机上检查：服务器是否在运行，是否监听这个地址，而不只是它自己的 127.0.0.1";
        let_accept = "请让那个程序接受连接，或给它的 listen() 更大的 backlog";
        more_time = "请放宽时间，并检查地址";
        check_near = "请检查那台计算机是否开机，地址是否正确";
        real_address = "请换成真实的地址";
        change_firewall = "请在本机的防火墙中放行（Linux 上是 nft、iptables 或 ufw）";
        ask_firewall = "请检查两台计算机上和途中各网络的防火墙";
        one_host = "请使用某一台计算机的地址";
        join_network = "请把本机接入网络，或改用另一个地址族";
        default_route = "请检查本机的网络设置：没有默认路由，就只能到达自己所在的网络";
        wait_for_ports = "请等一分钟，或少建连接，在一个连接上多传一些";
        any_source = "请把源地址留空，或在其中换一个端口";
        use_known = "如果你要的就是它，请使用那个主机名";
        name_only = "请只输入主机名或地址；端口有单独的字段";
        four_numbers = "IPv4 地址是四个 0 到 255 的数，例如 192.168.1.5";
        network_works = "请检查本机是否已联网；直接用地址则不需要 DNS 服务器";
        set_name_server = "请设置 DNS 服务器，或直接使用地址";
        check_spelling = "请检查拼写，或直接使用地址";
        whole_name = "请加上域名，例如 name.example.org，或直接使用地址";
        look_there(name) = { format!("请看{}在那个时刻的条目：其中说明了它为什么关闭", spaced(name)) };
        look_at_its_log = "请查看那个程序自己的日志，以及它的证书和它信任什么";
        look_at_log = "请查看那个程序自己的日志；它可能拒绝了这个客户端，或在还有字节未读时就关闭了连接";
        start_again = "请重新启动那个程序；它可能已被结束，或已崩溃";
    }

    Owners |language| {
        Process(pid, name) = { let _: &Language = language; format!("{}（进程 {pid}）", VisibleText::plain(name).text) };
        Ours(name) = { format!("本文档的{}", spaced_start(name)) };
        Us = "本程序";
        Unnamed = "另一个用户的某个程序（系统不透露其名称）";
    }

    Findings |language| {
        HeldByOurs(name, address) = { format!("本文档的{}已在监听 {address}", spaced(name)) };
        HeldBy(owner, address) = { format!("端口被占用：{}正在监听 {address}", spaced_end(&owner.in_words(language))) };
        HeldForBoth(address) = "监听 {address} 的是双栈套接字：它把 IPv4 的这个端口也占了";
        UsedByConnection(owner, local, remote) = { format!("有一个连接以 {local} 为自己的地址，另一端是 {remote}；它属于{}", spaced_start(&owner.in_words(language))) };
        TimeWait(connections, port) = { let _: &Language = language; format!("端口 {port} 有 {}处于 TIME-WAIT：先关闭的一方会把自己的地址保留大约一分钟", noun(*connections as u64, "个已结束的连接")) };
        FreeNow(address) = "系统现在没有列出占用 {address} 的套接字：它已空闲，或有程序绑定了它但没有监听";
        NotOurs(address, ours) = { not_ours(language, *address, ours) };
        NeedsRights(port, first_free) = "端口 {port} 是保留端口：在这个系统上，{first_free} 以下的端口需要特殊权限";
        PolicyForbids = "这个端口不需要特殊权限，所以是这个系统的某项策略禁止了它";
        NoMulticastInterface = "本机没有哪个网络接口有通往该多播组的路由，所以无法加入";
        NoIpv6 = "本机已关闭 IPv6";
        NobodyListens(port) = "本机没有程序监听端口 {port}，所以系统以 RST 应答了 SYN";
        NobodyHasUdpPort(port) = "本机没有程序打开 UDP 端口 {port}，所以系统以 ICMP port unreachable（端口不可达）应答";
        OtherTransport(owner, address) = { other_transport(language, owner, address) };
        OursListensNow(name, address) = { format!("{}现在正监听 {address}；当时还没有", spaced_end(name)) };
        ListensNow(owner, address) = { format!("现在有程序监听 {address}：{}；当时还没有", owner.in_words(language)) };
        OtherFamily(owner, address) = { format!("监听这个端口的地址是 {address}，因此只接受 {}；监听者是{}", family(address.ip().is_some_and(|it| it.is_ipv6())), spaced_start(&owner.in_words(language))) };
        OtherAddress(owner, address) = { format!("这个端口只在 {address} 上有监听；监听者是{}", spaced_start(&owner.in_words(language))) };
        OursStopped(name, port) = { format!("本文档的{}设置了端口 {port}，但没有运行", spaced(name)) };
        OursElsewhere(name, address) = { format!("本文档的{}监听的是 {address}", spaced(name)) };
        FarAway(address) = "{address} 是另一台计算机的地址。它有应答，说明网络是通的；上面运行着什么，从这里看不到";
        BacklogFull(owner, waiting) = { format!("那里的监听者不接受连接（{}）：accept 队列中有 {}在等待。队列满后，Linux 会丢弃后来的 SYN，不作应答", owner.in_words(language), noun(u64::from(*waiting), "个连接")) };
        NoAnswer(millis) = { no_answer(language, *millis) };
        SameNetwork(interface) = "这个地址似乎就在接口 {interface} 所在的网络中，但那里没有计算机应答它";
        ForExamples(address) = "{address} 是专供文档举例用的地址：没有计算机使用它";
        FirewallHere = "本机自己的防火墙有一条规则拒绝了连接：系统是这样报告的（EPERM）";
        FirewallPossible = "原因可能是防火墙；从这里看不出来";
        Broadcast(address) = "{address} 代表一个网络中的所有计算机，而 TCP 连接只在两台之间";
        NoNetwork(is_ipv6) = { let _: &Language = language; format!("本机除环回地址外没有 {} 地址：它不在任何这样的网络中", family(*is_ipv6)) };
        NoDefaultRoute(is_ipv6) = { let _: &Language = language; format!("本机没有 {} 的默认路由", family(*is_ipv6)) };
        PortsUsedUp(time_wait) = { format!("通往这个地址的连接有 {} 个处于 TIME-WAIT：没有本地端口可供新连接使用", language.numbers.grouped(*time_wait as u64)) };
        SourceUnusable = "客户端要从某个源地址或端口发起连接，但本机没有它，或通往同一对端的另一个连接仍在使用它";
        LooksLike(known) = { let _: &Language = language; format!("这个主机名很像这里已知的 {}", VisibleText::plain(known).text) };
        OddCharacter(character) = { let _: &Language = language; format!("主机名中不会有字符 {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "它不是完整的 IPv4 地址，所以被当作主机名";
        NameServerSilent = "没有 DNS 服务器应答";
        NoNameServer = "本机没有设置 DNS 服务器，所以只认识 hosts 文件中的主机名";
        NameUnknown = "DNS 服务器回答：没有这个主机名";
        NameWithoutDot = "主机名中没有点，所以只在 hosts 文件和本地网络中查询过";
        PeerIsOurs(name) = { format!("另一端当时是本文档的{}", spaced_start(name)) };
        PeerIs(owner) = { format!("另一端就在本机：{}", owner.in_words(language)) };
        PeerListens(owner) = { format!("那里的监听者仍在工作（{}），所以只有这个连接被重置", owner.in_words(language)) };
        PeerGone = "另一端原来就在本机，现在没有程序监听它的地址";
    }

    Remedies |language| {
        UseFreePort = "使用空闲端口";
        StopServer(name) = { format!("停止{}", spaced_start(name)) };
        StartServer(name) = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address) = "连接 {address}";
        ListenOn(address) = "监听 {address}";
        UsePort(port) = "使用端口 {port}";
        UseHost(host) = { let _: &Language = language; format!("连接 {}", VisibleText::plain(host).text) };
        AllowTime(time) = { let _: &Language = language; format!("重试，最多等 {} 秒", time.as_secs()) };
        AnySource = "从任意端口连接";
        TryAgain = "重试";
    }
}

fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 { "IPv6" } else { "IPv4" }
}

fn not_ours(_: &Language, address: IpAddr, ours: &[IpAddr]) -> String {
    let named: Vec<_> = ours
        .iter()
        .take(MAX_ADDRESSES)
        .map(IpAddr::to_string)
        .collect();
    let more = if ours.len() > MAX_ADDRESSES {
        " 等"
    } else {
        ""
    };
    if named.is_empty() {
        return format!("本机没有哪个接口有 {address}，也没有同一地址族的其他地址");
    }
    format!(
        "本机没有哪个接口有 {address}；本机的地址有 {}{more}",
        named.join("、")
    )
}

fn other_transport(language: &Language, owner: &Owner, address: &Address) -> String {
    let (it, other) = if address.is_udp() {
        ("UDP", "TCP")
    } else {
        ("TCP", "UDP")
    };
    let owner = owner.in_words(language);
    format!(
        "这个号码的 {it} 端口（{address}）属于{}；{other} 有自己的端口",
        spaced_start(&owner)
    )
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        format!("{} 秒内", Duration::from_millis(millis).as_secs_f64())
    } else {
        String::new()
    };
    format!("{time}没有收到对 SYN 的任何应答，连拒绝也没有：SYN 或对它的应答在途中丢失，或被丢弃")
}
