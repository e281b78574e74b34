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
        about = "Bothends について";
        about_what = "接続のためのデスクトップ作業台。TCP、TLS、UDP、Unix ソケットのどちらの端にもなれ、何が起きたかを正確に確認できます。";
        about_licence = "自由ソフトウェアです。MIT ライセンスまたは Apache ライセンス 2.0 のいずれかを選べます。";
        about_fonts = "付属のフォント（SIL Open Font License 1.1）";
        sessions = "セッション";
        export = "エントリをエクスポート";
    }
}
