//! What answers on one connection. It keeps its own state, and knows no socket and no other connection.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use bytes::Bytes;

use super::Message;
use super::act::{Acts, ProblemKind, TimerId};
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
    /// How often rules applied, by their names, of those that are limited to so many on a connection.
    pub applied: Vec<(Arc<str>, u32)>,
    /// Whether its end was seen.
    pub has_ended: bool,
}

/// Makes the responders of an endpoint, one for each connection.
#[derive(Clone)]
pub struct Program(Arc<dyn Fn() -> Box<dyn Responder> + Send + Sync>);

impl Program {
    /// Makes a program from what makes its responders.
    pub fn new(make: impl Fn() -> Box<dyn Responder> + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// Makes the responder of one connection.
    pub(super) fn make(&self) -> Box<dyn Responder> {
        (self.0)()
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
pub(super) fn send(message: &Message, scene: &mut Scene<'_>, acts: &mut Acts) -> bool {
    match rendered(message, scene) {
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
pub(super) fn rendered(message: &Message, scene: &mut Scene<'_>) -> Result<Bytes, ProblemKind> {
    let template = match message {
        Message::Bytes(bytes) => return Ok(bytes.clone()),
        Message::Template(template) => template,
    };
    let rendered = template.render(scene).map_err(ProblemKind::Template)?;
    scene.count += 1;
    Ok(rendered.bytes.into())
}
