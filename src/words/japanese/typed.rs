//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use crate::words::InWords as _;
use crate::words::translated::translated;
use crate::words::typed::wrong_at;
use crate::words::typed::{Drafts, Escapes, Hex, Pastes, Patterns, Typed};

translated! { JAPANESE:
    Typed {
        column(column) = "{column} 文字目";
        line(line, column) = "{line} 行目、{column} 文字目";
        wrong_at(place, problem) = "{place}: {problem}";
        unencodable(encoding, character) = "{encoding} では {character:?} を表せません";
        no_encoding(name) = "エンコード {name:?} はありません。UTF-8、windows-1252、ISO-8859-1-strict、GBK、Shift_JIS、EUC-KR、UTF-16LE など、Encoding Standard の名前を使ってください";
    }

    Escapes |language| {
        Unknown(letter) = { format!("不明なエスケープ \\{} です (使えるのは \\n \\r \\t \\0 \\xNN \\u{{…}}、バックスラッシュは \\\\)", letter.escape_debug()) };
        Incomplete = "バックスラッシュの後に何もありません (バックスラッシュ自体は \\\\ と書きます)";
        Byte = "\\x には 16 進数字が 2 つ必要です (例: \\x0A)";
        Unicode = "\\u には波括弧内に 16 進数字が 1 ～ 6 個必要です (例: \\u{65E5})";
        NotACharacter(number) = "\\u{{{number:X}}} は文字ではありません (有効なのは D800 ～ DFFF を除く 0 ～ 10FFFF)";
    }

    Hex |language| {
        OddDigit(digit) = "{digit:?} だけではバイトの半分です。1 バイトにつき 16 進数字を 2 つ書いてください";
        WrongCharacter(character) = "{character:?} は 16 進数字ではありません";
        MissingDigits = "この接頭辞の後には 16 進数字が 2 つ必要です";
    }

    Drafts |language| {
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Field(error) = { error.in_words(language) };
        Encoding(position, encoding, character) = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong(len_bytes) = { format!("メッセージは {}ですが、入力できるのは 16 MiB までです。それより長いデータはファイルから送信してください", language.counts.bytes(*len_bytes as u64)) };
    }

    Patterns |language| {
        Empty = "探すものがありません。text:…、regex:…、hex:…、または語を書いてください";
        Kind(word) = "'{word}:' というパターンの種類はありません。前に text:、regex:、hex: のどれかを書いてください";
        TooLong = "パターンは 64 KiB までです";
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Regex(error) = { format!("正規表現が不正です: {}", reason(error)) };
        TooLarge = "パターンが複雑すぎます。短くするか、繰り返しを減らしてください";
    }

    Pastes |language| {
        Xxd = "xxd の出力";
        Hexdump = "hexdump -C の出力";
        Od = "od の出力";
        Tcpdump = "tcpdump の出力";
        Wireshark = "Wireshark の 16 進ダンプ";
        HexDump = "16 進ダンプ";
        CArray = "バイトの配列";
        CString = "16 進エスケープを含む文字列";
        HexDigits = "16 進数字";
    }
}

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
