//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use super::grouped;
use crate::words::InWords as _;
use crate::words::tcp::{NoProcesses, StateMeanings, StateMoves, Tcp, TcpNumbers};
use crate::words::translated::translated;

translated! { JAPANESE:
    Tcp {
        this_end = "こちら";
        peer = "ピア";
        of_this_end = "こちら";
        of_peer = "ピア";
        inferred = "推定";
        inferred_why = "その時点ではカーネルに問い合わせていません。接続で起きたことからの推定です";
        from_kernel = "カーネルの報告";
        end(whose, state, source) = "{whose}: {state}、{source}";
        no_states_here = "この OS は、特権のないプログラムに接続の状態を教えません。状態は推定です";
        marks_not_here = "このシステムは、バイトがいつ確認応答されたかを報告しません";
        marks_encrypted = "確認応答は表示しません。カーネルは暗号化後のバイトを数えており、ここに示すバイトとは異なります";
        refused(error) = "カーネルが状態と数値を教えません: {error}";

        recorded = "記録";
        recorded_why = "記録にある範囲の状態です";
        other_transport = "これは TCP 接続ではないため、TCP の状態と数値はありません";
        choose_recorded = "状態と数値を見るには、接続のエントリを選択してください";

        machine = "状態遷移図";
        node(state, about) = "{state}、{about}";
        node_now(end) = "現在: {end}";
        node_passed(end) = "通過: {end}";
        node_apart = "通過なし";
        legend_ours = "こちら";
        legend_peer = "ピア";
        step(time, state, cause, evidence) = "{time}: {state}、{cause}、{evidence}";
        after(time) = "+{time}";
        made_by(call) = "{call} による";
        seen_by(call) = "{call} により確認";
        call(name) = "{name}";
        sent(segment) = "{segment} を送信";
        received(segment) = "{segment} を受信";
        cause_silence = "応答なし";
        cause_failure = "失敗";
        cause_kernel = "カーネルに問い合わせ";
        cause_between = "その間に経過";
        cause_time = "時間の経過";

        time_left(time) = "残り {time}";
        time_wait_client(local) = "それまで、{local} は同じポートからこのピアに再び接続できません。ほかのポートなら接続でき、通常は OS が自動で選びます。";
        time_wait_server(local) = "それまで、{local} は使用中とみなされます。そこで再び開始するサーバーは、Unix での Bothends のようにバインド前に SO_REUSEADDR を設定しない限り、「address in use」で失敗します。クライアントが先にクローズすれば、待つのはクライアントの側になります。";
        waiting_for_fin(time) = "FIN が来なければ、カーネルはこの端を破棄します (残り {time})。";

        accept_queue = "accept キュー";
        queue_of(queue) = { format!("待機 {} / {}", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "確立して accept を待っている接続の数と、待てる数の上限 (バックログ) です。Linux は 1 件多く受け付けます";
        queue_full = "accept キューが満杯です。Linux はそれ以上の SYN を応答せずに破棄します。クライアントは 1、3、7 秒後に再び試み、プログラムが accept するまで止まったように見えます。";

        process = "プロセス";
        process_of(process) = { format!("{} (pid {})", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process) = "プロセス: {process}";
        state_is(state, explained) = "{state}: {explained}";
    }

    StateMeanings {
        closed(end) = "{end}: 接続がありません。";
        listen(end) = "{end}: SYN を待っています。";
        syn_sent(end) = "{end}: SYN を送り、応答を待っています。";
        syn_received(end) = "{end}: SYN を受け取り、SYN-ACK で応えました。";
        established(end) = "{end}: 両方向とも開いています。";
        fin_wait_1(end) = "{end}: FIN を送りましたが、まだ確認応答がありません。";
        fin_wait_2(end) = "{end}: FIN を送り、確認応答がありました。もう受信だけです。";
        close_wait(end) = "{end}: FIN を受け取りました。もうバイトは来ませんが、まだ送信できます。";
        closing(end) = "{end}: 両端が同時に FIN を送り、この端の FIN にはまだ確認応答がありません。";
        last_ack(end) = "{end}: FIN を受け取り、自分の FIN を送りました。";
        time_wait(end) = "{end}: 先にクローズしたため待っています。遅れて届いたセグメントが新しい接続のものと誤解されず、失われた最後の ACK を再送できるようにするためです。";
    }

    StateMoves {
        closed = "次に動く側はありません。新しい接続は SYN で始まります。";
        listen = "次に動くのはクライアントで、SYN を送ります。";
        syn_sent(other) = "{other}: 次に動く側です。SYN-ACK なら接続が開き、RST なら拒否です。応答がなければ SYN が再送されます。";
        syn_received(other) = "{other}: 次に動く側です。ACK でハンドシェイクが完了します。";
        established = "どちらの端も送信できます。先に送り終えた側が FIN を送ります。";
        fin_wait_1(other) = "{other}: 次に動く側で、ACK を送ります。";
        fin_wait_2(other) = "{other}: 次に動く側です。まだ送信を続けられ、FIN で接続が終わります。";
        close_wait(end) = "{end}: 次に動くのはこの端のプログラムです。shutdown か close で FIN が送られます。この状態が続くなら、おそらくプログラムがクローズを忘れています。";
        closing(other) = "{other}: 次に動く側で、ACK を送ります。";
        last_ack(other) = "{other}: 次に動く側です。その ACK が最後のセグメントです。";
        time_wait = "次に動く側はありません。時間が過ぎれば終わります。";
    }

    NoProcesses |language| {
        NotHere = "このマシンにないか、既に終了";
        NotVisible(uid) = "ユーザー {uid} のプロセス (このユーザーには調査不可)";
        System = "この OS では特権がなければ不明";
        Refused(error) = { error.in_words(language) };
    }

    TcpNumbers {
        heading = "数値";
        whose = "どちらの数値か";
        none_on_record = "記録された数値はありません。数値は、このタブが接続を表示している間だけ記録されます";
        none_yet = "カーネルからの報告はまだありません";
        gone = "この端の接続は終わりました。これは最後の数値です";
        not_here = "この OS は、特権のないプログラムに接続の数値を教えません";
        spoken(name, value) = "{name}: {value}";
        explained(why, source) = "{why}。出典: {source}";
        source(field, unit) = "{field}、単位: {unit}";
        span(least, most) = "最近 1 分間は {least} ～ {most}";
        unit_count = "セグメント";
        unit_millis = "ミリ秒";
        unit_bytes = "バイト";
        unit_rate = "バイト/秒";
        unit_micros = "マイクロ秒";
        bytes(count) = { format!("{} B", grouped(count)) };
        segments(count) = { format!("{} セグメント", grouped(count)) };
        no_threshold = "まだなし";
        no_limit = "無制限";

        round_trip = "往復時間";
        round_trip_why = "セグメントの送信からその確認応答までの時間を平滑化した値です";
        variation = "往復時間の変動";
        variation_why = "往復時間のばらつきです。往復時間にこの 4 倍を足した時間が過ぎても確認応答のないセグメントは、失われたとみなされます";
        retransmits = "再送";
        retransmits_why = "時間内に確認応答がなかったため、接続の開始以来、再送されたセグメントの数です";
        mss = "セグメントサイズ";
        mss_why = "1 つのセグメントが運ぶ最大のバイト数 (MSS) です。両端と経路によって決まります";
        in_flight = "確認応答待ち";
        in_flight_why = "送信済みで、まだ確認応答のないセグメントの数です";
        congestion_window = "輻輳ウィンドウ";
        congestion_window_why = "ネットワークが耐えられそうな範囲で、確認応答を待たずに送れるセグメントの数です";
        threshold = "スロースタート閾値";
        threshold_why = "輻輳ウィンドウは、この値 (スロースタート閾値) より下では往復ごとに倍になり、上ではゆっくり増えます。最初の損失まではありません";
        send_queue = "送信キュー";
        send_queue_why = "プログラムが書き込み、ピアがまだ確認応答していないバイト数です";
        peer_window = "ピアのウィンドウ";
        peer_window_why = "ピアがあと何バイト受け取れるかです。0 なら送信側は待ちます";
        delivery = "配送速度";
        delivery_why = "確認応答から測った、最近バイトがピアに届いた速さです";
        pacing = "ペーシング速度";
        pacing_why = "カーネルがセグメントを時間的にならして送る速さの上限です";
        limited = "制限要因";
        limited_why = "直近 2 回の問い合わせの間に、それ以上速く送れなかった理由です。ピアのウィンドウ、こちらの送信バッファー、ネットワーク (輻輳ウィンドウ)、またはカーネルに十分渡さなかったプログラムのどれかです。アイドルなら、すべて送信され確認応答されています";
        receive_queue = "受信キュー";
        receive_queue_why = "届いたものの、プログラムがまだ読んでいないバイト数です";
        window = "ウィンドウ";
        window_why = "この端があと何バイト受け取れるかとして、最後にピアに伝えた値です。プログラムが読まないと閉じます";

        by_nothing = "アイドル";
        by_program = "プログラム";
        by_window = "ウィンドウ";
        by_buffer = "バッファー";
        by_network = "ネットワーク";
        share(what, share) = { format!("{what} {:.0}%", share * 100.0) };
        busy(share) = { format!("送るものがあった時間の割合 {:.0}%", share * 100.0) };
    }
}
