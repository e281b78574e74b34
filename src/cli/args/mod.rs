//! The command line's arguments, each checked on its own.

mod capture;
mod help;
mod open;
mod reading;
mod record;
mod run;
mod send;
mod serve;
mod socket;
#[cfg(test)]
mod tests;
mod tls;
mod udp;
mod value;

use clap::{Parser, Subcommand};

pub(super) use capture::{ChoiceArguments, ExportArguments, ShowArguments};
use help::{
    EXAMPLES, EXPORT_EXAMPLES, GRAMMAR, OPEN_EXAMPLES, RUN_EXAMPLES, SEND_EXAMPLES, SERVE_EXAMPLES,
    SHOW_EXAMPLES,
};
pub(super) use open::OpenArguments;
pub(super) use reading::TextArguments;
pub(super) use record::RecordArgument;
pub(super) use run::RunArguments;
pub(super) use send::{CONNECT_TIMEOUT, InputArguments, MessageArguments, SendArguments};
pub(super) use serve::ServeArguments;
pub(super) use udp::first_given;
pub(super) use value::{MessageArgument, ReplyArgument};

/// A desktop workbench for connections over TCP, TLS, UDP and Unix sockets: be either end, and see exactly what happened.
///
/// Without a command it opens the window.
#[derive(Debug, Parser)]
#[command(
    name = "bothends",
    version = env!("BOTHENDS_VERSION"),
    override_usage = "bothends [COMMAND]",
    after_help = format!("{EXAMPLES}\n\n{GRAMMAR}"),
    max_term_width = 100
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: CliCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// Open the window with a document, captures, or captured files of other tools.
    ///
    /// A document (NAME.bothends) takes the place of the one that was open last. Its servers are not started, and unless
    /// it was saved here or approved before, it asks before it replies or reads files.
    #[command(after_help = OPEN_EXAMPLES)]
    Open(OpenArguments),
    /// Listen on ADDR and reply to peers until SIGINT or SIGTERM.
    ///
    /// With UDP, whoever sends a datagram is a peer until it has been silent for --forget-after; each datagram is
    /// answered by itself.
    ///
    /// What peers send is not written to standard output as it is, neither to a terminal nor to a pipe: --json writes it
    /// as part of its events, and --record keeps it in a capture.
    #[command(after_help = format!("{SERVE_EXAMPLES}\n\n{GRAMMAR}"))]
    Serve(ServeArguments),
    /// Start the servers of a document and connect its clients, until SIGINT or SIGTERM.
    ///
    /// Servers start first; once all of them listen, the clients connect, those that follow a server to where it listens.
    /// Ends with exit status 1 as soon as a server cannot listen or a client cannot connect. Where only clients run, it
    /// ends once all their connections have ended.
    #[command(after_help = format!("{RUN_EXAMPLES}\n\n{GRAMMAR}"))]
    Run(RunArguments),
    /// Connect to ADDR, send, and print what arrives.
    ///
    /// Sends standard input when none of --text, --hex and --file is given. Ends when the peer has finished (FIN) and
    /// all of the input is sent, when the expectation is met, after --frames received frames, after --wait without bytes,
    /// or after --max-time. A terminal as input ends at the peer's FIN.
    ///
    /// With UDP, --text, --hex, --file and standard input are one datagram each, which may be empty, or as many as
    /// --datagrams cuts; each line typed at a terminal is one. Replies are printed whoever sends them, one after another
    /// without anything in between. The exit status is 1 if the system reports that a datagram was not delivered.
    #[command(after_help = format!("{SEND_EXAMPLES}\n\n{GRAMMAR}"))]
    Send(SendArguments),
    /// Write a capture as text, CSV, JSON lines, raw bytes or packets.
    ///
    /// An export that fails or is interrupted leaves no partial file. Where the export differs from what was on the
    /// wire, standard error says so.
    #[command(after_help = format!("{EXPORT_EXAMPLES}\n\n{GRAMMAR}"))]
    Export(ExportArguments),
    /// Write a capture to standard output, as the timeline shows it.
    ///
    /// The exit status is 1 if anything is damaged or missing, if recording was cut short, or if something was not
    /// recorded; standard error says what. What a limit let go, and what happened while recording was turned off, is
    /// only noted.
    #[command(after_help = format!("{SHOW_EXAMPLES}\n\n{GRAMMAR}"))]
    Show(ShowArguments),
    /// Write the certificate of Bothends CA, which signs those of tls:// servers.
    ///
    /// It is made when it is first needed, for this user alone. Whoever has its key, which stays in the same folder, can
    /// pretend to be any server to programs that trust it: trust it in the program under test, not in the whole system.
    Ca,
}
