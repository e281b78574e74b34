//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::{bytes, counted};
use crate::words::sessions::Sessions;
use crate::words::translated::translated;

translated! { JAPANESE:
    Sessions {
        path = "フォルダーまたはファイル";
        open = "開く";
        open_path = "パスを開く";
        about_path = "キャプチャのフォルダー、または .pcap か .pcapng ファイルです。ウィンドウにドロップすることもできます。";
        looking = "セッションを検索中…";
        none = "ディスク上にセッションはありません";
        delete = "削除…";
        delete_session(title) = "{title} を削除…";
        save_as = "名前を付けて保存…";
        save_session(title) = "{title} に名前を付けて保存…";
        open_session(title) = "{title} を開く";
        name = "セッションの名前";
        save = "保存";
        delete_question(freed_bytes) = { format!("完全に削除しますか? {} が空きます。", bytes(freed_bytes)) };
        delete_now = "削除";
        keep = "残す";
        saved = "保存済み";
        unsaved = "未保存";
        interrupted = "中断";
        live = "このセッション";
        in_another_window = "別のウィンドウで記録中";
        rule(days, kept) = "未保存のセッションは {days} 日後に削除されます。残るのは最新の {kept} 件だけです。";
        pruned(sessions) = { format!("今回の起動で {}を削除しました。", counted(sessions, "件")) };
        saved_stay = "保存済みのセッションは、削除するまで残ります。";
        offer_name = "中断されたセッション";
        offer(when) = "{when} のセッションは中断されました。Bothends が正常に終了しませんでした";
        offered(entries, size_bytes) = { format!("エントリ {}、ディスク上に {}。最後の出来事は欠けている可能性があります。", counted(entries, "件"), bytes(size_bytes)) };
        offer_open = "現在のセッションと並べて表示";
        offer_keep = "一覧に残す";
        offer_keep_why = "後で「ファイル」メニューの「セッションを開く…」から見つけられます";
        captures = "キャプチャ";
        tab_live = "ライブ";
        tab_read_only(name) = "{name} (読み取り専用)";
        close(name) = "{name} を閉じる";
        read_as = "読み方…";
        read_as_why = "このキャプチャを読むためのエンコード、フレーミング、検査です";
        as_recorded = "記録時の設定で表示";
        by_current = "現在の設定で表示";
        as_chosen = "ここで選んだ設定で表示";
        by_endpoint = "(エンドポイントごとに異なる)";
        use_current = "現在の設定を使用";
        use_current_why = "同じ名前のエンドポイントの現在の設定で読みます";
        read_as_recorded = "記録時の設定を使用";
        read_as_recorded_why = "記録時のエンドポイントの設定で読みます";
    }
}
