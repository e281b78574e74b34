//! What a structured view says about a message.

use crate::payload::pretty::BodyLength;
use crate::payload::pretty::ChunksEnd;
use crate::payload::pretty::HeadFault;
use crate::payload::pretty::JsonError;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::structure::{HeadLines, Json, JsonTokens, Misfits, Notes, PduRoles, Structure};
use crate::words::translated::translated;

translated! { FRENCH:
    Structure {
        one_line(what, at) = "{what} : 1 ligne, à l’octet {at}";
        lines(what, count, first) = "{what} : {count} lignes, la première à l’octet {first}";
        at_byte(problem, at) = "{problem} à l’octet {at}";
        no_body = "Pas de corps";
        no_body_with(code) = "Pas de corps, comme l’exige le statut {code}";
        bytes_without_body(follow, code) = "{follow} de plus, alors que le statut {code} n’admet pas de corps";
        chunked(follow, bytes, chunks) = "Corps de {follow}, transmis en morceaux : {bytes} en {chunks}";
        last_chunk_missing = "il manque le dernier morceau";
        no_chunk(at) = "pas de morceau à l’octet {at}";
        coded(follow) = "Corps de {follow}, dans un Transfer-Encoding sans morceaux";
        as_long_as_said(follow) = "Corps de {follow}, comme le dit Content-Length";
        shorter_than_said(follow, length) = "Corps de {follow}, mais Content-Length dit {length}";
        longer_than_said(length, more) = "Corps de {length}, comme le dit Content-Length, puis {more} de plus";
        bad_length(follow) = "Corps de {follow} ; Content-Length n’est pas un nombre unique";
        until_close(follow) = "Corps de {follow}, qui finit avec la connexion";
        unsaid(follow) = "{follow} de plus, sans Content-Length ni Transfer-Encoding";
        ignores_length = "Content-Length est ignoré à côté de Transfer-Encoding (RFC 9112, 6.3)";
        encoded = "encodé, non affiché";
    }

    Misfits |language| {
        Json(error) = { format!("Ce n’est pas du JSON : {}", json(*error, language)) };
        NoTag = "Ce n’est pas du XML : il n’y a ni balise, ni commentaire, ni déclaration";
        NoStartLine(at) = "Ce n’est pas du HTTP/1 : il n’y a ni ligne de requête ni ligne de statut à l’octet {at}";
        NoHeader(len) = "Ce n’est pas du Modbus TCP : un en-tête a 7 octets, le message en a {len}";
        OtherProtocol(protocol) = "Ce n’est pas du Modbus TCP : le protocole à l’octet 2 est {protocol}, et non 0";
    }

    Notes |language| {
        More(count) = { format!("… {} de plus", language.counts.bytes(*count)) };
        ByteOrderMark = "Marque d’ordre des octets";
        Json(error) = { format!("JSON non valide : {}", json(*error, language)) };
        TooDeep(limit, at) = "Plus de {limit} niveaux d’imbrication à l’octet {at}";
        StrayAngle(at) = "Le < à l’octet {at} ne commence pas de balise";
        UnendedTag(at) = "La balise à l’octet {at} n’est pas terminée";
        NotClosed(tag) = { format!("<{}> à l’octet {} n’est pas fermé", tag.name, tag.at) };
        NotClosedBefore(start, end) = { format!("<{}> à l’octet {} n’est pas fermé avant </{}> à l’octet {}", start.name, start.at, end.name, end.at) };
        ClosesNothing(tag) = { format!("</{}> à l’octet {} ne ferme rien", tag.name, tag.at) };
        BlankLines = "Lignes vides avant la ligne de départ";
        UnfinishedHead = "L’en-tête est incomplet : aucune ligne vide ne le termine";
        OddLines(fault, count, first) = { odd_lines(*fault, *count, *first, language) };
        Body(length, rest, ignores_length, is_encoded) = { whole_body(*length, *rest, *ignores_length, *is_encoded, language) };
        OtherBody(error) = { format!("Le corps n’est pas ce que dit Content-Type. {}", error.in_words(language)) };
        BehindBody(count) = { format!("{} après le corps", language.counts.bytes(*count)) };
        Message(number, at) = "Message {number}, à l’octet {at}";
        NoMessage(at) = "Pas d’en-tête Modbus TCP à l’octet {at}";
        WrongLength(least, most) = "La longueur doit être de {least} à {most}";
        Missing(count) = { format!("il manque {}", language.counts.bytes(*count)) };
        NoFunction = "Pas de code de fonction";
        Exception = "exception";
        Pdu(role, is_odd) = { format!("{}{}", role.in_words(language), if *is_odd { " ; une valeur n’est pas permise" } else { "" }) };
        On = "activé";
        Off = "désactivé";
        NeitherOnNorOff = "ni activé (0xFF00) ni désactivé (0x0000)";
        BitsOn(places) = { if places.is_empty() { "tous désactivés".to_owned() } else { format!("activés : {places}") } };
    }

    Json |language| {
        Expected(expected) = { format!("il faudrait {}", expected.in_words(language)) };
        Unfinished = "le message s’arrête au milieu d’une valeur,";
        Control = "caractère de contrôle non échappé dans une chaîne";
        Escape = "échappement inconnu dans une chaîne";
        Number = "nombre mal formé";
        Word = "mot inconnu (seuls true, false et null sont permis)";
        Depth(limit) = "plus de {limit} niveaux d’imbrication";
    }

    JsonTokens |language| {
        Value = "une valeur";
        ValueOrEnd = "une valeur ou ]";
        KeyOrEnd = "une clé ou }";
        Key = "une clé";
        Colon = "un deux-points";
        CommaOrBrace = "une virgule ou }";
        CommaOrBracket = "une virgule ou ]";
    }

    HeadLines |language| {
        BareLf = "Fins de ligne LF au lieu de CR LF (RFC 9112, 2.2)";
        Folded = "Lignes repliées, ce qui est obsolète (RFC 9112, 5.2)";
        Unnamed = "Lignes sans nom ni deux-points (RFC 9112, 5)";
    }

    PduRoles |language| {
        Request = "Requête";
        Response = "Réponse";
        Either = "Requête ou réponse : elles sont identiques";
        RequestOfBoth = "Requête ou réponse : les deux conviennent, affichée comme une requête";
        Neither = "Ne convient ni à une requête ni à une réponse";
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
    parts.join(" ; ")
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
                ChunksEnd::Cut => format!("{chunked} ; {}", words.last_chunk_missing),
                ChunksEnd::Wrong(at) => format!("{chunked} ; {}", words.no_chunk(at)),
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
