//! Documents: their names, how they are opened, saved and left, and what became of their files.

use super::counted;
use crate::words::InWords as _;
use crate::words::documents::{Documents, Openings};
use crate::words::translated::translated;

translated! { JAPANESE:
    Documents {
        untitled = "無題";
        saved(name) = "{name} · 保存済み";
        autosaved(name) = "{name} · 自動保存済み";
        kept_nowhere(name) = "{name} · 未保存";
        unsaved(name) = "{name} · 未保存の変更あり";
        window(name) = "{name} — Bothends";
        open_title = "開く";
        open_path = "ドキュメント、キャプチャ、パケットファイル";
        about_open = ".bothends ドキュメント、キャプチャのフォルダー、.pcap または .pcapng ファイルを開きます。Packet Sender のファイルはインポートされます。ウィンドウにドロップして開くこともできます。";
        open = "開く";
        import_title = "メッセージをインポート";
        import_path = "Packet Sender のファイル";
        about_import = "Packet Sender の packets.ini、または JSON エクスポートです。各パケットが、このドキュメントの保存済みメッセージになります。";
        import = "インポート";
        recent = "最近使ったドキュメント";
        recent_missing(name, why) = "{name} ({why})";
        open_recent(name) = "{name} を開く";
        forget_recent(name) = "{name} を一覧から削除";
        browse = "参照…";
        browse_for(what) = "{what}を参照";
        save_title = "ドキュメントに名前を付けて保存";
        save_path = "保存先";
        about_save = "バージョン管理に適したテキストファイルです。名前は .bothends で終わります。";
        save = "保存";
        no_dialogs = "このデスクトップにはファイルダイアログがありません。パスを入力してください。";
        leave_title(name) = "{name} への変更を保存しますか?";
        leave_unsaved = "保存しないと変更は失われます。";
        leave_stop(running) = { format!("動作中のエンドポイント {}が停止します。", counted(running, "個")) };
        leave_quit(live) = { format!("終了すると、開いている接続 {}がクローズされます。記録したセッションはディスクに残ります。", counted(live, "件")) };
        stop_title_new = "エンドポイントを停止して新しいドキュメントを始めますか?";
        stop_title_open(name) = "エンドポイントを停止して {name} を開きますか?";
        stop_title_reload(name) = "エンドポイントを停止して {name} を再読み込みしますか?";
        dont_save = "保存しない";
        stop_new = "停止して新規作成";
        stop_open = "停止して開く";
        stop_reload = "停止して再読み込み";
        outside_name = "ドキュメントが外部で変更されました";
        outside_changed(name) = "{name} が Bothends の外で変更されました";
        outside_gone(name) = "{name} が移動または削除されました";
        outside_clean = "変更を反映するには再読み込みしてください。再読み込みするとエンドポイントは停止します。";
        outside_own = "このウィンドウにも変更があります。再読み込みして自分の変更を破棄するか、自分の版を残して保存時にファイルを上書きしてください。";
        outside_refused = "外部の変更を上書きしてしまうため、保存しませんでした。再読み込みして自分の変更を破棄するか、自分の版を残してファイルを上書きしてください。";
        outside_gone_what = "保存してファイルを新しく書き出すか、別の場所に保存してください。";
        reload = "再読み込み";
        keep_mine = "自分の版を残す";
        keep_and_save = "自分の版で上書き";
        save_as = "名前を付けて保存…";
        dismiss = "閉じる";
        unsaved_name = "未保存の変更";
        unsaved_found(name) = "{name} の未保存の変更が残っています";
        unsaved_found_at(name, when) = "{name} の未保存の変更が残っています ({when})";
        unsaved_what = "保存される前に Bothends が終了しました。復元するとエンドポイントは停止します。ファイルは、保存するまで元のままです。";
        restore = "未保存の変更を復元";
        discard = "破棄";
        not_saved_name = "ドキュメント未保存";
        not_saved = "ドキュメントは保存されませんでした";
        advice_changed = "再読み込みするか、自分の版を残してファイルを上書きしてください";
        advice_exists = "別の名前を選ぶか、ファイルを置き換えてください";
        advice_elsewhere = "別の場所に保存してください";
        advice_shorten = "メッセージを短くしてください";
        drop_document(name) = "ドロップしてドキュメント {name} を開く";
        drop_captured(name) = "ドロップしてパケットファイル {name} を開く";
        drop_messages(name) = "ドロップして {name} のメッセージをインポート";
        drop_any(name) = "ドロップして {name} を開く";
        drop_many(count) = { format!("ドロップしてファイル {}を開く", counted(count, "個")) };
        dialog_open = "ドキュメントまたはキャプチャを開く";
        dialog_import = "Packet Sender のメッセージをインポート";
        dialog_save = "ドキュメントに名前を付けて保存";
        dialog_export = "エクスポート先";
        dialog_folder = "フォルダーを選択";
        dialog_file = "送信するファイルを選択";
        dialog_certificate = "証明書のファイルを選択";
        dialog_key = "鍵のファイルを選択";
        dialog_roots = "信頼する証明書のファイルを選択";
        kind_pem = "PEM 形式の証明書と鍵";
        kind_all = "ドキュメントとキャプチャ";
        kind_document = "Bothends ドキュメント";
        kind_packets = "Packet Sender のファイル";
        kind_any = "すべてのファイル";
    }

    Openings |language| {
        Read(source) = { source.in_words(language) };
        NotPlain = "通常のファイルではありません";
        Unknown = "ドキュメント、キャプチャフォルダー、.pcap または .pcapng ファイル、Packet Sender のファイルのいずれでもありません";
    }
}
