//! Templates and checks: what their fields mean, and what is wrong with them.

use crate::payload::checksum::UnknownChecksum;
use crate::payload::escape;
use crate::payload::hex;
use crate::payload::template::FieldKind;
use crate::payload::template::Names;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::template::{
    Checks, Meanings, Obstacles, Regexes, Renders, Requests, TemplateFields, Templates, Verdicts,
};
use crate::words::translated::translated;
use crate::words::typed::reason;
use crate::words::typed::wrong_at;

translated! { CHINESE:
    Templates {
        check_value(value) = "123456789 得 {value}";
        alias_check_value(name, value) = "{name}，123456789 得 {value}";
        no_checksum(name) = "没有名为 {name:?} 的校验和：请用 CRC 目录中的名称，例如 CRC-16/MODBUS，或 sum、xor、lrc、fletcher16、adler32、internet";
        piece = "请求的片段";
        similar_checksum(name, similar) = "没有名为 {name:?} 的校验和。是不是 {similar}？";
    }

    Meanings |language| {
        Counter = "连接上已发送的消息数";
        Time = "当前时间，文本";
        Unix = "1970 年以来的时间";
        Random = "随机字节或随机数";
        Uuid = "随机 UUID";
        File = "文件的内容";
        Len = "其后的字节数，或一个范围的字节数";
        Crc = "其前所有字节的 CRC，或一个范围的 CRC";
        Sum = "各字节之和模 256";
        Xor = "所有字节异或";
        Lrc = "字节之和的补码";
        Fletcher16 = "Fletcher 校验和";
        Adler32 = "Adler 校验和";
        Internet = "互联网校验和";
        Sha1 = "其前所有字节的 SHA-1，或一个范围的 SHA-1";
        Base64 = "其前所有字节或一个范围，用 Base64";
        Begin = "范围的开头；hidden：不发送";
        End = "范围的结尾";
        Peer = "对端的地址";
        Local = "连接自己的地址";
        Connection = "连接的编号";
        Request = "所回复的请求，或其中一部分；只用于回复";
        Memory = "端点所记住的内容";
        Times = "规则已应用的次数";
        Upper = "请求或片段，转为大写";
        Lower = "请求或片段，转为小写";
        Number = "由片段算出的数";
        Unmask = "片段与另一片段异或，如同 WebSocket 的掩码";
        Braces = "两个左花括号";
    }

    TemplateFields |language| {
        Open = "有“{{”而没有“}}”（要写两个花括号本身，请写 {{braces}}）";
        Empty = "这个字段是空的；请写 counter、time、uuid 或其他字段";
        Unknown(name) = { format!("没有名为 {name:?} 的字段；可用的字段有 {}", fields()) };
        UnknownInRule(name, pieces) = { unknown_in_rule(name, pieces) };
        Piece(name) = "规则的条件都没有在请求中找出片段 {name:?}";
        AfterPiece(word) = "片段的名称之后不能再有内容：请去掉 {word:?}";
        OnlyInRules(field) = { format!("{} 只能用在端点的规则中", field.name()) };
        Word(field, word) = { format!("{} 不接受 {word:?}：请写 {}", field.name(), field.usage()) };
        Missing(field) = { format!("{} 不完整：请写 {}", field.name(), field.usage()) };
        Checksum(unknown) = { no_checksum(language, unknown) };
        Time(reason) = "时间格式无效：{reason}";
        Range(name) = "没有名为 {name:?} 的范围：请在它之前写 {{{{begin {name}}}}}，之后写 {{{{end {name}}}}}";
        TwoRanges(name) = "有两个范围叫 {name:?}";
        HalfHidden(name) = "范围 {name:?} 的一端在隐藏范围之内，另一端在外";
        Regex(problem) = { problem.in_words(language) };
    }

    Regexes |language| {
        Invalid(error) = { format!("正则表达式无效：{}", reason(error)) };
        TooLarge = "正则表达式太复杂：请缩短它，或减少其中的重复";
        Name(name) = "组不能叫 {name:?}：请用字母、数字和 _，以字母开头";
    }

    Requests |language| {
        Range(from, to, len) = { format!("范围 {from}..{to} 不在请求之内，请求有 {}", language.counts.bytes(*len as u64)) };
        NoHeader(name) = "请求没有字段 {name:?}";
        NoMatch = "正则表达式与请求不匹配";
    }

    Renders |language| {
        TooWide(value) = "{value} 放不下：请使用更宽的数";
        Negative(len) = "长度会是 {len}：请检查 adjust";
        Range(from, to, len) = { format!("范围 {from}..{to} 不在消息之内，消息有 {}", language.counts.bytes(*len as u64)) };
        Unstable = "这个长度的位数会改变长度本身：请设置 width=N";
        Cycle = "这个字段与另一个字段互相包含";
        Digits(problem) = { format!("范围内只能有十六进制数字：{}", problem.in_words(language)) };
        Time(reason) = "时间格式无效：{reason}";
        Encoding(encoding, character) = { language.typed.unencodable(*encoding, *character) };
        NoFile = "文件还没有读取";
        TooLong = "消息会超过 16 MiB";
        NoRequest = "{{request}} 只能用在回复中：请去掉它，或把这条消息设为端点的回复";
        Request(problem) = { problem.in_words(language) };
        NoPiece(name) = "请求没有片段 {name:?}";
        NoMemory = "{{memory}} 只能用在端点的规则中";
        Place = "这个字段的某个数小于零或太大，或请求没有它的片段";
        NotRemembered(key) = { format!("没有以“{}”记住任何内容", escape::render(key)) };
        BeyondMemory(from, len, remembered) = { beyond(language, *from, *len, *remembered) };
        NoKey = "用来去掩码的片段是空的";
        NoIp = "Unix 套接字没有 IP 地址和端口：请去掉 ip 或 port";
    }

    Checks |language| {
        Field(position, problem) = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "校验是校验和或长度，例如“crc CRC-16/MODBUS le”“sum”“xor HEX over=1..-3 at=-2”或“len u16be at=4”";
        Width = "要校验的长度需要宽度：请加上 u16be 或 width=N";
    }

    Verdicts |language| {
        Good = "正确";
        Bad(wrong) = { format!("{} 是 {}，应为 {}", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why) = { why.in_words(language) };
    }

    Obstacles |language| {
        TooShort(len) = { format!("太短，无法校验（{}）", language.counts.bytes(*len as u64)) };
        Field(problem) = { problem.in_words(language) };
    }
}

/// Returns the names of all fields outside of rules.
fn fields() -> String {
    let kinds = FieldKind::ALL
        .iter()
        .filter(|kind| !kind.is_only_in_rules());
    let names: Vec<_> = kinds.map(|kind| kind.name()).collect();
    names.join(", ")
}

fn unknown_in_rule(name: &str, pieces: &Names) -> String {
    let fields: Vec<_> = FieldKind::ALL.iter().map(|kind| kind.name()).collect();
    let fields = fields.join(", ");
    let pieces: Vec<_> = pieces.iter().map(|piece| &**piece).collect();
    let pieces = match pieces[..] {
        [] => "规则的条件没有找出片段".to_owned(),
        _ => format!("片段有 {}", pieces.join(", ")),
    };
    format!("没有名为 {name:?} 的片段或字段；{pieces}，字段有 {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!("该位置是从字节 {from} 起的 {len}，而所记住的只有 {remembered}")
        }
        None => format!("该位置从字节 {from} 开始，而所记住的只有 {remembered}"),
    }
}

fn no_checksum(language: &Language, unknown: &UnknownChecksum) -> String {
    match unknown.similar.as_slice() {
        [] => language.templates.no_checksum(&unknown.name),
        similar => language
            .templates
            .similar_checksum(&unknown.name, &similar.join(", ")),
    }
}
