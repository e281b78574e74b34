//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use crate::payload::shape::MAX_SHAPE_ITEMS;
use crate::payload::shape::MAX_VARINT_BYTES;
use crate::words::InWords as _;
use crate::words::pieces::{Pieces, Places, ShapeFaults, Shapes};
use crate::words::translated::translated;

translated! { CHINESE:
    Pieces {
        mismatch(at, why) = "字节 {at} 处：{why}";
    }

    Shapes |language| {
        Empty = "字节格式是空的：请写十六进制字节、表示任意字节的 ??，以及 [id:2] 或 [rest:*] 之类的片段";
        Hex(problem) = { problem.in_words(language) };
        Open = "有“[”而没有“]”";
        Piece = "片段有名称和长度，例如 [id:2] 或 [rest:*]";
        Name(name) = "片段不能叫 {name:?}：请用字母、数字和 _，以字母开头，但不能是 z 或 varint";
        Twice(name) = "有两个片段叫 {name:?}";
        Length(len) = "{len:?} 不是长度：请写字节数、前面的片段（n、2*n、n-1）、varint、z（到零字节为止）或 *（其余全部）";
        Unknown(name) = "前面没有叫 {name:?} 的片段";
        AfterRest = "其余部分之后只能是字节、?? 和写明字节数的片段";
        TooMany = { format!("字节格式最多有 {MAX_SHAPE_ITEMS} 个字节和片段") };
    }

    ShapeFaults |language| {
        Byte(expected, found) = "是 {found:02X}，应为 {expected:02X}";
        Short(missing) = { format!("请求到此结束，缺少 {}", language.counts.bytes(*missing)) };
        Long(extra) = { format!("比字节格式多 {}", language.counts.bytes(*extra as u64)) };
        Varint = { format!("varint 超过 {MAX_VARINT_BYTES} 字节") };
        Amount = "它的长度小于零或太大";
    }

    Places |language| {
        Empty = "请写所记住内容的名称，或 of=PIECE";
        Word(word) = "位置不接受 {word:?}：请写 NAME 或 of=PIECE，再写 at=N 和 len=N，其中 N 是数或用到片段（n、2*n、n-1）";
        Piece(name) = "规则的条件都没有在请求中找出片段 {name:?}";
    }
}
