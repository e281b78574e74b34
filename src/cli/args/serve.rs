//! The arguments of `serve`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::reading::{FrameArguments, TextArguments};
use super::record::RecordArgument;
use super::socket::SocketArguments;
use super::tls::ServerTlsArguments;
use super::udp::{UdpArguments, UdpServerArguments};
use super::value::{
    MessageArgument, ReplyArgument, accepting, bind_address, in_words, message, reply, typed,
};
use crate::net::{Accepting, DEFAULT_BACKLOG};
use crate::workspace::{parse_backlog, parse_duration, parse_mode, parse_read_buffer};

/// The default read buffer, as shown by `--help`.
pub(super) const READ_BUFFER: &str = "64k";

/// What a document says for --rules.
const BY_RULES: [&str; 13] = [
    "reply",
    "greeting",
    "close_after_reply",
    "template",
    "encoding",
    "encoding_in",
    "encoding_out",
    "framing",
    "framing_in",
    "framing_out",
    "check",
    "check_in",
    "check_out",
];

fn backlog_help() -> String {
    format!("How many connections may wait to be accepted [default: {DEFAULT_BACKLOG}]")
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(in crate::cli) struct ServeArguments {
    /// Where to listen; port 0 takes any free one
    #[arg(value_name = "ADDR", value_parser = typed(bind_address))]
    pub(in crate::cli) bind: String,
    /// Accept IPv4 peers on an IPv6 address too
    #[arg(long)]
    pub(in crate::cli) dual_stack: bool,
    /// The reply to each chunk or datagram, or to each frame with --framing: text:TEXT or hex:HEX; echo sends each chunk
    /// back, none sends nothing
    #[arg(long, default_value = "echo", value_parser = reply, allow_hyphen_values = true)]
    pub(in crate::cli) reply: ReplyArgument,
    /// Reply by the rules of a document's server, with its framing, check, encoding, memory, seed and greeting; FILE#NAME
    /// names one of several servers
    #[arg(long, value_name = "FILE", conflicts_with_all = BY_RULES)]
    pub(in crate::cli) rules: Option<PathBuf>,
    /// Let the templates of --rules read files
    #[arg(long, requires = "rules")]
    pub(in crate::cli) allow_files: bool,
    /// The size of the buffer for each read, 1 to 1m; a longer datagram is cut
    #[arg(long, value_name = "SIZE", default_value = READ_BUFFER, value_parser = in_words(parse_read_buffer), allow_hyphen_values = true)]
    pub(in crate::cli) read_buffer: usize,
    #[arg(long, value_name = "NUMBER", value_parser = in_words(parse_backlog), allow_hyphen_values = true, help = backlog_help())]
    pub(in crate::cli) backlog: Option<u32>,
    /// What to do with new connections: accept them; stop accepting, so that they wait in the accept queue until it is full;
    /// or accept and close them at once [default: accept]
    #[arg(long, value_name = "HOW", value_parser = accepting())]
    pub(in crate::cli) accepting: Option<Accepting>,
    /// Close a connection after its first reply; a peer of UDP is forgotten
    #[arg(long)]
    pub(in crate::cli) close_after_reply: bool,
    /// When the peer finishes sending (FIN), keep the sending side open instead of closing
    #[arg(long)]
    pub(in crate::cli) stay_half_open: bool,
    /// What to send as soon as a connection is accepted, before the peer has sent anything, or to a new peer of UDP:
    /// text:TEXT or hex:HEX
    #[arg(long, value_name = "MESSAGE", value_parser = message, allow_hyphen_values = true)]
    pub(in crate::cli) greeting: Option<MessageArgument>,
    /// The permissions of the file of a Unix socket, in octal, such as 600 [default: what the umask leaves]
    ///
    /// The file is removed at the end. A file that a server left behind is replaced; one that is in use is not.
    #[arg(long, value_name = "MODE", value_parser = typed(|text| Ok(parse_mode(text)?)))]
    pub(in crate::cli) mode: Option<String>,
    /// End after this long, with exit status 0 if everything was sent
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(in crate::cli) max_time: Option<Duration>,
    #[command(flatten)]
    pub(in crate::cli) text: TextArguments,
    #[command(flatten)]
    pub(in crate::cli) framing: FrameArguments,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgument,
    /// Write events to standard output, one JSON object per line
    ///
    /// Lines hold up nobody. With --record they come from the record, and one says when recording stops. Without it, up to
    /// 256 MiB wait in memory; what finds no room there is left out, and counted where it would have been.
    #[arg(long)]
    pub(in crate::cli) json: bool,
    // Last, because each heading is for all that follows.
    #[command(flatten)]
    pub(in crate::cli) tls: ServerTlsArguments,
    #[command(flatten)]
    pub(in crate::cli) udp_server: UdpServerArguments,
    #[command(flatten)]
    pub(in crate::cli) udp: UdpArguments,
    #[command(flatten)]
    pub(in crate::cli) socket: SocketArguments,
}
