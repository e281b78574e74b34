//! Single fields of a form, from what was typed to a value. Also what the command line's arguments mean.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::interfaces::scope_id;
use super::rule_problem::{RulePart, RuleProblem};
use crate::net::{
    self, ALL_PACKETS_PPM, AddressError, MAX_CONNECT_TIMEOUT, MAX_LAB_DELAY, MAX_READ_BUFFER,
    MAX_RECONNECT, MIN_RECONNECT, Reconnect,
};
use crate::payload::framing::FramingError;
use crate::payload::template::CheckError;
use crate::payload::{DraftError, UnknownEncoding};
use crate::script::RuleNumber;

/// The longest queue of waiting connections that can be asked for; systems cap it far lower.
pub const MAX_BACKLOG: u32 = 65_535;

/// A field that holds something wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct FieldError {
    /// Which one.
    pub field: FormField,
    /// What is wrong.
    #[source]
    pub problem: FieldProblem,
}

/// The fields that can hold something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormField {
    /// A server's address.
    BindAddress,
    /// A server's port.
    BindPort,
    /// How much later packets of the lab arrive.
    LabDelay,
    /// How many packets of the lab are lost.
    LabLoss,
    /// A server's queue of connections that wait to be accepted.
    Backlog,
    /// The size of the buffer for each read.
    ReadBuffer,
    /// The path or name of a Unix socket.
    SocketPath,
    /// The permissions of a Unix socket's file.
    Mode,
    /// What an endpoint sends first.
    Greeting,
    /// A fixed message in reply.
    ReplyMessage,
    /// The address that a client connects from.
    Source,
    /// When a silent connection is probed.
    KeepAlive,
    /// The size of the send buffer.
    SendBuffer,
    /// The size of the receive buffer.
    ReceiveBuffer,
    /// How many hops a packet may take.
    Ttl,
    /// How long a close may wait.
    Linger,
    /// After how long a silence the peer of a UDP socket is forgotten.
    ForgetAfter,
    /// The multicast groups that a server joins.
    Groups,
    /// The interface of multicast.
    Interface,
    /// How many hops a multicast datagram may take.
    MulticastTtl,
    /// The file of a key.
    TlsKey,
    /// What is wrong with a server's certificate, on purpose.
    TlsFlaw,
    /// The protocols inside TLS.
    Alpn,
    /// The server that a client follows.
    Server,
    /// A client's host.
    RemoteHost,
    /// A client's port.
    RemotePort,
    /// How long a connect to one address may take.
    ConnectTimeout,
    /// When a client connects again by itself.
    Reconnect,
    /// What text is written and read in.
    Encoding,
    /// How streams are cut into frames.
    Framing,
    /// What each frame is checked for.
    Check,
    /// A part of a rule.
    Rule {
        /// The number of the rule.
        number: RuleNumber,
        /// Which part.
        part: RulePart,
    },
    /// What is remembered from the start on.
    Memory,
    /// What makes chance repeatable.
    Seed,
}

impl FieldProblem {
    /// Returns whether all that is wrong is that nothing is written in a field of a rule yet.
    pub fn is_lack(&self) -> bool {
        matches!(self, Self::Rule { problem, .. } if **problem == RuleProblem::Empty)
    }
}

impl FormField {
    /// Returns whether an error of it is always in sight beside it; the others may be folded away.
    pub fn is_in_sight(self) -> bool {
        matches!(
            self,
            Self::BindAddress
                | Self::BindPort
                | Self::SocketPath
                | Self::LabDelay
                | Self::LabLoss
                | Self::ReplyMessage
                | Self::RemoteHost
                | Self::RemotePort
        )
    }
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum FieldProblem {
    /// A host or a port that cannot be understood.
    Address(#[from] AddressError),
    /// No encoding has this name.
    Encoding(#[from] UnknownEncoding),
    /// No framing is written so.
    Framing(#[from] FramingError),
    /// No check is written so.
    Check(#[from] CheckError),
    /// An address to listen on that is no address.
    BindAddress,
    /// An IPv6 scope that no interface has.
    Scope,
    /// A remote port of 0.
    RemotePort,
    /// A queue length that is no number, or out of range.
    Backlog,
    /// No size.
    Size,
    /// A delay of the lab that is too long, or none.
    LabDelay,
    /// No share of packets.
    LabLoss,
    /// A write that is to be too small or too large.
    WriteBytes,
    /// A read buffer that is too small or too large.
    ReadBuffer,
    /// No duration.
    Duration,
    /// A timeout that is too short or too long.
    ConnectTimeout,
    /// No waits before a client connects again, or ones that are too short or too long.
    Reconnect,
    /// A time from one message to the next that is too short.
    Period,
    /// No number of times.
    Times,
    /// No path or name that a Unix socket can have.
    SocketPath,
    /// No permissions in octal.
    Mode,
    /// No address to connect from.
    Source,
    /// No numbers of keep-alive.
    KeepAlive,
    /// A buffer that is too small or too large.
    Buffer,
    /// No number of hops.
    Ttl,
    /// No whole number of seconds.
    Linger,
    /// A silence that is too short or too long.
    ForgetAfter,
    /// No multicast address.
    Group,
    /// A multicast address of another family than the server's.
    GroupFamily,
    /// More groups than one socket can join.
    Groups,
    /// No interface of this machine.
    Interface,
    /// A key without its certificate.
    KeyAlone,
    /// A flaw of a certificate that comes from a file.
    FlawOfFiles,
    /// The name of a protocol that is too long.
    Alpn,
    /// A message with an error.
    Message(#[from] DraftError),
    /// A rule, or what is remembered from the start on.
    Rule {
        /// The name of the rule or of what is remembered.
        name: String,
        /// What is wrong.
        #[source]
        problem: Box<RuleProblem>,
    },
    /// No seed.
    Seed,
    /// The followed server is stopped.
    NotListening {
        /// The server's name.
        name: String,
    },
    /// The followed server was removed.
    NoServer,
}

impl FormField {
    /// Names this field in the error of what was read from it.
    pub(super) fn read<T>(self, read: Result<T, impl Into<FieldProblem>>) -> Result<T, FieldError> {
        read.map_err(|problem| self.holds(problem))
    }

    /// Returns the error of this field.
    pub(super) fn holds(self, problem: impl Into<FieldProblem>) -> FieldError {
        FieldError {
            field: self,
            problem: problem.into(),
        }
    }
}

/// Reads a port from 0 to 65535.
pub fn parse_port(text: &str) -> Result<u16, FieldProblem> {
    Ok(net::parse_port(text)?)
}

/// Reads an address to listen on: a literal, perhaps in brackets or with a scope (`fe80::1%eth0`), or `localhost`.
///
/// Names are not looked up: an address to listen on is one of this machine's.
pub fn parse_bind_address(text: &str, port: u16) -> Result<SocketAddr, FieldProblem> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    }
    let host = net::split_host_port(text)
        .map_err(|_no_address| FieldProblem::BindAddress)?
        .host;
    parse_literal(&host, port)?.ok_or(FieldProblem::BindAddress)
}

/// Reads an address literal; an IPv6 one may have a scope, by the number or the name of its interface. `None` for a name.
pub(super) fn parse_literal(host: &str, port: u16) -> Result<Option<SocketAddr>, FieldProblem> {
    if let Some(address) = net::literal(host, port) {
        return Ok(Some(address));
    }
    let Some((address, name)) = host.split_once('%') else {
        return Ok(None);
    };
    let scope = scope_id(name).ok_or(FieldProblem::Scope)?;
    Ok(net::literal(&format!("{address}%{scope}"), port))
}

/// Reads an address to connect from: an address, a port after a colon, or both.
pub fn parse_source(text: &str) -> Result<SocketAddr, FieldProblem> {
    let split = net::split_host_port(text).map_err(|_no_address| FieldProblem::Source)?;
    let port = split.port.unwrap_or(0);
    if split.host.is_empty() {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), port));
    }
    parse_bind_address(&split.host, port).map_err(|_no_address| FieldProblem::Source)
}

/// Reads the permissions of a file in octal: `600`, `0660`.
pub fn parse_mode(text: &str) -> Result<u32, FieldProblem> {
    let mode = u32::from_str_radix(text.trim(), 8).ok();
    mode.filter(|mode| *mode <= 0o777).ok_or(FieldProblem::Mode)
}

/// Takes apart a host and a port that were written as one, whatever they hold. What has no port has an empty one.
pub(super) fn split_typed(text: &str) -> (String, String) {
    let text = text.trim();
    let after_scheme = text.strip_prefix("tcp://");
    let text = after_scheme.map_or(text, |rest| rest.strip_suffix('/').unwrap_or(rest));
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (host, port) = match bracketed {
        Some((host, rest)) if rest.is_empty() || rest.starts_with(':') => {
            (host, rest.get(1..).unwrap_or_default())
        }
        _ => text.rsplit_once(':').unwrap_or((text, "")),
    };
    let host = if host.is_empty() { "127.0.0.1" } else { host };
    (host.to_owned(), port.to_owned())
}

/// Writes a host and a port as one: an IPv6 address stands in brackets.
pub(super) fn join_host_port(host: &str, port: &str) -> String {
    let (host, port) = (host.trim(), port.trim());
    let is_ipv6 =
        net::split_host_port(host).is_ok_and(|it| it.port.is_none() && host.contains(':'));
    if is_ipv6 && !host.starts_with('[') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

/// Reads the length of the queue of connections that wait to be accepted.
pub fn parse_backlog(text: &str) -> Result<u32, FieldProblem> {
    let backlog = text.trim().parse().ok();
    backlog
        .filter(|backlog| (1..=MAX_BACKLOG).contains(backlog))
        .ok_or(FieldProblem::Backlog)
}

/// Reads a size in bytes: `30`, `64k` (KiB), `1m` (MiB).
pub fn parse_size(text: &str) -> Result<u64, FieldProblem> {
    let text = text.trim().to_ascii_lowercase();
    let (digits, unit) = match text.strip_suffix(['k', 'm']) {
        Some(digits) if text.ends_with('k') => (digits, 1024),
        Some(digits) => (digits, 1024 * 1024),
        None => (text.as_str(), 1),
    };
    let number = digits.trim_end().parse::<u64>().ok();
    number
        .and_then(|number| number.checked_mul(unit))
        .ok_or(FieldProblem::Size)
}

/// Reads the size of a read buffer.
pub fn parse_read_buffer(text: &str) -> Result<usize, FieldProblem> {
    let size = usize::try_from(parse_size(text)?).ok();
    size.filter(|size| (1..=MAX_READ_BUFFER).contains(size))
        .ok_or(FieldProblem::ReadBuffer)
}

/// Reads the most bytes of a write: as a read buffer's size.
pub(super) fn parse_write_bytes(text: &str) -> Result<usize, FieldProblem> {
    parse_read_buffer(text).map_err(|problem| match problem {
        FieldProblem::ReadBuffer => FieldProblem::WriteBytes,
        other => other,
    })
}

/// Reads a time: `200ms`, `2s`, `1.5s`, `1m`.
pub fn parse_duration(text: &str) -> Result<Duration, FieldProblem> {
    let text = text.trim();
    let unit_at = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let unit_secs = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return Err(FieldProblem::Duration),
    };
    let number = number.trim_end();
    let is_number = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let secs = number.parse::<f64>().ok().filter(|_| is_number);
    let duration = secs.and_then(|secs| Duration::try_from_secs_f64(secs * unit_secs).ok());
    duration.ok_or(FieldProblem::Duration)
}

/// Reads how much later packets of the lab arrive.
pub(super) fn parse_lab_delay(text: &str) -> Result<Duration, FieldProblem> {
    let delay = parse_duration(text).ok();
    delay
        .filter(|delay| *delay <= MAX_LAB_DELAY)
        .ok_or(FieldProblem::LabDelay)
}

/// Reads how many packets of the lab are lost, in percent: `1%`, `0.5%`. Returns how many of a million.
pub(super) fn parse_lab_loss(text: &str) -> Result<u32, FieldProblem> {
    let number = text.strip_suffix('%').map(str::trim_end);
    let is_number = |it: &&str| it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let percent = number
        .filter(is_number)
        .and_then(|it| it.parse::<f64>().ok());
    let share = percent.filter(|it| (0.0..=100.0).contains(it));
    let share = share.map(|it| (it / 100.0 * f64::from(ALL_PACKETS_PPM)).round() as u32);
    share.ok_or(FieldProblem::LabLoss)
}

/// Reads how long a connect to one address may take.
pub fn parse_connect_timeout(text: &str) -> Result<Duration, FieldProblem> {
    let timeout = parse_duration(text)?;
    if (Duration::from_millis(1)..=MAX_CONNECT_TIMEOUT).contains(&timeout) {
        Ok(timeout)
    } else {
        Err(FieldProblem::ConnectTimeout)
    }
}

/// Reads when a client connects again by itself: `1s..30s` doubles the wait from a second up to half a minute, `5s` is
/// always the same; `1s..30s, 10 times` gives up after ten attempts in a row.
pub(super) fn parse_reconnect(text: &str) -> Result<Reconnect, FieldProblem> {
    let (waits, times) = match text.split_once(',') {
        Some((waits, times)) => (waits, Some(times.trim())),
        None => (text, None),
    };
    let (first, most) = waits.split_once("..").unwrap_or((waits, waits));
    let wait = |text: &str| {
        let wait = parse_duration(text).ok();
        wait.filter(|it| (MIN_RECONNECT..=MAX_RECONNECT).contains(it))
    };
    let attempts = match times {
        None => None,
        Some(times) => {
            let number = times.strip_suffix("times").unwrap_or(times).trim_end();
            Some(
                number
                    .parse()
                    .map_err(|_no_number| FieldProblem::Reconnect)?,
            )
        }
    };
    let waits = wait(first).zip(wait(most));
    let (first, most) = waits
        .filter(|(first, most)| first <= most)
        .ok_or(FieldProblem::Reconnect)?;
    Ok(Reconnect {
        first,
        most,
        attempts,
    })
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn ports_are_numbers_up_to_65535() {
        let check = |text: &str, expected: Option<u16>| {
            assert_eq!(parse_port(text).ok(), expected, "{text:?}");
        };
        check("0", Some(0));
        check(" 9000 ", Some(9000));
        check("65535", Some(65535));
        for wrong in ["", "65536", "99999", "-1", "+1", "http", "1 2"] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_host_and_a_port_are_one_text_and_two_fields() {
        let check = |text: &str, host: &str, port: &str, joined: &str| {
            assert_eq!(
                split_typed(text),
                (host.to_owned(), port.to_owned()),
                "{text}"
            );
            assert_eq!(join_host_port(host, port), joined);
        };
        check("127.0.0.1:9000", "127.0.0.1", "9000", "127.0.0.1:9000");
        check(" tcp://[::1]:80 ", "::1", "80", "[::1]:80");
        check("[fe80::1%eth0]:1", "fe80::1%eth0", "1", "[fe80::1%eth0]:1");
        check("tcp://[::1]:80/", "::1", "80", "[::1]:80");
        check(":9000", "127.0.0.1", "9000", "127.0.0.1:9000");
        check("example.org", "example.org", "", "example.org:");
        check(
            "127.0.0.1:9001:9000",
            "127.0.0.1:9001",
            "9000",
            "127.0.0.1:9001:9000",
        );
    }

    #[test]
    fn sizes_take_k_and_m() {
        let check = |text: &str, expected: Option<u64>| {
            assert_eq!(parse_size(text).ok(), expected, "{text:?}");
        };
        check("30", Some(30));
        check("64k", Some(65_536));
        check(" 1 M ", Some(1_048_576));
        check("0", Some(0));
        for wrong in [
            "",
            "k",
            "1g",
            "-1",
            "1.5k",
            "64kb",
            "99999999999999999999",
            "18446744073709551615m",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_read_buffer_has_bounds() {
        assert_eq!(parse_read_buffer("1"), Ok(1));
        assert_eq!(parse_read_buffer("1m"), Ok(MAX_READ_BUFFER));
        assert_eq!(parse_read_buffer("0"), Err(FieldProblem::ReadBuffer));
        assert_eq!(parse_read_buffer("1025k"), Err(FieldProblem::ReadBuffer));
        assert_eq!(parse_read_buffer("big"), Err(FieldProblem::Size));
    }

    #[test]
    fn times_have_a_unit() {
        let check = |text: &str, expected: Option<u64>| {
            assert_eq!(
                parse_duration(text).ok(),
                expected.map(Duration::from_millis),
                "{text:?}"
            );
        };
        check("200ms", Some(200));
        check("2s", Some(2_000));
        check(" 1.5 s ", Some(1_500));
        check("1m", Some(60_000));
        check("0s", Some(0));
        for wrong in [
            "",
            "5",
            "s",
            "-1s",
            "1h",
            "1e3s",
            "infs",
            "1.2.3s",
            "99999999999999999999m",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_lab_delays_and_loses_within_bounds() {
        assert_eq!(parse_lab_delay("50ms"), Ok(Duration::from_millis(50)));
        for wrong in ["11s", "5", "-1ms", ""] {
            assert_eq!(parse_lab_delay(wrong), Err(FieldProblem::LabDelay));
        }
        for (text, ppm) in [
            ("0%", 0),
            ("1%", 10_000),
            ("0.5 %", 5_000),
            ("100%", 1_000_000),
        ] {
            assert_eq!(parse_lab_loss(text), Ok(ppm), "{text}");
        }
        for wrong in ["", "%", "1", "101%", "-1%", "nan%", "1e1%", "1.2.3%"] {
            assert_eq!(parse_lab_loss(wrong), Err(FieldProblem::LabLoss), "{wrong}");
        }
    }

    #[test]
    fn waits_before_connecting_again_have_bounds() {
        let check = |text: &str, expected: Option<(u64, u64, u32)>| {
            let expected = expected.map(|(first, most, attempts)| Reconnect {
                first: Duration::from_millis(first),
                most: Duration::from_millis(most),
                attempts: NonZeroU32::new(attempts),
            });
            assert_eq!(parse_reconnect(text).ok(), expected, "{text:?}");
        };
        check("1s..30s", Some((1_000, 30_000, 0)));
        check(" 500ms .. 1m , 10 times", Some((500, 60_000, 10)));
        check("5s", Some((5_000, 5_000, 0)));
        check("5s,1times", Some((5_000, 5_000, 1)));
        check("10ms..60m, 4294967295", Some((10, 3_600_000, u32::MAX)));
        for wrong in [
            "",
            "1",
            "0s",
            "9ms",
            "2s..1s",
            "1s..61m",
            "1s..",
            "..1s",
            "1s..2s..3s",
            "1s, 0 times",
            "1s, -1 times",
            "1s, times",
            "1s,",
            "1s, 1 times, 2 times",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_connect_timeout_has_bounds() {
        assert_eq!(parse_connect_timeout("5s"), Ok(Duration::from_secs(5)));
        assert_eq!(
            parse_connect_timeout("0s"),
            Err(FieldProblem::ConnectTimeout)
        );
        assert_eq!(
            parse_connect_timeout("11m"),
            Err(FieldProblem::ConnectTimeout)
        );
    }

    #[test]
    fn a_backlog_is_a_number() {
        assert_eq!(parse_backlog("128"), Ok(128));
        for wrong in ["", "0", "65536", "many"] {
            assert_eq!(parse_backlog(wrong), Err(FieldProblem::Backlog));
        }
    }

    #[test]
    fn a_bind_address_is_a_literal() {
        let check = |text: &str, expected: Result<&str, FieldProblem>| {
            let expected = expected.map(|address| address.parse().unwrap());
            assert_eq!(parse_bind_address(text, 80), expected, "{text:?}");
        };
        check("127.0.0.1", Ok("127.0.0.1:80"));
        check(" ::1 ", Ok("[::1]:80"));
        check("[::]", Ok("[::]:80"));
        check("localhost", Ok("127.0.0.1:80"));
        check("fe80::1%7", Ok("[fe80::1%7]:80"));
        check("fe80::1%no-such-interface", Err(FieldProblem::Scope));
        for wrong in ["", "example.org", "1.2.3", "1.2.3.4.5", ":::"] {
            check(wrong, Err(FieldProblem::BindAddress));
        }
    }
}
