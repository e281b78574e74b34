//! Endpoints: their rows, their settings, their connections.

use super::{bytes, counted, duration, grouped, rate};
use crate::words::endpoints::{BindScopes, Endpoints};
use crate::words::translated::translated;

translated! { JAPANESE:
    Endpoints {
        tab = "エンドポイント";
        left_tabs = "表示する一覧";
        add = "エンドポイントを追加";
        new_copy = "コピー";
        list_menu = "エンドポイントの並び順";
        as_arranged = "手動";
        by_name = "名前順";
        running_first = "動作中を先頭";
        filter = "エンドポイントを絞り込み";
        none = "エンドポイントはまだありません。接続を受け入れるにはサーバーを、接続するにはクライアントを追加してください。";
        none_match = "この語を名前に含むエンドポイントはありません。";
        row(name, state) = "{name}、{state}";
        echoes = "エコー";
        replies_fixed = "固定メッセージ";
        replies_by_rules = "ルール";
        replies_nothing = "応答なし";
        number(connection) = "#{connection}";
        amount(size) = { bytes(size) };
        time(time) = { duration(time) };
        rate(bytes_per_second) = { rate(bytes_per_second) };

        nothing_selected = "エンドポイントを追加すると、ここに設定が表示されます";
        inspector_tabs = "エンドポイントの項目";
        close_inspector = "インスペクターを閉じる";
        setup = "設定";
        setup_of(name) = "{name} の設定";
        connection = "接続";
        no_connection = "接続はまだありません";
        no_peer = "ピアはまだありません";
        behaviour = "動作";
        accepting = "受け入れ";
        connecting_section = "接続方法";
        how_read = "フレーミングとエンコード";

        open = "オープン";
        open_why = "どちらの側も送信できます。先に送り終えた側が FIN で終わりを告げます。";
        peer_finished_why = "ピアは FIN を送り、もう何も送りません。こちらはまだ送信でき、こちらの FIN またはクローズで接続が終わります。";
        we_finished_why = "こちらは FIN を送りました。ピアはまだ送信でき、ピアの FIN で接続が終わります。";
        closed = "クローズ";
        lost = "異常終了";
        local_address = "ローカルアドレス";
        peer_address = "ピア";
        opened = "開始時刻";
        took = "接続所要時間";
        received = "受信";
        sent = "送信";
        act = "操作";
        speed = "送信速度";
        speed_why = "この接続の送信の速さです。これから送るものに適用されます";
        rate_field = "1 秒あたりのバイト数";
        rate_field_why = "1 秒あたりの最大バイト数 (例: 10k)。空欄ならピアが読む速さに合わせます";
        slice_field = "1 回の書き込みのバイト数";
        slice_field_why = "1 回の書き込みを最大でこのバイト数にして送信します。空欄なら OS が受け取れる分だけ書き込みます";
        pause_field = "書き込みの間隔";
        pause_field_why = "2 回の書き込みの間の休止 (例: 20ms)";
        wait_field = "待機";
        wait_field_why = "次の送信の前に、この時間だけ何もせずに待ちます (例: 500ms)";
        apply = "適用";
        wait_now = "待機する";

        show_all = "すべてのエントリを表示";
        show_only = "このエンドポイントのエントリだけ表示";
        name = "名前";
        more(name) = "{name} のその他の操作";
        finish_sending = "送信を終了 (FIN)";
        rename = "名前を変更";
        duplicate = "複製";
        remove = "削除";
        stop_and_remove = "停止して削除";
        removed(name) = "{name} を削除しました";
        undo = "元に戻す";
        stopped = "停止";
        not_connected = "未接続";
        connecting = "接続中";
        paused = "受け入れ中断";
        listening = "待ち受け中";
        connected = "接続済み";
        failed = "失敗";

        start_server = "サーバーを開始";
        stop_server = "サーバーを停止";
        start_server_short = "サーバーを開始";
        stop_server_short = "サーバーを停止";
        connect = "接続";
        disconnect = "切断";
        disconnect_peer = "接続をクローズ";
        use_free_port = "空きポートを使用";

        bind_address = "バインドアドレス";
        choose_address = "このマシンのアドレスを選択";
        bind_port = "バインドポート";
        any_port = "0 なら空きポートを自動で選びます";
        both_families = "IPv4 と IPv6";
        reachable = "ネットワーク上のほかのマシンから到達可能";
        address_choice(address, about) = "{address}、{about}";
        listening_on(address) = "{address} で待ち受け中";
        reachable_at(address) = "{address} で到達可能";
        backlog_of(backlog) = { format!("バックログ {}", grouped(backlog.into())) };
        backlog_capped(backlog, requested) = { format!("バックログ {} (要求は {})", grouped(backlog.into()), grouped(requested.into())) };
        no_backlog = "UDP: バックログなし、データグラムごとに独立";
        dual_stack(backlog) = "{backlog}、IPv4 と IPv6";
        copy = "コピー";
        copy_this(address) = "{address} をコピー";
        copy_address = "アドレスをコピー";

        transport = "トランスポート";
        tcp = "TCP";
        tls = "TLS";
        udp = "UDP";
        unix = "Unix ソケット";
        key_file = "鍵ファイル";
        flaw = "証明書の欠陥";
        alpn = "プロトコル (ALPN)";
        forget_after = "ピアの登録解除まで";
        forget_after_why = "両方向の通信がこの時間途絶えると、ピアの登録を解除します (例: 30s)。UDP には目に見える終わりがありません。空欄なら 2 分です";
        groups = "マルチキャストグループ";
        groups_why = "参加するグループ (例: 239.1.2.3、ff02::fb)。複数はコンマで区切ります。ほかのプログラムも同じポートで参加できます。空欄なら参加しません";
        interface = "マルチキャストインターフェイス";
        interface_why = "グループへの参加とマルチキャストの送信に使うインターフェイスを、名前かアドレスの 1 つで指定します。空欄なら OS が選びます";
        multicast_ttl = "マルチキャスト TTL";
        multicast_ttl_why = "マルチキャストのデータグラムのホップ数の上限 (0 ～ 255)。0 ならこのマシンから、1 ならローカルネットワークから出ません。空欄なら OS の値 (1) です";
        multicast_loop = "自分のマルチキャストをこのマシンで受信";
        multicast_loop_why = "グループに送ったものを、そのグループに参加しているこのマシンのプログラム (このプログラムも含む) にも届けるかどうか (IP_MULTICAST_LOOP)";
        forgetting = "ピアの登録解除";
        forgetting_why = "UDP に接続はありません。データグラムを送ってきた側がピアになり、この時間送受信がなければ登録が解除されます。空欄なら 2 分です。";
        multicast = "マルチキャスト";
        forget_peer = "登録解除";
        forget_selected = "選択したピアを登録解除";
        peers_and_forgotten(open, forgotten) = { format!("ピア {}、登録解除済み {}", counted(open, "個"), grouped(forgotten)) };
        clear_forgotten = "登録解除済みを消去";
        clear_forgotten_name = "登録解除済みのピアを消去";
        clear_forgotten_why = "登録解除済みのピアをこの一覧から除きます。エントリはタイムラインに残ります";
        last_activity_at(time) = "最後の通信 {time}";
        udp_peer(address, state, amounts) = "{address} {state}、{amounts}";
        datagrams_each_way(received, sent) = { datagrams_each_way(received, sent) };
        datagrams_undelivered(received, sent, undelivered) = { format!("{}、未達 {}", datagrams_each_way(received, sent), grouped(undelivered)) };
        datagrams_of(datagrams, size) = { format!("データグラム {}、{}", counted(datagrams, "個"), bytes(size)) };
        state_and(state, amounts) = "{state}、{amounts}";
        ready = "準備完了";
        ready_to_send(peer) = "{peer} への送信準備完了";
        udp_known = "登録済みのピア";
        udp_forgotten = "登録解除済み";
        udp_no_states = "UDP に状態はありません。ハンドシェイクで始まることも、FIN で終わることもありません。あるのは互いに独立したデータグラムと、最後の 1 つの時刻だけです。";
        udp_new_again = "ピアには何も伝えていません。再び送ってくれば、新しいピアになります。";
        udp_nothing_came = "まだ何も返ってきていません。送ったものが受信されたかどうかを UDP は教えません。分かるのは応答が来たときだけです。";
        udp_undelivered_why(datagrams) = { format!("{}のデータグラムが届きませんでした。ネットワークからの通知 (ICMP) で分かりました。", counted(datagrams, "個")) };
        udp_first = "最初のデータグラム";
        udp_last = "最後の通信";
        udp_local_why = "ピアの送信先になっているアドレス";
        udp_forgotten_at = "登録解除の時刻";
        udp_forgotten_at_why = "それまでに送受信がなければ登録が解除されます";
        udp_undelivered = "未達";
        udp_undelivered_hint = "返ってきた ICMP メッセージの数です。1 つも来ないからといって、すべて届いたとは限りません。";
        datagrams_undelivered_of(datagrams) = { format!("データグラム {}", counted(datagrams, "個")) };
        udp_speed_why = "このピアへデータグラムを送る速さです。これから送るものに適用されます";
        udp_slice = "1 データグラムのバイト数";
        udp_slice_why = "送るものを最大でこのバイト数のデータグラムに分けます。空欄なら 1 メッセージを 1 データグラムにします";
        udp_pause_why = "2 つのデータグラムの間の休止 (例: 20ms)";
        stop_first = "変更するには停止または切断してください";
        forget_after_reply = "応答後にピアを登録解除";
        forget_after_reply_why = "ピアには何も送りません。再び送ってくれば、新しいピアになります";
        replies_to_datagrams = "データグラムごとに応答します";
        greeting_of_datagrams_why = "各ピアへ最初に送ります。サーバーの場合は、ピアの最初のデータグラムの後です";
        read_buffer_of_datagrams_why = "1 つのデータグラムの最大バイト数: 1 ～ 1m。これより長いデータグラムは切り詰められ、残りは失われます";
        send_buffer_of_datagrams_why = "SO_SNDBUF: 送信前のデータを OS がこのプログラムから受け取る量。Linux は 2 倍にします。空欄なら OS の既定値です";
        receive_buffer_of_datagrams_why = "SO_RCVBUF: このプログラムの読み取りを待てる量 (全ピア合計)。超えて届いたものは失われます。Linux は 2 倍にします。空欄なら OS の既定値です";
        connect_of_datagrams_why = "UDP にハンドシェイクはありません。接続しても、名前を解決してソケットを開くだけで、何も送りません。相手がいるかどうかは、何かが返ってきたときに分かります。";
        reconnect_of_datagrams_why = "名前が見つからないとき、またはピアの登録が解除されたときに、ソケットを開き直します。最初と最長の待ち時間、必要なら回数を指定します (例: 1s..30s, 10 times)。空欄なら開き直しません";
        socket_path = "ソケットのパス";
        socket_path_why = "ソケットファイルのパス、または @ で始まる、ファイルを持たない名前 (Linux のみ)";
        mode = "ファイルモード";
        mode_why = "接続を許可するユーザーを 8 進数で指定します。600 は自分だけ、666 は全員です。空欄なら OS に任せます";

        network = "ネットワーク";
        network_why = "ラボはこのマシン上のプライベートネットワークで、すべてのパケットが記録されます。ラボ内のエンドポイントは 127.0.0.1 と ::1 で互いに届き、ほかには届きません";
        system_network = "OS のネットワーク";
        lab = "ラボ (プライベートネットワーク)";
        in_lab(address) = "{address}、ラボ内";
        lab_delay = "パケット遅延";
        lab_delay_why = "ラボの各パケットが届くまでの遅れです (両方向)。最後に開始したサーバーの値がラボ全体に適用されます。空欄なら遅らせません";
        lab_loss = "パケット損失";
        lab_loss_why = "ラボのパケットが失われる割合です (例: 1%)。最後に開始したサーバーの値がラボ全体に適用されます。空欄なら失われません";

        target = "接続先";
        choose_server = "サーバーを選択";
        host_and_port = "ホストとポート";
        not_listening = "まだ待ち受けていません";
        remote_host = "リモートホスト";
        remote_port = "リモートポート";
        connected_to(peer) = "{peer} に接続済み";
        half_closed_by_peer = "ピアがハーフクローズ (FIN)";
        half_closed_by_us = "こちらがハーフクローズ (FIN)";
        follow = "接続を追跡";
        follow_why = "接続全体をテキストまたは 16 進ダンプで表示します";

        reply = "応答";
        echo = "エコー";
        fixed = "固定メッセージ";
        no_reply = "なし";
        reply_message = "応答メッセージ";
        hex = "16 進";
        hex_why = "メッセージを 16 進数字で書きます";
        escapes = "エスケープ";
        escapes_why = r"\n、\x0A などがバイトを表します";
        template = "テンプレート";
        template_why = "{{counter}} などのフィールドを応答のたびに計算します";
        when_applied = "この欄を離れると適用されます";
        replies_to_reads = "読み取りごとに応答します";
        replies_to_reads_why = "フレームごとに応答するには、「フレーミングとエンコード」でフレーミングを選んでください";
        replies_to_frames = "フレームごとに応答します";

        greeting = "グリーティング";
        greeting_why = "各接続で最初に送信します";

        socket_options = "ソケットオプション";
        source = "送信元アドレス";
        source_why = "接続元のアドレス、:ポート、またはアドレス:ポート。空欄なら指定しません";
        no_delay = "小さな書き込みをすぐ送信";
        no_delay_why = "TCP_NODELAY: オフなら、OS が小さな書き込みを 1 つのセグメントにまとめることがあります (Nagle アルゴリズム)";
        keep_alive = "キープアライブ";
        keep_alive_why = "SO_KEEPALIVE: 無通信が最初の時間続くとプローブを送り、以後は間隔ごとに送ります。指定した回数だけ応答がなければ接続を諦めます (例: 60s,10s,5)。空欄なら送りません";
        send_buffer = "送信バッファー";
        send_buffer_why = "SO_SNDBUF: ピアの確認応答を待たずに、OS がこのプログラムから受け取る量。Linux は 2 倍にします。空欄なら自動です";
        receive_buffer = "受信バッファー";
        receive_buffer_why = "SO_RCVBUF: このプログラムが読み取るまで OS が保持する量。ピアに伝えるウィンドウもこれで決まります。Linux は 2 倍にします。空欄なら自動です";
        ttl = "TTL";
        ttl_why = "パケットのホップ数の上限 (1 ～ 255)。ルーターを通るたびに 1 減り、0 になると破棄されます。空欄なら OS の値です";
        linger = "クローズ時の待機";
        linger_why = "SO_LINGER: クローズ時に未送信バイトの送信を待つ時間。0s ならリセットになります。空欄ならバックグラウンドでクローズします";
        new_connections = "新しい接続";
        new_connections_why = "すぐに適用されます。受け入れるか、受け入れてすぐクローズするか、満杯になるまでバックログに残すかを選びます";
        accept = "受け入れる";
        accept_and_close = "受け入れてクローズ";
        stop_accepting = "バックログに残す";

        start_tls = "TLS を開始";
        stop_reading = "読み取りを停止";
        resume_reading = "読み取りを再開";
        reset = "リセット (RST)";
        pace = "送信速度";
        pace_free = "ピアが読む速さで";
        pace_rate(rate) = { format!("毎秒 {}", bytes(rate)) };
        pace_slices(size, pause) = { format!("1 回 {}、間隔 {}", bytes(size), duration(pause)) };

        backlog = "バックログ";
        backlog_why = "受け入れを待てる接続の数です。OS が上限を設けることがあります";
        stop_to_change = "変更するにはサーバーを停止してください";
        read_buffer = "読み取りバッファー";
        read_buffer_why = "1 回の読み取りが返す最大バイト数: 1 ～ 1m";
        close_after_reply = "応答後にクローズ";
        when_peer_finishes = "ピアが送信を終えたら";
        close = "クローズする";
        stay_half_open = "送信側を開いておく";
        not_applied = "設定エラー";
        not_approved = "未承認";
        not_applied_why = "赤い欄を直すまで、ここの内容は適用されません。サーバーはこれまでどおり動作します。";
        reading_stopped = "読み取り停止中";
        new_data = "これからのデータに適用";
        connect_timeout = "接続タイムアウト";
        connect_timeout_why = "アドレスごとの制限時間 (例: 200ms、5s、1m)";
        reconnect = "再接続";
        reconnect_why = "接続に失敗したとき、または接続が終わったときに、再び接続します。最初と最長の待ち時間、必要なら回数を指定します (例: 1s..30s, 10 times)。空欄なら再接続しません";
        reconnecting(seconds, attempt) = { format!("{}後に再接続 · {attempt}", seconds_left(seconds)) };
        again_in(seconds, attempt) = { format!("{}後に再試行 · {attempt}", seconds_left(seconds)) };
        reconnecting_now(attempt) = "再接続中 · {attempt}";
        stop_reconnecting = "停止";
        send_saved = "保存済みメッセージを送信";
        wait_a_second = "次の送信まで 1 秒待機";
        wait_menu = "次の送信まで待機";
        wait_for(time) = { duration(time) };
        disconnect_to_change = "変更するには切断してください";

        peers(open) = { format!("ピア {}", counted(open, "個")) };
        peers_and_closed(open, closed) = { format!("ピア {}、クローズ済み {}", counted(open, "個"), grouped(closed)) };
        forget = "クローズ済みを消去";
        forget_name = "クローズ済みのピアを消去";
        forget_why = "クローズ済みのピアをこの一覧から除きます。エントリはタイムラインに残ります";
        peer(address, state, received_bytes, sent_bytes, since) = { format!("{address} {state}、受信 {}、送信 {}、{since} から", bytes(received_bytes), bytes(sent_bytes)) };
        bytes_since(received_bytes, sent_bytes, since) = { format!("受信 {}、送信 {}、{since} から", bytes(received_bytes), bytes(sent_bytes)) };
        ended_bytes(state, received_bytes, sent_bytes) = { format!("{state}、受信 {}、送信 {}", bytes(received_bytes), bytes(sent_bytes)) };
        show_peer = "このピアだけ表示";
        numbered_peer(number, address) = "#{number} {address}";
        send_to_peer = "このピアに送信";
        selected(count) = { format!("{}選択中", counted(count, "個")) };
        send_to_selected = "これらに送信";
        send_to_selected_why = "選択したピアにメッセージを送信します";
        disconnect_selected = "選択したピアを切断";
        clear_selection = "選択を解除";
    }

    BindScopes |language| {
        LoopbackV4 = "このマシンのみ (IPv4)";
        LoopbackV6 = "このマシンのみ (IPv6)";
        AllV4 = "すべての IPv4 アドレス";
        AllV6 = "すべての IPv6 アドレス";
        DualStack = "すべてのアドレス (デュアルスタック)";
        Interface(name) = "{name}";
    }
}

/// Returns how many datagrams, and bytes in them, came and went.
fn datagrams_each_way(received: (u64, u64), sent: (u64, u64)) -> String {
    let each = |(datagrams, size): (u64, u64)| format!("{} ({})", grouped(datagrams), bytes(size));
    format!("受信 {}、送信 {}", each(received), each(sent))
}

/// Returns a time that counts down in whole seconds.
fn seconds_left(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}
