//! What failed in the engine, and what to do next.

use std::io;
use std::net::SocketAddr;

use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::{CommandError, NetError, is_family_missing, is_out_of_descriptors};

phrases! {
    /// What failed in the engine, and what to do next.
    Engine {
        busy = "the endpoint is still working on earlier commands";
        try_again = "Try again in a moment";
        not_started(reason: &str) = "cannot start the endpoint: {reason}";
        not_listening(address: SocketAddr, reason: &str) = "cannot listen on {address}: {reason}";
        not_found(host: &str, reason: &str) = "cannot find {host}: {reason}";
        look_ups(host: &str, limit: usize) = "cannot look up {host}: {limit} other look-ups are still waiting";
        not_connected(address: SocketAddr, reason: &str) = "cannot connect to {address}: {reason}";
        timed_out(seconds: f64) = "timed out after {seconds} s";
        given_up(target: &str) = "connecting to {target} was cancelled";
        not_accepted(address: SocketAddr, reason: &str) = "cannot accept on {address}: {reason}";
        not_received(peer: SocketAddr, reason: &str) = "cannot receive from {peer}: {reason}";
        not_sent_to(peer: SocketAddr, reason: &str) = "cannot send to {peer}: {reason}";
        finish_timed_out(peer: SocketAddr, seconds: f64) = "{peer} did not read the reply and finish within {seconds} s";
        finish_flooded(peer: SocketAddr, limit: &str) = "{peer} sent more than {limit} after the reply";
        queue_full(peer: SocketAddr, bytes: &str, queued: &str) = "{bytes} not queued for {peer}: it has not read the {queued} before them";
        not_open(bytes: &str) = "{bytes} not sent: the connection is no longer open for sending";
        nothing_to_finish = "sending not finished: the connection is not open";
        no_peers(bytes: &str) = "{bytes} not sent: no peer is connected";
        template(reason: &str) = "the template was not sent: {reason}";
        use_free_port = "Use a free port, or stop whatever is listening there";
        use_high_port = "Ports below 1024 need special rights: use 1024 or above";
        use_our_address = "Choose one of this machine's addresses";
        choose_ipv4 = "Choose an IPv4 address";
        make_room = "Close connections or programs, then try again";
        make_room_or_raise = "Close connections or programs, or raise the limit (ulimit -n), then try again";
        add_scope = "Add the interface to a link-local address: fe80::1%eth0";
        use_ipv4_itself = "Use the IPv4 address itself, or :: with dual-stack";
        check_name = "Check the spelling, or enter the address itself";
        wait_for_look_ups = "Wait until one ends, or enter the address itself";
        start_server = "Start the server, or check the port";
        check_network = "Check the address and this machine's network";
        check_firewall = "Check the address, and firewalls on the way";
        check_permission = "Check this machine's firewall and what this program may do";
        allow_more_time = "Check the address, and firewalls on the way, or allow more time";
        use_ipv4 = "Use an IPv4 address";
        accepting_goes_on = "Close connections or programs; accepting resumes by itself when there is room";
        accepting_goes_on_or_raise = "Close connections or programs, or raise the limit (ulimit -n); accepting resumes by itself when there is room";
        wait_for_reader = "Wait until the peer reads, or disconnect it";
        choose_peer = "Choose a connected peer, or wait for one";
    }
}

impl InWords for CommandError {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Full => language.engine.busy.to_owned(),
            Self::Start(source) => language.engine.not_started(&source.in_words(language)),
        }
    }

    fn advice(&self, language: &Language) -> Option<String> {
        let advice = match self {
            Self::Full => language.engine.try_again,
            Self::Start(_) => room_advice(language),
        };
        Some(advice.to_owned())
    }
}

impl InWords for NetError {
    fn in_words(&self, language: &Language) -> String {
        let (words, counts) = (&language.engine, &language.counts);
        let cause = || language.cause(self);
        match self {
            Self::Listen { address, .. } => words.not_listening(*address, &cause()),
            Self::LookUp { host, .. } => words.not_found(host, &cause()),
            Self::TooManyLookUps { host, limit } => words.look_ups(host, *limit),
            Self::Connect { address, .. } | Self::ConnectTimeout { address, .. } => {
                words.not_connected(*address, &cause())
            }
            Self::ConnectGivenUp { target } => words.given_up(target),
            Self::Accept { address, .. } => words.not_accepted(*address, &cause()),
            Self::Receive { peer, .. } => words.not_received(*peer, &cause()),
            Self::Send { peer, .. } => words.not_sent_to(*peer, &cause()),
            Self::FinishTimeout { peer, timeout } => {
                words.finish_timed_out(*peer, timeout.as_secs_f64())
            }
            Self::FinishFlood { peer, limit_bytes } => {
                words.finish_flooded(*peer, &counts.bytes(*limit_bytes))
            }
            Self::QueueFull {
                peer,
                bytes,
                queued_bytes,
            } => words.queue_full(*peer, &counts.bytes(*bytes), &counts.bytes(*queued_bytes)),
            Self::NotOpen { bytes } => words.not_open(&counts.bytes(*bytes)),
            Self::NothingToFinish => words.nothing_to_finish.to_owned(),
            Self::NoPeers { bytes } => words.no_peers(&counts.bytes(*bytes)),
            Self::Start { .. } => words.not_started(&cause()),
            Self::Template { source } => words.template(&source.in_words(language)),
        }
    }

    fn advice(&self, language: &Language) -> Option<String> {
        let words = &language.engine;
        let advice = match self {
            Self::Listen { address, source } => return listen_advice(language, *address, source),
            Self::LookUp { .. } => words.check_name,
            Self::TooManyLookUps { .. } => words.wait_for_look_ups,
            Self::Connect { source, .. } => return connect_advice(language, source),
            Self::ConnectTimeout { .. } => words.allow_more_time,
            Self::Accept { .. } if cfg!(unix) => words.accepting_goes_on_or_raise,
            Self::Accept { .. } => words.accepting_goes_on,
            Self::Start { .. } => room_advice(language),
            Self::QueueFull { .. } => words.wait_for_reader,
            Self::NotOpen { .. } | Self::NoPeers { .. } => words.choose_peer,
            Self::ConnectGivenUp { .. }
            | Self::NothingToFinish
            | Self::Receive { .. }
            | Self::Send { .. }
            | Self::FinishTimeout { .. }
            | Self::FinishFlood { .. }
            | Self::Template { .. } => return None,
        };
        Some(advice.to_owned())
    }
}

impl Language {
    /// Returns why something failed, without what failed.
    pub(super) fn cause(&self, error: &NetError) -> String {
        match error {
            NetError::Listen { source, .. }
            | NetError::Connect { source, .. }
            | NetError::Accept { source, .. }
            | NetError::Receive { source, .. }
            | NetError::Send { source, .. }
            | NetError::Start { source } => source.in_words(self),
            NetError::LookUp { source, .. } => self.lookup_reason(source),
            NetError::ConnectTimeout { timeout, .. } => {
                self.engine.timed_out(timeout.as_secs_f64())
            }
            _ => error.in_words(self),
        }
    }
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

fn listen_advice(language: &Language, address: SocketAddr, error: &io::Error) -> Option<String> {
    let words = &language.engine;
    let advice = match error.kind() {
        io::ErrorKind::AddrInUse => words.use_free_port,
        io::ErrorKind::PermissionDenied if address.port() < 1024 => words.use_high_port,
        io::ErrorKind::PermissionDenied => words.check_permission,
        io::ErrorKind::AddrNotAvailable => words.use_our_address,
        _ if is_family_missing(error) => words.choose_ipv4,
        _ if is_out_of_descriptors(error) => room_advice(language),
        io::ErrorKind::InvalidInput => match address {
            SocketAddr::V6(v6) if v6.ip().is_unicast_link_local() && v6.scope_id() == 0 => {
                words.add_scope
            }
            SocketAddr::V6(v6) if v6.ip().to_ipv4_mapped().is_some() => words.use_ipv4_itself,
            _ => return None,
        },
        _ => return None,
    };
    Some(advice.to_owned())
}

fn connect_advice(language: &Language, error: &io::Error) -> Option<String> {
    let words = &language.engine;
    let advice = match error.kind() {
        io::ErrorKind::ConnectionRefused => words.start_server,
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => words.check_network,
        io::ErrorKind::TimedOut => words.check_firewall,
        io::ErrorKind::PermissionDenied => words.check_permission,
        _ if is_family_missing(error) => words.use_ipv4,
        _ if is_out_of_descriptors(error) => room_advice(language),
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
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
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
        let address = SocketAddr::from(([127, 0, 0, 1], 9000));
        let source = || io::ErrorKind::Other.into();
        for error in [
            NetError::Accept {
                address,
                source: source(),
            },
            NetError::Start { source: source() },
        ] {
            let advice = error.advice(&ENGLISH).unwrap();
            assert_eq!(advice.contains("ulimit"), cfg!(unix), "{advice}");
        }
    }
}
