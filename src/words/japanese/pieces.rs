//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use crate::payload::shape::MAX_SHAPE_ITEMS;
use crate::payload::shape::MAX_VARINT_BYTES;
use crate::words::InWords as _;
use crate::words::pieces::{Pieces, Places, ShapeFaults, Shapes};
use crate::words::translated::translated;

translated! { JAPANESE:
    Pieces {
        mismatch(at, why) = "バイト {at}: {why}";
    }

    Shapes |language| {
        Empty = "この形は空です。16 進のバイト、任意のバイトを表す ??、[id:2] や [rest:*] などの部分を書いてください";
        Hex(problem) = { problem.in_words(language) };
        Open = "「[」に対応する「]」がありません";
        Piece = "部分には名前と長さがあります (例: [id:2]、[rest:*])";
        Name(name) = "部分の名前に {name:?} は使えません。文字、数字、_ を使い、文字で始めてください。z と varint は使えません";
        Twice(name) = "{name:?} という名前の部分が 2 つあります";
        Length(len) = "{len:?} は長さではありません。バイト数、前の部分 (n、2*n、n-1)、varint、z (ゼロバイトまで)、* (残り) のどれかを書いてください";
        Unknown(name) = "これより前に {name:?} という名前の部分がありません";
        AfterRest = "「残り」の後に置けるのは、バイト、??、バイト数を指定した部分だけです";
        TooMany = { format!("形に含められるバイトと部分は {MAX_SHAPE_ITEMS} 個までです") };
    }

    ShapeFaults |language| {
        Byte(expected, found) = "{found:02X} ({expected:02X} のはず)";
        Short(missing) = { format!("要求が終わり、{}不足", language.counts.bytes(*missing)) };
        Long(extra) = { format!("形より {}多い", language.counts.bytes(*extra as u64)) };
        Varint = { format!("{MAX_VARINT_BYTES} バイトを超える varint") };
        Amount = "長さが負か、大きすぎる";
    }

    Places |language| {
        Empty = "記憶するものの名前、または of=PIECE を書いてください";
        Word(word) = "場所に {word:?} は書けません。NAME または of=PIECE、続いて at=N と len=N を書いてください。N は数か、部分を使った式 (n、2*n、n-1) です";
        Piece(name) = "要求から部分 {name:?} を取り出す条件が、このルールにありません";
    }
}
