//! How much is recorded, and why recording stopped.

use super::{bytes, counted};
use crate::words::recording::Recording;
use crate::words::translated::translated;

translated! { JAPANESE:
    Recording {
        keep = "保存範囲";
        everything = "すべて";
        newest = "最新のエントリ";
        first_bytes = "先頭バイト";
        nothing = "なし";
        about_everything = "上限まで全バイトを保存します。上限に達すると通知を出して記録を停止します。通信は続きます。";
        about_newest = "最新のエントリを保存します。上限に達すると、最も古いものから破棄して場所を空けます。";
        about_first_bytes = "すべてのエントリを、チャンクの先頭バイトと全体のサイズだけ保存します。切り詰めた箇所はエクスポートに示されます。";
        about_nothing = "エントリを記録しません。通信が続いてもタイムラインは動きません。";
        chunk_limit = "チャンクごとのバイト数";
        limit = "上限";
        on_disk(kept_bytes) = { format!("現在のディスク使用量: {}。", bytes(kept_bytes)) };
        for_frames(derived_bytes) = { format!("フレームの一覧にさらに {} を使います。", bytes(derived_bytes)) };
        default(limit_bytes) = { format!("空欄なら {} です。", bytes(limit_bytes)) };
        about_default = "既定値は 10 GiB です。空き容量の 10 分の 1 のほうが小さければ、それになります。";
        apply = "適用";
        stopped_name = "記録停止";
        off = "記録はオフです";
        stopped(cause) = "記録停止: {cause}";
        continues = "通信は続いています。";
        continues_without(entries) = { format!("通信は続いています。以後のエントリ {}は記録されていません。", counted(entries, "件")) };
        switch_on = "記録をオンにする";
        resume = "再開";
        resume_elsewhere = "別のフォルダーで再開…";
        settings = "記録の設定…";
        folder = "記録先フォルダー";
        record_there = "ここに記録";
    }
}
