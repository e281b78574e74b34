//! What failed in the engine, and what to do next.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::english::grouped;
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::tls::{TlsFailure, TlsSettingError};
use crate::net::{
    Address, CommandError, EndpointId, Icmp, LabError, LookUpError, MAX_DATAGRAM_BYTES, NetError,
    SystemError, Unreached,
};
use crate::payload::template::RenderError;

phrases! {
    /// What failed in the engine, and what to do next.
    Engine {
        not_started(reason: &str) = "cannot start the endpoint: {reason}";
        not_connected(address: &Address, reason: &str) = "cannot connect to {address}: {reason}";
        timed_out(seconds: f64) = "timed out after {seconds} s";
        try_again = "Try again in a moment";
        use_free_port = "Use a free port, or stop whatever is listening there";
        use_high_port = "Ports below 1024 need special rights: use 1024 or above";
        use_our_address = "Choose one of this machine's addresses";
        choose_ipv4 = "Choose an IPv4 address";
        make_room = "Close connections or programs, then try again";
        make_room_or_raise = "Close connections or programs, or raise the limit (ulimit -n), then try again";
        add_scope = "Add the interface to a link-local address: fe80::1%eth0";
        use_ipv4_itself = "Use the IPv4 address itself, or :: with dual-stack";
        check_name = "Check the name and this machine's name servers, or enter the address itself";
        wait_for_look_ups = "Wait until one ends, or enter the address itself";
        start_server = "Check that a server listens at this address and port";
        check_network = "Check the address and this machine's network";
        check_firewall = "Check the address, and any firewalls on the way";
        check_permission = "Check this machine's firewall and what this program may do";
        allow_more_time = "Check the address, and any firewalls on the way, or allow more time";
        use_ipv4 = "Use an IPv4 address";
        accepting_goes_on = "Close connections or programs; accepting resumes by itself when there is room";
        accepting_goes_on_or_raise = "Close connections or programs, or raise the limit (ulimit -n); accepting resumes by itself when there is room";
        wait_for_reader = "Wait until the peer reads, or disconnect it";
        wait_for_readers = "Wait until peers read, or disconnect those that do not";
        use_other_path = "Choose another path; another program listens on this one, or it is a file of another kind";
        shorten_path = "Use a shorter path (at most 107 bytes)";
        use_path = "Use a path: only Linux has abstract names (unix:@…), and Windows has no Unix sockets";
        use_our_source = "Connect from one of this machine's addresses";
        use_same_family = "Connect from an address of the same family as the target, IPv4 or IPv6";
        make_folder = "Create the folder, or choose a path in one that exists";
        check_path = "Check the path, and that a server listens on it";
        not_done_elsewhere(endpoint: u32, why: &str) = "not done on endpoint {endpoint}: {why}";
        not_sent_elsewhere(endpoint: u32, bytes: &str, why: &str) = "{bytes} not sent on endpoint {endpoint}: {why}";
        undelivered(peer: &str, why: &str) = "a datagram did not get to {peer}: {why}";
        undelivered_said(peer: &str, why: &str, by: &str) = "a datagram did not get to {peer}: {why}, according to {by}";
        some_peer = "a peer";
        port_unreachable = "nothing listens there (ICMP port unreachable)";
        icmp_host_unreachable = "the host cannot be reached (ICMP host unreachable)";
        icmp_net_unreachable = "the network cannot be reached (ICMP network unreachable)";
        icmp_prohibited = "a firewall does not let it through (ICMP administratively prohibited)";
        icmp_too_big = "it is too long for the path there (ICMP packet too big)";
        icmp_other(kind: u8, code: u8) = "ICMP type {kind}, code {code}";
        too_long = "a datagram holds at most 65,507 bytes";
        send_queue_full = "the system's send queue is full (ENOBUFS)";
        send_slower = "Send more slowly";
        check_port = "Check that a program has this UDP port open";
        send_less = "Send less at once, or cut it into slices";
        answer_faster = "Wait less before replies, or let the peer ask less often";
        choose_peer = "Choose a connected peer, or wait for one";
    }
}

kinds! {
    /// Why a command was not taken.
    Commands for CommandError as commands |language|, advice: command_advice {
        Full = "the endpoint is still working on earlier commands";
        Ended = "the endpoint is no longer there";
        Start(source: &io::Error) = { language.engine.not_started(&source.in_words(language)) };
    }

    /// Why another endpoint did not do something.
    Unreachable for Unreached as unreached |language| {
        NotRunning = "it is not running";
        NoConnection = "it has no connection";
        Busy = "it is still working on what was requested before";
    }

    /// What failed on a socket.
    NetErrors for NetError as net_errors |language|, advice: net_advice {
        Listen { address: &Address, source: &SystemError } = { format!("cannot listen on {address}: {}", language.reason_at(address, source)) };
        LookUp { host: &str, source: &LookUpError } = { format!("cannot find {host}: {}", language.lookup_reason(source)) };
        TooManyLookUps { host: &str, limit: &usize } = "cannot look up {host}: {limit} other look-ups are still waiting";
        Connect { address: &Address, source: &SystemError } = { language.engine.not_connected(address, &source.in_words(language)) };
        ConnectTimeout { address: &Address, timeout: &Duration } = { language.engine.not_connected(address, &language.engine.timed_out(timeout.as_secs_f64())) };
        ConnectGivenUp { target: &str } = "connecting to {target} was cancelled";
        Accept { address: &Address, source: &SystemError } = { format!("cannot accept on {address}: {}", source.in_words(language)) };
        Receive { peer: &Address, source: &SystemError } = { format!("cannot receive from {peer}: {}", language.reason_at(peer, source)) };
        Send { peer: &Address, source: &SystemError } = { format!("cannot send to {peer}: {}", language.reason_at(peer, source)) };
        Undelivered { peer: &Option<Address>, source: &SystemError, icmp: &Option<Icmp> } = { language.undelivered(peer.as_ref(), source, *icmp) };
        Datagram { peer: &Address, bytes: &u64, source: &SystemError } = { format!("{} not sent to {peer}: {}", language.counts.bytes(*bytes), language.datagram_reason(*bytes, source)) };
        Overrun { peer: &Address } = "datagrams from {peer} are not answered: too many replies are waiting already";
        Tls { peer: &Address, source: &TlsFailure } = { language.tls_failed(peer, source) };
        TlsSettings { source: &TlsSettingError } = { format!("TLS cannot be set up: {}", source.in_words(language)) };
        NoTls = "TLS not begun: the connection is encrypted already, or its endpoint is not set up for TLS";
        FinishTimeout { peer: &Address, timeout: &Duration } = { format!("{peer} did not read the reply and finish within {} s", timeout.as_secs_f64()) };
        FinishFlood { peer: &Address, limit_bytes: &u64 } = { format!("{peer} sent more than {} after the reply", language.counts.bytes(*limit_bytes)) };
        QueueFull { peer: &Address, bytes: &u64, queued_bytes: &u64 } = { format!("{} not queued for {peer}: it has not read the {} before them", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        BudgetSpent { peer: &Address, bytes: &u64, queued_bytes: &u64 } = { format!("{} not queued for {peer}: {} wait for peers of this session that do not read", language.counts.bytes(*bytes), language.counts.bytes(*queued_bytes)) };
        RequestTooLong { limit_bytes: &u64 } = { format!("no reply sent: it uses the request, which is longer than {}", language.counts.bytes(*limit_bytes)) };
        MemoryFull { limit_bytes: &u64 } = { format!("not remembered: this endpoint remembers {} already", language.counts.bytes(*limit_bytes)) };
        GroupName { bytes: &u64, limit_bytes: &u64 } = { format!("group not joined: its name has {}, and may have {}", language.counts.bytes(*bytes), grouped(*limit_bytes)) };
        GroupsFull { limit: &u64 } = { format!("group not joined: the connections of this endpoint are in {} groups already", grouped(*limit)) };
        Elsewhere { endpoint: &EndpointId, bytes: &u64, why: &Unreached } = { language.elsewhere(*endpoint, *bytes, *why) };
        NoPlace = "not remembered: the request does not say where";
        NotOpen { bytes: &u64 } = { format!("{} not sent: the connection is no longer open for sending", language.counts.bytes(*bytes)) };
        NotConnected { bytes: &u64 } = { format!("{} not sent: no connection was established", language.counts.bytes(*bytes)) };
        NoConnection = "not done: there is no such connection any more";
        NoPeers { bytes: &u64 } = { format!("{} not sent: no peer is connected", language.counts.bytes(*bytes)) };
        Start { source: &SystemError } = { language.engine.not_started(&source.in_words(language)) };
        Lab { address: &Address, source: &LabError } = { format!("cannot use {address} in this network: {}", source.in_words(language)) };
        Template { source: &RenderError } = { format!("the template was not sent: {}", source.in_words(language)) };
    }
}

impl Language {
    pub(super) fn elsewhere(&self, endpoint: EndpointId, bytes: u64, why: Unreached) -> String {
        let words = &self.engine;
        let why = why.in_words(self);
        match bytes {
            0 => words.not_done_elsewhere(endpoint.0, &why),
            _ => words.not_sent_elsewhere(endpoint.0, &self.counts.bytes(bytes), &why),
        }
    }

    pub(super) fn undelivered(
        &self,
        peer: Option<&Address>,
        source: &SystemError,
        icmp: Option<Icmp>,
    ) -> String {
        let words = &self.engine;
        let peer = peer.map_or_else(|| words.some_peer.to_owned(), Address::to_string);
        let why = self.icmp_reason(source, icmp);
        match icmp.and_then(|icmp| icmp.by) {
            Some(by) => words.undelivered_said(&peer, &why, &by.to_string()),
            None => words.undelivered(&peer, &why),
        }
    }

    /// Returns why a datagram did not get there.
    pub(crate) fn undelivered_because(&self, error: &NetError) -> Option<String> {
        match error {
            NetError::Undelivered { source, icmp, .. } => Some(self.icmp_reason(source, *icmp)),
            _ => None,
        }
    }

    fn icmp_reason(&self, source: &SystemError, icmp: Option<Icmp>) -> String {
        let words = &self.engine;
        match (source.kind, icmp) {
            (io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset, _) => {
                words.port_unreachable.to_owned()
            }
            (io::ErrorKind::HostUnreachable, Some(_)) => words.icmp_host_unreachable.to_owned(),
            (io::ErrorKind::NetworkUnreachable, Some(_)) => words.icmp_net_unreachable.to_owned(),
            (io::ErrorKind::PermissionDenied, Some(_)) => words.icmp_prohibited.to_owned(),
            _ if is_too_long(source) => words.icmp_too_big.to_owned(),
            (_, Some(icmp)) => words.icmp_other(icmp.kind, icmp.code),
            (_, None) => source.in_words(self),
        }
    }

    pub(super) fn datagram_reason(&self, bytes: u64, source: &SystemError) -> String {
        if is_too_long(source) && bytes > MAX_DATAGRAM_BYTES as u64 {
            return self.engine.too_long.to_owned();
        }
        if is_queue_full(source) {
            return self.engine.send_queue_full.to_owned();
        }
        source.in_words(self)
    }

    /// Returns why something failed, without what failed.
    pub(super) fn cause(&self, error: &NetError) -> String {
        match error {
            NetError::Listen { address, source } => self.reason_at(address, source),
            NetError::Receive { peer, source } | NetError::Send { peer, source } => {
                self.reason_at(peer, source)
            }
            NetError::Connect { source, .. }
            | NetError::Accept { source, .. }
            | NetError::Start { source } => source.in_words(self),
            NetError::Lab { source, .. } => source.in_words(self),
            NetError::LookUp { source, .. } => self.lookup_reason(source),
            NetError::Tls { source, .. } => self.tls_failed_there(source),
            NetError::ConnectTimeout { timeout, .. } => {
                self.engine.timed_out(timeout.as_secs_f64())
            }
            _ => error.in_words(self),
        }
    }
}

fn command_advice(error: &CommandError, language: &Language) -> String {
    let advice = match error {
        CommandError::Full | CommandError::Ended => language.engine.try_again,
        CommandError::Start(_) => room_advice(language),
    };
    advice.to_owned()
}

fn net_advice(error: &NetError, language: &Language) -> Option<String> {
    let words = &language.engine;
    let advice = match error {
        NetError::Listen { address, source } => return listen_advice(language, address, source),
        NetError::Lab { source, .. } => return source.advice(language),
        NetError::LookUp { .. } => words.check_name,
        NetError::TooManyLookUps { .. } => words.wait_for_look_ups,
        NetError::Connect { address, source } => return connect_advice(language, address, source),
        NetError::ConnectTimeout { .. } => words.allow_more_time,
        NetError::Accept { .. } if cfg!(unix) => words.accepting_goes_on_or_raise,
        NetError::Accept { .. } => words.accepting_goes_on,
        NetError::Start { .. } => room_advice(language),
        NetError::QueueFull { .. } => words.wait_for_reader,
        NetError::Undelivered { .. } => words.check_port,
        NetError::Datagram { source, .. } if is_too_long(source) => words.send_less,
        NetError::Datagram { source, .. } if is_queue_full(source) => words.send_slower,
        NetError::Datagram { peer, source, .. } => return connect_advice(language, peer, source),
        NetError::Overrun { .. } => words.answer_faster,
        NetError::Tls { source, .. } => return source.advice(language),
        NetError::TlsSettings { source } => return source.advice(language),
        NetError::NoTls => language.tls_setting_advices.set_up,
        NetError::BudgetSpent { .. } => words.wait_for_readers,
        NetError::NotOpen { .. } | NetError::NoPeers { .. } => words.choose_peer,
        NetError::ConnectGivenUp { .. }
        | NetError::NoConnection
        | NetError::NotConnected { .. }
        | NetError::RequestTooLong { .. }
        | NetError::MemoryFull { .. }
        | NetError::NoPlace
        | NetError::GroupName { .. }
        | NetError::GroupsFull { .. }
        | NetError::Elsewhere { .. }
        | NetError::Receive { .. }
        | NetError::Send { .. }
        | NetError::FinishTimeout { .. }
        | NetError::FinishFlood { .. }
        | NetError::Template { .. } => return None,
    };
    Some(advice.to_owned())
}

/// Returns whether a datagram was too long (EMSGSIZE).
fn is_too_long(source: &SystemError) -> bool {
    let code = match &*source.os {
        "windows" => 10040,
        "linux" => 90,
        _ => 40,
    };
    source.code == Some(code)
}

/// Returns whether there was no room for a datagram on its way out (ENOBUFS).
fn is_queue_full(source: &SystemError) -> bool {
    let code = match &*source.os {
        "windows" => 10055,
        "linux" => 105,
        _ => 55,
    };
    source.code == Some(code)
}

/// Returns what to do when the system has no room for one more socket or thread.
fn room_advice(language: &Language) -> &'static str {
    // Only Unix has a limit that a shell can raise.
    if cfg!(unix) {
        language.engine.make_room_or_raise
    } else {
        language.engine.make_room
    }
}

fn listen_advice(language: &Language, address: &Address, error: &SystemError) -> Option<String> {
    let words = &language.engine;
    let advice = match error.kind {
        io::ErrorKind::AddrInUse if address.is_unix() => words.use_other_path,
        io::ErrorKind::NotFound if address.is_unix() => words.make_folder,
        io::ErrorKind::Unsupported if address.is_unix() => words.use_path,
        io::ErrorKind::AddrInUse => words.use_free_port,
        io::ErrorKind::PermissionDenied if address.ip().is_some_and(|it| it.port() < 1024) => {
            words.use_high_port
        }
        io::ErrorKind::PermissionDenied => words.check_permission,
        io::ErrorKind::AddrNotAvailable => words.use_our_address,
        _ if error.is_family_missing() => words.choose_ipv4,
        _ if error.is_out_of_descriptors() => room_advice(language),
        io::ErrorKind::InvalidInput => match address {
            address if lacks_scope(address) => words.add_scope,
            Address::Tcp(SocketAddr::V6(v6)) | Address::Udp(SocketAddr::V6(v6))
                if v6.ip().to_ipv4_mapped().is_some() =>
            {
                words.use_ipv4_itself
            }
            Address::Unix(_) => words.shorten_path,
            Address::Tcp(_) | Address::Udp(_) => return None,
        },
        _ => return None,
    };
    Some(advice.to_owned())
}

/// Returns whether it is a link-local address that does not name its interface.
fn lacks_scope(address: &Address) -> bool {
    let Some(SocketAddr::V6(v6)) = address.ip() else {
        return false;
    };
    v6.ip().is_unicast_link_local() && v6.scope_id() == 0
}

fn connect_advice(language: &Language, address: &Address, error: &SystemError) -> Option<String> {
    let words = &language.engine;
    let advice = match error.kind {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound if address.is_unix() => {
            words.check_path
        }
        io::ErrorKind::Unsupported if address.is_unix() => words.use_path,
        io::ErrorKind::ConnectionRefused => words.start_server,
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => words.check_network,
        io::ErrorKind::TimedOut => words.check_firewall,
        io::ErrorKind::AddrNotAvailable => words.use_our_source,
        io::ErrorKind::InvalidInput if lacks_scope(address) => words.add_scope,
        io::ErrorKind::InvalidInput => words.use_same_family,
        io::ErrorKind::PermissionDenied => words.check_permission,
        _ if error.is_family_missing() => words.use_ipv4,
        _ if error.is_out_of_descriptors() => room_advice(language),
        _ => return None,
    };
    Some(advice.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;

    #[test]
    fn only_a_low_port_to_listen_on_needs_special_rights() {
        let check = |error: NetError, expected: &str| {
            assert_eq!(error.advice(&ENGLISH).as_deref(), Some(expected));
        };
        let source = || io::ErrorKind::PermissionDenied.into();
        let address = |port| Address::from(SocketAddr::from(([127, 0, 0, 1], port)));
        let listen = |port| NetError::Listen {
            address: address(port),
            source: source(),
        };
        check(listen(80), ENGLISH.engine.use_high_port);
        check(listen(8080), ENGLISH.engine.check_permission);
        let connect = NetError::Connect {
            address: address(80),
            source: source(),
        };
        check(connect, ENGLISH.engine.check_permission);
    }

    #[test]
    fn a_limit_is_to_be_raised_only_where_a_shell_can() {
        let address = Address::from(SocketAddr::from(([127, 0, 0, 1], 9000)));
        let source = || io::ErrorKind::Other.into();
        for error in [
            NetError::Accept {
                address: address.clone(),
                source: source(),
            },
            NetError::Start { source: source() },
        ] {
            let advice = error.advice(&ENGLISH).unwrap();
            assert_eq!(advice.contains("ulimit"), cfg!(unix), "{advice}");
        }
    }
}
