//! The list of saved messages.

use crate::words::messages::Messages;
use crate::words::translated::translated;

translated! { JAPANESE:
    Messages {
        tab = "メッセージ";
        saved = "保存済みメッセージ";
        saved_short = "保存済み";
        saved_why = "名前を付けて保存したメッセージ";
        none_saved = "保存済みメッセージはありません";
        none_sought = "これを含む保存済みメッセージはありません";
        filter = "保存済みメッセージを絞り込み";
        unusable = "無効";
        send(name) = "{name} を送信";
        send_why = "今すぐ送信します。ダブルクリックでも送信できます";
        edit = "編集";
        edit_named(name) = "{name} を編集";
        edit_why = "メッセージ欄に取り込みます";
        more(name) = "{name} のその他の操作";
        move_up = "上へ移動";
        move_down = "下へ移動";
        duplicate = "複製";
        delete = "削除";
        deleted(name) = "{name} を削除しました";
        undo = "元に戻す";
        message_name = "名前";
        folder = "フォルダー";
        note = "メモ";
        name = "メッセージの名前";
        name_hint = "名前を付けて保存…";
        save = "保存";
    }
}
