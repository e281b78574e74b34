//! An endpoint as a line for a shell, with Nmap's ncat.

mod tls;

use super::message::known_bytes;
use super::quote::{shell, shell_printf};
use super::{Code, CodeLack, CodePlace, Coded, CodedEnd};
use crate::net::{
    Address, Behaviour, ClientConfig, DEFAULT_BACKLOG, DEFAULT_READ_BUFFER, Network, ServerConfig,
    SocketOptions, Target, UdpOptions, UnixName, WhenPeerFinishes,
};
use crate::payload::framing::{Framing, LineBreak};
use crate::script::{Reply, Script};

/// A line as far as it is written.
#[derive(Default)]
struct Line {
    words: Vec<String>,
    lacks: Vec<CodeLack>,
}

/// Writes an endpoint as a line.
pub(super) fn code(coded: &Coded<'_>) -> Code {
    let mut line = Line::default();
    let body = match coded.end {
        CodedEnd::Server(config) => line.server(config, coded),
        CodedEnd::Client(config) => line.client(coded, config),
    };
    Code::new(coded.name, "", format!("{body}\n"), line.lacks)
}

impl Line {
    fn word(&mut self, word: impl Into<String>) {
        self.words.push(word.into());
    }

    /// Notes what ncat has no option for.
    fn common(&mut self, behaviour: &Behaviour, options: &SocketOptions) {
        if behaviour.read_buffer != DEFAULT_READ_BUFFER {
            self.lacks.push(CodeLack::ReadBuffer);
        }
        if behaviour.when_peer_finishes == WhenPeerFinishes::StayHalfOpen {
            self.lacks.push(CodeLack::HalfOpen);
        }
        let plain = SocketOptions {
            source: options.source,
            ..SocketOptions::default()
        };
        if *options != plain {
            self.lacks.push(CodeLack::SocketOptions);
        }
    }

    fn server(&mut self, config: &ServerConfig, coded: &Coded<'_>) -> String {
        self.common(&config.behaviour, &config.options);
        if config.backlog != DEFAULT_BACKLOG && !config.bind.is_udp() {
            self.lacks.push(CodeLack::Backlog);
        }
        let is_udp = config.bind.is_udp();
        self.word("ncat --listen");
        if is_udp {
            self.word("--udp");
            self.group_options(&config.udp);
        }
        self.server_tls(config, coded);
        if let Some(command) = self.conversation(&config.behaviour.script, is_udp) {
            if !is_udp {
                // It ends the connection, whatever the command still has to say.
                self.lacks.push(CodeLack::AnswerAfterFinish);
            }
            self.word(format!("--keep-open --sh-exec '{command}'"));
        } else if is_udp {
            // Without a command, it hears the first peer only.
            self.lacks.push(CodeLack::OtherPeers);
            self.word("--recv-only");
        } else {
            self.word("--keep-open --recv-only");
        }
        match &config.bind {
            Address::Unix(name) => {
                if config.mode.is_some() {
                    self.lacks.push(CodeLack::Mode);
                }
                self.unix(name);
            }
            Address::Tcp(address) | Address::Udp(address) => {
                if config.network == Network::Lab {
                    self.lacks.push(CodeLack::Lab);
                }
                let is_any = address.ip().is_unspecified();
                if address.is_ipv6() && !config.dual_stack {
                    self.word("-6");
                } else if address.is_ipv4() {
                    self.word("-4");
                }
                // Without an address and a family, it listens on all addresses of both.
                if !(is_any && config.dual_stack) {
                    if config.dual_stack {
                        self.lacks.push(CodeLack::DualStack);
                    }
                    self.word(address.ip().to_string());
                }
                self.word(address.port().to_string());
            }
        }
        self.words.join(" ")
    }

    /// Notes what ncat has no option for.
    fn group_options(&mut self, udp: &UdpOptions) {
        let plain = UdpOptions {
            forget_after: udp.forget_after,
            ..UdpOptions::default()
        };
        if *udp != plain {
            self.lacks.push(CodeLack::SocketOptions);
        }
    }

    /// Returns the shell's part of a conversation, without a single quote; `None` if nothing is ever sent.
    fn conversation(&mut self, script: &Script, is_udp: bool) -> Option<String> {
        let mut steps = Vec::new();
        if let Some(greeting) = &script.greeting {
            let bytes = known_bytes(greeting, &CodePlace::Greeting, &mut self.lacks);
            steps.push(shell_printf(&bytes));
        }
        match &script.reply {
            Reply::Echo if !script.close_after_reply => steps.push("exec cat".to_owned()),
            Reply::Echo => {
                self.lacks.push(CodeLack::CloseAfterReply);
                steps.push("exec cat".to_owned());
            }
            Reply::None if steps.is_empty() => return None,
            Reply::None => steps.push("exec cat >/dev/null".to_owned()),
            Reply::Rules(_) | Reply::Program(_) => {
                self.lacks.push(CodeLack::Reply);
                if steps.is_empty() {
                    return None;
                }
                steps.push("exec cat >/dev/null".to_owned());
            }
            Reply::Message(message) => {
                let bytes = known_bytes(message, &CodePlace::Reply, &mut self.lacks);
                // A datagram is a request, whatever the framing.
                self.line_framing(script.framing.as_ref().filter(|_| !is_udp));
                let reply = shell_printf(&bytes);
                let read = "IFS= read -r line";
                steps.push(if script.close_after_reply {
                    format!("{read} && {reply}")
                } else {
                    format!("while {read}; do {reply}; done")
                });
            }
        }
        Some(steps.join("; "))
    }

    /// Notes what a shell, which reads lines, makes of a framing.
    fn line_framing(&mut self, framing: Option<&Framing>) {
        match framing {
            Some(Framing::Line(LineBreak::Any | LineBreak::Lf | LineBreak::CrLf)) => {}
            Some(other) => {
                self.lacks.push(CodeLack::Framing(other.to_string()));
                self.lacks.push(CodeLack::ReplyToReads);
            }
            None => self.lacks.push(CodeLack::ReplyToReads),
        }
    }

    fn client(&mut self, coded: &Coded<'_>, config: &ClientConfig) -> String {
        self.common(&config.behaviour, &config.options);
        let is_udp = config.target.is_udp();
        if config.reconnect.is_some() && !is_udp {
            self.lacks.push(CodeLack::Reconnect);
        }
        let script = coded.script();
        let mut sent = Vec::new();
        if let Some(greeting) = &script.greeting {
            sent.extend(known_bytes(greeting, &CodePlace::Greeting, &mut self.lacks));
        }
        if let Some(message) = coded.message {
            sent.extend(known_bytes(message, &CodePlace::Message, &mut self.lacks));
        }
        if script.reply != Reply::None {
            self.lacks.push(CodeLack::Reply);
        }
        if !sent.is_empty() {
            self.word(format!("{} |", shell_printf(&sent)));
        }
        self.word("ncat");
        if is_udp {
            self.word("--udp");
            self.group_options(&config.udp);
        }
        if !sent.is_empty() {
            // It would finish sending at the end of its input.
            self.word("--no-shutdown");
        }
        self.client_tls(config, coded);
        if !is_udp {
            self.word(format!("--wait {}ms", config.connect_timeout.as_millis()));
        }
        if let Some(source) = config.options.source {
            self.word(format!("--source {}", source.ip()));
            if source.port() != 0 {
                self.word(format!("--source-port {}", source.port()));
            }
        }
        match &config.target {
            Target::Address(Address::Unix(name)) => self.unix(name),
            target => {
                if config.network == Network::Lab {
                    self.lacks.push(CodeLack::Lab);
                }
                let (host, port) = match target {
                    Target::Host { name, port, .. } => (name.clone(), *port),
                    Target::Address(address) => {
                        let ip = address.ip().map(|it| (it.ip().to_string(), it.port()));
                        ip.unwrap_or_default()
                    }
                };
                // A name that begins with a hyphen is no option.
                self.word(format!("-- {} {port}", shell(&host)));
            }
        }
        self.words.join(" ")
    }

    fn unix(&mut self, name: &UnixName) {
        let name = match name {
            UnixName::Abstract(bytes) => format!("@{}", String::from_utf8_lossy(bytes)),
            other => String::from_utf8_lossy(other.bytes()).into_owned(),
        };
        self.word(format!("--unixsock -- {}", shell(&name)));
    }
}
