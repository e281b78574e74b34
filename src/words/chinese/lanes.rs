//! Lanes: connections as arrows between two lifelines.

use super::{noun, spaced_end, spaced_start};
use crate::words::lanes::Lanes;
use crate::words::translated::translated;

translated! { CHINESE:
    Lanes {
        shown_as = "时间线显示为";
        as_rows = "列表";
        as_arrows = "泳道";
        as_lifecycle = "生命周期";
        bundles = "合并";
        bundles_hint = "把一长串数据块的其余部分显示为一个箭头";
        show_chunks = "显示每个数据块";
        open = "展开";
        open_bundle(chunks) = { format!("逐一显示{}", spaced_start(chunks)) };

        clients = "客户端";
        servers = "服务器";
        peer = "对端";

        syn = "SYN";
        syn_ack = "SYN-ACK";
        ack = "ACK";
        answered = "SYN-ACK, ACK";
        handshake = "SYN, SYN-ACK, ACK";
        fin = "FIN";
        rst = "RST";
        client_hello = "ClientHello";
        alert = "TLS 警报";
        close_notify = "close_notify";
        new_peer(peer) = "新对端 {peer}";
        longer_than_buffer = "比读取缓冲区长";
        ready = "可以发送";
        inferred = "推断";
        connect = "connect";
        connected(took) = { format!("connect 用时{}", spaced_start(took)) };
        after(took) = { format!("{}后", spaced_end(took)) };
        accept = "accept";
        ack_is_inferred = "ACK 为推断";
        syn_is_seen = "SYN 由 TCP_SAVED_SYN 得知，其余为推断";
        shutdown = "shutdown";
        close = "close";
        close_unread = "close，有收到的字节未读";
        reset = "本端重置";
        refused = "被拒绝";
        listen(local, backlog) = "LISTEN {local}，backlog {backlog}";
        over = "已关闭";

        bundle(chunks, bytes, took) = { format!("{chunks}，{bytes}，历时{}", spaced_start(took)) };
        bundle_row(bundle, first) = "{bundle}，其中第一个为 {first}";
        merged(writes, size) = { format!("{}一次读到，{size}", noun(writes, "次写入")) };
        part(size) = "其中 {size}";
        cut(size) = "其中只有 {size}：其余丢失";
    }
}
