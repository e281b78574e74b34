//! What came of the last message: what was sent, and what was received afterwards.

use super::{duration, grouped, noun};
use crate::session::MAX_REPLIES;
use crate::words::answer::Answers;
use crate::words::translated::translated;
use std::time::Duration;

translated! { PORTUGUESE:
    Answers {
        sending = "Enviando…";
        sent(bytes) = { noun(bytes, "byte enviado", "bytes enviados") };
        sent_to(bytes, peers) = { format!("{} a {}", noun(bytes, "byte enviado", "bytes enviados"), noun(peers, "peer", "peers")) };
        sent_in_all(bytes, peers) = { format!("{} no total a {}", noun(bytes, "byte enviado", "bytes enviados"), noun(peers, "peer", "peers")) };
        sent_times(times) = { format!("Enviada {}", noun(times, "vez", "vezes")) };
        not_encrypted(why) = "Não enviada: {why}";
        no_reply = "ainda sem resposta";
        set_to_none(server) = "sem resposta: {server} está configurado para não responder";
        not_approved = "sem resposta: o documento não está aprovado";
        incomplete(bytes) = { format!("{}, ainda sem um quadro completo", noun(bytes, "byte recebido", "bytes recebidos")) };
        replies(count, waited) = { replies(count, waited) };
        replies_so_far(count, waited) = { format!("{}, a última em {}", counted(count), duration(waited)) };
        replied(count, waited) = { format!("{}, o primeiro em {}", noun(count, "respondeu", "responderam"), duration(waited)) };
    }
}

fn replies(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("1 resposta em {waited}"),
        _ => format!("{}, a primeira em {waited}", counted(count)),
    }
}

fn counted(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("{}+ respostas", grouped(MAX_REPLIES));
    }
    noun(count, "resposta", "respostas")
}
