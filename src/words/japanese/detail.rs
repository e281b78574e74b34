//! The detail pane: the whole of one entry.

use super::{counted, duration, grouped};
use crate::words::detail::Detail;
use crate::words::translated::translated;

translated! { JAPANESE:
    Detail {
        what_happened = "ここで何が起きたか";
        what_happened_sign = "?";
        not_kept = "このエントリはもう保存されていません";
        show_as = "表示形式";
        text = "テキスト";
        text_and_hex = "テキストと 16 進";
        hex = "16 進";
        structure = "構造";
        both_ends = "両端";
        hex_dump = "16 進ダンプ";

        encrypted(heading, wire) = { format!("{heading}、暗号化後 {} バイト", grouped(wire)) };
        encrypted_why = "回線上でのサイズ: TLS は各レコードのヘッダーと、改ざんを防ぐデータを付け加えます";
        sent(bytes) = { format!("{}を送信", counted(bytes, "バイト")) };
        received(bytes) = { format!("{}を受信", counted(bytes, "バイト")) };
        to(peer) = "宛先 {peer}";
        from(peer) = "送信元 {peer}";
        by(peer, endpoint) = "{peer}、{endpoint} 側";
        byte_of_stream(offset) = { format!("ストリームのバイト {}", grouped(offset)) };
        bytes_of_stream(first, last) = { format!("ストリームのバイト {} ～ {}", grouped(first), grouped(last)) };
        by_user = "ユーザーの操作による";
        by_responder = "応答の設定による";
        by_relay = "転送";
        by_sequence = "シーケンスによる";
        by_rule(rule) = "ルール {rule} による";
        by_rule_why = "ルールを表示します。その後変更されている可能性があります";
        since_previous(time) = { format!("前の行から {}", duration(time)) };
        no_glyph(character) = { format!("U+{:04X} を表示できるフォントがありません。Noto Sans など、対応するフォントをインストールしてください", u32::from(character)) };

        copy_as = "形式を選んでコピー…";
        copy_text = "テキスト";
        copy_hex = "16 進";
        copy_escaped = "エスケープ文字列";
        copy_c_array = "C の配列";

        reuse = "再利用…";
        reuse_hint = "これらのバイトを送信、保存、または比較します";
        send_again = "もう一度送信";
        send_again_to(recipient) = "{recipient} にもう一度送信";
        edit = "編集して送信";
        save = "メッセージを保存";
        set_base = "比較の基準にする";
        name_sent(size, beginning) = "送信 {size}: {beginning}";
        name_received(size, beginning) = "受信 {size}: {beginning}";

        held_between(held, first, last) = "{held}、{first} ～ {last}";
        chunk_of(chunk, chunks) = { format!("チャンク {} / {}", grouped(chunk), grouped(chunks)) };
        next_chunk = "次のチャンク";
        previous_chunk = "前のチャンク";

        end_comparison = "比較を終了";
        base_dump = "比較の基準の 16 進ダンプ";
        compared(differences, base) = "{differences} ({base} との比較)";
        changed(bytes) = { format!("変更 {}", counted(bytes, "バイト")) };
        added(bytes) = { format!("追加 {}", counted(bytes, "バイト")) };
        removed(bytes) = { format!("削除 {}", counted(bytes, "バイト")) };
        unaligned = "位置ごとに比較";
        identical = "同一のバイト";

        no_other_end = "この接続のもう一方の端は別のプログラムのもので、このキャプチャにはありません";
        other_end = "もう一方の端";
        wrote(endpoint, writes) = { format!("{endpoint} はこれを {}で書き込みました", counted(writes, "回")) };
        read(endpoint, reads) = { format!("{endpoint} はこれを {}で読み取りました", counted(reads, "回")) };
        chunk_at(size, time) = "{size}、{time}";
        chunk_after(size, time) = "{size}、経過 {time}";
        no_chunk = "記録なし";

        payload_only = "ペイロードのみ";
        payload_only_hint = "区切りと長さフィールドを除き、エスケープを元に戻します";
        in_reads(reads) = { format!("読み取り {}:", counted(reads, "回")) };
        in_writes(writes) = { format!("書き込み {}:", counted(writes, "回")) };
        chunks_hint = "TCP はバイトストリームです。読み書きはメッセージのどこで途切れることもあります";
        good_frame(check) = "正常: {check}";
        bad_frame(problem) = "異常: {problem}";
        no_frame(framing, problem) = "{framing} のフレームではありません: {problem}";

        choose_byte = "バイトを選択すると、数値、時刻、文字として読めます";
        byte_as(offset) = "バイト {offset} の解釈";
        little_endian(kind) = "{kind} リトルエンディアン";
        big_endian(kind) = "{kind} ビッグエンディアン";
        little_endian_short(kind) = "{kind} LE";
        big_endian_short(kind) = "{kind} BE";
        unix_seconds = "Unix 時刻、秒";
        unix_millis = "Unix 時刻、ミリ秒";

        read_as = "解釈";
        detect = "自動";
        no_structure = "既知の構造は見つかりません。上で選ぶと試せます。";
    }
}
