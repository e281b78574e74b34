//! Lanes: connections as arrows between two lifelines.

use super::counted;
use crate::words::lanes::Lanes;
use crate::words::translated::translated;

translated! { JAPANESE:
    Lanes {
        shown_as = "タイムラインの表示形式";
        as_rows = "行";
        as_arrows = "レーン";
        as_lifecycle = "ライフサイクル";
        bundles = "まとめる";
        bundles_hint = "長く続くチャンクの残りを 1 本の矢印にまとめます";
        show_chunks = "チャンクを個別に表示";
        open = "展開";
        open_bundle(chunks) = "{chunks}を個別に表示";

        clients = "クライアント";
        servers = "サーバー";
        peer = "ピア";

        syn = "SYN";
        syn_ack = "SYN-ACK";
        ack = "ACK";
        answered = "SYN-ACK, ACK";
        handshake = "SYN, SYN-ACK, ACK";
        fin = "FIN";
        rst = "RST";
        client_hello = "ClientHello";
        alert = "TLS アラート";
        close_notify = "close_notify";
        new_peer(peer) = "新しいピア {peer}";
        longer_than_buffer = "読み取りバッファーより長い";
        ready = "送信準備完了";
        inferred = "推定";
        connect = "connect";
        connected(took) = "connect 所要 {took}";
        after(took) = "経過 {took}";
        accept = "accept";
        ack_is_inferred = "ACK は推定";
        syn_is_seen = "SYN は TCP_SAVED_SYN で確認、ほかは推定";
        shutdown = "shutdown";
        close = "close";
        close_unread = "受信バイトが未読のまま close";
        reset = "こちらがリセット";
        refused = "拒否";
        listen(local, backlog) = "LISTEN {local}、バックログ {backlog}";
        over = "クローズ";

        bundle(chunks, bytes, took) = "{chunks}、{bytes}、所要 {took}";
        bundle_row(bundle, first) = "{bundle}、最初は {first}";
        merged(writes, size) = { format!("書き込み {}を 1 回で読み取り、{size}", counted(writes, "回")) };
        part(size) = "このうち {size}";
        cut(size) = "このうち {size} だけ: 残りは消失";
    }
}
