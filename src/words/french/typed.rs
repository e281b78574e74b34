//! What is wrong with typed text: escapes, hex digits, messages, encodings, patterns; and what pasted text is.

use crate::words::InWords as _;
use crate::words::translated::translated;
use crate::words::typed::wrong_at;
use crate::words::typed::{Drafts, Escapes, Hex, Pastes, Patterns, Typed};

translated! { FRENCH:
    Typed {
        column(column) = "Colonne {column}";
        line(line, column) = "Ligne {line}, colonne {column}";
        wrong_at(place, problem) = "{place} : {problem}";
        unencodable(encoding, character) = "{encoding} ne peut pas encoder {character:?}";
        no_encoding(name) = "Il n’existe pas d’encodage {name:?}. Utilisez UTF-8, windows-1252, ISO-8859-1-strict, GBK, Shift_JIS, EUC-KR, UTF-16LE ou un autre nom de l’Encoding Standard";
    }

    Escapes |language| {
        Unknown(letter) = { format!("échappement inconnu \\{} (utilisez \\n \\r \\t \\0 \\xNN \\u{{…}}, ou \\\\ pour une barre oblique inverse)", letter.escape_debug()) };
        Incomplete = "rien ne suit cette barre oblique inverse (écrivez \\\\ pour une barre oblique inverse)";
        Byte = "\\x demande deux chiffres hexadécimaux, par exemple \\x0A";
        Unicode = "\\u demande de un à six chiffres hexadécimaux entre accolades, par exemple \\u{65E5}";
        NotACharacter(number) = "\\u{{{number:X}}} n’est pas un caractère (valables : 0 à 10FFFF, sauf D800 à DFFF)";
    }

    Hex |language| {
        OddDigit(digit) = "{digit:?} n’est que la moitié d’un octet : écrivez deux chiffres hexadécimaux par octet";
        WrongCharacter(character) = "{character:?} n’est pas un chiffre hexadécimal";
        MissingDigits = "deux chiffres hexadécimaux doivent suivre ce préfixe";
    }

    Drafts |language| {
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Field(error) = { error.in_words(language) };
        Encoding(position, encoding, character) = { wrong_at(language, position, &language.typed.unencodable(*encoding, *character)) };
        TooLong(len_bytes) = { format!("Le message a {}, et on peut saisir au plus 16 Mio. Envoyez les données plus longues depuis un fichier", language.counts.bytes(*len_bytes as u64)) };
    }

    Patterns |language| {
        Empty = "Rien à chercher : écrivez text:…, regex:…, hex:… ou un mot";
        Kind(word) = "« {word}: » n’est pas un type de motif. Écrivez text:, regex: ou hex: devant";
        TooLong = "Un motif peut avoir au plus 64 Kio";
        Escape(error) = { error.in_words(language) };
        Hex(error) = { error.in_words(language) };
        Regex(error) = { format!("L’expression régulière n’est pas valide : {}", reason(error)) };
        TooLarge = "Le motif est trop complexe : raccourcissez-le, ou répétez-y moins";
    }

    Pastes |language| {
        Xxd = "une sortie de xxd";
        Hexdump = "une sortie de hexdump -C";
        Od = "une sortie de od";
        Tcpdump = "une sortie de tcpdump";
        Wireshark = "un vidage hexadécimal de Wireshark";
        HexDump = "un vidage hexadécimal";
        CArray = "un tableau d’octets";
        CString = "une chaîne avec des échappements hexadécimaux";
        HexDigits = "des chiffres hexadécimaux";
    }
}

/// Returns what is wrong with a regular expression: the last of the lines over which the parser draws an error.
fn reason(error: &regex_syntax::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
