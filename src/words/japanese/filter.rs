//! The filter's menu.

use super::grouped;
use crate::words::filter::Filter;
use crate::words::translated::translated;

translated! { JAPANESE:
    Filter {
        name = "フィルター";
        hint = "種類、ピア、サイズ、時刻で絞り込むか、一致だけを表示します";
        clear = "フィルターをクリア";
        chip(words) = "{words}  ×";
        remove(words) = "フィルターを外す: {words}";
        shown_of(shown, all) = { format!("{} / {}", grouped(shown), grouped(all)) };
        no_kind = "種類の指定なし";
        by_rule(rule) = "ルール {rule}";
        peer_contains(text) = "ピアに {text} を含む";
        contains(pattern) = "{pattern} を含む";
        size_chip(least, most) = { size(least, most) };
        time_chip(from, until) = "{from} ～ {until}";
        chip_from(from) = "{from} から";
        chip_until(until) = "{until} まで";
        received = "受信";
        sent = "送信";
        lifecycle = "接続と待ち受け";
        problems = "エラーと警告";
        peer = "ピア";
        peer_spoken = "ピアのアドレス";
        peer_hint = "アドレスの一部 (例: 192.0.2. や :49226)";
        to = "～";
        size = "バイト";
        min_size = "最小バイト数";
        max_size = "最大バイト数";
        time = "時刻";
        min_time = "開始時刻";
        max_time = "終了時刻";
        selected_time = "選択した行の時刻を使用";
        only_matches(pattern) = "{pattern} に一致するものだけ";
        only_matches_hint = "一致だけを表示するには、検索欄に探すものを入力してください";
        not_a_size = "バイト数を入力してください";
        sizes_crossed = "最小が最大を超えています";
        not_a_time = "12:01、12:01:05.871、2026-11-22 12:01:05 のような時刻を入力してください";
        times_crossed = "開始時刻が終了時刻より後です";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    let least_words = grouped(least);
    match most.map(grouped) {
        Some(most_words) if least == 0 => format!("{most_words} バイト以下"),
        Some(most_words) => format!("{least_words} ～ {most_words} バイト"),
        None => format!("{least_words} バイト以上"),
    }
}
