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
        about = "关于 Bothends";
        about_what = "连接的桌面工作台：通过 TCP、TLS、UDP 或 Unix 套接字充当任意一端，并准确查看发生了什么。";
        about_licence = "自由软件，可任选 MIT 许可证或 Apache 许可证 2.0。";
        about_fonts = "随附的字体，采用 SIL Open Font License 1.1";
        sessions = "会话";
        export = "导出条目";
    }
}
