//! Rendering a message on a connection, and holding messages until there is one.

use std::borrow::Cow;
use std::sync::Arc;

use super::address::{Address, Process, UnixName};
use super::event::Link;
use crate::payload::template::{RenderError, RenderTime, Rendered, Scene, SceneAddress, Template};
use crate::script::Message;
use crate::script::sequence::Sequence;

/// Renders a template as it would be sent now, on a connection on which `count` templates were sent before.
///
/// Without a connection, the addresses are placeholders and the number is that of the next connection. A reply may use the
/// bytes of the request that it answers.
pub fn render(
    template: &Template,
    link: Option<&Link>,
    count: u64,
    request: Option<&[u8]>,
) -> Result<Rendered, RenderError> {
    on_scene(link, count, request, |scene| template.render(scene))
}

/// Does something with what is known on a connection at the time of sending.
pub(super) fn on_scene<T>(
    link: Option<&Link>,
    count: u64,
    request: Option<&[u8]>,
    act: impl FnOnce(&mut Scene<'_>) -> T,
) -> T {
    let local = link.and_then(local_of);
    act(&mut Scene {
        now: &RenderTime::new(jiff::Zoned::now),
        peer: link.map(|link| (&link.peer).into()),
        local: local.as_deref().map(SceneAddress::from),
        connection: link.map_or(1, |link| link.connection.number),
        count,
        request,
        pieces: &[],
        memory: None,
        times: 1,
        random: &mut |bytes| fastrand::fill(bytes),
    })
}

/// Returns our address. A Unix socket without a name is called as its peer calls it: by this process.
fn local_of(link: &Link) -> Option<Cow<'_, Address>> {
    let local = link.local.as_ref()?;
    let own = match local {
        Address::Unix(UnixName::Unnamed) => own_process(),
        _ => None,
    };
    Some(own.map_or(Cow::Borrowed(local), |own| {
        Cow::Owned(UnixName::Process(own).into())
    }))
}

impl<'a> From<&'a Address> for SceneAddress<'a> {
    fn from(address: &'a Address) -> Self {
        match address {
            Address::Tcp(address) | Address::Udp(address) => Self::Ip(*address),
            Address::Unix(_) => Self::Other(address),
        }
    }
}

/// Returns this process, where a system reports processes of Unix sockets.
fn own_process() -> Option<Process> {
    #[cfg(target_os = "linux")]
    {
        let own = super::kernel::own_process().ok()?;
        Some(Process {
            pid: own.pid,
            uid: rustix::process::getuid().as_raw(),
            command: own.command,
        })
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// What is to be done once there is a connection.
pub(super) enum Errand {
    /// Send a message.
    Message(Message),
    /// Run a sequence.
    Run(Arc<Sequence>),
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
