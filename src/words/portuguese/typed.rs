//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use crate::words::InWords as _;
use crate::words::translated::translated;
use crate::words::typed::wrong_at;
use crate::words::typed::{Drafts, Escapes, Hex, Pastes, Patterns, Typed};

translated! { PORTUGUESE:
    Typed {
        column(column) = "Coluna {column}";
        line(line, column) = "Linha {line}, coluna {column}";
        wrong_at(place, problem) = "{place}: {problem}";
        unencodable(encoding, character) = "{encoding} não consegue codificar {character:?}";
        no_encoding(name) = "Não existe a codificação {name:?}. Use UTF-8, windows-1252, ISO-8859-1-strict, GBK, Shift_JIS, EUC-KR, UTF-16LE ou outro nome do Encoding Standard";
    }

    Escapes |language| {
        Unknown(letter) = { format!("escape desconhecido \\{} (use \\n \\r \\t \\0 \\xNN \\u{{…}}, ou \\\\ para uma barra invertida)", letter.escape_debug()) };
        Incomplete = "nada vem depois desta barra invertida (escreva \\\\ para uma barra invertida)";
        Byte = "\\x precisa de dois dígitos hex, como em \\x0A";
        Unicode = "\\u precisa de um a seis dígitos hex entre chaves, como em \\u{65E5}";
        NotACharacter(number) = "\\u{{{number:X}}} não é um caractere (válidos: 0 a 10FFFF, exceto D800 a DFFF)";
    }

    Hex |language| {
        OddDigit(digit) = "{digit:?} é só meio byte: escreva dois dígitos hex para cada byte";
        WrongCharacter(character) = "{character:?} não é um dígito hex";
        MissingDigits = "dois dígitos hex devem vir depois deste prefixo";
    }

    Drafts |language| {
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Field(error) = { error.in_words(language) };
        Encoding(position, encoding, character) = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong(len_bytes) = { format!("A mensagem tem {}, e é possível digitar no máximo 16 MiB. Envie dados mais longos a partir de um arquivo", language.counts.bytes(*len_bytes as u64)) };
    }

    Patterns |language| {
        Empty = "Nada a procurar: escreva text:…, regex:…, hex:… ou uma palavra";
        Kind(word) = "'{word}:' não é um tipo de padrão. Escreva text:, regex: ou hex: antes dele";
        TooLong = "Um padrão pode ter no máximo 64 KiB";
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Regex(error) = { format!("A expressão regular é inválida: {}", reason(error)) };
        TooLarge = "O padrão é complexo demais: encurte-o, ou repita menos nele";
    }

    Pastes |language| {
        Xxd = "a saída do xxd";
        Hexdump = "a saída do hexdump -C";
        Od = "a saída do od";
        Tcpdump = "a saída do tcpdump";
        Wireshark = "um dump hexadecimal do Wireshark";
        HexDump = "um dump hexadecimal";
        CArray = "um array de bytes";
        CString = "uma string com escapes hex";
        HexDigits = "dígitos hex";
    }
}

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
