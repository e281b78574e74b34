//! Rows of the timeline in words, and all else that find, copying and exports have said.

use crate::words::row::Rows;
use crate::words::translated::translated;

translated! { JAPANESE:
    Rows {
        of_endpoint(name, row) = "{name}: {row}";
        received(size, text) = "{size}を受信: {text}";
        received_from(size, peer, text) = "{peer} から {size}を受信: {text}";
        sent(size, text) = "{size}を送信: {text}";
        sent_to(size, peer, text) = "{peer} へ {size}を送信: {text}";
        good_frame(size) = "正常なフレーム、{size}";
        bad_frame(size) = "異常なフレーム、{size}";
        not_kept(bytes) = "[{bytes}は保存なし]";
        gap(file, file_offset, offset, what) = "{file}: ファイルのバイト位置 {file_offset}、ストリームのバイト {offset}: {what}";
        cut_datagram(file, what) = "{file}: 末尾: {what}";
        gap_not_kept(bytes) = "{bytes}は保存なし";
        gap_damaged(bytes) = "{bytes}がキャプチャ内で破損";
        gap_not_captured(bytes) = "{bytes}がパケットファイルに欠落";
        gap_not_exported(bytes) = "{bytes}はこのエクスポートの対象外";
        unreadable(entry, why) = "エントリ {entry} は読み取り不能: {why}";
        unreadable_run(entries, first, last, why) = "{entries} (番号 {first} ～ {last}) は読み取り不能: {why}";
        real = "ラボのパケットです。カーネルが渡したままの形です";
        real_and_reconstructed = "インターフェイス lo のパケットはラボのもので、カーネルが渡したままの形です。ほかのインターフェイスがあれば、そのパケットはソケットのイベントから再構成したもので、実際のものはペイロードとその順序と時刻だけです。";
        reconstructed = "パケットのヘッダーはソケットのイベントから再構成したもので、パケットはキャプチャしていません。ペイロードとその順序と時刻は実際のものですが、シーケンス番号、確認応答、セグメントのサイズ、ウィンドウは違います。TLS を使う接続のペイロードは、このプログラムが送信または復号した平文で、回線上のバイトではありません。";
        no_beginning = "この接続の始まりはこのエクスポートにありません";
        missing_before(_count, bytes) = "このパケットより前で、このストリームの {bytes}が欠落しています";
        decrypted = "平文: 回線上では、この接続はここから TLS で暗号化されています。ペイロードはこのプログラムの側で復号したものです";
        assumed_end = "未確認: ピアが送り終える前に、接続はこちらでクローズされました";
    }
}
