//! What a peer's SYN says.

use super::{counted, grouped};
use crate::words::syn::Syns;
use crate::words::translated::translated;

translated! { JAPANESE:
    Syns {
        syn(hops, window, options) = { format!("SYN、残りホップ {}、ウィンドウ {}、オプション: {options}", grouped(hops.into()), counted(window.into(), "バイト")) };
        none = "なし";
        end = "リストの終わり";
        no_operation = "ノーオペレーション (NOP)";
        maximum_segment_size(bytes) = { format!("最大セグメントサイズ {}", grouped(bytes.into())) };
        window_scale(shift) = { format!("ウィンドウスケール {shift} (ウィンドウは {} 倍)", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        sack_permitted = "選択的確認応答を許可";
        timestamps(value) = "タイムスタンプ ({value} から)";
        fast_open_wanted = "Fast Open クッキーを要求";
        fast_open(bytes) = "{bytes} バイトの Fast Open クッキー";
        multipath = "Multipath TCP";
        other(kind, bytes) = "種類 {kind}、{bytes} バイト";
        congestion = "明示的輻輳通知 (ECN) を提案";
    }
}
