//! A greeting, and the same reply to every request.

use std::sync::Arc;

use super::act::{Act, Acts, Content, ProblemKind};
use super::responder::{Responder, Seen, on_body, send};
use super::{Message, Reply, Script};
use crate::payload::template::Scene;

/// A greeting, and the same reply to every request.
#[derive(Debug)]
pub(super) struct Builtin(pub(super) Arc<Script>);

impl Responder for Builtin {
    fn see(&mut self, seen: Seen, scene: &mut Scene<'_>, acts: &mut Acts) {
        match seen {
            Seen::Began => {
                if let Some(greeting) = &self.0.greeting {
                    send(greeting, scene, acts);
                }
            }
            Seen::Request => {
                on_body(self.0.framing.as_ref(), scene, |scene| {
                    self.reply(scene, acts);
                });
            }
            Seen::PeerFinished | Seen::Silence | Seen::Timer(_) | Seen::Gone => {}
        }
    }
}

impl Builtin {
    fn reply(&self, scene: &mut Scene<'_>, acts: &mut Acts) {
        match &self.0.reply {
            Reply::None | Reply::Rules(_) | Reply::Program(_) => return,
            Reply::Echo => acts.request(Act::Send(Content::Request)),
            Reply::Message(message) => {
                let needs = matches!(message, Message::Template(it) if it.needs_request());
                if needs && scene.request.is_none() {
                    return acts.report(ProblemKind::RequestTooLong);
                }
                if !send(message, scene, acts) {
                    return;
                }
            }
        }
        if self.0.close_after_reply {
            acts.request(Act::Finish);
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::payload::template::RenderTime;
    use crate::script::responder;

    fn seen(script: Script, seen: Seen) -> Vec<Act> {
        let mut acts = Acts::default();
        let mut scene = Scene {
            now: &RenderTime::new(jiff::Zoned::now),
            peer: None,
            local: None,
            connection: 1,
            count: 0,
            request: Some(b"request"),
            pieces: &[],
            memory: None,
            times: 1,
            random: &mut |bytes| bytes.fill(0),
        };
        responder(&Arc::new(script)).see(seen, &mut scene, &mut acts);
        std::iter::from_fn(|| acts.next_act())
            .map(|it| it.act)
            .collect()
    }

    fn say(text: &'static str) -> Message {
        Bytes::from_static(text.as_bytes()).into()
    }

    #[test]
    fn a_greeting_is_sent_once_a_connection_begins() {
        let script = Script {
            greeting: Some(say("220 ready")),
            ..Script::silent()
        };
        let greeting = Act::Send(Content::Message(say("220 ready")));
        assert_eq!(seen(script.clone(), Seen::Began), [greeting]);
        assert_eq!(seen(script, Seen::Request), []);
    }

    #[test]
    fn each_reply_answers_a_request_and_nothing_else() {
        let check = |reply: Reply, expected: &[Act]| {
            let script = Script {
                reply,
                ..Script::default()
            };
            assert_eq!(seen(script.clone(), Seen::Request), expected);
            for other in [Seen::Began, Seen::PeerFinished, Seen::Silence] {
                assert_eq!(seen(script.clone(), other), []);
            }
        };
        check(Reply::None, &[]);
        check(Reply::Echo, &[Act::Send(Content::Request)]);
        let reply = Act::Send(Content::Message(say("OK")));
        check(Reply::Message(say("OK")), &[reply]);
    }

    #[test]
    fn a_closing_reply_finishes_after_it() {
        let script = Script {
            close_after_reply: true,
            ..Script::default()
        };
        let expected = [Act::Send(Content::Request), Act::Finish];
        assert_eq!(seen(script, Seen::Request), expected);
    }
}
