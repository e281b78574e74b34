//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use crate::words::InWords as _;
use crate::words::translated::translated;
use crate::words::typed::wrong_at;
use crate::words::typed::{Drafts, Escapes, Hex, Pastes, Patterns, Typed};

translated! { SPANISH:
    Typed {
        column(column) = "Columna {column}";
        line(line, column) = "Línea {line}, columna {column}";
        wrong_at(place, problem) = "{place}: {problem}";
        unencodable(encoding, character) = "{encoding} no puede codificar {character:?}";
        no_encoding(name) = "No existe la codificación {name:?}. Use UTF-8, windows-1252, ISO-8859-1-strict, GBK, Shift_JIS, EUC-KR, UTF-16LE u otro nombre del Encoding Standard";
    }

    Escapes |language| {
        Unknown(letter) = { format!("escape desconocido \\{} (use \\n \\r \\t \\0 \\xNN \\u{{…}}, o \\\\ para una barra invertida)", letter.escape_debug()) };
        Incomplete = "nada sigue a esta barra invertida (escriba \\\\ para una barra invertida)";
        Byte = "\\x necesita dos dígitos hex, como en \\x0A";
        Unicode = "\\u necesita de uno a seis dígitos hex entre llaves, como en \\u{65E5}";
        NotACharacter(number) = "\\u{{{number:X}}} no es un carácter (válidos: de 0 a 10FFFF, salvo D800 a DFFF)";
    }

    Hex |language| {
        OddDigit(digit) = "{digit:?} es solo medio byte: escriba dos dígitos hex para cada byte";
        WrongCharacter(character) = "{character:?} no es un dígito hex";
        MissingDigits = "a este prefijo deben seguir dos dígitos hex";
    }

    Drafts |language| {
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Field(error) = { error.in_words(language) };
        Encoding(position, encoding, character) = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong(len_bytes) = { format!("El mensaje tiene {}, y se pueden escribir como máximo 16 MiB. Envíe los datos más largos desde un archivo", language.counts.bytes(*len_bytes as u64)) };
    }

    Patterns |language| {
        Empty = "Nada que buscar: escriba text:…, regex:…, hex:… o una palabra";
        Kind(word) = "'{word}:' no es un tipo de patrón. Escriba delante text:, regex: o hex:";
        TooLong = "Un patrón puede tener como máximo 64 KiB";
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Regex(error) = { format!("La expresión regular no es válida: {}", reason(error)) };
        TooLarge = "El patrón es demasiado complejo: acórtelo o repita menos en él";
    }

    Pastes |language| {
        Xxd = "la salida de xxd";
        Hexdump = "la salida de hexdump -C";
        Od = "la salida de od";
        Tcpdump = "la salida de tcpdump";
        Wireshark = "un volcado hex de Wireshark";
        HexDump = "un volcado hex";
        CArray = "un array de bytes";
        CString = "una cadena con escapes hex";
        HexDigits = "dígitos hex";
    }
}

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
