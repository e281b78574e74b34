//! The options of a socket, as they were typed. An empty text leaves an option as the system has it.

use std::time::Duration;

use super::address_form::TransportKind;
use super::fields::{self, FieldError, FieldProblem, FormField, parse_duration, parse_size};
use crate::net::{KeepAlive, SocketOptions};

/// The options of a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketForm {
    /// The address and port that a client connects from: `192.168.1.5`, `:4000` or both.
    pub source_text: String,
    /// Whether small writes are sent at once.
    pub no_delay: bool,
    /// When a silent connection is probed, how often, and how many times: `60s,10s,5`, or the first alone.
    pub keep_alive_text: String,
    /// The size of the send buffer, with an optional `k` or `m`.
    pub send_buffer_text: String,
    /// The size of the receive buffer, with an optional `k` or `m`.
    pub receive_buffer_text: String,
    /// How many hops a packet may take: 1 to 255.
    pub ttl_text: String,
    /// How long a close may wait for unsent bytes; `0s` resets.
    pub linger_text: String,
}

impl Default for SocketForm {
    fn default() -> Self {
        Self {
            source_text: String::new(),
            no_delay: true,
            keep_alive_text: String::new(),
            send_buffer_text: String::new(),
            receive_buffer_text: String::new(),
            ttl_text: String::new(),
            linger_text: String::new(),
        }
    }
}

impl SocketForm {
    /// Returns what the fields say. What a transport does not have is neither read nor set.
    ///
    /// # Errors
    /// The first field that holds something wrong, from top to bottom.
    pub fn parse(&self, transport: TransportKind) -> Result<SocketOptions, FieldError> {
        let of_streams = |text| match transport {
            TransportKind::Udp => "",
            TransportKind::Tcp | TransportKind::Tls | TransportKind::Unix => text,
        };
        let keep_alive = of_streams(&self.keep_alive_text);
        let linger = of_streams(&self.linger_text);
        Ok(SocketOptions {
            source: optional(&self.source_text, FormField::Source, fields::parse_source)?,
            no_delay: self.no_delay,
            keep_alive: optional(keep_alive, FormField::KeepAlive, parse_keep_alive)?,
            send_buffer: optional(&self.send_buffer_text, FormField::SendBuffer, parse_buffer)?,
            receive_buffer: optional(
                &self.receive_buffer_text,
                FormField::ReceiveBuffer,
                parse_buffer,
            )?,
            ttl: optional(&self.ttl_text, FormField::Ttl, parse_ttl)?,
            linger: optional(linger, FormField::Linger, parse_linger)?,
        })
    }
}

fn optional<T>(
    text: &str,
    field: FormField,
    parse: impl FnOnce(&str) -> Result<T, FieldProblem>,
) -> Result<Option<T>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    field.read(parse(text)).map(Some)
}

/// Reads the three numbers of keep-alive: idle time, interval and number of probes. Missing ones are Linux's defaults
/// (`tcp(7)`).
pub fn parse_keep_alive(text: &str) -> Result<KeepAlive, FieldProblem> {
    const INTERVAL: Duration = Duration::from_secs(75);
    const PROBES: u8 = 9;
    let wrong = FieldProblem::KeepAlive;
    let mut parts = text.split(',').map(str::trim);
    let seconds = |text: &str| {
        let time = parse_duration(text).ok();
        time.filter(|it| (1..=32_767).contains(&it.as_secs()))
    };
    let idle = parts.next().and_then(seconds).ok_or(wrong.clone())?;
    let interval = match parts.next() {
        Some(text) => seconds(text).ok_or(wrong.clone())?,
        None => INTERVAL,
    };
    let probes = match parts.next() {
        Some(text) => text.parse().ok().filter(|it| (1..=127).contains(it)),
        None => Some(PROBES),
    };
    if parts.next().is_some() {
        return Err(wrong);
    }
    Ok(KeepAlive {
        idle,
        interval,
        probes: probes.ok_or(wrong)?,
    })
}

/// Reads the size of a socket's buffer: 1 byte to 1 GiB.
pub fn parse_buffer(text: &str) -> Result<u32, FieldProblem> {
    const MAX_BUFFER: u32 = 1024 * 1024 * 1024;
    let size = u32::try_from(parse_size(text)?).ok();
    size.filter(|size| (1..=MAX_BUFFER).contains(size))
        .ok_or(FieldProblem::Buffer)
}

/// Reads a number of hops.
pub fn parse_ttl(text: &str) -> Result<u8, FieldProblem> {
    let ttl = text.parse().ok().filter(|&ttl| ttl > 0);
    ttl.ok_or(FieldProblem::Ttl)
}

/// Reads how long a close may wait.
pub fn parse_linger(text: &str) -> Result<Duration, FieldProblem> {
    const LONGEST: Duration = Duration::from_secs(32_767);
    let linger = parse_duration(text)?;
    let is_whole = linger.subsec_nanos() == 0 && linger <= LONGEST;
    is_whole.then_some(linger).ok_or(FieldProblem::Linger)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_leave_the_options_to_the_system() {
        let parsed = SocketForm::default().parse(TransportKind::Tcp);
        assert_eq!(parsed, Ok(SocketOptions::default()));
    }

    #[test]
    fn every_option_is_read() {
        let form = SocketForm {
            source_text: "127.0.0.1:4000".to_owned(),
            no_delay: false,
            keep_alive_text: "60s, 10s, 5".to_owned(),
            send_buffer_text: "64k".to_owned(),
            receive_buffer_text: "4096".to_owned(),
            ttl_text: "1".to_owned(),
            linger_text: "0s".to_owned(),
        };
        let expected = SocketOptions {
            source: Some("127.0.0.1:4000".parse().unwrap()),
            no_delay: false,
            keep_alive: Some(KeepAlive {
                idle: Duration::from_mins(1),
                interval: Duration::from_secs(10),
                probes: 5,
            }),
            send_buffer: Some(65_536),
            receive_buffer: Some(4_096),
            ttl: Some(1),
            linger: Some(Duration::ZERO),
        };
        assert_eq!(form.parse(TransportKind::Tcp), Ok(expected.clone()));
        let of_udp = SocketOptions {
            keep_alive: None,
            linger: None,
            ..expected
        };
        let form = SocketForm {
            linger_text: "soon".to_owned(),
            ..form
        };
        assert_eq!(form.parse(TransportKind::Udp), Ok(of_udp));
    }

    #[test]
    fn what_no_socket_can_have_is_refused() {
        for wrong in ["", "soon", "0s", "60s,10s,200", "60s,10s,5,1", "99999s"] {
            assert!(parse_keep_alive(wrong).is_err(), "{wrong:?}");
        }
        for wrong in ["0", "256", "-1", "x"] {
            assert!(parse_ttl(wrong).is_err(), "{wrong:?}");
        }
        for wrong in ["0", "2000m", "much"] {
            assert!(parse_buffer(wrong).is_err(), "{wrong:?}");
        }
        for wrong in ["1.5s", "99999s"] {
            assert!(parse_linger(wrong).is_err(), "{wrong:?}");
        }
    }
}
