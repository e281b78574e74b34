//! What came of the last message: what was sent, and what was received afterwards.

use super::{duration, grouped, noun};
use crate::session::MAX_REPLIES;
use crate::words::answer::Answers;
use crate::words::translated::translated;
use std::time::Duration;

translated! { FRENCH:
    Answers {
        sending = "Envoi…";
        sent(bytes) = { format!("Envoyé {}", noun(bytes, "octet", "octets")) };
        sent_to(bytes, peers) = { format!("Envoyé {} à {}", noun(bytes, "octet", "octets"), noun(peers, "pair", "pairs")) };
        sent_in_all(bytes, peers) = { format!("Envoyé {} en tout à {}", noun(bytes, "octet", "octets"), noun(peers, "pair", "pairs")) };
        sent_times(times) = { format!("Envoyé {} fois", grouped(times)) };
        not_encrypted(why) = "Non envoyé : {why}";
        no_reply = "pas encore de réponse";
        set_to_none(server) = "pas de réponse : {server} est réglé pour ne pas répondre";
        not_approved = "pas de réponse : le document n’est pas approuvé";
        incomplete(bytes) = { format!("reçu {}, pas encore de trame entière", noun(bytes, "octet", "octets")) };
        replies(count, waited) = { replies(count, waited) };
        replies_so_far(count, waited) = { format!("{}, la dernière en {}", counted(count), duration(waited)) };
        replied(count, waited) = { format!("{} en {}", noun(count, "a répondu", "ont répondu, le premier"), duration(waited)) };
    }
}

fn replies(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("1 réponse en {waited}"),
        _ => format!("{}, la première en {waited}", counted(count)),
    }
}

fn counted(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("{} réponses ou plus", grouped(MAX_REPLIES));
    }
    noun(count, "réponse", "réponses")
}
