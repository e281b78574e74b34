//! What a structured view says about a message.

use crate::payload::pretty::BodyLength;
use crate::payload::pretty::ChunksEnd;
use crate::payload::pretty::HeadFault;
use crate::payload::pretty::JsonError;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::structure::{HeadLines, Json, JsonTokens, Misfits, Notes, PduRoles, Structure};
use crate::words::translated::translated;

translated! { SPANISH:
    Structure {
        one_line(what, at) = "{what}: 1 línea, en el byte {at}";
        lines(what, count, first) = "{what}: {count} líneas, la primera en el byte {first}";
        at_byte(problem, at) = "{problem} en el byte {at}";
        no_body = "Sin cuerpo";
        no_body_with(code) = "Sin cuerpo, como exige el estado {code}";
        bytes_without_body(follow, code) = "{follow} más, aunque el estado {code} no admite cuerpo";
        chunked(follow, bytes, chunks) = "Cuerpo fragmentado de {follow}: {bytes} en {chunks}";
        last_chunk_missing = "falta el último fragmento";
        no_chunk(at) = "no hay fragmento en el byte {at}";
        coded(follow) = "Cuerpo de {follow}, con un Transfer-Encoding sin fragmentos";
        as_long_as_said(follow) = "Cuerpo de {follow}, como dice Content-Length";
        shorter_than_said(follow, length) = "Cuerpo de {follow}, pero Content-Length dice {length}";
        longer_than_said(length, more) = "Cuerpo de {length}, como dice Content-Length, y después {more} más";
        bad_length(follow) = "Cuerpo de {follow}; Content-Length no es un solo número";
        until_close(follow) = "Cuerpo de {follow}, que termina con la conexión";
        unsaid(follow) = "{follow} más, sin Content-Length ni Transfer-Encoding";
        ignores_length = "Content-Length no cuenta junto a Transfer-Encoding (RFC 9112, 6.3)";
        encoded = "codificado, no se muestra";
    }

    Misfits |language| {
        Json(error) = { format!("No es JSON: {}", json(*error, language)) };
        NoTag = "No es XML: no hay ninguna etiqueta, comentario ni declaración";
        NoStartLine(at) = "No es HTTP/1: no hay línea de petición ni de estado en el byte {at}";
        NoHeader(len) = "No es Modbus TCP: una cabecera tiene 7 bytes, el mensaje tiene {len}";
        OtherProtocol(protocol) = "No es Modbus TCP: el protocolo en el byte 2 es {protocol}, no 0";
    }

    Notes |language| {
        More(count) = { format!("… {} más", language.counts.bytes(*count)) };
        ByteOrderMark = "Marca de orden de bytes";
        Json(error) = { format!("JSON no válido: {}", json(*error, language)) };
        TooDeep(limit, at) = "Más de {limit} niveles de anidamiento en el byte {at}";
        StrayAngle(at) = "El < en el byte {at} no empieza una etiqueta";
        UnendedTag(at) = "La etiqueta en el byte {at} no termina";
        NotClosed(tag) = { format!("<{}> en el byte {} no está cerrada", tag.name, tag.at) };
        NotClosedBefore(start, end) = { format!("<{}> en el byte {} no está cerrada antes de </{}> en el byte {}", start.name, start.at, end.name, end.at) };
        ClosesNothing(tag) = { format!("</{}> en el byte {} no cierra nada", tag.name, tag.at) };
        BlankLines = "Líneas vacías antes de la línea inicial";
        UnfinishedHead = "La cabecera está incompleta: no la termina ninguna línea vacía";
        OddLines(fault, count, first) = { odd_lines(*fault, *count, *first, language) };
        Body(length, rest, ignores_length, is_encoded) = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error) = { format!("El cuerpo no es lo que dice Content-Type. {}", error.in_words(language)) };
        BehindBody(count) = { format!("{} después del cuerpo", language.counts.bytes(*count)) };
        Message(number, at) = "Mensaje {number}, en el byte {at}";
        NoMessage(at) = "No hay cabecera Modbus TCP en el byte {at}";
        WrongLength(least, most) = "La longitud tiene que ser de {least} a {most}";
        Missing(count) = { format!("{} de menos", language.counts.bytes(*count)) };
        NoFunction = "Sin código de función";
        Exception = "excepción";
        Pdu(role, is_odd) = { format!("{}{}", role.in_words(language), if *is_odd { "; un valor no está permitido" } else { "" }) };
        On = "activado";
        Off = "desactivado";
        NeitherOnNorOff = "ni activado (0xFF00) ni desactivado (0x0000)";
        BitsOn(places) = { if places.is_empty() { "todos desactivados".to_owned() } else { format!("activados: {places}") } };
    }

    Json |language| {
        Expected(expected) = { format!("se esperaba {}", expected.in_words(language)) };
        Unfinished = "el mensaje termina dentro de un valor,";
        Control = "carácter de control sin escape en una cadena";
        Escape = "escape desconocido en una cadena";
        Number = "número mal formado";
        Word = "palabra desconocida (solo se admiten true, false y null)";
        Depth(limit) = "más de {limit} niveles de anidamiento";
    }

    JsonTokens |language| {
        Value = "un valor";
        ValueOrEnd = "un valor o ]";
        KeyOrEnd = "una clave o }";
        Key = "una clave";
        Colon = "dos puntos";
        CommaOrBrace = "una coma o }";
        CommaOrBracket = "una coma o ]";
    }

    HeadLines |language| {
        BareLf = "Fines de línea LF en lugar de CR LF (RFC 9112, 2.2)";
        Folded = "Líneas plegadas, que están obsoletas (RFC 9112, 5.2)";
        Unnamed = "Líneas sin nombre ni dos puntos (RFC 9112, 5)";
    }

    PduRoles |language| {
        Request = "Petición";
        Response = "Respuesta";
        Either = "Petición o respuesta: son iguales";
        RequestOfBoth = "Petición o respuesta: encajan ambas, se muestra como petición";
        Neither = "No encaja ni como petición ni como respuesta";
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
