//! Framings: what is wrong with a rule, and with what it cut.

use crate::payload::framing::MAX_DELIMITER_BYTES;
use crate::words::InWords as _;
use crate::words::framing::{Faults, Framings};
use crate::words::translated::translated;

translated! { JAPANESE:
    Framings |language| {
        Unknown(name) = "フレーミング {name:?} はありません。line、lf、crlf、cr、delimiter:HEX、fixed:N、length:u16be、varint、between:HEX,HEX、http、websocket、mqtt、postgres、resp、mllp、stx-etx、slip、silence:20ms のどれかを使ってください";
        NoArgument(name) = "{name} に引数はありません";
        Bytes(name, problem) = { format!("{name} には 16 進のバイトを指定します: {}", problem.in_words(language)) };
        ByteCount(name) = "{name} には 16 進で 1 ～ {MAX_DELIMITER_BYTES} バイトを指定します";
        Fixed = "fixed には 1 バイトから 16 MiB までのサイズをバイト数で指定します (例: fixed:8)";
        Width = "length には u8、または be か le を付けた u16、u32、u64 を指定します (例: length:u16be)";
        Option(option) = "length にオプション {option:?} はありません。at=N (長さフィールドのオフセット、最大 255)、adjust=N (長さに含まれないバイト数)、self (長さフィールド自身も数える) を使ってください";
        VarintOption(option) = "varint にオプション {option:?} はありません。at=N (varint のオフセット、最大 255)、most=N (varint の最大バイト数、最大 10) を使ってください";
        Marks = "between にはフレームの始まりと終わりを指定します (例: between:02,03)。必要なら、終わりとは別のエスケープバイトを 1 つ指定できます";
        Silence = "silence には 1 ms から 1 時間までの時間を指定します (例: silence:20ms、silence:1.5s)";
    }

    Faults |language| {
        Length(length) = "長さフィールドの値 {length} はあり得ません。次のフレームはその後から始まります";
        Varint = "長さの varint が長すぎます。次のフレームはその後から始まります";
        TooLong = "16 MiB 以内に終わりがありません。ここで区切ります";
        Outside = "どのフレームにも属さないバイトです";
        Unfinished = "フレームの途中でストリームが終わりました";
        Gap = "この後のバイトが欠落しています";
        Rest = "16 MiB を超えるメッセージの残りです";
        StartLine = "HTTP/1 メッセージではありません。次のフレームは次の開始行から始まります";
        HeadLine = "ヘッダーの行が折り返されているか、名前がないか、CR LF で終わっていません";
        HeadTooLong = "ヘッダーが 64 KiB を超えています";
        BodyLength = "本文の長さが不正です";
        TwoLengths = "Content-Length と Transfer-Encoding の両方があります。後者が優先されます";
        Chunk = "本文のチャンクの形式が不正です";
        Resp = "RESP の値ではありません。型、長さ、行末のどれかが誤っています";
    }
}
