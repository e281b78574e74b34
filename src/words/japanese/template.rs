//! Templates and checks: what their fields mean, and what is wrong with them.

use crate::payload::checksum::UnknownChecksum;
use crate::payload::escape;
use crate::payload::hex;
use crate::payload::template::FieldKind;
use crate::payload::template::Names;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::template::{
    Checks, Meanings, Obstacles, Regexes, Renders, Requests, TemplateFields, Templates, Verdicts,
};
use crate::words::translated::translated;
use crate::words::typed::reason;
use crate::words::typed::wrong_at;

translated! { JAPANESE:
    Templates {
        check_value(value) = "123456789 の結果は {value}";
        alias_check_value(name, value) = "{name}、123456789 の結果は {value}";
        no_checksum(name) = "チェックサム {name:?} はありません。CRC のカタログ名 (CRC-16/MODBUS など)、または sum、xor、lrc、fletcher16、adler32、internet を使ってください";
        piece = "要求の部分";
        similar_checksum(name, similar) = "チェックサム {name:?} はありません。もしかして: {similar}";
    }

    Meanings |language| {
        Counter = "この接続で送信したメッセージの数";
        Time = "現在時刻のテキスト";
        Unix = "1970年からの経過時間";
        Random = "ランダムなバイトまたは数";
        Uuid = "ランダムな UUID";
        File = "ファイルの内容";
        Len = "後に続く、または範囲内のバイト数";
        Crc = "前にある全バイト、または範囲の CRC";
        Sum = "バイトの和 (256 を法とする)";
        Xor = "全バイトの XOR";
        Lrc = "和の 2 の補数";
        Fletcher16 = "Fletcher のチェックサム";
        Adler32 = "Adler のチェックサム";
        Internet = "インターネットチェックサム";
        Sha1 = "前にある全バイト、または範囲の SHA-1";
        Base64 = "前にある全バイト、または範囲の Base64";
        Begin = "範囲の始まり。hidden なら送信されません";
        End = "範囲の終わり";
        Peer = "ピアのアドレス";
        Local = "この接続自身のアドレス";
        Connection = "この接続の番号";
        Request = "応答の対象の要求、またはその一部 (応答でのみ)";
        Memory = "エンドポイントが記憶しているもの";
        Times = "このルールが適用された回数";
        Upper = "要求または部分を大文字にしたもの";
        Lower = "要求または部分を小文字にしたもの";
        Number = "部分から計算した数";
        Unmask = "別の部分と XOR した部分 (WebSocket のマスク)";
        Braces = "2 つの開き波括弧";
    }

    TemplateFields |language| {
        Open = "「{{」に対応する「}}」がありません (波括弧 2 つの文字そのものは {{braces}} と書きます)";
        Empty = "このフィールドは空です。counter、time、uuid などのフィールドを書いてください";
        Unknown(name) = { format!("フィールド {name:?} はありません。使えるフィールド: {}", fields()) };
        UnknownInRule(name, pieces) = { unknown_in_rule(name, pieces) };
        Piece(name) = "要求から部分 {name:?} を取り出す条件が、このルールにありません";
        AfterPiece(word) = "部分の名前の後には何も書けません。{word:?} を消してください";
        OnlyInRules(field) = { format!("{} を使えるのはエンドポイントのルールだけです", field.name()) };
        Word(field, word) = { format!("{} に {word:?} は指定できません。次のように書いてください: {}", field.name(), field.usage()) };
        Missing(field) = { format!("{} が不完全です。次のように書いてください: {}", field.name(), field.usage()) };
        Checksum(unknown) = { no_checksum(language, unknown) };
        Time(reason) = "時刻の書式が不正です: {reason}";
        Range(name) = "範囲 {name:?} はありません。前に {{{{begin {name}}}}}、後に {{{{end {name}}}}} を書いてください";
        TwoRanges(name) = "{name:?} という名前の範囲が 2 つあります";
        HalfHidden(name) = "範囲 {name:?} の一方の端だけが隠し範囲 (hidden) の中にあります";
        Regex(problem) = { problem.in_words(language) };
    }

    Regexes |language| {
        Invalid(error) = { format!("正規表現が不正です: {}", reason(error)) };
        TooLarge = "正規表現が複雑すぎます。短くするか、繰り返しを減らしてください";
        Name(name) = "グループの名前に {name:?} は使えません。文字、数字、_ を使い、文字で始めてください";
    }

    Requests |language| {
        Range(from, to, len) = { format!("範囲 {from}..{to} が要求 ({}) に収まりません", language.counts.bytes(*len as u64)) };
        NoHeader(name) = "要求にフィールド {name:?} がありません";
        NoMatch = "正規表現が要求に一致しません";
    }

    Renders |language| {
        TooWide(value) = "{value} は収まりません。もっと幅の広い数を使ってください";
        Negative(len) = "長さが {len} になります。adjust を確認してください";
        Range(from, to, len) = { format!("範囲 {from}..{to} がメッセージ ({}) に収まりません", language.counts.bytes(*len as u64)) };
        Unstable = "この長さの桁数が長さ自身を変えてしまいます。width=N を指定してください";
        Cycle = "このフィールドと別のフィールドが互いを対象に含んでいます";
        Digits(problem) = { format!("範囲に含められるのは 16 進数字だけです: {}", problem.in_words(language)) };
        Time(reason) = "時刻の書式が不正です: {reason}";
        Encoding(encoding, character) = { language.typed.unencodable(*encoding, *character) };
        NoFile = "ファイルはまだ読み込まれていません";
        TooLong = "メッセージが 16 MiB を超えます";
        NoRequest = "{{request}} を使えるのは応答だけです。消すか、これをエンドポイントの応答にしてください";
        Request(problem) = { problem.in_words(language) };
        NoPiece(name) = "要求に部分 {name:?} がありません";
        NoMemory = "{{memory}} を使えるのはエンドポイントのルールだけです";
        Place = "このフィールドの数が負か大きすぎるか、必要な部分が要求にありません";
        NotRemembered(key) = { format!("\"{}\" という名前で記憶されたものはありません", escape::render(key)) };
        BeyondMemory(from, len, remembered) = { beyond(language, *from, *len, *remembered) };
        NoKey = "マスク解除に使う部分が空です";
        NoIp = "Unix ソケットに IP アドレスとポートはありません。ip と port を消してください";
    }

    Checks |language| {
        Field(position, problem) = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "検査はチェックサムまたは長さです。例: 'crc CRC-16/MODBUS le'、'sum'、'xor HEX over=1..-3 at=-2'、'len u16be at=4'";
        Width = "検査する長さには幅が必要です。u16be か width=N を付けてください";
    }

    Verdicts |language| {
        Good = "正常";
        Bad(wrong) = { format!("{} が {} です ({} のはず)", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why) = { why.in_words(language) };
    }

    Obstacles |language| {
        TooShort(len) = { format!("検査するには短すぎます ({})", language.counts.bytes(*len as u64)) };
        Field(problem) = { problem.in_words(language) };
    }
}

/// Returns the names of all fields outside of rules.
fn fields() -> String {
    let kinds = FieldKind::ALL
        .iter()
        .filter(|kind| !kind.is_only_in_rules());
    let names: Vec<_> = kinds.map(|kind| kind.name()).collect();
    names.join("、")
}

fn unknown_in_rule(name: &str, pieces: &Names) -> String {
    let fields: Vec<_> = FieldKind::ALL.iter().map(|kind| kind.name()).collect();
    let fields = fields.join("、");
    let pieces: Vec<_> = pieces.iter().map(|piece| &**piece).collect();
    let pieces = match pieces[..] {
        [] => "ルールの条件が取り出す部分はありません".to_owned(),
        _ => format!("部分: {}", pieces.join("、")),
    };
    format!("部分にもフィールドにも {name:?} はありません。{pieces}。フィールド: {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!("場所はバイト {from} から {len}ですが、記憶されているのは {remembered}です")
        }
        None => format!("場所はバイト {from} からですが、記憶されているのは {remembered}です"),
    }
}

fn no_checksum(language: &Language, unknown: &UnknownChecksum) -> String {
    match unknown.similar.as_slice() {
        [] => language.templates.no_checksum(&unknown.name),
        similar => language
            .templates
            .similar_checksum(&unknown.name, &similar.join("、")),
    }
}
