//! What came of the last message: what was sent, and what was received afterwards.

use super::{duration, grouped, noun, plural};
use crate::session::MAX_REPLIES;
use crate::words::answer::Answers;
use crate::words::translated::translated;
use std::time::Duration;

translated! { SPANISH:
    Answers {
        sending = "Enviando…";
        sent(bytes) = { format!("{} {}", noun(bytes, "byte", "bytes"), plural(bytes, "enviado", "enviados")) };
        sent_to(bytes, peers) = { format!("{} {} a {}", noun(bytes, "byte", "bytes"), plural(bytes, "enviado", "enviados"), noun(peers, "par", "pares")) };
        sent_in_all(bytes, peers) = { format!("{} {} en total a {}", noun(bytes, "byte", "bytes"), plural(bytes, "enviado", "enviados"), noun(peers, "par", "pares")) };
        sent_times(times) = { format!("Enviado {}", noun(times, "vez", "veces")) };
        not_encrypted(why) = "Sin enviar: {why}";
        no_reply = "aún sin respuesta";
        set_to_none(server) = "sin respuesta: {server} está ajustado para no responder";
        not_approved = "sin respuesta: el documento no está aprobado";
        incomplete(bytes) = { format!("{} {}, aún no hay una trama entera", noun(bytes, "byte", "bytes"), plural(bytes, "recibido", "recibidos")) };
        replies(count, waited) = { replies(count, waited) };
        replies_so_far(count, waited) = { if count == 1 { replies(count, waited) } else { format!("{}, la última en {}", counted(count), duration(waited)) } };
        replied(count, waited) = { replied(count, waited) };
    }
}

fn replies(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("1 respuesta en {waited}"),
        _ => format!("{}, la primera en {waited}", counted(count)),
    }
}

fn replied(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("1 par ha respondido en {waited}"),
        _ => format!(
            "{} pares han respondido, el primero en {waited}",
            grouped(count)
        ),
    }
}

fn counted(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("{} respuestas o más", grouped(MAX_REPLIES));
    }
    noun(count, "respuesta", "respuestas")
}
