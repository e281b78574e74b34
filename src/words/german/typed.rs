//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use crate::words::InWords as _;
use crate::words::translated::translated;
use crate::words::typed::wrong_at;
use crate::words::typed::{Drafts, Escapes, Hex, Pastes, Patterns, Typed};

translated! { GERMAN:
    Typed {
        column(column) = "Spalte {column}";
        line(line, column) = "Zeile {line}, Spalte {column}";
        wrong_at(place, problem) = "{place}: {problem}";
        unencodable(encoding, character) = "{encoding} kann {character:?} nicht kodieren";
        no_encoding(name) = "Eine Kodierung {name:?} gibt es nicht. Möglich sind UTF-8, windows-1252, ISO-8859-1-strict, GBK, Shift_JIS, EUC-KR, UTF-16LE oder ein anderer Name aus dem Encoding Standard";
    }

    Escapes |language| {
        Unknown(letter) = { format!("unbekanntes Escape \\{} (möglich sind \\n \\r \\t \\0 \\xNN \\u{{…}}, oder \\\\ für einen Backslash)", letter.escape_debug()) };
        Incomplete = "auf diesen Backslash folgt nichts (\\\\ schreiben für einen Backslash)";
        Byte = "\\x braucht zwei Hexziffern, etwa \\x0A";
        Unicode = "\\u braucht eine bis sechs Hexziffern in geschweiften Klammern, etwa \\u{65E5}";
        NotACharacter(number) = "\\u{{{number:X}}} ist kein Zeichen (gültig: 0 bis 10FFFF, außer D800 bis DFFF)";
    }

    Hex |language| {
        OddDigit(digit) = "{digit:?} ist nur ein halbes Byte: für jedes Byte zwei Hexziffern schreiben";
        WrongCharacter(character) = "{character:?} ist keine Hexziffer";
        MissingDigits = "auf dieses Präfix müssen zwei Hexziffern folgen";
    }

    Drafts |language| {
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Field(error) = { error.in_words(language) };
        Encoding(position, encoding, character) = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong(len_bytes) = { format!("Die Nachricht hat {}, und höchstens 16 MiB lassen sich eintippen. Längeres aus einer Datei senden", language.counts.bytes(*len_bytes as u64)) };
    }

    Patterns |language| {
        Empty = "Es fehlt, wonach zu suchen ist: text:…, regex:…, hex:… oder ein Wort schreiben";
        Kind(word) = "„{word}:“ ist keine Art von Suchmuster. text:, regex: oder hex: davor schreiben";
        TooLong = "Ein Suchmuster kann höchstens 64 KiB lang sein";
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Regex(error) = { format!("Der reguläre Ausdruck ist ungültig: {}", reason(error)) };
        TooLarge = "Das Suchmuster ist zu komplex: es kürzen oder weniger darin wiederholen";
    }

    Pastes |language| {
        Xxd = "eine Ausgabe von xxd";
        Hexdump = "eine Ausgabe von hexdump -C";
        Od = "eine Ausgabe von od";
        Tcpdump = "eine Ausgabe von tcpdump";
        Wireshark = "ein Hex-Dump von Wireshark";
        HexDump = "ein Hex-Dump";
        CArray = "ein Byte-Array";
        CString = "ein String mit Hex-Escapes";
        HexDigits = "eine Folge von Hexziffern";
    }
}

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
