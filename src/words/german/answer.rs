//! What came of the last message: what was sent, and what was received afterwards.

use super::{duration, grouped, noun};
use crate::session::MAX_REPLIES;
use crate::words::answer::Answers;
use crate::words::translated::translated;
use std::time::Duration;

translated! { GERMAN:
    Answers {
        sending = "Sendet…";
        sent(bytes) = { format!("{} gesendet", noun(bytes, "Byte", "Bytes")) };
        sent_to(bytes, peers) = { format!("{} an {} gesendet", noun(bytes, "Byte", "Bytes"), noun(peers, "Gegenstelle", "Gegenstellen")) };
        sent_in_all(bytes, peers) = { format!("Insgesamt {} an {} gesendet", noun(bytes, "Byte", "Bytes"), noun(peers, "Gegenstelle", "Gegenstellen")) };
        sent_times(times) = { format!("{}-mal gesendet", grouped(times)) };
        not_encrypted(why) = "Nicht gesendet: {why}";
        no_reply = "noch keine Antwort";
        set_to_none(server) = "keine Antwort: {server} soll keine senden";
        not_approved = "keine Antwort: das Dokument ist nicht freigegeben";
        incomplete(bytes) = { format!("{} empfangen, noch kein ganzer Frame", noun(bytes, "Byte", "Bytes")) };
        replies(count, waited) = { replies(count, waited) };
        replies_so_far(count, waited) = { format!("{}, die letzte nach {}", counted(count), duration(waited)) };
        replied(count, waited) = { format!("{} {}, erste Antwort nach {}", grouped(count), if count == 1 { "antwortete" } else { "antworteten" }, duration(waited)) };
    }
}

fn replies(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("1 Antwort nach {waited}"),
        _ => format!("{}, die erste nach {waited}", counted(count)),
    }
}

fn counted(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("{}+ Antworten", grouped(MAX_REPLIES));
    }
    noun(count, "Antwort", "Antworten")
}
