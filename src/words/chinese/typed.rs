//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use crate::words::InWords as _;
use crate::words::translated::translated;
use crate::words::typed::wrong_at;
use crate::words::typed::{Drafts, Escapes, Hex, Pastes, Patterns, Typed};

translated! { CHINESE:
    Typed {
        column(column) = "第 {column} 列";
        line(line, column) = "第 {line} 行第 {column} 列";
        wrong_at(place, problem) = "{place}：{problem}";
        unencodable(encoding, character) = "{encoding} 无法编码 {character:?}";
        no_encoding(name) = "没有名为 {name:?} 的编码。可用的有 UTF-8、windows-1252、ISO-8859-1-strict、GBK、Shift_JIS、EUC-KR、UTF-16LE，或 Encoding Standard 中的其他名称";
    }

    Escapes |language| {
        Unknown(letter) = { format!("未知的转义 \\{}（可用 \\n \\r \\t \\0 \\xNN \\u{{…}}，反斜杠写作 \\\\）", letter.escape_debug()) };
        Incomplete = "这个反斜杠后面什么也没有（反斜杠写作 \\\\）";
        Byte = "\\x 后面要有两位十六进制数字，例如 \\x0A";
        Unicode = "\\u 后面要有花括号中的一到六位十六进制数字，例如 \\u{65E5}";
        NotACharacter(number) = "\\u{{{number:X}}} 不是字符（有效范围：0 到 10FFFF，D800 到 DFFF 除外）";
    }

    Hex |language| {
        OddDigit(digit) = "{digit:?} 只是半个字节：每个字节请写两位十六进制数字";
        WrongCharacter(character) = "{character:?} 不是十六进制数字";
        MissingDigits = "这个前缀后面必须有两位十六进制数字";
    }

    Drafts |language| {
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Field(error) = { error.in_words(language) };
        Encoding(position, encoding, character) = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong(len_bytes) = { format!("消息有 {}，而最多只能输入 16 MiB。更长的数据请从文件发送", language.counts.bytes(*len_bytes as u64)) };
    }

    Patterns |language| {
        Empty = "没有要找的内容：请写 text:…、regex:…、hex:… 或一个词";
        Kind(word) = "“{word}:”不是模式的种类。请在前面写 text:、regex: 或 hex:";
        TooLong = "模式最长 64 KiB";
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Regex(error) = { format!("正则表达式无效：{}", reason(error)) };
        TooLarge = "模式太复杂：请缩短它，或减少其中的重复";
    }

    Pastes |language| {
        Xxd = "xxd 的输出";
        Hexdump = "hexdump -C 的输出";
        Od = "od 的输出";
        Tcpdump = "tcpdump 的输出";
        Wireshark = "Wireshark 的十六进制转储";
        HexDump = "十六进制转储";
        CArray = "字节数组";
        CString = "带十六进制转义的字符串";
        HexDigits = "十六进制数字";
    }
}

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
