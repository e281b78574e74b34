//! The document and the preferences: what was wrong with a file, with a field, with a change.

use super::spaced_start;
use crate::payload::Position;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::translated::translated;
use crate::words::workspace::{
    Approval, DocumentProblems, DocumentSaves, Edits, ExpectedValues, Files, LoadNotices,
    LoadProblems, Saves,
};
use crate::workspace::CONFIG_DIR_VARIABLE;
use crate::workspace::FILE_LIMIT_BYTES;
use crate::workspace::HISTORY_MESSAGE_BYTES;
use crate::workspace::MAX_ENDPOINTS;
use crate::workspace::MAX_MESSAGES;
use crate::workspace::MAX_NAME_CHARS;
use crate::workspace::MAX_NOTE_CHARS;
use crate::workspace::MAX_SEQUENCES;
use crate::workspace::UnknownKey;

translated! { CHINESE:
    Files {
        not_text = "这不是 UTF-8 文本";
        not_opened(path, problem) = "无法打开 {path}：{problem}";
        unknown_key(key, position) = "{key}（{position}）";
        at(position, problem) = "{position}：{problem}";
        position(line, column) = "第 {line} 行第 {column} 列";
    }

    Approval {
        name = "文档未批准";
        title = "这个文档不是在这台计算机上保存的";
        what = "在你批准之前，它的服务器不会回复，它的模板不会读取文件。只有信任它的来源，才批准它。";
        approve = "批准文档";
        later = "暂不";
    }

    Edits |language| {
        TooMany = { format!("一个文档最多 {MAX_ENDPOINTS} 个端点。请先移除一个") };
        Gone = "这个端点已移除";
        NameEmpty = "请输入名称";
        NameTooLong = { format!("名称最多 {MAX_NAME_CHARS} 个字符") };
        NameControl = "名称中不能有换行或控制字符";
        NameColon = "名称中不能有冒号，以免与地址混淆";
        MessageGone = "这条消息已删除";
        NoteTooLong = { format!("备注最多 {MAX_NOTE_CHARS} 个字符") };
        MessageTooLong = { format!("已保存的消息最多 {}。更长的请放在文件中", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "这个序列已删除";
        TooManySequences = { format!("一个客户端最多 {MAX_SEQUENCES} 个序列。请先删除一个") };
        TooManyMessages = { format!("一个文档最多 {MAX_MESSAGES} 条消息。请先删除一条") };
        NameTaken(name) = "{name} 已被使用。请输入另一个名称";
    }

    LoadNotices |language| {
        SetAside(path, problem, kept_as) = { format!("无法使用 {}：{}。它已保留为 {}；由新的文件代替", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys(path, keys) = { format!("{} 中有这个版本不认识的键：{}。它们会保留", shown(path), listed(keys, language)) };
        NotReopened(error) = { error.in_words(language) };
        NoHome = { format!("没有主文件夹，所以什么也不会保存。请把 {CONFIG_DIR_VARIABLE} 设为一个文件夹") };
        Blocked(path, problem, source) = { format!("无法使用 {}：{}。也无法给它改名（{}），所以不会向它保存任何内容。请把它移走，再重新启动", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    LoadProblems |language| {
        Read(source) = { format!("它无法读取（{}）", source.in_words(language)) };
        Folder = "它是文件夹";
        NotPlain = "它不是普通文件";
        TooLarge = { format!("它大于 {}", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error) = { error.in_words(language) };
        Preferences(at, error) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    DocumentProblems |language| {
        Syntax(error) = { on_one_line(error) };
        NoFormat = "文档以其格式开头，例如 format = 1";
        Newer(format) = "格式 {format} 来自更新版本的 Bothends；请更新 Bothends 再打开这个文件";
        Missing(key) = "这里缺少 {key}";
        Type(key, expected) = { format!("{key} 必须是{}", spaced_start(&expected.in_words(language))) };
        Value(key, value, choices) = { if choices.is_empty() { format!("{key} 不能是 {value:?}") } else { format!("{key} 不能是 {value:?}；可用的有 {}", choices.join("、")) } };
        TextAndHex = "消息要么有 text，要么有 hex，不能两者都有";
        Act(choices) = { format!("没有这个动作；动作是以下之一：{}", choices.join("、")) };
        TwoActs(keys) = { format!("{} 和 {} 是两个动作；请各写在自己的花括号中", keys[0], keys[1]) };
        Step(choices) = { format!("没有这个步骤；步骤是以下之一：{}", choices.join("、")) };
        TwoSteps(keys) = { format!("{} 和 {} 是两个步骤；请各写在自己的花括号中", keys[0], keys[1]) };
        UnknownServer(name) = "没有叫 {name:?} 的服务器；请写服务器的名称，或带端口的地址，例如 127.0.0.1:9000";
        Edit(error) = { error.in_words(language) };
    }

    ExpectedValues |language| {
        Text = "引号中的文本";
        Flag = "true 或 false";
        Amount = "数，或引号中的文本";
        Table = "花括号中的表";
        List = "方括号中的列表";
        Tables = "写在双方括号标题下的表";
    }

    DocumentSaves |language| {
        ChangedOutside(path) = { format!("{} 在 Bothends 之外被更改，所以没有覆盖", shown(path)) };
        Exists(path) = { format!("{} 已存在", shown(path)) };
        ReadOnly(path) = { format!("{} 有写保护", shown(path)) };
        TooLarge(path, len_bytes) = { format!("{} 会有 {}，超过 {}", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("无法保存 {}：{}", shown(path), source.in_words(language)) };
    }

    Saves |language| {
        Encode = "无法把偏好设置写成 TOML";
        TooLarge(path, len_bytes) = { format!("{} 会有 {}，超过 {}。请缩短其中的消息", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("无法保存 {}：{}", shown(path), source.in_words(language)) };
    }
}

fn position(position: &Position, language: &Language) -> String {
    language.files.position(position.line, position.column)
}

fn listed(keys: &[UnknownKey], language: &Language) -> String {
    let name = |it: &UnknownKey| {
        let position = position(&it.position, language);
        language.files.unknown_key(&it.key, &position)
    };
    keys.iter().map(name).collect::<Vec<_>>().join("、")
}

/// Returns a problem behind the place that it is at, where that is known.
fn at_position(at: Option<&Position>, problem: String, language: &Language) -> String {
    match at {
        Some(at) => language.files.at(&position(at, language), &problem),
        None => problem,
    }
}

/// Returns what a parser says, which has lines.
fn on_one_line(error: &str) -> String {
    error.replace('\n', ", ")
}
