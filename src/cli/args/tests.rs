//! What arguments mean.

use clap::CommandFactory as _;

use super::serve::READ_BUFFER;
use super::value::{bind_address, reply};
use super::*;
use crate::net;
use crate::payload::Format;
use crate::workspace::parse_read_buffer;

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
