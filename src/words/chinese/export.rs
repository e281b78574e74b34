//! Why an export failed, and where one does not hold what was on the wire.

use super::noun;
use crate::capture::store::Ended;
use crate::net::Direction;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::export::{ExportErrors, Exports, Lacks};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { CHINESE:
    Exports {
        at_entry(entry, what) = "条目 {entry}：{what}";
        at_connection(entry, connection, what) = "条目 {entry}，连接 {connection}：{what}";
        not_recorded(entries) = { format!("它之前有 {}未记录", noun(entries, "个条目")) };
        because(lack, cause) = "{lack}：{cause}";
        received = "接收";
        sent = "发送";
    }

    ExportErrors |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        Stream(source) = { format!("无法写出：{}", source.in_words(language)) };
        Read(error) = { error.in_words(language) };
        Exists(path) = { format!("{} 已存在", shown(path)) };
        IsFolder(path) = { format!("{} 是文件夹：请指定文件", shown(path)) };
        InsideCapture(path) = { format!("{} 在捕获之内：请选择捕获之外的位置", shown(path)) };
        NotEmpty(path) = { format!("{} 不是空的：原始流需要新的或空的文件夹", shown(path)) };
        NeedsFolder = "原始流由一个文件夹中的多个文件组成：请指定文件夹";
        PictureTooLarge = "图片太大，无法存为 PNG：请存为 SVG";
        Picture(error) = { format!("无法编码图片：{error}") };
        Cancelled = "导出已取消";
    }

    Lacks |language| {
        Cut(direction, kept_bytes, size_bytes) = { format!("{} {}，其中保留了前 {kept_bytes} 字节", way(*direction, language), language.counts.bytes(*size_bytes)) };
        Missing(direction, bytes) = { format!("它之前{}的 {}不在抓包文件中", way(*direction, language), language.counts.bytes(*bytes)) };
        LeftOut(direction, offset, bytes) = { format!("它之前{}的 {}不在这次导出中，从流的字节 {offset} 起", way(*direction, language), language.counts.bytes(*bytes)) };
        NotRecorded(entries, ended) = { not_recorded(*entries, *ended, language) };
        GivenUp(entries) = { if *entries == 1 { "为给更新的条目腾出空间，已舍弃".to_owned() } else { format!("为给更新的条目腾出空间，舍弃了它和它之后的 {} 个", entries - 1) } };
        Damaged(error) = { error.in_words(language) };
        FilesFull(datagrams) = { format!("从这里起有 {}没有文件：文件会太多", noun(*datagrams, "个数据报")) };
        PacketsLost(packets) = { format!("实验网络有 {}未记录", noun(*packets, "个数据包")) };
        PacketFile(error) = { format!("缺少实验网络的数据包。{}", error.in_words(language)) };
        Unreadable(entries, why) = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!("无法读取它和它之后的 {} 个条目：{why}", entries - 1),
    }
}

fn not_recorded(entries: u64, ended: Option<Ended>, language: &Language) -> String {
    let words = &language.exports;
    let lack = words.not_recorded(entries);
    match ended {
        Some(Ended::Open | Ended::Rotated | Ended::Closed) | None => lack,
        Some(ended) => words.because(&lack, &ended.in_words(language)),
    }
}

fn way(direction: Direction, language: &Language) -> &str {
    match direction {
        Direction::Received => language.exports.received,
        Direction::Sent => language.exports.sent,
    }
}
