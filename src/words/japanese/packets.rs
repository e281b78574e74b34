//! Captured files of other tools.

use super::counted;
use crate::words::InWords as _;
use crate::words::packets::{Imports, PacketFiles, Packets, PacketsShown};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { JAPANESE:
    Packets {
        summary(packets, segments) = "パケット {packets} 個、うち TCP {segments} 個";
        summary_with_udp(packets, segments, datagrams) = "パケット {packets} 個、うち TCP {segments} 個、UDP {datagrams} 個";
        fragments(count) = { format!("IP フラグメント {}", counted(count, "個")) };
        others(count) = { format!("その他のパケット {}", counted(count, "個")) };
        skipped(fragments, others) = "読み飛ばし: {fragments}、{others}";
        missing(bytes) = "ファイルに欠落: ペイロードのうち {bytes}";
    }

    PacketsShown {
        packets = "パケット";
        about(shown, total) = { if shown == total { format!("前後 1 秒以内に回線を流れたパケット {} (カーネルが渡したままの形)", counted(total, "個")) } else { format!("前後 1 秒以内に回線を流れたパケット {}のうち {} (カーネルが渡したままの形)", counted(total, "個"), counted(shown, "個")) } };
        lost(packets) = { format!("このラボのパケット {}は未記録", counted(packets, "個")) };
        relative = "送信側の SYN を 0 として数えています";
        unscaled = "ヘッダーの値そのままです。SYN より後は、ウィンドウスケールの倍率を掛けてください";
        letters = "S SYN、F FIN、R RST、P PSH、. ACK";
        time = "時刻";
        way = "向き";
        flag_letters = "フラグ";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "ウィンドウ";
        length = "バイト";
        sent = "送信";
        received = "受信";
    }

    Imports |language| {
        Open(path, source) = { format!("{} を開けません: {}", shown(path), source.in_words(language)) };
        File(path, source) = { format!("{} を読み取れません。{}", shown(path), source.in_words(language)) };
        Store(error) = { error.in_words(language) };
        Stopped(path, cause) = { format!("{} のパケットを保存できません: {}", shown(path), cause.in_words(language)) };
        Cancelled = "ファイルの読み取りは取り消されました";
    }

    PacketFiles |language| {
        Read(position, source) = { format!("読み取りはバイト位置 {position} で止まりました: {}", source.in_words(language)) };
        Format = "ファイルは pcap でも pcapng でもありません";
        CutOff(position) = "ファイルはバイト位置 {position} で途切れています";
        Length(position, bytes) = "ファイルはバイト位置 {position} で破損しています: 長さが {bytes} バイト";
        Block(position, block_type) = "ファイルはバイト位置 {position} で破損しています: 種類 {block_type} のブロックの形式が不正";
        Interface(position, interface) = "ファイルはバイト位置 {position} で破損しています: インターフェイス {interface} の記述なし";
        TooManyInterfaces(position, limit) = "ファイルが記述するインターフェイスがバイト位置 {position} で {limit} 個を超えています";
    }
}
