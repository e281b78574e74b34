//! Dialogs that have no subject of their own.

use super::counted;
use crate::words::dialogs::Dialogs;
use crate::words::translated::translated;

translated! { JAPANESE:
    Dialogs {
        quit_title = "Bothends を終了しますか?";
        quit(live) = { format!("終了すると、開いている接続 {}がクローズされます。記録したセッションはディスクに残ります。", counted(live, "件")) };
        never_ask = "今後は確認しない";
        quit_button = "終了";
        problems = "問題";
        keys = "キーボードショートカット";
        sessions = "セッション";
        export = "エントリをエクスポート";
    }
}
