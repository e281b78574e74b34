//! What a structured view says about a message.

use crate::payload::pretty::BodyLength;
use crate::payload::pretty::ChunksEnd;
use crate::payload::pretty::HeadFault;
use crate::payload::pretty::JsonError;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::structure::{HeadLines, Json, JsonTokens, Misfits, Notes, PduRoles, Structure};
use crate::words::translated::translated;

translated! { GERMAN:
    Structure {
        one_line(what, at) = "{what}: 1 Zeile, bei Byte {at}";
        lines(what, count, first) = "{what}: {count} Zeilen, die erste bei Byte {first}";
        at_byte(problem, at) = "{problem} bei Byte {at}";
        no_body = "Kein Rumpf";
        no_body_with(code) = "Kein Rumpf, wie Status {code} es verlangt";
        bytes_without_body(follow, code) = "noch {follow}, obwohl Status {code} keinen Rumpf erlaubt";
        chunked(follow, bytes, chunks) = "Rumpf in Chunks, {follow}: {bytes} in {chunks}";
        last_chunk_missing = "der letzte Chunk fehlt";
        no_chunk(at) = "kein Chunk bei Byte {at}";
        coded(follow) = "Rumpf von {follow}, in einem Transfer-Encoding ohne Chunks";
        as_long_as_said(follow) = "Rumpf von {follow}, wie Content-Length sagt";
        shorter_than_said(follow, length) = "Rumpf von {follow}, aber Content-Length sagt {length}";
        longer_than_said(length, more) = "Rumpf von {length}, wie Content-Length sagt, dann noch {more}";
        bad_length(follow) = "Rumpf von {follow}; Content-Length ist keine einzelne Zahl";
        until_close(follow) = "Rumpf von {follow}, der mit der Verbindung endet";
        unsaid(follow) = "noch {follow}, ohne Content-Length oder Transfer-Encoding";
        ignores_length = "Content-Length wird neben Transfer-Encoding ignoriert (RFC 9112, 6.3)";
        encoded = "kodiert, nicht gezeigt";
    }

    Misfits |language| {
        Json(error) = { format!("Kein JSON: {}", json(*error, language)) };
        NoTag = "Kein XML: Es gibt kein Tag, keinen Kommentar und keine Deklaration";
        NoStartLine(at) = "Kein HTTP/1: Bei Byte {at} steht keine Anfrage- oder Statuszeile";
        NoHeader(len) = "Kein Modbus TCP: Ein Kopf hat 7 Bytes, die Nachricht hat {len}";
        OtherProtocol(protocol) = "Kein Modbus TCP: Das Protokoll bei Byte 2 ist {protocol}, nicht 0";
    }

    Notes |language| {
        More(count) = { format!("… noch {}", language.counts.bytes(*count)) };
        ByteOrderMark = "Byte Order Mark";
        Json(error) = { format!("Ungültiges JSON: {}", json(*error, language)) };
        TooDeep(limit, at) = "Mehr als {limit} Verschachtelungsebenen bei Byte {at}";
        StrayAngle(at) = "Das < bei Byte {at} beginnt kein Tag";
        UnendedTag(at) = "Das Tag bei Byte {at} endet nicht";
        NotClosed(tag) = { format!("<{}> bei Byte {} ist nicht geschlossen", tag.name, tag.at) };
        NotClosedBefore(start, end) = { format!("<{}> bei Byte {} ist vor </{}> bei Byte {} nicht geschlossen", start.name, start.at, end.name, end.at) };
        ClosesNothing(tag) = { format!("</{}> bei Byte {} schließt nichts", tag.name, tag.at) };
        BlankLines = "Leerzeilen vor der Startzeile";
        UnfinishedHead = "Der Kopf ist unvollständig: Keine Leerzeile beendet ihn";
        OddLines(fault, count, first) = { odd_lines(*fault, *count, *first, language) };
        Body(length, rest, ignores_length, is_encoded) = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error) = { format!("Der Rumpf ist nicht, was Content-Type sagt. {}", error.in_words(language)) };
        BehindBody(count) = { format!("{} nach dem Rumpf", language.counts.bytes(*count)) };
        Message(number, at) = "Nachricht {number}, bei Byte {at}";
        NoMessage(at) = "Kein Modbus-TCP-Kopf bei Byte {at}";
        WrongLength(least, most) = "Die Länge muss {least} bis {most} sein";
        Missing(count) = { if *count == 1 { "1 Byte fehlt".to_owned() } else { format!("{} fehlen", language.counts.bytes(*count)) } };
        NoFunction = "Kein Funktionscode";
        Exception = "Ausnahme";
        Pdu(role, is_odd) = { format!("{}{}", role.in_words(language), if *is_odd { "; ein Wert ist nicht erlaubt" } else { "" }) };
        On = "ein";
        Off = "aus";
        NeitherOnNorOff = "weder ein (0xFF00) noch aus (0x0000)";
        BitsOn(places) = { if places.is_empty() { "alle aus".to_owned() } else { format!("ein: {places}") } };
    }

    Json |language| {
        Expected(expected) = { format!("erwartet: {},", expected.in_words(language)) };
        Unfinished = "die Nachricht endet in einem Wert,";
        Control = "Steuerzeichen ohne Escape in einem String";
        Escape = "unbekanntes Escape in einem String";
        Number = "fehlerhafte Zahl";
        Word = "unbekanntes Wort (erlaubt sind nur true, false und null)";
        Depth(limit) = "mehr als {limit} Verschachtelungsebenen";
    }

    JsonTokens |language| {
        Value = "ein Wert";
        ValueOrEnd = "ein Wert oder ]";
        KeyOrEnd = "ein Schlüssel oder }";
        Key = "ein Schlüssel";
        Colon = "ein Doppelpunkt";
        CommaOrBrace = "ein Komma oder }";
        CommaOrBracket = "ein Komma oder ]";
    }

    HeadLines |language| {
        BareLf = "Zeilenenden sind LF statt CR LF (RFC 9112, 2.2)";
        Folded = "Umbrochene Zeilen, die veraltet sind (RFC 9112, 5.2)";
        Unnamed = "Zeilen ohne Namen und Doppelpunkt (RFC 9112, 5)";
    }

    PduRoles |language| {
        Request = "Anfrage";
        Response = "Antwort";
        Either = "Anfrage oder Antwort: Sie sehen gleich aus";
        RequestOfBoth = "Anfrage oder Antwort: Beides passt, als Anfrage gezeigt";
        Neither = "Passt weder zu einer Anfrage noch zu einer Antwort";
    }
}

fn json(error: JsonError, language: &Language) -> String {
    let problem = error.problem.in_words(language);
    language.structure.at_byte(&problem, error.at)
}

fn odd_lines(fault: HeadFault, count: u64, first: usize, language: &Language) -> String {
    let (what, words) = (fault.in_words(language), &language.structure);
    match count {
        1 => words.one_line(&what, first),
        _ => words.lines(&what, &language.numbers.grouped(count), first),
    }
}

fn whole_body(
    length: BodyLength,
    rest: u64,
    ignores_length: bool,
    is_encoded: bool,
    language: &Language,
) -> String {
    let words = &language.structure;
    let mut parts = vec![body(length, rest, language)];
    parts.extend(ignores_length.then(|| words.ignores_length.to_owned()));
    parts.extend(is_encoded.then(|| words.encoded.to_owned()));
    parts.join("; ")
}

/// Returns what the head says about the body, and the `rest` bytes behind it.
fn body(length: BodyLength, rest: u64, language: &Language) -> String {
    let (words, counts) = (&language.structure, &language.counts);
    let follow = counts.bytes(rest);
    match length {
        BodyLength::NoBody(code) if rest == 0 => words.no_body_with(code),
        BodyLength::NoBody(code) => words.bytes_without_body(&follow, code),
        BodyLength::Chunked {
            chunks, bytes, end, ..
        } => {
            let chunked = words.chunked(&follow, &counts.bytes(bytes), &counts.chunks(chunks));
            match end {
                ChunksEnd::Last(_) => chunked,
                ChunksEnd::Cut => format!("{chunked}; {}", words.last_chunk_missing),
                ChunksEnd::Wrong(at) => format!("{chunked}; {}", words.no_chunk(at)),
            }
        }
        BodyLength::Coded => words.coded(&follow),
        BodyLength::Length(len) if len == rest => words.as_long_as_said(&follow),
        BodyLength::Length(len) if len > rest => {
            words.shorter_than_said(&follow, &language.numbers.grouped(len))
        }
        BodyLength::Length(len) => {
            words.longer_than_said(&counts.bytes(len), &counts.bytes(rest - len))
        }
        BodyLength::BadLength => words.bad_length(&follow),
        BodyLength::Close => words.until_close(&follow),
        BodyLength::Unsaid if rest == 0 => words.no_body.to_owned(),
        BodyLength::Unsaid => words.unsaid(&follow),
    }
}
