//! An endpoint as a program in Python, with nothing but its standard library.
//!
//! The parts that are always the same are files in `assets/code/python`; the rest is written here.

mod datagrams;
mod framing;
mod message;
mod regex;
mod rules;
mod tls;

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::quote::{python_bytes, python_long_bytes, python_text};
use super::{Code, CodeLack, CodePlace, Coded, CodedEnd};
use crate::net::{
    Address, ClientConfig, KeepAlive, Network, ServerConfig, SocketOptions, Target, UnixName,
    WhenPeerFinishes,
};
use crate::script::{Message, Reply};
use message::{Variables, Written};

const FIRST: &str = "#!/usr/bin/env python3\n\n";
const SERVE: &str = include_str!("../../../assets/code/python/serve.py");
const SERVE_DATAGRAMS: &str = include_str!("../../../assets/code/python/serve_datagrams.py");
const DRAIN: &str = include_str!("../../../assets/code/python/drain.py");
const RUN: &str = include_str!("../../../assets/code/python/run.py");

/// A program as far as it is written.
#[derive(Default)]
struct Program {
    imports: BTreeSet<&'static str>,
    /// Assignments of constants.
    constants: Vec<String>,
    functions: Vec<String>,
    lacks: Vec<CodeLack>,
    /// How many constants were named by their number.
    numbered: usize,
}

/// Writes an endpoint as a program.
pub(super) fn code(coded: &Coded<'_>) -> Code {
    let mut program = Program::default();
    program.import("socket");
    if coded.starts_tls() {
        program.lacks.push(CodeLack::StartTls);
    }
    if coded.is_tls() {
        program.half_close_lack(coded);
    }
    let (main, options, half_open) = match coded.end {
        CodedEnd::Server(config) => (
            program.server(config, coded.is_tls()),
            &config.options,
            &config.behaviour,
        ),
        CodedEnd::Client(config) => (
            program.client(config, coded.is_tls()),
            &config.options,
            &config.behaviour,
        ),
    };
    // Datagrams have no end, and their socket is set up once.
    let is_udp = coded.is_udp();
    let is_half_open = half_open.when_peer_finishes == WhenPeerFinishes::StayHalfOpen && !is_udp;
    program.constant("READ_BUFFER", &half_open.read_buffer.to_string());
    let setup = if is_udp {
        String::new()
    } else {
        program.options(options, address_of(coded))
    };
    if is_half_open {
        program.import("threading");
    }
    let converse = program.converse(coded, &setup, is_half_open);
    program.functions.push(converse);
    if coded.is_tls() && matches!(coded.end, CodedEnd::Server(_)) {
        program.serve_tls();
    } else if let CodedEnd::Server(_) = coded.end {
        let serve = if is_udp { SERVE_DATAGRAMS } else { SERVE };
        program.functions.push(serve.to_owned());
    }
    program.functions.push(main);
    program.functions.push(RUN.to_owned());
    let body = program.body();
    Code::new(coded.name, FIRST, body, program.lacks)
}

/// Returns the IP address of an endpoint, if it has one.
fn address_of(coded: &Coded<'_>) -> Option<SocketAddr> {
    match coded.end {
        CodedEnd::Server(config) => config.bind.ip(),
        CodedEnd::Client(config) => match &config.target {
            Target::Address(address) => address.ip(),
            Target::Host { .. } => None,
        },
    }
}

impl Program {
    fn import(&mut self, module: &'static str) {
        self.imports.insert(module);
    }

    fn constant(&mut self, name: &str, value: &str) {
        self.constants.push(format!("{name} = {value}\n"));
    }

    /// Adds a constant that is named by its number; returns its name.
    fn numbered(&mut self, name: &str, value: &str) -> String {
        self.numbered += 1;
        let name = format!("{name}_{}", self.numbered);
        self.constant(&name, value);
        name
    }

    /// Adds a function or class, once.
    fn function(&mut self, text: &str) {
        if !self.functions.iter().any(|it| it == text) {
            self.functions.push(text.to_owned());
        }
    }

    fn body(&self) -> String {
        let mut body = "\n".to_owned();
        for module in &self.imports {
            match module.split_once('.') {
                Some((module, name)) => body += &format!("from {module} import {name}\n"),
                None => body += &format!("import {module}\n"),
            }
        }
        body += "\n";
        for constant in &self.constants {
            body += constant;
        }
        for function in &self.functions {
            body += &format!("\n\n{function}");
        }
        body
    }

    /// Writes what serves the peers.
    fn server(&mut self, config: &ServerConfig, is_tls: bool) -> String {
        if let Address::Udp(address) = config.bind {
            return self.datagram_server(address, config);
        }
        self.import("threading");
        if config.network == Network::Lab && !config.bind.is_unix() {
            self.lacks.push(CodeLack::Lab);
        }
        if let Some(setup) = config.tls.as_ref().filter(|_| is_tls) {
            self.server_context(&setup.settings);
        }
        let backlog = config.backlog;
        let (listen, mode) = match &config.bind {
            Address::Tcp(address) | Address::Udp(address) => {
                self.constant("ADDRESS", &python_address(*address));
                let family = match (address.is_ipv6(), config.dual_stack) {
                    (false, _) => "",
                    (true, false) => "family=socket.AF_INET6, ",
                    (true, true) => "family=socket.AF_INET6, dualstack_ipv6=True, ",
                };
                let listen =
                    format!("socket.create_server(ADDRESS, {family}backlog={backlog}) as listener");
                (listen, String::new())
            }
            Address::Unix(name) => {
                self.constant("ADDRESS", &python_unix(name));
                let mut steps = "        listener.bind(ADDRESS)\n".to_owned();
                if let (Some(mode), UnixName::Path(_)) = (config.mode, name) {
                    self.import("os");
                    steps += &format!("        os.chmod(ADDRESS, 0o{mode:o})\n");
                }
                steps += &format!("        listener.listen({backlog})\n");
                if matches!(name, UnixName::Path(_)) {
                    self.import("atexit");
                    self.import("os");
                    steps += "        atexit.register(os.unlink, ADDRESS)\n";
                }
                (
                    "socket.socket(socket.AF_UNIX) as listener".to_owned(),
                    steps,
                )
            }
        };
        format!(
            "def main():\n    \"\"\"Serves each peer on a thread of its own.\"\"\"\n    with {listen}:\n{mode}        \
             print(\"Listening on\", listener.getsockname(), flush=True)\n        while True:\n            \
             connection, _ = listener.accept()\n            \
             threading.Thread(target=serve, args=(connection,), daemon=True).start()\n"
        )
    }

    /// Writes what connects.
    fn client(&mut self, config: &ClientConfig, is_tls: bool) -> String {
        if config.target.is_udp() {
            return self.datagram_client(config);
        }
        let timeout = config.connect_timeout.as_secs_f64();
        if config.reconnect.is_some() {
            self.lacks.push(CodeLack::Reconnect);
        }
        let (connect, steps) = match &config.target {
            Target::Address(Address::Unix(name)) => {
                self.constant("ADDRESS", &python_unix(name));
                (
                    "socket.socket(socket.AF_UNIX) as connection".to_owned(),
                    format!(
                        "        connection.settimeout({timeout})\n        connection.connect(ADDRESS)\n"
                    ),
                )
            }
            target => {
                if config.network == Network::Lab {
                    self.lacks.push(CodeLack::Lab);
                }
                let address = match target {
                    Target::Address(Address::Tcp(address)) => python_address(*address),
                    other => python_target(other),
                };
                self.constant("ADDRESS", &address);
                let source = config.options.source.map(|source| {
                    let source = python_address(source);
                    format!(", source_address={source}")
                });
                let source = source.unwrap_or_default();
                let connect =
                    format!("socket.create_connection(ADDRESS, timeout={timeout}{source}) as ");
                let connect = match config.tls.as_ref().filter(|_| is_tls) {
                    None => connect + "connection",
                    Some(setup) => {
                        let tls = &setup.settings;
                        let name = self.server_hostname(tls, &config.target.host());
                        self.client_context(tls);
                        self.goodbye();
                        format!(
                            "{connect}plain, CONTEXT.wrap_socket(plain, server_hostname={name}) as connection"
                        )
                    }
                };
                (connect, String::new())
            }
        };
        let end = if is_tls {
            "        say_goodbye(connection)\n"
        } else {
            ""
        };
        format!(
            "def main():\n    \"\"\"Connects, and holds the conversation.\"\"\"\n    with {connect}:\n{steps}        \
             connection.settimeout(None)\n        \
             print(\"Connected to\", connection.getpeername(), flush=True)\n        converse(connection)\n{end}"
        )
    }

    /// Writes what sets the options of a connection.
    fn options(&mut self, options: &SocketOptions, address: Option<SocketAddr>) -> String {
        let mut lines = String::new();
        let mut set = |level: &str, option: &str, value: String| {
            lines +=
                &format!("    connection.setsockopt(socket.{level}, socket.{option}, {value})\n");
        };
        if let Some(bytes) = options.send_buffer {
            set("SOL_SOCKET", "SO_SNDBUF", bytes.to_string());
        }
        if let Some(bytes) = options.receive_buffer {
            set("SOL_SOCKET", "SO_RCVBUF", bytes.to_string());
        }
        if let Some(linger) = options.linger {
            self.imports.insert("struct");
            let value = format!("struct.pack(\"ii\", 1, {})", linger.as_secs());
            set("SOL_SOCKET", "SO_LINGER", value);
        }
        let is_unix = self
            .constants
            .iter()
            .any(|it| it.starts_with("ADDRESS = b"));
        if is_unix {
            return lines;
        }
        if options.no_delay {
            set("IPPROTO_TCP", "TCP_NODELAY", "1".to_owned());
        }
        if let Some(KeepAlive {
            idle,
            interval,
            probes,
        }) = options.keep_alive
        {
            set("SOL_SOCKET", "SO_KEEPALIVE", "1".to_owned());
            set("IPPROTO_TCP", "TCP_KEEPIDLE", idle.as_secs().to_string());
            set(
                "IPPROTO_TCP",
                "TCP_KEEPINTVL",
                interval.as_secs().to_string(),
            );
            set("IPPROTO_TCP", "TCP_KEEPCNT", probes.to_string());
        }
        if let Some(ttl) = options.ttl {
            if address.is_some_and(|it| it.is_ipv6()) {
                set("IPPROTO_IPV6", "IPV6_UNICAST_HOPS", ttl.to_string());
            } else {
                set("IPPROTO_IP", "IP_TTL", ttl.to_string());
            }
        }
        lines
    }

    /// Writes what this end does on a connection.
    fn converse(&mut self, coded: &Coded<'_>, setup: &str, is_half_open: bool) -> String {
        let script = coded.script();
        let is_client = matches!(coded.end, CodedEnd::Client(_));
        let mut lines =
            "def converse(connection):\n    \"\"\"Does what this end does on a connection.\"\"\"\n"
                .to_owned();
        lines += setup;
        if let Some(greeting) = &script.greeting {
            lines += &self.send(greeting, "GREETING", &CodePlace::Greeting);
        }
        if let Some(message) = coded.message {
            lines += &self.send(message, "MESSAGE", &CodePlace::Message);
        }
        let framing = match &script.reply {
            Reply::Message(_) | Reply::Rules(_) => script.framing.as_ref(),
            Reply::Echo | Reply::Program(_) | Reply::None => None,
        };
        let frames = if coded.is_udp() {
            self.datagrams(is_client)
        } else {
            self.frames(framing)
        };
        if let Reply::Rules(set) = &script.reply {
            self.rules(set.rules(), &frames, coded, &mut lines);
        } else {
            self.replies(coded, &frames, &mut lines);
        }
        if is_half_open {
            lines +=
                "    # This end stays open until the program ends.\n    threading.Event().wait()\n";
        }
        lines
    }

    /// Writes the sending of a message that answers nothing.
    fn send(&mut self, message: &Message, name: &str, place: &CodePlace) -> String {
        match self.message(message, place, Variables::Nothing) {
            Written::Bytes(bytes) if bytes.is_empty() => String::new(),
            Written::Bytes(bytes) => {
                self.constant(name, &python_long_bytes(&bytes));
                format!("    connection.sendall({name})\n")
            }
            Written::Computed { steps, value } => {
                let steps = indented(&steps, 4);
                format!("{steps}    connection.sendall({value})\n")
            }
        }
    }

    /// Writes the loop of an endpoint that replies the same to everything.
    fn replies(&mut self, coded: &Coded<'_>, frames: &framing::PythonFrames, lines: &mut String) {
        let script = coded.script();
        let (name, source) = (frames.name, frames.source);
        *lines += &format!("    for {name} in {source}(connection):\n");
        let mut steps = String::new();
        if matches!(coded.end, CodedEnd::Client(_)) {
            steps += &format!("        print(\"Received\", {name}, flush=True)\n");
        }
        let replies = match &script.reply {
            Reply::Echo => {
                steps += &format!("        connection.sendall({name})\n");
                true
            }
            Reply::Message(message) => {
                match self.message(message, &CodePlace::Reply, Variables::Request) {
                    Written::Bytes(bytes) => {
                        self.constant("REPLY", &python_long_bytes(&bytes));
                        steps += "        connection.sendall(REPLY)\n";
                    }
                    Written::Computed {
                        steps: first,
                        value,
                    } => {
                        if first.contains("request") || value.contains("request") {
                            steps += &format!("        request = {}\n", self.request(frames));
                        }
                        steps += &indented(&first, 8);
                        steps += &format!("        connection.sendall({value})\n");
                    }
                }
                true
            }
            Reply::Program(_) => {
                self.lacks.push(CodeLack::Reply);
                false
            }
            Reply::Rules(_) | Reply::None => false,
        };
        if replies && script.close_after_reply {
            // With TLS, whoever has called it says goodbye.
            if !coded.is_udp() && !coded.is_tls() {
                self.function(DRAIN);
                steps += "        drain(connection)\n";
            }
            steps += "        return\n";
        }
        if steps.is_empty() {
            steps += "        pass\n";
        }
        *lines += &steps;
    }

    /// Returns what stands for the request in a frame: all of it, or without its delimiters.
    fn request(&mut self, frames: &framing::PythonFrames) -> String {
        match frames.body {
            Some(body) => {
                self.function(body);
                format!("body({})", frames.name)
            }
            None => frames.name.to_owned(),
        }
    }
}

/// Returns an address as Python has it: a host and a port, and of IPv6 a scope.
fn python_address(address: SocketAddr) -> String {
    let (ip, port) = (address.ip(), address.port());
    match address {
        SocketAddr::V6(v6) if v6.scope_id() != 0 => {
            format!("(\"{ip}\", {port}, 0, {})", v6.scope_id())
        }
        _ => format!("(\"{ip}\", {port})"),
    }
}

/// Returns a target that is looked up when the program connects.
fn python_target(target: &Target) -> String {
    match target {
        Target::Host { name, port, .. } => format!("({}, {port})", python_text(name)),
        Target::Address(address) => python_text(&address.to_string()),
    }
}

/// Returns the name of a Unix socket: a path, or an abstract name behind a zero.
fn python_unix(name: &UnixName) -> String {
    match name {
        UnixName::Abstract(bytes) => python_bytes(&[b"\0", &**bytes].concat()),
        other => python_bytes(other.bytes()),
    }
}

/// Returns lines, indented by this many spaces.
fn indented(lines: &str, spaces: usize) -> String {
    let indent = " ".repeat(spaces);
    let mut text = String::new();
    for line in lines.lines() {
        text += &format!("{indent}{line}\n");
    }
    text
}
