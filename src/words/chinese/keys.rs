//! What the keys of one part of the window do.

use crate::words::keys::Keys;
use crate::words::translated::translated;

translated! { CHINESE:
    Keys {
        message = "消息";
        rows = "时间线";
        lists = "端点、规则和已保存的消息";
        anywhere = "全局";
        recall_at_edge = "光标在首行或末行时，调出较早或较晚的消息";
        recall = "光标在任何一行时，调出较早或较晚的消息";
        send_saved = "发送前九条已保存的消息之一";
        arrange = "移动所选项";
        delete_rule = "删除所选规则";
        select = "移动选择";
        select_more = "扩展选择";
        ends = "转到最早或最新的行；End 还会跟随新条目";
        copy = "复制所选行";
        leave = "离开查找栏或追踪的连接，关闭对话框；没有可关闭的，则全部停下";

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
        plus = "加号";
        minus = "减号";
    }
}
