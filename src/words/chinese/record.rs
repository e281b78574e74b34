//! What went wrong with captures on disk, and what to do next.

use super::noun;
use crate::capture::DATA_DIR_VARIABLE;
use crate::capture::MAX_NAME_CHARS;
use crate::capture::store::FORMAT;
use crate::capture::store::MANIFEST;
use crate::words::InWords as _;
use crate::words::record::shown;
use crate::words::record::{
    Damages, Libraries, Names, Reads, Record, RecordingEnds, StopCauses, Stores,
};
use crate::words::translated::translated;

translated! { CHINESE:
    Record {
        cannot_make(path, reason) = "无法创建 {path}：{reason}";
        cannot_open(path, reason) = "无法打开 {path}：{reason}";
        cannot_lock(path, reason) = "无法锁定 {path}：{reason}";
        cannot_read(path, reason) = "无法读取 {path}：{reason}";
        cannot_write(path, reason) = "无法写入 {path}：{reason}";
        cannot_rename(path, reason) = "无法重命名 {path}：{reason}";
        cannot_delete(path, reason) = "无法删除 {path}：{reason}";
        stopped(cause, entries) = { format!("{cause}，之后有 {}未记录", noun(entries, "个条目")) };
        stopped_at_least(cause, entries) = { format!("{cause}，之后至少有 {}未记录", noun(entries, "个条目")) };
        stopped_then(cause) = "{cause}，之后发生的内容没有记录";
        samples_damaged(samples) = { format!("{}损坏或缺失", noun(samples, "个采样")) };
        packets_unchecked(file) = "无法完整检查 {file}：没有记录它的校验和";
        interrupted = "记录曾中断，最后的内容可能缺失";
        not_recorded(entries) = { format!("末尾有 {}未记录", noun(entries, "个条目")) };
        checked(segments, entries, size_bytes) = { format!("已检查 {}：{}共 {}，全部完好", noun(segments, "个段"), noun(entries, "个条目"), noun(size_bytes, "字节")) };
        entries_damaged(entries) = { format!("{}损坏或缺失", noun(entries, "个条目")) };
        newer(kinds, fields, samples) = { format!("其中 {}、{}和 {}，只有更新版本的 Bothends 才知道含义", noun(kinds, "个条目"), noun(fields, "个字段"), noun(samples, "个采样")) };
        more_damage(places) = { format!("另有 {}损坏", noun(places, "处")) };
        sound = "没有任何损坏";
        frames_not_written(reason) = "无法写入帧表：{reason}";
        switch_on = "请打开记录，以保留此后发生的事";
        raise_bound = "请提高上限，或允许舍弃最早的条目，然后继续";
        make_room = "请腾出空间后继续，或在另一个文件夹中继续";
        elsewhere = "请在另一个文件夹中继续";
    }

    Stores |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        NotEmpty(path) = { format!("{} 不是空的：捕获需要新的或空的文件夹", shown(path)) };
        NoCapture(path) = { format!("{} 不是捕获：其中没有 {MANIFEST}", shown(path)) };
        Locked(path) = { format!("另一个窗口正在记录 {}", shown(path)) };
        Manifest(path, problem) = { format!("{} 已损坏：{problem}", shown(path)) };
        Newer(path, format) = { format!("{} 的格式是 {format}，由更新版本的 Bothends 写成（这个版本读取格式 {FORMAT}）", shown(path)) };
        Damaged(error) = { error.in_words(language) };
    }

    Reads |language| {
        Io(path, position, source) = { format!("无法读取 {} 的字节 {position}：{}", shown(path), source.in_words(language)) };
        Damaged(path, position, what) = { format!("{} 在字节 {position} 处损坏：{}", shown(path), what.in_words(language)) };
    }

    Damages |language| {
        Missing = "文件缺失";
        Foreign = "它属于这个捕获的另一部分，或属于另一个捕获";
        Head = "它的开头不像捕获的文件";
        Checksum = "校验和不对";
        Bit = "有一位变了，读取时会改正";
        Short = "文件太短";
        Long = "文件末尾被追加了内容";
        Reference = "它指向不存在的字节";
        Body = "条目的详情没有意义";
        Order = "它的条目与之前的不衔接";
        Manifest = "它缺失或无法读取；其内容已由其他文件重建";
        Index = "它没有列出现有的条目";
    }

    RecordingEnds |language| {
        Open = "记录曾中断";
        Rotated = "记录曾中断";
        Closed = "记录已结束";
        Bound = "达到上限";
        Full = "磁盘已满";
        Off = "记录已关闭";
        Failed = "捕获无法写入";
    }

    StopCauses |language| {
        Off = "记录已关闭";
        Bound(limit_bytes) = { format!("已达到上限 {}", language.numbers.size(*limit_bytes)) };
        Full = "磁盘已满";
        Gone(path) = { format!("捕获的文件夹不见了：{}", shown(path)) };
        Failed(failure) = { failure.error().in_words(language) };
        NoHome = { format!("没有主文件夹：请把 {DATA_DIR_VARIABLE} 设为一个文件夹") };
    }

    Libraries |language| {
        Name(problem) = { problem.in_words(language) };
        Taken(name) = "已有名为 {name} 的捕获。请换一个名称";
        Foreign(path) = { format!("{} 不在会话列表中", shown(path)) };
        BeingRecorded = "另一个窗口正在记录它。请先关闭那个窗口";
        OtherVolume = "它正记录在另一个卷上。请在记录结束后保存";
        Store(error) = { error.in_words(language) };
    }

    Names |language| {
        Empty = "请输入名称";
        TooLong = { format!("名称最多 {MAX_NAME_CHARS} 个字符") };
        Character(character) = "名称中不能有 {character:?}";
        Dot = "名称不能以点开头或结尾";
        Device = "Windows 把这个名称保留给设备";
    }
}
