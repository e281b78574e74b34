//! What is wrong with rules, and in which part of them.

use crate::script::rules::MAX_ACTS;
use crate::script::rules::MAX_CONDITIONS;
use crate::script::rules::MAX_RULES;
use crate::words::InWords as _;
use crate::words::rule_problem::{AddressPatterns, RuleParts, RuleProblems};
use crate::words::translated::translated;
use crate::workspace::rules::MAX_MEMORY_BYTES;
use crate::workspace::rules::MAX_REMEMBERED;
use crate::workspace::rules::MAX_RULE_NAME_CHARS;

translated! { JAPANESE:
    RuleParts {
        rule(number, name) = "ルール {number} ({name})";
        part(rule, part) = "{rule}、{part}";
        name = "名前";
        when = "きっかけ";
        condition(number) = "条件 {number}";
        states = "状態";
        from = "ピア";
        act(number) = "操作 {number}";
        act_to(number) = "操作 {number}、宛先";
        act_drop(number) = "操作 {number}、破棄";
        act_corrupt(number) = "操作 {number}、改変";
        act_place(number) = "操作 {number}、場所";
        next = "次の状態";
        times = "回数";
        memory = "記憶";
        remembered(name) = "記憶 ({name})";
        seed = "シード";
    }

    RuleProblems |language| {
        TooManyRules = { format!("エンドポイントのルールは {MAX_RULES} 個までです。いくつか削除してください") };
        TooManyConditions = { format!("ルールの条件は {MAX_CONDITIONS} 個までです。いくつか削除するか、正規表現を使ってください") };
        TooManyActs = { format!("ルールの操作は {MAX_ACTS} 個までです。いくつか削除してください") };
        NameTaken(name) = "{name} は既に使われています。別の名前を入力してください";
        Name = { format!("名前は 1 ～ {MAX_RULE_NAME_CHARS} 文字で、改行は使えません") };
        State = "2 つのコンマの間に状態がありません";
        Empty = "何も書かれていません";
        RegexHere = "条件の種類に「正規表現に一致」を選び、'regex:' は書かないでください";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        Shape(error) = { error.in_words(language) };
        Length = "長さを 1 つか 2 つ入力してください (例: 8、8..12、8..、..12)";
        Check = "good か bad と書いてください";
        NoCheck = "エンドポイントは受信したものを検査していません。先に検査を設定してください";
        Every = "1 以上の数を入力してください (例: 要求 3 件に 1 件なら 3)";
        Place(error) = { error.in_words(language) };
        PieceIsField(name) = "部分の名前に {name:?} は使えません。テンプレートに同じ名前のフィールドがあります";
        PieceTwice(name) = "2 つの条件が部分 {name:?} を取り出しています。一方の名前を変えてください";
        Time = "24 時間以下の時間を単位付きで入力してください (例: 20ms、5s)。待機には 20ms..40ms も使えます";
        Period = "1ms から 24 時間までの時間を単位付きで入力してください (例: 100ms)";
        From(error) = { error.in_words(language) };
        Times = "1 以上の数を入力してください (例: 2、2 per connection)";
        Chance = "0% から 100% までの割合を入力してください (例: 10%)";
        Rate = "1 秒あたりのバイト数 (例: 500、1k) か full を入力してください";
        Slices = "バイト数と休止 (例: 3, 50ms) か off を入力してください";
        TooMuch = { format!("最初から記憶できるのは {MAX_REMEMBERED} 個、合計 {} までです", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("ゼロバイトの数を {MAX_MEMORY_BYTES} 以下で入力してください (例: zeros:200)") };
        NoEndpoint(name) = "{name:?} という名前のエンドポイントはありません。別のものを選んでください";
    }

    AddressPatterns |language| {
        Empty = "アドレスのパターンを入力してください (例: 10.0.0.0/8、127.0.0.*)";
        TooLong = "アドレスのパターンは 256 文字までです";
        Network = "ネットワークはアドレスとビット数で書きます (例: 10.0.0.0/8)";
    }
}
