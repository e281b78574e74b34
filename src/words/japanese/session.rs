//! Why a session did not do what it was asked to.

use crate::session::MAX_OPENED;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::session::{Jobs, Session, SessionErrors};
use crate::words::translated::translated;
use crate::workspace::FieldError;
use crate::workspace::FormField;

translated! { JAPANESE:
    Session {
        file(path, reason) = "{path} を読み取れません: {reason}";
        no_thread(reason) = "OS がスレッドを開始できませんでした: {reason}";
    }

    SessionErrors |language| {
        Closing = "Bothends は終了処理中です";
        Command(error) = { error.in_words(language) };
        Field(error) = { wrong_field(error, language) };
        Edit(error) = { error.in_words(language) };
        Message(error) = { error.in_words(language) };
        NoSequence = "このシーケンスは削除されました";
        Sequence(error) = { error.in_words(language) };
        NothingToSend = "送るものがありません。先にメッセージを書いてください";
        Void = "送るものがありません。このメッセージのフィールドは 0 バイトになります";
        NotApproved = "承認するまで、このドキュメントのテンプレートはファイルを読めません";
        NoTarget = "宛先がありません。クライアントを追加してください";
        NoPeer(server) = "{server} に宛先となるピアがありません。接続を待ってください";
        NoPeerSelected = "ピアが選択されていません。1 つ選ぶか、すべてのピアに送信してください";
        NotOneConnection = "ファイルの宛先にできるのは 1 つの接続だけです。クライアントを選ぶか、ピアを 1 つ選択してください";
        NotConnected = "クライアントは未接続です。先に接続してください";
        SendingFile = "ファイルを既に送信中です。取り消すか、待ってください";
        Repeating = "メッセージを既に繰り返し中です。先に停止してください";
        TemplateFile(error) = { error.in_words(language) };
        File(path, source) = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error) = { error.in_words(language) };
        TooManyOpen = { format!("キャプチャが {MAX_OPENED} 個開いています。先に 1 つ閉じてください") };
        FileAtWork = "別のファイルを読み書き中です。待つか、取り消してください";
        NoHome = "キャプチャを保存するホームフォルダーがありません。BOTHENDS_DATA_DIR にフォルダーを設定してください";
        RelativePath = "絶対パスを入力してください";
        Library(error) = { error.in_words(language) };
        Opening(error) = { error.in_words(language) };
        Document(error) = { error.in_words(language) };
        DocumentSave(error) = { error.in_words(language) };
        Import(error) = { error.in_words(language) };
        Packets(error) = { error.in_words(language) };
    }

    Jobs |language| {
        Busy = "以前の処理が終わっていません。少し待ってからもう一度試してください";
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
