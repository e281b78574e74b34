//! Endpoints as the user typed them, and the one step from there to a validated configuration.

use serde::{Deserialize, Serialize};

use crate::net::EndpointId;
use crate::payload::Draft;

/// An endpoint as the user set it up.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointForm {
    /// Which one; numbers are given at load time and are not saved.
    pub id: EndpointId,
    /// Its name, unique in the workspace.
    pub name: String,
    /// What it is.
    pub kind: EndpointKind,
}

/// A server or a client.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointKind {
    /// A server.
    Server(ServerForm),
    /// A client.
    Client(ClientForm),
}

/// A server as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerForm {
    /// The address to listen on.
    pub bind_address_text: String,
    /// The port to listen on; 0 is any free one.
    pub bind_port_text: String,
    /// Whether an IPv6 address takes IPv4 peers too.
    pub dual_stack: bool,
    /// The queue of connections that wait to be accepted.
    pub backlog_text: String,
    /// The size of the buffer for each read, with an optional `k` or `m`.
    pub read_buffer_text: String,
    /// What it replies.
    pub reply: ReplyKind,
    /// The fixed message, for [`ReplyKind::Fixed`].
    pub reply_message: Draft,
    /// Whether it finishes a connection after the first reply.
    pub close_after_reply: bool,
    /// Whether it stays half-open when the peer finishes.
    pub stay_half_open: bool,
}

/// What a server replies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// The same bytes.
    #[default]
    Echo,
    /// A fixed message.
    Fixed,
    /// Nothing.
    None,
}

/// A client as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientForm {
    /// Whom it connects to.
    pub target: TargetForm,
    /// The host, for [`TargetForm::Address`].
    pub remote_host_text: String,
    /// The port, for [`TargetForm::Address`].
    pub remote_port_text: String,
    /// How long each address may take: `5s`.
    pub connect_timeout_text: String,
    /// The size of the buffer for each read, with an optional `k` or `m`.
    pub read_buffer_text: String,
    /// Whether it stays half-open when the peer finishes.
    pub stay_half_open: bool,
}

/// Whom a client connects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetForm {
    /// A server of this workspace; the client follows its bound address.
    Server(EndpointId),
    /// The typed host and port.
    Address,
}

impl Default for ServerForm {
    fn default() -> Self {
        Self {
            bind_address_text: "127.0.0.1".to_owned(),
            bind_port_text: crate::net::DEFAULT_PORT.to_string(),
            dual_stack: false,
            backlog_text: crate::net::DEFAULT_BACKLOG.to_string(),
            read_buffer_text: "64k".to_owned(),
            reply: ReplyKind::Echo,
            reply_message: Draft::default(),
            close_after_reply: false,
            stay_half_open: false,
        }
    }
}

impl Default for ClientForm {
    fn default() -> Self {
        Self {
            target: TargetForm::Address,
            remote_host_text: "127.0.0.1".to_owned(),
            remote_port_text: crate::net::DEFAULT_PORT.to_string(),
            connect_timeout_text: "5s".to_owned(),
            read_buffer_text: "64k".to_owned(),
            stay_half_open: false,
        }
    }
}
