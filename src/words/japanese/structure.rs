//! What a structured view says about a message.

use crate::payload::pretty::BodyLength;
use crate::payload::pretty::ChunksEnd;
use crate::payload::pretty::HeadFault;
use crate::payload::pretty::JsonError;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::structure::{HeadLines, Json, JsonTokens, Misfits, Notes, PduRoles, Structure};
use crate::words::translated::translated;

translated! { JAPANESE:
    Structure {
        one_line(what, at) = "{what}: 1 行、バイト {at}";
        lines(what, count, first) = "{what}: {count} 行、最初はバイト {first}";
        at_byte(problem, at) = "{problem} (バイト {at})";
        no_body = "本文なし";
        no_body_with(code) = "本文なし (ステータス {code} の規定どおり)";
        bytes_without_body(follow, code) = "さらに {follow} (ステータス {code} に本文は許されません)";
        chunked(follow, bytes, chunks) = "チャンク形式の本文 {follow}: {bytes}、{chunks}";
        last_chunk_missing = "最後のチャンクなし";
        no_chunk(at) = "バイト {at} にチャンクなし";
        coded(follow) = "本文 {follow}、チャンク形式でない Transfer-Encoding";
        as_long_as_said(follow) = "本文 {follow}、Content-Length のとおり";
        shorter_than_said(follow, length) = "本文 {follow}、ただし Content-Length は {length}";
        longer_than_said(length, more) = "本文 {length}、Content-Length のとおり。その後さらに {more}";
        bad_length(follow) = "本文 {follow}、Content-Length が 1 つの数ではありません";
        until_close(follow) = "本文 {follow}、接続の終わりまで";
        unsaid(follow) = "さらに {follow}、Content-Length も Transfer-Encoding もなし";
        ignores_length = "Transfer-Encoding があるため Content-Length は無視されます (RFC 9112 の 6.3 節)";
        encoded = "エンコードされており表示できません";
    }

    Misfits |language| {
        Json(error) = { format!("JSON ではありません: {}", json(*error, language)) };
        NoTag = "XML ではありません: タグ、コメント、宣言がありません";
        NoStartLine(at) = "HTTP/1 ではありません: バイト {at} に要求行もステータス行もありません";
        NoHeader(len) = "Modbus TCP ではありません: ヘッダーは 7 バイトですが、メッセージは {len} バイトです";
        OtherProtocol(protocol) = "Modbus TCP ではありません: バイト 2 のプロトコルが 0 ではなく {protocol} です";
    }

    Notes |language| {
        More(count) = { format!("… さらに {}", language.counts.bytes(*count)) };
        ByteOrderMark = "バイト順マーク (BOM)";
        Json(error) = { format!("不正な JSON: {}", json(*error, language)) };
        TooDeep(limit, at) = "バイト {at} で入れ子が {limit} 段を超えています";
        StrayAngle(at) = "バイト {at} の < はタグの始まりではありません";
        UnendedTag(at) = "バイト {at} のタグが終わっていません";
        NotClosed(tag) = { format!("バイト {1} の <{0}> が閉じられていません", tag.name, tag.at) };
        NotClosedBefore(start, end) = { format!("バイト {1} の <{0}> が、バイト {3} の </{2}> より前に閉じられていません", start.name, start.at, end.name, end.at) };
        ClosesNothing(tag) = { format!("バイト {1} の </{0}> に対応する開始タグがありません", tag.name, tag.at) };
        BlankLines = "開始行の前の空行";
        UnfinishedHead = "ヘッダーが不完全です。終わりの空行がありません";
        OddLines(fault, count, first) = { odd_lines(*fault, *count, *first, language) };
        Body(length, rest, ignores_length, is_encoded) = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error) = { format!("本文が Content-Type と合いません。{}", error.in_words(language)) };
        BehindBody(count) = { format!("本文の後に {}", language.counts.bytes(*count)) };
        Message(number, at) = "メッセージ {number}、バイト {at}";
        NoMessage(at) = "バイト {at} に Modbus TCP ヘッダーがありません";
        WrongLength(least, most) = "長さは {least} ～ {most} のはずです";
        Missing(count) = { format!("{}不足", language.counts.bytes(*count)) };
        NoFunction = "ファンクションコードなし";
        Exception = "例外";
        Pdu(role, is_odd) = { format!("{}{}", role.in_words(language), if *is_odd { "、許されない値あり" } else { "" }) };
        On = "オン";
        Off = "オフ";
        NeitherOnNorOff = "オン (0xFF00) でもオフ (0x0000) でもない値";
        BitsOn(places) = { if places.is_empty() { "すべてオフ".to_owned() } else { format!("オン: {places}") } };
    }

    Json |language| {
        Expected(expected) = { format!("次にあるはずのもの: {}", expected.in_words(language)) };
        Unfinished = "値の途中でメッセージが終了";
        Control = "文字列中にエスケープされていない制御文字";
        Escape = "文字列中に不明なエスケープ";
        Number = "数の形式が不正";
        Word = "不明な語 (使えるのは true、false、null のみ)";
        Depth(limit) = "入れ子が {limit} 段超";
    }

    JsonTokens |language| {
        Value = "値";
        ValueOrEnd = "値または ]";
        KeyOrEnd = "キーまたは }";
        Key = "キー";
        Colon = "コロン";
        CommaOrBrace = "コンマまたは }";
        CommaOrBracket = "コンマまたは ]";
    }

    HeadLines |language| {
        BareLf = "行末が CR LF ではなく LF (RFC 9112 の 2.2 節)";
        Folded = "廃止された行の折り返し (RFC 9112 の 5.2 節)";
        Unnamed = "名前とコロンのない行 (RFC 9112 の 5 節)";
    }

    PduRoles |language| {
        Request = "要求";
        Response = "応答";
        Either = "要求または応答: 両者は同じ形";
        RequestOfBoth = "要求または応答: どちらにも合うため要求として表示";
        Neither = "要求にも応答にも合わない";
    }
}

fn json(error: JsonError, language: &Language) -> String {
    let problem = error.problem.in_words(language);
    language.structure.at_byte(&problem, error.at)
}

fn odd_lines(fault: HeadFault, count: u64, first: usize, language: &Language) -> String {
    let (what, words) = (fault.in_words(language), &language.structure);
    match count {
        1 => words.one_line(&what, first),
        _ => words.lines(&what, &language.numbers.grouped(count), first),
    }
}

fn whole_body(
    length: BodyLength,
    rest: u64,
    ignores_length: bool,
    is_encoded: bool,
    language: &Language,
) -> String {
    let words = &language.structure;
    let mut parts = vec![body(length, rest, language)];
    parts.extend(ignores_length.then(|| words.ignores_length.to_owned()));
    parts.extend(is_encoded.then(|| words.encoded.to_owned()));
    parts.join("。")
}

/// Returns what the head says about the body, and the `rest` bytes behind it.
fn body(length: BodyLength, rest: u64, language: &Language) -> String {
    let (words, counts) = (&language.structure, &language.counts);
    let follow = counts.bytes(rest);
    match length {
        BodyLength::NoBody(code) if rest == 0 => words.no_body_with(code),
        BodyLength::NoBody(code) => words.bytes_without_body(&follow, code),
        BodyLength::Chunked {
            chunks, bytes, end, ..
        } => {
            let chunked = words.chunked(&follow, &counts.bytes(bytes), &counts.chunks(chunks));
            match end {
                ChunksEnd::Last(_) => chunked,
                ChunksEnd::Cut => format!("{chunked}、{}", words.last_chunk_missing),
                ChunksEnd::Wrong(at) => format!("{chunked}、{}", words.no_chunk(at)),
            }
        }
        BodyLength::Coded => words.coded(&follow),
        BodyLength::Length(len) if len == rest => words.as_long_as_said(&follow),
        BodyLength::Length(len) if len > rest => {
            words.shorter_than_said(&follow, &language.numbers.grouped(len))
        }
        BodyLength::Length(len) => {
            words.longer_than_said(&counts.bytes(len), &counts.bytes(rest - len))
        }
        BodyLength::BadLength => words.bad_length(&follow),
        BodyLength::Close => words.until_close(&follow),
        BodyLength::Unsaid if rest == 0 => words.no_body.to_owned(),
        BodyLength::Unsaid => words.unsaid(&follow),
    }
}
