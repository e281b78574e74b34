//! Framings: what is wrong with a rule, and with what it cut.

use crate::payload::framing::MAX_DELIMITER_BYTES;
use crate::words::InWords as _;
use crate::words::framing::{Faults, Framings};
use crate::words::translated::translated;

translated! { CHINESE:
    Framings |language| {
        Unknown(name) = "没有名为 {name:?} 的分帧。可用的有 line、lf、crlf、cr、delimiter:HEX、fixed:N、length:u16be、varint、between:HEX,HEX、http、websocket、mqtt、postgres、resp、mllp、stx-etx、slip 或 silence:20ms";
        NoArgument(name) = "{name} 不带参数";
        Bytes(name, problem) = { format!("{name} 要带十六进制字节：{}", problem.in_words(language)) };
        ByteCount(name) = "{name} 要带 1 到 {MAX_DELIMITER_BYTES} 个十六进制字节";
        Fixed = "fixed 要带 1 字节到 16 MiB 的大小，以字节计，例如 fixed:8";
        Width = "length 要带 u8，或带 be 或 le 的 u16、u32、u64，例如 length:u16be";
        Option(option) = "length 没有选项 {option:?}。可用的有 at=N（长度字段的偏移，最多 255）、adjust=N（长度之外还有多少字节）或 self（长度包括它自己）";
        VarintOption(option) = "varint 没有选项 {option:?}。可用的有 at=N（varint 的偏移，最多 255）或 most=N（它最多几个字节，最大 10）";
        Marks = "between 要带帧的开头和结尾，例如 between:02,03，还可带一个与结尾不同的转义字节";
        Silence = "silence 要带 1 毫秒到 1 小时的时间，例如 silence:20ms 或 silence:1.5s";
    }

    Faults |language| {
        Length(length) = "长度字段的值不可能是 {length}；下一个帧从它之后开始";
        Varint = "它的长度是一个过长的 varint；下一个帧从它之后开始";
        TooLong = "16 MiB 之内没有结尾；在这里切断";
        Outside = "不属于任何帧的字节";
        Unfinished = "流在它中间结束";
        Gap = "它之后缺少字节";
        Rest = "超过 16 MiB 的消息的其余部分";
        StartLine = "不是 HTTP/1 消息；下一个帧从下一个起始行开始";
        HeadLine = "它的头部中有一行是折行、没有名称或不以 CR LF 结尾";
        HeadTooLong = "它的头部超过 64 KiB";
        BodyLength = "它的正文长度无效";
        TwoLengths = "它既有 Content-Length 又有 Transfer-Encoding，以后者为准";
        Chunk = "它的正文中有一个 chunk 格式错误";
        Resp = "不是 RESP 值：类型、长度或行尾不对";
    }
}
