//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::{bytes, noun, spaced, spaced_start};
use crate::words::sessions::Sessions;
use crate::words::translated::translated;

translated! { CHINESE:
    Sessions {
        path = "文件夹或文件";
        open = "打开";
        open_path = "打开路径";
        about_path = "捕获文件夹，或 .pcap、.pcapng 文件。也可以把它拖放到窗口上。";
        looking = "正在查找会话…";
        none = "磁盘上没有会话";
        delete = "删除…";
        delete_session(title) = { format!("删除{}…", spaced_start(title)) };
        save_as = "另存为…";
        save_session(title) = { format!("把{}另存为…", spaced(title)) };
        open_session(title) = { format!("打开{}", spaced_start(title)) };
        name = "会话名称";
        save = "保存";
        delete_question(freed_bytes) = { format!("永久删除？将释放 {}。", bytes(freed_bytes)) };
        delete_now = "删除";
        keep = "保留";
        saved = "已保存";
        unsaved = "未保存";
        interrupted = "曾中断";
        live = "本次会话";
        in_another_window = "另一个窗口正在记录";
        rule(days, kept) = "未保存的会话在 {days} 天后删除；只保留最近 {kept} 个。";
        pruned(sessions) = { format!("本次启动时删除了 {}。", noun(sessions, "个会话")) };
        saved_stay = "已保存的会话一直保留，直到你删除。";
        offer_name = "中断的会话";
        offer(when) = "{when} 的会话曾中断：Bothends 没有关闭它就结束了";
        offered(entries, size_bytes) = { format!("磁盘上有 {}，{}。最后发生的内容可能缺失。", noun(entries, "个条目"), bytes(size_bytes)) };
        offer_open = "与当前会话并排查看";
        offer_keep = "留在列表中";
        offer_keep_why = "以后可在“文件”菜单的“打开会话…”中找到它";
        captures = "捕获";
        tab_live = "实时";
        tab_read_only(name) = "{name}（只读）";
        close(name) = { format!("关闭{}", spaced_start(name)) };
        read_as = "解读方式…";
        read_as_why = "解读这个捕获所用的编码、分帧和校验";
        as_recorded = "按记录时的设置解读";
        by_current = "按当前设置解读";
        as_chosen = "按这里所选的解读";
        by_endpoint = "（各端点不同）";
        use_current = "使用当前设置";
        use_current_why = "按同名端点的当前设置来解读";
        read_as_recorded = "按记录时解读";
        read_as_recorded_why = "按其端点在记录时的设置来解读";
    }
}
