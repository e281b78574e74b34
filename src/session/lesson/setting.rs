//! What a lesson sets at its endpoints, in the words of lesson files: the keys of documents.

use std::net::IpAddr;

use crate::payload::LineEnding;
use crate::workspace::{EndpointKind, ReplyKind, SocketForm, TargetForm, TransportKind};

/// The framing that ends a frame at each line end.
const LINES: &str = "line";

/// A setting of one of a lesson's endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The address that a server listens on.
    Host(IpAddr),
    /// Whether a server on an IPv6 address takes IPv4 too.
    DualStack(bool),
    /// What carries the bytes: those who follow a server follow it in this too.
    Transport(TransportKind),
    /// After how long a silence a UDP peer is forgotten.
    ForgetAfter(String),
    /// What a server replies.
    Reply(ReplyKind),
    /// A word with which a server answers each line.
    AnswerLines(String),
    /// How many connections may wait to be accepted.
    Backlog(String),
    /// How long a connect may take.
    ConnectTimeout(String),
    /// The most that one read returns.
    ReadBuffer(String),
    /// Whether the sending side stays open when the peer has finished.
    StayHalfOpen(bool),
    /// Whether small writes are sent at once.
    NoDelay(bool),
    /// When a silent connection is probed.
    KeepAlive(String),
    /// The size of the system's send buffer.
    SendBuffer(String),
    /// The size of the system's receive buffer.
    ReceiveBuffer(String),
}

impl Setting {
    /// Reads a key and its value.
    pub(super) fn read(key: &str, value: &str) -> Option<Self> {
        let flag = || match value {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        let text = || value.to_owned();
        Some(match key {
            "host" => Self::Host(value.parse().ok()?),
            "dual_stack" => Self::DualStack(flag()?),
            "transport" => Self::Transport(match value {
                "tcp" => TransportKind::Tcp,
                "udp" => TransportKind::Udp,
                _ => return None,
            }),
            "forget_after" => Self::ForgetAfter(text()),
            "reply" => Self::Reply(match value {
                "echo" => ReplyKind::Echo,
                "none" => ReplyKind::None,
                _ => return None,
            }),
            "answer_lines" => Self::AnswerLines(text()),
            "backlog" => Self::Backlog(text()),
            "connect_timeout" => Self::ConnectTimeout(text()),
            "read_buffer" => Self::ReadBuffer(text()),
            "stay_half_open" => Self::StayHalfOpen(flag()?),
            "no_delay" => Self::NoDelay(flag()?),
            "keep_alive" => Self::KeepAlive(text()),
            "send_buffer" => Self::SendBuffer(text()),
            "receive_buffer" => Self::ReceiveBuffer(text()),
            _ => return None,
        })
    }

    /// Sets it; returns whether the endpoint is of a kind that has it, and takes the value.
    pub(super) fn set(&self, kind: &mut EndpointKind) -> bool {
        match (self, &mut *kind) {
            (Self::Host(host), EndpointKind::Server(server)) => {
                server.bind.host_text = host.to_string();
            }
            (Self::Transport(transport), EndpointKind::Server(server)) => {
                server.bind.transport = *transport;
            }
            (Self::ForgetAfter(text), EndpointKind::Server(server)) => {
                server.udp.forget_after_text.clone_from(text);
            }
            (Self::DualStack(is_on), EndpointKind::Server(server)) => server.dual_stack = *is_on,
            (Self::AnswerLines(word), EndpointKind::Server(server)) => {
                server.protocol.received.framing_text = LINES.to_owned();
                server.behaviour.reply = ReplyKind::Fixed;
                server.behaviour.reply_message.text.clone_from(word);
                server.behaviour.reply_message.line_ending = LineEnding::Lf;
            }
            (Self::Backlog(text), EndpointKind::Server(server)) => {
                server.backlog_text.clone_from(text);
            }
            (Self::ConnectTimeout(text), EndpointKind::Client(client)) => {
                client.connect_timeout_text.clone_from(text);
            }
            (Self::Reply(reply), kind) => kind.behaviour_mut().reply = *reply,
            (Self::ReadBuffer(text), kind) => {
                kind.behaviour_mut().read_buffer_text.clone_from(text);
            }
            (Self::StayHalfOpen(is_on), kind) => kind.behaviour_mut().stay_half_open = *is_on,
            (Self::NoDelay(is_on), kind) => socket(kind).no_delay = *is_on,
            (Self::KeepAlive(text), kind) => socket(kind).keep_alive_text.clone_from(text),
            (Self::SendBuffer(text), kind) => socket(kind).send_buffer_text.clone_from(text),
            (Self::ReceiveBuffer(text), kind) => {
                socket(kind).receive_buffer_text.clone_from(text);
            }
            _ => return false,
        }
        kind.problem(kind.own_transport()).is_none()
    }
}

fn socket(kind: &mut EndpointKind) -> &mut SocketForm {
    match kind {
        EndpointKind::Server(server) => &mut server.socket,
        EndpointKind::Client(client) => &mut client.socket,
    }
}

/// Makes a server use a port at its next start.
pub(super) fn pin(kind: &mut EndpointKind, port: u16) {
    if let EndpointKind::Server(server) = kind {
        server.bind.port_text = port.to_string();
    }
}

/// Makes a client connect to a host and port of its own, instead of following a server.
pub(super) fn aim(kind: &mut EndpointKind, transport: TransportKind, host: IpAddr, port: u16) {
    if let EndpointKind::Client(client) = kind {
        client.target = TargetForm::Address;
        client.remote.transport = transport;
        client.remote.host_text = host.to_string();
        client.remote.port_text = port.to_string();
    }
}
