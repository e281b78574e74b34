//! What came of the last message: what was sent, and what was received afterwards.

use super::english::{duration, grouped, noun};
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::net::NetError;
use crate::session::{Answered, MAX_REPLIES, SendProblem};
use std::time::Duration;

phrases! {
    /// What came of the last message.
    Answers {
        sending = "Sending…";
        sent(bytes: u64) = { format!("Sent {}", noun(bytes, "byte", "bytes")) };
        sent_to(bytes: u64, peers: u64) = { format!("Sent {} to {}", noun(bytes, "byte", "bytes"), noun(peers, "peer", "peers")) };
        sent_in_all(bytes: u64, peers: u64) = { format!("Sent {} in all to {}", noun(bytes, "byte", "bytes"), noun(peers, "peer", "peers")) };
        sent_times(times: u64) = { format!("Sent {}", noun(times, "time", "times")) };
        not_encrypted(why: &str) = "Not sent: {why}";
        no_reply = "no reply yet";
        set_to_none(server: &str) = "no reply: {server} is set up to send none";
        not_approved = "no reply: the document is not approved";
        incomplete(bytes: u64) = { format!("{} received, no whole frame yet", noun(bytes, "byte", "bytes")) };
        replies(count: u64, waited: Duration) = { replies(count, waited) };
        replies_so_far(count: u64, waited: Duration) = { format!("{}, the last in {}", counted(count), duration(waited)) };
        replied(count: u64, waited: Duration) = { format!("{} replied, first in {}", grouped(count), duration(waited)) };
    }
}

impl Language {
    /// Returns what was sent of a message; nothing if none of it was.
    pub(crate) fn sent(&self, answered: &Answered) -> Option<String> {
        let words = &self.answers;
        let (bytes, recipients) = (answered.sent_bytes, answered.recipients);
        Some(match recipients {
            0 => return None,
            _ if answered.times > 1 => words.sent_times(answered.times),
            1 => words.sent(bytes),
            _ if answered.is_even => words.sent_to(bytes / recipients, recipients),
            _ => words.sent_in_all(bytes, recipients),
        })
    }

    /// Returns what was received after a message that was sent, or that nothing was.
    pub(crate) fn replies(&self, answered: &Answered) -> String {
        let words = &self.answers;
        match answered.waited {
            None if answered.incomplete_bytes > 0 => words.incomplete(answered.incomplete_bytes),
            None => words.no_reply.to_owned(),
            Some(waited) if answered.times > 1 => words.replies_so_far(answered.replies, waited),
            Some(waited) if answered.recipients > 1 => words.replied(answered.replied, waited),
            Some(waited) => words.replies(answered.replies, waited),
        }
    }

    /// Returns why a message was not sent, or not answered.
    pub(crate) fn send_problem(&self, problem: &SendProblem) -> String {
        match problem {
            SendProblem::Failed(error) => match &**error {
                NetError::Tls { source, .. } => {
                    let why = self.tls_failure_parts(source).heading;
                    self.answers.not_encrypted(&why)
                }
                error => error.in_words(self),
            },
            SendProblem::Ended(ending) => ending.in_words(self),
        }
    }
}

fn replies(count: u64, waited: Duration) -> String {
    let waited = duration(waited);
    match count {
        1 => format!("1 reply in {waited}"),
        _ => format!("{}, first in {waited}", counted(count)),
    }
}

fn counted(count: u64) -> String {
    if count >= MAX_REPLIES {
        return format!("{}+ replies", grouped(MAX_REPLIES));
    }
    noun(count, "reply", "replies")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn an_answer_says_how_many_and_when() {
        let check = |answered: Answered, expected: &str| {
            let sent = ENGLISH.sent(&answered).unwrap();
            assert_eq!(format!("{sent} · {}", ENGLISH.replies(&answered)), expected);
        };
        let one = Answered {
            recipients: 1,
            times: 1,
            sent_bytes: 14,
            is_even: true,
            ..Answered::default()
        };
        check(one.clone(), "Sent 14 bytes · no reply yet");
        let incomplete = Answered {
            incomplete_bytes: 3,
            ..one.clone()
        };
        let some = "3 bytes received, no whole frame yet";
        check(incomplete, &format!("Sent 14 bytes · {some}"));
        let replied = |replies| Answered {
            replied: 1,
            replies,
            waited: Some(Duration::from_micros(143)),
            ..one.clone()
        };
        check(replied(1), "Sent 14 bytes · 1 reply in 143 µs");
        check(replied(3), "Sent 14 bytes · 3 replies, first in 143 µs");
        check(
            replied(MAX_REPLIES),
            "Sent 14 bytes · 1,000,000+ replies, first in 143 µs",
        );
        let three = Answered {
            recipients: 3,
            sent_bytes: 42,
            replied: 2,
            ..replied(2)
        };
        let sent = "Sent 14 bytes to 3 peers";
        check(
            three.clone(),
            &format!("{sent} · 2 replied, first in 143 µs"),
        );
        let uneven = Answered {
            is_even: false,
            ..three
        };
        let sent = "Sent 42 bytes in all to 3 peers";
        check(uneven, &format!("{sent} · 2 replied, first in 143 µs"));
        let repeated = Answered {
            times: 12,
            ..replied(11)
        };
        check(repeated, "Sent 12 times · 11 replies, the last in 143 µs");
        assert_eq!(ENGLISH.sent(&Answered::default()), None);
    }
}
