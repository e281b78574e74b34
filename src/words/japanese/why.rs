//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::{counted, grouped};
use crate::words::translated::translated;
use crate::words::why::Whys;

translated! { JAPANESE:
    Whys {
        name = "応答しない理由";
        why = "この要求に対して各ルールがどう判断するか、要求のどこが違うかを表示します";
        of_endpoint = "ルールの所属先";
        request = "要求";
        request_hint = "試す要求: エスケープを使えるテキスト、または 16 進数字";
        notation = "要求の表記";
        as_text = "テキスト";
        as_hex = "16 進";
        close = "「応答しない理由」を閉じる";
        selected = "選択した行";
        selected_why = "選択した行の要求をもう一度試します";
        bytes = "要求のバイト";
        state = "状態";
        state_why = "接続がどの状態だったかは記録にありません。試す状態を選んでください";
        unknown_state = "不明な状態";
        number = "要求の番号";
        number_why = "その接続で何番目の要求か (例: 1)。不明なら空欄にします";
        more(rules) = { format!("ほかのルール {}を表示", counted(rules, "個")) };
        edit = "編集";
        edit_rule(rule) = "ルール {rule} を編集";
        make = "これからルールを作成";
        make_short = "ルールを作成";
        make_why = "この要求とまったく同じものに応答するルールを追加します";
        make_from_two = "この 2 行からルールを作成";

        made(rule) = "ルール {rule} を作成しました。";
        nothing_to_send = "応答として送られたものがありません。送る内容を記入してください。";
        replies_by_rules(endpoint, before) = "{endpoint} は今後ルールで応答します。これまでは{before}。";
        was_echo = "受信したものを送り返していました";
        was_fixed = "固定メッセージを送っていました";
        was_silent = "応答していませんでした";
        dismiss = "閉じる";

        answered(rule) = "ルール {rule} がこの要求に応答します。";
        unanswered = "この要求に応答するルールはありません。";
        nearest(rule) = "この要求に応答するルールはありません。最も近いのはルール {rule} です。";
        perhaps(rule) = "不明な条件が成り立てば、ルール {rule} がこの要求に応答します。";
        no_rules = "このエンドポイントにはまだルールがありません。";
        not_approved = "ドキュメントが承認されていないため、ルールは誰にも応答しません。「ファイル」メニューで承認してください。";
        not_in_use = "これらのルールは使われていません。エンドポイントは別の方法で応答しています。";
        not_running = "エンドポイントは動作していません。記憶は開始時のものです。";
        wrong(problem) = "ルールを使えません: {problem}";
        not_here(endpoint) = "ドキュメントに {endpoint} という名前のエンドポイントがないため、試すルールがありません。";
        no_request = "上に要求を入力するか貼り付けるか、受信した行を選択してください。";
        no_bytes = "選択した行には受信したバイトがありません。";
        too_long(limit) = { format!("{}を超える要求には、バイトを調べるルールは応答しません。", counted(limit, "バイト")) };
        of_several(frames, number) = { format!("このチャンクにはフレームが {}あります。これは {number} 番目です。ほかを選ぶには、タイムラインの上の「フレーム」をオンにしてください。", counted(frames, "個")) };
        no_frame(framing) = "{framing} の完全なフレームではありません。ルールは、フレームが完成してから調べます。";

        rule(rule, name) = "ルール {rule} \"{name}\"";
        answers(rule) = "{rule} がこれに応答します。";
        may_answer(rule) = "不明な条件が成り立てば、{rule} がこれに応答します。";
        comes_later(rule, first) = "{rule} も応答できますが、ルール {first} が先です。";
        for_events(rule) = "{rule} は要求には応答せず、自動で適用されます。";
        is_off(rule) = "{rule} はオフです。";
        is_off_held(rule, held) = "{rule} はオフです ({held})。";
        failed(rule, held) = "{rule}: {held}。";
        held(held, all) = { format!("条件 {}のうち {}が成立", counted(all as u64, "個"), counted(held as u64, "個")) };

        any_request = "任意の要求";
        in_state(states) = "状態が {states}";
        or_state = " または ";
        other_state(state) = "状態は {state} です。";
        from(pattern) = "ピアが {pattern}";
        other_peer = "ピアのアドレスが違います。";
        times(most) = { format!("エンドポイントの開始から最大 {}", counted(most, "回")) };
        times_per_connection(most) = { format!("接続ごとに最大 {}", counted(most, "回")) };
        spent = "適用できる回数に達しました。";
        not_known = "不明です。";

        equals(what) = "{what} と等しい";
        starts(what) = "{what} で始まる";
        ends(what) = "{what} で終わる";
        contains(what) = "{what} を含む";
        matches(what) = "{what} に一致する";
        has_shape(what) = "{what} の形である";
        is_long(bytes) = { format!("長さ {}", counted(bytes, "バイト")) };
        is_long_between(from, to) = "長さ {from} ～ {to} バイト";
        is_long_from(bytes) = { format!("長さ {}以上", counted(bytes, "バイト")) };
        is_long_to(bytes) = { format!("長さ {}以下", counted(bytes, "バイト")) };
        check_good = "検査に合格する";
        check_bad = "検査に不合格となる";
        first = "その接続で最初である";
        every(count) = "その接続で {count} 件に 1 件の要求である";
        within(place) = "記憶に {place} がある";
        not(condition) = "否定: {condition}";
        not_all(conditions) = "すべて同時には成り立たない: {conditions}";
        any_case(what) = "{what} (大文字と小文字の区別なし)";
        quoted(text) = "\"{text}\"";

        byte(at, found, expected) = "バイト {at} が {found} です ({expected} のはず)。";
        visible_byte(character, digits) = "\"{character}\" ({digits})";
        short(at, missing) = { format!("バイト {at} で終わり、{}足りません。", counted(missing, "バイト")) };
        shorter(missing) = { format!("短すぎます。{}足りません。", counted(missing, "バイト")) };
        long(at, extra) = { format!("バイト {at} からさらに {}続いています。", counted(extra, "バイト")) };
        absent = "どこにもありません。";
        absent_but(at, agreeing) = { format!("どこにもありません。バイト {at} から {}が一致します。", counted(agreeing, "バイト")) };
        no_match = "一致しません。";
        in_piece(problem, item) = "{problem}形のその位置は {item} です。";
        varint(at) = "バイト {at} の数が 4 バイトを超えています。";
        amount(at) = "バイト {at} から始まる部分の長さを計算できません。";
        is_so_long(bytes) = { format!("長さは {}です。", counted(bytes, "バイト")) };
        checked_good = "検査に合格しています。";
        checked(verdict) = "検査結果: {verdict}。";
        no_check = "エンドポイントに検査がありません。";
        number_is(number) = { format!("その接続の {} 番目の要求です。", grouped(number)) };
        not_remembered = "記憶されていません。";
        no_place = "場所に必要な部分が要求にないか、数が範囲外です。";
        all_hold = "すべて成り立っていますが、成り立ってはいけません。";

        spoken_holds(condition) = "{condition}: 成立";
        spoken_fails(condition, why) = "{condition}: 不成立。{why}";
        spoken_unknown(condition) = "{condition}: 不明";
    }
}
