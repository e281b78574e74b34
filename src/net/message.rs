//! What to send: bytes, or a template rendered for each connection as it is queued.

use std::sync::Arc;

use bytes::Bytes;

use super::event::{Link, Payload};
use super::id::Ids;
use crate::payload::template::{RenderError, Rendered, Scene, Template};

/// A message to send.
#[derive(Clone, Debug)]
pub enum Message {
    /// These bytes. An empty payload sends nothing.
    Bytes(Payload),
    /// A template, rendered on each connection when it is queued there.
    Template(Arc<Template>),
}

impl Message {
    /// Returns its length in bytes, as far as it is known before rendering.
    pub(super) fn len_bytes(&self) -> usize {
        match self {
            Self::Bytes(payload) => payload.bytes.len(),
            Self::Template(template) => template.least_len_bytes(),
        }
    }

    /// Returns its bytes on a connection on which `count` templates were sent before. Counts this one.
    pub(super) fn into_payload(
        self,
        link: &Link,
        count: &mut u64,
        ids: &Ids,
    ) -> Result<Payload, RenderError> {
        match self {
            Self::Bytes(payload) => Ok(payload),
            Self::Template(template) => {
                let rendered = render(&template, Some(link), *count, None)?;
                *count += 1;
                Ok(Payload::new(
                    ids.next_payload(),
                    Bytes::from(rendered.bytes),
                ))
            }
        }
    }
}

impl From<Payload> for Message {
    fn from(payload: Payload) -> Self {
        Self::Bytes(payload)
    }
}

/// Renders a template as it would be sent now, on a connection on which `count` templates were sent before.
///
/// Without a connection, the addresses are placeholders and the number is that of the next connection. `request` is what
/// a reply answers.
pub fn render(
    template: &Template,
    link: Option<&Link>,
    count: u64,
    request: Option<&[u8]>,
) -> Result<Rendered, RenderError> {
    template.render(&mut Scene {
        now: &jiff::Zoned::now(),
        peer: link.map(|link| link.peer),
        local: link.and_then(|link| link.local),
        connection: link.map_or(1, |link| link.connection.number),
        count,
        request,
        random: &mut |bytes| fastrand::fill(bytes),
    })
}

/// Messages that wait for a connection to be established.
#[derive(Default)]
pub(super) struct Held {
    messages: Vec<Message>,
    bytes: usize,
}

impl Held {
    /// The most bytes that are held.
    const LIMIT_BYTES: usize = 64 * 1024 * 1024;
    /// The most messages that are held. Any more are refused.
    const LIMIT_MESSAGES: usize = 64 * 1024;

    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.bytes.saturating_add(bytes) <= Self::LIMIT_BYTES
            && self.messages.len() < Self::LIMIT_MESSAGES
    }

    /// Returns how many bytes are held.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes as u64
    }

    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Holds a message. The caller has checked [`Self::has_room`].
    pub(super) fn push(&mut self, message: Message) {
        self.bytes += message.len_bytes();
        self.messages.push(message);
    }

    pub(super) fn into_messages(self) -> Vec<Message> {
        self.messages
    }
}
