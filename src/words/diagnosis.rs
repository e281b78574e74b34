//! Why it failed: what was found on this machine, what to do next, and what a button does about it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::english::noun;
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language, sentence};
use crate::net::{Address, NetError};
use crate::payload::VisibleText;
use crate::session::diagnose::{Finding, Owner, Remedy};

/// How many of this machine's addresses are named.
const MAX_ADDRESSES: usize = 4;

phrases! {
    /// Why it failed.
    Diagnoses {
        why = "Why?";
        why_name(endpoint: &str) = "Why {endpoint} failed";
        heading = "On this machine now";
        looking = "Looking…";
        nothing = "Nothing on this machine explains it.";
        check_again = "Check again";
        start_and_connect(name: &str) = "Start {name} and connect";
        cannot_connect(address: &Address) = "cannot connect to {address}";
        refused(address: &Address) = "{address} refused the connection";
        cannot_find(host: &str) = { format!("cannot find {}", VisibleText::plain(host).text) };
        explained(failed: &str, finding: &str) = "{failed}. {finding}";

        free_port_or_stop = "Use a free port, or stop that server";
        free_port = "Use a free port, or end that program";
        one_family = "Listen on one IPv4 address with another port, or end that program";
        wait = "Wait a minute, or use another port";
        just_try_again = "Try again; if it fails once more, use a free port";
        choose_ours = "Listen on one of these, or on 0.0.0.0 or :: for all of them";
        high_port(first_free: u16) = "Use port {first_free} or above";
        ask_administrator = "Ask whoever administers this machine; containers, SELinux and AppArmor can forbid it";
        choose_interface = "Choose one under Multicast, Multicast interface";
        use_ipv4 = "Use an IPv4 address";
        start_one = "Start the program that should listen there, or check the port";
        open_one = "Start the program that should have the port open, or check the port";
        same_transport = "Let both ends use the same transport";
        undelivered(address: &Address) = "a datagram did not get to {address}";
        now_it_works = "Try again";
        connect_there(address: &Address) = "Connect to {address} instead";
        listen_on_both(address: &Address) = "Connect to {address} instead, or let the server listen on the other family too (a dual-stack server takes both)";
        start_ours(name: &str) = "Start {name} and connect again";
        check_there = "Check on that machine that the server is running and listens on this address, not only on its 127.0.0.1";
        let_accept = "Let its program accept, or give its listen() a longer backlog";
        more_time = "Allow more time, and check the address";
        check_near = "Check that the machine is on, and that the address is right";
        real_address = "Use the real address instead";
        change_firewall = "Allow it in this machine's firewall (nft, iptables or ufw on Linux)";
        ask_firewall = "Check the firewalls of both machines and of the networks between them";
        one_host = "Use the address of one machine";
        join_network = "Connect this machine to a network, or use the other family";
        default_route = "Check this machine's network settings: without a default route it reaches only its own networks";
        wait_for_ports = "Wait a minute, or reuse connections";
        any_source = "Leave the source address empty, or use another port in it";
        use_known = "Use that name, if it is the one you meant";
        name_only = "Enter the name or the address alone; the port has a field of its own";
        four_numbers = "An IPv4 address has four numbers from 0 to 255, as in 192.168.1.5";
        network_works = "Check this machine's network connection, or use the address itself: it needs no name server";
        set_name_server = "Set up a name server, or use the address itself";
        check_spelling = "Check the spelling, or use the address itself";
        whole_name = "Add the domain, as in name.example.org, or use the address itself";
        look_there(name: &str) = "Look at the entries of {name} at that time: they say why it closed";
        look_at_its_log = "Look at that program's own log, and at its certificates and what it trusts";
        look_at_log = "Look at that program's own log; it may have refused this client, or closed with bytes unread";
        start_again = "Start that program again; it may have ended or crashed";
    }
}

kinds! {
    /// Who has a socket.
    Owners for Owner as owners |language| {
        Process { pid: &u32, name: &str } = { let _: &Language = language; format!("{} (process {pid})", VisibleText::plain(name).text) };
        Ours { name: &str } = "{name} of this document";
        Us = "this program";
        Unnamed = "a program of another user (the system does not name it)";
    }

    /// What was found.
    Findings for Finding as findings |language|, advice: advice {
        HeldByOurs { name: &str, address: &Address } = "{name} of this document already listens on {address}";
        HeldBy { owner: &Owner, address: &Address } = { format!("The port is held by {}, which listens on {address}", owner.in_words(language)) };
        HeldForBoth { address: &Address } = "The listener on {address} is dual-stack: it takes the port for IPv4 too";
        UsedByConnection { owner: &Owner, local: &SocketAddr, remote: &SocketAddr } = { format!("A connection of {} uses {local} as its own address, with {remote} at its other end", owner.in_words(language)) };
        TimeWait { connections: &usize, port: &u16 } = { let _: &Language = language; format!("Port {port} has {} in TIME-WAIT: whichever side closed first keeps its address for about a minute", noun(*connections as u64, "ended connection", "ended connections")) };
        FreeNow { address: &Address } = "The system lists nothing that has {address} now: it is free again, or a program has bound it without listening";
        NotOurs { address: &IpAddr, ours: &[IpAddr] } = { not_ours(language, *address, ours) };
        NeedsRights { port: &u16, first_free: &u16 } = "Port {port} is reserved: on this system, ports below {first_free} need special rights";
        PolicyForbids = "This port needs no special rights, so a policy of this system forbids it";
        NoMulticastInterface = "No network interface of this machine has a route to the multicast group, so it could not be joined";
        NoIpv6 = "IPv6 is switched off on this machine";
        NobodyListens { port: &u16 } = "No program on this machine listens on port {port}, so the system answered the SYN with RST";
        NobodyHasUdpPort { port: &u16 } = "No program on this machine has UDP port {port} open, so the system answered with ICMP port unreachable";
        OtherTransport { owner: &Owner, address: &Address } = { other_transport(language, owner, address) };
        OursListensNow { name: &str, address: &Address } = "{name} listens on {address} now; when this failed, it did not";
        ListensNow { owner: &Owner, address: &Address } = { format!("Now {} listens on {address}; when this failed, nothing did", owner.in_words(language)) };
        OtherFamily { owner: &Owner, address: &Address } = { format!("The listener on this port, {}, is on {address}, so it is reached over {} only", owner.in_words(language), family(address.ip().is_some_and(|it| it.is_ipv6()))) };
        OtherAddress { owner: &Owner, address: &Address } = { format!("The listener on this port, {}, is on {address} only", owner.in_words(language)) };
        OursStopped { name: &str, port: &u16 } = "{name} of this document is set up for port {port}, but it is not running";
        OursElsewhere { name: &str, address: &Address } = "{name} of this document listens on {address}";
        FarAway { address: &Address } = "{address} belongs to another machine. It answered, so the way there works; what runs on it cannot be seen from here";
        BacklogFull { owner: &Owner, waiting: &u32 } = { format!("The listener there, {}, does not accept: {} in its backlog. When that is full, Linux drops further SYNs without an answer", owner.in_words(language), noun(u64::from(*waiting), "connection waits", "connections wait")) };
        NoAnswer { millis: &u64 } = { no_answer(language, *millis) };
        SameNetwork { interface: &str } = "The address seems to be on the network at {interface}, but no machine there answers for it";
        ForExamples { address: &IpAddr } = "{address} is reserved for examples in documentation: no machine has it";
        FirewallHere = "A rule of this machine's own firewall rejected the connection: the system says so (EPERM)";
        FirewallPossible = "A firewall may be the cause; that cannot be seen from here";
        Broadcast { address: &IpAddr } = "{address} stands for all machines of a network; TCP connects two";
        NoNetwork { is_ipv6: &bool } = { let _: &Language = language; format!("This machine has no {0} address except loopback, so it is on no {0} network", family(*is_ipv6)) };
        NoDefaultRoute { is_ipv6: &bool } = { let _: &Language = language; format!("This machine has no default route for {}", family(*is_ipv6)) };
        PortsUsedUp { time_wait: &usize } = { format!("{} connections to this address are in TIME-WAIT: no local port is left for another one", language.numbers.grouped(*time_wait as u64)) };
        SourceUnusable = "The client is to connect from a source address or port that this machine does not have, or that a connection to the same peer still uses";
        LooksLike { known: &str } = { let _: &Language = language; format!("The name looks like {}, which is known here", VisibleText::plain(known).text) };
        OddCharacter { character: &char } = { let _: &Language = language; format!("No host name contains the character {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "It is read as a name, because it is not a complete IPv4 address";
        NameServerSilent = "No name server answered";
        NoNameServer = "No name server is set up on this machine, so only the names of its hosts file are known";
        NameUnknown = "The name server answered that there is no such name";
        NameWithoutDot = "The name has no dot, so only the hosts file and the local network were asked for it";
        PeerIsOurs { name: &str } = "The other end was {name} of this document";
        PeerIs { owner: &Owner } = { format!("The other end is {}, on this machine", owner.in_words(language)) };
        PeerListens { owner: &Owner } = { format!("The listener there, {}, is still running, so only this connection was reset", owner.in_words(language)) };
        PeerGone = "The other end was on this machine, and nothing listens at its address now";
    }

    /// What a button does about it.
    Remedies for Remedy as remedies |language| {
        UseFreePort = "Use a free port";
        StopServer { name: &str } = "Stop {name}";
        StartServer { name: &str } = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address: &Address) = "Connect to {address}";
        ListenOn(address: &IpAddr) = "Listen on {address}";
        UsePort(port: &u16) = "Use port {port}";
        UseHost(host: &str) = { let _: &Language = language; format!("Connect to {}", VisibleText::plain(host).text) };
        AllowTime(time: &Duration) = { let _: &Language = language; format!("Try again for {} s", time.as_secs()) };
        AnySource = "Connect from any port";
        TryAgain = "Try again";
    }
}

impl Language {
    /// Returns what failed and what explains it, in place of what the system's error alone makes likely.
    pub(crate) fn explained(&self, error: &NetError, finding: &Finding) -> String {
        let words = &self.diagnoses;
        let failed = match error {
            NetError::Connect { address, source }
                if source.kind == std::io::ErrorKind::ConnectionRefused =>
            {
                words.refused(address)
            }
            NetError::Connect { address, .. } | NetError::ConnectTimeout { address, .. } => {
                words.cannot_connect(address)
            }
            NetError::LookUp { host, .. } => words.cannot_find(host),
            NetError::Undelivered {
                peer: Some(peer), ..
            } => words.undelivered(peer),
            NetError::Tls { source, .. } => self.tls_failure_parts(source).heading,
            _ => error.in_words(self),
        };
        words.explained(&failed, &sentence(&finding.in_words(self)))
    }
}

fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 { "IPv6" } else { "IPv4" }
}

fn not_ours(_: &Language, address: IpAddr, ours: &[IpAddr]) -> String {
    let named: Vec<_> = ours
        .iter()
        .take(MAX_ADDRESSES)
        .map(IpAddr::to_string)
        .collect();
    let more = if ours.len() > MAX_ADDRESSES {
        " and others"
    } else {
        ""
    };
    if named.is_empty() {
        return format!("No interface of this machine has {address}, or any address of its family");
    }
    format!(
        "No interface of this machine has {address}; it has {}{more}",
        named.join(", ")
    )
}

fn other_transport(language: &Language, owner: &Owner, address: &Address) -> String {
    let (it, other) = if address.is_udp() {
        ("UDP", "TCP")
    } else {
        ("TCP", "UDP")
    };
    let owner = owner.in_words(language);
    format!("{owner} has the {it} port of that number ({address}); {other} has ports of its own")
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        format!(" within {} s", Duration::from_millis(millis).as_secs_f64())
    } else {
        String::new()
    };
    format!(
        "No answer to the SYN came{time}, not even a refusal: it, or its answer, was lost or dropped on the way"
    )
}

/// Returns an address that reaches what listens on this one, which may stand for all of this machine.
fn reached(listener: &Address) -> Address {
    let Some(at) = listener.ip().filter(|it| it.ip().is_unspecified()) else {
        return listener.clone();
    };
    let loopback: IpAddr = if at.is_ipv6() {
        Ipv6Addr::LOCALHOST.into()
    } else {
        Ipv4Addr::LOCALHOST.into()
    };
    listener.at(SocketAddr::new(loopback, at.port()))
}

fn advice(finding: &Finding, language: &Language) -> String {
    let words = &language.diagnoses;
    let advice = match finding {
        Finding::HeldByOurs { .. } => words.free_port_or_stop,
        Finding::HeldBy { .. } | Finding::UsedByConnection { .. } => words.free_port,
        Finding::HeldForBoth { .. } => words.one_family,
        Finding::TimeWait { .. } => words.wait,
        Finding::FreeNow { .. } => words.just_try_again,
        Finding::NotOurs { .. } => words.choose_ours,
        Finding::NeedsRights { first_free, .. } => return words.high_port(*first_free),
        Finding::PolicyForbids => words.ask_administrator,
        Finding::NoMulticastInterface => words.choose_interface,
        Finding::NoIpv6 => words.use_ipv4,
        Finding::NobodyListens { .. } => words.start_one,
        Finding::NobodyHasUdpPort { .. } => words.open_one,
        Finding::OtherTransport { .. } => words.same_transport,
        Finding::OursListensNow { .. } | Finding::ListensNow { .. } => words.now_it_works,
        Finding::OtherFamily { address, .. } => return words.listen_on_both(&reached(address)),
        Finding::OtherAddress { address, .. } | Finding::OursElsewhere { address, .. } => {
            return words.connect_there(&reached(address));
        }
        Finding::OursStopped { name, .. } => return words.start_ours(name),
        Finding::FarAway { .. } => words.check_there,
        Finding::BacklogFull { .. } => words.let_accept,
        Finding::NoAnswer { .. } => words.more_time,
        Finding::SameNetwork { .. } => words.check_near,
        Finding::ForExamples { .. } => words.real_address,
        Finding::FirewallHere => words.change_firewall,
        Finding::FirewallPossible => words.ask_firewall,
        Finding::Broadcast { .. } => words.one_host,
        Finding::NoNetwork { .. } => words.join_network,
        Finding::NoDefaultRoute { .. } => words.default_route,
        Finding::PortsUsedUp { .. } => words.wait_for_ports,
        Finding::SourceUnusable => words.any_source,
        Finding::LooksLike { .. } => words.use_known,
        Finding::OddCharacter { .. } => words.name_only,
        Finding::MistypedAddress => words.four_numbers,
        Finding::NameServerSilent => words.network_works,
        Finding::NoNameServer => words.set_name_server,
        Finding::NameUnknown => words.check_spelling,
        Finding::NameWithoutDot => words.whole_name,
        Finding::PeerIsOurs { name } => return words.look_there(name),
        Finding::PeerIs { .. } => words.look_at_its_log,
        Finding::PeerListens { .. } => words.look_at_log,
        Finding::PeerGone => words.start_again,
    };
    advice.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn advice_names_the_address_to_connect_to() {
        let check = |address: [u8; 4], expected: &str| {
            let name = "Server 1".to_owned();
            let address = Address::from(SocketAddr::from((address, 9000)));
            let advice = Finding::OursElsewhere { name, address }.advice(&ENGLISH);
            assert_eq!(advice.as_deref(), Some(expected));
        };
        check([127, 0, 0, 1], "Connect to 127.0.0.1:9000 instead");
        check([10, 1, 2, 3], "Connect to 10.1.2.3:9000 instead");
        check([0, 0, 0, 0], "Connect to 127.0.0.1:9000 instead");
    }
}
