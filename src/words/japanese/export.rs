//! Why an export failed, and where one does not hold what was on the wire.

use super::counted;
use crate::capture::store::Ended;
use crate::net::Direction;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::export::{ExportErrors, Exports, Lacks};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { JAPANESE:
    Exports {
        at_entry(entry, what) = "エントリ {entry}: {what}";
        at_connection(entry, connection, what) = "エントリ {entry}、接続 {connection}: {what}";
        not_recorded(entries) = { format!("これより前のエントリ {}は未記録", counted(entries, "件")) };
        because(lack, cause) = "{lack}: {cause}";
        received = "受信";
        sent = "送信";
    }

    ExportErrors |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        Stream(source) = { format!("出力を書き込めません: {}", source.in_words(language)) };
        Read(error) = { error.in_words(language) };
        Exists(path) = { format!("{} は既にあります", shown(path)) };
        IsFolder(path) = { format!("{} はフォルダーです。ファイルを指定してください", shown(path)) };
        InsideCapture(path) = { format!("{} はキャプチャ自身の中にあります。外の場所を選んでください", shown(path)) };
        NotEmpty(path) = { format!("{} は空ではありません。生ストリームには新しいフォルダーか空のフォルダーが必要です", shown(path)) };
        NeedsFolder = "生ストリームは複数のファイルになります。フォルダーを指定してください";
        PictureTooLarge = "図が PNG には大きすぎます。SVG で保存してください";
        Picture(error) = { format!("図をエンコードできませんでした: {error}") };
        Cancelled = "エクスポートは取り消されました";
    }

    Lacks |language| {
        Cut(direction, kept_bytes, size_bytes) = { format!("{} {}のうち、保存されているのは先頭の {kept_bytes} バイトだけ", way(*direction, language), language.counts.bytes(*size_bytes)) };
        Missing(direction, bytes) = { format!("これより前の{} {}がパケットファイルに欠落", way(*direction, language), language.counts.bytes(*bytes)) };
        LeftOut(direction, offset, bytes) = { format!("これより前の{} {} (ストリームのバイト {offset} 以降) はこのエクスポートの対象外", way(*direction, language), language.counts.bytes(*bytes)) };
        NotRecorded(entries, ended) = { not_recorded(*entries, *ended, language) };
        GivenUp(entries) = { if *entries == 1 { "新しいエントリのために破棄".to_owned() } else { format!("これと後続の {}を、新しいエントリのために破棄", counted(*entries - 1, "件")) } };
        Damaged(error) = { error.in_words(language) };
        FilesFull(datagrams) = { format!("これ以降のデータグラム {}はファイルなし: 数が多すぎるため", counted(*datagrams, "個")) };
        PacketsLost(packets) = { format!("ラボのパケット {}は未記録", counted(*packets, "個")) };
        PacketFile(error) = { format!("ラボのパケットに欠落があります。{}", error.in_words(language)) };
        Unreadable(entries, why) = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!(
            "これと後続の {}は読み取り不能: {why}",
            counted(entries - 1, "件")
        ),
    }
}

fn not_recorded(entries: u64, ended: Option<Ended>, language: &Language) -> String {
    let words = &language.exports;
    let lack = words.not_recorded(entries);
    match ended {
        Some(Ended::Open | Ended::Rotated | Ended::Closed) | None => lack,
        Some(ended) => words.because(&lack, &ended.in_words(language)),
    }
}

fn way(direction: Direction, language: &Language) -> &str {
    match direction {
        Direction::Received => language.exports.received,
        Direction::Sent => language.exports.sent,
    }
}
