//! The list of saved messages.

use super::{spaced_end, spaced_start};
use crate::words::messages::Messages;
use crate::words::translated::translated;

translated! { CHINESE:
    Messages {
        tab = "消息";
        saved = "已保存的消息";
        saved_short = "已保存";
        saved_why = "命名保存的消息";
        none_saved = "没有已保存的消息";
        none_sought = "没有匹配的已保存消息";
        filter = "筛选已保存的消息";
        unusable = "无效";
        send(name) = { format!("发送{}", spaced_start(name)) };
        send_why = "立即发送；双击它也一样";
        edit = "编辑";
        edit_named(name) = { format!("编辑{}", spaced_start(name)) };
        edit_why = "放入消息栏";
        more(name) = { format!("{}的更多操作", spaced_end(name)) };
        move_up = "上移";
        move_down = "下移";
        duplicate = "创建副本";
        delete = "删除";
        deleted(name) = { format!("已删除{}", spaced_start(name)) };
        undo = "撤销";
        message_name = "名称";
        folder = "文件夹";
        note = "备注";
        name = "消息名称";
        name_hint = "此消息另存为…";
        save = "保存";
    }
}
