//! What a peer does by itself: it sees what happens on its connection and requests acts. Pure: no sockets, no clock.
//!
//! A [`Script`] is what the user set up, the same for all connections of an endpoint. Each connection has a
//! [`Responder`] of its own, made from it. The engine shows the responder what happens and carries out the acts.

mod act;
mod builtin;
mod requests;
mod responder;
pub mod rules;
pub mod sequence;

use std::sync::Arc;

use bytes::Bytes;

pub use act::{
    Act, Acts, Content, Disturbance, EndpointRef, ProblemKind, Requested, ResponderProblem,
    RuleNumber, Slices, TimerId, Whom,
};
pub use requests::{MAX_REQUEST_BYTES, PeerRequest, REQUEST_SHARE_BYTES, Requests};
pub use responder::{Program, Responder, Seen, Standing};

use crate::payload::framing::Framing;
use crate::payload::template::Template;
use rules::RuleSet;

/// What an endpoint does by itself on each of its connections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// What it sends before the peer has sent anything.
    pub greeting: Option<Message>,
    /// What it replies.
    pub reply: Reply,
    /// With this framing, a message answers each frame; without, each chunk. An echo repeats chunks in any case.
    pub framing: Option<Framing>,
    /// Whether to finish sending after the first reply.
    pub close_after_reply: bool,
}

/// What an endpoint replies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reply {
    /// The received bytes, chunk by chunk.
    #[default]
    Echo,
    /// A message for each request.
    Message(Message),
    /// Whatever its rules say.
    Rules(RuleSet),
    /// Whatever its responders request.
    Program(Program),
    /// Nothing.
    None,
}

/// What to send: bytes, or a template that is rendered each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// These bytes. None at all send nothing.
    Bytes(Bytes),
    /// A template, rendered on each connection when it is queued there.
    Template(Arc<Template>),
}

/// Makes the responder of one connection.
pub fn responder(script: &Arc<Script>) -> Box<dyn Responder> {
    match &script.reply {
        Reply::Program(program) => program.make(),
        Reply::Rules(set) => Box::new(rules::Ruled::new(set.clone(), script.greeting.clone())),
        Reply::Echo | Reply::Message(_) | Reply::None => {
            Box::new(builtin::Builtin(Arc::clone(script)))
        }
    }
}

impl Script {
    /// Returns the script of an endpoint that does nothing by itself.
    pub fn silent() -> Self {
        Self {
            reply: Reply::None,
            ..Self::default()
        }
    }

    /// Returns the messages that it sends.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        let reply = match &self.reply {
            Reply::Message(message) => Some(message),
            Reply::Echo | Reply::Rules(_) | Reply::Program(_) | Reply::None => None,
        };
        let by_rules = match &self.reply {
            Reply::Rules(set) => Some(set.rules().messages()),
            _ => None,
        };
        let by_rules = by_rules.into_iter().flatten();
        self.greeting.iter().chain(reply).chain(by_rules)
    }

    /// Returns the messages that it sends, to change them.
    pub fn messages_mut(&mut self) -> impl Iterator<Item = &mut Message> {
        let (reply, by_rules) = match &mut self.reply {
            Reply::Message(message) => (Some(message), None),
            Reply::Rules(set) => (None, Some(set.messages_mut())),
            Reply::Echo | Reply::Program(_) | Reply::None => (None, None),
        };
        let by_rules = by_rules.into_iter().flatten();
        self.greeting.iter_mut().chain(reply).chain(by_rules)
    }

    /// Returns whether it cuts what is received into requests.
    pub fn takes_requests(&self) -> bool {
        matches!(
            self.reply,
            Reply::Message(_) | Reply::Rules(_) | Reply::Program(_)
        )
    }

    /// Returns whether its replies contain bytes of the requests.
    pub fn uses_requests(&self) -> bool {
        match &self.reply {
            Reply::Message(Message::Template(template)) => template.needs_request(),
            Reply::Rules(_) | Reply::Program(_) => true,
            Reply::Message(Message::Bytes(_)) | Reply::Echo | Reply::None => false,
        }
    }
}

impl Message {
    /// Returns whether it contains files, which have to be read first.
    pub fn names_files(&self) -> bool {
        matches!(self, Self::Template(template) if template.names_files())
    }

    /// Returns its length in bytes, as far as it is known before rendering.
    pub fn len_bytes(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Template(template) => template.least_len_bytes(),
        }
    }
}

/// A template that always renders the same bytes becomes those bytes.
impl From<Template> for Message {
    fn from(template: Template) -> Self {
        match template.into_literal() {
            Ok(bytes) => Self::Bytes(bytes.into()),
            Err(template) => Self::Template(Arc::new(template)),
        }
    }
}

impl From<Bytes> for Message {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}
