//! The document and the preferences: what was wrong with a file, with a field, with a change.

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

translated! { JAPANESE:
    Files {
        not_text = "UTF-8 のテキストではありません";
        not_opened(path, problem) = "{path} を開けません: {problem}";
        unknown_key(key, position) = "{key} ({position})";
        at(position, problem) = "{position}: {problem}";
        position(line, column) = "{line} 行目、{column} 文字目";
    }

    Approval {
        name = "ドキュメント未承認";
        title = "このドキュメントは、このコンピューターで保存されたものではありません";
        what = "承認するまで、サーバーは応答せず、テンプレートはファイルを読みません。出所を信頼できる場合だけ承認してください。";
        approve = "ドキュメントを承認";
        later = "後で";
    }

    Edits |language| {
        TooMany = { format!("ドキュメントのエンドポイントは {MAX_ENDPOINTS} 個までです。先に 1 つ削除してください") };
        Gone = "このエンドポイントは削除されました";
        NameEmpty = "名前を入力してください";
        NameTooLong = { format!("名前は {MAX_NAME_CHARS} 文字までです") };
        NameControl = "名前に改行と制御文字は使えません";
        NameColon = "アドレスと区別するため、名前にコロンは使えません";
        MessageGone = "このメッセージは削除されました";
        NoteTooLong = { format!("メモは {MAX_NOTE_CHARS} 文字までです") };
        MessageTooLong = { format!("保存できるメッセージは {} までです。それより長いものはファイルに保存してください", language.numbers.size(HISTORY_MESSAGE_BYTES as u64)) };
        SequenceGone = "このシーケンスは削除されました";
        TooManySequences = { format!("クライアントのシーケンスは {MAX_SEQUENCES} 個までです。先に 1 つ削除してください") };
        TooManyMessages = { format!("ドキュメントのメッセージは {MAX_MESSAGES} 件までです。先に 1 件削除してください") };
        NameTaken(name) = "{name} は既に使われています。別の名前を入力してください";
    }

    LoadNotices |language| {
        SetAside(path, problem, kept_as) = { format!("{} は使えません: {}。{} という名前で残し、新しいファイルに置き換えます", shown(path), problem.in_words(language), shown(kept_as)) };
        UnknownKeys(path, keys) = { format!("{} に、このバージョンが知らないキーがあります: {}。キーはそのまま残ります", shown(path), listed(keys, language)) };
        NotReopened(error) = { error.in_words(language) };
        NoHome = { format!("ホームフォルダーがないため、何も保存されません。{CONFIG_DIR_VARIABLE} にフォルダーを設定してください") };
        Blocked(path, problem, source) = { format!("{} は使えません: {}。名前の変更もできなかったため ({})、ここには何も保存されません。ファイルを別の場所に移してから、もう一度起動してください", shown(path), problem.in_words(language), source.in_words(language)) };
    }

    LoadProblems |language| {
        Read(source) = { format!("読み取れません ({})", source.in_words(language)) };
        Folder = "フォルダーです";
        NotPlain = "通常のファイルではありません";
        TooLarge = { format!("{} を超えています", language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        NotText(at) = { at_position(Some(at), language.files.not_text.to_owned(), language) };
        Document(error) = { error.in_words(language) };
        Preferences(at, error) = { at_position(at.as_ref(), on_one_line(error), language) };
    }

    DocumentProblems |language| {
        Syntax(error) = { on_one_line(error) };
        NoFormat = "ドキュメントは format = 1 のような形式の指定で始まります";
        Newer(format) = "形式 {format} は新しいバージョンの Bothends のものです。このファイルを開くには更新してください";
        Missing(key) = "ここに {key} がありません";
        Type(key, expected) = { format!("{key} には{}が必要です", expected.in_words(language)) };
        Value(key, value, choices) = { if choices.is_empty() { format!("{key} に {value:?} は指定できません") } else { format!("{key} に {value:?} は指定できません。指定できるもの: {}", choices.join("、")) } };
        TextAndHex = "メッセージに書けるのは text か hex のどちらか一方です";
        Act(choices) = { format!("そのような操作はありません。操作は次のどれかです: {}", choices.join("、")) };
        TwoActs(keys) = { format!("{} と {} は別々の操作です。それぞれを波括弧で囲んでください", keys[0], keys[1]) };
        Step(choices) = { format!("そのようなステップはありません。ステップは次のどれかです: {}", choices.join("、")) };
        TwoSteps(keys) = { format!("{} と {} は別々のステップです。それぞれを波括弧で囲んでください", keys[0], keys[1]) };
        UnknownServer(name) = "{name:?} という名前のサーバーはありません。サーバーの名前か、127.0.0.1:9000 のようなポート付きのアドレスを書いてください";
        Edit(error) = { error.in_words(language) };
    }

    ExpectedValues |language| {
        Text = "引用符で囲んだテキスト";
        Flag = "true または false の値";
        Amount = "数、または引用符で囲んだテキスト";
        Table = "波括弧で囲んだテーブル";
        List = "角括弧で囲んだリスト";
        Tables = "二重の角括弧の見出しによるテーブル";
    }

    DocumentSaves |language| {
        ChangedOutside(path) = { format!("{} は Bothends の外で変更されたため、上書きしませんでした", shown(path)) };
        Exists(path) = { format!("{} は既にあります", shown(path)) };
        ReadOnly(path) = { format!("{} は書き込み禁止です", shown(path)) };
        TooLarge(path, len_bytes) = { format!("{} が {} になり、上限の {} を超えます", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} を保存できません: {}", shown(path), source.in_words(language)) };
    }

    Saves |language| {
        Encode = "環境設定を TOML として書き出せません";
        TooLarge(path, len_bytes) = { format!("{} が {} になり、上限の {} を超えます。メッセージを短くしてください", shown(path), language.numbers.size(*len_bytes as u64), language.numbers.size(FILE_LIMIT_BYTES as u64)) };
        Write(path, source) = { format!("{} を保存できません: {}", shown(path), source.in_words(language)) };
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
    error.replace('\n', "、")
}
