//! The arguments of `send`.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::reading::{FrameArguments, TextArguments};
use super::record::RecordArgument;
use super::socket::SocketArguments;
use super::tls::ClientTlsArguments;
use super::udp::UdpArguments;
use super::value::{count, datagrams, in_words, line_ending, target, typed};
use crate::payload::framing::Framing;
use crate::payload::{LineEnding, Pattern};
use crate::workspace::{parse_connect_timeout, parse_duration, parse_source};

/// The default limit on connecting to one address.
pub(in crate::cli) const CONNECT_TIMEOUT: &str = "5s";
#[derive(Debug, Args)]
pub(in crate::cli) struct SendArguments {
    /// Where to connect to; all addresses of a name are tried
    #[arg(value_name = "ADDR", value_parser = typed(target))]
    pub(in crate::cli) target: String,
    #[command(flatten)]
    pub(in crate::cli) input: InputArguments,
    /// How long connecting to each address may take, 1ms to 10m [default: 5s]
    #[arg(long, value_name = "DURATION", value_parser = typed(|text| Ok(parse_connect_timeout(text)?)))]
    pub(in crate::cli) connect_timeout: Option<String>,
    /// Connect from this address of this machine, from this :port, or both
    #[arg(long, value_name = "ADDR", value_parser = typed(|text| Ok(parse_source(text)?)))]
    source: Option<String>,
    /// Connect from this port, under the name that other tools have for --source :PORT
    #[arg(long, hide = true, alias = "sourceport", conflicts_with = "source", value_name = "PORT", value_parser = typed(|text| Ok(parse_source(&format!(":{text}"))?)))]
    source_port: Option<String>,
    /// With UDP, send each frame of a file or of standard input as a datagram, cut by this RULE: line, fixed:1400
    ///
    /// Line breaks and other delimiters are part of the datagram. Without it, a file or all of standard input is one
    /// datagram, and each line from a terminal.
    #[arg(long, value_name = "RULE", value_parser = datagrams, allow_hyphen_values = true)]
    pub(in crate::cli) datagrams: Option<Framing>,
    /// What to append to --text [default: none]
    #[arg(long, value_name = "ENDING", value_parser = line_ending())]
    pub(in crate::cli) line_ending: Option<LineEnding>,
    /// End when no byte has passed in either direction for this long [default: 1s]
    ///
    /// Once everything is sent, this limit always applies. Before that it applies if --wait or --expect is given, or
    /// once the peer has finished (FIN): input that is still open or unsent is then a failure. Input from a terminal is
    /// limited by --wait only. 0s closes as soon as everything is sent, and sets no limit before that. With --frames the
    /// limit applies as with --expect. The pause between two messages of --repeat does not count.
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(in crate::cli) wait: Option<Duration>,
    /// End after this long at the latest, including look-up, connecting, sending and waiting
    ///
    /// The exit status is then 1 if what --expect or --frames waits for has not arrived, or if not all of the input was
    /// sent. What has arrived is still written and recorded.
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(in crate::cli) max_time: Option<Duration>,
    /// Finish sending (FIN) after the input, for servers that reply only then; still prints what arrives
    #[arg(long)]
    pub(in crate::cli) finish: bool,
    /// Succeed as soon as this arrives, with UDP within one datagram, even if not everything is sent; exit status 1 if it
    /// does not
    #[arg(long, value_name = "PATTERN", value_parser = in_words(Pattern::parse), allow_hyphen_values = true)]
    pub(in crate::cli) expect: Option<Pattern>,
    /// Succeed as soon as this many frames were received; exit status 1 if they are not
    ///
    /// --framing says what a frame is; malformed ones do not count. With UDP, each datagram is a frame. With --expect, this is how many frames may arrive
    /// before it is met.
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub(in crate::cli) frames: Option<NonZeroU64>,
    #[command(flatten)]
    pub(in crate::cli) message: TextArguments,
    #[command(flatten)]
    pub(in crate::cli) framing: FrameArguments,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgument,
    /// Write events to standard output, one JSON object per line, instead of the received bytes
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Write the received bytes unchanged even to a terminal, which may obey control sequences in them
    ///
    /// Without it, control and invisible characters, and bytes that are not text, are escaped there as in the window. A
    /// pipe or a file always gets the exact bytes.
    #[arg(long, conflicts_with = "json")]
    pub(in crate::cli) raw: bool,
    // Last, because each heading is for all that follows.
    #[command(flatten)]
    pub(in crate::cli) tls: ClientTlsArguments,
    #[command(flatten)]
    pub(in crate::cli) udp: UdpArguments,
    #[command(flatten)]
    pub(in crate::cli) socket: SocketArguments,
}

impl SendArguments {
    /// Returns where to connect from, if that is given.
    pub(in crate::cli) fn source(&self) -> Option<String> {
        let port = self.source_port.as_ref();
        self.source.clone().or(port.map(|port| format!(":{port}")))
    }
}

/// What to send, and how often.
#[derive(Debug, Args)]
pub(in crate::cli) struct InputArguments {
    #[command(flatten)]
    pub(in crate::cli) message: MessageArguments,
    /// Send the message this many times; a template is computed anew each time
    ///
    /// Whatever ends the command also ends the repetition: --expect, --frames, --max-time, a signal. --finish and --wait
    /// apply after the last message.
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub(in crate::cli) repeat: Option<NonZeroU64>,
    /// The time from one message to the next [default: 1s]; without --repeat, send until something ends the command
    ///
    /// If sending one takes longer, the next one follows at once. Without --repeat, the peer's FIN, --expect, --frames,
    /// --max-time or a signal ends the command.
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(in crate::cli) every: Option<Duration>,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
pub(in crate::cli) struct MessageArguments {
    /// Send this text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(in crate::cli) text: Option<String>,
    /// Send the bytes given as hex digits
    #[arg(long, value_name = "HEX", allow_hyphen_values = true)]
    pub(in crate::cli) hex: Option<String>,
    /// Send a file, or what is written to a named pipe, which is opened once the connection is established
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,
}
