//! The lessons: their texts, and what the window says around them.

use super::counted;
use crate::words::lessons::{LessonConditions, LessonProblems, Lessons};
use crate::words::translated::translated;

translated! { JAPANESE:
    Lessons {
        heading = "レッスン";
        intro = "このマシンの実際のソケットで TCP と UDP を学びます。レッスンごとに専用のサーバーとクライアントがあり、操作したことが記録に現れると次に進みます。ドキュメントは変更されません。";
        pane = "レッスン";
        first = "学ぶ: ハンドシェイク";
        first_why = "初めてですか? 数分で、最初の 1 バイトの前に何が起きるかを実際の接続で見られます。";
        server = "レッスンのサーバー";
        client = "レッスンのクライアント";
        of(number, count) = "レッスン {number} / {count}";
        choice(number, title) = "{number}. {title}";
        step(number, title) = "{number}. {title}";
        step_state(number, title, state) = "ステップ {number}、{title}: {state}";
        done = "完了";
        is_done(title) = "{title}: 完了";
        to_do = "実行する";
        later = "後で";
        do_it = "自動で実行";
        do_it_name(title) = "自動で実行: {title}";
        look = "ここに注目";
        needed = "次のことが記録されれば完了";
        met(condition) = "{condition}、完了";
        not_met(condition) = "{condition}、まだ";
        show_entry = "エントリを表示";
        show_entry_name(condition) = "エントリを表示: {condition}";
        code = "同じことをコードで";
        language = "コードの言語";
        copy = "コピー";
        copy_all = "すべてコピー";
        copy_all_why = "このレッスンのプログラム全体をコピーします";
        no_code = "書くことはありません。OS が自分で行います。";
        over = "レッスン完了";
        next = "次のレッスン";
        previous = "前のレッスン";
        again = "最初から";
        all = "すべてのレッスン";
        leave = "レッスンを終える";
        close = "レッスンを閉じる";
        resize = "レッスンの幅を変更";
        bad(key, why) = "レッスン {key} を読み込めません: {why}";
    }

    LessonConditions {
        server = "サーバー";
        client = "クライアント";
        times(what, times) = { format!("{what}、{}", counted(times, "回")) };
        over(what, family) = "{what} ({family})";

        listens(end) = "{end}が待ち受け開始";
        stopped(end) = "{end}が停止";
        connects(end) = "{end}が接続開始";
        connected(end) = "{end}が接続完了";
        refused(end) = "{end}が拒否される";
        failed(end) = "{end}が接続に失敗";
        accepted(end) = "{end}が接続を受け入れ";
        received(end, size) = "{end}が一度にちょうど {size}を読み取り";
        received_something(end) = "{end}が何かを受信";
        received_at_least(end, size) = "{end}が一度に {size}以上を読み取り";
        received_in_all(end, size) = "{end}が合計 {size} を受信";
        received_cut(end) = "{end}が文字の一部だけを読み取り";
        sent_something(end) = "{end}が何かを送信";
        sent_at_least(end, size) = "{end}が一度に {size}以上を送信";
        sent_in_all(end, size) = "{end}が合計 {size} を送信";
        after_silence(end, time) = "{end}が無通信の後に送受信 (無通信 {time})";
        finished(end) = "{end}が送信を終了 (FIN)";
        saw_end(end) = "{end}が相手の FIN を確認";
        closed(end) = "{end}が接続をクローズ";
        closed_unread(end) = "{end}が未読のバイトを残して接続をクローズ";
        did_reset(end) = "{end}が接続をリセット (RST)";
        was_reset(end) = "{end}が相手からリセットされる (RST)";
        stops_reading(end) = "{end}が読み取りを停止";
        reads_again(end) = "{end}が読み取りを再開";
        stops_accepting(end) = "{end}が新しい接続をバックログに残す";
        accepts_again(end) = "{end}が受け入れを再開";
        new_peer(end) = "{end}に新しいピア";
        cut(end) = "{end}が切り詰められたデータグラムを受信";
        undelivered(end) = "{end}にデータグラムの未達通知 (ICMP)";
        forgot(end) = "{end}が無通信の後にピアを登録解除";
    }

    LessonProblems |language| {
        Form(line, text) = "{line} 行目: {text}";
        Number = "ステップは 1 ～ 12 個、クライアントは 1 ～ 8 台必要です";
        Condition(step, text) = "ステップ {step} が待つ {text:?} は条件ではありません";
        Act(step, text) = "ステップ {step} の {text:?} は操作ではありません (ステップ 0 は準備)";
        Control(step, text) = "ステップ {step} の {text:?} は、このウィンドウにありません";
        Endless(step) = "ステップ {step} には待つ条件がありません";
        Program(step) = "ステップ {step} に対応する部分がプログラムにありません";
    }
}
