//! What many panels say.

use super::{bytes, rate};
use crate::words::common::Common;
use crate::words::translated::translated;

translated! { JAPANESE:
    Common {
        close = "閉じる";
        cancel = "キャンセル";
        replace = "既存のファイルを置き換える";
        resize_list = "エンドポイント一覧の幅を変更";
        resize_peers = "ピア一覧のサイズを変更";
        resize_inspector = "インスペクターの幅を変更";
        resize_detail = "詳細ペインのサイズを変更";
        resize_plot = "グラフのサイズを変更";
        recording_settings = "記録の設定";
        comma = "、";
        semicolon = "；";
        full_stop = "。";
        sentences(first, second) = "{first}{second}";
        ended(sentence) = "{sentence}。";
        bytes(received, sent) = { format!("受信 {}、送信 {}", bytes(received), bytes(sent)) };
        rates(received, sent) = { format!("受信 {}、送信 {}", rate(received), rate(sent)) };
    }
}
