//! Dialogs that have no subject of their own.

use super::noun;
use crate::words::dialogs::Dialogs;
use crate::words::translated::translated;

translated! { CHINESE:
    Dialogs {
        quit_title = "退出 Bothends？";
        quit(live) = { format!("退出会关闭 {}。已记录的会话保留在磁盘上。", noun(live, "个活动连接")) };
        never_ask = "不再询问";
        quit_button = "退出";
        problems = "问题";
        keys = "键盘快捷键";
        sessions = "会话";
        export = "导出条目";
    }
}
