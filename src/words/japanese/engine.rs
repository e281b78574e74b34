//! What failed in the engine, and what to do next.

use super::grouped;
use crate::words::InWords as _;
use crate::words::engine::{Commands, Engine, NetErrors, Unreachable};
use crate::words::translated::translated;

translated! { JAPANESE:
    Engine {
        not_started(reason) = "エンドポイントを開始できません: {reason}";
        not_connected(address, reason) = "{address} に接続できません: {reason}";
        timed_out(seconds) = "{seconds} 秒でタイムアウト";
        try_again = "少し待ってからもう一度試してください";
        use_free_port = "空きポートを使うか、そこで待ち受けているものを停止してください";
        use_high_port = "1024 未満のポートには特別な権限が必要です。1024 以上を使ってください";
        use_our_address = "このマシンのアドレスから選んでください";
        choose_ipv4 = "IPv4 アドレスを選んでください";
        make_room = "接続やプログラムを閉じてから、もう一度試してください";
        make_room_or_raise = "接続やプログラムを閉じるか、上限を上げて (ulimit -n) から、もう一度試してください";
        add_scope = "リンクローカルアドレスにはインターフェイスを付けてください (例: fe80::1%eth0)";
        use_ipv4_itself = "IPv4 アドレスそのものを使うか、:: をデュアルスタックで使ってください";
        check_name = "名前とこのマシンのネームサーバーを確認するか、アドレスを直接入力してください";
        wait_for_look_ups = "どれかが終わるまで待つか、アドレスを直接入力してください";
        start_server = "このアドレスとポートでサーバーが待ち受けているか確認してください";
        check_network = "アドレスとこのマシンのネットワークを確認してください";
        check_firewall = "アドレスと経路上のファイアウォールを確認してください";
        check_permission = "このマシンのファイアウォールと、このプログラムの権限を確認してください";
        allow_more_time = "アドレスと経路上のファイアウォールを確認するか、制限時間を延ばしてください";
        use_ipv4 = "IPv4 アドレスを使ってください";
        accepting_goes_on = "接続やプログラムを閉じてください。空きができれば受け入れは自動で再開します";
        accepting_goes_on_or_raise = "接続やプログラムを閉じるか、上限を上げてください (ulimit -n)。空きができれば受け入れは自動で再開します";
        wait_for_reader = "ピアが読むまで待つか、切断してください";
        wait_for_readers = "ピアが読むまで待つか、読まないピアを切断してください";
        use_other_path = "別のパスを選んでください。別のプログラムがこのパスで待ち受けているか、別の種類のファイルがあります";
        shorten_path = "もっと短いパスを使ってください (最大 107 バイト)";
        use_path = "パスを使ってください。抽象名 (unix:@…) は Linux だけにあり、Windows に Unix ソケットはありません";
        use_our_source = "このマシンのアドレスから接続してください";
        use_same_family = "接続先と同じファミリー (IPv4 または IPv6) のアドレスから接続してください";
        make_folder = "フォルダーを作成するか、既存のフォルダー内のパスを選んでください";
        check_path = "パスと、そこでサーバーが待ち受けていることを確認してください";
        not_done_elsewhere(endpoint, why) = "エンドポイント {endpoint} で実行されませんでした: {why}";
        not_sent_elsewhere(endpoint, bytes, why) = "エンドポイント {endpoint} で {bytes}が送信されませんでした: {why}";
        undelivered(peer, why) = "データグラム未達 (宛先: {peer}): {why}";
        undelivered_said(peer, why, by) = "データグラム未達 (宛先: {peer}): {why}、通知元 {by}";
        some_peer = "ピア";
        port_unreachable = "ポートを開いているプログラムなし (ICMP port unreachable)";
        icmp_host_unreachable = "ホスト到達不能 (ICMP host unreachable)";
        icmp_net_unreachable = "ネットワーク到達不能 (ICMP network unreachable)";
        icmp_prohibited = "ファイアウォールが遮断 (ICMP administratively prohibited)";
        icmp_too_big = "経路に対して長すぎるデータグラム (ICMP packet too big)";
        icmp_other(kind, code) = "ICMP タイプ {kind}、コード {code}";
        too_long = "データグラムは最大 65,507 バイト";
        send_queue_full = "システムの送信キューが満杯です（ENOBUFS）";
        send_slower = "もっとゆっくり送信してください";
        check_port = "プログラムがこの UDP ポートを開いているか確認してください";
        send_less = "一度に送る量を減らすか、分割してください";
        answer_faster = "応答の前の待ち時間を短くするか、ピアの要求の頻度を下げてください";
        choose_peer = "接続中のピアを選ぶか、接続を待ってください";
    }

    Commands |language| {
        Full = "エンドポイントは以前のコマンドをまだ処理中です";
        Ended = "エンドポイントはもうありません";
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
    }

    Unreachable |language| {
        NotRunning = "動作していません";
        NoConnection = "接続がありません";
        Busy = "以前の要求をまだ処理中です";
    }

    NetErrors |language| {
        Listen(address, source) = { format!("{address} で待ち受けを開始できません: {}", language.reason_at(address, source)) };
        LookUp(host, source) = { format!("{host} が見つかりません: {}", language.lookup_reason(source)) };
        TooManyLookUps(host, limit) = "{host} の名前を解決できません: ほかに {limit} 件の名前解決が待機中です";
        Connect(address, source) = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout(address, timeout) = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp(target) = "{target} への接続は取り消されました";
        Accept(address, source) = { format!("{address} で接続を受け入れられません: {}", source.in_words(language)) };
        Receive(peer, source) = { format!("{peer} から受信できません: {}", language.reason_at(peer, source)) };
        Send(peer, source) = { format!("{peer} へ送信できません: {}", language.reason_at(peer, source)) };
        Undelivered(peer, source, icmp) = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram(peer, bytes, source) = { format!("{peer} へ {}が送信されませんでした: {}", language.counts.bytes(*bytes), language.datagram_reason(*bytes, source)) };
        Overrun(peer) = "{peer} からのデータグラムに応答しません: 待機中の応答が多すぎます";
        Tls(peer, source) = { language.tls_failed(peer, source) };
        TlsSettings(source) = { format!("TLS を設定できません: {}", source.in_words(language)) };
        NoTls = "TLS は始まりません: 接続が既に暗号化されているか、エンドポイントに TLS の設定がありません";
        FinishTimeout(peer, timeout) = { format!("{peer} は {} 秒以内に応答を読み終えて送信を終了しませんでした", timeout.as_secs_f64()) };
        FinishFlood(peer, limit_bytes) = { format!("{peer} は応答の後に {}を超えて送信しました", language.counts.bytes(*limit_bytes)) };
        QueueFull(peer, bytes, queued_bytes) = { format!("{peer} への {}をキューに入れられません: その前の {}がまだ読まれていません", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        BudgetSpent(peer, bytes, queued_bytes) = { format!("{peer} への {}をキューに入れられません: このセッションでは、読まないピアへの {}が待機しています", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        RequestTooLong(limit_bytes) = { format!("応答しません: 応答に使う要求が {}を超えています", language.counts.bytes(*limit_bytes)) };
        MemoryFull(limit_bytes) = { format!("記憶しません: このエンドポイントは既に {}を記憶しています", language.counts.bytes(*limit_bytes)) };
        GroupName(bytes, limit_bytes) = { format!("グループに参加しません: 名前が {}で、上限の {}を超えています", language.counts.bytes(*bytes), language.counts.bytes(*limit_bytes)) };
        GroupsFull(limit) = { format!("グループに参加しません: このエンドポイントの接続は既に {} 個のグループに参加しています", grouped(*limit)) };
        Elsewhere(endpoint, bytes, why) = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "記憶しません: どこに記憶するかが要求にありません";
        NotOpen(bytes) = { format!("{}が送信されませんでした: 接続はもう送信用に開いていません", language.counts.bytes(*bytes)) };
        NotConnected(bytes) = { format!("{}が送信されませんでした: 接続が確立されませんでした", language.counts.bytes(*bytes)) };
        NoConnection = "実行されませんでした: その接続はもうありません";
        NoPeers(bytes) = { format!("{}が送信されませんでした: 接続中のピアがありません", language.counts.bytes(*bytes)) };
        Start(source) = { language.engine.not_started(&source.in_words(language)) };
        Lab(address, source) = { format!("このネットワークでは {address} を使えません: {}", source.in_words(language)) };
        Template(source) = { format!("テンプレートは送信されませんでした: {}", source.in_words(language)) };
    }
}
