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

translated! { GERMAN:
    Templates {
        check_value(value) = "123456789 ergibt {value}";
        alias_check_value(name, value) = "{name}, 123456789 ergibt {value}";
        no_checksum(name) = "eine Prüfsumme {name:?} gibt es nicht: den Katalognamen einer CRC nehmen, etwa CRC-16/MODBUS, oder sum, xor, lrc, fletcher16, adler32 oder internet";
        piece = "Teil der Anfrage";
        similar_checksum(name, similar) = "eine Prüfsumme {name:?} gibt es nicht. Gemeint vielleicht: {similar}?";
    }

    Meanings |language| {
        Counter = "Anzahl der auf der Verbindung gesendeten Nachrichten";
        Time = "aktuelle Zeit als Text";
        Unix = "Zeit seit 1970";
        Random = "zufällige Bytes oder eine Zufallszahl";
        Uuid = "zufällige UUID";
        File = "Inhalt einer Datei";
        Len = "Anzahl der Bytes danach oder in einem Bereich";
        Crc = "CRC aller Bytes davor oder eines Bereichs";
        Sum = "Summe der Bytes modulo 256";
        Xor = "alle Bytes durch XOR verknüpft";
        Lrc = "Zweierkomplement der Summe";
        Fletcher16 = "Prüfsumme nach Fletcher";
        Adler32 = "Prüfsumme nach Adler";
        Internet = "Internet-Prüfsumme";
        Sha1 = "SHA-1 aller Bytes davor oder eines Bereichs";
        Base64 = "alle Bytes davor oder ein Bereich in Base64";
        Begin = "Anfang eines Bereichs; hidden: er wird nicht gesendet";
        End = "Ende eines Bereichs";
        Peer = "Adresse der Gegenstelle";
        Local = "eigene Adresse der Verbindung";
        Connection = "Nummer der Verbindung";
        Request = "was beantwortet wird, oder ein Teil davon; nur in Antworten";
        Memory = "was der Endpunkt sich merkt";
        Times = "wie oft die Regel angewendet wurde";
        Upper = "die Anfrage oder ein Teil in Großbuchstaben";
        Lower = "die Anfrage oder ein Teil in Kleinbuchstaben";
        Number = "eine aus einem Teil berechnete Zahl";
        Unmask = "ein Teil durch XOR mit einem anderen verknüpft, wie WebSocket maskiert";
        Braces = "zwei öffnende geschweifte Klammern";
    }

    TemplateFields |language| {
        Open = "„{{“ ohne „}}“ (für zwei wörtliche Klammern {{braces}} schreiben)";
        Empty = "dieses Feld ist leer; counter, time, uuid oder ein anderes Feld schreiben";
        Unknown(name) = { format!("ein Feld {name:?} gibt es nicht; die Felder sind {}", fields()) };
        UnknownInRule(name, pieces) = { unknown_in_rule(name, pieces) };
        Piece(name) = "keine Bedingung der Regel findet in der Anfrage einen Teil {name:?}";
        AfterPiece(word) = "auf den Namen eines Teils kann nichts folgen: {word:?} entfernen";
        OnlyInRules(field) = { format!("{} geht nur in den Regeln eines Endpunkts", field.name()) };
        Word(field, word) = { format!("{} kennt kein {word:?}: {} schreiben", field.name(), field.usage()) };
        Missing(field) = { format!("{} ist unvollständig: {} schreiben", field.name(), field.usage()) };
        Checksum(unknown) = { no_checksum(language, unknown) };
        Time(reason) = "das Zeitformat ist ungültig: {reason}";
        Range(name) = "einen Bereich {name:?} gibt es nicht: davor {{{{begin {name}}}}} und danach {{{{end {name}}}}} schreiben";
        TwoRanges(name) = "es gibt zwei Bereiche namens {name:?}";
        HalfHidden(name) = "der Bereich {name:?} hat ein Ende in einem verborgenen Bereich und eines außerhalb";
        Regex(problem) = { problem.in_words(language) };
    }

    Regexes |language| {
        Invalid(error) = { format!("der reguläre Ausdruck ist ungültig: {}", reason(error)) };
        TooLarge = "der reguläre Ausdruck ist zu komplex: ihn kürzen oder weniger darin wiederholen";
        Name(name) = "eine Gruppe kann nicht {name:?} heißen: Buchstaben, Ziffern und _ nehmen, mit einem Buchstaben am Anfang";
    }

    Requests |language| {
        Range(from, to, len) = { format!("der Bereich {from}..{to} liegt nicht in der Anfrage, die {} hat", language.counts.bytes(*len as u64)) };
        NoHeader(name) = "die Anfrage hat kein Kopffeld {name:?}";
        NoMatch = "der reguläre Ausdruck passt nicht auf die Anfrage";
    }

    Renders |language| {
        TooWide(value) = "{value} passt nicht hinein: eine breitere Zahl nehmen";
        Negative(len) = "die Länge wäre {len}: adjust prüfen";
        Range(from, to, len) = { format!("der Bereich {from}..{to} liegt nicht in der Nachricht, die {} hat", language.counts.bytes(*len as u64)) };
        Unstable = "die Ziffern dieser Länge ändern die Länge selbst: width=N setzen";
        Cycle = "dieses Feld und ein anderes umfassen sich gegenseitig";
        Digits(problem) = { format!("der Bereich darf nur Hexziffern enthalten: {}", problem.in_words(language)) };
        Time(reason) = "das Zeitformat ist ungültig: {reason}";
        Encoding(encoding, character) = { language.typed.unencodable(*encoding, *character) };
        NoFile = "die Datei wurde nicht gelesen";
        TooLong = "die Nachricht würde länger als 16 MiB";
        NoRequest = "{{request}} geht nur in Antworten: es entfernen oder dies zur Antwort eines Endpunkts machen";
        Request(problem) = { problem.in_words(language) };
        NoPiece(name) = "die Anfrage hat keinen Teil {name:?}";
        NoMemory = "{{memory}} geht nur in den Regeln eines Endpunkts";
        Place = "eine Zahl dieses Feldes ist kleiner als null oder zu groß, oder die Anfrage hat seinen Teil nicht";
        NotRemembered(key) = { format!("unter „{}“ ist nichts gemerkt", escape::render(key)) };
        BeyondMemory(from, len, remembered) = { beyond(language, *from, *len, *remembered) };
        NoKey = "der Teil zum Demaskieren ist leer";
        NoIp = "ein Unix-Socket hat keine IP-Adresse und keinen Port: ip oder port weglassen";
    }

    Checks |language| {
        Field(position, problem) = { wrong_at(language, position, &problem.in_words(language)) };
        Kind = "Eine Prüfung ist eine Prüfsumme oder eine Länge, etwa ‚crc CRC-16/MODBUS le‘, ‚sum‘, ‚xor HEX over=1..-3 at=-2‘ oder ‚len u16be at=4‘";
        Width = "Eine zu prüfende Länge braucht eine Breite: u16be oder width=N ergänzen";
    }

    Verdicts |language| {
        Good = "bestanden";
        Bad(wrong) = { format!("{} ist {}, erwartet {}", wrong.name, hex::render(&wrong.found), hex::render(&wrong.expected)) };
        Impossible(why) = { why.in_words(language) };
    }

    Obstacles |language| {
        TooShort(len) = { format!("zu kurz für seine Prüfung ({})", language.counts.bytes(*len as u64)) };
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
        [] => "die Bedingungen der Regel finden keinen".to_owned(),
        _ => format!("die Teile sind {}", pieces.join(", ")),
    };
    format!("es gibt keinen Teil und kein Feld {name:?}; {pieces}, und die Felder sind {fields}")
}

fn beyond(language: &Language, from: usize, len: Option<usize>, remembered: usize) -> String {
    let remembered = language.counts.bytes(remembered as u64);
    match len {
        Some(len) => {
            let len = language.counts.bytes(len as u64);
            format!("die Stelle umfasst {len} ab Byte {from}, gemerkt: {remembered}")
        }
        None => format!("die Stelle beginnt bei Byte {from}, gemerkt: {remembered}"),
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
