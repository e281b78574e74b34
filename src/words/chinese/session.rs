//! Why a session did not do what it was asked to.

use super::spaced_end;
use crate::session::MAX_OPENED;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::session::{Jobs, Session, SessionErrors};
use crate::words::translated::translated;
use crate::workspace::FieldError;
use crate::workspace::FormField;

translated! { CHINESE:
    Session {
        file(path, reason) = "无法读取 {path}：{reason}";
        no_thread(reason) = "系统无法启动线程：{reason}";
    }

    SessionErrors |language| {
        Closing = "Bothends 正在关闭";
        Command(error) = { error.in_words(language) };
        Field(error) = { wrong_field(error, language) };
        Edit(error) = { error.in_words(language) };
        Message(error) = { error.in_words(language) };
        NoSequence = "这个序列已删除";
        Sequence(error) = { error.in_words(language) };
        NothingToSend = "没有可发送的内容：请先写一条消息";
        Void = "没有可发送的内容：这条消息的字段合计 0 字节";
        NotApproved = "在你批准之前，这个文档的模板不能读取文件";
        NoTarget = "没有可发送的对象：请添加客户端";
        NoPeer(server) = { format!("{}没有可发送的对端：请等待对端连接", spaced_end(server)) };
        NoPeerSelected = "没有选择对端：请选择一个，或发送给所有对端";
        NotOneConnection = "文件只能发往一个连接：请选择一个客户端，或选择一个对端";
        NotConnected = "客户端未连接：请先连接";
        SendingFile = "已在发送一个文件：请取消它，或等待";
        Repeating = "已在重复一条消息：请先停止它";
        TemplateFile(error) = { error.in_words(language) };
        File(path, source) = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error) = { error.in_words(language) };
        TooManyOpen = { format!("已打开 {MAX_OPENED} 个捕获：请先关闭一个") };
        FileAtWork = "正在读取或写入另一个文件：请等待，或取消它";
        NoHome = "没有可存放捕获的主文件夹：请把 BOTHENDS_DATA_DIR 设为一个文件夹";
        RelativePath = "请输入绝对路径";
        Library(error) = { error.in_words(language) };
        Opening(error) = { error.in_words(language) };
        Document(error) = { error.in_words(language) };
        DocumentSave(error) = { error.in_words(language) };
        Import(error) = { error.in_words(language) };
        Packets(error) = { error.in_words(language) };
    }

    Jobs |language| {
        Busy = "之前的工作尚未完成：请稍后再试";
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
    }
}

/// Returns what is wrong with a field; not which one where that is to be seen, because it stands where the client says
/// whom it follows.
fn wrong_field(error: &FieldError, language: &Language) -> String {
    match error.field {
        FormField::Server => error.problem.in_words(language),
        _ => error.in_words(language),
    }
}
