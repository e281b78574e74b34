//! Sequences of send and expect: what they are called, and what came of them.

use super::{counted, grouped};
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::words::sequences::{SequenceProblems, SequenceResults, Sequences, StepKinds};
use crate::words::translated::translated;

translated! { JAPANESE:
    SequenceResults {
        began(name) = "シーケンス「{name}」開始";
        ended(name, outcome) = "シーケンス「{name}」: {outcome}";
        passed = "成功";
        failed(step, why) = "ステップ {step} で失敗: {why}";
        cancelled(step) = "ステップ {step} で停止";
        with_others(outcome, others) = "{outcome}、{others}";
        others(count) = { format!("ほかのフレーム {}が到着", counted(count, "個")) };
        timed_out(within, what) = "期待したものが届かず (期限 {within})、{what}";
        connection_ended(what) = "先に接続が終了、{what}";
        nothing = "何も到着せず";
        nearest(excerpt) = "最も近いのは {excerpt}";
        nearest_differs(excerpt, difference) = "最も近いのは {excerpt}、{difference}";
        differs(at, expected, found) = { format!("バイト {} が {found} ({expected} のはず)", grouped(at)) };
        ends(at, expected) = { format!("バイト {} の前で終了 ({expected} のはず)", grouped(at)) };
        any_byte = "任意のバイト";
        byte(hex, shown) = "{hex:02X} ({shown})";
        byte_only(hex) = "{hex:02X}";
        more(excerpt) = "{excerpt}…";
        unsent = "送るものをすべては送信できず";
        not_connected = "接続なし";
    }

    Sequences {
        heading = "シーケンス";
        none = "シーケンスは、送信と期待を 1 ステップずつ行い、すべて期待どおりだったかを示します。";
        add = "シーケンスを追加…";
        new_name = "シーケンス";
        run(name) = "{name} を実行";
        run_button = "実行";
        run_why = "このクライアントの接続でステップを実行します。未接続なら先に接続します";
        run_on = "シーケンスを実行";
        of_client(name, client) = "{name} ({client})";
        stop = "停止";
        stop_named(name) = "{name} を停止";
        stop_why = "実行中のステップで停止します (Esc)";
        running = "実行中…";
        show = "表示";
        show_named(name) = "「{name}」の結果を表示";
        show_why = "タイムラインのエントリを表示します";
        more(name) = "{name} のその他の操作";
        edit = "ステップを編集";
        duplicate = "複製";
        delete = "削除";
        title_of(name) = "シーケンス「{name}」";
        name = "シーケンスの名前";
        kind_of(number) = "ステップ {number} の種類";
        text_of(number) = "ステップ {number} のテキスト";
        within_of(number) = "ステップ {number} の期限";
        more_of(number) = "ステップ {number} のその他の操作";
        within = "期限";
        within_hint = "5s";
        remove = "削除";
        move_up = "上へ移動";
        move_down = "下へ移動";
        add_step = "ステップを追加";
        send_hex = "16 進を送信";
        send_hint = "HELLO\\r\\n、{{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK、regex:^2..、hex:01 ??";
        wait_hint = "100ms";
        done = "完了";
        wrong_step(number, problem) = "ステップ {number}: {problem}";
        wrong_within(number, problem) = "ステップ {number}、期限: {problem}";
    }

    StepKinds |language| {
        Send = "送信";
        Expect = "期待";
        ExpectEnd = "終了を期待";
        Wait = "待機";
        StartTls = "TLS を開始";
        Finish = "送信を終了 (FIN)";
        Close = "クローズ";
        Reset = "リセット (RST)";
    }

    SequenceProblems |language| {
        NoSteps = "シーケンスにはステップが 1 つ以上必要です。追加してください";
        TooManySteps = { format!("シーケンスのステップは {MAX_STEPS} 個までです。いくつか削除してください") };
        Field(error) = { error.in_words(language) };
        Empty = "何も書かれていません";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        TooLong = "探すには長すぎます。期待するものを一部に絞ってください";
        PieceIsField(name) = "グループの名前に {name:?} は使えません。テンプレートに同じ名前のフィールドがあります";
        OnlyInReplies = "シーケンスに要求はありません。前のステップが期待するものの名前付きグループを使ってください (例: {{token}})";
        Time = "24 時間以下の時間を単位付きで入力してください (例: 100ms、5s)";
        AfterEnd = "送信の終了、クローズ、リセットの後には何も送れません";
    }
}
