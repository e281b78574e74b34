//! What a structured view says about a message.

use super::noun;
use crate::payload::pretty::BodyLength;
use crate::payload::pretty::ChunksEnd;
use crate::payload::pretty::HeadFault;
use crate::payload::pretty::JsonError;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::structure::{HeadLines, Json, JsonTokens, Misfits, Notes, PduRoles, Structure};
use crate::words::translated::translated;

translated! { CHINESE:
    Structure {
        one_line(what, at) = "{what}：1 行，在字节 {at}";
        lines(what, count, first) = "{what}：{count} 行，首行在字节 {first}";
        at_byte(problem, at) = "{problem}（字节 {at}）";
        no_body = "没有正文";
        no_body_with(code) = "没有正文，状态码 {code} 要求如此";
        bytes_without_body(follow, code) = "后面还有 {follow}，但状态码 {code} 不允许有正文";
        chunked(follow, bytes, chunks) = "chunked 正文共 {follow}：{chunks}，内容 {bytes}";
        last_chunk_missing = "缺少最后一个 chunk";
        no_chunk(at) = "字节 {at} 处不是 chunk";
        coded(follow) = "正文 {follow}，Transfer-Encoding 不含 chunked";
        as_long_as_said(follow) = "正文 {follow}，与 Content-Length 相符";
        shorter_than_said(follow, length) = "正文 {follow}，但 Content-Length 为 {length}";
        longer_than_said(length, more) = "正文 {length}，与 Content-Length 相符，后面还有 {more}";
        bad_length(follow) = "正文 {follow}；Content-Length 不是单一的数";
        until_close(follow) = "正文 {follow}，随连接结束而结束";
        unsaid(follow) = "后面还有 {follow}，没有 Content-Length 或 Transfer-Encoding";
        ignores_length = "有 Transfer-Encoding 时忽略 Content-Length（RFC 9112, 6.3）";
        encoded = "已编码，不显示";
    }

    Misfits |language| {
        Json(error) = { format!("不是 JSON：{}", json(*error, language)) };
        NoTag = "不是 XML：没有标签、注释或声明";
        NoStartLine(at) = "不是 HTTP/1：字节 {at} 处没有请求行或状态行";
        NoHeader(len) = "不是 Modbus TCP：头部有 7 字节，而消息有 {len} 字节";
        OtherProtocol(protocol) = "不是 Modbus TCP：字节 2 处的协议是 {protocol}，不是 0";
    }

    Notes |language| {
        More(count) = { format!("… 另有 {}", language.counts.bytes(*count)) };
        ByteOrderMark = "字节顺序标记";
        Json(error) = { format!("无效的 JSON：{}", json(*error, language)) };
        TooDeep(limit, at) = "嵌套超过 {limit} 层（字节 {at}）";
        StrayAngle(at) = "字节 {at} 的 < 不是标签的开头";
        UnendedTag(at) = "字节 {at} 处的标签没有结束";
        NotClosed(tag) = { format!("字节 {} 处的 <{}> 没有闭合", tag.at, tag.name) };
        NotClosedBefore(start, end) = { format!("字节 {} 处的 <{}> 在字节 {} 处的 </{}> 之前没有闭合", start.at, start.name, end.at, end.name) };
        ClosesNothing(tag) = { format!("字节 {} 处的 </{}> 没有对应的开始标签", tag.at, tag.name) };
        BlankLines = "起始行之前有空行";
        UnfinishedHead = "头部不完整：没有空行结束它";
        OddLines(fault, count, first) = { odd_lines(*fault, *count, *first, language) };
        Body(length, rest, ignores_length, is_encoded) = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error) = { format!("正文与 Content-Type 不符。{}", error.in_words(language)) };
        BehindBody(count) = { format!("正文之后还有 {}", language.counts.bytes(*count)) };
        Message(number, at) = "消息 {number}，在字节 {at}";
        NoMessage(at) = "字节 {at} 处没有 Modbus TCP 头部";
        WrongLength(least, most) = "长度必须是 {least} 到 {most}";
        Missing(count) = { format!("缺少 {}", language.counts.bytes(*count)) };
        NoFunction = "没有功能码";
        Exception = "异常";
        Pdu(role, is_odd) = { format!("{}{}", role.in_words(language), if *is_odd { "；有一个值不允许" } else { "" }) };
        On = "开";
        Off = "关";
        NeitherOnNorOff = "既不是开（0xFF00）也不是关（0x0000）";
        BitsOn(places) = { if places.is_empty() { "全部为关".to_owned() } else { format!("开：{places}") } };
    }

    Json |language| {
        Expected(expected) = { format!("此处应为{}", expected.in_words(language)) };
        Unfinished = "消息在一个值的中间结束";
        Control = "字符串中有未转义的控制字符";
        Escape = "字符串中有未知的转义";
        Number = "数字格式错误";
        Word = "未知的单词（只允许 true、false 和 null）";
        Depth(limit) = "嵌套超过 {limit} 层";
    }

    JsonTokens |language| {
        Value = "值";
        ValueOrEnd = "值或 ]";
        KeyOrEnd = "键或 }";
        Key = "键";
        Colon = "冒号";
        CommaOrBrace = "逗号或 }";
        CommaOrBracket = "逗号或 ]";
    }

    HeadLines |language| {
        BareLf = "行尾是 LF 而不是 CR LF（RFC 9112, 2.2）";
        Folded = "折行，已废弃（RFC 9112, 5.2）";
        Unnamed = "没有名称和冒号的行（RFC 9112, 5）";
    }

    PduRoles |language| {
        Request = "请求";
        Response = "响应";
        Either = "请求或响应：两者相同";
        RequestOfBoth = "请求或响应：两者都符合，按请求显示";
        Neither = "既不符合请求也不符合响应";
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
    parts.join("；")
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
            let chunked = words.chunked(&follow, &counts.bytes(bytes), &noun(chunks, "个 chunk"));
            match end {
                ChunksEnd::Last(_) => chunked,
                ChunksEnd::Cut => format!("{chunked}；{}", words.last_chunk_missing),
                ChunksEnd::Wrong(at) => format!("{chunked}；{}", words.no_chunk(at)),
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
