//! The find field.

use super::short;
use crate::words::find::Find;
use crate::words::translated::translated;

translated! { JAPANESE:
    Find {
        name = "検索";
        placeholder(key) = "検索  {key}";
        hint = "テキスト、または text:… regex:… hex:48 65 ?? 6C。\nEnter で次の一致、Shift+Enter で前の一致に移動します。件数は、一致を含むエントリの数です。";
        previous = "前の一致";
        next = "次の一致";
        match_case = "大文字と小文字を区別";
        match_case_sign = "Aa";
        searching = "検索中…";
        searched(percent) = "検索中、{percent}%";
        no_match = "一致なし";
        place(place, count) = { format!("{} / {}", short(place), short(count)) };
        place_so_far(place, count) = { format!("{} / {}…", short(place), short(count)) };
        entry(place) = "エントリ {place}";
        in_entry(of_entry, place) = "エントリ {place} 内の一致 {of_entry}";
        wrapped(place) = "折り返し、{place}";
    }
}
