//! The followed connection.

use super::counted;
use crate::words::conversation::Conversation;
use crate::words::translated::translated;

translated! { JAPANESE:
    Conversation {
        name = "やり取り";
        back = "‹ タイムライン";
        back_spoken = "タイムラインに戻る";
        back_hint = "タイムラインに戻ります (Esc)";
        show_as = "表示形式";
        text = "テキスト";
        hex = "16 進";
        escaped = "エスケープ";
        direction = "方向";
        both = "両方";
        received = "受信";
        sent = "送信";
        follow = "追従";
        follow_hint = "最新の行を常に表示します (End)";
        incomplete(problem) = "不完全: {problem}";
        with(endpoint) = "通信先 {endpoint}";
        with_at(endpoint, address) = "通信先 {endpoint} ({address})";
        since(time) = "{time} から";
        unread(entries) = { format!("未読み込みの古いエントリ {}", counted(entries, "件")) };
        empty = "この接続の記録はありません";
        row = "行";
        copy_rows = "行をコピー";
        show_in_timeline = "タイムラインで表示";
        not_kept(bytes) = { format!("続きの {}は保存なし", counted(bytes, "バイト")) };
        received_row(text) = "受信: {text}";
        sent_row(text) = "送信: {text}";
    }
}
