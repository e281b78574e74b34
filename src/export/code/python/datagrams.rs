//! UDP: one socket, and what stands for a connection with each of its peers.

use std::net::{IpAddr, SocketAddr};

use super::framing::PythonFrames;
use super::{Program, python_address, python_target};
use crate::export::code::CodeLack;
use crate::net::{
    Address, ClientConfig, Interface, Network, ServerConfig, SocketOptions, Target, UdpOptions,
};

const DATAGRAMS: &str = include_str!("../../../../assets/code/python/datagrams.py");
const OF_PEER: &str = include_str!("../../../../assets/code/python/datagrams_of_peer.py");
const OF_SOCKET: &str = include_str!("../../../../assets/code/python/datagrams_of_socket.py");

/// What is done in `main`.
const INDENT: &str = "        ";

impl Program {
    /// Adds what yields the datagrams of a peer, each of which is a request.
    pub(super) fn datagrams(&mut self, is_client: bool) -> PythonFrames {
        self.import("queue");
        self.import("threading");
        self.function(DATAGRAMS);
        self.function(if is_client { OF_SOCKET } else { OF_PEER });
        PythonFrames {
            source: "chunks",
            name: "datagram",
            body: None,
        }
    }

    /// Writes what serves the peers of a UDP socket.
    pub(super) fn datagram_server(&mut self, address: SocketAddr, config: &ServerConfig) -> String {
        if config.network == Network::Lab {
            self.lacks.push(CodeLack::Lab);
        }
        self.constant("ADDRESS", &python_address(address));
        let forget_after = config.udp.forget_after.as_secs_f64();
        self.constant("FORGET_AFTER", &forget_after.to_string());
        let mut setup = socket_options(&config.options, &config.udp, address.is_ipv6());
        if address.is_ipv6() {
            let only_v6 = u8::from(!config.dual_stack);
            setup += &set("IPPROTO_IPV6", "IPV6_V6ONLY", &only_v6.to_string());
        }
        if !config.udp.groups.is_empty() {
            setup += &set("SOL_SOCKET", "SO_REUSEADDR", "1");
        }
        setup += &format!("{INDENT}shared.bind(ADDRESS)\n");
        for group in &config.udp.groups {
            setup += &self.joining(*group, config.udp.interface);
        }
        let family = family(address.is_ipv6());
        format!(
            "def main():\n    \"\"\"Serves each peer on a thread of its own.\"\"\"\n    \
             with socket.socket({family}, socket.SOCK_DGRAM) as shared:\n{setup}        \
             print(\"Listening on\", shared.getsockname(), flush=True)\n        peers = {{}}\n        \
             while True:\n            datagram, address = shared.recvfrom(READ_BUFFER)\n            \
             peer = peers.get(address)\n            if peer is None or not peer.take(datagram):\n                \
             peers = {{it: peers[it] for it in peers if not peers[it].is_forgotten}}\n                \
             peer = peers[address] = Datagrams(shared, address)\n                \
             peer.take(datagram)\n                \
             threading.Thread(target=serve, args=(peer,), daemon=True).start()\n"
        )
    }

    /// Writes what sends to a target.
    pub(super) fn datagram_client(&mut self, config: &ClientConfig) -> String {
        if config.network == Network::Lab {
            self.lacks.push(CodeLack::Lab);
        }
        let (address, family, look_up) = match &config.target {
            Target::Address(Address::Udp(address)) => {
                let family = family(address.is_ipv6());
                (python_address(*address), family, String::new())
            }
            target => (
                python_target(target),
                "family",
                "    found = socket.getaddrinfo(*ADDRESS, type=socket.SOCK_DGRAM)[0]\n    \
                 family, address = found[0], found[4]\n"
                    .to_owned(),
            ),
        };
        let peer = if look_up.is_empty() {
            "ADDRESS"
        } else {
            "address"
        };
        self.constant("ADDRESS", &address);
        let is_ipv6 = match &config.target {
            Target::Address(address) => address.ip().is_some_and(|it| it.is_ipv6()),
            Target::Host { .. } => false,
        };
        let mut setup = socket_options(&config.options, &config.udp, is_ipv6);
        if let Some(source) = config.options.source {
            setup += &format!("{INDENT}shared.bind({})\n", python_address(source));
        }
        format!(
            "def main():\n    \"\"\"Holds the conversation with whoever answers.\"\"\"\n{look_up}    \
             with socket.socket({family}, socket.SOCK_DGRAM) as shared:\n{setup}        \
             print(\"Sending to\", {peer}, flush=True)\n        converse(Datagrams(shared, {peer}))\n"
        )
    }

    /// Writes the joining of a group.
    fn joining(&mut self, group: IpAddr, interface: Option<Interface>) -> String {
        let index = interface.map_or(0, |it| it.index);
        match group {
            IpAddr::V4(group) => {
                let ip = interface.and_then(|it| it.ipv4);
                let ip = ip.map_or_else(|| "0.0.0.0".to_owned(), |it| it.to_string());
                let value = format!("socket.inet_aton(\"{group}\") + socket.inet_aton(\"{ip}\")");
                set("IPPROTO_IP", "IP_ADD_MEMBERSHIP", &value)
            }
            IpAddr::V6(group) => {
                self.import("struct");
                let bytes = format!("socket.inet_pton(socket.AF_INET6, \"{group}\")");
                let value = format!("{bytes} + struct.pack(\"@I\", {index})");
                set("IPPROTO_IPV6", "IPV6_JOIN_GROUP", &value)
            }
        }
    }
}

/// Writes what sets the options of the socket.
fn socket_options(options: &SocketOptions, udp: &UdpOptions, is_ipv6: bool) -> String {
    let mut lines = String::new();
    if !is_ipv6 {
        lines += &set("SOL_SOCKET", "SO_BROADCAST", "1");
    }
    let (level, hops, multicast_hops, looped) = if is_ipv6 {
        let (hops, multicast) = ("IPV6_UNICAST_HOPS", "IPV6_MULTICAST_HOPS");
        ("IPPROTO_IPV6", hops, multicast, "IPV6_MULTICAST_LOOP")
    } else {
        let (hops, multicast) = ("IP_TTL", "IP_MULTICAST_TTL");
        ("IPPROTO_IP", hops, multicast, "IP_MULTICAST_LOOP")
    };
    if let Some(bytes) = options.send_buffer {
        lines += &set("SOL_SOCKET", "SO_SNDBUF", &bytes.to_string());
    }
    if let Some(bytes) = options.receive_buffer {
        lines += &set("SOL_SOCKET", "SO_RCVBUF", &bytes.to_string());
    }
    if let Some(ttl) = options.ttl {
        lines += &set(level, hops, &ttl.to_string());
    }
    if let Some(ttl) = udp.multicast_ttl {
        lines += &set(level, multicast_hops, &ttl.to_string());
    }
    if !udp.multicast_loop {
        lines += &set(level, looped, "0");
    }
    match udp.interface {
        Some(Interface { index, .. }) if is_ipv6 => {
            lines += &set(level, "IPV6_MULTICAST_IF", &index.to_string());
        }
        Some(Interface { ipv4: Some(ip), .. }) => {
            let value = format!("socket.inet_aton(\"{ip}\")");
            lines += &set(level, "IP_MULTICAST_IF", &value);
        }
        _ => {}
    }
    lines
}

fn set(level: &str, option: &str, value: &str) -> String {
    format!("{INDENT}shared.setsockopt(socket.{level}, socket.{option}, {value})\n")
}

fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 {
        "socket.AF_INET6"
    } else {
        "socket.AF_INET"
    }
}
