//! Endpoints as the user typed them, and the one step from there to a validated configuration.

use super::address_form::{AddressForm, TransportKind};
use super::behaviour_form::{BehaviourForm, ReplyKind};
use super::fields::{self, FieldError, FieldProblem, FormField};
use super::protocol::{ProtocolForm, ReadingForm};
use super::sequences::SequenceForm;
use super::socket_form::SocketForm;
use super::tls_form::{ClientTlsForm, ServerTlsForm};
use super::udp_form::UdpForm;
use crate::capture::store::EndpointFacts;
use crate::net::{
    Address, Behaviour, ByDirection, ClientConfig, Conditions, EndpointId, Network, ServerConfig,
    Target, UdpOptions,
};

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

    /// Returns the network that its setup names.
    pub fn network(&self) -> Network {
        match &self.kind {
            EndpointKind::Server(form) => form.network,
            EndpointKind::Client(form) => form.network,
        }
    }

    /// Returns whether its setup says that it speaks TLS.
    pub fn is_tls(&self) -> bool {
        let address = match &self.kind {
            EndpointKind::Server(form) => &form.bind,
            EndpointKind::Client(form) => &form.remote,
        };
        address.chosen_transport() == TransportKind::Tls
    }

    /// Returns what a capture keeps of it.
    pub fn facts(&self) -> EndpointFacts {
        let protocol = self.protocol().over(self.kind.own_transport());
        let ByDirection { received, sent } = protocol.map(ReadingForm::facts);
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

impl ClientForm {
    /// Returns the server of the document that it connects to.
    pub fn follows(&self) -> Option<EndpointId> {
        match self.target {
            TargetForm::Server(server) => Some(server),
            TargetForm::Address => None,
        }
    }
}

impl EndpointKind {
    /// Returns the server of the document that a client connects to.
    pub fn follows(&self) -> Option<EndpointId> {
        match self {
            Self::Client(form) => form.follows(),
            Self::Server(_) => None,
        }
    }

    /// Returns what carries its bytes, as far as it decides that by itself: a client that follows a server does not
    /// ([`Document::transport`](super::Document::transport)).
    pub fn own_transport(&self) -> TransportKind {
        match self {
            Self::Server(form) => form.bind.chosen_transport(),
            Self::Client(form) if form.target == TargetForm::Address => {
                form.remote.chosen_transport()
            }
            Self::Client(_) => TransportKind::default(),
        }
    }

    /// Returns its sequences of send and expect; a server has none.
    pub fn sequences(&self) -> &[SequenceForm] {
        match self {
            Self::Server(_) => &[],
            Self::Client(form) => &form.sequences,
        }
    }

    /// Returns what it does by itself, as it was typed.
    pub fn behaviour(&self) -> &BehaviourForm {
        match self {
            Self::Server(form) => &form.behaviour,
            Self::Client(form) => &form.behaviour,
        }
    }

    /// Returns what the endpoint does by itself, to change it.
    pub fn behaviour_mut(&mut self) -> &mut BehaviourForm {
        match self {
            Self::Server(form) => &mut form.behaviour,
            Self::Client(form) => &mut form.behaviour,
        }
    }

    /// Returns how its bytes are read, to change it.
    pub fn protocol_mut(&mut self) -> &mut ProtocolForm {
        match self {
            Self::Server(form) => &mut form.protocol,
            Self::Client(form) => &mut form.protocol,
        }
    }

    /// Returns the part of it that may be changed while it runs. The files of its messages are not read.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse_behaviour(&self) -> Result<Behaviour, FieldError> {
        match self {
            Self::Server(form) => form.behaviour(),
            Self::Client(form) => {
                let protocol = form.protocol.over(self.own_transport());
                form.behaviour.parse(&protocol)
            }
        }
    }

    /// Returns the first field, beside a client's target, that holds something wrong, from top to bottom; `transport` is
    /// what carries its bytes ([`Document::transport`](super::Document::transport)).
    pub fn problem(&self, transport: TransportKind) -> Option<FieldError> {
        match self {
            Self::Server(form) => form.parse().err(),
            Self::Client(form) => form.problem(transport),
        }
    }
}

/// A server as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerForm {
    /// The address to listen on; port 0 is any free one.
    pub bind: AddressForm,
    /// The network that it listens in. A Unix socket is in none.
    pub network: Network,
    /// How much later packets of the lab arrive: `50ms`. Empty for at once.
    pub lab_delay_text: String,
    /// How many packets of the lab are lost: `1%`. Empty for none.
    pub lab_loss_text: String,
    /// Whether an IPv6 address takes IPv4 peers too.
    pub dual_stack: bool,
    /// The permissions of a Unix socket's file in octal: `600`. Empty for the system's.
    pub mode_text: String,
    /// The queue of connections that wait to be accepted.
    pub backlog_text: String,
    /// What it does by itself.
    pub behaviour: BehaviourForm,
    /// The options of its sockets.
    pub socket: SocketForm,
    /// What only UDP has.
    pub udp: UdpForm,
    /// What only TLS has.
    pub tls: ServerTlsForm,
    /// How its bytes are read.
    pub protocol: ProtocolForm,
}

/// A client as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientForm {
    /// Whom it connects to.
    pub target: TargetForm,
    /// The address, for [`TargetForm::Address`].
    pub remote: AddressForm,
    /// The network that it connects in, for [`TargetForm::Address`]; a client that follows a server is in the server's.
    pub network: Network,
    /// How long each address may take: `5s`.
    pub connect_timeout_text: String,
    /// When it connects again by itself: `1s..30s, 10 times`. Empty for never.
    pub reconnect_text: String,
    /// What it does by itself.
    pub behaviour: BehaviourForm,
    /// The options of its socket.
    pub socket: SocketForm,
    /// What only UDP has.
    pub udp: UdpForm,
    /// What only TLS has.
    pub tls: ClientTlsForm,
    /// How its bytes are read.
    pub protocol: ProtocolForm,
    /// Its sequences of send and expect.
    pub sequences: Vec<SequenceForm>,
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
    pub bound: Option<&'a Address>,
    /// The network that it listens in.
    pub network: Network,
    /// Whether it speaks TLS.
    pub is_tls: bool,
}

impl ServerForm {
    /// Returns what the fields say.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self) -> Result<ServerConfig, FieldError> {
        let bind = self.bind.bind()?;
        let transport = TransportKind::of(&bind);
        let (backlog, mode) = match transport {
            TransportKind::Udp => (crate::net::DEFAULT_BACKLOG, None),
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => {
                (self.backlog()?, self.mode()?)
            }
        };
        let is_ipv6 = bind.ip().is_some_and(|it| it.is_ipv6());
        let udp = match &bind {
            Address::Udp(address) => self.udp.parse(Some(address.ip()))?,
            _ => UdpOptions::default(),
        };
        Ok(ServerConfig {
            bind,
            network: self.network,
            conditions: self.conditions()?,
            dual_stack: self.dual_stack && is_ipv6,
            mode,
            backlog,
            options: self.socket.parse(transport)?,
            udp,
            tls: match self.bind.chosen_transport() {
                TransportKind::Tls => Some(Box::new(self.tls.parse()?)),
                _ => None,
            },
            handshake_timeout: crate::net::DEFAULT_HANDSHAKE_TIMEOUT,
            behaviour: self.behaviour()?,
        })
    }

    fn backlog(&self) -> Result<u32, FieldError> {
        FormField::Backlog.read(fields::parse_backlog(&self.backlog_text))
    }

    fn mode(&self) -> Result<Option<u32>, FieldError> {
        match self.mode_text.trim() {
            "" => Ok(None),
            text => FormField::Mode.read(fields::parse_mode(text)).map(Some),
        }
    }

    /// Returns how packets of the lab travel.
    fn conditions(&self) -> Result<Conditions, FieldError> {
        let mut conditions = Conditions::default();
        if self.network == Network::System {
            return Ok(conditions);
        }
        let (delay, loss) = (self.lab_delay_text.trim(), self.lab_loss_text.trim());
        if !delay.is_empty() {
            conditions.delay = FormField::LabDelay.read(fields::parse_lab_delay(delay))?;
        }
        if !loss.is_empty() {
            conditions.loss_ppm = FormField::LabLoss.read(fields::parse_lab_loss(loss))?;
        }
        Ok(conditions)
    }

    /// Returns the part of it that may be changed while the server runs. The files of its messages are not read.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn behaviour(&self) -> Result<Behaviour, FieldError> {
        let transport = self.bind.chosen_transport();
        self.behaviour.parse(&self.protocol.over(transport))
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
            TargetForm::Address => self.remote.target(),
        }?;
        let network = match (self.target, followed) {
            (TargetForm::Server(_), Some(followed)) => followed.network,
            _ => self.network,
        };
        let is_tls = match (self.target, followed) {
            (TargetForm::Server(_), Some(followed)) => followed.is_tls,
            _ => self.remote.chosen_transport() == TransportKind::Tls,
        };
        let config = self.config(target, is_tls)?;
        Ok(ClientConfig { network, ..config })
    }

    /// Returns the first field beside the target that holds something wrong, from top to bottom.
    fn problem(&self, transport: TransportKind) -> Option<FieldError> {
        let target = Target::new("localhost", 1);
        let target = match transport {
            TransportKind::Udp => target.with_udp(),
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => target,
        };
        self.config(target, transport == TransportKind::Tls).err()
    }

    fn config(&self, target: Target, is_tls: bool) -> Result<ClientConfig, FieldError> {
        let transport = if target.is_udp() {
            TransportKind::Udp
        } else if is_tls {
            TransportKind::Tls
        } else {
            TransportKind::Tcp
        };
        // Nobody answers an attempt of UDP, so none takes time.
        let connect_timeout = match transport {
            TransportKind::Udp => Ok(crate::net::DEFAULT_CONNECT_TIMEOUT),
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => {
                fields::parse_connect_timeout(&self.connect_timeout_text)
            }
        };
        let reconnect = match self.reconnect_text.trim() {
            "" => None,
            text => Some(FormField::Reconnect.read(fields::parse_reconnect(text))?),
        };
        let udp = if target.is_udp() {
            self.udp.parse(None)?
        } else {
            UdpOptions::default()
        };
        Ok(ClientConfig {
            target,
            network: self.network,
            connect_timeout: FormField::ConnectTimeout.read(connect_timeout)?,
            reconnect,
            options: self.socket.parse(transport)?,
            udp,
            tls: if is_tls {
                Some(Box::new(self.tls.parse()?))
            } else {
                None
            },
            behaviour: self.behaviour.parse(&self.protocol.over(transport))?,
        })
    }
}

fn followed_target(followed: Option<Followed<'_>>) -> Result<Target, FieldError> {
    let followed = followed.ok_or(FormField::Server.holds(FieldProblem::NoServer))?;
    let Some(bound) = followed.bound else {
        let name = followed.name.to_owned();
        return Err(FormField::Server.holds(FieldProblem::NotListening { name }));
    };
    Ok(Target::Address(bound.reachable()))
}

impl Default for ServerForm {
    fn default() -> Self {
        Self {
            bind: AddressForm::default(),
            network: Network::System,
            lab_delay_text: String::new(),
            lab_loss_text: String::new(),
            dual_stack: false,
            mode_text: String::new(),
            backlog_text: crate::net::DEFAULT_BACKLOG.to_string(),
            behaviour: BehaviourForm::replying(ReplyKind::Echo),
            socket: SocketForm::default(),
            udp: UdpForm::default(),
            tls: ServerTlsForm::default(),
            protocol: ProtocolForm::default(),
        }
    }
}

impl Default for ClientForm {
    fn default() -> Self {
        Self {
            target: TargetForm::Address,
            remote: AddressForm::default(),
            network: Network::System,
            connect_timeout_text: "5s".to_owned(),
            reconnect_text: String::new(),
            behaviour: BehaviourForm::replying(ReplyKind::None),
            socket: SocketForm::default(),
            udp: UdpForm::default(),
            tls: ClientTlsForm::default(),
            protocol: ProtocolForm::default(),
            sequences: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;

    use super::*;
    use crate::net::{AddressError, Reconnect, WhenPeerFinishes};
    use crate::payload::Format;
    use crate::script::{Reply, Script};

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
        let bound: Option<Address> = bound.map(|address| address.parse().unwrap());
        let name = "Server 1";
        let bound = bound.as_ref();
        let network = Network::System;
        form.parse(Some(Followed {
            name,
            bound,
            network,
            is_tls: false,
        }))
    }

    fn address(text: &str) -> Target {
        Target::Address(text.parse().unwrap())
    }

    #[test]
    fn a_new_server_form_is_the_default_configuration() {
        let expected = ServerConfig::new("127.0.0.1:9000".parse::<Address>().unwrap());
        assert_eq!(server(|_| {}), Ok(expected));
    }

    #[test]
    fn a_server_form_says_all_that_it_holds() {
        let config = server(|form| {
            form.bind.host_text = "tcp://[::]:7".to_owned();
            form.dual_stack = true;
            form.backlog_text = "5".to_owned();
            form.behaviour.read_buffer_text = "30".to_owned();
            form.behaviour.reply = ReplyKind::Fixed;
            form.behaviour.reply_message.text = "4F 4B".to_owned();
            form.behaviour.reply_message.format = Format::Hex;
            form.behaviour.close_after_reply = true;
            form.behaviour.stay_half_open = true;
            form.protocol.received.framing_text = "line".to_owned();
        });
        let behaviour = Behaviour {
            read_buffer: 30,
            script: Arc::new(Script {
                greeting: None,
                reply: Reply::Message(Bytes::from_static(b"OK").into()),
                framing: "line".parse().ok(),
                close_after_reply: true,
            }),
            when_peer_finishes: WhenPeerFinishes::StayHalfOpen,
            ..Behaviour::default()
        };
        let expected = ServerConfig {
            dual_stack: true,
            backlog: 5,
            behaviour,
            ..ServerConfig::new("[::]:7".parse::<Address>().unwrap())
        };
        assert_eq!(config, Ok(expected));
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
            |form| form.bind.port_text = "99999".to_owned(),
            FormField::BindPort.holds(AddressError::Port),
        );
        check(
            |form| form.bind.host_text = "nowhere".to_owned(),
            FormField::BindAddress.holds(FieldProblem::BindAddress),
        );
        check(
            |form| form.backlog_text.clear(),
            FormField::Backlog.holds(FieldProblem::Backlog),
        );
        check(
            |form| form.behaviour.read_buffer_text = "2m".to_owned(),
            FormField::ReadBuffer.holds(FieldProblem::ReadBuffer),
        );
        let wrong = server(|form| {
            form.behaviour.reply = ReplyKind::Fixed;
            form.behaviour.reply_message.text = r"\x".to_owned();
        });
        let wrong = wrong.unwrap_err();
        assert_eq!(wrong.field, FormField::ReplyMessage);
        assert!(matches!(wrong.problem, FieldProblem::Message(_)));
    }

    #[test]
    fn a_client_connects_to_what_was_typed() {
        let check = |host: &str, port: &str, expected: Result<Target, FieldError>| {
            let config = client(|form| {
                form.remote.host_text = host.to_owned();
                form.remote.port_text = port.to_owned();
            });
            assert_eq!(config.map(|config| config.target), expected);
        };
        check("127.0.0.1", "80", Ok(address("127.0.0.1:80")));
        check("::1", "80", Ok(address("[::1]:80")));
        check("[::1]:81", "80", Ok(address("[::1]:81")));
        check("tcp://10.0.0.1:81/", "", Ok(address("10.0.0.1:81")));
        let name = "example.org".to_owned();
        check(
            "example.org",
            "80",
            Ok(Target::Host {
                name,
                port: 80,
                is_udp: false,
            }),
        );
        check(
            "example.org",
            "0",
            Err(FormField::RemotePort.holds(FieldProblem::RemotePort)),
        );
        check(
            "example.org:99999",
            "80",
            Err(FormField::RemoteHost.holds(AddressError::Port)),
        );
        check(
            "",
            "80",
            Err(FormField::RemoteHost.holds(AddressError::NoHost)),
        );
    }

    #[test]
    fn a_client_has_its_own_times_and_sizes() {
        let config = client(|form| {
            form.connect_timeout_text = "200ms".to_owned();
            form.reconnect_text = " 2s..1m, 3 times ".to_owned();
            form.behaviour.read_buffer_text = "1k".to_owned();
        });
        let config = config.unwrap();
        assert_eq!(config.connect_timeout, Duration::from_millis(200));
        let reconnect = Reconnect {
            first: Duration::from_secs(2),
            most: Duration::from_mins(1),
            attempts: NonZeroU32::new(3),
        };
        assert_eq!(config.reconnect, Some(reconnect));
        assert_eq!(config.behaviour.read_buffer, 1024);
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
    fn a_following_client_is_in_the_network_of_its_server() {
        let address = "127.0.0.1:9000".parse().unwrap();
        let followed = |network| {
            Some(Followed {
                name: "Server 1",
                bound: Some(&address),
                network,
                is_tls: false,
            })
        };
        let form = ClientForm {
            target: TargetForm::Server(EndpointId(1)),
            ..ClientForm::default()
        };
        for network in Network::ALL {
            assert_eq!(form.parse(followed(network)).unwrap().network, network);
        }
        let alone = client(|form| form.network = Network::Lab);
        assert_eq!(alone.unwrap().network, Network::Lab);
    }

    #[test]
    fn only_the_lab_delays_and_loses() {
        let in_network = |network| {
            server(|form| {
                form.network = network;
                form.lab_delay_text = "50ms".to_owned();
                form.lab_loss_text = "0.5%".to_owned();
            })
        };
        let conditions = in_network(Network::Lab).unwrap().conditions;
        assert_eq!(
            (conditions.delay, conditions.loss_ppm),
            (Duration::from_millis(50), 5_000)
        );
        assert!(in_network(Network::System).unwrap().conditions.is_plain());
        let wrong = server(|form| {
            form.network = Network::Lab;
            form.lab_loss_text = "much".to_owned();
        });
        assert_eq!(wrong, Err(FormField::LabLoss.holds(FieldProblem::LabLoss)));
    }

    #[test]
    fn a_followed_server_has_to_listen() {
        let name = "Server 1".to_owned();
        let stopped = FormField::Server.holds(FieldProblem::NotListening { name });
        assert_eq!(following(None), Err(stopped));
        let gone = client(|form| form.target = TargetForm::Server(EndpointId(1)));
        assert_eq!(gone, Err(FormField::Server.holds(FieldProblem::NoServer)));
    }
}
