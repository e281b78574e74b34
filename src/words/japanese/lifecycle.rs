//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::{counted, grouped};
use crate::words::lifecycle::Lifecycles;
use crate::words::translated::translated;

translated! { JAPANESE:
    Lifecycles {
        name = "ライフサイクル";
        title(connection) = "接続 #{connection} のライフサイクル";
        connection = "接続";
        connection_from(connection, client) = "#{connection}、接続元 {client}";
        connection_to(connection, server) = "#{connection}、接続先 {server}";
        choose = "接続のエントリを選択するか、インスペクターで接続を選ぶと、そのライフサイクル (始まり、運んだもの、終わり) が表示されます。";
        encrypted = "中身は暗号化されています (TLS)。そのハンドシェイクとレコードは描かれません";
        no_tcp = "セグメントのライフサイクルがあるのは TCP 接続だけです。";
        no_udp = "UDP ピアとのやり取りにライフサイクルはありません。ハンドシェイクで始まることも FIN で終わることもなく、データグラムに確認応答もありません。あるのはデータグラムだけです。";
        show_lanes = "データグラムをレーンで表示";
        reading(percent) = "記録を読み取り中: {percent}%";
        not_in_view = "進行中のセッションを表示している間だけ示されます。";
        nothing = "この接続の記録はもうありません。";
        cut = "この接続の記録の一部はもうありません。";
        show = "ライフサイクルを表示";
        show_why = "この接続のハンドシェイク、バイト、終わり方を中央に描きます";
        save = "図を保存…";
        distance = "間隔";
        even = "均等";
        to_scale = "時間に比例";
        to_scale_why = "待ち時間が長いほど間隔が広くなります。1 行より近いものも 1 行分の間隔を空け、長い待ち時間は省略します。";
        stretch = "広げる";
        shrink = "狭める";
        acks = "確認応答を表示";
        acks_hint = "送ったバイトにピアがいつ確認応答したかをカーネルに問い合わせます";
        acks_cost = "オンの間、1 往復にかかる時間が最大 1.2 倍になります。タイムスタンプは問い合わせを始めた時点からで、それ以前は推定です。";
        departures = "送出を表示";
        departures_hint = "バイトがいつこのマシンを出て、いつ届いたかもカーネルに問い合わせます";
        all_cost = "両方がオンの間、1 往復にかかる時間が最大 2 倍になります。タイムスタンプは問い合わせを始めた時点からで、それ以前は推定です。";

        peer = "ピア";
        client = "クライアント";
        server = "サーバー";

        syn = "SYN";
        syn_says = "接続を要求";
        syn_ack = "SYN-ACK";
        syn_ack_says = "同意し、接続を要求";
        ack = "ACK";
        ack_says = "同意: 接続確立";
        fin = "FIN";
        fin_says = "これ以上送るものなし";
        fin_ack_says = "FIN を確認";
        rst = "RST";
        rst_says = "接続を打ち切り";
        refuses = "拒否";
        bytes(bytes) = { counted(bytes, "バイト") };
        not_read = "未読";
        not_acknowledged = "確認応答待ち";
        has_bytes(bytes) = { format!("{}を受領", counted(bytes, "バイト")) };
        writes(count) = { format!("書き込み {}", counted(count, "回")) };
        reads(count) = { format!("読み取り {}", counted(count, "回")) };
        run(calls, size, took) = "{calls}、{size}、所要 {took}";
        window_closed = "ウィンドウ 0";
        window_closed_says = "空きなし: 待機";
        window_open = "ウィンドウ開放";
        window_open_says = "空きあり";
        accepted = "accept";
        reads_bytes(bytes) = "{bytes}を読み取り";
        left(bytes) = "{bytes}を送出";
        arrived(bytes) = "{bytes}が到着";
        timed_out = "応答なし: 断念";
        failed = "失敗";
        again(segments) = { format!("セグメント {}を再送", counted(segments, "個")) };

        again_segments(segments) = { format!("セグメント {}", counted(segments, "個")) };

        inferred = "推定";
        sent_by(call) = "{call} により送信";
        seen_by(call) = "{call} により確認";
        both_known(one, other) = "{one}、{other}";
        both_calls(one, other) = "{one}、{other}";
        later(took) = "経過 {took}";
        noticed_later(took) = "検知まで {took}";

        legend_seen = "呼び出しによる送信または確認";
        legend_inferred = "推定";
        legend_state_seen = "状態: カーネルの報告";
        legend_state_inferred = "状態: 推定";
        state_of(end, state) = "{end}: {state}";
        state_tip(state, explained, how) = "{state}。{explained}{how}。";
        state_seen = "実線の枠: カーネルの報告です";
        state_inferred = "破線の枠: 起きたことからの推定です。カーネルには問い合わせていません";
        legend_unacknowledged = "送信済み、確認応答待ち";
        legend_half_closed = "ハーフクローズ: 一方の端が送信を終了";
        legend_window = "ウィンドウ閉鎖: 送信不可";
        legend_scale(time) = "{time}";

        sentence(when, what, how) = "{when}、{what}。{how}。";
        at(time) = "経過 {time}";
        at_latest(time) = "遅くとも {time}";
        at_earliest(time) = "早くとも {time}";
        how_inferred = "推定: 観測されたものに合う説明はほかにありません";
        how_made(call) = "{call} により送信: 呼び出し自体は回線を見ていない";
        how_seen(call, means) = "確認: {call}、{means}";
        says_syn(from, to) = "{from} → {to}: 接続を要求 (SYN)";
        says_syn_with(from, to, syn) = "{from} → {to}: 接続を要求、{syn}";
        says_syn_ack(from, to) = "{from} → {to}: 同意し、逆方向の接続を要求 (SYN-ACK)";
        says_ack(from) = "{from}: 同意 (ACK)。接続が確立し、どちらの側も送信できます";
        says_accepted(who) = "{who}: OS が既に確立していた接続を、プログラムが受け取り";
        says_sent(from, bytes, start, end) = "{from}: ストリームの {start} ～ {end}、{bytes}を送信のため OS に渡し済み。届いたかどうかはこの呼び出しでは分かりません";
        says_received(to, bytes, start, end) = "{to}: プログラムがストリームの {start} ～ {end}、{bytes}を読み取り";
        says_run(who, writes, sent, reads, received) = "{who}: {writes} ({sent})、{reads} ({received})";
        says_scheduled(who, end) = "{who}: 先頭から {end}がネットワークインターフェイスの送出待ち";
        says_left(who, end) = "{who}: 先頭から {end}が送出済み";
        says_acknowledged(who, end) = "{who}: OS が先頭から {end}の受領を確認応答 (ACK)。プログラムが読んだとは限りません";
        says_arrived(who, end) = "{who}: 先頭から {end}が OS に到着";
        says_fin(from) = "{from}: これ以上送るものがないことを通知 (FIN)。受信は続きます";
        says_fin_ack(from) = "{from}: OS が FIN の受領を確認応答 (ACK)";
        says_rst(from) = "{from}: 接続を打ち切り (RST)。途中にあったものは失われます";
        says_refused(from) = "{from}: 拒否 (RST)。そこで待ち受けているプログラムがありません";
        says_timed_out(who) = "{who}: 何も返らず断念";
        says_failed(who) = "{who}: ピアからのセグメントなしに接続が失敗";
        says_window_closed(from) = "{from}: もう空きがないことを通知 (ウィンドウ 0)。プログラムが読んでいません";
        says_window_open(from) = "{from}: 再び空きができたことを通知";
        says_again(who, segments) = "{who}: 確認応答がないため {segments}を再送";
        says_state(who, state) = "{who}: {state}";

        means_connect = "これがあって初めて成功または拒否を返す呼び出し";
        means_accept = "接続を返した呼び出し";
        means_saved_syn = "カーネルが保存していた SYN";
        means_send = "バイトを受け取った呼び出し";
        means_receive = "バイト (FIN なら 0) を返した呼び出し";
        means_socket_error = "ソケットのエラー";
        means_shutdown = "実行された呼び出し";
        means_close = "実行された呼び出し";
        means_stamp = "カーネルのタイムスタンプ";
        means_inquiry = "問い合わせに対するカーネルの報告";

        option_mss(bytes) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift) = { format!("ウィンドウ \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "タイムスタンプ";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind) = "種類 {kind}";

        save_title = "図を保存";
        save_picture = "保存";
        format = "形式";
        svg = "SVG";
        png = "PNG";
        about_svg = "どのサイズでも鮮明で、文字を検索したりコピーしたりできます。";
        about_png = "SVG を扱えないプログラム向けのビットマップです。";
        file = "ファイル";
        saved(path) = "{path} に保存しました";
        file_name(connection) = "接続 {connection} のライフサイクル";
    }
}
