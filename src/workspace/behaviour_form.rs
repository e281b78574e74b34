//! What an endpoint does by itself, as it was typed. Servers and clients have the same.

use std::sync::Arc;

use super::fields::{self, FieldError, FormField};
use super::protocol::ProtocolForm;
use super::rules::RulesForm;
use crate::net::{Behaviour, Observe, WhenPeerFinishes};
use crate::payload::Draft;
use crate::script::rules::RuleSet;
use crate::script::{Message, Reply, Script};

/// What an endpoint does by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehaviourForm {
    /// What it sends first; nothing if the text is empty.
    pub greeting: Draft,
    /// What it replies.
    pub reply: ReplyKind,
    /// The fixed message, for [`ReplyKind::Fixed`].
    pub reply_message: Draft,
    /// The rules, for [`ReplyKind::Rules`].
    pub rules: RulesForm,
    /// Whether it finishes a connection after the first reply.
    pub close_after_reply: bool,
    /// Whether it stays half-open when the peer finishes.
    pub stay_half_open: bool,
    /// The size of the buffer for each read, with an optional `k` or `m`.
    pub read_buffer_text: String,
}

/// What an endpoint replies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReplyKind {
    /// The same bytes.
    #[default]
    Echo,
    /// A fixed message.
    Fixed,
    /// What its rules say.
    Rules,
    /// Nothing.
    None,
}

impl BehaviourForm {
    /// Returns the form of an endpoint that replies in this way.
    pub fn replying(reply: ReplyKind) -> Self {
        Self {
            greeting: Draft::default(),
            reply,
            reply_message: Draft::default(),
            rules: RulesForm::default(),
            close_after_reply: false,
            stay_half_open: false,
            read_buffer_text: "64k".to_owned(),
        }
    }

    /// Returns what the fields say. The files that messages name are not read.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub(super) fn parse(&self, protocol: &ProtocolForm) -> Result<Behaviour, FieldError> {
        let read_buffer =
            FormField::ReadBuffer.read(fields::parse_read_buffer(&self.read_buffer_text))?;
        let encoding = protocol.sent.encoding;
        let greeting = if self.greeting.text.is_empty() {
            None
        } else {
            Some(
                FormField::Greeting
                    .read(self.greeting.compile(encoding))?
                    .into(),
            )
        };
        let (reply, framing) = match self.reply {
            ReplyKind::Echo => (Reply::Echo, None),
            ReplyKind::None => (Reply::None, None),
            ReplyKind::Fixed => {
                let message = FormField::ReplyMessage.read(self.reply_message.compile(encoding))?;
                let message = Message::from(message);
                (Reply::Message(message), protocol.received.framing()?)
            }
            ReplyKind::Rules => {
                let framing = protocol.received.framing()?;
                let rules = self.rules.parse(protocol)?;
                (Reply::Rules(RuleSet::starting(rules)), framing)
            }
        };
        Ok(Behaviour {
            read_buffer,
            script: Arc::new(Script {
                greeting,
                reply,
                framing,
                close_after_reply: self.close_after_reply,
            }),
            when_peer_finishes: if self.stay_half_open {
                WhenPeerFinishes::StayHalfOpen
            } else {
                WhenPeerFinishes::CloseToo
            },
            observe: Observe::Everything,
        })
    }
}
