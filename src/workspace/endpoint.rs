//! Endpoints as the user typed them, and the one step from there to a validated configuration.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::fields::{self, Field, FieldError, FieldProblem};
use super::protocol::{ProtocolForm, ReadingForm};
use crate::capture::store::EndpointFacts;
use crate::net::{
    self, ByDirection, ClientConfig, EndpointId, Reply, ServerBehaviour, ServerConfig, Target,
    WhenPeerFinishes,
};
use crate::payload::Draft;

/// An endpoint as the user set it up.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointForm {
    /// Which one; numbers are given at load time and are not saved.
    pub id: EndpointId,
    /// Its name, unique in the document.
    pub name: String,
    /// What it is.
    pub kind: EndpointKind,
}

impl EndpointForm {
    /// Returns how its bytes are read.
    pub fn protocol(&self) -> &ProtocolForm {
        match &self.kind {
            EndpointKind::Server(form) => &form.protocol,
            EndpointKind::Client(form) => &form.protocol,
        }
    }

    /// Returns what a capture keeps of it.
    pub fn facts(&self) -> EndpointFacts {
        let ByDirection { received, sent } = self.protocol().map(ReadingForm::facts);
        EndpointFacts {
            name: self.name.clone(),
            received,
            sent,
        }
    }
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// How its bytes are read.
    pub protocol: ProtocolForm,
}

/// What a server replies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// How its bytes are read.
    pub protocol: ProtocolForm,
}

/// Whom a client connects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetForm {
    /// A server of this document; the client follows its bound address.
    Server(EndpointId),
    /// The typed host and port.
    Address,
}

/// The server that a client follows, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed<'a> {
    /// The server's name.
    pub name: &'a str,
    /// Where it listens, if it does.
    pub bound: Option<SocketAddr>,
}

impl ServerForm {
    /// Returns what the fields say.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self) -> Result<ServerConfig, FieldError> {
        let form = self.taken_apart();
        let port = Field::BindPort.read(fields::parse_port(&form.bind_port_text));
        let bind =
            fields::parse_bind_address(&form.bind_address_text, *port.as_ref().unwrap_or(&0));
        let bind = Field::BindAddress.read(bind)?;
        port?;
        let backlog = Field::Backlog.read(fields::parse_backlog(&form.backlog_text))?;
        Ok(ServerConfig {
            bind,
            dual_stack: form.dual_stack && bind.is_ipv6(),
            backlog,
            behaviour: form.behaviour()?,
        })
    }

    /// Returns the part of it that may be changed while the server runs. The files of a reply are not read.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn behaviour(&self) -> Result<ServerBehaviour, FieldError> {
        let read_buffer =
            Field::ReadBuffer.read(fields::parse_read_buffer(&self.read_buffer_text))?;
        let (reply, reply_framing) = match self.reply {
            ReplyKind::Echo => (Reply::Echo, None),
            ReplyKind::None => (Reply::None, None),
            ReplyKind::Fixed => {
                let message = self.reply_message.compile(self.protocol.sent.encoding);
                let message = Field::ReplyMessage.read(message)?;
                (Reply::of(message), self.protocol.received.framing()?)
            }
        };
        Ok(ServerBehaviour {
            read_buffer,
            reply,
            reply_framing,
            close_after_reply: self.close_after_reply,
            when_peer_finishes: when_peer_finishes(self.stay_half_open),
        })
    }

    /// Returns the form with a port that was pasted into the address field put into the port field.
    #[must_use]
    pub fn taken_apart(&self) -> Self {
        let mut form = self.clone();
        take_apart(&mut form.bind_address_text, &mut form.bind_port_text);
        form
    }
}

impl ClientForm {
    /// Returns what the fields say; `followed` is the server that [`TargetForm::Server`] names.
    ///
    /// A client of a server that listens on all addresses connects to the loopback address of the same family.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self, followed: Option<Followed<'_>>) -> Result<ClientConfig, FieldError> {
        let target = match self.target {
            TargetForm::Server(_) => followed_target(followed),
            TargetForm::Address => self.typed_target(),
        }?;
        let (connect_timeout, read_buffer) = self.options()?;
        Ok(ClientConfig {
            target,
            connect_timeout,
            read_buffer,
            when_peer_finishes: when_peer_finishes(self.stay_half_open),
        })
    }

    /// Returns what the fields beside the target say: the connect timeout and the read buffer in bytes.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn options(&self) -> Result<(Duration, usize), FieldError> {
        let connect_timeout = fields::parse_connect_timeout(&self.connect_timeout_text);
        let read_buffer = fields::parse_read_buffer(&self.read_buffer_text);
        Ok((
            Field::ConnectTimeout.read(connect_timeout)?,
            Field::ReadBuffer.read(read_buffer)?,
        ))
    }

    /// Returns the form with a port that was pasted into the host field put into the port field.
    #[must_use]
    pub fn taken_apart(&self) -> Self {
        let mut form = self.clone();
        take_apart(&mut form.remote_host_text, &mut form.remote_port_text);
        form
    }

    /// Returns the typed host and port as one; an IPv6 address stands in brackets.
    pub fn typed_address(&self) -> String {
        let form = self.taken_apart();
        fields::join_host_port(&form.remote_host_text, &form.remote_port_text)
    }

    fn typed_target(&self) -> Result<Target, FieldError> {
        let form = self.taken_apart();
        let host = Field::RemoteHost.read(net::split_host_port(&form.remote_host_text))?;
        let port = Field::RemotePort.read(fields::parse_port(&form.remote_port_text))?;
        if port == 0 {
            return Err(Field::RemotePort.holds(FieldProblem::RemotePort));
        }
        Ok(host.target(port))
    }
}

fn followed_target(followed: Option<Followed<'_>>) -> Result<Target, FieldError> {
    let followed = followed.ok_or(Field::Server.holds(FieldProblem::NoServer))?;
    let Some(bound) = followed.bound else {
        let name = followed.name.to_owned();
        return Err(Field::Server.holds(FieldProblem::NotListening { name }));
    };
    Ok(Target::Address(reachable(bound)))
}

/// Returns where this machine reaches a server that is bound to `bound`: "all addresses" become the loopback
/// address of their family.
pub fn reachable(mut bound: SocketAddr) -> SocketAddr {
    if bound.ip().is_unspecified() {
        bound.set_ip(match bound.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    bound
}

/// Moves a port that stands in the host's text to the port's text, and strips a scheme and brackets with it.
fn take_apart(host_text: &mut String, port_text: &mut String) {
    // What is no host and port stays as it was typed, and is an error where it is parsed.
    let Ok(split) = net::split_host_port(host_text) else {
        return;
    };
    if let Some(port) = split.port {
        *port_text = port.to_string();
        *host_text = if split.host.is_empty() {
            Ipv4Addr::LOCALHOST.to_string()
        } else {
            split.host
        };
    }
}

fn when_peer_finishes(stay_half_open: bool) -> WhenPeerFinishes {
    if stay_half_open {
        WhenPeerFinishes::StayHalfOpen
    } else {
        WhenPeerFinishes::CloseToo
    }
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
            protocol: ProtocolForm::default(),
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
            protocol: ProtocolForm::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;

    use super::*;
    use crate::net::AddressError;
    use crate::payload::Format;

    fn server(change: impl FnOnce(&mut ServerForm)) -> Result<ServerConfig, FieldError> {
        let mut form = ServerForm::default();
        change(&mut form);
        form.parse()
    }

    fn client(change: impl FnOnce(&mut ClientForm)) -> Result<ClientConfig, FieldError> {
        let mut form = ClientForm::default();
        change(&mut form);
        form.parse(None)
    }

    fn following(bound: Option<&str>) -> Result<ClientConfig, FieldError> {
        let form = ClientForm {
            target: TargetForm::Server(EndpointId(1)),
            ..ClientForm::default()
        };
        let bound = bound.map(|address| address.parse().unwrap());
        let name = "Server 1";
        form.parse(Some(Followed { name, bound }))
    }

    fn address(text: &str) -> Target {
        Target::Address(text.parse().unwrap())
    }

    #[test]
    fn a_new_server_form_is_the_default_configuration() {
        let expected = ServerConfig::new("127.0.0.1:9000".parse().unwrap());
        assert_eq!(server(|_| {}), Ok(expected));
    }

    #[test]
    fn a_server_form_says_all_that_it_holds() {
        let config = server(|form| {
            form.bind_address_text = "tcp://[::]:7".to_owned();
            form.dual_stack = true;
            form.backlog_text = "5".to_owned();
            form.read_buffer_text = "30".to_owned();
            form.reply = ReplyKind::Fixed;
            form.reply_message.text = "4F 4B".to_owned();
            form.reply_message.format = Format::Hex;
            form.close_after_reply = true;
            form.stay_half_open = true;
            form.protocol.received.framing_text = "line".to_owned();
        });
        let behaviour = ServerBehaviour {
            read_buffer: 30,
            reply: Reply::Fixed(Bytes::from_static(b"OK")),
            reply_framing: "line".parse().ok(),
            close_after_reply: true,
            when_peer_finishes: WhenPeerFinishes::StayHalfOpen,
        };
        let bind = "[::]:7".parse().unwrap();
        let (dual_stack, backlog) = (true, 5);
        assert_eq!(
            config,
            Ok(ServerConfig {
                bind,
                dual_stack,
                backlog,
                behaviour
            })
        );
    }

    #[test]
    fn ipv4_is_never_dual_stack() {
        assert!(!server(|form| form.dual_stack = true).unwrap().dual_stack);
    }

    #[test]
    fn a_wrong_field_is_named() {
        let check = |change: fn(&mut ServerForm), expected: FieldError| {
            assert_eq!(server(change), Err(expected));
        };
        check(
            |form| form.bind_port_text = "99999".to_owned(),
            Field::BindPort.holds(AddressError::Port),
        );
        check(
            |form| form.bind_address_text = "nowhere".to_owned(),
            Field::BindAddress.holds(FieldProblem::BindAddress),
        );
        check(
            |form| form.backlog_text.clear(),
            Field::Backlog.holds(FieldProblem::Backlog),
        );
        check(
            |form| form.read_buffer_text = "2m".to_owned(),
            Field::ReadBuffer.holds(FieldProblem::ReadBuffer),
        );
        let wrong = server(|form| {
            form.reply = ReplyKind::Fixed;
            form.reply_message.text = r"\x".to_owned();
        });
        let wrong = wrong.unwrap_err();
        assert_eq!(wrong.field, Field::ReplyMessage);
        assert!(matches!(wrong.problem, FieldProblem::Message(_)));
    }

    #[test]
    fn a_client_connects_to_what_was_typed() {
        let check = |host: &str, port: &str, expected: Result<Target, FieldError>| {
            let config = client(|form| {
                form.remote_host_text = host.to_owned();
                form.remote_port_text = port.to_owned();
            });
            assert_eq!(config.map(|config| config.target), expected);
        };
        check("127.0.0.1", "80", Ok(address("127.0.0.1:80")));
        check("::1", "80", Ok(address("[::1]:80")));
        check("[::1]:81", "80", Ok(address("[::1]:81")));
        check("tcp://10.0.0.1:81/", "", Ok(address("10.0.0.1:81")));
        let name = "example.org".to_owned();
        check("example.org", "80", Ok(Target::Host { name, port: 80 }));
        check(
            "example.org",
            "0",
            Err(Field::RemotePort.holds(FieldProblem::RemotePort)),
        );
        check(
            "example.org:99999",
            "80",
            Err(Field::RemoteHost.holds(AddressError::Port)),
        );
        check("", "80", Err(Field::RemoteHost.holds(AddressError::NoHost)));
    }

    #[test]
    fn a_client_has_its_own_times_and_sizes() {
        let config = client(|form| {
            form.connect_timeout_text = "200ms".to_owned();
            form.read_buffer_text = "1k".to_owned();
        });
        let config = config.unwrap();
        assert_eq!(config.connect_timeout, Duration::from_millis(200));
        assert_eq!(config.read_buffer, 1024);
    }

    #[test]
    fn a_following_client_connects_to_where_its_server_listens() {
        let check = |bound: &str, expected: &str| {
            assert_eq!(following(Some(bound)).unwrap().target, address(expected));
        };
        check("127.0.0.1:9000", "127.0.0.1:9000");
        check("0.0.0.0:9000", "127.0.0.1:9000");
        check("[::]:9000", "[::1]:9000");
        check("192.168.1.5:9000", "192.168.1.5:9000");
    }

    #[test]
    fn a_followed_server_has_to_listen() {
        let name = "Server 1".to_owned();
        let stopped = Field::Server.holds(FieldProblem::NotListening { name });
        assert_eq!(following(None), Err(stopped));
        let gone = client(|form| form.target = TargetForm::Server(EndpointId(1)));
        assert_eq!(gone, Err(Field::Server.holds(FieldProblem::NoServer)));
    }
}
