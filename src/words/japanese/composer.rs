//! The composer: the message being written, and what becomes of it.

use super::{bytes, counted, duration, grouped};
use crate::words::composer::Composer;
use crate::words::translated::translated;
use std::time::Duration;

translated! { JAPANESE:
    Composer {
        message = "メッセージ";
        text_hint = "メッセージを入力";
        hex_hint = "16 進数字: 48 65 6C";
        send = "送信";
        send_empty = "空のデータグラムを送信";
        empty_datagram = "0 バイト: データグラムは空でもかまいません";
        too_long(bytes) = "{bytes}は 1 つのデータグラムには長すぎます (最大 65,507 バイト)。送る量を減らすか、「送信速度」の「1 データグラムのバイト数」を設定してください";
        to = "宛先";
        send_to = "宛先";
        nobody = "宛先なし";
        to_address(name, address) = "{name} → {address}";
        all_peers(server) = "{server}: すべてのピア";
        and_more(first, more) = "{first} ほか {more} 件";
        include(recipients) = "宛先に追加: {recipients}";
        selected_peers(server, count) = "{server}: 選択したピア ({count})";
        format = "形式";
        text = "テキスト";
        hex = "16 進";
        line_ending = "改行";
        no_ending = "なし";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "エスケープ";
        escapes_why = r"オン: テキスト中の \n \r \t \0 \\ \xNN \u{…} がバイトを表します。オフ: バックスラッシュはバックスラッシュのままです。";
        template = "テンプレート";
        template_why = "オン: {{counter}}、{{time}}、{{crc CRC-16/MODBUS le}} などのフィールドを送信のたびに計算します。オフ: {{ と }} はそのままの文字です。";

        completions = "入力候補";
        with_file(bytes, file) = "{bytes}と {file}";
        unfinished = "フィールドは }} で終わります";
        exact = "実際に送信されるバイト";
        computed = "今送信した場合のバイト。強調表示の部分は送信時に計算されます";
        escapes_off = "エスケープをオフにする";

        pasted(kind) = "貼り付けた内容: {kind}";
        take_as_hex(bytes) = "16 進として取り込む ({bytes})";
        keep_text = "テキストのまま";

        repeat_menu = "繰り返し…";
        repeat_why = "メッセージを繰り返し送信します";
        repeat = "繰り返し";
        every = "間隔";
        period = "メッセージの送信間隔";
        period_why = "例: 500ms、2s。単位のない数値はミリ秒です";
        times = "回数";
        times_why = "空欄: 停止するまで";
        endless = "∞";
        times_unit = "回";
        until_reply = "応答があるまで";
        stop_repeating = "停止";
        stop_repeating_why = "メッセージの繰り返しを停止します (Esc)";
        dismiss_repeated = "閉じる";
        repeating(times, of, period) = { repeating(times, of, period) };
        repeated(times) = { format!("{}繰り返しました", counted(times, "回")) };
        repeat_stopped(times) = { format!("{}で停止しました", counted(times, "回")) };
        repeat_replied(times) = { format!("{}で応答がありました", counted(times, "回")) };
        repeat_ended(times, why) = { format!("繰り返しは {}で終了しました: {why}", counted(times, "回")) };

        more = "メッセージのその他の操作";
        history = "履歴";
        search_history = "送信済みメッセージを検索";
        history_empty = "まだ何も送信していません";
        history_no_match = "これを含むメッセージはありません";

        file = "ファイル…";
        file_why = "ファイルを送信します (サイズの制限なし)";
        file_path = "送信するファイル";
        write_bytes = "1 回の書き込みのバイト数";
        write_bytes_why = "1 ～ 1m。空欄なら OS が受け取れる分だけ書き込みます";
        delay = "書き込みの間隔";
        delay_why = "2 回の書き込みの間の休止 (例: 200ms、2s)。空欄なら休止しません";
        send_file = "ファイルを送信";
        dismiss_file = "閉じる";
        sending(file, sent_bytes, total_bytes, percent) = { format!("{file} を送信中: {} / {}、{percent}%", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file, sent_bytes) = { format!("{file} を送信しました、{}", bytes(sent_bytes)) };
        cancelled(file, sent_bytes, total_bytes) = { format!("{file} の送信を取り消しました ({} / {})", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file, sent_bytes, total_bytes) = { format!("{file} の送信が止まりました ({} / {}): 接続はもう開いていません", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file, sent_bytes, why) = { format!("{file} を途中 ({} まで送信済み) で読み取れなくなりました: {why}", bytes(sent_bytes)) };
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!("繰り返し中 · {times} / {} 回 · 間隔 {period}", grouped(of)),
        None => format!("繰り返し中 · これまで {times} 回 · 間隔 {period}"),
    }
}
