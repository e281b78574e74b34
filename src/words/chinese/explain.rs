//! What an event of a connection's life means, for those who meet it for the first time.

use super::noun;
use crate::words::explain::Explanations;
use crate::words::translated::translated;

translated! { CHINESE:
    Explanations {
        received(size, buffer) = { received(size, buffer) };
        sent(size) = { format!("send() 把 {}交给系统，系统当即收下。已发送不等于已送达：对端的系统稍后才确认，对端的程序还要更晚才读到，而且怎样分块由它自己决定。", noun(size, "字节")) };
        listening = "bind() 给套接字指定这个地址，listen() 让它开始接受连接。系统自行完成握手，把连接放进 accept 队列，最多放到 backlog 的数量，直到 accept() 取走。";
        looking_up = "发送任何内容之前，getaddrinfo() 先把主机名变成地址：系统先查 hosts 文件，再问 DNS 服务器。";
        connecting = "connect() 发出了 SYN。收到对端的 SYN-ACK 并以 ACK 应答之后，连接才建立。";
        connected = "connect() 返回：三次握手（SYN、SYN-ACK、ACK）已完成，双方都可以发送。用时大约一个往返。此时对端的程序不一定已调用 accept()。";
        accepted = "accept() 从 accept 队列中取出了这个连接。系统在此之前已把它建立好（SYN、SYN-ACK、ACK），可能已存有对端发来的字节。";
        peer_finished = "recv() 返回 0：对端发出了 FIN，也就是发送完毕。它仍可读取，本端也仍可发送；双方都发送完毕，连接才结束。";
        we_finished = "shutdown(write) 发出了 FIN：本端不再发送，但继续读取，直到对端也发送完毕。先发出 FIN 的一方最后进入 TIME-WAIT。";
        unread = "close() 发现有已到达却从未读取的字节。于是系统发送 RST 而不是 FIN，对端可能因此丢失它还没读的内容。";
        closed_by_us = "close() 在系统已收下的字节之后发出 FIN，并交还套接字。对端先读到这些字节，再读到流的结尾。它若继续发送，这里已没有人读取：系统以 RST 应答。除非对端先结束，否则本端让连接停留在 TIME-WAIT（Linux 上一分钟），以免迟到的数据包混进新的连接。";
        details_unread = "这个条目的其余内容在磁盘上已损坏；其他条目不受影响。";
        unknown = "这是更新版本的程序记录的。请用那个版本打开此捕获来阅读。";
        closed_by_stop = "close() 结束了监听套接字和它的全部连接。新的连接会被拒绝。由本端先关闭的连接会在 TIME-WAIT 停留一段时间；SO_REUSEADDR 让服务器在此期间可以再次监听这个端口。";
        closed_by_reply = "先发送回复，再发送 FIN（shutdown(write)）。close() 之前读完了对端剩余的字节，以免 RST 抢在回复前面。本端先结束，所以由本端进入 TIME-WAIT。";
        closed_by_peer = "对端发送完毕（FIN），随后本端也关闭（close()）。对端发送的字节全部按序送达。对端先结束，所以 TIME-WAIT 在它那一端。";
        closed_by_our_reset = "本端发出了 RST（SO_LINGER 为 0 时的 close()）：连接立即结束，没有 TIME-WAIT，两个方向上还在途中的字节都会丢失。对端的下一次读取会失败，错误为“连接被重置”。";
        accepting_closes = "每个连接接受之后立即关闭：对端看到的是连接成功，接着就是流的结尾。";
        accepting_stopped = "不再从 accept 队列中取出连接。系统仍会完成握手，直到队列满；之后它忽略或拒绝新来的 SYN。";
        waiting = "过了这段时间，才发送后面要发的内容。其间对端什么也看不到。";
        reading_stopped = "不再调用 recv()。接收缓冲区一满，窗口就关闭，对端的写入只好等待（流量控制）。";
        reading_resumed = "重新调用 recv()。窗口打开，对端可以发送等待中的内容。";
        pace = "写入在这里按时间分散开；每次都是独立的写入，不过系统仍可能把它们合并或拆成报文段。";
        reconnecting = "客户端被设为自动重连。每失败一次，等待时间加倍，免得恢复的服务器被冲垮；等待时间中有一部分是随机的，免得所有客户端同时涌来。";
        dropped = "规则以一定概率丢弃要发送的消息，这次就丢弃了：没有任何字节交给系统。";
        corrupted = "规则以一定概率在要发送的消息中制造错误，这次有一个字节在交给系统之前被改动。";
        group = "连接加入组，规则便可向组内所有连接发送。所有组的成员总数有限，组名的长度也有限。";
        elsewhere = "有一条规则要让另一个端点做事，但没有做成，所以那里什么也没有发送。";
        sequence_began = "序列的各个步骤在这个连接上逐一执行。在它结束之前，端点自己的回复会等待。";
        sequence_passed = "所有步骤都已完成：要发送的已交给系统，所期望的都及时到达。";
        sequence_failed = "某个步骤期望在一定时间内收到内容，而它没有到来。不含这些内容的帧会被跳过；从最接近的那个帧可以看出最早在哪里不同。";
        sequence_cancelled = "它在最后一步之前被停止。到那时已经排队的内容仍会发送。";
        unanswered = "请求已到达，但端点没有适用的规则，所以什么也没有做。接连再来的只计数。在列表末尾放一条针对任何请求的规则，就能回复或忽略其余规则不管的请求。";
        queue_cancelled = "一切都已停下：这个连接的队列中等待的内容既不发送也不执行。连接保持打开。";
        cancelled = "对端只收到文件的开头，而且看不出其余部分已取消。";
        reset = "recv() 失败：对端的系统发来了 RST。连接立即结束，没有 TIME-WAIT，两个方向上还在途中的字节都可能丢失。程序结束，或没有读完已到达的内容就关闭时，会发生这种情况。";
        accept_paused = "accept() 失败：每个连接占用一个文件描述符，而现在一个也不剩。新的连接在 accept 队列中等待，直到其他连接结束。";
        accept_aborted = "accept() 发现有些连接已被对端放弃，所以取不出来。接受照常继续。";
        accept_resumed = "又有余量了：在 accept 队列中等待的连接现在被接受。";
        missing = "携带这些字节的数据包不在抓包文件中：抓包开始得较晚，丢了包，或只看到一个方向。";
        not_recorded = "记录曾关闭或停止。其间通信照常进行，但没有留下任何记录。";
        clock_adjusted = "系统时钟被重新设置，前后的时间因此有这么大的跳变；各行的顺序和间隔由另一个从不跳变的时钟测量。";
        in_use = "bind() 失败（EADDRINUSE）：另一个套接字已在监听这个地址和端口，两个套接字不能共用。";
        not_ours = "bind() 失败（EADDRNOTAVAIL）：服务器只能监听本机某个接口所拥有的地址。";
        low_port = "bind() 失败（EACCES）：系统把 1024 以下的端口留给有特殊权限的程序。";
        not_permitted = "系统不允许本程序这样做：本机的防火墙、沙盒或其他策略禁止它。";
        no_family = "本机没有这个地址族的地址：IPv6 已关闭或没有设置。";
        not_bound = "套接字无法绑定到这个地址，所以不会有连接进来。";
        refused = "connect() 失败（ECONNREFUSED）：那台计算机以 RST 应答了 SYN。它在那里，但没有程序在这个地址和端口上接受连接，或是防火墙替它应答。";
        timed_out = "connect() 没有及时得到应答：SYN 发了一次又一次。多半是防火墙悄悄丢弃了数据包，或没有计算机使用这个地址。";
        no_source = "connect() 失败（EADDRNOTAVAIL 或 EADDRINUSE）：没有发出 SYN，因为系统没能为这一端找到本机的地址或端口。";
        no_route = "connect() 失败（ENETUNREACH）：本机没有通往那个网络的路由，所以什么也没有发送。";
        host_unreachable = "connect() 失败（EHOSTUNREACH）：途中最后一个网络没有找到使用那个地址的计算机。";
        not_connected = "系统无法建立连接。";
        name_not_found = "主机名必须先变成地址，而系统一个也没找到：hosts 文件中没有，有应答的 DNS 服务器也不知道。";
        look_ups = "解析要等到 DNS 服务器应答为止。能同时等待的只有几个。";
        given_up = "对端应答之前，这次尝试已在本端结束。";
        silent = "对端不再确认。系统把这些字节发了一次又一次，最后放弃了连接。";
        broken = "对套接字的一次调用失败，所以连接已关闭。还在途中的字节可能丢失。";
        not_finished = "回复后关闭时，会给对端一点时间读完并结束。它没有做到，所以本端关闭了连接。";
        queue_full = "对端不读取：它的接收窗口已关闭，要发送的内容在有限的队列中等待。";
        not_open = "已结束发送的一方不能再发送，已结束的连接也不再传送任何内容。";
        never_open = "发给未连接的客户端的消息会等到它连上。连接没有成功，所以这条消息没有任何字节交给系统。";
        no_peers = "服务器只发给当时已连接的对端，而当时一个也没有。";
        lab_refused = "实验网络是用 unshare(CLONE_NEWUSER | CLONE_NEWNET) 建立的独立网络。系统不允许这样做，所以什么也没有打开。";
        lab_apart = "私有网络与外界隔绝：两个套接字要么都在实验网络中，要么都不在，才能互通。什么也没有发送。";
        not_started = "每个端点运行在自己的线程上，由轮询器等待它的套接字。系统没有余量再开一个。";
        unix_listening = "bind() 建立了套接字文件，listen() 让它开始接受连接。连接在 accept 队列中等待，最多到 backlog 的数量，直到 accept() 取走。";
        unix_connecting = "connect() 查找套接字文件。没有任何内容经过网络。";
        unix_connected = "connect() 返回：系统在内存中接通两端，没有网络上的握手，双方都可以发送。";
        unix_accepted = "accept() 从 accept 队列中取出了这个连接。系统知道另一端是哪个进程。";
        unix_peer_finished = "recv() 返回 0：对端发送完毕。它仍可读取，本端也仍可发送。";
        unix_we_finished = "shutdown(write) 结束了本端的流：本端不再发送，但继续读取，直到对端也发送完毕。";
        unix_reset = "recv() 失败：对端没有读完已到达的内容就关闭了，还在途中的字节可能丢失。";
        unix_closed = "close() 在本端结束了连接。Unix 套接字没有 TIME-WAIT。";
        unix_reading_stopped = "不再调用 recv()。套接字的缓冲区一满，对端的写入只好等待。";
        unix_reading_resumed = "重新调用 recv()，对端可以发送等待中的内容。";
        bound = "bind() 给套接字指定这个地址。UDP 没有 listen()，也没有 accept()：任何人发往这个地址和端口的数据报都到这里来，每个各自独立。";
        bound_with_groups = "bind() 给套接字指定这个地址，IP_ADD_MEMBERSHIP 告诉系统和附近的路由器：这里想要发往这些多播组的数据报。其他程序也可能在同一端口上加入：各自得到一份。";
        udp_ready = "UDP 没有握手：什么也没有发送，也没有人知道对方在不在。套接字现在有了本机的地址和端口，回复会送到这里。";
        udp_new_peer = "recvfrom() 返回了一个数据报，它来自以前没见过的地址。对 UDP 来说，所谓连接不过如此：程序记住这个地址，以便回复。数据报的源地址谁都可以随便写。";
        udp_forgotten = "本端忘记了这个对端。UDP 没有 FIN，也没有 RST，所以什么也没有发送，对端毫不知情；它若再发来，就是新的对端。";
        udp_stopped = "close() 交还了端口。此后到达那里的数据报，由系统以 ICMP port unreachable（端口不可达）应答。";
        udp_pace = "从现在起，数据报发送得更稀。UDP 本身没有流量控制：不加限制，发送方可能发得比对端或网络能接收的更多，多出来的会无声丢失。";
        udp_reading = "一个 UDP 套接字的所有对端共用接收缓冲区，所以仍会读取：这个对端发来的内容照样记录。";
        udp_queue_cancelled = "一切都已停下：等待发往这个对端的内容既不发送也不执行。";
        truncated = "给 recvfrom() 的空间比数据报小。若是流，其余部分会留到下一次读取；数据报的其余部分却就此丢失。加大读取缓冲区就能全部读到。";
        datagrams_dropped = "它们到达时，套接字的接收缓冲区（SO_RCVBUF）已满，系统把它们丢弃了。UDP 不会有人重发，发送方也不知道。加大缓冲区或放慢发送方会有帮助。";
        forgotten_by_silence = "在设置所定的时间内，与这个对端没有任何往来。UDP 没有看得见的结束，只好以静默为准。对端若再发来，就是新的对端。";
        forgotten_by_crowd = "其他活动的对端太多，静默最久的被忘记，以腾出位置。对端若再发来，就是新的对端。";
        undelivered = "某个路由器或那台计算机自己发回了 ICMP 消息：数据报没有到达任何程序。系统认得出是哪个套接字发的，就会转告程序；但许多网络会丢弃这类消息，所以没收到并不表示数据报已送达。";
        datagram_refused = "sendto() 失败，所以这个数据报没有发送。其他数据报不受影响。";
        overrun = "给这个对端的回复还在等待发送，而它仍不断发来请求。若是流，可以读得慢一些；数据报却拦不住，所以只记录、不回复，直到发出一部分回复为止。";
        template = "模板的某个字段当时没有值，所以什么也没有发送。";
    }
}

fn received(size: u64, buffer: Option<u64>) -> String {
    let size = noun(size, "字节");
    let call = match buffer {
        Some(buffer) => {
            format!("recv({buffer}) 返回了 {size}；{buffer} 是现在设置的读取缓冲区大小")
        }
        None => format!("recv() 返回了 {size}"),
    };
    format!(
        "{call}。TCP 传送的是没有边界的流：对端可能一次写入，也可能分多次写入；它一次写入的内容，也可能分多次读到。"
    )
}
