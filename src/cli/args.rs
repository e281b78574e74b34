//! The command line's arguments, each checked on its own.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use super::error::CliError;
use crate::capture::access::Access;
use crate::capture::store::{AtLimit, Keep};
use crate::export::{Format as ExportFormat, FormatError};
use crate::net::{self, AddressError, ByDirection, DEFAULT_BACKLOG, Direction, UNIX_SCHEME};
use crate::payload::framing::Framing;
use crate::payload::template::Check;
use crate::payload::{Encoding, Format, LineEnding, Pattern};
use crate::words::{ENGLISH, InWords};
use crate::workspace::{
    AddressForm, AmountProblem, FieldProblem, LINE_ENDINGS, ProtocolForm, ReadingForm, SocketForm,
    parse_backlog, parse_bind_address, parse_buffer, parse_connect_timeout, parse_duration,
    parse_keep_alive, parse_limit, parse_linger, parse_mode, parse_read_buffer, parse_socket_path,
    parse_source, parse_ttl,
};

/// The `--help` section on values that several options share.
const GRAMMAR: &str = r#"Values:
  ADDR       host:port, [v6]:port, or :port for 127.0.0.1; unix:PATH or unix:@NAME (Linux) for a Unix socket
  SIZE       bytes, or KiB and MiB with k and m: 30, 64k, 1m; of a record also 20MB, 1.5GiB
  DURATION   a number with ms, s or m: 200ms, 2s, 1m
  TEXT       text with the escapes \n \r \t \0 \\ \xNN \u{…}
  HEX        hex digits: '0A 0b', 0A0B, 0x0A,0x0B, 0A-0B
  PATTERN    text:TEXT, regex:REGEX, hex:HEX with ?? for any byte; a bare word means text:
             TEXT is encoded with --encoding.
             A REGEX matches bytes: \xFF, . and [^a] match one byte, é its UTF-8 bytes;
             $ and \b see the end of what has arrived so far
  RULE       line (LF, CR LF or CR), lf, crlf, cr, delimiter:HEX, fixed:BYTES,
             length:u16be (u8 to u64, be or le) with ,at=N ,adjust=N ,self,
             varint (also varint:at=N,most=N), between:START,END[,ESCAPE] in hex, silence:DURATION,
             http (HTTP/1), mqtt, postgres, resp (Redis), mllp, stx-etx, slip
  CHECK      'crc CRC-16/MODBUS le', 'sum', 'xor HEX over=1..-3 at=-2', 'len u16be at=4':
             fields as in a template, with the place of the value; several with ;
  NAME       of an encoding: utf-8, windows-1252, gbk, sjis, utf-16 … or another label of the Encoding
             Standard, where latin1 and iso-8859-1 are windows-1252 (80 is €); iso-8859-1-strict is
             ISO-8859-1 itself (80 is the control character U+0080, and there is no €)
  FIELD      {{counter [start=N] [step=N] [width=N|u16be]}}, which begins anew on each connection;
             {{time ["%H:%M:%S"] [utc]}} {{uuid}}
             {{unix [s|ms|us|ns] [u32be]}} {{random BYTES}} {{random A..B [u16be]}} {{file PATH}}
             {{len [over=RANGE] [adjust=N] [width=N|u16be]}} of what follows it,
             {{crc NAME [le] [hex|HEX] [over=RANGE] [decode]}} of what precedes it; likewise
             sum, xor, lrc, fletcher16, adler32, internet, {{sha1 [hex|HEX|base64] [over=RANGE]}}
             and {{base64 [over=RANGE]}}; RANGE is A..B or the name between {{begin NAME [hidden]}}
             and {{end NAME}}, and what is hidden is not sent;
             {{peer [ip|port]}} {{local [ip|port]}} {{connection}}; in a reply also
             {{request [A..B|header NAME|/REGEX/]}}, what it answers, or the REGEX's first group

Exit status: 0 fine; 1 a connection, an expectation or a check failed, something was not sent, recorded or
written, a capture is damaged or incomplete, or a second signal; 2 wrong arguments, among them a folder
to record into that is not empty and a file to export to that exists. The first SIGINT or SIGTERM ends a
command in order.
Messages go to standard error, data to standard output."#;

const EXAMPLES: &str = r"Examples:
  bothends                                   open the window
  bothends serve :9000                       echo what arrives, on 127.0.0.1:9000
  bothends send :9000 --text 'Hello\n'       send a line, print the reply
  bothends serve :9000 --record session      keep every byte in the folder session
  bothends show session                      print what happened
  bothends export session --to raw --output streams
                                              the bytes of each stream in files
  bothends send --help                       all options of a command";

const SERVE_EXAMPLES: &str = r"Examples:
  bothends serve :9000
  bothends serve '[::]:0' --dual-stack --json
  bothends serve :5025 --reply 'text:ACME,42,0,1.0\n' --read-buffer 30 --close-after-reply
  bothends serve :502 --framing length:u16be,at=4 --json
  bothends serve :9000 --reply 'text:{{counter}} {{time}}\n' --template
  bothends serve :2525 --greeting 'text:220 ready\r\n' --framing crlf --reply 'text:250 OK\r\n'
  bothends serve unix:/tmp/meter.sock --mode 600 --max-time 1m";

const SEND_EXAMPLES: &str = r"Examples:
  bothends send :9000 --text 'Hello, server!'
  bothends send printer.local:9100 --file label.zpl --wait 5s
  bothends send '[::1]:502' --hex '00 01 00 00 00 06 01 03 00 00 00 01' --expect 'hex:00 01 ?? ??'
  printf 'GET / HTTP/1.0\r\n\r\n' | bothends send example.org:80
  bothends send :9000 --file request.xml --finish --wait 10s
  bothends send :5025 --text '*IDN?\n' --framing line --frames 1 --wait 5s
  bothends send :9000 --template --text '{{counter}} {{time}}\n' --repeat 10 --every 500ms
  bothends send unix:/tmp/meter.sock --text 'status\n' --expect ready --max-time 10s
  bothends send :9000 --template --hex '01 03 00 00 00 0A {{crc CRC-16/MODBUS le}}' \
      --framing silence:20ms --check 'crc CRC-16/MODBUS le' --json";

const EXPORT_EXAMPLES: &str = r"Examples:
  bothends export session --to csv --output session.csv
  bothends export session --to raw --output streams --endpoint 'Server 1'
  bothends export session --to jsonl --output - --find 'regex:^GET ' | jq .text
  bothends export session --to pcapng --output session.pcapng

Formats:
  txt     a line for each entry: when, who, what, and the payload with escapes that stand for its
          exact bytes
  csv     a line for each entry, with the exact bytes in hex; a payload too long for a cell (32,767
          characters) continues in further lines of the same entry, with the next part
  jsonl   a JSON object for each entry, as serve --json and send --json write them
  raw     a folder with <connection>-received.bin and <connection>-sent.bin
  pcapng  packets as they could have carried it; what went between two endpoints of ours is
          written once, from the client's end, unless --endpoint names the server";

const SHOW_EXAMPLES: &str = r"Examples:
  bothends show session | less
  bothends show session --endpoint 'Server 1' --find hex:0d0a --json | jq .hex
  bothends show session --verify
  bothends show trace.pcapng
  tcpdump -w - 'tcp port 80' | bothends show -";

/// The default limit on connecting to one address.
pub(super) const CONNECT_TIMEOUT: &str = "5s";
/// The default read buffer, as shown by `--help`.
const READ_BUFFER: &str = "64k";

/// A desktop TCP workbench: be either end of a TCP connection, and see exactly what happened on it.
///
/// Without a command it opens the window.
#[derive(Debug, Parser)]
#[command(
    name = "bothends",
    version,
    override_usage = "bothends [COMMAND]",
    after_help = format!("{EXAMPLES}\n\n{GRAMMAR}"),
    max_term_width = 100
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Listen on ADDR and reply to peers until SIGINT or SIGTERM.
    #[command(after_help = format!("{SERVE_EXAMPLES}\n\n{GRAMMAR}"))]
    Serve(ServeArguments),
    /// Connect to ADDR, send, and print what arrives.
    ///
    /// Sends standard input when none of --text, --hex and --file is given. Ends when the peer has finished (FIN) and
    /// all of the input is sent, when the expectation is met, after --frames received frames, after --wait without bytes,
    /// or after --max-time. A terminal as input ends at the peer's FIN.
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
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(super) struct ServeArguments {
    /// Where to listen; port 0 takes any free one
    #[arg(value_name = "ADDR", value_parser = typed(bind_address))]
    pub(super) bind: String,
    /// Accept IPv4 peers on an IPv6 address too
    #[arg(long)]
    pub(super) dual_stack: bool,
    /// The reply to each chunk, or to each frame with --framing: text:TEXT or hex:HEX; echo sends each chunk back,
    /// none sends nothing
    #[arg(long, default_value = "echo", value_parser = reply, allow_hyphen_values = true)]
    pub(super) reply: ReplyArgument,
    /// The size of the buffer for each read, 1 to 1m
    #[arg(long, value_name = "SIZE", default_value = READ_BUFFER, value_parser = in_words(parse_read_buffer), allow_hyphen_values = true)]
    pub(super) read_buffer: usize,
    /// How many connections may wait to be accepted
    #[arg(long, value_name = "NUMBER", default_value_t = DEFAULT_BACKLOG, value_parser = in_words(parse_backlog), allow_hyphen_values = true)]
    pub(super) backlog: u32,
    /// Close a connection after its first reply
    #[arg(long)]
    pub(super) close_after_reply: bool,
    /// When the peer finishes sending (FIN), keep the sending side open instead of closing
    #[arg(long)]
    pub(super) stay_half_open: bool,
    /// What to send as soon as a connection is accepted, before the peer has sent anything: text:TEXT or hex:HEX
    #[arg(long, value_name = "MESSAGE", value_parser = message, allow_hyphen_values = true)]
    pub(super) greeting: Option<MessageArgument>,
    /// The permissions of the file of a Unix socket, in octal, such as 600 [default: what the umask leaves]
    ///
    /// The file is removed at the end. A file that a server left behind is replaced; one that is in use is not.
    #[arg(long, value_name = "MODE", value_parser = typed(|text| Ok(parse_mode(text)?)))]
    pub(super) mode: Option<String>,
    /// End after this long, with exit status 0
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(super) max_time: Option<Duration>,
    #[command(flatten)]
    pub(super) text: TextArguments,
    #[command(flatten)]
    pub(super) framing: FrameArguments,
    #[command(flatten)]
    pub(super) record: RecordArgument,
    /// Write events to standard output, one JSON object per line
    ///
    /// Nobody waits for them to be read. With --record they come from the record. Without it, what finds no room in
    /// memory is left out, and counted where it would have been.
    #[arg(long)]
    pub(super) json: bool,
    // Last, because its heading is for all that follows.
    #[command(flatten)]
    pub(super) socket: SocketArguments,
}

/// Options of TCP sockets.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of TCP sockets")]
#[expect(clippy::doc_markdown, reason = "the help shows it as it is")]
pub(super) struct SocketArguments {
    /// Probe a silent peer: the time before the first probe, from one to the next, and how many, as in 60s,10s,5
    /// (SO_KEEPALIVE) [default of the last two: 75s,9]
    #[arg(long, visible_alias = "keepalive", value_name = "IDLE[,INTERVAL[,PROBES]]", value_parser = typed(|text| Ok(parse_keep_alive(text)?)))]
    keep_alive: Option<String>,
    /// Let the system collect small writes into one segment (Nagle's algorithm; TCP_NODELAY off)
    #[arg(long)]
    delay: bool,
    /// The size of the system's send buffer; Linux doubles it (SO_SNDBUF)
    #[arg(long, visible_alias = "sndbuf", value_name = "SIZE", value_parser = typed(|text| Ok(parse_buffer(text)?)))]
    send_buffer: Option<String>,
    /// The size of the system's receive buffer, and so of the window; Linux doubles it (SO_RCVBUF)
    #[arg(long, visible_alias = "rcvbuf", value_name = "SIZE", value_parser = typed(|text| Ok(parse_buffer(text)?)))]
    receive_buffer: Option<String>,
    /// How many routers a packet may pass, 1 to 255 (IP_TTL)
    #[arg(long, value_name = "HOPS", value_parser = typed(|text| Ok(parse_ttl(text)?)))]
    ttl: Option<String>,
    /// How long closing may wait for unsent bytes, in whole seconds; 0s resets (SO_LINGER)
    #[arg(long, value_name = "DURATION", value_parser = typed(|text| Ok(parse_linger(text)?)))]
    linger: Option<String>,
}

impl SocketArguments {
    /// Returns the name of the first option that is given.
    pub(super) fn first(&self) -> Option<&'static str> {
        let given = [
            ("--keep-alive", self.keep_alive.is_some()),
            ("--delay", self.delay),
            ("--send-buffer", self.send_buffer.is_some()),
            ("--receive-buffer", self.receive_buffer.is_some()),
            ("--ttl", self.ttl.is_some()),
            ("--linger", self.linger.is_some()),
        ];
        let first = given.into_iter().find(|(_, is_given)| *is_given);
        first.map(|(name, _)| name)
    }

    /// Returns the form of these options; a client may have a source address.
    pub(super) fn form(&self, source: Option<&String>) -> SocketForm {
        let text = |option: Option<&String>| option.cloned().unwrap_or_default();
        SocketForm {
            source_text: text(source),
            no_delay: !self.delay,
            keep_alive_text: text(self.keep_alive.as_ref()),
            send_buffer_text: text(self.send_buffer.as_ref()),
            receive_buffer_text: text(self.receive_buffer.as_ref()),
            ttl_text: text(self.ttl.as_ref()),
            linger_text: text(self.linger.as_ref()),
        }
    }
}

/// How payloads are converted to and from text.
#[derive(Debug, Args)]
pub(super) struct TextArguments {
    /// Compute the fields {{…}} of messages, such as {{crc CRC-16/MODBUS le}}, each time one is sent
    #[arg(long)]
    pub(super) template: bool,
    /// The encoding of text sent, and of text in JSON and on a terminal [default: UTF-8]
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding: Option<Encoding>,
    /// The encoding of received text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_in: Option<Encoding>,
    /// The encoding of sent text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_out: Option<Encoding>,
}

impl TextArguments {
    /// Returns the encoding of each direction.
    pub(super) fn encodings(&self) -> ByDirection<Encoding> {
        let encodings = by_direction([self.encoding, self.encoding_in, self.encoding_out]);
        encodings.map(|encoding| encoding.unwrap_or_default())
    }
}

/// How streams are cut into frames.
#[derive(Debug, Args)]
pub(super) struct FrameArguments {
    /// Cut each stream into frames: --json then writes one object per frame, and a text or hex --reply answers each
    /// frame
    #[arg(long, value_name = "RULE", value_parser = in_words(str::parse::<Framing>), allow_hyphen_values = true)]
    framing: Option<Framing>,
    /// Cut received streams by this rule
    #[arg(long, value_name = "RULE", value_parser = in_words(str::parse::<Framing>), allow_hyphen_values = true)]
    framing_in: Option<Framing>,
    /// Cut sent streams by this rule
    #[arg(long, value_name = "RULE", value_parser = in_words(str::parse::<Framing>), allow_hyphen_values = true)]
    framing_out: Option<Framing>,
    /// Check each frame; with send, the exit status is 1 if a received frame is bad, or if none was received
    #[arg(long, value_name = "CHECK", value_parser = in_words(str::parse::<Check>), allow_hyphen_values = true)]
    check: Option<Check>,
    /// Check each received frame
    #[arg(long, value_name = "CHECK", value_parser = in_words(str::parse::<Check>), allow_hyphen_values = true)]
    check_in: Option<Check>,
    /// Check each sent frame
    #[arg(long, value_name = "CHECK", value_parser = in_words(str::parse::<Check>), allow_hyphen_values = true)]
    check_out: Option<Check>,
}

impl FrameArguments {
    /// Returns how an endpoint's bytes are read, with these encodings.
    ///
    /// # Errors
    ///
    /// A check of frames where there are none.
    pub(super) fn protocol(&self, text: &TextArguments) -> Result<ProtocolForm, CliError> {
        let written = |framing: &Option<Framing>| framing.as_ref().map(ToString::to_string);
        let framings = [&self.framing, &self.framing_in, &self.framing_out].map(written);
        let framings = by_direction(framings);
        let written = |check: &Option<Check>| check.as_ref().map(ToString::to_string);
        let checks = by_direction([&self.check, &self.check_in, &self.check_out].map(written));
        let has = |direction| framings.of(direction).is_some();
        let (received, sent) = (has(Direction::Received), has(Direction::Sent));
        for (check, has_frames, option, framing) in [
            (&self.check, received || sent, "--check", "--framing"),
            (&self.check_in, received, "--check-in", "--framing-in"),
            (&self.check_out, sent, "--check-out", "--framing-out"),
        ] {
            if check.is_some() && !has_frames {
                return Err(CliError::CheckWithoutFraming { option, framing });
            }
        }
        let encodings = text.encodings();
        let reading = |direction| ReadingForm {
            encoding: *encodings.of(direction),
            framing_text: framings.of(direction).clone().unwrap_or_default(),
            check_text: checks.of(direction).clone().unwrap_or_default(),
        };
        Ok(ProtocolForm {
            received: reading(Direction::Received),
            sent: reading(Direction::Sent),
        })
    }
}

/// Returns what applies to each direction: what is said of it, or else of both.
fn by_direction<T: Clone>([both, received, sent]: [Option<T>; 3]) -> ByDirection<Option<T>> {
    ByDirection {
        received: received.or_else(|| both.clone()),
        sent: sent.or(both),
    }
}

#[derive(Debug, Args)]
pub(super) struct RecordArgument {
    /// Record a capture into DIR, which must not exist or be empty; it can be shown, exported or opened in the window
    #[arg(long, value_name = "DIR", default_value = "none")]
    record: PathBuf,
    /// Stop recording when the capture has this size [default: 10g, or a tenth of the free space if that is less]
    #[arg(long, value_name = "SIZE", value_parser = keep_size, requires = "record", conflicts_with = "keep_newest", allow_hyphen_values = true)]
    keep: Option<u64>,
    /// Keep the newest entries within this size, and drop the oldest for them
    #[arg(long, value_name = "SIZE", value_parser = keep_size, requires = "record", allow_hyphen_values = true)]
    keep_newest: Option<u64>,
}

impl RecordArgument {
    /// Returns the folder to record into, if any.
    pub(super) fn dir(&self) -> Option<&PathBuf> {
        (self.record != Path::new("none")).then_some(&self.record)
    }

    /// Returns how much is kept in the folder to record into.
    pub(super) fn keep(&self, dir: &Path) -> Keep {
        match (self.keep, self.keep_newest) {
            (Some(bytes), _) => Keep::up_to(bytes),
            (None, Some(bytes)) => Keep {
                at_limit: AtLimit::GiveUpOldest,
                ..Keep::up_to(bytes)
            },
            (None, None) => Keep::everything(dir),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct SendArguments {
    /// Where to connect to; all addresses of a name are tried
    #[arg(value_name = "ADDR", value_parser = typed(target))]
    pub(super) target: String,
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// How long connecting to each address may take, 1ms to 10m [default: 5s]
    #[arg(long, value_name = "DURATION", value_parser = typed(|text| Ok(parse_connect_timeout(text)?)))]
    pub(super) connect_timeout: Option<String>,
    /// Connect from this address of this machine, from this :port, or both
    #[arg(long, value_name = "ADDR", value_parser = typed(|text| Ok(parse_source(text)?)))]
    pub(super) source: Option<String>,
    /// What to append to --text [default: none]
    #[arg(long, value_name = "ENDING", value_parser = line_ending())]
    pub(super) line_ending: Option<LineEnding>,
    /// End when no byte has passed in either direction for this long [default: 1s]
    ///
    /// Once everything is sent, this limit always applies. Before that it applies if --wait or --expect is given, or
    /// once the peer has finished (FIN): input that is still open or unsent is then a failure. Input from a terminal is
    /// limited by --wait only. 0s closes as soon as everything is sent, and sets no limit before that. With --frames the
    /// limit applies as with --expect. The pause between two messages of --repeat does not count.
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(super) wait: Option<Duration>,
    /// End after this long at the latest, including look-up, connecting, sending and waiting
    ///
    /// The exit status is then 1 if what --expect or --frames waits for has not arrived, or if not all of the input was
    /// sent. What has arrived is still written and recorded.
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(super) max_time: Option<Duration>,
    /// Finish sending (FIN) after the input, for servers that reply only then; still prints what arrives
    #[arg(long)]
    pub(super) finish: bool,
    /// Succeed as soon as this arrives, even if not everything is sent; exit status 1 if it does not
    #[arg(long, value_name = "PATTERN", value_parser = in_words(Pattern::parse), allow_hyphen_values = true)]
    pub(super) expect: Option<Pattern>,
    /// Succeed as soon as this many frames were received; exit status 1 if they are not
    ///
    /// --framing says what a frame is; malformed ones do not count. With --expect, this is how many frames may arrive
    /// before it is met.
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub(super) frames: Option<NonZeroU64>,
    #[command(flatten)]
    pub(super) message: TextArguments,
    #[command(flatten)]
    pub(super) framing: FrameArguments,
    #[command(flatten)]
    pub(super) record: RecordArgument,
    /// Write events to standard output, one JSON object per line, instead of the received bytes
    #[arg(long)]
    pub(super) json: bool,
    /// Write the received bytes unchanged even to a terminal, which may obey control sequences in them
    ///
    /// Without it, control and invisible characters, and bytes that are not text, are escaped there as in the window. A
    /// pipe or a file always gets the exact bytes.
    #[arg(long, conflicts_with = "json")]
    pub(super) raw: bool,
    // Last, because its heading is for all that follows.
    #[command(flatten)]
    pub(super) socket: SocketArguments,
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// A recorded folder, even one that was interrupted or is still being recorded; or a pcap or pcapng file, - for one
    /// from standard input
    #[arg(value_name = "CAPTURE")]
    pub(super) capture: PathBuf,
    /// The format: txt, csv, jsonl, raw or pcapng
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub(super) to: ExportFormat,
    /// The file to write, - for standard output; for raw, a folder that does not exist or is empty
    #[arg(long, value_name = "PATH")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) choice: ChoiceArguments,
    /// Overwrite an existing file
    #[arg(long)]
    pub(super) force: bool,
    /// The permissions of new files, such as 644 [default: those of CAPTURE, and with --force of the existing file, if
    /// they are narrower]
    #[cfg(unix)]
    #[arg(long, value_name = "OCTAL", value_parser = mode)]
    mode: Option<u32>,
}

impl ExportArguments {
    /// Returns who may use new files, if the arguments say so.
    pub(super) fn access(&self) -> Option<Access> {
        #[cfg(unix)]
        let access = self.mode.map(Access::exactly);
        #[cfg(not(unix))]
        let access = None;
        access
    }
}

/// Which entries of a capture to use.
#[derive(Debug, Args)]
pub(super) struct ChoiceArguments {
    /// Only entries that a match touches: bytes of a stream, across reads and writes, or the text of other entries
    #[arg(long, value_name = "PATTERN", value_parser = in_words(Pattern::parse), allow_hyphen_values = true)]
    pub(super) find: Option<Pattern>,
    /// Only entries of the endpoint with this name
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(super) endpoint: Option<String>,
    /// The encoding of text, for --find and in JSON and CSV [default: as it was when CAPTURE was recorded]
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding: Option<Encoding>,
    /// The encoding of received text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_in: Option<Encoding>,
    /// The encoding of sent text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_out: Option<Encoding>,
}

impl ChoiceArguments {
    /// Returns the encodings of an endpoint: those that are chosen, else those that were kept.
    pub(super) fn encodings_over(&self, kept: ByDirection<Encoding>) -> ByDirection<Encoding> {
        let chosen = by_direction([self.encoding, self.encoding_in, self.encoding_out]);
        ByDirection {
            received: chosen.received.unwrap_or(kept.received),
            sent: chosen.sent.unwrap_or(kept.sent),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ShowArguments {
    /// A recorded folder, even one that was interrupted or is still being recorded; or a pcap or pcapng file, - for one
    /// from standard input
    #[arg(value_name = "CAPTURE")]
    pub(super) capture: PathBuf,
    #[command(flatten)]
    pub(super) choice: ChoiceArguments,
    /// Write one JSON object per line
    #[arg(long)]
    pub(super) json: bool,
    /// Check everything that a recorded folder holds instead, and report what is damaged; with --json as one object
    #[arg(long, conflicts_with_all = ["find", "endpoint"])]
    pub(super) verify: bool,
}

/// What to send, and how often.
#[derive(Debug, Args)]
pub(super) struct InputArguments {
    #[command(flatten)]
    pub(super) message: MessageArguments,
    /// Send the message this many times; a template is computed anew each time
    ///
    /// Whatever ends the command also ends the repetition: --expect, --frames, --max-time, a signal. --finish and --wait
    /// apply after the last message.
    #[arg(long, value_name = "N", value_parser = count, allow_hyphen_values = true)]
    pub(super) repeat: Option<NonZeroU64>,
    /// The time from one message to the next [default: 1s]; without --repeat, send until something ends the command
    ///
    /// If sending one takes longer, the next one follows at once. Without --repeat, the peer's FIN, --expect, --frames,
    /// --max-time or a signal ends the command.
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(super) every: Option<Duration>,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
pub(super) struct MessageArguments {
    /// Send this text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) text: Option<String>,
    /// Send the bytes given as hex digits
    #[arg(long, value_name = "HEX", allow_hyphen_values = true)]
    pub(super) hex: Option<String>,
    /// Send a file, or what is written to a named pipe, which is opened once the connection is established
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
}

/// Returns the parser of a line ending, by the word that a document has for it.
fn line_ending() -> impl TypedValueParser<Value = LineEnding> {
    PossibleValuesParser::new(LINE_ENDINGS.map(|(word, _)| word)).map(|word| {
        let found = LINE_ENDINGS.iter().find(|(other, _)| *other == word);
        found.map_or(LineEnding::None, |(_, ending)| *ending)
    })
}

/// Why one argument cannot be used.
#[derive(Debug, thiserror::Error)]
enum ArgumentError {
    #[error("{}", .0.in_words(&ENGLISH))]
    Address(#[from] AddressError),
    #[error("a port is missing: write it after the host, as in 127.0.0.1:9000 or [::1]:9000")]
    NoPort,
    #[error("{}", .0.in_words(&ENGLISH))]
    Field(#[from] FieldProblem),
    #[error("a reply is echo, none, text:TEXT or hex:HEX")]
    Reply,
    #[error("a message is text:TEXT or hex:HEX")]
    Message,
    #[error("this system has no Unix sockets")]
    NoUnixSockets,
}

fn bind_address(text: &str) -> Result<(), ArgumentError> {
    if let Some(path) = text.strip_prefix(UNIX_SCHEME) {
        return socket_path(path);
    }
    let split = net::split_host_port(text)?;
    let port = split.port.ok_or(ArgumentError::NoPort)?;
    let host = if split.host.is_empty() {
        "127.0.0.1"
    } else {
        &split.host
    };
    parse_bind_address(host, port)?;
    Ok(())
}

fn target(text: &str) -> Result<(), ArgumentError> {
    if let Some(path) = text.strip_prefix(UNIX_SCHEME) {
        return socket_path(path);
    }
    match net::split_host_port(text)?.port {
        None => Err(ArgumentError::NoPort),
        Some(0) => Err(FieldProblem::RemotePort.into()),
        Some(_) => {
            let target = AddressForm::split(text).target();
            target.map_err(|error| error.problem)?;
            Ok(())
        }
    }
}

fn socket_path(path: &str) -> Result<(), ArgumentError> {
    if cfg!(unix) {
        parse_socket_path(path)?;
        Ok(())
    } else {
        Err(ArgumentError::NoUnixSockets)
    }
}

/// Returns a parser that keeps an argument as it was typed, once it has been checked.
fn typed<T>(
    parse: impl Fn(&str) -> Result<T, ArgumentError> + Clone,
) -> impl Fn(&str) -> Result<String, ArgumentError> + Clone {
    move |text| parse(text).map(|_valid| text.to_owned())
}

/// A message, before its encoding is known and whether it is a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MessageArgument {
    pub(super) format: Format,
    pub(super) text: String,
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReplyArgument {
    Echo,
    None,
    Message(MessageArgument),
}

fn message(text: &str) -> Result<MessageArgument, ArgumentError> {
    let (format, text) = match text.split_once(':') {
        Some(("text", text)) => (Format::Text, text),
        Some(("hex", hex)) => (Format::Hex, hex),
        _ => return Err(ArgumentError::Message),
    };
    let text = text.to_owned();
    Ok(MessageArgument { format, text })
}

fn reply(text: &str) -> Result<ReplyArgument, ArgumentError> {
    match text {
        "echo" => Ok(ReplyArgument::Echo),
        "none" => Ok(ReplyArgument::None),
        text => message(text)
            .map(ReplyArgument::Message)
            .map_err(|_no_message| ArgumentError::Reply),
    }
}

/// Parses how many of something there are to be.
fn count(text: &str) -> Result<NonZeroU64, &'static str> {
    // A sign is no part of it.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let count = text.parse().ok().filter(|_| is_number);
    count.ok_or("Enter a number from 1")
}

fn keep_size(text: &str) -> Result<u64, String> {
    match parse_limit(text) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(AmountProblem::Amount.in_words(&ENGLISH)),
        Err(problem) => Err(problem.in_words(&ENGLISH)),
    }
}

fn format(name: &str) -> Result<ExportFormat, &'static str> {
    name.parse()
        .map_err(|FormatError| "a format is txt, csv, jsonl, raw or pcapng")
}

/// Parses permission bits.
#[cfg(unix)]
fn mode(digits: &str) -> Result<u32, &'static str> {
    let mode = u32::from_str_radix(digits, 8).ok();
    let mode = mode.filter(|mode| *mode <= 0o777 && !digits.starts_with('+'));
    mode.ok_or("permissions are three octal digits, such as 640")
}

/// Wraps an argument's parser so that its errors become English text.
fn in_words<T, E: InWords>(
    parse: impl Fn(&str) -> Result<T, E> + Clone,
) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| parse(text).map_err(|error| error.in_words(&ENGLISH))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_argument_definitions_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_default_read_buffer_is_the_engines() {
        let parsed = parse_read_buffer(READ_BUFFER);
        assert_eq!(parsed.unwrap(), net::DEFAULT_READ_BUFFER);
    }

    #[test]
    fn a_bind_address_needs_a_port() {
        let check = |text: &str, expected: Result<(), &str>| {
            let parsed = bind_address(text).map_err(|error| error.to_string());
            assert_eq!(parsed, expected.map_err(str::to_owned), "{text}");
        };
        for text in [":9000", "localhost:0", "[::]:9000"] {
            check(text, Ok(()));
        }
        check(
            "127.0.0.1",
            Err("a port is missing: write it after the host, as in 127.0.0.1:9000 or [::1]:9000"),
        );
        check("127.0.0.1:99999", Err("A port is a number from 0 to 65535"));
        check(
            "example.org:80",
            Err("Enter an address of this machine, such as 127.0.0.1 or ::1"),
        );
    }

    #[test]
    fn a_reply_needs_a_kind() {
        let message = |format, text: &str| {
            let text = text.to_owned();
            Some(ReplyArgument::Message(MessageArgument { format, text }))
        };
        let check = |text: &str, expected: Option<ReplyArgument>| {
            assert_eq!(reply(text).ok(), expected);
        };
        check("echo", Some(ReplyArgument::Echo));
        check("none", Some(ReplyArgument::None));
        check(r"text:a:b\n", message(Format::Text, r"a:b\n"));
        check("hex:0A0b", message(Format::Hex, "0A0b"));
        check("OK", None);
    }
}
