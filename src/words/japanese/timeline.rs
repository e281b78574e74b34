//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::{counted, grouped};
use crate::words::timeline::Timeline;
use crate::words::translated::translated;

translated! { JAPANESE:
    Timeline {
        name = "タイムライン";
        tabs = "表示";
        all = "すべて";
        show_all = "すべて表示";
        show_only(name) = "{name} だけ表示";
        show_only_menu = "絞り込み…";
        undo_clear = "クリアを元に戻す";
        clear = "表示をクリア";
        payloads = "ペイロードの形式";
        as_auto = "自動";
        as_text = "テキスト";
        as_hex = "16 進";
        more = "その他の表示";
        frames = "フレーム";
        frames_hint = "読み書きされたチャンクの代わりに、各エンドポイントのフレーミングで区切ったメッセージを表示します";
        plot = "グラフ";
        plot_hint = "セッション中の毎秒のバイト数とエントリ数を表示します";
        follow = "追従";
        follow_hint = "最新のエントリを常に表示します (End)";

        columns = "列";
        column_time = "時刻";
        column_gap = "間隔";
        column_connection = "#";
        column_endpoint = "エンドポイント";
        column_direction = "方向";
        column_bytes = "バイト";
        column_what = "内容";
        resize_column(name) = "「{name}」の幅を変更";
        choose_columns = "列を選択";
        reset_columns = "列を元に戻す";
        ends_of_connection(number, local, peer) = "接続 {number}: {local}、ピア {peer}";
        peer_of_connection(number, peer) = "接続 {number}: ピア {peer}";
        sign_of_connection(number) = "#{number}";

        loading = "読み込み中…";
        dropped(entries) = { format!("古いエントリ {}を破棄", counted(entries, "件")) };
        empty_datagram = "空のデータグラム";
        part_of_a_character = "文字の一部です。文字は、完成した所に表示されます";

        newer(rows) = { format!("↓ 新着 {}", counted(rows, "件")) };

        entry = "エントリ";
        copy_text = "テキストとしてコピー";
        copy_hex = "16 進としてコピー";
        copy_escaped = "エスケープ文字列としてコピー";
        copy_c_array = "C の配列としてコピー";
        copy_rows = "行をコピー";
        follow_connection = "接続を追跡";
        show_connection = "この接続だけ表示";
        show_this_endpoint = "このエンドポイントだけ表示";

        none_yet = "まだ何も起きていません";
        first_start(server) = "{server} を開始";
        first_start_echo = "設定されたアドレスで待ち受け、受信したものをそのまま送り返します。";
        first_start_rules = "設定されたアドレスで待ち受け、受信したものにルールに従って応答します。";
        first_start_fixed = "設定されたアドレスで待ち受け、受信したものに決まったメッセージで応答します。";
        first_start_silent = "設定されたアドレスで待ち受け、受信だけを行います。応答しない設定です。";
        first_send(recipient) = "{recipient} から送信";
        first_send_why = "クライアントは必要なら接続し、下のメッセージを送信します。やり取りの全体が、両端の側からここに表示されます。";
        first_send_later = "先にサーバーを起動してください";
        first_endpoint = "まず、左側でサーバーかクライアントを追加してください。";
        none_of(endpoint) = "{endpoint} のエントリはありません";
        none_of_advice = "ここで起きたことが表示されます。ほかのエントリを見るには「すべて」を選んでください。";
        none_in_lesson = "このレッスンではまだ何も起きていません";
        none_in_lesson_advice = "最初のステップを行ってください。「クリアを元に戻す」で、以前に記録した内容を表示できます。";
        none_in_capture = "このキャプチャにエントリはありません";
        none_in_capture_advice = "記録が終わるまで何も起きませんでした。";
        none_match = "フィルターに一致するエントリはありません";
        none_match_advice = "「フィルターをクリア」ですべてが表示されます。";
        cleared = "表示はクリアされています";
        cleared_advice(entries) = { format!("エントリ {}が隠れています。再び表示するには「クリアを元に戻す」を選んでください。", counted(entries, "件")) };
        filtering(percent) = "絞り込み中、{percent}%";
        found_so_far(entries) = { format!("これまでに {}", counted(entries, "件")) };

        no_framing = "ここのエンドポイントにはフレーミングがないため、チャンクを表示しています。エンドポイントの設定でフレーミングを選んでください。";
        no_framing_in_capture = "ここのエンドポイントにはフレーミングがないため、チャンクを表示しています。上でフレーミングを選んでください。";
        good(frames) = { format!("正常 {}", grouped(frames)) };
        older(percent) = "これより前のフレームを検出中、{percent}%";
        older_hint = "すべて検出されるまでは、以前に始まった接続のフレームが誤った位置で区切られることがあります";
        over_limit(rows) = { format!("古い行 {}を省略: フレームの一覧が上限 (記録できる量の 4 分の 1) に達しました", counted(rows, "件")) };
        bad(frames) = { format!("異常 {}", grouped(frames)) };
    }
}
