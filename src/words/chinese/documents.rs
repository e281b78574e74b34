//! Documents: their names, how they are opened, saved and left, and what became of their files.

use super::{noun, spaced, spaced_end, spaced_start};
use crate::words::InWords as _;
use crate::words::documents::{Documents, Openings};
use crate::words::translated::translated;

translated! { CHINESE:
    Documents {
        untitled = "未命名";
        saved(name) = "{name} · 已保存";
        autosaved(name) = "{name} · 已自动保存";
        kept_nowhere(name) = "{name} · 未保存";
        unsaved(name) = "{name} · 有未保存的更改";
        window(name) = "{name} — Bothends";
        open_title = "打开";
        open_path = "文档、捕获或抓包文件";
        about_open = "可以是 .bothends 文档、捕获文件夹，或 .pcap、.pcapng 文件；Packet Sender 的文件会被导入。也可以把它拖放到窗口上。";
        open = "打开";
        import_title = "导入消息";
        import_path = "Packet Sender 的文件";
        about_import = "Packet Sender 的 packets.ini，或它的 JSON 导出文件。其中每个数据包成为本文档的一条已保存的消息。";
        import = "导入";
        recent = "最近的文档";
        recent_missing(name, why) = "{name}（{why}）";
        open_recent(name) = { format!("打开{}", spaced_start(name)) };
        forget_recent(name) = { format!("从列表中移除{}", spaced_start(name)) };
        browse = "浏览…";
        browse_for(what) = "浏览：{what}";
        save_title = "文档另存为";
        save_path = "保存到";
        about_save = "这是文本文件，适合版本控制。文件名以 .bothends 结尾。";
        save = "保存";
        no_dialogs = "此桌面环境没有文件对话框。请直接输入路径。";
        leave_title(name) = { format!("要保存对{}的更改吗？", spaced(name)) };
        leave_unsaved = "如果不保存，更改会丢失。";
        leave_stop(running) = { format!("{}正在运行，将会停止。", noun(running, "个端点")) };
        leave_quit(live) = { format!("退出会关闭 {}。已记录的会话保留在磁盘上。", noun(live, "个活动连接")) };
        stop_title_new = "停止端点并新建文档？";
        stop_title_open(name) = { format!("停止端点并打开{}？", spaced_start(name)) };
        stop_title_reload(name) = { format!("停止端点并重新载入{}？", spaced_start(name)) };
        dont_save = "不保存";
        stop_new = "停止并新建";
        stop_open = "停止并打开";
        stop_reload = "停止并重新载入";
        outside_name = "文档在外部被更改";
        outside_changed(name) = { format!("{}在 Bothends 之外被更改", spaced_end(name)) };
        outside_gone(name) = { format!("{}已被移走或删除", spaced_end(name)) };
        outside_clean = "重新载入即可看到更改。重新载入会停止它的端点。";
        outside_own = "你在这里也更改过它。可以重新载入并放弃你的更改，或保留你的更改，保存时覆盖文件。";
        outside_refused = "没有保存，因为那会覆盖外部的更改。可以重新载入并放弃你的更改，或保留你的更改并覆盖文件。";
        outside_gone_what = "可以保存，重新写出文件，或另存到别处。";
        reload = "重新载入";
        keep_mine = "保留我的更改";
        keep_and_save = "保留我的更改并覆盖";
        save_as = "另存为…";
        dismiss = "忽略";
        unsaved_name = "未保存的更改";
        unsaved_found(name) = { format!("保留了{}未保存的更改", spaced(name)) };
        unsaved_found_at(name, when) = { format!("{when} 保留了{}未保存的更改", spaced(name)) };
        unsaved_what = "Bothends 在保存之前就退出了。恢复更改会停止端点；文件保持不变，直到你保存。";
        restore = "恢复未保存的更改";
        discard = "放弃";
        not_saved_name = "无法保存文档";
        not_saved = "无法保存文档";
        advice_changed = "请重新载入，或保留你的更改并覆盖文件";
        advice_exists = "请换一个名称，或替换该文件";
        advice_elsewhere = "请保存到别处";
        advice_shorten = "请缩短它的消息";
        drop_document(name) = { format!("松开以打开文档{}", spaced_start(name)) };
        drop_captured(name) = { format!("松开以打开抓包文件{}", spaced_start(name)) };
        drop_messages(name) = { format!("松开以导入{}的消息", spaced(name)) };
        drop_any(name) = { format!("松开以打开{}", spaced_start(name)) };
        drop_many(count) = { format!("松开以打开 {}", noun(count, "个文件")) };
        dialog_open = "打开文档或捕获";
        dialog_import = "导入 Packet Sender 的消息";
        dialog_save = "文档另存为";
        dialog_export = "导出到";
        dialog_folder = "选择文件夹";
        dialog_file = "选择要发送的文件";
        dialog_certificate = "选择证书文件";
        dialog_key = "选择密钥文件";
        dialog_roots = "选择受信任证书的文件";
        kind_pem = "PEM 格式的证书和密钥";
        kind_all = "文档和捕获";
        kind_document = "Bothends 文档";
        kind_packets = "Packet Sender 文件";
        kind_any = "所有文件";
    }

    Openings |language| {
        Read(source) = { source.in_words(language) };
        NotPlain = "它不是普通文件";
        Unknown = "它既不是文档、捕获文件夹、.pcap 或 .pcapng 文件，也不是 Packet Sender 的文件";
    }
}
