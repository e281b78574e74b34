//! What a structured view says about a message.

use crate::payload::pretty::BodyLength;
use crate::payload::pretty::ChunksEnd;
use crate::payload::pretty::HeadFault;
use crate::payload::pretty::JsonError;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::structure::{HeadLines, Json, JsonTokens, Misfits, Notes, PduRoles, Structure};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Structure {
        one_line(what, at) = "{what}: 1 linha, no byte {at}";
        lines(what, count, first) = "{what}: {count} linhas, a primeira no byte {first}";
        at_byte(problem, at) = "{problem} no byte {at}";
        no_body = "Sem corpo";
        no_body_with(code) = "Sem corpo, como o status {code} exige";
        bytes_without_body(follow, code) = "Depois, {follow}, embora o status {code} não permita corpo";
        chunked(follow, bytes, chunks) = "Corpo em blocos (chunked) de {follow}: {bytes} em {chunks}";
        last_chunk_missing = "falta o último bloco";
        no_chunk(at) = "nenhum bloco no byte {at}";
        coded(follow) = "Corpo de {follow}, com uma Transfer-Encoding sem blocos";
        as_long_as_said(follow) = "Corpo de {follow}, como diz Content-Length";
        shorter_than_said(follow, length) = "Corpo de {follow}, mas Content-Length diz {length}";
        longer_than_said(length, more) = "Corpo de {length}, como diz Content-Length, e depois mais {more}";
        bad_length(follow) = "Corpo de {follow}; Content-Length não é um único número";
        until_close(follow) = "Corpo de {follow}, que termina com a conexão";
        unsaid(follow) = "Depois, {follow}, sem Content-Length nem Transfer-Encoding";
        ignores_length = "Content-Length é ignorado ao lado de Transfer-Encoding (RFC 9112, 6.3)";
        encoded = "codificado, não mostrado";
    }

    Misfits |language| {
        Json(error) = { format!("Não é JSON: {}", json(*error, language)) };
        NoTag = "Não é XML: não há tag, comentário nem declaração";
        NoStartLine(at) = "Não é HTTP/1: não há linha de requisição nem de status no byte {at}";
        NoHeader(len) = "Não é Modbus TCP: um cabeçalho tem 7 bytes, a mensagem tem {len}";
        OtherProtocol(protocol) = "Não é Modbus TCP: o protocolo no byte 2 é {protocol}, e não 0";
    }

    Notes |language| {
        More(count) = { format!("… mais {}", language.counts.bytes(*count)) };
        ByteOrderMark = "Marca de ordem de bytes (BOM)";
        Json(error) = { format!("JSON inválido: {}", json(*error, language)) };
        TooDeep(limit, at) = "Mais de {limit} níveis de aninhamento no byte {at}";
        StrayAngle(at) = "O < no byte {at} não inicia uma tag";
        UnendedTag(at) = "A tag no byte {at} não termina";
        NotClosed(tag) = { format!("<{}> no byte {} não é fechada", tag.name, tag.at) };
        NotClosedBefore(start, end) = { format!("<{}> no byte {} não é fechada antes de </{}> no byte {}", start.name, start.at, end.name, end.at) };
        ClosesNothing(tag) = { format!("</{}> no byte {} não fecha nada", tag.name, tag.at) };
        BlankLines = "Linhas vazias antes da linha inicial";
        UnfinishedHead = "O cabeçalho está incompleto: nenhuma linha vazia o termina";
        OddLines(fault, count, first) = { odd_lines(*fault, *count, *first, language) };
        Body(length, rest, ignores_length, is_encoded) = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error) = { format!("O corpo não é o que diz Content-Type. {}", error.in_words(language)) };
        BehindBody(count) = { format!("{} depois do corpo", language.counts.bytes(*count)) };
        Message(number, at) = "Mensagem {number}, no byte {at}";
        NoMessage(at) = "Nenhum cabeçalho Modbus TCP no byte {at}";
        WrongLength(least, most) = "O comprimento deve ser de {least} a {most}";
        Missing(count) = { format!("{} {}", if *count <= 1 { "Falta" } else { "Faltam" }, language.counts.bytes(*count)) };
        NoFunction = "Nenhum código de função";
        Exception = "exceção";
        Pdu(role, is_odd) = { format!("{}{}", role.in_words(language), if *is_odd { "; um valor não é permitido" } else { "" }) };
        On = "ligado";
        Off = "desligado";
        NeitherOnNorOff = "nem ligado (0xFF00) nem desligado (0x0000)";
        BitsOn(places) = { if places.is_empty() { "todos desligados".to_owned() } else { format!("ligados: {places}") } };
    }

    Json |language| {
        Expected(expected) = { format!("esperava-se {}", expected.in_words(language)) };
        Unfinished = "a mensagem termina dentro de um valor,";
        Control = "caractere de controle sem escape em uma string";
        Escape = "escape desconhecido em uma string";
        Number = "número malformado";
        Word = "palavra desconhecida (só são permitidas true, false e null)";
        Depth(limit) = "mais de {limit} níveis de aninhamento";
    }

    JsonTokens |language| {
        Value = "um valor";
        ValueOrEnd = "um valor ou ]";
        KeyOrEnd = "uma chave ou }";
        Key = "uma chave";
        Colon = "dois-pontos";
        CommaOrBrace = "uma vírgula ou }";
        CommaOrBracket = "uma vírgula ou ]";
    }

    HeadLines |language| {
        BareLf = "Os fins de linha são LF em vez de CR LF (RFC 9112, 2.2)";
        Folded = "Linhas dobradas, que são obsoletas (RFC 9112, 5.2)";
        Unnamed = "Linhas sem nome e dois-pontos (RFC 9112, 5)";
    }

    PduRoles |language| {
        Request = "Requisição";
        Response = "Resposta";
        Either = "Requisição ou resposta: as duas são iguais";
        RequestOfBoth = "Serve como requisição e como resposta; mostrada como requisição";
        Neither = "Não serve como requisição nem como resposta";
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
