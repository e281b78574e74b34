//! What came of the last message: what was sent, and what was received afterwards.

use super::{counted, duration};
use crate::session::MAX_REPLIES;
use crate::words::answer::Answers;
use crate::words::translated::translated;
use std::time::Duration;

translated! { JAPANESE:
    Answers {
        sending = "送信中…";
        sent(bytes) = { format!("{}を送信", counted(bytes, "バイト")) };
        sent_to(bytes, peers) = { format!("{}を{}に送信", counted(bytes, "バイト"), peers_in_words(peers)) };
        sent_in_all(bytes, peers) = { format!("合計 {}を{}に送信", counted(bytes, "バイト"), peers_in_words(peers)) };
        sent_times(times) = { format!("{}送信", counted(times, "回")) };
        not_encrypted(why) = "送信なし: {why}";
        no_reply = "応答はまだありません";
        set_to_none(server) = "応答なし: {server} は応答しない設定です";
        not_approved = "応答なし: ドキュメントが承認されていません";
        incomplete(bytes) = { format!("{}を受信、完全なフレームはまだありません", counted(bytes, "バイト")) };
        replies(count, waited) = { replies(count, waited) };
        replies_so_far(count, waited) = { format!("{}、最後まで {}", replies_in_words(count), duration(waited)) };
        replied(count, waited) = { format!("{}が応答、最初まで {}", peers_in_words(count), duration(waited)) };
    }
}

fn replies(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("応答 1 件、所要 {waited}"),
        _ => format!("{}、最初まで {waited}", replies_in_words(count)),
    }
}

fn replies_in_words(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("応答 {}以上", counted(MAX_REPLIES, "件"));
    }
    format!("応答 {}", counted(count, "件"))
}

fn peers_in_words(peers: u64) -> String {
    format!("ピア {}", counted(peers, "個"))
}
