//! Messages imported from another tool: what came of it.

use super::noun;
use crate::words::InWords as _;
use crate::words::imported::{Imported, LeftsOut, MessageFiles};
use crate::words::translated::translated;
use crate::workspace::MAX_PACKETS;

translated! { CHINESE:
    Imported {
        added(count, folder) = { format!("已把 {}导入文件夹 {folder}", noun(count, "条消息")) };
        left_out(count, which) = "略去 {count} 条：{which}";
        named(name, why) = "{name}（{why}）";
        more(named, count) = "{named}，另有 {count} 条";
        not_tcp(count) = { format!("{}不是单纯的 TCP：字节已保留，备注中写明原来是什么", noun(count, "个数据包")) };
        renamed(count) = { format!("{}的名称与原来不同", noun(count, "条消息")) };
        undo = "撤销导入";
        forget = "忽略";
    }

    MessageFiles |language| {
        Load(problem) = { problem.in_words(language) };
        Json(line, column, error) = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', ", ")) };
        Line(line) = "第 {line} 行既不是标题，也不是带值的键";
        TooMany = { format!("其中的数据包超过 {MAX_PACKETS} 个") };
        NoPackets = "其中没有 Packet Sender 的数据包";
    }

    LeftsOut |language| {
        Refused(error) = { error.in_words(language) };
        Missing = "文件中除了名称什么也没有";
        Unlisted = "它不在文件的名称列表中";
    }
}
