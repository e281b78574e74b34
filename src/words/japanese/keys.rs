//! What the keys of one part of the window do.

use crate::words::keys::Keys;
use crate::words::translated::translated;

translated! { JAPANESE:
    Keys {
        message = "メッセージ";
        rows = "タイムライン";
        lists = "エンドポイント、ルール、保存済みメッセージ";
        anywhere = "どこでも";
        recall_at_edge = "最初の行と最後の行で、前後のメッセージを呼び出す";
        recall = "どの行からでも、前後のメッセージを呼び出す";
        send_saved = "保存済みメッセージの最初の 9 件から 1 つを送信";
        arrange = "選択したものを移動";
        delete_rule = "選択したルールを削除";
        select = "選択を移動";
        select_more = "選択を広げる";
        ends = "最も古い行または最新の行へ移動。End は新しいエントリにも追従";
        copy = "選択した行をコピー";
        leave = "検索欄または追跡中の接続から出る、ダイアログを閉じる。閉じるものがなければ、すべて中止";

        ctrl = "Ctrl";
        shift = "Shift";
        enter = "Enter";
        delete = "Delete";
        escape = "Esc";
        up = "↑";
        down = "↓";
        page_up = "Page Up";
        page_down = "Page Down";
        home = "Home";
        end = "End";
        plus = "プラス";
        minus = "マイナス";
    }
}
