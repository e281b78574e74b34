//! What answers on one connection. It keeps its own state, and knows no socket and no other connection.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use bytes::Bytes;

use super::act::{Act, Acts, Content, ProblemKind, TimerId};
use super::rules::Ruled;
use super::{Message, Reply, Script};
use crate::payload::framing::Framing;
use crate::payload::template::Scene;

/// What a responder sees of its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The connection is established; nothing has been received.
    Began,
    /// A request is complete: a frame, or a chunk if there is no framing. The scene has its bytes, unless it is a frame
    /// longer than [`MAX_REQUEST_BYTES`](super::MAX_REQUEST_BYTES).
    Request,
    /// The peer finished sending (FIN).
    PeerFinished,
    /// Nothing was received for [`Responder::patience`].
    Silence,
    /// A timer that it set is due.
    Timer(TimerId),
    /// The connection has ended. Only acts elsewhere are carried out.
    Gone,
}

/// Answers on one connection.
pub trait Responder: fmt::Debug + Send {
    /// Sees what happened, and requests acts in answer. Counts the templates that it renders in the scene.
    fn see(&mut self, seen: Seen, scene: &mut Scene<'_>, acts: &mut Acts);

    /// Notes that something was received, which need not be a whole request.
    fn hear(&mut self) {}

    /// Returns what its successor has to know, if the script changes while the connection is open.
    fn standing(&self) -> Standing {
        Standing::default()
    }

    /// Takes the place of another responder, whose timers are cancelled. It does not see the beginning.
    fn adopt(&mut self, _before: Standing, _acts: &mut Acts) {}

    /// Returns how long nothing may be received before it sees [`Seen::Silence`]; `None` if it does not ask.
    fn patience(&self) -> Option<Duration> {
        None
    }
}

/// How a connection stands with its responder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The name of its state; `None` for the first.
    pub state: Option<Arc<str>>,
    /// How many requests it has had.
    pub requests: u64,
}

/// Makes the responders of an endpoint, one for each connection.
#[derive(Clone)]
pub struct Program(Arc<dyn Fn() -> Box<dyn Responder> + Send + Sync>);

impl Program {
    /// Makes a program from what makes its responders.
    pub fn new(make: impl Fn() -> Box<dyn Responder> + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Program").finish_non_exhaustive()
    }
}

/// Programs are equal if they are the same one.
impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Program {}

/// Makes the responder of one connection.
pub fn responder(script: &Arc<Script>) -> Box<dyn Responder> {
    match &script.reply {
        Reply::Program(program) => (program.0)(),
        Reply::Rules(set) => Box::new(Ruled::new(set.clone(), script.greeting.clone())),
        Reply::Echo | Reply::Message(_) | Reply::None => Box::new(Builtin(Arc::clone(script))),
    }
}

/// A greeting, and the same reply to every request.
#[derive(Debug)]
struct Builtin(Arc<Script>);

impl Responder for Builtin {
    fn see(&mut self, seen: Seen, scene: &mut Scene<'_>, acts: &mut Acts) {
        match seen {
            Seen::Began => {
                if let Some(greeting) = &self.0.greeting {
                    send(greeting, seen, scene, acts);
                }
            }
            Seen::Request => {
                on_body(self.0.framing.as_ref(), scene, |scene| {
                    self.reply(scene, acts)
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
                if !send(message, Seen::Request, scene, acts) {
                    return;
                }
            }
        }
        if self.0.close_after_reply {
            acts.request(Act::Finish);
        }
    }
}

/// Does something with a scene whose request is a frame without its line ending or its delimiters, if there is a framing.
pub(super) fn on_body<T>(
    framing: Option<&Framing>,
    scene: &mut Scene<'_>,
    act: impl FnOnce(&mut Scene<'_>) -> T,
) -> T {
    let (Some(framing), Some(request)) = (framing, scene.request) else {
        return act(scene);
    };
    let body = framing.checked(request);
    let mut own = Scene {
        request: Some(&body),
        random: &mut *scene.random,
        ..*scene
    };
    let done = act(&mut own);
    scene.count = own.count;
    done
}

/// Requests that a message be sent, and returns true; reports why it cannot be rendered otherwise.
pub(super) fn send(
    message: &Message,
    seen: Seen,
    scene: &mut Scene<'_>,
    acts: &mut Acts,
) -> bool {
    match rendered(message, seen, scene) {
        Ok(bytes) => acts.send(bytes),
        Err(problem) => {
            acts.report(problem);
            return false;
        }
    }
    true
}

/// Returns the bytes of a message.
///
/// # Errors
/// It cannot be rendered.
pub(super) fn rendered(
    message: &Message,
    seen: Seen,
    scene: &mut Scene<'_>,
) -> Result<Bytes, ProblemKind> {
    let template = match message {
        Message::Bytes(bytes) => return Ok(bytes.clone()),
        Message::Template(template) => template,
    };
    if seen == Seen::Request && scene.request.is_none() && template.needs_request() {
        return Err(ProblemKind::RequestTooLong);
    }
    let rendered = template.render(scene).map_err(ProblemKind::Template)?;
    scene.count += 1;
    Ok(rendered.bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::template::Now;

    fn seen(script: Script, seen: Seen) -> Vec<Act> {
        let mut acts = Acts::default();
        let mut scene = Scene {
            now: &Now::new(jiff::Zoned::now),
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
