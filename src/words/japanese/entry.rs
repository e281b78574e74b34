//! What happened, as the timeline shows it, and why.

use super::{counted, grouped};
use crate::words::InWords as _;
use crate::words::entry::{Endings, Entries, LifecycleKinds, States};
use crate::words::translated::translated;

translated! { JAPANESE:
    Entries {
        no_peer = "不明なピア";
        listening(local, backlog) = "{local} で待ち受け開始、バックログ {backlog}";
        listening_dual(local, backlog) = "{local} で待ち受け開始、バックログ {backlog}、IPv4 と IPv6";
        backlog_of(granted, requested) = "{granted} (要求は {requested})";
        bound(local) = "{local} にバインド";
        bound_dual(local) = "{local} にバインド、IPv4 と IPv6";
        joined(bound, groups) = "{bound}、{groups} に参加";
        truncated(read) = "次のデータグラムは {read}だけ読み取り: 読み取りバッファーより長いため";
        truncated_of(read, whole) = "次のデータグラムは {whole}のうち {read}だけ読み取り: 読み取りバッファーより長いため";
        datagrams_dropped(datagrams) = { format!("OS がデータグラム {}を破棄: 受信バッファーが満杯", counted(datagrams, "個")) };
        datagrams_ready(peer) = "{peer} への送信準備完了";
        datagrams_ready_from(peer, local) = "{peer} への送信準備完了、送信元 {local}";
        new_peer(peer) = "新しいピア {peer}";
        new_peer_to(peer, local) = "新しいピア {peer}、宛先 {local}";
        empty_from(peer) = "{peer} から空のデータグラムを受信";
        empty_to(peer) = "{peer} へ空のデータグラムを送信";
        forgotten_by_us = "こちらが登録解除";
        forgotten_by_stop = "登録解除: サーバー停止";
        forgotten_by_reply = "応答後に登録解除";
        closed_by_silence(time) = "無通信 {time} で登録解除";
        closed_by_crowd(limit) = { format!("登録解除: ほかのピア {}超が通信中", counted(limit, "個")) };
        looking_up(host) = "{host} の名前解決";
        connecting(peer) = "{peer} へ接続開始";
        connected(peer, took) = "{peer} に接続完了、所要 {took}";
        connected_from(peer, took, local) = "{peer} に接続完了、所要 {took}、接続元 {local}";
        next_address(error) = "{error}。次のアドレスを試行";
        advised(error, advice) = "{error}。{advice}";
        reconnecting(time, attempt) = "再接続まで {time}、{attempt}";
        attempt(attempt) = { format!("{} 回目", grouped(attempt.into())) };
        attempt_of(attempt, attempts) = { format!("{} 回目 (全 {} 回)", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer) = "{peer} を受け入れ";
        received(size, peer) = "{peer} から {size}を受信";
        sent(size, peer) = "{peer} へ {size}を送信";
        kept(size, kept) = "{size} (先頭の {kept} バイトだけ保存)";
        encrypted(size, wire) = { format!("{size} (暗号化後 {} バイト)", grouped(wire)) };
        of_connection(peer, what) = "{peer} {what}";
        finished_by(peer) = "ピア {peer} がハーフクローズ (FIN)";
        peer_finished = "ピアがハーフクローズ (FIN)";
        we_finished = "こちらがハーフクローズ (FIN)";
        closed_by_us = "こちらがクローズ";
        closed_by_stop = "クローズ: サーバー停止";
        closed_by_reply = "応答後にクローズ";
        closed_by_our_reset = "こちらがリセット (RST)";
        closed_by_peer = "ピアがクローズ (FIN)";
        closed_by_failure(error) = "クローズ: {error}";
        unsent(ending, bytes) = "{ending}、未送信 {bytes}";
        unread(ending) = "{ending}、受信バイトが未読のまま (OS がリセット: RST、推定)";
        unix_unread(ending) = "{ending}、受信バイトが未読のまま (ピアの次の読み取りは失敗)";
        reset_by(peer, received) = "ピア {peer} がリセット (RST)、それまでの受信 {received}";
        unix_reset_by(peer, received) = "ピア {peer} がリセット、それまでの受信 {received}";
        received_inside(ending, bytes) = "{ending}。ストリームが文字の途中で終了: {bytes}";
        sent_inside(ending, bytes) = "{ending}。送信ストリームが文字の途中で終了: {bytes}";
        accept_paused(error) = "受け入れ中断: {error}";
        accept_resumed = "受け入れ再開";
        accept_aborted(_count, connections) = "{connections}が受け入れ前に終了";
        received_missing(_count, bytes) = "受信データのうち {bytes}がファイルに欠落";
        sent_missing(_count, bytes) = "送信データのうち {bytes}がファイルに欠落";
        not_recorded(_count, entries) = "これより前の{entries}は未記録";
        clock_adjusted(sign, jump) = "時計の補正 {sign}{jump}";
        accepting = "新しい接続の受け入れを再開";
        accepting_closes = "以後、新しい接続をただちにクローズ";
        accepting_stopped = "以後、新しい接続は accept キューで待機";
        waiting(time) = "次の送信まで待機 {time}";
        reading_stopped = "読み取り停止";
        reading_resumed = "読み取り再開";
        pace(rate) = { format!("送信速度を毎秒 {} バイトに制限", grouped(rate.into())) };
        pace_slices(bytes, pause) = { format!("書き込みを 1 回 {} バイト以下に分割、間隔 {pause}", grouped(bytes.into())) };
        pace_both(rate, slices) = "{rate}、{slices}";
        pace_free = "以後、ピアが読む速さで送信";
        by_rule(rule, what) = "ルール {rule}: {what}";
        dropped(bytes) = "{bytes}を送信せずに破棄";
        corrupted(at, bytes, from, to) = "{bytes}中のバイト {at} を改変: {from:02X} を {to:02X} に変更";
        unanswered(bytes, peer) = "{peer} からの {bytes}の要求に応答するルールなし";
        queue_cancelled(bytes, acts) = { format!("待機中の操作 {} (送信予定 {}) を取り消し", counted(acts, "件"), counted(bytes, "バイト")) };
        cancelled(bytes) = "ファイル送信を {bytes}送信後に取り消し";
        of_process(what, process, uid) = "{what} (プロセス {process}、ユーザー {uid})";
        stopped = "サーバー停止";
        unknown(kind) = "新しいバージョンの Bothends だけが解釈できる内容 (種類 {kind})";
        details_unread(what) = "{what}: 詳細は読み取り不能";
        damaged(what, error) = "{what}: {error}";
    }

    LifecycleKinds |language| {
        Listening = "待ち受け開始";
        Bound = "バインド";
        Truncated = "読み取りバッファーより長いデータグラム";
        Dropped = "OS がデータグラムを破棄";
        Upgraded = "TLS へアップグレード (STARTTLS)";
        TlsHello = "クライアントが TLS を提案";
        TlsAgreed = "TLS の合意";
        TlsRefused = "拒否された TLS の証明書";
        TlsAlert = "TLS アラート";
        TlsCloseNotify = "close_notify";
        TlsCut = "異常終了: close_notify なしに TCP 接続が終了";
        TlsSecrets = "鍵をログに記録";
        LookingUp = "名前解決";
        Connecting = "接続開始";
        Connected = "接続完了";
        ConnectFailed = "接続の試みが失敗";
        Accepted = "受け入れ";
        PeerFinished = "ピアがハーフクローズ (FIN)";
        WeFinished = "こちらがハーフクローズ (FIN)";
        Closed = "クローズ";
        Reset = "ピアがリセット (RST)";
        AcceptPaused = "受け入れ中断";
        AcceptResumed = "受け入れ再開";
        Missing = "ファイルに欠落したバイト";
        NotRecorded = "これより前に未記録のエントリ";
        ClockAdjusted = "時計の補正";
        Failed = "エラー";
        Stopped = "サーバー停止";
        AcceptAborted = "受け入れ前に終了した接続";
        AcceptingChanged = "新しい接続の扱いを変更";
        Waiting = "次の送信まで待機";
        ReadingStopped = "読み取り停止";
        ReadingResumed = "読み取り再開";
        PaceChanged = "送信速度を変更";
        Cancelled = "ファイル送信の取り消し";
        Unanswered = "どのルールも応答しない要求";
        QueueCancelled = "待機中の操作の取り消し";
        Reconnecting = "再接続";
        SequenceBegan = "シーケンス開始";
        SequenceEnded = "シーケンス終了";
        Disturbed = "確率によるメッセージの破棄または改変";
    }

    States |language| {
        Open = "オープン";
        PeerFinished = "ピアがハーフクローズ";
        WeFinished = "こちらがハーフクローズ";
        Closed(ending) = { ending.in_words(language) };
    }

    Endings |language| {
        Closed(closed) = { language.ended(closed, None) };
        Reset(unsent_bytes) = { language.reset(*unsent_bytes, None) };
    }
}
