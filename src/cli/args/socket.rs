//! The options of TCP and UDP sockets.

use clap::Args;

use super::udp::first_given;
use super::value::typed;
use crate::workspace::{SocketForm, parse_buffer, parse_keep_alive, parse_linger, parse_ttl};

/// Options of TCP and UDP sockets.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of TCP and UDP sockets")]
#[expect(clippy::doc_markdown, reason = "the help shows it as it is")]
pub(in crate::cli) struct SocketArguments {
    /// Probe a silent peer: the time before the first probe, from one to the next, and how many, as in 60s,10s,5
    /// (TCP only; SO_KEEPALIVE) [default of the last two: 75s,9]
    #[arg(long, visible_alias = "keepalive", alias = "keepidle", value_name = "IDLE[,INTERVAL[,PROBES]]", value_parser = typed(|text| Ok(parse_keep_alive(text)?)))]
    keep_alive: Option<String>,
    /// Let the system collect small writes into one segment (TCP only; Nagle's algorithm, TCP_NODELAY off)
    #[arg(long)]
    delay: bool,
    /// What happens without --delay: each write becomes a segment at once, under the name that other tools have for it
    #[arg(long, hide = true, conflicts_with = "delay")]
    nodelay: bool,
    /// The size of the system's send buffer; Linux doubles it (SO_SNDBUF)
    #[arg(long, visible_alias = "sndbuf", value_name = "SIZE", value_parser = typed(|text| Ok(parse_buffer(text)?)))]
    send_buffer: Option<String>,
    /// The size of the system's receive buffer, and so of the window of TCP; Linux doubles it (SO_RCVBUF)
    #[arg(long, visible_alias = "rcvbuf", value_name = "SIZE", value_parser = typed(|text| Ok(parse_buffer(text)?)))]
    receive_buffer: Option<String>,
    /// How many hops a packet may take, 1 to 255 (IP_TTL)
    #[arg(long, value_name = "HOPS", value_parser = typed(|text| Ok(parse_ttl(text)?)))]
    ttl: Option<String>,
    /// How long closing may wait for unsent bytes, in whole seconds; 0s resets (TCP only; SO_LINGER)
    #[arg(long, value_name = "DURATION", value_parser = typed(|text| Ok(parse_linger(text)?)))]
    linger: Option<String>,
}

impl SocketArguments {
    /// Returns the name of the first option that is given.
    pub(in crate::cli) fn first(&self) -> Option<&'static str> {
        first_given([
            ("--keep-alive", self.keep_alive.is_some()),
            ("--delay", self.delay),
            ("--nodelay", self.nodelay),
            ("--send-buffer", self.send_buffer.is_some()),
            ("--receive-buffer", self.receive_buffer.is_some()),
            ("--ttl", self.ttl.is_some()),
            ("--linger", self.linger.is_some()),
        ])
    }

    /// Returns the name of the first option that is given and that only TCP has.
    pub(in crate::cli) fn first_of_tcp(&self) -> Option<&'static str> {
        first_given([
            ("--keep-alive", self.keep_alive.is_some()),
            ("--delay", self.delay),
            ("--nodelay", self.nodelay),
            ("--linger", self.linger.is_some()),
        ])
    }

    /// Returns the form of these options; a client may have a source address.
    pub(in crate::cli) fn form(&self, source: Option<String>) -> SocketForm {
        let text = |option: Option<&String>| option.cloned().unwrap_or_default();
        SocketForm {
            source_text: source.unwrap_or_default(),
            no_delay: !self.delay,
            keep_alive_text: text(self.keep_alive.as_ref()),
            send_buffer_text: text(self.send_buffer.as_ref()),
            receive_buffer_text: text(self.receive_buffer.as_ref()),
            ttl_text: text(self.ttl.as_ref()),
            linger_text: text(self.linger.as_ref()),
        }
    }
}
