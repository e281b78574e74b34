//! The values of arguments, each checked on its own.

use std::num::NonZeroU64;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::export::{ExportFormat, FormatError, PacketOrigin};
use crate::net::{self, Accepting, AddressError, UNIX_SCHEME};
use crate::payload::framing::Framing;
use crate::payload::{Format, LineEnding};
use crate::words::{ENGLISH, InWords};
use crate::workspace::{
    AddressForm, AmountProblem, FieldProblem, LINE_ENDINGS, parse_bind_address, parse_limit,
    parse_socket_path, without_scheme,
};

/// What a server does with new connections, by the words for it.
const ACCEPTING: [(&str, Accepting); 3] = [
    ("accept", Accepting::Accept),
    ("stop", Accepting::Stop),
    ("close", Accepting::Close),
];

/// Returns the parser of what a server does with new connections.
pub(super) fn accepting() -> impl TypedValueParser<Value = Accepting> {
    PossibleValuesParser::new(ACCEPTING.map(|(word, _)| word)).map(|word| {
        let found = ACCEPTING.iter().find(|(other, _)| *other == word);
        found.map_or(Accepting::Accept, |(_, accepting)| *accepting)
    })
}

/// Returns the parser of a line ending, by the word that a document has for it.
pub(super) fn line_ending() -> impl TypedValueParser<Value = LineEnding> {
    PossibleValuesParser::new(LINE_ENDINGS.map(|(word, _)| word)).map(|word| {
        let found = LINE_ENDINGS.iter().find(|(other, _)| *other == word);
        found.map_or(LineEnding::None, |(_, ending)| *ending)
    })
}

/// Why one argument cannot be used.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ArgumentError {
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

pub(super) fn bind_address(text: &str) -> Result<(), ArgumentError> {
    if let Some(path) = text.strip_prefix(UNIX_SCHEME) {
        return socket_path(path);
    }
    let split = net::split_host_port(without_scheme(text).1)?;
    let port = split.port.ok_or(ArgumentError::NoPort)?;
    let host = if split.host.is_empty() {
        "127.0.0.1"
    } else {
        &split.host
    };
    parse_bind_address(host, port)?;
    Ok(())
}

pub(super) fn target(text: &str) -> Result<(), ArgumentError> {
    if let Some(path) = text.strip_prefix(UNIX_SCHEME) {
        return socket_path(path);
    }
    match net::split_host_port(without_scheme(text).1)?.port {
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
pub(super) fn typed<T>(
    parse: impl Fn(&str) -> Result<T, ArgumentError> + Clone,
) -> impl Fn(&str) -> Result<String, ArgumentError> + Clone {
    move |text| parse(text).map(|_valid| text.to_owned())
}

/// A message, before its encoding is known and whether it is a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct MessageArgument {
    pub(in crate::cli) format: Format,
    pub(in crate::cli) text: String,
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum ReplyArgument {
    Echo,
    None,
    Message(MessageArgument),
}

pub(super) fn message(text: &str) -> Result<MessageArgument, ArgumentError> {
    let (format, text) = match text.split_once(':') {
        Some(("text", text)) => (Format::Text, text),
        Some(("hex", hex)) => (Format::Hex, hex),
        _ => return Err(ArgumentError::Message),
    };
    let text = text.to_owned();
    Ok(MessageArgument { format, text })
}

pub(super) fn reply(text: &str) -> Result<ReplyArgument, ArgumentError> {
    match text {
        "echo" => Ok(ReplyArgument::Echo),
        "none" => Ok(ReplyArgument::None),
        text => message(text)
            .map(ReplyArgument::Message)
            .map_err(|_no_message| ArgumentError::Reply),
    }
}

/// Parses how input is cut into datagrams.
pub(super) fn datagrams(text: &str) -> Result<Framing, String> {
    match in_words(str::parse::<Framing>)(text)? {
        Framing::Silence(_) => {
            Err("datagrams are cut by what the input holds, not by silence".to_owned())
        }
        framing => Ok(framing),
    }
}

/// Parses how many of something there are to be.
pub(super) fn count(text: &str) -> Result<NonZeroU64, &'static str> {
    // A sign is no part of it.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let count = text.parse().ok().filter(|_| is_number);
    count.ok_or("Enter a number from 1")
}

pub(super) fn keep_size(text: &str) -> Result<u64, String> {
    match parse_limit(text) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(AmountProblem::Amount.in_words(&ENGLISH)),
        Err(problem) => Err(problem.in_words(&ENGLISH)),
    }
}

pub(super) fn format(name: &str) -> Result<ExportFormat, &'static str> {
    name.parse()
        .map_err(|FormatError| "a format is txt, csv, jsonl, raw or pcapng")
}

/// Parses which packets of the lab are exported.
pub(super) fn packet_origin(name: &str) -> Result<PacketOrigin, &'static str> {
    match name {
        "real" => Ok(PacketOrigin::Real),
        "reconstructed" => Ok(PacketOrigin::Reconstructed),
        _ => Err("packets are real or reconstructed"),
    }
}

/// Parses permission bits.
#[cfg(unix)]
pub(super) fn mode(digits: &str) -> Result<u32, &'static str> {
    let mode = u32::from_str_radix(digits, 8).ok();
    let mode = mode.filter(|mode| *mode <= 0o777 && !digits.starts_with('+'));
    mode.ok_or("permissions are three octal digits, such as 640")
}

/// Wraps an argument's parser so that its errors become English text.
pub(super) fn in_words<T, E: InWords>(
    parse: impl Fn(&str) -> Result<T, E> + Clone,
) -> impl Fn(&str) -> Result<T, String> + Clone {
    move |text| parse(text).map_err(|error| error.in_words(&ENGLISH))
}
